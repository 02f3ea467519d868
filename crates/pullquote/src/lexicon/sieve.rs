//! Sieves: a few bits that tell of most words that they are in none of some lists.
//!
//! The table of all words is large, and few of the words that the frame asks about are in the lists it asks for:
//! a sieve stays near the processor.

use super::{FOLD, Hash};

const WORDS: usize = 64;

/// A bit for each word of some lists, by its [`Hash`].
pub(crate) struct Sieve([u64; WORDS]);

impl Sieve {
    /// Makes the sieve of word lists, given as their text.
    pub(crate) const fn of(lists: &[&str]) -> Sieve {
        let (mut sieve, mut n) = (Sieve([0; WORDS]), 0);
        while n < lists.len() {
            let (list, mut at, mut hash) = (lists[n].as_bytes(), 0, Hash::START);
            while at <= list.len() {
                // What is no letter or digit parts words, so that each part of an entry is let through.
                if at < list.len() && list[at].is_ascii_alphanumeric() {
                    hash = hash.push(list[at]);
                } else {
                    let (word, bit) = place(hash);
                    sieve.0[word] |= bit;
                    hash = Hash::START;
                }
                at += 1;
            }
            n += 1;
        }
        sieve
    }

    /// Tells whether a word may be in the lists, whatever its case: `false` is certain.
    #[inline]
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        let mut hash = Hash::START;
        for byte in word.bytes() {
            let folded = FOLD[usize::from(byte)];
            if folded == 0 {
                return true;
            }
            hash = hash.push_lower(folded);
        }
        let (word, bit) = place(hash);
        self.0[word] & bit != 0
    }
}

#[inline]
const fn place(hash: Hash) -> (usize, u64) {
    let bit = hash.slot((WORDS * 64).trailing_zeros());
    (bit / 64, 1 << (bit % 64))
}

/// The words of dates: see [`Class::MONTH`](super::Class::MONTH) and its neighbours.
pub(crate) static DATES: Sieve = Sieve::of(&[
    include_str!("lists/month.txt"),
    include_str!("lists/weekday.txt"),
    include_str!("lists/date_word.txt"),
]);

/// The small words in names: see [`Class::PARTICLE`](super::Class::PARTICLE).
pub(crate) static PARTICLES: Sieve = Sieve::of(&[include_str!("lists/particle.txt")]);

/// The words that a date in a byline may start with.
pub(crate) static DATE_STARTS: Sieve = Sieve::of(&[
    include_str!("lists/frame_month.txt"),
    include_str!("lists/frame_weekday.txt"),
    include_str!("lists/frame_ago.txt"),
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Class, class, lemma};

    #[test]
    fn no_word_of_the_lists_is_held_back() {
        let dates = Class::MONTH.or(Class::WEEKDAY).or(Class::DATE_WORD);
        let mut through = [0, 0];
        for word in (0..).map(lemma).take_while(|w| !w.is_empty()) {
            for (n, (sieve, of)) in [(&DATES, dates), (&PARTICLES, Class::PARTICLE)].into_iter().enumerate() {
                assert!(sieve.may_hold(word) || !class(word).any(of), "{word}");
                through[n] += usize::from(sieve.may_hold(word));
            }
        }
        assert!(through.iter().all(|n| *n < 1500), "{through:?}");
        assert!(DATES.may_hold("APRIL") && PARTICLES.may_hold("Van") && DATES.may_hold("Décembre"));
    }
}
