//! Rules for outlets, agencies and newsrooms: who stands behind the author, or in the place of one.

use crate::frame::byline::grammar::Draft;
use crate::frame::byline::word::{Words, is_all_capitals, is_capital, is_first_name, is_joiner};
use crate::frame::byline::{is_ordinary, person, role, word};
use crate::lexicon::terms::{
    AGENCY, BODY, COLLECTIVE, DEMONYM, LEAD, LINK, NOT_NAME, OUTLET, OUTLET_WORD, PHOTO, PLACE, PLACE_WORD,
    ROLE, ROLE_START, SCHOLAR_ROLE, STAFF, STATE,
};

/// "abc/dpa". "Harrow Online, abc": an editor's code beside an agency names nobody.
pub(super) fn desk_code(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let rest = &text[at..];
    let len = rest.find(|c: char| !c.is_lowercase()).unwrap_or(rest.len());
    let after = &rest[len..];
    let leads = draft.by && !draft.signed() && after.starts_with('/');
    let trails = (draft.staff || draft.agency) && matches!(draft.separator, ',' | '/') && after.is_empty();
    ((2..=4).contains(&len) && !AGENCY.has(&rest[..len]) && (leads || trails)).then_some(at + len)
}

/// "for The Harrow Post". "Special to the Gazette". "Software Engineer at Marsh Labs".
pub(super) fn for_outlet(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let rest = &text[at..];
    let start = at + LEAD.prefix(rest).filter(|&len| rest[len..].starts_with(' '))? + 1;
    let end = before_joined_name(text, start, draft.item_end(text, start));
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

/// "the Post| and Ian Poole": returns where a house ends that another author follows; "Post and Courier" is one.
pub(super) fn before_joined_name(text: &str, start: usize, end: usize) -> usize {
    let mut words = Words::of(&text[start..end]);
    let mut before = start;
    while let Some(word) = words.next() {
        let next = start + words.end() + 1;
        if is_joiner(word)
            && before > start
            && person::at_start(text, next).is_some_and(|(_, e)| e <= end)
            && !text[next.min(end)..end].split(' ').any(|w| OUTLET_WORD.has(w) || BODY.has(w))
        {
            return before;
        }
        before = start + words.end();
    }
    end
}

/// "Gazette Staff". "Harrow News Desk". "Editorial Board". "Staff Writer" where a name should stand.
pub(super) fn newsroom(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    if draft.signed() {
        return None;
    }
    let end = draft.item_end(text, at);
    // "Staff and agencies| in Oslo".
    let end = text[at..end].find(" in ").map_or(end, |i| at + i);
    let item = &text[at..end];
    let start = STAFF.suffix(item).filter(|_| !AGENCY.has(item))?;
    let outlet = item[..start].trim_end();
    if is_billed_person(outlet, &item[start..]) || joins_a_person(outlet) {
        return None;
    }
    let name_like = outlet.contains(' ')
        && !OUTLET.has(outlet)
        && !OUTLET_WORD.has(outlet.rsplit(' ').next().unwrap_or(""))
        && (is_first_name(outlet.split(' ').next().unwrap_or("")) || outlet.split(' ').any(word::is_initial));
    let person = is_first_name(outlet.split(' ').next().unwrap_or(""))
        && outlet.contains(' ')
        && person::at_start(text, at).is_some_and(|(_, e)| e < at + outlet.len());
    if person
        || name_like
        || !(draft.by
            || item.contains(' ') && COLLECTIVE.has(item.rsplit(' ').next().unwrap_or(""))
            // "Staff Correspondent, Harrow": a label that a place or a date follows.
            || STAFF.has(item) && item.contains(' ') && text[end..].trim_start().starts_with([',', '|']))
    {
        return None;
    }
    draft.staff = true;
    draft.label =
        STAFF.has(item) && item.contains(' ') && COLLECTIVE.has(item.rsplit(' ').next().unwrap_or(""))
            || OUTLET_WORD.has(outlet.rsplit(' ').next().unwrap_or(""))
            || OUTLET.has(outlet)
            || is_call_sign(outlet) && item[start..].contains(' ');
    let article = outlet.get(..4).is_some_and(|a| a.eq_ignore_ascii_case("the "));
    let known = OUTLET.has(outlet) || OUTLET_WORD.has(outlet.rsplit(' ').next().unwrap_or(""));
    let last = outlet.rsplit(' ').next().map_or(0, str::len);
    if let Some(house) = outlet.rsplit_once(' ').filter(|(_, w)| is_joiner(w)).map(|(house, _)| house) {
        // "Gazette and wire reports".
        draft.outlet.get_or_insert((at, at + house.len()));
    } else if outlet.split(' ').any(is_joiner) {
        // "AP and Gazette staff": the house is named last.
        draft.outlet.get_or_insert((at + outlet.len() - last, at + outlet.len()));
    } else if !outlet.is_empty()
        && !["a", "an", "the", "our", "my", "your"].iter().any(|w| outlet.eq_ignore_ascii_case(w))
        && !BODY.has(outlet)
        && (known || !article)
        && !NOT_NAME.has(&outlet[outlet.len() - last..])
    {
        draft.outlet.get_or_insert((at, at + outlet.len()));
    }
    Some(end)
}

/// "Zorana Quill with Harrow |Staff": who stands before the joiner signs alone, and the newsroom helped.
fn joins_a_person(before: &str) -> bool {
    let mut words = Words::of(before);
    let Some(joiner) = words.find(|w| is_joiner(w)) else { return false };
    let (who, rest) = (before[..words.end() - joiner.len()].trim_end(), before[words.end()..].trim_start());
    let house = |w: &str| OUTLET_WORD.has(w) || BODY.has(w) || PLACE_WORD.has(w) || AGENCY.has(w);
    // "Tarn Fire and Rescue |Staff" is one house.
    let parted = joiner.eq_ignore_ascii_case("with")
        || is_first_name(who.split(' ').next().unwrap_or(""))
        || rest.split(' ').any(|w| OUTLET_WORD.has(w) || AGENCY.has(w));
    parted
        && who.contains(' ')
        && !(OUTLET.has(who) || AGENCY.has(who) || PLACE.has(who) || STAFF.has(who))
        && !who.split(' ').any(house)
        && person::at_start(who, 0).is_some_and(|(_, e)| e == who.len())
}

/// "WXQR", "MRTV": a station by its letters.
fn is_call_sign(name: &str) -> bool {
    (3..=5).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase()) && !is_first_name(name)
}

