//! Grammar and model together: which decides when.
//!
//! Both read the whole story. Where only one of them finds an attribution, it counts. Where both find one in
//! the same words, [`Rule::is_certain`] decides: layouts and tags that leave no doubt stay as the grammar reads
//! them (the model has seen only US politics), and all else is the model's, which then takes the addressee
//! from the grammar.

use alloc::vec;
use alloc::vec::Vec;

use crate::attribution::cue;
use crate::attribution::grammar::{Raw, RawCue, Rule, Who};
use crate::attribution::linker::Proposal;
use crate::attribution::quote::{CueClass, Polarity, QuoteKind};
use crate::lex::story::Story;
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{self, Class};
use crate::quotation::Quotation;
use crate::span::Span;

/// Merges the grammar's attributions with the model's proposals. Linear in both, times a logarithm.
pub(crate) fn merge(
    text: &str,
    story: &Story,
    quotations: &[Quotation],
    grammar: Vec<Raw>,
    proposals: Vec<Proposal>,
) -> Vec<Raw> {
    let reader = Reader { text, story, quotations };
    let mut model: Vec<Option<Raw>> = proposals.into_iter().map(|p| Some(reader.raw(p))).collect();
    let covers = |raws: &[Option<Raw>]| {
        let mut all: Vec<(Span, usize)> = Vec::new();
        for (i, raw) in raws.iter().enumerate() {
            if let Some(raw) = raw {
                all.extend(raw.content.iter().chain(raw.cue.iter().flat_map(|c| c.spans.iter())).map(|s| (*s, i)));
            }
        }
        all.sort_unstable();
        all
    };
    let covered = covers(&model);
    let longest = covered.iter().map(|(s, _)| s.len()).max().unwrap_or(0);
    let mut out: Vec<Raw> = Vec::new();
    for mut raw in grammar {
        let mut rivals: Vec<usize> = Vec::new();
        for span in raw.content.iter().chain(raw.cue.iter().flat_map(|c| c.spans.iter())) {
            let from = covered.partition_point(|(s, _)| s.start() + longest < span.start());
            let near = covered[from..].iter().take_while(|(s, _)| s.start() < span.end());
            rivals.extend(near.filter(|(s, i)| s.overlaps(*span) && model[*i].is_some()).map(|(_, i)| *i));
        }
        rivals.sort_unstable();
        rivals.dedup();
        let _ = &mut raw;
        if rivals.is_empty() {
            if !raw.rule.needs_model() {
                out.push(raw);
            }
        } else if raw.rule.is_certain() {
            for i in rivals {
                model[i] = None;
            }
            out.push(raw);
        } else if let Some(m) = model[rivals[0]].as_mut() {
            if m.addressee.is_none() {
                m.addressee = raw.addressee;
            }
        }
    }
    out.extend(model.into_iter().flatten());
    out.sort_by_key(|raw| raw.content.first().copied().or_else(|| raw.cue.as_ref().map(|c| c.spans[0])));
    out
}

struct Reader<'a> {
    text: &'a str,
    story: &'a Story,
    quotations: &'a [Quotation],
}

impl Reader<'_> {
    fn tokens(&self, span: Span) -> &[Token] {
        let all = &self.story.tokens.tokens;
        let from = all.partition_point(|t| t.span.start() < span.start());
        let to = all.partition_point(|t| t.span.start() < span.end());
        &all[from..to.max(from)]
    }

    /// Reads what a proposal leaves open: kind, lemma, polarity, the head of the source.
    fn raw(&self, proposal: Proposal) -> Raw {
        let cue = proposal.cue.first().map(|_| self.cue(&proposal.cue));
        let polarity = proposal.cue.first().map_or(Polarity::Asserted, |&span| self.polarity(span));
        let source = proposal.source.first().copied();
        let mut quotations: Vec<usize> = Vec::new();
        let mut bare = false;
        for &span in &proposal.content {
            let from = self.quotations.partition_point(|q| q.span.end() <= span.start());
            let mut at = span.start();
            for (q, quotation) in self.quotations.iter().enumerate().skip(from) {
                if quotation.span.start() >= span.end() {
                    break;
                }
                if quotation.depth > 0 {
                    continue;
                }
                let inside = quotation.span.end().min(span.end()).saturating_sub(quotation.span.start().max(span.start()));
                if 2 * inside >= quotation.span.len() {
                    quotations.push(q);
                }
                let gap = Span::at(at.min(quotation.span.start()), quotation.span.start());
                bare |= gap.of(self.text).contains(char::is_alphanumeric);
                at = quotation.span.end();
            }
            bare |= at < span.end() && Span::at(at, span.end()).of(self.text).contains(char::is_alphanumeric);
        }
        let kind = match (quotations.is_empty(), bare) {
            (true, _) => QuoteKind::Indirect,
            (false, true) => QuoteKind::Mixed,
            (false, false) => QuoteKind::Direct,
        };
        Raw {
            kind,
            content: proposal.content,
            cue,
            source,
            head: source.map(|s| self.head(s)),
            addressee: None,
            polarity,
            rule: Rule::Model,
            quotations,
            who: Who::Source,
        }
    }

    /// The source up to its first apposition.
    fn head(&self, source: Span) -> Span {
        let tokens = self.tokens(source);
        let end = tokens.iter().position(|t| t.kind == TokenKind::Comma || t.kind == TokenKind::Open).filter(|&i| i > 0);
        match end {
            Some(i) => tokens[0].span.cover(tokens[i - 1].span),
            None => source,
        }
    }

    fn cue(&self, spans: &[Span]) -> RawCue {
        let tokens = || spans.iter().flat_map(|s| self.tokens(*s));
        let verb = tokens().rev_find(|t| t.is(cue::ANY)).or_else(|| tokens().rev_find(|t| t.is(Class::NOUN_CUE)));
        RawCue {
            spans: spans.to_vec(),
            lemma: verb.map_or("", |t| lexicon::lemma(t.lemma)),
            class: verb.map_or(CueClass::Say, |t| cue::class_of(t.class)),
        }
    }

    fn polarity(&self, cue: Span) -> Polarity {
        let tokens = self.tokens(cue);
        if tokens.iter().any(|t| t.is(Class::NEGATION) || t.is(Class::DECLINE)) {
            Polarity::Negated
        } else if tokens.iter().any(|t| cue::is_irrealis(t.span.of(self.text))) {
            Polarity::Irrealis
        } else {
            Polarity::Asserted
        }
    }
}

/// `rfind` for iterators that only go forward.
trait RevFind: Iterator + Sized {
    fn rev_find(self, test: impl Fn(&Self::Item) -> bool) -> Option<Self::Item> {
        let mut found = None;
        for item in self {
            if test(&item) {
                found = Some(item);
            }
        }
        found
    }
}

impl<I: Iterator> RevFind for I {}
