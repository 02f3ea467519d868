//! What can go wrong, in sentences a user can act on: what, where, what to do.

use std::net::AddrParseError;

use datafusion::error::DataFusionError;

/// What ends a run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("no threads for the work: {0}")]
    Runtime(std::io::Error),
    #[error("cannot listen on `{address}`: {source}; --bind-host takes an address such as 0.0.0.0")]
    Address { address: String, source: AddrParseError },
    #[error("{0}")]
    Cluster(Box<ballista_core::error::BallistaError>),
    #[error("cannot open a session: {0}")]
    Session(Box<DataFusionError>),
    #[error("cannot reach the scheduler `{scheduler}`: {source}; --scheduler takes HOST:PORT")]
    Scheduler { scheduler: String, source: Box<DataFusionError> },
    #[error("--set {name}: {source}")]
    Setting { name: String, source: Box<DataFusionError> },
    #[error("cannot use `{place}`: {reason}")]
    Place { place: String, reason: String },
    #[error("cannot {verb} `{place}`: {source}")]
    Store { verb: &'static str, place: String, source: object_store::Error },
    #[error("table `{table}`: {source}")]
    Table { table: String, source: Box<DataFusionError> },
    #[error("`{query}`: {source}")]
    Query { query: String, source: Box<DataFusionError> },
    #[error("nothing to read in `{input}`: names must end with {endings}")]
    NoInput { input: String, endings: String },
    #[error(
        "`{first}` and `{second}` are of different formats, and a table is of one; name a file or a folder of one"
    )]
    Mixed { first: String, second: String },
    #[error(
        "`{output}` lies in `{input}`, so a rerun would read what this one writes; choose another folder"
    )]
    OutputInInput { input: String, output: String },
    #[error("`{input}` lies in `{output}`, so it would stand among what is written; choose another folder")]
    InputInOutput { input: String, output: String },
    #[error("another run is at work on `{output}`; wait for its end, or stop it and start again")]
    Busy { output: String },
    #[error(
        "another run has taken `{output}` over, as this one stood still for too long; what is finished stays"
    )]
    TakenOver { output: String },
    #[error(
        "`{file}` is packed, and the engine cannot send packed lines to executors; \
         unpack it, make Parquet of it, or leave --scheduler out"
    )]
    Packed { file: String },
    #[error("`{first}` and `{second}` would both become `{output}`; move one of them to another folder")]
    SameOutput { first: String, second: String, output: String },
    #[error(
        "`{output}` was made with another {what}:\n  there: {there}\n  now:   {now}\n\
         Its files would not agree with new ones; choose another folder, or remove this one"
    )]
    OtherRun { output: String, what: &'static str, there: String, now: String },
    #[error("`{place}` is no manifest of this program ({reason}); choose another folder")]
    Manifest { place: String, reason: String },
    #[error("`{output}` has files, and no manifest that says what they are; choose an empty folder")]
    Unknown { output: String },
    #[error("`{file}`: {reason}")]
    Columns { file: String, reason: String },
}

impl Error {
    pub(crate) fn session(source: DataFusionError) -> Error {
        Error::Session(Box::new(source))
    }

    pub(crate) fn scheduler(scheduler: &str, source: DataFusionError) -> Error {
        Error::Scheduler { scheduler: scheduler.to_owned(), source: Box::new(source) }
    }

    pub(crate) fn cluster(source: ballista_core::error::BallistaError) -> Error {
        Error::Cluster(Box::new(source))
    }
}
