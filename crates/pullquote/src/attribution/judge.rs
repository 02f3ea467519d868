//! The judge: how likely a proposal of the model is right, from what it looks like and from what the grammar read.
//!
//! A scorecard: each trait of a proposal is worth some points, and their sum tells how likely content and source are
//! right. What the margin of the labels alone does not tell is whether the parts fit each other: a source beside its
//! cue, a clause behind a verb that takes one, the same words as the grammar reads. The points and what they were
//! learned from are in `points.rs`.

use alloc::vec::Vec;

use crate::attribution::evidence::{Evidence, FEW};
use crate::attribution::grammar::{Raw, RawCue, Rule};
use crate::attribution::linker::Margins;
use crate::attribution::points::POINTS;
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::lex::token::Token;
use crate::lexicon::Class;
use crate::span::Span;

/// How many traits of a proposal are looked at.
pub const TRAITS: usize = 15;

/// The most values a trait has.
pub const VALUES: usize = 16;

/// The values of a proposal's traits.
pub type Traits = [u8; TRAITS];

/// A proposal as training sees it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What is attributed, in order.
    pub content: Vec<Span>,
    /// Who says it.
    pub source: Span,
    /// Whether the content has marks: the scorecard that counts.
    pub marked: bool,
    /// How sure the model is of it.
    pub margins: Margins,
    /// What the scorecard looks at.
    pub traits: Traits,
}

/// The sum of points from which on a proposal counts: one without marks, one with marks and a cue of the lists, one
/// with marks and another cue.
const LEAST: [i32; 3] = [-200, -135, 110];

/// How likely a proposal is right at a sum of 0, 50, 100 … points.
const LIKELY: [f32; 9] = [0.5, 0.62, 0.73, 0.82, 0.88, 0.92, 0.95, 0.97, 0.98];

/// Tells how likely a proposal that names somebody is right, from 0 to 1; `None` where it is too unlikely to count.
/// `margins` are the model's, `reading` is what the grammar reads with the same cue.
pub(super) fn judge(
    evidence: &Evidence<'_>,
    raw: &Raw,
    margins: Margins,
    reading: Option<&Raw>,
) -> Option<f32> {
    let marked = usize::from(raw.kind != QuoteKind::Indirect);
    let known = raw.cue.as_ref().is_some_and(RawCue::is_known);
    let sum: i32 = traits(evidence, raw, margins, reading)
        .iter()
        .zip(&POINTS[marked])
        .map(|(value, points)| i32::from(points[usize::from(*value).min(VALUES - 1)]))
        .sum();
    (sum >= LEAST[if marked == 1 && !known { 2 } else { marked }]).then(|| likely(sum))
}

/// Returns a proposal as training sees it; `None` where it names nobody.
pub(super) fn candidate(
    evidence: &Evidence<'_>,
    raw: &Raw,
    margins: Margins,
    reading: Option<&Raw>,
) -> Option<Candidate> {
    Some(Candidate {
        content: raw.content.to_vec(),
        source: raw.source?,
        marked: raw.kind != QuoteKind::Indirect,
        margins,
        traits: traits(evidence, raw, margins, reading),
    })
}

/// Turns a sum of points into a share of one.
fn likely(sum: i32) -> f32 {
    let points = sum.unsigned_abs() as usize;
    let at = |i: usize| LIKELY[i.min(LIKELY.len() - 1)];
    let share = at(points / 50) + (at(points / 50 + 1) - at(points / 50)) * (points % 50) as f32 / 50.0;
    if sum < 0 { 1.0 - share } else { share }
}

/// Returns the value of each trait.
fn traits(evidence: &Evidence<'_>, raw: &Raw, margins: Margins, reading: Option<&Raw>) -> Traits {
    let cue = raw.cue.as_ref().map(|c| &c.spans[..]).unwrap_or_default();
    let cue = cue.first().copied().unwrap_or_default();
    let words = evidence.words(&raw.content);
    [
        margin(margins.cue),
        margin(margins.start),
        margin(margins.end),
        margin(margins.source),
        class(evidence, raw),
        step(words, &[1, 2, 3, 5, 8, 12, 18, 30]),
        evidence.tokens(raw.content.first().copied().unwrap_or_default()).first().map_or(0, opening),
        place(evidence, raw.source, cue),
        raw.source.and_then(|s| evidence.tokens(s).first()).map_or(0, shape),
        agreement(raw, reading),
        reading.map_or(0, |r| rule(r.rule)),
        step(raw.content.len(), &[1, 2]),
        marks(evidence, raw),
        match raw.polarity {
            Polarity::Asserted => 0,
            Polarity::Negated => 1,
            Polarity::Irrealis => 2,
        },
        step(evidence.words(&[cue]), &[1, 2, 4]),
    ]
}

/// How sure the model is of a part.
fn margin(margin: u32) -> u8 {
    let steps = [40, 100, 180, 280, 400, 550, 720, 900, 1150, 1450, 1800, 2200, 2700];
    step(margin as usize, &steps)
}

