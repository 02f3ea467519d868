//! A person's name inside a line: where it ends when nothing but a space parts it from what follows.

use crate::frame::byline::grammar::{Range, Signed, begins_date};
use crate::frame::byline::role;
use crate::frame::byline::word::{
    Words, is_all_capitals, is_capital, is_first_name, is_initial, is_joiner, is_particle,
};
use crate::frame::read_time;
use crate::lexicon::terms::{
    AGENCY, BODY, COMMON, CONTRIBUTION, CREDENTIAL, HEADING_END, LEAD, NOT_NAME, OUTLET, OUTLET_WORD, PLACE,
    PLACE_WORD, ROLE_START, SCHOLAR, SCHOLAR_ROLE, SECTION, STATE, TAIL,
};
use crate::lexicon::{self, Class};

/// Names longer than this are none.
const MOST_WORDS: usize = 7;

/// Reads the name that starts at `at`, and the letters after it; returns where both end.
pub(super) fn at_start(text: &str, at: usize) -> Option<(Signed, usize)> {
    let end = name_end(text, at)?;
    let credentials = credentials(text, end);
    Some((Signed { name: (at, end), credentials, role: None }, credentials.map_or(end, |c| c.1)))
}

fn name_end(text: &str, at: usize) -> Option<usize> {
    let rank = rank(text, at);
    let mut words = Words::of(text.get(rank..)?);
    let mut count = 0;
    let mut full = 0;
    let mut end = at;
    let mut lower = false;
    while let Some(word) = words.next() {
        let start = rank + words.end() - word.len();
        let rest = &text[start..];
        if count > 0 && (is_joiner(word) || stops(text, at, start, full)) {
            break;
        }
        let verb = count > 0
            && lexicon::class(word).any(Class::AUXILIARY)
            && !is_first_name(word)
            && word.len() != 3;
        let plain = is_capital(word)
            && !verb
            && !(NOT_NAME.has(word) && (count > 0 || word.len() < 3 || !is_first_name(word)))
            || count == 1 && is_small_surname(text, at, start, word);
        // "by a. b. roe": what stands on its own is a sentence of small letters.
        let initial = at > 0 && (count == 0 || lower) && is_small_initial(word);
        let small = count == 0 && is_first_name(word) && !is_ordinary(word)
            || lower && (count == 1 || text[..start].ends_with(". ")) && !is_ordinary(word);
        if plain {
            full += usize::from(!is_honorific(word));
        } else if count > 0 && rest.len() > word.len() && (is_particle(word) || is_article(text, start, word))
        {
            // counted when a full word follows
        } else if initial || small && word.chars().all(char::is_alphabetic) {
            lower = true;
            full += 1;
        } else {
            break;
        }
        count += 1;
        if count > MOST_WORDS {
            return None;
        }
        if plain || lower {
            end = rank + words.end();
        }
    }
    let name = &text[at..end];
    if lower && name.ends_with('.') {
        return None;
    }
    // "Ada Roe, Jr.": the comma belongs to the name.
    let suffix = text[end..].strip_prefix(", ").or_else(|| text[end..].strip_prefix(",")).and_then(|r| {
        let word = Words::of(r).next()?;
        let bare = word.trim_end_matches('.');
        lexicon::class(bare).any(Class::SUFFIX).then(|| text.len() - r.len() + word.len())
    });
    // "Florida CPA" is one word and a degree.
    let degree =
        name.rsplit(' ').next().is_some_and(|w| full == 2 && is_credential(w) && !is_all_capitals(name));
    let enough = full >= 2 && !degree || full == 1 && is_unspaced(name);
    (enough && !SECTION.has(name)).then_some(suffix.unwrap_or(end))
}

/// "a.", "a.b.": an initial of a name that is set in small letters.
fn is_small_initial(word: &str) -> bool {
    matches!(word.as_bytes(), [b'a'..=b'z', b'.'] | [b'a'..=b'z', b'.', b'a'..=b'z', b'.'])
}

/// "Otto |More", "Otto |Over and Ada Roe": some family names are small words as well. One is taken for a name behind
/// a single word that is none, where the item ends.
fn is_small_surname(text: &str, at: usize, start: usize, word: &str) -> bool {
    let first = text[at..start].trim_end();
    let next = text[start + word.len()..].trim_start();
    is_capital(word)
        && word.len() > 2
        && !is_all_capitals(word)
        && !NOT_NAME.has(first)
        && (is_first_name(first) || !is_ordinary(first))
        && (!next.starts_with(|c: char| c.is_alphanumeric() || c == '(')
            || Words::of(next).next().is_some_and(|w| is_joiner(w) || w == "in"))
}

