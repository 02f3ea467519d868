//! Reads the plain text of an English news article and says **who said what**.
//!
//! ```
//! let article = pullquote::parse(
//!     "Pier to close\nBy Ada Roe\n\n“It is the end,” said Ian Poole, a fisherman.",
//! );
//! let quote = &article.quotes()[0];
//! let speaker = &article[quote.speaker().unwrap()];
//! assert_eq!(quote.text(&article), "“It is the end,”");
//! assert_eq!(speaker.name(), "Ian Poole");
//! assert_eq!(&article[speaker.title().unwrap()], "fisherman");
//! ```
//!
//! Every result is a [`Span`] of byte offsets into the input. Parsing never fails and never panics: damaged
//! text gives the best reading plus a [`Diagnostic`] that points at the damage.
#![cfg_attr(not(any(feature = "std", test)), no_std)]

extern crate alloc;

mod span;

mod diagnostic;
mod error;

mod lexicon;

mod attribution;
mod block;
mod frame;
mod lex;
mod mention;
mod quotation;
mod speaker;

mod article;
mod finding;
mod parser;
mod workspace;

/// What the trainer of the attribution weights shares with the parser; no part of the public interface.
#[doc(hidden)]
pub mod training {
    pub use crate::attribution::label;
    pub use crate::attribution::linker;
    pub use crate::attribution::sequence;
    pub use crate::attribution::{atom, feature};
    pub use crate::attribution::{tagger, weights};

    /// Reads a text as far as the tagger needs it.
    #[must_use]
    pub fn read(text: &str) -> sequence::Document {
        let (story, quotations, grammar) = crate::parser::story(text);
        sequence::Document::new(text, &story, &quotations, &grammar)
    }
}

#[doc(hidden)]
pub mod stages;

#[cfg(feature = "serde")]
mod serde_impls;

/// Runs the code of README.md; the file lies outside the package, so only for `cargo test`.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

pub use article::{Article, Paragraph};
pub use attribution::quote::{Cue, CueClass, Polarity, Quote, QuoteKind};
pub use block::{Block, BlockKind};
pub use diagnostic::{Diagnostic, DiagnosticCode, Level, Replacement, UnknownSlug};
pub use error::Error;
pub use frame::byline::{Author, Byline, BylineKind, Contributor};
pub use frame::dateline::Dateline;
pub use frame::name::PersonName;
pub use frame::read_time::{ReadTime, StatedReadTime, WORDS_PER_MINUTE};
pub use mention::gender::Gender;
pub use parser::{Parser, parse};
pub use quotation::{Quotation, QuotationKind, Repair};
pub use span::Span;
pub use speaker::{GenderEvidence, Mention, MentionKind, Speaker, SpeakerId};
pub use workspace::Workspace;
