//! From the source phrase of a quote to one of the cast.

use alloc::vec::Vec;
use core::ops::Range;

use crate::attribution::grammar::{Raw, Who};
use crate::attribution::quote::{Cue, Quote, Spans};
use crate::block::BlockKind;
use crate::few::Few;
use crate::lex::story::Story;
use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::{Class, Hash};
use crate::mention::gender::Gender;
use crate::mention::name::{Bearer, NO_NOUN};
use crate::mention::title;
use crate::quotation::Quotation;
use crate::span::Span;
use crate::speaker::cast::{self, Cast};
use crate::speaker::discourse::{self, Discourse, Guess, Previous, gender_of};
use crate::speaker::entity::GenderEvidence;
use crate::speaker::mention::{Mention, MentionKind};
use crate::speaker::roll;
use crate::speaker::{Speaker, SpeakerId};

/// What the resolver finds.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    pub(crate) quotes: Vec<Quote>,
    pub(crate) speakers: Vec<Speaker>,
    pub(crate) mentions: Vec<Mention>,
    /// Speakers of articles before, the first one last: memory for the next ones.
    pub(crate) spare: Vec<Speaker>,
}

/// How many speakers without an article are kept.
const MOST_SPARE: usize = 1024;

impl Resolved {
    /// Takes the memory of what was found before.
    pub(crate) fn recycle(&mut self, quotes: Vec<Quote>, mut speakers: Vec<Speaker>, mentions: Vec<Mention>) {
        self.spare.extend(speakers.drain(..).rev());
        // Articles that another workspace made bring more than is ever taken.
        self.spare.truncate(MOST_SPARE);
        (self.quotes, self.speakers, self.mentions) = (quotes, speakers, mentions);
        self.quotes.clear();
        self.mentions.clear();
    }
}

/// The memory that the resolver works with, kept from one article to the next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    cast: cast::Memory,
    talk: discourse::Memory,
    sources: Vec<Source>,
    guesses: Vec<Option<Guess>>,
    /// Places of quotes whose source is "I" in somebody's words.
    first_persons: Vec<usize>,
    /// An order of quotes, later of speakers.
    order: Vec<usize>,
}

/// One source, before its speaker gets an id.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source {
    pub(super) span: Span,
    pub(super) kind: MentionKind,
    pub(super) who: Option<usize>,
}

/// Turns raw attributions into quotes, and finds the speaker of each. A speaker found with less than `threshold`
/// of confidence is left unknown. `out` is empty but for its memory.
///
/// Time grows with the tokens of the story and the quotes, times the logarithm of both.
#[allow(clippy::too_many_arguments)]
pub(crate) fn resolve(
    text: &str,
    story: &Story,
    raws: &mut Vec<Raw>,
    author: Option<(&str, Span)>,
    quotations: &mut [Quotation],
    threshold: f32,
    scratch: &mut Scratch,
    out: &mut Resolved,
) {
    // Nobody speaks.
    if raws.is_empty() {
        return;
    }
    let mut cast = Cast::read(text, story, core::mem::take(&mut scratch.cast));
    guess(&mut cast, raws, author, quotations, threshold, scratch);
    out.quotes.reserve(raws.len());
    for (place, (raw, guess)) in raws.drain(..).zip(&scratch.guesses).enumerate() {
        for &q in &raw.quotations {
            quotations[q].quote = u32::try_from(place).ok();
        }
        out.quotes.push(Quote {
            kind: raw.kind,
            content: raw.content,
            cue: raw.cue.map(|c| Cue { spans: c.spans, lemma: c.lemma, class: c.class }),
            source: raw.source.into_iter().collect(),
            addressee: raw.addressee.into_iter().collect(),
            medium: Spans::default(),
            speaker: guess.map(|g| SpeakerId::of_place(g.who)),
            speaker_confidence: guess.map_or(0.0, |g| g.confidence),
            polarity: raw.polarity,
            confidence: raw.confidence.unwrap_or(raw.rule.confidence()),
            rule: raw.rule.name(),
        });
    }
    roll::call(&mut cast, &scratch.sources, &mut scratch.order, out);
    scratch.cast = cast.into_memory();
}

