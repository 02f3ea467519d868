//! Rules for those who had a share in the work: photographers, second reporters, editors.

use alloc::vec::Vec;

use crate::frame::byline::grammar::{Draft, label, opener};
use crate::frame::byline::house::{billing, is_house_name};
use crate::frame::byline::trailer::{labelled_date, plain_date};
use crate::frame::byline::word::{Words, is_all_capitals, is_capital, is_joiner};
use crate::frame::byline::{date, person, role};
use crate::lexicon::terms::{AGENCY, BY, CONTRIBUTION, OUTLET, PLACE, POSITION};

/// "Words and pictures by Ada Roe": an opener that begins like a contribution.
/// "Story and photos by Ian Poole". "Text and photographs by Sam Orr".
pub(super) fn shared_work(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let end = BY.prefix(&text[at..]).filter(|&e| {
        let said = &text[at..at + e];
        said.contains(" and ") || said.contains(" & ") || CONTRIBUTION.has(said)
    })?;
    opener(text, at, draft).filter(|&e| e >= at + end)
}

/// "Photographs by Ada Roe". "Additional reporting by Ian Poole". "With files from Sam Orr".
pub(super) fn contribution(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let len = CONTRIBUTION.prefix(&text[at..])?;
    let what = (at, at + len);
    let rest = &text[at + len..];
    let mut start = at + len + rest.len() - rest.trim_start_matches([' ', ':']).len();
    if start == at + len {
        return None;
    }
    let preposition =
        text[at..at + len].contains(' ') || text[at + len..].trim_start().starts_with(':') || draft.signed();
    let mut end = None;
    while let Some((name, after)) = preposition.then(|| person::at_start(text, start)).flatten() {
        draft.contributors.push((name.name, what));
        end = Some(after);
        let rest = &text[after..];
        let gap = rest.len() - rest.trim_start_matches([' ', ',']).len();
        let joined = Words::of(&rest[gap..]).next().filter(|w| is_joiner(w)).map_or(0, |w| w.len() + 1);
        if gap == 0 && joined == 0 {
            break;
        }
        start = (after + gap + joined).min(text.len());
    }
    match end {
        Some(end) => Some(end),
        None if preposition && draft.signed() => Some(draft.item_end(text, start)),
        None => None,
    }
}

/// "(reporting)". "(Nairobi)". "(Special Envoy)". "(AP)". "(Brussels, European desk)".
pub(super) fn bracket(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let inside = text[at..].strip_prefix('(')?;
    let close = inside.find(')')?;
    let end = at + close + 2;
    let start = at + 1;
    let mut parts = start;
    for part in inside[..close].split(',') {
        let trimmed = (parts + part.len() - part.trim_start().len(), parts + part.trim_end().len());
        parts += part.len() + 1;
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if let Some(name) = part.split_once(' ').filter(|(w, _)| is_joiner(w) || CONTRIBUTION.has(w)) {
            let names = trimmed.1 - name.1.len();
            let mut at = names;
            while let Some((found, after)) = person::at_start(text, at).filter(|f| f.1 <= trimmed.1) {
                draft.contributors.push((found.name, (trimmed.0, trimmed.0 + name.0.len())));
                let rest = &text[after..trimmed.1];
                at = after
                    + Words::of(rest.trim_start()).next().filter(|w| is_joiner(w)).map_or(0, |w| w.len() + 2);
            }
        } else if date::at_start(part).is_some() || label(part).is_some() {
            labelled_date(text, trimmed.0, draft).or_else(|| plain_date(text, trimmed.0, draft));
        } else if AGENCY.has(part) || OUTLET.has(part) || is_house(part) {
            draft.outlet.get_or_insert(trimmed);
        } else if POSITION.has(part) {
            // "Ada Roe (left) and Ian Poole" stands under a picture.
            draft.refused = true;
        } else if PLACE.has(part) {
            draft.location.get_or_insert(trimmed);
        } else if part.starts_with('@') {
            draft.handle.get_or_insert(trimmed);
        } else if is_all_capitals(part) && part.len() <= 4 {
            // A state after credentials, an agency without a name: nothing to keep.
        } else if trimmed.0 == start && draft.signed() && is_town(part) {
            draft.location.get_or_insert(trimmed);
        } else if draft.location.is_some() || draft.authors.len() == 1 && role::ending(part).is_some() {
            draft.role.get_or_insert(trimmed);
        } else if let Some(last) = draft.authors.last_mut() {
            last.role.get_or_insert(trimmed);
        }
    }
    draft.signed().then_some(end)
}

/// "(The Ferry Post)", "(WXQR)": a house in brackets; two letters are a state.
fn is_house(part: &str) -> bool {
    let article = part.get(..4).is_some_and(|a| a.eq_ignore_ascii_case("the "));
    let named = part.split(' ').all(is_capital) && role::ending(part).is_none();
    let sign = is_all_capitals(part) && (3..=5).contains(&part.len()) && named && !part.contains(' ');
    named && (sign || article || is_house_name(part))
}

/// "(Harrow)": one word with a capital that is no role.
fn is_town(part: &str) -> bool {
    !part.contains(' ') && is_capital(part) && !is_all_capitals(part) && role::ending(part).is_none()
}

/// "Oleg Marsh contributed reporting from Oslo": names, then what they did.
pub(super) fn credit(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let verb = text[at..].find(" contributed").map(|i| at + i)?;
    let mut start = at;
    let mut found = Vec::new();
    while start < verb {
        let (name, after) = person::at_start(text, start)?;
        found.push(name.name);
        let rest = &text[after..];
        let gap = rest.len() - rest.trim_start_matches([' ', ',']).len();
        let joined = Words::of(&rest[gap..]).next().filter(|w| is_joiner(w)).map_or(0, |w| w.len() + 1);
        start = after + gap + joined;
    }
    // A line of nothing but this is a credit at the foot of a story.
    if !draft.signed() {
        draft.refused = !draft.by;
        return None;
    }
    let what = (verb + 1, text.trim_end_matches('.').len());
    draft.contributors.extend(found.into_iter().map(|name| (name, what)));
    draft.signed().then_some(text.len())
}

/// "ROBERT ROE. Robert Roe is WXQR travel editor and …": the life story after a byline repeats the name.
pub(super) fn life_story(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let author = draft.authors.first()?.name;
    let name = &text[author.0..author.1];
    let rest = text[at..].get(..name.len()).filter(|r| r.eq_ignore_ascii_case(name)).map(|r| at + r.len())?;
    let start =
        [" is the ", " is an ", " is a ", " is "].iter().find_map(|is| text[rest..].strip_prefix(is))?;
    if !draft.by {
        return None;
    }
    draft.separator = ' ';
    billing(text, text.len() - start.len(), draft);
    Some(text.len())
}
