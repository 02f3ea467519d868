//! One scan over the story: tokens, marks, sentences.
//!
//! | file | owns |
//! |---|---|
//! | `glyph.rs` | the quotation marks: every sequence of bytes that stands for one |
//! | `token.rs` | the token loop |
//! | `sentence.rs` | where sentences end |
//! | `story.rs` | tokens, blocks and sentences together |

pub(crate) mod glyph;
pub(crate) mod sentence;
pub(crate) mod story;
pub(crate) mod token;
