//! The role `sql`: runs queries and prints their rows.

use std::io::{BufWriter, Write};

use datafusion::arrow::csv;
use datafusion::arrow::json::LineDelimitedWriter;
use datafusion::arrow::util::pretty::pretty_format_batches_with_schema;
use datafusion::dataframe::DataFrame;
use datafusion::error::{DataFusionError, Result as Answer};
use datafusion::prelude::SessionContext;
use futures::StreamExt as _;

use crate::args::{Engine, Rows, Sql};
use crate::error::Error;
use crate::format::Format;
use crate::place::Place;
use crate::session;

/// Partitions of a query on a cluster, whose cores the client does not know; Ballista's default. A file of Parquet is one
/// partition or more, so that this bounds the cores that one query uses: `--set datafusion.execution.target_partitions=N`.
const PARTITIONS: usize = 16;

/// Runs all queries in one session.
pub(crate) async fn run(options: Sql) -> Result<(), Error> {
    let Sql { queries, tables, format, engine } = options;
    let session = session::open(&engine, partitions(&engine)).await?;
    for (name, place) in &tables {
        register(&session, name, place, engine.scheduler.is_some()).await?;
    }
    for query in queries {
        let failed =
            |source: DataFusionError| Error::Query { query: query.clone(), source: Box::new(source) };
        let rows = session.sql(&query).await.map_err(failed)?;
        print(rows, format).await.map_err(failed)?;
    }
    Ok(())
}

fn partitions(engine: &Engine) -> usize {
    if engine.scheduler.is_some() { PARTITIONS } else { session::cores() }
}

/// Makes a file or a folder a table. The files of a folder are of one format, that of the first.
async fn register(session: &SessionContext, name: &str, place: &str, remote: bool) -> Result<(), Error> {
    let place = Place::new(session, place)?;
    let (sample, url) = match place.file().await? {
        Some(meta) => (meta.location.filename().unwrap_or_default().to_owned(), place.url()),
        None => {
            let known = place.files().await?.into_iter().find(|file| Format::of(&file.name).is_some());
            let known = known.ok_or_else(|| Error::NoInput { input: place.to_string() })?;
            (known.name, place.folder_url())
        }
    };
    let (format, end) = Format::of(&sample).ok_or_else(|| Error::NoInput { input: place.to_string() })?;
    if remote && format.is_local() {
        return Err(Error::Packed { file: sample });
    }
    format
        .register(session, name, url.as_str(), end)
        .await
        .map_err(|source| Error::Table { table: name.to_owned(), source: Box::new(source) })
}

/// Prints the rows of a query as they come; a table waits for the last, as its columns are as wide as their widest.
async fn print(rows: DataFrame, format: Rows) -> Answer<()> {
    let schema = rows.schema().as_arrow().clone();
    if schema.fields().is_empty() {
        // A statement such as CREATE EXTERNAL TABLE.
        return rows.collect().await.map(|_| ());
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    match format {
        Rows::Table => {
            let batches = rows.collect().await?;
            writeln!(out, "{}", pretty_format_batches_with_schema(schema.into(), &batches)?)?;
        }
        Rows::Jsonl => {
            let mut writer = LineDelimitedWriter::new(&mut out);
            let mut batches = rows.execute_stream().await?;
            while let Some(batch) = batches.next().await {
                writer.write(&batch?)?;
            }
            writer.finish()?;
        }
        Rows::Csv => {
            let mut writer = csv::Writer::new(&mut out);
            let mut batches = rows.execute_stream().await?;
            while let Some(batch) = batches.next().await {
                writer.write(&batch?)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
