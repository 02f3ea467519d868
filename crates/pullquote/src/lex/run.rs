//! The letters that a word starts with, read eight bytes at a time.
//!
//! News has a word for about every six bytes, so a branch for every byte costs more than all that is done with
//! it. Here the bytes of a word are looked at side by side in a 64-bit number.

use crate::lex::token::Case;
use crate::lexicon::{Key, LOWER};

/// A run of ASCII letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Run {
    /// The number of bytes, at most [`LONGEST`]: a longer run is cut.
    pub(super) len: usize,
    pub(super) key: Key,
    /// How many are upper-case letters; 2 stands for more.
    pub(super) upper: u8,
    /// Any is a lower-case letter.
    pub(super) lower: bool,
    pub(super) first_upper: bool,
}

/// The longest run that is read at once.
pub(super) const LONGEST: usize = 16;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// Eight bytes of a run: the high bit of each tells whether it is one.
struct Eight {
    /// In lower case.
    bytes: u64,
    letters: u64,
    upper: u64,
    /// The high bit of the first byte that is no letter; 0 where all are.
    stop: u64,
}

impl Eight {
    /// Looks at eight bytes.
    #[inline]
    const fn of(bytes: u64) -> Eight {
        let plain = !bytes & HIGH;
        let seven = bytes & !HIGH;
        let folded = seven | LOWER;
        // A byte passes 0x80 where it is at least the first of its range, and again past the last one.
        let letters =
            (folded + (0x80 - b'a' as u64) * ONES) & !(folded + (0x7f - b'z' as u64) * ONES) & plain;
        let stops = !letters & HIGH;
        let stop = stops & stops.wrapping_neg();
        // The bits of all bytes before the stop; all bits where there is none.
        let kept = (stop >> 7).wrapping_sub(1);
        let letters = HIGH & kept;
        // The bit that tells small letters from capitals is two below the high one.
        Eight { bytes: (bytes | LOWER) & kept, letters, upper: letters & !(bytes << 2), stop }
    }

    /// The number of bytes before the stop.
    #[inline]
    const fn len(&self) -> usize {
        self.stop.trailing_zeros() as usize / 8
    }
}

impl Run {
    /// Reads the run that starts at `start` of `bytes`. Constant time.
    #[inline(always)]
    pub(super) fn of(bytes: &[u8], start: usize) -> Run {
        let chunk = match bytes.get(start..).and_then(<[u8]>::first_chunk::<LONGEST>) {
            Some(chunk) => *chunk,
            None => last_chunk(bytes, start),
        };
        let both = u128::from_le_bytes(chunk);
        let low = Eight::of(both as u64);
        let (mut len, mut key) = (low.len(), Key(low.bytes, 0));
        let (mut upper, mut lower) = (low.upper, low.letters != low.upper);
        if low.stop == 0 {
            let high = Eight::of((both >> 64) as u64);
            len += high.len();
            key.1 = high.bytes;
            lower |= high.letters != high.upper;
            // The bits of the second half fall between those of the first.
            upper |= high.upper >> 1;
        }
        let more = upper & upper.wrapping_sub(1) != 0;
        Run {
            len,
            key,
            upper: u8::from(upper != 0) + u8::from(more),
            lower,
            first_upper: low.upper & 0x80 != 0,
        }
    }

    /// How a word is cased that is this run.
    #[inline]
    pub(super) const fn case(&self) -> Case {
        const CASES: [Case; 8] = [
            Case::Initial,
            Case::Upper,
            Case::Initial,
            Case::Upper,
            Case::Lower,
            Case::Lower,
            Case::Capital,
            Case::Capital,
        ];
        CASES[(self.lower as usize) << 2 | (self.first_upper as usize) << 1 | (self.upper > 1) as usize]
    }
}

/// The bytes from `start` on, fewer than 16, and zeros behind them.
#[cold]
fn last_chunk(bytes: &[u8], start: usize) -> [u8; LONGEST] {
    let mut chunk = [0; LONGEST];
    let rest = bytes.get(start..).unwrap_or_default();
    chunk[..rest.len()].copy_from_slice(rest);
    chunk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Hash;

    /// Reads a run byte by byte.
    fn slow(bytes: &[u8]) -> Run {
        let len = bytes.iter().take(LONGEST).take_while(|b| b.is_ascii_alphabetic()).count();
        let word = &bytes[..len];
        Run {
            len,
            key: Key::of(word, len),
            upper: u8::try_from(word.iter().filter(|b| b.is_ascii_uppercase()).count().min(2)).unwrap(),
            lower: word.iter().any(u8::is_ascii_lowercase),
            first_upper: word.first().is_some_and(u8::is_ascii_uppercase),
        }
    }

    #[test]
    fn eight_bytes_at_once_read_as_one_by_one() {
        let text = "a Roe NATO McKay 9am x2 Antidisestablishmentarianism, ABCDEFGH ABCDEFGHi abcdefghI don’t \
                    café @[`{/: U.S. zZaA09 Z z 0 9 AbcdefghijklmnoP qrstuvwxyzabcdefgh";
        for start in 0..text.len() {
            for end in start..=text.len() {
                let bytes = &text.as_bytes()[start..end];
                let run = Run::of(&text.as_bytes()[..end], start);
                assert_eq!(run, slow(bytes), "{start}..{end}");
                assert!(run.key.hash(run.len) == Hash::of(core::str::from_utf8(&bytes[..run.len]).unwrap()));
            }
        }
    }

    #[test]
    fn cases() {
        for (word, case) in [
            ("feld", Case::Lower),
            ("Feld", Case::Capital),
            ("McKay", Case::Capital),
            ("NATO", Case::Upper),
            ("I", Case::Initial),
            ("iPhone", Case::Lower),
        ] {
            assert_eq!(Run::of(word.as_bytes(), 0).case(), case, "{word}");
        }
    }
}
