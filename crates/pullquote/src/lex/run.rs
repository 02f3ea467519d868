//! The letters and digits that a word starts with, read eight bytes at a time.
//!
//! News has a word for about every six bytes, so a branch for every byte costs more than all that is done with
//! it. Here the bytes of a word are looked at side by side in a 64-bit number.

use crate::lexicon::Hash;

/// A run of ASCII letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The number of bytes, at most [`LONGEST`]: a longer run is cut.
    pub(super) len: usize,
    /// How many are upper-case letters; 2 stands for more.
    pub(super) upper: u32,
    /// Any is a lower-case letter.
    pub(super) lower: bool,
    pub(super) first_upper: bool,
    pub(super) hash: Hash,
    /// The bytes as [`crate::lexicon::key`] packs them.
    pub(super) key: u128,
}

/// The longest run that is read at once.
pub(super) const LONGEST: usize = 16;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;
const LOWER: u64 = 0x20 * ONES;

/// Eight bytes of a run: the high bit of each tells whether it is one.
struct Eight {
    /// In lower case.
    bytes: u64,
    letters: u64,
    upper: u64,
    /// The number of letters and digits before anything else.
    len: usize,
}

impl Eight {
    /// Looks at eight bytes, of which `limit` count.
    #[inline]
    const fn of(bytes: u64, limit: usize) -> Eight {
        let plain = !bytes & HIGH;
        let seven = bytes & !HIGH;
        let folded = seven | LOWER;
        // A byte passes 0x80 where it is at least the first of its range, and again past the last one.
        let letters =
            (folded + (0x80 - b'a' as u64) * ONES) & !(folded + (0x7f - b'z' as u64) * ONES) & plain;
        let digits = (seven + (0x80 - b'0' as u64) * ONES) & !(seven + (0x7f - b'9' as u64) * ONES) & plain;
        let stop = !(letters | digits) & HIGH;
        let run = stop.trailing_zeros() as usize / 8;
        let len = if run < limit { run } else { limit };
        let kept = if len < 8 { (1 << (len * 8)) - 1 } else { u64::MAX };
        let letters = letters & kept;
        // The bit that tells small letters from capitals is two below the high one.
        Eight { bytes: (bytes | LOWER) & kept, letters, upper: letters & !(bytes << 2), len }
    }

    /// Feeds the run to a hash, with as many steps for any length.
    #[inline]
    fn hash(&self, mut hash: Hash) -> Hash {
        for i in 0..8 {
            let next = hash.push_lower((self.bytes >> (i * 8)) as u8);
            hash = if i < self.len { next } else { hash };
        }
        hash
    }
}

impl Run {
    /// Reads the run that `bytes` start with, at most `limit` bytes of it. Constant time.
    #[inline]
    pub(super) fn of(bytes: &[u8], limit: usize) -> Run {
        let chunk = match bytes.first_chunk::<LONGEST>() {
            Some(chunk) => *chunk,
            None => {
                let mut chunk = [0; LONGEST];
                chunk[..bytes.len()].copy_from_slice(bytes);
                chunk
            }
        };
        let both = u128::from_le_bytes(chunk);
        let low = Eight::of(both as u64, limit);
        let hash = low.hash(Hash::START);
        let (mut upper, mut run) = (
            low.upper,
            Run {
                len: low.len,
                upper: 0,
                lower: low.letters != low.upper,
                first_upper: low.upper & 0x80 != 0,
                hash,
                key: u128::from(low.bytes),
            },
        );
        if low.len == 8 {
            let high = Eight::of((both >> 64) as u64, limit - 8);
            run.len += high.len;
            run.lower |= high.letters != high.upper;
            run.hash = high.hash(hash);
            run.key |= u128::from(high.bytes) << 64;
            // The bits of the second half fall between those of the first.
            upper |= high.upper >> 1;
        }
        run.upper = u32::from(upper != 0) + u32::from(upper & upper.wrapping_sub(1) != 0);
        run
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon;

    /// Reads a run byte by byte.
    fn slow(bytes: &[u8], limit: usize) -> Run {
        let len = bytes.iter().take(limit.min(LONGEST)).take_while(|b| b.is_ascii_alphanumeric()).count();
        let word = &bytes[..len];
        let mut chunk = [0; LONGEST];
        chunk[..len].copy_from_slice(word);
        Run {
            len,
            upper: u32::try_from(word.iter().filter(|b| b.is_ascii_uppercase()).count().min(2)).unwrap(),
            lower: word.iter().any(u8::is_ascii_lowercase),
            first_upper: word.first().is_some_and(u8::is_ascii_uppercase),
            hash: Hash::of(core::str::from_utf8(word).unwrap()),
            key: lexicon::key(chunk, len),
        }
    }

    #[test]
    fn eight_bytes_at_once_read_as_one_by_one() {
        let text = "a Roe NATO McKay 9am x2 Antidisestablishmentarianism, ABCDEFGH ABCDEFGHi abcdefghI don’t \
                    café @[`{/: U.S. zZaA09 Z z 0 9 AbcdefghijklmnoP qrstuvwxyzabcdefgh";
        for start in 0..text.len() {
            for limit in (1..20).chain([100]) {
                let bytes = &text.as_bytes()[start..];
                assert_eq!(Run::of(bytes, limit), slow(bytes, limit), "{:?} {limit}", text.get(start..));
            }
        }
    }
}
