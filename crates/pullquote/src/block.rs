//! Text to blocks: stretches of lines that belong together, before anything is known of their meaning.
//!
//! A block is one paragraph-like unit: a headline, a byline, a paragraph. Blank lines end a block, and so
//! does every line end, unless the text is hard-wrapped (broken at a fixed width, as in mail), when the
//! lines of a paragraph stay one block. Blocks are in order, do not overlap, and everything between them
//! is white space.

use alloc::vec::Vec;

use crate::span::Span;

/// Names what a block is to the article.
///
/// ```
/// use pullquote::BlockKind;
/// let article = pullquote::parse("Pier shut\n\nIt rained all day on Monday.\n\nAdvertisement\n\nThen it stopped.");
/// assert_eq!(article.blocks()[2].kind(), BlockKind::Advertisement);
/// assert_eq!(article.paragraphs().len(), 2);
/// ```
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
    /// The text under or beside a picture, often with its credit.
    Caption,
    /// Who took the pictures, helped to report, edited: "Additional reporting by …".
    Credit,
    /// Who the author is and how to reach them: "Ada Roe covers farming for the Gazette."
    Bio,
    /// A note of the desk: a correction, an editor's note, where the story first ran.
    Correction,
    /// The section or the kind of piece, over the headline: "LOCAL NEWS", "Home > News".
    Section,
    /// Links to other stories: "Read more: …".
    Related,
    /// Offers to share, save, print, listen or comment.
    Share,
    /// Offers to subscribe, sign up or log in.
    Signup,
    /// The label of an advertisement.
    Advertisement,
    /// Code between fences: no words to read, and nobody speaks in it.
    Code,
    /// Everything else that is on the page but not the story: menus, notices, rights.
    Furniture,
}

impl BlockKind {
    /// Returns the name used in the record, lower case with hyphens.
    ///
    /// ```
    /// let article = pullquote::parse("Pier shut\n\n3 min read\n\nIt rained all day on Monday, and nobody came.");
    /// let kinds: Vec<_> = article.blocks().iter().map(|b| b.kind().as_str()).collect();
    /// assert_eq!(kinds, ["headline", "read-time", "paragraph"]);
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Dek => "dek",
            BlockKind::Byline => "byline",
            BlockKind::Date => "date",
            BlockKind::ReadTime => "read-time",
            BlockKind::Dateline => "dateline",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Subhead => "subhead",
            BlockKind::Divider => "divider",
            BlockKind::Caption => "caption",
            BlockKind::Credit => "credit",
            BlockKind::Bio => "bio",
            BlockKind::Correction => "correction",
            BlockKind::Section => "section",
            BlockKind::Related => "related",
            BlockKind::Share => "share",
            BlockKind::Signup => "signup",
            BlockKind::Advertisement => "advertisement",
            BlockKind::Code => "code",
            BlockKind::Furniture => "furniture",
        }
    }
}

/// Holds one block: its extent without surrounding white space, and what it is.
///
/// ```
/// let article = pullquote::parse("Pier shut\n\nIt rained all day on Monday.");
/// let block = article.blocks()[0];
/// assert_eq!((&article[block.span()], block.kind().as_str()), ("Pier shut", "headline"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    pub(crate) span: Span,
    pub(crate) kind: BlockKind,
    /// Whether a blank line (or the start of the text) stands before it.
    pub(crate) after_blank: bool,
    /// How many columns of white space stand before its first line.
    pub(crate) indent: u16,
    /// Whether line ends stand inside it.
    pub(crate) wrapped: bool,
}

impl Block {
    /// A block of nothing.
    pub(crate) const EMPTY: Block = Block {
        span: Span::new(0, 0),
        kind: BlockKind::Paragraph,
        after_blank: false,
        indent: 0,
        wrapped: false,
    };

    /// Returns where the block stands, without surrounding white space.
    ///
    /// ```
    /// let article = pullquote::parse("  It rained. \n");
    /// assert_eq!(&article[article.blocks()[0].span()], "It rained.");
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns what the block is.
    ///
    /// ```
    /// let article = pullquote::parse("It rained all day.");
    /// assert_eq!(article.blocks()[0].kind(), pullquote::BlockKind::Paragraph);
    /// ```
    #[must_use]
    pub fn kind(&self) -> BlockKind {
        self.kind
    }
}

/// A paragraph of news has about so many bytes.
const USUAL_BLOCK: usize = 256;
/// Lines wider than this are prose on one line, never hard-wrapped copy (mail and wire copy break at 60–80).
const WIDEST_WRAP: usize = 110;
/// A line shorter than this that is followed by a small letter is a line of verse or of a list, not a wrap.
const NARROWEST_WRAP: usize = 40;

