//! JSON Lines to JSON Lines, on one thread and on two. Run: `cargo bench --bench batch`
//!
//! `serialise` writes the records of articles that are parsed already: the share of it that is no reading.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::{Article, Parser, Workspace};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    text: std::borrow::Cow<'a, str>,
}

/// Reads lines and writes their records one under the other.
fn read(lines: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    let (parser, mut workspace) = (Parser::new(), Workspace::new());
    for line in lines {
        let row: Row<'_> = serde_json::from_str(line).expect("a row");
        let article = parser.parse_into(&row.text, &mut workspace);
        write(&article, &mut out);
        workspace.recycle(article);
    }
    out
}

fn write(article: &Article<'_>, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, article).expect("a record");
    out.push(b'\n');
}

/// Reads a part of the lines on each thread; the records keep the order of the lines.
fn read_on(threads: usize, lines: &[String]) -> Vec<Vec<u8>> {
    std::thread::scope(|scope| {
        let parts = lines.chunks(lines.len().div_ceil(threads));
        let running: Vec<_> = parts.map(|part| scope.spawn(|| read(part))).collect();
        running.into_iter().map(|thread| thread.join().expect("a thread")).collect()
    })
}

fn batch(c: &mut Criterion) {
    let texts = corpus::news(1 << 18);
    let lines: Vec<String> =
        texts.iter().map(|text| serde_json::json!({ "text": text }).to_string()).collect();
    assert_eq!(read_on(1, &lines).concat(), read_on(2, &lines).concat(), "threads change nothing");
    let articles: Vec<Article<'_>> = texts.iter().map(|text| pullquote::parse(text)).collect();
    let mut group = c.benchmark_group("batch");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3)).sample_size(10);
    for threads in [1, 2] {
        group.bench_function(format!("threads_{threads}"), |b| {
            b.iter(|| black_box(read_on(threads, black_box(&lines))));
        });
    }
    group.bench_function("serialise", |b| {
        let mut out = Vec::new();
        b.iter(|| {
            out.clear();
            articles.iter().for_each(|article| write(black_box(article), &mut out));
            black_box(out.len())
        });
    });
    group.finish();
}

criterion_group!(benches, batch);
criterion_main!(benches);
