//! The command `pullquote`: who said what in a news article's plain text.
//!
//! | file | does |
//! |---|---|
//! | `args.rs` | the arguments |
//! | `error.rs` | what can go wrong, in sentences a user can act on |
//! | `input.rs`, `output.rs` | files and streams in and out |
//! | `read.rs` | the main job: articles in, reports or records out |
//! | `batch.rs` | JSON Lines in, records out |
//! | `check.rs`, `check_fix.rs`, `check_json.rs`, `check_sarif.rs` | findings about the marks, told or mended |
//! | `line.rs` | one line: a byline, a read time, a dateline, a name |
//! | `record.rs`, `indented.rs` | the JSON record with its id |
//! | `report.rs`, `excerpt.rs`, `place.rs`, `style.rs` | the report for people |

mod args;
mod batch;
mod check;
mod check_fix;
mod check_json;
mod check_sarif;
mod error;
mod excerpt;
mod indented;
mod input;
mod line;
mod output;
mod place;
mod read;
mod record;
mod report;
mod style;

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
        Some(Command::Check(check)) if check.files.is_empty() && !check.list && stdin_is_terminal() => {
            help(Some("check"))
        }
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Byline(line)) => line::run(line::Kind::Byline, &line),
        Some(Command::ReadTime(line)) => line::run(line::Kind::ReadTime, &line),
        Some(Command::Dateline(line)) => line::run(line::Kind::Dateline, &line),
        Some(Command::Name(line)) => line::run(line::Kind::Name, &line),
        None if args.files.is_empty() && stdin_is_terminal() => help(None),
        None => read::run(&args.files, args.format),
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
