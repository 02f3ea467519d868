//! Makes `table.rs` from the lists; runs only in tests.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::perfect::{BLOCK, Key, LONG, group, key_of, slot};
use super::{Hash, LISTS};

/// Reads the lists into one entry a word, sorted: its bits and its lemma.
fn entries() -> BTreeMap<String, (u64, String)> {
    let mut words: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for (bit, (_, list)) in LISTS.iter().enumerate() {
        for line in list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (lemma, forms) = line.split_once(':').unwrap_or((line, ""));
            for form in core::iter::once(lemma).chain(forms.split_whitespace()) {
                let entry = words.entry(form.to_string()).or_insert((0, lemma.to_string()));
                entry.0 |= 1 << bit;
                // A form that is a lemma elsewhere ("found") keeps the lemma that differs from it ("find").
                if entry.1 == form {
                    entry.1 = lemma.to_string();
                }
            }
        }
    }
    words
}

/// Finds the move of each group of words, the largest groups first, while there is room, and the word of each slot.
fn perfect(words: &[&String]) -> (Vec<u16>, Vec<u16>) {
    let none =
        u16::try_from(words.len()).ok().filter(|n| *n < u16::MAX).expect("more words than a slot can tell");
    // A fourth more slots than words at least, four to a group.
    let slot_bits = (words.len() * 5 / 4).next_power_of_two().trailing_zeros();
    let group_bits = slot_bits - 2;
    let mut groups = vec![Vec::new(); 1 << group_bits];
    for (word, place) in words.iter().zip(0u16..) {
        let spread = key_of(word).spread();
        groups[group(spread, group_bits)].push((spread, place));
    }
    let (mut moves, mut places) = (vec![0; groups.len()], vec![none; 1 << slot_bits]);
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|group| core::cmp::Reverse(groups[*group].len()));
    for at in order {
        let slots = |moved| groups[at].iter().map(move |(spread, _)| slot(*spread, moved, slot_bits));
        let fits = |moved: &u16| {
            let mut taken: Vec<usize> = slots(*moved).collect();
            taken.sort_unstable();
            taken.windows(2).all(|pair| pair[0] != pair[1]) && taken.iter().all(|slot| places[*slot] == none)
        };
        // Only two words with one spread come to this: give it another factor.
        let moved = (0..u16::MAX).find(fits).expect("no room for a group of words");
        moves[at] = moved;
        for (slot, (_, place)) in slots(moved).zip(&groups[at]) {
            places[slot] = *place;
        }
    }
    (moves, places)
}

fn table() -> String {
    let words = entries();
    let places: Vec<&String> = words.keys().collect();
    let mut out = String::from(
        "//! Generated from `lists/*.txt`; do not edit.\n//! Anew: `PULLQUOTE_BLESS=1 cargo test -p pullquote lexicon`.\n\n",
    );
    out += "use super::perfect::Entry;\n\n";
    let rows = words.len() + 1;
    out += &format!(
        "/// What each word is, and what a word of no list is.\n#[rustfmt::skip]\npub(super) static ENTRIES: [Entry; {rows}] = [\n"
    );
    for (word, (class, lemma)) in &words {
        let Key(first, second) = if word.len() <= 16 { key_of(word) } else { LONG };
        let lemma = places.binary_search(&lemma).expect("a lemma is a word of its own list");
        let hash = Hash::of(word).0;
        out +=
            &format!("    Entry::new({first:#x}, {second:#x}, {class:#x}, {hash:#x}, {lemma}), // {word}\n");
    }
    let (Key(first, second), hash) = (LONG, Hash::START.0);
    out += &format!("    Entry::new({first:#x}, {second:#x}, 0, {hash:#x}, 0),\n];\n");
    // A table of texts would hold two numbers for each, and one that the loader has to set when the program starts.
    out += "\n/// The letters of all words, one after the other.\npub(super) static LETTERS: &str = \"\\\n";
    words.keys().for_each(|word| out += &format!("{word}\\\n"));
    out += "\";\n";
    let ends = words.keys().scan(0, |end, word| {
        *end += word.len();
        Some(*end)
    });
    let starts: Vec<usize> = core::iter::once(0).chain(ends).collect();
    let bases: Vec<usize> = starts.iter().copied().step_by(BLOCK).collect();
    let steps: Vec<usize> = starts.iter().enumerate().map(|(i, start)| start - bases[i / BLOCK]).collect();
    out += &numbers("Where the first word of each block starts in [`LETTERS`]", "BLOCKS", "u32", &bases);
    out += &numbers("How far behind that each word starts, and where the last ends", "STARTS", "u16", &steps);
    let (moves, slots) = perfect(&places);
    out += &numbers("The move of each group of words", "MOVES", "u16", &moves);
    out + &numbers("The word in each slot", "PLACES", "u16", &slots)
}

fn numbers<N: ToString>(what: &str, name: &str, of: &str, numbers: &[N]) -> String {
    let len = numbers.len();
    let mut out = format!("\n/// {what}.\n#[rustfmt::skip]\npub(super) static {name}: [{of}; {len}] = [\n");
    for row in numbers.chunks(16) {
        let row: Vec<String> = row.iter().map(N::to_string).collect();
        out += &format!("    {},\n", row.join(", "));
    }
    out + "];\n"
}

/// Checks that a generated file is as it would be made now, or writes it when asked to.
pub(super) fn agrees(file: &str, made: &str) {
    extern crate std;
    let path = format!("{}/src/lexicon/{file}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("PULLQUOTE_BLESS").is_some() {
        std::fs::write(&path, made).expect("a generated file can be written");
    }
    let committed = std::fs::read_to_string(&path).expect("a generated file can be read");
    assert!(
        committed == made,
        "lexicon/{file} is older than the lists; run PULLQUOTE_BLESS=1 cargo test -p pullquote lexicon"
    );
}

#[test]
fn table_agrees_with_the_lists() {
    agrees("table.rs", &table());
}

#[test]
fn lists_are_sorted_lower_case_and_without_repeats() {
    for (name, list) in LISTS {
        let lines: Vec<&str> = list.lines().filter(|l| !l.starts_with('#')).collect();
        for pair in lines.windows(2) {
            assert!(pair[0] < pair[1], "{name}: {:?} must come before {:?}", pair[0], pair[1]);
        }
        for line in lines {
            assert_eq!(line, line.to_ascii_lowercase(), "{name}");
        }
    }
}
