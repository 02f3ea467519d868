//! One block as a line of a page: what its surface tells before anything is read.

use crate::block::{Block, is_blank};

/// Tells how a line ends, closing quotation marks and brackets left aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// A full stop, an ellipsis: "The pier is shut."
    Stop,
    /// A question or exclamation mark: "Who owns the pier?"
    Cry,
    /// A colon: "The list in full:"
    Colon,
    /// A comma, a semicolon or a dash: more is to come.
    Running,
    /// A letter, a digit or a sign: "Pier to close".
    Bare,
}

/// A line without its markup.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// The words, without heading signs and emphasis marks.
    pub(crate) text: &'t str,
    /// Where `text` starts in the input.
    pub(crate) start: usize,
    pub(crate) end: End,
    /// The line is marked as a heading ("## The vote").
    pub(crate) heading: bool,
    /// The line is an item of a list, a block quote, or indented: it belongs to the story whatever its shape.
    pub(crate) set_in: bool,
    /// A blank line stands before it.
    pub(crate) after_blank: bool,
    /// Line ends stand inside it.
    wrapped: bool,
}

/// Indents from here on set a block quote off; less is the indent of a paragraph.
const BLOCK_QUOTE_INDENT: u16 = 4;

impl<'t> Line<'t> {
    /// Tells whether the line is longer than `limit` bytes; a CRLF inside counts like an LF.
    pub(super) fn is_longer_than(&self, limit: usize) -> bool {
        if !self.wrapped {
            return self.text.len() > limit;
        }
        let bytes = self.text.as_bytes();
        let beyond = |bytes: &[u8]| bytes.len() - memchr::memchr_iter(b'\r', bytes).count() > limit;
        // A line that is longer shows it within its first bytes, unless they are half carriage returns.
        bytes.len() > limit && (beyond(&bytes[..bytes.len().min(2 * limit)]) || beyond(bytes))
    }

    pub(crate) fn new(input: &'t str, block: &Block) -> Line<'t> {
        let whole = block.span.of(input);
        let mut text = whole;
        let mut heading = false;
        if text.starts_with('#') {
            let unhashed = text.trim_start_matches('#');
            let hashes = text.len() - unhashed.len();
            heading = hashes <= 6 && unhashed.starts_with(' ');
            if heading {
                text = unhashed.trim_end_matches('#').trim_matches(is_blank);
            }
        }
        if text.starts_with(['*', '_']) {
            for mark in ["**", "__", "*", "_"] {
                if let Some(inner) = text.strip_prefix(mark).and_then(|t| t.strip_suffix(mark))
                    && inner.starts_with(|c: char| !c.is_whitespace() && c != '*' && c != '_')
                {
                    text = inner;
                }
            }
        }
        let start = block.span.start() + (text.as_ptr() as usize - whole.as_ptr() as usize);
        Line {
            text,
            start,
            end: end(text),
            heading,
            set_in: !heading && (block.indent >= BLOCK_QUOTE_INDENT || has_bullet(text)),
            after_blank: block.after_blank,
            wrapped: block.wrapped,
        }
    }

    /// Counts the words, at most `limit` of them.
    pub(crate) fn words(&self, limit: usize) -> usize {
        self.text.split_whitespace().take(limit).count()
    }
}

/// Reads how `text` ends. Constant time but for closing marks.
fn end(text: &str) -> End {
    match text.as_bytes().last() {
        Some(b'.') => return End::Stop,
        Some(b'a'..=b'z') => return End::Bare,
        _ => {}
    }
    let inner = text.trim_end_matches(|c: char| {
        matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | ')' | ']' | '*' | '_') || c.is_whitespace()
    });
    match inner.chars().next_back() {
        Some('.' | '…') => End::Stop,
        Some('?' | '!') => End::Cry,
        Some(':') => End::Colon,
        Some(',' | ';' | '-' | '–' | '—') => End::Running,
        _ => End::Bare,
    }
}

/// A bullet, a block quote's mark, or the number of a list item in brackets.
fn has_bullet(text: &str) -> bool {
    if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let mut chars = text.chars();
    match chars.next() {
        Some('•' | '‣' | '◦' | '▪' | '●' | '■' | '>' | '·') => true,
        Some('*' | '-' | '+') => chars.next() == Some(' ') && text.contains(char::is_alphabetic),
        Some('(') => {
            let rest = chars.as_str();
            rest.find(')').is_some_and(|at| at <= 3 && rest[at + 1..].starts_with(' '))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block;

    fn line(text: &str) -> Line<'_> {
        Line::new(text, &block::split(text)[0])
    }

    #[test]
    fn ends() {
        for (text, want) in [
            ("The pier is shut.", End::Stop),
            ("“The pier is shut.”", End::Stop),
            ("(The pier is shut.)", End::Stop),
            ("Who owns the pier?", End::Cry),
            ("Shut!", End::Cry),
            ("Roe said:", End::Colon),
            ("Rain on the mill,", End::Running),
            ("Pier to close", End::Bare),
            ("Roe: ‘I will not go’", End::Bare),
            ("Ada Roe at the gate (AP)", End::Bare),
        ] {
            assert_eq!(line(text).end, want, "{text:?}");
        }
    }

    #[test]
    fn markup_is_taken_off() {
        for (text, want, start) in [
            ("# Pier to close", "Pier to close", 2),
            ("## Pier to close ##", "Pier to close", 3),
            ("**3 min read**", "3 min read", 2),
            ("*By Ada Roe*", "By Ada Roe", 1),
            ("_By Ada Roe_", "By Ada Roe", 1),
            ("#pier", "#pier", 0),
            ("* * *", "* * *", 0),
        ] {
            let line = line(text);
            assert_eq!((line.text, line.start), (want, start), "{text:?}");
        }
    }

    #[test]
    fn items_are_set_in() {
        for text in [
            "• “Ready” – Ada Roe, florist",
            "> It is wearing my coat.",
            "* “Best soup” - Ada",
            "(a) No boats",
            "- Bread",
        ] {
            assert!(line(text).set_in, "{text:?}");
        }
        for text in ["* * *", "— Ada Roe", "(Ada Roe)", "*By Ada Roe*", "-30-"] {
            assert!(!line(text).set_in, "{text:?}");
        }
        assert!(line("     Books are read by pigeons").set_in);
    }
}
