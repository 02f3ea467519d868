//! The token loop: text to words, numbers, marks and punctuation.

use crate::block;
use crate::lex::glyph::{self, Glyph};
use crate::lex::run::Run;
use crate::lex::token::{Case, Token, TokenKind, Tokens};
use crate::lexicon::{self, Class, Hash, Word};
use crate::span::Span;

/// What follows an apostrophe as a word of its own: "Feld’s", "she’d".
const CLITICS: &[&str] = &["s", "d", "ll", "ve", "re", "m"];

/// What a byte is to the token loop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Space,
    Digit,
    /// A token of its own, whatever stands around it.
    Sign(TokenKind),
    /// Whatever else: looked at more closely.
    Odd,
}

static SORTS: [Sort; 256] = {
    let mut sorts = [Sort::Odd; 256];
    let mut byte = 0;
    while byte < 128 {
        sorts[byte] = match byte as u8 {
            b' ' | b'\n' | b'\r' | b'\t' => Sort::Space,
            b'0'..=b'9' => Sort::Digit,
            b':' => Sort::Sign(TokenKind::Colon),
            b';' => Sort::Sign(TokenKind::Semicolon),
            b'(' | b'[' | b'{' => Sort::Sign(TokenKind::Open),
            b')' | b']' | b'}' => Sort::Sign(TokenKind::Close),
            _ => Sort::Odd,
        };
        byte += 1;
    }
    sorts
};

/// The bits of [`WORDS`].
const INSIDE: u8 = 1;
const UPPER: u8 = 2;
const LOWER: u8 = 4;
/// A byte that no word goes on over.
const ENDS: u8 = 8;

/// What a byte is to a word that is being read.
static WORDS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        table[byte] = match b {
            b'a'..=b'z' => INSIDE | LOWER,
            b'A'..=b'Z' => INSIDE | UPPER,
            b'0'..=b'9' => INSIDE,
            b'\'' | b'&' | b'-' | b'/' | b'_' | b'.' | b'*' => 0,
            _ => ENDS,
        };
        byte += 1;
    }
    table
};

/// Reads the tokens of `span` and appends them to `out`. Linear in the span.
pub(crate) fn read(text: &str, span: Span, out: &mut Tokens) {
    let mut reader = Reader { text: &text[..span.end()], at: span.start(), out };
    let mut spaced = true;
    while let Some(&byte) = reader.text.as_bytes().get(reader.at) {
        let before = reader.at;
        // Most tokens are words with a space behind them.
        if byte.is_ascii_alphabetic() {
            spaced = reader.word(spaced);
            continue;
        }
        spaced = match SORTS[usize::from(byte)] {
            Sort::Space => {
                reader.at += 1;
                true
            }
            Sort::Digit => {
                reader.number(spaced);
                false
            }
            Sort::Sign(kind) => {
                reader.push(1, kind, spaced);
                false
            }
            Sort::Odd => reader.odd(spaced),
        };
        debug_assert!(reader.at > before, "the token loop must advance");
    }
}

struct Reader<'a> {
    /// The text up to the end of the span.
    text: &'a str,
    at: usize,
    out: &'a mut Tokens,
}

