//! Mentions: how people and bodies are named in the text.
//!
//! | file | owns |
//! |---|---|
//! | `gender.rs` | the pronoun that a person goes by |
//! | `name.rs` | names in running text |
//! | `title.rs` | titles: the noun phrases that say what somebody does |
//! | `describe.rs` | title, affiliation, age and place around a name |

pub(crate) mod describe;
pub(crate) mod gender;
pub(crate) mod name;
pub(crate) mod title;
