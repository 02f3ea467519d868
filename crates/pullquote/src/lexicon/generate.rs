//! Makes `table.rs` from the lists; runs only in tests.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::LISTS;

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

fn table() -> String {
    let words = entries();
    let places: Vec<&String> = words.keys().collect();
    assert!(words.len() < usize::from(u16::MAX), "more than 65,534 words: widen the slots");
    let mut out = String::from(
        "//! Generated from `lists/*.txt`; do not edit.\n//! Anew: `PULLQUOTE_BLESS=1 cargo test -p pullquote lexicon`.\n\n",
    );
    out += &format!("#[rustfmt::skip]\npub(super) static WORDS: [(&str, u64, u16); {}] = [\n", words.len());
    for (word, (class, lemma)) in &words {
        let lemma = places.binary_search(&lemma).expect("a lemma is a word of its own list");
        out += &format!("    ({word:?}, {class:#x}, {lemma}),\n");
    }
    out + "];\n"
}

#[test]
fn table_agrees_with_the_lists() {
    extern crate std;
    let made = table();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lexicon/table.rs");
    if std::env::var_os("PULLQUOTE_BLESS").is_some() {
        std::fs::write(path, &made).expect("table.rs can be written");
    }
    let committed = std::fs::read_to_string(path).expect("table.rs can be read");
    assert!(
        committed == made,
        "lexicon/table.rs is older than the lists; run PULLQUOTE_BLESS=1 cargo test -p pullquote lexicon"
    );
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
