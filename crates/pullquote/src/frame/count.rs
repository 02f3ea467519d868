//! The words of the story, counted in blocks of bytes.
//!
//! A word starts at a letter or digit that nothing joins to the one before. For Latin text that is a question
//! of a byte and the few bytes before it, so a block of bytes is answered at once, with code that the compiler
//! turns into vector instructions. What is not plain (other scripts, marks on letters, underscores) is counted
//! character by character up to the next space.

use crate::block::{Block, BlockKind};
use crate::span::Span;

/// How many bytes are counted at once.
const BLOCK: usize = 256;
/// What is not plain is counted character by character up to a space so many bytes on.
const STRETCH: usize = 64;
/// Sums of one byte hold the words of so many bytes.
const PART: usize = 64;
/// How far a byte's answer looks back: over `’` to the letter before it.
const BACK: usize = 4;

/// The bits of a byte's class; letters and digits are joined by different marks.
const LETTER: u8 = 1;
const DIGIT: u8 = 2;

/// Counts the words of the paragraphs, as [`words`] does. Linear in the text.
pub(crate) fn body(text: &str, blocks: &[Block]) -> (u32, u32) {
    // A line end stands between two blocks and no word goes over it, so neighbours are counted in one go.
    let runs = blocks.chunk_by(|a, b| a.kind == b.kind).filter(|run| run[0].kind == BlockKind::Paragraph);
    runs.fold((0, 0), |(sum, cjk), run| {
        let whole = Span::at(run[0].span.start(), run[run.len() - 1].span.end());
        let counted = words(whole.of(text));
        (u32::saturating_add(sum, counted.0), u32::saturating_add(cjk, counted.1))
    })
}

/// Counts the words of `text`, and apart from them the characters of Chinese, Japanese and Korean.
///
/// A word is what Unicode Standard Annex #29 calls one in scripts with spaces: a run of letters, marks and
/// digits that a single apostrophe, stop or comma may link from inside ("don't", "3.5", "U.S"). A hyphen
/// parts two words, as it does there.
///
/// # Complexity
///
/// Linear in the text.
fn words(text: &str) -> (u32, u32) {
    let bytes = text.as_bytes();
    let (mut words, mut cjk) = (0u32, 0u32);
    let mut fast = Fast::default();
    let mut at = 0;
    // Where characters were last counted one by one: a space stands before it.
    let mut safe = 0;
    while at < bytes.len() {
        let whole = at.checked_sub(2).and_then(|from| bytes[from..].first_chunk());
        let found = match whole {
            Some(window) => fast.block(window),
            // The first block and the last one cannot be looked at in place.
            None => {
                let mut window = [b' '; BLOCK + 2];
                let from = at.saturating_sub(2);
                let part = &bytes[from..(at + BLOCK).min(bytes.len())];
                let to = 2 - (at - from);
                window[to..to + part.len()].copy_from_slice(part);
                fast.block(&window)
            }
        };
        if let Some(found) = found {
            words = words.saturating_add(found);
            at += fast.read;
            continue;
        }
        let from = memchr::memrchr2(b' ', b'\n', &bytes[safe..at]).map_or(safe, |i| safe + i + 1);
        let (counted, end) = by_character(text, from, at, &mut cjk);
        words = words.saturating_add(counted);
        (at, safe, fast) = (end, end, Fast::default());
    }
    (words, cjk)
}

/// The classes of the bytes of a block and of those before it.
struct Fast {
    /// Letter or digit.
    classes: [u8; BACK + BLOCK],
    /// What the byte joins: letters, digits or both.
    joiners: [u8; 1 + BLOCK],
    /// That it joins letters and digits as the last byte of a `’`.
    quotes: [u8; 1 + BLOCK],
    /// Whether `quotes` was set for this block.
    quoted: bool,
    /// How much of the block was read: without a character that goes on in the next one.
    read: usize,
}

impl Default for Fast {
    fn default() -> Fast {
        Fast {
            classes: [0; BACK + BLOCK],
            joiners: [0; 1 + BLOCK],
            quotes: [0; 1 + BLOCK],
            quoted: false,
            read: BLOCK,
        }
    }
}

