//! `Error`: what the strict parsers (`FromStr`) answer when a line is not what it should be.

use crate::span::Span;

/// Says why a line is not the thing it was parsed as: what was expected, and where.
///
/// ```
/// let error = "once upon a time".parse::<pullquote::ReadTime>().unwrap_err();
/// assert!(error.to_string().starts_with("expected a read time"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found:?} at byte {}", span.start())]
#[non_exhaustive]
pub struct Error {
    expected: &'static str,
    found: alloc::string::String,
    span: Span,
}

impl Error {
    /// Makes an error about `span` of `text`; the text shown is cut after 40 characters.
    pub(crate) fn new(expected: &'static str, text: &str, span: Span) -> Error {
        let found = span.of(text);
        let cut = found.char_indices().nth(40).map_or(found.len(), |(i, _)| i);
        Error { expected, found: found[..cut].into(), span }
    }

    /// Returns what the parser was looking for, as a noun phrase ("a read time such as \"4 min read\"").
    ///
    /// ```
    /// let error = "once".parse::<pullquote::Dateline>().unwrap_err();
    /// assert!(error.expected().starts_with("a dateline"));
    /// ```
    #[must_use]
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// Returns where in the line the parser stopped.
    ///
    /// ```
    /// let error = "once".parse::<pullquote::Byline>().unwrap_err();
    /// assert_eq!(error.span().range(), 0..4);
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }
}