/// Finds who says each of `raws`, in the order in which their sources stand in the text.
fn guess(
    cast: &mut Cast<'_>,
    raws: &[Raw],
    author: Option<(&str, Span)>,
    quotations: &[Quotation],
    threshold: f32,
    scratch: &mut Scratch,
) {
    let Scratch { talk, sources, guesses, first_persons, order, .. } = scratch;
    order.clear();
    order.extend(0..raws.len());
    order.sort_unstable_by_key(|&r| (raws[r].head.or(raws[r].content.first().copied()), r));
    guesses.clear();
    guesses.resize(raws.len(), None);
    sources.clear();
    sources.reserve(raws.len());
    first_persons.clear();
    let protagonist = protagonist(cast, quotations, author.map(|a| a.0));
    let mut talk = Discourse::new(cast.tokens, quotations, core::mem::take(talk));
    talk.protagonist = protagonist;
    let mut reader = Reader { cast, talk, author, threshold, mediums: [None; MEDIUMS] };
    for &r in &*order {
        let raw = &raws[r];
        let anchor = raw.head.or(raw.content.first().copied());
        let at = anchor.map_or(0, |s| reader.cast.token_at(s.start()));
        reader.talk.advance(reader.cast, at, true);
        let found = match (raw.who, raw.head) {
            (Who::Source, Some(head)) => {
                if reader.is_first_person(head) && reader.talk.is_quoted(head.start()) {
                    first_persons.push(r);
                }
                let found = reader.of_phrase(head, raw.source.unwrap_or(head));
                let guess = reader.meant(found.guess, at).filter(|g| g.confidence >= threshold);
                sources.push(Source { span: head, kind: found.kind, who: guess.map(|g| g.who) });
                guess
            }
            (Who::Signed, Some(head)) => {
                Some(Guess { who: reader.cast.named(head.of(reader.cast.text), head), confidence: 0.9 })
            }
            (Who::Source | Who::Signed, None) => None,
            (Who::Follows(first), _) => followed(raws, guesses, first),
            (Who::Author, _) => author.map(|a| Guess { who: reader.cast.named(a.0, a.1), confidence: 0.8 }),
            (Who::Subject, _) => {
                reader.cast.subject(author.map(|a| a.0)).map(|who| Guess { who, confidence: 0.5 })
            }
        };
        guesses[r] = found.filter(|g| g.confidence >= threshold);
        // The words of the source are names too, but no pronouns still to be resolved.
        let end = raw.head.map_or(at, |h| reader.cast.token_at(h.end()));
        reader.talk.advance(reader.cast, end, false);
        if let Some(guess) = guesses[r]
            && !raw.nested
        {
            reader.talk.spoke(reader.cast, guess.who, at);
            if raw.head.is_some() {
                reader.remember_medium(at, guess.who);
            }
        }
    }
    for (r, raw) in raws.iter().enumerate() {
        if let (Who::Follows(first), None) = (raw.who, guesses[r]) {
            guesses[r] = followed(raws, guesses, first);
        }
    }
    inner(raws, guesses, sources, first_persons);
    for guess in guesses.iter().flatten() {
        reader.cast.entities[guess.who].speaks = true;
    }
    scratch.talk = reader.talk.into_memory();
}

