//! Quotations: marks paired into stretches, with repairs where the text is damaged.
//!
//! Marks are paired block by block, so that an odd count never shifts the next paragraph. Double marks are
//! paired first; single marks, most of which are apostrophes, are paired afterwards, each pair within one
//! double quotation or outside all of them. Every mark is looked at a bounded number of times.

use alloc::vec;
use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::lex::glyph::{Facing, Family, Glyph, Style};
use crate::lex::story::{Region, Story};
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{self, Class};
use crate::span::Span;

/// Holds one quotation: a stretch of text between quotation marks within one paragraph.
///
/// A quotation that runs over several paragraphs has one part in each; all but the last are
/// [`continued`](Quotation::is_continued).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quotation {
    pub(crate) span: Span,
    pub(crate) open: Option<Span>,
    pub(crate) close: Option<Span>,
    pub(crate) depth: u8,
    pub(crate) continued: bool,
    pub(crate) quote: Option<u32>,
}

impl Quotation {
    /// Returns the whole stretch, marks included.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the stretch between the marks.
    #[must_use]
    pub fn inner(&self) -> Span {
        let start = self.open.map_or(self.span.start(), Span::end);
        let end = self.close.map_or(self.span.end(), Span::start);
        Span::at(start, end)
    }

    /// Returns the opening mark; `None` where the text has none.
    #[must_use]
    pub fn open(&self) -> Option<Span> {
        self.open
    }

    /// Returns the closing mark; `None` where the quotation is never closed or goes on in the next paragraph.
    #[must_use]
    pub fn close(&self) -> Option<Span> {
        self.close
    }

    /// Returns how many quotations this one stands inside: 0 for the outermost.
    #[must_use]
    pub fn depth(&self) -> u8 {
        self.depth
    }

    /// Tells whether the quotation goes on with a new opening mark in the next paragraph.
    #[must_use]
    pub fn is_continued(&self) -> bool {
        self.continued
    }

    /// Returns the place in [`Article::quotes`](crate::Article::quotes) of the quote whose content covers it.
    #[must_use]
    pub fn quote(&self) -> Option<usize> {
        self.quote.map(|q| q as usize)
    }
}

/// Which way a mark leans by what stands on its two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lean {
    Open,
    Close,
    Neither,
}

/// One side of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// White space, or the edge of the block.
    Space,
    /// Letters, digits, symbols.
    Text,
    /// Punctuation that ends something, or a closing bracket.
    Closing,
    /// A dash, a slash, or an opening bracket.
    Opening,
    Mark,
}

/// A mark that is no apostrophe for certain, with what its neighbourhood says.
#[derive(Debug, Clone, Copy)]
struct Mark {
    token: usize,
    span: Span,
    glyph: Glyph,
    lean: Lean,
    /// Punctuation (or another mark) stands right before it, as before most closing marks.
    after_stop: bool,
    /// A digit stands right before it: perhaps inches, seconds or minutes.
    after_digit: bool,
}

/// An open quotation on the stack: the mark, and the place of its `Quotation`.
#[derive(Debug, Clone, Copy)]
struct Opened {
    mark: Mark,
    quotation: usize,
}

/// Pairs the marks of the whole story. Linear in its tokens.
pub(crate) fn pair(text: &str, story: &Story, diagnostics: &mut Vec<Diagnostic>) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    for (n, region) in story.regions.iter().enumerate() {
        let first = out.len();
        let marks = marks(text, story, region);
        if marks.is_empty() {
            continue;
        }
        let mut pairer = Pairer {
            text,
            region,
            next: next_paragraph_mark(text, story, n),
            out: &mut out,
            diagnostics,
            first,
        };
        let used = pairer.doubles(&marks);
        pairer.singles(&marks, &used);
        finish(&mut out[first..]);
    }
    diagnostics.sort_by_key(|d| (d.span, d.code));
    out
}

