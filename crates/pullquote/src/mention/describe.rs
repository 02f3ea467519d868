//! What stands around a name and says who bears it: title, affiliation, age, place.
//!
//! | where | example |
//! |---|---|
//! | behind a comma, a dash, in brackets | "Ola Brisk, 52, a senior analyst at Corven," |
//! | in a relative clause | "Ola Brisk, who took over as warden in May," |
//! | behind a preposition | "Ola Brisk of the Tolworth Institute" |
//! | before the name | "Corven finance director Ola Brisk", "the port’s head of repairs, Ola Brisk," |

use core::ops::Range;

use crate::lex::token::{Token, TokenKind};
use crate::lexicon::Class;
use crate::mention::name::Name;
use crate::mention::title::{self, Title};
use crate::span::Span;

/// What the text says of the bearer beside one naming, as token ranges.
#[derive(Debug, Clone, Default)]
pub(crate) struct Description {
    pub(crate) title: Option<Range<usize>>,
    pub(crate) affiliation: Option<Range<usize>>,
    pub(crate) age: Option<Span>,
    pub(crate) place: Option<Range<usize>>,
    /// "Sir", "Dr", "Sen.": the first token of the titles in front of the name.
    pub(crate) honorific: Option<Range<usize>>,
    /// "her brother", "a father of two": says of what gender somebody is, not what he does.
    pub(crate) kin: Option<usize>,
    /// "who uses they": the pronoun that the text itself states.
    pub(crate) they: bool,
}

impl Description {
    /// Whether nothing is said of the bearer.
    pub(crate) fn is_empty(&self) -> bool {
        let Description { title, affiliation, age, place, honorific, kin, they } = self;
        let phrases = [title, affiliation, place, honorific].into_iter().all(Option::is_none);
        phrases && age.is_none() && kin.is_none() && !they
    }
}

/// How far the description of one name may reach, in tokens.
const REACH: usize = 40;

/// Reads what stands around `name`; looks at a bounded number of tokens.
pub(crate) fn read(text: &str, tokens: &[Token], name: &Name) -> Description {
    let mut found = Description { honorific: honorific(tokens, name), ..Description::default() };
    if !name.possessive {
        after(text, tokens, name.tokens.end, &mut found);
        if stands_behind_place(text, tokens, name, &found) {
            return Description::default();
        }
    }
    before(text, tokens, name, &mut found);
    if found.title.is_none() {
        found.title = name.title.clone().and_then(|t| without_plain(tokens, t));
    }
    found
}

/// Prepositions that make a name before a comma a place.
const IN_PLACE: &[&str] = &["in", "near", "outside", "across", "around"];

/// "In Selby, the mayor said …": what follows the comma is the subject, unless a second comma or a stop closes it
/// as in "trust in Ada Roe, the mayor, has grown".
fn stands_behind_place(text: &str, tokens: &[Token], name: &Name, found: &Description) -> bool {
    if tokens.get(name.tokens.end).is_none_or(|t| t.kind != TokenKind::Comma) {
        return false;
    }
    let before = name.tokens.start.checked_sub(1).map_or("", |i| tokens[i].span.of(text));
    let end = [&found.title, &found.affiliation].into_iter().flatten().map(|r| r.end).max();
    let open = |end: usize| tokens.get(end).is_some_and(Token::is_word);
    // "She was born in Selby, the daughter of a tuner."
    let born = found.kin.is_some() && name.tokens.len() == 1 && name.title.is_none();
    IN_PLACE.iter().any(|w| before.eq_ignore_ascii_case(w)) && (born || end.is_some_and(open))
}

/// Mr, Mrs, Ms, Miss say nothing of what somebody does.
fn is_plain(t: &Token) -> bool {
    t.is(Class::HONORIFIC_HE.or(Class::HONORIFIC_SHE)) && !t.is(Class::HONORIFIC.or(Class::ROLE))
}

/// "Mrs Justice Hale": the title is "Justice".
fn without_plain(tokens: &[Token], title: Range<usize>) -> Option<Range<usize>> {
    let start = title.clone().find(|&i| !is_plain(&tokens[i]))?;
    Some(start..title.end)
}

fn honorific(tokens: &[Token], name: &Name) -> Option<Range<usize>> {
    let all = Class::HONORIFIC.or(Class::HONORIFIC_HE).or(Class::HONORIFIC_SHE);
    let at = name.title.clone()?.find(|&i| tokens[i].is(all))?;
    Some(at..at + 1)
}

