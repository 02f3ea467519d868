//! Counts of what the functions have done in this process.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static TEXTS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static PANICS: AtomicU64 = AtomicU64::new(0);

/// Holds what the functions have done in this process since it started, all threads and queries together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metrics {
    /// How many texts were read; a text that two functions read counts twice, NULL does not count.
    pub texts: u64,
    /// How many bytes those texts had.
    pub bytes: u64,
    /// How many texts gave NULL because the library panicked: 0, unless it has a bug.
    pub panics: u64,
}

/// Returns the counts as they stand. DataFusion's own metrics belong to operators, not to functions, so these stand
/// apart.
///
/// ```
/// assert_eq!(pullquote_datafusion::metrics().panics, 0);
/// ```
#[must_use]
pub fn metrics() -> Metrics {
    Metrics { texts: TEXTS.load(Relaxed), bytes: BYTES.load(Relaxed), panics: PANICS.load(Relaxed) }
}

/// Counts a text that was read.
pub(crate) fn read(text: &str) {
    TEXTS.fetch_add(1, Relaxed);
    BYTES.fetch_add(text.len() as u64, Relaxed);
}

/// Counts a panic, and tells of it.
pub(crate) fn panicked(text: &str) {
    let so_far = PANICS.fetch_add(1, Relaxed) + 1;
    // The text itself may be private, and long.
    log::warn!("pullquote panicked on a text of {} bytes, which gives NULL; {so_far} so far", text.len());
}
