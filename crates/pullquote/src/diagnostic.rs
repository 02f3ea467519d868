//! `Diagnostic`: a finding about the text, each of a kind that has a stable slug.

use core::fmt;

use crate::span::Span;

/// Declares the catalogue: one line a finding, `Variant, "slug", "explanation"`.
macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident, $slug:literal, $message:literal;)*) => {
        /// Names a kind of finding; [`slug`](DiagnosticCode::slug) is its stable name in every output.
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
    UnclosedQuotation, "unclosed-quotation",
        "this quotation is never closed; it is read up to the end of its paragraph";
    /// A closing mark has no opening mark before it in its paragraph.
    UnopenedQuotation, "unopened-quotation",
        "this closing mark has no opening mark before it in its paragraph";
    /// Opened by a mark of one style, closed by one of another.
    MismatchedMarks, "mismatched-marks",
        "this quotation is opened by one style of mark and closed by another";
    /// An opening mark stands where a closing one should, or the other way round.
    WrongDirectionMark, "wrong-direction-mark",
        "this mark points the wrong way";
    /// The input is longer than 4 GiB, which offsets of 32 bits cannot address.
    InputTooLong, "input-too-long",
        "the text is longer than 4 GiB and was not read; split it into articles";
}

impl fmt::Display for DiagnosticCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// Tells of one finding about the text: what it is, where it stands, and what it relates to.
///
/// ```
/// let article = pullquote::parse("\u{201c}We are late, the guard said.");
/// let finding = &article.diagnostics()[0];
/// assert_eq!(finding.code().slug(), "unclosed-quotation");
/// assert_eq!(finding.span().start(), 0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    pub(crate) code: DiagnosticCode,
    pub(crate) span: Span,
    pub(crate) related: Option<Span>,
}

impl Diagnostic {
    pub(crate) fn new(code: DiagnosticCode, span: Span, related: Option<Span>) -> Diagnostic {
        Diagnostic { code, span, related }
    }

    /// Returns the kind of finding.
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
    #[must_use]
    pub fn related(&self) -> Option<Span> {
        self.related
    }

    /// Returns one sentence that explains the finding.
    #[must_use]
    pub fn message(&self) -> &'static str {
        self.code.message()
    }
}
