//! `Cast`: everyone and everything an article names, each with all its namings.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use crate::attribution::quote::joined;
use crate::lex::story::Story;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{Class, Hash};
use crate::mention::describe;
use crate::mention::name::{self, Bearer, Gender, Name};
use crate::span::Span;

/// A person or body of the article.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    /// The fullest name so far, as text.
    pub(super) name: String,
    /// The lower-case hashes of the words of that name.
    pub(super) words: Vec<Hash>,
    pub(super) bearer: Bearer,
    pub(super) gender: Option<Gender>,
    pub(super) title: Option<Span>,
    pub(super) affiliation: Option<Span>,
    pub(super) age: Option<Span>,
    /// Where it is named in full: the first token of each naming, and its span; in the order of the text.
    pub(super) mentions: Vec<(usize, Span)>,
    /// Where it is named by one word; joined to `mentions` when all names are read.
    parts: Vec<(usize, Span)>,
    pub(super) speaks: bool,
}

impl Entity {
    /// The last naming before token `at`, plus one; 0 when there is none.
    pub(super) fn last_before(&self, at: usize) -> usize {
        let after = self.mentions.partition_point(|m| m.0 < at);
        self.mentions[..after].last().map_or(0, |m| m.0 + 1)
    }

    /// How many tokens lie between token `at` and the nearest naming; one named later is farther away.
    fn distance(&self, at: usize) -> usize {
        const LATER: usize = 500;
        [&self.mentions, &self.parts]
            .into_iter()
            .flat_map(|m| {
                let after = m.partition_point(|m| m.0 <= at);
                let before = m[..after].last().map(|m| at - m.0);
                before.into_iter().chain(m.get(after).map(|m| 2 * (m.0 - at) + LATER))
            })
            .min()
            .unwrap_or(usize::MAX)
    }
}

/// How many entities that share a word are weighed against each other, the latest first. An article has a
/// handful; the bound keeps time linear in texts that are none.
const RIVALS: usize = 32;

/// Holds everyone and everything named in an article.
pub(super) struct Cast<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) story: &'a Story,
    pub(super) names: Vec<Name>,
    /// The entity of each name; `usize::MAX` for a name that is none.
    pub(super) owners: Vec<usize>,
    pub(super) entities: Vec<Entity>,
    index: Index,
}

/// Ways to find an entity without looking at all of them. All lists are in the order of the text.
#[derive(Default)]
struct Index {
    /// By a word of its name, or by its initials.
    words: BTreeMap<u32, Vec<usize>>,
    /// By a noun that describes it.
    nouns: BTreeMap<u32, Vec<usize>>,
    /// By its age in years.
    ages: BTreeMap<String, Vec<usize>>,
    /// By its whole name.
    names: BTreeMap<String, usize>,
    /// Namings of bodies: first token and entity.
    bodies: Vec<(usize, usize)>,
    /// "The driver, Ivo Hale,": by the noun, the first token of the name and the entity.
    roles: BTreeMap<u32, Vec<(usize, usize)>>,
}

