//! Double marks paired block by block, so that an odd count never shifts the next paragraph.
//!
//! Double marks are paired first; single marks, most of which are apostrophes, are paired afterwards, each
//! pair within one double quotation or outside all of them. Every mark is looked at a bounded number of times.

use alloc::vec::Vec;

use super::mark::{self, Lean, Mark, wish};
use super::record::{Quotation, Repair};
use super::style::{self, House};
use super::{across, kind, single};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Replacement};
use crate::lex::glyph::{self, Facing, Family, Glyph, Style};
use crate::lex::story::{Region, Story};
use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;

/// How many words more than one the name in a tag has at most.
const LONGEST_NAME: usize = 4;

/// How deep quotations with the same marks may stand inside each other.
const DEEPEST: usize = 2;

/// An open quotation on the stack: the mark, and the place of its `Quotation`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opened {
    mark: Mark,
    quotation: usize,
}

/// The vectors that pairing works with, kept from one article to the next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// The marks of a block.
    marks: Vec<Mark>,
    /// What the double marks of each block leave over.
    leftovers: Vec<across::Doubles>,
    /// The double marks of a block, and for each the least sum of what follows.
    doubles: Vec<Mark>,
    least: Vec<i32>,
    stack: Vec<Opened>,
    /// The single marks that close double ones.
    pub(super) used: Vec<Span>,
    pub(super) singles: single::Scratch,
    ends: Vec<usize>,
}

/// Pairs the marks of the whole story, and tells what each quotation is by its form. Linear in the tokens.
pub(crate) fn pair(text: &str, story: &Story, diagnostics: &mut Vec<Diagnostic>) -> Vec<Quotation> {
    let mut out = Vec::new();
    pair_into(text, story, diagnostics, &mut Scratch::default(), &mut out);
    out
}

/// Does what [`pair`] does, into a vector that is cleared first.
pub(crate) fn pair_into(
    text: &str,
    story: &Story,
    diagnostics: &mut Vec<Diagnostic>,
    scratch: &mut Scratch,
    out: &mut Vec<Quotation>,
) {
    out.clear();
    scratch.leftovers.clear();
    let mut marks = core::mem::take(&mut scratch.marks);
    let house = House::of(story);
    let mut at = 0;
    for (n, region) in story.regions.iter().enumerate() {
        let first = out.len();
        let places = story.tokens.marks[at..].partition_point(|&m| (m as usize) < region.tokens().end);
        mark::marks(text, story, region, &story.tokens.marks[at..at + places], diagnostics, &mut marks);
        at += places;
        if marks.is_empty() {
            scratch.leftovers.push(across::Doubles::default());
            continue;
        }
        let next = mark::next_paragraph_mark(text, story, n);
        let mut pairer = Pairer { text, story, region, next, house, out, diagnostics, first, scratch };
        pairer.doubles(&marks);
        let leftover = across::Doubles::of(region, &pairer.out[first..]);
        pairer.scratch.leftovers.push(leftover);
        pairer.singles(&marks);
        finish(&mut out[first..], &mut scratch.ends);
    }
    scratch.marks = marks;
    across::join(text, story, &scratch.leftovers, out, diagnostics);
    style::report_mixed(text, out, diagnostics);
    style::report_encoded(text, story, diagnostics);
    diagnostics.sort_by_key(|d| (d.span, d.code));
    kind::read(text, story, out);
}

/// Sorts the quotations of a block and counts their depth.
fn finish(quotations: &mut [Quotation], ends: &mut Vec<usize>) {
    quotations.sort_by_key(|q| (q.span.start(), core::cmp::Reverse(q.span.end())));
    ends.clear();
    for q in quotations {
        while ends.last().is_some_and(|&end| end < q.span.end()) {
            ends.pop();
        }
        q.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        ends.push(q.span.end());
    }
}

/// For each mark, the least sum of what follows: +1 for an opening mark, −1 for a closing one.
///
/// It is below zero where more quotations end than start: then one that is open already is closed there.
fn least_sums(marks: &[Mark], least: &mut Vec<i32>) {
    least.clear();
    least.resize(marks.len() + 1, 0);
    for (i, mark) in marks.iter().enumerate().rev() {
        let step = match wish(mark) {
            Lean::Open => 1,
            Lean::Close if !mark.after_digit || mark.after_stop => -1,
            _ => 0,
        };
        least[i] = (least[i + 1] + step).min(step);
    }
}

