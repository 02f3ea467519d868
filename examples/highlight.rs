//! Run: `cargo run --example highlight`
//!
//! How do I show in a terminal what was read: content, cue and source, each in its colour?

use pullquote::{Article, Span};

const TEXT: &str = "\
Pier shut after gale

“The planks are rotten,” said Ada Roe, the harbour warden. Ian Poole told the Gazette that he would sue.
";

const CONTENT: &str = "\x1b[32m";
const CUE: &str = "\x1b[33m";
const SOURCE: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

/// Writes the text with colours. Spans of one quote do not overlap; where two quotes do, the first is shown.
fn painted(article: &Article<'_>) -> String {
    let mut paint: Vec<(Span, &str)> = Vec::new();
    for quote in article.quotes() {
        paint.extend(quote.content().iter().map(|s| (*s, CONTENT)));
        paint.extend(quote.cue().map_or(&[][..], |c| c.spans()).iter().map(|s| (*s, CUE)));
        paint.extend(quote.source().iter().map(|s| (*s, SOURCE)));
    }
    paint.sort_by_key(|(span, _)| *span);
    let (mut out, mut at) = (String::new(), 0);
    for (span, colour) in paint {
        // Offsets are bytes on character boundaries: slicing is safe.
        if span.start() >= at {
            out += &article.text()[at..span.start()];
            out += &format!("{colour}{}{PLAIN}", &article[span]);
            at = span.end();
        }
    }
    out + &article.text()[at..]
}

fn main() {
    let article = pullquote::parse(TEXT);
    let painted = painted(&article);
    print!("{painted}");
    assert!(painted.contains(&format!("{CONTENT}“The planks are rotten,”{PLAIN} {CUE}said{PLAIN}")));
    assert!(painted.contains(&format!("{SOURCE}Ian Poole{PLAIN} {CUE}told{PLAIN} the Gazette")));
    assert!(painted.contains(&format!("{CONTENT}that he would sue{PLAIN}.")));
    // Nothing of the text is lost.
    let bare = [CONTENT, CUE, SOURCE, PLAIN].iter().fold(painted, |text, code| text.replace(code, ""));
    assert_eq!(bare, TEXT);
}