impl Fast {
    /// Counts the words that start in a block, given with the two bytes before it; `None` when a byte of it
    /// is not plain.
    #[inline]
    fn block(&mut self, window: &[u8; BLOCK + 2]) -> Option<u32> {
        let before = core::mem::replace(&mut self.read, BLOCK);
        self.classes.copy_within(before..before + BACK, 0);
        self.joiners[0] = self.joiners[before];
        let (mut high, mut odd) = (0, 0);
        for i in 0..BLOCK {
            let b = window[i + 2];
            let letter = all((b | 0x20).wrapping_sub(b'a') < 26);
            let digit = all(b.wrapping_sub(b'0') < 10);
            self.classes[BACK + i] = (letter & LETTER) | (digit & DIGIT);
            // Stop and apostrophe join letters as well as digits, a colon letters, comma and semicolon digits.
            let both = all(b == b'.') | all(b == b'\'');
            let letters = both | all(b == b':');
            let digits = both | all(b == b',') | all(b == b';');
            self.joiners[1 + i] = (letters & LETTER) | (digits & DIGIT);
            odd |= all(b == b'_');
            high |= b;
        }
        if odd != 0 {
            return None;
        }
        if high < 0x80 && !self.quoted {
            return Some(self.starts::<false>());
        }
        self.quotes[0] = if self.quoted { self.quotes[before] } else { 0 };
        if !self.marks_only(window) && !self.plain(window) {
            return None;
        }
        self.quoted = high >= 0x80;
        self.read = match *window {
            [.., last] if last >= 0xc0 => BLOCK - 1,
            [.., 0xe2, 0x80] => BLOCK - 2,
            _ => BLOCK,
        };
        self.classes[BACK + self.read..].fill(0);
        Some(self.starts::<true>())
    }

    /// Counts the letters and digits that nothing joins to the one before.
    #[inline]
    fn starts<const QUOTES: bool>(&self) -> u32 {
        let mut sum = 0;
        for part in 0..BLOCK / PART {
            let mut starts = 0u8;
            for i in part * PART..(part + 1) * PART {
                let class = self.classes[BACK + i];
                let mut joined = class & self.classes[BACK + i - 2] & self.joiners[i];
                if QUOTES {
                    joined |= class & self.classes[i] & self.quotes[i];
                }
                let taken = joined | self.classes[BACK + i - 1];
                starts += all(class != 0) & all(taken == 0) & 1;
            }
            sum += u32::from(starts);
        }
        sum
    }

    /// Finds each `’`; tells whether all that is not ASCII is dashes, curly marks and the like (U+2010 to U+2027).
    #[inline]
    fn marks_only(&mut self, window: &[u8; BLOCK + 2]) -> bool {
        let mut odd = 0;
        for i in 0..BLOCK {
            let (one, b) = (window[i + 1], window[i + 2]);
            // E2 leads three bytes, the second one must be 80; a third one of 80 is a space.
            let second = u8::from(b == 0x80);
            let known =
                u8::from(b < 0x80) | u8::from(b == 0xe2) | second | u8::from(b.wrapping_sub(0x90) < 0x18);
            odd |= (known ^ 1) | (u8::from(one == 0xe2) & (second ^ 1));
            self.quotes[1 + i] = u8::from(b == 0x99) * (LETTER | DIGIT);
        }
        odd == 0
    }

    /// Sets the classes of what is not ASCII; tells whether all of it is plain: Latin letters (U+00C0 to
    /// U+017F), dashes, curly marks and the like (U+2010 to U+2027), no-break spaces.
    fn plain(&mut self, window: &[u8; BLOCK + 2]) -> bool {
        let mut odd = 0;
        for i in 0..BLOCK {
            let (two, one, b) = (window[i], window[i + 1], window[i + 2]);
            let lead = u8::from(b.wrapping_sub(0xc3) < 3);
            let sign = u8::from(one == 0xc3) & (u8::from(b == 0x97) | u8::from(b == 0xb7));
            let follows = u8::from(one.wrapping_sub(0xc3) < 3) & (sign ^ 1);
            let letter = lead | follows;
            let general =
                u8::from(b.wrapping_sub(0x90) < 0x18) & u8::from(one == 0x80) & u8::from(two == 0xe2);
            let space = u8::from(b == 0xc2) | u8::from(b == 0xa0) & u8::from(one == 0xc2);
            let known = u8::from(b < 0x80)
                | letter
                | general
                | space
                | u8::from(b == 0xe2)
                | u8::from(b == 0x80) & u8::from(one == 0xe2);
            odd |= known ^ 1;
            self.classes[BACK + i] |= letter * LETTER;
            self.quotes[1 + i] = general * u8::from(b == 0x99) * (LETTER | DIGIT);
        }
        odd == 0
    }
}

