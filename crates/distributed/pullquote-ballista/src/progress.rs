//! How far a run is: "12/64 files, 3.1 M articles, 40 s left", on one line of a terminal or now and then in a log.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// Where there is no terminal, a line is written this often at most.
const PAUSE: Duration = Duration::from_secs(5);

/// Counts what is done.
pub(crate) struct Progress {
    files: usize,
    /// Bytes of the files that this run reads.
    bytes: u64,
    files_done: usize,
    bytes_done: u64,
    articles: u64,
    started: Instant,
    told: Option<Instant>,
    terminal: bool,
}

impl Progress {
    /// Starts to count; `finished` of the `files` were done by a run before, the others have `bytes` bytes.
    pub(crate) fn new(files: usize, finished: usize, bytes: u64) -> Progress {
        Progress {
            files,
            bytes,
            files_done: finished,
            bytes_done: 0,
            articles: 0,
            started: Instant::now(),
            told: None,
            terminal: std::io::stderr().is_terminal(),
        }
    }

    /// Counts a file that is done.
    pub(crate) fn done(&mut self, bytes: u64, articles: u64) {
        self.files_done += 1;
        self.bytes_done += bytes;
        self.articles += articles;
        self.tell();
    }

    /// Counts a file that failed for good: what is left is less, too.
    pub(crate) fn failed(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_sub(bytes);
        self.tell();
    }

    /// Tells how far the run is, where it is time to.
    pub(crate) fn tell(&mut self) {
        let line = self.line(self.started.elapsed());
        let mut out = std::io::stderr().lock();
        // What cannot be told is no reason to stop.
        if self.terminal {
            let _ = write!(out, "\r\x1b[K{line}");
        } else if self.told.is_none_or(|told| told.elapsed() >= PAUSE) {
            let _ = writeln!(out, "{line}");
            self.told = Some(Instant::now());
        }
        let _ = out.flush();
    }

    /// Writes a line of its own.
    pub(crate) fn note(&self, line: &str) {
        let clear = if self.terminal { "\r\x1b[K" } else { "" };
        eprintln!("{clear}{line}");
    }

    /// Ends the line, and tells what the run came to; `left` files were not tried to their end.
    pub(crate) fn end(&self, failed: usize, left: usize) {
        let elapsed = self.started.elapsed();
        let some =
            |count: usize, what: &str| if count == 0 { String::new() } else { format!(", {count} {what}") };
        let failed = some(failed, "failed") + &some(left, "not tried");
        self.note(&format!(
            "{}/{} files, {} articles in {}{failed}",
            self.files_done,
            self.files,
            short(self.articles),
            time(elapsed)
        ));
    }

    fn line(&self, elapsed: Duration) -> String {
        let left = match self.bytes_done {
            0 => String::new(),
            done => {
                let rest = self.bytes.saturating_sub(done) as f64 / done as f64;
                format!(", {} left", time(elapsed.mul_f64(rest)))
            }
        };
        format!("{}/{} files, {} articles{left}", self.files_done, self.files, short(self.articles))
    }
}

/// Writes a count in three digits or so.
fn short(count: u64) -> String {
    match count {
        0..10_000 => count.to_string(),
        10_000..1_000_000 => format!("{:.1} k", count as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} M", count as f64 / 1e6),
        _ => format!("{:.1} G", count as f64 / 1e9),
    }
}

/// Writes a time in the one or two units that matter.
fn time(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7_200 => format!("{} min", seconds / 60),
        seconds => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_files_articles_and_what_is_left() {
        let mut progress = Progress::new(64, 2, 6_200);
        assert_eq!(progress.line(Duration::from_secs(1)), "2/64 files, 0 articles");
        for _ in 0..10 {
            progress.done(100, 310_000);
        }
        assert_eq!(progress.line(Duration::from_secs(10)), "12/64 files, 3.1 M articles, 52 s left");
        progress.failed(2_600);
        assert_eq!(progress.line(Duration::from_secs(10)), "12/64 files, 3.1 M articles, 26 s left");
    }

    #[test]
    fn numbers_are_short() {
        for (count, want) in
            [(950, "950"), (12_345, "12.3 k"), (3_100_000, "3.1 M"), (2_500_000_000, "2.5 G")]
        {
            assert_eq!(short(count), want);
        }
        for (seconds, want) in [(40, "40 s"), (125, "2 min"), (11_100, "3 h 5 min")] {
            assert_eq!(time(Duration::from_secs(seconds)), want);
        }
    }
}
