//! What other crates do with the same text, each a part of what is read here. Run: `cargo bench --bench peers`
//!
//! A peer's name holds its version; `Cargo.toml` fixes it. `sentencex` is left out: it brings a command line and
//! a regular expression engine, and needs a newer compiler than this workspace.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_segmenter::{SentenceSegmenter, WordSegmenter};
use pullquote::{Parser, PersonName, Workspace, stages};
use unicode_segmentation::UnicodeSegmentation as _;

fn text(c: &mut Criterion) {
    let texts = corpus::news(1 << 18);
    let mut group = c.benchmark_group("peers");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2)).sample_size(10);
    let mut run = |name: &str, mut read: Box<dyn FnMut(&str) -> usize>| {
        group.bench_function(name, |b| {
            b.iter(|| texts.iter().map(|text| read(black_box(text))).sum::<usize>());
        });
    };
    run("std split_whitespace", Box::new(|t| t.split_whitespace().count()));
    run("unicode-segmentation 1.13.3 words", Box::new(|t| t.unicode_words().count()));
    run("unicode-segmentation 1.13.3 sentences", Box::new(|t| t.unicode_sentences().count()));
    let words = WordSegmenter::new_auto(Default::default());
    run("icu_segmenter 2.4.0 words", Box::new(move |t| words.segment_str(t).count()));
    let sentences = SentenceSegmenter::new(Default::default());
    run("icu_segmenter 2.4.0 sentences", Box::new(move |t| sentences.segment_str(t).count()));
    let options = estimated_read_time::Options::new().build().unwrap_or_default();
    run(
        "estimated_read_time 1.0.0",
        Box::new(move |t| estimated_read_time::text(t, &options).seconds() as usize),
    );
    let mut workspace = Workspace::new();
    run(
        "pullquote frame and read time",
        Box::new(move |t| {
            let article = Parser::new().quotes(false).parse_into(t, &mut workspace);
            let words = article.read_time().words() as usize;
            workspace.recycle(article);
            words
        }),
    );
    let mut workspace = Workspace::new();
    run(
        "pullquote sentences and quotations",
        Box::new(move |t| {
            let article = stages::quotations(t, &mut workspace);
            let found = article.sentences().len();
            workspace.recycle(article);
            found
        }),
    );
    group.finish();
}

fn names(c: &mut Criterion) {
    let texts = corpus::news(1 << 18);
    let names: Vec<String> = texts
        .iter()
        .filter_map(|text| pullquote::parse(text).byline().map(|b| b.authors()[0].name().as_str().to_owned()))
        .collect();
    assert!(names.len() > 30, "the articles are signed");
    let mut group = c.benchmark_group("peers of names");
    group.throughput(Throughput::Bytes(names.iter().map(|name| name.len() as u64).sum()));
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2)).sample_size(10);
    group.bench_function("human_name 2.0.4", |b| {
        b.iter(|| names.iter().filter(|name| human_name::Name::parse(black_box(name)).is_some()).count());
    });
    group.bench_function("pullquote PersonName", |b| {
        b.iter(|| names.iter().filter(|name| black_box(name).parse::<PersonName>().is_ok()).count());
    });
    group.finish();
}

criterion_group!(benches, text, names);
criterion_main!(benches);
