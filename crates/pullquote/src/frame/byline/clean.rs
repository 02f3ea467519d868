//! The line as the grammar reads it: white space made plain, glued words parted, every byte traceable.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::frame::byline::{date, role};
use crate::frame::read_time;
use crate::lexicon::terms::{AGENCY, BY, DATE_LABEL, OUTLET, OUTLET_WORD, ROLE_START, SECTION, TAIL};
use crate::span::Span;

/// A line with single plain spaces and no zero-width characters, and where each of its bytes came from.
pub(super) struct Clean<'t> {
    pub(super) text: Cow<'t, str>,
    /// Empty where the text is the line itself.
    from: Vec<(u32, u32)>,
}

impl<'t> Clean<'t> {
    /// Cleans a line and parts what an extractor glued. Linear in the line but for the look-ups at each seam.
    pub(super) fn new(line: &'t str) -> Clean<'t> {
        let plain = if is_clean(line) {
            Clean { text: Cow::Borrowed(line), from: Vec::new() }
        } else {
            Clean::spaced(line)
        };
        let seams = plain.seams();
        if seams.is_empty() {
            return plain;
        }
        let mut parted = Parted::default();
        let mut at = 0;
        for seam in seams.into_iter().chain([plain.text.len()]) {
            parted.text.push_str(&plain.text[at..seam]);
            parted.from.extend((at..seam).map(|i| plain.from(i)));
            if seam < plain.text.len() {
                parted.push(' ', plain.from(seam).0 as usize, 0);
            }
            at = seam;
        }
        parted.clean()
    }

    fn spaced(line: &str) -> Clean<'t> {
        let mut clean = Parted::default();
        let mut space = None;
        for (at, c) in line.char_indices() {
            match c {
                c if is_hidden(c) => {}
                c if c.is_whitespace() || c.is_control() => space = Some((at, c.len_utf8())),
                c => {
                    if let Some((from, len)) = space.take()
                        && !clean.text.is_empty()
                    {
                        clean.push(' ', from, len);
                    }
                    clean.push(c, at, c.len_utf8());
                }
            }
        }
        clean.clean()
    }

    /// Returns where the byte at `i` came from: the extent of its character.
    fn from(&self, i: usize) -> (u32, u32) {
        self.from.get(i).copied().unwrap_or_else(|| {
            let start = (0..=i).rev().find(|&s| self.text.is_char_boundary(s)).unwrap_or(0);
            let end = (i + 1..=self.text.len()).find(|&e| self.text.is_char_boundary(e)).unwrap_or(i);
            let span = Span::at(start, end);
            (span.start() as u32, span.end() as u32)
        })
    }

    /// Returns where a stretch of the clean text stands in the line, moved by `base`.
    pub(super) fn span(&self, (start, end): (usize, usize), base: usize) -> Span {
        if start >= self.text.len() || end == 0 || end > self.text.len() {
            return Span::at(base, base);
        }
        Span::at(base + self.from(start).0 as usize, base + self.from(end - 1).1 as usize)
    }

    /// Finds where an extractor lost the space between two elements: "Roe|Staff Writer", "Roe|@ada",
    /// "Roe|22 Dec 2031", "By|Ada".
    fn seams(&self) -> Vec<usize> {
        let text = &*self.text;
        let mut seams = Vec::new();
        let mut word = 0;
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            if !before.is_alphanumeric() {
                word = at;
            }
            if at > 0 && is_seam(text, word, before, at, c) {
                seams.push(at);
                word = at;
            }
            before = c;
        }
        seams
    }
}

/// A clean line in the making.
#[derive(Default)]
struct Parted {
    text: String,
    from: Vec<(u32, u32)>,
}

impl Parted {
    fn push(&mut self, c: char, from: usize, len: usize) {
        self.text.push(c);
        let span = Span::at(from, from + len);
        self.from.extend(core::iter::repeat_n((span.start() as u32, span.end() as u32), c.len_utf8()));
    }

    fn clean<'t>(self) -> Clean<'t> {
        Clean { text: Cow::Owned(self.text), from: self.from }
    }
}

/// A character without width.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Tells whether nothing of a line need be cleaned.
fn is_clean(line: &str) -> bool {
    let mut before = ' ';
    line.chars().all(|c| {
        let plain = !(is_hidden(c) || c.is_control() || c.is_whitespace() && (c != ' ' || before == ' '));
        before = c;
        plain
    }) && before != ' '
}