impl<'a> Cast<'a> {
    /// Reads all names and gathers those of one bearer. Time grows with the tokens, times the logarithm of
    /// the names.
    pub(super) fn read(text: &'a str, story: &'a Story) -> Cast<'a> {
        let names = name::scan(text, story);
        let tokens = &story.tokens.tokens[..];
        let owners = vec![usize::MAX; names.len()];
        let mut cast =
            Cast { text, tokens, story, names, owners, entities: Vec::new(), index: Index::default() };
        // Full names first, so that a surname in the headline finds its bearer in the body.
        for long in [true, false] {
            for n in 0..cast.names.len() {
                if (cast.names[n].tokens.len() > 1) == long {
                    cast.adopt(n, long);
                }
            }
        }
        for entity in &mut cast.entities {
            entity.mentions.append(&mut entity.parts);
            entity.mentions.sort_unstable();
        }
        for (n, &owner) in cast.owners.iter().enumerate() {
            let unclear = |e: &Entity| e.bearer == Bearer::Unclear && e.words.len() > 1 && e.gender.is_none();
            if let Some(e) = cast.entities.get(owner)
                && (e.bearer == Bearer::Body || unclear(e))
            {
                cast.index.bodies.push((cast.names[n].tokens.start, owner));
            }
        }
        cast.describe();
        cast
    }

    fn words(&self, range: Range<usize>) -> Vec<Hash> {
        self.tokens[range].iter().filter(|t| t.is_word() && !t.is(Class::SUFFIX)).map(|t| t.hash).collect()
    }

    /// Gives name `n` to an entity, an old one or its own.
    fn adopt(&mut self, n: usize, long: bool) {
        let name = self.names[n].clone();
        let words = self.words(name.tokens.clone());
        if words.is_empty() {
            return;
        }
        let at = name.tokens.start;
        let span = name::span(self.tokens, name.tokens.clone());
        let owner = match self.bearer_of(&name, &words, at) {
            Some(owner) => owner,
            // A lone word at the start of a sentence may be any word.
            None if name.uncertain
                && name.title.is_none()
                && !self.tokens[at].is(Class::FIRST_HE.or(Class::FIRST_SHE))
                && !self.is_source_like(&name) =>
            {
                return;
            }
            None => self.add(clean(span.of(self.text)), words.clone(), name.bearer, name.gender),
        };
        if words.len() > self.entities[owner].words.len() {
            self.entities[owner].name = clean(span.of(self.text));
            self.entities[owner].words = words;
            self.enter(owner);
        }
        let entity = &mut self.entities[owner];
        entity.gender = entity.gender.or(name.gender);
        if entity.bearer == Bearer::Unclear {
            entity.bearer = name.bearer;
        }
        if long {
            entity.mentions.push((at, span))
        } else {
            entity.parts.push((at, span))
        }
        self.owners[n] = owner;
    }

    fn add(&mut self, name: String, words: Vec<Hash>, bearer: Bearer, gender: Option<Gender>) -> usize {
        let place = self.entities.len();
        self.entities.push(Entity {
            name,
            words,
            bearer,
            gender,
            title: None,
            affiliation: None,
            age: None,
            mentions: Vec::new(),
            parts: Vec::new(),
            speaks: false,
        });
        self.enter(place);
        place
    }

    /// Enters an entity into the indexes of words and names.
    fn enter(&mut self, place: usize) {
        let entity = &self.entities[place];
        let initials = initials(&entity.name)
            .fold(Hash::START, |h, c| c.encode_utf8(&mut [0; 4]).bytes().fold(h, Hash::push));
        for hash in entity.words.iter().copied().chain([initials]) {
            let places = self.index.words.entry(hash.0).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        self.index.names.entry(entity.name.clone()).or_insert(place);
    }

    /// A lone capitalised word at the start of a sentence that a reporting verb follows is a name.
    fn is_source_like(&self, name: &Name) -> bool {
        let next = self.tokens.get(name.tokens.end);
        next.is_some_and(|t| t.is(Class::CUE_SAY.or(Class::CUE_TELL)) || t.kind == TokenKind::Colon)
    }

    /// The entity that a name belongs to: the best fit; among equals the nearer and the more frequent one.
    fn bearer_of(&self, name: &Name, words: &[Hash], at: usize) -> Option<usize> {
        let (first, last) = (words.first()?, words.last()?);
        let mut best: Option<(i64, usize)> = None;
        let places = |hash: &Hash| self.index.words.get(&hash.0).map_or(&[][..], |v| v.as_slice());
        let (a, b) = (places(last), if first == last { &[][..] } else { places(first) });
        // An acronym is known by the initials of what it stands for, and the other way round.
        let short = initials(name::span(self.tokens, name.tokens.clone()).of(self.text));
        let short = short.fold(Hash::START, |h, c| c.encode_utf8(&mut [0; 4]).bytes().fold(h, Hash::push));
        for &e in [a, b, places(&short)].into_iter().flat_map(|p| p.iter().rev().take(RIVALS)) {
            let entity = &self.entities[e];
            let Some(fit) = self.fit(name, words, entity) else { continue };
            let near = i64::try_from(entity.distance(at).min(5_000)).unwrap_or(5_000);
            let often = i64::try_from((entity.mentions.len() + entity.parts.len()).min(20)).unwrap_or(0);
            let score = fit * 10_000 - near + 20 * often;
            if best.is_none_or(|(b, old)| score > b || score == b && e < old) {
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
                // "Lady Honor", "Sir Ivan": these titles go before a first name.
                let noble =
                    name.title.clone().is_some_and(|t| self.tokens[t].iter().any(|t| t.is(Class::NOBLE)));
                let first = long.first() == short.first() && (name.title.is_none() || noble);
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
                // "Bobby Scott" for "Robert “Bobby” Scott"
                let same_first = short.first().is_some_and(|f| long.contains(f));
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
            let mut nouns: Vec<Hash> = Vec::new();
            let entity = &mut self.entities[owner];
            if let Some(title) = found.title {
                let words = &self.tokens[title.clone()];
                nouns.extend(words.iter().filter(|t| t.is(DESCRIBING)).map(|t| t.hash));
                entity.gender = entity.gender.or_else(|| words.iter().find_map(gender_of_noun));
                if entity.bearer == Bearer::Unclear {
                    entity.bearer = Bearer::Person;
                }
                // Title and affiliation of one naming belong together.
                if entity.title.is_none() {
                    entity.title = Some(span(title));
                    entity.affiliation = found.affiliation.clone().map(span).or(entity.affiliation);
                }
            }
            entity.affiliation = entity.affiliation.or(found.affiliation.map(span));
            if entity.age.is_none()
                && let Some(age) = found.age
            {
                entity.age = Some(age);
                self.index.ages.entry(age.of(self.text).to_string()).or_default().push(owner);
            }
            let Range { start, end } = self.names[n].tokens;
            // "Edda Marlin was mayor of Holt"
            if self.tokens.get(end).is_some_and(|t| t.is(Class::AUXILIARY)) {
                let copula =
                    self.tokens[end + 1..(end + 7).min(self.tokens.len())].iter().take_while(|t| t.is_word());
                nouns.extend(copula.filter(|t| t.is(Class::ROLE)).map(|t| t.hash));
            }
            for noun in nouns {
                self.index.nouns.entry(noun.0).or_default().push(owner);
            }
            if let Some([the, role, comma]) = start.checked_sub(3).and_then(|s| self.tokens.get(s..start))
                && comma.kind == TokenKind::Comma
                && the.span.of(self.text).eq_ignore_ascii_case("the")
            {
                self.index.roles.entry(role.hash.0).or_default().push((start, owner));
            }
        }
    }

    /// The one described by a noun or an age that was named last before token `at`.
    pub(super) fn described(&self, token: &Token, at: usize) -> Option<usize> {
        let word = token.span.of(self.text);
        let nouns = self.index.nouns.get(&token.hash.0);
        // "the 41-year-old"
        let ages = word
            .split_once('-')
            .filter(|_| token.kind == TokenKind::Number)
            .and_then(|(age, _)| self.index.ages.get(age));
        let all = nouns.into_iter().chain(ages).flat_map(|places| places.iter().rev().take(RIVALS));
        all.copied().max_by_key(|&e| (self.entities[e].last_before(at), core::cmp::Reverse(e)))
    }

    /// The body named last before token `at`.
    pub(super) fn body_before(&self, at: usize) -> Option<usize> {
        let after = self.index.bodies.partition_point(|b| b.0 < at);
        self.index.bodies[..after].last().map(|b| b.1)
    }

    /// The person named in "The driver, Ivo Hale," after token `at`.
    pub(super) fn named_later(&self, at: usize, noun: &Token) -> Option<usize> {
        let places = self.index.roles.get(&noun.hash.0)?;
        places.get(places.partition_point(|p| p.0 <= at)).map(|p| p.1)
    }

    /// The entity with this very name, made where there is none.
    pub(super) fn named(&mut self, name: &str, span: Span) -> usize {
        if let Some(&e) = self.index.names.get(name) {
            return e;
        }
        let place = self.add(name.to_string(), Vec::new(), Bearer::Unclear, None);
        let at = self.token_at(span.start());
        self.entities[place].mentions.push((at, span));
        place
    }

    /// The place of the first token that starts at or after `byte`.
    pub(super) fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| t.span.start() < byte)
    }

    /// The names that start inside a range of tokens.
    pub(super) fn names_in(&self, range: Range<usize>) -> Range<usize> {
        let from = self.names.partition_point(|n| n.tokens.start < range.start);
        let to = self.names.partition_point(|n| n.tokens.start < range.end);
        from..to.max(from)
    }
}

/// Nouns that describe a person well enough to find them by.
const DESCRIBING: Class = Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE);

pub(super) fn gender_of_noun(token: &Token) -> Option<Gender> {
    if token.is(Class::KIN_HE) {
        Some(Gender::He)
    } else if token.is(Class::KIN_SHE) {
        Some(Gender::She)
    } else {
        None
    }
}

/// The first letters of the capitalised words of a name; the letters themselves of an acronym.
fn initials(name: &str) -> impl Iterator<Item = char> + '_ {
    let acronym = !name.contains([' ', '-']);
    let words = name.split([' ', '-']).filter(|w| w.starts_with(char::is_uppercase));
    words
        .flat_map(move |w| w.chars().filter(|c| c.is_alphabetic()).take(if acronym { usize::MAX } else { 1 }))
}

/// A name without line breaks or trailing comma.
pub(super) fn clean(name: &str) -> String {
    joined(name, &[Span::at(0, name.len())]).trim_end_matches(',').to_string()
}
