//! Names in running text: runs of capitalised words, with what stands before and after them.

use alloc::vec::Vec;
use core::ops::Range;

use crate::block::BlockKind;
use crate::lex::story::Story;
use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::{Class, Hash, terms};
use crate::mention::gender::Gender;
use crate::mention::title;
use crate::span::Span;

/// Verbs that the lists know.
pub(crate) const VERBS: Class = Class::AUXILIARY
    .or(Class::CUE_SAY)
    .or(Class::CUE_TELL)
    .or(Class::CUE_ASK)
    .or(Class::CUE_WRITE)
    .or(Class::CUE_CLAIM)
    .or(Class::CUE_DENY)
    .or(Class::CUE_PROMISE)
    .or(Class::CUE_JUDGE)
    .or(Class::CUE_THINK)
    .or(Class::CUE_WANT);

/// Small words and verbs that no name stands before as a noun does: "Selby residents", but not "Selby wrote".
pub(crate) const NO_NOUN: Class = VERBS
    .or(Class::PREPOSITION)
    .or(Class::CONJUNCTION)
    .or(Class::WH_WORD)
    .or(Class::ADVERB)
    .or(Class::CUE_MANNER)
    .or(Class::CUE_EVIDENCE);

/// Tells what bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bearer {
    Person,
    Body,
    /// A place known by name: it speaks for those who govern it, and no pronoun of a person stands for it.
    Place,
    /// A place, a thing, or a person: the name alone does not tell.
    Unclear,
}

/// One naming.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// The name proper, without titles: "Ada Poole" of "Sen. Ada Poole".
    pub(crate) tokens: Range<usize>,
    /// Title and rank before the name: "Sen.".
    pub(crate) title: Option<Range<usize>>,
    pub(crate) bearer: Bearer,
    pub(crate) gender: Option<Gender>,
    /// The gender comes from a title ("Mrs"), not from the first name alone.
    pub(crate) titled: bool,
    /// A possessive clitic follows: "Poole’s".
    pub(crate) possessive: bool,
    /// Starts a sentence and might be a common word.
    pub(crate) uncertain: bool,
    /// The first token of its sentence.
    pub(crate) sentence: usize,
}

/// Words in capitals that belong to no name, wherever they stand.
const NEVER: Class = Class::PRONOUN_SUBJECT
    .or(Class::PRONOUN_HE)
    .or(Class::PRONOUN_SHE)
    .or(Class::PRONOUN_THEY)
    .or(Class::PRONOUN_IT)
    .or(Class::PRONOUN_FIRST)
    .or(Class::NEGATION)
    .or(Class::WEEKDAY);

/// Words that start sentences and are no names there.
const STARTERS: Class = Class::DETERMINER
    .or(Class::PREPOSITION)
    .or(Class::CONJUNCTION)
    .or(Class::AUXILIARY)
    .or(Class::WH_WORD)
    .or(Class::ADVERB)
    .or(Class::PRONOUN_OTHER)
    .or(Class::NUMBER_WORD);

/// What the names of rivers and valleys end in, which no family is called.
const WATERS: [Hash; 5] =
    [Hash::of("river"), Hash::of("creek"), Hash::of("valley"), Hash::of("estuary"), Hash::of("gorge")];

/// Words before the name of a place.
const TURNS: &[Hash] = &[
    Hash::of("north"),
    Hash::of("south"),
    Hash::of("east"),
    Hash::of("west"),
    Hash::of("northern"),
    Hash::of("southern"),
    Hash::of("eastern"),
    Hash::of("western"),
];

/// Words before a month.
const DATING: Class = Class::PREPOSITION.or(Class::DETERMINER).or(Class::DATE_WORD).or(Class::ADVERB);

/// Offices that name their holder together with the place: "the Duke of Selby", "the Bishop of Holt".
const NOBLE: Class = Class::HONORIFIC_HE.or(Class::HONORIFIC_SHE).or(Class::NOBLE);

/// "us" is a pronoun, "US" a country.
const US: Hash = Hash::of("us");
const LATE: Hash = Hash::of("late");
const SAINT: Hash = Hash::of("st");

