//! Rules for what follows the author: date, read time, address, place, furniture.

use crate::frame::byline::grammar::{Draft, begins_date, label};
use crate::frame::byline::house::before_joined_name;
use crate::frame::byline::person::is_credential;
use crate::frame::byline::word::{Words, is_all_capitals, is_capital, is_first_name};
use crate::frame::byline::{date, person, role, word};
use crate::frame::read_time;
use crate::lexicon::terms::{AGENCY, BADGE, IN, OUTLET, OUTLET_WORD, PLACE, ROLE_START, SECTION, TAIL};

/// "5 min read". "Reading time: 4 minutes".
pub(super) fn stated_read_time(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let (len, seconds) = read_time::at_start(&text[at..])?;
    draft.read_time = Some(((at, at + len), seconds));
    Some(at + len)
}

/// "Published Jul 17, 2031". "Last updated: 3 May". "on December 3".
pub(super) fn labelled_date(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let start = at + label(&text[at..])?;
    let len = date::at_start(&text[start..]).or_else(|| date::time_at_start(&text[start..]))?;
    draft.date.get_or_insert((start, start + len));
    Some(start + len)
}

/// "April 9, 2031". "2 days ago".
pub(super) fn plain_date(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let len = date::at_start(&text[at..])
        .or_else(|| date::time_at_start(&text[at..]).filter(|_| draft.signed() || draft.date.is_some()))?;
    draft.date.get_or_insert((at, at + len));
    Some(at + len)
}

/// "ada.roe@example.com". "@adaroe". "Twitter: @adaroe". "(509) 555-0100".
pub(super) fn address(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
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

/// "in Nairobi". "Special Correspondent in Paris, France". "à Lyon".
pub(super) fn place_phrase(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
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
    // "in Valve on 1 June" names a section, "in Tarn 1 June" a town: it is read as one by a later rule.
    let next = text[end..].trim_start();
    let section = listed.is_none() && label(next).is_some();
    let outlet = OUTLET.has(&text[start..end]);
    if end == start || section || outlet {
        return None;
    }
    if !SECTION.has(&text[start..end]) {
        draft.location.get_or_insert((start, end));
    }
    Some(end)
}

/// "Sport By Ada Roe". "OPINION | By Ada Roe": the heading that the story is filed under, before "By".
pub(super) fn kicker(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    if draft.by || draft.signed() {
        return None;
    }
    let rest = &text[at..];
    let end = rest.match_indices(' ').map(|(i, _)| i).take(3).find(|&i| {
        let next = rest[i..].trim_start_matches([' ', '|', '/', '•', '·', '-', '–', '—', ':']);
        next.get(..3).is_some_and(|w| w.eq_ignore_ascii_case("by "))
    })?;
    let label = rest[..end].trim_end_matches([':', ',', '|', '-']);
    // One word before a bar needs no list: "Ferries | By Ada Roe".
    let barred = !label.contains(' ') && rest[end..].trim_start().starts_with('|');
    (barred || SECTION.has(label) || ROLE_START.has(label) || OUTLET_WORD.has(label)).then_some(at + end)
}

/// ", Nairobi". "Harrow, News Nation Bureau". Only a whole item that is a known place, or one word after the outlet.
pub(super) fn place(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    // "Ada Roe, |Harrow| and Ian Poole, Marsh".
    let whole = draft.item_end(text, at);
    let billed = role::ending(&text[at..whole]).is_some();
    let end = if billed { whole } else { before_joined_name(text, at, whole) };
    let item = &text[at..end];
    let mut stop = PLACE.has(item).then_some(end);
    let capitals = draft.separator == ',' && Words::of(item).all(is_capital);
    // "By Ferry Post writers Ada Roe, |Ian Poole": several are billed.
    let several = draft.authors.len() == 1
        && draft.role.is_some_and(|(start, end)| end <= at && is_plural(&text[start..end]))
        && person::at_start(text, at).is_some();
    let after_outlet = draft.outlet.is_some() && capitals && !several;
    // "Ada Roe, |Harrow", "Staff Correspondent, |Harrow": one word that no house is called, before a mark or the end.
    // "Ada, |Otto| and Lena Roe" are of one family.
    let joined = end < whole && !is_first_name(item);
    let closes = (!text[end..].starts_with(' ') || joined) && !item.contains([' ', '.']);
    let built = item.char_indices().any(|(i, c)| i > 0 && c.is_uppercase());
    let town = capitals
        && closes
        && !built
        && (draft.staff || !draft.authors.is_empty())
        && !(OUTLET.has(item) || AGENCY.has(item) || OUTLET_WORD.has(item) || is_credential(item));
    if after_outlet
        && !item.is_empty()
        && role::ending(item).is_none()
        && (draft.agency || !draft.authors.is_empty())
    {
        let house = OUTLET.has(item) || AGENCY.has(item) || is_all_capitals(item) && !is_all_capitals(text);
        stop = stop.or(Some(end).filter(|_| item.split(' ').count() <= 2 && !house));
    }
    stop = stop.or(Some(end).filter(|_| town && role::ending(item).is_none()));
    let stop = stop.filter(|_| {
        (draft.location.is_none() || draft.authors.len() > 1)
            && (draft.signed() || (!draft.by && text[end..].starts_with(',')))
    })?;
    draft.location.get_or_insert((at, stop));
    Some(stop)
}

/// "writers", "staff reporters".
fn is_plural(role: &str) -> bool {
    role.ends_with(['s', 'S']) && !role.ends_with("ss")
}

/// "in Games on 3 May 2031". "Published in Front Row December 3, 2031": a section between name and date.
pub(super) fn dated_section(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let rest = &text[at..];
    let opens = TAIL.prefix(rest).is_some_and(|len| rest[len..].starts_with([' ', ':']));
    if !draft.signed() || !opens || draft.date.is_some() {
        return None;
    }
    let mut words = rest.match_indices(' ').map(|(i, _)| at + i + 1).take(8);
    let start = words.find(|&i| begins_date(&text[i..]))?;
    labelled_date(text, start, draft).or_else(|| plain_date(text, start, draft))
}

/// "| May 3, 2031 | News, Politics": the sections a page files the story under, after its date.
pub(super) fn section(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let end = draft.item_end(text, at);
    let filed = draft.signed() && draft.date.is_some() && draft.separator != ' ';
    (filed && SECTION.has(&text[at..end])).then_some(end)
}

/// "51 Comments". "Follow Ada Roe on Twitter @adaroe". "Topic: Hardware". "Tags: One, Two".
pub(super) fn tail(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
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
    // "Verified Post Staff Badge": the words behind a picture beside the name.
    let badge = text.rsplit(' ').next().is_some_and(|w| BADGE.has(w));
    if badge {
        return Some(text.len());
    }
    let listing = after.starts_with(':') || digits > 0 || TAIL.prefix(next).is_some();
    (listing || after.starts_with(['|', '/', ',']) || after.starts_with(" |")).then_some(if digits > 0 {
        end
    } else {
        text.len()
    })
}
