//! Names of people.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use crate::error::Error;
use crate::lexicon::{self, Class};
use crate::span::Span;

/// Holds a person's name as written, and its parts.
///
/// ```
/// let name: pullquote::PersonName = "Ada de la Cruz Jr.".parse().unwrap();
/// assert_eq!(name.as_str(), "Ada de la Cruz Jr.");
/// assert_eq!((name.given(), name.family(), name.suffix()), (Some("Ada"), Some("de la Cruz"), Some("Jr.")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonName {
    text: String,
    given: Option<Span>,
    family: Option<Span>,
    suffix: Option<Span>,
}

impl PersonName {
    /// Returns the name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the given names.
    #[must_use]
    pub fn given(&self) -> Option<&str> {
        self.given.map(|s| s.of(&self.text))
    }

    /// Returns the family name, its particles included.
    #[must_use]
    pub fn family(&self) -> Option<&str> {
        self.family.map(|s| s.of(&self.text))
    }

    /// Returns the generational suffix ("Jr.", "III").
    #[must_use]
    pub fn suffix(&self) -> Option<&str> {
        self.suffix.map(|s| s.of(&self.text))
    }

    /// Splits a text that is known to be a name.
    pub(crate) fn from_text(text: &str) -> PersonName {
        let text = text.trim();
        let mut words = alloc::vec::Vec::new();
        let mut at = 0;
        for word in text.split_whitespace() {
            let start = at + text[at..].find(word).unwrap_or(0);
            words.push(Span::at(start, start + word.len()));
            at = start + word.len();
        }
        let class = |s: Span| lexicon::class(s.of(text).trim_matches(|c| c == '.' || c == ','));
        let suffix = words.last().copied().filter(|&s| words.len() > 2 && class(s).any(Class::SUFFIX));
        let names = if suffix.is_some() { &words[..words.len() - 1] } else { &words[..] };
        let family_from = (1..names.len())
            .find(|&i| class(names[i]).any(Class::PARTICLE))
            .unwrap_or(names.len().saturating_sub(1));
        let cover = |s: &[Span]| match s {
            [] => None,
            [first, .., last] => Some(first.cover(*last)),
            [one] => Some(*one),
        };
        let (given, family) = if names.len() < 2 {
            (cover(names), None)
        } else {
            (cover(&names[..family_from]), cover(&names[family_from..]))
        };
        PersonName { text: text.into(), given, family, suffix }
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for PersonName {
    type Err = Error;

    /// Reads a line that holds one name and nothing else.
    ///
    /// # Errors
    ///
    /// When the line is empty, longer than eight words, or a word of it starts in lower case without being
    /// a particle ("de", "van").
    fn from_str(line: &str) -> Result<PersonName, Error> {
        const EXPECTED: &str = "a person's name such as \"Ada Roe\"";
        let text = line.trim();
        let whole = Span::at(0, line.len());
        if text.is_empty() || text.split_whitespace().count() > 8 {
            return Err(Error::new(EXPECTED, line, whole));
        }
        for word in text.split_whitespace() {
            let capital = word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
            if !capital && !lexicon::class(word).any(Class::PARTICLE) {
                let start = word.as_ptr() as usize - line.as_ptr() as usize;
                return Err(Error::new(EXPECTED, line, Span::at(start, start + word.len())));
            }
        }
        Ok(PersonName::from_text(text))
    }
}
