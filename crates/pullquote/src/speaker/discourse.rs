//! `Discourse`: who is meant by "he", "she", "they" and "it" at a point of the text.
//!
//! Every naming leaves its bearer with a weight that fades with each word and each paragraph; a subject weighs
//! more than an object, the last speaker most. A pronoun goes to the heaviest who agrees with it, and is then a
//! naming itself. How far the heaviest stands before the next tells how sure the answer is.
//!
//! The weights come from prototypes measured on PolNeAR: recency −1 a 40 tokens and −0.8 a paragraph, the start
//! of a sentence +1.2, a possessive −0.7, after a preposition −0.8, the last speaker +2.5; here in hundredths.

use alloc::vec::Vec;
use core::ops::Range;

use crate::lex::places::Places;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{Class, terms};
use crate::mention::gender::Gender;
use crate::mention::name::{self, Bearer};
use crate::quotation::Quotation;
use crate::span::Span;
use crate::speaker::cast::Cast;
use crate::speaker::entity::{Entity, GenderEvidence};
use crate::speaker::opener::{Several, several, somebody};

/// A weight in hundredths. Weights grow along the text instead of fading, so that they can be compared.
pub(super) type Weight = i64;

const SUBJECT: Weight = 120;
const POSSESSIVE: Weight = -70;
const AFTER_PREPOSITION: Weight = -80;
const QUOTED: Weight = -60;
const LAST_SPEAKER: Weight = 250;
pub(super) const AGREES: Weight = 150;
const NO_PERSON_YET: Weight = -150;
/// One whom the words themselves speak of does not say them.
const SPOKEN_OF: Weight = -200;
/// The subject of a sentence told since somebody spoke last.
const FOCUS: Weight = 120;
/// One of no known gender beside the person of the story.
const STRANGER: Weight = -300;
const AGAIN: Weight = 8;
const PARAGRAPH: Weight = 80;

/// How many bearers are kept in mind; those named longer ago could not win.
const KEPT: usize = 16;

/// How many paragraphs the last speaker is remembered.
const REMEMBERED: usize = 2;

/// The memory of a discourse, kept from one article to the next.
#[derive(Debug, Default)]
pub(super) struct Memory {
    recent: Vec<Recent>,
    phrases: Vec<Range<usize>>,
    noted: Places,
}

#[derive(Debug, Clone, Copy)]
struct Recent {
    who: usize,
    weight: Weight,
    times: u8,
}

/// Who spoke last, and the token where that was said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Previous {
    pub(super) who: usize,
    pub(super) at: usize,
}

/// Who is meant, and how sure that is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub(super) who: usize,
    pub(super) confidence: f32,
}

/// What a reader has in mind at one token of the text.
pub(super) struct Discourse<'a> {
    quotations: &'a [Quotation],
    recent: Vec<Recent>,
    several: Option<(Weight, Several)>,
    /// The body or text without a name that a sentence started with last.
    topic: Option<(Weight, Range<usize>)>,
    /// Groups and bodies called by a name and a noun, the last ones: "the Vane family".
    phrases: Vec<Range<usize>>,
    pub(super) previous: Option<Previous>,
    /// Whom nearly all pronouns of the story may mean.
    pub(super) protagonist: Option<usize>,
    /// Who a sentence outside quotations opened with last, and where.
    focus: Option<Previous>,
    /// Who was brought in without a name last, and where: "A baker who …"
    introduced: Option<Previous>,
    /// The tokens that are read wherever they stand.
    noted: Places,
    /// The block of the token read last.
    region: usize,
    /// The next name, quotation and token to be read, and the sentence that was read last.
    name: usize,
    sentence: usize,
    quotation: usize,
    token: usize,
    /// The first byte behind all quotations that have opened.
    quoted: usize,
    /// Where the next quotation opens, in bytes, and the next sentence, in tokens.
    mark: usize,
    opening: usize,
}

