//! The word table as the token loop asks for it: one place for any hash, one comparison, no branch.
//!
//! A word of the text is in a list or not, and no processor guesses which; so nothing here branches on it. For each
//! group of words there is a number, its move, that sends all of them to places of their own ("hash, displace, and
//! compress", Belazzougui, Botelho and Dietzfelbinger 2009). `generate.rs` finds the moves: the compiler could, but
//! takes long.

use super::table::{BLOCKS, ENTRIES, LETTERS, MOVES, PLACES, STARTS};
use super::{Class, Hash, Word};

/// A word as it is compared and what it is; the last one stands for all that are in no list.
pub(super) struct Entry {
    key: Key,
    class: u64,
    hash: Hash,
    lemma: u16,
}

impl Entry {
    /// Makes an entry of the generated table: the halves of its key, its lists, its hash, its lemma.
    pub(super) const fn new(first: u64, second: u64, class: u64, hash: u32, lemma: u16) -> Entry {
        Entry { key: Key(first, second), class, hash: Hash(hash), lemma }
    }
}

/// The key of a word that is found by its text only, as it is longer: no word is all of these bytes.
#[cfg(test)]
pub(super) const LONG: Key = Key(u64::MAX, u64::MAX);

/// Two to the power of this are the slots.
const SLOT_BITS: u32 = PLACES.len().trailing_zeros();
/// Two to the power of this are the groups.
const GROUP_BITS: u32 = MOVES.len().trailing_zeros();

/// The first 16 bytes of a word in lower case, eight in each half. Letters, digits and the signs inside words
/// keep apart; other bytes need not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Key(pub(crate) u64, pub(crate) u64);

/// The bit that small letters have and capitals lack; digits and signs have it, too.
pub(crate) const LOWER: u64 = u64::from_ne_bytes([b' '; 8]);

impl Key {
    /// Packs the first `len` of `bytes`, at most 16.
    pub(crate) const fn of(bytes: &[u8], len: usize) -> Key {
        let (mut halves, mut i) = ([0; 2], 0);
        while i < len && i < 16 {
            halves[i / 8] |= ((bytes[i] | b' ') as u64) << (i % 8 * 8);
            i += 1;
        }
        Key(halves[0], halves[1])
    }

    /// The hash of a word of `len` bytes, at most 16.
    #[inline]
    pub(crate) fn hash(self, len: usize) -> Hash {
        let hash = Key::hash_half(Hash::START, self.0, len.min(8));
        if len > 8 { Key::hash_half(hash, self.1, len - 8) } else { hash }
    }

    /// Feeds the first `len` of eight bytes to a hash. All are fed, and what stood there after `len` is taken: no
    /// processor guesses how long words are.
    #[inline]
    fn hash_half(hash: Hash, half: u64, len: usize) -> Hash {
        let mut hashes = [hash; 9];
        for i in 0..8 {
            hashes[i + 1] = hashes[i].push_lower((half >> (8 * i)) as u8);
        }
        hashes[len.min(8)]
    }

    /// Spreads the key: cheaper than a hash that is fed byte by byte, which most words need nowhere else.
    #[inline]
    pub(super) const fn spread(self) -> u64 {
        let folded = self.0 ^ self.1.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
        folded.wrapping_mul(0xd6e8_feb8_6659_fd93)
    }
}

/// Looks up a word of at most 16 bytes of plain ASCII; a word in no list has no class, the first lemma, and its
/// hash is not known.
#[inline]
pub(crate) fn look_up_key(key: Key) -> Option<(Word, Hash)> {
    let entry = &ENTRIES[place(key)];
    let word = Word { class: Class(entry.class), lemma: entry.lemma };
    (entry.key.0 == key.0 && entry.key.1 == key.1).then_some((word, entry.hash))
}

/// Returns the place of the only word that may have this key; the number of words where there is none.
#[inline]
pub(super) fn place(key: Key) -> usize {
    let spread = key.spread();
    let moved = MOVES[group(spread, GROUP_BITS)];
    usize::from(PLACES[slot(spread, moved, SLOT_BITS)])
}

/// The group of a key among `1 << bits`.
#[inline]
pub(super) const fn group(spread: u64, bits: u32) -> usize {
    (spread >> (64 - bits)) as usize
}

/// The slot among `1 << bits` of a key whose group is moved by `moved`.
#[inline]
pub(super) const fn slot(spread: u64, moved: u16, bits: u32) -> usize {
    let mixed = ((spread >> 16) as u32 ^ (moved as u32).wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35);
    (mixed >> (32 - bits)) as usize
}

/// The key that a word is found by: of a longer word, its hash is a part of it.
pub(super) const fn key_of(word: &str) -> Key {
    let Key(first, second) = Key::of(word.as_bytes(), word.len());
    let more = if word.len() > 16 { Hash::of(word).0 as u64 } else { 0 };
    Key(first, second ^ more)
}

/// Returns a word and what it is, by its place; nothing for a place that is none.
pub(super) fn word(place: usize) -> (&'static str, Word) {
    let Some(entry) = ENTRIES.get(place) else { return ("", Word::default()) };
    (letters(place), Word { class: Class(entry.class), lemma: entry.lemma })
}

/// Tells whether the word at a place is `word`, whatever its case.
#[inline]
pub(super) fn is(place: usize, word: &str) -> Option<Word> {
    let entry = &ENTRIES[place.min(ENTRIES.len() - 1)];
    let letters = letters(place);
    let same = !letters.is_empty() && letters.eq_ignore_ascii_case(word);
    same.then_some(Word { class: Class(entry.class), lemma: entry.lemma })
}

/// How many words count where they start from the first of them, so that a number of 16 bits tells it.
pub(super) const BLOCK: usize = 256;

/// The letters of the word at a place; none where no word is.
#[inline]
fn letters(place: usize) -> &'static str {
    match [start(place), start(place + 1)] {
        [Some(start), Some(end)] => LETTERS.get(start..end).unwrap_or_default(),
        _ => "",
    }
}

#[inline]
fn start(place: usize) -> Option<usize> {
    Some(*BLOCKS.get(place / BLOCK)? as usize + usize::from(*STARTS.get(place)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_place() {
        for (at, entry) in ENTRIES[..ENTRIES.len() - 1].iter().enumerate() {
            let (word, found) = super::word(at);
            assert_eq!(place(key_of(word)), at, "{word}");
            assert_eq!(found, Word { class: Class(entry.class), lemma: entry.lemma }, "{word}");
            assert_eq!(is(at, &word.to_ascii_uppercase()), Some(found), "{word}");
            if word.len() <= 16 {
                assert_eq!(look_up_key(key_of(word)), Some((found, Hash::of(word))), "{word}");
            }
            if word.len() <= 16 && word.is_ascii() {
                assert_eq!(key_of(word).hash(word.len()), Hash::of(word), "{word}");
            }
        }
        assert_eq!(look_up_key(key_of("zymurgist")), None);
        assert_eq!(look_up_key(Key::default()), None);
        assert_eq!(super::word(ENTRIES.len() - 1).0, "");
    }
}
