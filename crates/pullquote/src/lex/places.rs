//! `Places`: which of the tokens are of some sort, a bit for each.
//!
//! What is rare among the tokens is found without a look at all of them, and without a branch for each.

use alloc::vec::Vec;
use core::ops::Range;

use crate::lex::token::Token;

/// Holds a bit for each token, 64 by 64.
#[derive(Debug, Default)]
pub(crate) struct Places(Vec<u64>);

impl Places {
    pub(super) fn clear(&mut self, tokens: usize) {
        self.0.clear();
        self.0.reserve(tokens.div_ceil(64));
    }

    /// Adds the bits of the next 64 tokens.
    pub(super) fn push(&mut self, bits: u64) {
        self.0.push(bits);
    }

    /// Notes which of all tokens pass a test. Linear in the tokens.
    pub(crate) fn fill(&mut self, tokens: &[Token], passes: impl Fn(&Token) -> bool) {
        self.clear(tokens.len());
        self.0.extend(tokens.chunks(64).map(|tokens| {
            tokens.iter().enumerate().fold(0, |bits, (n, token)| bits | u64::from(passes(token)) << n)
        }));
    }

    /// Returns the first of some places that is noted.
    pub(crate) fn next(&self, among: Range<usize>) -> Option<usize> {
        let mut chunk = among.start / 64;
        let mut found = self.0.get(chunk)? & u64::MAX << (among.start % 64);
        while found == 0 {
            chunk += 1;
            found = *self.0.get(chunk).filter(|_| chunk * 64 < among.end)?;
        }
        Some(chunk * 64 + found.trailing_zeros() as usize).filter(|place| *place < among.end)
    }

    /// Counts how many of some places are noted.
    pub(crate) fn count(&self, among: Range<usize>) -> usize {
        let (mut count, mut at) = (0, among.start);
        while let Some(bits) = self.0.get(at / 64).filter(|_| at < among.end) {
            // Those before the first place are shifted out on the right, those behind the last one on the left.
            let (skipped, left) = (at % 64, among.end - at);
            let bits = bits >> skipped;
            let bits = if left < 64 { bits & !(u64::MAX << left) } else { bits };
            count += bits.count_ones() as usize;
            at += 64 - skipped;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_and_counted() {
        let noted = |n: usize| n % 7 == 3 || n > 120 && n < 190;
        let mut places = Places::default();
        for chunk in 0..4 {
            places.push((0..64).filter(|n| noted(64 * chunk + n)).fold(0, |bits, n| bits | 1 << n));
        }
        for from in 0..256 {
            for to in from..=256 {
                assert_eq!(places.next(from..to), (from..to).find(|n| noted(*n)), "{from}..{to}");
                assert_eq!(places.count(from..to), (from..to).filter(|n| noted(*n)).count(), "{from}..{to}");
            }
        }
        assert_eq!((places.next(256..256), places.count(256..256)), (None, 0));
    }
}
