//! `Mention`: one naming of a speaker, and what kind of naming it is.

use core::ops::Range;

use crate::lex::token::Token;
use crate::lexicon::{Class, Hash};
use crate::mention::title;
use crate::span::Span;
use crate::speaker::SpeakerId;

/// Tells what kind of naming a mention is.
///
/// ```
/// use pullquote::MentionKind;
/// let article = pullquote::parse("“It leaks,” the company said.");
/// assert_eq!(article.speakers()[0].kind(), MentionKind::Organisation);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MentionKind {
    /// The name of a person, whole or in part: "Omar Vane", "Mr Vane", "Omar".
    Person,
    /// The name of a body, or its noun: "Pell Securities", "the company".
    Organisation,
    /// A place or a building that stands for those who govern there: "Downing Street".
    Metonym,
    /// Several people by a noun: "residents of Mill Lane", "police".
    Group,
    /// A text or a survey: "the report", "a poll of 900 voters".
    Document,
    /// A source that is kept unnamed: "a person familiar with the talks".
    Unnamed,
    /// A person by what he does or who he is: "the senator", "a neighbour", "his mother".
    Role,
    /// "she", "they", "who"
    Pronoun,
    /// Several who speak as one: "Feld and Boyd".
    Joint,
    /// Somebody unnamed who speaks for another: "a spokesman for the port".
    Spokesperson,
    /// A name on a platform: "@harrowport".
    Handle,
}

impl MentionKind {
    /// Returns the name used in the record, in lower case.
    ///
    /// ```
    /// assert_eq!(pullquote::MentionKind::Metonym.as_str(), "metonym");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            MentionKind::Person => "person",
            MentionKind::Organisation => "organisation",
            MentionKind::Metonym => "metonym",
            MentionKind::Group => "group",
            MentionKind::Document => "document",
            MentionKind::Unnamed => "unnamed",
            MentionKind::Role => "role",
            MentionKind::Pronoun => "pronoun",
            MentionKind::Joint => "joint",
            MentionKind::Spokesperson => "spokesperson",
            MentionKind::Handle => "handle",
        }
    }
}

/// Holds one naming: where it stands, of what kind it is, and whom it names.
///
/// ```
/// use pullquote::MentionKind;
/// let article = pullquote::parse("“It is shut,” said Ada Roe, the warden. “It leaks,” she said.");
/// let mentions = article.speakers()[0].mentions();
/// assert_eq!(&article[mentions[0].span()], "Ada Roe");
/// assert_eq!(mentions[1].kind(), MentionKind::Pronoun);
/// assert_eq!(mentions[1].speaker(), Some(article.speakers()[0].id()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
    pub(crate) speaker: Option<SpeakerId>,
}

impl Mention {
    /// Returns where it stands.
    ///
    /// ```
    /// let article = pullquote::parse("“It is shut,” said Ada Roe, the warden. “It leaks,” she said.");
    /// let mention = &article.mentions()[1];
    /// assert_eq!(&article[mention.span()], "she");
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns of what kind it is.
    ///
    /// ```
    /// let article = pullquote::parse("“It is shut,” said Ada Roe, the warden. “It leaks,” she said.");
    /// let mention = &article.mentions()[1];
    /// assert_eq!(mention.kind(), pullquote::MentionKind::Pronoun);
    /// ```
    #[must_use]
    pub fn kind(&self) -> MentionKind {
        self.kind
    }

    /// Returns whom it names; `None` where that is not known.
    ///
    /// ```
    /// let article = pullquote::parse("“It is shut,” said Ada Roe, the warden. “It leaks,” she said.");
    /// let mention = &article.mentions()[1];
    /// assert_eq!(article[mention.speaker().unwrap()].name(), "Ada Roe");
    /// ```
    #[must_use]
    pub fn speaker(&self) -> Option<SpeakerId> {
        self.speaker
    }
}

/// Words that say that a source is kept unnamed.
const UNNAMED: &[Hash] = &[
    Hash::of("anonymity"),
    Hash::of("anonymous"),
    Hash::of("anonymously"),
    Hash::of("familiar"),
    Hash::of("identified"),
    Hash::of("knowledge"),
    Hash::of("named"),
    Hash::of("unnamed"),
];

/// Tells what a noun phrase is that holds no name: its noun is at token `noun`, its words in `phrase`.
pub(super) fn kind_of_noun(text: &str, tokens: &[Token], noun: usize, phrase: Range<usize>) -> MentionKind {
    let token = tokens[noun];
    let word = token.span.of(text);
    if word.starts_with('@') {
        return MentionKind::Handle;
    }
    let secret = tokens[phrase].iter().any(|t| UNNAMED.contains(&t.hash));
    if secret || word.eq_ignore_ascii_case("source") || word.eq_ignore_ascii_case("sources") {
        return MentionKind::Unnamed;
    }
    let role = Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE);
    if token.is(Class::GROUP) {
        MentionKind::Group
    } else if token.is(role) || title::is_kin(text, &token) {
        MentionKind::Role
    } else if token.is(Class::BODY) {
        MentionKind::Organisation
    } else if token.is(Class::DOCUMENT) {
        MentionKind::Document
    } else if word.ends_with('s') && !word.ends_with("ss") {
        MentionKind::Group
    } else {
        MentionKind::Role
    }
}

#[cfg(test)]
mod tests {
    use super::MentionKind;

    #[test]
    fn tells_kinds_of_mentions() {
        use MentionKind::*;
        let cases: &[(&str, MentionKind)] = &[
            ("Ada Roe said that the pier was shut.", Person),
            ("Marle Town Council said that the pier was shut.", Organisation),
            ("The company said that the pier was shut.", Organisation),
            ("Downing Street said that the pier was shut.", Metonym),
            ("Residents of Mill Lane said that the pier was shut.", Group),
            ("The poll said that the pier was shut.", Document),
            ("A person familiar with the talks said that the pier was shut.", Unnamed),
            ("A neighbour said that the pier was shut.", Role),
            ("He said that the pier was shut.", Pronoun),
            ("Ada Roe and Ivo Hale said that the pier was shut.", Joint),
            ("A spokesman for Corven Rail said that the pier was shut.", Spokesperson),
            ("“The pier is shut,” @marleport tweeted.", Handle),
        ];
        for (text, want) in cases {
            let article = crate::parse(text);
            let source = article.quotes()[0].source()[0];
            let mention = article.mentions().iter().find(|m| m.span().overlaps(source) && m.kind() == *want);
            assert!(mention.is_some(), "{text}: {:?}", article.mentions());
        }
    }
}
