//! Lists of phrases: entries of one or several words in any script, looked up in the text file itself.
//!
//! The frame of an article asks few questions of short lines, so these lists need no generated table: a
//! file is sorted by its bytes, and a look-up is a binary search over its lines. Most look-ups find nothing,
//! and end at a table of bits that the compiler makes from the list.

use super::Hash;

/// A sorted list of phrases in lower case, one a line; lines that start with `#` are comments.
#[derive(Clone, Copy)]
pub(crate) struct Phrases {
    text: &'static str,
    starts: &'static Starts,
    /// A bit for each line as a whole, by its [`Hash`]: a power of two of words.
    whole: &'static [u64],
    /// A bit for the letters and digits that each line starts with, in the same way.
    firsts: &'static [u64],
}

/// How many words of 64 bits keep the lines of a list apart, at eight to sixteen bits a line.
const fn words_for(list: &str) -> usize {
    let (list, mut lines, mut at) = (list.as_bytes(), 1, 0);
    while at < list.len() {
        lines += (list[at] == b'\n') as usize;
        at += 1;
    }
    let words = (lines * 8).next_power_of_two() / 64;
    if words == 0 { 1 } else { words }
}

/// Sets the bit of each line as a whole, or of the letters and digits that it starts with.
const fn bits_of<const N: usize>(list: &str, whole: bool) -> [u64; N] {
    let (list, mut bits, mut at) = (list.as_bytes(), [0; N], 0);
    let (mut hash, mut inside) = (Hash::START, true);
    while at <= list.len() {
        if at == list.len() || list[at] == b'\n' {
            let (word, bit) = place(hash, N);
            bits[word] |= bit;
            (hash, inside) = (Hash::START, true);
        } else {
            inside = whole || inside && list[at].is_ascii_alphanumeric();
            if inside {
                hash = hash.push(list[at]);
            }
        }
        at += 1;
    }
    bits
}

/// The word and the bit of a hash among `words` words.
#[inline]
const fn place(hash: Hash, words: usize) -> (usize, u64) {
    let bit = hash.slot((words * 64).trailing_zeros());
    (bit / 64, 1 << (bit % 64))
}

/// How the lines of a list start, counted at compile time: most look-ups end here.
struct Starts {
    /// For each byte, where the lines that start with it or with a greater one begin.
    first: [u32; 257],
    /// A bit for the first three bytes of each line, by [`Starts::bit`].
    three: [u64; 32],
}

impl Starts {
    const fn of(list: &str) -> Starts {
        let list = list.as_bytes();
        let mut starts = Starts { first: [0; 257], three: [0; 32] };
        let (mut line, mut at, mut next) = (0, 0, 0);
        while at <= list.len() {
            if at == list.len() || list[at] == b'\n' {
                if at > line {
                    while next <= list[line] as usize {
                        starts.first[next] = line as u32;
                        next += 1;
                    }
                    if at >= line + 3 {
                        let (word, bit) = Starts::bit(list[line], list[line + 1], list[line + 2]);
                        starts.three[word] |= bit;
                    }
                }
                line = at + 1;
            }
            at += 1;
        }
        while next <= 256 {
            starts.first[next] = list.len() as u32;
            next += 1;
        }
        starts
    }

    const fn bit(a: u8, b: u8, c: u8) -> (usize, u64) {
        let hash = u32::from_le_bytes([a, b, c, 0]).wrapping_mul(0x9e37_79b1) >> 21;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Tells whether a line may start with `key`: `false` is certain.
    #[inline]
    fn may_hold(&self, key: &[u8]) -> bool {
        let [a, b, c, ..] = *key else { return true };
        let (word, bit) = Starts::bit(a, b, c);
        self.three[word] & bit != 0
    }

    /// Tells whether any line starts with `byte`.
    #[inline]
    fn holds_first(&self, byte: u8) -> bool {
        self.first[usize::from(byte)] != self.first[usize::from(byte) + 1]
    }
}

/// Declares the lists: one line each.
macro_rules! phrases {
    ($($name:ident $file:literal;)*) => {
        $(#[doc = concat!("The phrases of `lists/", $file, ".txt`.")]
          pub(crate) const $name: Phrases = {
              const TEXT: &str = include_str!(concat!("lists/", $file, ".txt"));
              static STARTS: Starts = Starts::of(TEXT);
              static WHOLE: [u64; words_for(TEXT)] = bits_of(TEXT, true);
              static FIRSTS: [u64; words_for(TEXT)] = bits_of(TEXT, false);
              Phrases { text: TEXT, starts: &STARTS, whole: &WHOLE, firsts: &FIRSTS }
          };)*

        #[cfg(test)]
        const ALL: &[(&str, Phrases)] = &[$(($file, $name),)*];
    };
}

phrases! {
    AGENCY "frame_agency";
    AGO "frame_ago";
    BODY "frame_body";
    BY "frame_by";
    COLLECTIVE "frame_collective";
    COMMON "frame_common";
    CONTRIBUTION "frame_contribution";
    CREDENTIAL "frame_credential";
    CUE_AFTER "cue_after";
    CUE_OBJECT "cue_object";
    DATE_LABEL "frame_date_label";
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
    SECTION "frame_section";
    SOCIETY "society";
    STAFF "frame_staff";
    STATE "frame_state";
    TAIL "frame_tail";
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
}

impl Key {
    const fn new() -> Key {
        Key { bytes: [0; LONGEST + 8], len: 0 }
    }

