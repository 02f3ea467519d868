//! Signs: whether a line holds certain marks at all, so that no grammar is asked that needs one it does not hold.
//!
//! All functions are linear in the text. Windows of fixed length with one answer each are what the compiler turns
//! into vector instructions; the last window may look at bytes again, and so needs no loop of its own.

/// How many bytes are looked at together.
const LANES: usize = 32;

/// Tells whether a text holds a digit of ASCII.
pub(super) fn has_digit(text: &str) -> bool {
    any(text, |b| b.wrapping_sub(b'0') < 10)
}

/// Tells whether a text may hold a double quotation mark: a straight one, or something that is not ASCII.
pub(super) fn may_quote(text: &str) -> bool {
    any(text, |b| b == b'"' || !b.is_ascii())
}

/// Tells whether a text holds a sign of ASCII.
pub(super) fn has(text: &str, sign: u8) -> bool {
    any(text, |b| b == sign)
}

#[inline]
fn any(text: &str, is: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(window) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        if any_in(window, &is) {
            return true;
        }
        at += LANES;
    }
    at < bytes.len() && any_in(&last(bytes), &is)
}

#[inline]
fn any_in(window: &[u8; LANES], is: impl Fn(u8) -> bool) -> bool {
    let mut found = 0;
    for b in window {
        found |= u8::from(is(*b));
    }
    found != 0
}

/// The last bytes of a text; where there are fewer, zeros after them.
#[inline]
fn last<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut short = [0; N];
    match bytes.last_chunk() {
        Some(whole) => *whole,
        None => {
            short[..bytes.len()].copy_from_slice(bytes);
            short
        }
    }
}

/// Tells whether any of some runs of three small letters stands in a text, in any case; marks that differ from
/// letters by one bit may be taken for them.
pub(super) fn holds_any<const N: usize>(text: &str, runs: &[&[u8; 3]; N]) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(window) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        if holds(window, runs) {
            return true;
        }
        at += LANES;
    }
    holds(&last(bytes), runs)
}

#[inline]
fn holds<const N: usize>(window: &[u8; LANES + 2], runs: &[&[u8; 3]; N]) -> bool {
    let mut found = 0;
    for i in 0..LANES {
        let [a, b, c] = [window[i] | 0x20, window[i + 1] | 0x20, window[i + 2] | 0x20];
        for run in runs {
            found |= u8::from(a == run[0]) & u8::from(b == run[1]) & u8::from(c == run[2]);
        }
    }
    found != 0
}

/// Counts the words of a text that is shorter than 512 bytes, and those of them that start with a small letter of
/// ASCII.
pub(super) fn words(text: &str) -> (u8, u8) {
    let bytes = text.as_bytes();
    let (mut all, mut small) = (0u8, 0u8);
    let mut at = 0;
    while at < bytes.len() {
        let (more, most) = match at.checked_sub(1).and_then(|from| bytes[from..].first_chunk()) {
            Some(window) => starts(window),
            // The first window and the last one lack bytes.
            None => {
                let mut window = [b' '; LANES + 1];
                let from = at.saturating_sub(1);
                let part = &bytes[from..bytes.len().min(at + LANES)];
                let to = 1 - (at - from);
                window[to..to + part.len()].copy_from_slice(part);
                starts(&window)
            }
        };
        (all, small) = (all.wrapping_add(more), small.wrapping_add(most));
        at += LANES;
    }
    (all, small)
}

/// Counts the words that start in a window after its first byte, and those of them that start small.
#[inline]
fn starts(window: &[u8; LANES + 1]) -> (u8, u8) {
    let space = |b: u8| u8::from(b == b' ') | u8::from(b.wrapping_sub(b'\t') < 5) & u8::from(b != 0x0b);
    let (mut words, mut small) = (0, 0);
    for i in 0..LANES {
        let here = window[i + 1];
        let starts = space(window[i]) & (space(here) ^ 1);
        words += starts;
        small += starts & u8::from(here.wrapping_sub(b'a') < 26);
    }
    (words, small)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn each_mark_is_seen_wherever_it_stands() {
        for length in 0..100 {
            let plain = "a".repeat(length);
            assert!(!has_digit(&plain) && !may_quote(&plain) && !has(&plain, b'@'));
            assert!(!holds_any(&plain, &[b"min"]));
            for at in 0..=length {
                let with = |mark: &str| format!("{}{mark}{}", &plain[..at], &plain[at..]);
                assert!(has_digit(&with("7")) && has(&with("@"), b'@'), "{at} of {length}");
                assert!(may_quote(&with("\"")) && may_quote(&with("’")), "{at} of {length}");
                assert!(holds_any(&with("Min"), &[b"xyz", b"min"]), "{at} of {length}");
            }
        }
    }

    #[test]
    fn words_are_counted() {
        for text in ["", "a", " ", "The pier is shut", "\u{b}a\u{c}b\tc", "Ada  ’t é Roe"] {
            for n in 0..20 {
                let text = text.repeat(n);
                let words = text.split_ascii_whitespace();
                let small = words.clone().filter(|w| w.starts_with(|c: char| c.is_ascii_lowercase()));
                let counted = (words.clone().count() as u8, small.count() as u8);
                assert_eq!(super::words(&text), counted, "{text:?}");
            }
        }
    }
}
