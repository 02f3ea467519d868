//! The features of the tagger: tables, read by training and by parsing.
//!
//! A feature is a number, under which weights are filed. A line of a table, a *template*, joins atoms of nearby
//! tokens into one. Where there are few combinations ([`DENSE_MOST`]), each has a number of its own, in order: a
//! *dense* feature. Otherwise the number is a hash: a *hashed* one.
//!
//! The tables part the templates by how often their atoms change, so that sums can be kept from token to token:
//!
//! | table | its atoms |
//! |---|---|
//! | [`WORDS`] | tell of one word alone, wherever it stands: a known word has them summed in its row |
//! | [`still`] | stay the same in a quotation and between two of them |
//! | [`slow`] | change at cues, commas and verbs |
//! | [`quick`] | change with every token |
//! | [`reading`] | tell how the grammar reads the tokens: only where it reads something ([`is_read`]) |
//! | [`contexts`] | are those of the transition weights: what stands where one label gives way to the next |
//!
//! To try a feature, add a line and train anew: the scheme's hash changes, so old weights are refused.

use super::atom::{ATOMS, Atom, Atoms, FACTS, Fact, REACH, SLOW, STILL, WINDOW};
use super::label;

/// Up to how many combinations of its atoms a template is dense.
pub const DENSE_MOST: u32 = 10_000;

type Parts = [(Atom, i8)];

/// Joins two numbers.
const fn mix(h: u32, v: u32) -> u32 {
    (h.rotate_left(5) ^ v).wrapping_mul(0x9e37_79b1)
}

/// What the values of a hashed template's atoms are multiplied by, before they are added up (multilinear hashing,
/// Carter and Wegman 1979: its high bits are good ones).
const FACTORS: [u32; 4] = [0x9e37_79b1, 0x85eb_ca77, 0xc2b2_ae3d, 0x27d4_eb2f];

/// Returns the number of a hashed feature.
#[inline(always)]
fn hash(seed: u32, values: &[u32]) -> u32 {
    let products = values.iter().zip(FACTORS).map(|(v, f)| v.wrapping_mul(f));
    products.fold(seed, u32::wrapping_add)
}

/// Names a template by its atoms, so that the order of a table does not matter.
const fn seed(parts: &Parts) -> u32 {
    let (mut seed, mut i) = (0x5bd1_e995, 0);
    while i < parts.len() {
        seed = mix(mix(seed, parts[i].0 as u32 + 1), parts[i].1 as u32);
        i += 1;
    }
    seed
}

/// Returns how many features a dense template has; 0 for a hashed one.
const fn size(parts: &Parts) -> u32 {
    let (mut size, mut i) = (1u64, 0);
    while i < parts.len() {
        size *= parts[i].0.size() as u64;
        i += 1;
    }
    if size > DENSE_MOST as u64 { 0 } else { size as u32 }
}

/// Returns the first number of each dense template, and the number after the last one.
const fn bases<const N: usize>(templates: &[&Parts; N], start: u32) -> ([u32; N], u32) {
    let (mut bases, mut next, mut i) = ([0; N], start, 0);
    while i < N {
        bases[i] = next;
        next += size(templates[i]);
        i += 1;
    }
    (bases, next)
}

/// Tells whether all atoms are those of the token itself, and among the first `limit`.
const fn within<const N: usize>(templates: &[&Parts; N], limit: usize) -> bool {
    let mut i = 0;
    while i < N {
        let mut p = 0;
        while p < templates[i].len() {
            if templates[i][p].1 != 0 || templates[i][p].0 as usize >= limit {
                return false;
            }
            p += 1;
        }
        i += 1;
    }
    true
}

/// Receives features, each with the place of its template in its table.
pub trait Sink {
    /// Takes a dense feature.
    fn dense(&mut self, template: usize, feature: u32);
    /// Takes a hashed feature.
    fn hashed(&mut self, template: usize, feature: u32);
}

