//! Reads news articles with SQL on many machines. One binary in four roles: `scheduler`, `executor`, `sql`, `extract`.
//!
//! | file | does |
//! |---|---|
//! | `args.rs` | the arguments |
//! | `address.rs` | addresses of schedulers and of ports to listen on |
//! | `error.rs` | what can go wrong, in sentences a user can act on |
//! | `session.rs` | sessions with our functions, in-process or on a cluster |
//! | `scheduler.rs`, `executor.rs` | the two roles of a cluster, with Ballista's own options |
//! | `log.rs` | the log |
//! | `sql.rs` | runs queries and prints rows |
//! | `extract.rs` | bulk output: one job a file, several in flight |
//! | `place.rs`, `format.rs` | folders and files on disk or in an object store; what they hold |
//! | `manifest.rs` | what an output folder was made with |
//! | `lock.rs` | one run at a time in an output folder |
//! | `job.rs` | one file: read, written beside its place, checked, put there |
//! | `footer.rs` | how many rows a Parquet file has |
//! | `retry.rs` | when to try again |
//! | `progress.rs` | how far a run is |
//!
//! Every role must run this binary, of one version: a scheduler or an executor of Ballista's own does not know the
//! functions, and fails every query that names one.

mod address;
mod args;
mod error;
mod executor;
mod extract;
mod footer;
mod format;
mod job;
mod lock;
mod log;
mod manifest;
mod place;
mod progress;
mod retry;
mod scheduler;
mod session;
mod sql;

use std::process::ExitCode;

use args::Role;
use error::Error;

// As Ballista's own executor does: many threads make and drop many small strings.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(args::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The stack of a worker: plans are trees that the planner walks by recursion; as Ballista's own scheduler has it.
const STACK: usize = 32 << 20;

fn run(role: Role) -> Result<ExitCode, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        // A worker reads a whole batch of articles before it looks up; timers and the network need another.
        .worker_threads(session::cores() + 1)
        .thread_stack_size(STACK)
        .build()
        .map_err(Error::Runtime)?;
    runtime.block_on(async {
        match role {
            Role::Scheduler(config) => scheduler::run(*config).await.map(|()| ExitCode::SUCCESS),
            Role::Executor(config) => executor::run(*config).await.map(|()| ExitCode::SUCCESS),
            Role::Sql(options) => {
                let here = options.engine.scheduler.is_none();
                told(here, sql::run(options)).await.map(|()| ExitCode::SUCCESS)
            }
            Role::Extract(options) => {
                let here = options.engine.scheduler.is_none();
                told(here, extract::run(options)).await
            }
        }
    })
}

/// Does work, and tells at its end of texts that were lost; on a cluster the executors tell of them in their logs.
async fn told<T>(here: bool, work: impl Future<Output = T>) -> T {
    if here {
        log::start_here();
    }
    let end = work.await;
    if let Some(line) = log::lost(pullquote_datafusion::metrics().panics) {
        eprintln!("{line}");
    }
    end
}
