//! A page that needs nothing but itself: the article, its quotes in the colours of their speakers, and who said
//! how much.

use std::fmt::Write as _;

use pullquote::{Article, BlockKind, Level, Quote};

use crate::error::grouped;
use crate::format::mark::{Marks, colour, escape};
use crate::format::{Told, Writer, phrase};
use crate::share::{self, Share};
use crate::style;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes one page.
pub(crate) struct Html;

impl Writer for Html {
    fn article(&self, told: &Told<'_>, out: &mut Vec<u8>) {
        let mut page = Page { told, article: told.article, out: String::new() };
        page.write();
        out.extend_from_slice(page.out.as_bytes());
    }

    fn ending(&self) -> Option<&'static str> {
        Some("html")
    }
}

struct Page<'a> {
    told: &'a Told<'a>,
    article: &'a Article<'a>,
    out: String,
}

impl Page<'_> {
    fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    fn write(&mut self) {
        let label = self.told.document.label();
        let title = self.told.headline().unwrap_or(&label).split_whitespace().collect::<Vec<_>>().join(" ");
        self.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        // Words off a page are shown, never run, and nothing is fetched.
        self.raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
             script-src 'unsafe-inline'\">\n<title>",
        );
        self.text(&title);
        self.raw(" – who said what</title>\n<style>\n");
        self.raw(STYLE);
        self.raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#panel\">Who said how much</a>\n<main>\n<article>\n");
        self.metadata();
        self.blocks();
        self.raw("</article>\n");
        self.panel();
        self.raw("</main>\n<footer>");
        self.text(&label);
        self.raw(&format!(" · made by pullquote {}</footer>\n", env!("CARGO_PKG_VERSION")));
        self.raw("<div id=\"tip\" role=\"tooltip\" hidden></div>\n<script>\n");
        self.raw(SCRIPT);
        self.raw("</script>\n</body>\n</html>\n");
    }

    /// What only the page's metadata says, marked as such.
    fn metadata(&mut self) {
        let Some(said) = self.told.origin.as_ref().and_then(|o| o.metadata.as_ref()) else { return };
        let signed = said.byline.as_ref().map(|b| b.text.as_str());
        let more = [signed, said.outlet.as_deref(), said.published.as_deref()];
        let (headline, dek) = (said.headline.clone(), said.dek.clone());
        let more = more.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        for (tag, class, words) in [
            ("h1", "headline", headline.as_deref()),
            ("p", "dek", dek.as_deref()),
            ("p", "byline", Some(&*more)),
        ] {
            if let Some(words) = words.filter(|w| !w.is_empty()) {
                self.raw(&format!("<div class=\"row {class}\"><{tag}>"));
                self.text(words);
                self.raw(&format!(
                    "</{tag}><aside><p class=\"from\">from the page’s metadata</p></aside></div>\n"
                ));
            }
        }
    }

    fn blocks(&mut self) {
        let article = self.article;
        let shown: Vec<usize> = (article.diagnostics().iter().enumerate())
            .filter(|(_, d)| d.code().level() != Level::Allow)
            .map(|(n, _)| n)
            .collect();
        let mut marks = Marks::new(article, &shown);
        let mut findings = shown.iter().map(|&n| &article.diagnostics()[n]).peekable();
        for block in article.blocks() {
            let (tag, class) = shape(block.kind());
            self.raw(&format!("<div class=\"row {class}\"><{tag}>"));
            marks.write(block.span(), &mut self.out);
            self.raw(&format!("</{tag}>"));
            let mut open = false;
            while let Some(finding) = findings.next_if(|d| d.span().start() < block.span().end()) {
                self.raw(if open { "" } else { "<aside>" });
                open = true;
                self.raw("<p class=\"finding\"><b>");
                self.text(finding.code().slug());
                self.raw("</b> ");
                self.text(finding.message());
                self.raw("</p>");
            }
            self.raw(if open { "</aside></div>\n" } else { "</div>\n" });
        }
        if article.blocks().is_empty() {
            self.raw("<p class=\"empty\">There is nothing to read here.</p>\n");
        }
    }

    fn panel(&mut self) {
        let article = self.article;
        let shares = share::of(article);
        let words: usize = shares.iter().map(|s| s.words).sum();
        self.raw("<aside id=\"panel\" aria-label=\"Quotes\">\n<h2>Who said how much</h2>\n<p class=\"sum\">");
        let time = style::duration(article.read_time().estimated());
        let sum = format!(
            "{}, {} of {} words · {time} to read",
            count(article.quotes().len(), "quote"),
            grouped(words as u64),
            grouped(u64::from(article.read_time().words()))
        );
        self.text(&sum);
        self.raw("</p>\n<ul id=\"speakers\">\n");
        let most = shares.iter().map(|s| s.words).max().unwrap_or(0).max(1);
        for share in &shares {
            self.speaker(share, most);
        }
        self.raw("</ul>\n<p class=\"keys\">Choose a speaker to see only those quotes. Keys: <kbd>j</kbd> and \
                  <kbd>k</kbd> go from quote to quote, <kbd>Esc</kbd> shows all.</p>\n<h2>Quotes</h2>\n<ol id=\"quotes\">\n");
        for (n, quote) in article.quotes().iter().enumerate() {
            self.quote(n, quote);
        }
        self.raw("</ol>\n</aside>\n");
    }

    fn speaker(&mut self, share: &Share, most: usize) {
        let article = self.article;
        let number = share.speaker.map_or(0, |id| id.get());
        let class = share.speaker.map_or(0, |id| (id.get() - 1) % 8 + 1);
        let _ = write!(
            self.out,
            "<li><button type=\"button\" class=\"s{class}\" data-s=\"{number}\" aria-pressed=\"false\"><span class=\"name\">"
        );
        match share.speaker {
            Some(id) => {
                let speaker = &article[id];
                self.text(speaker.name());
                let more: Vec<&str> = [speaker.title(), speaker.affiliation()]
                    .into_iter()
                    .flatten()
                    .map(|s| &article[s])
                    .collect();
                if !more.is_empty() {
                    self.raw("</span> <span class=\"title\">");
                    self.text(&more.join(", "));
                }
            }
            None => self.raw("Speaker not known"),
        }
        let width = share.words * 100 / most;
        let _ = writeln!(
            self.out,
            "</span><svg viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"track\" \
             width=\"100\" height=\"6\"/><rect class=\"bar\" width=\"{width}\" height=\"6\"/></svg>\
             <span class=\"count\">{}, {}</span></button></li>",
            count(share.quotes, "quote"),
            count(share.words, "word")
        );
    }

    fn quote(&mut self, n: usize, quote: &Quote) {
        let article = self.article;
        let number = quote.speaker().map_or(0, |id| id.get());
        let who = match quote.speaker() {
            Some(id) => article[id].name().to_owned(),
            None if quote.source().is_empty() => "Nobody named".to_owned(),
            None => phrase(article, quote.source()),
        };
        let polarity = match quote.polarity() {
            pullquote::Polarity::Asserted => String::new(),
            other => format!(", {}", other.as_str()),
        };
        let how = format!(
            "{}{polarity} · rule {} · confidence {:.2}",
            quote.kind().as_str(),
            quote.rule(),
            quote.confidence()
        );
        let _ = write!(
            self.out,
            "<li id=\"i{n}\" class=\"{}\" data-s=\"{number}\" data-tip=\"",
            colour(article, n)
        );
        self.text(&format!("{who} · {how}"));
        let _ = write!(self.out, "\"><b>");
        self.text(&who);
        let _ = write!(self.out, "</b> <a href=\"#q{n}\">");
        let words = quote.text(article);
        self.text(if words.is_empty() { "(no words given)" } else { &words });
        self.raw("</a> <small>");
        self.text(&how);
        self.raw("</small></li>\n");
    }
}

/// Returns the element and the class of a block.
fn shape(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Headline => ("h1", "headline"),
        BlockKind::Dek => ("p", "dek"),
        BlockKind::Byline => ("p", "byline"),
        BlockKind::Subhead => ("h2", "subhead"),
        BlockKind::Paragraph => ("p", "paragraph"),
        BlockKind::Code => ("pre", "code"),
        _ => ("p", "other"),
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number as u64), if number == 1 { "" } else { "s" })
}
