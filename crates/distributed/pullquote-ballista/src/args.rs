//! The arguments. Those of `scheduler` and `executor` are Ballista's own, with other defaults where its own lose work.

use std::num::NonZeroUsize;

use clap::{Command, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

/// Who said what in many news articles, with SQL, on one machine or many
#[derive(Parser)]
#[command(name = "pullquote-ballista", version)]
struct Arguments {
    #[command(subcommand)]
    role: Role,
}

/// What this process is to be.
#[derive(Subcommand)]
pub(crate) enum Role {
    /// Runs the scheduler of a cluster
    Scheduler(Box<ballista_scheduler::config::Config>),
    /// Runs an executor of a cluster
    Executor(Box<ballista_executor::config::Config>),
    /// Runs queries and prints their rows
    Sql(Sql),
    /// Reads a folder of files into a folder of Parquet files
    Extract(Extract),
}

/// Where queries run.
#[derive(clap::Args)]
pub(crate) struct Engine {
    /// Scheduler to run on, as HOST:PORT; without it the work is done in this process
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) scheduler: Option<String>,
    /// Set an option of DataFusion, Ballista or the object store, such as `s3.region=eu-west-1`
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    pub(crate) settings: Vec<(String, String)>,
}

/// Runs queries and prints their rows
#[derive(clap::Args)]
pub(crate) struct Sql {
    /// Queries, run one after the other in one session
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) queries: Vec<String>,
    /// Make a file or a folder of Parquet, JSON Lines or CSV a table; an address such as s3://bucket/news/ too
    #[arg(long = "table", short, value_name = "NAME=PLACE", value_parser = setting)]
    pub(crate) tables: Vec<(String, String)>,
    /// How rows are printed
    #[arg(long, value_enum, default_value_t = Rows::Table)]
    pub(crate) format: Rows,
    #[command(flatten)]
    pub(crate) engine: Engine,
}

/// How rows are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rows {
    /// A table for people
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
}

/// Reads a folder of files into a folder of Parquet files
#[derive(clap::Args)]
#[command(after_help = "\
Each file of INPUT is one job and becomes one file of OUTPUT. A file appears there when it is whole and its rows are
counted; run the same command again after any failure, and what is finished is not done again.

Example: pullquote-ballista extract news/ quotes/ --column id --column 'quotes(body) AS quotes'")]
pub(crate) struct Extract {
    /// File or folder of Parquet or JSON Lines (without --scheduler also .gz, .zst), on disk or as an address such as s3://bucket/news/
    pub(crate) input: String,
    /// Folder for the Parquet files, on disk or as an address
    pub(crate) output: String,
    /// Column of the output, as SQL over the columns of the input; repeat it
    #[arg(long = "column", short, value_name = "SQL", required = true)]
    pub(crate) columns: Vec<String>,
    /// Files in flight [default: the cores of this machine; with --scheduler 16, and the cluster's cores are enough]
    #[arg(long, value_name = "N")]
    pub(crate) in_flight: Option<NonZeroUsize>,
    /// Times a file is tried, with longer waits in between: 1 s, 2 s, 4 s up to 30 s
    #[arg(long, value_name = "N", default_value = "6")]
    pub(crate) tries: NonZeroUsize,
    #[command(flatten)]
    pub(crate) engine: Engine,
}

/// Reads NAME=VALUE.
fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(format!("`{text}` is not NAME=VALUE")),
    }
}

/// Other defaults for Ballista's options: role, option, value.
const DEFAULTS: [(&str, &str, &str); 6] = [
    // A dead executor is noticed after 15 s, not after 180: until then its tasks wait and the run stands still.
    ("scheduler", "executor_timeout_seconds", "15"),
    ("scheduler", "expire_dead_executor_interval_seconds", "5"),
    // Three heartbeats in the time after which an executor counts as dead; the default is one a minute.
    ("executor", "executor_heartbeat_interval_seconds", "5"),
    // An executor may start before its scheduler.
    ("executor", "scheduler_connect_timeout_seconds", "60"),
    // Shuffle files are kept for 7 days, and nothing clears them away: here for 6 hours, looked at every 10 minutes.
    // That is the longest that one query may take from its first stage to its last.
    ("executor", "job_data_ttl_seconds", "21600"),
    ("executor", "job_data_clean_up_interval_seconds", "600"),
];

fn command() -> Command {
    let mut command = Arguments::command();
    for (role, option, value) in DEFAULTS {
        command = command.mut_subcommand(role, |role| role.mut_arg(option, |arg| arg.default_value(value)));
    }
    command
        .mut_subcommand("scheduler", |role| role.about("Runs the scheduler of a cluster").long_about(None))
        .mut_subcommand("executor", |role| role.about("Runs an executor of a cluster").long_about(None))
}

/// Reads the arguments of this process; exits where they are wrong or ask for help.
pub(crate) fn parse() -> Role {
    let mut command = command();
    let matches = command.get_matches_mut();
    match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments.role,
        Err(error) => error.format(&mut command).exit(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &[&str]) -> Role {
        let matches = command().try_get_matches_from(line).unwrap();
        Arguments::from_arg_matches(&matches).unwrap().role
    }

    #[test]
    fn the_command_is_well_formed() {
        command().debug_assert();
    }

    #[test]
    fn lost_executors_are_noticed_soon() {
        let Role::Scheduler(scheduler) = read(&["x", "scheduler"]) else { panic!() };
        let Role::Executor(executor) = read(&["x", "executor"]) else { panic!() };
        assert_eq!(
            (scheduler.executor_timeout_seconds, executor.executor_heartbeat_interval_seconds),
            (15, 5)
        );
        assert_eq!(
            (executor.job_data_ttl_seconds, executor.job_data_clean_up_interval_seconds),
            (21_600, 600)
        );
        let Role::Scheduler(asked) = read(&["x", "scheduler", "--executor-timeout-seconds", "60"]) else {
            panic!()
        };
        assert_eq!(asked.executor_timeout_seconds, 60);
    }

    #[test]
    fn settings_are_pairs() {
        assert_eq!(setting("s3.endpoint=http://a=b").unwrap(), ("s3.endpoint".into(), "http://a=b".into()));
        assert!(setting("news").is_err() && setting("=x").is_err());
    }
}
