//! `Gender`: the pronoun that a person goes by.

/// Tells what pronoun a person goes by, as far as the text shows.
///
/// ```
/// use pullquote::Gender;
/// let article = pullquote::parse("“It leaks,” said Mr Roe.");
/// assert_eq!(article.speakers()[0].gender(), Some(Gender::He));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Gender {
    /// "he"
    He,
    /// "she"
    She,
    /// "they" of one person, where the text says so: "a potter who uses they".
    They,
}

impl Gender {
    /// Returns the name used in the record: `he`, `she` or `they`.
    ///
    /// ```
    /// assert_eq!(pullquote::Gender::They.as_str(), "they");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Gender::He => "he",
            Gender::She => "she",
            Gender::They => "they",
        }
    }
}
