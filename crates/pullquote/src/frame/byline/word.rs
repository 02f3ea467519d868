//! Words of a cleaned line, and what shape they have.

use crate::lexicon::terms::JOINER;
use crate::lexicon::{self, Class};

/// Walks over words parted by single spaces and stops at the first mark between them.
pub(super) struct Words<'t> {
    text: &'t str,
    end: usize,
    over: bool,
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t str) -> Words<'t> {
        Words { text, end: 0, over: false }
    }

    /// Returns where the word last returned ends.
    pub(super) fn end(&self) -> usize {
        self.end
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.over {
            return None;
        }
        let start = if self.end == 0 { 0 } else { self.end + 1 };
        let rest = self.text.get(start..)?;
        let len = rest.find(|c| !is_word_char(c)).unwrap_or(rest.len());
        let len = if len == 1 && is_filial(rest) { 3 } else { len };
        let word = &rest[..len];
        // "Ma. Corazon Roe", "Wm. Poole": a short word before another one is a given name cut short.
        let cut = self.end == 0
            && (3..=5).contains(&word.len())
            && word.ends_with('.')
            && rest[len..].strip_prefix(' ').is_some_and(|r| r.starts_with(char::is_uppercase));
        let kept = if cut || keeps_stop(word) { word } else { word.trim_end_matches(['.', '\'', '’']) };
        let kept = if kept.len() > 1 { kept.trim_end_matches('-') } else { kept };
        if kept.is_empty() || kept == "-" || kept == "–" {
            self.over = true;
            return None;
        }
        self.end = start + kept.len();
        self.over = !self.text[self.end..].starts_with(' ');
        Some(kept)
    }
}

/// "s/o", "d/o", "a/l", "a/p": whose child somebody is, between the names of both.
fn is_filial(text: &str) -> bool {
    match *text.as_bytes() {
        [a, b'/', b, ref rest @ ..] if matches!(rest, [] | [b' ', ..]) => {
            matches!([a, b].map(|c| c.to_ascii_lowercase()), [b's' | b'd', b'o'] | [b'a', b'l' | b'p'])
        }
        _ => false,
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '‑' | '.' | '_' | '&' | '+' | '`') || is_mark(c)
}

/// Beyond Latin every character below general punctuation is part of a word: letters and the marks on them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{1fff}') && !matches!(c, '،' | '؛' | '।')
}

/// Tells whether the stop at the end belongs to the word: "J.", "A.A.", "Jr.", "Dr.", "Feb.".
fn keeps_stop(word: &str) -> bool {
    let Some(bare) = word.strip_suffix('.') else { return true };
    bare.chars().count() == 1
        || bare.contains('.') && bare.split('.').all(|p| p.chars().count() <= 2)
        || lexicon::class(bare).any(Class::SUFFIX.or(Class::ABBREVIATION))
}

/// Tells whether a word is an initial or several: "J.", "J", "A.A.", "J.M".
pub(super) fn is_initial(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let stops = word.chars().filter(|&c| c == '.').count();
    word.starts_with(char::is_uppercase)
        && (letters == 1 && word.chars().count() <= 2 || stops > 0 && stops + 1 >= letters && letters <= 3)
}

/// Tells whether a word may stand in a name: a capital first, or a lower-case prefix grown on ("deRosa"),
/// or letters of a script without case; no digits.
pub(super) fn is_capital(word: &str) -> bool {
    let Some(first) = word.chars().next() else { return false };
    let cased_inside = || word.chars().skip(1).any(char::is_uppercase) && word.chars().count() > 4;
    first.is_alphabetic()
        && (!first.is_lowercase()
            || (cased_inside() || word.starts_with("d’") || word.starts_with("d'")) && !word.contains('.'))
        && !word.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '&' | '+'))
}

/// Tells whether a word may link the parts of a name.
pub(super) fn is_particle(word: &str) -> bool {
    lexicon::class(word).any(Class::PARTICLE) && !is_joiner(word) || is_filial(word)
}

/// Tells whether a word joins two names: "and", "&", "y", "et", "und".
pub(super) fn is_joiner(word: &str) -> bool {
    // A capital "E" is an initial, "En" a Chinese name; "AND" is the joiner of a line in capitals.
    JOINER.has(word) && (word.len() > 2 || !word.starts_with(char::is_uppercase))
}

/// Tells whether a word is a known given name.
pub(crate) fn is_first_name(word: &str) -> bool {
    let known = |w: &str| lexicon::class(w).any(Class::FIRST_HE.or(Class::FIRST_SHE).or(Class::FIRST_BOTH));
    known(word) || word.split_once('-').is_some_and(|(a, b)| known(a) && is_capital(b))
}

/// Tells whether every letter of the text is a capital.
pub(super) fn is_all_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}
