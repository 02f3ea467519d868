//! The grammar of a byline: a line is items between separators, and each rule reads one item.

use alloc::vec::Vec;

use crate::frame::byline::word::{self, Words, is_all_capitals, is_capital, is_first_name, is_joiner};
use crate::frame::byline::{date, person, role};
use crate::frame::read_time;
use crate::lexicon::terms::{
    AGENCY, BODY, BY, COLLECTIVE, CONTRIBUTION, DATE_LABEL, IN, LEAD, LINK, NOT_NAME, OPENER, OPENER_WEAK,
    OUTLET, OUTLET_WORD, PHOTO, PLACE, POSITION, ROLE_START, SECTION, STAFF, TAIL,
};

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
    /// A slash stands before the outlet.
    pub(super) slashed: bool,
    pub(super) authors: Vec<Signed>,
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
    separator: char,
    /// A rule found that this is no byline at all.
    refused: bool,
}

impl Draft {
    /// Tells whether anyone signs yet.
    fn signed(&self) -> bool {
        !self.authors.is_empty() || self.staff || self.agency
    }
}

/// Reads one item that starts at `at`; returns where it ends.
type Rule = fn(&str, usize, &mut Draft) -> Option<usize>;

/// The rules, each tried where the one before did not match: what is surest stands first, names last.
const RULES: &[Rule] = &[
    shared_work,
    contribution,
    opener,
    stated_read_time,
    labelled_date,
    plain_date,
    desk_code,
    address,
    bracket,
    place_phrase,
    for_outlet,
    credit,
    dated_section,
    life_story,
    tail,
    section,
    newsroom,
    place,
    billing,
    outlet,
    names,
    organisation,
];

/// Reads a cleaned line; `None` when a part of it fits no rule.
pub(super) fn read(text: &str) -> Option<Draft> {
    // "— Ada Roe" signs a quotation or a post, "1. Ada Roe" a list.
    let mut at = text.len() - text.trim_start_matches(['—', '–', '-', '*', '•', '#', '(', '[', ' ']).len();
    let by =
        BY.prefix(&text[at..]).is_some_and(|len| text[at..at + len].to_ascii_lowercase().ends_with("by"));
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

/// Returns where the item that starts at `at` ends: at a mark, a date, a handle, a read time.
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
fn counter(rest: &str) -> Option<usize> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let word = rest[digits..].strip_prefix(' ').filter(|_| digits > 0)?;
    TAIL.prefix(word).map(|len| digits + 1 + len)
}

/// Tells whether a date, or a word that announces one, begins here.
pub(super) fn begins_date(rest: &str) -> bool {
    date::at_start(rest).is_some() || label(rest).is_some()
}

/// Returns where the date after a label starts: "Published on |Jul 17, 2031".
fn label(rest: &str) -> Option<usize> {
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

/// "Words and pictures by Ada Roe": an opener that begins like a contribution.
/// "Story and photos by Ian Poole". "Text and photographs by Sam Orr".
fn shared_work(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let end = BY.prefix(&text[at..]).filter(|&e| text[at..at + e].contains(" and "))?;
    opener(text, at, draft).filter(|&e| e >= at + end)
}

/// "By Ada Roe". "Words by Ian Poole". "Von: Jan Roe".
fn opener(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let len = BY.prefix(&text[at..])?;
    let said = &text[at..at + len];
    let rest = &text[at + len..];
    // Only "by" itself may do without a colon when it is no preposition ("Text Ada Roe" is no byline).
    let preposition = said.rsplit(' ').next().is_some_and(|w| OPENER.has(w));
    let colon = rest.trim_start().starts_with(':');
    if draft.signed()
        || !(colon || preposition && (rest.starts_with(' ') || rest.starts_with("- ")))
        || rest.trim_matches([' ', ':']).is_empty()
    {
        return None;
    }
    draft.by = true;
    draft.weak = OPENER_WEAK.has(said);
    Some(at + len + rest.len() - rest.trim_start_matches([' ', ':', '-', '–']).len())
}

/// "Photographs by Ada Roe". "Additional reporting by Ian Poole". "With files from Sam Orr".
fn contribution(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
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
        None if preposition && draft.signed() => Some(item_end(text, start)),
        None => None,
    }
}