impl<'a> Discourse<'a> {
    pub(super) fn new(tokens: &[Token], quotations: &'a [Quotation], memory: Memory) -> Discourse<'a> {
        let Memory { mut recent, mut phrases, mut noted } = memory;
        noted.fill(tokens, |t| t.is(NOTED));
        recent.clear();
        phrases.clear();
        Discourse {
            quotations,
            recent,
            several: None,
            topic: None,
            phrases,
            previous: None,
            protagonist: None,
            focus: None,
            introduced: None,
            noted,
            region: 0,
            name: 0,
            sentence: 0,
            quotation: 0,
            token: 0,
            quoted: 0,
            mark: 0,
            opening: 0,
        }
    }

    /// Gives the memory back.
    pub(super) fn into_memory(self) -> Memory {
        Memory { recent: self.recent, phrases: self.phrases, noted: self.noted }
    }

    /// Reads on to token `to`. With `bind`, pronouns outside quotations are resolved on the way.
    ///
    /// Every token is read once in all calls together.
    pub(super) fn advance(&mut self, cast: &mut Cast<'_>, to: usize, bind: bool) {
        while self.token < to {
            // Between two names nothing counts but the starts of sentences and a few words.
            let name = cast.names.get(self.name).map_or(usize::MAX, |n| n.tokens.start);
            let stop = to.min(name).min(self.opening).max(self.token);
            let at = self.noted.next(self.token..stop).unwrap_or(stop);
            if at >= to {
                break;
            }
            self.read(cast, at, bind);
            self.token = at + 1;
        }
        if self.token < to {
            self.quotations_at(&cast.tokens[to - 1]);
            self.token = to;
        }
    }

    /// Reads token `at`.
    fn read(&mut self, cast: &mut Cast<'_>, at: usize, bind: bool) {
        let token = cast.tokens[at];
        self.quotations_at(&token);
        let quoted = token.span.start() < self.quoted;
        while cast.story.regions.get(self.region).is_some_and(|r| r.tokens().end <= at) {
            self.region += 1;
        }
        while cast.names.get(self.name).is_some_and(|n| n.tokens.start < at) {
            self.name += 1;
        }
        if at >= self.opening {
            self.sentence_at(cast, at, quoted);
        }
        if cast.names.get(self.name).is_some_and(|n| n.tokens.start == at) {
            self.named(cast, self.name, quoted);
            self.name += 1;
        } else if token.is(PRONOUNS) {
            if bind && !quoted {
                self.pronoun_at(cast, at, &token);
            }
        } else if token.is(Class::GROUP.or(Class::BODY)) && !token.is_capital() {
            self.phrase_at(cast, at);
        }
    }

    /// How far token `at`, which is being read, is into the text.
    fn progress(&self, cast: &Cast<'_>, at: usize) -> Weight {
        debug_assert_eq!(self.region, cast.region_of(at));
        progress(at, self.region)
    }

    /// Whether a byte of the token to be read next stands in a quotation that opened before.
    pub(super) fn is_quoted(&self, byte: usize) -> bool {
        byte < self.quoted
    }

    /// Takes the quotations that open before the end of `token` into account.
    fn quotations_at(&mut self, token: &Token) {
        if token.span.start() < self.mark {
            return;
        }
        while let Some(q) = self.quotations.get(self.quotation).map(|q| q.span()) {
            if q.start() > token.span.start() {
                self.mark = q.start();
                return;
            }
            self.quoted = self.quoted.max(q.end());
            self.quotation += 1;
        }
        self.mark = usize::MAX;
    }

    fn named(&mut self, cast: &mut Cast<'_>, n: usize, quoted: bool) {
        let name = &cast.names[n];
        let owner = cast.owners[n];
        if owner == usize::MAX {
            return;
        }
        let start = name.tokens.start;
        let first = name.title.as_ref().map_or(start, |t| t.start);
        let mut weight = self.progress(cast, start);
        // "For Ada Roe, the winter was long."
        let fronted = first == name.sentence + 1
            && cast.tokens.get(name.tokens.end).is_some_and(|t| t.kind == TokenKind::Comma)
            && cast.tokens[name.sentence].reads(cast.text, "For");
        // "Roe’s daughter Ada", "Corven finance director Ola Brisk": another name may belong to the phrase.
        let alone = n.checked_sub(1).is_none_or(|last| {
            let other = &cast.names[last];
            other.tokens.start < name.sentence || cast.owners[last] == usize::MAX || other.possessive
        });
        let noun = |t: &Token| t.is(NOUNS) && !t.is_capital();
        let verb = |t: &Token| t.ends_with(cast.text, "ed");
        let lead = || &cast.tokens[name.sentence..first];
        let belongs = || lead().last().is_some_and(noun) && !lead().iter().any(verb);
        let presented = presented(cast, name.sentence..first);
        let subject = is_subject(cast, n, first);
        let opens = fronted
            || presented.is_some()
            || subject && first > name.sentence + 2 && !self.is_told_of(cast, name.sentence..first)
            || leads(cast, name.sentence..first) && (alone || belongs());
        weight += match quoted {
            true => QUOTED,
            false if opens || subject => SUBJECT,
            false => 0,
        };
        // "Feld’s plan", "a Feld supporter"
        let modifies = || cast.names_noun(name.tokens.end);
        weight += if name.possessive || modifies() { POSSESSIVE } else { 0 };
        let before = first.checked_sub(1).map(|i| &cast.tokens[i]);
        let object = before.is_some_and(|t| t.is(Class::PREPOSITION)) && !fronted;
        weight += if object { AFTER_PREPOSITION } else { 0 };
        self.note(owner, weight);
        let focus = opens && !quoted && !name.possessive && !modifies();
        if presented == Some(Bearer::Person) {
            cast.entities[owner].bearer = Bearer::Person;
        }
        if focus {
            self.focus = Some(Previous { who: owner, at: start });
            self.reveal(cast, owner, start);
        }
    }

    /// "He said that, if the mill burned, | Ivo Hale would pay": whether a sentence has had another subject.
    fn is_told_of(&self, cast: &Cast<'_>, before: Range<usize>) -> bool {
        const REACH: usize = 40;
        let near = before.start.max(before.end.saturating_sub(REACH))..before.end;
        let pronoun = || cast.tokens[near.clone()].iter().any(|t| t.is(Class::PRONOUN_SUBJECT));
        self.focus.is_some_and(|f| f.at >= before.start) || pronoun()
    }

    /// "A baker who … was jailed. ¶ Ivo Hale, 52, …": who is named at the start of the next paragraph was meant.
    fn reveal(&mut self, cast: &mut Cast<'_>, who: usize, at: usize) {
        let Some(Previous { who: unnamed, at: lead }) = self.introduced else { return };
        let region = cast.region_of(lead);
        let away = self.region.saturating_sub(region);
        if away > 0 {
            self.introduced = None;
        }
        // Later on, a story has many people.
        const OPENING: usize = 5;
        if away != 1 || region > OPENING {
            return;
        }
        let (old, new) = (&cast.entities[unnamed], &cast.entities[who]);
        let before = new.last_before(at);
        let first = before == 0 || cast.region_of(before - 1) < region;
        let person = new.words.len() > 1 && new.may_be_person() && new.title.is_none();
        let agrees = old.gender().is_none() || new.gender().is_none() || old.gender() == new.gender();
        if first && person && agrees && unnamed != who && old.nominal.is_some() {
            cast.reveal(unnamed, who);
        }
    }

    /// Takes one more naming of `who` into account.
    pub(super) fn note(&mut self, who: usize, weight: Weight) {
        if let Some(recent) = self.recent.iter_mut().find(|r| r.who == who) {
            recent.weight = recent.weight.max(weight);
            recent.times = recent.times.saturating_add(1);
            return;
        }
        let recent = Recent { who, weight, times: 1 };
        if self.recent.len() < KEPT {
            self.recent.push(recent);
        } else if let Some(least) = self.recent.iter_mut().min_by_key(|r| r.weight) {
            *least = recent;
        }
    }

    /// Takes a source at token `at` into account: the last speaker.
    pub(super) fn spoke(&mut self, cast: &Cast<'_>, who: usize, at: usize) {
        self.previous = Some(Previous { who, at });
        self.note(who, cast.progress(at));
    }

    /// Takes "a spokesman for the port" at token `at` into account, for the pronouns that follow.
    pub(super) fn speaks_for(&mut self, cast: &Cast<'_>, voice: usize, at: usize) {
        self.note(voice, cast.progress(at) + SUBJECT + LAST_SPEAKER / 2);
    }

    /// A pronoun that names no source still keeps its bearer in mind.
    fn pronoun_at(&mut self, cast: &mut Cast<'_>, at: usize, token: &Token) {
        let Some(gender) = gender_of(token) else { return };
        if let Some(guess) = self.one(cast, at, Some(gender)) {
            self.bind(cast, guess, gender, token.is(Class::PRONOUN_SUBJECT));
            let sentence = cast.story.sentences.get(self.sentence).map_or(at, |s| s.tokens().start);
            let subject = token.is(Class::PRONOUN_SUBJECT) && at.saturating_sub(sentence) <= 2;
            self.note(guess.who, self.progress(cast, at) + if subject { SUBJECT } else { POSSESSIVE });
        }
    }

    /// A pronoun that can mean nobody else tells the gender of its bearer.
    ///
    /// "One gull has lost its fear of his dog": only a subject does so at once.
    pub(super) fn bind(&self, cast: &mut Cast<'_>, guess: Guess, gender: Gender, subject: bool) {
        const SURE: f32 = 0.8;
        // "Ivo Hale was jailed. Prosecutor Roe told the court he had fled": somebody else fits as well.
        const NEAR: Weight = 250;
        let weight = |who: usize| self.recent.iter().find(|r| r.who == who).map_or(0, |r| r.weight);
        let own = weight(guess.who);
        let other = self.recent.iter().any(|r| {
            let entity = &cast.entities[r.who];
            let fits = entity.gender() == Some(gender) && entity.may_be_person();
            r.who != guess.who && fits && own - r.weight < NEAR
        });
        let entity = &mut cast.entities[guess.who];
        if entity.gender.is_some() {
            return;
        }
        if guess.confidence >= SURE && subject && !other {
            entity.learn(gender, GenderEvidence::Pronoun);
        } else if entity.bearer == Bearer::Person {
            entity.vote(gender);
        }
    }

    /// Remembers "the Vane family" at its noun.
    fn phrase_at(&mut self, cast: &Cast<'_>, at: usize) {
        let name = self.name.checked_sub(1).map(|n| &cast.names[n].tokens).filter(|n| n.end == at);
        let Some(name) = name else { return };
        self.phrases.retain(|p| cast.tokens[p.end - 1].hash != cast.tokens[at].hash);
        if self.phrases.len() >= KEPT {
            self.phrases.remove(0);
        }
        self.phrases.push(name.start..at + 1);
    }

    /// "The Vane family", where "the family" stands at token `at`.
    pub(super) fn phrase(&self, cast: &Cast<'_>, noun: &Token, at: usize) -> Option<Range<usize>> {
        let same = |p: &&Range<usize>| p.end <= at && cast.tokens[p.end - 1].hash == noun.hash;
        self.phrases.iter().rev().find(same).cloned()
    }

    /// The body or text that "it" at token `at` means, if it was the subject after whom `guess` names.
    pub(super) fn topic(&self, cast: &Cast<'_>, at: usize, guess: Option<Guess>) -> Option<Range<usize>> {
        let (weight, range) = self.topic.as_ref()?;
        let near = cast.progress(at) - weight < 2 * PARAGRAPH + SUBJECT;
        let known = guess.and_then(|g| self.recent.iter().find(|r| r.who == g.who)).map_or(0, |r| r.weight);
        (near && known < *weight).then(|| range.clone())
    }

    /// Remembers several people, or a thing, that a sentence starts with.
    fn sentence_at(&mut self, cast: &mut Cast<'_>, at: usize, quoted: bool) {
        let sentences = &cast.story.sentences;
        while sentences.get(self.sentence).is_some_and(|s| s.tokens().start < at) {
            self.sentence += 1;
        }
        let next = |n: usize| sentences.get(n).map_or(usize::MAX, |s| s.tokens().start);
        let here = next(self.sentence) == at;
        self.opening = next(self.sentence + usize::from(here));
        let Some(range) =
            sentences.get(self.sentence).map(|s| s.tokens()).filter(|r| r.start == at && !quoted)
        else {
            return;
        };
        let weight = self.progress(cast, at) + SUBJECT;
        let topic = (at..(at + 5).min(range.end))
            .take_while(|&i| cast.tokens[i].is_word() && (i == at) == cast.tokens[i].is(Class::DETERMINER))
            .find(|&i| {
                i > at && !cast.tokens[i].is_capital() && cast.tokens[i].is(Class::DOCUMENT.or(Class::BODY))
            });
        let next = topic.and_then(|i| cast.tokens.get(i + 1));
        // "A trade body, the Roe Alliance, said": that has a name.
        let named = topic.is_some_and(|i| {
            let near = i + 1..i + 4;
            next.is_some_and(|t| t.kind == TokenKind::Comma)
                && cast.names[self.name.min(cast.names.len())..]
                    .iter()
                    .take(1)
                    .any(|n| near.contains(&n.tokens.start))
        });
        let topic = topic.filter(|_| !named);
        if let Some(noun) = topic.filter(|_| next.is_none_or(|t| !t.is_word() || t.is(name::NO_NOUN))) {
            self.topic = Some((weight, at..noun + 1));
        }
        let new = somebody(cast, range.clone());
        if let Some(who) = new.filter(|_| cast.tokens[at].is(Class::DETERMINER)) {
            self.introduced = Some(Previous { who, at });
        }
        if let Some(who) = new.or_else(|| self.described(cast, range.clone())) {
            self.note(who, weight);
            self.focus = Some(Previous { who, at });
        }
        if let Some(several) = several(cast, range, self.name) {
            self.several = Some((weight, several));
        }
    }

    /// The one person that a pronoun or a bare noun at token `at` stands for.
    pub(super) fn one(&self, cast: &Cast<'_>, at: usize, gender: Option<Gender>) -> Option<Guess> {
        let spoke = self.near_previous(cast, at, cast.region_of(at)).map(|who| &cast.entities[who]);
        let quotation = self.quotation_before(cast, at);
        // Where the pronouns are nearly all somebody's, they hardly mean one of whom no gender is known.
        let protagonist = self.protagonist.map(|who| &cast.entities[who]);
        let stranger = |entity: &Entity| protagonist.is_some_and(|p| !core::ptr::eq(p, entity));
        self.best(cast, at, &|entity| {
            if !entity.may_be_person() || entity.is_plural() {
                return None;
            }
            // "Odhran Tarn said … he said": of two words and just heard, an unknown name is a person's.
            let heard = entity.words.len() > 1 && spoke.is_some_and(|s| core::ptr::eq(s, entity));
            let unclear = entity.bearer == Bearer::Unclear && entity.nominal.is_none() && !heard;
            let agrees = match (gender, entity.gender()) {
                (Some(want), Some(have)) => (want == have).then_some(AGREES)?,
                (Some(_), None) if stranger(entity) => STRANGER,
                (Some(_), None) if unclear => NO_PERSON_YET,
                _ => 0,
            };
            let spoken_of = quotation.is_some_and(|q| is_spoken_of(cast, at, entity, q));
            Some(agrees + if spoken_of { SPOKEN_OF } else { 0 })
        })
    }

    /// “She never spoke about it,” she said: the words begin with one who does not say them, the subject before.
    fn is_about_subject(&self, cast: &Cast<'_>, at: usize) -> bool {
        let Some(quotation) = self.quotation_before(cast, at) else { return false };
        let first = cast.token_at(quotation.start()) + 1;
        let of = |i: usize| cast.tokens.get(i).filter(|t| t.is(Class::PRONOUN_SUBJECT)).and_then(gender_of);
        of(first).is_some_and(|gender| of(at) == Some(gender))
    }

    /// The quotation right before token `at`.
    fn quotation_before(&self, cast: &Cast<'_>, at: usize) -> Option<Span> {
        const GAP: usize = 2;
        let start = cast.tokens.get(at)?.span.start();
        let quotation = self.quotations[self.quotation.checked_sub(1)?].span();
        (quotation.end()..=quotation.end() + GAP).contains(&start).then_some(quotation)
    }

    /// The body or text that "it" at token `at` stands for: what spoke last, or was the subject a while ago.
    pub(super) fn thing(&self, cast: &Cast<'_>, at: usize) -> Option<Guess> {
        const REACH: Weight = 150;
        let near = cast.progress(at) - REACH;
        let previous = self.previous.map(|p| p.who);
        self.best(cast, at, &|entity| entity.may_be_thing().then_some(0)).filter(|g| {
            Some(g.who) == previous || self.recent.iter().any(|r| r.who == g.who && r.weight > near + SUBJECT)
        })
    }

    /// Whom "they" at token `at` stands for: several, a body, or one who goes by "they".
    pub(super) fn they(&self, cast: &mut Cast<'_>, at: usize) -> Option<Guess> {
        let previous = self.near_previous(cast, at, cast.region_of(at));
        let best = self.best(cast, at, &|entity| {
            if entity.gender() == Some(Gender::They) || entity.is_plural() {
                Some(AGREES)
            } else if entity.bearer == Bearer::Body {
                Some(NO_PERSON_YET / 3)
            } else {
                None
            }
        });
        let weight = |who: usize| self.recent.iter().find(|r| r.who == who).map_or(0, |r| r.weight);
        if let Some((several_weight, several)) = &self.several
            && best.is_none_or(|g| weight(g.who) < *several_weight && previous != Some(g.who))
            && cast.progress(at) - several_weight < 2 * PARAGRAPH + SUBJECT
        {
            let who = match several.clone() {
                Several::Two(a, b) => {
                    let span = cast.entities[a].mentions.first().map_or_else(Default::default, |m| m.1);
                    cast.joint(a, b, span)
                }
                Several::Noun(range) => {
                    let span = name::span(cast.tokens, range.clone());
                    cast.noun(range.end - 1, range, span)
                }
            };
            return Some(Guess { who, confidence: 0.6 });
        }
        // "One caller said … They rang off": one whose gender is not known.
        best.or_else(|| {
            let who = previous
                .filter(|&p| cast.entities[p].gender().is_none() && !cast.entities[p].may_be_thing())
                .or_else(|| self.alone(cast, at));
            Some(Guess { who: who?, confidence: 0.5 })
        })
    }

    /// "Rowan Quayle wrote it all on a train. “…,” they said.": the one person named so far, of no known gender.
    fn alone(&self, cast: &Cast<'_>, at: usize) -> Option<usize> {
        let mut people = self.recent.iter().filter(|r| {
            let entity = &cast.entities[r.who];
            entity.may_be_person() && !entity.is_plural()
        });
        let one = people.next().filter(|_| people.next().is_none())?;
        let near = one.weight > cast.progress(at) - 2 * PARAGRAPH;
        (near && cast.entities[one.who].gender().is_none()).then_some(one.who)
    }

    /// Who spoke last, if that was not long before token `at` of block `here`.
    fn near_previous(&self, cast: &Cast<'_>, at: usize, here: usize) -> Option<usize> {
        let Previous { who, at: spoke } = self.previous?;
        let away = here.saturating_sub(cast.region_of(spoke));
        (away <= REMEMBERED && spoke <= at).then_some(who)
    }

    /// The heaviest of those to whom `suits` gives a weight.
    pub(super) fn best(
        &self,
        cast: &Cast<'_>,
        at: usize,
        suits: &dyn Fn(&Entity) -> Option<Weight>,
    ) -> Option<Guess> {
        let here = cast.region_of(at);
        let now = progress(at, here);
        let previous = self.near_previous(cast, at, here);
        let spoke = self.previous.map_or(0, |p| p.at);
        let focus = self.focus.filter(|f| f.at > spoke && here <= cast.region_of(f.at) + 1);
        let focus = focus.map(|f| f.who);
        let (mut best, mut second): (Option<(Weight, usize)>, Option<Weight>) = (None, None);
        for recent in &self.recent {
            let entity = &cast.entities[recent.who];
            let Some(extra) = suits(entity) else { continue };
            let mut weight = recent.weight - now + extra + AGAIN * Weight::from(recent.times.min(8));
            if focus == Some(recent.who) {
                // A forename that no list knows agrees with any pronoun, and so does "a trader".
                let person = entity.bearer == Bearer::Person || entity.nominal.is_some();
                let unknown = person && entity.gender.is_none() && previous != focus;
                weight += FOCUS + if unknown { AGREES } else { 0 };
                weight +=
                    if previous != focus && self.is_about_subject(cast, at) { SPOKEN_OF * 2 } else { 0 };
            }
            if previous == Some(recent.who) {
                let spoke = self.previous.map_or(now, |p| cast.progress(p.at));
                // An unnamed speaker ("one questioner") is seldom meant by a pronoun later on.
                let bonus = if entity.words.is_empty() { 0 } else { LAST_SPEAKER };
                weight = weight.max(spoke - now + bonus + extra);
            }
            if best.is_none_or(|(b, _)| weight > b) {
                second = best.map(|b| b.0);
                best = Some((weight, recent.who));
            } else if second.is_none_or(|s| weight > s) {
                second = Some(weight);
            }
        }
        let (weight, who) = best?;
        Some(Guess { who, confidence: confidence(weight, second) })
    }
}

/// “Ivo has school on Monday,” he said: whether an entity is named last in the quotation right before token `at`.
fn is_spoken_of(cast: &Cast<'_>, at: usize, entity: &Entity, quotation: Span) -> bool {
    let start = |token: usize| cast.tokens.get(token).map_or(0, |t| t.span.start());
    let named = entity.last_before(at).checked_sub(1).map(start);
    named.is_some_and(|named| quotation.range().contains(&named))
}

/// How sure a choice is, by its lead over the next, and less where it was named long ago.
///
/// A choice without a lead is right in about two of three cases (looked at on PolNeAR's training articles), one
/// with a lead of four or more nearly always.
fn confidence(weight: Weight, second: Option<Weight>) -> f32 {
    const FAR: Weight = 400;
    let lead = second.map_or(FAR, |s| (weight - s).min(FAR));
    let faded = (-weight - FAR).clamp(0, FAR);
    0.5 + (0.45 * lead as f32 - 0.25 * faded as f32) / FAR as f32
}

/// Nouns that stand before a name.
const NOUNS: Class = Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE).or(Class::BODY);

