//! `Cast`: everyone and everything an article names, each with all its namings.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use crate::attribution::quote::joined;
use crate::lex::story::Story;
use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::{Class, Hash, terms};
use crate::mention::describe::{self, Description};
use crate::mention::gender::Gender;
use crate::mention::name::{self, Bearer, Name};
use crate::span::Span;
use crate::speaker::entity::{Entity, GenderEvidence};
use crate::speaker::fit::initials;

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
                && !cast.names_noun(cast.names[n].tokens.end)
            {
                cast.index.bodies.push((cast.names[n].tokens.start, owner));
            }
        }
        cast.describe();
        cast
    }

    /// Whether a noun for people, bodies or texts stands at token `at`: "Selby | residents".
    pub(super) fn names_noun(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is(COMMON) && t.spaced && t.case == Case::Lower)
    }

    fn words(&self, range: Range<usize>) -> Vec<Hash> {
        self.tokens[range].iter().filter(|t| t.is_word() && !t.is(Class::SUFFIX)).map(|t| t.hash).collect()
    }

    /// Gives name `n` to an entity, an old one or its own.
    fn adopt(&mut self, n: usize, long: bool) {
        let name = self.names[n].clone();
        let words = self.words(name.tokens.clone());
        let at = name.tokens.start;
        if words.is_empty() {
            return;
        }
        let span = name::span(self.tokens, name.tokens.clone());
        let introduced = self.introduced(n);
        if let Some(owner) = introduced {
            self.entities[owner].short = Some(words[0]);
            self.index.words.entry(words[0].0).or_default().push(owner);
        }
        let owner = match introduced.or_else(|| self.bearer_of(&name, &words, at)) {
            Some(owner) => owner,
            // A lone word at the start of a sentence may be any word.
            None if name.uncertain
                && name.title.is_none()
                && !self.tokens[at].is(Class::FIRST_HE.or(Class::FIRST_SHE))
                && (!self.is_source_like(&name)
                    // "Newspaper says …": a common noun, in a capital because it opens the sentence.
                    || self.tokens[at].is(COMMON) && self.tokens[at].case == Case::Capital) =>
            {
                return;
            }
            None => self.add(Entity::new(clean(span.of(self.text)), words.clone(), name.bearer)),
        };
        if words.len() > self.entities[owner].words.len() {
            self.entities[owner].name = clean(span.of(self.text));
            self.entities[owner].words.clone_from(&words);
            self.enter(owner);
        }
        let entity = &mut self.entities[owner];
        if let Some(gender) = name.gender {
            let evidence = if name.titled { GenderEvidence::Honorific } else { GenderEvidence::FirstName };
            entity.learn(gender, evidence);
        }
        // "The Roe of old": one word after "the" does not make a body of a whole name.
        if entity.bearer == Bearer::Unclear && (words.len() > 1 || entity.words.len() == 1) {
            entity.bearer = name.bearer;
        }
        if long {
            entity.mentions.push((at, span))
        } else {
            entity.parts.push((at, span))
        }
        self.owners[n] = owner;
    }

    /// "Harrow Port Authority (HPA)": an acronym in brackets belongs to the name before it, whatever its letters.
    fn introduced(&self, n: usize) -> Option<usize> {
        let name = &self.names[n];
        let Range { start, end } = name.tokens;
        let before = self.names.get(n.checked_sub(1)?)?;
        let kind = |i: usize| self.tokens.get(i).map(|t| t.kind);
        let bracket = start > 0
            && kind(start - 1) == Some(TokenKind::Open)
            && kind(end) == Some(TokenKind::Close)
            && before.tokens.end == start - 1;
        // "HPA", "MinWorks"
        let token = &self.tokens[start];
        let inner = || token.span.of(self.text).chars().skip(1).any(char::is_uppercase);
        let short = name.tokens.len() == 1 && (token.case == Case::Upper || inner());
        let owner = self.owners[n - 1];
        let long = self.entities.get(owner).is_some_and(|e| e.words.len() > 1 && e.bearer != Bearer::Person);
        (bracket && short && long).then_some(owner)
    }

    fn add(&mut self, entity: Entity) -> usize {
        let place = self.entities.len();
        self.entities.push(entity);
        self.enter(place);
        place
    }

    /// Enters an entity into the indexes of words and names.
    fn enter(&mut self, place: usize) {
        let entity = &self.entities[place];
        for hash in entity.words.iter().copied().chain([initials(&entity.name)]) {
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
        // The long names come first, so only the short ones have to look.
        let token = &self.tokens[name.tokens.start];
        let short =
            (name.tokens.len() == 1 && token.case == Case::Upper).then(|| initials(token.span.of(self.text)));
        let short = short.as_ref().map_or(&[][..], places);
        for &e in [a, b, short].into_iter().flat_map(|p| p.iter().rev().take(RIVALS)) {
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

    /// Reads titles, affiliations and describing nouns around every naming.
    fn describe(&mut self) {
        for n in 0..self.names.len() {
            if self.owners[n] == usize::MAX {
                continue;
            }
            let found = describe::read(self.text, self.tokens, &self.names[n]);
            self.take(n, found);
            self.copula(n);
        }
    }

    /// Adds what one naming says of its bearer.
    fn take(&mut self, n: usize, found: Description) {
        let owner = self.owners[n];
        if let Some(body) = found.affiliation.clone() {
            self.employ(body);
        }
        let span = |r: Range<usize>| name::span(self.tokens, r);
        let entity = &mut self.entities[owner];
        // "… by the State Department, the candidate said": a body is nobody's candidate.
        let person = !matches!(entity.bearer, Bearer::Body | Bearer::Place);
        let mut nouns: [Option<Hash>; 4] = [None; 4];
        let phrase = found.title.clone().map(|t| t.start).or(found.kin);
        let definite = phrase.and_then(|at| self.tokens.get(at.checked_sub(1)?));
        let definite = definite.is_some_and(|t| t.span.of(self.text).eq_ignore_ascii_case("the"));
        // "Prince Alban … the prince"
        let rank = found.honorific.as_ref().map(|h| h.start).filter(|&h| !self.tokens[h].stopped);
        nouns[3] = found.kin.or(rank).filter(|_| person).map(|i| self.tokens[i].hash);
        if let Some(title) = found.title.filter(|_| person) {
            let words = &self.tokens[title.clone()];
            for (slot, noun) in nouns.iter_mut().zip(words.iter().rev().filter(|t| t.is(DESCRIBING)).take(3))
            {
                *slot = Some(noun.hash);
            }
            let body = found.affiliation.clone().map_or(&[][..], |b| &self.tokens[b]);
            entity.describe(words.iter().chain(body).filter(|t| t.is_word()).map(|t| t.hash));
            if let Some(gender) = words.iter().find_map(gender_of_noun) {
                entity.learn(gender, GenderEvidence::Noun);
            }
            if entity.bearer == Bearer::Unclear {
                entity.bearer = Bearer::Person;
            }
            // Title and affiliation of one naming belong together; a title before the name may be told in full
            // later: "Sen. Roe", "Ada Roe, the senior senator from Pell".
            let bare = entity.title.is_some() && entity.title == entity.honorific;
            if entity.title.is_none() || bare && found.honorific.is_none() {
                entity.title = Some(span(title));
                entity.affiliation = found.affiliation.clone().map(span).or(entity.affiliation);
            }
        }
        if let Some(gender) = found.kin.and_then(|i| gender_of_noun(&self.tokens[i])) {
            entity.learn(gender, GenderEvidence::Noun);
        }
        if found.they {
            entity.learn(Gender::They, GenderEvidence::Stated);
        }
        entity.honorific = entity.honorific.or(found.honorific.map(span));
        entity.affiliation = entity.affiliation.or(found.affiliation.map(span));
        entity.place = entity.place.or(found.place.map(span));
        if entity.age.is_none()
            && let Some(age) = found.age
        {
            entity.age = Some(age);
            self.index.ages.entry(age.of(self.text).to_string()).or_default().push(owner);
        }
        let start = self.names[n].tokens.start;
        for noun in nouns.into_iter().flatten() {
            self.index.nouns.entry(noun.0).or_default().push(owner);
            // "One driver said … The driver, Ivo Hale,": who is named as the driver only later.
            if definite && phrase.is_some_and(|at| at < start) && self.first_naming(owner) == Some(start) {
                self.index.roles.entry(noun.0).or_default().push((start, owner));
            }
        }
    }

    /// "an analyst at Corven Vale": what people work for is no person.
    fn employ(&mut self, body: Range<usize>) {
        for n in self.names_in(body.clone()) {
            let owner = self.owners[n];
            if self.names[n].tokens.end <= body.end
                && let Some(entity) = self.entities.get_mut(owner)
                && entity.bearer == Bearer::Unclear
                && entity.gender.is_none()
                && entity.title.is_none()
                && self.names[n].tokens.len() > 1
            {
                entity.bearer = Bearer::Body;
            }
        }
    }

    fn first_naming(&self, owner: usize) -> Option<usize> {
        self.entities[owner].mentions.first().map(|m| m.0)
    }

    /// "Edda Marlin was mayor of Holt": a noun after a form of "be" describes too.
    fn copula(&mut self, n: usize) {
        let end = self.names[n].tokens.end;
        let Some(verb) = self.tokens.get(end) else { return };
        if self.names[n].possessive || !matches!(verb.span.of(self.text), "is" | "was" | "became" | "remains")
        {
            return;
        }
        let owner = self.owners[n];
        let phrase = self.tokens[end + 1..(end + 7).min(self.tokens.len())]
            .iter()
            .take_while(|t| t.is_word() && !t.is(Class::PREPOSITION.or(Class::CONJUNCTION)));
        for noun in phrase.filter(|t| t.is(Class::ROLE)) {
            self.index.nouns.entry(noun.hash.0).or_default().push(owner);
            self.entities[owner].describe([noun.hash].into_iter());
        }
    }

    /// Those described by a noun or an age, the latest described first; a bounded number.
    pub(super) fn described(&self, token: &Token) -> impl Iterator<Item = usize> + '_ {
        let word = token.span.of(self.text);
        let nouns = self.index.nouns.get(&token.hash.0);
        // "the 41-year-old"
        let ages = word
            .split_once('-')
            .filter(|_| token.kind == TokenKind::Number)
            .and_then(|(age, _)| self.index.ages.get(age));
        nouns.into_iter().chain(ages).flat_map(|places| places.iter().rev().take(RIVALS)).copied()
    }

    /// The body that "the company" or "the council" at token `at` stands for: the last one whose name holds the
    /// noun; for a noun that suits any body, the last one at all.
    pub(super) fn body_before(&self, at: usize, noun: &Token) -> Option<usize> {
        let same = self.index.words.get(&noun.hash.0).into_iter().flat_map(|v| v.iter().rev().take(RIVALS));
        let same = same
            .copied()
            .filter(|&e| !self.entities[e].may_be_person() && self.entities[e].last_before(at) > 0)
            .max_by_key(|&e| (self.entities[e].last_before(at), core::cmp::Reverse(e)));
        same.or_else(|| {
            let after = self.index.bodies.partition_point(|b| b.0 < at);
            let any = terms::GENERIC_BODY.has(noun.span.of(self.text));
            self.index.bodies[..after].last().map(|b| b.1).filter(|_| any)
        })
    }

    /// The first person after token `at` who is introduced by this noun: "The driver, Ivo Hale,".
    pub(super) fn named_later(&self, at: usize, noun: &Token) -> Option<usize> {
        let places = self.index.roles.get(&noun.hash.0)?;
        places.get(places.partition_point(|p| p.0 <= at)).map(|p| p.1)
    }

    /// The entity with this very name.
    pub(super) fn known(&self, name: &str) -> Option<usize> {
        self.index.names.get(name).copied()
    }

    /// The entity with this very name, made where there is none.
    pub(super) fn named(&mut self, name: &str, span: Span) -> usize {
        if let Some(e) = self.known(name) {
            return e;
        }
        let place = self.add(Entity::new(name.to_string(), Vec::new(), Bearer::Unclear));
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

/// Nouns that are no names by themselves.
const COMMON: Class = Class::BODY.or(Class::GROUP).or(Class::ROLE).or(Class::DOCUMENT);

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

/// A name without line breaks or trailing comma.
pub(super) fn clean(name: &str) -> String {
    joined(name, &[Span::at(0, name.len())]).trim_end_matches(',').to_string()
}
