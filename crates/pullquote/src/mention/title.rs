//! Titles: noun phrases that say what somebody does, with the body and the place they hold it in.

use core::ops::Range;

use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::Class;
use crate::lexicon::terms;

/// A title as it stands behind a name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Title {
    /// "senior analyst"; none where the phrase only names a member of a family.
    pub(crate) words: Option<Range<usize>>,
    pub(crate) affiliation: Option<Range<usize>>,
    pub(crate) place: Option<Range<usize>>,
    /// The noun for a member of a family.
    pub(crate) kin: Option<usize>,
    /// The token behind the phrase.
    pub(crate) end: usize,
}

/// The longest title in tokens.
const LONGEST: usize = 12;

/// Nouns that a title ends with.
const HEAD: Class = Class::ROLE.or(Class::KIN_HE).or(Class::KIN_SHE).or(Class::HONORIFIC);

const FIRST: Class = Class::FIRST_HE.or(Class::FIRST_SHE).or(Class::FIRST_BOTH);

/// "mother", "uncle": a noun for a member of a family, which is no title.
pub(crate) fn is_kin(text: &str, t: &Token) -> bool {
    t.is(Class::KIN_HE.or(Class::KIN_SHE).or(Class::ROLE)) && t.is_in(text, terms::KIN)
}

/// "vendor", "glass-blower", "clarinettist": an ending of nouns for people, on a word that no list knows.
pub(crate) fn is_agent(text: &str, t: &Token) -> bool {
    let word = t.span.of(text);
    const ENDS: &[&str] = &["ist", "eer", "ian", "man", "woman", "or", "er"];
    const THINGS: &[&str] = &[
        "chamber",
        "chapter",
        "charter",
        "computer",
        "counter",
        "disclaimer",
        "flyer",
        "newsletter",
        "printer",
        "sticker",
        "trailer",
    ];
    const SHORTEST: usize = 5;
    t.class == Class::NONE
        && t.is_word()
        && word.len() >= SHORTEST
        && ENDS.iter().any(|e| word.ends_with(e))
        && !THINGS.contains(&word)
}

/// "chief", "Deputy": a word that opens a title.
pub(crate) fn is_lead(text: &str, t: &Token) -> bool {
    t.is_word() && t.is_in(text, terms::TITLE_LEAD)
}

/// Reads the title that starts at token `start`: "a senior analyst at Corven Partners". A bounded look ahead.
pub(crate) fn read(text: &str, tokens: &[Token], start: usize) -> Option<Title> {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(text));
    let mut title = Title { end: start, ..Title::default() };
    let mut from = start;
    // Two phrases joined by "and" at most: "a mother of four and a senior analyst at Pell".
    for _ in 0..2 {
        while tokens
            .get(from)
            .is_some_and(|t| t.is(Class::DETERMINER.or(Class::POSSESSIVE)) && !t.is(Class::NUMBER_WORD))
        {
            from += 1;
        }
        let owner = owner(text, tokens, from);
        if let Some((body, next)) = &owner {
            title.affiliation = title.affiliation.take().or_else(|| body.clone());
            from = *next;
        }
        let end = phrase_end(text, tokens, from);
        let mut head = head(text, tokens, from..end, false)?;
        // "the company’s president and grandson of its founder"
        if is_kin(text, &tokens[head])
            && let Some(and) = (from + 1..head).find(|&i| word(i) == "and")
            && tokens[and - 1].is(HEAD)
            && !is_kin(text, &tokens[and - 1])
        {
            head = and - 1;
        }
        let kin = is_kin(text, &tokens[head]);
        title.end = head + 1;
        if !kin {
            let first = first(text, tokens, from, head);
            title.affiliation = title.affiliation.take().or_else(|| body_before(text, tokens, from, first));
            title.words = Some(first..head + 1);
            complement(text, tokens, head + 1, &mut title);
            // "Roe, Republican of Maine", "Roe, a Democrat": a party is no title.
            if tokens[head].is_capital() && is_origin(text, &tokens[head]) {
                title.words = None;
                title.affiliation = Some(first..head + 1);
            }
            return Some(title);
        }
        title.kin = title.kin.or(Some(head));
        // "of two and"
        let and = (head + 1..(head + 6).min(tokens.len()))
            .take_while(|&i| tokens[i].is_word() || tokens[i].kind == TokenKind::Number)
            .find(|&i| word(i) == "and");
        let Some(and) = and else {
            // "a mother of three from Hull"
            let link = (head + 1..(head + 4).min(tokens.len())).find(|&i| matches!(word(i), "from" | "in"));
            title.place = link.and_then(|i| body_at(text, tokens, i + 1));
            title.end = title.place.as_ref().map_or(title.end, |p| p.end);
            return Some(title);
        };
        from = and + 1;
    }
    Some(title)
}