const HONORIFICS: Class = Class::HONORIFIC.or(Class::HONORIFIC_HE).or(Class::HONORIFIC_SHE);
const FIRST: Class = Class::FIRST_HE.or(Class::FIRST_SHE).or(Class::FIRST_BOTH);

/// Prepositions, and verbs that are no first names.
const LINKS: Class = Class::PREPOSITION.or(Class::AUXILIARY);

/// The longest name in tokens.
const LONGEST: usize = 9;

/// Finds the names of a story, in order. Linear in its tokens.
///
/// `out` is cleared first.
pub(crate) fn scan(text: &str, story: &Story, out: &mut Vec<Name>) {
    let tokens = &story.tokens.tokens;
    out.clear();
    // News has a name for about every 20 tokens.
    out.reserve(tokens.len() / 16);
    let mut asked = false;
    for sentence in &story.sentences {
        let range = sentence.tokens();
        // Most tokens stand in no name, and most sentences hold few that might.
        let capital = |i: usize| story.tokens.capitals.next(i..range.end);
        let Some(first) = capital(range.start) else { continue };
        let shouted = story.tokens.capitals.count(first..range.end) >= SHOUTED
            && is_shouted(&tokens[range.clone()], first - range.start);
        let heading = story.regions[sentence.region as usize].kind != BlockKind::Paragraph;
        let titled = !shouted
            && (heading || sentence.region == 0 && is_strict(&tokens[range.clone()]))
            && is_titled(&tokens[range.clone()]);
        // "Q. What was it like?": a label, no initial.
        let label = tokens[range.start].span.of(text);
        let opens = story.regions[sentence.region as usize].tokens().start == range.start;
        asked |= opens && label == "Q.";
        let label = opens && asked && matches!(label, "Q." | "A.");
        let mut next = if label { capital(range.start + 1) } else { Some(first) };
        while let Some(i) = next {
            let end = if titled {
                titled_run(tokens, i, range.end)
            } else {
                run(text, tokens, i, range.clone(), shouted)
            };
            if end > i {
                out.extend(name(text, tokens, i..end, range.start));
            }
            next = capital(end.max(i + 1));
        }
    }
}

/// So many words of a sentence are all in capitals at least, if most of them are.
const SHOUTED: usize = 4;

/// Whether most words of a sentence are in capitals, so that capitals tell nothing; `first` is the first capital.
fn is_shouted(tokens: &[Token], first: usize) -> bool {
    let upper = tokens[first..].iter().filter(|t| t.case == Case::Upper).count();
    let words = || tokens.iter().filter(|t| t.is_word() && t.case != Case::None).count();
    upper >= SHOUTED && upper * 10 >= words() * 8
}

/// Whether a sentence is a headline in title case, where capitals tell nothing either.
fn is_titled(tokens: &[Token]) -> bool {
    let long = || tokens.iter().filter(|t| t.is_word() && t.case != Case::None && t.span.len() > 3);
    long().count() >= 4 && long().filter(|t| t.case == Case::Lower).count() * 10 <= long().count()
}

/// Whether only small words are in lower case: the first line may be a headline that ends with a stop.
fn is_strict(tokens: &[Token]) -> bool {
    let small =
        STARTERS.or(Class::PRONOUN_SUBJECT).or(Class::PARTICLE).or(Class::POSSESSIVE).or(Class::NEGATION);
    tokens.iter().filter(|t| t.is_word() && t.spaced && t.case == Case::Lower).all(|t| t.is(small))
}

/// The name that starts at `i` in a title: a first name, perhaps initials, and one more word.
fn titled_run(tokens: &[Token], i: usize, end: usize) -> usize {
    let follows =
        |k: usize| k < end && tokens[k].is_capital() && tokens[k].spaced && !tokens[k].is(NEVER.or(STARTERS));
    if !tokens[i].is(FIRST) || !tokens[i].is_capital() || tokens[i].is(STARTERS) {
        return i;
    }
    let mut last = i + 1;
    while follows(last) && tokens[last].case == Case::Initial && last - i < 3 {
        last += 1;
    }
    if follows(last) { last + 1 } else { i }
}

