//! Findings as SARIF 2.1.0, the format of code scanners (OASIS standard, 2020).

use pullquote::{DiagnosticCode, Level, Span};
use serde_json::{Value, json};

use crate::check::{Finding, Levels, Printer};
use crate::error::Error;
use crate::output::Output;

/// Gathers findings and prints them as one log.
pub(crate) struct Sarif {
    rules: Vec<Value>,
    results: Vec<Value>,
}

impl Sarif {
    /// Starts a log whose rules are the catalogue, at the levels of this run.
    pub(crate) fn new(levels: &Levels) -> Sarif {
        let rule = |&code: &DiagnosticCode| {
            json!({
                "id": code.slug(),
                "shortDescription": {"text": code.message()},
                "defaultConfiguration": {
                    "enabled": levels.of(code) != Level::Allow,
                    "level": level(code.level()),
                },
            })
        };
        Sarif { rules: DiagnosticCode::ALL.iter().map(rule).collect(), results: Vec::new() }
    }
}

impl Printer for Sarif {
    fn text(&mut self, _: &str, findings: &[Finding<'_>], _: &mut Output) -> Result<(), Error> {
        self.results.extend(findings.iter().map(result));
        Ok(())
    }

    fn end(&mut self, out: &mut Output) -> Result<(), Error> {
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "pullquote",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": self.rules,
                }},
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "results": self.results,
            }],
        });
        let mut bytes = serde_json::to_vec_pretty(&log).unwrap_or_default();
        bytes.push(b'\n');
        out.put(&bytes)
    }
}

fn result(finding: &Finding<'_>) -> Value {
    let diagnostic = finding.diagnostic;
    let code = diagnostic.code();
    let artifact = json!({"uri": uri(finding.file)});
    let location = |span: Span| json!({"physicalLocation": {"artifactLocation": &artifact, "region": region(finding, span)}});
    let mut result = json!({
        "ruleId": code.slug(),
        "ruleIndex": DiagnosticCode::ALL.iter().position(|c| *c == code),
        "level": level(finding.level),
        "message": {"text": diagnostic.message()},
        "locations": [location(diagnostic.span())],
    });
    if let Some(related) = diagnostic.related() {
        let mut location = location(related);
        location["message"] = json!({"text": "the mark it relates to"});
        result["relatedLocations"] = json!([location]);
    }
    if let Some(fix) = diagnostic.replacement() {
        result["fixes"] = json!([{
            "description": {"text": format!("write {}", fix.text())},
            "artifactChanges": [{
                "artifactLocation": &artifact,
                "replacements": [{
                    "deletedRegion": region(finding, fix.span()),
                    "insertedContent": {"text": fix.text()},
                }],
            }],
        }]);
    }
    result
}

/// A region by lines and columns, both from 1 and the end exclusive, and by bytes.
fn region(finding: &Finding<'_>, span: Span) -> Value {
    let (start, end) = finding.ends(span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": span.start(),
        "byteLength": span.len(),
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        _ => "none",
    }
}

/// Writes a path as a relative or absolute URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    if path == "<stdin>" {
        return "stdin".to_owned();
    }
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            b'\\' if cfg!(windows) => out.push('/'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("news/pier 1.txt"), "news/pier%201.txt");
        assert_eq!(uri("/tmp/é:.txt"), "file:///tmp/%C3%A9%3A.txt");
        assert_eq!(uri("<stdin>"), "stdin");
    }
}
