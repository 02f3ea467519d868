//! Run: `cargo run --example editor_diagnostics`
//!
//! How do I show findings as an editor does: by line and character, with a quick fix?
//!
//! Editors that speak the Language Server Protocol count lines from 0 and characters in UTF-16 units.

use pullquote::{Article, Diagnostic, Level};

const TEXT: &str = "\
Pier shut

Ada Roe was firm. “It leaks,\" she said.
“It will be mended, said Ian Poole.
";

/// The line and the character of a byte offset, as the protocol counts them.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count(), before[line..].encode_utf16().count())
}

fn shown(article: &Article<'_>, finding: &Diagnostic) -> String {
    let severity = match finding.code().level() {
        Level::Deny => "error",
        Level::Warn => "warning",
        _ => "hint",
    };
    let (line, character) = position(article.text(), finding.span().start());
    let mut out = format!("{line}:{character} {severity}[{}] {}", finding.code(), finding.message());
    if let Some(related) = finding.related() {
        let (line, character) = position(article.text(), related.start());
        out += &format!("\n    related: {line}:{character}");
    }
    if let Some(fix) = finding.replacement() {
        out += &format!("\n    quick fix: {} -> {}", &article[fix.span()], fix.text());
    }
    out
}

fn main() {
    let article = pullquote::parse(TEXT);
    let level = |d: &&Diagnostic| d.code().level() > Level::Allow;
    let lines: Vec<String> = article.diagnostics().iter().filter(level).map(|d| shown(&article, d)).collect();
    println!("{}", lines.join("\n"));
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("2:28 error[mismatched-marks]"), "{}", lines[0]);
    assert!(lines[0].ends_with("related: 2:18\n    quick fix: \" -> ”"), "{}", lines[0]);
    assert!(lines[1].starts_with("3:0 error[unclosed-quotation]"), "{}", lines[1]);
}
