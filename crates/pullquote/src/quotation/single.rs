//! Single marks: most are apostrophes, so a pair needs more evidence than two marks.

use alloc::vec::Vec;

use super::mark::{Lean, Mark, turned_apostrophe, wish};
use super::pair::Pairer;
use crate::lex::glyph::{Facing, Family, Style};
use crate::span::Span;

/// The vectors that pairing single marks works with.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The double quotations of the block.
    doubles: Vec<Span>,
    /// The stack of double quotations around a mark: their ends, and beside each the single quotation open in it.
    around: Vec<(usize, Single)>,
}

impl Pairer<'_> {
    /// Pairs the single marks, each pair within one double quotation or outside all.
    pub(super) fn singles(&mut self, marks: &[Mark]) {
        if marks.iter().all(|m| m.glyph.family != Family::Single) {
            return;
        }
        let Scratch { mut doubles, mut around } = core::mem::take(&mut self.scratch.singles);
        doubles.clear();
        doubles.extend(self.out[self.first..].iter().map(|q| q.span));
        doubles.sort_by_key(|s| (s.start(), core::cmp::Reverse(s.end())));
        around.clear();
        around.push((usize::MAX, Single::default()));
        let mut next_double = 0;
        for &mark in marks.iter().filter(|m| m.glyph.family == Family::Single) {
            if self.scratch.used.contains(&mark.span) {
                continue;
            }
            while next_double < doubles.len() && doubles[next_double].start() <= mark.span.start() {
                self.leave_doubles(&mut around, doubles[next_double].start());
                around.push((doubles[next_double].end(), Single::default()));
                next_double += 1;
            }
            self.leave_doubles(&mut around, mark.span.start());
            let Some((_, single)) = around.last_mut() else { continue };
            let mut state = core::mem::take(single);
            self.single(&mut state, mark);
            if let Some((_, single)) = around.last_mut() {
                *single = state;
            }
        }
        self.leave_doubles(&mut around, usize::MAX - 1);
        if let Some((_, single)) = around.pop() {
            self.end_single(single, true);
        }
        self.scratch.singles = Scratch { doubles, around };
    }

    /// Ends the single quotations of the double ones that end before `at`.
    fn leave_doubles(&mut self, around: &mut Vec<(usize, Single)>, at: usize) {
        while around.len() > 1 && around.last().is_some_and(|(end, _)| *end <= at) {
            if let Some((_, single)) = around.pop() {
                self.end_single(single, false);
            }
        }
    }

    fn single(&mut self, state: &mut Single, mark: Mark) {
        let wish = wish(&mark);
        match (state.open, wish) {
            (None, Lean::Open) => state.open = Some(mark),
            (None, _) => {
                // On CBS‘ morning show: an apostrophe behind a word.
                let turned = mark.glyph.facing == Facing::Open
                    && mark.glyph.style == Style::Curly
                    && mark.lean == Lean::Close
                    && !mark.after_stop;
                if turned {
                    self.diagnostics.push(turned_apostrophe(mark.span));
                } else if mark.glyph.facing == Facing::Open && mark.glyph.style != Style::Backtick {
                    state.open = Some(mark);
                }
            }
            // A second opening mark: the first was an apostrophe unless something could close it.
            (Some(_), Lean::Open) => {
                let before = core::mem::take(state);
                self.end_single(before, false);
                state.open = Some(mark);
            }
            (Some(open), _) => {
                // The drivers’ vote: after a letter it may be a possessive; a closing mark after a stop is better.
                if mark.after_stop || mark.glyph.style == Style::Prime {
                    self.pair_single(open, mark);
                    *state = Single::default();
                } else if mark.lean == Lean::Close || mark.lean == Lean::Neither {
                    let possessive = self.is_after_s(mark) && mark.glyph.facing != Facing::Open;
                    if possessive || state.maybe.is_none() {
                        state.maybe = state.maybe.or(Some(mark));
                        if !possessive {
                            self.pair_single(open, mark);
                            *state = Single::default();
                        }
                    } else {
                        self.pair_single(open, mark);
                        *state = Single::default();
                    }
                }
            }
        }
    }

    fn is_after_s(&self, mark: Mark) -> bool {
        self.text[..mark.span.start()].ends_with(['s', 'S', 'z', 'x'])
    }

    fn pair_single(&mut self, open: Mark, close: Mark) {
        let opened = self.open(open);
        self.close(opened, close);
    }

    /// Ends an open single quotation: at its best candidate, or as an apostrophe.
    fn end_single(&mut self, single: Single, outermost: bool) {
        let Some(open) = single.open else { return };
        if let Some(close) = single.maybe {
            self.pair_single(open, close);
            return;
        }
        let continued = outermost && self.next == Some(Family::Single);
        if open.elided && !continued {
            // How ‘bout it: an apostrophe that a word processor took for an opening mark.
            if open.glyph.style == Style::Curly {
                self.diagnostics.push(turned_apostrophe(open.span));
            }
            return;
        }
        // Straight and right-hand marks are apostrophes far more often; a left-hand one meant to open.
        if continued || (outermost && open.glyph.facing == Facing::Open && open.glyph.style == Style::Curly) {
            let opened = self.open(open);
            self.leave(opened, self.region.span.end(), continued);
        }
    }
}
/// The state of the single marks at one level: what is open, and the first mark that might close it.
#[derive(Debug, Clone, Copy, Default)]
struct Single {
    open: Option<Mark>,
    maybe: Option<Mark>,
}