/// Returns the person whom a headline names and the story is about, if nearly all pronouns outside quotations may mean
/// that person, and learns the gender from them where no list knows it.
fn protagonist(cast: &mut Cast<'_>, quotations: &[Quotation], author: Option<&str>) -> Option<usize> {
    const LEAST: usize = 4;
    let headline = cast.story.regions.iter().find(|r| r.kind == BlockKind::Headline).map(|r| r.tokens().end);
    let (headline, who) = (headline?, cast.subject(author)?);
    let entity = &cast.entities[who];
    let named = entity.mentions.first().is_some_and(|m| m.0 < headline);
    if !named {
        return None;
    }
    let (mut he, mut she, mut next, mut quoted) = (0, 0, 0, 0);
    for token in &cast.tokens[headline..] {
        let start = token.span.start();
        while let Some(q) = quotations.get(next).filter(|q| q.span().start() <= start) {
            quoted = quoted.max(q.span().end());
            next += 1;
        }
        if start >= quoted {
            he += usize::from(token.is(Class::PRONOUN_HE));
            she += usize::from(token.is(Class::PRONOUN_SHE));
        }
    }
    let gender = match () {
        () if she >= LEAST && he * 5 <= she => Gender::She,
        () if he >= LEAST && she * 5 <= he => Gender::He,
        () => return None,
    };
    if cast.entities[who].gender().is_none() {
        cast.entities[who].learn(gender, GenderEvidence::FirstName);
    }
    (cast.entities[who].gender() == Some(gender)).then_some(who)
}

/// The speaker of the quote whose content starts with `first`; `raws` are in the order of their content.
fn followed(raws: &[Raw], guesses: &[Option<Guess>], first: Span) -> Option<Guess> {
    let after = raws.partition_point(|r| r.content.first().is_none_or(|c| *c <= first));
    let at = after.checked_sub(1).filter(|&at| raws[at].content.first() == Some(&first))?;
    guesses[at]
}

/// "I" in somebody's words is whoever says them: “I told him ‘no’,” she said.
fn inner(raws: &[Raw], guesses: &mut [Option<Guess>], sources: &mut [Source], first_persons: &[usize]) {
    for &r in first_persons {
        let Some(head) = raws[r].head else { continue };
        // The quotes are in the order of their content; the one around starts a little before.
        const NEAR: usize = 6;
        let after = raws.partition_point(|o| o.content.first().is_none_or(|c| c.start() <= head.start()));
        let outer = (after.saturating_sub(NEAR)..after)
            .rev()
            .find(|&o| o != r && raws[o].content.iter().any(|c| c.contains(head)));
        guesses[r] = outer.and_then(|o| guesses[o]);
        // The sources are in the order of their heads.
        let from = sources.partition_point(|s| s.span < head);
        for source in sources[from..].iter_mut().take_while(|s| s.span == head) {
            source.who = guesses[r].map(|g| g.who);
        }
    }
}

/// What a source phrase is, and whom it names.
pub(super) struct Found {
    pub(super) kind: MentionKind,
    pub(super) guess: Option<Guess>,
}

impl Found {
    pub(super) fn new(kind: MentionKind, guess: Option<Guess>) -> Found {
        Found { kind, guess }
    }

    pub(super) fn sure(kind: MentionKind, who: usize, confidence: f32) -> Found {
        Found { kind, guess: Some(Guess { who, confidence }) }
    }
}

/// How many media are remembered.
const MEDIUMS: usize = 4;

/// Reads source phrases in the order of the text.
pub(super) struct Reader<'c, 'a, 'q> {
    pub(super) cast: &'c mut Cast<'a>,
    pub(super) talk: Discourse<'q>,
    author: Option<(&'q str, Span)>,
    /// How sure a guess must be at least.
    pub(super) threshold: f32,
    /// "In a statement, Ada Roe said": the last media, and who used them.
    pub(super) mediums: [Option<(Hash, usize)>; MEDIUMS],
}

