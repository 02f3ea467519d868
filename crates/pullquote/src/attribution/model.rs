//! The learned part as a whole: from a story to the attributions that the model proposes.

use alloc::vec::Vec;

use super::linker::{self, Proposal};
use super::sequence::Document;
use super::tagger;
use super::weights::Weights;
use crate::lex::story::Story;
use crate::quotation::Quotation;

/// Proposes attributions, in order of their cues; none where the weights do not fit the features.
///
/// # Complexity
///
/// Linear in the tokens.
pub(crate) fn propose(text: &str, story: &Story, quotations: &[Quotation]) -> Vec<Proposal> {
    let Some(weights) = Weights::embedded() else { return Vec::new() };
    let doc = Document::new(text, story, quotations);
    linker::link(&doc, &tagger::tag(&doc, &weights))
}
