//! Datelines: where and by whom a story was filed.

use core::str::FromStr;

use crate::error::Error;
use crate::frame::byline::{date, is_first_name, is_ordinary};
use crate::lexicon::terms::{AGENCY, KICKER, MONTH, OUTLET, OUTLET_WORD, PLACE, PLACE_WORD, STATE, WEEKDAY};
use crate::lexicon::{self, Class};
use crate::short::ShortText;
use crate::span::Span;

/// Holds a dateline.
///
/// ```
/// let dateline: pullquote::Dateline = "HARROW (AP) — The pier is shut.".parse().unwrap();
/// assert_eq!((dateline.place(), dateline.agency()), ("HARROW", Some("AP")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dateline {
    pub(crate) span: Span,
    pub(crate) place: ShortText,
    pub(crate) agency: Option<ShortText>,
    pub(crate) date: Option<ShortText>,
}

impl Dateline {
    /// Returns where it stands, the dash that ends it included.
    ///
    /// ```
    /// let line = "HARROW (AP) — The pier is shut.";
    /// let dateline: pullquote::Dateline = line.parse().unwrap();
    /// assert_eq!(&line[dateline.span().range()], "HARROW (AP) —");
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the place, as written ("HARROW, Ohio"); empty where only date and agency stand.
    ///
    /// ```
    /// let dateline: pullquote::Dateline = "HARROW, May 4 (AP) — The pier is shut.".parse().unwrap();
    /// assert_eq!(dateline.place(), "HARROW");
    /// ```
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns the news agency in brackets, as written.
    ///
    /// ```
    /// let dateline: pullquote::Dateline = "HARROW, May 4 (AP) — The pier is shut.".parse().unwrap();
    /// assert_eq!(dateline.agency(), Some("AP"));
    /// ```
    #[must_use]
    pub fn agency(&self) -> Option<&str> {
        self.agency.as_deref()
    }

    /// Returns the date, as written.
    ///
    /// ```
    /// let dateline: pullquote::Dateline = "HARROW, May 4 (AP) — The pier is shut.".parse().unwrap();
    /// assert_eq!(dateline.date(), Some("May 4"));
    /// ```
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }
}

const EXPECTED: &str = "a dateline such as \"HARROW (AP) —\"";

/// Reads the dateline that `paragraph` starts with; its span is moved by `base`. Linear in the dateline, which
/// is short; the paragraph after it is not looked at.
pub(crate) fn parse_start(paragraph: &str, base: usize) -> Option<Dateline> {
    let lead = paragraph.len() - paragraph.trim_start().len();
    let text = &paragraph[lead..];
    if !may_start(text) {
        return None;
    }
    let places = places(text);
    let mut at = places.as_ref().map_or(0, |p| p.end);
    let (mut agency, mut day) = (None, None);
    // The date stands before the agency or after it.
    for _ in 0..3 {
        let next = skip(text, at, if at == 0 { &[] } else { &[',', '.'] });
        if day.is_none()
            && let Some(len) = date::at_start(&text[next..])
        {
            day = Some((next, next + len));
            at = next + len;
        } else if agency.is_none()
            && let Some((inside, end)) = bracketed(text, next)
        {
            agency = Some(inside);
            at = end;
            // "(Tarnpress / 3 May)".
            let parts = text[inside.0..inside.1].rsplit_once(['/', ',']);
            let dated = |d: &str| date::at_start(d) == Some(d.len());
            if let Some((name, date)) = parts.filter(|(_, d)| day.is_none() && dated(d.trim())) {
                let lead = date.len() - date.trim_start().len();
                agency = Some((inside.0, inside.0 + name.trim_end().len()));
                day = Some((
                    inside.1 - date.len() + lead,
                    inside.0 + text[inside.0..inside.1].trim_end().len(),
                ));
            }
        } else {
            break;
        }
    }
    if let Some(found) = places.as_ref().and_then(|p| columns(text, p.end, base + lead)) {
        return Some(found);
    }
    // "SYDNEY, AAP -": some set the agency without brackets.
    if agency.is_none()
        && places.is_some()
        && let Some(inside) = bare_agency(text, at)
    {
        (agency, at) = (Some(inside), inside.1);
    }
    let signed = agency.is_some_and(|(from, to)| is_agency(&text[from..to]));
    let mark = mark(text, at);
    let found = match &places {
        Some(places) => accepted(text, places, at, mark, agency.is_some(), signed, day.is_some()),
        // "Nov 3 (Reuters) -", "(Reuters) -": wires file without a place.
        None => signed && mark.is_some_and(|m| !m.colon),
    };
    let mut end = mark.map_or(at, |m| m.end);
    // "HARROW, Ohio--(BUSINESS WIRE)--": the agency between two marks.
    if agency.is_none()
        && let Some((inside, after)) = mark.and_then(|m| bracketed(text, m.end))
        && let Some(second) = self::mark(text, after)
    {
        agency = Some(inside);
        end = second.end;
    }
    found.then(|| Dateline {
        span: Span::at(base + lead, base + lead + end),
        place: places.map(|p| text[..p.end].into()).unwrap_or_default(),
        agency: agency.map(|(from, to)| text[from..to].into()),
        date: day.map(|(from, to)| text[from..to].into()),
    })
}

