//! Where articles come from: one after the other, out of files, folders and standard input.
//!
//! | file | owns |
//! |---|---|
//! | `expand.rs` | what the user named, to a list of files |
//! | `stream.rs` | files to streams: counted, unpacked |
//! | `kind.rs` | what a file is: text, JSON Lines, a page, a WARC file |
//! | `item.rs` | one text to be read, and where it stands |
//! | `reader.rs` | streams to items |
//! | `lines.rs` | lines of bounded length |
//! | `warc.rs` | records of a WARC file, and the HTTP answers in them |
//! | `row.rs` | one line of JSON Lines |
//! | `charset.rs` | bytes to text |
//! | `page.rs` | an HTML page to the text of its article |
//! | `document.rs` | items to documents: a text with its id |

pub(crate) mod charset;
pub(crate) mod document;
pub(crate) mod expand;
pub(crate) mod item;
pub(crate) mod kind;
mod lines;
pub(crate) mod page;
pub(crate) mod reader;
pub(crate) mod row;
mod stream;
mod warc;
