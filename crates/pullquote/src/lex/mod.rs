//! One scan over the story: tokens, marks, sentences.
//!
//! | file | owns |
//! |---|---|
//! | `glyph.rs` | the quotation marks: every sequence of bytes that stands for one |
//! | `run.rs` | the letters that a word starts with, eight at a time |
//! | `scan.rs` | the token loop |
//! | `token.rs` | what a token is |
//! | `places.rs` | which of the tokens are of some sort |
//! | `sentence.rs` | where sentences end |
//! | `story.rs` | tokens, blocks and sentences together |

pub(crate) mod glyph;
pub(crate) mod places;
mod run;
mod scan;
pub(crate) mod sentence;
pub(crate) mod story;
pub(crate) mod token;
