//! Feature `serde`: the JSON record of an article. Spans are written as `[start, end]`.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::article::{Article, Paragraph};
use crate::attribution::quote::{Cue, Quote, joined};
use crate::block::Block;
use crate::diagnostic::{Diagnostic, Replacement};
use crate::frame::byline::{Author, Byline, BylineKind, Contributor};
use crate::frame::dateline::Dateline;
use crate::frame::read_time::{ReadTime, StatedReadTime};
use crate::quotation::Quotation;
use crate::short::ShortText;
use crate::span::Span;
use crate::speaker::{Mention, Speaker};

impl Serialize for ShortText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start(), self.end()).serialize(serializer)
    }
}

/// Writes a struct as a map: `record!(serializer, "key" => value, …)`.
macro_rules! record {
    ($serializer:expr, $($key:literal => $value:expr),* $(,)?) => {{
        let mut map = $serializer.serialize_map(None)?;
        $(map.serialize_entry($key, &$value)?;)*
        map.end()
    }};
}

/// A sequence made item by item, without a vector in between.
struct Each<F>(F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        for item in (self.0)() {
            seq.serialize_element(&item)?;
        }
        seq.end()
    }
}

/// A record together with the article it belongs to.
struct In<'a, T>(&'a T, &'a Article<'a>);

/// A span with its words.
struct Words<'a>(Span, &'a str);

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer, "span" => self.0, "text" => self.0.of(self.1))
    }
}

/// The version of the record that is written as its member `schema`.
///
/// It grows when a member changes its meaning or goes; new members alone do not change it. A record of any older
/// version is still read; version 0 are the records from before the member.
///
/// ```
/// let record = serde_json::to_value(pullquote::parse("“It leaks,” said Ada Roe.")).unwrap();
/// assert_eq!(record["schema"], pullquote::SCHEMA);
/// ```
pub const SCHEMA: u32 = 1;

impl Article<'_> {
    /// Writes the members of the record, without an id and without the text itself.
    fn members<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let text = self.text();
        map.serialize_entry("headline", &self.headline.map(|s| Words(s, text)))?;
        map.serialize_entry("dek", &self.dek.map(|s| Words(s, text)))?;
        map.serialize_entry("byline", &self.byline.as_ref().map(|b| In(b, self)))?;
        map.serialize_entry("read_time", &self.read_time)?;
        map.serialize_entry("dateline", &self.dateline)?;
        map.serialize_entry("paragraphs", &Each(|| self.paragraphs.iter().map(|p| In(p, self))))?;
        map.serialize_entry("quotations", &self.quotations)?;
        map.serialize_entry("quotes", &Each(|| self.quotes.iter().map(|q| In(q, self))))?;
        map.serialize_entry("speakers", &Each(|| self.speakers.iter().map(|s| In(s, self))))?;
        map.serialize_entry("diagnostics", &self.diagnostics)?;
        map.serialize_entry("schema", &SCHEMA)
    }

    /// Returns the article as it is serialised together with its text, so that `Article<'static>` deserialises
    /// from it with nothing lost.
    ///
    /// The record alone, which `Article` itself serialises to, is for those who keep the text; [`TextSeed`] reads
    /// it.
    ///
    /// [`TextSeed`]: crate::TextSeed
    ///
    /// ```
    /// let article = pullquote::parse("“It leaks,” said Ada Roe.");
    /// let value = serde_json::to_value(article.with_text()).unwrap();
    /// assert_eq!(value["text"], article.text());
    /// let back: pullquote::Article<'static> = serde_json::from_value(value).unwrap();
    /// assert_eq!(back.speakers()[0].name(), "Ada Roe");
    /// ```
    #[must_use]
    pub fn with_text(&self) -> WithText<'_> {
        WithText(self)
    }
}

impl Serialize for Article<'_> {
    /// Writes the record of one article, without an id and without the text itself.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.members(&mut map)?;
        map.end()
    }
}

/// Serialises an article together with its text; see [`Article::with_text`].
///
/// ```
/// let article = pullquote::parse("“It leaks,” said Ada Roe.");
/// assert!(serde_json::to_string(&article.with_text()).unwrap().starts_with("{\"text\":"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct WithText<'a>(&'a Article<'a>);

impl Serialize for WithText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("text", self.0.text())?;
        self.0.members(&mut map)?;
        map.serialize_entry("rest", &Rest(self.0))?;
        map.end()
    }
}

/// What the record leaves out, since most who read it have no use for it.
struct Rest<'a>(&'a Article<'a>);

impl Serialize for Rest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Rest(article) = self;
        record!(serializer,
            "blocks" => article.blocks,
            "mentions" => article.mentions,
            "cues" => Each(|| article.quotes.iter().map(|q| q.cue.as_ref())),
            "cjk" => article.read_time.cjk,
            "words_per_minute" => article.read_time.words_per_minute,
        )
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "span" => self.span,
            "kind" => self.kind.as_str(),
            "after_blank" => self.after_blank,
            "indent" => self.indent,
        )
    }
}

