//! What every fuzz target checks: no panic, and every span in bounds, on character boundaries, in order.
//!
//! Run one for ten minutes: `cargo +nightly fuzz run marks -- -max_total_time=600 -max_len=2048`

use pullquote::{Article, Span};

/// Checks that a span lies in the text, on character boundaries.
pub fn check_span(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} does not fit a text of {} bytes", text.len());
}

/// Parses a text and checks what is told of it.
pub fn check_article(text: &str) {
    let article = pullquote::parse(text);
    let mut end = 0;
    for block in article.blocks() {
        check_span(text, block.span());
        assert!(end <= block.span().start(), "blocks overlap at {end}");
        end = block.span().end();
    }
    for span in spans(&article) {
        check_span(text, span);
    }
    let mut start = 0;
    for quotation in article.quotations() {
        assert!(start <= quotation.span().start(), "quotations are out of order at {start}");
        start = quotation.span().start();
        assert!(quotation.span().contains(quotation.inner()));
    }
    for quote in article.quotes() {
        assert!(!quote.content().is_empty() && !quote.rule().is_empty());
        if let Some(id) = quote.speaker() {
            assert_eq!(article[id].id(), id);
        }
    }
    // The record reads other members than the accessors do.
    serde_json::to_string(&article).expect("every article has a record");
}

fn spans(article: &Article<'_>) -> Vec<Span> {
    let mut all: Vec<Span> = article.headline().into_iter().chain(article.dek()).collect();
    all.extend(article.byline().map(|byline| byline.span()));
    all.extend(article.read_time().stated().map(|stated| stated.span()));
    all.extend(article.dateline().map(|dateline| dateline.span()));
    all.extend(article.sentences());
    for quotation in article.quotations() {
        all.extend([quotation.span(), quotation.inner()]);
        all.extend([quotation.open(), quotation.close()].into_iter().flatten());
    }
    for quote in article.quotes() {
        all.extend([quote.content(), quote.source(), quote.addressee()].concat());
        all.extend(quote.cue().into_iter().flat_map(|cue| cue.spans()));
    }
    for speaker in article.speakers() {
        let said = [speaker.title(), speaker.affiliation(), speaker.honorific(), speaker.age(), speaker.place()];
        all.extend(said.into_iter().flatten());
        all.extend(speaker.mentions().iter().map(|mention| mention.span()));
    }
    for finding in article.diagnostics() {
        all.push(finding.span());
        all.extend(finding.related());
    }
    all
}

/// What a byte stands for in [`folded`]: marks in every dress, stops, line ends, and the words that a
/// reader of quotations looks for.
const ALPHABET: &[&str] = &[
    "\"",
    "“",
    "”",
    "'",
    "‘",
    "’",
    "``",
    "''",
    "`",
    "«",
    "»",
    "„",
    "‚",
    "′",
    "″",
    "&ldquo;",
    "&#8217;",
    "â€œ",
    "â€",
    ",,",
    "“",
    "”",
    "\"",
    "’",
    " ",
    " ",
    " ",
    "  ",
    "\u{a0}",
    "\u{200b}",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    ".",
    ",",
    "?",
    "!",
    ":",
    ";",
    "…",
    "—",
    "–",
    "-",
    "(",
    ")",
    "[",
    "]",
    "=",
    "<",
    ">",
    "6",
    "90s",
    "em",
    "n",
    "s",
    "t",
    "drivers",
    "word",
    "Iron Lady",
    "Ada Roe",
    "he",
    "she",
    "said",
    "says",
    "told",
    "the Gazette",
    "according to",
    "so-called",
    "the word",
    "called",
    "who",
    "that",
    "By",
    "2 min read",
    "LONDON —",
    "日",
    "a\u{301}",
    "🦀",
    "ß",
    "I",
    "will",
    "not",
];

/// Folds bytes into the marks' own alphabet, so that a short input is a rich text.
pub fn folded(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| ALPHABET[usize::from(byte) % ALPHABET.len()]).collect()
}