/// Sorts the quotations of a block and counts their depth.
fn finish(quotations: &mut [Quotation]) {
    quotations.sort_by_key(|q| (q.span.start(), core::cmp::Reverse(q.span.end())));
    let mut ends: Vec<usize> = Vec::new();
    for q in quotations {
        while ends.last().is_some_and(|&end| end < q.span.end()) {
            ends.pop();
        }
        q.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        ends.push(q.span.end());
    }
}

/// The family of the mark that the next block of the story starts with, if it does.
fn next_paragraph_mark(text: &str, story: &Story, region: usize) -> Option<Family> {
    let next = story.regions.get(region + 1)?;
    let tokens = &story.tokens.tokens[next.tokens()];
    let first = tokens.first()?;
    let glyph = story.tokens.glyph(first)?;
    let opens = glyph.facing != Facing::Close && lean(text, tokens, 0) == Lean::Open;
    opens.then_some(glyph.family)
}

/// The marks of a block; apostrophes that can be nothing else are left out.
fn marks(text: &str, story: &Story, region: &Region) -> Vec<Mark> {
    let range = region.tokens();
    let tokens = &story.tokens.tokens[range.clone()];
    let mut out = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let Some(glyph) = story.tokens.glyph(token) else { continue };
        let before = i.checked_sub(1).map(|p| &tokens[p]).filter(|_| !token.spaced);
        let after = tokens.get(i + 1).filter(|t| !t.spaced);
        let after_digit = before.is_some_and(|b| b.kind == TokenKind::Number && ends_in_digit(text, b));
        if after_digit && after.is_some_and(|a| matches!(a.kind, TokenKind::Number | TokenKind::Word)) {
            // 54°12'36"N
            continue;
        }
        if glyph.family == Family::Single
            && (after.is_some_and(|a| is_elision(text, glyph, a)) || closes_n(text, tokens, i))
        {
            // ’90s, ’em, rock ’n’ roll
            continue;
        }
        out.push(Mark {
            token: range.start + i,
            span: token.span,
            glyph,
            lean: lean(text, tokens, i),
            after_stop: before.is_some_and(|b| {
                matches!(b.kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Mark(_) | TokenKind::Dash)
                    || b.stopped
            }),
            after_digit,
        });
    }
    out
}

fn ends_in_digit(text: &str, token: &Token) -> bool {
    token.span.of(text).ends_with(|c: char| c.is_ascii_digit())
}

/// Whether token `i` is the second apostrophe of ’n’.
fn closes_n(text: &str, tokens: &[Token], i: usize) -> bool {
    i >= 2 && tokens[i - 2].is_mark() && matches!(tokens[i - 1].span.of(text), "n" | "N")
}

/// Whether an apostrophe before `word` stands for letters left out at its start.
fn is_elision(text: &str, glyph: Glyph, word: &Token) -> bool {
    let text = word.span.of(text);
    let decade = word.kind == TokenKind::Number
        && text.len() <= 3
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.trim_end_matches('s').len() == 2;
    // A left mark before one of these words is an opening mark more often than a mistyped apostrophe.
    decade || (glyph.facing != Facing::Open && lexicon::class(text).any(Class::ELISION))
}

fn side(token: Option<&Token>) -> Side {
    match token.map(|t| t.kind) {
        None => Side::Space,
        Some(TokenKind::Word | TokenKind::Number | TokenKind::Other) => Side::Text,
        Some(
            TokenKind::Stop | TokenKind::Comma | TokenKind::Colon | TokenKind::Semicolon | TokenKind::Close,
        ) => Side::Closing,
        Some(TokenKind::Dash | TokenKind::Open) => Side::Opening,
        Some(TokenKind::Mark(_)) => Side::Mark,
    }
}

