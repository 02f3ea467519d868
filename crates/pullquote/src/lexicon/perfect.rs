//! The word table as the token loop asks for it: one place for any hash, one comparison, no branch.
//!
//! A word of the text is in a list or not, and no processor guesses which; so nothing here branches on it. The
//! compiler finds for each group of words a number that sends all of them to places of their own ("hash,
//! displace, and compress", Belazzougui, Botelho and Dietzfelbinger 2009).

use super::table::WORDS;
use super::{Class, Hash, Word};

/// A word as it is compared and what it is; the last one stands for all that are in no list.
struct Entry {
    key: u128,
    class: u64,
    /// Where its letters start in [`LETTERS`], and how many there are.
    start: u32,
    lemma: u16,
    len: u8,
}

/// Two to the power of this are the places, twice the number of words or less.
const PLACE_BITS: u32 = (WORDS.len() * 3 / 2).next_power_of_two().trailing_zeros();
/// Two to the power of this are the groups.
const GROUP_BITS: u32 = PLACE_BITS - 2;
/// No group holds more words.
const MOST: usize = 24;

/// Packs the first `len` bytes of `bytes`, at most 16, in lower case. Letters, digits and the signs inside
/// words keep apart; other bytes need not.
#[inline]
pub(crate) const fn key(bytes: [u8; 16], len: usize) -> u128 {
    const LOWER: u128 = u128::from_le_bytes([b' '; 16]);
    let kept = if len < 16 { (1 << (len * 8)) - 1 } else { u128::MAX };
    (u128::from_le_bytes(bytes) | LOWER) & kept
}

/// Looks up a word of at most 16 bytes of plain ASCII that is given as [`key`] folds it; a word in no list
/// has no class, and the first lemma.
#[inline]
pub(crate) fn look_up_key(key: u128, hash: Hash) -> Word {
    let entry = &ENTRIES[place(hash)];
    let same = entry.key == key;
    Word { class: Class(if same { entry.class } else { 0 }), lemma: if same { entry.lemma } else { 0 } }
}

/// Returns the place of the only word that may have this hash; the number of words where there is none.
#[inline]
pub(super) fn place(hash: Hash) -> usize {
    let moved = MOVES[hash.slot(GROUP_BITS)];
    usize::from(PLACES[slot(hash, moved)])
}

/// The slot of a hash whose group is moved by `moved`.
#[inline]
const fn slot(hash: Hash, moved: u16) -> usize {
    let mixed = (hash.0 ^ (moved as u32).wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35);
    (mixed >> (32 - PLACE_BITS)) as usize
}

/// Returns a word and what it is, by its place; nothing for a place that is none.
pub(super) fn word(place: usize) -> (&'static str, Word) {
    let Some(entry) = ENTRIES.get(place) else { return ("", Word::default()) };
    let letters = LETTERS.get(entry.start as usize..).and_then(|rest| rest.get(..usize::from(entry.len)));
    let letters = letters.and_then(|l| core::str::from_utf8(l).ok()).unwrap_or_default();
    (letters, Word { class: Class(entry.class), lemma: entry.lemma })
}

/// Tells whether the word at a place is `word`, whatever its case.
#[inline]
pub(super) fn is(place: usize, word: &str) -> Option<Word> {
    let entry = &ENTRIES[place.min(WORDS.len())];
    let letters = LETTERS.get(entry.start as usize..).and_then(|rest| rest.get(..usize::from(entry.len)))?;
    let same = !letters.is_empty() && letters.eq_ignore_ascii_case(word.as_bytes());
    same.then_some(Word { class: Class(entry.class), lemma: entry.lemma })
}

/// The letters of all words, one after the other: a table of texts would hold two numbers for each, and one that
/// the loader has to set when the program starts.
static LETTERS: [u8; LETTERS_LEN] = {
    let (mut letters, mut to, mut at) = ([0; LETTERS_LEN], 0, 0);
    while at < WORDS.len() {
        let (word, mut i) = (WORDS[at].0.as_bytes(), 0);
        while i < word.len() {
            letters[to] = word[i];
            (to, i) = (to + 1, i + 1);
        }
        at += 1;
    }
    letters
};

const LETTERS_LEN: usize = {
    let (mut len, mut at) = (0, 0);
    while at < WORDS.len() {
        len += WORDS[at].0.len();
        at += 1;
    }
    len
};

