//! What stands around a name and says who bears it: title, affiliation, age.

use core::ops::Range;

use crate::lex::token::{Token, TokenKind};
use crate::lexicon::Class;
use crate::mention::name::Name;
use crate::span::Span;

/// What the text says of the bearer beside one naming, as token ranges.
#[derive(Debug, Clone, Default)]
pub(crate) struct Description {
    pub(crate) title: Option<Range<usize>>,
    pub(crate) affiliation: Option<Range<usize>>,
    pub(crate) age: Option<Span>,
}

/// Nouns that a title ends with.
const TITLE: Class = Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE).or(Class::HONORIFIC);

/// The longest title in tokens.
const LONGEST: usize = 12;

/// Reads what stands around `name`; looks at a bounded number of tokens.
pub(crate) fn read(text: &str, tokens: &[Token], name: &Name) -> Description {
    let mut found = Description::default();
    if name.possessive {
        return found;
    }
    after(text, tokens, name.tokens.end, &mut found);
    if stands_behind_place(text, tokens, name, &found) {
        return Description::default();
    }
    if found.title.is_none() {
        before(text, tokens, name, &mut found);
    }
    if found.title.is_none() {
        found.title = name.title.clone().filter(|t| tokens[t.clone()].iter().any(|t| !is_plain(t)));
    }
    found
}

/// Prepositions that make a name before a comma a place.
const IN_PLACE: &[&str] = &["in", "near", "outside", "across", "around"];

/// "In Selby, the mayor said …": what follows the comma is the subject, unless a second comma or a stop closes it
/// as in "trust in Ada Roe, the mayor, has grown".
fn stands_behind_place(text: &str, tokens: &[Token], name: &Name, found: &Description) -> bool {
    let before = name.tokens.start.checked_sub(1).map_or("", |i| tokens[i].span.of(text));
    let end = [&found.title, &found.affiliation].into_iter().flatten().map(|r| r.end).max();
    let open = |end: usize| tokens.get(end).is_some_and(Token::is_word);
    let comma = tokens.get(name.tokens.end).is_some_and(|t| t.kind == TokenKind::Comma);
    comma && IN_PLACE.iter().any(|w| before.eq_ignore_ascii_case(w)) && end.is_some_and(open)
}

/// Mr, Mrs, Ms, Miss say nothing of what somebody does.
fn is_plain(t: &Token) -> bool {
    t.is(Class::HONORIFIC_HE.or(Class::HONORIFIC_SHE)) && !t.is(Class::HONORIFIC.or(Class::ROLE))
}

/// "Ola Brisk, 52, a senior analyst at Corven", "Ada Roe of Pell"
fn after(text: &str, tokens: &[Token], end: usize, found: &mut Description) {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(text));
    // "Arden of the Tolworth Institute"
    if matches!(word(end), "of" | "from" | "at" | "with") && found.affiliation.is_none() {
        let body = body_at(text, tokens, end + 1);
        if let Some(body) = body
            && (word(end) == "of" || tokens[body.clone()].iter().any(|t| t.is(Class::BODY)))
        {
            found.affiliation = Some(body);
        }
    }
    let mut i = end;
    // "(D-Ohio)"
    if tokens.get(i).is_some_and(|t| t.kind == TokenKind::Open) {
        while i < tokens.len() && i - end < 10 && tokens[i].kind != TokenKind::Close {
            i += 1;
        }
        i += 1;
    }
    let dash = matches!(tokens.get(i).map(|t| t.kind), Some(TokenKind::Dash));
    while matches!(tokens.get(i).map(|t| t.kind), Some(TokenKind::Comma)) || dash && i == end {
        let start = i + 1;
        let Some(first) = tokens.get(start) else { return };
        if first.kind == TokenKind::Number {
            found.age.get_or_insert(first.span);
            i = start + 1;
            continue;
        }
        if matches!(word(start), "who" | "whose" | "which") {
            relative(text, tokens, start, found);
            return;
        }
        title_at(text, tokens, start, found);
        if found.title.is_some() {
            return;
        }
        // Another comma may open the next apposition.
        let Some(next) =
            (start..(start + 14).min(tokens.len())).find(|&k| tokens[k].kind == TokenKind::Comma)
        else {
            return;
        };
        if (start..next).any(|k| tokens[k].kind == TokenKind::Stop || tokens[k].is_mark()) {
            return;
        }
        i = next;
    }
}

/// "who chairs the board" says nothing here; "who took over as warden" does.
fn relative(text: &str, tokens: &[Token], start: usize, found: &mut Description) {
    for i in start..(start + 14).min(tokens.len()) {
        if tokens[i].kind == TokenKind::Stop || tokens[i].is_mark() {
            return;
        }
        if tokens[i].span.of(text) == "as" && tokens.get(i + 1).is_some_and(|t| t.is(TITLE)) {
            found.title = Some(i + 1..i + 2);
            return;
        }
    }
}