/// A number of years: "52", the first part of "52-year-old".
fn age(text: &str, token: &Token) -> Option<Span> {
    if token.kind != TokenKind::Number {
        return None;
    }
    let word = token.span.of(text);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &word[digits..];
    let years = word[..digits].parse::<u8>().is_ok_and(|n| (1..=120).contains(&n));
    (years && (rest.is_empty() || rest.starts_with("-year-old") || rest.starts_with("-month-old")))
        .then(|| Span::at(token.span.start(), token.span.start() + digits))
}

/// "Ola Brisk, 52, a senior analyst at Corven", "Ada Roe of Pell"
fn after(text: &str, tokens: &[Token], end: usize, found: &mut Description) {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(text));
    let kind = |i: usize| tokens.get(i).map(|t| t.kind);
    let mut i = end;
    // "Ola Brisk (52)", "Ada Roe (D-Ohio)", "Ivo Hale (pictured)"
    if kind(i) == Some(TokenKind::Open) {
        let Some(close) = (i + 1..(i + 10).min(tokens.len())).find(|&k| tokens[k].kind == TokenKind::Close)
        else {
            return;
        };
        if close == i + 2 {
            found.age = age(text, &tokens[i + 1]);
        }
        i = close + 1;
    }
    // "Arden of the Tolworth Institute", "Ada Roe from Pell"
    if let Some(next) = whence(text, tokens, i, false, found) {
        i = next;
    }
    let limit = (end + REACH).min(tokens.len());
    let dash = kind(i) == Some(TokenKind::Dash);
    let mut first = true;
    while i < limit
        && (kind(i) == Some(TokenKind::Comma) || dash && first && kind(i) == Some(TokenKind::Dash))
    {
        first = false;
        let start = i + 1;
        let Some(opener) = tokens.get(start) else { return };
        let aged = usize::from(word(start) == "aged" || word(start) == "age");
        let years = tokens.get(start + aged).and_then(|t| age(text, t));
        if let Some(years) = years
            && (aged == 1 || opener.span.len() == years.len())
        {
            found.age.get_or_insert(years);
            i = start + aged + 1;
            // "Ola Brisk, 52, of Pell", "Ola Brisk, 52 and from Pell"
            if let Some(next) = whence(text, tokens, i, true, found) {
                i = next;
            }
            continue;
        }
        if matches!(word(start), "who" | "whose" | "which") {
            if word(start) == "who" {
                relative(text, tokens, start, found);
            }
            return;
        }
        if let Some(next) = whence(text, tokens, start, true, found) {
            i = next;
            continue;
        }
        if let Some(next) = apposition(text, tokens, start, found) {
            i = next;
            if word(i) == "who" {
                // "Ola Brisk, a potter who uses they"
                relative(text, tokens, i, found);
            }
            if found.title.is_some() {
                // "Ola Brisk, the treasurer, 52, said"
                let years = (kind(i) == Some(TokenKind::Comma)).then(|| tokens.get(i + 1)).flatten();
                found.age = found.age.or_else(|| years.and_then(|t| age(text, t)));
                return;
            }
            continue;
        }
        // Another comma may open the next apposition.
        let Some(next) =
            (start..(start + 14).min(tokens.len())).find(|&k| tokens[k].kind == TokenKind::Comma)
        else {
            return;
        };
        if tokens[start..next].iter().any(|t| is_end(t) || t.is(CUE)) {
            return;
        }
        i = next;
    }
}

fn is_end(t: &Token) -> bool {
    matches!(t.kind, TokenKind::Stop | TokenKind::Colon | TokenKind::Semicolon) || t.is_mark()
}

/// Verbs that end a description.
const CUE: Class = Class::CUE_SAY.or(Class::CUE_TELL);

/// "of the Tolworth Institute", "from Pell", "at Corven": the phrase at token `at` that says where from.
///
/// `aside` is true past a comma, where "of" goes before a place more often than before a body.
fn whence(text: &str, tokens: &[Token], at: usize, aside: bool, found: &mut Description) -> Option<usize> {
    let link = tokens.get(at).filter(|t| t.is(Class::PREPOSITION))?.span.of(text);
    if !matches!(link, "of" | "from" | "at" | "with" | "for" | "in") {
        return None;
    }
    let body = title::body_at(text, tokens, at + 1)?;
    let place = title::is_place(text, tokens, &body);
    let known = tokens[body.clone()].iter().any(|t| t.is(Class::BODY));
    let article = tokens[at + 1..body.start].iter().any(|t| !t.is_capital());
    match link {
        "of" if known || article || !aside && !place => found.affiliation.get_or_insert(body.clone()),
        "from" | "of" if !known => found.place.get_or_insert(body.clone()),
        "from" => found.affiliation.get_or_insert(body.clone()),
        "at" | "with" | "for" if known && !aside => found.affiliation.get_or_insert(body.clone()),
        "in" if place && aside => found.place.get_or_insert(body.clone()),
        _ => return None,
    };
    Some(body.end)
}

