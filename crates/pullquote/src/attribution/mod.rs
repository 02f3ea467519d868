//! Attribution: which words are whose.
//!
//! | file | owns |
//! |---|---|
//! | `quote.rs` | the public types: `Quote`, `Cue`, `Polarity` |

pub(crate) mod quote;
