//! The marks of a block, and which way each leans by what stands on its two sides.

use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, DiagnosticCode, Replacement};
use crate::lex::glyph::{Facing, Family, Glyph, Style};
use crate::lex::story::{Region, Story};
use crate::lex::token::{Token, TokenKind};
use crate::lexicon::{self, Class};
use crate::span::Span;

/// Which way a mark leans by what stands on its two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lean {
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
pub(super) struct Mark {
    /// Its place among the tokens of the story.
    pub(super) token: usize,
    pub(super) span: Span,
    pub(super) glyph: Glyph,
    pub(super) lean: Lean,
    /// Punctuation (or another mark) stands right before it, as before most closing marks.
    pub(super) after_stop: bool,
    /// A digit stands right before it: perhaps inches, seconds or minutes.
    pub(super) after_digit: bool,
    /// A word is the last thing before it, with or without a space: it stands in mid-sentence.
    pub(super) after_word: bool,
    /// Punctuation before, a letter after, no space on either side: `said:"Go`.
    pub(super) tight: bool,
    /// A verb of saying and a comma or colon stand before it: `She said, “Go”`.
    pub(super) after_cue: bool,
    /// It is the first thing of its block.
    pub(super) first: bool,
    /// A word that an apostrophe shortens stands right after it: `‘bout`.
    pub(super) elided: bool,
}

/// What a mark most likely does: its drawing and its neighbourhood taken together.
pub(super) fn wish(mark: &Mark) -> Lean {
    match (mark.glyph.facing, mark.lean) {
        (_, Lean::Open) => Lean::Open,
        (_, Lean::Close) => Lean::Close,
        (Facing::Open, Lean::Neither) => Lean::Open,
        (Facing::Close, Lean::Neither) => Lean::Close,
        (Facing::Either, Lean::Neither) => Lean::Neither,
    }
}

/// The family of the mark that the next block of the story starts with, if it does.
pub(super) fn next_paragraph_mark(text: &str, story: &Story, region: usize) -> Option<Family> {
    let next = story.regions.get(region + 1)?;
    let tokens = &story.tokens.tokens[next.tokens()];
    let first = tokens.first()?;
    let glyph = first.glyph()?;
    let opens = glyph.facing != Facing::Close && lean(text, tokens, 0) == Lean::Open;
    opens.then_some(glyph.family)
}

/// Collects the marks of a block; apostrophes that can be nothing else, and marks round the attributes of
/// a tag, are left out. `places` are the tokens of the block that are marks. Linear in the tokens of the block.
pub(super) fn marks(
    text: &str,
    story: &Story,
    region: &Region,
    places: &[u32],
    findings: &mut Vec<Diagnostic>,
    out: &mut Vec<Mark>,
) {
    out.clear();
    let range = region.tokens();
    let tokens = &story.tokens.tokens[range.clone()];
    let mut markup = Markup::default();
    // A mark of the dateline stands before the block.
    for i in places.iter().filter_map(|&place| (place as usize).checked_sub(range.start)) {
        let token = &tokens[i];
        let Some(glyph) = token.glyph() else { continue };
        let before = i.checked_sub(1).map(|p| &tokens[p]).filter(|_| !token.spaced);
        let after = tokens.get(i + 1).filter(|t| !t.spaced);
        let after_digit = before.is_some_and(|b| b.kind == TokenKind::Number && ends_in_digit(text, b));
        if glyph.family == Family::Double && markup.takes(text, &tokens[..i], before, after) {
            continue;
        }
        if after_digit && after.is_some_and(|a| matches!(a.kind, TokenKind::Number | TokenKind::Word)) {
            // 54°12'36"N
            continue;
        }
        let elided = after.is_some_and(|a| match a.plain {
            true => a.is(Class::ELISION),
            false => lexicon::class(a.span.of(text)).any(Class::ELISION),
        });
        if glyph.family == Family::Single {
            let decade = after.is_some_and(|a| is_decade(text, a));
            // ‘90s and Roe‘s: an apostrophe that a word processor took for an opening mark.
            let turned = glyph.facing == Facing::Open
                && glyph.style == Style::Curly
                && (decade || is_clitic(text, before, after));
            if turned {
                findings.push(turned_apostrophe(token.span));
            }
            // A left mark before an elided word is an opening mark more often than a mistyped apostrophe.
            if turned || decade || (elided && glyph.facing != Facing::Open) || closes_n(text, tokens, i) {
                // ’90s, ’em, rock ’n’ roll
                continue;
            }
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
            after_word: i.checked_sub(1).is_some_and(|p| tokens[p].is_word()),
            tight: side(text, before) == Side::Closing && side(text, after) == Side::Text,
            after_cue: i >= 2 && is_lead(&tokens[i - 2], &tokens[i - 1]),
            first: i == 0,
            elided,
        });
    }
}

