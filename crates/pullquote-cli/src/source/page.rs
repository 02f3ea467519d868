//! An HTML page to the text of its article, by `dom_smoothie` (a port of Mozilla's Readability).

use dom_smoothie::{Config, Readability, TextMode};
use pullquote::{Article, Byline};
use serde::Serialize;

/// The deepest nesting that is still a page; the extractor walks the tree by recursion.
const DEEPEST: usize = 2000;

/// The text of a page, and what the page says of itself outside that text.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) text: String,
    said: Said,
}

/// What a page says of itself in its metadata.
#[derive(Debug, Default)]
struct Said {
    title: Option<String>,
    byline: Option<String>,
    excerpt: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    language: Option<String>,
    url: Option<String>,
}

/// What the metadata of a page adds: never anything that the text says itself.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Metadata {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) headline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dek: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) byline: Option<Signed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outlet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

/// A byline that stands in the metadata only.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Signed {
    pub(crate) text: String,
    /// The names in it, where it reads as a byline.
    pub(crate) authors: Vec<String>,
}

/// Takes the article out of a page.
///
/// # Errors
///
/// When no article is found in it.
pub(crate) fn read(html: &str, url: Option<&str>) -> Result<Page, String> {
    if depth(html) > DEEPEST {
        return Err(format!("the page nests more than {DEEPEST} elements; it is no page for people"));
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let none = "no article was found in this page; if there is one, copy its text to a file";
    let mut readability = Readability::new(html, url, Some(config)).map_err(|e| e.to_string())?;
    let found = readability.parse().map_err(|_| none.to_owned())?;
    let text = found.text_content.trim().to_owned();
    if text.is_empty() {
        return Err(none.to_owned());
    }
    let said = Said {
        title: tidy(Some(found.title)),
        byline: tidy(found.byline),
        excerpt: tidy(found.excerpt),
        outlet: tidy(found.site_name),
        published: tidy(found.published_time),
        modified: tidy(found.modified_time),
        language: tidy(found.lang),
        url: tidy(found.url).or(url.map(str::to_owned)),
    };
    Ok(Page { text, said })
}

impl Page {
    /// Returns what the metadata adds to the article that was read from the text.
    pub(crate) fn fill(&self, article: &Article<'_>) -> Metadata {
        let said = &self.said;
        // An excerpt is often just the first paragraph.
        let new = |words: &String| !squeezed(&self.text).contains(words.trim_end_matches(['…', '.']));
        Metadata {
            headline: said.title.clone().filter(|_| article.headline().is_none()),
            dek: said.excerpt.clone().filter(|_| article.dek().is_none()).filter(new),
            byline: said.byline.clone().filter(|_| article.byline().is_none()).map(Signed::new),
            outlet: said.outlet.clone(),
            published: said.published.clone(),
            modified: said.modified.clone(),
            language: said.language.clone(),
            url: said.url.clone(),
        }
    }
}

impl Signed {
    fn new(text: String) -> Signed {
        let parsed = text.parse::<Byline>().or_else(|_| format!("By {text}").parse());
        let names = |b: Byline| b.authors().iter().map(|a| a.name().as_str().to_owned()).collect();
        Signed { authors: parsed.map(names).unwrap_or_default(), text }
    }
}

fn tidy(words: Option<String>) -> Option<String> {
    words.map(|w| squeezed(&w)).filter(|w| !w.is_empty())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Estimates how deep a page nests: the most elements open at once, those that never close set aside.
fn depth(html: &str) -> usize {
    const NEVER_CLOSED: [&[u8]; 14] = [
        b"p", b"li", b"br", b"img", b"hr", b"meta", b"link", b"input", b"td", b"tr", b"option", b"source",
        b"wbr", b"area",
    ];
    let (bytes, mut open, mut deepest) = (html.as_bytes(), 0_usize, 0);
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = &bytes[at + 1..];
        let name_end =
            |from: &[u8]| from.iter().take(16).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(0);
        match rest.first() {
            Some(b'/') => open = open.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() => {
                let name = rest[..name_end(rest)].to_ascii_lowercase();
                if !NEVER_CLOSED.contains(&&name[..]) {
                    open += 1;
                    deepest = deepest.max(open);
                }
            }
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<p>The pier at Harrow will close in May after ninety years, the council said on Monday, \
                        and nobody knows what will stand there next.</p><p>“It is the end,” said Ian Poole, a \
                        fisherman who has worked there since he was nine years old.</p><p>The council, which \
                        owns it, has no money left, and the sea takes a plank every winter.</p>";

    #[test]
    fn metadata_fills_what_the_text_lacks() {
        let html = format!(
            "<html lang=en><head><title>Pier to close | Gazette</title><meta property=og:site_name content=Gazette>\
             <meta name=author content='Ada Roe'><meta property=article:published_time content=2026-05-04>\
             <meta name=description content='Why the pier goes'></head>\
             <body><nav><a href=/>Home</a></nav><article><h1>Pier to close</h1>{BODY}</article></body></html>"
        );
        let page = read(&html, Some("https://gazette.example/pier")).unwrap();
        let article = pullquote::parse(&page.text);
        assert_eq!(article.paragraphs().len(), 3, "{:?}", page.text);
        assert!(article.speakers().iter().any(|s| s.name() == "Ian Poole"));
        let filled = page.fill(&article);
        assert_eq!(filled.headline.is_some(), article.headline().is_none());
        assert_eq!(filled.byline.unwrap().authors, ["Ada Roe"]);
        assert_eq!(filled.dek.as_deref(), Some("Why the pier goes"));
        assert_eq!(filled.outlet.as_deref(), Some("Gazette"));
        assert_eq!(filled.published.as_deref(), Some("2026-05-04"));
        let signed = pullquote::parse("Pier to close\nBy Sam Orr\n\nIt rained all day.");
        assert_eq!(page.fill(&signed).byline, None);
    }

    #[test]
    fn pages_without_an_article() {
        for html in ["", "<html></html>", "<p></p>", "<script>1</script>"] {
            assert!(read(html, None).unwrap_err().contains("no article was found"), "{html}");
        }
        assert!(read(&"<div>".repeat(5000), None).unwrap_err().contains("nests"));
    }
}
