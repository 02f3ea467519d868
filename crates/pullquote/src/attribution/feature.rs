//! The features of the tagger: one table, read by training and by parsing.
//!
//! A [`Template`] joins atoms of nearby tokens into one number, the feature, under which the weights are filed.
//! A template with an atom that has nothing to say gives no feature. To try a feature, add a line to
//! [`FIRST`] or [`SECOND`] and train anew: the scheme's hash changes, so old weights are refused.

use super::atom::{ATOMS, Atom, Atoms, BORDER};
use super::label;

/// Joins atoms of nearby tokens into one feature.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    parts: &'static [(Atom, i8)],
    seed: u32,
}

const fn mix(h: u32, v: u32) -> u32 {
    let h = (h ^ v).wrapping_mul(0x9e37_79b1);
    h ^ (h >> 15)
}

impl Template {
    const fn new(parts: &'static [(Atom, i8)]) -> Template {
        // The seed names the template, so that the order of the table does not matter.
        let (mut seed, mut i) = (0x5bd1_e995, 0);
        while i < parts.len() {
            seed = mix(mix(seed, parts[i].0 as u32 + 1), parts[i].1 as u32);
            i += 1;
        }
        Template { parts, seed }
    }

    /// Returns the feature of token `at`, if the template has something to say.
    #[inline]
    #[must_use]
    pub fn feature(&self, atoms: &[Atoms], at: usize) -> Option<u32> {
        let mut h = self.seed;
        for &(atom, offset) in self.parts {
            let value = match atoms.get(at.wrapping_add_signed(offset as isize)) {
                Some(values) => values[atom as usize],
                None => BORDER,
            };
            if value == 0 {
                return None;
            }
            h = mix(h, value);
        }
        let h = h.wrapping_mul(0x85eb_ca6b);
        Some(h ^ (h >> 13))
    }
}

macro_rules! templates {
    ($($($atom:ident $offset:literal)+;)*) => {
        &[$(Template::new(&[$((Atom::$atom, $offset)),+])),*]
    };
}

/// The templates of both passes.
pub const FIRST: &[Template] = templates! {
    Word -2;
    Word -1;
    Word 0;
    Word 1;
    Word 2;
    Word -2 Word -1;
    Word -1 Word 0;
    Word 0 Word 1;
    Word 1 Word 2;
    Word -1 Word 1;
    Shape -1;
    Shape 0;
    Shape 1;
    Shape -1 Shape 0 Shape 1;
    Shape -2 Shape -1 Shape 0;
    Shape 0 Shape 1 Shape 2;
    Suffix 0;
    Prefix 0;
    Lists -1;
    Lists 0;
    Lists 1;
    Lists -1 Lists 0;
    Lists 0 Lists 1;
    Kind -2 Kind -1 Kind 0;
    Kind -1 Kind 0 Kind 1;
    Kind 0 Kind 1 Kind 2;
    Kind -1 Kind 0;
    Kind 0 Kind 1;
    Place -1 Place 0 Place 1;
    Place 0 Word 0;
    Place 0 Word -1;
    Place 0 Word 1;
    Place 0 Shape 0;
    Place 0 Kind 0;
    QuotationLength 0 Place 0;
    QuotationLength 0 QuotationEnd 0;
    QuotationEnd 0 QuotationAfter 0;
    QuotationBefore 0;
    QuotationAfter 0;
    QuotationBefore 0 QuotationAfter 0;
    QuotationBefore 0 QuotationLength 0;
    QuotationAfter 0 QuotationLength 0;
    QuotationCues 0;
    QuotationCues 0 QuotationLength 0 QuotationEnd 0;
    Stem -1;
    Stem 0;
    Stem 1;
    Stem 0 Place 0;
    Stem 0 Kind -1;
    Stem 0 Kind 1;
    Stem 0 Word 1;
    Stem 0 Company -1;
    Stem 0 Company 1;
    CueStem -1;
    CueStem 0;
    CueStem 1;
    CueStem 0 Kind -1 Kind 1;
    CueStem 0 Company -1 Company 1;
    CueStem 0 Suffix 0;
    Company -2;
    Company -1;
    Company 0;
    Company 1;
    Company 2;
    Company -1 Company 0;
    Company 0 Company 1;
    Company -2 Company -1 Company 0;
    Company -1 Company 0 Company 1;
    Company 0 Company 1 Company 2;
    Company -2 Company -1 Company 0 Company 1;
    Company 0 Company 1 Company 2 Company 3;
    Company 0 Since 0;
    Company -1 Since 0;
    Company 0 CueBackWord 0;
    Company 0 CueAheadWord 0;
    Aside 0;
    Aside 0 CueBack 0;
    Aside 0 Word 0;
    Word -1 Word 0 Word 1;
    Kind -1 Kind 0 Kind 1 Kind 2;
    Cue -2;
    Cue -1;
    Cue 0;
    Cue 1;
    Cue 2;
    Cue -1 Cue 0 Cue 1;
    Cue 0 Word -1;
    Cue 0 Word 1;
    Cue 0 Shape -1 Shape 1;
    Cue 0 Kind -1;
    Cue 0 Kind 1;
    Cue 0 Kind -1 Kind 1;
    Cue 0 Kind -2 Kind -1;
    CueBack 0 Place 0;
    CueAhead 0 Place 0;
    CueBack 0 CueAhead 0 Place 0;
    CueBack 0 Word 0;
    CueAhead 0 Word 0;
    CueBack 0 Kind 0;
    CueAhead 0 Kind 0;
    CueBackWord 0 Place 0;
    CueAheadWord 0 Place 0;
    CueBackWord 0 CueBack 0;
    CueAheadWord 0 CueAhead 0;
    CueBackWord 0 CueAheadWord 0;
    CueBackWord 0 CueBackNext 0 Place 0;
    CueAheadWord 0 CueAheadPrevious 0 Place 0;
    CueBackNext 0 Place 0;
    CueAheadPrevious 0 Place 0;
    Since 0 Place 0;
    Since 0 CueBack 0;
    Since 0 CueBackWord 0;
    Since 0 CueBackNext 0;
    Since 0 Word 0;
    Since 0 Word -1;
    Since 0 Kind 0;
    Since 0 CueAhead 0;
    Since 0 Left 0;
    Until 0 Place 0;
    Until 0 CueAhead 0;
    Until 0 CueAheadWord 0;
    Until 0 Word 0;
    Until 0 CueBack 0;
    Until 0 Since 0 Place 0;
    Position 0 Place 0;
    Position 0 Shape 0;
    Left 0 Place 0;
    Left 0 Word 0;
    FirstWord 0 Place 0;
    FirstWord 0 Position 0;
    FirstWord 0 CueBack 0;
    Neighbours 0 Place 0;
    Neighbours 0 CueBack 0 CueAhead 0;
    Paragraph 0 Place 0;
    Paragraph 0 Position 0;
    Paragraph 0 CueBack 0 CueAhead 0;
    Paragraph 0 Word 0;
    Reading -1;
    Reading 0;
    Reading 1;
    Reading -1 Reading 0;
    Reading 0 Reading 1;
    Reading -1 Reading 0 Reading 1;
    Reading 0 Rule 0;
    Reading -1 Reading 0 Rule 0;
    Reading 0 Word 0;
    Reading 0 Place 0;
    Reading 0 Kind 0;
    Reading 0 Cue 0;
    Reading 0 Left 0;
    Reading 0 CueBack 0 CueAhead 0;
    Reading 0 CueBackWord 0;
    Reading 0 CueAheadWord 0;
};