fn is_name_word(t: &Token, first: bool, shouted: bool) -> bool {
    let country = t.hash == US && t.case == Case::Upper && !shouted;
    if !t.is_capital() || t.is(NEVER) && t.case != Case::Initial && !country {
        return false;
    }
    if t.case == Case::Initial && !t.stopped && t.is(Class::PRONOUN_FIRST.or(Class::DETERMINER)) {
        return false;
    }
    if first || shouted {
        // "Said Ellis: …": an inverted tag may open a sentence.
        if t.is(Class::CUE_SAY) && !t.stopped {
            return false;
        }
        let common = STARTERS.or(if shouted { Class::CUE_TELL } else { Class::NONE });
        return !t.is(common)
            || (t.is(FIRST)
                && !t.is(Class::DETERMINER
                    .or(Class::CONJUNCTION)
                    .or(Class::PRONOUN_OTHER)
                    .or(Class::PREPOSITION)));
    }
    // "Railing Against Rates": a preposition in a capital stands in titles, not in names.
    !t.is(Class::CONJUNCTION.or(LINKS)) || t.is(FIRST)
}

/// Where the run of name words that starts at `i` ends; `i` itself when none does.
fn run(text: &str, tokens: &[Token], i: usize, sentence: Range<usize>, shouted: bool) -> usize {
    let first = i == sentence.start || tokens[i - 1].is_mark() || tokens[i - 1].kind == TokenKind::Colon;
    if !is_name_word(&tokens[i], first, shouted) {
        return i;
    }
    let mut end = i + 1;
    while end < sentence.end && end - i < LONGEST {
        let t = &tokens[end];
        if is_name_word(t, false, shouted) && t.spaced {
            end += 1;
            continue;
        }
        // "de la", "van", "of the" in bodies ("Bank of England")
        let mut link = end;
        while link < sentence.end
            && link - end < 3
            && !tokens[link].is_capital()
            && tokens[link].spaced
            && (tokens[link].is(Class::PARTICLE) || is_joiner(text, tokens, link, i, end))
        {
            link += 1;
        }
        if link > end
            && link < sentence.end
            && tokens[link].is_capital()
            && !tokens[link].is(NEVER.or(Class::MONTH))
            && tokens[link].spaced
        {
            end = link + 1;
            continue;
        }
        // Ruben “Copper” Hale
        if t.is_mark()
            && let Some(close) = (end + 2..(end + 5).min(sentence.end)).find(|&c| tokens[c].is_mark())
            && tokens.get(close + 1).is_some_and(|n| n.is_capital() && n.spaced)
            && close + 1 < sentence.end
            && !tokens[close - 1].is_mark()
            && !matches!(tokens[close - 1].kind, TokenKind::Comma | TokenKind::Stop)
            && !tokens[close].spaced
            && t.spaced
        {
            end = close + 2;
            continue;
        }
        if let Some(next) = society(text, tokens, i, end, sentence.end) {
            end = next + 1;
            continue;
        }
        // "Feld, Jr." and "Jr." after a comma
        if t.kind == TokenKind::Comma
            && tokens.get(end + 1).is_some_and(|n| n.is(Class::SUFFIX))
            && end + 1 < sentence.end
        {
            end += 2;
            continue;
        }
        break;
    }
    end
}

/// "the Growers’ Union", "the Women’s Cricket Board", "Rail Users’ Voice": the name of a body goes on behind the people
/// whose it is. The run of name words from `start` on ends before the clitic at token `at`; returns where it goes on.
fn society(text: &str, tokens: &[Token], start: usize, at: usize, limit: usize) -> Option<usize> {
    let (people, next) = (&tokens[at - 1], at + 1);
    let goes_on = next < limit && tokens[next].is_capital() && tokens[next].spaced;
    if !goes_on || !people.is_capital() || !title::is_clitic(text, tokens, at) {
        return None;
    }
    let body = |i: usize| i < limit && tokens[i].is_capital() && tokens[i].is(Class::BODY);
    // "Democrats’ Senate plan": a party has its bodies without bearing their names.
    let group = people.is(Class::GROUP) && !title::is_party(text, people);
    let plural = people.span.of(text).ends_with('s') && tokens[at].is_mark() && !tokens[next].is(Class::ROLE);
    let other = !tokens[next].is(FIRST.or(NEVER).or(STARTERS).or(HONORIFICS).or(Class::ROLE));
    (group && (body(next) || body(next + 1)) || plural && body(next) || group && at > start + 1 && other)
        .then_some(next)
}

