//! Text that nobody writes, read in bytes a second, to show that time stays linear. Run:
//! `cargo bench --bench pathological`
//!
//! `normal` is our own articles, each parsed on its own; every other text must be within 4 times of its
//! time a byte.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};

/// The size of the texts that are measured by their size, in bytes.
const MEGABYTE: usize = 1 << 20;

/// Repeats `piece` up to `size` bytes.
fn filled(piece: &str, size: usize) -> String {
    piece.repeat(size.div_ceil(piece.len()))
}

/// Makes a name out of a number: "Babe Dodu", the same number the same name.
fn name(number: usize) -> String {
    let syllable = |n: usize| {
        let (consonants, vowels) = (b"bdfgklmnprstvz", b"aeiou");
        let n = n % (consonants.len() * vowels.len());
        [char::from(consonants[n / vowels.len()]), char::from(vowels[n % vowels.len()])]
    };
    let word = |n: usize| -> String {
        let mut letters: String = syllable(n).into_iter().chain(syllable(n / 70)).collect();
        letters[..1].make_ascii_uppercase();
        letters
    };
    format!("{} {}", word(number), word(number / 140 + number * 7))
}

/// All texts with their names.
fn texts() -> Vec<(&'static str, String)> {
    let sentence = "The pier was closed on Monday, said Ada Roe, and “nobody” knew why it was so cold. ";
    let names: String = (0..20_000).fold(String::new(), |mut out, n| {
        let end = if n % 5 == 4 { "\n\n" } else { " " };
        let _ = write!(out, "“We are late,” said {} on Monday.{end}", name(n));
        out
    });
    let nested: String = (0..10_000).map(|n| if n % 2 == 0 { "“a " } else { "‘b " }).collect();
    vec![
        ("one_paragraph", filled(sentence, MEGABYTE)),
        ("marks", "\" ".repeat(100_000)),
        ("glued_marks", "\"".repeat(100_000)),
        ("single_marks", "'a ".repeat(100_000)),
        ("unclosed_marks", "“We are late and cold ".repeat(10_000)),
        ("unclosed_paragraphs", "“We are late and cold\n\n".repeat(10_000)),
        ("unclosed_then_singles", format!("“We are {}", "late,’ cold ‘and ".repeat(20_000))),
        ("nested", nested),
        ("no_line_end_or_space", "abcdefg".repeat(MEGABYTE / 7)),
        ("no_space_but_marks", "abc”d“efg".repeat(MEGABYTE / 13)),
        ("names", names),
        ("short_blocks", "Nobody waved at Roe.\n".repeat(50_000)),
        ("spaced_stops", format!("Roe left{}", " .".repeat(MEGABYTE / 2))),
        ("quoted_blocks", "“Go,” she said.\n\n".repeat(50_000)),
        ("speakers_in_one_paragraph", filled("“Go,” said Ada Roe. “No,” said Ian Poole. ", MEGABYTE)),
    ]
}

fn pathological(c: &mut Criterion) {
    let mut group = c.benchmark_group("pathological");
    group.warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1)).sample_size(10);
    // Some texts take a tenth of a second: each sample is one run of them.
    group.sampling_mode(SamplingMode::Flat);
    let articles = corpus::examples();
    group.throughput(Throughput::Bytes(articles.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("normal", |b| {
        b.iter(|| {
            for text in &articles {
                black_box(pullquote::parse(black_box(text)));
            }
        });
    });
    for (name, text) in texts() {
        let article = pullquote::parse(&text);
        assert!(!article.blocks().is_empty(), "{name} is read");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| b.iter(|| black_box(pullquote::parse(black_box(&text)))));
    }
    group.finish();
}

criterion_group!(benches, pathological);
criterion_main!(benches);
