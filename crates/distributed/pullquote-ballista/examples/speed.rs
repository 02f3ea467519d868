//! Compares the function with the library on one thread. Run: `cargo run --release --example speed -- [MEGABYTES]`
//!
//! The library reads the texts one after the other with one workspace; the engine answers `quotes` for the same texts in
//! the same process, on the same thread, from a table in memory. They take turns, so that what else the machine does
//! meets both; both counts of quotes must agree. Prints every turn, and the ratio of the best of each.

use std::sync::Arc;
use std::time::Instant;

use datafusion::arrow::array::{ArrayRef, AsArray as _, RecordBatch, StringArray};
use datafusion::arrow::datatypes::{Int64Type, UInt64Type};
use datafusion::datasource::MemTable;
use datafusion::prelude::{SessionConfig, SessionContext};
use pullquote::{Parser, Workspace};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const TURNS: usize = 3;
const BATCH: usize = 1024;

/// Each quote is looked at, so that nothing of a list can be left out.
const QUERY: &str =
    "SELECT count(*), sum(length(q.content)) FROM (SELECT unnest(quotes(body)) AS q FROM news)";

fn main() -> Outcome<()> {
    let megabytes: usize = std::env::args().nth(1).map_or(Ok(85), |word| word.parse())?;
    let texts = corpus::news(megabytes * 1_000_000);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} articles, {bytes} bytes", texts.len());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let session = session(&texts)?;
    let (mut library, mut function) = (f64::MAX, f64::MAX);
    for turn in 1..=TURNS {
        let (quotes, seconds) = timed(|| Ok(read(&texts)))?;
        library = library.min(seconds);
        println!("turn {turn}: library  {:6.2} MB/s, {quotes} quotes", bytes as f64 / 1e6 / seconds);
        let (answered, seconds) = timed(|| runtime.block_on(ask(&session)))?;
        function = function.min(seconds);
        println!("turn {turn}: function {:6.2} MB/s, {answered} quotes", bytes as f64 / 1e6 / seconds);
        assert_eq!(quotes, answered);
    }
    println!("function / library, best of {TURNS}: {:.3}", library / function);
    Ok(())
}

fn timed(run: impl FnOnce() -> Outcome<u64>) -> Outcome<(u64, f64)> {
    let start = Instant::now();
    let answer = run()?;
    Ok((answer, start.elapsed().as_secs_f64()))
}

fn read(texts: &[String]) -> u64 {
    let (parser, mut workspace) = (Parser::new(), Workspace::new());
    let mut quotes = 0;
    for text in texts {
        let article = parser.parse_into(text, &mut workspace);
        quotes += article.quotes().len() as u64;
        workspace.recycle(article);
    }
    quotes
}

fn session(texts: &[String]) -> Outcome<SessionContext> {
    let batches: Vec<RecordBatch> = texts
        .chunks(BATCH)
        .map(|texts| {
            let bodies: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
            RecordBatch::try_from_iter([("body", bodies)])
        })
        .collect::<Result<_, _>>()?;
    let config = SessionConfig::new().with_target_partitions(1).with_batch_size(BATCH);
    let mut session = SessionContext::new_with_config(config);
    pullquote_datafusion::register_all(&mut session)?;
    let schema = batches[0].schema();
    session.register_table("news", Arc::new(MemTable::try_new(schema, vec![batches])?))?;
    Ok(session)
}

async fn ask(session: &SessionContext) -> Outcome<u64> {
    let rows = session.sql(QUERY).await?.collect().await?;
    let first = rows.first().ok_or("no row")?;
    let length = first.column(1);
    let length = length.as_primitive_opt::<Int64Type>().map(|c| c.value(0) as u64);
    let length = length.or_else(|| first.column(1).as_primitive_opt::<UInt64Type>().map(|c| c.value(0)));
    assert!(length.is_some_and(|length| length > 0));
    Ok(first.column(0).as_primitive::<Int64Type>().value(0).try_into()?)
}
