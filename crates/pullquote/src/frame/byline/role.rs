//! Billings: the role of an author, with or without the outlet in front ("AP Sports Writer").

use crate::frame::byline::word::{Words, is_joiner};
use crate::lexicon::terms::{ROLE, ROLE_START, ROLE_SURNAME};

/// Returns how many bytes the role takes that `text` starts with.
///
/// A role starts with a word that starts billings or is a role itself, and ends with a role; it runs to the
/// last role within seven words ("Senior Editor", "News & Culture Writer", "Editor in Chief").
pub(super) fn at_start(text: &str) -> Option<usize> {
    let first = Words::of(text).next()?;
    (ROLE_START.has(first) || ROLE.has(first) || ROLE_START.has(first.trim_end_matches("'s")))
        .then(|| ending(text))
        .flatten()
}

/// Returns the end of the last role noun in the words that `text` starts with, whatever the first word is.
pub(super) fn ending(text: &str) -> Option<usize> {
    let mut end = None;
    let mut words = Words::of(text);
    let mut count = 0;
    while let Some(word) = words.next() {
        let at = words.end() - word.len();
        count += 1;
        let lower = word.starts_with(char::is_lowercase);
        let links = is_joiner(word) || LINKS.contains(&word);
        if ROLE.has(word) || ROLE.prefix(&text[at..]).is_some_and(|e| e > word.len()) {
            end = Some(at + ROLE.prefix(&text[at..]).unwrap_or(word.len()).max(word.len()));
        } else if count > 7
            || (end.is_some() && !links)
            || (lower && !links && !ROLE_START.has(word) && count > 4)
        {
            break;
        }
    }
    // "Editor in Chief" is one role, "Editor at The Post" is a role and an outlet.
    let end = end?;
    let chief = text[end..].get(..9).is_some_and(|r| r.eq_ignore_ascii_case(" in chief"));
    let large = text[end..].get(..9).is_some_and(|r| r.eq_ignore_ascii_case(" at large"));
    Some(if chief || large { end + 9 } else { end })
}

/// Tells whether a role is the single word that may as well end a name ("Ada Baker").
pub(super) fn is_surname(role: &str) -> bool {
    ROLE_SURNAME.has(role)
}

/// Short words inside a billing; the joiners are known elsewhere.
const LINKS: &[&str] =
    &["of", "for", "in", "the", "de", "der", "du", "des", "für", "del", "di", "per", "-", "–"];
