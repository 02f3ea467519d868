//! Read times: what the page states, and what its words suggest.

use core::num::NonZeroU16;
use core::str::FromStr;
use core::time::Duration;

use crate::error::Error;
use crate::frame::signs;
use crate::lexicon::terms::{
    HOUR, LISTEN, MINUTE, READ_ABOUT, READ_AFTER, READ_BEFORE, READ_LESS, SECOND, ZONE,
};
use crate::span::Span;

/// Words a minute at which adults read English prose in silence: the mean over 190 studies
/// (Brysbaert 2019, "How many words do we read per minute?", Journal of Memory and Language 109).
///
/// ```
/// assert_eq!(pullquote::WORDS_PER_MINUTE.get(), 238);
/// ```
pub const WORDS_PER_MINUTE: NonZeroU16 = NonZeroU16::new(238).unwrap();

/// Holds a read time that a page states.
///
/// ```
/// let article = pullquote::parse("Pier shut\nBy Ada Roe\n2 min read\n\n“It leaks,” said Ian Poole.");
/// let stated = article.read_time().stated().unwrap();
/// assert_eq!((&article[stated.span()], stated.duration().as_secs()), ("2 min read", 120));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatedReadTime {
    pub(crate) span: Span,
    pub(crate) duration: Duration,
}

impl StatedReadTime {
    /// Returns where it stands ("4 min read").
    ///
    /// ```
    /// let article = pullquote::parse("Pier shut\nBy Ada Roe\n2 min read\n\n“It leaks,” said Ian Poole.");
    /// assert_eq!(&article[article.read_time().stated().unwrap().span()], "2 min read");
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the time stated, in whole seconds.
    ///
    /// ```
    /// let time: pullquote::ReadTime = "1 hr 5 min read".parse().unwrap();
    /// assert_eq!(time.stated().unwrap().duration().as_secs(), 3900);
    /// ```
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
    pub(crate) cjk: u32,
    pub(crate) words_per_minute: NonZeroU16,
}

impl ReadTime {
    /// Returns the read time that the page states, if any.
    ///
    /// ```
    /// assert!(pullquote::parse("It rained all day.").read_time().stated().is_none());
    /// ```
    #[must_use]
    pub fn stated(&self) -> Option<StatedReadTime> {
        self.stated
    }

    /// Returns the number of words of the body; Chinese, Japanese and Korean characters count one each.
    ///
    /// ```
    /// assert_eq!(pullquote::parse("It rained all day.").read_time().words(), 4);
    /// ```
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words.saturating_add(self.cjk)
    }

    /// Returns the time that the body takes: its words at the parser's words a minute, its Chinese, Japanese
    /// and Korean characters at 500 a minute; in whole seconds, rounded up.
    ///
    /// ```
    /// let text = "It rained. ".repeat(119);
    /// let article = pullquote::parse(&text);
    /// assert_eq!(article.read_time().estimated().as_secs(), 60);
    /// ```
    #[must_use]
    pub fn estimated(&self) -> Duration {
        let words = (u64::from(self.words) * 60).div_ceil(u64::from(self.words_per_minute.get()));
        Duration::from_secs(words + (u64::from(self.cjk) * 60).div_ceil(CJK_PER_MINUTE))
    }
}

const EXPECTED: &str = "a read time such as \"4 min read\"";

/// Characters a minute at which Chinese, Japanese and Korean are read; the figure that Medium and Ghost use.
const CJK_PER_MINUTE: u64 = 500;

/// Finds a stated read time in `line`; its span is moved by `base`. Linear in the line.
///
/// It must stand apart from the words around it: "took two minutes to read" states none.
pub(crate) fn find_in_line(line: &str, base: usize) -> Option<StatedReadTime> {
    if !names_minutes(line) {
        return None;
    }
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let begins = if c.is_alphabetic() {
            // A label may be glued to what stands before it ("UhrLesezeit").
            !before.is_alphanumeric()
                || (c.is_uppercase() && !before.is_uppercase())
                || before.is_ascii_digit()
        } else {
            c.is_ascii_digit() && !before.is_alphanumeric()
                || c == '<'
                || SIGNS.contains(c)
                || !c.is_ascii() && c.is_alphanumeric()
        };
        if begins
            && let Some((len, seconds)) = at_start(&line[at..]).or_else(|| bare(line, at))
            && stands_apart(&line[..at], &line[at + len..])
        {
            let span = Span::at(base + at, base + at + len);
            return Some(StatedReadTime { span, duration: Duration::from_secs(seconds) });
        }
        before = c;
    }
    None
}

