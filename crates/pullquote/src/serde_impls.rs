//! Feature `serde`: the JSON record of an article. Spans are written as `[start, end]`.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::article::{Article, Paragraph};
use crate::attribution::quote::{Quote, joined};
use crate::diagnostic::{Diagnostic, Replacement};
use crate::frame::byline::{Author, Byline, BylineKind, Contributor};
use crate::frame::dateline::Dateline;
use crate::frame::read_time::{ReadTime, StatedReadTime};
use crate::quotation::Quotation;
use crate::span::Span;
use crate::speaker::Speaker;

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

impl Serialize for Article<'_> {
    /// Writes the record of one article, without an id and without the text itself.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.text();
        record!(serializer,
            "headline" => self.headline.map(|s| Words(s, text)),
            "dek" => self.dek.map(|s| Words(s, text)),
            "byline" => self.byline.as_ref().map(|b| In(b, self)),
            "read_time" => self.read_time,
            "dateline" => self.dateline,
            "paragraphs" => Each(|| self.paragraphs.iter().map(|p| In(p, self))),
            "quotations" => self.quotations,
            "quotes" => Each(|| self.quotes.iter().map(|q| In(q, self))),
            "speakers" => Each(|| self.speakers.iter().map(|s| In(s, self))),
            "diagnostics" => self.diagnostics,
        )
    }
}

impl Serialize for In<'_, Byline> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let In(byline, article) = self;
        record!(serializer,
            "span" => byline.span,
            "text" => byline.span.of(article.text()),
            "authors" => byline.authors,
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
            "authors" => self.authors,
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
        serializer.serialize_str(match self {
            BylineKind::Person => "person",
            BylineKind::Staff => "staff",
            BylineKind::Agency => "agency",
        })
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
