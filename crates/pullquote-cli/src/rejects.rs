//! What was left out, kept in a file with the reason.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::error::Error;
use crate::output::Output;
use crate::source::document::Reject;
use crate::source::item::Place;

/// One line of the file.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    /// Where it starts in the unpacked file, in bytes.
    offset: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u64>,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'a str>,
    /// The same for what is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw_base64: Option<String>,
}

/// Writes one reject as a line.
pub(crate) fn put(reject: &Reject, output: &mut Output) -> Result<(), Error> {
    let raw = reject.raw.as_deref();
    let text = raw.and_then(|raw| std::str::from_utf8(raw).ok());
    let number = reject.place.number();
    let is_line = matches!(reject.place, Place::Line { .. });
    let row = Row {
        file: &reject.file,
        line: number.filter(|_| is_line),
        record: number.filter(|_| !is_line),
        offset: reject.place.offset(),
        length: reject.length,
        reason: reject.error.reason(),
        raw: text,
        raw_base64: raw.filter(|_| text.is_none()).map(|raw| STANDARD.encode(raw)),
    };
    let mut line = serde_json::to_vec(&row).map_err(|e| output.failed(e.into()))?;
    line.push(b'\n');
    output.put(&line)
}