/// "5 min read". "Reading time: 4 minutes".
fn stated_read_time(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let (len, seconds) = read_time::at_start(&text[at..])?;
    draft.read_time = Some(((at, at + len), seconds));
    Some(at + len)
}

/// "Published Jul 17, 2031". "Last updated: 3 May". "on December 3".
fn labelled_date(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let start = at + label(&text[at..])?;
    let len = date::at_start(&text[start..]).or_else(|| date::time_at_start(&text[start..]))?;
    draft.date.get_or_insert((start, start + len));
    Some(start + len)
}

/// "April 9, 2031". "2 days ago".
fn plain_date(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let len = date::at_start(&text[at..])
        .or_else(|| date::time_at_start(&text[at..]).filter(|_| draft.signed() || draft.date.is_some()))?;
    draft.date.get_or_insert((at, at + len));
    Some(at + len)
}

/// "abc/dpa". "Harrow Online, abc": an editor's code beside an agency names nobody.
fn desk_code(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let rest = &text[at..];
    let len = rest.find(|c: char| !c.is_lowercase()).unwrap_or(rest.len());
    let after = &rest[len..];
    let leads = draft.by && !draft.signed() && after.starts_with('/');
    let trails = (draft.staff || draft.agency) && matches!(draft.separator, ',' | '/') && after.is_empty();
    ((2..=4).contains(&len) && !AGENCY.has(&rest[..len]) && (leads || trails)).then_some(at + len)
}

/// "ROBERT ROE. Robert Roe is WXQR travel editor and …": the life story after a byline repeats the name.
fn life_story(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
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

/// "ada.roe@example.com". "@adaroe". "Twitter: @adaroe". "(509) 555-0100".
fn address(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let rest = &text[at..];
    let blank = rest.find([' ', ',', '|', '(', ')', ';', '/']).unwrap_or(rest.len());
    let token = rest[..blank].trim_end_matches('.');
    if let Some(handle) = rest.strip_prefix('@') {
        let skip = handle.len() - handle.trim_start().len();
        let len = handle[skip..]
            .find(|c: char| !(c.is_alphanumeric() || "_.".contains(c)))
            .unwrap_or(handle.len() - skip);
        let len = handle[skip..skip + len].trim_end_matches('.').len();
        if len == 0 {
            return None;
        }
        draft.handle.get_or_insert((at, at + 1 + skip + len));
        return Some(at + 1 + skip + len);
    }
    if let Some((user, host)) = token.split_once('@')
        && !user.is_empty()
        && host.contains('.')
        && !host.contains('@')
    {
        draft.email.get_or_insert((at, at + token.len()));
        return Some(at + token.len());
    }
    let url = ["http://", "https://", "www."].iter().any(|p| token.starts_with(p));
    if url && draft.signed() {
        return Some(at + token.len());
    }
    let phone = rest.find(|c: char| !(c.is_ascii_digit() || " ()-+.".contains(c))).unwrap_or(rest.len());
    let digits = rest[..phone].bytes().filter(u8::is_ascii_digit).count();
    (digits >= 7 && draft.signed()).then_some(at + phone)
}

/// "(reporting)". "(Nairobi)". "(Special Envoy)". "(AP)". "(Brussels, European desk)".
fn bracket(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let inside = text[at..].strip_prefix('(')?;
    let close = inside.find(')')?;
    let end = at + close + 2;
    let start = at + 1;
    let mut parts = start;
    for part in inside[..close].split(',') {
        let trimmed = (parts + part.len() - part.trim_start().len(), parts + part.trim_end().len());
        parts += part.len() + 1;
        let part = part.trim();
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
        } else if AGENCY.has(part) || OUTLET.has(part) {
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
        } else if draft.location.is_some() || draft.authors.len() == 1 && role::ending(part).is_some() {
            draft.role.get_or_insert(trimmed);
        } else if let Some(last) = draft.authors.last_mut() {
            last.role.get_or_insert(trimmed);
        }
    }
    draft.signed().then_some(end)
}

