//! What a run came to, told at its end.

use std::ops::AddAssign;
use std::time::Duration;

use pullquote::Article;
use serde::{Deserialize, Serialize};

use crate::error::grouped;

/// Counts of a run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) articles: u64,
    pub(crate) quotes: u64,
    /// Speakers within each article, added up.
    pub(crate) speakers: u64,
    pub(crate) rejects: u64,
    /// Bytes of text that were read.
    pub(crate) bytes: u64,
}

impl Tally {
    /// Counts one article.
    pub(crate) fn add(&mut self, article: &Article<'_>) {
        self.articles += 1;
        self.quotes += article.quotes().len() as u64;
        self.speakers += article.speakers().len() as u64;
    }

    /// "1,204 articles, 8,310 quotes, 3,377 speakers, 2 rejects; 5.1 MB in 2.0 s (2.6 MB/s)"; the rate is that
    /// of the bytes read in this run.
    pub(crate) fn summary(&self, bytes: u64, time: Duration) -> String {
        let counts = [
            (self.articles, "article"),
            (self.quotes, "quote"),
            (self.speakers, "speaker"),
            (self.rejects, "reject"),
        ];
        let counts =
            counts.map(|(n, noun)| format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" }));
        let seconds = time.as_secs_f64();
        let rate = bytes as f64 / 1e6 / seconds.max(1e-9);
        format!("{}; {:.1} MB in {seconds:.1} s ({rate:.1} MB/s)", counts.join(", "), bytes as f64 / 1e6)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.articles += other.articles;
        self.quotes += other.quotes;
        self.speakers += other.speakers;
        self.rejects += other.rejects;
        self.bytes += other.bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries() {
        let tally = Tally { articles: 1204, quotes: 1, speakers: 0, rejects: 2, bytes: 0 };
        assert_eq!(
            tally.summary(5_100_000, Duration::from_secs(2)),
            "1,204 articles, 1 quote, 0 speakers, 2 rejects; 5.1 MB in 2.0 s (2.5 MB/s)"
        );
    }
}