/// ", |AAP| -": a listed agency between a comma and the mark.
fn bare_agency(text: &str, at: usize) -> Option<(usize, usize)> {
    let start = text.len() - text[at..].strip_prefix(", ")?.len();
    let end = start + AGENCY.prefix(&text[start..])?;
    let named = text[start..].starts_with(char::is_uppercase) || AGENCY.has(text[start..end].trim());
    (named && mark(text, end).is_some_and(|m| !m.colon)).then_some((start, end))
}

/// "Oslo, Norway | AFP | Monday 3/5/2031 - 10:12 UTC+1 |": place, agency and date in columns, as some wires set them.
fn columns(text: &str, place: usize, base: usize) -> Option<Dateline> {
    let (mut agency, mut day) = (None, None);
    let mut end = place;
    while let Some(rest) = text[end..].strip_prefix(" | ") {
        let start = text.len() - rest.len();
        let listed = AGENCY.prefix(rest).filter(|_| agency.is_none()).map(|len| start + len);
        let dated = date::at_start(rest).filter(|_| day.is_none()).map(|len| start + len);
        match (listed, dated) {
            (Some(to), _) if text[to..].starts_with(" |") => {
                agency = Some((start, to));
                end = to;
            }
            (_, Some(to)) if text[to..].starts_with(" |") => {
                day = Some((start, to));
                end = to;
            }
            _ => {
                end = start - 1;
                break;
            }
        }
    }
    let agency = agency?;
    Some(Dateline {
        span: Span::at(base, base + end),
        place: text[..place].into(),
        agency: Some(text[agency.0..agency.1].into()),
        date: day.map(|(from, to)| text[from..to].into()),
    })
}

/// Tells whether a dateline may stand at the start of `text`: most sentences are refused by their first letters.
///
/// A word in mixed case opens one only as a known place, in a date, or with an agency in brackets after it.
fn may_start(text: &str) -> bool {
    match *text.as_bytes() {
        [b'"' | b'\'', ..] | [0xe2, 0x80, 0x98..=0x9d, ..] => false,
        [b'A'..=b'Z', b'a'..=b'z', third, fourth, ..]
            if third.is_ascii() && !third.is_ascii_uppercase() && !fourth.is_ascii_uppercase() =>
        {
            may_be_signed(text) || PLACE.prefix(text).is_some() || date::at_start(text).is_some()
        }
        _ => true,
    }
}

/// Tells whether a bracket, a slash or a comma may follow on up to three words with capitals.
fn may_be_signed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    for _ in 0..3 {
        if !bytes.get(at).is_some_and(u8::is_ascii_uppercase) {
            break;
        }
        let word = bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic() || b"'.-".contains(b)).count();
        at += word;
        if bytes.get(at) == Some(&b' ') {
            at += 1;
        } else {
            break;
        }
    }
    let next = bytes[at..].iter().find(|b| !b.is_ascii_whitespace());
    next.is_some_and(|b| !b.is_ascii() || b"([/,|".contains(b))
}

/// What stands where the place should: its end, and what speaks for it.
struct Places {
    end: usize,
    /// Every town is set in capitals.
    capitals: bool,
    /// Every town is a known one or has a known region behind it.
    known: bool,
    /// Nothing in the words speaks against a place.
    plausible: bool,
    /// A town is called like the label of a desk or a picture.
    label: bool,
}

/// The mark that ends a dateline.
#[derive(Clone, Copy)]
struct Mark {
    end: usize,
    colon: bool,
    /// A mark that also joins words ("-", "--" without blanks) wants a surer place.
    tight: bool,
}