/// Tells whether `c` is white space to a reader: Unicode white space, zero-width characters, soft hyphen, BOM,
/// and the characters that only set the direction of writing.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}'
        )
}

/// Tells whether line ends stand in the text of a block.
#[cfg(feature = "serde")]
pub(crate) fn is_wrapped(text: &str) -> bool {
    text.contains(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}'])
}

/// Splits `text` into blocks, all of kind [`BlockKind::Paragraph`] for now. Linear in the text.
pub(crate) fn split(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    split_into(text, &mut blocks);
    blocks
}

/// Does what [`split`] does, into a vector that is cleared first.
pub(crate) fn split_into(text: &str, blocks: &mut Vec<Block>) {
    blocks.clear();
    blocks.reserve(text.len() / USUAL_BLOCK + 8);
    // Each line is a block of its own at first.
    lines(text, blocks);
    let wrap = Wrap::of(text, blocks);
    let joins = |line: &Block, next: &Block| !next.after_blank && wrap.joins(text, line, next);
    if !blocks.windows(2).any(|pair| joins(&pair[0], &pair[1])) {
        return;
    }
    let mut last = 0;
    let mut previous = blocks[0];
    for n in 1..blocks.len() {
        let line = blocks[n];
        if joins(&previous, &line) {
            blocks[last].span = blocks[last].span.cover(line.span);
            blocks[last].wrapped = true;
        } else {
            last += 1;
            blocks[last] = line;
        }
        previous = line;
    }
    blocks.truncate(last + 1);
}

/// Finds line ends: LF, CR, CRLF, form feed, and the two of Unicode.
struct LineEnds<'t> {
    bytes: &'t [u8],
    /// Where the next line or paragraph separator of Unicode stands: they are rare, and their first byte is
    /// that of every curly quotation mark, so that they are searched on their own.
    separator: usize,
}

impl<'t> LineEnds<'t> {
    fn new(text: &'t str) -> LineEnds<'t> {
        let mut ends = LineEnds { bytes: text.as_bytes(), separator: 0 };
        ends.separator = ends.separator_from(0);
        ends
    }

    fn separator_from(&self, start: usize) -> usize {
        // A8 and A9 stand only within longer characters; few texts hold them at all.
        memchr::memchr2_iter(0xa8, 0xa9, &self.bytes[start..])
            .map(|i| start + i)
            .find(|&i| i >= start + 2 && self.bytes[i - 2..i] == [0xe2, 0x80])
            .map_or(self.bytes.len(), |i| i - 2)
    }

    /// Returns the end of the line that starts at `start`, and the start of the next one.
    fn next(&mut self, start: usize) -> (usize, usize) {
        let bytes = self.bytes;
        // Most blank lines are empty.
        if bytes[start] == b'\n' {
            return (start, start + 1);
        }
        let end = memchr::memchr3(b'\n', b'\r', 0x0c, &bytes[start..]).map_or(bytes.len(), |i| start + i);
        if self.separator < end {
            let end = self.separator;
            self.separator = self.separator_from(end + 3);
            return (end, end + 3);
        }
        let crlf = bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n');
        (end, end + 1 + usize::from(crlf))
    }
}

/// Finds the lines that are not blank, trimmed, each as a block.
fn lines(text: &str, out: &mut Vec<Block>) {
    let mut ends = LineEnds::new(text);
    let mut after_blank = true;
    let mut start = 0;
    while start < text.len() {
        let (end, next) = ends.next(start);
        if start == end {
            after_blank = true;
            start = next;
            continue;
        }
        let line = &text[start..end];
        // Most lines need no trimming: they start with a letter and end with a letter or a stop.
        let edge = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
        let plain = edge(line.as_bytes().first()) && edge(line.as_bytes().last());
        let body = if plain { line } else { line.trim_start_matches(is_blank) };
        let head = line.len() - body.len();
        let body = if plain { line } else { body.trim_end_matches(is_blank) };
        if body.is_empty() {
            after_blank = true;
        } else {
            let columns = |c| if c == '\t' { 4 } else { 1 };
            let indent = u16::try_from(line[..head].chars().map(columns).sum::<usize>());
            out.push(Block {
                span: Span::at(start + head, start + head + body.len()),
                kind: BlockKind::Paragraph,
                after_blank,
                indent: indent.unwrap_or(u16::MAX),
                wrapped: false,
            });
            after_blank = false;
        }
        start = next;
    }
}

/// How the text is broken into lines.
struct Wrap {
    /// The width at which lines are broken; `None` when every line is a block.
    width: Option<usize>,
}

impl Wrap {
    /// Hard-wrapped copy shows itself by lines that go on in lower case on the next line.
    fn of(text: &str, lines: &[Block]) -> Wrap {
        let (mut breaks, mut goes_on, mut width) = (0, 0, 0);
        for pair in lines.windows(2).filter(|p| !p[1].after_blank) {
            breaks += 1;
            if pair[0].span.len() <= WIDEST_WRAP {
                width = width.max(pair[0].span.len());
                goes_on += usize::from(goes_on_in(text, &pair[0], &pair[1]));
            }
        }
        let wide = lines.iter().filter(|l| l.span.len() > WIDEST_WRAP).count();
        let wrapped = goes_on > 0 && goes_on * 5 >= breaks && wide * 10 <= lines.len();
        Wrap { width: wrapped.then_some(width) }
    }