/// Tells whether the words before a label are a person's, though no list knows the name: "Zorana Quill Political
/// |Editor", "Zorana Quill Harare |Bureau".
fn is_billed_person(before: &str, label: &str) -> bool {
    // "Zorana Quill and Marek Tollo |Staff Writers": the first one tells.
    let mut words = Words::of(before);
    let joined = words.find(|w| is_joiner(w)).map(|w| words.end() - w.len());
    let mut who = joined.map_or(before, |end| before[..end].trim_end());
    let mut placed = false;
    while let Some((rest, last)) = who.rsplit_once(' ') {
        let place = PLACE.has(last);
        if !(ROLE_START.has(last) || place) {
            break;
        }
        placed |= place;
        who = rest;
    }
    let house =
        |w: &str| OUTLET_WORD.has(w) || BODY.has(w) || PLACE_WORD.has(w) || ROLE_START.has(w) || STATE.has(w);
    let collective = COLLECTIVE.has(label.rsplit(' ').next().unwrap_or(""));
    (2..=3).contains(&who.split(' ').count())
        && (!collective || placed)
        && !OUTLET.has(who)
        && !PLACE.has(who)
        && who.split(' ').all(|w| is_capital(w) && !house(w) && !NOT_NAME.has(w) && !is_ordinary(w))
}

/// "Harrow.com | Ada Roe". "Radio Marsh / By Ada Roe". "Ferry News Service, Ada Roe": the house stands first.
pub(super) fn masthead(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    if draft.by || draft.signed() || draft.outlet.is_some() || draft.date.is_some() {
        return None;
    }
    let end = draft.item_end(text, at);
    let item = &text[at..end];
    let next = text[end..].trim_start_matches([' ', ',', '|', '/', '•', '·', '-', '–', '—', ':']);
    let mark = text[end..text.len() - next.len()].trim();
    if mark.is_empty() || next.is_empty() || PHOTO.has(item) {
        return None;
    }
    let by = next.get(..3).is_some_and(|w| w.eq_ignore_ascii_case("by "));
    let sign = item.split(' ').next().is_some_and(|w| w.len() > 1 && is_all_capitals(w) && !is_first_name(w))
        && item.contains(' ')
        && !is_all_capitals(item);
    let known = OUTLET.has(item) || is_house_name(item) && item.split(' ').all(is_named);
    let house = known || by && (AGENCY.has(item) || sign && item.split(' ').all(is_named));
    // Without "By" a slash parts a picture's agency from who took it, and all of the rest must be a name.
    let named = || {
        let start = text.len() - next.len();
        !mark.contains('/')
            && !AGENCY.has(item)
            && person::at_start(text, start).is_some_and(|(who, end)| {
                let after = text[end..].strip_prefix(' ').map_or("", |r| Words::of(r).next().unwrap_or(""));
                person::is_likely(&text[who.name.0..who.name.1]) && (after.is_empty() || is_joiner(after))
            })
    };
    if !house || item.split(' ').count() > 5 || role::ending(item).is_some() || !(by || named()) {
        return None;
    }
    draft.outlet = Some((at, end));
    Some(end)
}