pub(super) struct Pairer<'a> {
    pub(super) text: &'a str,
    pub(super) story: &'a Story,
    pub(super) region: &'a Region,
    pub(super) next: Option<Family>,
    house: House,
    pub(super) out: &'a mut Vec<Quotation>,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// Where the quotations of this block start in `out`.
    pub(super) first: usize,
    pub(super) scratch: &'a mut Scratch,
}

impl Pairer<'_> {
    fn report(&mut self, code: DiagnosticCode, span: Span, related: Option<Span>, fix: Option<Replacement>) {
        let finding = Diagnostic::new(code, span, related);
        self.diagnostics.push(match fix {
            Some(fix) => finding.with_replacement(fix),
            None => finding,
        });
    }

    pub(super) fn open(&mut self, mark: Mark) -> Opened {
        let mut repair = Repair::None;
        if mark.glyph.facing == Facing::Close && mark.glyph.style == Style::Curly {
            let fix = redrawn(mark, mark.glyph.style, Facing::Open);
            self.report(DiagnosticCode::WrongDirectionMark, mark.span, None, fix);
            repair = Repair::WrongDirection;
        }
        self.out.push(Quotation::new(mark.span, Some(mark.span), None, repair));
        Opened { mark, quotation: self.out.len() - 1 }
    }

    pub(super) fn close(&mut self, opened: Opened, mark: Mark) {
        let (from, to) = (opened.mark.glyph, mark.glyph);
        let mut repair = None;
        if !agree(from, to) {
            let fix = self.house.style.and_then(|style| agreement(opened.mark, mark, style));
            self.report(DiagnosticCode::MismatchedMarks, mark.span, Some(opened.mark.span), fix);
            repair = Some(Repair::Mismatched);
        } else if to.facing == Facing::Open && to.style == Style::Curly && from.style == Style::Curly {
            let fix = redrawn(mark, to.style, Facing::Close);
            self.report(DiagnosticCode::WrongDirectionMark, mark.span, Some(opened.mark.span), fix);
            repair = Some(Repair::WrongDirection);
        }
        let quotation = &mut self.out[opened.quotation];
        quotation.span = quotation.span.cover(mark.span);
        quotation.close = Some(mark.span);
        quotation.repair = repair.unwrap_or(quotation.repair);
    }

    /// Ends a quotation that has no closing mark at `end`.
    pub(super) fn leave(&mut self, opened: Opened, end: usize, continued: bool) {
        let tag = self.tag_inside(opened.mark, end);
        let (end, continued) = (tag.unwrap_or(end), continued && tag.is_none());
        let quotation = &mut self.out[opened.quotation];
        quotation.span = Span::at(quotation.span.start(), end.max(quotation.span.end())).trim(self.text);
        quotation.continued = continued;
        if !continued {
            quotation.repair = Repair::Unclosed;
            self.report(DiagnosticCode::UnclosedQuotation, opened.mark.span, None, None);
        }
    }

    /// “We go, said Roe. and “We go, Roe said.: where a quotation ends that was never closed before its tag. Looks at its
    /// first sentence.
    fn tag_inside(&self, open: Mark, end: usize) -> Option<usize> {
        let tokens = self.story.tokens.tokens.get(open.token + 1..self.region.tokens().end)?;
        let stop = |t: &Token| t.kind == TokenKind::Stop || t.is_mark() || t.span.end() > end;
        let sentence = &tokens[..tokens.iter().position(stop).unwrap_or(tokens.len())];
        let says = |t: &Token| t.is(Class::CUE_SAY) && t.case == Case::Lower;
        let someone = |t: &Token| {
            let small = Class::DETERMINER.or(Class::POSSESSIVE).or(Class::PRONOUN_SUBJECT);
            (t.is_capital() || t.is(small)) && !t.is(Class::PRONOUN_FIRST)
        };
        let commas = sentence.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Comma);
        let tagged = commas.map(|(i, _)| i).find(|&i| match &sentence[i + 1..] {
            [verb, who, ..] if says(verb) => someone(who),
            [who, rest @ ..] if someone(who) => {
                let verb = rest.iter().take(LONGEST_NAME).position(|t| !t.is_capital());
                let closes = |n: usize| rest.get(n + 1).is_none_or(|t| t.kind == TokenKind::Comma);
                verb.is_some_and(|n| says(&rest[n]) && closes(n))
            }
            _ => false,
        });
        tagged.map(|i| sentence[i].span.end())
    }

    /// Pairs the double marks, and notes the single marks that had to close double ones, at most one for each
    /// double mark that nothing else closes.
    fn doubles(&mut self, marks: &[Mark]) {
        let mut doubles = core::mem::take(&mut self.scratch.doubles);
        doubles.clear();
        doubles.extend(marks.iter().copied().filter(|m| m.glyph.family == Family::Double));
        let mut least = core::mem::take(&mut self.scratch.least);
        least_sums(&doubles, &mut least);
        let mut stack = core::mem::take(&mut self.scratch.stack);
        self.scratch.used.clear();
        for (i, &mark) in doubles.iter().enumerate() {
            let ahead = |n: usize| doubles.get(i + n).map(wish);
            match (stack.last().copied(), wish(&mark)) {
                (None, Lean::Open) => stack.push(self.open(mark)),
                (None, wished) => {
                    if opens_nevertheless(mark, wished, ahead(1)) {
                        stack.push(self.open(mark));
                    } else if wished == Lean::Close
                        && mark.lean == Lean::Close
                        && !mark.after_digit
                        && (mark.after_stop || mark.glyph.facing == Facing::Close)
                    {
                        self.unopened(mark);
                    }
                }
                (Some(opened), Lean::Open) => {
                    if !self.nests(opened.mark, mark, &stack, least[i] < 0, ahead(1)) {
                        stack.pop();
                        self.leave(opened, mark.span.start(), false);
                    }
                    stack.push(self.open(mark));
                }
                (Some(opened), _) => {
                    // "The 6'2" guard," he said: inches when a better closing mark follows.
                    let inches = mark.after_digit
                        && !mark.after_stop
                        && ahead(1) == Some(Lean::Close)
                        && stack.len() == 1;
                    if !inches {
                        stack.pop();
                        self.close(opened, mark);
                    }
                }
            }
        }
        while let Some(opened) = stack.pop() {
            match self.single_that_closes(opened, marks) {
                Some(mark) => {
                    self.scratch.used.push(mark.span);
                    self.close(opened, mark);
                }
                None => {
                    let continued = stack.is_empty() && self.next == Some(Family::Double);
                    self.leave(opened, self.region.span.end(), continued);
                }
            }
        }
        (self.scratch.doubles, self.scratch.least, self.scratch.stack) = (doubles, least, stack);
    }

    /// Whether an opening mark inside an open quotation starts one inside it, rather than after it.
    ///
    /// `closed`: enough closing marks follow for both.
    fn nests(&self, outer: Mark, mark: Mark, stack: &[Opened], closed: bool, next: Option<Lean>) -> bool {
        if stack.len() >= DEEPEST || next != Some(Lean::Close) {
            return false;
        }
        // "He told us "sit down" again": nested when two closing marks are left.
        if closed {
            return true;
        }
        // A paragraph of a long quotation, which the next one goes on with: “He was “tired” of it all.
        let other_style = outer.glyph.style != mark.glyph.style;
        outer.first && (other_style || (mark.after_word && self.next == Some(Family::Double)))
    }

    /// “I kept the ticket,’ said Roe: finds the single mark that closes a double one.
    fn single_that_closes(&self, opened: Opened, marks: &[Mark]) -> Option<Mark> {
        let from = marks.partition_point(|m| m.token <= opened.mark.token);
        let mut inside = self.out[opened.quotation + 1..].iter().map(|q| q.span).peekable();
        for mark in marks[from..].iter().filter(|m| m.glyph.family == Family::Single) {
            while inside.peek().is_some_and(|q| q.end() <= mark.span.start()) {
                inside.next();
            }
            if inside.peek().is_some_and(|q| q.contains(mark.span)) {
                continue;
            }
            match mark.lean {
                // It has a quotation of its own to close.
                Lean::Open => return None,
                Lean::Close if mark.after_stop => return Some(*mark),
                _ => {}
            }
        }
        None
    }

    /// A closing mark with nothing open: the quotation starts where the block does, or after the one before.
    fn unopened(&mut self, mark: Mark) {
        let start = self.out[self.first..].last().map_or(self.region.span.start(), |q| q.span.end());
        let span = Span::at(start, mark.span.end()).trim(self.text);
        self.report(DiagnosticCode::UnopenedQuotation, mark.span, None, None);
        self.out.push(Quotation::new(span, None, Some(mark.span), Repair::Unopened));
    }
}

