//! `Raw`: an attribution before its speaker is known.

use super::Rule;
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::few::Few;
use crate::span::Span;

/// Holds an attribution as the grammar finds it, before its speaker is known.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) kind: QuoteKind,
    pub(crate) content: Few<Span>,
    pub(crate) cue: Option<RawCue>,
    pub(crate) source: Option<Span>,
    /// The part of the source without appositions.
    pub(crate) head: Option<Span>,
    pub(crate) addressee: Option<Span>,
    pub(crate) polarity: Polarity,
    pub(crate) rule: Rule,
    /// The quotations whose words the content holds.
    pub(crate) quotations: Few<usize>,
    /// Where its speaker comes from.
    pub(crate) who: Who,
    /// Stands inside another quotation.
    pub(crate) nested: bool,
    /// The grammar saw where the reporter's own words start again, on both sides: no more belongs to it.
    pub(crate) bounded: bool,
    /// How sure it is; the rule's figure where the model does not say.
    pub(crate) confidence: Option<f32>,
    /// Its place before the last sort.
    pub(crate) order: usize,
}

/// Tells where the speaker of a raw attribution comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// From its source phrase, if it has one.
    Source,
    /// From the quote whose content starts here.
    Follows(Span),
    /// From the name under it, which no paragraph holds.
    Signed,
    /// The writer of the article.
    Author,
    /// The person the article is about.
    Subject,
}

/// The cue of a raw attribution.
#[derive(Debug, Clone)]
pub(crate) struct RawCue {
    pub(crate) spans: Few<Span>,
    pub(crate) lemma: &'static str,
    pub(crate) class: CueClass,
}

impl RawCue {
    /// Whether the lists know its verb.
    pub(crate) fn is_known(&self) -> bool {
        !self.lemma.is_empty()
    }
}