/// "in Nairobi". "Special Correspondent in Paris, France". "à Lyon".
fn place_phrase(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let word = IN.prefix(&text[at..]).filter(|&len| text[at + len..].starts_with(' '))?;
    if !draft.signed() {
        return None;
    }
    let start = at + word + 1;
    let rest = text.get(start..)?;
    let listed = PLACE.prefix(rest).map(|len| start + len);
    let end = listed.unwrap_or_else(|| {
        let mut words = Words::of(rest);
        let mut end = start;
        while let Some(w) = words.next() {
            let begin = start + words.end() - w.len();
            if !(is_capital(w) || word::is_particle(w)) || begins_date(&text[begin..]) {
                break;
            }
            end = start + words.end();
        }
        end
    });
    // "in Valve on 1 June" names a section: it is read as one by a later rule.
    let section = listed.is_none() && begins_date(text[end..].trim_start());
    let outlet = OUTLET.has(&text[start..end]);
    if end == start || section || outlet {
        return None;
    }
    if !SECTION.has(&text[start..end]) {
        draft.location.get_or_insert((start, end));
    }
    Some(end)
}

/// "for The Harrow Post". "Special to the Gazette". "Software Engineer at Marsh Labs".
fn for_outlet(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let rest = &text[at..];
    let start = at + LEAD.prefix(rest).filter(|&len| rest[len..].starts_with(' '))? + 1;
    let (start, end) = (start, item_end(text, start));
    let first = Words::of(&text[start..]).next()?;
    let named = is_capital(first)
        || first.eq_ignore_ascii_case("the")
        || first.starts_with(|c: char| c.is_ascii_digit());
    if PHOTO.prefix(&text[start..end]).is_some() {
        draft.refused = true;
    }
    if !draft.signed() || !named || text[start..end].split(' ').count() > 6 {
        return None;
    }
    draft.outlet.get_or_insert((start, end));
    Some(end)
}