macro_rules! templates {
    (
        $(#[doc = $doc:literal])+ $name:ident $count:ident $table:ident $bases:ident after $before:expr;
        $($($atom:ident $offset:literal)+;)*
    ) => {
        const $table: &[&Parts; [$([$(stringify!($atom)),+].len()),*].len()] =
            &[$(&[$((Atom::$atom, $offset)),+]),*];
        const $bases: ([u32; $table.len()], u32) = bases($table, $before);
        /// How many templates the table has.
        pub const $count: usize = $table.len();

        $(#[doc = $doc])+
        #[inline(always)]
        pub fn $name(window: &[Atoms; WINDOW], sink: &mut impl Sink) {
            let mut template = 0;
            $({
                const PARTS: &Parts = &[$((Atom::$atom, $offset)),+];
                if const { size(PARTS) > 0 } {
                    let mut place = 0;
                    $(
                        let value = window[(REACH as i8 + $offset) as usize][Atom::$atom as usize];
                        place = place * Atom::$atom.size() + value;
                    )+
                    sink.dense(template, $bases.0[template] + place);
                } else {
                    let values = [$(window[(REACH as i8 + $offset) as usize][Atom::$atom as usize]),+];
                    const { assert!(PARTS.len() <= FACTORS.len(), "a factor for each atom") };
                    sink.hashed(template, hash(const { seed(PARTS) }, &values));
                }
                template += 1;
            })*
            debug_assert_eq!(template, $table.len());
        }
    };
}

/// The facts of a word at the given offsets from the token.
pub const WORDS: &[(Fact, &[i8])] = &[
    (Fact::Word, &[-2, -1, 0, 1, 2]),
    (Fact::Stem, &[-1, 0, 1]),
    (Fact::Cue, &[-2, -1, 0, 1, 2]),
    (Fact::CueStem, &[-1, 0, 1]),
    (Fact::Suffix, &[0]),
    (Fact::Prefix, &[0]),
    (Fact::Lists, &[-1, 0, 1]),
    (Fact::Company, &[-2, -1, 0, 1, 2]),
];

/// How far from its word a fact is used.
pub const SPREAD: usize = 2;

/// For each line of [`WORDS`] its offsets as bits, the lowest for −[`SPREAD`].
const OFFSETS: [u8; WORDS.len()] = {
    let (mut bits, mut i) = ([0; WORDS.len()], 0);
    while i < WORDS.len() {
        let mut o = 0;
        while o < WORDS[i].1.len() {
            bits[i] |= 1 << (WORDS[i].1[o] + SPREAD as i8);
            o += 1;
        }
        i += 1;
    }
    bits
};

/// Calls `seen` with the features that a word gives the token `offset` places after it.
#[inline]
pub fn word(facts: &[u32; FACTS], offset: i8, mut seen: impl FnMut(u32)) {
    // A fact at −1 is that of the word before the token.
    let bit = 1 << (SPREAD as i8 - offset);
    for ((fact, _), offsets) in WORDS.iter().zip(OFFSETS) {
        let value = facts[*fact as usize];
        if value != 0 && offsets & bit != 0 {
            seen(hash(mix(mix(0x27d4_eb2f, *fact as u32), offset as u32), &[value]));
        }
    }
}

templates! {
    /// Gives the features that stay the same in a quotation and between two of them.
    still STILL_COUNT STILL_TABLE STILL_BASES after 0;
    QuotationLength 0 Place 0;
    QuotationLength 0 QuotationEnd 0;
    QuotationEnd 0 QuotationAfter 0;
    QuotationBefore 0 Place 0;
    QuotationAfter 0 Place 0;
    QuotationBefore 0 QuotationAfter 0;
    QuotationBefore 0 QuotationLength 0;
    QuotationAfter 0 QuotationLength 0;
    QuotationCues 0 Place 0;
    QuotationCues 0 QuotationLength 0 QuotationEnd 0;
    FirstWord 0 Place 0;
    Neighbours 0 Place 0;
    Paragraph 0 Place 0;
}

templates! {
    /// Gives the features that change at cues, commas and verbs.
    slow SLOW_COUNT SLOW_TABLE SLOW_BASES after STILL_BASES.1;
    Since 0 Place 0;
    Until 0 Place 0;
    Until 0 CueAheadWord 0;
    Until 0 Since 0 Place 0;
    Aside 0 Place 0;
    CueBackWord 0 CueAheadWord 0;
    CueBackWord 0 CueBackNext 0;
}

templates! {
    /// Gives the features that change with every token.
    quick QUICK_COUNT QUICK_TABLE QUICK_BASES after SLOW_BASES.1;
    Shape -2 Shape -1 Shape 0;
    Shape -1 Shape 0 Shape 1;
    Shape 0 Shape 1 Shape 2;
    Kind -1 Kind 0;
    Kind 0 Kind 1;
    Kind -3 Kind -2;
    Kind 2 Kind 3;
    Place -1 Place 0 Place 1;
    Place 0 Kind 0 Shape 0;
    Cue -1 Cue 0 Cue 1;
    Cue 0 Shape -1 Shape 1;
    Cue 0 Kind 1;
    CueBack 0 CueAhead 0 Place 0;
    CueBack 0 Kind 0;
    CueAhead 0 Kind 0;
    Position 0 Shape 0;
    Position 0 Left 0 Place 0;
    Paragraph 0 Position 0;
    Since 0 Left 0;
    Since 0 Kind 0;
    Kind -2 Kind -1 Kind 0;
    Kind -1 Kind 0 Kind 1;
    Cue 0 Kind -2 Kind -1;
    Company -1 Company 0;
    Company 0 Company 1;
    Company -2 Company -1 Company 0;
    Company 0 Company 1 Company 2 Company 3;
    Company 0 Since 0;
    Company -1 Since 0;
    Company 0 CueBackWord 0;
    Company 0 CueAheadWord 0;
    CueBackWord 0 CueBack 0;
    CueAheadWord 0 CueAhead 0;
    Since 0 Word -1;
    Until 0 Word 0;
    Paragraph 0 Word 0;
    Word -2 Word -1;
    Word -1 Word 0;
    Word 0 Word 1;
    Word 1 Word 2;
}

templates! {
    /// Gives the features of how the grammar reads the tokens.
    reading READING_COUNT READING_TABLE READING_BASES after QUICK_BASES.1;
    Reading -1 Reading 0 Reading 1;
    Reading 0 Rule 0;
    Reading -1 Reading 0 Rule 0;
    Reading 0 Place 0;
    Reading 0 Kind 0;
    Reading 0 Cue 0;
    Reading 0 Left 0;
    Reading 0 CueBack 0 CueAhead 0;
}

/// Tells whether the grammar reads something in a token or beside it.
#[inline]
#[must_use]
pub fn is_read(window: &[Atoms; WINDOW]) -> bool {
    let read = |at: usize| window[at][Atom::Reading as usize];
    read(REACH - 1) | read(REACH) | read(REACH + 1) != 0
}

/// How many dense features there are.
pub const DENSE: usize = READING_BASES.1 as usize;

templates! {
    /// Gives the contexts of the transition weights; all are dense. The first [`SLOW_CONTEXTS`] seldom change.
    contexts CONTEXTS_EACH CONTEXT_TABLE CONTEXT_BASES after 0;
    Place -1 Place 0;
    Reading -1 Reading 0;
    Since 0;
    CueBack 0 Left 0;
    Kind -1 Kind 0;
    Kind 0 Kind 1;
    Common 0;
    Common -1;
    Common 1;
}

/// How many contexts, the first ones, seldom change from token to token.
pub const SLOW_CONTEXTS: usize = 3;

/// How many contexts the transition weights have.
pub const CONTEXTS: usize = CONTEXT_BASES.1 as usize;

const _: () = {
    assert!(within(STILL_TABLE, STILL), "a template that is not still");
    assert!(within(SLOW_TABLE, SLOW), "a template that is not slow");
    let mut i = 0;
    while i < CONTEXT_TABLE.len() {
        assert!(size(CONTEXT_TABLE[i]) > 0, "contexts must be dense");
        i += 1;
    }
};

/// Returns a number that changes with the labels, the atoms and the templates: weights learned under another one
/// are of no use.
#[must_use]
pub const fn scheme_hash() -> u32 {
    const fn table<const N: usize>(mut h: u32, templates: &[&Parts; N]) -> u32 {
        let mut i = 0;
        while i < N {
            h = mix(mix(h, seed(templates[i])), size(templates[i]));
            i += 1;
        }
        h
    }
    let h = mix(mix(label::LABELS as u32, ATOMS as u32), FACTS as u32);
    let mut h = table(table(table(table(h, STILL_TABLE), SLOW_TABLE), QUICK_TABLE), CONTEXT_TABLE);
    h = table(h, READING_TABLE);
    let mut i = 0;
    while i < WORDS.len() {
        let mut o = 0;
        while o < WORDS[i].1.len() {
            h = mix(mix(h, WORDS[i].0 as u32), WORDS[i].1[o] as u32);
            o += 1;
        }
        i += 1;
    }
    h
}
