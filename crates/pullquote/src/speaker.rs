//! Speakers: the people and bodies behind the mentions.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::num::NonZeroU32;
use core::ops::Range;

use crate::attribution::grammar::{Raw, Who};
use crate::attribution::quote::{Cue, Quote, joined};
use crate::lex::story::Story;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{Class, Hash};
use crate::mention::describe;
use crate::mention::name::{self, Bearer, Gender, Name};
use crate::quotation::Quotation;
use crate::span::Span;

/// Identifies a speaker within its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerId(NonZeroU32);

impl SpeakerId {
    /// Makes the id of the speaker at `place`.
    pub(crate) fn of_place(place: usize) -> SpeakerId {
        SpeakerId(NonZeroU32::new(u32::try_from(place + 1).unwrap_or(u32::MAX)).unwrap_or(NonZeroU32::MAX))
    }

    /// Returns the place of the speaker in [`Article::speakers`](crate::Article::speakers).
    pub(crate) fn place(self) -> usize {
        self.0.get() as usize - 1
    }

    /// Returns the number used in the record: 1 for the first speaker.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

/// Holds one speaker: the fullest name that the article gives, title, affiliation, and all mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Speaker {
    pub(crate) id: SpeakerId,
    pub(crate) name: String,
    pub(crate) title: Option<Span>,
    pub(crate) affiliation: Option<Span>,
    pub(crate) mentions: Vec<Span>,
}

impl Speaker {
    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> SpeakerId {
        self.id
    }

    /// Returns the fullest name that the article gives.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns where the title stands ("senior analyst").
    #[must_use]
    pub fn title(&self) -> Option<Span> {
        self.title
    }

    /// Returns where the affiliation stands ("Pell Securities").
    #[must_use]
    pub fn affiliation(&self) -> Option<Span> {
        self.affiliation
    }

    /// Returns where the speaker is mentioned, in the order of the text.
    #[must_use]
    pub fn mentions(&self) -> &[Span] {
        &self.mentions
    }
}

/// Turns raw attributions into quotes, and finds the speaker of each. Linear in the tokens of the story, and in
/// the quotes times the people named.
pub(crate) fn resolve(
    text: &str,
    story: &Story,
    raws: Vec<Raw>,
    author: Option<&str>,
    quotations: &mut [Quotation],
) -> (Vec<Quote>, Vec<Speaker>) {
    let mut cast = Cast::read(text, story);
    let mut quotes: Vec<Quote> = Vec::with_capacity(raws.len());
    let mut previous: Option<(usize, usize)> = None;
    for raw in raws {
        let place = quotes.len();
        for &q in &raw.quotations {
            quotations[q].quote = u32::try_from(place).ok();
        }
        let who = match (raw.who, raw.head) {
            (Who::Source, Some(head)) => cast.of_phrase(head, raw.source.unwrap_or(head), previous, author),
            (Who::Source, None) => None,
            (Who::Follows(first), _) => quotes
                .iter()
                .rev()
                .find(|q| q.content().first() == Some(&first))
                .and_then(|q| q.speaker)
                .map(SpeakerId::place),
            (Who::Author, _) => {
                author.map(|a| cast.entity_named(a, raw.content.first().copied().unwrap_or_default()))
            }
            (Who::Subject, _) => cast.subject(author),
        };
        if let Some(who) = who {
            let at = raw.head.or(raw.content.first().copied()).map_or(0, |s| cast.token_at(s.start()));
            previous = Some((who, at));
            cast.entities[who].speaks = true;
        }
        quotes.push(Quote {
            kind: raw.kind,
            content: raw.content.iter().copied().collect(),
            cue: raw.cue.map(|c| Cue {
                spans: c.spans.into_iter().collect(),
                lemma: c.lemma,
                class: c.class,
            }),
            source: raw.source.into_iter().collect(),
            addressee: raw.addressee.into_iter().collect(),
            speaker: who.map(SpeakerId::of_place),
            polarity: raw.polarity,
            confidence: raw.rule.confidence(),
            rule: raw.rule.name(),
        });
    }
    let speakers = cast.into_speakers(&mut quotes);
    (quotes, speakers)
}

