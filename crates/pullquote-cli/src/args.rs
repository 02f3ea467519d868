//! The arguments.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use encoding_rs::Encoding;
use pullquote::DiagnosticCode;

use crate::line::Kind;
use crate::source::charset;
use crate::source::kind::InputKind;

const EXIT_CODES: &str = "Exit codes: 0 all was read; 1 something failed and is told on standard error; \
                          2 wrong usage; 3 `check` found something denied.";

/// Reads news articles and says who said what.
///
/// Files may be plain text, HTML pages, JSON Lines, or WARC and WET files of a crawl, each also packed with
/// gzip or Zstandard. Folders are read with all folders in them.
#[derive(Debug, Parser)]
#[command(
    name = "pullquote",
    version,
    args_conflicts_with_subcommands = true,
    after_help = format!("{EXIT_CODES}\n\n\
                  Examples:\n  \
                  pullquote article.txt                           who said what, for people\n  \
                  pullquote --format html -o report.html page.html  a page to read, share and filter\n  \
                  pullquote --format csv -o quotes.csv articles/  every quote of a folder, for a spreadsheet\n  \
                  pullquote batch articles.jsonl.gz -o out.jsonl  one record a line, on all cores\n  \
                  pullquote quotes --by poole --about pier news/  what Poole said about the pier\n  \
                  pullquote stats news/                           who speaks most, and how\n  \
                  pullquote byline \"By Ada Roe and Ian Poole\"     the parse of one line")
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) sources: Sources,

    /// How to print what was read
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// Where to write it; a folder for the formats that make one file an article. Without it, standard output
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,

    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", global = true)]
    pub(crate) color: Color,
}

/// One job besides the main one.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reads many articles and writes one record a line, in the same order
    Batch(BatchArgs),
    /// Finds quotes by who said them and what they are about
    Quotes(QuotesArgs),
    /// Counts who speaks most, how much is quoted, and with which verbs
    Stats(StatsArgs),
    /// Points at damaged quotation marks, and mends what is certain
    Check(CheckArgs),
    /// Parses bylines such as "By Ada Roe and Ian Poole"
    Byline(LineArgs),
    /// Parses read times such as "4 min read"
    ReadTime(LineArgs),
    /// Parses datelines such as "HARROW (AP) —"
    Dateline(LineArgs),
    /// Parses names of people such as "Ada de la Cruz Jr."
    Name(LineArgs),
    /// Prints the JSON Schema of the record
    Schema,
    /// Prints the manual page, or writes one for each job into a folder
    Man(ManArgs),
    /// Prints what a shell needs to complete arguments
    Completions(CompletionsArgs),
}

/// What is read, by all jobs that read articles.
#[derive(Debug, clap::Args)]
pub(crate) struct Sources {
    /// Files and folders; `-` or none at all means standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Reads the files of a folder that match, whatever they end in; may be given more than once
    #[arg(long, value_name = "GLOB")]
    pub(crate) glob: Vec<String>,

    /// What the files are
    #[arg(long = "input", value_enum, default_value_t, value_name = "KIND")]
    pub(crate) kind: InputKind,

    /// The member of a JSON Lines object that names the article
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub(crate) id_field: String,

    /// The member of a JSON Lines object that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) text_field: String,

    /// The charset of the files, where they are not UTF-8 and do not say so themselves
    #[arg(long, value_name = "CHARSET", value_parser = charset::by_name)]
    pub(crate) encoding: Option<&'static Encoding>,

    /// The longest text that is read, in bytes; K, M and G may follow. While it is read, a text takes some 30
    /// times its size in memory, and one endless paragraph 300 times
    #[arg(long, value_name = "SIZE", default_value = "4M", value_parser = size)]
    pub(crate) max_size: usize,

