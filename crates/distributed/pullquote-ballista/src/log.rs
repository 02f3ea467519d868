//! The log: of a scheduler or an executor on standard error, or in the folder that Ballista's `--log-dir` names; of work
//! in this process on standard error, warnings alone.

use ballista_core::config::LogRotationPolicy;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Starts the log of a role, with Ballista's options; `RUST_LOG` goes before `--log-level-setting`. The names of files in
/// the folder start with the role and its port.
pub(crate) fn start(
    role: &str,
    port: u16,
    levels: &str,
    threads: bool,
    folder: Option<(&str, LogRotationPolicy)>,
) {
    let levels = std::env::var(EnvFilter::DEFAULT_ENV).unwrap_or_else(|_| levels.to_owned());
    let log = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_thread_names(threads)
        .with_env_filter(EnvFilter::new(levels));
    match folder {
        None => log.with_writer(std::io::stderr).init(),
        Some((folder, rotation)) => {
            let rotation = match rotation {
                LogRotationPolicy::Minutely => Rotation::MINUTELY,
                LogRotationPolicy::Hourly => Rotation::HOURLY,
                LogRotationPolicy::Daily => Rotation::DAILY,
                LogRotationPolicy::Never => Rotation::NEVER,
            };
            log.with_writer(RollingFileAppender::new(rotation, folder, format!("{role}_{port}"))).init();
        }
    }
}

/// Starts the log of work in this process, so that a warning of the functions is seen.
pub(crate) fn start_here() {
    let levels = std::env::var(EnvFilter::DEFAULT_ENV).unwrap_or_else(|_| "warn".to_owned());
    let log = tracing_subscriber::fmt().with_ansi(false).with_env_filter(EnvFilter::new(levels));
    log.with_writer(std::io::stderr).init();
}

/// Returns what is to be told at the end of work, where the library panicked.
pub(crate) fn lost(panics: u64) -> Option<String> {
    (panics > 0).then(|| format!("{panics} texts gave NULL because the library panicked"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lost_to_panics_are_told_where_there_are_any() {
        assert_eq!(lost(0), None);
        assert_eq!(lost(2).unwrap(), "2 texts gave NULL because the library panicked");
    }
}
