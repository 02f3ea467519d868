//! Phrase lists: text files under `phrases/`, and the table made from them.
//!
//! Where a word list cannot do ("read more", "sign up for"), a phrase tells what a line is. A line of a list
//! is one phrase in lower case; a phrase that ends with `…` may go on, any other must be the whole line.
//! The files are the source of truth; `phrase_table.rs` is generated from them and committed, and a test here
//! fails when the two disagree. Anew: `PULLQUOTE_BLESS=1 cargo test -p pullquote lexicon`.

use super::{FOLD, Hash, phrase_table};

/// Declares the lists: one line each, its order is its number.
macro_rules! phrases {
    ($($name:ident $file:literal;)*) => {
        /// Names the list that a phrase stands in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum List { $(
            #[doc = concat!("The phrases of `phrases/", $file, ".txt`.")]
            $name,
        )* }

        /// Names the lists in the order of their numbers.
        #[cfg(test)]
        const LISTS: &[(&str, &str)] = &[$(($file, include_str!(concat!("phrases/", $file, ".txt"))),)*];

        const BY_NUMBER: &[List] = &[$(List::$name,)*];
    };
}

phrases! {
    Advertisement "advertisement";
    Bio "bio";
    Caption "caption";
    Contribution "contribution";
    Correction "correction";
    Credit "credit";
    CreditMark "credit_mark";
    Furniture "furniture";
    Invitation "invitation";
    Related "related";
    Section "section";
    Share "share";
    Signup "signup";
    SignupMark "signup_mark";
}

/// A phrase as it stands in the table: its text, the number of its list, and whether more may follow it.
pub(super) type Entry = (&'static str, u8, bool);

/// What was found at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) list: List,
    /// The number of bytes of the line that the phrase takes.
    pub(crate) len: usize,
    /// Whether the phrase is the whole line.
    pub(crate) whole: bool,
}

/// Finds the longest phrase that `line` starts with, in any case (ASCII). Constant time.
pub(crate) fn at_start(line: &str) -> Option<Match> {
    let (first, hash) = first_word_hashed(line);
    let next = Next::of(line, first.len());
    if first.is_empty() || !STARTS.may_hold(hash, &next) {
        return None;
    }
    let entries = group_hashed(first, hash)?;
    let mut best = None;
    for &(phrase, list, open) in entries {
        if !next.may_go_on(phrase) {
            continue;
        }
        let Some(len) = prefix_after(first.len(), line, phrase) else { continue };
        let rest = &line[len..];
        let fits = if open {
            !phrase.ends_with(|c: char| c.is_alphanumeric())
                || !rest.starts_with(|c: char| c.is_alphanumeric())
        } else {
            !rest.contains(|c: char| c.is_alphabetic())
        };
        if fits && best.is_none_or(|b: Match| b.len < len) {
            best = Some(Match { list: BY_NUMBER[list as usize], len, whole: !open });
        }
    }
    best
}

/// Tells whether a phrase of `list` stands at the start of any word of `line`. Linear in the line.
pub(crate) fn stands_in(line: &str, list: List) -> bool {
    let bytes = line.as_bytes();
    let initials = phrase_table::INITIALS[list as usize];
    let firsts = &FIRSTS[list as usize];
    let mut before = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let sort = SORTS[usize::from(byte)];
        let starts = sort & initials != 0
            && (before & ALNUM == 0 || is_glued(before, sort))
            && firsts.may_hold(&bytes[at..])
            && group(first_word(&line[at..])).is_some_and(|entries| {
                let first = first_word(entries[0].0).len();
                let next = Next::of(&line[at..], first);
                let of_list = |e: &&Entry| BY_NUMBER[e.1 as usize] == list && next.may_go_on(e.0);
                entries.iter().filter(of_list).any(|&(phrase, ..)| {
                    prefix_after(first, &line[at..], phrase).is_some_and(|len| {
                        !line[at + len..].starts_with(|c: char| c.is_lowercase())
                            || !phrase.ends_with(|c: char| c.is_alphanumeric())
                    })
                })
            });
        if starts {
            return true;
        }
        before = sort;
    }
    false
}

/// What a byte may be to [`stands_in`], above the bits of [`initial`].
const ALNUM: u32 = 1 << 31;
const CAPITAL: u32 = 1 << 30;
const SMALL: u32 = 1 << 29;

