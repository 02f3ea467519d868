//! The weights file: what training learned, in the form that parsing reads.
//!
//! All numbers are little-endian. The file is read where it lies, nothing is unpacked.
//!
//! | bytes | hold |
//! |---|---|
//! | 4 | `PQWT` |
//! | 4 | [`VERSION`] |
//! | 4 | [`feature::scheme_hash`]: the labels, atoms and templates that the weights belong to |
//! | 4 | slots of the cue lexicon, a power of two |
//! | 4 × 4 | slots of the tables: features and transitions of the first pass, then of the second |
//! | 4 each | the cue lexicon: a word's hash, its last two bits replaced by its class; 0 is an empty slot |
//! | … | the four tables |
//!
//! A table is `slots` tags of 2 bytes, then `slots` rows of signed bytes: one byte a label for a feature, one a
//! pair of labels for a transition. A feature's hash gives its slot (by its high bits) and its tag (the low
//! ones); the next slots are tried until one is empty. The words of the training text cannot be read out of it.

use super::feature;
use super::label::LABELS;

/// The version of the file's form.
pub const VERSION: u32 = 1;

/// The length of the header in bytes.
const HEADER: usize = 32;

/// How many slots a look-up tries at most.
pub const PROBES: usize = 64;

/// Looks rows of weights up by feature.
#[derive(Debug, Clone, Copy)]
pub struct Table<'w> {
    tags: &'w [u8],
    rows: &'w [u8],
    slots: u32,
    width: usize,
}

/// Returns the slot at which the search for a feature begins.
#[inline]
#[must_use]
pub const fn slot(feature: u32, slots: u32) -> usize {
    ((feature as u64 * slots as u64) >> 32) as usize
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
        let [a, b] = tag(feature).to_le_bytes();
        let mut at = slot(feature, self.slots);
        for _ in 0..PROBES {
            match self.tags.get(at * 2..at * 2 + 2)? {
                [0, 0] => return None,
                found if found == [a, b] => return self.rows.get(at * self.width..(at + 1) * self.width),
                _ => at += 1,
            }
            if at == self.slots as usize {
                at = 0;
            }
        }
        None
    }
}

/// The tables of one pass.
#[derive(Debug, Clone, Copy)]
pub struct Pass<'w> {
    /// The weights of features: [`LABELS`] bytes a row.
    pub nodes: Table<'w>,
    /// The weights of transitions: [`LABELS`] rows of [`LABELS`] bytes, by the label before.
    pub edges: Table<'w>,
}

/// A weights file.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'w> {
    cues: &'w [u8],
    /// The first and the second pass.
    pub passes: [Pass<'w>; 2],
    /// What is taken from the score of [`OUT`](super::label::OUT) in each pass, so that less is missed.
    pub bias: [i32; 2],
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
        let cue_slots = number(bytes, 12)? as usize;
        if !right || !cue_slots.is_power_of_two() {
            return None;
        }
        let mut rest = bytes.get(HEADER..)?;
        let cues = rest.split_off(..cue_slots.checked_mul(4)?)?;
        let mut table = |at: usize, width: usize| {
            let slots = number(bytes, at)?;
            let tags = rest.split_off(..(slots as usize).checked_mul(2)?)?;
            let rows = rest.split_off(..(slots as usize).checked_mul(width)?)?;
            Some(Table { tags, rows, slots, width })
        };
        let first = Pass { nodes: table(16, LABELS)?, edges: table(20, LABELS * LABELS)? };
        let second = Pass { nodes: table(24, LABELS)?, edges: table(28, LABELS * LABELS)? };
        Some(Weights { cues, passes: [first, second], bias: [0, 0] })
    }

    /// Opens the file that the library carries.
    #[must_use]
    pub fn embedded() -> Option<Weights<'static>> {
        Weights::open(include_bytes!("weights.bin"))
    }

    /// Returns the class of a word in the learned cue lexicon: 0 for hardly ever a cue, to 3 for mostly one.
    #[must_use]
    pub fn cue_class(&self, word: u32) -> u8 {
        let mask = self.cues.len() / 4 - 1;
        let mut at = cue_slot(word, mask);
        for _ in 0..=mask {
            match number(self.cues, at * 4) {
                None | Some(0) => return 0,
                Some(found) if found & !3 == word & !3 => return (found & 3) as u8,
                Some(_) => at = (at + 1) & mask,
            }
        }
        0
    }
}

/// Returns the slot at which the search for a word begins.
#[must_use]
pub const fn cue_slot(word: u32, mask: usize) -> usize {
    (word.wrapping_mul(0x9e37_79b9) >> 8) as usize & mask
}
