//! The grammar of a byline: a line is items between separators, and each rule reads one item.

use alloc::vec::Vec;
use core::cell::Cell;

use crate::frame::byline::word::{Words, is_all_capitals, is_first_name, is_joiner};
use crate::frame::byline::{date, person, role, word};
use crate::frame::byline::{house, share, trailer};
use crate::frame::read_time;
use crate::lexicon::terms::{
    BODY, BY, DATE_LABEL, KICKER, OPENER, OPENER_WEAK, OUTLET_WORD, PHOTO, ROLE_START, SECTION, TAIL,
};
use crate::lexicon::{self, Class};
use crate::short::OneOrMore;

/// A stretch of the cleaned line.
pub(super) type Range = (usize, usize);

/// An author as the grammar found it: the name, letters after it, and a role of that author alone.
pub(super) struct Signed {
    pub(super) name: Range,
    pub(super) credentials: Option<Range>,
    pub(super) role: Option<Range>,
}

/// What has been read of a line so far.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) by: bool,
    /// The opener is an everyday word as well ("From").
    pub(super) weak: bool,
    /// The opener and its colon begin headlines as well ("Report:").
    pub(super) heading: bool,
    /// A slash stands before the outlet.
    pub(super) slashed: bool,
    pub(super) authors: OneOrMore<Signed>,
    pub(super) contributors: Vec<(Range, Range)>,
    pub(super) staff: bool,
    /// The staff label can be nothing else ("News Desk", "Gazette Staff").
    pub(super) label: bool,
    pub(super) agency: bool,
    pub(super) role: Option<Range>,
    pub(super) outlet: Option<Range>,
    pub(super) location: Option<Range>,
    pub(super) date: Option<Range>,
    pub(super) handle: Option<Range>,
    pub(super) email: Option<Range>,
    pub(super) read_time: Option<(Range, u64)>,
    /// What parts the item before from this one: a comma, a bar, only space, …
    pub(super) separator: char,
    /// A rule found that this is no byline at all.
    pub(super) refused: bool,
    /// Where the item starts and ends that was asked for last: most rules ask for the same one.
    item: Cell<(usize, usize)>,
}

impl Draft {
    /// Tells whether anyone signs yet.
    pub(super) fn signed(&self) -> bool {
        !self.authors.is_empty() || self.staff || self.agency
    }

    /// Returns where the item that starts at `at` ends: at a mark, a date, a handle, a read time.
    pub(super) fn item_end(&self, text: &str, at: usize) -> usize {
        let (start, end) = self.item.get();
        if start == at && end > 0 {
            return end;
        }
        let end = item_end(text, at);
        self.item.set((at, end));
        end
    }
}

/// Reads one item that starts at `at`; returns where it ends.
type Rule = fn(&str, usize, &mut Draft) -> Option<usize>;

/// The rules, each tried where the one before did not match: what is surest stands first, names last.
const RULES: &[Rule] = &[
    share::shared_work,
    share::contribution,
    opener,
    trailer::stated_read_time,
    trailer::labelled_date,
    trailer::plain_date,
    house::desk_code,
    trailer::address,
    share::bracket,
    trailer::place_phrase,
    house::for_outlet,
    share::credit,
    trailer::dated_section,
    share::life_story,
    trailer::tail,
    trailer::section,
    trailer::kicker,
    house::masthead,
    house::possessor,
    house::newsroom,
    trailer::place,
    house::billing,
    house::outlet,
    names,
    house::organisation,
];

/// Reads a cleaned line; `None` when a part of it fits no rule.
pub(super) fn read(text: &str) -> Option<Draft> {
    // "— Ada Roe" signs a quotation or a post, "1. Ada Roe" a list.
    let mut at = text.len() - text.trim_start_matches(['—', '–', '-', '*', '•', '#', '(', '[', ' ']).len();
    let says_by = |end: usize| {
        text.as_bytes()[..end].last_chunk().is_some_and(|w: &[u8; 2]| w.eq_ignore_ascii_case(b"by"))
    };
    let by = BY.prefix(&text[at..]).is_some_and(|len| len > 1 && says_by(at + len));
    if at > 0 && !by {
        return None;
    }
    let enclosed = text.starts_with(['(', '[']);
    let text = if enclosed { text.trim_end_matches([')', ']']) } else { text };
    let mut draft = Draft { separator: ' ', ..Draft::default() };
    loop {
        at = skip_separators(text, at, &mut draft);
        if at >= text.len() {
            return (!draft.refused).then_some(draft);
        }
        let end = RULES.iter().find_map(|rule| rule(text, at, &mut draft))?;
        if draft.refused || end <= at {
            return None;
        }
        draft.separator = ' ';
        at = end;
    }
}

/// Skips blanks, marks and joining words between items, and keeps the strongest mark it met.
fn skip_separators(text: &str, mut at: usize, draft: &mut Draft) -> usize {
    loop {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { return at };
        let dash = c == '-' && (rest.starts_with("- ") || rest.starts_with("--") || rest == "-");
        if c == ' '
            || dash
            || matches!(
                c,
                ',' | '|'
                    | '/'
                    | '•'
                    | '·'
                    | '—'
                    | '–'
                    | ';'
                    | '.'
                    | ':'
                    | '*'
                    | '►'
                    | '»'
                    | '‧'
                    | '∙'
                    | '●'
                    | '⋅'
                    | '\\'
            )
        {
            if c != ' ' {
                draft.separator = c;
            }
            at += c.len_utf8();
            continue;
        }
        let joiner = Words::of(rest)
            .next()
            .filter(|w| is_joiner(w) && draft.signed() && rest[w.len()..].starts_with(' '));
        match joiner {
            Some(word) => {
                draft.separator = '&';
                at += word.len();
            }
            None => return at,
        }
    }
}

