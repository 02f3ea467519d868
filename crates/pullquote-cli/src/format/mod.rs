//! The formats: each writes one article after the other.
//!
//! | file | writes |
//! |---|---|
//! | `record.rs` | the JSON record, indented or on a line; also the strict parse of a line |
//! | `text.rs` | the report for people |
//! | `csv.rs` | one quote a row |
//! | `jsonld.rs` | schema.org |
//! | `brat.rs` | stand-off annotations |
//! | `html.rs`, `mark.rs` | a page |

mod brat;
pub(crate) mod csv;
mod html;
mod jsonld;
mod mark;
mod record;
mod text;

use pullquote::Article;

use crate::args::Format;
use crate::line::Kind;
use crate::source::document::{Document, Origin};

/// One article, with where it came from.
pub(crate) struct Told<'a> {
    pub(crate) document: &'a Document,
    pub(crate) article: &'a Article<'a>,
    /// What is told of the input, where its text is not what was read.
    pub(crate) origin: Option<Origin<'a>>,
}

/// One format.
pub(crate) trait Writer: Sync {
    /// Writes what stands before the first article.
    fn head(&self, _out: &mut Vec<u8>) {}

    /// Writes an article.
    fn article(&self, told: &Told<'_>, out: &mut Vec<u8>);

    /// Writes what is not read as an article; `false` where the format knows articles only.
    fn line(&self, _kind: Kind, _document: &Document, _out: &mut Vec<u8>) -> bool {
        false
    }

    /// Returns what stands between two articles.
    fn between(&self) -> &'static [u8] {
        b""
    }

    /// Returns what the name of a file ends in, where each article has one of its own.
    fn ending(&self) -> Option<&'static str> {
        None
    }

    /// Returns the ending and the content of a file that stands beside that of an article.
    fn beside<'d>(&self, _document: &'d Document) -> Option<(&'static str, &'d str)> {
        None
    }

    /// Returns the name and the content of a file that stands once in a folder.
    fn once(&self) -> Option<(&'static str, &'static str)> {
        None
    }
}

impl Format {
    /// Returns what writes the format; with `headed`, each report has the name of its file over it.
    pub(crate) fn writer(self, headed: bool) -> Box<dyn Writer> {
        match self {
            Format::Text => Box::new(text::Text { headed }),
            Format::Json => Box::new(record::Json { pretty: true }),
            Format::Jsonl => Box::new(record::Json { pretty: false }),
            Format::Csv => Box::new(csv::Csv),
            Format::Jsonld => Box::new(jsonld::JsonLd),
            Format::Brat => Box::new(brat::Brat),
            Format::Html => Box::new(html::Html),
        }
    }

    /// Tells whether the format makes one file an article.
    pub(crate) fn is_one_file_an_article(self) -> bool {
        matches!(self, Format::Brat | Format::Html)
    }
}

impl Told<'_> {
    /// Returns the headline, that of the page's metadata where the text has none.
    pub(crate) fn headline(&self) -> Option<&str> {
        let said = || self.origin.as_ref()?.metadata.as_ref()?.headline.as_deref();
        self.article.headline().map(|span| &self.article[span]).or_else(said)
    }
}

/// Joins the words of some spans, line breaks read as spaces.
pub(crate) fn phrase(article: &Article<'_>, spans: &[pullquote::Span]) -> String {
    spans.iter().flat_map(|&s| article[s].split_whitespace()).collect::<Vec<_>>().join(" ")
}
