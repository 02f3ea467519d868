//! `pullquote batch`: JSON Lines in, one record a line out, in the same order.

use std::borrow::Cow;
use std::io::BufRead as _;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::Outcome;
use crate::args::{BatchArgs, Format};
use crate::error::{self, Error};
use crate::input;
use crate::output::Output;
use crate::record::Records;

/// One line of the input; other members are passed over.
#[derive(Deserialize)]
struct Row<'a> {
    /// Any JSON at all; it is handed on as it was written.
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// Streams the input through the parser; memory depends on the longest line only.
pub(crate) fn run(args: &BatchArgs) -> Result<Outcome, Error> {
    let stdin = Path::new("-");
    let from = args.input.as_deref().unwrap_or(stdin);
    let name = error::name_of(from);
    let mut input = input::open(from)?;
    if let Some(to) = &args.output {
        error::refuse_same_file(from, to)?;
    }
    let mut output = Output::create(args.output.as_deref())?;
    let mut outcome = Outcome::AllGood;
    let mut records = Records::default();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        if input.read_until(b'\n', &mut line).map_err(|e| Error::read(&name, e))? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        match row(&line) {
            Ok(row) => {
                let id = row.id.map_or("null", RawValue::get);
                let record = match args.kind.line() {
                    None => records.object(id, &pullquote::parse(&row.text), Format::Jsonl),
                    Some(kind) => records.member(id, kind.key(), &kind.parse(&row.text).ok(), Format::Jsonl),
                };
                output.put(record)?;
            }
            Err(reason) => {
                error::report(&Error::BadLine { name: name.clone(), line: number, reason });
                outcome = Outcome::SomeFailed;
            }
        }
    }
    output.finish()?;
    Ok(outcome)
}

/// Reads one line as a row, or says why it is none.
fn row(line: &[u8]) -> Result<Row<'_>, String> {
    // A struct may also be written as a list, says serde; a line of ours may not.
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err("not an object with \"id\" and \"text\"".to_owned());
    }
    serde_json::from_slice(line).map_err(|e| explain(&e))
}

/// Says why a line is no row. serde_json counts lines from the start of what it is given, which here is
/// always one line, so only its column tells anything.
fn explain(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let what = full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what);
    format!("not an object with \"id\" and \"text\": {what} at column {}", error.column())
}
