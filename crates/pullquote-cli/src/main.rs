//! The command `pullquote`: who said what in a news article's plain text.
//!
//! | file | does |
//! |---|---|
//! | `args.rs`, `sources.rs` | the arguments |
//! | `error.rs` | what can go wrong, in sentences a user can act on |
//! | `source/` | files, folders and streams to documents |
//! | `pipeline.rs` | many threads, one order |
//! | `read.rs`, `batch.rs`, `convert.rs` | articles in, one of the formats out |
//! | `format/` | the formats |
//! | `output.rs`, `folder.rs`, `rejects.rs`, `checkpoint.rs` | what is written, whole or not at all |
//! | `progress.rs`, `tally.rs` | how far a run is, and what it came to |
//! | `quotes.rs`, `stats.rs`, `share.rs`, `chart.rs` | questions about a corpus |
//! | `check.rs`, `check_fix.rs`, `check_json.rs`, `check_sarif.rs` | findings about the marks, told or mended |
//! | `input.rs`, `line.rs` | one line: a byline, a read time, a dateline, a name |
//! | `record.rs`, `indented.rs` | the JSON record with its id |
//! | `report.rs`, `excerpt.rs`, `place.rs`, `style.rs` | the report for people |
//! | `manual.rs` | manual pages, completions, the schema |

mod args;
mod batch;
mod chart;
mod check;
mod check_fix;
mod check_json;
mod check_sarif;
mod checkpoint;
mod convert;
mod error;
mod excerpt;
mod folder;
mod format;
mod indented;
mod input;
mod line;
mod manual;
mod output;
mod pipeline;
mod place;
mod progress;
mod quotes;
mod read;
mod record;
mod rejects;
mod report;
mod share;
mod source;
mod sources;
mod stats;
mod style;
mod tally;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::{Args, Command};
use error::Error;
use output::Output;

/// What a run that did not break off tells: whether everything in it worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    AllGood,
    /// Something was reported on standard error and left out.
    SomeFailed,
    /// Something was found that is denied.
    Denied,
}

fn main() -> ExitCode {
    let args = Args::parse();
    args.color.apply();
    match run(args) {
        Ok(Outcome::AllGood) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::FAILURE,
        Ok(Outcome::Denied) => ExitCode::from(3),
        // Whoever reads us has seen enough (`pullquote … | head`): that is no failure.
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            error::report(&error);
            if error.is_usage() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

fn run(args: Args) -> Result<Outcome, Error> {
    match args.command {
        Some(Command::Batch(batch)) => batch::run(&batch),
        Some(Command::Quotes(quotes)) if quotes.sources.files.is_empty() && stdin_is_terminal() => {
            help(Some("quotes"))
        }
        Some(Command::Quotes(quotes)) => quotes::run(&quotes),
        Some(Command::Stats(stats)) if stats.sources.files.is_empty() && stdin_is_terminal() => {
            help(Some("stats"))
        }
        Some(Command::Stats(stats)) => stats::run(&stats),
        Some(Command::Schema) => manual::schema(),
        Some(Command::Man(man)) => manual::man(&man),
        Some(Command::Completions(shell)) => manual::completions(&shell),
        Some(Command::Check(check)) if check.files.is_empty() && !check.list && stdin_is_terminal() => {
            help(Some("check"))
        }
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Byline(line)) => line::run(line::Kind::Byline, &line),
        Some(Command::ReadTime(line)) => line::run(line::Kind::ReadTime, &line),
        Some(Command::Dateline(line)) => line::run(line::Kind::Dateline, &line),
        Some(Command::Name(line)) => line::run(line::Kind::Name, &line),
        None if args.sources.files.is_empty() && stdin_is_terminal() => help(None),
        None => read::run(&args),
    }
}

fn stdin_is_terminal() -> bool {
    std::io::stdin().is_terminal()
}

/// Prints the help of the command or of one of its jobs, for someone who gave us nothing to read.
fn help(job: Option<&str>) -> Result<Outcome, Error> {
    let mut command = Args::command();
    command.build();
    let help = match job.and_then(|job| command.find_subcommand_mut(job)) {
        Some(job) => job.render_help(),
        None => command.render_help(),
    };
    let mut out = Output::stdout();
    out.put(help.ansi().to_string().as_bytes())?;
    out.finish()?;
    Ok(Outcome::AllGood)
}
