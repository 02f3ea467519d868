//! The arguments.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use pullquote::DiagnosticCode;

use crate::line::Kind;

/// Reads the plain text of news articles and says who said what.
#[derive(Debug, Parser)]
#[command(
    name = "pullquote",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Exit codes: 0 all was read; 1 something failed and is told on standard error; 2 wrong usage.\n\n\
                  Examples:\n  \
                  pullquote article.txt                          who said what, for people\n  \
                  pullquote --format json article.txt            the whole record\n  \
                  pullquote batch articles.jsonl -o out.jsonl    one record a line\n  \
                  pullquote byline \"By Ada Roe and Ian Poole\"    the parse of one line"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Articles as plain text in UTF-8; `-` or none at all means standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// How to print what was read
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", global = true)]
    pub(crate) color: Color,
}

/// One job besides the main one.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reads JSON Lines of {"id", "text"} and writes one record a line, in the same order
    Batch(BatchArgs),
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
}

/// What `pullquote batch` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct BatchArgs {
    /// JSON Lines, each an object with "id" (anything) and "text"; `-` or nothing means standard input
    #[arg(value_name = "IN")]
    pub(crate) input: Option<PathBuf>,

    /// Where to write the records; without it, or with `-`, standard output
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,

    /// What each text is
    #[arg(long = "as", value_enum, default_value_t, value_name = "KIND")]
    pub(crate) kind: BatchKind,
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
    pub(crate) format: Format,
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
}