    /// How many texts are read at once; all cores without it
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Tells errors only: no progress, no notes, no summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Reads a size such as "64M".
fn size(words: &str) -> Result<usize, String> {
    let advice = "give a number of bytes with K, M or G after it, at most 4G, as in 64M";
    let upper = words.to_ascii_uppercase();
    let (digits, shift) = match upper.trim_end_matches('B').trim_end_matches('I') {
        s if s.ends_with('K') => (&s[..s.len() - 1], 10),
        s if s.ends_with('M') => (&s[..s.len() - 1], 20),
        s if s.ends_with('G') => (&s[..s.len() - 1], 30),
        s => (s, 0),
    };
    let bytes = digits.parse::<usize>().ok().and_then(|n| n.checked_mul(1 << shift));
    bytes.filter(|&n| n > 0 && n <= 4 << 30).ok_or_else(|| advice.to_owned())
}

/// What `pullquote batch` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXIT_CODES}\n\n\
                  Examples:\n  \
                  pullquote batch articles.jsonl -o out.jsonl           lines of {{\"id\", \"text\"}} in, records out\n  \
                  pullquote batch --text-field body crawl/ -o out.jsonl a folder of JSON Lines, WARC and pages\n  \
                  pullquote batch big.jsonl.zst -o out.jsonl --resume   go on where the last run stopped\n  \
                  pullquote batch in.jsonl -o out.jsonl --rejects bad.jsonl  keep what could not be read\n  \
                  pullquote batch --as byline bylines.jsonl             single lines, read strictly\n\n\
                  An output file is written beside its place and put there at the end, so that it is whole or \
                  not there.\nSpeakers are counted within each article."))]
pub(crate) struct BatchArgs {
    #[command(flatten)]
    pub(crate) sources: Sources,

    /// Where to write; a folder for html and brat. Without it, or with `-`, standard output
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,

    /// How to write what was read
    #[arg(short, long, value_enum, default_value_t = Format::Jsonl, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// What each text is; all but articles are lines of JSON Lines
    #[arg(long = "as", value_enum, default_value_t, value_name = "KIND")]
    pub(crate) texts: BatchKind,

    /// Keeps what could not be read, as JSON Lines with file, line, reason and the line itself
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,

    /// Goes on where an interrupted run with the same arguments stopped
    #[arg(long)]
    pub(crate) resume: bool,

    /// How often it is noted how far the run has come, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, hide = true)]
    pub(crate) checkpoint: f64,
}

/// What `pullquote quotes` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXIT_CODES}\n\n\
                  Examples:\n  \
                  pullquote quotes --by \"ian poole\" news/          all that Ian Poole said\n  \
                  pullquote quotes --about 'tax*' news.jsonl.gz     whatever was said on taxes and taxation\n  \
                  pullquote quotes --by roe --format csv news/      the same for a spreadsheet"))]
pub(crate) struct QuotesArgs {
    #[command(flatten)]
    pub(crate) sources: Sources,

    /// Words of the speaker's name, in any case and order; may be given more than once for several speakers
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Vec<String>,

    /// A word of the quote, in any case; an asterisk at its end stands for any ending. Given more than once, all
    /// must be there
    #[arg(long, value_name = "WORD")]
    pub(crate) about: Vec<String>,

    /// How to print the quotes
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: QuotesFormat,
}

/// How found quotes are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum QuotesFormat {
    /// Place, speaker and words, for people
    #[default]
    Text,
    /// One quote a row
    Csv,
    /// One quote a line, as in the record
    Jsonl,
}

/// What `pullquote stats` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{EXIT_CODES}\n\n\
                  Examples:\n  \
                  pullquote stats news/                     charts in the terminal\n  \
                  pullquote stats --top 100 --format csv news.jsonl.gz > speakers.csv\n\n\
                  Speakers of the same name count as one, whoever they are."))]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    pub(crate) sources: Sources,

    /// How many speakers and verbs to list
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) top: usize,

    /// How to print the figures
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: StatsFormat,
}

/// How figures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum StatsFormat {
    /// Bar charts, for people
    #[default]
    Text,
    /// All figures as one object
    Json,
    /// One speaker a row
    Csv,
}

/// What `pullquote man` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The folder to write pullquote.1, pullquote-batch.1 and so on into
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,
}