static ENTRIES: [Entry; WORDS.len() + 1] = {
    let mut entries = [const { Entry { key: 0, class: 0, start: 0, lemma: 0, len: 0 } }; WORDS.len() + 1];
    let (mut at, mut start) = (0, 0);
    while at < WORDS.len() {
        let (word, class, lemma) = WORDS[at];
        let word = word.as_bytes();
        let (mut bytes, mut i) = ([0; 16], 0);
        while i < word.len() && i < 16 {
            bytes[i] = word[i];
            i += 1;
        }
        // A longer word is found by its text only: no key is 0.
        let key = if word.len() <= 16 { key(bytes, word.len()) } else { 0 };
        assert!(word.len() <= u8::MAX as usize, "a word is too long");
        entries[at] = Entry { key, class, start, lemma, len: word.len() as u8 };
        start += word.len() as u32;
        at += 1;
    }
    entries
};

struct Tables {
    moves: [u16; 1 << GROUP_BITS],
    places: [u16; 1 << PLACE_BITS],
}

static MOVES: [u16; 1 << GROUP_BITS] = TABLES.moves;
static PLACES: [u16; 1 << PLACE_BITS] = TABLES.places;

/// Finds the moves, the largest groups first, while there is room.
#[allow(long_running_const_eval, reason = "some hundred thousand steps, once")]
const TABLES: Tables = {
    assert!(WORDS.len() < u16::MAX as usize, "more words than a place can tell");
    let none = WORDS.len() as u16;
    let mut tables = Tables { moves: [0; 1 << GROUP_BITS], places: [none; 1 << PLACE_BITS] };
    // The words of a group are a list: its first one, and after each the next.
    let mut first = [none; 1 << GROUP_BITS];
    let mut next = [none; WORDS.len()];
    let mut hashes = [Hash::START; WORDS.len()];
    let mut sizes = [0u8; 1 << GROUP_BITS];
    let mut at = 0;
    while at < WORDS.len() {
        hashes[at] = Hash::of(WORDS[at].0);
        let group = hashes[at].slot(GROUP_BITS);
        (next[at], first[group]) = (first[group], at as u16);
        sizes[group] += 1;
        at += 1;
    }
    let mut size = MOST;
    while size > 0 {
        let mut group = 0;
        while group < sizes.len() {
            assert!(sizes[group] as usize <= MOST, "a group of words is too large");
            if sizes[group] as usize == size {
                let mut moved = 0;
                while !fits(&tables.places, &hashes, &next, first[group], moved) {
                    // Only two words with one hash come to this: give `Hash` another start.
                    assert!(moved < u16::MAX, "no room for a group of words");
                    moved += 1;
                }
                tables.moves[group] = moved;
                let mut word = first[group];
                while word != none {
                    tables.places[slot(hashes[word as usize], moved)] = word;
                    word = next[word as usize];
                }
            }
            group += 1;
        }
        size -= 1;
    }
    tables
};

/// Tells whether the words of a group have free slots of their own when it is moved.
const fn fits(places: &[u16], hashes: &[Hash], next: &[u16], first: u16, moved: u16) -> bool {
    let none = WORDS.len() as u16;
    let mut word = first;
    while word != none {
        let here = slot(hashes[word as usize], moved);
        if places[here] != none {
            return false;
        }
        let mut other = next[word as usize];
        while other != none {
            if slot(hashes[other as usize], moved) == here {
                return false;
            }
            other = next[other as usize];
        }
        word = next[word as usize];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_place() {
        for (at, (word, class, lemma)) in WORDS.iter().enumerate() {
            assert_eq!(place(Hash::of(word)), at, "{word}");
            assert_eq!(super::word(at), (*word, Word { class: Class(*class), lemma: *lemma }));
            let mut bytes = [b'.'; 16];
            if let Some(start) = bytes.get_mut(..word.len()) {
                start.copy_from_slice(word.as_bytes());
                let found = look_up_key(key(bytes, word.len()), Hash::of(word));
                assert_eq!(found, Word { class: Class(*class), lemma: *lemma }, "{word}");
            }
        }
        let word = *b"zymurgist.......";
        assert_eq!(look_up_key(key(word, 9), Hash::of("zymurgist")).class, Class::NONE);
    }
}