/// "of", "for", "and" inside the name of a body, when a body noun stands before: "Ministry of Defence",
/// "Centre for Rural Studies", "Committee for a Dry Cellar", "Citizens for Clean Rivers".
fn is_joiner(text: &str, tokens: &[Token], i: usize, start: usize, end: usize) -> bool {
    const LONGEST: usize = "and".len();
    if tokens[i].span.len() > LONGEST {
        return false;
    }
    let word = tokens[i].span.of(text);
    let before = tokens[i - 1].span.of(text);
    let is_body = |t: &Token| t.is(Class::BODY) || t.span.of(text).ends_with("ity");
    let body = || tokens[start..i].iter().any(|t| is_body(t) || t.is(Class::DOCUMENT));
    let office = || {
        let noun = &tokens[i - 1];
        i <= start + 3 && noun.is_capital() && noun.is(HONORIFICS.or(Class::ROLE)) && !noun.is(FIRST)
    };
    match word {
        "of" if office() => true,
        "of" => body(),
        "&" => true,
        // "Movement for the River", but not "the Bill for the President"
        "the" | "a" | "an" => {
            let of = matches!(before, "of" | "on") && body();
            (of || before == "for" && tokens[start..i].iter().any(is_body)) && i > end
        }
        "for" | "on" => body() || word == "for" && i == start + 1 && terms::SOCIETY.has(before),
        // "Department of Health and Human Services"
        "and" => {
            i > start + 2
                && tokens[start].is(Class::BODY)
                && (start..i).any(|k| tokens[k].span.of(text) == "of")
        }
        _ => false,
    }
}

