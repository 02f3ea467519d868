//! Lines that say only when: "Published 8 April 2021, 11:25 BST | Updated 16:05".

use crate::frame::signs;
use crate::lexicon::sieve::DATES;
use crate::lexicon::{self, Class};

/// Tells what a line of times names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// A day: "8 April 2021", "Updated an hour ago".
    Day,
    /// Only a time of the day or a length of time: "10 p.m.", "00:49".
    Time,
}

/// Longer lines say more than when.
const LONGEST: usize = 130;
/// Without a number there is room for "Updated an hour ago".
const LONGEST_WITHOUT_NUMBER: usize = 40;

/// So many words that name no time may stand beside a whole date; without a number there is none.
const MOST_STRANGERS: usize = 2;

/// Reads a line that says when, and nothing else. Linear in the line; long lines are refused at once.
///
/// Words glued by an extractor are read apart ("2024Updated", "ESTUpdated an hour ago"), and a place may stand
/// beside a full date ("LONDON Mon Dec 29, 2014", "21 October 2025 • Harrow").
pub(crate) fn read(line: &str) -> Option<When> {
    if line.len() > LONGEST {
        return None;
    }
    let numbered = signs::has_digit(line);
    if line.len() > LONGEST_WITHOUT_NUMBER && !numbered {
        return None;
    }
    let mut tally = Tally { most_strangers: if numbered { MOST_STRANGERS } else { 0 }, ..Tally::default() };
    let mut rest = line;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let len = token_len(rest);
        tally.add(&rest[..len])?;
        rest = &rest[len..];
    }
    if line.contains(['"', '“', '”', '‘', '?', '!']) {
        return None;
    }
    tally.colons = line.matches(':').count();
    tally.verdict()
}

#[derive(Default)]
struct Tally {
    numbers: usize,
    years: usize,
    /// Months and weekdays.
    names: usize,
    months: usize,
    agos: usize,
    words: usize,
    strangers: usize,
    /// More strangers no date line has.
    most_strangers: usize,
    colons: usize,
}

impl Tally {
    /// Counts a token; `None` for one that no date line holds.
    fn add(&mut self, token: &str) -> Option<()> {
        let first = token.chars().next()?;
        if first.is_ascii_digit() {
            self.numbers += 1;
            self.years +=
                usize::from(token.len() == 4 && (token.starts_with("19") || token.starts_with("20")));
            return Some(());
        }
        let class = if DATES.may_hold(token) { lexicon::class(token) } else { Class::NONE };
        // "may" and "march", "sun" and "sat" are dates only with a capital.
        if class.any(Class::MONTH.or(Class::WEEKDAY)) && first.is_uppercase() {
            self.names += 1;
            self.months += usize::from(class.any(Class::MONTH));
        } else if token.eq_ignore_ascii_case("ago") || token.eq_ignore_ascii_case("yesterday") {
            self.agos += 1;
        } else if class.any(Class::DATE_WORD) || token.chars().nth(1).is_none() {
            // A single letter ("T", "Z", "h") names no time by itself; "p.m." does.
            self.words += usize::from(token.len() > 1 || matches!(first, 'a' | 'p'));
        } else {
            self.strangers += 1;
            if self.strangers > self.most_strangers {
                return None;
            }
        }
        Some(())
    }

    fn verdict(&self) -> Option<When> {
        let day = self.years + self.agos > 0 || (self.names > 0 && self.numbers > 0);
        if self.strangers > 0 {
            // A place or a page number is let in beside a whole date only.
            let whole = self.years > 0 && self.names > 0 && self.numbers > 1;
            return (whole && self.strangers * 2 <= self.numbers + self.names + self.words)
                .then_some(When::Day);
        }
        if day {
            return Some(When::Day);
        }
        (self.numbers > 0 && self.words + self.colons > 0).then_some(When::Time)
    }
}

/// The length of the token that `text` starts with: digits, or letters up to a change of case.
fn token_len(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        // "20194:29": the year has four digits, what is glued behind it is a time.
        return if digits > 4 && text.starts_with("20") { 4 } else { digits };
    }
    // Most words are small letters after one letter of any size.
    let plain = text.bytes().skip(1).take_while(u8::is_ascii_lowercase).count() + 1;
    if text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.as_bytes().get(plain).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphabetic())
    {
        return plain;
    }
    let mut previous: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !c.is_alphabetic() {
            return if at > 0 { at } else { c.len_utf8() };
        }
        let next_small = chars.peek().is_some_and(|(_, n)| n.is_lowercase());
        if let Some(p) = previous
            && c.is_uppercase()
            && (p.is_lowercase() || (next_small && at > 1))
        {
            return at;
        }
        previous = Some(c);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for line in [
            "8 April 2021",
            "Published 8 April 2021, 11:25 BST | Updated 8 April 2021, 16:05 BST",
            "Wed 13 Jan 2021 06.00 GMT",
            "Jan. 9, 2024",
            "July 14, 2021 at 5:00 p.m. EDT",
            "3 hours ago",
            "Updated an hour ago",
            "2024-02-06T11:36:01Z",
            "11/19/2023",
            "Published Wed, Nov 8 20234:29 AM ESTUpdated an hour ago",
            "LONDON Mon Dec 4, 2023 8:57pm GMT",
            "Posted on January 3rd, 2020",
            "Yesterday",
        ] {
            assert_eq!(read(line), Some(When::Day), "{line:?}");
        }
    }

    #[test]
    fn times() {
        for line in ["10 p.m.", "4:14 p.m.", "00:00:49", "5 min"] {
            assert_eq!(read(line), Some(When::Time), "{line:?}");
        }
    }

    #[test]
    fn no_dates() {
        for line in [
            "Pier to close",
            "The pier shuts on 8 April 2021.",
            "Two held over 2022 barn fire",
            "May may go",
            "“8 April 2021,” said Roe",
            "14:05 Roe speaks to the hall",
            "By Ada Roe, 3 May",
            "½ 𞴷 ३",
            "12",
            "",
        ] {
            assert_eq!(read(line), None, "{line:?}");
        }
    }
}