/// Reads which way token `i`, a mark, leans.
fn lean(text: &str, tokens: &[Token], i: usize) -> Lean {
    let before = i.checked_sub(1).map(|p| &tokens[p]).filter(|_| !tokens[i].spaced);
    let after = tokens.get(i + 1).filter(|t| !t.spaced);
    let ellipsis = |t: Option<&Token>| t.is_some_and(|t| t.kind == TokenKind::Stop && t.span.len() > 1);
    match (side(before), side(after)) {
        (Side::Space, Side::Space) => Lean::Neither,
        (Side::Space, Side::Closing) if !ellipsis(after) => Lean::Neither,
        (Side::Space, _) => Lean::Open,
        // “…the price”—she paused—“was”
        (Side::Opening, Side::Space) => Lean::Close,
        (Side::Opening, Side::Closing) => Lean::Close,
        (Side::Opening, _) => match before.map(|b| b.kind) {
            // “I never—” and (“pie”)
            Some(TokenKind::Dash) if side(after) == Side::Mark => Lean::Neither,
            _ => Lean::Open,
        },
        (Side::Text | Side::Closing, Side::Space | Side::Closing | Side::Opening | Side::Mark) => Lean::Close,
        (Side::Closing, Side::Text) => Lean::Close,
        (Side::Text, Side::Text) => match after {
            // “Iron Lady”’s: a clitic never starts a quotation.
            Some(a) if glyph_less_clitic(text, a) => Lean::Close,
            _ => Lean::Neither,
        },
        (Side::Mark, Side::Space | Side::Closing) => Lean::Close,
        (Side::Mark, Side::Text) => Lean::Open,
        (Side::Mark, _) => Lean::Neither,
    }
}

fn glyph_less_clitic(text: &str, token: &Token) -> bool {
    token.span.of(text) == "s"
}

struct Pairer<'a> {
    text: &'a str,
    region: &'a Region,
    next: Option<Family>,
    out: &'a mut Vec<Quotation>,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Where the quotations of this block start in `out`.
    first: usize,
}