/// Tells whether a line can hold minutes or hours at all: one cheap pass before the grammar.
///
/// "min" where a word starts or a number ends, or a digit before a unit of one letter or of another script.
fn names_minutes(line: &str) -> bool {
    if !signs::has_digit(line) && !signs::holds_any(line, &[b"min"]) {
        return false;
    }
    let bytes = line.as_bytes();
    let mut before = b' ';
    for (at, &b) in bytes.iter().enumerate() {
        let begins = !before.is_ascii_alphabetic();
        if begins && matches!(b, b'm' | b'M' | b'h' | b'H' | b'\'') {
            let after = bytes.get(at + 1).copied().unwrap_or(b' ');
            let minute = bytes.get(at..at + 3).is_some_and(|w| w.eq_ignore_ascii_case(b"min"));
            let rest = bytes.get(at + 3).copied().unwrap_or(b' ');
            let short = !after.is_ascii_alphabetic()
                || after.eq_ignore_ascii_case(&b'r')
                || after.eq_ignore_ascii_case(&b'o');
            if minute && (!rest.is_ascii_alphabetic() || b"usUS".contains(&rest))
                || short && near_digit(&bytes[..at])
            {
                return true;
            }
        }
        let second = begins && matches!(b, b's' | b'S') && near_digit(&bytes[..at]);
        if second && bytes[at..].get(..3).is_some_and(|w| w.eq_ignore_ascii_case(b"sec")) {
            return true;
        }
        // Units outside ASCII follow a digit: "3 分", "5 мин".
        if !b.is_ascii() && near_digit(&bytes[..at]) {
            return true;
        }
        before = b;
    }
    false
}

/// Tells whether a digit ends the bytes, a blank or a hyphen after it or not.
fn near_digit(bytes: &[u8]) -> bool {
    matches!(bytes, [.., b'0'..=b'9'] | [.., b'0'..=b'9', b' ' | b'-'])
}

/// Tells whether what surrounds a read time leaves it an item of its own: before it a mark, a digit or a
/// word with a capital; after it no word of a sentence.
fn stands_apart(before: &str, after: &str) -> bool {
    let lead = before.trim_end();
    let word = lead.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let apart = word.is_empty()
        || !word.starts_with(char::is_lowercase)
        || MINUTE.has(word)
        || ["uhr", "am", "pm", "by", "a", "ago", "yesterday", "today"].contains(&word)
            && before.split_whitespace().count() < 12
            && word != "a"
        || ZONE.has(word);
    let listened = LISTEN.has(lead.trim_end_matches([':', '(', '•', '·', '|', ' ', '-', '–']));
    let next = after.trim_start();
    let compound = after.strip_prefix('-').is_some_and(|r| r.starts_with(char::is_alphabetic));
    let sentence = compound || next.starts_with(char::is_lowercase) && !next.starts_with("by ");
    apart && !listened && !sentence
}

/// Reads a stated read time that `text` starts with; returns its length and its seconds.
pub(crate) fn at_start(text: &str) -> Option<(usize, u64)> {
    // Most words of a line begin none: look at the first letters before the grammar does.
    if text.bytes().next().is_some_and(|b| b.is_ascii() && !b.is_ascii_digit()) {
        let counts = READ_ABOUT.may_start(text) || READ_LESS.may_start(text) || begins_number(text);
        return if READ_BEFORE.may_start(text) {
            labelled(text).or_else(|| counts.then(|| counted(text)).flatten())
        } else if counts {
            counted(text)
        } else {
            None
        };
    }
    labelled(text).or_else(|| counted(text)).or_else(|| sign(text))
}

