//! The grammar: attributions that the shape of a sentence gives away.
//!
//! It reads a block as a [`Stretch`] and goes from cue to cue. For each verb group it asks, in this order:
//! is there a quotation right before the tag (`“…,” said Feld`), one right after it (`Feld said: “…”`), a
//! clause after it (`Feld said that …`), a clause before it (`…, Feld said`)? What no cue claims is then read
//! by the layouts without a verb: a colon, a dash credit, a label.

// A list of item ranges that starts with one is meant, not the items of a range.
#![allow(clippy::single_range_in_vec_init)]

mod according;
mod clause;
mod credit;
mod edge;
mod object;
mod raw;
mod relative;
mod rule;
mod subject;
mod tag;
mod view;

use alloc::vec::Vec;
use core::ops::Range;

pub(crate) use self::raw::{Raw, RawCue, Who};
pub(crate) use self::rule::Rule;
use crate::attribution::cue::{self, Group};
use crate::attribution::phrase::Phrase;
use crate::attribution::quote::QuoteKind;
use crate::attribution::stretch::Stretch;
use crate::few::{Few, few};
use crate::lex::places::Places;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::Class;

/// What a rule may start from: cue verbs, nouns that report, and a few words more.
const LEADS: Class = cue::ANY.or(Class::NOUN_CUE).or(Class::LEAD).or(Class::STANCE);

/// Notes the tokens that a rule may start from. Linear in the tokens.
pub(crate) fn leads(tokens: &[Token], out: &mut Places) {
    out.fill(tokens, |token| token.is(LEADS));
}

/// Reads one stretch; `out` gets its attributions in the order of their cues. Linear in its items, since every
/// look-around is bounded. `leads` are the tokens that a rule may start from, `taken` is memory to work with.
pub(crate) fn read(s: &Stretch<'_>, leads: &Places, taken: &mut Vec<bool>, out: &mut Vec<Raw>) {
    taken.clear();
    taken.resize(s.len(), false);
    let mut reader = Reader { s, taken, shared: None, out };
    let mut next = 0;
    while let Some(i) = s.next_of(leads, next) {
        next = i + 1;
        let noun = s.is(i, Class::LEAD.or(Class::NOUN_CUE));
        if noun && (reader.view_by(i) || reader.sees_it(i) || reader.has_it(i)) {
            continue;
        }
        if s.is(i, cue::ANY)
            && let Some(group) = cue::group(s, i)
        {
            reader.verb(&group);
        } else if s.is_word(i, "according") && s.is_word(i + 1, "to") {
            reader.according(i, i + 2, "according to");
        } else if reader.is_view(i) {
            reader.according(i - 2, i + 2, "view");
        } else if s.starts_sentence(i) && s.is_word(i, "for") {
            reader.view_of(i);
        } else if s.is_word(i + 1, "that") && s.is(i, Class::NOUN_CUE) {
            reader.claim(i);
        } else if s.is_word(i + 1, "for") && matches!(s.word(i), "appeal" | "plea" | "call" | "apology") {
            reader.light_verb(i, i + 2);
        } else if s.is(i, Class::STANCE) {
            reader.stance(i);
        } else if matches!(s.word(i), "put" | "puts") {
            reader.put_at(i);
        } else if matches!(s.word(i), "like" | "goes" | "went") {
            reader.quotative(i);
        }
    }
    reader.layouts();
}

struct Reader<'a, 'b> {
    s: &'a Stretch<'b>,
    /// Quotations that an attribution already holds.
    taken: &'a mut Vec<bool>,
    /// The source of the last cue, and its sentence: "…, said Feld, adding: …".
    shared: Option<(Phrase, usize)>,
    out: &'a mut Vec<Raw>,
}

/// Verbs that take what was done: "reported seeing it".
const RELIVES: [&str; 5] = ["report", "describe", "recall", "admit", "deny"];

/// How far a rule looks to either side, in items.
const REACH: usize = 60;