/// "the port’s | head of repairs", "Pell Council’s | leader": the owner, if it is named, and the token behind it.
fn owner(text: &str, tokens: &[Token], from: usize) -> Option<(Option<Range<usize>>, usize)> {
    let clitic = (from + 1..(from + 7).min(tokens.len()))
        .take_while(|&i| {
            let t = &tokens[i];
            (t.is_word() || t.is_mark()) && (t.is_capital() || !t.is(Class::PREPOSITION.or(Class::WH_WORD)))
        })
        .find(|&i| is_clitic(text, tokens, i))?;
    let named = tokens[from..clitic].iter().all(Token::is_capital);
    Some((named.then_some(from..clitic), clitic + 1))
}

/// The "’s" of "Corven’s"; the lone apostrophe of "Corven Partners’".
pub(crate) fn is_clitic(text: &str, tokens: &[Token], i: usize) -> bool {
    let t = &tokens[i];
    if t.spaced || !t.is_word() && !t.is_mark() {
        return false;
    }
    let bare = t.span.of(text).trim_start_matches(['\'', '’']);
    bare == "s" || bare.is_empty()
}

/// Where the words of a noun phrase end that starts at `from`.
fn phrase_end(text: &str, tokens: &[Token], from: usize) -> usize {
    let mut end = from;
    while end < tokens.len() && end - from < LONGEST {
        let t = &tokens[end];
        let and = t.reads(text, "and");
        // "chairman and chief executive" is one title, "a guide and the author of two books" are two.
        let joins =
            and && tokens.get(end + 1).is_some_and(|n| !n.is(Class::DETERMINER.or(Class::POSSESSIVE)));
        let ends = !(t.is_word() || t.kind == TokenKind::Number)
            || t.is(Class::PREPOSITION.or(Class::AUXILIARY).or(Class::WH_WORD)) && !t.is_capital()
            || t.is(Class::CUE_SAY.or(Class::CUE_TELL)) && !t.is(Class::ROLE)
            || t.is(Class::CONJUNCTION) && !joins
            || t.is(Class::PRONOUN_SUBJECT);
        if ends {
            break;
        }
        end += 1;
    }
    end
}

/// The noun that a title in `range` ends with. With `apposed`, "head of repairs" may follow it.
pub(crate) fn head(text: &str, tokens: &[Token], range: Range<usize>, apposed: bool) -> Option<usize> {
    let is_head = |i: usize| tokens[i].is(HEAD) || is_kin(text, &tokens[i]);
    let of = range.clone().find(|&i| matches!(tokens[i].span.of(text), "of" | "for" | "at"));
    if let Some(of) = of.filter(|_| apposed) {
        return of.checked_sub(1).filter(|&i| range.contains(&i) && is_head(i));
    }
    let last = range.clone().rev().find(|&i| is_head(i))?;
    // "a security guard dog": the head is the last word, before a number or an adverb at most.
    let rest = &tokens[last + 1..range.end];
    (rest.is_empty() || range.start == last || !apposed && rest.len() <= 2).then_some(last)
}

