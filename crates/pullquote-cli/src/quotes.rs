//! `pullquote quotes`: what somebody said, or what was said about something.

use anstyle::Reset;
use pullquote::{Article, Quote};
use serde::Serialize;

use crate::Outcome;
use crate::args::{QuotesArgs, QuotesFormat};
use crate::error::{self, Error, grouped};
use crate::format::{Told, csv, phrase};
use crate::output::Output;
use crate::place::Places;
use crate::progress::Progress;
use crate::source::document::Document;
use crate::source::expand::Inputs;
use crate::source::kind::InputKind;
use crate::sources;
use crate::style::{self, DIM};

/// What is looked for.
struct Wanted {
    /// Each a speaker: the words of the name.
    by: Vec<Vec<String>>,
    about: Vec<String>,
}

/// What was found in some articles.
#[derive(Default)]
struct Part {
    bytes: Vec<u8>,
    found: u64,
    articles: u64,
}

/// Prints every quote that fits.
pub(crate) fn run(args: &QuotesArgs) -> Result<Outcome, Error> {
    let inputs = Inputs::find(&args.sources.files, &args.sources.glob)?;
    let wanted = Wanted {
        by: args.by.iter().map(|name| words(name).collect()).collect(),
        about: args.about.iter().map(|word| word.to_lowercase()).collect(),
    };
    let text = args.format == QuotesFormat::Text;
    let mut output = if text { Output::stdout() } else { Output::raw_stdout() };
    if args.format == QuotesFormat::Csv {
        let mut head = Vec::new();
        csv::head(&mut head);
        output.put(&head)?;
    }
    let quiet = args.sources.quiet;
    // A terminal that shows the quotes has no room for a bar.
    let progress = Progress::new(inputs.bytes(), !quiet && !stdout_is_terminal());
    let run = sources::run(&args.sources, inputs, false, InputKind::Text, 0);
    let (mut found, mut articles, mut failed) = (0, 0, false);
    run.each(
        |document, part| look(&document, &wanted, args.format, part),
        |done| {
            output.put(&done.part.bytes)?;
            found += done.part.found;
            articles += done.part.articles;
            failed |= !done.rejects.is_empty();
            progress.set(done.position, articles);
            let notes = if quiet { &[] } else { &done.notes[..] };
            if !done.rejects.is_empty() || !notes.is_empty() {
                std::io::Write::flush(&mut output).map_err(|e| output.failed(e))?;
                progress.tell(&done.rejects, notes);
            }
            Ok(())
        },
    )?;
    progress.clear();
    output.finish()?;
    if !quiet {
        let quotes = if found == 1 { "quote" } else { "quotes" };
        let noun = if articles == 1 { "article" } else { "articles" };
        error::say(&format!("{} {quotes} found in {} {noun}", grouped(found), grouped(articles)));
    }
    Ok(if failed { Outcome::SomeFailed } else { Outcome::AllGood })
}

fn stdout_is_terminal() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stdout())
}

fn look(document: &Document, wanted: &Wanted, format: QuotesFormat, part: &mut Part) {
    let article = pullquote::parse(&document.text);
    part.articles += 1;
    let found: Vec<(usize, &Quote)> =
        article.quotes().iter().enumerate().filter(|(_, quote)| wanted.takes(&article, quote)).collect();
    if found.is_empty() {
        return;
    }
    part.found += found.len() as u64;
    let told = Told { document, article: &article, origin: document.origin(&article) };
    let starts = found.iter().filter_map(|(_, q)| q.content().first()).map(|s| s.start());
    let places = Places::find(article.text(), starts);
    for (n, quote) in found {
        match format {
            QuotesFormat::Text => text(document, &article, quote, &places, &mut part.bytes),
            QuotesFormat::Csv => csv::row(&told, n, quote, &mut part.bytes),
            QuotesFormat::Jsonl => json(document, &article, n, quote, &mut part.bytes),
        }
    }
}

/// "a.txt:17:4: Ann Lee, analyst: “Yes.”"
fn text(document: &Document, article: &Article<'_>, quote: &Quote, places: &Places, out: &mut Vec<u8>) {
    let place = quote.content().first().map(|s| places.of(s.start()));
    let place = place.map_or(String::new(), |p| format!(":{}:{}", p.line, p.column));
    let who = match quote.speaker() {
        Some(id) => {
            let speaker = &article[id];
            let style = style::speaker(id.get());
            let more: String = [speaker.title(), speaker.affiliation()]
                .into_iter()
                .flatten()
                .map(|span| format!(", {}", style::clean(&article[span])))
                .collect();
            format!("{style}{}{Reset}{more}", style::clean(speaker.name()))
        }
        None if quote.source().is_empty() => format!("{DIM}nobody named{Reset}"),
        None => style::clean(&phrase(article, quote.source())),
    };
    let words = style::clean(&quote.text(article));
    let name = style::clean(&document.name);
    out.extend_from_slice(format!("{DIM}{name}{place}:{Reset} {who}: {words}\n").as_bytes());
}