/// Makes a name of a run: splits titles off its front, and tells what bears it.
fn name(text: &str, tokens: &[Token], run: Range<usize>, sentence: usize) -> Option<Name> {
    let mut start = run.start;
    // "Wells Bank CEO John Roe": a body, an office, a name.
    let office = (run.start + 1..run.end - 1).rev().find(|&i| {
        tokens[i].is(HONORIFICS.or(Class::ROLE))
            && !tokens[i].is(FIRST)
            && !tokens[i + 1].is(Class::BODY.or(Class::PARTICLE))
    });
    if let Some(office) = office.filter(|&o| tokens[o + 1..run.end].iter().all(|t| t.is_capital())) {
        start = (run.start..=office)
            .rev()
            .take_while(|&i| tokens[i].is(HONORIFICS.or(Class::ROLE)))
            .last()
            .unwrap_or(office);
    }
    let front = start;
    // "St Ann’s": a church, a hospital, a town.
    let saint = run.len() > 1 && tokens[front].hash == SAINT;
    // "Eighth-grader Ola Brisk": a role in a capital because it opens the sentence.
    if front == sentence && run.end - front > 2 && is_compound(text, &tokens[front]) {
        start += 1;
    }
    // "Secretary of State Ola Brisk": the field of an office stands between it and the name.
    let field = (front + 1..run.end)
        .find(|&i| tokens[i].reads(text, "of") && tokens[i - 1].is(HONORIFICS.or(Class::ROLE)));
    if let Some(of) = field.filter(|&of| !tokens[front..of].iter().any(|t| t.is(Class::BODY))) {
        let first =
            (of + 2..run.end.saturating_sub(1)).find(|&i| tokens[i].is(FIRST) && tokens[i].is_capital());
        let last_two = || run.end.checked_sub(2).filter(|&i| i > of + 1 && tokens[i].is_capital());
        match first.or_else(last_two) {
            Some(first) => start = first,
            // "the Archbishop of Harrow" is known by his office, "the Secretary of State" has a name of his own.
            None if tokens[of - 1].is(NOBLE) => {}
            None => return None,
        }
    }
    // Titles before the name: ranks, offices, roles in capitals.
    let noble = start == front && field.is_some();
    let after_the = run
        .start
        .checked_sub(1)
        .is_some_and(|i| tokens[i].reads(text, "the") || tokens[i].reads(text, "The"));
    // "Voter Registration Act", "the Premier League": what ends as the name of a body or a law has no title before it.
    let thing = tokens[run.end - 1].is(Class::BODY.or(Class::DOCUMENT))
        && (run.len() > 2 && !tokens[run.end - 2].is(FIRST.or(HONORIFICS))
            || after_the && run.len() == 2 && tokens[front].is(Class::ROLE));
    // "Earl Hale, who farms near Selby": peers are earls of somewhere.
    let forename = start + 2 == run.end && tokens[start].is_in(text, terms::TITLE_FORENAME);
    while !noble
        && !thing
        && !saint
        && !forename
        && start + 1 < run.end
        && tokens[start].is(HONORIFICS.or(Class::ROLE))
        && !(tokens[start].is(FIRST) && !tokens[start].stopped && !tokens[start].is(HONORIFICS))
    {
        start += 1;
    }
    // "Leader of the | Opposition Ola Brisk"
    let of_body = || {
        let before = run.start.checked_sub(3).map(|i| &tokens[i..run.start]);
        before.is_some_and(|t| t[0].is(HONORIFICS.or(Class::ROLE)) && span_of(t, text) == "of the")
    };
    let title = (start > front).then_some(front..start);
    if title.is_none()
        && run.len() == 3
        && tokens[front].is(Class::BODY)
        && !tokens[front + 1..run.end].iter().any(|t| t.is(Class::BODY.or(Class::ROLE)))
        && of_body()
    {
        start += 1;
    }
    // "Objector Ivo Hale": an unlisted role, in a capital because it opens the sentence; few forenames end so.
    let role = |t: &Token| {
        title::is_agent(text, t)
            && ["or", "ist", "ster", "eer"].iter().any(|end| t.span.of(text).ends_with(end))
    };
    if front == sentence
        && start == front
        && run.len() == 3
        && tokens[front + 1].is(FIRST)
        && role(&tokens[front])
    {
        start += 1;
    }
    // "HEARTBROKEN Ada Roe": the first word of a story in capitals, too long for letters that stand for a body.
    const LETTERS: usize = 7;
    let opener = &tokens[start];
    if start == sentence
        && run.len() == 3
        && opener.case == Case::Upper
        && (opener.span.len() >= LETTERS || tokens[start + 1].is(FIRST) && opener.span.len() > 4)
        && tokens[start + 1..run.end].iter().all(|t| t.case == Case::Capital && !t.is(Class::BODY))
    {
        start += 1;
    }
    // "Late Roe strike sinks Rovers", "the late Ada Roe"
    if title.is_none() && start + 1 < run.end && tokens[start].hash == LATE {
        start += 1;
    }
    // "Dane Anders Holm", "New Yorker Ada Roe": where somebody is from is no part of the name.
    if title.is_none() && start + 2 < run.end && !tokens[start].is(FIRST) {
        let one = tokens[start].is_in(text, terms::DEMONYM);
        let two = || start + 3 < run.end && terms::DEMONYM.has(span(tokens, start..start + 2).of(text));
        let origin = if one { 1 } else { 2 * usize::from(two()) };
        start += if tokens[start + origin].is(FIRST) { origin } else { 0 };
    }
    // "the B.C. MP": somebody by office.
    let office = tokens[run.end - 1].case == Case::Upper && tokens[run.end - 1].is(Class::HONORIFIC);
    if office && run.len() > 1 && run.start > 0 && tokens[run.start - 1].is(Class::DETERMINER) {
        return None;
    }
    // "Colm Roe SC": letters behind a name.
    let mut end = run.end;
    while end > start + 2 && tokens[end - 1].case == Case::Upper && tokens[end - 1].is(Class::CREDENTIAL) {
        end -= 1;
    }
    let tokens_of = start..end;
    let words = &tokens[tokens_of.clone()];
    let lone = words.len() == 1;
    // "in May", "until March"
    let dated = || run.start.checked_sub(1).is_some_and(|i| tokens[i].is(DATING));
    if lone && words[0].is(Class::MONTH) && title.is_none() && (!words[0].is(FIRST) || dated()) {
        return None;
    }
    let gender_title = title.clone().and_then(|t| tokens[t].iter().find_map(gender_of_title));
    let first = words[0];
    // "the MP said": an office, written in capitals.
    if lone && title.is_none() && first.case == Case::Upper && first.is(Class::ROLE) {
        return None;
    }
    // "World No 8 Ada Roe": a rank.
    let ranks = |t: &Token| t.reads(text, "No") || t.reads(text, "No.");
    if words.last().is_some_and(ranks) && tokens.get(run.end).is_some_and(|t| t.kind == TokenKind::Number) {
        return None;
    }
    let article =
        text[..first.span.start()].ends_with("the ") || text[..first.span.start()].ends_with("The ");
    // "the Trump campaign": before a noun, "the" belongs to the noun.
    let noun = tokens
        .get(run.end)
        .is_some_and(|t| t.is_word() && t.spaced && t.case == Case::Lower && !t.is(NO_NOUN));
    // "the Spaniard said", "the 23-year-old Spaniard": a common noun, though in a capital.
    let described = || {
        let before = run.start.checked_sub(1).map(|i| &tokens[i]);
        before.is_some_and(|t| t.is(Class::DETERMINER) || t.kind == TokenKind::Number)
    };
    // "the New Zealander"
    let origin = |words: Range<usize>| terms::DEMONYM.has(span(tokens, words).of(text));
    if run.len() <= 2 && !noun && title.is_none() && described() && origin(tokens_of.clone()) {
        return None;
    }
    let known = |range: Range<usize>| {
        if range.len() == 1 {
            let word = &tokens[range.start];
            return word.is_in(text, terms::PLACE) || word.span.len() > 3 && word.is_in(text, terms::STATE);
        }
        let words = span(tokens, range).of(text);
        terms::PLACE.has(words) || words.len() > 3 && terms::STATE.has(words)
    };
    // "Selby Today": a place before another word names no person.
    let local = !lone && title.is_none() && !first.is(FIRST) && known(tokens_of.start..tokens_of.start + 1);
    // "Marle News", "the Marle Gazette"
    let outlet = || {
        !lone
            && title.is_none()
            && !first.is(FIRST)
            && words.last().is_some_and(|t| t.is_in(text, terms::OUTLET_WORD))
    };
    let body = local
        || saint
        || words.iter().any(|t| t.reads(text, "&"))
        || outlet()
        || words.iter().any(|t| t.is(Class::BODY) && !t.is(FIRST))
        || !lone && first.is(Class::DETERMINER)
        || !lone && !first.is(FIRST) && words.last().is_some_and(|t| t.is(Class::DOCUMENT) && !t.is(FIRST))
        || (lone && first.case == Case::Upper && title.is_none())
        || (!noun || !lone) && article && title.is_none();
    let person = title.is_some()
        || forename
        // "the Bill"
        || (first.is(FIRST) && words.len() <= 6 && !(article && first.is(Class::DOCUMENT)))
        || (first.case == Case::Initial && !lone && !known(tokens_of.start + 1..tokens_of.end));
    let place = title.is_none() && words.len() <= 3 && !first.is(FIRST) && {
        // "North Selby", "N. Korea"
        let turn = !lone && (first.case == Case::Initial || TURNS.contains(&first.hash));
        // "the Namoi River"
        let waters = !lone && words.last().is_some_and(|t| WATERS.contains(&t.hash));
        known(tokens_of.clone()) || waters || turn && known(tokens_of.start + 1..tokens_of.end)
    };
    let bearer = match (body, person) {
        _ if place => Bearer::Place,
        (true, false) => Bearer::Body,
        (true, true) if title.is_none() && words.last().is_some_and(|t| t.is(Class::BODY)) => Bearer::Body,
        (_, true) => Bearer::Person,
        _ => Bearer::Unclear,
    };
    let gender = gender_title.or_else(|| {
        if first.is(Class::FIRST_HE) {
            Some(Gender::He)
        } else if first.is(Class::FIRST_SHE) {
            Some(Gender::She)
        } else {
            None
        }
    });
    // A surname alone says nothing of gender.
    let gender = if lone && gender_title.is_none() { None } else { gender };
    let possessive = tokens.get(run.end).is_some_and(|t| {
        !t.spaced && (t.is_word() || t.is_mark()) && t.span.of(text).ends_with(['s', '’', '\''])
    });
    let titled = gender_title.is_some();
    Some(Name {
        tokens: tokens_of,
        title,
        bearer,
        gender,
        titled,
        possessive,
        // "NestWell" is no common word.
        uncertain: lone && start == sentence && !first.span.of(text).chars().skip(1).any(char::is_uppercase),
        sentence,
    })
}