/// "Reading time: 4 minutes". "Lesezeit ca. 4 Min.". "Read time: less than 1 minute". "Lecture 4 min.".
fn labelled(text: &str) -> Option<(usize, u64)> {
    let label = READ_BEFORE.prefix(text)?;
    let gap = skip(text, label, &[' ', ':', '\u{a0}', '\u{202f}', '-', '–', '—', '(', '.', '|', '•', '·']);
    // "Average reading time is 3 minutes".
    let gap = ["is ", "of ", "was ", "will be "]
        .iter()
        .find_map(|w| text[gap..].strip_prefix(w))
        .map_or(gap, |r| text.len() - r.len());
    let from = about(text, gap);
    let told = || few_seconds(text, from).filter(|_| text[label..].starts_with(':'));
    let (end, seconds) = amount(text, from).or_else(told)?;
    // "Reading time: 3 mins read".
    let more = READ_AFTER.prefix(&text[skip(text, end, SPACES)..]).map(|len| skip(text, end, SPACES) + len);
    let short = ["read", "reading", "read in", "read this in", "takes"]
        .iter()
        .any(|l| text[..label].eq_ignore_ascii_case(l));
    // "Read 5 minutes" needs its colon or the end: "read 30 minutes of" is a sentence.
    let closed = text[end..].trim_start().is_empty() || text[label..].starts_with(':');
    (!short || closed).then_some((more.unwrap_or(end), seconds))
}

/// "4 min read". "5-minute read". "1 hr 5 min read". "Less than a minute read". "4 min de lectura".
fn counted(text: &str) -> Option<(usize, u64)> {
    let from = about(text, 0);
    let (end, seconds) = amount(text, from).or_else(|| few_seconds(text, from))?;
    let at = skip(text, end, &[' ', '-', '\u{a0}', '\u{202f}', '.', '‑', '–']);
    let len = READ_AFTER.prefix(&text[at..])?;
    Some((at + len, seconds))
}

/// "⏱ 6 min", "📖 3 mins": the sign says what the minutes are for.
fn sign(text: &str) -> Option<(usize, u64)> {
    let c = text.chars().next().filter(|c| SIGNS.contains(*c))?;
    amount(text, skip(text, c.len_utf8(), &[' ', '\u{fe0f}', '\u{a0}']))
}

/// "6 Min.", "ca. 8 Min.": German pages print the read time without a word for it; the whole line must be it.
fn bare(line: &str, at: usize) -> Option<(usize, u64)> {
    if !line[..at].trim().is_empty() || !line.contains("Min") {
        return None;
    }
    let text = &line[at..];
    let (end, seconds) = amount(text, about(text, 0)).filter(|a| a.1 <= 45 * 60)?;
    let short = text[..end].ends_with("Min") || text[..end].ends_with("Min.");
    (short && text[end..].trim().is_empty() && !text.contains("Std")).then_some((end, seconds))
}

/// Clocks and books that stand for the word "read".
const SIGNS: &str = "⏱⏲🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛📖📚👓⌛⏳";

const SPACES: &[char] = &[' ', '\u{a0}', '\u{202f}'];

fn skip(text: &str, at: usize, what: &[char]) -> usize {
    text.len() - text[at..].trim_start_matches(what).len()
}

/// Skips "about" in any of its words.
fn about(text: &str, at: usize) -> usize {
    READ_ABOUT.prefix(&text[at..]).map_or(at, |len| skip(text, at + len, SPACES))
}

/// Reads hours and minutes, a range, or "less than a minute"; returns the end and the seconds.
///
/// A range counts by its lower bound; less than a minute counts as one.
fn amount(text: &str, at: usize) -> Option<(usize, u64)> {
    if let Some(len) = READ_LESS.prefix(&text[at..]) {
        let mut next = skip(text, at + len, SPACES);
        if let Some((after, _)) = number(&text[next..]) {
            next = skip(text, next + after, &[' ', '\u{a0}', '-']);
        }
        let unit = MINUTE.prefix(&text[next..])?;
        return Some((next + unit, 60));
    }
    let (len, count) = number(&text[at..])?;
    let mut end = at + len;
    // "3-5", "3 to 5", "3 bis 5".
    let dash = skip(text, end, SPACES);
    let upper = ["-", "–", "—", "to ", "bis ", "à ", "a "].iter().find_map(|d| text[dash..].strip_prefix(d));
    if let Some(rest) = upper
        && let Some((len, _)) = number(rest.trim_start())
    {
        end = text.len() - rest.trim_start().len() + len;
    }
    let unit = skip(text, end, &[' ', '\u{a0}', '\u{202f}', '-', '‑', '–']);
    if let Some(len) = MINUTE.prefix(&text[unit..]) {
        let (end, more) = seconds(text, unit + len).unwrap_or((unit + len, 0));
        return Some((end, count * 60 + more));
    }
    let hours = unit + HOUR.prefix(&text[unit..])?;
    let mut next = skip(text, hours, &[' ', ',', '\u{a0}', '\u{202f}']);
    if let Some(rest) = ["and ", "und ", "et ", "y ", "e "].iter().find_map(|j| text[next..].strip_prefix(j))
    {
        next = text.len() - rest.len();
    }
    let minutes = number(&text[next..]).and_then(|(len, minutes)| {
        let unit = skip(text, next + len, &[' ', '\u{a0}', '\u{202f}', '-']);
        MINUTE.prefix(&text[unit..]).map(|len| (unit + len, minutes))
    });
    Some(match minutes {
        Some((end, minutes)) => (end, count * 3600 + minutes * 60),
        None => (hours, count * 3600),
    })
}