static SORTS: [u32; 256] = {
    let (mut sorts, mut byte) = ([0; 256], 0);
    while byte < 256 {
        let b = byte as u8;
        sorts[byte] = initial(b)
            | if b.is_ascii_alphanumeric() { ALNUM } else { 0 }
            | if b.is_ascii_uppercase() { CAPITAL } else { 0 }
            | if b.is_ascii_lowercase() { SMALL } else { 0 };
        byte += 1;
    }
    sorts
};

/// A bit for the first letters of each phrase of a list: most words end there.
struct Firsts([u64; 16]);

static FIRSTS: [Firsts; BY_NUMBER.len()] = {
    let mut all = [const { Firsts([0; 16]) }; BY_NUMBER.len()];
    let mut i = 0;
    while i < phrase_table::PHRASES.len() {
        let (phrase, list, _) = phrase_table::PHRASES[i];
        let (word, bit) = Firsts::bit(phrase.as_bytes());
        all[list as usize].0[word] |= bit;
        i += 1;
    }
    all
};

/// A bit for the first word of each phrase with the two bytes after it: most lines end there.
struct Starts([u64; STARTS_WORDS]);

const STARTS_WORDS: usize = 256;

static STARTS: Starts = {
    let (mut starts, mut i) = (Starts([0; STARTS_WORDS]), 0);
    while i < phrase_table::PHRASES.len() {
        let phrase = phrase_table::PHRASES[i].0.as_bytes();
        let (mut hash, mut at) = (Hash::START, 0);
        while at < phrase.len() && phrase[at].is_ascii_alphanumeric() {
            hash = hash.push(phrase[at]);
            at += 1;
        }
        // A phrase that ends before them fits any two bytes.
        let next = if at + 2 <= phrase.len() { Some([phrase[at], phrase[at + 1]]) } else { None };
        let (word, bit) = Starts::bit(hash, next);
        starts.0[word] |= bit;
        i += 1;
    }
    starts
};

impl Starts {
    #[inline]
    const fn bit(first: Hash, next: Option<[u8; 2]>) -> (usize, u64) {
        let hash = match next {
            Some([a, b]) => first.push_lower(a).push_lower(b),
            None => first,
        };
        let bit = hash.slot((STARTS_WORDS * 64).trailing_zeros());
        (bit / 64, 1 << (bit % 64))
    }

    /// Tells whether a phrase may start with these: `false` is certain.
    #[inline]
    fn may_hold(&self, first: Hash, next: &Next) -> bool {
        let has = |next| {
            let (word, bit) = Starts::bit(first, next);
            self.0[word] & bit != 0
        };
        next.bytes.is_none() || has(next.bytes) || has(None)
    }
}

impl Firsts {
    /// The bit of the first word of a text, by its first three letters.
    #[inline]
    const fn bit(text: &[u8]) -> (usize, u64) {
        let (mut key, mut i) = (0u32, 0);
        while i < 3 && i < text.len() && text[i].is_ascii_alphanumeric() {
            key = key << 8 | text[i].to_ascii_lowercase() as u32;
            i += 1;
        }
        let hash = key.wrapping_mul(0x9e37_79b1) >> 22;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    #[inline]
    fn may_hold(&self, text: &[u8]) -> bool {
        let (word, bit) = Self::bit(text);
        self.0[word] & bit != 0
    }
}

/// A small letter before a capital: two lines that an extractor glued ("at the gateReuters").
const fn is_glued(before: u32, here: u32) -> bool {
    before & SMALL != 0 && here & CAPITAL != 0
}

/// The bit of a byte that a phrase may start with; digits share one.
const fn initial(byte: u8) -> u32 {
    match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'A'..=b'Z' => 1 << (byte - b'A'),
        b'0'..=b'9' => 1 << 26,
        _ => 0,
    }
}

/// The letters and digits that `text` starts with.
fn first_word(text: &str) -> &str {
    let len = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    &text[..len]
}

/// Does what [`first_word`] does, and hashes the word.
#[inline]
fn first_word_hashed(text: &str) -> (&str, Hash) {
    let mut hash = Hash::START;
    for (at, byte) in text.bytes().enumerate() {
        let folded = FOLD[usize::from(byte)];
        if folded == 0 {
            return (&text[..at], hash);
        }
        hash = hash.push_lower(folded);
    }
    (text, hash)
}

