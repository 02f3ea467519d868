//! What a token is.

use alloc::vec::Vec;
use core::cell::Cell;

use crate::lex::glyph::Glyph;
use crate::lexicon::terms::Phrases;
use crate::lexicon::{Class, Hash};
use crate::span::Span;

/// Names what a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    /// Digits with what belongs to them: `4.5m`, `1,200`, `$3`, `10.20`, `'90s` without its mark.
    Number,
    /// A quotation mark or an apostrophe outside a word.
    Mark(Glyph),
    /// `.`, `!`, `?`, `…` or a run of them.
    Stop,
    Comma,
    Colon,
    Semicolon,
    Dash,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    Other,
}

/// Tells how the letters of a word are cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Case {
    /// No letters, or a script without case.
    #[default]
    None,
    Lower,
    /// First letter upper case, some later letter lower case: "Feld", "McKay", "O’Hara".
    Capital,
    /// More than one letter, all upper case: "NATO", "U.S.".
    Upper,
    /// One upper-case letter, with or without a stop: "J.", "I".
    Initial,
}

/// Holds one token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) span: Span,
    /// The lists the word stands in.
    pub(crate) class: Class,
    /// The hash of the word in lower case.
    pub(crate) hash: Hash,
    /// The place of its lemma in the lexicon; 0 where it is in no list.
    pub(crate) lemma: u16,
    pub(crate) kind: TokenKind,
    pub(crate) case: Case,
    /// Whether white space (or the start of the block) stands before it.
    pub(crate) spaced: bool,
    /// Whether it holds the stop of an abbreviation or an initial.
    pub(crate) stopped: bool,
    /// Whether it is a word of ASCII letters and digits only, so that its hash is that of its text.
    pub(crate) plain: bool,
}

impl Token {
    pub(crate) fn is(&self, class: Class) -> bool {
        self.class.any(class)
    }

    /// Tells whether it is in a list of phrases. Its hash spares most words the look-up.
    #[inline]
    pub(crate) fn is_in(&self, text: &str, list: Phrases) -> bool {
        (!self.plain || list.may_be(self.hash)) && list.has(self.span.of(text))
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub(crate) fn is_mark(&self) -> bool {
        matches!(self.kind, TokenKind::Mark(_))
    }

    pub(crate) fn glyph(&self) -> Option<Glyph> {
        match self.kind {
            TokenKind::Mark(glyph) => Some(glyph),
            _ => None,
        }
    }

    /// A word that starts with an upper-case letter.
    pub(crate) fn is_capital(&self) -> bool {
        // Only words have a case.
        matches!(self.case, Case::Capital | Case::Upper | Case::Initial)
    }
}

/// Holds the tokens of all blocks read.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) tokens: Vec<Token>,
    /// The places of those that are marks.
    pub(crate) marks: Vec<u32>,
}

// Every stage walks over the tokens: two of them fill a line of the cache.
const _: () = assert!(size_of::<Token>() == 32);

/// Counts the tokens that start before `end`. Logarithmic in their number, however many follow.
pub(crate) fn count_before(tokens: &[Token], end: usize) -> usize {
    let mut most = 8;
    while tokens.get(most).is_some_and(|t| t.span.start() < end) {
        most *= 2;
    }
    tokens[..most.min(tokens.len())].partition_point(|t| t.span.start() < end)
}

/// Finds tokens by where they start, fast where a question is near the one before, faster where it is one of the last two
/// asked: where a phrase starts and ends is asked again and again.
#[derive(Debug, Default)]
pub(crate) struct Finger(Cell<[usize; 2]>);

impl Finger {
    /// The place of the first token that starts at or after `byte`.
    pub(crate) fn token_at(&self, tokens: &[Token], byte: usize) -> usize {
        let [last, other] = self.0.get().map(|at| at.min(tokens.len()));
        let before = |at: usize| tokens.get(at).is_some_and(|t| t.span.start() < byte);
        let is = |at: usize| !before(at) && (at == 0 || before(at - 1));
        if is(last) {
            return last;
        }
        let at = if is(other) {
            other
        } else if before(last) {
            last + count_before(&tokens[last..], byte)
        } else {
            count_backward(&tokens[..last], byte)
        };
        self.0.set([at, last]);
        at
    }
}

/// Counts the tokens that start before `end`. Logarithmic in the number of those that do not, however many do.
fn count_backward(tokens: &[Token], end: usize) -> usize {
    let (len, mut most) = (tokens.len(), 8);
    while len.checked_sub(most).is_some_and(|at| tokens[at].span.start() >= end) {
        most *= 2;
    }
    let from = len.saturating_sub(most);
    from + tokens[from..].partition_point(|t| t.span.start() < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_from_both_ends() {
        let token = |at| Token {
            span: Span::at(at, at + 1),
            class: Class::NONE,
            hash: Hash::START,
            lemma: 0,
            kind: TokenKind::Word,
            case: Case::Lower,
            spaced: true,
            stopped: false,
            plain: true,
        };
        let tokens: Vec<Token> = (0..100).map(|n| token(3 * n)).collect();
        for len in [0, 1, 7, 8, 9, 100] {
            for end in 0..310 {
                let want = tokens[..len].iter().filter(|t| t.span.start() < end).count();
                assert_eq!(count_before(&tokens[..len], end), want);
                assert_eq!(count_backward(&tokens[..len], end), want);
            }
        }
    }
}