/// Whether a mark that does not look like one opens a quotation, when nothing is open.
fn opens_nevertheless(mark: Mark, wished: Lean, next: Option<Lean>) -> bool {
    let facing = mark.glyph.facing;
    if wished == Lean::Neither || mark.lean == Lean::Neither {
        // “ We turned left ”: a lone mark between spaces opens only if another one follows.
        return facing == Facing::Open
            || (facing == Facing::Either && !mark.after_digit && next.is_some())
            // ” … they were late,” said Roe
            || (mark.first && next == Some(Lean::Close));
    }
    // Roe said:"We are late." and Roe said“ we are late” and Roe said,” we are late.”
    let misplaced = facing != Facing::Close && (mark.tight || facing == Facing::Open);
    !mark.after_digit && next == Some(Lean::Close) && (misplaced || mark.after_cue)
}

/// The replacement of a mark by one of another style or direction.
fn redrawn(mark: Mark, style: Style, facing: Facing) -> Option<Replacement> {
    let facing = if style == Style::Straight { Facing::Either } else { facing };
    let text = glyph::drawn(style, mark.glyph.family, facing)?;
    Some(Replacement { span: mark.span, text })
}

/// The replacement that makes two marks agree in the style of the house: of the one that is not in it.
///
/// Certain only between straight and curly marks of one family: ‘…” may be a quotation within another.
fn agreement(open: Mark, close: Mark, house: Style) -> Option<Replacement> {
    let plain = |m: Mark| matches!(m.glyph.style, Style::Straight | Style::Curly);
    if !plain(open) || !plain(close) || open.glyph.family != close.glyph.family {
        return None;
    }
    if open.glyph.style == house {
        redrawn(close, house, Facing::Close)
    } else {
        redrawn(open, house, Facing::Open)
    }
}

