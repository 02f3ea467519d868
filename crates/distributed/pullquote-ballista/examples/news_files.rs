//! Makes a folder of news of any size. Run: `cargo run --release --example news_files -- FOLDER MEGABYTES FILES [jsonl]`
//!
//! The articles are those of the benches: nobody wrote them, no two are alike, and every machine makes the same. A row
//! has `id`, a number, and `body`. Prints files, articles and bytes of text.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use datafusion::arrow::json::LineDelimitedWriter;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, megabytes, files, rest @ ..] = &args[..] else {
        return Err("usage: news_files FOLDER MEGABYTES FILES [jsonl]".into());
    };
    let (bytes, files): (usize, usize) = (megabytes.parse::<usize>()? * 1_000_000, files.parse()?);
    let lines = rest.first().is_some_and(|word| word == "jsonl");
    std::fs::create_dir_all(folder)?;
    let (mut number, mut written) = (0, 0);
    for file in 0..files {
        let first = number;
        let mut texts = Vec::new();
        while written < bytes / files * (file + 1) {
            let text = corpus::article(number, 16 + number * 7 % 13);
            written += text.len();
            number += 1;
            texts.push(text);
        }
        let end = if lines { "jsonl" } else { "parquet" };
        write(&Path::new(folder).join(format!("part-{file:04}.{end}")), first, &texts, lines)?;
    }
    println!("{files} files, {number} articles, {written} bytes of text");
    Ok(())
}

fn write(path: &Path, first: usize, texts: &[String], lines: bool) -> Outcome<()> {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values((first as i64..).take(texts.len())));
    let bodies: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
    let batch = RecordBatch::try_from_iter([("id", ids), ("body", bodies)])?;
    let mut out = BufWriter::new(File::create(path)?);
    if lines {
        let mut writer = LineDelimitedWriter::new(&mut out);
        writer.write(&batch)?;
        writer.finish()?;
    } else {
        let zstd = Compression::ZSTD(ZstdLevel::default());
        let properties = WriterProperties::builder().set_compression(zstd).build();
        let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), Some(properties))?;
        writer.write(&batch)?;
        writer.close()?;
    }
    out.flush()?;
    Ok(())
}
