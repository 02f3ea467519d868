//! `pullquote stats`: who speaks most in a corpus, how much of it is quoted, and with which verbs.

use std::collections::HashMap;
use std::io::IsTerminal as _;

use anstyle::Reset;
use pullquote::{Article, QuoteKind};
use serde::Serialize;

use crate::Outcome;
use crate::args::{StatsArgs, StatsFormat};
use crate::chart::{bar, cell};
use crate::error::{Error, grouped};
use crate::format::csv;
use crate::output::Output;
use crate::progress::Progress;
use crate::share;
use crate::source::expand::Inputs;
use crate::source::kind::InputKind;
use crate::sources;
use crate::style::{self, DIM, HEADING};

/// Columns of a name in a chart.
const NAMES: usize = 30;
/// The widest chart.
const WIDEST: usize = 110;
/// Columns of the figures beside a bar.
const FIGURES: usize = 32;

/// Counts over some articles.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
struct Counts {
    articles: u64,
    quotes: u64,
    direct: u64,
    indirect: u64,
    mixed: u64,
    /// Words of the stories.
    words: u64,
    /// Words that somebody is said to have said, each once.
    attributed_words: u64,
    /// Those of them in direct and mixed quotes.
    quoted_words: u64,
    unknown: Said,
    #[serde(skip)]
    speakers: HashMap<String, Said>,
    #[serde(skip)]
    verbs: HashMap<&'static str, u64>,
}

/// What one speaker said.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
struct Said {
    quotes: u64,
    words: u64,
    articles: u64,
}

impl Said {
    fn add(&mut self, other: Said) {
        self.quotes += other.quotes;
        self.words += other.words;
        self.articles += other.articles;
    }
}

impl Counts {
    fn article(&mut self, article: &Article<'_>) {
        self.articles += 1;
        self.words += u64::from(article.read_time().words());
        let (mut attributed, mut quoted) = (Vec::new(), Vec::new());
        for quote in article.quotes() {
            self.quotes += 1;
            match quote.kind() {
                QuoteKind::Direct => self.direct += 1,
                QuoteKind::Mixed => self.mixed += 1,
                _ => self.indirect += 1,
            }
            attributed.extend_from_slice(quote.content());
            if matches!(quote.kind(), QuoteKind::Direct | QuoteKind::Mixed) {
                quoted.extend_from_slice(quote.content());
            }
            if let Some(cue) = quote.cue().filter(|cue| !cue.lemma().is_empty()) {
                *self.verbs.entry(cue.lemma()).or_default() += 1;
            }
        }
        self.attributed_words += share::words_in(article, attributed) as u64;
        self.quoted_words += share::words_in(article, quoted) as u64;
        for share in share::of(article) {
            let said = Said { quotes: share.quotes as u64, words: share.words as u64, articles: 1 };
            match share.speaker {
                Some(id) => self.speakers.entry(article[id].name().to_owned()).or_default().add(said),
                None => self.unknown.add(said),
            }
        }
    }

    fn add(&mut self, other: Counts) {
        self.articles += other.articles;
        self.quotes += other.quotes;
        self.direct += other.direct;
        self.indirect += other.indirect;
        self.mixed += other.mixed;
        self.words += other.words;
        self.attributed_words += other.attributed_words;
        self.quoted_words += other.quoted_words;
        self.unknown.add(other.unknown);
        for (name, said) in other.speakers {
            self.speakers.entry(name).or_default().add(said);
        }
        for (verb, count) in other.verbs {
            *self.verbs.entry(verb).or_default() += count;
        }
    }

    /// Lists the speakers with most words first; those with as many by name, so that runs agree.
    fn top_speakers(&self, top: usize) -> Vec<(&str, Said)> {
        let mut all: Vec<(&str, Said)> =
            self.speakers.iter().map(|(name, said)| (name.as_str(), *said)).collect();
        all.sort_by(|a, b| (b.1.words, b.1.quotes, a.0).cmp(&(a.1.words, a.1.quotes, b.0)));
        all.truncate(top);
        all
    }

    fn top_verbs(&self, top: usize) -> Vec<(&str, u64)> {
        let mut all: Vec<(&str, u64)> = self.verbs.iter().map(|(verb, count)| (*verb, *count)).collect();
        all.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
        all.truncate(top);
        all
    }
}

/// Counts and prints.
pub(crate) fn run(args: &StatsArgs) -> Result<Outcome, Error> {
    let inputs = Inputs::find(&args.sources.files, &args.sources.glob)?;
    let quiet = args.sources.quiet;
    let progress = Progress::new(inputs.bytes(), !quiet);
    let run = sources::run(&args.sources, inputs, false, InputKind::Text, 0);
    let (mut counts, mut failed) = (Counts::default(), false);
    run.each(
        |document, part: &mut Counts| part.article(&pullquote::parse(&document.text)),
        |done| {
            counts.add(done.part);
            failed |= !done.rejects.is_empty();
            progress.set(done.position, counts.articles);
            progress.tell(&done.rejects, if quiet { &[] } else { &done.notes });
            Ok(())
        },
    )?;
    progress.clear();
    let text = args.format == StatsFormat::Text;
    let mut output = if text { Output::stdout() } else { Output::raw_stdout() };
    let bytes = match args.format {
        StatsFormat::Text => charts(&counts, args.top).into_bytes(),
        StatsFormat::Json => json(&counts, args.top),
        StatsFormat::Csv => rows(&counts, args.top),
    };
    output.put(&bytes)?;
    output.finish()?;
    Ok(if failed { Outcome::SomeFailed } else { Outcome::AllGood })
}

fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

fn charts(counts: &Counts, top: usize) -> String {
    let columns = if std::io::stdout().is_terminal() { textwrap::termwidth() } else { 100 };
    let bars = columns.clamp(60, WIDEST).saturating_sub(NAMES + FIGURES + 2).max(10);
    let mut out = format!(
        "{HEADING}{} articles, {} quotes, {} speakers{Reset}\n\n",
        grouped(counts.articles),
        grouped(counts.quotes),
        grouped(counts.speakers.len() as u64)
    );
    let shares = [
        ("Attributed words", counts.attributed_words, counts.words),
        ("Words in direct and mixed quotes", counts.quoted_words, counts.words),
        ("Direct quotes", counts.direct, counts.quotes),
        ("Mixed quotes", counts.mixed, counts.quotes),
        ("Indirect quotes", counts.indirect, counts.quotes),
        ("Quotes of nobody known", counts.unknown.quotes, counts.quotes),
    ];
    for (label, part, whole) in shares {
        let share = percent(part, whole);
        let figures = format!("{share:>5.1} %  {} of {}", grouped(part), grouped(whole));
        let drawn = bar((share * 10.0).round() as u64, 1000, bars);
        out += &format!("{}  {figures:<FIGURES$}{drawn}\n", cell(label, NAMES + 2));
    }
    let speakers = counts.top_speakers(top);
    let most = speakers.iter().map(|(_, said)| said.words).max().unwrap_or(0);
    out += &format!("\n{HEADING}Who said most{Reset}\n\n");
    for (n, (name, said)) in speakers.iter().enumerate() {
        let style = style::speaker(n as u32 + 1);
        let figures = format!("{} words, {} quotes", grouped(said.words), grouped(said.quotes));
        let name = cell(&style::clean(name), NAMES + 2);
        out += &format!(
            "{name}  {DIM}{figures:<FIGURES$}{Reset}{style}{}{Reset}\n",
            bar(said.words, most, bars)
        );
    }
    if speakers.is_empty() {
        out += "nobody\n";
    }
    let verbs = counts.top_verbs(top);
    let most = verbs.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let all: u64 = counts.verbs.values().sum();
    out += &format!("\n{HEADING}With which words{Reset}\n\n");
    for (verb, count) in verbs {
        let figures = format!("{:>5.1} %  {}", percent(count, all), grouped(count));
        out += &format!(
            "{}  {DIM}{figures:<FIGURES$}{Reset}{}\n",
            cell(verb, NAMES + 2),
            bar(count, most, bars)
        );
    }
    out
}

fn json(counts: &Counts, top: usize) -> Vec<u8> {
    let speakers: Vec<_> = (counts.top_speakers(top).into_iter())
        .map(|(name, said)| {
            serde_json::json!({"name": name, "quotes": said.quotes, "words": said.words, "articles": said.articles})
        })
        .collect();
    let verbs: Vec<_> = (counts.top_verbs(top).into_iter())
        .map(|(verb, count)| serde_json::json!({"verb": verb, "quotes": count}))
        .collect();
    let mut object = serde_json::to_value(counts).unwrap_or_default();
    object["attributed_share"] = (percent(counts.attributed_words, counts.words) / 100.0).into();
    object["quoted_share"] = (percent(counts.quoted_words, counts.words) / 100.0).into();
    object["speakers"] = counts.speakers.len().into();
    object["top_speakers"] = speakers.into();
    object["top_verbs"] = verbs.into();
    let mut bytes = serde_json::to_vec_pretty(&object).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn rows(counts: &Counts, top: usize) -> Vec<u8> {
    let mut out = Vec::new();
    csv::line(&["speaker", "quotes", "words", "articles"], &mut out);
    for (name, said) in counts.top_speakers(top) {
        let figures = [said.quotes, said.words, said.articles].map(|n| n.to_string());
        let [quotes, words, articles] = &figures;
        csv::line(&[name, quotes, words, articles], &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up() {
        let texts = [
            "“It is the end,” said Ian Poole, a fisherman.\n\n“Yes,” said Ada Roe.",
            "“It is,” Ian Poole said. He said that it was wet.",
        ];
        let (mut one, mut both) = (Counts::default(), Counts::default());
        for text in texts {
            one.article(&pullquote::parse(text));
            let mut part = Counts::default();
            part.article(&pullquote::parse(text));
            both.add(part);
        }
        assert_eq!(one, both);
        let poole = one.speakers["Ian Poole"];
        assert_eq!((one.articles, poole.articles, poole.quotes), (2, 2, 3));
        assert_eq!(one.top_verbs(1), [("say", 4)]);
        assert_eq!(one.top_speakers(1)[0].0, "Ian Poole");
    }
}
