//! Speakers: the people and bodies behind the mentions.
//!
//! | file | owns |
//! |---|---|
//! | `mention.rs` | one naming and its kind |
//! | `entity.rs` | one person or body with all that the text says of it |
//! | `fit.rs` | how well a naming fits an entity |
//! | `index.rs` | ways to find an entity by a word, a noun, an age, a name |
//! | `cast.rs` | everyone and everything the article names, each with all its namings |
//! | `discourse.rs` | whom a pronoun means |
//! | `epithet.rs` | whom a description means that fits anybody |
//! | `medium.rs` | whose words "the statement" holds |
//! | `noun.rs` | whom a noun phrase means |
//! | `opener.rs` | what a sentence opens with: somebody new, or several |
//! | `resolve.rs` | from the source phrase of a quote to one of the cast |
//! | `roll.rs` | those of the cast who speak, numbered |

mod cast;
mod discourse;
mod entity;
mod epithet;
mod fit;
mod index;
mod medium;
mod mention;
mod noun;
mod opener;
mod resolve;
mod roll;

use alloc::string::String;
use alloc::vec::Vec;
use core::num::NonZeroU32;

use crate::article::Article;
use crate::mention::gender::Gender;
use crate::span::Span;

pub use entity::GenderEvidence;
pub use mention::{Mention, MentionKind};
pub(crate) use resolve::{Resolved, Scratch, resolve};

/// The least confidence with which a speaker is named, unless [`Parser::speaker_confidence`] says otherwise.
///
/// [`Parser::speaker_confidence`]: crate::Parser::speaker_confidence
pub(crate) const THRESHOLD: f32 = 0.5;

/// Identifies a speaker within its article.
///
/// ```
/// let article = pullquote::parse("“It leaks,” said Ada Roe.");
/// let id = article.quotes()[0].speaker().unwrap();
/// assert_eq!((id.get(), article[id].name()), (1, "Ada Roe"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerId(NonZeroU32);

impl SpeakerId {
    /// Makes the id of the speaker at `place`.
    pub(crate) fn of_place(place: usize) -> SpeakerId {
        SpeakerId(NonZeroU32::new(u32::try_from(place + 1).unwrap_or(u32::MAX)).unwrap_or(NonZeroU32::MAX))
    }

    /// Returns the place of the speaker in [`Article::speakers`](crate::Article::speakers).
    pub(crate) fn place(self) -> usize {
        self.0.get() as usize - 1
    }

    /// Returns the number used in the record: 1 for the first speaker.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// assert_eq!(article.speakers()[0].id().get(), 1);
    /// ```
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

/// Holds one speaker: the fullest name that the article gives, what it says of the bearer, and all mentions.
///
/// ```
/// let text = "“It leaks,” said Dr Ada Roe, 52, a surveyor at Pell Securities. “It will not,” Roe said, “be mended.”";
/// let article = pullquote::parse(text);
/// let speaker = &article.speakers()[0];
/// let words = |span: Option<pullquote::Span>| span.map(|s| &article[s]);
/// assert_eq!(speaker.name(), "Ada Roe");
/// assert_eq!(words(speaker.honorific()), Some("Dr"));
/// assert_eq!(words(speaker.title()), Some("surveyor"));
/// assert_eq!(words(speaker.affiliation()), Some("Pell Securities"));
/// assert_eq!(words(speaker.age()), Some("52"));
/// assert_eq!(speaker.aliases(&article).collect::<Vec<_>>(), ["Roe"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Speaker {
    pub(crate) id: SpeakerId,
    pub(crate) name: String,
    pub(crate) kind: MentionKind,
    pub(crate) honorific: Option<Span>,
    pub(crate) gender: Option<(Gender, GenderEvidence)>,
    pub(crate) title: Option<Span>,
    pub(crate) affiliation: Option<Span>,
    pub(crate) age: Option<Span>,
    pub(crate) place: Option<Span>,
    pub(crate) members: Vec<SpeakerId>,
    pub(crate) mentions: Vec<Mention>,
}

impl Speaker {
    /// Returns the id.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let speaker = &article.speakers()[0];
    /// assert_eq!(article[speaker.id()], *speaker);
    /// ```
    #[must_use]
    pub fn id(&self) -> SpeakerId {
        self.id
    }

    /// Returns the fullest name that the article gives anywhere, headline and captions included; the noun phrase
    /// itself where it names nobody ("neighbour").
    ///
    /// ```
    /// let article = pullquote::parse("Pier shut\n\n“It leaks,” said Roe. Ada Roe has been warden since May.");
    /// assert_eq!(article.speakers()[0].name(), "Ada Roe");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns what the speaker is: the kind of the fullest naming.
    ///
    /// ```
    /// use pullquote::MentionKind;
    /// let article = pullquote::parse("“It leaks,” the report said. “It does,” said Ada Roe.");
    /// assert_eq!(article.speakers()[0].kind(), MentionKind::Document);
    /// assert_eq!(article.speakers()[1].kind(), MentionKind::Person);
    /// ```
    #[must_use]
    pub fn kind(&self) -> MentionKind {
        self.kind
    }