fn item_end(text: &str, at: usize) -> usize {
    let mut words = Words::of(&text[at..]);
    let mut end = at;
    while let Some(found) = words.next() {
        let start = at + words.end() - found.len();
        let rest = &text[start..];
        if start > at && (begins_date(rest) || read_time::at_start(rest).is_some() || counter(rest).is_some())
        {
            break;
        }
        end = at + words.end();
    }
    end
}

/// "51 Comments": returns where the counter ends.
pub(super) fn counter(rest: &str) -> Option<usize> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let word = rest[digits..].strip_prefix(' ').filter(|_| digits > 0)?;
    TAIL.prefix(word).map(|len| digits + 1 + len)
}

/// Tells whether a date, or a word that announces one, begins here.
pub(super) fn begins_date(rest: &str) -> bool {
    date::at_start(rest).is_some() || label(rest).is_some()
}

/// Returns where the date after a label starts: "Published on |Jul 17, 2031".
pub(super) fn label(rest: &str) -> Option<usize> {
    let mut end = DATE_LABEL.prefix(rest)?;
    loop {
        let gap = rest[end..].len() - rest[end..].trim_start_matches([' ', ':', '.']).len();
        end += gap;
        let next = &rest[end..];
        if date::at_start(next).is_some() || date::time_at_start(next).is_some() {
            return Some(end);
        }
        end += DATE_LABEL.prefix(next).filter(|_| gap > 0)?;
    }
}

/// "By Ada Roe". "Words by Ian Poole". "Von: Jan Roe".
pub(super) fn opener(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let len = BY.prefix(&text[at..])?;
    let said = &text[at..at + len];
    let rest = &text[at + len..];
    // Only "by" itself may do without a colon when it is no preposition ("Text Ada Roe" is no byline).
    let preposition = said.rsplit(' ').next().is_some_and(|w| OPENER.has(w) || said.len() > 2 && w == "to");
    let colon = rest.trim_start().starts_with(':');
    if draft.signed()
        || !(colon || preposition && (rest.starts_with(' ') || rest.starts_with("- ")))
        || rest.trim_matches([' ', ':']).is_empty()
    {
        return None;
    }
    draft.by = true;
    draft.weak = OPENER_WEAK.has(said);
    // "Report: Zorana Quill" signs, "Report: Tarn Budget Doubled" is a headline.
    draft.heading = colon && KICKER.has(said);
    Some(at + len + rest.len() - rest.trim_start_matches([' ', ':', '-', '–']).len())
}

/// "Ada Roe". "ADA ROE". "Dr. Ada de la Roe Jr., MD".
fn names(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let item = &text[at..item_end(text, at)];
    let (signed, end) = person::at_start(text, at)?;
    // After staff or an agency a name is somebody else's.
    if draft.staff || SECTION.has(item) || PHOTO.prefix(item).is_some() {
        return None;
    }
    // "Harrow Post", "India News Weekly": called like a newspaper, the given name weighs less the longer it is.
    let name = &text[signed.name.0..signed.name.1];
    let given = is_first_name(name.split(' ').next().unwrap_or(""));
    let papers = item.split(' ').filter(|w| OUTLET_WORD.has(w)).count();
    let second = name.split(' ').nth(1).is_some_and(|w| OUTLET_WORD.has(w));
    // "HT Correspondent", "BBC News": no name ends with what a newsroom is called.
    let last = name.rsplit(' ').next().unwrap_or("");
    let plural = !draft.signed() && !given && lexicon::class(last).any(Class::GROUP);
    let newsroom = !given && BODY.has(name.split(' ').next().unwrap_or(""));
    // "By Popular Demand", "By Invitation Only".
    let opening = name.split(' ').next().unwrap_or("");
    let function =
        lexicon::class(opening).any(Class::DETERMINER.or(Class::PREPOSITION).or(Class::CONJUNCTION));
    let idiom = name.split(' ').all(|w| person::is_ordinary(w) && !is_first_name(w))
        || function && !is_first_name(opening)
        // "By Grand Agreement", "By General Acclamation": an everyday noun that no family is called.
        || name.split(' ').count() == 2
            && person::has_heading_end(last)
            && (person::is_ordinary(last) || ROLE_START.has(opening) && !given);
    let billed = plural
        || idiom
        || newsroom
        || role::at_start(last).is_some_and(|len| len == last.len()) && !role::is_surname(last);
    let sign = name
        .split(' ')
        .next()
        .is_some_and(|w| w.len() > 2 && is_all_capitals(w) && !given && !word::is_initial(w))
        && !is_all_capitals(name);
    if billed || sign {
        return None;
    }
    if !draft.signed() && (house::is_house_name(name) && !given || second && papers > 1) {
        return None;
    }
    draft.authors.push(signed);
    Some(end)
}