/// The phrases whose first word is `word`: they stand side by side in the table.
fn group(word: &str) -> Option<&'static [Entry]> {
    group_hashed(word, Hash::of(word))
}

fn group_hashed(word: &str, hash: Hash) -> Option<&'static [Entry]> {
    if word.is_empty() || word.len() > phrase_table::LONGEST_FIRST_WORD {
        return None;
    }
    let mut slot = hash.slot(phrase_table::BITS);
    loop {
        // Slots hold the range in PHRASES, `(0, 0)` when free; the table is at most half full.
        let (start, end) = phrase_table::SLOTS[slot];
        if start == end {
            return None;
        }
        let entries = &phrase_table::PHRASES[start as usize..end as usize];
        if first_word(entries[0].0).eq_ignore_ascii_case(word) {
            return Some(entries);
        }
        slot = (slot + 1) & (phrase_table::SLOTS.len() - 1);
    }
}

/// The two bytes of a line after its first word, in lower case: they refuse most phrases that begin with it.
struct Next {
    at: usize,
    bytes: Option<[u8; 2]>,
}

impl Next {
    #[inline]
    fn of(line: &str, at: usize) -> Next {
        // A line end stands for a space, and what is not ASCII may stand for a sign that is.
        let plain = |b: u8| b.is_ascii() && b != b'\n';
        let bytes = line.as_bytes().get(at..).and_then(|rest| rest.first_chunk());
        let bytes = bytes.filter(|[a, b]| plain(*a) && plain(*b));
        Next { at, bytes: bytes.map(|b: &[u8; 2]| b.map(|b| b.to_ascii_lowercase())) }
    }

    /// Tells whether the line may spell `phrase`: `false` is certain.
    #[inline]
    fn may_go_on(&self, phrase: &str) -> bool {
        let wanted = phrase.as_bytes().get(self.at..).and_then(|rest| rest.first_chunk::<2>());
        self.bytes.is_none_or(|bytes| wanted.is_none_or(|wanted| *wanted == bytes))
    }
}

/// Does what [`prefix`] does where the first `len` bytes are known to agree: they are plain ASCII.
fn prefix_after(len: usize, line: &str, phrase: &str) -> Option<usize> {
    prefix(&line[len..], &phrase[len..]).map(|more| len + more)
}

