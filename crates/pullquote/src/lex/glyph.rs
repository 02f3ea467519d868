//! The glyphs: every sequence of bytes that stands for a quotation mark or an apostrophe.

/// How a mark is drawn; marks of one style pair without a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Straight,
    Curly,
    /// Two single marks for a double one: `` ``…'' ``.
    Doubled,
    Backtick,
    Low,
    Guillemet,
    Prime,
}

/// Whether a mark counts as double or single.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Double,
    Single,
}

/// Which side of a quotation a mark is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facing {
    Open,
    Close,
    Either,
}

/// One glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub(crate) style: Style,
    pub(crate) family: Family,
    pub(crate) facing: Facing,
    /// Written as an HTML entity, or as UTF-8 that was once decoded as Windows-1252.
    pub(crate) encoded: bool,
}

const fn glyph(style: Style, family: Family, facing: Facing) -> Glyph {
    Glyph { style, family, facing, encoded: false }
}

const fn encoded(style: Style, family: Family, facing: Facing) -> Glyph {
    Glyph { style, family, facing, encoded: true }
}

use Facing::{Close, Either, Open};
use Family::{Double, Single};
use Style::{Backtick, Curly, Doubled, Guillemet, Low, Prime, Straight};

/// All glyphs; where one is the start of another, the longer stands first.
#[rustfmt::skip]
const GLYPHS: &[(&str, Glyph)] = &[
    ("\"", glyph(Straight, Double, Either)),
    ("''", glyph(Doubled, Double, Either)),
    ("'", glyph(Straight, Single, Either)),
    ("``", glyph(Doubled, Double, Open)),
    ("`", glyph(Backtick, Single, Open)),
    // OCR reads a low mark as two commas; the token loop takes it only before a letter.
    (",,", glyph(Doubled, Double, Open)),
    ("«", glyph(Guillemet, Double, Open)),
    ("»", glyph(Guillemet, Double, Close)),
    ("´", glyph(Backtick, Single, Close)),
    ("‹", glyph(Guillemet, Single, Open)),
    ("›", glyph(Guillemet, Single, Close)),
    ("“", glyph(Curly, Double, Open)),
    ("”", glyph(Curly, Double, Close)),
    ("‟", glyph(Curly, Double, Open)),
    ("„", glyph(Low, Double, Open)),
    ("‘‘", glyph(Doubled, Double, Open)),
    ("’’", glyph(Doubled, Double, Close)),
    ("‘", glyph(Curly, Single, Open)),
    ("’", glyph(Curly, Single, Close)),
    ("‛", glyph(Curly, Single, Open)),
    ("‚", glyph(Low, Single, Open)),
    ("″", glyph(Prime, Double, Either)),
    ("′", glyph(Prime, Single, Either)),
    ("〝", glyph(Prime, Double, Open)),
    ("〞", glyph(Prime, Double, Close)),
    ("＂", glyph(Straight, Double, Either)),
    ("&quot;", encoded(Straight, Double, Either)),
    ("&#34;", encoded(Straight, Double, Either)),
    ("&#x22;", encoded(Straight, Double, Either)),
    ("&ldquo;", encoded(Curly, Double, Open)),
    ("&#8220;", encoded(Curly, Double, Open)),
    ("&#x201c;", encoded(Curly, Double, Open)),
    ("&#x201C;", encoded(Curly, Double, Open)),
    ("&rdquo;", encoded(Curly, Double, Close)),
    ("&#8221;", encoded(Curly, Double, Close)),
    ("&#x201d;", encoded(Curly, Double, Close)),
    ("&#x201D;", encoded(Curly, Double, Close)),
    ("&lsquo;", encoded(Curly, Single, Open)),
    ("&#8216;", encoded(Curly, Single, Open)),
    ("&#x2018;", encoded(Curly, Single, Open)),
    ("&rsquo;", encoded(Curly, Single, Close)),
    ("&#8217;", encoded(Curly, Single, Close)),
    ("&#x2019;", encoded(Curly, Single, Close)),
    ("&apos;", encoded(Straight, Single, Either)),
    ("&#39;", encoded(Straight, Single, Either)),
    ("&#039;", encoded(Straight, Single, Either)),
    ("&#x27;", encoded(Straight, Single, Either)),
    ("&laquo;", encoded(Guillemet, Double, Open)),
    ("&raquo;", encoded(Guillemet, Double, Close)),
    ("&bdquo;", encoded(Low, Double, Open)),
    // Mojibake: the three bytes of a curly mark, each read as Windows-1252 (or Latin-1).
    ("â€œ", encoded(Curly, Double, Open)),
    ("â€\u{9d}", encoded(Curly, Double, Close)),
    ("â€˜", encoded(Curly, Single, Open)),
    ("â€™", encoded(Curly, Single, Close)),
    ("â€", encoded(Curly, Double, Close)),
    ("â\u{80}\u{9c}", encoded(Curly, Double, Open)),
    ("â\u{80}\u{9d}", encoded(Curly, Double, Close)),
    ("â\u{80}\u{98}", encoded(Curly, Single, Open)),
    ("â\u{80}\u{99}", encoded(Curly, Single, Close)),
];

