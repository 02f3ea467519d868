//! Mentions: how people and bodies are named in the text.
//!
//! | file | owns |
//! |---|---|
//! | `name.rs` | names in running text |
//! | `describe.rs` | title, affiliation and age around a name |

pub(crate) mod describe;
pub(crate) mod name;
