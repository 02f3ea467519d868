//! Lists of phrases: entries of one or several words in any script, looked up in the text file itself.
//!
//! A file is searched in by a table of hashes that is generated from it (`terms_table.rs`; the compiler could make it,
//! but takes seconds). Most look-ups find nothing, and end at a table of bits.

use super::terms_table::{TABLES, VOCABULARY};
use super::{FOLD, Hash};

/// A sorted list of phrases in lower case, one a line; lines that start with `#` are comments.
#[derive(Clone, Copy)]
pub(crate) struct Phrases {
    text: &'static str,
    table: &'static Table,
}

/// What is generated from a list, so that little of it need be read.
pub(super) struct Table {
    pub(super) starts: Starts,
    /// Where each line starts, in the slot of its [`Hash`] or in one of the next: a power of two of slots.
    pub(super) slots: &'static [u16],
    /// The length of the longest line.
    pub(super) longest: usize,
    /// A bit for each line as a whole, by its [`Hash`]: a power of two of words.
    pub(super) whole: &'static [u64],
    /// A bit for the letters and digits that each line starts with, in the same way.
    pub(super) firsts: &'static [u64],
    /// The same for the lines that go on after them.
    pub(super) longer: &'static [u64],
}

impl Table {
    /// The table of a list that is newer than the generated file: nothing is in it.
    const EMPTY: Table = Table {
        starts: Starts { one: [0; 4], three: [0; 32] },
        slots: &[FREE; 2],
        longest: 0,
        whole: &[0],
        firsts: &[0],
        longer: &[0],
    };

    const fn of(list: usize) -> &'static Table {
        if list < TABLES.len() { &TABLES[list] } else { &Table::EMPTY }
    }
}

/// A slot without a line.
pub(super) const FREE: u16 = u16::MAX;

/// The word and the bit of a hash among `words` words.
#[inline]
pub(super) const fn place(hash: Hash, words: usize) -> (usize, u64) {
    let bit = hash.slot((words * 64).trailing_zeros());
    (bit / 64, 1 << (bit % 64))
}

/// Tells whether a word of ASCII may stand in a phrase of any list of the frame, whatever its case: `false` is
/// certain. Constant time.
pub(crate) fn may_be_listed(word: &str) -> bool {
    let (word, bit) = place(Hash::of(word), VOCABULARY.len());
    VOCABULARY[word] & bit != 0
}

/// How the lines of a list start: most look-ups end here.
pub(super) struct Starts {
    /// A bit for the first byte of each line.
    pub(super) one: [u64; 4],
    /// A bit for the first three bytes of each line, by [`Starts::bit`].
    pub(super) three: [u64; 32],
}

