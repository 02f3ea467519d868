//! The weights file: what training learned, in the form that parsing reads.
//!
//! All numbers are little-endian. The file is read where it lies, nothing is unpacked.
//!
//! | bytes | hold |
//! |---|---|
//! | 4 | `PQWT` |
//! | 4 | [`VERSION`] |
//! | 4 | [`feature::scheme_hash`]: the labels, atoms and templates that the weights belong to |
//! | 4 | slots of the lexicon, a power of two |
//! | 4 × 4 | slots of the tables: shared features, the second pass's own, transitions of the first pass, of the second |
//! | 4 each | the lexicon: a word's hash, its low bits replaced by what is known of it; 0 is an empty slot |
//! | … | the four tables |
//!
//! A table is `slots` tags of 2 bytes, then `slots` rows of signed bytes: one byte a label for a feature (twice that
//! for a shared one: the first pass's, then the second's), one a pair of labels for a transition. Slots form buckets of
//! [`BUCKET`]. A feature's hash gives its bucket (by its high bits) and its tag (the low ones); the next bucket is
//! tried where that one is full. The words of the training text cannot be read out of it.

use super::atom::Known;
use super::feature;
use super::label::LABELS;
use super::sequence::Token;

/// The version of the file's form.
pub const VERSION: u32 = 3;

/// The length of the header in bytes.
const HEADER: usize = 32;

/// How many slots a bucket has: their tags are compared at once.
pub const BUCKET: usize = 8;

/// How many buckets a look-up tries at most.
pub const PROBES: usize = 16;

/// Looks rows of weights up by feature.
#[derive(Debug, Clone, Copy)]
pub struct Table<'w> {
    tags: &'w [u8],
    rows: &'w [u8],
    slots: u32,
    width: usize,
}

/// Returns the bucket at which the search for a feature begins.
#[inline]
#[must_use]
pub const fn bucket(feature: u32, buckets: usize) -> usize {
    ((feature as u64 * buckets as u64) >> 32) as usize
}

/// Marks, by their highest bit, the lanes of 16 bits that hold `tag`. The lowest mark is exact; one above it may
/// be a lane that differs from the tag in its lowest bit alone.
#[inline]
const fn lanes(tags: u128, tag: u16) -> u128 {
    const ONES: u128 = u128::MAX / 0xffff;
    let differ = tags ^ (ONES * tag as u128);
    differ.wrapping_sub(ONES) & !differ & (ONES << 15)
}

/// Returns the tag of a feature; never 0, which marks an empty slot.
#[inline]
#[must_use]
pub const fn tag(feature: u32) -> u16 {
    let low = (feature & 0xffff) as u16;
    if low == 0 { 1 } else { low }
}

impl<'w> Table<'w> {
    /// Returns the row of a feature.
    #[inline]
    #[must_use]
    pub fn get(&self, feature: u32) -> Option<&'w [u8]> {
        let buckets = self.slots as usize / BUCKET;
        let mut at = bucket(feature, buckets);
        for _ in 0..PROBES {
            let tags = self.tags.get(at * 2 * BUCKET..(at + 1) * 2 * BUCKET)?;
            let tags = u128::from_le_bytes(tags.try_into().ok()?);
            let found = lanes(tags, tag(feature));
            if found != 0 {
                let row = at * BUCKET + found.trailing_zeros() as usize / 16;
                return self.rows.get(row * self.width..(row + 1) * self.width);
            }
            // What found its bucket full was put into the next one.
            if lanes(tags, 0) != 0 {
                return None;
            }
            at = if at + 1 == buckets { 0 } else { at + 1 };
        }
        None
    }
}

/// A weights file.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'w> {
    lexicon: &'w [u8],
    /// The features that both passes have: [`LABELS`] bytes for the first, then as many for the second.
    pub shared: Table<'w>,
    /// The features that only the second pass has: [`LABELS`] bytes.
    pub second: Table<'w>,
    /// The transitions of the first and the second pass: [`LABELS`] rows of [`LABELS`] bytes, by the label before.
    pub edges: [Table<'w>; 2],
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

impl<'w> Weights<'w> {
    /// Opens a weights file; `None` where it is damaged, or was learned for another form, labels or features.
    #[must_use]
    pub fn open(bytes: &'w [u8]) -> Option<Weights<'w>> {
        let right = bytes.starts_with(b"PQWT")
            && number(bytes, 4)? == VERSION
            && number(bytes, 8)? == feature::scheme_hash();
        let lexicon_slots = number(bytes, 12)? as usize;
        if !right || !lexicon_slots.is_power_of_two() {
            return None;
        }
        let mut rest = bytes.get(HEADER..)?;
        let lexicon = rest.split_off(..lexicon_slots.checked_mul(4)?)?;
        let mut table = |at: usize, width: usize| {
            let slots = number(bytes, at)?;
            let tags = rest.split_off(..(slots as usize).checked_mul(2)?)?;
            let rows = rest.split_off(..(slots as usize).checked_mul(width)?)?;
            Some(Table { tags, rows, slots, width })
        };
        let (shared, second) = (table(16, 2 * LABELS)?, table(20, LABELS)?);
        let edges = [table(24, LABELS * LABELS)?, table(28, LABELS * LABELS)?];
        Some(Weights { lexicon, shared, second, edges })
    }

    /// Opens the file that the library carries.
    #[must_use]
    pub fn embedded() -> Option<Weights<'static>> {
        Weights::open(include_bytes!("weights.bin"))
    }

    /// Returns what the learned lexicon knows of a token.
    #[must_use]
    pub fn known(&self, token: &Token) -> Known {
        let word = self.look_up(token.word);
        Known {
            cue: (word & 3) as u8,
            company: (word >> 2 & 0x7f) as u8,
            stem: (self.look_up(token.stem ^ STEM) & 3) as u8,
        }
    }

    fn look_up(&self, name: u32) -> u32 {
        let mask = self.lexicon.len() / 4 - 1;
        let mut at = lexicon_slot(name, mask);
        for _ in 0..=mask {
            match number(self.lexicon, at * 4) {
                None | Some(0) => return 0,
                Some(found) if (found ^ name) >> KNOWN_BITS == 0 => return found,
                Some(_) => at = (at + 1) & mask,
            }
        }
        0
    }
}

/// How many low bits of an entry of the lexicon hold what is known; the others are the hash's.
pub const KNOWN_BITS: u32 = 9;

/// Tells the entries of stems from those of words.
pub const STEM: u32 = 0x5bd1_e995;

/// Returns the slot at which the search for a word begins.
#[must_use]
pub const fn lexicon_slot(word: u32, mask: usize) -> usize {
    ((word >> KNOWN_BITS).wrapping_mul(0x9e37_79b9) >> 8) as usize & mask
}
