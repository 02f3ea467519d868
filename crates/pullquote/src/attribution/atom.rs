//! The atoms: what the tagger's features are made of, one number a token and atom; 0 says nothing.

use alloc::vec::Vec;
use core::ops::Range;

use super::sequence::{Document, Marked, Place, Shape, Token};
use crate::lexicon::{Class, Hash};

macro_rules! atoms {
    ($($(#[doc = $doc:literal])+ $name:ident $size:literal;)*) => {
        /// Names the facts about a token that features are made of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Atom { $($(#[doc = $doc])+ $name,)* }
        /// How many atoms there are.
        pub const ATOMS: usize = [$(Atom::$name),*].len();
        const SIZES: [u32; ATOMS] = [$($size),*];
    };
}

// The number is how many values an atom has, 0 for any: the hash of a word.
atoms! {
    /// Outside, opening, inside, closing.
    Place 5;
    /// The length of its quotation, in classes.
    QuotationLength 32;
    /// The token before the closing mark of its quotation: which punctuation, or a word.
    QuotationEnd 10;
    /// The word before its quotation.
    QuotationBefore 0;
    /// The word after its quotation.
    QuotationAfter 0;
    /// How far from its quotation the nearest cues stand, before and after.
    QuotationCues 256;
    /// The first word of the sentence.
    FirstWord 0;
    /// Whether the sentences around hold quotation marks and cues.
    Neighbours 51;
    /// What the paragraph is like as a whole.
    Paragraph 513;
    /// The last cue before it in the sentence.
    CueBackWord 0;
    /// The word after the last cue.
    CueBackNext 0;
    /// The next cue in the sentence.
    CueAheadWord 0;
    /// What has stood between the last cue and the token: commas, conjunctions, verbs, a quotation, "that".
    Since 290;
    /// What stands between the token and the next cue.
    Until 290;
    /// Whether it stands in brackets or after a dash.
    Aside 7;
    /// The word.
    Word 0;
    /// The number of a very frequent word.
    Common 128;
    /// Its look.
    Shape 9;
    /// The first of a few groups of lists that it stands in: a coarse part of speech.
    Kind 48;
    /// How often the word is a cue in the training text, in classes, and whether it can be one here.
    Cue 9;
    /// The group of words that the word is like, by the company it keeps.
    Company 160;
    /// The distance to the last cue before it in the sentence, in classes.
    CueBack 13;
    /// The distance to the next cue in the sentence, in classes.
    CueAhead 13;
    /// The place in the sentence, in classes.
    Position 13;
    /// The number of tokens left in the sentence, in classes.
    Left 13;
    /// The part that the grammar takes it for; 0 for none.
    Reading 12;
    /// The rule by which the grammar does so.
    Rule 64;
}

impl Atom {
    /// Returns how many values the atom has; 0 where any number may come.
    #[must_use]
    pub const fn size(self) -> u32 {
        SIZES[self as usize]
    }
}

/// How many atoms, the first ones, stay the same throughout a quotation and what lies between two of them in a
/// sentence.
pub(crate) const STILL: usize = Atom::Paragraph as usize + 1;

/// How many atoms, the first ones, change at cues, commas and verbs at most.
pub(crate) const SLOW: usize = Atom::Aside as usize + 1;

/// How far to either side a feature may look.
pub const REACH: usize = 3;

/// How many tokens a feature sees.
pub const WINDOW: usize = 2 * REACH + 1;

/// The atoms of one token.
pub type Atoms = [u32; ATOMS];

/// What was learned of a word apart from its weights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// How often it is a cue: 0 for hardly ever, to 3 for mostly.
    pub cue: u8,
    /// The same of all words of its stem.
    pub stem: u8,
    /// The group of words that it is like; 0 for a word that was rare or missing.
    pub company: u8,
    /// Its number among the most frequent words; 0 for all others.
    pub common: u8,
    /// The place of its row of weights plus one; 0 for a word without.
    pub row: u16,
}

macro_rules! facts {
    ($($(#[doc = $doc:literal])+ $name:ident;)*) => {
        /// Names what can be told of a word alone, wherever it stands.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Fact { $($(#[doc = $doc])+ $name,)* }
        /// How many facts there are.
        pub const FACTS: usize = [$(Fact::$name),*].len();
    };
}

facts! {
    /// The word.
    Word;
    /// The lemma, or the word without its ending.
    Stem;
    /// How often the word is a cue in the training text, in classes.
    Cue;
    /// How often words of the stem are a cue in the training text, in classes.
    CueStem;
    /// Its last three letters.
    Suffix;
    /// Its first three letters.
    Prefix;
    /// The word lists it stands in.
    Lists;
    /// The group of words that the word is like, by the company it keeps.
    Company;
}

/// The facts of one token; 0 says nothing.
pub type Facts = [u32; FACTS];

/// Returns what can be told of a token alone.
#[must_use]
pub fn facts(text: &str, token: &Token, known: Known) -> Facts {
    let mut out = [0; FACTS];
    let mut set = |fact: Fact, value: u32| out[fact as usize] = value;
    set(Fact::Word, token.word);
    set(Fact::Company, company(token, known));
    set(Fact::Cue, u32::from(known.cue) + 1);
    if token.shape != Shape::Punctuation {
        let bytes = &text.as_bytes()[token.start as usize..token.end as usize];
        let fold = |b: &u8| if b.is_ascii_digit() { b'0' } else { *b };
        let hash = |bytes: &[u8]| bytes.iter().fold(Hash::START, |h, b| h.push(fold(b))).0;
        set(Fact::Stem, stem(text, token));
        set(Fact::CueStem, u32::from(known.stem) + 1);
        set(Fact::Suffix, hash(&bytes[bytes.len().saturating_sub(3)..]));
        set(Fact::Prefix, hash(&bytes[..bytes.len().min(3)]));
        // Where rules of the grammar start tells nothing of a word.
        let class = Class(token.class).without(Class::LEAD.or(Class::STANCE)).0;
        set(Fact::Lists, (class ^ (class >> 32).wrapping_mul(0x9e37_79b1)) as u32);
    }
    out
}

/// Endings that words of one stem differ by, longest first where one ends another.
const ENDINGS: &[&[u8]] = &[b"ying", b"ied", b"ies", b"ing", b"ed", b"es", b"s", b"e", b"y"];

/// Returns the hash of the lemma or, of a word in no list, of what is left when a common ending goes: "clarifies",
/// "clarified". 0 for what is no word.
#[must_use]
pub fn stem(text: &str, token: &Token) -> u32 {
    let hash = |bytes: &[u8]| bytes.iter().fold(Hash::START, |h, b| h.push(*b)).0;
    if matches!(token.shape, Shape::Punctuation | Shape::Number | Shape::Coded) {
        return 0;
    }
    if token.lemma != 0 {
        return hash(crate::lexicon::lemma(token.lemma).as_bytes());
    }
    let bytes = &text.as_bytes()[token.start as usize..token.end as usize];
    let fits = |ending: &&&[u8]| {
        bytes.len() >= ending.len() + 3 && bytes[bytes.len() - ending.len()..].eq_ignore_ascii_case(ending)
    };
    // All of them end in one of these letters.
    let may_end = bytes.last().is_some_and(|b| matches!(b | 0x20, b'd' | b'e' | b'g' | b's' | b'y'));
    let cut = if may_end { ENDINGS.iter().find(fits).map_or(0, |e| e.len()) } else { 0 };
    hash(&bytes[..bytes.len() - cut])
}

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

/// The kinds of punctuation and of words in no list.
const OTHER_MARK: u32 = 6;
const OPEN_MARK: u32 = 7;
const CLOSE_MARK: u32 = 8;
const NAME: u32 = 9;
const PLAIN: u32 = 10;

/// Lists in groups, the first that holds a word gives its kind.
const KINDS: &[(Class, u32)] = &[
    (Class::AUXILIARY, 12),
    (Class::NEGATION, 13),
    (Class::PRONOUN_SUBJECT, 14),
    (Class::POSSESSIVE, 15),
    (
        Class::PRONOUN_HE
            .or(Class::PRONOUN_SHE)
            .or(Class::PRONOUN_THEY)
            .or(Class::PRONOUN_IT)
            .or(Class::PRONOUN_FIRST)
            .or(Class::PRONOUN_SECOND),
        16,
    ),
    (Class::WH_WORD, 17),
    (Class::DETERMINER, 18),
    (Class::CONJUNCTION, 19),
    (Class::PREPOSITION, 20),
    (Class::CUE_SAY.or(Class::CUE_TELL), 21),
    (Class::CUE_THINK.or(Class::CUE_WANT), 22),
    (
        Class::CUE_ASK
            .or(Class::CUE_WRITE)
            .or(Class::CUE_CLAIM)
            .or(Class::CUE_DENY)
            .or(Class::CUE_PROMISE)
            .or(Class::CUE_EVIDENCE),
        23,
    ),
    (Class::CUE_JUDGE.or(Class::CUE_LABEL), 24),
    (Class::CUE_MANNER, 25),
    (Class::ADVERB, 26),
    (Class::MONTH.or(Class::WEEKDAY), FIRST_NOUN),
    (Class::NUMBER_WORD, 28),
    (Class::HONORIFIC.or(Class::HONORIFIC_HE).or(Class::HONORIFIC_SHE), 29),
    (Class::NOUN_CUE, 30),
    (Class::DOCUMENT.or(Class::MEDIUM), 31),
    (Class::GROUP, 32),
    (Class::ROLE, 33),
    (Class::BODY, 34),
];

/// The first of the kinds that are another one when the word begins with a capital.
const FIRST_NOUN: u32 = 27;
/// What a capital adds to such a kind.
const CAPITAL: u32 = 10;

/// The place of lists in no group, after those of [`KINDS`].
const NO_GROUP: usize = KINDS.len();

/// For each list its place in [`KINDS`], by the number of its bit; that of lists in no group also after the last bit.
const GROUP_OF: [u8; u64::BITS as usize + 1] = {
    let (mut table, mut bit) = ([NO_GROUP as u8; u64::BITS as usize + 1], 0);
    while bit < u64::BITS {
        let mut i = KINDS.len();
        while i > 0 {
            i -= 1;
            if KINDS[i].0.any(Class(1 << bit)) {
                table[bit as usize] = i as u8;
            }
        }
        bit += 1;
    }
    table
};

/// For each group its kind; 0 for lists in no group.
const KIND_OF: [u8; NO_GROUP + 1] = {
    let (mut table, mut i) = ([0; NO_GROUP + 1], 0);
    while i < KINDS.len() {
        table[i] = KINDS[i].1 as u8;
        i += 1;
    }
    table
};

/// Returns the kind of the first group that holds one of the lists, 0 for none.
fn listed(class: Class) -> u32 {
    let (mut bits, mut first) = (class.0, NO_GROUP as u8);
    let mut take = |bits: &mut u64| {
        first = first.min(GROUP_OF[bits.trailing_zeros() as usize]);
        *bits &= bits.wrapping_sub(1);
    };
    // Most words are in two lists at most: without asking how many, nothing is guessed wrong.
    take(&mut bits);
    take(&mut bits);
    while bits != 0 {
        take(&mut bits);
    }
    KIND_OF[first as usize].into()
}

/// The lists whose words can be verbs of a clause.
const VERBS: Class = Class::AUXILIARY;

fn kind(token: &Token) -> u32 {
    if token.shape == Shape::Punctuation {
        return match token.word {
            COMMA => 1,
            PERIOD => 2,
            COLON => 3,
            QUESTION => 4,
            EXCLAMATION => 5,
            _ if token.place == Place::Open => OPEN_MARK,
            _ if token.place == Place::Close => CLOSE_MARK,
            _ => OTHER_MARK,
        };
    }
    let capital = matches!(token.shape, Shape::Title | Shape::Mixed | Shape::Upper | Shape::Initial);
    let unlisted = match token.shape {
        _ if capital => NAME,
        Shape::Lower => PLAIN,
        _ => PLAIN + 1,
    };
    let kind = listed(Class(token.class));
    let capital = if capital && kind >= FIRST_NOUN { CAPITAL } else { 0 };
    if kind == 0 { unlisted } else { kind + capital }
}

/// How many groups of words there may be; above them come the kinds of words without a group.
pub const GROUPS: u32 = 100;

fn company(token: &Token, known: Known) -> u32 {
    if known.company == 0 { GROUPS + kind(token) } else { u32::from(known.company) }
}

/// Puts a distance into one of eleven classes, 1 for the least.
fn distance(n: usize) -> u32 {
    const CLASSES: [u8; 51] = {
        let (mut table, mut n) = ([0; 51], 0);
        while n < table.len() {
            table[n] = match n {
                0..=4 => n as u8 + 1,
                5..=6 => 6,
                7..=9 => 7,
                10..=14 => 8,
                15..=24 => 9,
                25..=49 => 10,
                _ => 11,
            };
            n += 1;
        }
        table
    };
    CLASSES[n.min(CLASSES.len() - 1)].into()
}

/// The distance to a cue that is not there.
const FAR: u32 = 12;

/// The nearest cue on one side of a token; without one all is 0. (Kept as the values that atoms take, so that a token
/// need not ask whether there is one.)
#[derive(Default)]
struct Nearest {
    known: bool,
    place: usize,
    word: u32,
    next: u32,
}

impl Nearest {
    fn at(place: usize, tokens: &[Token]) -> Nearest {
        let word_at = |i: usize| tokens.get(i).map_or(0, |t| t.word);
        Nearest { known: true, place, word: word_at(place), next: word_at(place + 1) }
    }

    /// Returns how far a token is away, in classes.
    fn distance(&self, token: usize) -> u32 {
        let class = distance(token.abs_diff(self.place));
        if self.known { class } else { FAR }
    }
}

/// Fills the atoms of a paragraph, with [`REACH`] tokens of nothing before and after it. `known` holds what the
/// learned lexicon knows of each token of the document.
pub fn describe(doc: &Document, paragraph: usize, known: &[Known], out: &mut Vec<Atoms>) {
    let stretch = &doc.paragraphs[paragraph];
    let range = stretch.tokens.start as usize..stretch.tokens.end as usize;
    let tokens = &doc.tokens[range.clone()];
    let known = &known[range.clone()];
    let whole = overall(doc, paragraph, tokens, known);
    out.clear();
    out.resize(REACH, [0; ATOMS]);
    out.extend(tokens.iter().zip(known).map(|(t, k)| {
        let (mut a, kind) = ([0; ATOMS], kind(t));
        let mut set = |atom: Atom, value: u32| a[atom as usize] = value;
        set(Atom::Word, t.word);
        set(Atom::Common, u32::from(k.common));
        set(Atom::Shape, t.shape as u32);
        set(Atom::Place, t.place as u32);
        set(Atom::Kind, kind);
        set(Atom::Paragraph, whole);
        set(Atom::Reading, u32::from(t.reading));
        set(Atom::Rule, u32::from(t.rule));
        set(Atom::Cue, u32::from(k.cue) + u32::from(cue_like(t, *k)) * 4 + 1);
        set(Atom::Company, if k.company == 0 { GROUPS + kind } else { u32::from(k.company) });
        a
    }));
    out.resize(tokens.len() + 2 * REACH, [0; ATOMS]);
    let inner = &mut out[REACH..REACH + tokens.len()];
    let range_of = |s: u32| {
        let r = &doc.sentences[s as usize];
        r.start as usize - range.start..(r.end as usize - range.start).min(tokens.len())
    };
    let holds = |s: u32| {
        let range = range_of(s);
        Holds {
            marks: tokens[range.clone()].iter().any(|t| t.quotation != 0),
            cues: tokens[range.clone()].iter().zip(&known[range]).any(|(t, k)| cue_like(t, *k)),
        }
    };
    let (mut before, mut now) = (None, None);
    for s in stretch.sentences.clone() {
        let this = now.unwrap_or_else(|| holds(s));
        let after = (s + 1 < stretch.sentences.end).then(|| holds(s + 1));
        let beside = |s: Option<Holds>| s.map_or(0, |s| 1 + u32::from(s.marks) + 2 * u32::from(s.cues));
        let neighbours = 1 + beside(before) * 5 + beside(after) + u32::from(this.marks) * 25;
        sentence(range_of(s), neighbours, tokens, known, inner);
        (before, now) = (Some(this), after);
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
        quotation(i..end, marked, tokens, inner);
        i = end.max(i + 1);
    }
}

/// Tells whether a token outside quotations counts as a cue for the distances.
fn cue_like(token: &Token, known: Known) -> bool {
    known.cue >= 2 && token.place == Place::Outside
}

fn overall(doc: &Document, paragraph: usize, tokens: &[Token], cues: &[Known]) -> u32 {
    let stretch = &doc.paragraphs[paragraph];
    let marked = |t: &Token| t.quotation != 0;
    let only = |tokens: &[Token]| tokens.iter().all(|t| marked(t) || t.shape == Shape::Punctuation);
    let unclosed = |tokens: &[Token]| {
        tokens.last().is_some_and(|t| t.quotation != 0 && !doc.quotations[t.quotation as usize - 1].closed)
    };
    let before = paragraph.checked_sub(1).map(|p| {
        let r = &doc.paragraphs[p].tokens;
        &doc.tokens[r.start as usize..r.end as usize]
    });
    let flags = [
        only(tokens),
        tokens.first().is_some_and(|t| t.place == Place::Open),
        tokens.iter().any(marked),
        unclosed(tokens),
        tokens.iter().zip(cues).any(|(t, c)| cue_like(t, *c)),
        before.is_some_and(unclosed),
        before.and_then(<[Token]>::last).is_some_and(|t| t.word == COLON),
        before.is_some_and(only),
        stretch.headline,
    ];
    1 + flags.iter().fold(0, |n, f| n << 1 | u32::from(*f))
}

/// What a sentence holds.
#[derive(Clone, Copy)]
struct Holds {
    marks: bool,
    cues: bool,
}

fn sentence(range: Range<usize>, neighbours: u32, tokens: &[Token], cues: &[Known], out: &mut [Atoms]) {
    let Range { start: first, end } = range;
    let (mut brackets, mut dashes) = (0, 0);
    let mut last = Nearest::default();
    let mut since = Between::default();
    for i in first..end {
        let a = &mut out[i];
        a[Atom::Neighbours as usize] = neighbours;
        a[Atom::Position as usize] = distance(i - first);
        a[Atom::Left as usize] = distance(end - 1 - i);
        a[Atom::FirstWord as usize] = tokens[first].word;
        a[Atom::CueBack as usize] = last.distance(i);
        a[Atom::CueBackWord as usize] = last.word;
        a[Atom::CueBackNext as usize] = last.next;
        a[Atom::Since as usize] = since.value(last.known);
        a[Atom::Aside as usize] = 1 + brackets + 2 * dashes;
        if tokens[i].shape == Shape::Punctuation {
            match tokens[i].word {
                OPEN | OPEN_SQUARE => brackets = 1,
                CLOSE | CLOSE_SQUARE => brackets = 0,
                DASH | LONG_DASH | DOUBLE_DASH if tokens[i].place == Place::Outside => {
                    dashes = (dashes + 1).min(2);
                }
                _ => {}
            }
        }
        if cue_like(&tokens[i], cues[i]) {
            last = Nearest::at(i, tokens);
            since = Between::default();
        } else {
            since.add(&tokens[i]);
        }
    }
    let mut next = Nearest::default();
    let mut until = Between::default();
    for i in (first..end).rev() {
        let a = &mut out[i];
        a[Atom::CueAhead as usize] = next.distance(i);
        a[Atom::CueAheadWord as usize] = next.word;
        a[Atom::Until as usize] = until.value(next.known);
        if cue_like(&tokens[i], cues[i]) {
            next = Nearest::at(i, tokens);
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
    /// Which of the others: [`Between::SEMICOLON`] and so on.
    others: u32,
}

impl Between {
    const SEMICOLON: u32 = 1 << 1;
    const THAT: u32 = 1 << 2;
    const QUOTATION: u32 = 1 << 3;

    fn add(&mut self, token: &Token) {
        let class = Class(token.class);
        if token.place != Place::Outside {
            if token.place == Place::Close {
                self.others |= Between::QUOTATION;
            }
        } else if token.shape == Shape::Punctuation {
            if token.word == COMMA {
                self.commas = (self.commas + 1).min(2);
            } else {
                self.others |= Between::SEMICOLON;
            }
        } else if token.word == THAT {
            self.others |= Between::THAT;
        } else if class.any(VERBS) {
            self.verbs = (self.verbs + 1).min(2);
        } else if class.any(Class::CONJUNCTION) {
            self.conjunctions = 1;
        }
    }

    fn value(&self, cue: bool) -> u32 {
        let n = self.commas + 3 * self.conjunctions + 6 * self.verbs;
        1 + (n << 4 | self.others | u32::from(cue))
    }
}

fn quotation(range: Range<usize>, marked: &Marked, tokens: &[Token], out: &mut [Atoms]) {
    let word_at = |i: usize| tokens.get(i).map_or(0, |t| t.word);
    let closed = marked.closed;
    let length = distance(marked.length as usize) + if closed { 0 } else { 20 };
    let inner_end = if closed { range.end.saturating_sub(2) } else { range.end.saturating_sub(1) };
    let end = tokens.get(inner_end).map_or(NAME, |t| kind(t).min(NAME));
    let before = range.start.checked_sub(1);
    let is_stop = |i: usize| matches!(tokens[i].word, PERIOD | QUESTION | EXCLAMATION);
    let is_cue = |a: &Atoms| a[Atom::Cue as usize] > 4;
    let back = before.map_or(FAR, |i| match &out[i] {
        a if is_cue(a) => 0,
        _ if is_stop(i) => FAR + 1,
        a => a[Atom::CueBack as usize],
    });
    let ahead = out.get(range.end).map_or(FAR, |a| if is_cue(a) { 0 } else { a[Atom::CueAhead as usize] });
    let (before, after) = (before.map_or(0, word_at), word_at(range.end));
    for a in &mut out[range] {
        a[Atom::QuotationLength as usize] = length;
        a[Atom::QuotationEnd as usize] = end;
        a[Atom::QuotationBefore as usize] = before;
        a[Atom::QuotationAfter as usize] = after;
        a[Atom::QuotationCues as usize] = 1 + back * 16 + ahead;
    }
}