    /// Adds a character; `false` when the key is full.
    fn push(&mut self, c: char) -> bool {
        if c.is_ascii() {
            if self.len >= LONGEST {
                return false;
            }
            self.bytes[self.len] = c.to_ascii_lowercase() as u8;
            self.len += 1;
            return true;
        }
        let c = if c == '’' { '\'' } else { c };
        c.to_lowercase().all(|lower| {
            let fits = self.len + 4 <= LONGEST;
            if fits {
                self.len += lower.encode_utf8(&mut self.bytes[self.len..]).len();
            }
            fits
        })
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// What a look-up found.
#[derive(PartialEq, Eq)]
enum Found {
    /// The phrase itself.
    Whole,
    /// Only longer phrases that start with it.
    Longer,
    Nothing,
}

impl Phrases {
    /// Tells whether `text` as a whole is in the list, whatever its case. Logarithmic in the list.
    pub(crate) fn has(self, text: &str) -> bool {
        if text.len() > LONGEST {
            return false;
        }
        if text.is_ascii() && !self.may_be(Hash::of(text)) {
            return false;
        }
        let mut key = Key::new();
        text.chars().all(|c| key.push(c)) && self.find(key.as_bytes()) == Found::Whole
    }

    /// Tells whether a word with this hash may be in the list: `false` is certain. Constant time.
    #[inline]
    pub(crate) fn may_be(self, hash: Hash) -> bool {
        let (word, bit) = place(hash, self.whole.len());
        self.whole[word] & bit != 0
    }

    /// Tells whether a phrase may stand at the start of `text`: `false` is certain. Constant time.
    #[inline]
    pub(crate) fn may_start(self, text: &str) -> bool {
        let &[a, ref rest @ ..] = text.as_bytes() else { return false };
        if !a.is_ascii() {
            return true;
        }
        let a = a.to_ascii_lowercase();
        if !self.starts.holds_first(a) {
            return false;
        }
        let three = match *rest {
            // Two letters or digits more: no phrase ends within them.
            [b, c, ..]
                if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() && c.is_ascii_alphanumeric() =>
            {
                self.starts.may_hold(&[a, b.to_ascii_lowercase(), c.to_ascii_lowercase()])
            }
            _ => true,
        };
        three && self.may_start_with_word(text)
    }

    /// Tells whether a phrase starts with the letters and digits that `text` starts with.
    fn may_start_with_word(self, text: &str) -> bool {
        let mut hash = Hash::START;
        for byte in text.bytes().take(LONGEST) {
            if !byte.is_ascii() {
                return true;
            }
            if !byte.is_ascii_alphanumeric() {
                break;
            }
            hash = hash.push(byte);
        }
        let (word, bit) = place(hash, self.firsts.len());
        self.firsts[word] & bit != 0
    }

    fn find(self, key: &[u8]) -> Found {
        let Some(&first) = key.first() else { return Found::Longer };
        if !self.starts.may_hold(key) {
            return Found::Nothing;
        }
        let list = self.text.as_bytes();
        let bound = |byte: usize| self.starts.first[byte] as usize;
        let (mut low, mut high) = (bound(usize::from(first)), bound(usize::from(first) + 1));
        while low < high {
            let middle = low + (high - low) / 2;
            let start = memchr::memrchr(b'\n', &list[low..middle]).map_or(low, |i| low + i + 1);
            let end = memchr::memchr(b'\n', &list[start..]).map_or(list.len(), |i| start + i);
            match list[start..end].cmp(key) {
                core::cmp::Ordering::Equal => return Found::Whole,
                core::cmp::Ordering::Less => low = (end + 1).min(list.len()),
                core::cmp::Ordering::Greater => high = start,
            }
        }
        if list[low..].starts_with(key) { Found::Longer } else { Found::Nothing }
    }

    /// Returns the length of the longest phrase that `text` starts with and that ends where a word ends.
    pub(crate) fn prefix(self, text: &str) -> Option<usize> {
        if !self.may_start(text) {
            return None;
        }
        let mut best = None;
        let mut key = Key::new();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !key.push(c) {
                break;
            }
            let inside = c.is_alphanumeric() && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            if inside || c.is_whitespace() {
                continue;
            }
            match self.find(key.as_bytes()) {
                Found::Nothing => break,
                Found::Longer => {}
                Found::Whole => best = Some(at + c.len_utf8()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_lower_case_and_without_repeats() {
        for (name, list) in ALL {
            let lines: alloc::vec::Vec<&str> = list.text.lines().collect();
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
    fn phrases_are_found_whole_at_the_start_and_at_the_end() {
        assert!(AGENCY.has("Associated Press") && !AGENCY.has("Associated"));
        assert_eq!(AGENCY.prefix("Associated Press writer"), Some(16));
        assert_eq!(AGENCY.prefix("Apple"), None);
        assert_eq!(STAFF.suffix("Harrow Gazette News Desk"), Some(15));
        assert!(MONTH.has("Décembre") && !MONTH.has("Decembry"));
    }
}
