//! How fast articles are read, in bytes a second. Run: `cargo bench --bench parse`
//!
//! Each group has one corpus: `articles` is half a megabyte of articles of the usual length, no two alike, each
//! parsed on its own; `examples` is every file of `examples/articles`; `long` is one article of a megabyte.
//! `split_whitespace` in the same group is the least that any reader of words has to do.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::{Parser, Workspace};

fn group(c: &mut Criterion, name: &str, texts: &[String]) {
    // A bench of wrong answers is worth nothing.
    assert!(
        texts.iter().all(|text| pullquote::parse(text).headline().is_some()),
        "every article has a headline"
    );
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2)).sample_size(10);
    group.bench_function("split_whitespace", |b| {
        b.iter(|| texts.iter().map(|text| black_box(text).split_whitespace().count()).sum::<usize>());
    });
    let parsers = [
        ("frame", Parser::new().quotes(false)),
        ("without_indirect", Parser::new().indirect(false)),
        ("all", Parser::new()),
    ];
    for (name, parser) in parsers {
        group.bench_function(name, |b| {
            let mut workspace = Workspace::new();
            b.iter(|| {
                for text in texts {
                    let article = black_box(parser.parse_into(black_box(text), &mut workspace));
                    workspace.recycle(article);
                }
            });
        });
    }
    group.finish();
}

fn parse(c: &mut Criterion) {
    group(c, "articles", &corpus::news(1 << 19));
    group(c, "examples", &corpus::examples());
    group(c, "long", &[corpus::long(1 << 20)]);
}

criterion_group!(benches, parse);
criterion_main!(benches);
