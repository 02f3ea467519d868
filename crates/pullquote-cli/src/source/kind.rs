//! What a file is: its name tells, or its first bytes.

use clap::ValueEnum;

use crate::source::expand::extension;

/// What the inputs hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum InputKind {
    /// Told by the name of each file, or by its first bytes
    #[default]
    Auto,
    /// One article a file, as plain text
    Text,
    /// One article a line, as a JSON object
    Jsonl,
    /// One HTML page a file
    Html,
    /// Records of a web crawl: WARC or WET
    Warc,
}

impl InputKind {
    /// Returns what a file is, never `Auto`; `otherwise` is what a file is that nothing tells of.
    pub(crate) fn of(self, name: &str, head: &[u8], otherwise: InputKind) -> InputKind {
        if self != InputKind::Auto {
            return self;
        }
        let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        if start.starts_with(b"WARC/") {
            return InputKind::Warc;
        }
        match extension(name).to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" | "json" => InputKind::Jsonl,
            "html" | "htm" | "xhtml" => InputKind::Html,
            "warc" | "wet" => InputKind::Warc,
            "txt" | "text" if !start.starts_with(b"{\"") => InputKind::Text,
            _ if is_page(start) => InputKind::Html,
            _ if start.starts_with(b"{\"") => InputKind::Jsonl,
            _ => otherwise,
        }
    }
}

fn is_page(start: &[u8]) -> bool {
    let lower = start.get(..16).unwrap_or(start).to_ascii_lowercase();
    [&b"<!doctype html"[..], b"<html", b"<head"].iter().any(|tag| lower.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_bytes() {
        use InputKind::{Auto, Html, Jsonl, Text, Warc};
        let cases = [
            ("a.txt", &b"Pier shut"[..], Text),
            ("a.txt.gz", b"Pier shut", Text),
            ("a.txt", b"{\"id\":1}", Jsonl),
            ("a.jsonl.zst", b"", Jsonl),
            ("a.HTM", b"x", Html),
            ("a.txt", b"WARC/1.0\r\n", Warc),
            ("standard input", b"\n <!DOCTYPE html><p>", Html),
            ("standard input", b"{\"text\":", Jsonl),
            ("standard input", b"Pier shut", Text),
        ];
        for (name, head, kind) in cases {
            assert_eq!(Auto.of(name, head, Text), kind, "{name}");
        }
        assert_eq!(Auto.of("data", b"nonsense", Jsonl), Jsonl);
        assert_eq!(Html.of("a.jsonl", b"{}", Jsonl), Html);
    }
}
