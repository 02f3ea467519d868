//! The report for people: the frame, then who said what, then what is wrong with the text.

use std::io::{self, IsTerminal as _, Write};

use anstyle::Reset;
use pullquote::{Article, BylineKind, Level, Polarity, Quotation, Quote, Span};

use crate::chart::{bar, cell};
use crate::excerpt;
use crate::place::Places;
use crate::share;
use crate::source::document::Origin;
use crate::style::{self, CUE, DIM, HEADING, STRONG, clean};

/// Columns used where there is no terminal to ask.
const COLUMNS: usize = 100;
/// The widest report; longer lines are hard to read.
const WIDEST: usize = 110;
/// Columns of the labels of the frame, and of the places of quotes.
const LABELS: usize = 11;
const PLACES: usize = 8;
/// Columns of the names and of the figures in the table of who said how much, and of its bars.
const NAMES: usize = 34;
const FIGURES: usize = 24;
const WIDEST_BAR: usize = 40;

/// One article, ready to be told.
pub(crate) struct Report<'a> {
    article: &'a Article<'a>,
    origin: Option<&'a Origin<'a>>,
    name: String,
    places: Places,
    width: usize,
}

impl<'a> Report<'a> {
    /// Prepares the report; `name` is the file in diagnostics.
    pub(crate) fn new(article: &'a Article<'a>, origin: Option<&'a Origin<'a>>, name: String) -> Report<'a> {
        let findings = article.diagnostics().iter();
        let offsets = (article.quotes().iter().filter_map(first_span))
            .chain(article.quotations().iter().map(Quotation::span))
            .chain(findings.flat_map(|d| [Some(d.span()), d.related()].into_iter().flatten()))
            .map(Span::start);
        let places = Places::find(article.text(), offsets);
        let columns = if io::stdout().is_terminal() { textwrap::termwidth() } else { COLUMNS };
        let width = columns.clamp(40, WIDEST);
        Report { article, origin, name, places, width }
    }

    /// Writes the report; with `header`, the name of the file stands over it.
    pub(crate) fn write(&self, out: &mut impl Write, header: bool) -> io::Result<()> {
        if header {
            writeln!(out, "{STRONG}==> {} <=={Reset}\n", clean(&self.name))?;
        }
        self.frame(out)?;
        self.quotes(out)?;
        self.shares(out)?;
        self.unattributed(out)?;
        self.findings(out)
    }

    fn frame(&self, out: &mut impl Write) -> io::Result<()> {
        let article = self.article;
        let words = |span: Option<Span>| span.map(|s| article[s].to_owned());
        let time = article.read_time();
        let stated = time.stated().map(|s| format!("{} stated; ", style::duration(s.duration())));
        let estimated = style::duration(time.estimated());
        let read_time =
            format!("{}{estimated} estimated from {} words", stated.unwrap_or_default(), time.words());
        let dateline = article.dateline().map(|d| listed([Some(d.place()), d.agency(), d.date()]));
        let story =
            [(article.paragraphs().len(), "paragraph"), (article.sentences().len(), "sentence")].map(count);
        let said = self.origin.and_then(|origin| origin.metadata.as_ref());
        let from_page = |words: &Option<String>| Some(format!("{} (the page's metadata)", words.as_ref()?));
        let headline = words(article.headline()).or_else(|| from_page(&said?.headline));
        let dek = words(article.dek()).or_else(|| from_page(&said?.dek));
        let byline = self.byline().or_else(|| from_page(&said?.byline.as_ref().map(|b| b.text.clone())));
        self.field(out, "Headline", headline, true)?;
        self.field(out, "Dek", dek, false)?;
        self.field(out, "Byline", byline, false)?;
        self.field(out, "Outlet", from_page(&said.and_then(|m| m.outlet.clone())), false)?;
        self.field(out, "Published", from_page(&said.and_then(|m| m.published.clone())), false)?;
        self.field(out, "Dateline", dateline, false)?;
        self.field(out, "Read time", Some(read_time), false)?;
        self.field(out, "Story", Some(story.join(", ")), false)
    }

    fn byline(&self) -> Option<String> {
        let byline = self.article.byline()?;
        let names: Vec<&str> = byline.authors().iter().map(|a| a.name().as_str()).collect();
        let signed = match byline.kind() {
            BylineKind::Staff if names.is_empty() => "staff".to_owned(),
            BylineKind::Agency if names.is_empty() => "agency".to_owned(),
            _ => names.join(", "),
        };
        let more = listed([byline.role(), byline.outlet(), byline.location(), byline.date()]);
        Some(listed([Some(signed.as_str()), Some(more.as_str())]))
    }

    fn field(
        &self,
        out: &mut impl Write,
        label: &str,
        value: Option<String>,
        strong: bool,
    ) -> io::Result<()> {
        let Some(value) = value else { return Ok(()) };
        let style = if strong { STRONG } else { anstyle::Style::new() };
        for (n, line) in self.wrapped(&value, LABELS).iter().enumerate() {
            let label = if n == 0 { label } else { "" };
            writeln!(out, "{DIM}{label:<LABELS$}{Reset}{style}{line}{Reset}")?;
        }
        Ok(())
    }

    fn quotes(&self, out: &mut impl Write) -> io::Result<()> {
        let quotes = self.article.quotes();
        let speakers = self.article.speakers().len();
        if quotes.is_empty() {
            return writeln!(out, "\n{HEADING}No quotes{Reset}");
        }
        let counts = [(quotes.len(), "quote"), (speakers, "speaker")].map(count);
        writeln!(out, "\n{HEADING}{}{Reset}", counts.join(", "))?;
        for quote in quotes {
            writeln!(out)?;
            self.who(out, quote)?;
            self.how(out, quote)?;
            for line in self.wrapped(&self.content(quote), PLACES) {
                writeln!(out, "{:PLACES$}{line}", "")?;
            }
        }
        Ok(())
    }

    /// "17:4   Ann Lee, analyst, Pell Securities → the Gazette"
    fn who(&self, out: &mut impl Write, quote: &Quote) -> io::Result<()> {
        let article = self.article;
        self.place(out, first_span(quote))?;
        match quote.speaker() {
            Some(id) => {
                let speaker = &article[id];
                let style = style::speaker(id.get());
                write!(out, "{style}{}{Reset}", clean(speaker.name()))?;
                // "the dean" has no name but the title.
                let more = [speaker.title(), speaker.affiliation()].into_iter().flatten();
                for more in more.map(|span| &article[span]).filter(|more| !speaker.name().contains(more)) {
                    write!(out, ", {}", clean(more))?;
                }
            }
            None if quote.source().is_empty() => write!(out, "{DIM}nobody named{Reset}")?,
            None => write!(out, "{}", clean(&self.phrase(quote.source())))?,
        }
        if !quote.addressee().is_empty() {
            write!(out, " → {}", clean(&self.phrase(quote.addressee())))?;
        }
        writeln!(out)
    }

    /// "direct: the analyst has repeatedly said": what in the text decides it, in the order of the text.
    fn how(&self, out: &mut impl Write, quote: &Quote) -> io::Result<()> {
        let cue = quote.cue().map_or(&[][..], |cue| cue.spans());
        let mut parts: Vec<(Span, bool)> =
            (cue.iter().map(|&s| (s, true))).chain(quote.source().iter().map(|&s| (s, false))).collect();
        parts.sort_unstable();
        let polarity = match quote.polarity() {
            Polarity::Asserted => String::new(),
            other => format!(", {}", other.as_str()),
        };
        write!(out, "{:PLACES$}{DIM}{}{polarity}:{Reset}", "", quote.kind().as_str())?;
        let mut end = None;
        for (span, is_cue) in parts {
            let style = if is_cue { CUE } else { DIM };
            // "TAB:" stays in one piece.
            let gap = if end == Some(span.start()) { "" } else { " " };
            write!(out, "{gap}{style}{}{Reset}", clean(&self.article[span]))?;
            end = Some(span.end());
        }
        writeln!(out)
    }

    /// Who said how much, as a table with bars; one speaker alone needs none.
    fn shares(&self, out: &mut impl Write) -> io::Result<()> {
        let shares = share::of(self.article);
        if shares.len() < 2 {
            return Ok(());
        }
        let most = shares.iter().map(|share| share.words).max().unwrap_or(0);
        let (names, figures) = (NAMES.min(self.width / 3), FIGURES);
        let bars = (self.width - names - figures).min(WIDEST_BAR);
        writeln!(out, "\n{HEADING}Who said how much{Reset}\n")?;
        for share in shares {
            let (name, style) = match share.speaker {
                Some(id) => (self.article[id].name(), style::speaker(id.get())),
                None => ("speaker not known", DIM),
            };
            let name = cell(&clean(name), names - 1);
            let counts = [count((share.quotes, "quote")), count((share.words, "word"))];
            let counts = format!("{:>10} {:>11}", counts[0], counts[1]);
            let bar = bar(share.words as u64, most as u64, bars);
            writeln!(out, "{style}{name}{Reset} {counts:<figures$}{style}{bar}{Reset}")?;
        }
        Ok(())
    }

    fn unattributed(&self, out: &mut impl Write) -> io::Result<()> {
        let mut alone = self.article.quotations().iter().filter(|q| q.quote().is_none() && q.depth() == 0);
        let Some(first) = alone.next() else { return Ok(()) };
        writeln!(out, "\n{HEADING}Between marks, said by nobody{Reset}\n")?;
        for quotation in std::iter::once(first).chain(alone) {
            for (n, line) in self.wrapped(&self.article[quotation.span()], PLACES).iter().enumerate() {
                self.place(out, (n == 0).then_some(quotation.span()))?;
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    fn findings(&self, out: &mut impl Write) -> io::Result<()> {
        let findings: Vec<_> =
            self.article.diagnostics().iter().filter(|d| d.code().level() != Level::Allow).collect();
        if findings.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{HEADING}{}{Reset}", count((findings.len(), "finding about the text")))?;
        for finding in findings {
            let text = self.article.text();
            let shown = excerpt::render(finding, Level::Warn, text, &self.name, &self.places, self.width);
            writeln!(out, "\n{}", shown.trim_end())?;
        }
        Ok(())
    }

    /// Writes where something stands, or as much room.
    fn place(&self, out: &mut impl Write, span: Option<Span>) -> io::Result<()> {
        let place = span.map_or(String::new(), |span| {
            let place = self.places.of(span.start());
            format!("{}:{}", place.line, place.column)
        });
        // A place too long for its room still keeps its distance.
        write!(out, "{DIM}{place:<0$}{Reset} ", PLACES - 1)
    }

    /// Returns the words of a quote, with an ellipsis where other words stand between them: “Yes,” … “we are.”
    fn content(&self, quote: &Quote) -> String {
        let mut words = String::new();
        let mut end = None;
        for &span in quote.content() {
            let gap = end.map(|end| self.article.text().get(end..span.start()).unwrap_or(""));
            words += match gap {
                None => "",
                Some(gap) if gap.trim().is_empty() => " ",
                Some(_) => " … ",
            };
            words += &self.article[span];
            end = Some(span.end());
        }
        words
    }

    /// Returns the words of some spans.
    fn phrase(&self, spans: &[Span]) -> String {
        spans.iter().map(|&s| &self.article[s]).collect::<Vec<_>>().join(" ")
    }

    /// Breaks words into lines that leave `indent` columns free.
    fn wrapped(&self, words: &str, indent: usize) -> Vec<String> {
        let options = textwrap::Options::new(self.width - indent)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
        textwrap::wrap(&clean(words), options).into_iter().map(|line| line.into_owned()).collect()
    }
}

/// Returns where a quote stands: its words, or what attributes it where it has none ("declined to comment").
fn first_span(quote: &Quote) -> Option<Span> {
    let cue = quote.cue().map_or(&[][..], |cue| cue.spans());
    [quote.content(), cue, quote.source()].into_iter().find_map(|spans| spans.first().copied())
}

/// Joins what is there by commas.
fn listed<const N: usize>(parts: [Option<&str>; N]) -> String {
    parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}

/// "1 quote", "2 quotes", "2 findings about the text".
fn count((number, noun): (usize, &str)) -> String {
    let (first, rest) = noun.split_at(noun.find(' ').unwrap_or(noun.len()));
    format!("{number} {first}{}{rest}", if number == 1 { "" } else { "s" })
}
