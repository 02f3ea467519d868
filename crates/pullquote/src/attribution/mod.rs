//! Attribution: which words are whose.
//!
//! | file | owns |
//! |---|---|
//! | `quote.rs` | the public types: `Quote`, `Cue`, `Polarity` |
//! | `stretch.rs` | a block with each quotation folded into one item: what the grammar reads |
//! | `chain.rs` | quotations without a tag, given to the quote they go on from |
//! | `cue.rs` | the verb group that attributes |
//! | `grammar.rs` | the attributions that the shape of a sentence gives away |
//! | `layout.rs` | transcripts, interviews, block quotes, credits |
//! | `phrase.rs` | the noun phrase that names a source or an addressee |

pub(crate) mod chain;
pub(crate) mod cue;
pub(crate) mod grammar;
pub(crate) mod layout;
pub(crate) mod phrase;
pub(crate) mod quote;
pub(crate) mod stretch;
