//! How fast articles are read, in bytes a second. Run: `cargo bench`
//!
//! Each group has one corpus: `articles` is every file of `examples/articles`, each parsed on its own;
//! `long` is all of their paragraphs as one article of a megabyte, to show that time stays linear.
//! `split_whitespace` in the same group is the least that any reader of words has to do.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::Parser;

/// Reads our own articles, in the order of their names.
fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("examples/articles")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("an article in UTF-8")).collect()
}

/// Makes one article of about `size` bytes out of the stories of many.
fn long(articles: &[String], size: usize) -> String {
    let stories = articles.join("\n\n");
    let mut text = String::with_capacity(size + stories.len());
    while text.len() < size {
        text.push_str(&stories);
        text.push_str("\n\n");
    }
    text
}

fn group(c: &mut Criterion, name: &str, texts: &[String]) {
    // A bench of wrong answers is worth nothing.
    assert!(
        texts.iter().all(|text| pullquote::parse(text).headline().is_some()),
        "every article has a headline"
    );
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5)).sample_size(50);
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
            b.iter(|| {
                for text in texts {
                    black_box(parser.parse(black_box(text)));
                }
            });
        });
    }
    group.finish();
}

fn parse(c: &mut Criterion) {
    let articles = articles();
    group(c, "articles", &articles);
    group(c, "long", &[long(&articles, 1 << 20)]);
}

criterion_group!(benches, parse);
criterion_main!(benches);
