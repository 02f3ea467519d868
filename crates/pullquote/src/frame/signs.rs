//! Signs: which marks a line holds at all, so that no grammar is asked that needs one it does not hold.

use core::ops::BitOr;

/// How many bytes are looked at together: what a vector of the plainest processor holds.
const LANES: usize = 16;

/// A set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs(u8);

impl Signs {
    /// A digit of ASCII.
    pub(super) const DIGIT: Signs = Signs(1);
    /// A straight double quotation mark.
    pub(super) const QUOTE: Signs = Signs(2);
    pub(super) const AT: Signs = Signs(4);
    pub(super) const GREATER: Signs = Signs(8);
    /// What is not ASCII: curly marks, dashes, letters with accents.
    pub(super) const HIGH: Signs = Signs(128);

    /// Finds the marks of a text. Linear in it.
    pub(super) fn of(text: &str) -> Signs {
        Signs(gather(text.as_bytes(), |b| {
            mark(b.wrapping_sub(b'0') < 10, Signs::DIGIT)
                | mark(b == b'"', Signs::QUOTE)
                | mark(b == b'@', Signs::AT)
                | mark(b == b'>', Signs::GREATER)
                | b & Signs::HIGH.0
        }))
    }

    /// Tells whether a text holds a digit of ASCII. Linear in it.
    pub(super) fn has_digit(text: &str) -> bool {
        gather(text.as_bytes(), |b| mark(b.wrapping_sub(b'0') < 10, Signs::DIGIT)) != 0
    }

    /// Tells whether any of `signs` is there.
    #[inline]
    pub(super) fn any(self, signs: Signs) -> bool {
        self.0 & signs.0 != 0
    }
}

impl BitOr for Signs {
    type Output = Signs;

    fn bitor(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }
}

#[inline]
fn mark(yes: bool, sign: Signs) -> u8 {
    if yes { sign.0 } else { 0 }
}

/// Joins the bits that `look` gives for each byte.
#[inline]
fn gather(bytes: &[u8], look: impl Fn(u8) -> u8) -> u8 {
    let mut lanes = [0; LANES];
    let mut add = |chunk: &[u8; LANES]| lanes.iter_mut().zip(chunk).for_each(|(lane, b)| *lane |= look(*b));
    // Looking at a byte twice changes nothing, so the last bytes need no loop of their own.
    match bytes.last_chunk() {
        Some(last) => bytes.as_chunks().0.iter().chain([last]).for_each(add),
        None => {
            let mut short = [0; LANES];
            short[..bytes.len()].copy_from_slice(bytes);
            add(&short);
        }
    }
    lanes.iter().fold(0, |all, lane| all | lane)
}

/// Tells whether any of some runs of three small letters stands in a text, in any case; marks that differ from
/// letters by one bit may be taken for them. Linear in the text.
pub(super) fn holds_any<const N: usize>(text: &str, runs: &[&[u8; 3]; N]) -> bool {
    let bytes = text.as_bytes();
    let mut lanes = [0; LANES];
    // The last window may look at bytes again.
    match bytes.last_chunk() {
        Some(last) => {
            let windows = (0..bytes.len()).step_by(LANES).map_while(|at| bytes[at..].first_chunk());
            windows.chain([last]).for_each(|window| seek(window, runs, &mut lanes));
        }
        None => {
            let mut short = [0; LANES + 2];
            short[..bytes.len()].copy_from_slice(bytes);
            seek(&short, runs, &mut lanes);
        }
    }
    lanes != [0; LANES]
}

#[inline]
fn seek<const N: usize>(window: &[u8; LANES + 2], runs: &[&[u8; 3]; N], lanes: &mut [u8; LANES]) {
    for (i, lane) in lanes.iter_mut().enumerate() {
        let [a, b, c] = [window[i] | 0x20, window[i + 1] | 0x20, window[i + 2] | 0x20];
        for run in runs {
            *lane |= u8::from(a == run[0]) & u8::from(b == run[1]) & u8::from(c == run[2]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_is_seen_wherever_it_stands() {
        let marks = [
            ('7', Signs::DIGIT),
            ('"', Signs::QUOTE),
            ('@', Signs::AT),
            ('>', Signs::GREATER),
            ('’', Signs::HIGH),
        ];
        for length in 0..70 {
            for at in 0..length {
                for (mark, sign) in marks {
                    let text: alloc::string::String =
                        (0..length).map(|n| if n == at { mark } else { 'a' }).collect();
                    assert_eq!(Signs::of(&text), sign, "{text}");
                    assert_eq!(Signs::has_digit(&text), mark == '7', "{text}");
                }
            }
            assert_eq!(Signs::of(&"a".repeat(length)), Signs(0));
            for at in 0..length {
                let text = alloc::format!("{}Min{}", "m".repeat(at), "n".repeat(length - at));
                assert!(holds_any(&text, &[b"xyz", b"min"]) && !holds_any(&text, &[b"ine"]), "{text}");
            }
        }
    }
}