/// "Lt. Gen. (retd.) |A. S. Roe", "Col. (Ret.) |Ada Roe": where the name goes on after a rank and its bracket.
fn rank(text: &str, at: usize) -> usize {
    let head = text.get(at..).unwrap_or("");
    // Ranks are short: what stands further off is no part of one.
    let Some(open) = head.bytes().take(30).position(|b| b == b'(') else { return at };
    let inside = &head[open + 1..];
    let retired = inside.get(..3).is_some_and(|w| w.eq_ignore_ascii_case("ret"));
    let Some(close) = inside.bytes().take(8).position(|b| b == b')').filter(|_| retired && open > 0) else {
        return at;
    };
    let titled = head[..open].split_whitespace().all(|w| {
        is_capital(w)
            && (w.ends_with('.')
                || lexicon::class(w).any(Class::HONORIFIC.or(Class::ABBREVIATION).or(Class::ROLE)))
    });
    let rest = &inside[close + 1..];
    if titled { text.len() - rest.trim_start().len() } else { at }
}

/// "Rory Mac |an Bhaird", "Orla Nic |an Tarn": the article inside an Irish surname.
fn is_article(text: &str, start: usize, word: &str) -> bool {
    ["an", "na", "a'"].contains(&word)
        && text[..start].trim_end().rsplit(' ').next().is_some_and(|w| {
            ["mac", "mag", "nic", "mhic", "ó", "ní", "uí", "de"].iter().any(|m| w.to_lowercase() == *m)
        })
}