impl Reader<'_, '_> {
    /// Tries the rules around one verb group.
    fn verb(&mut self, group: &Group) {
        let s = self.s;
        let sentence = s.sentence(group.verb);
        let lo = sentence.start.max(group.verb.saturating_sub(REACH));
        let hi = sentence.end.min(group.verb + REACH);
        if self.quote_before(group, lo, hi) {
            return;
        }
        if self.is_imagined(group, lo) || self.inverted_lead(group, lo, hi) {
            return;
        }
        if self.passive(group, lo, hi) || self.hearing(group, lo, hi) {
            return;
        }
        let Some((source, kind)) = self.subject(group, lo) else { return };
        if self.disagrees(group, &source) {
            return;
        }
        if self.as_put(group, &source, lo, hi) {
            return;
        }
        if self.declined(group, &source) || self.relative(group, &source, lo, hi) {
            return;
        }
        if self.is_how(group, &source, hi) || self.clause_after(group, &source, kind, hi) {
            return;
        }
        self.clause_before(group, &source, lo, hi);
    }

    /// Notes that the last attribution is bounded: see [`Raw::bounded`].
    fn bound(&mut self) {
        if let Some(raw) = self.out.last_mut() {
            raw.bounded = true;
        }
    }

    /// "Feld said *her doctor had told* her to rest": speech within what somebody says.
    ///
    /// Only what lies before the outer speech is surely one of its own ("had told"), or what was seen to be done
    /// ("reported seeing"): on the PolNeAR training articles 31 of 500 other such clauses were.
    fn is_reported(&self, group: &Group, content: &[Range<usize>], rule: Rule) -> bool {
        let s = self.s;
        let cue = s.span(group.items.clone());
        let within = || self.out.last().is_some_and(|outer| outer.content.iter().any(|c| c.contains(cue)));
        if !matches!(rule, Rule::Clause | Rule::Phrase) || !within() {
            return false;
        }
        let earlier = s.is_word(group.items.start, "had") && group.lists.any(cue::SPEECH);
        let clause = rule == Rule::Clause
            || content.first().is_some_and(|c| matches!(s.bytes(c.start), b"to" | b"not"));
        let doing = content.first().is_some_and(|c| s.ends_with(c.start, "ing"));
        earlier && clause || doing && (rule == Rule::Phrase || RELIVES.contains(&group.lemma))
    }

    fn push(
        &mut self,
        group: &Group,
        content: Few<Range<usize>>,
        source: Option<&Phrase>,
        addressee: Option<Range<usize>>,
        quotations: Few<usize>,
        rule: Rule,
    ) {
        let s = self.s;
        let bare = content.iter().any(|r| {
            r.clone().any(|i| s.token(i).is_some_and(|t| t.is_word() || t.kind == TokenKind::Number))
        });
        let kind = match (quotations.is_empty(), bare) {
            (true, _) => QuoteKind::Indirect,
            (false, true) => QuoteKind::Mixed,
            (false, false) => QuoteKind::Direct,
        };
        // "*What* Roe called “a ruin”": no part of who called it so.
        let asks = |np: &&Phrase| np.items.len() > 1 && s.word(np.items.start).eq_ignore_ascii_case("what");
        let from = |range: &Range<usize>| range.start + 1..range.end.max(range.start + 2);
        let named = source.filter(asks).map(|np| Phrase { items: from(&np.items), head: from(&np.head) });
        let source = named.as_ref().or(source);
        let lo = s.sentence(group.verb).start;
        let inner = self.is_reported(group, &content, rule);
        // "Feld’s relatives left, according to their lawyers, and said …": the relatives did.
        if !inner && rule != Rule::AccordingTo {
            self.shared = source.map(|np| (np.clone(), lo));
        }
        self.out.push(Raw {
            kind,
            content: content.into_iter().map(|r| s.span(r)).collect(),
            cue: Some(RawCue {
                spans: few![s.span(group.items.clone())],
                lemma: group.lemma,
                class: group.class,
            }),
            source: source.map(|np| s.span(np.items.clone())),
            head: source.map(|np| s.span(np.head.clone())),
            addressee: addressee.map(|a| s.span(a)),
            polarity: group.polarity,
            rule: if inner { Rule::Reported } else { rule },
            quotations: quotations.into_iter().filter_map(|q| s.quotation(q)).collect(),
            who: Who::Source,
            nested: inner,
            bounded: false,
            confidence: None,
            order: 0,
        });
    }
}

/// Whether the subject is the verb's own or that of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Own,
    Shared,
}