/// What `pullquote completions` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
                  pullquote completions bash > ~/.local/share/bash-completion/completions/pullquote")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// What `pullquote check` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 nothing was found that is denied; 1 a file could not be read or written; \
                  2 wrong usage; 3 something denied was found."
)]
pub(crate) struct CheckArgs {
    /// Articles as plain text in UTF-8; `-` or none at all means standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// How to print what was found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: CheckFormat,

    /// Writes the replacements that are certain into the files
    #[arg(long)]
    pub(crate) fix: bool,

    /// Does not show a finding, nor mend it
    #[arg(long, value_name = "SLUG", value_parser = code(), hide_possible_values = true)]
    pub(crate) allow: Vec<DiagnosticCode>,

    /// Shows a finding
    #[arg(long, value_name = "SLUG", value_parser = code(), hide_possible_values = true)]
    pub(crate) warn: Vec<DiagnosticCode>,

    /// Shows a finding and fails
    #[arg(long, value_name = "SLUG", value_parser = code(), hide_possible_values = true)]
    pub(crate) deny: Vec<DiagnosticCode>,

    /// Lists all findings there are with their levels
    #[arg(long, conflicts_with_all = ["files", "fix"])]
    pub(crate) list: bool,
}

/// Reads a slug; an unknown one is answered with the list of all.
fn code() -> impl TypedValueParser<Value = DiagnosticCode> {
    PossibleValuesParser::new(DiagnosticCode::ALL.iter().map(|code| code.slug()))
        .try_map(|slug| slug.parse::<DiagnosticCode>())
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Excerpts of the text, for people
    #[default]
    Text,
    /// One list of findings
    Json,
    /// SARIF 2.1.0, for code scanners
    Sarif,
}

/// What `pullquote byline` and its like take.
#[derive(Debug, clap::Args)]
pub(crate) struct LineArgs {
    /// The lines to parse; none at all means the lines of standard input
    #[arg(value_name = "TEXT")]
    pub(crate) texts: Vec<String>,

    /// How to print what was read
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: LineFormat,
}

/// How the parse of a line is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum LineFormat {
    /// A report for people
    #[default]
    Text,
    /// The record, indented
    Json,
    /// The record on one line
    Jsonl,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// A report for people
    #[default]
    Text,
    /// The record, indented
    Json,
    /// The record on one line
    Jsonl,
    /// One quote a row, for a spreadsheet
    Csv,
    /// schema.org NewsArticle and Quotation, one article a line
    Jsonld,
    /// Stand-off annotations of the brat tool
    Brat,
    /// A page to read, with the quotes coloured by speaker
    Html,
}

impl Format {
    /// Returns the name as the user writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Jsonld => "jsonld",
            Format::Brat => "brat",
            Format::Html => "html",
        }
    }
}

/// What the texts of a batch are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum BatchKind {
    /// A whole article
    #[default]
    Article,
    /// One byline
    Byline,
    /// One line with a read time
    ReadTime,
    /// A line that a dateline starts
    Dateline,
    /// One person's name
    Name,
}

impl BatchKind {
    /// Returns the strict parser for the kind; `None` for whole articles.
    pub(crate) fn line(self) -> Option<Kind> {
        match self {
            BatchKind::Article => None,
            BatchKind::Byline => Some(Kind::Byline),
            BatchKind::ReadTime => Some(Kind::ReadTime),
            BatchKind::Dateline => Some(Kind::Dateline),
            BatchKind::Name => Some(Kind::Name),
        }
    }
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal that shows them
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes the choice hold for both output streams.
    pub(crate) fn apply(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn declarations_are_sound() {
        super::Args::command().debug_assert();
    }

    #[test]
    fn sizes() {
        for (words, bytes) in [("7", 7), ("2k", 2048), ("64M", 64 << 20), ("1GiB", 1 << 30)] {
            assert_eq!(super::size(words), Ok(bytes));
        }
        for bad in ["", "0", "M", "-1", "5G", "1T", "99999999999999999999"] {
            assert!(super::size(bad).is_err(), "{bad}");
        }
    }
}