/// Verbs that are no nouns.
const VERBAL: Class = Class::AUXILIARY.or(Class::CUE_SAY).or(Class::CUE_TELL);

const PRONOUNS: Class = Class::PRONOUN_HE.or(Class::PRONOUN_SHE);

/// Words that are read wherever they stand.
const NOTED: Class = PRONOUNS.or(Class::GROUP).or(Class::BODY);

pub(super) fn gender_of(token: &Token) -> Option<Gender> {
    if token.is(Class::PRONOUN_HE) {
        Some(Gender::He)
    } else if token.is(Class::PRONOUN_SHE) {
        Some(Gender::She)
    } else {
        None
    }
}

/// Whether a name, with its title from token `first` on, opens its sentence or, past a comma, its clause:
/// "In a letter last week, Ada Roe asked …"
fn is_subject(cast: &Cast<'_>, n: usize, first: usize) -> bool {
    let Range { start, end } = cast.names[n].tokens;
    if start - cast.names[n].sentence <= 2 {
        return true;
    }
    const LONGEST: usize = 6;
    let rest = &cast.tokens[cast.names[n].sentence..first];
    let stop = name::VERBS.or(Class::PREPOSITION).or(Class::CONJUNCTION).or(Class::PRONOUN_SUBJECT);
    let noun = |t: &&Token| t.is_word() && t.spaced && !t.is(stop) || t.kind == TokenKind::Number;
    // "When asked, | Corven director Ada Roe"
    let lead = match rest.last() {
        Some(t) if t.is(NOUNS) && !t.is_capital() => rest.iter().rev().take(LONGEST).take_while(noun).count(),
        _ => 0,
    };
    let before = rest.len().checked_sub(lead + 1).map(|i| &rest[i]);
    let opens = before.is_some_and(|t| t.kind == TokenKind::Comma || t.is(Class::CONJUNCTION));
    // "Back in the yard, Roe bends down", but not "Republican party members"
    let other = Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::WH_WORD).or(NOUNS).or(Class::DOCUMENT);
    let person = cast.entities.get(cast.owners[n]).is_some_and(|e| e.words.len() > 1 && e.may_be_person());
    let verb = cast.tokens.get(end).is_some_and(|t| {
        let known = t.is(name::VERBS) || t.ends_with(cast.text, "ed");
        t.is_word() && t.spaced && (known || person && !t.is_capital() && !t.is(other.or(Class::GROUP)))
    });
    opens && verb
}

