//! When to try again, and what is worth it.

use std::time::Duration;

use datafusion::error::DataFusionError;

/// Characters of a message that are told: the engine's own may be pages of a plan.
const MESSAGE: usize = 300;

/// The longest wait between two tries.
const LONGEST: Duration = Duration::from_secs(30);

/// Why a try failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Something that may pass: an executor died, the scheduler is away, the store is busy.
    Passing(String),
    /// Something in the file or the columns, which the next try would meet again.
    Lasting(String),
}

impl Failure {
    pub(crate) fn message(&self) -> &str {
        let (Failure::Passing(message) | Failure::Lasting(message)) = self;
        message
    }
}

impl From<DataFusionError> for Failure {
    fn from(error: DataFusionError) -> Failure {
        let message: String = error.strip_backtrace().chars().take(MESSAGE).collect();
        match error.find_root() {
            DataFusionError::SQL(..)
            | DataFusionError::Plan(_)
            | DataFusionError::SchemaError(..)
            | DataFusionError::NotImplemented(_)
            | DataFusionError::Configuration(_)
            | DataFusionError::ParquetError(_)
            | DataFusionError::ArrowError(..) => Failure::Lasting(message),
            _ => Failure::Passing(message),
        }
    }
}

/// Returns how long to wait after the `tried`th try, counted from 1: 1 s, 2 s, 4 s and so on, 30 s at most.
pub(crate) fn wait(tried: usize) -> Duration {
    let doublings = u32::try_from(tried.saturating_sub(1)).unwrap_or(u32::MAX).min(16);
    Duration::from_secs(1 << doublings).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_bound() {
        let waits: Vec<_> = [1, 2, 3, 5, 6, 7, usize::MAX].map(|tried| wait(tried).as_secs()).to_vec();
        assert_eq!(waits, [1, 2, 4, 16, 30, 30, 30]);
    }

    #[test]
    fn a_wrong_column_is_not_tried_again() {
        let wrong = DataFusionError::Plan("no column `bodi`".into()).context("while planning");
        assert!(matches!(Failure::from(wrong), Failure::Lasting(_)));
        let away = Failure::from(DataFusionError::Execution("connection refused".into()));
        assert!(matches!(&away, Failure::Passing(message) if message.contains("refused")));
        assert!(away.message().contains("refused"));
    }
}
