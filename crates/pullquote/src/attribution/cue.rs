//! Cues: finding the verb group that attributes.

use core::ops::Range;

use crate::attribution::quote::{CueClass, Polarity};
use crate::attribution::stretch::Stretch;
use crate::lex::token::{Case, Token, TokenKind};
use crate::lexicon::{self, Class, Hash};

/// The lists of cue verbs beside their classes, the more telling first.
const CLASSES: &[(Class, CueClass)] = &[
    (Class::CUE_SAY, CueClass::Say),
    (Class::CUE_TELL, CueClass::Tell),
    (Class::CUE_LABEL, CueClass::Label),
    (Class::CUE_ASK, CueClass::Ask),
    (Class::CUE_WRITE, CueClass::Write),
    (Class::CUE_CLAIM, CueClass::Claim),
    (Class::CUE_DENY, CueClass::Deny),
    (Class::CUE_PROMISE, CueClass::Promise),
    (Class::CUE_JUDGE, CueClass::Judge),
    (Class::CUE_EVIDENCE, CueClass::Evidence),
    (Class::CUE_MANNER, CueClass::Manner),
    (Class::CUE_THINK, CueClass::Think),
    (Class::CUE_WANT, CueClass::Want),
    (Class::CUE_PHRASAL, CueClass::Say),
];

/// All cue verbs.
pub(crate) const ANY: Class = {
    let mut all = Class::NONE;
    let mut i = 0;
    while i < CLASSES.len() {
        all = all.or(CLASSES[i].0);
        i += 1;
    }
    all
};

/// Verbs that plainly report speech, whatever follows.
pub(crate) const SPEECH: Class = Class::CUE_SAY
    .or(Class::CUE_TELL)
    .or(Class::CUE_ASK)
    .or(Class::CUE_WRITE)
    .or(Class::CUE_CLAIM)
    .or(Class::CUE_DENY)
    .or(Class::CUE_PROMISE);

/// How many words may stand before the verb of a group: "may well not ever have said".
const LONGEST_GROUP: usize = 7;

/// How the verb of a group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// "said", "has said", "will say"
    Finite,
    /// "saying", with no auxiliary before it
    Participle,
    /// "was told", "is understood"
    Passive,
}

/// Holds a verb group.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// From the first auxiliary to the last particle.
    pub(crate) items: Range<usize>,
    pub(crate) verb: usize,
    pub(crate) lemma: &'static str,
    pub(crate) class: CueClass,
    /// All lists the verb stands in.
    pub(crate) lists: Class,
    pub(crate) form: Form,
    pub(crate) polarity: Polarity,
}

/// What people are, who are not heard themselves: "is reported to have told".
const HEARSAY: [&str; 7] = ["said", "reported", "understood", "believed", "thought", "alleged", "known"];

/// What people are who say something within somebody's hearing.
const NOTICED: [&str; 7] = ["heard", "overheard", "seen", "filmed", "recorded", "caught", "shown"];

/// Auxiliaries that make a saying only possible.
const IRREALIS: &[&str] = &["will", "'ll", "’ll", "may", "might", "should", "could", "would", "shall", "can"];

