//! The weights file: what training learned, in the form that parsing reads.
//!
//! All numbers are little-endian. The file is read where it lies, nothing is unpacked.
//!
//! | bytes | hold |
//! |---|---|
//! | 4 | `PQWT` |
//! | 4 | [`VERSION`] |
//! | 4 | [`feature::scheme_hash`]: the labels, atoms and templates that the weights belong to |
//! | 4 | [`Weights::lean`] |
//! | 4 × 3 | how long these parts are: lexicon, words, context rows |
//! | 36 | nothing: what follows begins at a line of the cache |
//! | 16 × [`ROWS`] | the rows: a weight a lane ([`lane`](super::label::lane)); row 0 says nothing |
//! | 128 each | the context rows: 16-bit weights of the transitions, as [`Context`] has them |
//! | 8 each | the lexicon: a word's hash and what is known of it ([`pack`]); an open table, 0 for an empty slot |
//! | 1 × [`ROWS`] | the tags of the rows |
//! | 1 × [`SEEDS`] | the seeds of the hashed features |
//! | 72 each | the words: for each place from [`SPREAD`] before the word to as many after it, a weight a lane, each a fourth; then 2 bytes of nothing |
//! | 2 × [`feature::DENSE`] | the row of each dense feature, 0 for none |
//! | 2 × [`feature::CONTEXTS`] | the contexts: the row of each, 0 for none |
//!
//! A weight of a feature is a byte, 128 more than it is worth: what is the same for all labels changes nothing. That of a
//! word is a signed byte. A hashed feature's row is found by a perfect hash (Belazzougui, Botelho and
//! Dietzfelbinger 2009): its hash gives a bucket, the bucket's seed and the hash give the row, and the tag there tells
//! whether the row is its own: of features that have none, one in 256 gets that of another. Tags stand by themselves, so
//! that those features touch little memory. There are as many rows as a number of 16 bits can tell apart, so that no number of
//! a row need be checked. The words of the training text cannot be read out of the file.

use super::atom::Known;
use super::feature::{self, SPREAD};
use super::label::{BEGINS, LANES, USED};

/// The version of the file's form.
pub const VERSION: u32 = 7;

/// The length of the header in bytes: that of a line of the cache, so that no row lies in two of them.
pub const HEADER: usize = 64;
/// How many bytes of the header tell something.
const TOLD: usize = 28;

/// The length of a word's row: the used lanes for each place, and what a load of 16 bytes reads beyond.
pub const WORD: usize = (2 * SPREAD + 1) * USED + LANES - USED;
/// The length of a feature's row.
pub const ROW: usize = LANES;
/// The length of a context's row in bytes.
pub const CONTEXT: usize = size_of::<Context>();

/// The weights of transitions, eight lanes each: from each part, however long it is, to each label that begins one,
/// then from each beginning to its going on ([`STARTED`]) and from each going on to itself ([`STAYED`]).
pub type Context = [[i16; LANES / 2]; BEGINS + 2];
/// The place in a context of the weights from beginnings to their going on.
pub const STARTED: usize = BEGINS;
/// The place in a context of the weights from each going on to itself.
pub const STAYED: usize = BEGINS + 1;

/// How many rows there are.
pub const ROWS: usize = 1 << 16;
/// How many seeds there are, a power of two.
pub const SEEDS: usize = 1 << 14;

/// Returns the bucket of a hashed feature.
#[inline]
#[must_use]
pub const fn bucket(feature: u32) -> usize {
    (feature >> (u32::BITS - SEEDS.ilog2())) as usize
}

/// Returns the row of a hashed feature whose bucket has `seed`.
#[inline]
#[must_use]
pub const fn slot(feature: u32, seed: u8) -> u16 {
    ((feature ^ seed as u32).wrapping_mul(0x2c1b_3c6d) >> 16) as u16
}

/// Returns the tag of a hashed feature.
#[inline]
#[must_use]
pub const fn tag(feature: u32) -> u8 {
    feature as u8
}

/// Packs what is known of a word.
#[must_use]
pub const fn pack(known: Known) -> u32 {
    known.row as u32
        | (known.company as u32) << 14
        | (known.common as u32) << 21
        | (known.cue as u32) << 28
        | (known.stem as u32) << 30
}

const fn unpack(bits: u32) -> Known {
    Known {
        row: (bits & 0x3fff) as u16,
        company: (bits >> 14 & 0x7f) as u8,
        common: (bits >> 21 & 0x7f) as u8,
        cue: (bits >> 28 & 3) as u8,
        stem: (bits >> 30) as u8,
    }
}

/// Tells the entries of stems from those of words.
pub const STEM: u32 = 0x5bd1_e995;

/// Returns the slot at which the search for a word begins; `mask` is the number of slots, a power of two, less one.
#[inline]
#[must_use]
pub const fn lexicon_slot(word: u32, mask: usize) -> usize {
    (word.wrapping_mul(0x9e37_79b9) >> 12) as usize & mask
}

/// All rows of weights.
pub type Rows = [[u8; ROW]; ROWS];

/// A weights file.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'w> {
    lexicon: &'w [[u8; 8]],
    words: &'w [[u8; WORD]],
    rows: &'w Rows,
    tags: &'w [u8; ROWS],
    seeds: &'w [u8; SEEDS],
    dense: &'w [[u8; 2]; feature::DENSE],
    contexts: &'w [[u8; 2]],
    edges: &'w [[u8; CONTEXT]],
    /// What is taken from the score of a quoted token that belongs to nothing.
    pub lean: i16,
}

