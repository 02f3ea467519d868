//! The atoms: what the tagger's features are made of, one number a token and atom; 0 says nothing.

use alloc::vec::Vec;
use core::ops::Range;

use super::label::{self, Label, Part, Role, Side};
use super::sequence::{Document, Place, Shape, Token};
use crate::lexicon::{Class, Hash};

macro_rules! atoms {
    ($($(#[doc = $doc:literal])+ $name:ident;)*) => {
        /// Names the facts about a token that features are made of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Atom { $($(#[doc = $doc])+ $name,)* }
        /// How many atoms there are.
        pub const ATOMS: usize = [$(Atom::$name),*].len();
    };
}

atoms! {
    /// The word.
    Word;
    /// Its look.
    Shape;
    /// Its last three letters.
    Suffix;
    /// Its first three letters.
    Prefix;
    /// The word lists it stands in.
    Lists;
    /// The first of a few groups of lists that it stands in: a coarse part of speech.
    Kind;
    /// How often the word is a cue in the training text, in classes.
    Cue;
    /// The lemma, or the word without its ending.
    Stem;
    /// How often words of the stem are a cue in the training text, in classes.
    CueStem;
    /// The group of words that the word is like, by the company it keeps.
    Company;
    /// Whether it stands in brackets or after a dash.
    Aside;
    /// Outside, opening, inside, closing.
    Place;
    /// The length of its quotation, in classes.
    QuotationLength;
    /// The token before the closing mark of its quotation.
    QuotationEnd;
    /// The word before its quotation.
    QuotationBefore;
    /// The word after its quotation.
    QuotationAfter;
    /// How far from its quotation the nearest cues stand, before and after.
    QuotationCues;
    /// The distance to the last cue before it in the sentence, in classes.
    CueBack;
    /// The distance to the next cue in the sentence, in classes.
    CueAhead;
    /// The last cue before it in the sentence.
    CueBackWord;
    /// The next cue in the sentence.
    CueAheadWord;
    /// The word after the last cue.
    CueBackNext;
    /// The word before the next cue.
    CueAheadPrevious;
    /// What has stood between the last cue and the token: commas, conjunctions, verbs, a quotation, "that".
    Since;
    /// What stands between the token and the next cue.
    Until;
    /// The place in the sentence, in classes.
    Position;
    /// The number of tokens left in the sentence, in classes.
    Left;
    /// The first word of the sentence.
    FirstWord;
    /// Whether the sentences around hold quotation marks.
    Neighbours;
    /// What the paragraph is like as a whole.
    Paragraph;
    /// The part that the grammar takes it for.
    Reading;
    /// The rule by which the grammar does so.
    Rule;
    /// The label that the first pass gave.
    Label;
    /// The distance to the last cue found before it, and whether it is in the same sentence.
    FoundCueBack;
    /// The distance to the next cue found.
    FoundCueAhead;
    /// The last word of the last cue found before it.
    FoundCueBackWord;
    /// The last word of the next cue found.
    FoundCueAheadWord;
    /// The distance to the last source found before it.
    FoundSourceBack;
    /// The distance to the next source found.
    FoundSourceAhead;
    /// The distance to the last content found before it.
    FoundContentBack;
    /// The distance to the next content found.
    FoundContentAhead;
    /// The two parts before and the two after, in order, with the sides they claim.
    Order;
    /// The part the token is in and the ones next to it.
    Around;
    /// How much of the sentence is content.
    Share;
    /// How much of its quotation is content.
    QuotationShare;
    /// How long the part it stands in is, and where it stands in it.
    Extent;
    /// The roles that the sentence before ends with and the next begins with.
    Beside;
}

/// The value of every atom before the first and after the last token of a paragraph.
pub(crate) const BORDER: u32 = 0xb0_4de4;

/// The atoms of one token.
pub type Atoms = [u32; ATOMS];

const COMMA: u32 = Hash::of(",").0;
const COLON: u32 = Hash::of(":").0;
const THAT: u32 = Hash::of("that").0;
const QUESTION: u32 = Hash::of("?").0;
const EXCLAMATION: u32 = Hash::of("!").0;
const OPEN: u32 = Hash::of("(").0;
const OPEN_SQUARE: u32 = Hash::of("[").0;
const CLOSE: u32 = Hash::of(")").0;
const CLOSE_SQUARE: u32 = Hash::of("]").0;
const DASH: u32 = Hash::of("–").0;
const LONG_DASH: u32 = Hash::of("—").0;
const DOUBLE_DASH: u32 = Hash::of("--").0;
const PERIOD: u32 = Hash::of(".").0;

/// Lists in groups, the first that holds a word gives its kind.
const KINDS: &[(Class, u32)] = &[
    (Class::AUXILIARY, 2),
    (Class::NEGATION, 3),
    (Class::PRONOUN_SUBJECT, 4),
    (Class::POSSESSIVE, 5),
    (
        Class::PRONOUN_HE
            .or(Class::PRONOUN_SHE)
            .or(Class::PRONOUN_THEY)
            .or(Class::PRONOUN_IT)
            .or(Class::PRONOUN_FIRST)
            .or(Class::PRONOUN_SECOND),
        6,
    ),
    (Class::WH_WORD, 7),
    (Class::DETERMINER, 8),
    (Class::CONJUNCTION, 9),
    (Class::PREPOSITION, 10),
    (Class::CUE_SAY.or(Class::CUE_TELL), 11),
    (Class::CUE_THINK.or(Class::CUE_WANT), 12),
    (
        Class::CUE_ASK
            .or(Class::CUE_WRITE)
            .or(Class::CUE_CLAIM)
            .or(Class::CUE_DENY)
            .or(Class::CUE_PROMISE)
            .or(Class::CUE_EVIDENCE),
        13,
    ),
    (Class::CUE_JUDGE.or(Class::CUE_LABEL), 14),
    (Class::CUE_MANNER, 15),
    (Class::ADVERB, 16),
    (Class::MONTH.or(Class::WEEKDAY), 17),
    (Class::NUMBER_WORD, 18),
    (Class::HONORIFIC.or(Class::HONORIFIC_HE).or(Class::HONORIFIC_SHE), 19),
    (Class::NOUN_CUE, 20),
    (Class::DOCUMENT.or(Class::MEDIUM), 21),
    (Class::GROUP, 22),
    (Class::ROLE, 23),
    (Class::BODY, 24),
];

/// The lists whose words can be verbs of a clause.
const VERBS: Class = Class::AUXILIARY;

fn kind(token: &Token) -> u32 {
    if token.shape == Shape::Punctuation {
        return match token.word {
            COMMA | PERIOD | COLON | QUESTION | EXCLAMATION => token.word,
            _ if token.place == Place::Open => 40,
            _ if token.place == Place::Close => 41,
            _ => 42,
        };
    }
    let class = Class(token.class);
    let found = KINDS.iter().find(|(lists, _)| class.any(*lists)).map(|k| k.1);
    let capital = matches!(token.shape, Shape::Title | Shape::Mixed | Shape::Upper | Shape::Initial);
    match found {
        Some(k) if k < 17 => k,
        Some(k) if capital => k + 100,
        Some(k) => k,
        None if capital => 50,
        None => 60 + token.shape as u32,
    }
}

/// Puts a distance into one of eleven classes, 1 for the least.
fn distance(n: usize) -> u32 {
    match n {
        0..=4 => n as u32 + 1,
        5..=6 => 6,
        7..=9 => 7,
        10..=14 => 8,
        15..=24 => 9,
        25..=49 => 10,
        _ => 11,
    }
}

fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What was learned of a word apart from its weights.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// How often it is a cue: 0 for hardly ever, to 3 for mostly.
    pub cue: u8,
    /// The same of all words of its stem.
    pub stem: u8,
    /// The group of words that it is like; 0 for a word that was rare or missing.
    pub company: u8,
}

/// Fills the atoms of a paragraph that do not depend on labels. `known` holds what the learned lexicon
/// knows of each token of the document.
pub fn describe(doc: &Document, paragraph: usize, known: &[Known], out: &mut Vec<Atoms>) {
    let stretch = &doc.paragraphs[paragraph];
    let range = stretch.tokens.start as usize..stretch.tokens.end as usize;
    let tokens = &doc.tokens[range.clone()];
    let known = &known[range.clone()];
    out.clear();
    out.resize(tokens.len(), [0; ATOMS]);
    let whole = overall(doc, paragraph, tokens, known);
    for (i, (t, a)) in tokens.iter().zip(out.iter_mut()).enumerate() {
        let mut set = |atom: Atom, value: u32| a[atom as usize] = value;
        set(Atom::Word, t.word);
        set(Atom::Shape, t.shape as u32);
        set(Atom::Place, t.place as u32);
        set(Atom::Kind, kind(t));
        set(Atom::Paragraph, whole);
        set(Atom::Reading, u32::from(t.reading) + 1);
        set(Atom::Rule, u32::from(t.rule));
        set(Atom::Cue, u32::from(known[i].cue) + u32::from(cue_like(t, known[i])) * 8 + 1);
        if t.shape == Shape::Punctuation {
            set(Atom::Company, 1000 + kind(t));
        } else {
            set(Atom::Stem, t.stem);
            set(Atom::CueStem, u32::from(known[i].stem) + 1);
            let company = u32::from(known[i].company);
            set(Atom::Company, if company == 0 { 100 + kind(t) } else { company });
            set(Atom::Suffix, t.suffix);
            set(Atom::Prefix, t.prefix);
            set(Atom::Lists, (t.class ^ (t.class >> 32).wrapping_mul(0x9e37_79b1)) as u32);
        }
    }
    for s in stretch.sentences.clone() {
        sentence(doc, s, &stretch.sentences, range.start, tokens, known, out);
    }
    let mut i = 0;
    while i < tokens.len() {
        let q = tokens[i].quotation;
        if q == 0 {
            i += 1;
            continue;
        }
        let marked = &doc.quotations[q as usize - 1];
        let end = (marked.tokens.end as usize - range.start).min(tokens.len());
        quotation(i..end, marked.closed, tokens, out);
        i = end.max(i + 1);
    }
}

/// Tells whether a token outside quotations counts as a cue for the distances.
fn cue_like(token: &Token, known: Known) -> bool {
    matches!(token.place, Place::Outside) && known.cue >= 2
}

fn overall(doc: &Document, paragraph: usize, tokens: &[Token], cues: &[Known]) -> u32 {
    let stretch = &doc.paragraphs[paragraph];
    let only = tokens.iter().all(|t| t.quotation != 0 || t.shape == Shape::Punctuation);
    let starts = tokens.first().is_some_and(|t| t.place == Place::Open);
    let any = tokens.iter().any(|t| t.quotation != 0);
    let unclosed = |tokens: &[Token]| {
        tokens.last().is_some_and(|t| t.quotation != 0 && !doc.quotations[t.quotation as usize - 1].closed)
    };
    let cue = tokens.iter().zip(cues).any(|(t, c)| cue_like(t, *c));
    let before = paragraph.checked_sub(1).map(|p| {
        let r = &doc.paragraphs[p].tokens;
        &doc.tokens[r.start as usize..r.end as usize]
    });
    let before_unclosed = before.is_some_and(unclosed);
    let before_colon = before.and_then(<[Token]>::last).is_some_and(|t| t.word == COLON);
    let before_only =
        before.is_some_and(|b| b.iter().all(|t| t.quotation != 0 || t.shape == Shape::Punctuation));
    let flags = [
        only,
        starts,
        any,
        unclosed(tokens),
        cue,
        before_unclosed,
        before_colon,
        before_only,
        stretch.headline,
    ];
    flags.iter().fold(1, |n, f| n << 1 | u32::from(*f))
}

fn sentence(
    doc: &Document,
    s: u32,
    all: &Range<u32>,
    base: usize,
    tokens: &[Token],
    cues: &[Known],
    out: &mut [Atoms],
) {
    let range = &doc.sentences[s as usize];
    let (first, end) = (range.start as usize - base, (range.end as usize - base).min(tokens.len()));
    let marked = |s: u32| {
        let r = &doc.sentences[s as usize];
        doc.tokens[r.start as usize..r.end as usize].iter().any(|t| t.quotation != 0)
    };
    let cue = |s: u32| {
        let r = &doc.sentences[s as usize];
        (r.start as usize - base..r.end as usize - base).any(|i| cue_like(&tokens[i], cues[i]))
    };
    let before = if s > all.start { 1 + u32::from(marked(s - 1)) + 2 * u32::from(cue(s - 1)) } else { 0 };
    let after = if s + 1 < all.end { 1 + u32::from(marked(s + 1)) + 2 * u32::from(cue(s + 1)) } else { 0 };
    let neighbours = 1 + before * 5 + after + u32::from(marked(s)) * 25;
    let (mut brackets, mut dashes) = (0, 0);
    let word_at = |i: usize| tokens.get(i).map_or(BORDER, |t| t.word);
    let mut last = None;
    let mut since = Between::default();
    for i in first..end {
        let a = &mut out[i];
        a[Atom::Neighbours as usize] = neighbours;
        a[Atom::Position as usize] = distance(i - first);
        a[Atom::Left as usize] = distance(end - 1 - i);
        a[Atom::FirstWord as usize] = tokens[first].word;
        if let Some(c) = last {
            a[Atom::CueBack as usize] = distance(i - c);
            a[Atom::CueBackWord as usize] = word_at(c);
            a[Atom::CueBackNext as usize] = word_at(c + 1);
        } else {
            a[Atom::CueBack as usize] = 12;
        }
        a[Atom::Since as usize] = since.value(last.is_some());
        a[Atom::Aside as usize] = 1 + brackets + 2 * dashes;
        match tokens[i].word {
            OPEN | OPEN_SQUARE => brackets = 1,
            CLOSE | CLOSE_SQUARE => brackets = 0,
            DASH | LONG_DASH | DOUBLE_DASH if tokens[i].place == Place::Outside => {
                dashes = (dashes + 1).min(2)
            }
            _ => {}
        }
        if cue_like(&tokens[i], cues[i]) {
            last = Some(i);
            since = Between::default();
        } else {
            since.add(&tokens[i]);
        }
    }
    let mut next = None;
    let mut until = Between::default();
    for i in (first..end).rev() {
        let a = &mut out[i];
        if let Some(c) = next {
            a[Atom::CueAhead as usize] = distance(c - i);
            a[Atom::CueAheadWord as usize] = word_at(c);
            a[Atom::CueAheadPrevious as usize] = if c == 0 { BORDER } else { word_at(c - 1) };
        } else {
            a[Atom::CueAhead as usize] = 12;
        }
        a[Atom::Until as usize] = until.value(next.is_some());
        if cue_like(&tokens[i], cues[i]) {
            next = Some(i);
            until = Between::default();
        } else {
            until.add(&tokens[i]);
        }
    }
}

/// Sums up what stands between a cue and a token.
#[derive(Default)]
struct Between {
    commas: u32,
    conjunctions: u32,
    verbs: u32,
    quotation: bool,
    that: bool,
    semicolon: bool,
}

impl Between {
    fn add(&mut self, token: &Token) {
        let class = Class(token.class);
        if token.place != Place::Outside {
            self.quotation |= token.place == Place::Close;
        } else if token.word == COMMA {
            self.commas = (self.commas + 1).min(2);
        } else if token.shape == Shape::Punctuation {
            self.semicolon = true;
        } else if token.word == THAT {
            self.that = true;
        } else if class.any(VERBS) {
            self.verbs = (self.verbs + 1).min(2);
        } else if class.any(Class::CONJUNCTION) {
            self.conjunctions = 1;
        }
    }

    fn value(&self, cue: bool) -> u32 {
        let n = self.commas + 3 * self.conjunctions + 6 * self.verbs;
        1 + (n << 4
            | u32::from(self.quotation) << 3
            | u32::from(self.that) << 2
            | u32::from(self.semicolon) << 1
            | u32::from(cue))
    }
}

fn quotation(range: Range<usize>, closed: bool, tokens: &[Token], out: &mut [Atoms]) {
    let word_at = |i: usize| tokens.get(i).map_or(BORDER, |t| t.word);
    let length = distance(range.len()) + if closed { 0 } else { 20 };
    let inner_end = if closed { range.end.saturating_sub(2) } else { range.end.saturating_sub(1) };
    let end = tokens.get(inner_end).map_or(1, |t| if t.shape == Shape::Punctuation { t.word } else { 1 });
    let before = range.start.checked_sub(1).map_or(BORDER, word_at);
    let after = word_at(range.end);
    let back = range
        .start
        .checked_sub(1)
        .map_or(12, |i| if is_stop(tokens[i].word) { 13 } else { out[i][Atom::CueBack as usize].min(12) });
    let back = match range.start.checked_sub(1) {
        Some(i) if out[i][Atom::Cue as usize] >= 8 => 0,
        _ => back,
    };
    let ahead = out
        .get(range.end)
        .map_or(12, |a| if a[Atom::Cue as usize] >= 8 { 0 } else { a[Atom::CueAhead as usize] });
    for a in &mut out[range] {
        a[Atom::QuotationLength as usize] = length;
        a[Atom::QuotationEnd as usize] = end;
        a[Atom::QuotationBefore as usize] = before;
        a[Atom::QuotationAfter as usize] = after;
        a[Atom::QuotationCues as usize] = 1 + back * 16 + ahead;
    }
}

fn is_stop(word: u32) -> bool {
    matches!(word, PERIOD | QUESTION | EXCLAMATION)
}

/// Adds the atoms that the labels of the first pass give. `labels` holds those of the paragraph.
pub fn describe_found(
    doc: &Document,
    paragraph: usize,
    labels: &[Label],
    out: &mut [Atoms],
    parts: &mut Vec<Part>,
) {
    let stretch = &doc.paragraphs[paragraph];
    let base = stretch.tokens.start as usize;
    let tokens = &doc.tokens[base..stretch.tokens.end as usize];
    parts.clear();
    parts.extend(label::parts(labels, 0));
    // What a part is to the tokens around it: its role and the side it claims.
    let sort = |p: Option<&Part>| p.map_or(0, |p| p.role as u32 * 2 + u32::from(p.side == Side::Right));
    let mut next = 0;
    let (mut back, mut ahead) = ([None::<usize>; 4], [None::<usize>; 4]);
    for i in 0..tokens.len() {
        while next < parts.len() && parts[next].end as usize <= i {
            back[parts[next].role as usize] = Some(next);
            next += 1;
        }
        let inside = parts.get(next).filter(|p| p.first as usize <= i);
        let a = &mut out[i];
        a[Atom::Label as usize] = u32::from(labels[i]) + 1;
        for (role, atom) in [
            (Role::Cue, Atom::FoundCueBack),
            (Role::Source, Atom::FoundSourceBack),
            (Role::Content, Atom::FoundContentBack),
        ] {
            a[atom as usize] = back[role as usize].map_or(30, |p| distance(i - parts[p].end as usize));
        }
        if let Some(p) = back[Role::Cue as usize] {
            a[Atom::FoundCueBackWord as usize] = tokens[parts[p].end as usize - 1].word;
        }
        let after = next + usize::from(inside.is_some());
        let nth = |n: usize| sort(parts.get(n));
        let previous = |n: usize| next.checked_sub(n).map_or(0, nth);
        a[Atom::Around as usize] = 1 + (previous(1) * 16 + sort(inside)) * 16 + nth(after);
        a[Atom::Order as usize] = 1
            + (((previous(2) * 16 + previous(1)) * 16 + sort(inside)) * 16 + nth(after)) * 16
            + nth(after + 1);
        a[Atom::Extent as usize] = inside
            .map_or(0, |p| 1 + distance((p.end - p.first) as usize) * 16 + distance(p.end as usize - 1 - i));
    }
    let mut next = parts.len();
    for i in (0..tokens.len()).rev() {
        while next > 0 && parts[next - 1].first as usize > i {
            next -= 1;
            ahead[parts[next].role as usize] = Some(next);
        }
        let a = &mut out[i];
        for (role, atom) in [
            (Role::Cue, Atom::FoundCueAhead),
            (Role::Source, Atom::FoundSourceAhead),
            (Role::Content, Atom::FoundContentAhead),
        ] {
            a[atom as usize] = ahead[role as usize].map_or(30, |p| distance(parts[p].first as usize - i));
        }
        if let Some(p) = ahead[Role::Cue as usize] {
            a[Atom::FoundCueAheadWord as usize] = tokens[parts[p].end as usize - 1].word;
        }
    }
    let is_content = |l: &Label| label::SCHEME[*l as usize].role == Role::Content;
    let share = |labels: &[Label]| {
        let n = labels.iter().filter(|l| is_content(l)).count();
        1 + if n == 0 {
            0
        } else if n == labels.len() {
            6
        } else {
            1 + place(n * 5 / labels.len().max(1))
        }
    };
    for s in stretch.sentences.clone() {
        let r = &doc.sentences[s as usize];
        let (first, end) = (r.start as usize - base, (r.end as usize - base).min(labels.len()));
        let n = share(&labels[first..end]);
        let cue = labels[first..end].iter().any(|l| label::SCHEME[*l as usize].role == Role::Cue);
        let role = |i: Option<usize>| i.and_then(|i| labels.get(i)).map_or(20, |l| u32::from(*l));
        let beside = 1 + role(first.checked_sub(1)) * 32 + role(Some(end));
        for a in &mut out[first..end] {
            a[Atom::Share as usize] = n * 2 + u32::from(cue);
            a[Atom::Beside as usize] = beside;
        }
    }
    let mut i = 0;
    while i < tokens.len() {
        let q = tokens[i].quotation;
        if q == 0 {
            i += 1;
            continue;
        }
        let end = (doc.quotations[q as usize - 1].tokens.end as usize - base).min(tokens.len()).max(i + 1);
        let n = share(&labels[i..end]);
        for a in &mut out[i..end] {
            a[Atom::QuotationShare as usize] = n;
        }
        i = end;
    }
}