/// "Eighth-grader": a word whose part behind the hyphen is in lower case.
fn is_compound(text: &str, t: &Token) -> bool {
    let tail = t.span.of(text).rsplit_once('-').map(|(_, tail)| tail);
    t.case == Case::Capital && tail.is_some_and(|tail| tail.len() > 2 && tail.starts_with(char::is_lowercase))
}

fn gender_of_title(t: &Token) -> Option<Gender> {
    if t.is(Class::HONORIFIC_HE) {
        Some(Gender::He)
    } else if t.is(Class::HONORIFIC_SHE) {
        Some(Gender::She)
    } else if t.is(Class::KIN_HE) {
        Some(Gender::He)
    } else if t.is(Class::KIN_SHE) {
        Some(Gender::She)
    } else {
        None
    }
}

/// The text of all tokens but the first.
fn span_of<'t>(tokens: &[Token], text: &'t str) -> &'t str {
    span(tokens, 1..tokens.len()).of(text)
}

/// The span of a token range that is not empty.
pub(crate) fn span(tokens: &[Token], range: Range<usize>) -> Span {
    match &tokens[range] {
        [] => Span::default(),
        [one] => one.span,
        [first, .., last] => first.span.cover(last.span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block;
    use crate::lex::story;

    fn scanned(text: &str, story: &Story) -> Vec<Name> {
        let mut out = Vec::new();
        scan(text, story, &mut out);
        out
    }

    fn names(text: &str) -> Vec<&str> {
        let story = story::read(text, &block::split(text));
        scanned(text, &story).into_iter().map(|n| span(&story.tokens.tokens, n.tokens).of(text)).collect()
    }

    #[test]
    fn finds_names() {
        let cases: &[(&str, &[&str])] = &[
            ("On Monday Ada Roe met Sen. Ian Poole.", &["Ada Roe", "Ian Poole"]),
            ("But the Rev. Ian Roe left.", &["Ian Roe"]),
            ("Ana de la Cruz-O’Dell Jr. left.", &["Ana de la Cruz-O’Dell Jr."]),
            ("Ruben “Copper” Hale sang.", &["Ruben “Copper” Hale"]),
            ("He’d said nothing. I left. They went.", &[]),
            ("The Bank of Harrow paid Mr Vane’s debts.", &["Bank of Harrow", "Vane"]),
            ("J. Smith and O. Vane spoke.", &["J. Smith", "O. Vane"]),
            ("Two of the Pell Securities analysts left.", &["Pell Securities"]),
        ];
        for (text, want) in cases {
            assert_eq!(&names(text), want, "{text}");
        }
    }

    #[test]
    fn knows_gender_and_bearer() {
        let text = "Mrs Vane met Sir Ivan Cole of the Harrow Institute and Pat Roe.";
        let story = story::read(text, &block::split(text));
        let got: Vec<_> = scanned(text, &story).into_iter().map(|n| (n.gender, n.bearer)).collect();
        assert_eq!(got[0], (Some(Gender::She), Bearer::Person));
        assert_eq!(got[1], (Some(Gender::He), Bearer::Person));
        assert_eq!(got[2].1, Bearer::Body);
    }
}
