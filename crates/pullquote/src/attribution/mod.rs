//! Attribution: which words are whose.
//!
//! | file | owns |
//! |---|---|
//! | `quote.rs` | the public types: `Quote`, `Cue`, `Polarity` |
//! | `stretch.rs` | a block with each quotation folded into one item: what the grammar reads |
//! | `chain.rs` | quotations without a tag, given to the quote they go on from |
//! | `ends.rs` | where the quotes of a block end |
//! | `cue.rs` | the verb group that attributes |
//! | `grammar/` | the attributions that the shape of a sentence gives away |
//! | `layout/` | transcripts, interviews, block quotes, credits, letters, headlines |
//! | `phrase.rs` | the noun phrase that names a source or an addressee |
//! | `sequence.rs` | the text as the tagger sees it |
//! | `label.rs` | the labels of the tagger |
//! | `atom.rs` | the facts about a token that features are made of |
//! | `feature.rs` | the features: one table for training and parsing |
//! | `weights.rs` | the weights file |
//! | `tagger.rs` | a label for every token |
//! | `linker.rs` | the tagger's parts, joined to proposals |
//! | `judge.rs`, `points.rs` | how likely a proposal is right |
//! | `evidence.rs` | what tells whether an attribution counts |
//! | `trim.rs` | where a proposal reaches too far |
//! | `merge.rs` | grammar and model together |
//! | `carry.rs` | quotations over several paragraphs, tagged in the last one |
//! | `setting.rs` | around a cue: addressee, medium, polarity |
//! | `model.rs` | the learned part as a whole |

pub mod atom;
mod carry;
pub(crate) mod chain;
pub(crate) mod cue;
mod ends;
pub(crate) mod evidence;
pub mod feature;
pub(crate) mod grammar;
pub mod judge;
pub mod label;
pub(crate) mod layout;
pub mod linker;
pub(crate) mod merge;
pub(crate) mod model;
pub(crate) mod phrase;
pub(crate) mod points;
pub(crate) mod quote;
pub mod sequence;
pub(crate) mod setting;
pub(crate) mod stretch;
pub mod tagger;
mod trim;
pub mod weights;
