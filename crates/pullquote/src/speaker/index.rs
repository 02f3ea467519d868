//! `Index`: ways to find one of the cast without looking at all of them.

use alloc::vec::Vec;

use crate::lexicon::Hash;

/// How many that share a key are looked at, the latest first. An article has a handful; the bound keeps time
/// linear in texts that are none.
pub(super) const RIVALS: usize = 32;

/// Says what a key is the hash of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// A word of a name, or its initials.
    Word,
    /// A noun that describes.
    Noun,
    /// The age in years, as it is written.
    Age,
}

/// What an entity is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(u64);

impl Key {
    pub(super) fn of(kind: Kind, hash: Hash) -> Key {
        Key((kind as u64) << 32 | u64::from(hash.0))
    }

    /// The key of a whole name: 63 bits tell all names of an article apart (FNV-1a).
    pub(super) fn of_name(name: &str) -> Key {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        Key(name.bytes().fold(0xcbf2_9ce4_8422_2325, step) | 1 << 63)
    }
}

/// The least number of slots: enough for most articles.
const FEWEST: usize = 256;

/// No entry.
const NONE: u32 = u32::MAX;

/// Lists of entities by key: one table for all lists, so that nothing is allocated for any of them.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// For each slot, the latest entry of its key; a key stands in the first free slot from its own on.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    /// The number of keys.
    keys: usize,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Key,
    entity: u32,
    /// The entry of the same key before.
    before: u32,
}

impl Index {
    pub(super) fn clear(&mut self) {
        // After a text that was far longer than the others, the slots of all of them would be cleared each time.
        self.slots.truncate((4 * self.keys).next_power_of_two().max(FEWEST));
        self.slots.fill(NONE);
        self.entries.clear();
        self.keys = 0;
    }

    fn slot(&self, key: Key) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (key.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while self.slots[slot] != NONE && self.entries[self.slots[slot] as usize].key != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Adds an entity to the list of a key.
    pub(super) fn push(&mut self, key: Key, entity: usize) {
        // At most half of the slots are taken.
        if 2 * self.keys >= self.slots.len() {
            self.grow();
        }
        let slot = self.slot(key);
        let before = self.slots[slot];
        self.keys += usize::from(before == NONE);
        self.slots[slot] = u32::try_from(self.entries.len()).unwrap_or(NONE);
        self.entries.push(Entry { key, entity: u32::try_from(entity).unwrap_or(NONE), before });
    }

    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(FEWEST);
        self.entries.reserve(size / 2);
        self.slots.clear();
        self.slots.resize(size, NONE);
        for at in 0..self.entries.len() {
            let slot = self.slot(self.entries[at].key);
            self.slots[slot] = u32::try_from(at).unwrap_or(NONE);
        }
    }

    /// The entities of a key, the latest first; a bounded number.
    pub(super) fn latest(&self, key: Key) -> impl Iterator<Item = usize> + '_ {
        let first = if self.slots.is_empty() { NONE } else { self.slots[self.slot(key)] };
        let entry = |at: u32| self.entries.get(at as usize);
        let all = core::iter::successors(entry(first), move |e| entry(e.before));
        all.take(RIVALS).map(|e| e.entity as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_kept_apart_and_the_latest_comes_first() {
        let key = |kind, n| Key::of(kind, Hash(n));
        let mut index = Index::default();
        for round in 0..2 {
            index.clear();
            assert_eq!(index.latest(key(Kind::Word, 0)).count(), 0);
            for n in 0..1_000 {
                index.push(key(Kind::Word, n % 300), n as usize + round);
                index.push(key(Kind::Noun, n), 7);
            }
            let found: Vec<usize> = index.latest(key(Kind::Word, 5)).collect();
            assert_eq!(found, [905, 605, 305, 5].map(|n| n + round));
            assert!(index.latest(key(Kind::Noun, 5)).eq([7]));
            assert_eq!(index.latest(key(Kind::Age, 5)).count(), 0);
            assert_eq!(index.latest(Key::of_name("Ada Roe")).count(), 0);
        }
        for n in 0..100 {
            index.push(key(Kind::Age, 1), n);
        }
        assert_eq!(index.latest(key(Kind::Age, 1)).count(), RIVALS);
    }
}
