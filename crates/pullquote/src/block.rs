//! Text to blocks: stretches of lines that belong together, before anything is known of their meaning.
//!
//! A block is one paragraph-like unit: a headline, a byline, a paragraph. Blank lines end a block, and so
//! does every line end, unless the text is hard-wrapped (broken at a fixed width, as in mail), when the
//! lines of a paragraph stay one block. Blocks are in order, do not overlap, and everything between them
//! is white space.

use alloc::vec::Vec;

use crate::span::Span;

/// Names what a block is to the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// The title over the story.
    Headline,
    /// The sentence under the headline that sums the story up (standfirst, subtitle).
    Dek,
    /// Who wrote it.
    Byline,
    /// When it was published or changed, on a line of its own.
    Date,
    /// How long it takes to read, on a line of its own.
    ReadTime,
    /// Where it was filed from, on a line of its own.
    Dateline,
    /// A paragraph of the story.
    Paragraph,
    /// A heading inside the story.
    Subhead,
    /// A line that only divides, such as `* * *`.
    Divider,
    /// The text under or beside a picture.
    Caption,
    /// Everything that is on the page but not the story: share lines, advertisements, related links.
    Furniture,
}

/// Holds one block: its extent without surrounding white space, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    pub(crate) span: Span,
    pub(crate) kind: BlockKind,
    /// Whether a blank line (or the start of the text) stands before it.
    pub(crate) after_blank: bool,
    /// How many columns of white space stand before its first line.
    pub(crate) indent: u16,
}

impl Block {
    /// Returns where the block stands, without surrounding white space.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns what the block is.
    #[must_use]
    pub fn kind(&self) -> BlockKind {
        self.kind
    }
}

/// Lines wider than this are prose on one line, never hard-wrapped copy (mail and wire copy break at 60–80).
const WIDEST_WRAP: usize = 110;

/// Tells whether `c` is white space to a reader: Unicode white space, zero-width characters, soft hyphen, BOM.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Splits `text` into blocks, all of kind [`BlockKind::Paragraph`] for now. Linear in the text.
pub(crate) fn split(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let wrapped = is_hard_wrapped(text, &lines);
    let width = lines.iter().map(|l| l.span.len()).max().unwrap_or(0);
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    let mut previous: Option<Line> = None;
    for line in lines {
        match (previous, blocks.last_mut()) {
            (Some(p), Some(block)) if wrapped && !line.after_blank && continues(text, p, line, width) => {
                block.span = block.span.cover(line.span);
            }
            _ => blocks.push(Block {
                span: line.span,
                kind: BlockKind::Paragraph,
                after_blank: line.after_blank,
                indent: line.indent,
            }),
        }
        previous = Some(line);
    }
    blocks
}

/// A line that is not blank, trimmed.
#[derive(Debug, Clone, Copy)]
struct Line {
    span: Span,
    after_blank: bool,
    indent: u16,
}

fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut after_blank = true;
    let mut start = 0;
    let bytes = text.as_bytes();
    while start < text.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(text.len(), |i| start + i);
        let line = &text[start..end];
        let body = line.trim_start_matches(is_blank);
        let head = line.len() - body.len();
        let body = body.trim_end_matches(is_blank);
        if body.is_empty() {
            after_blank = true;
        } else {
            let indent =
                u16::try_from(line[..head].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum::<usize>());
            out.push(Line {
                span: Span::at(start + head, start + head + body.len()),
                after_blank,
                indent: indent.unwrap_or(u16::MAX),
            });
            after_blank = false;
        }
        start = end + 1;
        if bytes.get(end) == Some(&b'\r') && bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
    }
    out
}

/// Hard-wrapped copy shows itself by lines that go on in lower case on the next line.
fn is_hard_wrapped(text: &str, lines: &[Line]) -> bool {
    if lines.iter().any(|l| l.span.len() > WIDEST_WRAP) {
        return false;
    }
    let mut breaks = 0;
    let mut mid_sentence = 0;
    for pair in lines.windows(2).filter(|p| !p[1].after_blank) {
        breaks += 1;
        mid_sentence += usize::from(pair[1].span.of(text).starts_with(|c: char| c.is_lowercase()));
    }
    mid_sentence > 0 && mid_sentence * 5 >= breaks
}

/// A line goes on in the next one when the next one's first word would not have fitted on it.
fn continues(text: &str, line: Line, next: Line, width: usize) -> bool {
    let first = next.span.of(text).split_whitespace().next().map_or(0, str::len);
    line.span.len() + 1 + first >= width.saturating_sub(width / 10)
        || next.span.of(text).starts_with(|c: char| c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|b| b.span.of(text)).collect()
    }

    #[test]
    fn line_ends() {
        assert_eq!(texts("One\n\nTwo\r\n\r\nThree\rFour"), ["One", "Two", "Three", "Four"]);
        assert_eq!(texts("\u{feff}One\n \u{a0}\u{200b}\nTwo"), ["One", "Two"]);
        assert!(texts(" \n\n").is_empty());
    }

    #[test]
    fn hard_wraps_join() {
        let text = "The boat that has carried post to the island since the war made\nits last trip on Friday.\n\nNobody waved.";
        assert_eq!(texts(text).len(), 2);
        assert_eq!(texts("Ada Roe\nThe boat has gone.\nNobody waved.").len(), 3);
    }
}
