//! When to try again, and what is worth it.

use std::io::ErrorKind;
use std::time::Duration;

use datafusion::error::DataFusionError;

use crate::error::Error;

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
        if let Some(passing) = outside(&error) {
            return if passing { Failure::Passing(message) } else { Failure::Lasting(message) };
        }
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

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        if outside(&error).unwrap_or(false) {
            Failure::Passing(error.to_string())
        } else {
            Failure::Lasting(error.to_string())
        }
    }
}

/// Tells whether what a store or a disk answered may pass; `None` where none of them is the cause. The readers of Parquet
/// and JSON wrap such answers into errors of their own.
fn outside(error: &(dyn std::error::Error + 'static)) -> Option<bool> {
    let causes = std::iter::successors(Some(error), |error| error.source());
    // The outermost tells: under it, a store says in its own way why.
    causes.into_iter().find_map(|cause| {
        if let Some(store) = cause.downcast_ref::<object_store::Error>() {
            return Some(!matches!(store, object_store::Error::NotFound { .. }));
        }
        let kind = cause.downcast_ref::<std::io::Error>()?.kind();
        // What a file holds, not how it is read: packed lines that break off.
        Some(!matches!(
            kind,
            ErrorKind::NotFound | ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof
        ))
    })
}

/// Returns how long to wait after the `tried`th try, counted from 1: 1 s, 2 s, 4 s and so on, 30 s at most.
pub(crate) fn wait(tried: usize) -> Duration {
    let doublings = u32::try_from(tried.saturating_sub(1)).unwrap_or(u32::MAX).min(16);
    Duration::from_secs(1 << doublings).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::error::ArrowError;
    use datafusion::parquet::errors::ParquetError;

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

    #[test]
    fn what_a_reader_wraps_tells_whether_it_may_pass() {
        let busy = || object_store::Error::Generic { store: "S3", source: "slow down".into() };
        let gone = || object_store::Error::NotFound { path: "a.parquet".into(), source: "404".into() };
        let timeout = || std::io::Error::from(ErrorKind::TimedOut);
        let parquet = |error| DataFusionError::from(ParquetError::External(error));
        let arrow = |error| DataFusionError::from(ArrowError::ExternalError(error));
        for (error, passes) in [
            (parquet(Box::new(busy())), true),
            (parquet(Box::new(gone())), false),
            (arrow(Box::new(timeout())), true),
            (arrow(Box::new(busy())), true),
            (arrow(Box::new(DataFusionError::from(busy()))), true),
            (DataFusionError::from(timeout()), true),
            (DataFusionError::from(std::io::Error::from(ErrorKind::UnexpectedEof)), false),
            (DataFusionError::from(ParquetError::General("no magic".into())), false),
            (DataFusionError::from(ArrowError::JsonError("not a value".into())), false),
        ] {
            let told = error.to_string();
            assert_eq!(
                matches!(Failure::from(error.context("while reading")), Failure::Passing(_)),
                passes,
                "{told}"
            );
        }
    }
}