impl Reader<'_, '_, '_> {
    fn is_first_person(&self, head: Span) -> bool {
        let at = self.cast.token_at(head.start());
        self.cast.tokens.get(at).is_some_and(|t| t.span == head && t.is(Class::PRONOUN_FIRST))
    }

    /// Who is meant by one who stands for another: the body of "a spokeswoman".
    fn meant(&mut self, guess: Option<Guess>, at: usize) -> Option<Guess> {
        let guess = guess?;
        let Some(who) = self.cast.entities[guess.who].stands_for else { return Some(guess) };
        self.talk.speaks_for(self.cast, guess.who, at);
        Some(Guess { who, ..guess })
    }

    /// Finds who a source phrase names.
    fn of_phrase(&mut self, head: Span, source: Span) -> Found {
        // "From Roe’s post: “…”": the source may be a part of the phrase.
        let head = if head.contains(source) && !source.is_empty() { source } else { head };
        let mut range = self.cast.token_at(head.start())..self.cast.token_at(head.end());
        // "the minister’s admission": the clitic is no part of the name.
        while range.len() > 1 && title::is_clitic(self.cast.text, self.cast.tokens, range.end - 1) {
            range.end -= 1;
        }
        // "a survey | last week"
        let turn =
            |i: &usize| matches!(self.cast.tokens[*i].bytes(self.cast.text), b"last" | b"this" | b"next");
        if let Some(turn) = (range.start + 1..range.end).rev().take(3).find(turn) {
            range.end = turn;
        }
        // "Ada Roe herself"
        let reflexive =
            |t: &Token| matches!(t.span.of(self.cast.text), "himself" | "herself" | "itself" | "themselves");
        while range.len() > 1 && reflexive(&self.cast.tokens[range.end - 1]) {
            range.end -= 1;
        }
        // "the minutes" are a text.
        let dated = |t: &Token| t.is(DATED) && !t.is(Class::DOCUMENT);
        while range.len() > 1 && dated(&self.cast.tokens[range.end - 1]) {
            range.end -= 1;
        }
        if range.is_empty() {
            return Found::new(MentionKind::Unnamed, None);
        }
        if range.len() == 1
            && let Some(guess) = self.pronoun(range.start)
        {
            return Found::new(MentionKind::Pronoun, guess);
        }
        if let Some(found) = self.of_adjunct(&range) {
            return found;
        }
        let cast = &mut *self.cast;
        // "the mother | of five, who lost her boat": the head may end before "of".
        if source.end() > head.end()
            && cast.tokens.get(range.end).is_some_and(|t| t.span.of(cast.text) == "of")
        {
            const REACH: usize = 5;
            let last = cast.token_at(source.end()).min(range.end + REACH);
            range.end = (range.end + 1..last)
                .find(|&i| !(cast.tokens[i].is_word() || cast.tokens[i].kind == TokenKind::Number))
                .unwrap_or(last);
        }
        // "a sailor | who calls himself Spoons": a relative clause is not read for names.
        if let Some(who) = range.clone().skip(1).find(|&i| cast.tokens[i].is(Class::WH_WORD)) {
            range.end = who;
        }
        // The core ends at the first preposition: "a spokesman | for the port", "residents | of Mill Lane".
        let link = range.clone().skip(1).find(|&i| {
            let t = &cast.tokens[i];
            // "INSPECTOR ROE OF THE HARROW POLICE"
            t.is(Class::PREPOSITION) && (!t.is_capital() || t.case == Case::Upper && t.span.len() > 1)
        });
        let names = cast.names_in(range.clone()).find(|&n| {
            let name = &cast.names[n];
            let start = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
            link.is_some_and(|l| (start..name.tokens.end).contains(&l))
        });
        // "The Ministry of Works": a preposition inside a name does not end the core.
        let link = if names.is_some() { None } else { link };
        let core = range.start..link.unwrap_or(range.end);
        // "the Health and Safety Board’s inspector": all before the clitic belongs to the owner.
        let owned = core.clone().rev().find(|&i| title::is_clitic(cast.text, cast.tokens, i));
        let owned = owned.filter(|&i| i > core.start && i + 1 < core.end).unwrap_or(core.start);
        let inside = cast.names_in(core.clone()).filter(|&n| {
            let end = cast.names[n].tokens.end;
            cast.owners[n] != usize::MAX
                && (end > owned || cast.tokens[end..owned].iter().any(|t| !t.is_word()))
                && !(cast.names[n].possessive && end < core.end)
                && !cast.modifies(end, core.end)
        });
        let names: Few<usize> = inside.map(|n| cast.owners[n]).collect();
        let opener = &cast.tokens[range.start];
        if names.is_empty() && opener.is(SOMEBODY) && !opener.is(Class::DETERMINER.or(Class::NUMBER_WORD)) {
            return Found::new(MentionKind::Unnamed, None);
        }
        let and = || cast.tokens[core.clone()].iter().any(|t| t.reads(cast.text, "and"));
        match &names[..] {
            [] => {}
            [a, b] if a != b && and() => {
                let who = cast.joint(*a, *b, head);
                return Found::sure(MentionKind::Joint, who, 0.95);
            }
            [.., last] => {
                let kind = cast.kind_of(*last);
                return Found::sure(
                    kind,
                    *last,
                    if cast.entities[*last].words.len() > 1 { 0.97 } else { 0.9 },
                );
            }
        }
        // "Director of rugby Ivo Hale": the name ends the phrase, whose complement is a common noun.
        if let Some(n) = cast.names_in(core.end..range.end).next_back()
            && cast.names[n].tokens.end == range.end
            && cast.names[n].bearer == Bearer::Person
            && cast.owners[n] != usize::MAX
            && cast.tokens[core.end].span.of(cast.text) == "of"
            && cast.tokens[core.end - 1].is(Class::ROLE)
            && !opener.is(Class::DETERMINER)
            && cast.names[n].title.is_none()
            && cast.names[n].tokens.start > core.end + 1
            && cast.tokens[core.end + 1..cast.names[n].tokens.start]
                .iter()
                .all(|t| t.is_word() && !t.is(NO_NOUN))
        {
            return Found::sure(MentionKind::Person, cast.owners[n], 0.95);
        }
        if let Some(who) = self.apposed(head, source) {
            return Found::sure(MentionKind::Role, who, 0.95);
        }
        self.of_noun(range, core, source)
    }

    /// A participle or an adverb that was taken for a source: "Then, brightening: “…”" is whoever spoke last; "Based on
    /// a report, Ada Roe said" is the subject.
    fn of_adjunct(&self, range: &Range<usize>) -> Option<Found> {
        let cast = &*self.cast;
        let token = cast.tokens[range.start];
        let word = token.span.of(cast.text);
        let ends = |end: &str| word.ends_with(end);
        if range.len() > 1 || token.class.without(Class::ADVERB) != Class::NONE {
            return None;
        }
        if !token.is_capital() {
            let near = |p: &Previous| cast.region_of(range.start) <= cast.region_of(p.at) + 1;
            let previous = self.talk.previous.filter(near);
            let guess = previous.map(|p| Guess { who: p.who, confidence: 0.6 });
            return ends("ing").then(|| Found::new(MentionKind::Pronoun, guess));
        }
        let next = cast.tokens.get(range.end)?;
        let adjunct = ends("ly") || (ends("ing") || ends("ed")) && next.is(Class::PREPOSITION);
        let sentence = cast.story.sentences.partition_point(|s| s.tokens().end <= range.start);
        let sentence = cast.story.sentences.get(sentence)?.tokens();
        if !adjunct || sentence.start != range.start {
            return None;
        }
        let n = cast.names_in(range.end..sentence.end).find(|&n| {
            let name = &cast.names[n];
            let first = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
            cast.owners[n] != usize::MAX
                && !name.possessive
                && cast.tokens[first - 1].kind == TokenKind::Comma
        })?;
        Some(Found::sure(cast.kind_of(cast.owners[n]), cast.owners[n], 0.7))
    }

    /// "The port’s head of repairs, Ivo Hale", "its chairwoman, retired Judge Roe": the name in the apposition.
    fn apposed(&self, head: Span, source: Span) -> Option<usize> {
        const LEADS: usize = 3;
        let cast = &*self.cast;
        let comma = cast.token_at(head.end());
        if source.end() <= head.end() || cast.tokens.get(comma)?.kind != TokenKind::Comma {
            return None;
        }
        let n = cast.names_in(comma + 1..comma + 2 + 2 * LEADS).next()?;
        let name = &cast.names[n];
        let first = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
        let leads = cast.tokens.get(comma + 1..first)?;
        // "state senator Ada Roe": a body though a verb as well.
        let noun = |t: &Token| !t.is(NO_NOUN.or(Class::POSSESSIVE)) || t.is(Class::BODY);
        let plain = leads.len() <= LEADS
            && leads.iter().all(|t| t.is_word() && noun(t) && t.span.of(cast.text) != "a");
        // "The developer, Ridge Partners", "a group, the Rail Alliance": a body may stand there, but only by itself.
        let fits = match name.bearer {
            Bearer::Place => false,
            Bearer::Body => leads.iter().all(|t| t.is(Class::DETERMINER)),
            Bearer::Person | Bearer::Unclear => true,
        };
        (plain && fits && cast.owners[n] != usize::MAX).then(|| cast.owners[n])
    }

    /// Whom the pronoun at token `at` means; `None` where the token is no pronoun.
    fn pronoun(&mut self, at: usize) -> Option<Option<Guess>> {
        let token = self.cast.tokens[at];
        let text = token.span.of(self.cast.text);
        if let Some(gender) = gender_of(&token) {
            let guess = self.talk.one(self.cast, at, Some(gender));
            if let Some(guess) = guess {
                self.talk.bind(self.cast, guess, gender, true);
            }
            return Some(guess);
        }
        if matches!(text, "I" | "we" | "We") {
            let confidence = if text == "I" { 0.95 } else { 0.6 };
            let author = self.author;
            return Some(author.map(|a| Guess { who: self.cast.named(a.0, a.1), confidence }));
        }
        if token.is(Class::PRONOUN_THEY) {
            return Some(self.talk.they(self.cast, at));
        }
        if matches!(text, "who" | "Who" | "which" | "that") {
            return Some(self.antecedent(at));
        }
        if token.is(Class::PRONOUN_IT) {
            if let Some(who) = self.cleft(at) {
                return Some(Some(Guess { who, confidence: 0.9 }));
            }
            let guess = self.talk.thing(self.cast, at);
            // "The report was damning. “…,” it said."
            let topic = self.talk.topic(self.cast, at, guess);
            return Some(match topic {
                Some(range) => self.of_noun(range.clone(), range, Span::default()).guess,
                None => guess,
            });
        }
        token.is(NOBODY).then_some(None)
    }

    /// "It was Ada Roe who said …": the name behind the "it" at token `at`.
    fn cleft(&self, at: usize) -> Option<usize> {
        let cast = &*self.cast;
        let word = |i: usize| cast.tokens.get(i).map_or("", |t| t.span.of(cast.text));
        let n = cast.names_in(at + 2..at + 5).next()?;
        let name = &cast.names[n];
        let first = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
        let cleft = first == at + 2 && matches!(word(at + 1), "was" | "is") && word(name.tokens.end) == "who";
        Some(cast.owners[n]).filter(|&who| cleft && who != usize::MAX)
    }

    /// Whom "who" or "which" at token `at` refers to: the name or the noun right before it.
    ///
    /// "The survey, which says …", "Ada Roe, who says …"
    fn antecedent(&mut self, at: usize) -> Option<Guess> {
        let cast = &mut *self.cast;
        let comma = |t: &Token| matches!(t.kind, TokenKind::Comma | TokenKind::Dash);
        let end = if at > 0 && comma(&cast.tokens[at - 1]) { at - 1 } else { at };
        let name = cast.names_in(at.saturating_sub(8)..at).next_back();
        if let Some(n) = name.filter(|&n| cast.names[n].tokens.end == end) {
            return Some(cast.owners[n])
                .filter(|&o| o != usize::MAX)
                .map(|who| Guess { who, confidence: 0.85 });
        }
        let noun = end.checked_sub(1).filter(|&i| cast.tokens[i].is(NOUNS))?;
        let start = (noun.saturating_sub(4)..noun).rev().take_while(|&i| cast.tokens[i].is_word());
        let start = start.into_iter().find(|&i| cast.tokens[i].is(Class::DETERMINER))?;
        if cast.sentence_start(at) > start {
            return None;
        }
        self.of_noun(start..end, start..end, Span::default()).guess
    }
}