/// The templates that only the second pass has: they read the labels of the first.
pub const SECOND: &[Template] = templates! {
    Label -3;
    Label -2;
    Label -1;
    Label 0;
    Label 1;
    Label 2;
    Label 3;
    Label -1 Label 0;
    Label 0 Label 1;
    Label -1 Label 0 Label 1;
    Label -2 Label -1 Label 0 Label 1 Label 2;
    Label 0 Word 0;
    Label 0 Word -1;
    Label 0 Word 1;
    Label -1 Word 0;
    Label 1 Word 0;
    Label 0 Place 0;
    Label 0 Kind -1 Kind 0 Kind 1;
    Label 0 Cue 0;
    Label 0 Reading 0;
    Label -1 Label 0 Reading -1 Reading 0;
    FoundCueBack 0 Place 0;
    FoundCueAhead 0 Place 0;
    FoundCueBack 0 FoundCueAhead 0;
    FoundCueBack 0 FoundCueAhead 0 Label 0;
    FoundCueBackWord 0 Label 0;
    FoundCueAheadWord 0 Label 0;
    FoundCueBackWord 0 FoundCueBack 0;
    FoundCueAheadWord 0 FoundCueAhead 0;
    FoundSourceBack 0 Label 0;
    FoundSourceAhead 0 Label 0;
    FoundSourceBack 0 FoundCueBack 0;
    FoundSourceAhead 0 FoundCueAhead 0;
    FoundContentBack 0 Label 0;
    FoundContentAhead 0 Label 0;
    FoundContentBack 0 FoundCueBack 0;
    FoundContentAhead 0 FoundCueAhead 0;
    FoundContentBack 0 FoundContentAhead 0 Label 0;
    Order 0;
    Order 0 Place 0;
    Order 0 Label 0;
    Order 0 Word 0;
    Order 0 Kind 0;
    Around 0;
    Around 0 Label 0;
    Around 0 Word 0;
    Around 0 Word -1;
    Around 0 Since 0;
    Share 0 Label 0;
    Share 0 Place 0;
    QuotationShare 0 Label 0;
    QuotationShare 0 QuotationLength 0;
    Extent 0 Label 0;
    Extent 0 Place 0;
    Extent 0 Word 0;
    Beside 0 Label 0;
    Beside 0 Place 0;
    Beside 0 Paragraph 0;
};

/// The contexts of the transition weights: what stands where one label gives way to the next.
pub const EDGES: &[Template] = templates! {
    Place 0;
    Place -1 Place 0;
    Kind -1 Kind 0;
    Kind 0 Kind 1;
    Word 0;
    Word -1;
    Word 1;
    CueBack 0;
    Since 0;
    Left 0;
    Reading -1 Reading 0;
};

/// Returns a number that changes with the labels, the atoms' numbers and the templates: weights learned under
/// another one are of no use.
#[must_use]
pub const fn scheme_hash() -> u32 {
    let tables = [FIRST, SECOND, EDGES];
    let (mut h, mut t) = (mix(label::LABELS as u32, ATOMS as u32), 0);
    while t < tables.len() {
        let mut i = 0;
        while i < tables[t].len() {
            h = mix(h, tables[t][i].seed);
            i += 1;
        }
        t += 1;
    }
    h
}