/// Returns how many bytes of `line` spell `phrase`: any case, any space, straight or curly apostrophe.
fn prefix(line: &str, phrase: &str) -> Option<usize> {
    // Most candidates fail within plain ASCII.
    let differs = line.bytes().zip(phrase.bytes()).find(|(l, p)| l.to_ascii_lowercase() != *p);
    match differs {
        None => return (line.len() >= phrase.len()).then_some(phrase.len()),
        Some((b'\n', _)) => {}
        Some((l, _)) if l.is_ascii() => return None,
        Some(_) => {}
    }
    let mut rest = line.chars();
    for wanted in phrase.chars() {
        let c = rest.find(|c| !matches!(c, '\u{ad}' | '\u{200b}'))?;
        let c = match c {
            '\u{a0}' | '\u{2009}' | '\u{202f}' | '\n' => ' ',
            '’' => '\'',
            _ => c.to_ascii_lowercase(),
        };
        if c != wanted {
            return None;
        }
    }
    Some(line.len() - rest.as_str().len())
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec;
    use alloc::vec::Vec;

    /// Reads the lists into one entry a phrase, those with the same first word side by side.
    fn entries() -> Vec<(String, u8, bool)> {
        let mut out = Vec::new();
        for (number, (_, list)) in LISTS.iter().enumerate() {
            for line in list.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
                let (phrase, open) = match line.strip_suffix(" …") {
                    Some(phrase) => (phrase, true),
                    None => (line, false),
                };
                out.push((phrase.to_string(), u8::try_from(number).unwrap(), open));
            }
        }
        out.sort_by(|a, b| (first_word(&a.0), &a.0, a.2, a.1).cmp(&(first_word(&b.0), &b.0, b.2, b.1)));
        out
    }

    fn table() -> String {
        let entries = entries();
        let mut groups: Vec<(&str, usize, usize)> = Vec::new();
        for (place, (phrase, _, _)) in entries.iter().enumerate() {
            match groups.last_mut() {
                Some((word, _, end)) if *word == first_word(phrase) => *end = place + 1,
                _ => groups.push((first_word(phrase), place, place + 1)),
            }
        }
        let bits = (groups.len() * 2).next_power_of_two().trailing_zeros();
        let mut slots = vec![(0, 0); 1 << bits];
        for (word, start, end) in &groups {
            let mut slot = Hash::of(word).slot(bits);
            while slots[slot] != (0, 0) {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = (*start, *end);
        }
        let longest = groups.iter().map(|g| g.0.len()).max().unwrap_or(0);
        let mut out = String::from(
            "//! Generated from `phrases/*.txt`; do not edit.\n//! Anew: `PULLQUOTE_BLESS=1 cargo test -p pullquote lexicon`.\n\n",
        );
        out += &format!(
            "pub(super) const BITS: u32 = {bits};\npub(super) const LONGEST_FIRST_WORD: usize = {longest};\n\n"
        );
        let initials: Vec<String> = (0..LISTS.len())
            .map(|list| {
                let of_list = entries.iter().filter(|e| usize::from(e.1) == list);
                format!("{:#x}", of_list.fold(0, |set, e| set | initial(e.0.as_bytes()[0])))
            })
            .collect();
        out += &format!(
            "/// The initials of the phrases of each list.\n#[rustfmt::skip]\npub(super) static INITIALS: [u32; {}] = [{}];\n\n",
            LISTS.len(),
            initials.join(", ")
        );
        out += &format!(
            "#[rustfmt::skip]\npub(super) static PHRASES: [super::phrase::Entry; {}] = [\n",
            entries.len()
        );
        for (phrase, list, open) in &entries {
            out += &format!("    ({phrase:?}, {list}, {open}),\n");
        }
        out +=
            &format!("];\n\n#[rustfmt::skip]\npub(super) static SLOTS: [(u16, u16); {}] = [\n", slots.len());
        for row in slots.chunks(8) {
            let row: Vec<String> = row.iter().map(|(s, e)| format!("({s}, {e})")).collect();
            out += &format!("    {},\n", row.join(", "));
        }
        out + "];\n"
    }

    #[test]
    fn phrase_table_agrees_with_the_lists() {
        super::super::generate::agrees("phrase_table.rs", &table());
    }

    #[test]
    fn phrases_are_sorted_lower_case_and_start_with_a_word() {
        for (name, list) in LISTS {
            let lines: Vec<&str> = list.lines().filter(|l| !l.starts_with('#')).collect();
            for pair in lines.windows(2) {
                assert!(pair[0] < pair[1], "{name}: {:?} must come before {:?}", pair[0], pair[1]);
            }
            for line in lines {
                assert_eq!(line, line.to_ascii_lowercase(), "{name}");
                assert!(!first_word(line).is_empty(), "{name}: {line:?} must start with a letter or digit");
                assert!(!line.contains('’'), "{name}: {line:?}: write a straight apostrophe");
            }
        }
    }

    #[test]
    fn phrases_at_the_start_of_a_line() {
        let cases: &[(&str, Option<(List, bool)>)] = &[
            ("Advertisement", Some((List::Advertisement, true))),
            ("Share", Some((List::Share, true))),
            ("Share (12)", Some((List::Share, true))),
            ("Read more: the otters of Tarn", Some((List::Related, false))),
            ("Read more than one book a week and you will need a bigger shelf.", None),
            ("SIGN UP FOR our Tarn letter", Some((List::Signup, false))),
            ("Editor’s note: the name of the goat was wrong.", Some((List::Correction, false))),
            ("Share prices fell on Monday.", None),
            ("Sharepoint", None),
            ("“Read more: books,” he said.", None),
            ("", None),
        ];
        for (line, want) in cases {
            assert_eq!(at_start(line).map(|m| (m.list, m.whole)), *want, "{line:?}");
        }
    }

    #[test]
    fn credit_marks_in_a_line() {
        for line in [
            "The pier on Monday. Photo: Ada Roe",
            "Ada Roe at the gate. (AP Photo/Ian Poole)",
            "At the gateGetty Images",
        ] {
            assert!(stands_in(line, List::CreditMark), "{line:?}");
        }
        for line in ["The pier is shut", "A photo of the pier", "Budgetty pictures"] {
            assert!(!stands_in(line, List::CreditMark), "{line:?}");
        }
    }
}