/// All bits or none.
#[inline]
fn all(yes: bool) -> u8 {
    if yes { u8::MAX } else { 0 }
}

/// Counts the words and the characters that start at `at` or later, one by one from `from` up to a space a
/// stretch further on; returns where it stopped. No word goes on over `from`.
fn by_character(text: &str, from: usize, at: usize, cjk: &mut u32) -> (u32, usize) {
    let mut words = 0u32;
    let mut inside = false;
    let mut before = ' ';
    let mut chars = text[from..].char_indices().peekable();
    while let Some((place, c)) = chars.next() {
        let counts = u32::from(from + place >= at);
        if is_cjk(c) {
            *cjk = cjk.saturating_add(counts);
            inside = false;
        } else if c.is_alphanumeric() {
            words = words.saturating_add(u32::from(!inside) & counts);
            inside = true;
        } else if inside {
            let next = chars.peek().map_or(' ', |&(_, next)| next);
            let letters =
                before.is_alphabetic() && next.is_alphabetic() && matches!(c, '\'' | '’' | '.' | ':' | '·');
            let digits =
                before.is_numeric() && next.is_numeric() && matches!(c, '\'' | '’' | '.' | ',' | ';');
            let mark = matches!(c, '_' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}' | '\u{900}'..='\u{109f}');
            inside = mark || (letters || digits) && !is_cjk(next);
        }
        before = c;
        if matches!(c, ' ' | '\n') && from + place >= at + STRETCH {
            return (words, from + place + 1);
        }
    }
    (words, text.len())
}

/// Tells whether a character is counted singly: an ideograph, a kana or a Hangul syllable.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}'
    ) && c != '・'
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    #[test]
    fn words_and_characters_are_counted_apart() {
        for (text, count, cjk) in [
            ("The pier didn't open.", 4, 0),
            ("The pier didn’t open.", 4, 0),
            ("It cost 3.5 million — or 1,200 a day.", 8, 0),
            ("well-known", 2, 0),
            ("naïve cafe\u{301} façade", 3, 0),
            ("a_b c×d é÷é", 5, 0),
            ("桟橋は閉鎖された。", 0, 8),
            ("桟橋 opened in 2031年", 3, 3),
            ("“…” — !", 0, 0),
            ("", 0, 0),
        ] {
            assert_eq!(words(text), (count, cjk), "{text}");
        }
    }

    /// Texts of pieces drawn in a fixed order, at every offset to the blocks.
    #[test]
    fn blocks_and_characters_agree() {
        let pieces = [
            " ", "a", "Roe", "’", "'", ".", ":", ",", ";", "3", "12", "é", "ï", "×", "“", "”", "—", "…",
            "\u{a0}", "_", "-", "\n", "桟", "分", "мин", "\u{301}", "\u{ad}", "pier", "don’t", "U.S.", "4.5",
            "\u{200b}",
        ];
        let mut seed = 7u32;
        let mut draw = |most: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) as usize % most
        };
        for round in 0..4000 {
            let (length, kinds) = (
                draw(if round % 4 == 0 { 700 } else { 120 }),
                if round % 3 == 0 { pieces.len() } else { 19 },
            );
            let text: String = (0..length).map(|_| pieces[draw(kinds)]).collect();
            let mut cjk = 0;
            let (count, mut end) = by_character(&text, 0, 0, &mut cjk);
            let mut all = count;
            while end < text.len() {
                let more = by_character(&text, end, end, &mut cjk);
                (all, end) = (all + more.0, more.1);
            }
            assert_eq!(words(&text), (all, cjk), "{text:?}");
        }
    }
}
