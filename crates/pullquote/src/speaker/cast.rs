//! `Cast`: everyone and everything an article names, each with all its namings.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;
use core::ops::Range;

use crate::lex::story::Story;
use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::{Class, Hash, terms};
use crate::mention::describe::{self, Description};
use crate::mention::gender::Gender;
use crate::mention::name::{self, Bearer, Name};
use crate::mention::title;
use crate::span::Span;
use crate::speaker::entity::{Entity, GenderEvidence};
use crate::speaker::fit::initials;
use crate::speaker::index::{Index, Key, Kind};
use crate::speaker::mention::MentionKind;

/// The memory of a cast, kept from one article to the next.
#[derive(Debug, Default)]
pub(super) struct Memory {
    names: Vec<Name>,
    owners: Vec<usize>,
    entities: Vec<Entity>,
    /// The entities of articles before, the first one last.
    spare: Vec<Entity>,
    index: Index,
    bodies: Vec<(usize, usize)>,
    roles: Vec<(Hash, usize, usize)>,
    relatives: Vec<usize>,
    words: Vec<Hash>,
    joint: String,
}

/// Holds everyone and everything named in an article.
pub(super) struct Cast<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) story: &'a Story,
    pub(super) names: Vec<Name>,
    /// The entity of each name; `usize::MAX` for a name that is none.
    pub(super) owners: Vec<usize>,
    pub(super) entities: Vec<Entity>,
    spare: Vec<Entity>,
    index: Index,
    /// Namings of bodies, in the order of the text: first token and entity.
    bodies: Vec<(usize, usize)>,
    /// "The driver, Ivo Hale,": the noun, the first token of the name and the entity; sorted.
    roles: Vec<(Hash, usize, usize)>,
    /// "Her husband, Femi,": relatives without a surname, in the order of the text.
    relatives: Vec<usize>,
    /// The words of a name that is being read.
    words: Vec<Hash>,
    joint: String,
}