/// Tells whether an auxiliary makes a saying only possible.
pub(crate) fn is_irrealis(word: &str) -> bool {
    IRREALIS.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// The family of a verb, by the first of its lists.
pub(crate) fn class_of(lists: Class) -> CueClass {
    CLASSES.iter().find(|(list, _)| lists.any(*list)).map_or(CueClass::Say, |c| c.1)
}

/// Reads the verb group whose verb is item `verb`. `None` where the word is no verb here.
pub(crate) fn group(stretch: &Stretch<'_>, verb: usize) -> Option<Group> {
    let token = stretch.token(verb)?;
    if !token.is_word() || !token.is(ANY) {
        return None;
    }
    // A capital is a name ("Will Reason"), unless it starts a sentence ("Said Feld") or all is in capitals.
    if token.case == Case::Capital && !stretch.starts_sentence(verb) {
        let glued = verb > 0 && stretch.quotation(verb - 1).is_some();
        if !glued {
            return None;
        }
    }
    // "defence *counsel* Ada Roe": an office before a name.
    let base = stretch.is(verb, Class::ROLE) && !ends_with(stretch.word(verb), "s");
    if base
        && !ends_with(stretch.word(verb), "ed")
        && stretch.token(verb + 1).is_some_and(|t| t.case == Case::Capital)
    {
        return None;
    }
    // "declined to say" is one group; its verb is "say".
    if token.is(Class::CUE_LEAD) && stretch.is_word(verb + 1, "to") && stretch.is(verb + 2, SPEECH) {
        return None;
    }
    // "was quoted as saying": its verb is "saying".
    let as_saying = || stretch.is_word(verb + 1, "as") && stretch.ends_with(verb + 2, "ing");
    if token.is(Class::CUE_LEAD) && as_saying() && stretch.is(verb + 2, SPEECH) {
        return None;
    }
    let word = stretch.word(verb);
    let ing = ends_with(word, "ing");
    let ed = ends_with(word, "ed") || is_irregular_past(token, word);
    if !ing && !ed && is_noun(stretch, verb) {
        return None;
    }
    let mut start = verb;
    let mut auxiliary = false;
    let mut be = false;
    let mut negated = false;
    let mut irrealis = false;
    // "has repeatedly said", "did not say", "will tell"
    while start > verb.saturating_sub(LONGEST_GROUP) {
        let i = start - 1;
        if stretch.starts_sentence(start) {
            break;
        }
        let Some(before) = stretch.token(i) else { break };
        let text = stretch.word(i);
        if before.is(Class::NEGATION) {
            negated = true;
            auxiliary |= before.is(Class::AUXILIARY) || ends_with(text, "n't") || text.ends_with("n’t");
            irrealis |= text.starts_with("wo") || text.starts_with("would") || text.starts_with("could");
        } else if before.is(Class::AUXILIARY) && !is_possessive(stretch, i) {
            auxiliary = true;
            be |= is_be(text);
            irrealis |= is_irrealis(text);
        } else if before.is_word()
            && (before.is(Class::ADVERB) || text.ends_with("ly"))
            && before.case == Case::Lower
            && !before.is(Class::PREPOSITION)
            // "a man at the back shouted"
            && !(i > 0 && stretch.is(i - 1, Class::DETERMINER) && !stretch.is(i - 1, Class::PRONOUN_SUBJECT))
        {
            // An adverb counts only if the group goes on before it or the verb stands right behind it.
        } else {
            break;
        }
        start = i;
    }
    let mut form = if ing && !be {
        Form::Participle
    } else if be && !ing {
        Form::Passive
    } else {
        Form::Finite
    };
    // "declined to say", "went on to say", "was quoted as saying", "was heard to say"
    if start == verb && verb >= 2 {
        let link = stretch.word(verb - 1);
        if link.eq_ignore_ascii_case("to") || (ing && link.eq_ignore_ascii_case("as")) {
            let lead = lead(stretch, verb - 1)?;
            start = lead.start;
            negated |= lead.negated;
            form = Form::Finite;
        }
    }
    // "can be heard telling", "was filmed shouting"
    if ing && start == verb && verb >= 2 && NOTICED.contains(&stretch.word(verb - 1)) {
        let first = (verb.saturating_sub(LONGEST_GROUP)..verb - 1)
            .rev()
            .take_while(|&i| stretch.is(i, Class::AUXILIARY.or(Class::ADVERB)) && !is_possessive(stretch, i))
            .last();
        if let Some(first) = first.filter(|_| is_be(stretch.word(verb - 2))) {
            (start, form) = (first, Form::Finite);
        }
    }
    // "is reported to have told": the saying itself is hearsay.
    if start < verb
        && !ing
        && start >= 3
        && stretch.is_word(start - 1, "to")
        && stretch.is(start, Class::AUXILIARY)
        && HEARSAY.contains(&stretch.word(start - 2))
        && stretch.is(start - 3, Class::AUXILIARY)
    {
        start -= 3;
        form = Form::Finite;
    }
    let before =
        start.checked_sub(1).and_then(|i| stretch.token(i)).filter(|_| !stretch.starts_sentence(start));
    if let Some(before) = before
        && start == verb
    {
        // "the report", "Feld’s claim", "for comment": a noun.
        let possessive = is_possessive(stretch, start - 1);
        let noun_like = before.is(Class::DETERMINER.or(Class::POSSESSIVE))
            && !before.is(Class::PRONOUN_SUBJECT)
            && !may_be_pronoun(stretch, start - 1);
        if possessive || noun_like || (before.is(Class::PREPOSITION) && !ing && !before.is(Class::ADVERB)) {
            return None;
        }
        if ing && before.is(Class::PREPOSITION) {
            return None;
        }
    }
    if ing && !auxiliary && form == Form::Finite && start == verb {
        form = Form::Participle;
    }
    let mut end = verb + 1;
    if token.is(Class::CUE_PHRASAL) {
        if stretch.is(end, Class::CUE_PARTICLE) && !stretch.starts_sentence(end) {
            end += 1;
        } else if !token.is(SPEECH.or(Class::CUE_MANNER)) {
            return None;
        }
    }
    let class = class_of(token.class);
    let polarity = match (negated, irrealis) {
        (true, _) => Polarity::Negated,
        (_, true) => Polarity::Irrealis,
        _ => Polarity::Asserted,
    };
    Some(Group {
        items: start..end,
        verb,
        lemma: lexicon::lemma(token.lemma),
        class,
        lists: token.class,
        form,
        polarity,
    })
}

/// Words that no noun stands before: what follows them may be a verb.
const LINKS: Class = Class::PREPOSITION
    .or(Class::ADVERB)
    .or(Class::AUXILIARY)
    .or(Class::CONJUNCTION)
    .or(Class::NEGATION)
    .or(Class::WH_WORD)
    .or(Class::PRONOUN_SUBJECT)
    .or(Class::PRONOUN_OTHER);

/// Whether a word that may be a verb in the present is none here.
///
/// - before an auxiliary: "The new rules will hold"
/// - a role or, without an ending, a body behind a comma: "Ada Roe, volunteer medic", "The Guard, state troopers"
/// - without an ending, it starts the sentence ("Demand to pick up") or, if it may be a body, stands behind a word that is
///   no plural ("the battleground state")
fn is_noun(stretch: &Stretch<'_>, verb: usize) -> bool {
    if !stretch.starts_sentence(verb + 1) && stretch.is(verb + 1, Class::AUXILIARY) {
        return true;
    }
    let base = stretch.token(verb).is_some_and(|t| stretch.is_word(verb, lexicon::lemma(t.lemma)));
    // “Never,” hit back Roe
    if verb.checked_sub(1).is_some_and(|i| stretch.quotation(i).is_some())
        && stretch.is(verb + 1, Class::CUE_PARTICLE)
    {
        return false;
    }
    let before = verb.checked_sub(1).filter(|_| !stretch.starts_sentence(verb));
    let Some((i, before)) = before.and_then(|i| Some((i, stretch.token(i)?))) else { return base };
    if before.kind == TokenKind::Comma {
        return stretch.is(verb, Class::ROLE) || base && stretch.is(verb, Class::BODY);
    }
    let plural = ends_with(stretch.word(i), "s") || before.is(Class::GROUP.or(Class::BODY));
    base && stretch.is(verb, Class::BODY) && before.is_word() && !plural && !before.is(LINKS)
}

struct Lead {
    start: usize,
    negated: bool,
}

/// The words before "to say" that belong to the cue: "declined", "was quick", "went on", "took to X".
fn lead(stretch: &Stretch<'_>, link: usize) -> Option<Lead> {
    let from = link.saturating_sub(4);
    let mut found = None;
    for i in (from..link).rev() {
        if stretch.token(i)?.kind != TokenKind::Word {
            break;
        }
        if stretch.is(i, Class::CUE_LEAD) {
            found = Some(i);
            break;
        }
        if stretch.starts_sentence(i) {
            break;
        }
    }
    let mut start = found?;
    let negated = stretch.is(start, Class::DECLINE);
    while start > 0
        && !stretch.starts_sentence(start)
        && stretch.is(start - 1, Class::AUXILIARY.or(Class::ADVERB))
    {
        start -= 1;
    }
    Some(Lead { start, negated })
}

fn is_be(word: &str) -> bool {
    ["is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "am"]
        .iter()
        .any(|b| word.eq_ignore_ascii_case(b))
}

/// "Feld’s claim" against "he’s said": after a name or a noun, ’s is a possessive.
fn is_possessive(stretch: &Stretch<'_>, item: usize) -> bool {
    let word = stretch.word(item);
    let clitic = word.len() <= 4 && word.ends_with(['s', 'S']) && !word.starts_with(char::is_alphabetic);
    clitic
        && !item
            .checked_sub(1)
            .is_some_and(|i| stretch.is(i, Class::PRONOUN_SUBJECT.or(Class::PRONOUN_OTHER)))
}

/// "Some say", "many argue", "one recalled": determiners that are subjects too.
fn may_be_pronoun(stretch: &Stretch<'_>, item: usize) -> bool {
    stretch.is(item, Class::PRONOUN_OTHER)
        && !stretch.is(item, Class::WH_WORD)
        && !matches!(stretch.bytes(item), b"this" | b"that" | b"these" | b"those")
}

/// Whether a word ends like this, in any case.
fn ends_with(word: &str, end: &str) -> bool {
    let tail = word.len().checked_sub(end.len()).and_then(|at| word.as_bytes().get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end.as_bytes()))
}

/// Forms of the past that do not end in "-ed".
const IRREGULAR: [&str; 14] = [
    "said",
    "told",
    "thought",
    "known",
    "understood",
    "heard",
    "found",
    "shown",
    "held",
    "quoted",
    "seen",
    "written",
    "meant",
    "felt",
];
const IRREGULAR_HASHES: [Hash; IRREGULAR.len()] = Hash::of_all(IRREGULAR);

fn is_irregular_past(token: &Token, word: &str) -> bool {
    // The hash of a plain word is that of its text: most words end there.
    (!token.plain || IRREGULAR_HASHES.contains(&token.hash))
        && IRREGULAR.iter().any(|past| past.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block;
    use crate::lex::story;

    fn groups(text: &str) -> alloc::vec::Vec<(alloc::string::String, Polarity)> {
        let story = story::read(text, &block::split(text));
        let quotations = crate::quotation::pair(text, &story, &mut alloc::vec::Vec::new());
        let all = 0..story.tokens.tokens.len();
        let stretch = Stretch::new(text, &story, &quotations, all, 0..quotations.len(), 0);
        (0..stretch.len())
            .filter_map(|i| group(&stretch, i))
            .map(|g| (stretch.span(g.items.clone()).of(text).into(), g.polarity))
            .collect()
    }

    #[test]
    fn verb_groups() {
        let cases: &[(&str, &[(&str, Polarity)])] = &[
            ("Roe said no.", &[("said", Polarity::Asserted)]),
            ("Roe has repeatedly said so.", &[("has repeatedly said", Polarity::Asserted)]),
            ("Roe did not say when.", &[("did not say", Polarity::Negated)]),
            ("Roe declined to say when.", &[("declined to say", Polarity::Negated)]),
            ("Roe will tell the court.", &[("will tell", Polarity::Irrealis)]),
            ("The report of the state was late.", &[]),
            ("Roe’s claim fell apart.", &[]),
            ("Roe pointed out the crack.", &[("pointed out", Polarity::Asserted)]),
        ];
        for (text, want) in cases {
            let got = groups(text);
            let got: alloc::vec::Vec<(&str, Polarity)> = got.iter().map(|(s, p)| (s.as_str(), *p)).collect();
            assert_eq!(&got, want, "{text}");
        }
    }
}
