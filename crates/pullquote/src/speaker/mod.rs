//! Speakers: the people and bodies behind the mentions.
//!
//! | file | owns |
//! |---|---|
//! | `cast.rs` | everyone and everything the article names, each with all its namings |
//! | `resolve.rs` | from the source phrase of a quote to one of the cast |

mod cast;
mod resolve;

use alloc::string::String;
use alloc::vec::Vec;
use core::num::NonZeroU32;

use crate::span::Span;

pub(crate) use resolve::resolve;

/// Identifies a speaker within its article.
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
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

/// Holds one speaker: the fullest name that the article gives, title, affiliation, and all mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Speaker {
    pub(crate) id: SpeakerId,
    pub(crate) name: String,
    pub(crate) title: Option<Span>,
    pub(crate) affiliation: Option<Span>,
    pub(crate) mentions: Vec<Span>,
}

impl Speaker {
    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> SpeakerId {
        self.id
    }

    /// Returns the fullest name that the article gives.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns where the title stands ("senior analyst").
    #[must_use]
    pub fn title(&self) -> Option<Span> {
        self.title
    }

    /// Returns where the affiliation stands ("Pell Securities").
    #[must_use]
    pub fn affiliation(&self) -> Option<Span> {
        self.affiliation
    }

    /// Returns where the speaker is mentioned, in the order of the text.
    #[must_use]
    pub fn mentions(&self) -> &[Span] {
        &self.mentions
    }
}