impl<'a> Cast<'a> {
    /// Reads all names and gathers those of one bearer. Time grows with the tokens, times the logarithm of
    /// the names.
    pub(super) fn read(text: &'a str, story: &'a Story, memory: Memory) -> Cast<'a> {
        let Memory { names, owners, entities, spare, index, bodies, roles, relatives, words, joint } = memory;
        let tokens = &story.tokens.tokens[..];
        let mut cast = Cast {
            text,
            tokens,
            story,
            names,
            owners,
            entities,
            spare,
            index,
            bodies,
            roles,
            relatives,
            words,
            joint,
        };
        cast.bodies.clear();
        cast.roles.clear();
        cast.relatives.clear();
        cast.index.clear();
        name::scan(text, story, &mut cast.names);
        cast.owners.clear();
        cast.owners.resize(cast.names.len(), usize::MAX);
        // News names everyone about three times.
        cast.entities.reserve(cast.names.len() / 3);
        // Full names first, so that a surname in the headline finds its bearer in the body; what may be any word last.
        for (long, uncertain) in [(true, false), (false, false), (false, true)] {
            for n in 0..cast.names.len() {
                // "Mr Roe Sr" is a surname.
                let Range { start, end } = cast.names[n].tokens;
                let suffix = usize::from(cast.tokens[end - 1].is(Class::SUFFIX));
                let is_long = end - start > 1 + suffix;
                let is_uncertain = !is_long && cast.names[n].uncertain && !cast.tokens[start].is(FIRST);
                if (is_long, is_uncertain) == (long, uncertain) {
                    cast.adopt(n, long);
                }
            }
        }
        for entity in &mut cast.entities {
            entity.mentions.extend(entity.parts.iter().copied());
            entity.parts.clear();
            entity.mentions.sort_unstable();
        }
        for (n, &owner) in cast.owners.iter().enumerate() {
            let unclear = |e: &Entity| e.bearer == Bearer::Unclear && e.words.len() > 1 && e.gender.is_none();
            if let Some(e) = cast.entities.get(owner)
                && (e.bearer == Bearer::Body || unclear(e))
                && !cast.names_noun(cast.names[n].tokens.end)
            {
                cast.bodies.push((cast.names[n].tokens.start, owner));
            }
        }
        cast.describe();
        cast.roles.sort_unstable_by_key(|r| (r.0.0, r.1, r.2));
        cast
    }

    /// Gives the memory back.
    pub(super) fn into_memory(mut self) -> Memory {
        self.spare.extend(self.entities.drain(..).rev());
        let Cast { names, owners, entities, spare, index, bodies, roles, relatives, words, joint, .. } = self;
        Memory { names, owners, entities, spare, index, bodies, roles, relatives, words, joint }
    }

    /// Whether a noun for people, bodies or texts stands at token `at`: "Selby | residents".
    pub(super) fn names_noun(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| {
            // "Corven will open a mill": no testament. "Corven plc": the form of the firm itself.
            let other = || t.is(Class::AUXILIARY) || t.reads(self.text, "plc");
            t.is(COMMON) && t.spaced && t.case == Case::Lower && !other()
        })
    }

    /// Gives name `n` to an entity, an old one or its own.
    fn adopt(&mut self, n: usize, long: bool) {
        let mut words = core::mem::take(&mut self.words);
        words.clear();
        let of_name = self.tokens[self.names[n].tokens.clone()].iter();
        words.extend(of_name.filter(|t| t.is_word() && !t.is(Class::SUFFIX)).map(|t| t.hash));
        if !words.is_empty() {
            self.adopt_words(n, &words, long);
        }
        self.words = words;
    }

    fn adopt_words(&mut self, n: usize, words: &[Hash], long: bool) {
        let name = self.names[n].clone();
        let at = name.tokens.start;
        let span = name::span(self.tokens, name.tokens.clone());
        let introduced = self.introduced(n);
        if let Some(owner) = introduced {
            self.entities[owner].short = Some(words[0]);
            self.index.push(Key::of(Kind::Word, words[0]), owner);
            let end = self.names[n - 1].tokens.end;
            let full = self.spelled(at, end).filter(|r| r.start < self.names[n - 1].tokens.start);
            if let Some(full) = full {
                let entity = &mut self.entities[owner];
                entity.call(self.text, name::span(self.tokens, full.clone()));
                entity.words.clear();
                entity.words.extend(self.tokens[full].iter().filter(|t| t.is_word()).map(|t| t.hash));
                self.enter(owner);
            }
        }
        let found = introduced.or_else(|| self.relative_of(&name, words));
        let found = found.or_else(|| self.couple(n, words));
        let owner = match found.or_else(|| self.bearer_of(&name, words, at)) {
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
            None => {
                let mut entity = Entity::reuse(&mut self.spare);
                entity.call(self.text, span);
                entity.words.extend(words.iter().copied());
                entity.bearer = name.bearer;
                self.add(entity)
            }
        };
        // "Ada Jane Roe", born so, is known as "Ada Roe-Hale".
        let double = |e: &Entity| e.name(self.text).contains('-') && e.words.last() != words.last();
        if words.len() > self.entities[owner].words.len() && !double(&self.entities[owner]) {
            let entity = &mut self.entities[owner];
            entity.call(self.text, span);
            entity.words.clear();
            entity.words.extend(words.iter().copied());
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
        if !long
            && name.title.is_none()
            && let Some(gender) = self.kin_before(at)
            && self.entities[owner].words.len() == 1
        {
            self.entities[owner].learn(gender, GenderEvidence::Noun);
            self.relatives.push(owner);
        }
    }

    /// "her husband | Femi", "Roe’s wife, | Ada,": the gender of the relative whose name starts at token `at`.
    fn kin_before(&self, at: usize) -> Option<Gender> {
        self.kin_noun(at).and_then(gender_of_noun)
    }

    fn kin_noun(&self, at: usize) -> Option<&Token> {
        let comma = self.tokens.get(at.checked_sub(1)?)?.kind == TokenKind::Comma;
        let noun = self.tokens.get(at.checked_sub(1 + usize::from(comma))?)?;
        Some(noun).filter(|noun| title::is_kin(self.text, noun))
    }

    /// "Ada Roe … Her husband, Femi, … Mr Roe": the relative takes the surname of the family.
    fn relative_of(&mut self, name: &Name, words: &[Hash]) -> Option<usize> {
        const RECENT: usize = 8;
        const NEAR: usize = 80;
        let (&[surname], true, Some(gender)) = (words, name.titled, name.gender) else { return None };
        let recent = self.relatives.iter().rev().take(RECENT);
        let relative = *recent.into_iter().find(|&&r| {
            let relative = &self.entities[r];
            relative.words.len() == 1 && relative.gender() == Some(gender)
        })?;
        let at = name.tokens.start;
        let away = self.entities[relative].distance(at);
        // "Ada Roe was killed. Her mother, Yvonne, said … Mrs Roe", "His father, Ken, … Mr Roe Sr"
        let next = |skip: usize| self.tokens.get((at + skip).saturating_sub(away));
        let verb = next(1).filter(|t| t.kind != TokenKind::Comma).or(next(2));
        let speaks = away < NEAR && verb.is_some_and(|t| t.is(Class::CUE_SAY));
        // "the younger Mr Roe", "Mr Roe Sr"
        let first = name.title.as_ref().map_or(at, |t| t.start);
        let signs = [first.saturating_sub(1), name.tokens.end - 1].map(|i| self.tokens[i].span.of(self.text));
        let young = signs.iter().find_map(|sign| match sign.trim_end_matches('.') {
            "younger" | "Jr" | "Jnr" => Some(true),
            "elder" | "older" | "Sr" | "Snr" => Some(false),
            _ => None,
        });
        let noun = self.kin_noun(at.saturating_sub(away)).map_or("", |t| t.span.of(self.text));
        let child = matches!(noun, "son" | "daughter" | "nephew" | "niece" | "grandson" | "granddaughter");
        let same_age = young.map(|young| away < NEAR && young == child);
        let (mut family, mut bearer) = (false, false);
        for e in self.index.latest(Key::of(Kind::Word, surname)).map(|e| &self.entities[e]) {
            let named = e.words.len() > 1 && e.words.last() == Some(&surname);
            family |= named;
            // Somebody never called so yet, and named before the relative.
            let untitled = e.gender.is_some_and(|g| g.1 < GenderEvidence::Honorific);
            let other = same_age.unwrap_or(speaks && untitled && e.distance(at) > away);
            bearer |= named && e.gender() == Some(gender) && !other;
        }
        if !family || bearer {
            return None;
        }
        let mut full = core::mem::take(&mut self.joint);
        full.clear();
        let own = name::span(self.tokens, name.tokens.clone()).of(self.text);
        // Writing to a string never fails.
        let _ = write!(full, "{} {own}", self.entities[relative].name(self.text));
        let entity = &mut self.entities[relative];
        entity.call_so(&full);
        entity.words.push(surname);
        entity.bearer = Bearer::Person;
        self.joint = full;
        self.enter(relative);
        Some(relative)
    }

    /// "Femi | and Ada Roe": the first of a couple takes the surname of the second, name `n` + 1.
    fn couple(&mut self, n: usize, words: &[Hash]) -> Option<usize> {
        let (name, next) = (&self.names[n], self.names.get(n + 1)?);
        let [and] = self.tokens.get(name.tokens.end..next.tokens.start)? else { return None };
        let (first, other) = (&self.tokens[name.tokens.start], &self.tokens[next.tokens.start]);
        let couple = matches!(and.span.of(self.text), "and" | "&")
            && name.title.is_none()
            && next.title.is_none()
            && first.is(FIRST)
            && other.is(FIRST)
            && next.tokens.len() == 2;
        let (&[forename], true) = (words, couple) else { return None };
        let second = self.owners[n + 1];
        let surname = *self.entities.get(second)?.words.last()?;
        let same = |e: &usize| self.entities[*e].words[..] == [forename, surname];
        if let Some(known) = self.index.latest(Key::of(Kind::Word, surname)).find(same) {
            return Some(known);
        }
        let mut full = core::mem::take(&mut self.joint);
        full.clear();
        let family = self.tokens[next.tokens.end - 1].span.of(self.text);
        // Writing to a string never fails.
        let _ = write!(full, "{} {family}", first.span.of(self.text));
        let mut entity = Entity::reuse(&mut self.spare);
        entity.call_so(&full);
        entity.words.extend([forename, surname]);
        entity.bearer = Bearer::Person;
        let gender = match () {
            () if first.is(Class::FIRST_HE) => Some((Gender::He, ["husband", "wife"])),
            () if first.is(Class::FIRST_SHE) => Some((Gender::She, ["wife", "husband"])),
            () => None,
        };
        if let Some((gender, _)) = gender {
            entity.learn(gender, GenderEvidence::FirstName);
        }
        self.joint = full;
        let who = self.add(entity);
        // "his wife": a man and a woman of one name.
        let theirs = self.entities[second].gender();
        if let Some((_, nouns)) = gender.filter(|(own, _)| theirs.is_some_and(|g| g != *own)) {
            for (noun, bearer) in nouns.into_iter().zip([who, second]) {
                self.index.push(Key::of(Kind::Noun, Hash::of(noun)), bearer);
            }
        }
        Some(who)
    }

    /// "Harrow Port Authority (HPA)": an acronym in brackets belongs to the name before it, whatever its letters.
    fn introduced(&self, n: usize) -> Option<usize> {
        let name = &self.names[n];
        let Range { start, end } = name.tokens;
        let before = self.names.get(n.checked_sub(1)?)?;
        let kind = |i: usize| self.tokens.get(i).map(|t| t.kind);
        let gap = self.tokens.get(before.tokens.end..start)?;
        let word = |i: usize| gap.get(i).map_or("", |t| t.span.of(self.text));
        let defines = match gap {
            [open] => open.kind == TokenKind::Open && kind(end) == Some(TokenKind::Close),
            // "the Marle Growers’ Council, or MGC, …"
            [comma, ..] => {
                comma.kind == TokenKind::Comma
                    && kind(end) == Some(TokenKind::Comma)
                    && word(1) == "or"
                    && (gap.len() == 2 || gap.len() == 3 && word(2) == "the")
            }
            [] => false,
        };
        if !defines {
            return None;
        }
        // "HPA", "MinWorks"
        let token = &self.tokens[start];
        let inner = || token.span.of(self.text).chars().skip(1).any(char::is_uppercase);
        let short = name.tokens.len() == 1 && (token.case == Case::Upper || inner());
        let owner = self.owners[n - 1];
        let body = |e: &Entity| e.bearer != Bearer::Person && (e.words.len() > 1 || e.bearer == Bearer::Body);
        (short && self.entities.get(owner).is_some_and(body)).then_some(owner)
    }

    /// "the Mill and Dock Workers’ Union (MDWU)": the words before token `end` that the acronym at token `at` stands for.
    fn spelled(&self, at: usize, end: usize) -> Option<Range<usize>> {
        const LEAST: usize = 3;
        const SMALL: Class = Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::DETERMINER);
        let letters = self.tokens[at].span.of(self.text).chars().rev();
        let (mut start, mut count) = (end, 0);
        for letter in letters.filter(|c| c.is_uppercase()) {
            let small =
                |t: &&Token| !t.is_capital() && (t.is(SMALL) || !t.spaced || t.kind == TokenKind::Comma);
            let skipped = self.tokens[..start].iter().rev().take_while(small).count();
            start = start.checked_sub(skipped + 1)?;
            self.tokens.get(start).filter(|t| t.span.of(self.text).starts_with(letter))?;
            count += 1;
        }
        (count >= LEAST).then_some(start..end)
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
        let name = entity.name(self.text);
        for hash in entity.words.iter().copied().chain([initials(name)]) {
            let key = Key::of(Kind::Word, hash);
            if self.index.latest(key).next() != Some(place) {
                self.index.push(key, place);
            }
        }
        let key = Key::of_name(name);
        if self.index.latest(key).next().is_none() {
            self.index.push(key, place);
        }
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
        let places = |hash: Hash| self.index.latest(Key::of(Kind::Word, hash));
        let (a, b) = (places(*last), (first != last).then(|| places(*first)));
        // An acronym is known by the initials of what it stands for, and the other way round.
        // The long names come first, so only the short ones have to look.
        let token = &self.tokens[name.tokens.start];
        let short =
            (name.tokens.len() == 1 && token.case == Case::Upper).then(|| initials(token.span.of(self.text)));
        let short = short.map(places);
        for e in a.chain(b.into_iter().flatten()).chain(short.into_iter().flatten()) {
            let entity = &self.entities[e];
            let Some(fit) = self.fit(name, words, entity) else { continue };
            // Of one family, "Mrs Roe" is the one named in full last; a first name tells nothing.
            let family = name.titled && words.len() == 1 && !entity.mentions.is_empty();
            let distance = if family { entity.distance_in_full(at) } else { entity.distance(at) };
            let near = i64::try_from(distance.min(5_000)).unwrap_or(5_000);
            let times = if family { 0 } else { entity.mentions.len() + entity.parts.len() };
            let often = i64::try_from(times.min(20)).unwrap_or(0);
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
            // Most namings stand alone.
            if !found.is_empty() {
                self.take(n, found);
            }
            self.copula(n);
            self.of_origin(n);
            self.of_trade(n);
        }
    }

    /// "Dane Anders Holm", "Colm Roe SC, defending": what a word or letters beside the name say of the bearer.
    fn of_origin(&mut self, n: usize) {
        let (name, owner) = (&self.names[n], self.owners[n]);
        if !self.entities[owner].may_be_person() || name.tokens.len() < 2 {
            return;
        }
        let before = name.tokens.start.checked_sub(1).map(|i| self.tokens[i]);
        if let Some(origin) = before.filter(|t| t.is_capital() && t.is_in(self.text, terms::DEMONYM)) {
            self.index.push(Key::of(Kind::Noun, origin.hash), owner);
        }
        let letters = self.tokens.get(name.tokens.end);
        if letters.is_some_and(|t| t.case == Case::Upper && SILKS.contains(&t.hash)) {
            for noun in ADVOCATES {
                self.index.push(Key::of(Kind::Noun, noun), owner);
            }
        }
    }

    /// "the watchdog Rail Voice", "Kestrel Foods, the frozen pea group,": nouns that say what a body is.
    fn of_trade(&mut self, n: usize) {
        const LONGEST: usize = 8;
        let (name, owner) = (&self.names[n], self.owners[n]);
        let entity = &self.entities[owner];
        if !entity.may_be_thing() || entity.bearer == Bearer::Place || name.possessive {
            return;
        }
        let is_trade = |t: &Token| t.is(Class::BODY) && t.case == Case::Lower;
        let Range { start, end } = name.tokens;
        let kind = |i: usize| self.tokens.get(i).map(|t| t.kind);
        let closes = kind(end) != Some(TokenKind::Word);
        // "the watchdog Rail Voice", "an industry group, the Rail Alliance,"
        let mut first = start;
        if first > 1 && self.tokens[first - 1].is(Class::DETERMINER) {
            first -= 1;
        }
        if first > 1 && closes && self.tokens[first - 1].kind == TokenKind::Comma {
            first -= 1;
        } else {
            first = start;
        }
        let before = first.checked_sub(1).map(|i| self.tokens[i]).filter(is_trade);
        // "Kestrel Foods, the frozen pea group,"
        let opens = kind(end) == Some(TokenKind::Comma)
            && self.tokens.get(end + 1).is_some_and(|t| t.is(Class::DETERMINER) && t.case == Case::Lower);
        let behind = opens.then(|| {
            let rest = &self.tokens[end + 2..(end + 2 + LONGEST).min(self.tokens.len())];
            let stop = Class::PREPOSITION.or(Class::WH_WORD).or(Class::AUXILIARY).or(Class::CONJUNCTION);
            let len = rest.iter().position(|t| !t.is_word() || t.is(stop))?;
            rest[..len].last().copied().filter(is_trade)
        });
        for noun in before.into_iter().chain(behind.flatten()) {
            self.index.push(Key::of(Kind::Noun, noun.hash), owner);
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
            if let Some((gender, noun)) = words.iter().find_map(|t| Some((gender_of_noun(t)?, t))) {
                // A woman may be "chairman", "actor" or "councilman".
                let office = noun.is(Class::KIN_HE) && noun.is(Class::ROLE);
                if !office || entity.gender().is_none_or(|known| known == gender) {
                    entity.learn(gender, GenderEvidence::Noun);
                }
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
        // "his cousin Ivo Hale", "Ivo Hale, 22,"
        let grown = found.age.is_some_and(|age| age.len() > 1);
        // A firm has a "parent" too.
        let kin = found.kin.is_some_and(|i| self.tokens[i].hash != PARENT);
        if (kin || grown) && entity.bearer == Bearer::Unclear {
            entity.bearer = Bearer::Person;
        }
        if found.they {
            entity.learn(Gender::They, GenderEvidence::Stated);
        }
        let short = found.honorific.as_ref().map(|h| self.tokens[h.start].hash);
        entity.honorific = entity.honorific.or(found.honorific.map(span));
        entity.affiliation = entity.affiliation.or(found.affiliation.map(span));
        entity.place = entity.place.or(found.place.map(span));
        if entity.age.is_none()
            && let Some(age) = found.age
        {
            entity.age = Some(age);
            self.index.push(Key::of(Kind::Age, Hash::of(age.of(self.text))), owner);
        }
        // "Sen. Roe … the senator"
        let ranks = RANKS.iter().filter(|(rank, _)| Some(*rank) == short);
        for noun in ranks.flat_map(|(_, nouns)| *nouns) {
            entity.describe([*noun].into_iter());
            self.index.push(Key::of(Kind::Noun, *noun), owner);
        }
        let start = self.names[n].tokens.start;
        for noun in nouns.into_iter().flatten() {
            self.index.push(Key::of(Kind::Noun, noun), owner);
            // "One driver said … The driver, Ivo Hale,": who is named as the driver only later.
            if definite && phrase.is_some_and(|at| at < start) && self.first_naming(owner) == Some(start) {
                self.roles.push((noun, start, owner));
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
        let states = STATES.contains(&verb.hash)
            && matches!(verb.span.of(self.text), "is" | "was" | "became" | "remains");
        if !states || self.names[n].possessive {
            return;
        }
        let owner = self.owners[n];
        let phrase = self.tokens[end + 1..(end + 7).min(self.tokens.len())]
            .iter()
            .take_while(|t| t.is_word() && !t.is(Class::PREPOSITION.or(Class::CONJUNCTION)));
        for noun in phrase.filter(|t| t.is(Class::ROLE) && !ANYBODY.contains(&t.hash)) {
            self.index.push(Key::of(Kind::Noun, noun.hash), owner);
            self.entities[owner].describe([noun.hash].into_iter());
        }
    }

    /// Those described by a noun or an age, the latest described first; a bounded number.
    pub(super) fn described(&self, token: &Token) -> impl Iterator<Item = usize> + '_ {
        let word = token.span.of(self.text);
        let nouns = self.index.latest(Key::of(Kind::Noun, token.hash));
        // "the 41-year-old"
        let ages = word
            .split_once('-')
            .filter(|_| token.kind == TokenKind::Number)
            .map(|(age, _)| self.index.latest(Key::of(Kind::Age, Hash::of(age))));
        nouns.chain(ages.into_iter().flatten())
    }

    /// The body that "the council" at token `at` stands for: the last one that is so described, or whose name holds
    /// the noun.
    pub(super) fn body_before(&self, at: usize, noun: &Token) -> Option<usize> {
        let keys = [Kind::Noun, Kind::Word].map(|kind| Key::of(kind, noun.hash));
        let same = keys.into_iter().flat_map(|key| self.index.latest(key));
        same.filter(|&e| !self.entities[e].may_be_person() && self.entities[e].last_before(at) > 0)
            .max_by_key(|&e| (self.entities[e].last_before(at), core::cmp::Reverse(e)))
    }

    /// The first person after token `at` who is introduced by this noun: "The driver, Ivo Hale,".
    pub(super) fn named_later(&self, at: usize, noun: &Token) -> Option<usize> {
        let after = self.roles.partition_point(|r| (r.0.0, r.1) <= (noun.hash.0, at));
        self.roles.get(after).filter(|r| r.0 == noun.hash).map(|r| r.2)
    }

    /// One without a name turns out to be one with a name.
    pub(super) fn reveal(&mut self, unnamed: usize, who: usize) {
        let name = self.entities[unnamed].name(self.text);
        let noun = Hash::of(name.rsplit(' ').next().unwrap_or(name));
        self.entities[unnamed].stands_for = Some(who);
        self.index.push(Key::of(Kind::Noun, noun), who);
    }

    /// Whether an entity without a name is called by this noun: "a senior *engineer*".
    pub(super) fn is_only_called(&self, who: usize, noun: &Token) -> bool {
        let entity = &self.entities[who];
        let name = entity.name(self.text);
        entity.words.is_empty() && name.rsplit(' ').next() == Some(noun.span.of(self.text))
    }

    /// The first entity that was called by this very name.
    pub(super) fn known(&self, name: &str) -> Option<usize> {
        self.index.latest(Key::of_name(name)).next()
    }

    /// The entity with this very name, made where there is none.
    pub(super) fn named(&mut self, name: &str, span: Span) -> usize {
        if let Some(e) = self.known(name) {
            return e;
        }
        let mut entity = Entity::reuse(&mut self.spare);
        entity.call(self.text, span);
        if entity.name(self.text) != name {
            entity.call_so(name);
        }
        let place = self.add(entity);
        let at = self.token_at(span.start());
        self.entities[place].mentions.push((at, span));
        place
    }

    /// Two who speak as one: "Feld and Boyd".
    pub(super) fn joint(&mut self, a: usize, b: usize, span: Span) -> usize {
        let mut name = core::mem::take(&mut self.joint);
        name.clear();
        let [first, second] = [a, b].map(|e| self.entities[e].name(self.text));
        // "Femi and Ada Roe" share a surname.
        let surname = second.split_once(' ').map_or("", |(_, surname)| surname);
        let couple = !self.entities[a].stands_in_text();
        let first = first.strip_suffix(surname).filter(|_| couple).map_or(first, str::trim_end);
        // Writing to a string never fails.
        let _ = write!(name, "{first} and {second}");
        let who = self.named(&name, span);
        self.joint = name;
        let entity = &mut self.entities[who];
        entity.nominal = Some(MentionKind::Joint);
        entity.members = Some((a, b));
        who
    }

    /// The place of the first token that starts at or after `byte`.
    pub(super) fn token_at(&self, byte: usize) -> usize {
        self.story.tokens.at(byte)
    }

    /// The names that start inside a range of tokens.
    pub(super) fn names_in(&self, range: Range<usize>) -> Range<usize> {
        let from = self.names.partition_point(|n| n.tokens.start < range.start);
        let to = self.names.partition_point(|n| n.tokens.start < range.end);
        from..to.max(from)
    }
}

const FIRST: Class = Class::FIRST_HE.or(Class::FIRST_SHE).or(Class::FIRST_BOTH);

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

/// Nouns that tell nobody apart: "man of the match".
const ANYBODY: [Hash; 6] = Hash::of_all(["boy", "girl", "lady", "man", "person", "woman"]);

const PARENT: Hash = Hash::of("parent");

/// What those are called who bear a rank or a title in short.
const RANKS: [(Hash, &[Hash]); 28] = [
    (Hash::of("adm"), &[Hash::of("admiral")]),
    (Hash::of("capt"), &[Hash::of("captain")]),
    (Hash::of("cllr"), &[Hash::of("councillor")]),
    (Hash::of("cmdr"), &[Hash::of("commander")]),
    (Hash::of("col"), &[Hash::of("colonel")]),
    (Hash::of("dc"), DETECTIVE),
    (Hash::of("dci"), DETECTIVE),
    (Hash::of("det"), DETECTIVE),
    (Hash::of("di"), DETECTIVE),
    (Hash::of("dr"), &[Hash::of("doctor")]),
    (Hash::of("ds"), DETECTIVE),
    (Hash::of("garda"), &[Hash::of("officer")]),
    (Hash::of("gen"), &[Hash::of("general")]),
    (Hash::of("gov"), &[Hash::of("governor")]),
    (Hash::of("insp"), &[Hash::of("officer"), Hash::of("inspector")]),
    (Hash::of("justice"), &[Hash::of("judge")]),
    (Hash::of("lt"), &[Hash::of("lieutenant")]),
    (Hash::of("maj"), &[Hash::of("major")]),
    (Hash::of("pc"), &[Hash::of("officer"), Hash::of("constable")]),
    (Hash::of("prof"), &[Hash::of("professor"), Hash::of("academic")]),
    (Hash::of("professor"), &[Hash::of("academic")]),
    (Hash::of("rep"), &[Hash::of("representative"), Hash::of("congressman"), Hash::of("congresswoman")]),
    (Hash::of("rev"), &[Hash::of("vicar"), Hash::of("priest"), Hash::of("pastor")]),
    (Hash::of("sen"), &[Hash::of("senator")]),
    (Hash::of("sgt"), &[Hash::of("officer"), Hash::of("sergeant")]),
    (Hash::of("supt"), &[Hash::of("officer"), Hash::of("superintendent")]),
    (Hash::of("td"), &[Hash::of("deputy")]),
    (Hash::of("wpc"), &[Hash::of("officer"), Hash::of("constable")]),
];
const DETECTIVE: &[Hash] = &[Hash::of("detective"), Hash::of("officer")];

/// Letters behind the name of a senior barrister, and what such a one is called.
const SILKS: [Hash; 3] = [Hash::of("kc"), Hash::of("qc"), Hash::of("sc")];
const ADVOCATES: [Hash; 2] = [Hash::of("barrister"), Hash::of("counsel")];

/// Forms of "be" that describe: "Edda Marlin was mayor of Holt".
const STATES: [Hash; 4] = [Hash::of("is"), Hash::of("was"), Hash::of("became"), Hash::of("remains")];