/// A person or body of the article.
#[derive(Debug, Clone)]
struct Entity {
    /// The fullest name so far, as text.
    name: String,
    /// The lower-case hashes of the words of that name.
    words: Vec<Hash>,
    bearer: Bearer,
    gender: Option<Gender>,
    title: Option<Span>,
    affiliation: Option<Span>,
    age: Option<Span>,
    /// Where it is named: the first token of each naming, and its span.
    mentions: Vec<(usize, Span)>,
    /// Nouns that describe it: "analyst", "mayor".
    nouns: Vec<Hash>,
    speaks: bool,
}

/// Everyone and everything named in an article.
struct Cast<'a> {
    text: &'a str,
    tokens: &'a [Token],
    story: &'a Story,
    names: Vec<Name>,
    /// The entity of each name.
    owners: Vec<usize>,
    entities: Vec<Entity>,
}

impl<'a> Cast<'a> {
    /// Reads all names and gathers those of one bearer.
    fn read(text: &'a str, story: &'a Story) -> Cast<'a> {
        let names = name::scan(text, story);
        let tokens = &story.tokens.tokens[..];
        let mut cast = Cast {
            text,
            tokens,
            story,
            owners: alloc::vec![usize::MAX; names.len()],
            names,
            entities: Vec::new(),
        };
        // Full names first, so that a surname in the headline finds its bearer in the body.
        for long in [true, false] {
            for n in 0..cast.names.len() {
                if (cast.names[n].tokens.len() > 1) == long {
                    cast.adopt(n);
                }
            }
        }
        cast.describe();
        cast
    }

    fn words(&self, range: Range<usize>) -> Vec<Hash> {
        self.tokens[range].iter().filter(|t| t.is_word() && !t.is(Class::SUFFIX)).map(|t| t.hash).collect()
    }

    /// Gives name `n` to an entity, an old one or its own.
    fn adopt(&mut self, n: usize) {
        let name = self.names[n].clone();
        let words = self.words(name.tokens.clone());
        if words.is_empty() {
            return;
        }
        let at = name.tokens.start;
        let owner = self.bearer_of(&name, &words, at);
        let span = name::span(self.tokens, name.tokens.clone());
        let owner = match owner {
            Some(owner) => owner,
            None if name.uncertain
                && name.title.is_none()
                && !self.tokens[at].is(Class::FIRST_HE.or(Class::FIRST_SHE))
                && !self.is_source_like(&name) =>
            {
                return;
            }
            None => {
                self.entities.push(Entity {
                    name: clean(span.of(self.text)),
                    words: words.clone(),
                    bearer: name.bearer,
                    gender: name.gender,
                    title: None,
                    affiliation: None,
                    age: None,
                    mentions: Vec::new(),
                    nouns: Vec::new(),
                    speaks: false,
                });
                self.entities.len() - 1
            }
        };
        let entity = &mut self.entities[owner];
        if words.len() > entity.words.len() {
            entity.name = clean(span.of(self.text));
            entity.words = words;
        }
        entity.gender = entity.gender.or(name.gender);
        if entity.bearer == Bearer::Unclear {
            entity.bearer = name.bearer;
        }
        entity.mentions.push((at, span));
        self.owners[n] = owner;
    }

    /// A lone capitalised word at the start of a sentence that a reporting verb follows is a name.
    fn is_source_like(&self, name: &Name) -> bool {
        self.tokens
            .get(name.tokens.end)
            .is_some_and(|t| t.is(Class::CUE_SAY.or(Class::CUE_TELL)) || t.kind == TokenKind::Colon)
    }

    /// The entity that a name belongs to.
    fn bearer_of(&self, name: &Name, words: &[Hash], at: usize) -> Option<usize> {
        let mut best: Option<(i64, usize)> = None;
        for (e, entity) in self.entities.iter().enumerate() {
            let Some(fit) = self.fit(name, words, entity) else { continue };
            // The more frequent and the nearer one, and one named before rather than after.
            let near = entity
                .mentions
                .iter()
                .map(|(t, _)| if *t <= at { at - t } else { 2 * (t - at) + 500 })
                .min()
                .unwrap_or(usize::MAX / 2);
            let score = fit * 10_000 - i64::try_from(near.min(5_000)).unwrap_or(5_000)
                + 20 * i64::try_from(entity.mentions.len().min(20)).unwrap_or(0);
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, e));
            }
        }
        best.map(|(_, e)| e)
    }

    /// How well a name fits an entity: 3 the same words, 2 full names that agree, 1 a part of it.
    fn fit(&self, name: &Name, words: &[Hash], entity: &Entity) -> Option<i64> {
        if let (Some(a), Some(b)) = (name.gender, entity.gender)
            && a != b
        {
            return None;
        }
        if entity.words == words {
            return Some(3);
        }
        let (long, short) = if entity.words.len() >= words.len() {
            (&entity.words[..], words)
        } else {
            (words, &entity.words[..])
        };
        // "The Musk empire": a lone surname after "the" is still the surname of somebody named in full.
        let lone = words.len() == 1
            && entity.words.len() > 1
            && entity.bearer == Bearer::Person
            && entity.words.last() == words.last();
        if lone && name.title.is_none() {
            return Some(1);
        }
        if name.bearer == Bearer::Body || entity.bearer == Bearer::Body {
            // "Pell" for "Pell Securities"; the acronym of a body.
            if short.len() == 1 && long.len() > 1 {
                if long[0] == short[0] && name.title.is_none() {
                    return Some(1);
                }
                return self.is_acronym(name, entity).then_some(2);
            }
            return (short.len() > 1 && long.starts_with(short)).then_some(1);
        }
        match short.len() {
            1 => {
                let last = long.last() == short.last();
                let first = long.first() == short.first() && name.title.is_none();
                if long.len() > 1 && last {
                    Some(2)
                } else if long.len() > 1 && first {
                    Some(1)
                } else {
                    None
                }
            }
            // "J. Smith" for "Jane Smith", "Jean Smith" for "Jean Ann Smith"
            _ => {
                let same_last = long.last() == short.last();
                let same_first = long.first() == short.first();
                (same_last && (same_first || self.initial_fits(name, entity))).then_some(2)
            }
        }
    }

    fn initial_fits(&self, name: &Name, entity: &Entity) -> bool {
        let initial = |s: &str| s.chars().next();
        let first = name::span(self.tokens, name.tokens.clone()).of(self.text);
        let (a, b) = (
            first.split_whitespace().next().unwrap_or(""),
            entity.name.split_whitespace().next().unwrap_or(""),
        );
        let short =
            a.trim_end_matches('.').chars().count() == 1 || b.trim_end_matches('.').chars().count() == 1;
        short && initial(a) == initial(b)
    }

    fn is_acronym(&self, name: &Name, entity: &Entity) -> bool {
        let (short, long) =
            (name::span(self.tokens, name.tokens.clone()).of(self.text), entity.name.as_str());
        let (short, long) = if short.len() <= long.len() { (short, long) } else { (long, short) };
        let letters = || short.chars().filter(|c| c.is_alphabetic());
        let initials = long
            .split([' ', '-'])
            .filter(|w| w.starts_with(char::is_uppercase))
            .filter_map(|w| w.chars().next());
        letters().count() >= 2 && letters().eq(initials)
    }

    /// Reads titles, affiliations and describing nouns around every naming.
    fn describe(&mut self) {
        for n in 0..self.names.len() {
            let owner = self.owners[n];
            if owner == usize::MAX {
                continue;
            }
            let found = describe::read(self.text, self.tokens, &self.names[n]);
            let span = |r: Range<usize>| name::span(self.tokens, r);
            let entity = &mut self.entities[owner];
            if let Some(title) = found.title {
                entity
                    .nouns
                    .extend(self.tokens[title.clone()].iter().filter(|t| t.is(describing())).map(|t| t.hash));
                entity.gender =
                    entity.gender.or_else(|| self.tokens[title.clone()].iter().find_map(gender_of_noun));
                if entity.bearer == Bearer::Unclear {
                    entity.bearer = Bearer::Person;
                }
                if entity.title.is_none() {
                    entity.title = Some(span(title));
                    entity.affiliation = found.affiliation.map(span).or(entity.affiliation);
                } else {
                    entity.affiliation = entity.affiliation.or(found.affiliation.map(span));
                }
            } else {
                entity.affiliation = entity.affiliation.or(found.affiliation.map(span));
            }
            entity.age = entity.age.or(found.age);
            // "Ruth Haddad was mayor of Tarn"
            let end = self.names[n].tokens.end;
            if self.tokens.get(end).is_some_and(|t| t.is(Class::AUXILIARY)) {
                let copula =
                    self.tokens[end + 1..(end + 7).min(self.tokens.len())].iter().take_while(|t| t.is_word());
                entity.nouns.extend(copula.filter(|t| t.is(Class::ROLE)).map(|t| t.hash));
            }
        }
    }

    /// The place of the first token that starts at or after `byte`.
    fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| t.span.start() < byte)
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.token_at(span.start())..self.token_at(span.end())
    }

    /// Finds who a source phrase names.
    fn of_phrase(
        &mut self,
        head: Span,
        source: Span,
        previous: Option<(usize, usize)>,
        author: Option<&str>,
    ) -> Option<usize> {
        let range = self.range(head);
        if range.is_empty() {
            return None;
        }
        let first = &self.tokens[range.start];
        if range.len() == 1 {
            if first.is(Class::PRONOUN_HE) {
                return self.of_pronoun(range.start, Some(Gender::He), previous);
            }
            if first.is(Class::PRONOUN_SHE) {
                return self.of_pronoun(range.start, Some(Gender::She), previous);
            }
            if first.is(Class::PRONOUN_FIRST) && first.span.of(self.text) == "I" {
                return author.map(|a| self.entity_named(a, head));
            }
            if first.is(Class::PRONOUN_THEY) {
                return previous.map(|p| p.0).or_else(|| self.of_pronoun(range.start, None, None));
            }
            if first.is(Class::PRONOUN_OTHER
                .or(Class::PRONOUN_FIRST)
                .or(Class::PRONOUN_SECOND)
                .or(Class::PRONOUN_IT))
            {
                return None;
            }
        }
        // The core ends at the first preposition: "a spokesman | for the port", "residents | of Mill Lane".
        let link = range.clone().find(|&i| {
            i > range.start && self.tokens[i].is(Class::PREPOSITION) && !self.tokens[i].is_capital()
        });
        let core = range.start..link.unwrap_or(range.end);
        let inside: Vec<usize> = (0..self.names.len())
            .filter(|&n| {
                self.owners[n] != usize::MAX
                    && self.names[n].tokens.start >= core.start
                    && self.names[n].tokens.end <= core.end.max(self.names[n].tokens.start)
            })
            .filter(|&n| {
                self.names[n].tokens.start < core.end
                    && !(self.names[n].possessive && self.names[n].tokens.end < core.end)
            })
            .collect();
        let and = core.clone().any(|i| self.tokens[i].span.of(self.text) == "and");
        let names: Vec<usize> = inside.iter().map(|&n| self.owners[n]).collect();
        match names.as_slice() {
            [] => {}
            [a, b] if and && a != b => return Some(self.joint(*a, *b, head)),
            [.., last] => return Some(*last),
        }
        // "The port’s head of security, Ivo Hale": the name stands in the apposition.
        if source.end() > head.end() {
            let after = self.token_at(head.end());
            let named = self.names.iter().position(|n| {
                n.tokens.start == after + 1 || n.title.as_ref().is_some_and(|t| t.start == after + 1)
            });
            if let Some(n) = named
                && self.tokens.get(after).is_some_and(|t| t.kind == TokenKind::Comma)
                && self.owners[n] != usize::MAX
                && self.names[n].bearer != Bearer::Body
            {
                return Some(self.owners[n]);
            }
        }
        self.of_noun(range, core, head, source, previous)
    }

    /// Whether a name that ends at `end` only stands before a noun: "Chinese | companies".
    fn modifies(&self, end: usize, core: usize) -> bool {
        end < core
            && self.tokens[end].is_word()
            && self.tokens[end].spaced
            && !self.tokens[end].is_capital()
            && self.tokens[end].span.of(self.text) != "and"
    }

    /// "the analyst", "a spokesman for the port", "officials"
    fn of_noun(
        &mut self,
        range: Range<usize>,
        core: Range<usize>,
        head: Span,
        source: Span,
        previous: Option<(usize, usize)>,
    ) -> Option<usize> {
        let noun = core
            .clone()
            .rev()
            .find(|&i| self.tokens[i].is_word() || self.tokens[i].kind == TokenKind::Number)?;
        let token = self.tokens[noun];
        // A spokesperson speaks for the body behind the preposition.
        if token.span.of(self.text).to_ascii_lowercase().starts_with("spokes") && core.end < range.end {
            let body = self.names.iter().position(|n| n.tokens.start > core.end && n.tokens.end <= range.end);
            if let Some(owner) = body.map(|n| self.owners[n]).filter(|&o| o != usize::MAX) {
                let title = token.span;
                self.entities[owner].title.get_or_insert(title);
                return Some(owner);
            }
        }
        let definite = self.tokens[range.start].span.of(self.text).eq_ignore_ascii_case("the")
            || self.tokens[range.start].is(Class::POSSESSIVE) && token.is(Class::BODY);
        let plural = token.is(Class::GROUP)
            || (token.span.of(self.text).ends_with('s')
                && !token.is(Class::ROLE.or(Class::BODY).or(Class::DOCUMENT)));
        if definite && !plural {
            // The person so described before; an age is a description too.
            let described = self.entities.iter().enumerate().filter(|(_, e)| {
                e.nouns.contains(&token.hash)
                    || e.age.is_some_and(|a| token_starts_with(self.text, &token, a))
            });
            if let Some((e, _)) = described.max_by_key(|(_, e)| last_before(e, range.start)) {
                return Some(e);
            }
            let bare = core.len() <= 3 && core.end == range.end;
            if bare && token.is(Class::BODY) && !token.is(Class::ROLE) {
                let at = range.start;
                let body = self.entities.iter().enumerate().filter(|(_, e)| {
                    let unclear = e.bearer == Bearer::Unclear && e.words.len() > 1 && e.gender.is_none();
                    (e.bearer == Bearer::Body || unclear) && last_before(e, at) > 0
                });
                if let Some((e, _)) = body.max_by_key(|(_, e)| last_before(e, at)) {
                    return Some(e);
                }
            }
            let person =
                token.is(Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE)) && !token.is(Class::DOCUMENT);
            if bare
                && person
                && let Some(found) = self.of_pronoun(range.start, gender_of_noun(&token), previous)
            {
                return Some(found);
            }
        }
        // "One driver said … The driver, Ivo Hale, added": the role is given a name later.
        if !plural
            && token.is(Class::ROLE)
            && let Some(e) = self.named_later(noun, &token)
        {
            return Some(e);
        }
        // Nobody named: the phrase itself is the best name there is.
        let words = &self.tokens[range.clone()];
        let skip = usize::from(
            words.len() > 1 && words[0].is(Class::DETERMINER) && !words[0].is(Class::NUMBER_WORD),
        );
        let span = name::span(self.tokens, range.start + skip..range.end);
        let text = clean(span.of(self.text));
        let known = self
            .entities
            .iter()
            .position(|e| e.name.eq_ignore_ascii_case(&text) && e.bearer != Bearer::Person && definite);
        let _ = (head, source);
        Some(known.unwrap_or_else(|| self.entity_named(&text, span)))
    }

    /// The person named in "The driver, Ivo Hale," after token `at`.
    fn named_later(&self, at: usize, noun: &Token) -> Option<usize> {
        let from = self.names.partition_point(|n| n.tokens.start <= at);
        self.names[from..].iter().enumerate().find_map(|(i, n)| {
            let start = n.tokens.start.checked_sub(3)?;
            let [the, role, comma] = &self.tokens[start..start + 3] else { return None };
            let same = role.hash == noun.hash
                && comma.kind == TokenKind::Comma
                && the.span.of(self.text).eq_ignore_ascii_case("the");
            same.then_some(self.owners[from + i]).filter(|&o| o != usize::MAX)
        })
    }

    /// Finds the person that a pronoun or a bare noun at token `at` stands for.
    ///
    /// The weights are those measured in prototypes on PolNeAR: recency −1 a 40 tokens, the start of a sentence
    /// +1.2, a possessive −0.7, after a preposition −0.8, the previous speaker +2.5; here in hundredths.
    fn of_pronoun(
        &self,
        at: usize,
        gender: Option<Gender>,
        previous: Option<(usize, usize)>,
    ) -> Option<usize> {
        let paragraph = self.region_of(at);
        let mut best: Option<(i64, usize)> = None;
        for (n, name) in self.names.iter().enumerate().rev() {
            let start = name.tokens.start;
            let e = self.owners[n];
            if start >= at || e == usize::MAX {
                continue;
            }
            let entity = &self.entities[e];
            if entity.bearer == Bearer::Body
                || (entity.bearer == Bearer::Unclear && entity.words.len() < 2 && entity.gender.is_none())
            {
                continue;
            }
            if let (Some(want), Some(have)) = (gender, entity.gender)
                && want != have
            {
                continue;
            }
            let away = i64::try_from(paragraph - self.region_of(start)).unwrap_or(99);
            let mut score = -((at - start) as i64) * 100 / 40 - away * 80;
            let sentence = self.sentence_start(start);
            score += if start - sentence <= 2 { 120 } else { 0 };
            score -= if name.possessive { 70 } else { 0 };
            score -= if start > 0 && self.tokens[start - 1].is(Class::PREPOSITION) { 80 } else { 0 };
            score += match (gender, entity.gender) {
                (Some(_), Some(_)) => 150,
                (Some(_), None) if entity.bearer == Bearer::Unclear => -150,
                _ => 0,
            };
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, e));
            }
            // Nothing further back can win.
            if best.is_some_and(|(b, _)| -((at - start) as i64) * 100 / 40 + 520 < b) {
                break;
            }
        }
        // The previous speaker, if near enough and of the right gender.
        if let Some((e, spoke)) = previous {
            let entity = &self.entities[e];
            let away = i64::try_from(paragraph.saturating_sub(self.region_of(spoke.min(at)))).unwrap_or(99);
            let agrees = match (gender, entity.gender) {
                (Some(a), Some(b)) => a == b,
                _ => entity.bearer != Bearer::Body,
            };
            if agrees && away <= 2 && spoke <= at {
                let score = -((at - spoke) as i64) * 100 / 40 - away * 80 + 250;
                if best.is_none_or(|(b, _)| score > b) {
                    best = Some((score, e));
                }
            }
        }
        best.map(|(_, e)| e)
    }

    fn region_of(&self, token: usize) -> usize {
        self.story.regions.partition_point(|r| r.tokens().end <= token)
    }

    fn sentence_start(&self, token: usize) -> usize {
        let place = self.story.sentences.partition_point(|s| s.tokens().end <= token);
        self.story.sentences.get(place).map_or(token, |s| s.tokens().start.min(token))
    }

    /// The entity with this very name, made where there is none.
    fn entity_named(&mut self, name: &str, span: Span) -> usize {
        if let Some(e) = self.entities.iter().position(|e| e.name == name && e.bearer == Bearer::Person) {
            return e;
        }
        self.entities.push(Entity {
            name: name.to_string(),
            words: Vec::new(),
            bearer: Bearer::Unclear,
            gender: None,
            title: None,
            affiliation: None,
            age: None,
            mentions: alloc::vec![(self.token_at(span.start()), span)],
            nouns: Vec::new(),
            speaks: false,
        });
        self.entities.len() - 1
    }

    /// The person the article is about: the one named most often, the first of them if several are.
    fn subject(&self, author: Option<&str>) -> Option<usize> {
        let people = self.entities.iter().enumerate().filter(|(_, e)| {
            e.bearer != Bearer::Body && e.words.len() > 1 && author != Some(e.name.as_str())
        });
        people.max_by_key(|(i, e)| (e.mentions.len(), core::cmp::Reverse(*i))).map(|(i, _)| i)
    }

    /// Two who speak as one: "Feld and Boyd".
    fn joint(&mut self, a: usize, b: usize, span: Span) -> usize {
        let name = alloc::format!("{} and {}", self.entities[a].name, self.entities[b].name);
        match self.entities.iter().position(|e| e.name == name) {
            Some(e) => e,
            None => self.entity_named(&name, span),
        }
    }

    /// Keeps those who speak, in the order of their first mention, and renumbers the quotes.
    fn into_speakers(self, quotes: &mut [Quote]) -> Vec<Speaker> {
        let mut places: Vec<usize> = (0..self.entities.len()).filter(|&e| self.entities[e].speaks).collect();
        places.sort_by_key(|&e| self.entities[e].mentions.iter().map(|m| m.1).min());
        let mut ids = alloc::vec![None; self.entities.len()];
        for (place, &e) in places.iter().enumerate() {
            ids[e] = Some(SpeakerId::of_place(place));
        }
        for quote in quotes.iter_mut() {
            quote.speaker = quote.speaker.and_then(|id| ids[id.place()]);
        }
        let mut entities: Vec<Option<Entity>> = self.entities.into_iter().map(Some).collect();
        let mut speakers: Vec<Speaker> = Vec::with_capacity(places.len());
        for (place, e) in places.into_iter().enumerate() {
            let Some(entity) = entities[e].take() else { continue };
            let mut mentions: Vec<Span> = entity.mentions.iter().map(|m| m.1).collect();
            mentions.sort();
            mentions.dedup();
            speakers.push(Speaker {
                id: SpeakerId::of_place(place),
                name: entity.name,
                title: entity.title,
                affiliation: entity.affiliation,
                mentions,
            });
        }
        for quote in quotes.iter() {
            // A pronoun or a noun phrase that was resolved is a mention too.
            if let (Some(id), Some(&source)) = (quote.speaker, quote.source().first()) {
                let mentions = &mut speakers[id.place()].mentions;
                if !mentions.iter().any(|m| m.overlaps(source)) {
                    let at = mentions.partition_point(|m| *m < source);
                    mentions.insert(at, source);
                }
            }
        }
        speakers
    }
}

/// The last naming of an entity before token `at`, plus one; 0 when there is none.
fn last_before(entity: &Entity, at: usize) -> usize {
    entity.mentions.iter().filter(|m| m.0 < at).map(|m| m.0 + 1).max().unwrap_or(0)
}

/// Nouns that describe a person well enough to find them by.
fn describing() -> Class {
    Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE)
}

fn gender_of_noun(token: &Token) -> Option<Gender> {
    if token.is(Class::KIN_HE) {
        Some(Gender::He)
    } else if token.is(Class::KIN_SHE) {
        Some(Gender::She)
    } else {
        None
    }
}

/// "the 41-year-old" against the age "41".
fn token_starts_with(text: &str, token: &Token, age: Span) -> bool {
    let (word, age) = (token.span.of(text), age.of(text));
    token.kind == TokenKind::Number
        && word.len() > age.len()
        && word.starts_with(age)
        && word[age.len()..].starts_with('-')
}

/// A name without line breaks, possessive clitic or trailing comma.
fn clean(name: &str) -> String {
    joined(name, &[Span::at(0, name.len())]).trim_end_matches(',').to_string()
}
