//! The frame of an article: what stands around the story.
//!
//! One typed parser a file, each usable alone on a single line through `FromStr`:
//!
//! | file | reads |
//! |---|---|
//! | `name.rs` | a person's name |
//! | `byline.rs` | who wrote it |
//! | `read_time.rs` | a stated read time; the estimate |
//! | `count.rs` | the words of the story |
//! | `dateline.rs` | where and by whom it was filed |
//! | `date.rs` | a line that says only when |
//! | `line.rs` | the surface of a line |
//! | `headline.rs` | the head of the page: kicker, headline, dek, where the story begins |
//! | `furniture.rs` | what is on the page beside the story |
//! | `paragraph.rs` | the story, its subheads, the author's note under it |
//! | `code.rs` | code between fences |
//! | `signs.rs` | which marks a line holds at all |
//! | `page.rs` | the order of all these |

pub(crate) mod byline;
mod code;
pub(crate) mod count;
mod date;
pub(crate) mod dateline;
mod furniture;
mod headline;
mod line;
pub(crate) mod name;
pub(crate) mod page;
mod paragraph;
pub(crate) mod read_time;
mod signs;