impl Reader<'_> {
    /// Reads one token or one stretch of white space that starts with a byte of no plain sort; returns whether
    /// the next token is spaced.
    #[inline(never)]
    fn odd(&mut self, spaced: bool) -> bool {
        let rest = &self.text[self.at..];
        let byte = rest.as_bytes()[0];
        // The two that are most frequent, where nothing is odd about them.
        match (byte, rest.as_bytes().get(1)) {
            (b',', Some(b' ' | b'\n')) => {
                self.push(1, TokenKind::Comma, spaced);
                return false;
            }
            (b'.', None | Some(b' ' | b'\n')) => {
                self.push(1, TokenKind::Stop, spaced);
                return false;
            }
            _ => {}
        }
        if glyph::may_start(byte)
            && let Some((glyph, len)) = glyph::read(rest)
            && self.is_mark_here(rest, len)
        {
            let (glyph, len) = if rest.starts_with("''") { self.doubled(rest, glyph) } else { (glyph, len) };
            self.out.marks.push(u32::try_from(self.out.tokens.len()).unwrap_or(u32::MAX));
            self.push(len, TokenKind::Mark(glyph), spaced);
            return false;
        }
        let c = rest.chars().next().unwrap_or(' ');
        if block::is_blank(c) {
            self.at += c.len_utf8();
            return true;
        }
        if c.is_alphabetic() {
            self.compound(spaced);
            return false;
        }
        if c.is_numeric()
            || (matches!(c, '$' | '£' | '€' | '¥' | '#')
                && rest[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()))
        {
            self.number(spaced);
            return false;
        }
        if matches!(c, '@' | '#') && rest[1..].starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            let len =
                1 + rest[1..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len() - 1);
            self.push(len, TokenKind::Word, spaced);
            return false;
        }
        let (kind, len) = match c {
            '.' | '!' | '?' | '…' => {
                (TokenKind::Stop, rest.find(|c| !matches!(c, '.' | '!' | '?' | '…')).unwrap_or(rest.len()))
            }
            ',' => (TokenKind::Comma, 1),
            ':' => (TokenKind::Colon, 1),
            ';' => (TokenKind::Semicolon, 1),
            '-' => (TokenKind::Dash, rest.find(|c| c != '-').unwrap_or(rest.len())),
            '–' | '—' | '―' | '‒' | '−' => (TokenKind::Dash, c.len_utf8()),
            '(' | '[' | '{' => (TokenKind::Open, 1),
            ')' | ']' | '}' => (TokenKind::Close, 1),
            _ => (TokenKind::Other, c.len_utf8()),
        };
        self.push(len, kind, spaced);
        false
    }

    /// Two commas are a mark only before a letter and after white space; `''Tis` is a mark and an apostrophe.
    fn is_mark_here(&self, rest: &str, len: usize) -> bool {
        !rest.starts_with(",,")
            || (rest[len..].starts_with(char::is_alphanumeric)
                && !self.text[..self.at].ends_with(|c: char| c.is_alphanumeric()))
    }

    /// Two straight singles are one double mark, but `''Tis` is a single mark before an elision.
    fn doubled(&self, rest: &str, glyph: Glyph) -> (Glyph, usize) {
        let word = rest[2..].split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        let elided = self.text[..self.at].ends_with(block::is_blank) || self.at == 0;
        match glyph::read("'") {
            Some(single) if elided && lexicon::class(word).any(Class::ELISION) => single,
            _ => (glyph, 2),
        }
    }

    fn push(&mut self, len: usize, kind: TokenKind, spaced: bool) {
        let span = Span::at(self.at, self.at + len);
        self.out.tokens.push(Token {
            span,
            class: Class::NONE,
            hash: Hash::START,
            lemma: 0,
            kind,
            case: Case::None,
            spaced,
            stopped: false,
            plain: false,
        });
        self.at += len;
    }

    fn number(&mut self, spaced: bool) {
        let rest = &self.text[self.at..];
        let mut len = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let next_digit = chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
            let inside = c.is_alphanumeric()
                || (i == 0)
                || matches!(c, '%' | '°' | '½' | '¼' | '¾')
                || (matches!(c, '.' | ',' | ':' | '/' | '\'' | '’') && next_digit)
                || (c == '-' && chars.peek().is_some_and(|(_, n)| n.is_alphanumeric()));
            if !inside {
                break;
            }
            len = i + c.len_utf8();
        }
        // "9 a.m." is a number and a word; "9am" and "41-year-old" are one number.
        self.push(len, TokenKind::Number, spaced);
        let word = &self.text[self.at - len..self.at];
        if let Some(token) = self.out.tokens.last_mut() {
            token.hash = Hash::of(word);
        }
    }

    /// Reads a word that starts with a letter of ASCII, and the space behind it; returns whether there is one.
    /// Most words are letters and digits only, and what ends them can be nothing else.
    #[inline]
    fn word(&mut self, spaced: bool) -> bool {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let run = Run::of(bytes, start);
        let end = start + run.len;
        let behind = bytes.get(end).copied().unwrap_or(b'\n');
        // A stop may be that of a sentence, or part of an abbreviation or an initial.
        let stops = behind == b'.' && run.len > 1 && matches!(bytes.get(end + 1), None | Some(b' ' | b'\n'));
        if WORDS[usize::from(behind)] & ENDS == 0 && !stops {
            self.compound(spaced);
            return false;
        }
        let (word, hash) =
            lexicon::look_up_key(run.key).unwrap_or_else(|| (Word::default(), run.key.hash(run.len)));
        if stops && word.class.any(Class::ABBREVIATION) {
            self.compound(spaced);
            return false;
        }
        self.out.tokens.push(Token {
            span: Span::within(start, end),
            class: word.class,
            hash,
            lemma: word.lemma,
            kind: TokenKind::Word,
            case: run.case(),
            spaced,
            stopped: false,
            plain: true,
        });
        let space = behind == b' ';
        self.at = end + usize::from(space);
        space
    }

    /// Reads a word that may go on over marks, stops and letters beyond ASCII.
    #[inline(never)]
    fn compound(&mut self, spaced: bool) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let run = Run::of(bytes, start);
        let mut hash = run.key.hash(run.len);
        let (mut upper, mut lower, mut letters) = (u32::from(run.upper), u32::from(run.lower), run.len);
        let mut first_upper = run.first_upper;
        let mut clitic = None;
        let mut i = start + run.len;
        while i < bytes.len() {
            let b = bytes[i];
            let sort = WORDS[usize::from(b)];
            if sort & INSIDE != 0 {
                upper += u32::from(sort & UPPER != 0);
                first_upper |= letters == 0 && sort & UPPER != 0;
                lower += u32::from(sort & LOWER != 0);
                letters += 1;
                hash = hash.push(b);
                i += 1;
                continue;
            }
            // Most words end here.
            if sort & ENDS != 0 || b == b'.' && matches!(bytes.get(i + 1), None | Some(b' ' | b'\n')) {
                break;
            }
            let rest = &self.text[i..];
            if let Some(len) = glyph::apostrophe(rest) {
                let after = &rest[len..];
                if !after.starts_with(char::is_alphanumeric) {
                    break;
                }
                if let Some(found) = clitic_len(after) {
                    clitic = Some(len + found);
                    break;
                }
                hash = hash.push(b'\'');
                i += len;
                continue;
            }
            let next_alnum = bytes.get(i + 1).is_some_and(|&n| n.is_ascii_alphanumeric() || n >= 0x80);
            match b {
                b'-' | b'&' | b'/' | b'_'
                    if next_alnum
                        && glyph::read(rest).is_none()
                        && glyph::read(&rest[1..]).is_none()
                        && !follows_block(&rest[1..]) =>
                {
                    hash = hash.push(b);
                    i += 1;
                }
                // "U.S.", "example.com": a stop before a letter belongs to the word; "end.Next" does not.
                b'.' if next_alnum && glues(&self.text[start..i], &rest[1..]) => {
                    hash = hash.push(b);
                    i += 1;
                }
                b'*' if rest.trim_start_matches('*').starts_with(char::is_alphanumeric)
                    && rest.starts_with("**") =>
                {
                    i += rest.len() - rest.trim_start_matches('*').len();
                }
                _ if b >= 0x80 => {
                    let c = rest.chars().next().unwrap_or(' ');
                    let joins = c.is_alphanumeric() || is_combining(c) || matches!(c, '\u{ad}' | '\u{200d}');
                    if !joins || glyph::read(rest).is_some() {
                        break;
                    }
                    if c.is_uppercase() {
                        upper += 1;
                        first_upper |= letters == 0;
                    } else if c.is_lowercase() {
                        lower += 1;
                    }
                    letters += 1;
                    rest[..c.len_utf8()].bytes().for_each(|b| hash = hash.push(b));
                    i += c.len_utf8();
                }
                _ => break,
            }
        }
        // ASCII letters and digits only.
        let plain = i - start == letters;
        let mut word = if i - start == run.len {
            lexicon::look_up_key(run.key).map_or(Word::default(), |found| found.0)
        } else {
            look_up(&self.text[start..i]).unwrap_or_default()
        };
        // The stop of an abbreviation or an initial belongs to the word.
        if bytes.get(i) == Some(&b'.') && bytes.get(i + 1) != Some(&b'.') {
            let dotted = !plain && self.text[start..i].contains('.');
            let initial = letters == 1 && upper == 1;
            let known = word.class.any(Class::ABBREVIATION);
            let ambiguous = || AMBIGUOUS.contains(&&self.text[start..i]);
            let sure = || dotted || first_upper && !ambiguous() || always(&self.text[start..i]);
            if initial || dotted && lower == 0 || known && sure() {
                i += 1;
            }
        }
        if word == Word::default() && !plain && self.text.as_bytes()[i - 1] == b'.' {
            word = lexicon::look_up(self.text[start..i].trim_end_matches('.')).unwrap_or_default();
        }
        if word == Word::default() && !plain {
            word.class = person(&self.text[start..i]);
        }
        self.out.tokens.push(Token {
            span: Span::at(start, i),
            class: word.class,
            hash,
            lemma: word.lemma,
            kind: TokenKind::Word,
            case: case(upper, lower > 0, first_upper),
            spaced,
            stopped: bytes[i - 1] == b'.',
            plain: plain && bytes[i - 1] != b'.',
        });
        self.at = i;
        if let Some(len) = clitic {
            let after = &self.text[i..i + len];
            let tail = after.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
            // The entity `&rsquo;s` holds letters of its own; the clitic is what stands after the apostrophe.
            let tail = tail.rsplit(';').next().unwrap_or(tail);
            let mut hash = Hash::START.push(b'\'');
            tail.bytes().for_each(|b| hash = hash.push(b));
            let mut key = [b'\''; 16];
            key[1..=tail.len()].copy_from_slice(tail.as_bytes());
            let word = lexicon::look_up_key(lexicon::Key::of(&key, tail.len() + 1));
            let word = word.map_or(Word::default(), |found| found.0);
            self.out.tokens.push(Token {
                span: Span::at(i, i + len),
                class: word.class,
                hash,
                lemma: word.lemma,
                kind: TokenKind::Word,
                case: Case::None,
                spaced: false,
                stopped: false,
                plain: false,
            });
            self.at = i + len;
        }
    }
}

