//! The JSON record.

use crate::format::{Told, Writer};
use crate::line::Kind;
use crate::record::{Record, Records};
use crate::source::document::Document;

/// Writes records, indented or one a line.
pub(crate) struct Json {
    pub(crate) pretty: bool,
}

impl Writer for Json {
    fn article(&self, told: &Told<'_>, out: &mut Vec<u8>) {
        let record = Record { article: told.article, input: told.origin.as_ref() };
        out.extend_from_slice(Records::default().object(&told.document.id, &record, self.pretty));
    }

    fn line(&self, kind: Kind, document: &Document, out: &mut Vec<u8>) -> bool {
        let parsed = kind.parse(&document.text).ok();
        out.extend_from_slice(Records::default().member(&document.id, kind.key(), &parsed, self.pretty));
        true
    }
}