impl Starts {
    pub(super) const fn bit(a: u8, b: u8, c: u8) -> (usize, u64) {
        let hash = u32::from_le_bytes([a, b, c, 0]).wrapping_mul(0x9e37_79b1) >> 21;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Tells whether a line may start with three bytes: `false` is certain.
    #[inline]
    fn may_hold(&self, [a, b, c]: [u8; 3]) -> bool {
        let (word, bit) = Starts::bit(a, b, c);
        self.three[word] & bit != 0
    }

    /// Tells whether any line starts with `byte`.
    #[inline]
    fn holds_first(&self, byte: u8) -> bool {
        self.one[usize::from(byte >> 6)] & 1 << (byte & 63) != 0
    }
}

/// Declares the lists: one line each, its order is that of [`TABLES`].
macro_rules! phrases {
    ($($name:ident $file:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Order { $($name,)* }

        $(#[doc = concat!("The phrases of `lists/", $file, ".txt`.")]
          pub(crate) const $name: Phrases = Phrases {
              text: include_str!(concat!("lists/", $file, ".txt")),
              table: Table::of(Order::$name as usize),
          };)*

        #[cfg(test)]
        pub(super) const ALL: &[(&str, Phrases)] = &[$(($file, $name),)*];
    };
}

phrases! {
    AGENCY "frame_agency";
    AGO "frame_ago";
    BADGE "frame_badge";
    BODY "frame_body";
    BY "frame_by";
    COLLECTIVE "frame_collective";
    COMMON "frame_common";
    CONTRIBUTION "frame_contribution";
    CREDENTIAL "frame_credential";
    CUE_AFTER "cue_after";
    CUE_OBJECT "cue_object";
    DATE_LABEL "frame_date_label";
    DEMONYM "demonym";
    FUNCTIONARY "functionary";
    GENERIC_BODY "generic_body";
    HEADING_END "frame_heading_end";
    HEARING "hearing";
    HOUR "frame_hour";
    IN "frame_in";
    JOINER "frame_joiner";
    KICKER "frame_kicker";
    KIN "kin";
    LEAD "frame_lead";
    LINK "frame_link";
    LISTEN "frame_listen";
    METONYM "metonym";
    MINUTE "frame_minute";
    MONTH "frame_month";
    NOT_NAME "frame_not_name";
    OPENER "frame_opener";
    OPENER_WEAK "frame_opener_weak";
    OUTLET "frame_outlet";
    OUTLET_WORD "frame_outlet_word";
    PAST "past";
    PHOTO "frame_photo";
    PLACE "frame_place";
    PLACE_WORD "frame_place_word";
    POSITION "frame_position";
    QUOTE_ALIAS "quote_alias";
    QUOTE_GLOSS "quote_gloss";
    QUOTE_TERM "quote_term";
    QUOTE_WORK "quote_work";
    READ_ABOUT "frame_read_about";
    READ_AFTER "frame_read_after";
    READ_BEFORE "frame_read_before";
    READ_LESS "frame_read_less";
    ROLE "frame_role";
    ROLE_START "frame_role_start";
    ROLE_SURNAME "frame_role_surname";
    SCHOLAR "frame_scholar";
    SCHOLAR_ROLE "frame_scholar_role";
    SECOND "frame_second";
    SECTION "frame_section";
    SOCIETY "society";
    STAFF "frame_staff";
    STATE "frame_state";
    TAIL "frame_tail";
    TITLE_FORENAME "title_forename";
    TITLE_LEAD "title_lead";
    UNIT "frame_unit";
    WEEKDAY "frame_weekday";
    ZONE "frame_zone";
}

/// Phrases and their texts are compared over at most so many bytes.
const LONGEST: usize = 48;

/// A text as the lists write it: in lower case, the apostrophe straight; kept on the stack.
struct Key {
    bytes: [u8; LONGEST + 8],
    len: usize,
    hash: Hash,
}

impl Key {
    const fn new() -> Key {
        Key { bytes: [0; LONGEST + 8], len: 0, hash: Hash::START }
    }

    /// Adds a byte of ASCII; `false` when the key is full.
    #[inline]
    fn push_ascii(&mut self, byte: u8) -> bool {
        if self.len >= LONGEST {
            return false;
        }
        let byte = byte.to_ascii_lowercase();
        self.bytes[self.len] = byte;
        self.len += 1;
        self.hash = self.hash.push_lower(byte);
        true
    }

    /// Adds a character; `false` when the key is full.
    fn push(&mut self, c: char) -> bool {
        if c.is_ascii() {
            return self.push_ascii(c as u8);
        }
        let c = if c == '’' { '\'' } else { c };
        c.to_lowercase().all(|lower| {
            let fits = self.len + 4 <= LONGEST;
            if fits {
                let from = self.len;
                self.len += lower.encode_utf8(&mut self.bytes[from..]).len();
                self.hash = self.bytes[from..self.len].iter().fold(self.hash, |hash, b| hash.push_lower(*b));
            }
            fits
        })
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl Phrases {
    /// The lines, comments included.
    #[cfg(test)]
    pub(super) const fn text(self) -> &'static str {
        self.text
    }

    /// Tells whether `text` as a whole is in the list, whatever its case. Linear in the text.
    pub(crate) fn has(self, text: &str) -> bool {
        if text.len() > LONGEST || !self.may_start_with_letters(text) {
            return false;
        }
        if text.is_ascii() {
            let hash = Hash::of(text);
            return self.may_be(hash) && self.find(text.as_bytes(), hash);
        }
        let mut key = Key::new();
        text.chars().all(|c| key.push(c)) && self.holds(&key)
    }

    /// Tells whether a line, such as a word of the text, may have this hash: `false` is certain. Constant time.
    #[inline]
    pub(crate) fn may_be(self, hash: Hash) -> bool {
        let (word, bit) = place(hash, self.table.whole.len());
        self.table.whole[word] & bit != 0
    }

    fn holds(self, key: &Key) -> bool {
        self.may_be(key.hash) && self.find(key.as_bytes(), key.hash)
    }

    /// Tells whether a text with this hash, as the lists write it but for its case, is a line. For a text that
    /// [may be](Phrases::may_be) one.
    pub(crate) fn find(self, text: &[u8], hash: Hash) -> bool {
        let list = self.text.as_bytes();
        let mut slot = hash.slot(self.table.slots.len().trailing_zeros());
        loop {
            let start = self.table.slots[slot];
            if start == FREE {
                return false;
            }
            // A line that starts like the text is the text if it ends there; where others end is not asked.
            let rest = &list[usize::from(start)..];
            let ends = rest.get(text.len()).is_none_or(|b| *b == b'\n');
            let same = ends && rest.get(..text.len()).is_some_and(|line| line.eq_ignore_ascii_case(text));
            // Two lines of a list are none.
            if same && !text.contains(&b'\n') {
                return true;
            }
            slot = (slot + 1) & (self.table.slots.len() - 1);
        }
    }

    /// Tells whether a phrase may stand at the start of `text`: `false` is certain. Constant time.
    #[inline]
    pub(crate) fn may_start(self, text: &str) -> bool {
        self.may_start_with_letters(text) && self.may_start_with_word(text)
    }

    /// Tells whether a phrase may start with the first letters that `text` starts with.
    #[inline]
    fn may_start_with_letters(self, text: &str) -> bool {
        let &[a, ref rest @ ..] = text.as_bytes() else { return false };
        if !a.is_ascii() {
            return true;
        }
        let a = a.to_ascii_lowercase();
        if !self.table.starts.holds_first(a) {
            return false;
        }
        match *rest {
            // Two letters or digits more: no phrase ends within them.
            [b, c, ..]
                if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() && c.is_ascii_alphanumeric() =>
            {
                self.table.starts.may_hold([a, b.to_ascii_lowercase(), c.to_ascii_lowercase()])
            }
            _ => true,
        }
    }

    /// Tells whether a phrase starts with the letters and digits that `text` starts with.
    fn may_start_with_word(self, text: &str) -> bool {
        let mut hash = Hash::START;
        for byte in text.bytes().take(LONGEST) {
            let folded = FOLD[usize::from(byte)];
            if folded == 0 {
                if !byte.is_ascii() {
                    return true;
                }
                break;
            }
            hash = hash.push_lower(folded);
        }
        let (word, bit) = place(hash, self.table.firsts.len());
        self.table.firsts[word] & bit != 0
    }

    /// Tells whether a phrase goes on after letters and digits with this hash: `false` is certain.
    #[inline]
    fn may_go_on(self, first: Hash) -> bool {
        let (word, bit) = place(first, self.table.longer.len());
        self.table.longer[word] & bit != 0
    }

    /// Returns the length of the longest phrase that `text` starts with and that ends where a word ends.
    pub(crate) fn prefix(self, text: &str) -> Option<usize> {
        if !self.may_start(text) {
            return None;
        }
        let bytes = text.as_bytes();
        let mut best = None;
        let mut key = Key::new();
        let mut at = 0;
        let mut first = true;
        while at < bytes.len() && key.len <= self.table.longest {
            if first && FOLD[usize::from(bytes[at])] == 0 {
                // Most phrases are one word.
                if !self.may_go_on(key.hash) {
                    break;
                }
                first = false;
            }
            let (len, letter, space) = if bytes[at].is_ascii() {
                if !key.push_ascii(bytes[at]) {
                    break;
                }
                // White space as Unicode has it: vertical tab too.
                (1, bytes[at].is_ascii_alphanumeric(), matches!(bytes[at], b' ' | 9..=13))
            } else {
                let c = text[at..].chars().next().unwrap_or(' ');
                if !key.push(c) {
                    break;
                }
                (c.len_utf8(), c.is_alphanumeric(), c.is_whitespace())
            };
            at += len;
            let inside = space || letter && starts_with_letter(text, at);
            if !inside && self.holds(&key) {
                best = Some(at);
            }
        }
        best
    }

    /// Returns where the longest phrase begins that `text` ends with and that begins where a word begins.
    pub(crate) fn suffix(self, text: &str) -> Option<usize> {
        core::iter::once(0)
            .chain(text.match_indices(' ').map(|(i, _)| i + 1))
            .find(|&start| self.has(&text[start..]))
    }
}

/// Tells whether a letter or digit stands at `at`, which is a boundary of characters.
#[inline]
fn starts_with_letter(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => text[at..].starts_with(char::is_alphanumeric),
        None => false,
    }
}

/// The words of the lists of the frame, for tests of other files.
#[cfg(test)]
pub(crate) fn words_of_the_frame() -> impl Iterator<Item = &'static str> {
    let lists = ALL.iter().filter(|(name, _)| name.starts_with("frame_"));
    let lines = lists.flat_map(|(_, list)| list.text().lines()).filter(|l| !l.starts_with('#'));
    lines.flat_map(|l| l.split(|c: char| !c.is_ascii_alphanumeric())).filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_lower_case_and_without_repeats() {
        for (name, list) in ALL {
            let lines: alloc::vec::Vec<&str> = list.text().lines().collect();
            for pair in lines.windows(2) {
                assert!(
                    pair[0].as_bytes() < pair[1].as_bytes(),
                    "{name}: {:?} before {:?}",
                    pair[0],
                    pair[1]
                );
            }
            for line in lines.iter().filter(|l| !l.starts_with('#')) {
                assert_eq!(*line, line.to_lowercase().replace('’', "'"), "{name}");
                assert!(line.len() <= LONGEST && list.has(line), "{name}: {line}");
            }
        }
    }

    #[test]
    fn every_word_may_be_listed() {
        for word in words_of_the_frame() {
            assert!(may_be_listed(word) && may_be_listed(&word.to_uppercase()), "{word}");
        }
        assert!(!may_be_listed("Zymurgist"));
    }

    #[test]
    fn phrases_are_found_whole_at_the_start_and_at_the_end() {
        assert!(AGENCY.has("Associated Press") && !AGENCY.has("Associated"));
        assert_eq!(AGENCY.prefix("Associated Press writer"), Some(16));
        assert_eq!(AGENCY.prefix("Apple"), None);
        assert_eq!(STAFF.suffix("Harrow Gazette News Desk"), Some(15));
        assert!(MONTH.has("Décembre") && !MONTH.has("Decembry"));
    }
}