/// The apposition at token `start`; returns the token behind it.
fn apposition(text: &str, tokens: &[Token], start: usize, found: &mut Description) -> Option<usize> {
    // "a 52-year-old baker"
    let years = (start..(start + 2).min(tokens.len())).find_map(|i| age(text, &tokens[i]));
    let title = title::read(text, tokens, start)?;
    if years.is_some() {
        found.age = found.age.or(years);
    }
    Some(take(title, found))
}

/// Adds a title to what is known; returns the token behind it.
fn take(title: Title, found: &mut Description) -> usize {
    found.kin = found.kin.or(title.kin);
    found.place = found.place.take().or(title.place);
    if let Some(words) = title.words
        && found.title.is_none()
    {
        found.title = Some(words);
        // Title and affiliation of one phrase belong together.
        found.affiliation = title.affiliation.or(found.affiliation.take());
    } else {
        found.affiliation = found.affiliation.take().or(title.affiliation);
    }
    title.end
}

/// "who took over as warden", "who is head of the rowing club", "who works for Corven", "who lives in Pell".
fn relative(text: &str, tokens: &[Token], start: usize, found: &mut Description) {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(text));
    for i in start + 1..(start + 14).min(tokens.len()) {
        if is_end(&tokens[i]) {
            return;
        }
        let state = matches!(word(i), "is" | "was" | "became" | "remains") && i <= start + 2;
        if state || word(i) == "as" {
            let next = i + 1 + usize::from(matches!(word(i + 1), "also" | "now" | "once" | "its"));
            if let Some(title) = title::read(text, tokens, next) {
                take(title, found);
                return;
            }
        }
        let verb = i <= start + 2;
        match (word(i), word(i + 1)) {
            ("works" | "worked" | "plays" | "played", "for" | "at" | "with") if verb => {
                found.affiliation = found.affiliation.take().or_else(|| title::body_at(text, tokens, i + 2));
                return;
            }
            ("lives" | "lived", "in" | "near") if verb => {
                found.place = found.place.take().or_else(|| title::body_at(text, tokens, i + 2));
                return;
            }
            ("uses", pronoun) if pronoun.starts_with("they") => found.they = true,
            ("is", "non-binary" | "nonbinary") => found.they = true,
            _ => {}
        }
    }
}

/// "Mere Water finance director Ines Holm", "the port’s head of repairs, Ivo Hale"
fn before(text: &str, tokens: &[Token], name: &Name, found: &mut Description) {
    let start = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
    let mut end = start;
    // "The choir leader, Petra Quayle, said": an apposition the other way round.
    if end >= 2 && tokens[end - 1].kind == TokenKind::Comma && tokens[end - 2].is_word() {
        let closes = tokens.get(name.tokens.end).is_none_or(|t| {
            matches!(t.kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Colon) || t.is_mark()
        });
        if !closes || found.title.is_some() {
            return;
        }
        end -= 1;
    }
    let apposed = end < start;
    if apposed {
        let from = phrase_start(text, tokens, end, true);
        let title = title::read(text, tokens, from).filter(|t| t.end == end);
        if let Some(title) = title {
            take(title, found);
        }
        return;
    }
    let from = phrase_start(text, tokens, end, apposed);
    let years = tokens[from..end].iter().find_map(|t| age(text, t));
    found.age = found.age.or(years);
    let Some(role) = title::head(text, tokens, from..end, apposed) else {
        office(text, tokens, name, from, found);
        return;
    };
    let plural = tokens[role].span.of(text).ends_with('s') && tokens[role].is(Class::GROUP);
    if plural || found.title.is_some() && !title::is_kin(text, &tokens[role]) {
        return;
    }
    if title::is_kin(text, &tokens[role]) {
        found.kin = found.kin.or(Some(role));
        return;
    }
    let first = title::first(text, tokens, from, role);
    let body = title::body_before(text, tokens, from, first);
    // "Pell Council Leader Ada Roe" reads on into the title of the name.
    let end = if apposed { end } else { name.tokens.start };
    found.title = Some(first..end);
    found.affiliation = body.or(found.affiliation.take());
}

