//! The role `sql`: runs queries and prints their rows.

use std::io::{BufWriter, Write};

use datafusion::arrow::csv;
use datafusion::arrow::json::LineDelimitedWriter;
use datafusion::arrow::util::pretty::pretty_format_batches_with_schema;
use datafusion::dataframe::DataFrame;
use datafusion::error::{DataFusionError, Result as Answer};
use datafusion::prelude::SessionContext;
use futures::StreamExt as _;
use object_store::ObjectMeta;

use crate::args::{Engine, Rows, Sql};
use crate::error::Error;
use crate::format::{self, Format};
use crate::place::{File, Place};
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

/// Makes a file or a folder a table. The files of a folder that can be read are of one format.
pub(crate) async fn register(
    session: &SessionContext,
    name: &str,
    place: &str,
    remote: bool,
) -> Result<(), Error> {
    let place = Place::new(session, place)?;
    let files: Vec<(String, Place, ObjectMeta)> = match place.file().await? {
        Some(meta) => {
            vec![(meta.location.filename().unwrap_or_default().to_owned(), place.clone(), meta)]
        }
        None => {
            let inside = |file: File| {
                let found = place.join(&file.name);
                (file.name, found, file.meta)
            };
            place.files().await?.into_iter().map(inside).collect()
        }
    };
    let mut known = files.into_iter().filter_map(|file| Format::of(&file.0).map(|(f, _)| f).zip(Some(file)));
    let (format, (first, found, meta)) = known
        .next()
        .ok_or_else(|| Error::NoInput { input: place.to_string(), endings: format::endings(true) })?;
    if remote && format.is_local() {
        return Err(Error::Packed { file: first });
    }
    let mut table = vec![(found, meta)];
    for (other, (second, found, meta)) in known {
        if other != format {
            return Err(Error::Mixed { first, second });
        }
        table.push((found, meta));
    }
    format
        .register(session, name, &table)
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    async fn count(folder: &std::path::Path) -> Result<usize, Error> {
        let engine = Engine { scheduler: None, settings: Vec::new() };
        let session = session::open(&engine, 2).await?;
        register(&session, "news", &folder.display().to_string(), false).await?;
        let query = "SELECT id, body FROM news";
        let failed = |source| Error::Query { query: query.into(), source: Box::new(source) };
        session.sql(query).await.map_err(failed)?.count().await.map_err(failed)
    }

    #[tokio::test]
    async fn a_table_is_its_files_and_nothing_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert!(count(folder).await.unwrap_err().to_string().contains(".parquet, "));
        let line = "{\"id\": 1, \"body\": \"It rained.\"}\n";
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::create_dir_all(folder.join("_unfinished")).unwrap();
        for name in
            ["a*.jsonl", "b.ndjson", "deep/c.json", "_hidden.jsonl", ".d.jsonl", "_unfinished/e.jsonl"]
        {
            fs::write(folder.join(name), line).unwrap();
        }
        fs::write(folder.join("README.txt"), "of no format").unwrap();
        fs::write(folder.join("empty.jsonl"), "").unwrap();
        assert_eq!(count(folder).await.unwrap(), 3);

        fs::write(folder.join("b.csv"), "id,body\n1,It rained.\n").unwrap();
        let told = count(folder).await.unwrap_err().to_string();
        assert!(told.contains("`a*.jsonl` and `b.csv` are of different formats"), "{told}");
        assert_eq!(count(&folder.join("b.csv")).await.unwrap(), 1);
    }
}