/// Where the title that ends with `head` starts, past the name of a body: "Corven | senior analyst".
pub(crate) fn first(text: &str, tokens: &[Token], from: usize, head: usize) -> usize {
    let mut first = head;
    while first > from {
        let t = &tokens[first - 1];
        if is_clitic(text, tokens, first - 1) || t.kind == TokenKind::Number || t.is(Class::NUMBER_WORD) {
            break;
        }
        if t.is_capital() && !t.is(HEAD) && !is_lead(text, t) && !is_origin(text, t) {
            break;
        }
        first -= 1;
    }
    if first > from
        && is_common(tokens, &(first - 1..first))
        && (first - 1 == from || !tokens[first - 2].is_capital())
    {
        first -= 1;
    }
    first
}

/// How adjectives of origin end.
const ENDS: &[&str] = &["ican", "ian", "ish", "ese", "cratic", "crat", "ench", "utch", "eek"];

/// "Republican", "British", "Chinese": an adjective in a capital that belongs to the title.
pub(crate) fn is_origin(text: &str, t: &Token) -> bool {
    let word = t.span.of(text);
    t.case == Case::Capital && ENDS.iter().any(|e| word.ends_with(e))
}

/// "Democrats": several of an origin.
pub(crate) fn is_party(text: &str, t: &Token) -> bool {
    ENDS.iter().any(|e| t.span.of(text).trim_end_matches('s').ends_with(e))
}

/// "Board" in "Board member Roe": a common noun in a capital, at the start of a sentence or not, names no body.
fn is_common(tokens: &[Token], range: &Range<usize>) -> bool {
    let common = Class::BODY.or(Class::GROUP).or(Class::ROLE).or(Class::DOCUMENT);
    range.len() == 1 && tokens[range.start].is(common) && tokens[range.start].case == Case::Capital
}

/// The body whose name ends before token `end`, not before `from`: "Corven Partners" in "Corven Partners analyst".
pub(crate) fn body_before(text: &str, tokens: &[Token], from: usize, end: usize) -> Option<Range<usize>> {
    let mut last = end;
    if last > from && is_clitic(text, tokens, last - 1) {
        last -= 1;
    }
    let mut start = last;
    while start > from {
        let t = &tokens[start - 1];
        let link = matches!(t.span.of(text), "of" | "&" | "and")
            && start < last
            && start > from + 1
            && tokens[start - 2].is_capital();
        let plain = Class::DETERMINER.or(Class::PREPOSITION).or(Class::HONORIFIC_HE).or(Class::HONORIFIC_SHE);
        if !link && (!t.is_capital() || t.is(plain)) {
            break;
        }
        start -= 1;
    }
    (start < last && !is_common(tokens, &(start..last))).then_some(start..last)
}

/// What follows the noun of a title: "of the rowing club", "at Corven Partners", "for Pell North", "from Leeds".
fn complement(text: &str, tokens: &[Token], at: usize, title: &mut Title) {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(text));
    let mut at = at;
    // At most two: "head of research at Corven".
    for round in 0..3 {
        let link = word(at);
        if !matches!(link, "of" | "for" | "at" | "with" | "in" | "from" | "to" | "on") {
            break;
        }
        let office = round == 0 && title.words.as_ref().is_some_and(|w| is_office(tokens, w));
        // "MP for Pell North"
        let seat = title.words.as_ref().is_some_and(|w| tokens[w.end - 1].is(Class::HONORIFIC));
        // "co-founder of the charity Warm Homes", "a partner with law firm Hale & Roe"
        let kind = (at + 1..(at + 4).min(tokens.len()))
            .take_while(|&i| tokens[i].is_word() && !tokens[i].is_capital());
        let named = kind.last().filter(|&i| tokens[i].is(Class::BODY)).map_or(at + 1, |i| i + 1);
        if let Some(body) = body_at(text, tokens, named) {
            let known = tokens[body.clone()].iter().any(|t| t.is(Class::BODY));
            let plain = !tokens[at + 1..body.start].iter().any(|t| t.is(Class::DETERMINER));
            let place = is_place(text, tokens, &body);
            title.end = body.end;
            at = body.end;
            // "secretary of State", "Minister for Works"
            if office && plain && !known && !place && matches!(link, "of" | "for") {
                if let Some(words) = &mut title.words {
                    words.end = body.end;
                }
            } else if !known && (place || matches!(link, "in" | "from") || link == "for" && seat) {
                title.place = title.place.take().or(Some(body));
            } else {
                title.affiliation = title.affiliation.take().or(Some(body));
            }
            continue;
        }
        let stop = Class::PREPOSITION
            .or(Class::AUXILIARY)
            .or(Class::CONJUNCTION)
            .or(Class::WH_WORD)
            .or(Class::CUE_SAY);
        // "head of arts and culture," "director of aids to navigation,"
        let joins = |i: usize| {
            matches!(word(i), "and" | "to" | "&")
                && tokens.get(i + 1).is_some_and(|t| t.is_word() && !t.is(stop.or(Class::DETERMINER)))
                && tokens.get(i + 2).is_none_or(|t| !t.is_word())
        };
        let end = (at + 1..(at + 8).min(tokens.len()))
            .find(|&i| !tokens[i].is_word() || tokens[i].is(stop) && !joins(i))
            .unwrap_or((at + 8).min(tokens.len()));
        if link != "of" || end <= at + 1 || round > 0 {
            break;
        }
        // "head of the rowing club": a common noun belongs to the title.
        if let Some(words) = &mut title.words {
            words.end = end;
        }
        title.end = end;
        at = end;
    }
}