/// One quote as in the record, with its article.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a serde_json::value::RawValue,
    quote: usize,
    speaker: Option<&'a str>,
    title: Option<&'a str>,
    affiliation: Option<&'a str>,
    kind: &'a str,
    text: &'a str,
    content: &'a [pullquote::Span],
    source: String,
    polarity: &'a str,
    confidence: f32,
    rule: &'a str,
}

fn json(document: &Document, article: &Article<'_>, n: usize, quote: &Quote, out: &mut Vec<u8>) {
    let Ok(id) = serde_json::from_str(&document.id) else { return };
    let speaker = quote.speaker().map(|id| &article[id]);
    let row = Row {
        id,
        quote: n,
        speaker: speaker.map(|s| s.name()),
        title: speaker.and_then(|s| s.title()).map(|s| &article[s]),
        affiliation: speaker.and_then(|s| s.affiliation()).map(|s| &article[s]),
        kind: quote.kind().as_str(),
        text: &quote.text(article),
        content: quote.content(),
        source: phrase(article, quote.source()),
        polarity: quote.polarity().as_str(),
        confidence: quote.confidence(),
        rule: quote.rule(),
    };
    // A vector takes everything.
    let _ = serde_json::to_writer(&mut *out, &row);
    out.push(b'\n');
}

impl Wanted {
    fn takes(&self, article: &Article<'_>, quote: &Quote) -> bool {
        self.by_one_of_them(article, quote) && self.about_all(article, quote)
    }

    fn by_one_of_them(&self, article: &Article<'_>, quote: &Quote) -> bool {
        if self.by.is_empty() {
            return true;
        }
        let name = match quote.speaker() {
            Some(id) => article[id].name().to_owned(),
            None => phrase(article, quote.source()),
        };
        let name: Vec<String> = words(&name).collect();
        self.by.iter().any(|wanted| !wanted.is_empty() && wanted.iter().all(|word| name.contains(word)))
    }

    fn about_all(&self, article: &Article<'_>, quote: &Quote) -> bool {
        if self.about.is_empty() {
            return true;
        }
        let said: Vec<String> = words(&quote.text(article)).collect();
        self.about.iter().all(|wanted| match wanted.strip_suffix('*') {
            Some(start) => said.iter().any(|word| word.starts_with(start)),
            // "climate change" is two words, one after the other.
            None => {
                let wanted: Vec<String> = words(wanted).collect();
                !wanted.is_empty() && said.windows(wanted.len()).any(|window| window == wanted)
            }
        })
    }
}

/// Returns the words of a text in lower case, without marks around them and without the ending of a genitive.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))
        .map(|word| word.trim_matches(['\'', '’', '-']).to_lowercase())
        .map(|word| ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word).to_owned())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared() {
        let found: Vec<String> = words("“The pier’s end, O’Hara-Lee said: 'No.'”").collect();
        assert_eq!(found, ["the", "pier", "end", "o’hara-lee", "said", "no"]);
    }

    #[test]
    fn what_is_wanted() {
        let article = pullquote::parse("“Climate change eats the piers,” said Ian Poole.");
        let quote = &article.quotes()[0];
        let cases = [
            (&["poole"][..], &[][..], true),
            (&["POOLE ian"], &[], true),
            (&["ian roe"], &[], false),
            (&["roe", "poole"], &[], true),
            (&[], &["climate"], true),
            (&[], &["climate change"], true),
            (&[], &["change climate"], false),
            (&[], &["pier"], false),
            (&[], &["pier*", "eats"], true),
            (&[], &["pier*", "drinks"], false),
            (&["poole"], &["tax"], false),
        ];
        for (by, about, takes) in cases {
            let wanted = Wanted {
                by: by.iter().map(|name| words(name).collect()).collect(),
                about: about.iter().map(ToString::to_string).collect(),
            };
            assert_eq!(wanted.takes(&article, quote), takes, "{by:?} {about:?}");
        }
    }
}