/// A word of a house's name: with a capital or a digit first, or a small link.
fn is_named(word: &str) -> bool {
    is_capital(word)
        || LINK.has(word)
        || is_joiner(word)
        || word.contains(|c: char| c.is_ascii_digit() || c == '.')
}

/// "By the Harrow Post's Ada Roe". "By our Ferry Team's Ada Roe".
pub(super) fn possessor(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    if !draft.by || draft.signed() {
        return None;
    }
    let mut words = Words::of(&text[at..]);
    let mut count = 0;
    let owner = loop {
        let word = words.next()?;
        count += 1;
        let article = count == 1 && ["the", "our"].iter().any(|a| word.eq_ignore_ascii_case(a));
        if count > 6 || !(article || is_named(word)) {
            return None;
        }
        let bare = ["'s", "’s", "'S", "’S"].iter().find_map(|s| word.strip_suffix(s));
        if let Some(bare) = bare {
            break at + words.end() - (word.len() - bare.len());
        }
        // "Reuters’ Ada Roe".
        if let Some(mark) = ['\'', '’'].into_iter().find(|&m| word.ends_with(m) && word.len() > 3) {
            break at + words.end() - mark.len_utf8();
        }
    };
    let rest = text[owner..].trim_start_matches(['\'', '’', 's', 'S']);
    let next = text.len() - rest.trim_start().len();
    person::at_start(text, next)?;
    let article = ["the ", "our "]
        .iter()
        .find(|a| text[at..owner].get(..a.len()).is_some_and(|w| w.eq_ignore_ascii_case(a)));
    let last = text[at..owner].rsplit(' ').next().unwrap_or("");
    if COLLECTIVE.has(last) {
        draft.role.get_or_insert((at + article.map_or(0, |a| a.len()), owner));
    } else {
        draft.outlet.get_or_insert((at, owner));
    }
    Some(next)
}