fn is_seam(text: &str, word: usize, before: char, at: usize, c: char) -> bool {
    let left = &text[word..at];
    let right = &text[at..];
    let first = text[..word].trim_end_matches([' ', ':']).is_empty();
    match (before, c) {
        // "ByAda Roe", "byAda Roe", "Byby ADA ROE"; the names "Byron" and "BYRNE" stay whole.
        _ if word == 0 && left.len() == 2 && left.eq_ignore_ascii_case("by") => {
            let doubled = right.get(..3).is_some_and(|r| r.eq_ignore_ascii_case("by "));
            doubled || (before == 'y' && c.is_uppercase())
        }
        // "Posted by|Ada Roe": the opener ends where the name begins.
        ('y', u) if left == "by" && u.is_uppercase() => BY.has(&text[..at]),
        // "Roe|and|Ian Poole": an extractor lost the spaces on both sides.
        ('d', u) if left == "and" && u.is_uppercase() => true,
        (b, 'a') if b.is_lowercase() && right.starts_with("and") => is_glued_joiner(left, right),
        // "Zapotek|on|April 2, 2031".
        (b, 'o') if is_before_on(b) && right.starts_with("on") && left.len() > 3 => {
            right[2..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && date::at_start(&right[2..]).is_some()
        }
        // "NewsByAda Roe": the seam before "By" was found just now.
        ('y', u) if left == "By" && u.is_uppercase() && text[..word].ends_with(char::is_alphanumeric) => true,
        // "News|ByAda Roe", "Sport|By Ada Roe".
        (_, 'B') if word == 0 && right.starts_with("By") => {
            (SECTION.has(left) || ROLE_START.has(left) || OUTLET_WORD.has(left))
                && right[2..].starts_with(|c: char| c == ' ' || c.is_uppercase())
        }
        // "Ada Roe@adaroe": a handle has no dot, an address has.
        (b, '@') if b.is_alphanumeric() => {
            let host = &right[1..right[1..].find(' ').map_or(right.len(), |i| i + 1)];
            !host.contains('.') && !host.is_empty()
        }
        // "Ada Roe22 Dec 2031", "Ada Roe2031-12-22".
        (b, d) if b.is_alphabetic() && d.is_ascii_digit() => {
            left.len() > 1 && (date::at_start(right).is_some() || read_time::at_start(right).is_some())
        }
        // "6:03 pmMarch 3, 2031", "2031Apr 3".
        (b, u) if b.is_alphanumeric() && u.is_uppercase() => {
            let camel = b.is_lowercase() || b.is_ascii_digit();
            let ends_capitals = b.is_uppercase() && right[u.len_utf8()..].starts_with(char::is_lowercase);
            if !(camel || ends_capitals && left.len() > 2) {
                // "IAN POOLEMAY 3, 2031".
                return left.len() > 2 && before.is_uppercase() && date::opens_with_month(right);
            }
            date::at_start(right).is_some()
                || announces(right)
                || (camel
                    && !first
                    && left.len() > 2
                    && (begins_billing(right) || begins_small_billing(left, right)))
        }
        _ => false,
    }
}

/// "Published Jul 17", "Updated: …", "Tags: …", "Lesedauer: 4 Min.": a label, then its colon or a date.
fn announces(right: &str) -> bool {
    let colon = right.find(':').filter(|&i| i < 20);
    let label = DATE_LABEL.prefix(right).is_some_and(|end| {
        let rest = right[end..].trim_start_matches([' ', ':']);
        date::at_start(rest).is_some()
    });
    // "Last updated|Aug. 3, 2031": the label is glued to the date, too.
    let label = label
        || next_seam(right)
            .is_some_and(|end| DATE_LABEL.has(&right[..end]) && date::at_start(&right[end..]).is_some());
    label
        || colon.is_some_and(|i| TAIL.has(right[..i].trim_end()))
        || TAIL
            .prefix(right)
            .is_some_and(|end| right[..end].len() > 5 && !right[end..].starts_with([' ', '-', '\'']))
        || read_time::at_start(right).is_some()
}

/// "Staff Writer", "The Harrow Post", "Associated Press".
fn begins_billing(right: &str) -> bool {
    let listed =
        |end: Option<usize>| end.is_some_and(|e| e > 3 && (right[..e].contains(' ') || e == right.len()));
    role::at_start(right).is_some()
        || last_of_glued_billing(right)
        || right.starts_with("The ")
        || right.starts_with("Special to ")
        || listed(AGENCY.prefix(right))
        || listed(OUTLET.prefix(right))
        || BY.prefix(right).is_some_and(|end| right[..end].ends_with("by") && right[end..].starts_with(' '))
        || TAIL.prefix(right).is_some_and(|end| end > 5)
        || camel(right).is_some_and(|word| TAIL.has(word) && word.len() > 4)
}

/// "Chief Reporter|Published 07:00": the billing ends where the next element is glued to it.
fn last_of_glued_billing(right: &str) -> bool {
    let begins = right.split(' ').next().is_some_and(|word| ROLE_START.has(word));
    begins && next_seam(right).is_some_and(|end| role::at_start(&right[..end]) == Some(end))
}

/// Returns where a small letter meets a capital or a digit for the first time.
fn next_seam(text: &str) -> Option<usize> {
    let mut before = ' ';
    text.char_indices().take(48).find_map(|(at, c)| {
        let met = before.is_lowercase() && (c.is_uppercase() || c.is_ascii_digit());
        before = c;
        met.then_some(at)
    })
}

/// "Quill|and|Ian Poole": two words with capitals follow, and the word is none of the many names in "-and".
fn is_glued_joiner(left: &str, right: &str) -> bool {
    let next = &right[3..];
    let name = next.split_once(' ').is_some_and(|(_, family)| family.starts_with(char::is_uppercase));
    next.starts_with(char::is_uppercase)
        && name
        && left.len() > 2
        && left.starts_with(char::is_uppercase)
        && !left.ends_with(['b', 'c', 'g', 'h', 'l', 'm', 'n', 'r', 's', 't', 'v'])
}

/// Tells whether a family name hardly goes on with "-on" after a letter: "Zapotek|on May 3", but "Wilson".
fn is_before_on(before: char) -> bool {
    matches!(before, 'a' | 'f' | 'j' | 'k' | 'q' | 'u' | 'w')
}

/// "Roe|Ferry correspondent": two words of which the second is a role in small letters; "MacDonald" is one word.
fn begins_small_billing(left: &str, right: &str) -> bool {
    let prefix = ["Mac", "Fitz", "Van", "Von", "Della", "Des", "Dela"].contains(&left);
    !prefix
        && right.split_once(' ').is_some_and(|(_, rest)| {
            let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
            word.starts_with(char::is_lowercase) && role::at_start(word).is_some()
        })
}

/// "TwitterNews": the first word of a glued pair.
fn camel(text: &str) -> Option<&str> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if before.is_lowercase() && c.is_uppercase() {
            return Some(&text[..at]);
        }
        if !c.is_alphabetic() {
            return None;
        }
        before = c;
    }
    None
}
