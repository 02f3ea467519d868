//! Billings: the role of an author, with or without the outlet in front ("AP Sports Writer").

use crate::frame::byline::word::{Words, is_first_name, is_joiner};
use crate::lexicon::terms::{COLLECTIVE, LINK, PLACE, ROLE, ROLE_START, ROLE_SURNAME, STAFF, TAIL};

/// Returns how many bytes the role takes that `text` starts with.
///
/// A role starts with a word that starts billings or is a role itself, and ends with a role; it runs to the
/// last role within seven words ("Senior Editor", "News & Culture Writer", "Editor in Chief").
pub(super) fn at_start(text: &str) -> Option<usize> {
    let first = Words::of(text).next()?;
    // "Jakarta bureau chief", "Harare Bureau".
    let place = || {
        let len = PLACE.prefix(text).filter(|_| first.starts_with(char::is_uppercase))?;
        let rest = text[len..].strip_prefix(' ')?;
        let desk = || STAFF.prefix(rest).filter(|&end| COLLECTIVE.has(&rest[..end]));
        Some(len + 1 + starting(rest).or_else(desk)?)
    };
    place().or_else(|| starting(text))
}

fn starting(text: &str) -> Option<usize> {
    let first = Words::of(text).next()?;
    (ROLE_START.has(first) || ROLE.has(first) || ROLE_START.has(first.trim_end_matches("'s")))
        .then(|| ending(text))
        .flatten()
}

/// Returns the end of the last role noun in the words that `text` starts with, whatever the first word is.
///
/// Up to two unlisted words may stand before a role ("Deputy Cricket Correspondent"); a given name ends it.
pub(super) fn ending(text: &str) -> Option<usize> {
    let mut end = None;
    let mut open = true;
    let mut unknown = 0;
    let mut words = Words::of(text);
    for _ in 0..8 {
        let Some(word) = words.next() else { break };
        let at = words.end() - word.len();
        let phrase = ROLE.prefix(&text[at..]).filter(|&len| len >= word.len());
        let starts = ROLE_START.has(word);
        // "travel editor and the author of …": the article begins another story.
        let article = ["the", "a", "an"].contains(&word) && text[..at].ends_with("and ");
        if article || end.is_some() && TAIL.has(word) {
            break;
        }
        if let Some(len) = phrase {
            end = Some(end.unwrap_or(0).max(at + len));
            // "Chief" and "Staff" are roles that rather begin a longer one.
            open = starts || ROLE_START.has(&text[at..at + len]);
            unknown = 0;
        } else if at < end.unwrap_or(0) || starts || is_joiner(word) || LINK.has(word) {
            // inside a phrase already read, or a word that leads on
        } else {
            unknown += 1;
            if !open || unknown > 2 || is_first_name(word) || !word.starts_with(char::is_alphabetic) {
                break;
            }
        }
    }
    // "Editor in Chief" is one role, "Editor at The Post" is a role and an outlet.
    let end = end?;
    let rest = &text[end..];
    let closing = [" in chief", " at large", "-in-chief", "-at-large"]
        .iter()
        .find(|c| rest.get(..c.len()).is_some_and(|r| r.eq_ignore_ascii_case(c)));
    Some(end + closing.map_or(0, |c| c.len()))
}

/// Tells whether a role is the single word that may as well end a name ("Ada Baker").
pub(super) fn is_surname(role: &str) -> bool {
    ROLE_SURNAME.has(role)
}
