//! `Quotation`: a stretch between marks, how it was repaired, and what it is.

use crate::span::Span;

/// Tells what had to be supposed to read a quotation, where its marks are damaged.
///
/// ```
/// use pullquote::Repair;
/// let article = pullquote::parse("“We are late, the guard said.");
/// assert_eq!(article.quotations()[0].repair(), Repair::Unclosed);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Repair {
    /// The marks are whole, or the quotation goes on in the next paragraph as custom has it.
    #[default]
    None,
    /// It is never closed; it is read up to the end of its paragraph or to the next opening mark.
    Unclosed,
    /// It is never opened; it is read from the start of its paragraph or from the quotation before.
    Unopened,
    /// It is opened by one style of mark and closed by another.
    Mismatched,
    /// One of its marks points the wrong way.
    WrongDirection,
    /// It goes on from a paragraph before without a mark of its own.
    Unmarked,
}

impl Repair {
    /// Returns the name used in the record, lower case with hyphens.
    ///
    /// ```
    /// assert_eq!(pullquote::Repair::WrongDirection.as_str(), "wrong-direction");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Repair::None => "none",
            Repair::Unclosed => "unclosed",
            Repair::Unopened => "unopened",
            Repair::Mismatched => "mismatched",
            Repair::WrongDirection => "wrong-direction",
            Repair::Unmarked => "unmarked",
        }
    }
}

/// Tells what the marks round a stretch of text are for.
///
/// ```
/// use pullquote::QuotationKind;
/// let article = pullquote::parse("The so-called “rescue plan” is dead.");
/// assert_eq!(article.quotations()[0].kind(), QuotationKind::Term);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum QuotationKind {
    /// A whole utterance: `“We are late,” the guard said.`
    #[default]
    Speech,
    /// Some words of an utterance: `The guard called it “an awful night”.`
    Fragment,
    /// Words held at a distance, nobody's in particular: `The “free” lift cost a pound.`
    Scare,
    /// A word spoken of as a word: `so-called “phantom votes”`, `the word “safe”`.
    Term,
    /// The title of a work: `She starred in “The Salt Road”.`
    Title,
    /// A name that somebody goes by: `Ruben “Copper” Hale`.
    Nickname,
    /// What another word means: `jidai (“era”)`.
    Gloss,
}

impl QuotationKind {
    /// Tells whether the marks name something instead of holding what somebody said.
    pub(crate) const fn is_name(self) -> bool {
        matches!(
            self,
            QuotationKind::Term | QuotationKind::Title | QuotationKind::Nickname | QuotationKind::Gloss
        )
    }

    /// Returns the name used in the record, in lower case.
    ///
    /// ```
    /// assert_eq!(pullquote::QuotationKind::Nickname.as_str(), "nickname");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            QuotationKind::Speech => "speech",
            QuotationKind::Fragment => "fragment",
            QuotationKind::Scare => "scare",
            QuotationKind::Term => "term",
            QuotationKind::Title => "title",
            QuotationKind::Nickname => "nickname",
            QuotationKind::Gloss => "gloss",
        }
    }

    /// Tells whether the words are somebody's, whole or in part.
    ///
    /// ```
    /// use pullquote::QuotationKind;
    /// assert!(QuotationKind::Fragment.is_speech() && !QuotationKind::Title.is_speech());
    /// ```
    #[must_use]
    pub const fn is_speech(self) -> bool {
        matches!(self, QuotationKind::Speech | QuotationKind::Fragment)
    }
}

/// Holds one quotation: a stretch of text between quotation marks within one paragraph.
///
/// A quotation that runs over several paragraphs has one part in each; all but the last are
/// [`continued`](Quotation::is_continued).
///
/// ```
/// use pullquote::{QuotationKind, Repair};
/// let article = pullquote::parse("Pier shut\n\n“We are late,\" said Ada “Anvil” Roe.");
/// let kinds: Vec<_> = article.quotations().iter().map(|q| (q.kind(), q.repair())).collect();
/// assert_eq!(kinds[0], (QuotationKind::Speech, Repair::Mismatched));
/// assert_eq!(kinds[1], (QuotationKind::Nickname, Repair::None));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quotation {
    pub(crate) span: Span,
    pub(crate) open: Option<Span>,
    pub(crate) close: Option<Span>,
    pub(crate) depth: u8,
    pub(crate) continued: bool,
    pub(crate) repair: Repair,
    /// By form and neighbours alone until `settle` has seen the quotes.
    pub(crate) kind: QuotationKind,
    pub(crate) quote: Option<u32>,
}

impl Quotation {
    /// Makes a quotation of which no more is known yet.
    pub(super) fn new(span: Span, open: Option<Span>, close: Option<Span>, repair: Repair) -> Quotation {
        Quotation {
            span,
            open,
            close,
            depth: 0,
            continued: false,
            repair,
            kind: QuotationKind::Speech,
            quote: None,
        }
    }

    /// Returns the whole stretch, marks included.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let quotation = &article.quotations()[0];
    /// assert_eq!(&article[quotation.span()], "“It leaks,”");
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the stretch between the marks.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let quotation = &article.quotations()[0];
    /// assert_eq!(&article[quotation.inner()], "It leaks,");
    /// ```
    #[must_use]
    pub fn inner(&self) -> Span {
        let start = self.open.map_or(self.span.start(), Span::end);
        let end = self.close.map_or(self.span.end(), Span::start);
        Span::at(start, end)
    }

    /// Returns the opening mark; `None` where the text has none.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let quotation = &article.quotations()[0];
    /// assert_eq!(&article[quotation.open().unwrap()], "“");
    /// ```
    #[must_use]
    pub fn open(&self) -> Option<Span> {
        self.open
    }

    /// Returns the closing mark; `None` where the quotation is never closed or goes on in the next paragraph.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let quotation = &article.quotations()[0];
    /// assert_eq!(&article[quotation.close().unwrap()], "”");
    /// ```
    #[must_use]
    pub fn close(&self) -> Option<Span> {
        self.close
    }

    /// Returns how many quotations this one stands inside: 0 for the outermost.
    ///
    /// ```
    /// let article = pullquote::parse("“She called it ‘a ruin’,” said Ada Roe.");
    /// let depths: Vec<_> = article.quotations().iter().map(|q| q.depth()).collect();
    /// assert_eq!(depths, [0, 1]);
    /// ```
    #[must_use]
    pub fn depth(&self) -> u8 {
        self.depth
    }

    /// Tells whether the quotation goes on in the next paragraph.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe. “It always did.\n\n“It is old.”");
    /// let parts: Vec<_> = article.quotations().iter().map(|q| q.is_continued()).collect();
    /// assert_eq!(parts, [false, true, false]);
    /// ```
    #[must_use]
    pub fn is_continued(&self) -> bool {
        self.continued
    }

    /// Returns how its marks were repaired.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let quotation = &article.quotations()[0];
    /// assert_eq!(quotation.repair(), pullquote::Repair::None);
    /// ```
    #[must_use]
    pub fn repair(&self) -> Repair {
        self.repair
    }

    /// Returns what it is.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let quotation = &article.quotations()[0];
    /// assert_eq!(quotation.kind(), pullquote::QuotationKind::Speech);
    /// ```
    #[must_use]
    pub fn kind(&self) -> QuotationKind {
        self.kind
    }

    /// Returns the place in [`Article::quotes`](crate::Article::quotes) of the quote whose content covers it.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let quotation = &article.quotations()[0];
    /// assert_eq!(quotation.quote(), Some(0));
    /// ```
    #[must_use]
    pub fn quote(&self) -> Option<usize> {
        self.quote.map(|q| q as usize)
    }
}
