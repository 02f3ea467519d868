//! The log of a scheduler or an executor: standard error, or the folder that Ballista's `--log-dir` names.

use ballista_core::config::LogRotationPolicy;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Ballista's options for the log.
pub(crate) struct Options<'a> {
    pub(crate) levels: &'a str,
    pub(crate) threads: bool,
    pub(crate) folder: Option<&'a str>,
    pub(crate) rotation: LogRotationPolicy,
    /// How the names of its files start.
    pub(crate) name: String,
}

/// Starts the log; `RUST_LOG` goes before `--log-level-setting`.
pub(crate) fn start(options: Options<'_>) {
    let levels = std::env::var(EnvFilter::DEFAULT_ENV).unwrap_or_else(|_| options.levels.to_owned());
    let log = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_thread_names(options.threads)
        .with_env_filter(EnvFilter::new(levels));
    match options.folder {
        None => log.with_writer(std::io::stderr).init(),
        Some(folder) => {
            let rotation = match options.rotation {
                LogRotationPolicy::Minutely => Rotation::MINUTELY,
                LogRotationPolicy::Hourly => Rotation::HOURLY,
                LogRotationPolicy::Daily => Rotation::DAILY,
                LogRotationPolicy::Never => Rotation::NEVER,
            };
            log.with_writer(RollingFileAppender::new(rotation, folder, options.name)).init();
        }
    }
}