/// "90 second read", "45 sec read": less than a few minutes, told in seconds alone.
fn few_seconds(text: &str, at: usize) -> Option<(usize, u64)> {
    let (len, count) = number(&text[at..])?;
    let unit = skip(text, at + len, &[' ', '\u{a0}', '\u{202f}', '-', '‑']);
    SECOND.prefix(&text[unit..]).filter(|&len| len > 2).map(|len| (unit + len, count))
}

/// "2 minutes|, 35 seconds", "2 min| 35 sec": the seconds that follow minutes.
fn seconds(text: &str, at: usize) -> Option<(usize, u64)> {
    let mut next = skip(text, at, &[' ', ',', '\u{a0}', '\u{202f}']);
    if let Some(rest) =
        ["and ", "& ", "und ", "et ", "y ", "e "].iter().find_map(|j| text[next..].strip_prefix(j))
    {
        next = text.len() - rest.len();
    }
    // "0 seconds" is a number, too.
    let (len, count) = number(&text[next..]).or_else(|| text[next..].starts_with("0 ").then_some((1, 0)))?;
    let unit = skip(text, next + len, &[' ', '\u{a0}', '\u{202f}', '-']);
    let word = SECOND.prefix(&text[unit..]).filter(|_| count < 60)?;
    Some((unit + word, count))
}

/// Reads a number in digits (below 600) or in words.
fn number(text: &str) -> Option<(usize, u64)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let count = text[..digits].parse().ok().filter(|n| (1..600).contains(n))?;
        return Some((digits, count));
    }
    if !begins_number(text) {
        return None;
    }
    let len = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text.get(..len.min(12)).filter(|_| len > 0)?;
    let value = number_word(word)?;
    let tens = text[len..].strip_prefix('-').filter(|_| value >= 20).and_then(|rest| {
        let unit = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit_value = number_word(&rest[..unit]).filter(|n| *n < 10)?;
        Some((len + 1 + unit, value + unit_value))
    });
    tens.or(Some((len, value)))
}

/// Tells whether a number in words may begin here: `false` is certain.
fn begins_number(text: &str) -> bool {
    text.bytes().next().is_some_and(|b| b"aefnostu".contains(&b.to_ascii_lowercase()))
}