/// "HARROW". "HARROW, Ohio". "HARROW/MARSH END". "Harrow, Wales, United Kingdom".
fn places(text: &str) -> Option<Places> {
    let mut all = Places { end: 0, capitals: true, known: true, plausible: true, label: false };
    loop {
        let town = town(text, all.end)?;
        let name = &text[all.end..town];
        all.capitals &= is_capitals(name);
        // "AFP, MANILA" signs a story: an agency is no town.
        if AGENCY.has(name) {
            return None;
        }
        let mut known = PLACE.has(name) || STATE.has(name) && name.len() > 4;
        all.plausible &= known || is_plausible(name);
        all.label |= !known && is_label(name);
        all.end = town;
        // Regions: at most two, each a known one, or unknown with capitals before a sure mark.
        for _ in 0..2 {
            let Some(rest) = text[all.end..].strip_prefix(", ") else { break };
            let start = text.len() - rest.len();
            let listed = STATE.prefix(rest).into_iter().chain(PLACE.prefix(rest)).max();
            let listed = listed.filter(|&len| closes(&rest[len..]));
            let free = || {
                town_any(text, start).filter(|&end| date::at_start(rest).is_none() && closes(&text[end..]))
            };
            let signs = || AGENCY.prefix(rest).is_some_and(|len| mark(rest, len).is_some());
            let Some(end) = listed.map(|len| start + len).or_else(|| free().filter(|_| !signs())) else {
                break;
            };
            known |= listed.is_some();
            all.end = end;
        }
        // "Harrow (Tarn) [Wales]": some agencies set the regions in brackets.
        while let Some(end) = bracketed_region(text, all.end) {
            known = true;
            all.end = end;
        }
        all.known &= known;
        let joined =
            ["/", " / ", " and ", " & ", ";", "; "].iter().find_map(|j| text[all.end..].strip_prefix(j));
        match joined.filter(|r| {
            town_any(r, 0).is_some()
                && (text[all.end..].starts_with('/') || is_capitals(&r[..town_any(r, 0).unwrap_or(0)]))
        }) {
            Some(rest) => all.end = text.len() - rest.len(),
            None => return Some(all),
        }
    }
}

/// " |(Kerala)|", " |[India]|": a known region in brackets; returns where they end.
fn bracketed_region(text: &str, at: usize) -> Option<usize> {
    let (inside, end) = bracketed(text, at + text[at..].strip_prefix(' ').map(|_| 1)?)?;
    let region = &text[inside.0..inside.1];
    // "(GA)", "(PA)" sign rather than place; "[US]" does not.
    let place = region.contains(char::is_lowercase) || text[..inside.0].ends_with('[');
    (place && (STATE.has(region) || PLACE.has(region)) && !AGENCY.has(region)).then_some(end)
}

/// Tells whether a place may end here: what follows is a mark, a bracket, a date, a slash or nothing.
fn closes(rest: &str) -> bool {
    let next = rest.trim_start();
    next.is_empty()
        || next.starts_with(['(', '[', '/', '-', '–', '—', '―', ':', ',', '_', ';', '|'])
        || date::at_start(next).is_some()
        || next.starts_with("and ")
}

/// Returns where the town ends: a known place in any case, or up to five words in capitals.
fn town(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let listed =
        PLACE.prefix(rest).filter(|&len| rest.starts_with(char::is_uppercase) && closes(&rest[len..]));
    let capitals = words(rest, 5, |w| is_capitals(w) || is_small(w)).filter(|&len| is_capitals(&rest[..len]));
    let signed = || {
        words(rest, 3, |w| w.starts_with(char::is_uppercase)).filter(|&len| {
            // "Oberharrow (dpa) –": an unknown town in mixed case wants its agency.
            let region = rest[len..].strip_prefix(", ").and_then(|r| {
                let listed = STATE.prefix(r).into_iter().chain(PLACE.prefix(r)).max()?;
                Some(rest.len() - r.len() + listed)
            });
            let mut end = region.unwrap_or(len);
            while let Some(after) = bracketed_region(rest, end) {
                end = after;
            }
            bracketed(rest, skip(rest, end, &[]))
                .is_some_and(|(inside, _)| is_agency(&rest[inside.0..inside.1]))
                || rest[len..].starts_with('/')
                || at > 0
                || dated_agency(&rest[end..])
        })
    };
    let end = listed.into_iter().chain(capitals).max().or_else(signed)?;
    (rest[..end].chars().filter(|c| c.is_alphabetic()).count() > 1).then_some(at + end)
}