/// "secretary", "minister": an office whose field is named by a word in a capital.
fn is_office(tokens: &[Token], words: &Range<usize>) -> bool {
    const OFFICES: &[crate::lexicon::Hash] = &[
        crate::lexicon::Hash::of("secretary"),
        crate::lexicon::Hash::of("minister"),
        crate::lexicon::Hash::of("undersecretary"),
        crate::lexicon::Hash::of("commissioner"),
        crate::lexicon::Hash::of("duke"),
        crate::lexicon::Hash::of("duchess"),
    ];
    words.end > words.start && OFFICES.contains(&tokens[words.end - 1].hash)
}

/// Whether a name is that of a known place.
pub(crate) fn is_place(text: &str, tokens: &[Token], name: &Range<usize>) -> bool {
    let (Some(first), Some(last)) =
        (tokens.get(name.start), name.end.checked_sub(1).and_then(|i| tokens.get(i)))
    else {
        return false;
    };
    if name.len() == 1 {
        return first.is_in(text, terms::PLACE) || first.is_in(text, terms::STATE);
    }
    let words = first.span.cover(last.span).of(text);
    terms::PLACE.has(words) || name.len() <= 2 && terms::STATE.has(words)
}

/// The name of a body that starts at token `start`, past "the": "the Tolworth Institute", "St Bride’s Hospital".
pub(crate) fn body_at(text: &str, tokens: &[Token], start: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 12;
    let mut from = start;
    while from < start + 2 && tokens.get(from).is_some_and(|t| t.is(Class::DETERMINER) && !t.is_capital()) {
        from += 1;
    }
    let mut end = from;
    while let Some(t) = tokens.get(end).filter(|_| end - from < LONGEST) {
        let clitic = end > from && t.is_word() && !t.spaced && t.span.of(text).ends_with('s');
        let next = |k: usize| tokens.get(k).is_some_and(Token::is_capital);
        let joins = end > from
            && matches!(t.span.of(text), "of" | "&" | "and" | "for")
            && next(end + 1)
            && !(t.span.of(text) == "and" && tokens[end + 1].is(FIRST));
        let the =
            end > from && t.span.of(text) == "the" && tokens[end - 1].span.of(text) == "of" && next(end + 1);
        let over = end > from
            && matches!(t.span.of(text), "of" | "for")
            && matches!(tokens.get(end + 1).map_or("", |n| n.span.of(text)), "the" | "a")
            && next(end + 2)
            && tokens[from..end].iter().any(|t| t.is(Class::BODY));
        if !(t.is_capital() && !t.is(Class::WEEKDAY.or(Class::MONTH)) || clitic || joins || the || over) {
            break;
        }
        end += 1;
    }
    (end > from).then_some(from..end)
}
