//! `Diagnostic`: a finding about the text, each of a kind that has a stable slug.

use core::fmt;
use core::str::FromStr;

use crate::span::Span;

/// Tells how seriously a finding is taken when nobody says otherwise.
///
/// ```
/// use pullquote::{DiagnosticCode, Level};
/// assert_eq!(DiagnosticCode::UnclosedQuotation.level(), Level::Deny);
/// assert!(Level::Allow < Level::Warn && Level::Warn < Level::Deny);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Level {
    /// Not shown: right for most texts, of use to some.
    Allow,
    /// Shown.
    Warn,
    /// Shown, and the check has failed.
    Deny,
}

impl Level {
    /// Returns the name: `allow`, `warn` or `deny`.
    ///
    /// ```
    /// assert_eq!(pullquote::Level::Warn.as_str(), "warn");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }
}

/// Declares the catalogue: one line a finding, `Variant, "slug", default level, "explanation"`.
macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident, $slug:literal, $level:ident, $message:literal;)*) => {
        /// Names a kind of finding; [`slug`](DiagnosticCode::slug) is its stable name in every output.
        ///
        /// | slug | default level | means |
        /// |---|---|---|
        $(#[doc = concat!("| `", $slug, "` | ", stringify!($level), " | ", $message, " |")])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum DiagnosticCode {
            $($(#[$doc])* $variant,)*
        }

        impl DiagnosticCode {
            /// Lists every code, in the order of the catalogue.
            pub const ALL: &'static [DiagnosticCode] = &[$(DiagnosticCode::$variant,)*];

            /// Returns the stable name, lower case with hyphens.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(DiagnosticCode::$variant => $slug,)* }
            }

            /// Returns how seriously the finding is taken when nobody says otherwise.
            #[must_use]
            pub const fn level(self) -> Level {
                match self { $(DiagnosticCode::$variant => Level::$level,)* }
            }

            /// Returns one sentence that explains the finding.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(DiagnosticCode::$variant => $message,)* }
            }
        }
    };
}

catalogue! {
    /// An opening mark has no closing mark before its paragraph ends.
    UnclosedQuotation, "unclosed-quotation", Deny,
        "this quotation is never closed; it is read up to the end of its paragraph";
    /// A closing mark has no opening mark before it in its paragraph.
    UnopenedQuotation, "unopened-quotation", Deny,
        "this closing mark has no opening mark before it in its paragraph";
    /// Opened by a mark of one style, closed by one of another.
    MismatchedMarks, "mismatched-marks", Deny,
        "this quotation is opened by one style of mark and closed by another";
    /// An opening mark stands where a closing one (or an apostrophe) should, or the other way round.
    WrongDirectionMark, "wrong-direction-mark", Deny,
        "this mark points the wrong way";
    /// A quotation that was opened in an earlier paragraph is closed here, with no opening mark in between.
    UnmarkedContinuation, "unmarked-continuation", Warn,
        "this quotation was opened paragraphs before, and goes on without an opening mark at each";
    /// Whole quotations in straight marks and whole ones in curly marks.
    MixedMarkStyles, "mixed-mark-styles", Warn,
        "this text has some quotations in straight marks and some in curly ones";
    /// A mark in UTF-8 that was decoded as Windows-1252.
    MojibakeMark, "mojibake-mark", Deny,
        "this is a quotation mark whose bytes were decoded wrongly";
    /// A mark written as an HTML entity.
    EntityMark, "entity-mark", Warn,
        "this is a quotation mark written as an HTML entity";
    /// A whole utterance between marks for which the text names nobody.
    UnattributedQuotation, "unattributed-quotation", Allow,
        "the text does not say whose words these are";
    /// The read time on the page and the one from the words are far apart.
    StatedReadTimeDiffers, "stated-read-time-differs", Warn,
        "the read time stated here and that of the words differ by more than a factor of two";
    /// The input is longer than 4 GiB, which offsets of 32 bits cannot address.
    InputTooLong, "input-too-long", Deny,
        "the text is longer than 4 GiB and was not read; split it into articles";
}

impl fmt::Display for DiagnosticCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// Says that a text is the slug of no finding.
///
/// ```
/// let error = "typo".parse::<pullquote::DiagnosticCode>().unwrap_err();
/// assert!(error.to_string().starts_with("no finding has this name"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no finding has this name; DiagnosticCode::ALL lists them")]
#[non_exhaustive]
pub struct UnknownSlug;