/// Mojibake of dashes and the ellipsis starts like that of a closing mark; it is none.
const NOT_MARKS: &[&str] = &["â€“", "â€”", "â€¦", "â€¢"];

/// Tells whether a byte can start a glyph, so that most bytes cost one test.
pub(crate) const fn may_start(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | b',' | b'&' | 0xc2 | 0xc3 | 0xe2 | 0xe3 | 0xef)
}

/// For each byte, the range of [`GLYPHS`] whose first byte it is: they stand side by side there.
static BY_FIRST: [(u8, u8); 256] = {
    let mut ranges = [(0, 0); 256];
    let mut i = 0;
    while i < GLYPHS.len() {
        let first = GLYPHS[i].0.as_bytes()[0] as usize;
        if ranges[first].1 == 0 {
            ranges[first].0 = i as u8;
        }
        ranges[first].1 = i as u8 + 1;
        i += 1;
    }
    ranges
};

/// Reads the glyph that `rest` starts with, and its length in bytes.
pub(crate) fn read(rest: &str) -> Option<(Glyph, usize)> {
    let &first = rest.as_bytes().first()?;
    let (from, to) = BY_FIRST[first as usize];
    // Of the many signs that start with E2 only these are marks, and one byte more tells them apart unless they
    // are doubled.
    if first == 0xe2 {
        let (&[_, 0x80, third @ (0x98..=0x9f | 0xb2 | 0xb3 | 0xb9 | 0xba)], after) =
            rest.as_bytes().split_first_chunk()?
        else {
            return None;
        };
        let doubled = matches!(third, 0x98 | 0x99) && after.starts_with(&[0xe2, 0x80, third]);
        let same = |(text, _): &&(&str, Glyph)| text.as_bytes()[2] == third && (text.len() > 3) == doubled;
        let (text, glyph) = GLYPHS[from as usize..to as usize].iter().find(same)?;
        return Some((*glyph, text.len()));
    }
    // All of NOT_MARKS start with `â`.
    if from == to || first == 0xc3 && NOT_MARKS.iter().any(|n| rest.starts_with(n)) {
        return None;
    }
    GLYPHS[from as usize..to as usize]
        .iter()
        .find(|(text, _)| rest.starts_with(text))
        .map(|(text, glyph)| (*glyph, text.len()))
}

/// Returns how a mark is drawn; `None` where the style has no mark for that side.
pub(crate) fn drawn(style: Style, family: Family, facing: Facing) -> Option<&'static str> {
    GLYPHS
        .iter()
        .find(|(_, g)| !g.encoded && (g.style, g.family, g.facing) == (style, family, facing))
        .map(|(text, _)| *text)
}

/// Returns the committed text of a mark that is written as such, not as an entity or mojibake.
#[cfg(feature = "serde")]
pub(crate) fn known(text: &str) -> Option<&'static str> {
    GLYPHS.iter().find(|(known, g)| !g.encoded && *known == text).map(|(known, _)| *known)
}

/// Reads the apostrophe that `rest` starts with, and returns its length in bytes.
pub(crate) fn apostrophe(rest: &str) -> Option<usize> {
    match rest.as_bytes() {
        [b'\'', b'\'', ..] => None,
        [b'\'', ..] => Some(1),
        [0xe2 | 0xc3 | b'&' | 0xc2, ..] => match read(rest) {
            Some((
                Glyph { family: Single, facing: Close | Either, style: Curly | Straight | Backtick, .. },
                len,
            )) => Some(len),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_glyph_first() {
        for (i, (text, _)) in GLYPHS.iter().enumerate() {
            for (later, _) in &GLYPHS[i + 1..] {
                assert!(!later.starts_with(text), "{later:?} can never be read, {text:?} stands before it");
            }
            assert!(may_start(text.as_bytes()[0]), "{text:?}");
            let (from, to) = BY_FIRST[text.as_bytes()[0] as usize];
            let beside = &GLYPHS[from as usize..to as usize];
            assert!(read(text).is_some_and(|(_, len)| len == text.len()), "{text:?}");
            assert!(beside.iter().all(|g| g.0.as_bytes()[0] == text.as_bytes()[0]), "{text:?} stands apart");
        }
    }

    #[test]
    fn reads() {
        assert_eq!(read("''Tis").unwrap().1, 2);
        assert_eq!(read("â€œWe").unwrap().0.facing, Open);
        assert_eq!(read("â€ said").unwrap().0.facing, Close);
        assert_eq!(read("â€“ so"), None);
        assert_eq!(read("& co"), None);
        assert_eq!(apostrophe("’s"), Some("’".len()));
        assert_eq!(apostrophe("â€™s"), Some("â€™".len()));
        assert_eq!(apostrophe("”s"), None);
    }
}