/// "Harrow Port Authority Chief Executive Nora Feld", "former Mayor Nora Feld", "Labour MP Nora Feld".
fn office(text: &str, tokens: &[Token], name: &Name, from: usize, found: &mut Description) {
    let Some(title) = name.title.clone().and_then(|t| without_plain(tokens, t)) else { return };
    if found.title.is_some() {
        return;
    }
    let mut first = title.start;
    while first > from && title::is_lead(text, &tokens[first - 1]) {
        first -= 1;
    }
    found.affiliation = title::body_before(text, tokens, from, first).or(found.affiliation.take());
    found.title = Some(first..title.end);
}

/// Words that no noun phrase before a name runs over.
const STOP: Class = Class::AUXILIARY
    .or(Class::CONJUNCTION)
    .or(Class::WH_WORD)
    .or(Class::PRONOUN_SUBJECT)
    .or(Class::ADVERB)
    .or(Class::DETERMINER)
    .or(Class::POSSESSIVE)
    .or(Class::PREPOSITION)
    .or(Class::CUE_ASK)
    .or(Class::CUE_WRITE)
    .or(CUE);

/// Where the noun phrase that ends before token `end` starts; a bounded look back.
fn phrase_start(text: &str, tokens: &[Token], end: usize, apposed: bool) -> usize {
    const LONGEST: usize = 12;
    // "a spokesman for the port": a preposition right behind a role.
    let of_at = |end: usize| {
        apposed
            && end >= 2
            && matches!(tokens[end - 1].span.of(text), "of" | "for" | "at")
            && (title::head(text, tokens, end - 2..end - 1, false).is_some()
                || tokens[end - 2].is_capital() && tokens[end - 1].span.of(text) == "of")
    };
    let mut from = end;
    while from > 0 && end - from < LONGEST {
        let t = &tokens[from - 1];
        // Most words that are not plain words end the phrase; the look-ups are for the rest.
        if !t.is_word() || t.is(STOP) {
            let role = || t.is(Class::ROLE) || title::is_lead(text, t);
            // "Corven’s finance director": the clitic of an owner stays in. Its apostrophe may be a mark, but one
            // that ends words in quotation marks is none.
            let clitic = || {
                !t.spaced
                    && from > 1
                    && !t.is_capital()
                    && title::is_clitic(text, tokens, from - 1)
                    && (!t.is_mark() || tokens[from - 2].span.of(text).ends_with('s') && from < end)
            };
            let number = t.kind == TokenKind::Number && age(text, t).is_some();
            let and = || from > 1 && tokens[from - 2].is(Class::ROLE) && t.span.of(text) == "and";
            let inner = || t.is(Class::DETERMINER) && of_at(from - 1);
            if !(number || of_at(from) || and() || inner() || clitic() || t.is_word() && role()) {
                break;
            }
        }
        from -= 1;
    }
    from
}

#[cfg(test)]
mod tests {
    #[test]
    fn titles_affiliations_ages_and_places() {
        let mut checked = 0;
        let table = include_str!("cases.txt");
        for case in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (text, want) = case.split_once(" | ").expect("a case is `text | name | title | …`");
            let article = crate::parse(text);
            let id = article.quotes().last().and_then(|q| q.speaker()).expect(text);
            let speaker = &article[id];
            let words = |span: Option<crate::Span>| span.map_or("-", |s| s.of(text));
            let told = [
                speaker.name(),
                words(speaker.title()),
                words(speaker.affiliation()),
                words(speaker.age()),
                words(speaker.place()),
            ];
            assert_eq!(told.join(" | "), want, "{text}");
            checked += 1;
        }
        assert!(checked >= 60);
    }

    #[test]
    fn a_role_behind_a_place_is_the_subject() {
        let text = "The hall was opened by Mayor Ada Roe.\n\nIn Selby, the mayor said that the roof leaked.";
        let article = crate::parse(text);
        assert!(article.speakers().iter().map(|s| s.name()).eq(["Ada Roe"]));
        let text = "The board trusts in Ada Roe, the mayor, it said.\n\n“The roof leaks,” Roe said.";
        assert_eq!(
            crate::parse(text).speakers().iter().find_map(|s| s.title()).map(|t| t.of(text)),
            Some("mayor")
        );
    }
}