/// The number of the first step that is not below `value`.
fn step(value: usize, steps: &[usize]) -> u8 {
    steps.iter().take_while(|s| value > **s).count() as u8
}

/// The family of the cue; then one for a cue of no list, and one for a mere mark: "Feld: the pier is lost".
fn class(evidence: &Evidence<'_>, raw: &Raw) -> u8 {
    let Some(cue) = raw.cue.as_ref().filter(|c| c.is_known()) else {
        let spans = raw.cue.as_ref().map_or(&[][..], |c| &c.spans);
        return 13 + u8::from(evidence.words(spans) == 0);
    };
    match cue.class {
        CueClass::Say => 0,
        CueClass::Tell => 1,
        CueClass::Ask => 2,
        CueClass::Write => 3,
        CueClass::Claim => 4,
        CueClass::Deny => 5,
        CueClass::Promise => 6,
        CueClass::Judge => 7,
        CueClass::Label => 8,
        CueClass::Manner => 9,
        CueClass::Think => 10,
        CueClass::Want => 11,
        CueClass::Evidence => 12,
    }
}

/// How a content opens: "she …", "whether …", "the …", "to …", "Feld …", "boats …", or with a mark.
fn opening(token: &Token) -> u8 {
    if token.is(Class::PRONOUN_SUBJECT) {
        1
    } else if token.is(Class::WH_WORD) {
        2
    } else if token.is(Class::DETERMINER.or(Class::POSSESSIVE)) {
        3
    } else if token.is(Class::PREPOSITION) {
        4
    } else if token.is_capital() {
        5
    } else if token.is_word() {
        6
    } else {
        7
    }
}

/// Where the source stands from its cue: nowhere, in another sentence, or on a side and how far.
fn place(evidence: &Evidence<'_>, source: Option<Span>, cue: Span) -> u8 {
    let Some(source) = source else { return 0 };
    if evidence.sentence_at(source.start()) != evidence.sentence_at(cue.start()) {
        return 1;
    }
    let right = source.start() >= cue.end();
    let between = if right { (cue.end(), source.start()) } else { (source.end(), cue.start()) };
    let gap = evidence.words(&[Span::at(between.0.min(between.1), between.1)]);
    2 + 5 * u8::from(right) + step(gap, &[0, 2, 5, 12])
}

/// What a source opens with: "who", "she", "Feld", "the warden".
fn shape(token: &Token) -> u8 {
    if token.is(Class::WH_WORD) {
        1
    } else if token.is(Class::PRONOUN_SUBJECT) {
        2
    } else if token.is(Class::DETERMINER.or(Class::POSSESSIVE)) {
        3
    } else if token.is_capital() {
        4
    } else {
        5
    }
}

/// Whether the grammar reads the same words and the same source.
fn agreement(raw: &Raw, reading: Option<&Raw>) -> u8 {
    let Some(reading) = reading else { return 0 };
    let source = match (raw.source, reading.source) {
        (Some(a), Some(b)) => a.overlaps(b),
        (None, None) => true,
        _ => false,
    };
    let (shared, all) = shared(raw, reading);
    let words = if shared == 0 {
        0
    } else if 2 * shared < all {
        1
    } else if 10 * shared < 9 * all {
        2
    } else {
        3
    };
    1 + 4 * u8::from(source) + words
}

/// How many bytes two contents share, and how many they hold together.
pub(super) fn shared(a: &Raw, b: &Raw) -> (usize, usize) {
    let len = |r: &Raw| r.content.iter().map(|s| s.len()).sum::<usize>();
    let common = |x: &Span, y: &Span| x.end().min(y.end()).saturating_sub(x.start().max(y.start()));
    let shared: usize = a.content.iter().flat_map(|x| b.content.iter().map(move |y| common(x, y))).sum();
    (shared, len(a) + len(b) - shared)
}

/// The family of a rule.
fn rule(rule: Rule) -> u8 {
    match rule {
        Rule::QuoteVerbSource | Rule::QuoteSourceVerb => 1,
        Rule::SourceVerbQuote | Rule::ParticipleQuote => 2,
        Rule::SourceVerbFragment => 3,
        Rule::Clause => 4,
        Rule::FrontedClause => 5,
        Rule::Object => 6,
        Rule::Phrase => 7,
        Rule::AccordingTo => 8,
        Rule::Relative | Rule::NounClause => 9,
        Rule::Passive => 10,
        _ => 11,
    }
}

/// What the marks in a content hold: words in the form of a title or a term, few words, many.
fn marks(evidence: &Evidence<'_>, raw: &Raw) -> u8 {
    if raw.quotations.is_empty() {
        return 0;
    }
    let quotations = || raw.quotations.iter().filter_map(|&q| evidence.quotations.get(q));
    let named = quotations().all(|q| q.kind.is_name());
    let few = quotations().map(|q| evidence.words(&[q.inner()])).sum::<usize>() <= FEW;
    let bare = raw.kind == QuoteKind::Mixed;
    match (named, few) {
        (true, true) => 1 + u8::from(bare),
        (true, false) => 3,
        (false, true) => 4 + u8::from(bare),
        (false, false) => 6 + u8::from(bare),
    }
}