impl<'w> Weights<'w> {
    /// Opens a weights file; `None` where it is damaged, or was learned for another form, labels or features.
    #[must_use]
    pub fn open(bytes: &'w [u8]) -> Option<Weights<'w>> {
        let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
        let right =
            bytes.starts_with(b"PQWT") && number(4)? == VERSION && number(8)? == feature::scheme_hash();
        if !right || bytes.get(TOLD..HEADER)?.iter().any(|b| *b != 0) {
            return None;
        }
        let mut rest = bytes.get(HEADER..)?;
        fn part<'w, const N: usize>(rest: &mut &'w [u8], count: usize) -> Option<&'w [[u8; N]]> {
            let (rows, over) = rest.split_off(..count.checked_mul(N)?)?.as_chunks();
            over.is_empty().then_some(rows)
        }
        let length = |at: usize| number(at).map(|n| n as usize);
        let lean = i16::try_from(number(12)?).ok()?;
        let rows = part(&mut rest, ROWS)?.try_into().ok()?;
        let edges = part(&mut rest, length(24)?)?;
        let lexicon = part(&mut rest, length(16)?)?;
        let tags = rest.split_off(..ROWS)?.try_into().ok()?;
        let seeds = rest.split_off(..SEEDS)?.try_into().ok()?;
        let words = part(&mut rest, length(20)?)?;
        let dense = part(&mut rest, feature::DENSE)?.try_into().ok()?;
        let contexts = part(&mut rest, feature::CONTEXTS)?;
        let weights = Weights { lexicon, words, rows, tags, seeds, dense, contexts, edges, lean };
        (lexicon.len().is_power_of_two() && rest.is_empty()).then_some(weights)
    }

    /// Opens the file that the library carries.
    #[must_use]
    pub fn embedded() -> Option<Weights<'static>> {
        /// Bytes that begin at a line of the cache.
        #[repr(align(64))]
        struct Lines<const N: usize>([u8; N]);
        const BYTES: &[u8] = include_bytes!("weights.bin");
        static FILE: Lines<{ BYTES.len() }> = Lines(*include_bytes!("weights.bin"));
        Weights::open(&FILE.0)
    }

    /// Returns what is known of a word, or of a stem whose hash is changed by [`STEM`].
    #[inline]
    #[must_use]
    pub fn known(&self, word: u32) -> Option<Known> {
        let mask = self.lexicon.len() - 1;
        let mut at = lexicon_slot(word, mask);
        for _ in 0..=mask {
            let [a, b, c, d, e, f, g, h] = *self.lexicon.get(at)?;
            match (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])) {
                (0, 0) => return None,
                (name, bits) if name == word => return Some(unpack(bits)),
                _ => at = (at + 1) & mask,
            }
        }
        None
    }

    /// Returns the weights of a word with a row, for each place around it.
    #[inline]
    #[must_use]
    pub fn word(&self, known: Known) -> Option<&'w [u8; WORD]> {
        self.words.get((known.row as usize).wrapping_sub(1))
    }

    /// Returns all rows.
    #[inline]
    #[must_use]
    pub fn rows(&self) -> &'w Rows {
        self.rows
    }

    /// Returns the row of a dense feature.
    #[inline]
    #[must_use]
    pub fn dense(&self, feature: u32) -> u16 {
        self.dense.get(feature as usize).map_or(0, |row| u16::from_le_bytes(*row))
    }

    /// Returns the row of a hashed feature, 0 where it has none.
    #[inline]
    #[must_use]
    pub fn hashed(&self, feature: u32) -> u16 {
        let slot = slot(feature, self.seeds[bucket(feature)]);
        // Whether the row is the feature's own is hard to foretell: a mask costs less than a wrong guess. (Of a choice
        // the compiler makes a branch, whatever it is told of how hard that is to foretell.)
        let other = u32::from(self.tags[slot as usize] ^ tag(feature));
        slot & (other.wrapping_sub(1) >> 16) as u16
    }

    /// Returns the weights of a context of transitions.
    #[inline]
    #[must_use]
    pub fn context(&self, context: u32) -> &'w [u8; CONTEXT] {
        const NOTHING: [u8; CONTEXT] = [0; CONTEXT];
        let row = self.contexts.get(context as usize).map(|row| u16::from_le_bytes(*row));
        row.and_then(|row| self.edges.get(row as usize)).unwrap_or(&NOTHING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_packed_and_unpacked() {
        for known in [
            Known::default(),
            Known { cue: 3, stem: 2, company: 99, common: 127, row: 0x3fff },
            Known { cue: 1, stem: 0, company: 1, common: 0, row: 1 },
        ] {
            assert_eq!(unpack(pack(known)), known);
        }
    }

    #[test]
    fn damaged_files_are_refused() {
        let whole = include_bytes!("weights.bin");
        assert!(Weights::open(whole).is_some());
        for end in [0, 3, 4, HEADER, 1000, whole.len() - 1] {
            assert!(Weights::open(&whole[..end]).is_none(), "cut at {end}");
        }
        // Any number will do as the lean.
        for at in (0..12).chain(16..HEADER) {
            let mut bytes = whole.to_vec();
            bytes[at] ^= 0x10;
            assert!(Weights::open(&bytes).is_none(), "byte {at} changed");
        }
    }
}