impl Cast<'_> {
    /// Whether a name that ends at `end` only stands before a noun: "Chinese | companies".
    pub(super) fn modifies(&self, end: usize, core: usize) -> bool {
        end < core.min(self.tokens.len())
            && self.tokens[end].is_word()
            && self.tokens[end].spaced
            && !self.tokens[end].is_capital()
            && (!self.tokens[end].is(NO_NOUN) || self.tokens[end].is(Class::ROLE))
            && self.tokens[end].span.of(self.text) != "and"
    }

    /// The person the article is about: the one named most often, the first of them if several are.
    pub(super) fn subject(&self, author: Option<&str>) -> Option<usize> {
        let people = self
            .entities
            .iter()
            .enumerate()
            .filter(|(_, e)| e.may_be_person() && e.words.len() > 1 && author != Some(e.name(self.text)));
        people.max_by_key(|(i, e)| (e.mentions.len(), core::cmp::Reverse(*i))).map(|(i, _)| i)
    }
}

/// Words of dates, and what stands before them.
const DATED: Class = Class::DATE_WORD.or(Class::WEEKDAY);

/// Nouns that "who" or "which" may follow.
const NOUNS: Class = Class::DOCUMENT.or(Class::BODY).or(Class::ROLE).or(Class::KIN_HE).or(Class::KIN_SHE);