/// ", April 5 (PTI)": a date and a listed agency right after a place.
fn dated_agency(rest: &str) -> bool {
    let Some(date) = rest.strip_prefix(", ") else { return false };
    let Some(len) = date::at_start(date) else { return false };
    bracketed(date, skip(date, len, &[])).is_some_and(|(inside, _)| is_agency(&date[inside.0..inside.1]))
}

/// Returns where up to four words with capitals end.
fn town_any(text: &str, at: usize) -> Option<usize> {
    words(&text[at..], 4, |w| w.starts_with(char::is_uppercase) || is_small(w)).map(|len| at + len)
}

/// Takes words parted by one blank while `fits`; returns the length, `None` for no word or more than `most`.
fn words(text: &str, most: usize, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let mut end = 0;
    for count in 0..=most {
        let start = if count == 0 { 0 } else { end + 1 };
        if count > 0 && !text[end..].starts_with([' ', '\u{a0}']) {
            break;
        }
        let start = if text[end..].starts_with('\u{a0}') { end + 2 } else { start };
        let rest = text.get(start..)?;
        let len = rest
            .char_indices()
            .find(|&(i, c)| {
                !(c.is_alphabetic()
                    || matches!(c, '\'' | '’' | '.')
                    || c == '-'
                        && !rest[i..].starts_with("--")
                        && rest[i + 1..].starts_with(char::is_alphabetic))
            })
            .map_or(rest.len(), |(i, _)| i);
        let word = &rest[..len];
        if word.is_empty() || !fits(word) || date::at_start(rest).is_some() {
            break;
        }
        if count == most {
            return None;
        }
        end = start + len;
    }
    // "RIO de" is no town: a small word cannot end one.
    let last = text[..end].rsplit(' ').next().unwrap_or("");
    (end > 0 && !is_small(last)).then_some(end)
}

/// Small words inside the name of a town: "RIO de JANEIRO", "Stratford upon Avon".
fn is_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
        && (lexicon::class(word).any(Class::PARTICLE)
            || ["upon", "on", "of", "by", "the", "am", "an"].contains(&word))
}

/// Tells whether a text is in capitals, but for a small prefix or a particle ("McALLEN", "RIO de JANEIRO").
fn is_capitals(text: &str) -> bool {
    text.split([' ', '/', '\u{a0}']).filter(|w| !is_small(w)).all(|word| {
        let bare = ["Mc", "Mac", "De", "La", "Le", "Du", "O’", "O'"].iter().find_map(|p| {
            word.strip_prefix(p).filter(|rest| rest.chars().filter(|c| c.is_uppercase()).count() > 1)
        });
        let bare = bare.unwrap_or(word);
        bare.contains(char::is_uppercase) && !bare.contains(char::is_lowercase)
    })
}

/// Tells whether words in capitals may name a place that no list has: no label, no everyday word, no person.
fn is_plausible(name: &str) -> bool {
    // "ABOARD AIR FORCE ONE", "ON BOARD THE TARN QUEEN": on the way any name is one.
    if ["ABOARD ", "ON BOARD "].iter().any(|a| name.starts_with(a)) {
        return true;
    }
    let count = name.split(' ').count();
    let geographic = |w: &str| PLACE_WORD.has(w) || lexicon::class(w).any(Class::PARTICLE);
    // "NFL —", "GOP —": letters that no one can speak, or too few to be sure of.
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let initialism = letters < 4 || !name.contains(|c: char| "aeiouyAEIOUY".contains(c) || !c.is_ascii());
    let body = OUTLET.has(name) || AGENCY.has(name) || lexicon::class(name).any(Class::ROLE.or(Class::GROUP));
    let middle = name.split(' ').skip(1).any(|w| w.eq_ignore_ascii_case("the"));
    let ordinary = name.split(' ').any(|w| !geographic(w) && is_ordinary(w));
    let first = name.split(' ').next().unwrap_or("");
    let person = count > 1 && is_first_name(first) && !name.split(' ').any(geographic);
    // "HARROW LIONS", "NEW YORK ROWERS": a known town and a plural is a team.
    let team = PLACE.prefix(name).is_some_and(|len| name[len..].starts_with(' '))
        && name.ends_with(['S', 's'])
        && !name.rsplit(' ').next().is_some_and(|w| PLACE_WORD.has(w));
    let only_small = name.split(' ').all(|w| PLACE_WORD.has(w)) && count == 1;
    !(is_label(name) || initialism || body || middle || ordinary || person || team || only_small)
        && count <= 4
}

