//! Findings as JSON: one list, whatever the number of files.

use pullquote::{DiagnosticCode, Span};
use serde_json::{Value, json};

use crate::check::{Finding, Levels, Printer};
use crate::error::Error;
use crate::output::Output;
use crate::place::Place;

/// Prints findings as a JSON list, as they come.
#[derive(Default)]
pub(crate) struct Json {
    any: bool,
}

impl Printer for Json {
    fn text(&mut self, text: &str, findings: &[Finding<'_>], out: &mut Output) -> Result<(), Error> {
        for finding in findings {
            out.put(if self.any { b",\n  " } else { b"[\n  " })?;
            self.any = true;
            out.put(value(finding, text).to_string().as_bytes())?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Output) -> Result<(), Error> {
        out.put(if self.any { b"\n]\n" } else { b"[]\n" })
    }
}

fn value(finding: &Finding<'_>, text: &str) -> Value {
    let diagnostic = finding.diagnostic;
    let place = |span: Span| {
        let (start, end) = finding.ends(span);
        json!({"span": [span.start(), span.end()], "start": point(start), "end": point(end), "text": &text[span.range()]})
    };
    let mut value = place(diagnostic.span());
    value["file"] = finding.file.into();
    value["code"] = diagnostic.code().slug().into();
    value["level"] = finding.level.as_str().into();
    value["message"] = diagnostic.message().into();
    value["related"] = diagnostic.related().map_or(Value::Null, place);
    value["replacement"] = diagnostic
        .replacement()
        .map_or(Value::Null, |r| json!({"span": [r.span().start(), r.span().end()], "text": r.text()}));
    value
}

fn point(place: Place) -> Value {
    json!({"line": place.line, "column": place.column})
}

/// Writes the catalogue as a JSON list.
pub(crate) fn catalogue(levels: &Levels) -> Vec<u8> {
    let list: Vec<Value> = DiagnosticCode::ALL
        .iter()
        .map(|&code| json!({"code": code.slug(), "level": levels.of(code).as_str(), "message": code.message()}))
        .collect();
    let mut out = serde_json::to_vec_pretty(&list).unwrap_or_default();
    out.push(b'\n');
    out
}
