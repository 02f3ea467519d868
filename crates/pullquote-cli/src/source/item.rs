//! One text to be read, with where it stands.

use std::sync::Arc;

use encoding_rs::Encoding;

use crate::error::Error;
use crate::source::kind::InputKind;

/// One thing that an input holds, not yet looked at.
#[derive(Debug)]
pub(crate) struct Item {
    /// The file, as messages name it.
    pub(crate) file: Arc<str>,
    pub(crate) place: Place,
    pub(crate) body: Body,
}

/// Where an item stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is the whole file.
    File,
    /// A line, from 1, and the bytes before it in the unpacked file.
    Line { number: u64, offset: u64 },
    /// A record, from 1, and the bytes before it in the unpacked file.
    Record { number: u64, offset: u64 },
}

impl Place {
    /// Returns the line or the record, where there is one.
    pub(crate) fn number(self) -> Option<u64> {
        match self {
            Place::File => None,
            Place::Line { number, .. } | Place::Record { number, .. } => Some(number),
        }
    }

    /// Returns the bytes before it in the unpacked file.
    pub(crate) fn offset(self) -> u64 {
        match self {
            Place::File => 0,
            Place::Line { offset, .. } | Place::Record { offset, .. } => offset,
        }
    }
}

/// What an item is made of.
#[derive(Debug)]
pub(crate) enum Body {
    /// A line of JSON Lines.
    Row(Vec<u8>),
    /// A text or a page.
    Document {
        bytes: Vec<u8>,
        /// [`InputKind::Text`] or [`InputKind::Html`].
        kind: InputKind,
        declared: Option<&'static Encoding>,
        url: Option<String>,
    },
    /// What is too long to be held: how many bytes it has.
    TooLong(u64),
    /// A file that cannot be read, or not to its end.
    Fault(Error),
}

impl Body {
    /// Returns how many bytes are held.
    pub(crate) fn len(&self) -> usize {
        match self {
            Body::Row(bytes) | Body::Document { bytes, .. } => bytes.len(),
            Body::TooLong(_) | Body::Fault(_) => 0,
        }
    }
}