    /// Returns the other names that the article uses, each once, in the order of the text: "Roe", "the HPA".
    ///
    /// # Complexity
    ///
    /// Grows with the mentions, times the different names among them.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe. “It does,” Roe said.");
    /// assert_eq!(article.speakers()[0].aliases(&article).collect::<Vec<_>>(), ["Roe"]);
    /// ```
    pub fn aliases<'a>(&'a self, article: &'a Article<'_>) -> impl Iterator<Item = &'a str> {
        let named = |m: &&Mention| {
            matches!(
                m.kind,
                MentionKind::Person | MentionKind::Organisation | MentionKind::Metonym | MentionKind::Handle
            )
        };
        let word = |m: &Mention| m.span.of(article.text());
        self.mentions.iter().enumerate().filter(move |(_, m)| named(m)).filter_map(move |(place, m)| {
            let alias = word(m);
            let fresh = !self.mentions[..place].iter().filter(named).any(|old| word(old) == alias);
            (fresh && alias != self.name).then_some(alias)
        })
    }

    /// Returns where the first title in front of the name stands: "Dr", "Sen.", "Mrs".
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Mrs Roe.");
    /// assert_eq!(&article[article.speakers()[0].honorific().unwrap()], "Mrs");
    /// ```
    #[must_use]
    pub fn honorific(&self) -> Option<Span> {
        self.honorific
    }

    /// Returns the pronoun that the speaker goes by, as far as the text shows.
    ///
    /// ```
    /// use pullquote::{Gender, GenderEvidence};
    /// let article = pullquote::parse("“It leaks,” said Mrs Roe. “It does,” said a passer-by.");
    /// assert_eq!(article.speakers()[0].gender(), Some(Gender::She));
    /// assert_eq!(article.speakers()[0].gender_evidence(), Some(GenderEvidence::Honorific));
    /// assert_eq!(article.speakers()[1].gender(), None);
    /// ```
    #[must_use]
    pub fn gender(&self) -> Option<Gender> {
        self.gender.map(|g| g.0)
    }

    /// Returns what [`gender`](Speaker::gender) is known by.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Mrs Roe.");
    /// assert_eq!(article.speakers()[0].gender_evidence(), Some(pullquote::GenderEvidence::Honorific));
    /// ```
    #[must_use]
    pub fn gender_evidence(&self) -> Option<GenderEvidence> {
        self.gender.map(|g| g.1)
    }

    /// Returns where the title stands: "senior analyst".
    ///
    /// ```
    /// let article = pullquote::parse("Corven finance director Ada Roe said that the pier was shut.");
    /// let speaker = &article.speakers()[0];
    /// assert_eq!(&article[speaker.title().unwrap()], "finance director");
    /// ```
    #[must_use]
    pub fn title(&self) -> Option<Span> {
        self.title
    }

    /// Returns where the affiliation stands: "Pell Securities".
    ///
    /// ```
    /// let article = pullquote::parse("Ada Roe of the Tolworth Institute said that the pier was shut.");
    /// let speaker = &article.speakers()[0];
    /// assert_eq!(&article[speaker.affiliation().unwrap()], "Tolworth Institute");
    /// ```
    #[must_use]
    pub fn affiliation(&self) -> Option<Span> {
        self.affiliation
    }

    /// Returns where the age in years stands: "52".
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe, 52, a surveyor.");
    /// assert_eq!(&article[article.speakers()[0].age().unwrap()], "52");
    /// ```
    #[must_use]
    pub fn age(&self) -> Option<Span> {
        self.age
    }

    /// Returns where the place stands that the speaker is from, or holds the title for: "Leeds".
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe, 52, from Leeds.");
    /// assert_eq!(&article[article.speakers()[0].place().unwrap()], "Leeds");
    /// ```
    #[must_use]
    pub fn place(&self) -> Option<Span> {
        self.place
    }

    /// Returns those who speak together under this name; empty for one speaker alone.
    ///
    /// ```
    /// let article = pullquote::parse("“We are ready,” said Ada Roe and Ivo Hale.");
    /// let joint = &article[article.quotes()[0].speaker().unwrap()];
    /// assert_eq!(joint.name(), "Ada Roe and Ivo Hale");
    /// assert_eq!(article[joint.members()[1]].name(), "Ivo Hale");
    /// ```
    #[must_use]
    pub fn members(&self) -> &[SpeakerId] {
        &self.members
    }

    /// Returns where the speaker is mentioned, in the order of the text: every name, and the pronouns and nouns
    /// that are sources of quotes.
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe. “It does,” she said.");
    /// let words: Vec<_> = article.speakers()[0].mentions().iter().map(|m| &article[m.span()]).collect();
    /// assert_eq!(words, ["Ada Roe", "she"]);
    /// ```
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }
}
