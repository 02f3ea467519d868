//! How fast each stage is on its own, in bytes of the text a second. Run: `cargo bench --bench stages`
//!
//! Each stage is given what the stages before it found. `untagged` is all of them together but the learned one.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::stages::Stages;

/// A name, and what one run does with a text.
type Stage = (&'static str, fn(&Stages<'_>) -> usize);

const STAGES: &[Stage] = &[
    ("blocks", |s| s.blocks()),
    ("classify", |s| s.classify()),
    ("words", |s| s.words() as usize),
    ("tokens", |s| s.tokens()),
    ("quotations", |s| s.quotations()),
    ("grammar", |s| s.grammar()),
    ("model", |s| s.model()),
    ("speakers", |s| s.speakers()),
    ("untagged", |s| s.untagged()),
];

fn stages(c: &mut Criterion) {
    let texts = corpus::news(1 << 19);
    let read: Vec<Stages<'_>> = texts.iter().map(|text| Stages::new(text)).collect();
    assert!(read.iter().all(|s| s.classify() > 10 && s.quotations() > 2), "every article is read");
    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2)).sample_size(10);
    group.bench_function("split_whitespace", |b| {
        b.iter(|| texts.iter().map(|text| black_box(text).split_whitespace().count()).sum::<usize>());
    });
    for (name, stage) in STAGES {
        group.bench_function(*name, |b| {
            b.iter(|| read.iter().map(|s| stage(black_box(s))).sum::<usize>());
        });
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
