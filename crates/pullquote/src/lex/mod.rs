//! One scan over the story: tokens, marks, sentences.

pub(crate) mod mark;
pub(crate) mod sentence;
pub(crate) mod token;
