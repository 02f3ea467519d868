//! Datelines: where and by whom a story was filed.

use alloc::string::String;
use core::str::FromStr;

use crate::error::Error;
use crate::span::Span;

/// Holds a dateline.
///
/// ```
/// let dateline: pullquote::Dateline = "HARROW (AP) — The pier is shut.".parse().unwrap();
/// assert_eq!((dateline.place(), dateline.agency()), ("HARROW", Some("AP")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dateline {
    pub(crate) span: Span,
    pub(crate) place: String,
    pub(crate) agency: Option<String>,
    pub(crate) date: Option<String>,
}

impl Dateline {
    /// Returns where it stands, the dash that ends it included.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the place, as written ("HARROW, Ohio").
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns the news agency in brackets, as written.
    #[must_use]
    pub fn agency(&self) -> Option<&str> {
        self.agency.as_deref()
    }

    /// Returns the date, as written.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }
}

const EXPECTED: &str = "a dateline such as \"HARROW (AP) —\"";

/// Reads the dateline that `paragraph` starts with; its span is moved by `base`. Constant time but for the
/// dateline itself.
pub(crate) fn parse_start(paragraph: &str, base: usize) -> Option<Dateline> {
    // A dateline is short; the dash that ends it must come soon.
    let head = paragraph.char_indices().nth(70).map_or(paragraph, |(i, _)| &paragraph[..i]);
    let (dash, width) = ["—", "–", " -- ", " - "]
        .into_iter()
        .filter_map(|d| Some((head.find(d)?, d.trim_end().len())))
        .min()?;
    let before = head[..dash].trim_end();
    let (place, agency) = match before.split_once('(') {
        Some((place, rest)) => (place.trim_end(), Some(rest.strip_suffix(')')?)),
        None => (before, None),
    };
    let town = place.split(',').next().unwrap_or(place);
    let capitals = town.chars().any(char::is_alphabetic) && !town.chars().any(char::is_lowercase);
    let plain = place.chars().all(|c| c.is_alphabetic() || " ,./'’-".contains(c));
    if !capitals || !plain || place.split_whitespace().count() > 5 {
        return None;
    }
    Some(Dateline {
        span: Span::at(base, base + dash + width),
        place: place.into(),
        agency: agency.map(Into::into),
        date: None,
    })
}

impl FromStr for Dateline {
    type Err = Error;

    /// Reads the dateline that a paragraph starts with; spans count from the start of `line`.
    ///
    /// # Errors
    ///
    /// When the line does not start with a dateline.
    fn from_str(line: &str) -> Result<Dateline, Error> {
        parse_start(line, 0).ok_or_else(|| Error::new(EXPECTED, line, Span::at(0, line.len())))
    }
}
