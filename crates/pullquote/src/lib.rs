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
//! text gives the best reading plus a [`Diagnostic`] that points at the damage. There is no model to download and no
//! service to run; the crate holds its word lists and a small linear model.
//!
//! # What an article holds
//!
//! | | |
//! |---|---|
//! | [`headline`](Article::headline), [`dek`](Article::dek), [`byline`](Article::byline), [`dateline`](Article::dateline), [`read_time`](Article::read_time) | the frame |
//! | [`blocks`](Article::blocks), [`paragraphs`](Article::paragraphs), [`sentences`](Article::sentences) | the page, furniture included; the story |
//! | [`quotations`](Article::quotations) | stretches between quotation marks, attributed or not |
//! | [`quotes`](Article::quotes) | attributed words: content, cue, source, addressee, medium, speaker, polarity |
//! | [`speakers`](Article::speakers), [`mentions`](Article::mentions) | the persons and bodies behind the sources |
//! | [`diagnostics`](Article::diagnostics) | findings, most about damaged marks |
//!
//! ```
//! use pullquote::{Polarity, QuoteKind};
//!
//! let article = pullquote::parse(
//!     "Pier shut\n\nAda Roe, the warden, told the Gazette that it leaked. She did not say who would pay.",
//! );
//! let [told, withheld] = article.quotes() else { panic!() };
//! assert_eq!(told.kind(), QuoteKind::Indirect);
//! assert_eq!(&article[told.addressee()[0]], "the Gazette");
//! assert_eq!(withheld.polarity(), Polarity::Negated);
//! assert_eq!(told.speaker(), withheld.speaker());
//! assert!(told.confidence() > 0.0 && !told.rule().is_empty());
//! ```
//!
//! # Terms
//!
//! A *quotation* is what stands between marks; a *quote* is attributed words: *direct* (word for word), *indirect*
//! ("she said it was shut") or *mixed*. Its *content* is the words, marks included; its *cue* the words that attribute
//! ("said", "according to"); its *source* the phrase that names who speaks, "she" or "Ian Poole, a fisherman". A
//! *mention* is one naming; a *speaker* is whoever is behind all its mentions. The *frame* is what stands round the
//! story.
//!
//! # Single lines
//!
//! [`Byline`], [`ReadTime`], [`Dateline`] and [`PersonName`] read one line strictly by [`FromStr`](core::str::FromStr),
//! and answer an [`Error`] with what was expected and where.
//!
//! ```
//! let byline: pullquote::Byline = "By ADA ROE, Political Editor".parse()?;
//! assert_eq!(byline.authors()[0].name().display(), "Ada Roe");
//! assert!("It rained all day in town.".parse::<pullquote::Byline>().is_err());
//! # Ok::<(), pullquote::Error>(())
//! ```
//!
//! # Words of your own
//!
//! A [`Lexicon`] adds cue verbs and titles at run time; [`Parser::parse_with`] reads with it.
//!
//! # Features
//!
//! - `std` (default) links the standard library. Without it the crate needs `alloc` alone, and makes no call to an
//!   operating system: it builds for `wasm32-unknown-unknown`.
//! - `serde` serialises an article as the JSON record (with its version, `SCHEMA`) and reads it back, with everything
//!   in it checked against the text: `Article::with_text`, `TextSeed`.
//!
//! # How good and how fast
//!
//! On 84 US news articles of 2016 that nothing was learned from, but on which options were chosen, about nine in ten
//! quoted passages are given to the right source, and about six in ten indirect quotes are right in content and
//! source; expect a few points less elsewhere. The figures by construction and what goes wrong:
//! `docs/accuracy.md` in the repository. Time and memory are linear in the text, whatever it holds; measure yours with
//! `cargo bench`.
//!
//! # Limits
//!
//! - English news prose. Fiction, plays, chat logs and other languages are not what it is built for.
//! - Plain text, not HTML, of at most 4 GiB.
//! - A speaker is known within one article only; the "Ian Poole" of two articles are not linked.
//! - It is wrong at times: pronouns with two possible persons, sources named only far away, speech without any cue.
//!   [`Quote::confidence`], [`Quote::speaker_confidence`] and [`Quote::rule`] tell how each was decided.
#![cfg_attr(not(any(feature = "std", test)), no_std)]

extern crate alloc;

mod short;
mod span;

mod diagnostic;
mod error;
mod few;

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
mod words;
mod workspace;

/// What the trainer of the attribution weights shares with the parser; no part of the public interface.
#[doc(hidden)]
pub mod training {
    pub use crate::attribution::label;
    pub use crate::attribution::linker;
    pub use crate::attribution::sequence;
    pub use crate::attribution::{atom, feature};
    pub use crate::attribution::{judge, tagger, weights};

    /// Returns the proposals that the given weights make for a text, as the training of the judge sees them.
    #[must_use]
    pub fn candidates(text: &str, weights: &weights::Weights<'_>) -> alloc::vec::Vec<judge::Candidate> {
        let (story, quotations, grammar) = crate::parser::story(text);
        let doc = sequence::Document::new(text, &story, &quotations, &grammar);
        let proposals = linker::link(&doc, &tagger::tag(text, &doc, weights));
        crate::attribution::merge::candidates(text, &story, &quotations, &grammar, proposals)
    }

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
#[cfg(feature = "serde")]
mod serde_raw;
#[cfg(feature = "serde")]
mod serde_read;

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
#[cfg(feature = "serde")]
pub use serde_impls::{SCHEMA, WithText};
#[cfg(feature = "serde")]
pub use serde_read::TextSeed;
pub use span::Span;
pub use speaker::{GenderEvidence, Mention, MentionKind, Speaker, SpeakerId};
pub use words::Lexicon;
pub use workspace::Workspace;

/// The version of this library, to be kept beside what was read with it: another version may read a text otherwise.
///
/// ```
/// assert!(pullquote::VERSION.split('.').count() >= 3);
/// ```
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