/// "a senior analyst at Corven Partners", starting at token `start`.
fn title_at(text: &str, tokens: &[Token], start: usize, found: &mut Description) {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(text));
    let mut from = start;
    while tokens.get(from).is_some_and(|t| t.is(Class::DETERMINER.or(Class::POSSESSIVE))) {
        from += 1;
    }
    // "the port’s head of security": the owner is the affiliation.
    let mut end = from;
    while end < tokens.len() && end - from < LONGEST {
        let t = &tokens[end];
        let ends = !(t.is_word() || t.kind == TokenKind::Number)
            || t.is(Class::PREPOSITION.or(Class::AUXILIARY).or(Class::WH_WORD)) && !t.is_capital()
            || t.is(Class::CONJUNCTION) && !matches!(word(end), "and")
            || t.is(Class::PRONOUN_SUBJECT);
        if ends {
            break;
        }
        end += 1;
    }
    let Some(last) = (from..end).rev().find(|&i| tokens[i].is(TITLE)) else { return };
    let mut title = from..last + 1;
    // "a father of two and a potter at Pell": the last role counts.
    if let Some(and) = (from..last).rev().find(|&i| word(i) == "and") {
        let more = (and + 1..last + 1).find(|&i| !tokens[i].is(Class::DETERMINER));
        if more.is_some_and(|m| m <= last) && !tokens[and - 1].is(TITLE) {
            title = more.unwrap_or(from)..last + 1;
        }
    }
    // "Corven analyst Dan": capitals before the role are the body.
    let lower = title.clone().find(|&i| !tokens[i].is_capital()).unwrap_or(title.start);
    if lower > title.start && lower < title.end {
        found.affiliation.get_or_insert(title.start..lower);
        title.start = lower;
    }
    let link = last + 1;
    match word(link) {
        "of" | "for" | "at" | "with" | "in" => {
            if let Some(body) = body_at(text, tokens, link + 1) {
                if word(link) != "in" {
                    found.affiliation.get_or_insert(body);
                }
            } else if word(link) == "of" {
                // "head of the rowing club": a common noun belongs to the title.
                let stop = (link + 1..(link + 8).min(tokens.len())).find(|&i| {
                    !tokens[i].is_word()
                        || tokens[i].is(Class::PREPOSITION.or(Class::AUXILIARY).or(Class::CONJUNCTION))
                });
                let stop = stop.unwrap_or((link + 8).min(tokens.len()));
                let kin =
                    tokens[last].is(Class::KIN_HE.or(Class::KIN_SHE)) && !tokens[last].is(Class::HONORIFIC);
                if !kin && stop > link + 1 {
                    title.end = stop;
                } else if kin {
                    // "a father of two and a guide": look behind the "and".
                    if let Some(and) = (link..(link + 5).min(tokens.len())).find(|&i| word(i) == "and") {
                        let before = found.title.clone();
                        title_at(text, tokens, and + 1, found);
                        if found.title != before {
                            return;
                        }
                    }
                    return;
                }
            }
        }
        _ => {}
    }
    found.title = Some(title);
}

/// The name of a body that starts at token `start`, past "the": "the Tolworth Institute", "St Bride’s Hospital".
fn body_at(text: &str, tokens: &[Token], start: usize) -> Option<Range<usize>> {
    let mut from = start;
    while tokens.get(from).is_some_and(|t| t.is(Class::DETERMINER) && !t.is_capital()) {
        from += 1;
    }
    let mut end = from;
    while let Some(t) = tokens.get(end) {
        let clitic = end > from && t.is_word() && !t.spaced && t.span.of(text).ends_with('s');
        let joins = end > from
            && matches!(t.span.of(text), "of" | "&" | "and" | "for")
            && tokens.get(end + 1).is_some_and(|n| n.is_capital());
        let the = end > from
            && t.span.of(text) == "the"
            && tokens[end - 1].span.of(text) == "of"
            && tokens.get(end + 1).is_some_and(|n| n.is_capital());
        if !(t.is_capital() && !t.is(Class::WEEKDAY.or(Class::MONTH)) || clitic || joins || the) {
            break;
        }
        end += 1;
    }
    (end > from).then_some(from..end)
}

/// "Mere Water finance director Ines Holm", "the port’s head of security, Ivo Hale"
fn before(text: &str, tokens: &[Token], name: &Name, found: &mut Description) {
    let start = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
    let mut end = start;
    // "The choir leader, Petra Quayle, said": an apposition the other way round.
    if end >= 2 && tokens[end - 1].kind == TokenKind::Comma && tokens[end - 2].is_word() {
        let closes = tokens.get(name.tokens.end).is_none_or(|t| {
            matches!(t.kind, TokenKind::Comma | TokenKind::Stop | TokenKind::Colon) || t.is_mark()
        });
        if !closes {
            return;
        }
        end -= 1;
    }
    let mut from = end;
    let mut role = None;
    while from > 0 && end - from < LONGEST {
        let t = &tokens[from - 1];
        if t.is(Class::DETERMINER.or(Class::POSSESSIVE)) && !t.is_capital() || t.is(Class::DETERMINER) {
            break;
        }
        let of = end < start && t.span.of(text) == "of";
        if !t.is_word()
            || (t.is(Class::PREPOSITION.or(Class::AUXILIARY).or(Class::CONJUNCTION)) && !of)
            || !t.spaced && t.span.of(text).starts_with(['\'', '’'])
        {
            break;
        }
        if t.is_capital() && !t.is(TITLE) {
            break;
        }
        if t.is(TITLE) {
            role.get_or_insert(from - 1);
        }
        from -= 1;
    }
    let Some(role) = role else { return };
    // Only words right before the name: nothing may stand between the role and it.
    if role + 1 != end && !(role < end && tokens[role + 1..end].iter().any(|t| t.span.of(text) == "of")) {
        return;
    }
    let plural = tokens[role].span.of(text).ends_with('s') && tokens[role].is(Class::GROUP);
    if plural || from == end {
        return;
    }
    found.title = Some(from..end);
    // "Mere Water finance director": the capitals before are the body.
    let mut body = from;
    while body > 0
        && tokens[body - 1].is_capital()
        && tokens[body - 1].is_word()
        && !tokens[body - 1].is(Class::DETERMINER)
        && !tokens[body - 1].is(Class::PREPOSITION)
    {
        body -= 1;
    }
    if body < from {
        found.affiliation.get_or_insert(body..from);
    }
}

#[cfg(test)]
mod tests {
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
