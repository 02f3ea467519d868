//! Items to documents: a text, its id, and how it came about.

use std::sync::Arc;

use encoding_rs::Encoding;
use pullquote::Article;
use serde::Serialize;

use crate::error::{self, Error};
use crate::record::json_string;
use crate::source::charset;
use crate::source::item::{Body, Item, Place};
use crate::source::kind::InputKind;
use crate::source::page::{self, Metadata, Page};
use crate::source::row::Fields;

/// How items are made documents.
#[derive(Debug, Clone)]
pub(crate) struct Making {
    pub(crate) fields: Fields,
    pub(crate) encoding: Option<&'static Encoding>,
    /// The longest text, in bytes, and how the user would write it.
    pub(crate) most: usize,
}

/// A text to be read.
#[derive(Debug)]
pub(crate) struct Document {
    /// JSON, as it goes into the record.
    pub(crate) id: String,
    /// The file and the line, as messages name them.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) notes: Vec<String>,
    charset: Option<&'static str>,
    page: Option<Page>,
}

/// What the record tells of the input, where its text is not what was read.
#[derive(Debug, Serialize)]
pub(crate) struct Origin<'a> {
    pub(crate) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) charset: Option<&'static str>,
    /// What the spans count in.
    pub(crate) text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) metadata: Option<Metadata>,
}

impl Document {
    /// Returns what the record has to tell of the input; `None` where its bytes are the text.
    pub(crate) fn origin(&self, article: &Article<'_>) -> Option<Origin<'_>> {
        let metadata = self.page.as_ref().map(|page| page.fill(article));
        (metadata.is_some() || self.charset.is_some()).then(|| Origin {
            kind: if metadata.is_some() { "html" } else { "text" },
            charset: self.charset,
            text: &self.text,
            metadata,
        })
    }

    /// Returns the id as a person would write it.
    pub(crate) fn label(&self) -> String {
        serde_json::from_str::<String>(&self.id).unwrap_or_else(|_| match self.id.as_str() {
            "null" => self.name.clone(),
            id => id.to_owned(),
        })
    }
}

/// Why an item is left out.
#[derive(Debug)]
pub(crate) struct Reject {
    pub(crate) file: Arc<str>,
    pub(crate) place: Place,
    pub(crate) error: Error,
    /// What was left out, unless it was never held.
    pub(crate) raw: Option<Vec<u8>>,
    /// How many bytes it has, where that is known.
    pub(crate) length: Option<u64>,
}

impl Reject {
    fn new(item: &Item, error: Error, raw: Option<Vec<u8>>, length: Option<u64>) -> Reject {
        Reject { file: Arc::clone(&item.file), place: item.place, error, raw, length }
    }
}

impl Making {
    /// Makes a document of an item, or says why it is none.
    pub(crate) fn make(&self, mut item: Item) -> Result<Document, Box<Reject>> {
        let body = std::mem::replace(&mut item.body, Body::TooLong(0));
        let rejected = |error, raw: Option<Vec<u8>>| {
            let length = raw.as_ref().map(|raw| raw.len() as u64);
            Box::new(Reject::new(&item, error, raw, length))
        };
        match body {
            Body::Fault(error) => Err(rejected(error, None)),
            Body::TooLong(length) => {
                let reason = format!(
                    "it has {} bytes, more than an article has; raise --max-size (now {})",
                    error::grouped(length),
                    size_name(self.most)
                );
                Err(Box::new(Reject::new(&item, left_out(&item, reason), None, Some(length))))
            }
            Body::Row(line) => match self.fields.read(&line) {
                Ok(row) => Ok(Document {
                    id: row.id.map_or("null", |id| id.get()).to_owned(),
                    name: item.name(),
                    text: row.text.into_owned(),
                    notes: Vec::new(),
                    charset: None,
                    page: None,
                }),
                Err(reason) => Err(rejected(left_out(&item, reason), Some(line))),
            },
            Body::Document { bytes, kind, declared, url } => {
                let name = item.name();
                let said = self.encoding;
                let decoded = match charset::decode(&name, bytes, said, declared) {
                    Ok(decoded) => decoded,
                    Err(error) => return Err(rejected(error, None)),
                };
                let mut notes = Vec::new();
                if let Some(charset) = decoded.charset {
                    let lossy =
                        if decoded.lossy { "; some bytes meant nothing and became U+FFFD" } else { "" };
                    let counts =
                        if kind == InputKind::Html { "" } else { "; places count in the converted text" };
                    notes.push(format!("{name}: converted from {charset} to UTF-8{counts}{lossy}"));
                }
                let id = json_string(&url.clone().unwrap_or_else(|| item.id()));
                let mut document =
                    Document { id, name, text: decoded.text, notes, charset: decoded.charset, page: None };
                if kind == InputKind::Html {
                    let page = page::read(&document.text, url.as_deref())
                        .map_err(|reason| rejected(left_out(&item, reason), None))?;
                    document.text.clone_from(&page.text);
                    document.page = Some(page);
                }
                Ok(document)
            }
        }
    }
}

impl Item {
    /// Names the item in messages: its file, and its line or record.
    fn name(&self) -> String {
        match self.place.number() {
            Some(number) => format!("{}:{number}", self.file),
            None => self.file.to_string(),
        }
    }

    /// Names the item in the record.
    fn id(&self) -> String {
        if self.place == Place::File && &*self.file == "standard input" {
            "-".to_owned()
        } else {
            self.name()
        }
    }
}

fn left_out(item: &Item, reason: String) -> Error {
    let name = item.file.to_string();
    match item.place {
        Place::File => Error::Refused { name, reason },
        Place::Line { number, .. } => Error::BadLine { name, line: number, reason },
        Place::Record { number, .. } => Error::BadRecord { name, record: number, reason },
    }
}

/// Writes a size as it is given on the command line: "16M".
fn size_name(bytes: usize) -> String {
    match bytes {
        b if b % (1 << 20) == 0 => format!("{}M", b >> 20),
        b if b % (1 << 10) == 0 => format!("{}K", b >> 10),
        b => b.to_string(),
    }
}
