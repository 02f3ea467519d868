//! One quote a row (RFC 4180), for a spreadsheet.

use pullquote::Quote;

use crate::format::{Told, Writer, phrase};
use crate::share;

/// The columns.
const COLUMNS: [&str; 18] = [
    "id",
    "headline",
    "quote",
    "speaker",
    "title",
    "affiliation",
    "kind",
    "text",
    "words",
    "source",
    "cue",
    "addressee",
    "polarity",
    "confidence",
    "rule",
    "start",
    "end",
    "file",
];

/// Writes rows.
pub(crate) struct Csv;

impl Writer for Csv {
    fn head(&self, out: &mut Vec<u8>) {
        line(&COLUMNS.map(str::to_owned), out);
    }

    fn article(&self, told: &Told<'_>, out: &mut Vec<u8>) {
        for (n, quote) in told.article.quotes().iter().enumerate() {
            row(told, n, quote, out);
        }
    }
}

/// Writes the row of one quote, the `n`th of its article from 0.
pub(crate) fn row(told: &Told<'_>, n: usize, quote: &Quote, out: &mut Vec<u8>) {
    let article = told.article;
    let speaker = quote.speaker().map(|id| &article[id]);
    let of = |span: Option<pullquote::Span>| span.map(|s| article[s].to_owned()).unwrap_or_default();
    let content = quote.content();
    let cue = quote.cue().map_or(&[][..], |cue| cue.spans());
    let place = |span: Option<usize>| span.map(|at| at.to_string()).unwrap_or_default();
    let cells = [
        told.document.label(),
        told.headline().unwrap_or_default().to_owned(),
        (n + 1).to_string(),
        speaker.map(|s| s.name().to_owned()).unwrap_or_default(),
        of(speaker.and_then(|s| s.title())),
        of(speaker.and_then(|s| s.affiliation())),
        quote.kind().as_str().to_owned(),
        quote.text(article).into_owned(),
        share::words_of(article, quote).to_string(),
        phrase(article, quote.source()),
        phrase(article, cue),
        phrase(article, quote.addressee()),
        quote.polarity().as_str().to_owned(),
        format!("{:.2}", quote.confidence()),
        quote.rule().to_owned(),
        place(content.first().map(|s| s.start())),
        place(content.last().map(|s| s.end())),
        told.document.name.clone(),
    ];
    line(&cells, out);
}

/// Writes one line of cells.
pub(crate) fn line<S: AsRef<str>>(cells: &[S], out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    // A vector takes everything, and every line has as many cells as it has.
    let _ = writer.write_record(cells.iter().map(|cell| harmless(cell.as_ref())));
    let _ = writer.flush();
}

/// Keeps a spreadsheet from taking words off a page for a formula (OWASP, CSV injection).
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
        || cell.starts_with('-') && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

/// Writes the columns and nothing else.
pub(crate) fn head(out: &mut Vec<u8>) {
    Csv.head(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_harmless() {
        for (cell, written) in [("=1+1", "'=1+1"), ("-1.5", "-1.5"), ("-cmd", "'-cmd"), ("Ada", "Ada")] {
            assert_eq!(harmless(cell), written);
        }
        let mut out = Vec::new();
        line(&["a,b", "say \"x\"", "two\nlines"], &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\n");
    }
}
