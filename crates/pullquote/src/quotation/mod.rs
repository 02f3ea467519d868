//! Quotations: marks paired into stretches, with repairs where the text is damaged, and what each is.
//!
//! | file | does |
//! |---|---|
//! | `record.rs` | `Quotation`, `Repair`, `QuotationKind` |
//! | `mark.rs` | the marks of a block, and which way each leans |
//! | `pair.rs` | double marks paired, block by block |
//! | `single.rs` | single marks, most of which are apostrophes |
//! | `across.rs` | quotations that go on over paragraphs without a mark |
//! | `style.rs` | the style of marks that a text keeps to |
//! | `kind.rs` | speech, fragment, title, nickname, term, gloss, by form and neighbours |

mod across;
mod kind;
mod mark;
mod pair;
mod record;
mod single;
mod style;

pub(crate) use kind::settle;
pub(crate) use pair::{Scratch, pair, pair_into};
pub use record::{Quotation, QuotationKind, Repair};