fn number_word(word: &str) -> Option<u64> {
    let mut lower = [0; 12];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    Some(match core::str::from_utf8(lower).ok()? {
        "a" | "an" | "one" | "eine" | "une" | "un" | "uno" | "um" | "een" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        _ => return None,
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
                Ok(ReadTime { stated: Some(stated), words: 0, cjk: 0, words_per_minute: WORDS_PER_MINUTE })
            }
            None => Err(Error::new(EXPECTED, line, Span::at(0, line.len()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_times_are_read_with_their_words() {
        // Line, what states the time, seconds.
        for (line, words, seconds) in [
            ("4 min read", "4 min read", 240),
            ("·2 min read", "2 min read", 120),
            ("May 3, 2031 • 5-Minute Read", "5-Minute Read", 300),
            ("By Ada Roe 4 minutes read", "4 minutes read", 240),
            ("1 hr 5 min read", "1 hr 5 min read", 3900),
            ("1 hour and 5 minutes to read", "1 hour and 5 minutes to read", 3900),
            ("3-5 min read", "3-5 min read", 180),
            ("3 to 5 minute read", "3 to 5 minute read", 180),
            ("Less than a minute read", "Less than a minute read", 60),
            ("<1 min read", "<1 min read", 60),
            ("five-minute read", "five-minute read", 300),
            ("Twenty-five minute read", "Twenty-five minute read", 1500),
            ("Reading time: 4 minutes", "Reading time: 4 minutes", 240),
            ("Read time: less than 1 minute", "Read time: less than 1 minute", 60),
            ("Estimated reading time — 12 mins", "Estimated reading time — 12 mins", 720),
            ("Reading time: 2 minutes, 40 seconds", "Reading time: 2 minutes, 40 seconds", 160),
            ("Read Time:1 Minute, 5 Second", "Read Time:1 Minute, 5 Second", 65),
            ("3 min 20 sec read", "3 min 20 sec read", 200),
            ("7 minutes and 0 seconds read", "7 minutes and 0 seconds read", 420),
            ("Estimated reading time is 5 minutes", "Estimated reading time is 5 minutes", 300),
            ("Average reading time of 9 min", "Average reading time of 9 min", 540),
            ("This story takes about 8 minutes to read", "This story takes about 8 minutes to read", 480),
            ("It takes 3 min to read this article", "It takes 3 min to read this article", 180),
            ("Read this article in 7 minutes", "Read this article in 7 minutes", 420),
            ("Read in 11 minutes", "Read in 11 minutes", 660),
            ("3 days ago 4 min read", "4 min read", 240),
            ("Yesterday 4 min read", "4 min read", 240),
            ("80 second read", "80 second read", 80),
            ("45 sec read", "45 sec read", 45),
            ("Reading time: 50 seconds", "Reading time: 50 seconds", 50),
            ("Read this story in five minutes", "Read this story in five minutes", 300),
            ("Time to read: 6 mins", "Time to read: 6 mins", 360),
            ("⏱ 6 min", "⏱ 6 min", 360),
            ("18:50 UhrLesedauer: ca. 4 Min.", "Lesedauer: ca. 4 Min.", 240),
            ("7 Minuten Lesezeit", "7 Minuten Lesezeit", 420),
            ("6 Min.", "6 Min.", 360),
            ("Temps de lecture : 3 min", "Temps de lecture : 3 min", 180),
            ("Lecture : moins d’une minute", "Lecture : moins d’une minute", 60),
            ("4 min de lectura", "4 min de lectura", 240),
            ("Tempo di lettura: 3 minuti", "Tempo di lettura: 3 minuti", 180),
            ("4 minutos de leitura", "4 minutos de leitura", 240),
            ("Leestijd: 1 uur 5 minuten", "Leestijd: 1 uur 5 minuten", 3900),
            ("読了時間 3 分", "読了時間 3 分", 180),
        ] {
            let found = line.parse::<ReadTime>().unwrap_or_else(|e| panic!("{line}: {e}")).stated().unwrap();
            assert_eq!((found.span().of(line), found.duration().as_secs()), (words, seconds), "{line}");
        }
    }

    #[test]
    fn other_times_are_none() {
        for line in [
            "2 min ago",
            "read in 2 minutes the statement",
            "The letter took four minutes to read.",
            "It takes two minutes to read the oath.",
            "Read in 4 minutes of silence",
            "The verdict was read in 4 minutes",
            "He was to read in 4 minutes.",
            "She read the 12-minute speech.",
            "Listen (4 min)",
            "80 seconds",
            "The 80 second reading was dull",
            "It took 40 seconds to read.",
            "Listen to this article 4 min",
            "60 Minutes",
            "30 mins",
            "3 Std. 10 Min.",
            "26:06 Min.",
            "Prep time: 15 minutes",
            "The 4 minute read-through was dull",
            "READ MORE:",
            "4 minutes, readers said",
            "Read this in 2031",
            "",
        ] {
            assert!(line.parse::<ReadTime>().is_err(), "{line}");
        }
    }

    #[test]
    fn estimates_are_rounded_up() {
        let time = ReadTime { stated: None, words: 238, cjk: 500, words_per_minute: WORDS_PER_MINUTE };
        assert_eq!((time.words(), time.estimated().as_secs()), (738, 120));
    }
}
