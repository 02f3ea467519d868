//! Makes `terms_table.rs` from the lists; runs only in tests.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::Hash;
use super::terms::{ALL, FREE, Starts, place};

/// How many words of 64 bits keep the words of all lists of the frame apart: there are some five thousand.
const VOCABULARY_WORDS: usize = 1024;

/// How many words of 64 bits keep the lines of a list apart, at eight to sixteen bits a line.
fn words_for(list: &str) -> usize {
    ((list.matches('\n').count() + 1) * 8).next_power_of_two().div_ceil(64)
}

/// Puts the start of each line into a slot; a fifth of the slots stay free at least, so that a search ends soon.
fn slots(list: &str) -> Vec<u16> {
    let lines = list.matches('\n').count() + 1;
    let mut slots = vec![FREE; (lines * 5 / 4 + 1).next_power_of_two()];
    for line in list.lines() {
        let start = line.as_ptr() as usize - list.as_ptr() as usize;
        let mut slot = Hash::of(line).slot(slots.len().trailing_zeros());
        while slots[slot] != FREE {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = u16::try_from(start).ok().filter(|s| *s != FREE).expect("a list is too long");
    }
    slots
}

/// Sets a bit for each of some words.
fn bits<'l>(words: impl Iterator<Item = &'l str>, length: usize) -> Vec<u64> {
    let mut bits = vec![0; length];
    for text in words {
        let (word, bit) = place(Hash::of(text), length);
        bits[word] |= bit;
    }
    bits
}

/// The letters and digits that a line starts with.
fn first_word(line: &str) -> &str {
    &line[..line.bytes().take_while(u8::is_ascii_alphanumeric).count()]
}

fn starts(list: &str) -> Starts {
    let mut starts = Starts { one: [0; 4], three: [0; 32] };
    for line in list.lines() {
        if let Some(a) = line.bytes().next() {
            starts.one[usize::from(a >> 6)] |= 1 << (a & 63);
        }
        if let [a, b, c, ..] = *line.as_bytes() {
            let (word, bit) = Starts::bit(a, b, c);
            starts.three[word] |= bit;
        }
    }
    starts
}

fn numbers(of: &[u64]) -> String {
    let numbers: Vec<String> = of.iter().map(|n| format!("{n:#x}")).collect();
    numbers.join(", ")
}

fn table() -> String {
    let mut out = String::from(
        "//! Generated from `lists/*.txt`; do not edit.\n//! Anew: `PULLQUOTE_BLESS=1 cargo test -p pullquote lexicon`.\n\n\
         use super::terms::{Starts, Table};\n\n",
    );
    out += &format!(
        "/// What is generated from each list.\n#[rustfmt::skip]\npub(super) static TABLES: [Table; {}] = [\n",
        ALL.len()
    );
    for (name, list) in ALL {
        let text = list.text();
        let Starts { one, three } = starts(text);
        let words = words_for(text);
        let whole = bits(text.lines(), words);
        let firsts = bits(text.lines().map(first_word), words);
        let longer =
            bits(text.lines().map(|l| (l, first_word(l))).filter(|(l, f)| l != f).map(|(_, f)| f), words);
        let longest = text.lines().filter(|l| !l.starts_with('#')).map(str::len).max().unwrap_or(0);
        let slots: Vec<String> = slots(text).iter().map(u16::to_string).collect();
        out += &format!("    // {name}\n    Table {{\n");
        out += &format!(
            "        starts: Starts {{ one: [{}], three: [{}] }},\n",
            numbers(&one),
            numbers(&three)
        );
        out += &format!("        slots: &[{}],\n        longest: {longest},\n", slots.join(", "));
        out += &format!("        whole: &[{}],\n", numbers(&whole));
        out += &format!("        firsts: &[{}],\n", numbers(&firsts));
        out += &format!("        longer: &[{}],\n    }},\n", numbers(&longer));
    }
    let frame = ALL.iter().filter(|(name, _)| name.starts_with("frame_"));
    let lines = frame.flat_map(|(_, list)| list.text().lines()).filter(|l| !l.starts_with('#'));
    let words = lines.flat_map(|l| l.split(|c: char| !c.is_ascii_alphanumeric()));
    let vocabulary = bits(words, VOCABULARY_WORDS);
    out += &format!(
        "];\n\n/// A bit for each word of the lists of the frame, by its hash.\n#[rustfmt::skip]\npub(super) static VOCABULARY: [u64; {VOCABULARY_WORDS}] = [\n"
    );
    for row in vocabulary.chunks(8) {
        out += &format!("    {},\n", numbers(row));
    }
    out + "];\n"
}

#[test]
fn terms_table_agrees_with_the_lists() {
    super::generate::agrees("terms_table.rs", &table());
}