impl FromStr for DiagnosticCode {
    type Err = UnknownSlug;

    /// Finds a code by its slug.
    ///
    /// # Errors
    ///
    /// When no code has this slug.
    ///
    /// ```
    /// use pullquote::DiagnosticCode;
    /// assert_eq!("mojibake-mark".parse(), Ok(DiagnosticCode::MojibakeMark));
    /// assert!("mojibake".parse::<DiagnosticCode>().is_err());
    /// ```
    fn from_str(slug: &str) -> Result<DiagnosticCode, UnknownSlug> {
        DiagnosticCode::ALL.iter().copied().find(|code| code.slug() == slug).ok_or(UnknownSlug)
    }
}

/// Holds a change that mends a finding for certain: what to write in place of what.
///
/// ```
/// let article = pullquote::parse("Pier shut\n\nIt was a \u{201d}grand\u{201d} old pier, they said.");
/// let fix = article.diagnostics()[0].replacement().unwrap();
/// let mut mended = article.text().to_owned();
/// mended.replace_range(fix.span().range(), fix.text());
/// assert!(mended.contains("\u{201c}grand\u{201d}"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replacement {
    pub(crate) span: Span,
    pub(crate) text: &'static str,
}

impl Replacement {
    /// Returns what is to be replaced.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns what to write instead.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }
}

/// Tells of one finding about the text: what it is, where it stands, and what it relates to.
///
/// ```
/// let article = pullquote::parse("\u{201c}We are late, the guard said.");
/// let finding = &article.diagnostics()[0];
/// assert_eq!(finding.code().slug(), "unclosed-quotation");
/// assert_eq!(finding.span().start(), 0);
/// assert_eq!(finding.replacement(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    pub(crate) code: DiagnosticCode,
    pub(crate) span: Span,
    pub(crate) related: Option<Span>,
    pub(crate) replacement: Option<Replacement>,
}

impl Diagnostic {
    pub(crate) fn new(code: DiagnosticCode, span: Span, related: Option<Span>) -> Diagnostic {
        Diagnostic { code, span, related, replacement: None }
    }

    pub(crate) fn with_replacement(self, replacement: Replacement) -> Diagnostic {
        Diagnostic { replacement: Some(replacement), ..self }
    }

    /// Returns the kind of finding.
    ///
    /// ```
    /// let finding = &pullquote::parse("“We are late, the guard said.").diagnostics()[0].clone();
    /// assert_eq!(finding.code(), pullquote::DiagnosticCode::UnclosedQuotation);
    /// ```
    #[must_use]
    pub fn code(&self) -> DiagnosticCode {
        self.code
    }

    /// Returns where the damage stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns what the finding relates to: for a wrong closing mark, the opening one.
    ///
    /// ```
    /// let article = pullquote::parse("Pier shut\n\n“It leaks,\" said Ada Roe.");
    /// assert_eq!(&article[article.diagnostics()[0].related().unwrap()], "“");
    /// ```
    #[must_use]
    pub fn related(&self) -> Option<Span> {
        self.related
    }

    /// Returns the change that mends it, where that is certain.
    ///
    /// ```
    /// let article = pullquote::parse("Pier shut\n\nIt was a \u{201d}grand\u{201d} old pier, they said.");
    /// let fix = article.diagnostics()[0].replacement().unwrap();
    /// assert_eq!((&article[fix.span()], fix.text()), ("\u{201d}", "\u{201c}"));
    /// ```
    #[must_use]
    pub fn replacement(&self) -> Option<Replacement> {
        self.replacement
    }

    /// Returns one sentence that explains the finding.
    ///
    /// ```
    /// assert!(pullquote::parse("“We are late, the guard said.").diagnostics()[0].message().contains("never closed"));
    /// ```
    #[must_use]
    pub fn message(&self) -> &'static str {
        self.code.message()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique_and_lead_back() {
        for (i, code) in DiagnosticCode::ALL.iter().enumerate() {
            assert_eq!(code.slug().parse(), Ok(*code));
            assert!(code.slug().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code}");
            assert!(DiagnosticCode::ALL[i + 1..].iter().all(|other| other.slug() != code.slug()), "{code}");
            assert!(!code.message().ends_with('.') && !code.message().contains('|'), "{code}");
        }
        assert!("Unclosed".parse::<DiagnosticCode>().is_err());
    }
}