/// "UPDATE", "FILE PHOTO", "TV-TIP", "MONDAY": words that open a line and name no place.
fn is_label(name: &str) -> bool {
    let geographic = |w: &str| PLACE_WORD.has(w) || lexicon::class(w).any(Class::PARTICLE);
    KICKER.has(name)
        || name.split([' ', '-']).any(|w| KICKER.has(w) && !geographic(w))
        || MONTH.has(name)
        || WEEKDAY.has(name)
}

/// "(AP)", "[Reuters]", "/PRNewswire/": what stands in brackets, and where they end.
fn bracketed(text: &str, at: usize) -> Option<((usize, usize), usize)> {
    let open = text[at..].chars().next()?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '/' => '/',
        _ => return None,
    };
    let inside = &text[at + 1..];
    let len = inside.char_indices().take(40).find(|&(_, c)| c == close).map(|(i, _)| i)?;
    let name = inside[..len].trim();
    let named = name.starts_with(|c: char| c.is_uppercase() || AGENCY.has(name)) || AGENCY.has(name);
    (named && name.split(' ').count() <= 4).then_some(((at + 1, at + 1 + len), at + 1 + len + 1))
}

/// Tells whether a name is that of an agency, an outlet or a station: listed, or a call sign.
fn is_agency(name: &str) -> bool {
    name.split(['/', ',']).map(str::trim).all(|part| {
        let sign = part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
        AGENCY.has(part)
            || OUTLET.has(part)
            || sign && (2..=8).contains(&part.len())
            || part.rsplit(' ').next().is_some_and(|w| {
                OUTLET_WORD.has(w) || ["newswire", "wire"].iter().any(|n| w.to_ascii_lowercase().ends_with(n))
            })
            || AGENCY.prefix(part).is_some()
            // "ABC Marsh": a house and its part.
            || OUTLET.prefix(part).is_some_and(|len| is_capitals(&part[..len]))
    })
}

/// Reads the mark that ends a dateline, and the blanks before it.
fn mark(text: &str, at: usize) -> Option<Mark> {
    let start = skip(text, at, &[]);
    let rest = &text[start..];
    let spaced = start > at;
    let (len, colon, wide) = ["—", "–", "―", "--", "-", ":", "_"]
        .into_iter()
        .find_map(|m| rest.starts_with(m).then(|| (m.len(), m == ":", matches!(m, "—" | "–" | "―"))))?;
    let after = &rest[len..];
    let blank = after.is_empty() || after.starts_with(char::is_whitespace);
    let single = len == 1 && !colon;
    // A lone hyphen joins words unless a blank stands at its side.
    if single && !blank && !spaced || rest.starts_with("---") || colon && !blank {
        return None;
    }
    Some(Mark { end: start + len, colon, tight: !(wide || spaced && blank) })
}

/// Weighs what speaks for a dateline.
fn accepted(
    text: &str,
    places: &Places,
    at: usize,
    mark: Option<Mark>,
    bracket: bool,
    signed: bool,
    dated: bool,
) -> bool {
    let Some(mark) = mark else {
        // On a line of its own, or with date and agency as the Indian agencies set it, no mark is needed.
        let alone = text[at..].trim().is_empty();
        return alone && places.known && (!places.capitals || !bracket || signed)
            || alone && places.capitals && places.plausible && (dated || signed)
            || signed
                && (dated || places.known && text[..at].ends_with(')'))
                && !text[at..].trim_start().starts_with(char::is_lowercase);
    };
    let body = text[mark.end..].trim_start();
    let starts = body.is_empty() || !body.starts_with(char::is_lowercase);
    // "THE LONG VIEW — May 3, 2031" heads a column.
    if date::at_start(body).is_some() && !places.known {
        return false;
    }
    // "HARROW — the song, not the town — was cut": what stands between two dashes tells of the place.
    let dash = |(i, c): (usize, char)| c == '—' || c == '–' && body[..i].ends_with(' ');
    if !(mark.colon || starts || signed || dated) && body.char_indices().take(90).any(dash) {
        return false;
    }
    if mark.colon {
        return accepted_before_colon(text, places, at, body, signed && dated);
    }
    // "Paris, Texas (Ada Roe, 1984) —" is a film.
    let year = text[..at]
        .trim_end()
        .strip_suffix(')')
        .is_some_and(|t| t.len() > 4 && t.bytes().rev().take(4).all(|b| b.is_ascii_digit()));
    if year && bracket && !signed && !dated {
        return false;
    }
    if signed {
        return places.known || places.plausible || places.capitals && !places.label;
    }
    let capitals =
        places.capitals && (places.known || places.plausible && !mark.tight && (!bracket || dated));
    // A sentence may open with a place in mixed case and a dash ("Paris — the city — …").
    let mixed = !places.capitals
        && places.known
        && starts
        && !mark.tight
        && !body.is_empty()
        && body.find(['—', '–']).is_none_or(|i| i > 60);
    let lower = places.capitals && !starts && !places.known;
    (capitals || mixed) && !lower
}