/// Scripts written without spaces or in which one word may hold the whole name.
fn is_unspaced(name: &str) -> bool {
    name.chars().count() >= 2
        && name
            .chars()
            .all(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}

/// Tells whether what starts at `start` no longer belongs to the name that starts at `at`.
fn stops(text: &str, at: usize, start: usize, full: usize) -> bool {
    let rest = &text[start..];
    if begins_date(rest) || read_time::at_start(rest).is_some() {
        return true;
    }
    if full < 2 {
        return false;
    }
    let word = Words::of(rest).next().unwrap_or("");
    // An initial wants its family name: "Bruce Y. |Lee Senior Contributor".
    let before = text[at..start].trim_end().rsplit(' ').next().unwrap_or("");
    if is_initial(before) && full == 2 || is_particle(before) {
        return false;
    }
    let house = AGENCY
        .prefix(rest)
        .into_iter()
        .chain(OUTLET.prefix(rest))
        .any(|len| len > 2 && is_capital(word) && (rest[..len].contains(' ') || len == rest.len()));
    let article = word.eq_ignore_ascii_case("the");
    let tail = TAIL
        .prefix(rest)
        .is_some_and(|len| len > 4 && (rest.len() == len || rest[len..].starts_with([' ', ':'])))
        && !is_all_capitals(text);
    let degree = is_credential(word);
    // "Seah Wei |Ting Correspondent": where the family name stands first, two given names follow.
    let family_first = || {
        let mut name = text[at..start].trim_end().split(' ');
        let (first, second) = (name.next().unwrap_or(""), name.next().unwrap_or(""));
        full == 2 && !is_first_name(first) && is_first_name(second) && !is_ordinary(word)
    };
    let billed = role::at_start(rest).is_some_and(|len| {
        // "Ada Roe Baker" may be a name; "Ada Roe Staff Writer" is none.
        !role::is_surname(&rest[..len])
    });
    let group = role::ending(rest).is_some_and(|len| {
        let phrase = &rest[..len];
        let words = phrase.split(' ').count();
        (words == 2 && !role::is_surname(phrase.rsplit(' ').next().unwrap_or("")) && !phrase.contains(" of "))
            && !phrase.split(' ').any(is_joiner)
            && !family_first()
    });
    // "Ada Roe Special to the Post", "Ada Roe Photographs by Ian Poole".
    let phrase =
        [LEAD, CONTRIBUTION].iter().any(|l| l.prefix(rest).is_some_and(|len| rest[..len].contains(' ')))
            || CONTRIBUTION.prefix(rest).is_some_and(|len| rest[len..].starts_with(':'));
    // "Ada Roe WXQR", "Ada Roe Marsh County Herald".
    let sign = word.len() > 1
        && is_all_capitals(word)
        && !is_all_capitals(&text[at..start])
        && !is_initial(word)
        && !lexicon::class(word).any(Class::SUFFIX);
    // "Ada Roe Globe Staff".
    let globe = (OUTLET_WORD.has(word) || AGENCY.has(word) && is_all_capitals(word))
        && !ROLE_START.has(word)
        && rest[word.len()..].strip_prefix(' ').is_some_and(|r| role::at_start(r).is_some());
    let run: usize = Words::of(rest).take_while(|w| is_capital(w)).count();
    let paper =
        run > 1 && Words::of(rest).take(run).last().is_some_and(|w| OUTLET_WORD.has(w) || BODY.has(w));
    phrase || sign || globe || paper || house || article || tail || degree || billed || group
}

/// "MD". ", MS, RD". ", PhD". Letters after a name, each parted by a comma, at most five.
fn credentials(text: &str, end: usize) -> Option<Range> {
    let mut start = None;
    let mut at = end;
    // "Ada Roe ’31": the year of a graduate.
    if let Some(year) = [" ’", " '", " ‘"].iter().find_map(|q| text[end..].strip_prefix(q))
        && year.len() >= 2
        && year.as_bytes()[..2].iter().all(u8::is_ascii_digit)
        && !year[2..].starts_with(char::is_alphanumeric)
    {
        at = text.len() - year.len() + 2;
        start = Some(end + 1);
    }
    for _ in 0..5 {
        let rest = &text[at..];
        let gap = rest.len() - rest.trim_start_matches([',', ' ']).len();
        // After one known degree any other letters are one as well ("BSc, XYZ").
        let letters =
            |w: &&str| start.is_some() && w.len() <= 5 && is_all_capitals(w) && rest.starts_with(',');
        let Some(word) = Words::of(&rest[gap..]).next().filter(|w| is_credential(w) || letters(w)) else {
            break;
        };
        // "PhD candidate" is a role.
        let next = rest[gap + word.len()..].strip_prefix(' ').and_then(|r| Words::of(r).next());
        if gap == 0 || begins_date(&rest[gap..]) || next.is_some_and(|w| SCHOLAR_ROLE.has(w)) {
            break;
        }
        start.get_or_insert(at + gap);
        at += gap + word.len();
    }
    let mut range = (start?, at);
    // "RD (CA)": the state that licenses.
    if let Some(inside) = text[at..].strip_prefix(" (")
        && let Some(close) = inside.find(')').filter(|&c| c <= 4 && is_all_capitals(&inside[..c]))
    {
        range.1 = at + close + 3;
    }
    Some(range)
}

/// Tells whether a word is a degree or an order: in the list, with capitals to show it.
pub(super) fn is_credential(word: &str) -> bool {
    let shown =
        word.chars().filter(|c| c.is_uppercase()).count() >= 2 || word.contains('.') && word.len() > 3;
    if !word.contains('.') {
        return shown && CREDENTIAL.has(word);
    }
    shown && CREDENTIAL.has(&word.replace('.', ""))
}

/// Tells whether a word ends as abstract English nouns and participles do ("Closing Arguments").
pub(super) fn has_heading_end(word: &str) -> bool {
    word.char_indices().skip(3).any(|(i, _)| HEADING_END.has(&word[i..]))
}

fn is_honorific(word: &str) -> bool {
    word.ends_with('.')
        && lexicon::class(word.trim_end_matches('.'))
            .any(Class::HONORIFIC.or(Class::HONORIFIC_HE).or(Class::HONORIFIC_SHE))
}

/// Tells whether a word is an everyday English one, so that it speaks against a name.
pub(crate) fn is_ordinary(word: &str) -> bool {
    let bare = word.trim_end_matches("'s").trim_end_matches("’s");
    COMMON.has(bare)
        || lexicon::class(bare).any(
            Class::PREPOSITION
                .or(Class::CONJUNCTION)
                .or(Class::DETERMINER)
                .or(Class::AUXILIARY)
                .or(Class::WH_WORD)
                .or(Class::GROUP)
                .or(Class::CUE_SAY)
                .or(Class::PRONOUN_HE)
                .or(Class::PRONOUN_SHE)
                .or(Class::PRONOUN_THEY)
                .or(Class::PRONOUN_IT)
                .or(Class::PRONOUN_FIRST)
                .or(Class::BODY),
        )
}

/// Tells whether a line of nothing but this name reads as one: not as a heading in title case.
pub(super) fn is_likely(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or("");
    let rest = || name.split(' ').skip(1);
    let ordinary = rest().filter(|w| is_ordinary(w) || w.ends_with("'s") || w.ends_with("’s")).count();
    // "U.S. Senate" opens with letters too.
    if is_initial(first) && !PLACE.has(first) && !STATE.has(first) {
        return true;
    }
    // A general who has retired writes, too.
    if name.contains("(ret") || name.contains("(Ret") {
        return true;
    }
    // "Senator Ada Roe" is in the news; those who write it are doctors at most.
    let class = lexicon::class(first.trim_end_matches('.'));
    let scholar = SCHOLAR.has(first.trim_end_matches('.'));
    if class.any(Class::HONORIFIC)
        && !scholar
        && (rest().count() > 1 || first.ends_with('.'))
        && !is_first_name(first)
    {
        return false;
    }
    // "Iowa Caucus", "City Hall".
    if !is_first_name(first) && (PLACE.has(first) || STATE.has(first) || PLACE_WORD.has(first)) {
        return false;
    }
    if is_first_name(first) {
        return ordinary < rest().count().max(1);
    }
    !is_ordinary(first) && ordinary == 0 && !name.split(' ').any(has_heading_end)
}
