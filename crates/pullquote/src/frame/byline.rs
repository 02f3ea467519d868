//! Bylines: who wrote the article, in what role, for whom, from where.

use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use nom::IResult;
use nom::Parser as _;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while1};
use nom::character::complete::space1;
use nom::combinator::{opt, verify};
use nom::multi::separated_list1;
use nom::sequence::delimited;

use crate::error::Error;
use crate::frame::name::PersonName;
use crate::lexicon::{self, Class};
use crate::span::Span;

/// Tells who signs: people, the staff as a body, or a news agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BylineKind {
    /// One or more named people.
    Person,
    /// The staff as a body ("By Gazette Staff").
    Staff,
    /// A news agency ("Reuters").
    Agency,
}

/// Holds one author of a byline.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Author {
    pub(crate) name: PersonName,
    pub(crate) span: Span,
}

impl Author {
    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &PersonName {
        &self.name
    }

    /// Returns where the name stands in the text that was parsed.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }
}

/// Holds a byline: its authors and what the line tells of them.
///
/// ```
/// let byline: pullquote::Byline = "By Ada Roe and Ian Poole".parse().unwrap();
/// let names: Vec<&str> = byline.authors().iter().map(|a| a.name().as_str()).collect();
/// assert_eq!(names, ["Ada Roe", "Ian Poole"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Byline {
    pub(crate) span: Span,
    pub(crate) kind: BylineKind,
    pub(crate) authors: Vec<Author>,
    pub(crate) role: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) date: Option<String>,
}

impl Byline {
    /// Returns where the byline stands, from its first word to its last.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns whether people, the staff, or an agency signs.
    #[must_use]
    pub fn kind(&self) -> BylineKind {
        self.kind
    }

    /// Returns the authors in the order of the line; none for a staff or agency byline.
    #[must_use]
    pub fn authors(&self) -> &[Author] {
        &self.authors
    }

    /// Returns the role, as written ("Political Correspondent").
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }

    /// Returns the outlet or agency, as written.
    #[must_use]
    pub fn outlet(&self) -> Option<&str> {
        self.outlet.as_deref()
    }

    /// Returns the place the author reports from, as written.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }

    /// Returns the date, as written.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }
}

const EXPECTED: &str = "a byline such as \"By Ada Roe and Ian Poole\"";

/// Reads `line` as a byline; its spans are moved by `base`. Linear in the line.
///
/// A bare name without "By" counts when `bare` is allowed.
pub(crate) fn parse_line(line: &str, base: usize, bare: bool) -> Option<Byline> {
    let trimmed = line.trim();
    let (rest, by) = opt((tag_no_case::<_, _, nom::error::Error<&str>>("by"), alt((tag(":"), space1))))
        .parse(trimmed)
        .ok()?;
    if by.is_none() && !bare {
        return None;
    }
    let (rest, names) = separated_list1(joiner, person).parse(rest.trim_start()).ok()?;
    if !rest.trim().is_empty() {
        return None;
    }
    let offset = |s: &str| base + (s.as_ptr() as usize - line.as_ptr() as usize);
    Some(Byline {
        span: Span::at(offset(trimmed), offset(trimmed) + trimmed.len()),
        kind: BylineKind::Person,
        authors: names
            .into_iter()
            .map(|n| Author {
                name: PersonName::from_text(n),
                span: Span::at(offset(n), offset(n) + n.len()),
            })
            .collect(),
        role: None,
        outlet: None,
        location: None,
        date: None,
    })
}

/// Between two names: "Ada Roe, Ian Poole and Sam Orr".
fn joiner(input: &str) -> IResult<&str, &str> {
    alt((delimited(space1, alt((tag_no_case("and"), tag("&"))), space1), alt((tag(", and "), tag(", ")))))
        .parse(input)
}

/// Two to five capitalised words; particles may stand between them.
fn person(input: &str) -> IResult<&str, &str> {
    let word = |i| take_while1(|c: char| c.is_alphanumeric() || "'’-.".contains(c)).parse(i);
    let (_, words) = separated_list1(tag(" "), verify(word, |w: &str| is_name_word(w))).parse(input)?;
    let len = words.iter().map(|w| w.len()).sum::<usize>() + words.len() - 1;
    if (2..=5).contains(&words.len()) {
        Ok((&input[len..], &input[..len]))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Count)))
    }
}

fn is_name_word(word: &str) -> bool {
    let class = lexicon::class(word.trim_end_matches('.'));
    if class.any(Class::PARTICLE) {
        return true;
    }
    word.chars().next().is_some_and(char::is_uppercase)
        && !class.any(Class::CONJUNCTION.or(Class::MONTH).or(Class::WEEKDAY).or(Class::DETERMINER))
}

impl FromStr for Byline {
    type Err = Error;

    /// Reads a line that is known to be a byline; spans count from the start of `line`.
    ///
    /// # Errors
    ///
    /// When the line holds something besides a byline, or no name.
    fn from_str(line: &str) -> Result<Byline, Error> {
        parse_line(line, 0, true).ok_or_else(|| Error::new(EXPECTED, line, Span::at(0, line.len())))
    }
}