/// Whether two glyphs belong together.
fn agree(open: Glyph, close: Glyph) -> bool {
    open.family == close.family
        && (open.style == close.style
            || matches!(
                (open.style, close.style),
                // „…“ and ,,…'' and `…' are whole styles of their own.
                (Style::Low, Style::Curly)
                    | (Style::Backtick, Style::Straight | Style::Curly)
                    | (Style::Doubled, Style::Straight)
            ))
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::{block, lex::story};

    /// The quotations and findings of a text, each on a line: `words repair depth`, `slug at mark`.
    fn told(text: &str) -> (Vec<String>, Vec<String>) {
        let story = story::read(text, &block::split(text));
        let mut findings = Vec::new();
        let quotations = pair(text, &story, &mut findings);
        let quotation = |q: &Quotation| {
            let more = if q.continued { " …" } else { "" };
            alloc::format!("{} {} {}{more}", q.span.of(text), q.repair.as_str(), q.depth)
        };
        let finding = |d: &Diagnostic| {
            let fix = d.replacement.map_or("", |r| r.text);
            alloc::format!("{} {}>{fix}", d.code, d.span.of(text))
        };
        (quotations.iter().map(quotation).collect(), findings.iter().map(finding).collect())
    }

    #[test]
    fn pairs_and_repairs() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("“Go,” said Roe.", &["“Go,” none 0"], &[]),
            (
                "\"He told us \"sit down\" again,\" said Roe.",
                &["\"He told us \"sit down\" again,\" none 0", "\"sit down\" none 1"],
                &[],
            ),
            (
                "“She said ‘keep out’ and ran,” said Roe.",
                &["“She said ‘keep out’ and ran,” none 0", "‘keep out’ none 1"],
                &[],
            ),
            ("The ”pier” shut.", &["”pier” wrong-direction 0"], &["wrong-direction-mark ”>“"]),
            ("The “pier“ shut.", &["“pier“ wrong-direction 0"], &["wrong-direction-mark “>”"]),
            ("The \"pier” shut. “No.”", &["\"pier” mismatched 0", "“No.” none 0"], &["mismatched-marks ”>“"]),
            (
                "“We have the receipt,’ said Roe.",
                &["“We have the receipt,’ mismatched 0"],
                &["mismatched-marks ’>"],
            ),
            (
                "“We go, said Roe. “We stay.”",
                &["“We go, unclosed 0", "“We stay.” none 0"],
                &["unclosed-quotation “>"],
            ),
            ("We go,” said Roe.", &["We go,” unopened 0"], &["unopened-quotation ”>"]),
            // An odd count never shifts the next paragraph.
            (
                "“We go, said Roe.\n\nHe left. “We stay,” she said.",
                &["“We go, unclosed 0", "“We stay,” none 0"],
                &["unclosed-quotation “>"],
            ),
            ("“We go.\n\n“We stay,” she said.", &["“We go. none 0 …", "“We stay,” none 0"], &[]),
            // One quotation over paragraphs, without a mark at each.
            (
                "“We go.\n\nWe stay.\n\nWe wait,” she said.",
                &["“We go. none 0 …", "We stay. unmarked 0 …", "We wait,” unmarked 0"],
                &["unmarked-continuation ”>"],
            ),
            (
                "“We go and we never come back here.\nAda Roe.”",
                &["“We go and we never come back here. none 0 …", "Ada Roe.” unmarked 0"],
                &[],
            ),
            // The lines of a stanza, and the mark of the next one.
            (
                "They sang: “Roll on with the rising tide,\nRoll home.\n\n“Roll,” they sang.",
                &["“Roll on with the rising tide, none 0 …", "Roll home. unmarked 0 …", "“Roll,” none 0"],
                &[],
            ),
            // A paragraph of a long quotation that quotes in its turn.
            (
                "\"The pier was “old” and so was “he” by then.\n\n\"It is gone.\"",
                &[
                    "\"The pier was “old” and so was “he” by then. none 0 …",
                    "“old” none 1",
                    "“he” none 1",
                    "\"It is gone.\" none 0",
                ],
                &[],
            ),
            // No quotation marks: feet and inches, attributes, apostrophes.
            ("The 6'2\" guard of 54°12'36\"N sat.", &[], &[]),
            ("<a href=\"x\" target=\"y\">“Go,” he said</a>", &["“Go,” none 0"], &[]),
            ("In the ’90s they’d take ’em, rock ’n’ roll, the drivers’ vote.", &[], &[]),
            (
                "In the ‘90s Roe‘s boat was on CBS‘ news, how ‘bout it.",
                &[],
                &[
                    "wrong-direction-mark ‘>’",
                    "wrong-direction-mark ‘>’",
                    "wrong-direction-mark ‘>’",
                    "wrong-direction-mark ‘>’",
                ],
            ),
            // A space lost or put in the wrong place.
            ("Roe said:\"We go.\"", &["\"We go.\" none 0"], &[]),
            ("Roe said,” we go now.”", &["” we go now.” wrong-direction 0"], &["wrong-direction-mark ”>“"]),
            ("“ We go ” said Roe.", &["“ We go ” none 0"], &[]),
            (
                "She said, “They see that. “",
                &["“They see that. “ wrong-direction 0"],
                &["wrong-direction-mark “>”"],
            ),
            ("\u{202a}”Never,” said Roe.", &["”Never,” wrong-direction 0"], &["wrong-direction-mark ”>“"]),
            (
                "&ldquo;Go,&rdquo; said Roe.",
                &["&ldquo;Go,&rdquo; none 0"],
                &["entity-mark &ldquo;>“", "entity-mark &rdquo;>”"],
            ),
            (
                "â€œGo,â€\u{9d} he didnâ€™t say.",
                &["â€œGo,â€\u{9d} none 0"],
                &["mojibake-mark â€œ>“", "mojibake-mark â€\u{9d}>”", "mojibake-mark â€™>’"],
            ),
        ];
        for (text, quotations, findings) in cases {
            let (got, found) = told(text);
            assert_eq!(
                (&got[..], &found[..]),
                (
                    &quotations.iter().map(|s| String::from(*s)).collect::<Vec<_>>()[..],
                    &findings.iter().map(|s| String::from(*s)).collect::<Vec<_>>()[..]
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn mixed_styles_are_told_once() {
        let text = "“One,” he said. “Two,” he said. “Three,” he said. “Four.”\n\n\"One,\" she said. \"Two,\" she said. \"Three.\"";
        assert_eq!(told(text).1, ["mixed-mark-styles \">"]);
        let one = "“One,” he said. “Two,” he said. “Three,” he said. \"Four,\" he said.";
        assert!(told(one).1.is_empty());
    }
}