impl Serialize for Mention {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "span" => self.span,
            "kind" => self.kind.as_str(),
            "speaker" => self.speaker.map(|id| id.get()),
        )
    }
}

impl Serialize for Cue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer, "lemma" => self.lemma, "class" => self.class.as_str())
    }
}

impl Serialize for In<'_, Byline> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(byline, article) = self;
        record!(serializer,
            "span" => byline.span,
            "text" => byline.span.of(article.text()),
            "authors" => *byline.authors,
            "role" => byline.role,
            "outlet" => byline.outlet,
            "location" => byline.location,
            "date" => byline.date,
            "kind" => byline.kind,
            "contributors" => byline.contributors,
            "handle" => byline.handle,
            "email" => byline.email,
            "read_time" => byline.read_time,
        )
    }
}

impl Serialize for Byline {
    /// Writes the byline alone, as the strict parser read it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "span" => self.span,
            "authors" => *self.authors,
            "role" => self.role,
            "outlet" => self.outlet,
            "location" => self.location,
            "date" => self.date,
            "kind" => self.kind,
            "contributors" => self.contributors,
            "handle" => self.handle,
            "email" => self.email,
            "read_time" => self.read_time,
        )
    }
}

impl Serialize for BylineKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Author {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "name" => self.name.as_str(),
            "given" => self.name.given(),
            "family" => self.name.family(),
            "suffix" => self.name.suffix(),
            "honorific" => self.name.honorific(),
            "particles" => self.name.particles(),
            "credentials" => self.name.credentials(),
            "display" => self.name.display(),
            "role" => self.role,
            "span" => self.span,
        )
    }
}

impl Serialize for Contributor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "name" => self.name.as_str(),
            "display" => self.name.display(),
            "share" => self.share,
            "span" => self.span,
        )
    }
}

impl Serialize for StatedReadTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer, "span" => self.span, "seconds" => self.duration.as_secs())
    }
}

impl Serialize for ReadTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "stated" => self.stated,
            "estimated_seconds" => self.estimated().as_secs(),
            "words" => self.words,
        )
    }
}

impl Serialize for Dateline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "span" => self.span,
            "place" => Some(&self.place).filter(|p| !p.is_empty()),
            "agency" => self.agency,
            "date" => self.date,
        )
    }
}

impl Serialize for In<'_, Paragraph> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer, "span" => self.0.span, "sentences" => self.1.sentences_of(self.0))
    }
}

impl Serialize for Quotation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "span" => self.span,
            "open" => self.open,
            "close" => self.close,
            "depth" => self.depth,
            "continued" => self.continued,
            "repair" => self.repair.as_str(),
            "kind" => self.kind.as_str(),
            "quote" => self.quote,
        )
    }
}

impl Serialize for In<'_, Quote> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(quote, article) = self;
        record!(serializer,
            "kind" => quote.kind.as_str(),
            "content" => quote.content(),
            "text" => quote.text(article),
            "cue" => quote.cue().map_or(&[][..], |c| c.spans()),
            "source" => quote.source(),
            "addressee" => quote.addressee(),
            "medium" => quote.medium(),
            "speaker" => quote.speaker.map(|id| article[id].name()),
            "speaker_id" => quote.speaker.map(|id| id.get()),
            "speaker_confidence" => quote.speaker_confidence,
            "polarity" => quote.polarity.as_str(),
            "confidence" => quote.confidence,
            "rule" => quote.rule,
        )
    }
}

impl Serialize for In<'_, Speaker> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(speaker, article) = self;
        let words = |span: Option<Span>| span.map(|s| joined(article.text(), &[s]));
        record!(serializer,
            "id" => speaker.id.get(),
            "name" => speaker.name,
            "kind" => speaker.kind.as_str(),
            "aliases" => Each(|| speaker.aliases(article)),
            "honorific" => words(speaker.honorific),
            "gender" => speaker.gender().map(|g| g.as_str()),
            "gender_evidence" => speaker.gender_evidence().map(|e| e.as_str()),
            "title" => words(speaker.title),
            "affiliation" => words(speaker.affiliation),
            "age" => speaker.age.and_then(|s| s.of(article.text()).parse::<u8>().ok()),
            "place" => words(speaker.place),
            "members" => Each(|| speaker.members.iter().map(|id| id.get())),
            "mentions" => Each(|| speaker.mentions.iter().map(|m| m.span)),
            "mention_kinds" => Each(|| speaker.mentions.iter().map(|m| m.kind.as_str())),
            "spans" => Described(speaker),
        )
    }
}

/// Where the text says what it says of a speaker.
struct Described<'a>(&'a Speaker);

impl Serialize for Described<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "honorific" => self.0.honorific,
            "title" => self.0.title,
            "affiliation" => self.0.affiliation,
            "age" => self.0.age,
            "place" => self.0.place,
        )
    }
}

impl Serialize for Replacement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer, "span" => self.span, "text" => self.text)
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record!(serializer,
            "code" => self.code.slug(),
            "level" => self.code.level().as_str(),
            "span" => self.span,
            "related" => self.related,
            "message" => self.message(),
            "replacement" => self.replacement,
        )
    }
}