/// "Everyone in the hall", "nobody": no person to merge with another.
const SOMEBODY: Class = Class::PRONOUN_OTHER.or(Class::GENERIC);

/// Pronouns that name nobody in particular.
const NOBODY: Class = Class::PRONOUN_OTHER.or(Class::PRONOUN_FIRST).or(Class::PRONOUN_SECOND);

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec::Vec;

    fn speakers(text: &str) -> Vec<Option<alloc::string::String>> {
        let article = crate::parse(text);
        article.quotes().iter().map(|q| q.speaker().map(|id| article[id].name().to_string())).collect()
    }

    #[test]
    fn finds_who_speaks() {
        let mut checked = 0;
        let table = include_str!("cases.txt");
        for case in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (text, want) = case.rsplit_once(" | ").expect("a case is `text | speaker;speaker`");
            let got: Vec<_> = speakers(&text.replace('⏎', "\n"))
                .into_iter()
                .map(|name| name.unwrap_or_else(|| "-".to_string()))
                .collect();
            assert_eq!(got.join(";"), want, "{text}");
            checked += 1;
        }
        assert!(checked >= 60);
    }

    #[test]
    fn it_is_the_thing_that_spoke_last() {
        let cases: &[(&str, Option<&str>)] = &[
            ("“Every bolt is loose,” the report said.\n\n“The pier is unsafe,” it added.", Some("report")),
            ("“Every bolt is loose,” Ada Roe said.\n\n“The pier is unsafe,” it added.", None),
        ];
        for (text, want) in cases {
            let names = speakers(&alloc::format!("Pier shut\n\n{text}"));
            assert_eq!(names.last().and_then(|n| n.as_deref()), *want, "{text}");
        }
    }

    #[test]
    fn first_person_in_a_quotation_is_whoever_says_it() {
        let text = "By Ada Roe\n\n“I said ‘no’ to them,” Ivo Hale said.";
        assert!(speakers(text).iter().all(|name| name.as_deref() == Some("Ivo Hale")));
    }

    #[test]
    fn a_doubtful_speaker_is_left_unknown() {
        let text = "Ada Roe met Mrs Poole. “It leaks,” she said.";
        let sure = crate::Parser::new().speaker_confidence(1.0).parse(text);
        assert_eq!(sure.quotes()[0].speaker(), None);
        assert_eq!(sure.mentions()[0].speaker(), None);
        assert_eq!(sure.quotes()[0].speaker_confidence(), 0.0);
    }
}
