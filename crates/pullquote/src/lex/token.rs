//! What a token is.

use alloc::vec::Vec;
use core::ops::Range;

use crate::lex::glyph::Glyph;
use crate::lex::places::Places;
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
        if !self.plain {
            return list.has(self.span.of(text));
        }
        list.may_be(self.hash) && list.find(self.bytes(text), self.hash)
    }

    /// Tells whether it is spelled like this, capitals included.
    #[inline]
    pub(crate) fn reads(&self, text: &str, word: &str) -> bool {
        self.span.len() == word.len() && self.bytes(text) == word.as_bytes()
    }

    /// Tells whether it ends with these letters.
    #[inline]
    pub(crate) fn ends_with(&self, text: &str, end: &str) -> bool {
        self.bytes(text).ends_with(end.as_bytes())
    }

    /// Its text, which is not asked for whole characters: cheaper than that of its span.
    #[inline]
    pub(crate) fn bytes<'t>(&self, text: &'t str) -> &'t [u8] {
        text.as_bytes().get(self.span.range()).unwrap_or_default()
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
    /// Where they start: for every 64 bytes of the text as far as the last one, how many start before them, and a bit for
    /// each of the bytes that one starts at.
    starts: Vec<(u32, u64)>,
    /// Those that [start with a capital](Token::is_capital).
    pub(crate) capitals: Places,
    /// Those that a sentence may end with.
    pub(crate) ends: Places,
}

impl Tokens {
    pub(crate) fn clear(&mut self) {
        self.tokens.clear();
        self.marks.clear();
        self.starts.clear();
    }

    /// Notes where the tokens start and what they look like. Linear in the text.
    pub(crate) fn note(&mut self) {
        let Tokens { tokens, starts, capitals, ends, .. } = self;
        capitals.clear(tokens.len());
        ends.clear(tokens.len());
        let Some(last) = tokens.last() else { return };
        starts.resize(last.span.start() / 64 + 1, (0, 0));
        for tokens in tokens.chunks(64) {
            let (mut capital, mut end) = (0, 0);
            for (n, token) in tokens.iter().enumerate() {
                starts[token.span.start() / 64].1 |= 1 << (token.span.start() % 64);
                capital |= u64::from(token.is_capital()) << n;
                end |= u64::from(matches!(token.kind, TokenKind::Stop) | token.stopped) << n;
            }
            capitals.push(capital);
            ends.push(end);
        }
        let mut before = 0;
        for (count, bits) in starts {
            *count = before;
            before += bits.count_ones();
        }
    }

    /// The place of the first token that starts at or after `byte`. (Where phrases start and end is asked for all the time,
    /// and the answers are hard to foretell: nothing is searched.)
    pub(crate) fn at(&self, byte: usize) -> usize {
        let Some((before, bits)) = self.starts.get(byte / 64) else { return self.tokens.len() };
        *before as usize + (bits & !(u64::MAX << (byte % 64))).count_ones() as usize
    }

    /// The tokens that start in a span.
    pub(crate) fn within(&self, span: Span) -> Range<usize> {
        let from = self.at(span.start());
        from..self.at(span.end()).max(from)
    }
}

// Every stage walks over the tokens: two of them fill a line of the cache.
const _: () = assert!(size_of::<Token>() == 32);

#[cfg(test)]
mod tests {
    use super::*;

    fn token(at: usize) -> Token {
        Token {
            span: Span::at(at, at + 1),
            class: Class::NONE,
            hash: Hash::START,
            lemma: 0,
            kind: TokenKind::Word,
            case: Case::Lower,
            spaced: true,
            stopped: false,
            plain: true,
        }
    }

    #[test]
    fn places_are_found() {
        for (len, apart) in [(0, 1), (1, 1), (100, 1), (100, 3), (50, 16), (20, 70)] {
            let mut tokens =
                Tokens { tokens: (0..len).map(|n| token(apart * n)).collect(), ..Tokens::default() };
            tokens.note();
            for byte in 0..apart * len + 40 {
                let want = tokens.tokens.iter().filter(|t| t.span.start() < byte).count();
                assert_eq!(tokens.at(byte), want, "{len} tokens, {apart} apart, byte {byte}");
            }
        }
    }
}
