//! Read times: what the page states, and what its words suggest.

use core::num::NonZeroU16;
use core::str::FromStr;
use core::time::Duration;

use crate::error::Error;
use crate::span::Span;

/// Words a minute at which adults read English prose in silence: the mean over 190 studies
/// (Brysbaert 2019, "How many words do we read per minute?", Journal of Memory and Language 109).
pub const WORDS_PER_MINUTE: NonZeroU16 = NonZeroU16::new(238).unwrap();

/// Holds a read time that a page states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatedReadTime {
    pub(crate) span: Span,
    pub(crate) duration: Duration,
}

impl StatedReadTime {
    /// Returns where it stands ("4 min read").
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the time stated, in whole seconds.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }
}

/// Holds how long an article takes to read: stated by the page, and estimated from its words.
///
/// ```
/// let read_time: pullquote::ReadTime = "·2 min read".parse().unwrap();
/// assert_eq!(read_time.stated().unwrap().duration().as_secs(), 120);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadTime {
    pub(crate) stated: Option<StatedReadTime>,
    pub(crate) words: u32,
    pub(crate) words_per_minute: NonZeroU16,
}

impl ReadTime {
    /// Returns the read time that the page states, if any.
    #[must_use]
    pub fn stated(&self) -> Option<StatedReadTime> {
        self.stated
    }

    /// Returns the number of words of the body.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words
    }

    /// Returns the time that the words of the body take at the parser's words a minute, in whole seconds, rounded up.
    #[must_use]
    pub fn estimated(&self) -> Duration {
        Duration::from_secs((u64::from(self.words) * 60).div_ceil(u64::from(self.words_per_minute.get())))
    }
}

const EXPECTED: &str = "a read time such as \"4 min read\"";

/// Finds a stated read time in `line`; its span is moved by `base`. Linear in the line.
pub(crate) fn find_in_line(line: &str, base: usize) -> Option<StatedReadTime> {
    let lower = line.to_ascii_lowercase();
    let at = lower.find(|c: char| c.is_ascii_digit())?;
    let digits = lower[at..].bytes().take_while(u8::is_ascii_digit).count();
    let minutes: u64 = lower[at..at + digits].parse().ok()?;
    let rest = lower[at + digits..].trim_start_matches([' ', '-', '\u{a0}']);
    let unit = ["minutes", "minute", "mins", "min"].into_iter().find(|u| rest.starts_with(u))?;
    let after = rest[unit.len()..].trim_start_matches([' ', '-', '\u{a0}', '.']);
    let word = ["read", "reading"].into_iter().find(|w| after.starts_with(w));
    let stated_before = ["reading time", "read time"].into_iter().find_map(|p| lower[..at].rfind(p));
    let (start, end) = match (word, stated_before) {
        (Some(w), _) => (at, line.len() - after.len() + w.len()),
        (None, Some(start)) => (start, line.len() - rest.len() + unit.len()),
        (None, None) => return None,
    };
    (minutes < 1000).then(|| StatedReadTime {
        span: Span::at(base + start, base + end),
        duration: Duration::from_secs(minutes * 60),
    })
}

impl FromStr for ReadTime {
    type Err = Error;

    /// Reads a line that states a read time; spans count from the start of `line`, the word count is 0.
    ///
    /// # Errors
    ///
    /// When the line states no read time.
    fn from_str(line: &str) -> Result<ReadTime, Error> {
        match find_in_line(line, 0) {
            Some(stated) => {
                Ok(ReadTime { stated: Some(stated), words: 0, words_per_minute: WORDS_PER_MINUTE })
            }
            None => Err(Error::new(EXPECTED, line, Span::at(0, line.len()))),
        }
    }
}
