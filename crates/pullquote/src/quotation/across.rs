//! Quotations that go on over paragraphs without a new mark: opened in one, closed in a later one.

use alloc::vec::Vec;

use super::record::{Quotation, Repair};
use crate::block::BlockKind;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::lex::story::{Region, Story};
use crate::span::Span;

/// Over so many blocks a quotation without marks is believed; past that, two marks were forgotten.
const FARTHEST: usize = 8;

/// What the double marks of a block leave over.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Doubles {
    any: bool,
    /// The mark that the block starts with.
    opens: Option<Span>,
    /// The mark that is never closed, where all that follows it in the block is in its quotation.
    unclosed: Option<Span>,
    /// The mark that is never opened, where all that stands before it in the block is in its quotation.
    unopened: Option<Span>,
}

impl Doubles {
    /// Looks through the quotations of a block that double marks make.
    pub(super) fn of(region: &Region, quotations: &[Quotation]) -> Doubles {
        let ends = |q: &&Quotation| q.repair == Repair::Unclosed && q.span.end() == region.span.end();
        let starts = |q: &&Quotation| q.repair == Repair::Unopened && q.span.start() == region.span.start();
        Doubles {
            any: !quotations.is_empty(),
            opens: quotations.first().filter(|q| q.span.start() == region.span.start()).and_then(|q| q.open),
            unclosed: quotations.iter().find(ends).and_then(|q| q.open),
            unopened: quotations.first().filter(starts).and_then(|q| q.close),
        }
    }
}

/// Joins each quotation that is never closed with the next one that is never opened, when no other mark
/// stands between the two. Linear in the blocks and the quotations.
pub(super) fn join(
    text: &str,
    story: &Story,
    doubles: &[Doubles],
    quotations: &mut Vec<Quotation>,
    findings: &mut Vec<Diagnostic>,
) {
    let mut open: Option<(usize, Span)> = None;
    let mut joined: Vec<Join> = Vec::new();
    for (n, marks) in doubles.iter().enumerate() {
        if story.regions[n].kind != BlockKind::Paragraph {
            open = None;
            continue;
        }
        if let (Some((from, opening)), Some(closing)) = (open, marks.unopened) {
            joined.push(Join { from, to: n, opening, closing });
        }
        // “Roll, roll, ⏎ roll the pier away, ¶ “Roll on: the lines of a stanza, and the mark of the next one.
        if let (Some((from, opening)), Some(closing)) = (open, marks.opens) {
            let stanza = Join { from, to: n - 1, opening, closing };
            if from + 1 < n && stanza.is_within_lines(text, story) {
                joined.push(Join { to: n, ..stanza });
            }
        }
        if marks.any {
            open = marks.unclosed.map(|mark| (n, mark));
        } else if open.is_some_and(|(from, _)| n - from >= FARTHEST) {
            open = None;
        }
    }
    if joined.is_empty() {
        return;
    }
    let mut middle = Vec::new();
    for join in &joined {
        let regions = &story.regions[join.from + 1..join.to];
        middle.extend(regions.iter().map(|region| Quotation {
            continued: true,
            ..Quotation::new(region.span, None, None, Repair::Unmarked)
        }));
    }
    quotations.extend(middle);
    quotations.sort_by_key(|q| (q.span.start(), core::cmp::Reverse(q.span.end())));
    for q in quotations.iter_mut() {
        if let Some(open) = q.open
            && q.repair == Repair::Unclosed
            && joined.binary_search_by_key(&open, |j| j.opening).is_ok()
        {
            (q.continued, q.repair) = (true, Repair::None);
        }
        if let Some(close) = q.close
            && q.repair == Repair::Unopened
            && joined.binary_search_by_key(&close, |j| j.closing).is_ok()
        {
            q.repair = Repair::Unmarked;
        }
    }
    findings.retain(|finding| match finding.code {
        DiagnosticCode::UnclosedQuotation => {
            joined.binary_search_by_key(&finding.span, |j| j.opening).is_err()
        }
        DiagnosticCode::UnopenedQuotation => {
            joined.binary_search_by_key(&finding.span, |j| j.closing).is_err()
        }
        _ => true,
    });
    // Two lines that no blank line parts are one paragraph to the eye: nothing is wrong with them.
    findings.extend(
        joined
            .iter()
            .filter(|join| doubles[join.to].unopened == Some(join.closing))
            .filter(|join| !join.is_within_lines(text, story))
            .map(|join| {
                Diagnostic::new(DiagnosticCode::UnmarkedContinuation, join.closing, Some(join.opening))
            }),
    );
}

/// A quotation opened in one block and closed in another.
struct Join {
    from: usize,
    to: usize,
    opening: Span,
    closing: Span,
}

impl Join {
    /// Whether no blank line stands between the blocks.
    fn is_within_lines(&self, text: &str, story: &Story) -> bool {
        story.regions[self.from..=self.to].windows(2).all(|pair| {
            let gap = Span::at(pair[0].span.end(), pair[1].span.start()).of(text);
            gap.matches('\n').count() <= 1 && !gap.contains("\r\r")
        })
    }
}
