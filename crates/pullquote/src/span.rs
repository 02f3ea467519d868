//! `Span`: where in the input something stands.

use core::fmt;
use core::ops::Range;

/// Marks a stretch of the input: UTF-8 byte offsets, half-open, on character boundaries.
///
/// Offsets count the bytes of the text exactly as it was given to the parser, so
/// `&text[span.range()]` is what the span covers.
///
/// ```
/// let article = pullquote::parse("Snow closes the pass\n\nIt fell all night on Monday.");
/// let headline = article.headline().unwrap();
/// assert_eq!((headline.start(), headline.end()), (0, 20));
/// assert_eq!(&article[headline], "Snow closes the pass");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Makes a span from two byte offsets; an `end` before `start` gives an empty span at `start`.
    ///
    /// ```
    /// use pullquote::Span;
    /// assert_eq!(Span::new(2, 6).range(), 2..6);
    /// assert!(Span::new(5, 3).is_empty());
    /// ```
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end: if end < start { start } else { end } }
    }

    /// Makes the span of a stretch of a text that is shorter than 4 GiB.
    #[inline]
    pub(crate) const fn within(start: usize, end: usize) -> Span {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Span { start: start as u32, end: end as u32 }
    }

    /// Makes a span from `usize` offsets.
    ///
    /// Offsets past `u32::MAX` saturate; the parser refuses longer input before it makes a span.
    #[must_use]
    pub(crate) fn at(start: usize, end: usize) -> Span {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span::new(clamp(start), clamp(end))
    }

    /// Returns the offset of the first byte.
    ///
    /// ```
    /// assert_eq!(pullquote::Span::new(2, 6).start(), 2);
    /// ```
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// Returns the offset just past the last byte.
    ///
    /// ```
    /// assert_eq!(pullquote::Span::new(2, 6).end(), 6);
    /// ```
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Returns the span as a range, to slice the text with.
    ///
    /// ```
    /// assert_eq!(&"the pier"[pullquote::Span::new(4, 8).range()], "pier");
    /// ```
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Returns the number of bytes covered.
    ///
    /// ```
    /// assert_eq!(pullquote::Span::new(2, 6).len(), 4);
    /// ```
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Tells whether the span covers nothing.
    ///
    /// ```
    /// assert!(pullquote::Span::new(2, 2).is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Tells whether `other` lies wholly inside.
    ///
    /// ```
    /// use pullquote::Span;
    /// assert!(Span::new(2, 6).contains(Span::new(3, 6)) && !Span::new(2, 6).contains(Span::new(3, 7)));
    /// ```
    #[must_use]
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Tells whether the two share at least one byte.
    ///
    /// ```
    /// use pullquote::Span;
    /// assert!(Span::new(2, 6).overlaps(Span::new(5, 9)) && !Span::new(2, 6).overlaps(Span::new(6, 9)));
    /// ```
    #[must_use]
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the smallest span that covers both.
    ///
    /// ```
    /// use pullquote::Span;
    /// assert_eq!(Span::new(2, 6).cover(Span::new(8, 9)), Span::new(2, 9));
    /// ```
    #[must_use]
    pub const fn cover(self, other: Span) -> Span {
        Span {
            start: if self.start < other.start { self.start } else { other.start },
            end: if self.end > other.end { self.end } else { other.end },
        }
    }

    /// Returns the text covered, or `""` where the span does not fit `text`.
    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Shrinks the span to what is left of it without white space at both ends.
    pub(crate) fn trim(self, text: &str) -> Span {
        let s = self.of(text);
        let head = s.len() - s.trim_start().len();
        let kept = s.trim().len();
        Span::at(self.start() + head, self.start() + head + kept)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometry() {
        let a = Span::new(2, 6);
        assert_eq!(a.len(), 4);
        assert!(a.contains(Span::new(3, 6)) && !a.contains(Span::new(3, 7)));
        assert!(a.overlaps(Span::new(5, 9)) && !a.overlaps(Span::new(6, 9)));
        assert_eq!(a.cover(Span::new(8, 9)), Span::new(2, 9));
        assert!(Span::new(5, 3).is_empty());
        assert_eq!(Span::new(0, 7).trim("  ab c "), Span::new(2, 6));
    }
}
