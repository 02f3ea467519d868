//! Quotations: marks paired into stretches, with repairs where the text is damaged.

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