    /// Tells whether `next` belongs to the same block as `line`, the line before it.
    ///
    /// In wrapped copy, when its first word would not have fitted on the line; in any copy, when the line
    /// breaks off in mid-sentence and the next one starts small.
    fn joins(&self, text: &str, line: &Block, next: &Block) -> bool {
        if goes_on_in(text, line, next) {
            return true;
        }
        self.width.is_some_and(|width| {
            let first = next.span.of(text).split_whitespace().next().map_or(0, str::len);
            let hangs = next.indent <= line.indent && !starts_item(next.span.of(text));
            hangs && line.span.len() + 1 + first >= width.saturating_sub(width / 10)
        })
    }
}

/// The line breaks off in mid-sentence, and the next one goes on in lower case.
fn goes_on_in(text: &str, line: &Block, next: &Block) -> bool {
    let (line, next) = (line.span.of(text), next.span.of(text));
    line.len() >= NARROWEST_WRAP
        && next.starts_with(char::is_lowercase)
        && (next.len() >= NARROWEST_WRAP || next.ends_with(['.', '!', '?', ',', '”', '"', ')']))
        && !line.ends_with(['.', '!', '?', ':', ';', '”', '"', '|'])
        && next.split(is_blank).next().is_none_or(|w| w.trim_end_matches(':') != "by")
}

/// A bullet, a block quote's mark, a speaker's dash: a new line that is meant.
fn starts_item(text: &str) -> bool {
    text.starts_with(['•', '‣', '▪', '●', '>', '—', '–', '#'])
        || text.strip_prefix(['*', '-', '+']).is_some_and(|rest| rest.starts_with(' '))
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
        assert_eq!(
            texts("One\u{2028}Two\u{2029}Three ‘©’\u{2028}\u{2028}Four\u{c}Five"),
            ["One", "Two", "Three ‘©’", "Four", "Five"]
        );
        assert!(texts(" \n\n").is_empty() && texts("").is_empty() && texts("\u{2028}").is_empty());
    }

    #[test]
    fn blank_lines_are_seen_in_any_line_end() {
        for text in [
            "One\n\nTwo",
            "One\r\n\r\nTwo",
            "One\r\rTwo",
            "One\u{2028}\u{2028}Two",
            "One\n\u{a0}\nTwo",
            "One\n\u{200b}\nTwo",
        ] {
            assert!(split(text)[1].after_blank, "{text:?}");
        }
        for text in ["One\nTwo", "One\r\nTwo", "One\rTwo", "One\u{2029}Two"] {
            assert!(!split(text)[1].after_blank, "{text:?}");
        }
    }

    #[test]
    fn lines_that_go_on_join() {
        for text in [
            "The council has asked for advice on the goat and on the price of\nhay, Roe said.",
            "The council has asked for advice on the goat, on the pier, on the price of the\nhay. Roe said no.",
            "Pier to close\n\nThe council has asked for advice on the goat, which is a good deal older than the\ncouncil is.\n\nThe goat has asked for hay.",
        ] {
            assert!(split(text).iter().any(|b| b.span.of(text).contains('\n')), "{text:?}");
        }
        for text in [
            "Why your daily loaf of bread tastes of next to nothing\nby ada roe\n\nMost lets are mended in nine minutes.",
            "“Haul, haul,\nhaul the grey sea in,\nand let the bread begin.”",
            "The goat said nothing to the council on Monday.\nand last updated 8 April 2021",
            "Two loaves of bread from the old mill on the hill,\n• one goat from the same hill or from the next,\n• one cat",
        ] {
            assert!(split(text).iter().all(|b| !b.span.of(text).contains('\n')), "{text:?}");
        }
    }

    #[test]
    fn indents_start_paragraphs_in_wrapped_copy() {
        let text = "  The boat that has carried post to the island since the war made\nits last trip on Friday, in a gale that took the flag and the chart.\n  Nobody waved.";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn hard_wraps_join() {
        let text = "The boat that has carried post to the island since the war made\nits last trip on Friday.\n\nNobody waved.";
        assert_eq!(texts(text).len(), 2);
        assert_eq!(texts("Ada Roe\nThe boat has gone.\nNobody waved.").len(), 3);
    }
}
