//! What a sentence opens with: somebody new, or several people at once.

use core::ops::Range;

use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{Class, terms};
use crate::mention::name::{self, VERBS};
use crate::speaker::cast::Cast;

/// Several people who were the subject of a sentence: "The Quayle brothers opened the mill."
#[derive(Debug, Clone)]
pub(super) enum Several {
    Noun(Range<usize>),
    Two(usize, usize),
}

/// Somebody new at the start of a sentence: "A woman from Selby …", "One driver …"
pub(super) fn somebody(cast: &mut Cast<'_>, sentence: Range<usize>) -> Option<usize> {
    let start = sentence.start;
    // "Her companion disagreed."
    let owned = cast.tokens[start].is(Class::POSSESSIVE);
    if !owned && !brings_in(cast, start) {
        return None;
    }
    let noun = subject(cast, sentence).filter(|&noun| !cast.tokens[noun].is(Class::GROUP))?;
    let token = cast.tokens[noun];
    if let Some(who) = cast.named_later(noun, &token) {
        return Some(who);
    }
    let first = start + usize::from(!owned);
    let span = name::span(cast.tokens, first..noun + 1);
    Some(cast.noun(noun, first..noun + 1, span))
}

/// Whether token `at` is a word that brings somebody in.
fn brings_in(cast: &Cast<'_>, at: usize) -> bool {
    matches!(cast.tokens[at].bytes(cast.text), b"A" | b"An" | b"One" | b"Another")
}

/// The noun for one person that a sentence has for its subject: "The Selby driver told", but not "A driver shortage".
pub(super) fn subject(cast: &Cast<'_>, sentence: Range<usize>) -> Option<usize> {
    const LONGEST: usize = 6;
    let start = sentence.start;
    let opener = &cast.tokens[start];
    if !opener.is(Class::DETERMINER.or(Class::POSSESSIVE)) {
        return None;
    }
    let stop =
        Class::PREPOSITION.or(Class::AUXILIARY).or(Class::CONJUNCTION).or(Class::CUE_SAY).or(Class::WH_WORD);
    let end = (start + 1..(start + LONGEST).min(sentence.end))
        .find(|&i| {
            let t = &cast.tokens[i];
            !(t.is_word() && t.spaced || t.kind == TokenKind::Number) || t.is(stop) && !t.is_capital()
        })
        .unwrap_or((start + LONGEST).min(sentence.end));
    let is_person = |t: &Token| {
        let aged = t.kind == TokenKind::Number && t.ends_with(cast.text, "old");
        t.is(PERSON) || aged || t.is_capital() && t.is_in(cast.text, terms::DEMONYM)
    };
    let noun = (start + 1..end).rev().find(|&i| is_person(&cast.tokens[i]))?;
    let next = &cast.tokens[(noun + 1).min(cast.tokens.len() - 1)];
    // "The dean's account" is about no dean.
    let verb = next.spaced
        && (next.is(VERBS) || next.ends_with(cast.text, "ed") || next.is_in(cast.text, terms::PAST));
    // "A driver from Selby …", but "His driver disagreed."
    let phrase = noun + 1 == end && brings_in(cast, start);
    (phrase || verb).then_some(noun)
}

/// Nouns for one person.
const PERSON: Class = Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE);

/// Several people at the start of a sentence: "The Quayle brothers …", "Ada Roe and Ivo Hale …".
///
/// `name` is the first name that does not start before the sentence.
pub(super) fn several(cast: &Cast<'_>, sentence: Range<usize>, name: usize) -> Option<Several> {
    const LONGEST: usize = 7;
    let start = sentence.start;
    let stop = Class::PREPOSITION.or(Class::AUXILIARY).or(Class::CONJUNCTION).or(Class::CUE_SAY);
    let end = (start + LONGEST).min(sentence.end);
    let noun = (start..end)
        .take_while(|&i| cast.tokens[i].is_word() && (i == start || !cast.tokens[i].is(stop)))
        .find(|&i| cast.tokens[i].is(Class::GROUP));
    if let Some(noun) = noun {
        let skip = usize::from(noun > start && cast.tokens[start].is(Class::DETERMINER));
        return Some(Several::Noun(start + skip..noun + 1));
    }
    let (a, b) = (name, name + 1);
    cast.names.get(b).filter(|b| b.tokens.start < end)?;
    let gap = &cast.tokens[cast.names[a].tokens.end
        ..cast.names[b].title.as_ref().map_or(cast.names[b].tokens.start, |t| t.start)];
    let [and] = gap else { return None };
    let (a, b) = (cast.owners[a], cast.owners[b]);
    let real = a != usize::MAX && b != usize::MAX && a != b;
    let people = real && cast.entities[a].may_be_person() && cast.entities[b].may_be_person();
    (people && and.span.of(cast.text) == "and").then_some(Several::Two(a, b))
}