/// The finding for an apostrophe drawn as an opening mark.
pub(super) fn turned_apostrophe(span: Span) -> Diagnostic {
    Diagnostic::new(DiagnosticCode::WrongDirectionMark, span, None)
        .with_replacement(Replacement { span, text: "’" })
}

/// Where in a tag we are: the marks of `<a href="…">` are no quotation marks.
#[derive(Debug, Default)]
struct Markup {
    /// A tag was opened in this block, among so many tokens that were looked at.
    tag: bool,
    seen: usize,
    /// The value of an attribute is open.
    value: bool,
}

impl Markup {
    /// Tells whether a double mark behind the tokens `passed` of its block belongs to a tag.
    fn takes(&mut self, text: &str, passed: &[Token], before: Option<&Token>, after: Option<&Token>) -> bool {
        if self.value {
            self.value = false;
            return true;
        }
        let is = |t: Option<&Token>, s: &str| t.is_some_and(|t| t.span.of(text) == s);
        if is(before, "=") {
            let opens = |t: &Token| t.kind == TokenKind::Other && t.span.of(text) == "<";
            self.tag |= passed[self.seen..].iter().any(opens);
            self.seen = passed.len();
            self.value = self.tag;
        }
        // A tag that a line end breaks off leaves `">` in the next block.
        self.value || is(after, ">")
    }
}

/// Whether a verb of saying and the mark behind it lead into a quotation.
fn is_lead(verb: &Token, stop: &Token) -> bool {
    matches!(stop.kind, TokenKind::Comma | TokenKind::Colon)
        && verb.is(Class::CUE_SAY.or(Class::CUE_ASK).or(Class::CUE_WRITE).or(Class::CUE_CLAIM))
}

fn ends_in_digit(text: &str, token: &Token) -> bool {
    token.span.of(text).ends_with(|c: char| c.is_ascii_digit())
}

/// Whether token `i` is the second apostrophe of ’n’.
fn closes_n(text: &str, tokens: &[Token], i: usize) -> bool {
    i >= 2 && tokens[i - 2].is_mark() && matches!(tokens[i - 1].span.of(text), "n" | "N")
}

/// Whether what stands right after a mark is a decade: `’90s`.
fn is_decade(text: &str, token: &Token) -> bool {
    let text = token.span.of(text);
    token.kind == TokenKind::Number
        && text.len() <= 3
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.trim_end_matches('s').len() == 2
}

/// Whether a mark between two tokens is the apostrophe of a possessive.
fn is_clitic(text: &str, before: Option<&Token>, after: Option<&Token>) -> bool {
    before.is_some_and(Token::is_word) && after.is_some_and(|a| a.span.of(text) == "s")
}

fn side(text: &str, token: Option<&Token>) -> Side {
    match token.map(|t| t.kind) {
        None => Side::Space,
        // The brackets of a tag end and start what stands between two tags.
        Some(TokenKind::Other) => match token.map(|t| t.span.of(text)) {
            Some("<") => Side::Closing,
            Some(">") => Side::Opening,
            _ => Side::Text,
        },
        Some(TokenKind::Word | TokenKind::Number) => Side::Text,
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
    match (side(text, before), side(text, after)) {
        // Nothing is left in the block that it could open.
        (Side::Space, Side::Space) if i > 0 && i + 1 == tokens.len() => Lean::Close,
        (Side::Space, Side::Space) => Lean::Neither,
        (Side::Space, Side::Closing) if !ellipsis(after) => Lean::Neither,
        (Side::Space, _) => Lean::Open,
        // “…the price”—she paused—“was”
        (Side::Opening, Side::Space) => Lean::Close,
        (Side::Opening, Side::Closing) => Lean::Close,
        (Side::Opening, _) => match before.map(|b| b.kind) {
            // “I never—” and (“pie”)
            Some(TokenKind::Dash) if side(text, after) == Side::Mark => Lean::Neither,
            _ => Lean::Open,
        },
        (Side::Text | Side::Closing, Side::Space | Side::Closing | Side::Opening | Side::Mark) => Lean::Close,
        (Side::Closing, Side::Text) => Lean::Close,
        (Side::Text, Side::Text) => {
            // “Iron Lady”’s: a clitic never starts a quotation.
            if after.is_some_and(|a| a.span.of(text) == "s") { Lean::Close } else { Lean::Neither }
        }
        (Side::Mark, Side::Space | Side::Closing) => Lean::Close,
        (Side::Mark, Side::Text) => Lean::Open,
        (Side::Mark, _) => Lean::Neither,
    }
}