/// Tells how a word is cased: by its upper-case letters (2 stands for more), and whether it has others.
#[inline]
const fn case(upper: u32, lower: bool, first_upper: bool) -> Case {
    match (upper, lower) {
        (0, false) => Case::None,
        (1, false) => Case::Initial,
        (_, false) => Case::Upper,
        _ if first_upper => Case::Capital,
        _ => Case::Lower,
    }
}

/// Words that are whole words as well as abbreviations: their stop may end a sentence ("said no.").
const AMBIGUOUS: &[&str] =
    &["No", "Sun", "Sat", "Mar", "Ill", "Miss", "Ore", "Pa", "Vs", "Mass", "Fig", "La", "Ed", "Sat"];

/// Abbreviations that keep their stop in lower case too.
fn always(word: &str) -> bool {
    matches!(
        word,
        "vs" | "e.g" | "i.e" | "etc" | "approx" | "dept" | "a.m" | "p.m" | "mr" | "mrs" | "ms" | "dr"
    )
}

/// Whether a hyphen's right side starts with something that is no part of a word.
fn follows_block(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// Whether a stop inside `word` + `after` belongs to the word: "U.S", "a.m", "site.com", not "end.Next".
fn glues(word: &str, after: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    (last.chars().count() == 1 && next.chars().count() <= 2)
        || next.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The length of the clitic that `after` starts with, if nothing else follows in the word.
fn clitic_len(after: &str) -> Option<usize> {
    CLITICS.iter().find_map(|c| {
        let head = after.get(..c.len())?;
        let ends = !after[c.len()..].starts_with(|c: char| c.is_alphanumeric());
        (head.eq_ignore_ascii_case(c) && ends).then_some(c.len())
    })
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}

/// "mother-of-three", "ex-minister", "co-founders": nouns for people that no list knows stand in the lists of their
/// head. "Roe-Baker" is a name.
fn person(word: &str) -> Class {
    const PEOPLE: Class = Class::ROLE.or(Class::GROUP).or(Class::KIN_HE).or(Class::KIN_SHE);
    let Some((first, rest)) = word.split_once('-') else { return Class::NONE };
    let last = rest.rsplit('-').next().unwrap_or(rest);
    if !last.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Class::NONE;
    }
    let head = if rest.starts_with("of-") || rest.starts_with("in-") { first } else { last };
    lexicon::class(head).and(PEOPLE)
}

/// Looks a word up as the lexicon spells it: curly apostrophes straight.
fn look_up(word: &str) -> Option<Word> {
    if !word.contains('’') {
        return lexicon::look_up(word);
    }
    // No word of the lists is as long.
    let (mut key, mut len) = ([0; 64], 0);
    for c in word.chars().map(|c| if c == '’' { '\'' } else { c }) {
        len += c.encode_utf8(key.get_mut(len..len + c.len_utf8())?).len();
    }
    lexicon::look_up(core::str::from_utf8(&key[..len]).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Tokens::default();
        read(text, Span::at(0, text.len()), &mut out);
        out.tokens.iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn splits() {
        let cases: &[(&str, &[&str])] = &[
            ("Ada’s boat didn't sink.", &["Ada", "’s", "boat", "didn't", "sink", "."]),
            (
                "The U.S. paid $4.5m at 9 a.m. sharp.",
                &["The", "U.S.", "paid", "$4.5m", "at", "9", "a.m.", "sharp", "."],
            ),
            ("“Go,” said Mr. Roe.", &["“", "Go", ",", "”", "said", "Mr.", "Roe", "."]),
            (
                "A 41-year-old; Ana de la Cruz-O’Dell Jr.",
                &["A", "41-year-old", ";", "Ana", "de", "la", "Cruz-O’Dell", "Jr."],
            ),
            ("It’s 5—no, 6...", &["It", "’s", "5", "—", "no", ",", "6", "..."]),
            ("drivers’ vote", &["drivers", "’", "vote"]),
            ("``Go,'' he said", &["``", "Go", ",", "''", "he", "said"]),
            ("end.”Said Roe", &["end", ".", "”", "Said", "Roe"]),
            ("J. Smith said no. Then", &["J.", "Smith", "said", "no", ".", "Then"]),
            ("&ldquo;Go&rdquo; AT&T", &["&ldquo;", "Go", "&rdquo;", "AT&T"]),
            ("@ada #port 🚢 ok", &["@ada", "#port", "🚢", "ok"]),
        ];
        for (text, want) in cases {
            assert_eq!(&words(text), want, "{text}");
        }
    }

    #[test]
    fn every_byte_string_ends() {
        for text in ["", "'", "''''", "â€", "&quot", "a'", "1'", "\u{200d}\u{301}", ".-.-", "x**y", "É’É"]
        {
            words(text);
        }
    }
}