/// "Oleg Marsh contributed reporting from Oslo": names, then what they did.
fn credit(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
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

/// "in Games on 3 May 2031". "Published in Front Row December 3, 2031": a section between name and date.
fn dated_section(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let rest = &text[at..];
    let opens = TAIL.prefix(rest).is_some_and(|len| rest[len..].starts_with([' ', ':']));
    if !draft.signed() || !opens || draft.date.is_some() {
        return None;
    }
    let mut words = rest.match_indices(' ').map(|(i, _)| at + i + 1).take(8);
    let start = words.find(|&i| begins_date(&text[i..]))?;
    labelled_date(text, start, draft).or_else(|| plain_date(text, start, draft))
}

/// "51 Comments". "Follow Ada Roe on Twitter @adaroe". "Topic: Hardware". "Tags: One, Two".
fn tail(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    if !draft.signed() {
        return None;
    }
    let rest = &text[at..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let word = &rest[digits..].trim_start();
    let len = TAIL.prefix(word)?;
    let after = &word[len..];
    let end = text.len() - after.len();
    // "Follow … @handle", "Email: …": what the rules can read is read on.
    let next = after.trim_start_matches([' ', ':']);
    if next.is_empty()
        || next.starts_with('@')
        || next.split([' ', ',']).next().is_some_and(|t| t.contains('@'))
    {
        return Some(text.len() - next.len());
    }
    if let Some(at) = after.find('@').filter(|_| after.len() < 80) {
        return Some(end + at);
    }
    if role::at_start(next).is_some() {
        return Some(text.len() - next.len());
    }
    let listing = after.starts_with(':') || digits > 0 || TAIL.prefix(next).is_some();
    (listing || after.starts_with(['|', '/', ',']) || after.starts_with(" |")).then_some(if digits > 0 {
        end
    } else {
        text.len()
    })
}

/// "| May 3, 2031 | News, Politics": the sections a page files the story under, after its date.
fn section(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let end = item_end(text, at);
    let filed = draft.signed() && draft.date.is_some() && draft.separator != ' ';
    (filed && SECTION.has(&text[at..end])).then_some(end)
}

/// "Gazette Staff". "Harrow News Desk". "Editorial Board". "Staff Writer" where a name should stand.
fn newsroom(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    if draft.signed() {
        return None;
    }
    let end = item_end(text, at);
    let item = &text[at..end];
    let start = STAFF.suffix(item).filter(|_| !AGENCY.has(item))?;
    let outlet = item[..start].trim_end();
    let name_like = outlet.contains(' ')
        && !OUTLET.has(outlet)
        && !OUTLET_WORD.has(outlet.rsplit(' ').next().unwrap_or(""))
        && (is_first_name(outlet.split(' ').next().unwrap_or("")) || outlet.split(' ').any(word::is_initial));
    let person = is_first_name(outlet.split(' ').next().unwrap_or(""))
        && outlet.contains(' ')
        && person::at_start(text, at).is_some_and(|(_, e)| e < at + outlet.len());
    if person
        || name_like
        || !(draft.by || item.contains(' ') && COLLECTIVE.has(item.rsplit(' ').next().unwrap_or("")))
    {
        return None;
    }
    draft.staff = true;
    draft.label =
        STAFF.has(item) && item.contains(' ') && COLLECTIVE.has(item.rsplit(' ').next().unwrap_or(""))
            || OUTLET_WORD.has(outlet.rsplit(' ').next().unwrap_or(""))
            || OUTLET.has(outlet);
    let article = outlet.get(..4).is_some_and(|a| a.eq_ignore_ascii_case("the "));
    let known = OUTLET.has(outlet) || OUTLET_WORD.has(outlet.rsplit(' ').next().unwrap_or(""));
    let last = outlet.rsplit(' ').next().map_or(0, str::len);
    if outlet.split(' ').any(is_joiner) {
        // "AP and Gazette staff": the house is named last.
        draft.outlet.get_or_insert((at + outlet.len() - last, at + outlet.len()));
    } else if !outlet.is_empty() && outlet != "Our" && (known || !article) {
        draft.outlet.get_or_insert((at, at + outlet.len()));
    }
    Some(end)
}

/// ", Nairobi". "Harrow, News Nation Bureau". Only a whole item that is a known place, or one word after the outlet.
fn place(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let end = item_end(text, at);
    let item = &text[at..end];
    let mut stop = PLACE.has(item).then_some(end);
    let after_outlet = draft.outlet.is_some() && draft.separator == ',' && Words::of(item).all(is_capital);
    if after_outlet
        && !item.is_empty()
        && role::ending(item).is_none()
        && (draft.agency || !draft.authors.is_empty())
    {
        let house = OUTLET.has(item) || AGENCY.has(item) || is_all_capitals(item) && !is_all_capitals(text);
        stop = stop.or(Some(end).filter(|_| item.split(' ').count() <= 2 && !house));
    }
    let stop = stop.filter(|_| {
        draft.location.is_none() && (draft.signed() || (!draft.by && text[end..].starts_with(',')))
    })?;
    draft.location = Some((at, stop));
    Some(stop)
}

/// "Political Correspondent". "AP Sports Writer". "Harrow Times business reporter".
fn billing(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let rest = &text[at..];
    let outlet = AGENCY.prefix(rest).into_iter().chain(OUTLET.prefix(rest)).max().or_else(|| house(rest));
    let own = role::at_start(rest);
    let after = outlet.and_then(|len| {
        let next = rest[len..].strip_prefix(' ')?;
        role::ending(next).map(|end| (len, len + 1 + end))
    });
    let whole = || {
        // After a name and a mark the whole item may be an unlisted billing ("Deputy Keeper of Birds").
        (draft.separator == ',' || draft.separator == '|')
            .then(|| role::ending(&text[at..item_end(text, at)]))
            .flatten()
    };
    let (house, (start, end)) = match (after, own.or_else(whole)) {
        (Some((len, end)), _) => (Some((at, at + len)), (at + len + 1, at + end)),
        (None, Some(end)) => (None, (at, at + end)),
        _ => return None,
    };
    // A role opens a byline ("Political editor Ada Roe") only when a name comes next.
    let alone = text[end..].trim_start_matches([',', ' ']);
    if !draft.signed() && person::at_start(text, text.len() - alone.len()).is_none() {
        return None;
    }
    if !draft.signed() && !draft.by && text[end..].starts_with(',') {
        return None;
    }
    // "Professor of History": what follows "of" belongs to the role unless it is a house.
    let end = match text[end..].strip_prefix(" of ") {
        Some(field)
            if !is_house_name(&text[text.len() - field.len()..item_end(text, text.len() - field.len())]) =>
        {
            item_end(text, text.len() - field.len())
        }
        _ => end,
    };
    if let Some(house) = house {
        draft.outlet.get_or_insert(house);
    }
    if draft.authors.len() > 1 && draft.role.is_some() {
        if let Some(last) = draft.authors.last_mut() {
            last.role = Some((start, end));
        }
    }
    draft.role.get_or_insert((start, end));
    // "…, wealth editor and the author of a book": a life story follows; the billing is all that counts.
    let story = [" and the ", " and author ", ". "].iter().any(|s| text[end..].starts_with(s));
    Some(if story { text.len() } else { end })
}

/// A newspaper's name by its last word, or a call sign: "Harrow Gazette", "WXQR".
fn house(rest: &str) -> Option<usize> {
    let mut words = Words::of(rest);
    let first = words.next().filter(|w| !NOT_NAME.has(w) || w.eq_ignore_ascii_case("the"))?;
    let next = Words::of(rest[first.len()..].trim_start()).next().unwrap_or("");
    let call_sign = is_all_capitals(first) && (2..=5).contains(&first.len()) && !is_first_name(first);
    if call_sign && !is_all_capitals(next) {
        return Some(first.len());
    }
    // "Globe Staff", "Gazette Staff Writer".
    let mut best = (OUTLET_WORD.has(first) && !ROLE_START.has(first)).then_some(first.len());
    let mut count = 1;
    while let Some(word) = words.next() {
        count += 1;
        if count > 4 || !(is_capital(word) || word == "of") {
            break;
        }
        if OUTLET_WORD.has(word) {
            best = Some(words.end());
        }
    }
    best
}

/// "| AP". ", The Harrow Post". "Reuters".
fn outlet(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let end = item_end(text, at);
    let item = &text[at..end];
    let rest = &text[at..];
    if PHOTO.has(item) {
        draft.refused = true;
        return None;
    }
    let agency = AGENCY.prefix(rest).filter(|&len| ends_item(text, at + len, end));
    let known = OUTLET.prefix(rest).filter(|&len| ends_item(text, at + len, end));
    // "BBC Scotland", "Bloomberg Opinion": a house and its part.
    let part = || {
        let len = AGENCY.prefix(rest).into_iter().chain(OUTLET.prefix(rest)).max()?;
        let sure = rest[..len].contains(' ')
            || len > 2 && is_all_capitals(&rest[..len]) && !is_all_capitals(item)
            || len > 7;
        (sure && !draft.authors.is_empty() && role::ending(item).is_none() && len < item.len())
            .then_some(item.len())
    };
    let len = agency.into_iter().chain(known).max().or_else(part).or_else(|| {
        let article = rest.get(..4).is_some_and(|a| a.eq_ignore_ascii_case("the ")) && is_capital(&rest[4..]);
        let listed = |w: &str| {
            is_capital(w) || is_joiner(w) || LINK.has(w) || w.starts_with(|c: char| c.is_ascii_digit())
        };
        let opening = item.split(' ').next().unwrap_or("");
        let verb = NOT_NAME.has(opening) && !opening.eq_ignore_ascii_case("the");
        let person = || {
            let parted = is_first_name(item.split(' ').next().unwrap_or("")) || item.contains(" The ");
            parted && person::at_start(text, at).is_some_and(|(_, e)| e < end)
        };
        let name = !draft.authors.is_empty()
            && !verb
            && is_house_name(item)
            && item.split(' ').all(listed)
            && !person();
        let sign = is_all_capitals(item) && item.len() > 1;
        let only = (draft.separator != ' ' || sign)
            && draft.separator != '&'
            && !draft.authors.is_empty()
            && !item.contains(' ')
            && is_capital(item);
        ((article || name || only) && draft.signed() && role::ending(item).is_none()).then_some(item.len())
    })?;
    // "Von: abc/dpa": the desk's code before the agency is nobody.
    if !draft.signed() {
        draft.agency = agency.is_some_and(|a| a == len);
        draft.staff = !draft.agency;
        if draft.staff && !draft.by {
            return None;
        }
        if draft.by && draft.outlet.is_some() && draft.agency {
            return Some(at + len);
        }
    }
    draft.slashed |= draft.separator == '/';
    draft.outlet.get_or_insert((at, at + len));
    Some(at + len)
}

/// Tells whether a phrase fills its item or is followed by a place, a role or a joiner.
fn ends_item(text: &str, at: usize, end: usize) -> bool {
    let next = text[at..].trim_start();
    at >= end || Words::of(next).next().is_some_and(|w| is_joiner(w) || ["in", "with", "in:"].contains(&w))
}

/// Tells whether an item is called like a newspaper, a site or a station.
fn is_house_name(item: &str) -> bool {
    let first = item.split(' ').next().unwrap_or("");
    let last = item.rsplit(' ').next().unwrap_or("");
    let site = last.contains('.')
        && last.rsplit('.').next().is_some_and(|t| t.len() > 1 && t.chars().all(|c| c.is_ascii_alphabetic()));
    let word = OUTLET_WORD.has(last) || BODY.has(last);
    let numbered = first.chars().all(|c| c.is_ascii_digit()) && item.contains(' ');
    site || numbered
        || word && !(is_first_name(first) && item.split(' ').count() == 2)
        || item.split(' ').any(|w| OUTLET_WORD.has(w)) && !is_first_name(first)
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
    let billed = role::at_start(last).is_some_and(|len| len == last.len()) && !role::is_surname(last);
    let sign = name
        .split(' ')
        .next()
        .is_some_and(|w| w.len() > 2 && is_all_capitals(w) && !given && !word::is_initial(w))
        && !is_all_capitals(name);
    if billed || sign {
        return None;
    }
    if !draft.signed() && (is_house_name(name) && !given || second && papers > 1) {
        return None;
    }
    draft.authors.push(signed);
    Some(end)
}

/// "by Marsh Observatory". "Par Service Étranger". Only after an opener, where no name can be read.
fn organisation(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let end = item_end(text, at);
    if draft.signed() || !draft.by || draft.weak {
        return None;
    }
    let item = &text[at..end];
    let named = item.split(' ').all(|w| {
        is_capital(w)
            || word::is_particle(w)
            || is_joiner(w)
            || ["to", "the", "of", "for", "To", "The"].contains(&w)
    });
    let collective = is_house_name(item)
        || STAFF.has(item)
        || item
            .split(' ')
            .next_back()
            .is_some_and(|w| crate::lexicon::class(w).any(crate::lexicon::Class::GROUP));
    if !named || !collective || PHOTO.has(item) {
        return None;
    }
    draft.staff = true;
    let article = item.get(..4).is_some_and(|a| a.eq_ignore_ascii_case("the "));
    let committee = article && item.rsplit(' ').next().is_some_and(|w| BODY.has(w)) && !OUTLET.has(item);
    if !committee && !STAFF.has(item) {
        draft.outlet.get_or_insert((at, end));
    }
    Some(end)
}