/// Weighs a colon, which labels take, too: only a place that is surely one counts.
fn accepted_before_colon(text: &str, places: &Places, at: usize, body: &str, signed: bool) -> bool {
    // "TARNPUR, May 3 (ANI): It rained".
    if signed {
        return places.known || places.plausible && !places.label;
    }
    let starts = !body.starts_with(char::is_lowercase);
    if places.known {
        return starts && !body.is_empty() && !is_entry(body);
    }
    if !(places.capitals && places.plausible && starts) {
        return false;
    }
    // "TARN BAY, Saint Ada: It rained": a town by its words, and a region in small letters.
    let place = &text[..places.end];
    let region = place.split_once(", ").is_some_and(|(town, region)| {
        region.contains(char::is_lowercase) && town.split(' ').any(|w| PLACE_WORD.has(w))
    });
    // "TARN:\nIt rained": on a line of its own it may be a town that no list has.
    let gap = &text[at..text.len() - body.len()];
    region || gap.contains('\n') && !body.is_empty() && !place.contains([' ', ','])
}

/// Tells whether what stands behind a town and its colon is an entry of a list and no story.
fn is_entry(body: &str) -> bool {
    let head = body.char_indices().nth(80).map_or(body, |(i, _)| &body[..i]);
    // "Oslo: A Life, by Ada Roe" is a book.
    let book = || head.split_once(", by ").is_some_and(|(_, who)| who.starts_with(char::is_uppercase));
    // "OSLO: 24C", "OSLO: Dry, then cloud, 24C." the weather.
    let warm = |text: &str| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < text.len() && rest.starts_with(['C', 'F', '°', 'º'])
    };
    let weather = || warm(body) || head.split(", ").skip(1).any(warm);
    // "OSLO: Sun 9, The Mill, 8pm" tells when and where something is on.
    let word = body.split(' ').next().unwrap_or("");
    let numbered = || body[word.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    let listing =
        || date::at_start(body).is_some() || WEEKDAY.has(word.trim_end_matches(['.', ','])) && numbered();
    // "OSLO: A Roe; I Poole, S Orr (2)" is a team.
    let team = || {
        head.split_once(';').is_some_and(|(who, _)| who.split(' ').all(|w| w.starts_with(char::is_uppercase)))
    };
    // "OSLO: 1-12 Roe, 0-3 Poole", "OSLO: 203 for 4" is a score.
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let score = || {
        let rest = &body[digits..];
        let counts = ["-", "–", " for ", " & "].iter().find_map(|m| rest.strip_prefix(m));
        digits > 0
            && (rest.starts_with(" all out")
                || counts.is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit())))
    };
    book() || weather() || listing() || team() || score()
}

fn skip(text: &str, at: usize, marks: &[char]) -> usize {
    let rest = text[at..].trim_start_matches(marks);
    text.len() - rest.trim_start().len()
}

impl FromStr for Dateline {
    type Err = Error;

