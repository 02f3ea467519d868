//! schema.org: a `NewsArticle` whose parts are `Quotation`s (vocabulary of schema.org, version 30).

use pullquote::{Article, BylineKind, MentionKind, PersonName, Quote, Speaker};
use serde_json::{Map, Value, json};

use crate::format::{Told, Writer, phrase};

/// Writes one object a line.
pub(crate) struct JsonLd;

impl Writer for JsonLd {
    fn article(&self, told: &Told<'_>, out: &mut Vec<u8>) {
        let object = Value::Object(news_article(told));
        // Values with string keys always can be written.
        let _ = serde_json::to_writer(&mut *out, &object);
        out.push(b'\n');
    }
}

/// Puts what is there.
fn put(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), value);
    }
}

fn news_article(told: &Told<'_>) -> Map<String, Value> {
    let article = told.article;
    let metadata = told.origin.as_ref().and_then(|o| o.metadata.as_ref());
    let words = |span: Option<pullquote::Span>| span.map(|s| tidy(&article[s]));
    let dek = words(article.dek()).or_else(|| metadata.and_then(|m| m.dek.clone()));
    let outlet = article.byline().and_then(|b| b.outlet()).map(tidy);
    let outlet = outlet.or_else(|| metadata.and_then(|m| m.outlet.clone()));
    let time = article.read_time();
    let seconds = time.stated().map_or(time.estimated(), |stated| stated.duration()).as_secs();
    let mut object = Map::new();
    put(&mut object, "@context", Some(json!("https://schema.org")));
    put(&mut object, "@type", Some(json!("NewsArticle")));
    put(&mut object, "identifier", Some(json!(told.document.label())));
    put(&mut object, "headline", told.headline().map(|h| json!(tidy(h))));
    put(&mut object, "abstract", dek.map(Value::from));
    put(&mut object, "author", authors(told));
    let publisher = outlet.map(|name| json!({"@type": "Organization", "name": name}));
    put(&mut object, "publisher", publisher);
    put(&mut object, "dateline", article.dateline().map(|d| json!(tidy(&article[d.span()]))));
    put(&mut object, "datePublished", metadata.and_then(|m| m.published.clone()).map(Value::from));
    put(&mut object, "dateModified", metadata.and_then(|m| m.modified.clone()).map(Value::from));
    put(&mut object, "url", metadata.and_then(|m| m.url.clone()).map(Value::from));
    let language = metadata.and_then(|m| m.language.clone()).unwrap_or_else(|| "en".to_owned());
    put(&mut object, "inLanguage", Some(json!(language)));
    put(&mut object, "timeRequired", Some(json!(duration(seconds))));
    put(&mut object, "wordCount", Some(json!(time.words())));
    let quotations: Vec<Value> =
        article.quotes().iter().filter(|q| !q.content().is_empty()).map(|q| quotation(article, q)).collect();
    put(&mut object, "hasPart", (!quotations.is_empty()).then_some(Value::Array(quotations)));
    object
}

/// Returns who wrote it; the metadata of the page only where the text does not say.
fn authors(told: &Told<'_>) -> Option<Value> {
    let found: Vec<Value> = match told.article.byline() {
        Some(byline) if byline.authors().is_empty() => {
            let name = byline.outlet().map_or_else(|| tidy(&told.article[byline.span()]), tidy);
            let signed = matches!(byline.kind(), BylineKind::Staff | BylineKind::Agency);
            signed.then(|| json!({"@type": "Organization", "name": name})).into_iter().collect()
        }
        Some(byline) => byline.authors().iter().map(|a| person(a.name(), a.role())).collect(),
        None => {
            let signed = told.origin.as_ref()?.metadata.as_ref()?.byline.as_ref()?;
            let names = signed.authors.iter().map(|name| json!({"@type": "Person", "name": name}));
            names.collect()
        }
    };
    (!found.is_empty()).then_some(Value::Array(found))
}

fn person(name: &PersonName, role: Option<&str>) -> Value {
    let mut object = Map::new();
    put(&mut object, "@type", Some(json!("Person")));
    put(&mut object, "name", Some(json!(name.as_str())));
    put(&mut object, "givenName", name.given().map(Value::from));
    put(&mut object, "familyName", name.family().map(Value::from));
    put(&mut object, "honorificPrefix", name.honorific().map(Value::from));
    put(&mut object, "honorificSuffix", name.suffix().map(Value::from));
    put(&mut object, "jobTitle", role.map(Value::from));
    Value::Object(object)
}

fn quotation(article: &Article<'_>, quote: &Quote) -> Value {
    let mut object = Map::new();
    put(&mut object, "@type", Some(json!("Quotation")));
    put(&mut object, "text", Some(json!(quote.text(article))));
    put(&mut object, "creator", quote.speaker().and_then(|id| creator(article, &article[id])));
    let credit = phrase(article, quote.source());
    put(&mut object, "creditText", (!credit.is_empty()).then(|| json!(credit)));
    Value::Object(object)
}

/// Returns who speaks; `None` for what is neither a person nor a body, as a report or a poll.
fn creator(article: &Article<'_>, speaker: &Speaker) -> Option<Value> {
    let kind = match speaker.kind() {
        MentionKind::Person | MentionKind::Role | MentionKind::Unnamed | MentionKind::Spokesperson => {
            "Person"
        }
        MentionKind::Organisation | MentionKind::Metonym => "Organization",
        _ => return None,
    };
    let mut object = Map::new();
    put(&mut object, "@type", Some(json!(kind)));
    put(&mut object, "name", Some(json!(speaker.name())));
    if kind == "Person" {
        put(&mut object, "jobTitle", speaker.title().map(|s| json!(tidy(&article[s]))));
        let body = speaker.affiliation().map(|s| tidy(&article[s]));
        let body = body.map(|name| json!({"@type": "Organization", "name": name}));
        put(&mut object, "affiliation", body);
    }
    Some(Value::Object(object))
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes a length of time as ISO 8601 does: "PT2M30S".
fn duration(seconds: u64) -> String {
    let parts = [(seconds / 3600, 'H'), (seconds / 60 % 60, 'M'), (seconds % 60, 'S')];
    let words: String = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n}{unit}")).collect();
    if words.is_empty() { "PT0S".to_owned() } else { format!("PT{words}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (seconds, words) in [(0, "PT0S"), (45, "PT45S"), (150, "PT2M30S"), (3600, "PT1H")] {
            assert_eq!(duration(seconds), words);
        }
    }
}
