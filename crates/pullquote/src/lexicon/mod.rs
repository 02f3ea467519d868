//! Word lists: text files under `lists/`, and the table made from them.
//!
//! One look-up answers all there is to know of a word: every list is one bit of its [`Class`], and the
//! forms of a verb lead to its lemma. The files are the source of truth; `table.rs` is generated from them
//! and committed, and a test here fails when the two disagree. To add a word, add a line to a list and run
//! `PULLQUOTE_BLESS=1 cargo test -p pullquote lexicon`.
//!
//! Phrases of several words have lists and tables of their own: see `phrase.rs` and `terms.rs`.
//!
//! A line is a word, or `lemma: form form …`. Lower case only; `#` starts a comment line.

mod perfect;
pub(crate) mod phrase;
mod phrase_table;
pub(crate) mod sieve;
mod table;
pub(crate) mod terms;
mod terms_table;

#[cfg(test)]
mod generate;
#[cfg(test)]
mod terms_generate;

/// Declares the lists: one line each, its order is its bit.
macro_rules! lists {
    ($($name:ident $file:literal;)*) => {
        /// Names the lists in the order of their bits.
        #[cfg(test)]
        const LISTS: &[(&str, &str)] = &[$(($file, include_str!(concat!("lists/", $file, ".txt"))),)*];

        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($name,)* }

        #[allow(dead_code)]
        impl Class {
            $(#[doc = concat!("The words of `lists/", $file, ".txt`.")]
              pub(crate) const $name: Class = Class(1 << Bit::$name as u32);)*
        }
    };
}

/// Tells which lists a word stands in: a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(pub(crate) u64);

lists! {
    CUE_SAY "cue_say";
    CUE_TELL "cue_tell";
    CUE_ASK "cue_ask";
    CUE_WRITE "cue_write";
    CUE_CLAIM "cue_claim";
    CUE_DENY "cue_deny";
    CUE_PROMISE "cue_promise";
    CUE_JUDGE "cue_judge";
    CUE_LABEL "cue_label";
    CUE_MANNER "cue_manner";
    CUE_THINK "cue_think";
    CUE_WANT "cue_want";
    CUE_EVIDENCE "cue_evidence";
    DECLINE "decline";
    AUXILIARY "auxiliary";
    NEGATION "negation";
    PRONOUN_HE "pronoun_he";
    PRONOUN_SHE "pronoun_she";
    PRONOUN_THEY "pronoun_they";
    PRONOUN_IT "pronoun_it";
    PRONOUN_FIRST "pronoun_first";
    PRONOUN_SECOND "pronoun_second";
    PRONOUN_OTHER "pronoun_other";
    PRONOUN_SUBJECT "pronoun_subject";
    DETERMINER "determiner";
    POSSESSIVE "possessive";
    PREPOSITION "preposition";
    CONJUNCTION "conjunction";
    WH_WORD "wh_word";
    ADVERB "adverb";
    MONTH "month";
    WEEKDAY "weekday";
    NUMBER_WORD "number_word";
    HONORIFIC_HE "honorific_he";
    HONORIFIC_SHE "honorific_she";
    HONORIFIC "honorific";
    PARTICLE "particle";
    SUFFIX "suffix";
    CREDENTIAL "credential";
    ABBREVIATION "abbreviation";
    KIN_HE "kin_he";
    KIN_SHE "kin_she";
    ROLE "role";
    GROUP "group";
    BODY "body";
    DOCUMENT "document";
    MEDIUM "medium";
    NOUN_CUE "noun_cue";
    FIRST_HE "first_he";
    FIRST_SHE "first_she";
    FIRST_BOTH "first_both";
    ELISION "elision";
    CUE_PHRASAL "cue_phrasal";
    CUE_PARTICLE "cue_particle";
    CUE_LEAD "cue_lead";
    DATE_WORD "date_word";
    PRESS "press";
    CUE_BARE "cue_bare";
    CUE_ADDRESS "cue_address";
    NOBLE "noble";
    GENERIC "generic";
    LEAD "lead";
    STANCE "stance";
}

impl Class {
    /// The word is in no list.
    pub(crate) const NONE: Class = Class(0);

    /// Tells whether the word stands in any of the lists of `other`.
    pub(crate) const fn any(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Keeps the lists of `other` only.
    pub(crate) const fn and(self, other: Class) -> Class {
        Class(self.0 & other.0)
    }

    /// Takes the lists of `other` out of the set.
    pub(crate) const fn without(self, other: Class) -> Class {
        Class(self.0 & !other.0)
    }

    /// Joins two sets of lists.
    pub(crate) const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// What the table knows of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Word {
    /// The lists it stands in.
    pub(crate) class: Class,
    /// The place of its lemma in the table (its own for most words).
    pub(crate) lemma: u16,
}

/// A hash that is fed lower-case ASCII bytes one by one (FNV-1a, 32 bits), so that the token loop can
/// compute it while it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Hash(pub(crate) u32);

impl Hash {
    pub(crate) const START: Hash = Hash(0x811c_9dc5);

    #[inline]
    pub(crate) const fn push(self, byte: u8) -> Hash {
        Hash((self.0 ^ byte.to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193))
    }

    /// Does what [`Hash::push`] does to a byte that is no upper-case letter.
    #[inline]
    pub(crate) const fn push_lower(self, byte: u8) -> Hash {
        Hash((self.0 ^ byte as u32).wrapping_mul(0x0100_0193))
    }

    /// Hashes a whole word.
    pub(crate) const fn of(word: &str) -> Hash {
        let (bytes, mut hash, mut i) = (word.as_bytes(), Hash::START, 0);
        while i < bytes.len() {
            hash = hash.push(bytes[i]);
            i += 1;
        }
        hash
    }

    /// Hashes several words.
    pub(crate) const fn of_all<const N: usize>(words: [&str; N]) -> [Hash; N] {
        let (mut hashes, mut i) = ([Hash::START; N], 0);
        while i < N {
            hashes[i] = Hash::of(words[i]);
            i += 1;
        }
        hashes
    }

    /// Spreads the hash over a table of `1 << bits` slots.
    #[inline]
    const fn slot(self, bits: u32) -> usize {
        (self.0.wrapping_mul(0x9e37_79b9) >> (32 - bits)) as usize
    }
}

/// Letters and digits of ASCII in lower case; 0 for every other byte.
pub(crate) static FOLD: [u8; 256] = {
    let (mut fold, mut byte) = ([0; 256], 0);
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            fold[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    fold
};

/// Looks a word up, whatever its case (ASCII). Constant time.
pub(crate) fn look_up(word: &str) -> Option<Word> {
    perfect::is(perfect::place(perfect::key_of(word)), word)
}

pub(crate) use perfect::{Key, LOWER, look_up_key};

/// Returns the class of a word, [`Class::NONE`] for one that is in no list.
pub(crate) fn class(word: &str) -> Class {
    look_up(word).map_or(Class::NONE, |w| w.class)
}

/// Returns the text of a lemma.
pub(crate) fn lemma(place: u16) -> &'static str {
    perfect::word(place as usize).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        assert!(class("SAID").any(Class::CUE_SAY));
        assert!(class("Mrs").any(Class::HONORIFIC_SHE) && class("Mrs").any(Class::ABBREVIATION));
        assert_eq!(class("zymurgist"), Class::NONE);
        assert_eq!(lemma(look_up("telling").unwrap().lemma), "tell");
    }
}
