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
//! | 4 × 6 | how long the parts below are: lexicon, words, dense rows, seeds, hashed rows, context rows |
//! | 8 each | the lexicon: a word's hash and what is known of it ([`pack`]); an open table, 0 for an empty slot |
//! | 60 each | the words: for each place from [`SPREAD`] before the word to as many after it, 11 weights, each a fourth; then 5 bytes of nothing |
//! | 2 × [`feature::DENSE`] | the dense features: the row of each, 0 for none |
//! | 16 each | the dense rows: 11 weights, then nothing |
//! | 1 each | the seeds of the hashed features |
//! | 16 each | the hashed rows: 11 weights, three bytes of nothing, a tag |
//! | 2 × [`feature::CONTEXTS`] | the contexts: the row of each, 0 for none |
//! | 208 each | the context rows: 16-bit weights of the transitions, as [`Context`] has them |
//!
//! A weight of a feature is a byte, 128 more than it is worth: what is the same for all labels changes nothing. That of a
//! word is a signed byte. A hashed feature's row is found by a perfect hash (Belazzougui, Botelho and
//! Dietzfelbinger 2009): its hash gives a bucket, the bucket's seed and the hash give the row, and the tag there tells
//! whether the row is its own. The words of the training text cannot be read out of the file.

use super::atom::Known;
use super::feature::{self, SPREAD};
use super::label::LABELS;

/// The version of the file's form.
pub const VERSION: u32 = 4;

/// The length of the header in bytes.
const HEADER: usize = 40;

/// The length of a word's row: a stretch of labels for each place, and what a load of 16 bytes reads beyond.
pub const WORD: usize = (2 * SPREAD + 1) * LABELS + 16 - LABELS;
/// The length of a feature's row.
pub const ROW: usize = 16;
/// Where in a hashed row its tag stands.
pub const TAG: usize = 14;
/// The length of a context's row, in numbers of 16 bits: see [`Context`].
pub const CONTEXT: usize = LABELS * 8 + 16;

/// The weights of transitions: from each label to each that begins (8 lanes, the last two unused), then from each
/// beginning to its going on and from each going on to itself (8 lanes each, the last three unused).
pub type Context = [i16; CONTEXT];

/// Returns the bucket of a hashed feature.
#[inline]
#[must_use]
pub const fn bucket(feature: u32, buckets: usize) -> usize {
    ((feature as u64 * buckets as u64) >> 32) as usize
}

/// Returns the row of a hashed feature whose bucket has `seed`. Row 0 is that of features without weights.
#[inline]
#[must_use]
pub const fn slot(feature: u32, seed: u8, slots: usize) -> usize {
    let h = (feature ^ (seed as u32 + 1).wrapping_mul(0x9e37_79b1)).wrapping_mul(0x2c1b_3c6d);
    1 + ((h as u64 * (slots as u64 - 1)) >> 32) as usize
}

/// Returns the tag of a hashed feature.
#[inline]
#[must_use]
pub const fn tag(feature: u32) -> [u8; 2] {
    ((feature & 0xffff) as u16).to_le_bytes()
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

/// A weights file.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'w> {
    lexicon: &'w [[u8; 8]],
    words: &'w [[u8; WORD]],
    dense: &'w [[u8; 2]],
    rows: &'w [[u8; ROW]],
    seeds: &'w [u8],
    hashed: &'w [[u8; ROW]],
    contexts: &'w [[u8; 2]],
    edges: &'w [[u8; 2 * CONTEXT]],
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
        if !right {
            return None;
        }
        let mut rest = bytes.get(HEADER..)?;
        fn part<'w, const N: usize>(rest: &mut &'w [u8], count: usize) -> Option<&'w [[u8; N]]> {
            let (rows, over) = rest.split_off(..count.checked_mul(N)?)?.as_chunks();
            over.is_empty().then_some(rows)
        }
        let lean = i16::try_from(number(12)?).ok()?;
        let mut count = 12;
        let mut length = || {
            count += 4;
            number(count).map(|n| n as usize)
        };
        let lexicon = part(&mut rest, length()?)?;
        let words = part(&mut rest, length()?)?;
        let dense = part(&mut rest, feature::DENSE)?;
        let rows = part(&mut rest, length()?)?;
        let seeds = rest.split_off(..length()?)?;
        let hashed = part(&mut rest, length()?)?;
        let contexts = part(&mut rest, feature::CONTEXTS)?;
        let edges = part(&mut rest, length()?)?;
        if hashed.is_empty() || lexicon.is_empty() {
            return None;
        }
        let weights = Weights { lexicon, words, dense, rows, seeds, hashed, contexts, edges, lean };
        (lexicon.len().is_power_of_two() && rest.is_empty()).then_some(weights)
    }

    /// Opens the file that the library carries.
    #[must_use]
    pub fn embedded() -> Option<Weights<'static>> {
        Weights::open(include_bytes!("weights.bin"))
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

    /// Returns the row of a dense feature.
    #[inline]
    #[must_use]
    pub fn dense(&self, feature: u32) -> Option<&'w [u8; ROW]> {
        let row = u16::from_le_bytes(*self.dense.get(feature as usize)?);
        self.rows.get(row as usize)
    }

    /// Returns the row of a hashed feature, that of nothing where it has none.
    #[inline]
    #[must_use]
    pub fn hashed(&self, feature: u32) -> Option<&'w [u8; ROW]> {
        let seed = *self.seeds.get(bucket(feature, self.seeds.len()))?;
        let slot = slot(feature, seed, self.hashed.len());
        let row = self.hashed.get(slot)?;
        // Whether the row is the feature's own is hard to foretell: reading another one costs less than a wrong guess.
        let own = usize::from([row[TAG], row[TAG + 1]] == tag(feature));
        self.hashed.get(slot & own.wrapping_neg())
    }

    /// Returns the weights of a context of transitions.
    #[inline]
    #[must_use]
    pub fn context(&self, context: u32) -> &'w [u8; 2 * CONTEXT] {
        const NOTHING: [u8; 2 * CONTEXT] = [0; 2 * CONTEXT];
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