/// "Political Correspondent". "AP Sports Writer". "Harrow Times business reporter".
pub(super) fn billing(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let rest = &text[at..];
    let known = AGENCY.prefix(rest).into_iter().chain(OUTLET.prefix(rest)).max();
    // A joiner announces a name: "and |Ian Poole Harrow Herald reporters".
    let named = || draft.separator == '&' && person::at_start(text, at).is_some();
    let outlet =
        known.or_else(|| house(rest).filter(|_| !named())).or_else(|| staffed(rest, draft.separator));
    let own = role::at_start(rest).or_else(|| leading(rest, draft));
    let after = outlet.and_then(|len| {
        let next = rest[len..].strip_prefix(' ')?;
        role::ending(next).map(|end| (len, len + 1 + end))
    });
    let whole = || {
        // After a name the whole item may be an unlisted billing: after a mark ("| Keeper of Birds"), or when
        // it is short and starts with no given name ("Ada Roe Ferry Correspondent").
        let end = draft.item_end(text, at);
        let first = Words::of(rest).next().unwrap_or("");
        let short =
            text[at..end].split(' ').count() <= 3 && !is_first_name(first) && !draft.authors.is_empty();
        (draft.separator == ','
            || draft.separator == '|'
            || short && role::ending(&text[at..end]) == Some(end - at))
        .then(|| role::ending(&text[at..draft.item_end(text, at)]))
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
    let end = field(text, start, end, draft).unwrap_or(end);
    if let Some(house) = house {
        draft.outlet.get_or_insert(house);
    }
    if draft.authors.len() > 1
        && draft.role.is_some()
        && let Some(last) = draft.authors.last_mut()
    {
        last.role = Some((start, end));
    }
    draft.role.get_or_insert((start, end));
    // "…, wealth editor and the author of a book": a life story follows; the billing is all that counts.
    let story = [" and the ", " and author ", ". "].iter().any(|s| text[end..].starts_with(s));
    Some(if story { text.len() } else { end })
}

/// "Professor| of History", "Lecturer| in Law": what follows belongs to the role unless it is a house.
fn field(text: &str, start: usize, end: usize, draft: &Draft) -> Option<usize> {
    let scholar = || text[start..end].rsplit(' ').next().is_some_and(|w| SCHOLAR_ROLE.has(w));
    let rest = text[end..]
        .strip_prefix(" of ")
        .or_else(|| text[end..].strip_prefix(" in ").filter(|_| scholar()))?;
    let from = text.len() - rest.len();
    let to = draft.item_end(text, from);
    let to = text[from..to].find(" at ").map_or(to, |i| from + i);
    (!is_house_name(&text[from..to])).then_some(to)
}

/// ", |Ferryland Staff Writer": a house that no list has, by the word "staff" after it.
fn staffed(rest: &str, separator: char) -> Option<usize> {
    let mut words = Words::of(rest);
    let first = words.next().filter(|w| is_capital(w) && !ROLE_START.has(w) && !ROLE.has(w))?;
    let staff = words.next().is_some_and(|w| w.eq_ignore_ascii_case("staff"));
    (staff && matches!(separator, ',' | '|' | '/' | '-' | '–' | '—')).then_some(first.len())
}

/// "By |West Marsh correspondent Ada Roe": words that no list has lead to a role in small letters and a name.
fn leading(rest: &str, draft: &Draft) -> Option<usize> {
    if !draft.by || draft.signed() {
        return None;
    }
    let end = role::ending(rest)?;
    let role = rest[..end].rsplit(' ').next()?;
    let first = rest.split(' ').next()?;
    let opens = is_capital(first) && !is_first_name(first) && first.len() < end;
    // "By |Tarn Bureau Chief Ada Roe".
    let billed = || role::at_start(&rest[first.len() + 1..]).is_some_and(|len| first.len() + 1 + len == end);
    (opens && (role.starts_with(char::is_lowercase) || billed() && !role::is_surname(role))).then_some(end)
}

/// A newspaper's name by its last word, or a call sign: "Harrow Gazette", "WXQR".
pub(super) fn house(rest: &str) -> Option<usize> {
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
pub(super) fn outlet(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let end = draft.item_end(text, at);
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
    // "dpa international", "ANI News Service".
    let service = || {
        let more = rest[..item.len()].get(AGENCY.prefix(item)?..)?.strip_prefix(' ')?;
        let part = |w: &str| OUTLET_WORD.has(w) || BODY.has(w) || w.eq_ignore_ascii_case("international");
        (!draft.signed() && more.split(' ').all(|w| part(w) && !ROLE.has(w))).then_some(item.len())
    };
    let agency = agency.or_else(service);
    // "Associated Press/|Report for Marsh": who pays for the work beside the house.
    let partner = || {
        (draft.separator == '/'
            && draft.outlet.is_some()
            && !draft.authors.is_empty()
            && item.split(' ').all(is_named))
        .then_some(item.len())
    };
    let len = agency.into_iter().chain(known).max().or_else(part).or_else(partner).or_else(|| {
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
        // After a comma one word is rather a town, unless it is built as only a house is ("Ferry24", "MarshWatch").
        let built = item.contains(|c: char| c.is_ascii_digit())
            || item.char_indices().any(|(i, c)| i > 0 && c.is_uppercase());
        let only = (draft.separator != ' ' || sign)
            && draft.separator != '&'
            && !draft.authors.is_empty()
            && !item.contains(' ')
            && (is_capital(item) || built && is_named(item) && item.starts_with(char::is_alphabetic));
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
pub(super) fn ends_item(text: &str, at: usize, end: usize) -> bool {
    let next = text[at..].trim_start();
    at >= end || Words::of(next).next().is_some_and(|w| is_joiner(w) || ["in", "with", "in:"].contains(&w))
}

/// Tells whether an item is called like a newspaper, a site or a station.
pub(super) fn is_house_name(item: &str) -> bool {
    let first = item.split(' ').next().unwrap_or("");
    let last = item.rsplit(' ').next().unwrap_or("");
    let site = last.contains('.')
        && last.rsplit('.').next().is_some_and(|t| t.len() > 1 && t.chars().all(|c| c.is_ascii_alphabetic()));
    let word = OUTLET_WORD.has(last) || BODY.has(last);
    let numbered = first.chars().all(|c| c.is_ascii_digit()) && item.contains(' ');
    // "University of Marsh", "Institute for Ferries".
    let body = BODY.has(first) && [" of ", " for "].iter().any(|l| item.contains(l));
    let given = is_first_name(first) && !DEMONYM.has(first);
    site || numbered
        || body
        || word && !(given && item.split(' ').count() == 2)
        || item.split(' ').any(|w| OUTLET_WORD.has(w)) && !is_first_name(first)
}

/// "by Marsh Observatory". "Par Service Étranger". Only after an opener, where no name can be read.
pub(super) fn organisation(text: &str, at: usize, draft: &mut Draft) -> Option<usize> {
    let end = draft.item_end(text, at);
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
    let first = item.split(' ').next().unwrap_or("");
    let collective = is_house_name(item)
        || BODY.has(first)
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
    // Romance languages name the newsroom first: "Service des sports".
    if !committee && !STAFF.has(item) && !COLLECTIVE.has(first) {
        draft.outlet.get_or_insert((at, end));
    }
    Some(end)
}