/// "Among them was | 17-year-old Ivo Hale", "The driver, who gave his name as | Ivo": what is brought in by name.
fn presented(cast: &Cast<'_>, lead: Range<usize>) -> Option<Bearer> {
    let lead = &cast.tokens[lead];
    let aged = usize::from(lead.last().is_some_and(|t| t.kind == TokenKind::Number));
    let (last, rest) = lead[..lead.len() - aged].split_last()?;
    let opener = rest.first()?;
    match last.bytes(cast.text) {
        b"was" | b"is" if opener.is(Class::PREPOSITION) => Some(Bearer::Unclear),
        b"as" if opener.is(Class::DETERMINER) && rest.iter().take(4).any(|t| t.is(Class::WH_WORD)) => {
            Some(Bearer::Person)
        }
        _ => None,
    }
}

/// Whether nothing but a noun phrase stands between the start of a sentence and a name: "The local butcher, Ivo
/// Hale,", "Opposite number Ada Roe".
fn leads(cast: &Cast<'_>, lead: Range<usize>) -> bool {
    const LONGEST: usize = 8;
    let (phrase, comma) = match cast.tokens[lead.clone()].split_last() {
        Some((last, rest)) if last.kind == TokenKind::Comma => (rest, true),
        _ => (&cast.tokens[lead], false),
    };
    let stop = Class::CONJUNCTION.or(Class::PRONOUN_SUBJECT);
    // "The student in question, Ivo Hale,"
    let verbs = if comma { VERBAL } else { name::VERBS.or(Class::PREPOSITION) };
    let stop = stop.or(verbs);
    // "Roe’s deputy, Ivo Hale,"
    let owned = || phrase.last().is_some_and(|t| t.is(NOUNS)) && phrase.iter().any(|t| !t.spaced);
    phrase.len() <= LONGEST
        && (!comma || phrase.first().is_some_and(|t| t.is(Class::DETERMINER.or(Class::POSSESSIVE))) || owned())
        // "The student in question, Ivo Hale,"
        && phrase.iter().all(|t| !t.spaced || t.is_word() && (!t.is(stop) || t.is(Class::ROLE)))
        && !phrase.iter().any(|t| t.is_in(cast.text, terms::PAST))
        && (comma || phrase.len() <= 2 || phrase.last().is_some_and(|t| t.is(NOUNS)))
}

/// How far token `at` of a block is into the text, as a weight.
fn progress(at: usize, region: usize) -> Weight {
    let word = |n: usize| Weight::try_from(n).unwrap_or(Weight::MAX / 1_000);
    word(at) * 5 / 2 + word(region) * PARAGRAPH
}

impl Cast<'_> {
    /// How far token `at` is into the text, as a weight: what pronouns lose on the way.
    pub(super) fn progress(&self, at: usize) -> Weight {
        progress(at, self.region_of(at))
    }

    pub(super) fn region_of(&self, token: usize) -> usize {
        self.story.regions.partition_point(|r| r.tokens().end <= token)
    }

    pub(super) fn sentence_start(&self, token: usize) -> usize {
        let place = self.story.sentences.partition_point(|s| s.tokens().end <= token);
        self.story.sentences.get(place).map_or(token, |s| s.tokens().start.min(token))
    }
}
