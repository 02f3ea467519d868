//! The frame of an article: what stands around the story.
//!
//! One typed parser a file, each usable alone on a single line through `FromStr`:
//!
//! | file | reads |
//! |---|---|
//! | `name.rs` | a person's name |
//! | `byline.rs` | who wrote it |
//! | `read_time.rs` | a stated read time; the estimate |
//! | `dateline.rs` | where and by whom it was filed |
//! | `page.rs` | which block is what |

pub(crate) mod byline;
pub(crate) mod dateline;
pub(crate) mod name;
pub(crate) mod page;
pub(crate) mod read_time;