    /// Reads the dateline that a paragraph starts with; spans count from the start of `line`.
    ///
    /// # Errors
    ///
    /// When the line does not start with a dateline.
    fn from_str(line: &str) -> Result<Dateline, Error> {
        parse_start(line, 0).ok_or_else(|| Error::new(EXPECTED, line, Span::at(0, line.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what a dateline is read as: its words, place, agency and date.
    fn reads(text: &str, words: &str, place: &str, agency: &str, date: &str) {
        let found: Dateline = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
        let got = (
            found.span().of(text),
            found.place(),
            found.agency().unwrap_or_default(),
            found.date().unwrap_or_default(),
        );
        assert_eq!(got, (words, place, agency, date), "{text}");
    }

    #[test]
    fn towns_in_capitals_before_a_dash() {
        reads("HARROW — The pier is shut.", "HARROW —", "HARROW", "", "");
        reads("TARN BRIDGE, Ore. -- It rained.", "TARN BRIDGE, Ore. --", "TARN BRIDGE, Ore.", "", "");
        reads("WEST TARN BEACH – “We left,” she said.", "WEST TARN BEACH –", "WEST TARN BEACH", "", "");
        reads("McMARSH, Texas\u{a0}— A pier", "McMARSH, Texas\u{a0}—", "McMARSH, Texas", "", "");
        reads("MARSH-ON-SEA, England—The pier", "MARSH-ON-SEA, England—", "MARSH-ON-SEA, England", "", "");
    }

    #[test]
    fn agencies_and_dates_belong_to_it() {
        reads("HARROW (AP) — It rained.", "HARROW (AP) —", "HARROW", "AP", "");
        reads("LONDON, Nov 3 (Reuters) - It", "LONDON, Nov 3 (Reuters) -", "LONDON", "Reuters", "Nov 3");
        reads("NEW YORK, Dec. 8 (UPI) — It", "NEW YORK, Dec. 8 (UPI) —", "NEW YORK", "UPI", "Dec. 8");
        reads("Nov 3 (Reuters) - It rained.", "Nov 3 (Reuters) -", "", "Reuters", "Nov 3");
        reads("Tarnstadt (dpa) – Es", "Tarnstadt (dpa) –", "Tarnstadt", "dpa", "");
        reads("New Delhi, May 3 (PTI) It", "New Delhi, May 3 (PTI)", "New Delhi", "PTI", "May 3");
        reads("TARN (WXQR) — It", "TARN (WXQR) —", "TARN", "WXQR", "");
        reads(
            "TARN, Ohio--(BUSINESS WIRE)--Marsh Corp. said",
            "TARN, Ohio--(BUSINESS WIRE)--",
            "TARN, Ohio",
            "BUSINESS WIRE",
            "",
        );
    }

    #[test]
    fn agencies_without_brackets() {
        reads("PERTH, AAP - It rained.", "PERTH, AAP -", "PERTH", "AAP", "");
        reads("TARN BAY, Jamaica, CMC – It", "TARN BAY, Jamaica, CMC –", "TARN BAY, Jamaica", "CMC", "");
        reads("GENEVA, AFP — It", "GENEVA, AFP —", "GENEVA", "AFP", "");
        reads(
            "Oslo, Norway | AFP | Tuesday 4/6/2031 - 09:30 UTC+2 | It rained.",
            "Oslo, Norway | AFP | Tuesday 4/6/2031 - 09:30 UTC+2 |",
            "Oslo, Norway",
            "AFP",
            "Tuesday 4/6/2031 - 09:30 UTC+2",
        );
        reads("LIMA, Peru | AFP | It rained.", "LIMA, Peru | AFP |", "LIMA, Peru", "AFP", "");
    }

    #[test]
    fn ships_and_towns_on_their_own_line() {
        reads(
            "ABOARD THE TARN QUEEN — It rained.",
            "ABOARD THE TARN QUEEN —",
            "ABOARD THE TARN QUEEN",
            "",
            "",
        );
        reads(
            "ABOARD AIR FORCE ONE (AP) — It",
            "ABOARD AIR FORCE ONE (AP) —",
            "ABOARD AIR FORCE ONE",
            "AP",
            "",
        );
        reads("ON BOARD HMS ROE – It", "ON BOARD HMS ROE –", "ON BOARD HMS ROE", "", "");
        reads("TARNGARH:\nIt rained.", "TARNGARH:", "TARNGARH", "", "");
        reads("ROE BAY, Saint Ada:", "ROE BAY, Saint Ada:", "ROE BAY, Saint Ada", "", "");
        reads("MOSCOW, May 3. /TASS/. It", "MOSCOW, May 3. /TASS/", "MOSCOW", "TASS", "May 3");
        reads("TARNPUR, May 3 (ANI): It", "TARNPUR, May 3 (ANI):", "TARNPUR", "ANI", "May 3");
    }

    #[test]
    fn two_towns_share_one() {
        reads(
            "BEIJING/SHANGHAI (Reuters) - It",
            "BEIJING/SHANGHAI (Reuters) -",
            "BEIJING/SHANGHAI",
            "Reuters",
            "",
        );
        reads("TARN, Wales/HARROW (AP) — It", "TARN, Wales/HARROW (AP) —", "TARN, Wales/HARROW", "AP", "");
        reads("CAIRO and BEIRUT — It", "CAIRO and BEIRUT —", "CAIRO and BEIRUT", "", "");
    }

    #[test]
    fn known_towns_do_with_less() {
        reads("PARIS: The pier is shut.", "PARIS:", "PARIS", "", "");
        reads("Oslo – The pier is shut.", "Oslo –", "Oslo", "", "");
        reads("Lisbon", "Lisbon", "Lisbon", "", "");
        reads(
            "MUMBAI Tue Dec 30, 2031 4:33pm IST",
            "MUMBAI Tue Dec 30, 2031 4:33pm IST",
            "MUMBAI",
            "",
            "Tue Dec 30, 2031 4:33pm IST",
        );
        reads("TARN, Vt. —", "TARN, Vt. —", "TARN, Vt.", "", "");
    }

    #[test]
    fn regions_in_brackets_and_parts_of_a_house() {
        reads(
            "Tarnpur (Kerala) [India], May 3 (ANI): It",
            "Tarnpur (Kerala) [India], May 3 (ANI):",
            "Tarnpur (Kerala) [India]",
            "ANI",
            "May 3",
        );
        reads("Patna (Bihar), May 3 (PTI) It", "Patna (Bihar), May 3 (PTI)", "Patna (Bihar)", "PTI", "May 3");
        reads(
            "Washington [US], May 3 (ANI): It",
            "Washington [US], May 3 (ANI):",
            "Washington [US]",
            "ANI",
            "May 3",
        );
        reads("LIMA (Tarnpress / 3 May) — It", "LIMA (Tarnpress / 3 May) —", "LIMA", "Tarnpress", "3 May");
        reads("TARN (ABC Marsh) – It", "TARN (ABC Marsh) –", "TARN", "ABC Marsh", "");
        reads("KAMPALA: On Friday it rained.", "KAMPALA:", "KAMPALA", "", "");
        reads("LIMA: One fell in; two jumped.", "LIMA:", "LIMA", "", "");
        reads("QUITO — al-Tarn said so.", "QUITO —", "QUITO", "", "");
    }

    #[test]
    fn labels_and_sentences_are_none() {
        for line in [
            "HANOI — the song, not the town — is out.",
            "LIMA: Sun 9, The Mill, 8pm.",
            "LIMA: 1-12 Roe, 0-3 Poole",
            "LIMA: 203 for 4 (Roe 99)",
            "LIMA: Dry, then cloud, 9C.",
            "LIMA: A Roe; I Poole, S Orr (2).",
            "Paris (Texas) is a film.",
            "TARN (NFL Draft) — The pick",
            "RISK REMAINS: An official said so.",
            "UPDATE — The pier is open.",
            "FILE - In this photo Ada Roe waits.",
            "TV-TIPP – Der Pier",
            "ADA ROE: I was there.",
            "ADA ROE — The pier",
            "THE LONG VIEW — May 3, 2031",
            "GOP — The vote",
            "BOSTON ROWERS — Signed Ada Roe.",
            "Oslo: A Life in Piers, by Ada Roe, is out.",
            "OSLO: 9C, rain. BERGEN: 7C, rain.",
            "Paris, Ohio (Ian Poole, 1979) — A man waits.",
            "KEY POINTS:\nThe pier is shut.",
            "HARROW, AAP",
            "CHAIRMAN — We begin.",
            "Ada Roe — who is 40 — left.",
            "The pier — shut since May — reopens.",
            "Paris — the city of light — is dark.",
            "ROE--Ian, 98, of Marsh, passed away",
            "A HIGH-powered team",
            "MONDAY — Rain",
            "KEY POINTS",
            "AFP, MANILA",
            "Oslo, Marsh News Bureau | Updated: May 3",
            "",
            "—",
        ] {
            assert!(line.parse::<Dateline>().is_err(), "{line}");
        }
    }
}