impl Pairer<'_> {
    fn report(&mut self, code: DiagnosticCode, span: Span, related: Option<Span>) {
        self.diagnostics.push(Diagnostic::new(code, span, related));
    }

    fn open(&mut self, mark: Mark) -> Opened {
        if mark.glyph.facing == Facing::Close && mark.glyph.style == Style::Curly {
            self.report(DiagnosticCode::WrongDirectionMark, mark.span, None);
        }
        self.out.push(Quotation {
            span: mark.span,
            open: Some(mark.span),
            close: None,
            depth: 0,
            continued: false,
            quote: None,
        });
        Opened { mark, quotation: self.out.len() - 1 }
    }

    fn close(&mut self, opened: Opened, mark: Mark) {
        let quotation = &mut self.out[opened.quotation];
        quotation.span = quotation.span.cover(mark.span);
        quotation.close = Some(mark.span);
        let (from, to) = (opened.mark.glyph, mark.glyph);
        if !agree(from, to) {
            self.report(DiagnosticCode::MismatchedMarks, mark.span, Some(opened.mark.span));
        } else if to.facing == Facing::Open && to.style == Style::Curly && from.style == Style::Curly {
            self.report(DiagnosticCode::WrongDirectionMark, mark.span, Some(opened.mark.span));
        }
    }

    /// Ends a quotation that has no closing mark at `end`.
    fn leave(&mut self, opened: Opened, end: usize, continued: bool) {
        let quotation = &mut self.out[opened.quotation];
        quotation.span = Span::at(quotation.span.start(), end.max(quotation.span.end())).trim(self.text);
        quotation.continued = continued;
        if !continued {
            self.report(DiagnosticCode::UnclosedQuotation, opened.mark.span, None);
        }
    }

    /// Pairs the double marks; returns the single marks that had to close double ones, at most two.
    fn doubles(&mut self, marks: &[Mark]) -> Vec<Span> {
        let mut used = Vec::new();
        let doubles: Vec<Mark> = marks.iter().copied().filter(|m| m.glyph.family == Family::Double).collect();
        let mut stack: Vec<Opened> = Vec::new();
        for (i, &mark) in doubles.iter().enumerate() {
            let ahead = |n: usize| doubles.get(i + n).map(|m| wish(m));
            match (stack.last().copied(), wish(&mark)) {
                (None, Lean::Open) => stack.push(self.open(mark)),
                (None, Lean::Neither) => {
                    // “ We turned left ”: a lone mark between spaces opens only if another one follows.
                    if mark.glyph.facing == Facing::Open
                        || (mark.glyph.facing == Facing::Either && !mark.after_digit && ahead(1).is_some())
                    {
                        stack.push(self.open(mark));
                    }
                }
                (None, Lean::Close) => {
                    if mark.lean == Lean::Close
                        && !mark.after_digit
                        && (mark.after_stop || mark.glyph.facing == Facing::Close)
                    {
                        self.unopened(mark);
                    }
                }
                (Some(opened), Lean::Open) => {
                    // "He told me "go home" twice": nested when two closing marks follow.
                    let nested =
                        ahead(1) == Some(Lean::Close) && ahead(2) == Some(Lean::Close) && stack.len() < 2;
                    if !nested {
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
            // “I have the receipt,’ said Roe: a single mark closes it.
            let single = marks
                .iter()
                .find(|m| {
                    m.token > opened.mark.token
                        && m.glyph.family == Family::Single
                        && m.lean == Lean::Close
                        && m.after_stop
                        && self.out[self.first..]
                            .iter()
                            .all(|q| q.span.start() <= opened.mark.span.start() || !q.span.contains(m.span))
                })
                .copied()
                .filter(|m| {
                    !marks.iter().any(|o| {
                        o.glyph.family == Family::Single
                            && o.lean == Lean::Open
                            && o.token > opened.mark.token
                            && o.token < m.token
                    })
                });
            match single {
                Some(mark) => {
                    used.push(mark.span);
                    self.close(opened, mark);
                }
                None => {
                    let continued = stack.is_empty() && self.next == Some(Family::Double);
                    self.leave(opened, self.region.span.end(), continued);
                }
            }
        }
        used
    }

    /// A closing mark with nothing open: the quotation starts where the block does, or after the one before.
    fn unopened(&mut self, mark: Mark) {
        let start = self.out[self.first..].last().map_or(self.region.span.start(), |q| q.span.end());
        let span = Span::at(start, mark.span.end()).trim(self.text);
        self.report(DiagnosticCode::UnopenedQuotation, mark.span, None);
        self.out.push(Quotation {
            span,
            open: None,
            close: Some(mark.span),
            depth: 0,
            continued: false,
            quote: None,
        });
    }

    /// Pairs the single marks, each pair within one double quotation or outside all.
    fn singles(&mut self, marks: &[Mark], used: &[Span]) {
        let doubles: Vec<Span> = {
            let mut spans: Vec<Span> = self.out[self.first..].iter().map(|q| q.span).collect();
            spans.sort_by_key(|s| (s.start(), core::cmp::Reverse(s.end())));
            spans
        };
        // The stack of double quotations around the mark; beside each, the single quotation open in it.
        let mut around: Vec<(usize, Single)> = vec![(usize::MAX, Single::default())];
        let mut next_double = 0;
        for &mark in marks.iter().filter(|m| m.glyph.family == Family::Single && !used.contains(&m.span)) {
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
                if mark.glyph.facing == Facing::Open && mark.glyph.style != Style::Backtick {
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

/// What a mark most likely does: its drawing and its neighbourhood taken together.
fn wish(mark: &Mark) -> Lean {
    match (mark.glyph.facing, mark.lean) {
        (_, Lean::Open) => Lean::Open,
        (_, Lean::Close) => Lean::Close,
        (Facing::Open, Lean::Neither) => Lean::Open,
        (Facing::Close, Lean::Neither) => Lean::Close,
        (Facing::Either, Lean::Neither) => Lean::Neither,
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
