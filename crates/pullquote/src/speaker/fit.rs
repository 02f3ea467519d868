//! How well a naming fits an entity: surnames, first names, initials, acronyms.

use crate::lexicon::{Class, Hash};
use crate::mention::name::{self, Bearer, Name};
use crate::speaker::cast::Cast;
use crate::speaker::entity::{Entity, GenderEvidence};

impl Cast<'_> {
    /// How well a name fits an entity: 3 the same words, 2 full names that agree, 1 a part of it; 0 where only
    /// the first name speaks against it ("Ms Roe" for "Terry Roe").
    pub(super) fn fit(&self, name: &Name, words: &[Hash], entity: &Entity) -> Option<i64> {
        let mut doubt = 0;
        if let (Some(a), Some((b, evidence))) = (name.gender, entity.gender)
            && a != b
        {
            if !name.titled || evidence > GenderEvidence::FirstName {
                return None;
            }
            doubt = 2;
        }
        if entity.words[..] == *words
            || entity.short.is_some() && entity.short == words.first().copied() && words.len() == 1
        {
            return Some(3 - doubt);
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
        let body = |b: Bearer| matches!(b, Bearer::Body | Bearer::Place);
        if body(name.bearer) || body(entity.bearer) {
            // "Selby" is not "Selby Water".
            let place = name.bearer == Bearer::Place || entity.bearer == Bearer::Place;
            // The acronym of a body; "Pell" for "Pell Securities"; "the Gazette" for "the Harrow Gazette".
            if short.len() == 1 && long.len() > 1 {
                if self.is_acronym(name, entity) {
                    return Some(2);
                }
                let tail = name.bearer != Bearer::Person && words.len() == 1 && long.last() == short.last();
                return (name.title.is_none() && !place && (long[0] == short[0] || tail)).then_some(1);
            }
            let part = !place && short.len() > 1 && (long.starts_with(short) || long.ends_with(short));
            return part.then_some(1);
        }
        match short.len() {
            1 => {
                let last = long.last() == short.last();
                // "Lady Honor", "Sir Ivan": these titles go before a first name.
                let noble =
                    name.title.clone().is_some_and(|t| self.tokens[t].iter().any(|t| t.is(Class::NOBLE)));
                let first = long.first() == short.first() && (name.title.is_none() || noble);
                if long.len() > 1 && last {
                    Some(2 - doubt)
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
                // "Ada Jane Roe" for "Ada Roe-Hale"
                let double = || same_first && self.shares_surname(name, entity);
                (same_last && (same_first || self.initial_fits(name, entity)) || double())
                    .then_some(2 - doubt)
            }
        }
    }

    /// Whether the surname of one is a part of the surname of the other: "Roe-Hale" and "Roe".
    fn shares_surname(&self, name: &Name, entity: &Entity) -> bool {
        let names = [name::span(self.tokens, name.tokens.clone()).of(self.text), entity.name(self.text)];
        let [a, b] = names.map(|name| name.rsplit(' ').next().unwrap_or(""));
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        short.len() > 2 && long.split('-').any(|part| part == short)
    }

    fn initial_fits(&self, name: &Name, entity: &Entity) -> bool {
        let initial = |s: &str| s.chars().next();
        let first = name::span(self.tokens, name.tokens.clone()).of(self.text);
        let (a, b) = (
            first.split_whitespace().next().unwrap_or(""),
            entity.name(self.text).split_whitespace().next().unwrap_or(""),
        );
        let short =
            a.trim_end_matches('.').chars().count() == 1 || b.trim_end_matches('.').chars().count() == 1;
        short && initial(a) == initial(b)
    }

    fn is_acronym(&self, name: &Name, entity: &Entity) -> bool {
        let (short, long) =
            (name::span(self.tokens, name.tokens.clone()).of(self.text), entity.name(self.text));
        let (short, long) = if short.len() <= long.len() { (short, long) } else { (long, short) };
        let letters = || short.chars().filter(|c| c.is_alphabetic());
        let initials = long
            .split([' ', '-'])
            .filter(|w| w.starts_with(char::is_uppercase))
            .filter_map(|w| w.chars().next());
        letters().count() >= 2 && letters().eq(initials)
    }
}

/// The first letters of the capitalised words of a name, as one hash; the letters themselves of an acronym.
pub(super) fn initials(name: &str) -> Hash {
    // Most names are of ASCII, where a capital opens a word or is a letter of an acronym.
    if name.is_ascii() {
        let bytes = name.as_bytes();
        let parts = |b: u8| matches!(b, b' ' | b'-');
        let mut hash = Hash::START;
        let first = bytes.first().is_some_and(u8::is_ascii_uppercase);
        if !bytes.iter().any(|b| parts(*b)) {
            let letters = bytes.iter().filter(|b| first && b.is_ascii_alphabetic());
            return letters.fold(hash, |h, b| h.push(*b));
        }
        let mut opens = true;
        for &byte in bytes {
            if opens && byte.is_ascii_uppercase() {
                hash = hash.push(byte);
            }
            opens = parts(byte);
        }
        return hash;
    }
    let acronym = !name.contains([' ', '-']);
    let words = name.split([' ', '-']).filter(|w| w.starts_with(char::is_uppercase));
    let letters = words
        .flat_map(|w| w.chars().filter(|c| c.is_alphabetic()).take(if acronym { usize::MAX } else { 1 }));
    letters.fold(Hash::START, |h, c| c.encode_utf8(&mut [0; 4]).bytes().fold(h, Hash::push))
}
