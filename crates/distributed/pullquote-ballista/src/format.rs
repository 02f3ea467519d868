//! What a file holds, by its name.

use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::error::Result as Answer;
use datafusion::prelude::{CsvReadOptions, JsonReadOptions, ParquetReadOptions, SessionContext};

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Parquet,
    /// One object a line.
    JsonLines(Packed),
    Csv(Packed),
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packed {
    Not,
    Gzip,
    Zstandard,
}

impl Packed {
    fn kind(self) -> FileCompressionType {
        match self {
            Packed::Not => FileCompressionType::UNCOMPRESSED,
            Packed::Gzip => FileCompressionType::GZIP,
            Packed::Zstandard => FileCompressionType::ZSTD,
        }
    }
}

const PARQUET: [&str; 3] = [".parquet", ".parq", ".pq"];
const JSON_LINES: [&str; 3] = [".jsonl", ".ndjson", ".json"];
const CSV: [&str; 1] = [".csv"];
const PACKED: [(&str, Packed); 4] =
    [(".gz", Packed::Gzip), (".zst", Packed::Zstandard), (".zstd", Packed::Zstandard), ("", Packed::Not)];

impl Format {
    /// Tells a format by the end of a name; returns it with that end.
    pub(crate) fn of(name: &str) -> Option<(Format, &str)> {
        let ends =
            |ends: &[&str], bare: &str| ends.iter().find(|end| bare.ends_with(**end)).map(|end| end.len());
        if let Some(length) = ends(&PARQUET, name) {
            return Some((Format::Parquet, &name[name.len() - length..]));
        }
        PACKED.iter().find_map(|(pack, packed)| {
            let bare = name.strip_suffix(pack)?;
            let lines = ends(&JSON_LINES, bare).map(|length| (Format::JsonLines(*packed), length));
            let (format, length) =
                lines.or_else(|| ends(&CSV, bare).map(|length| (Format::Csv(*packed), length)))?;
            Some((format, &name[bare.len() - length..]))
        })
    }

    /// Tells whether only this process can read it: DataFusion 55 sends plans to executors without the packing of their
    /// files, and an executor would take packed lines for lines.
    pub(crate) fn is_local(self) -> bool {
        matches!(self, Format::JsonLines(packed) | Format::Csv(packed) if packed != Packed::Not)
    }

    /// Makes the file or folder at `url` the table `name`; `end` is how the names of its files end.
    pub(crate) async fn register(
        self,
        session: &SessionContext,
        name: &str,
        url: &str,
        end: &str,
    ) -> Answer<()> {
        match self {
            Format::Parquet => {
                session.register_parquet(name, url, ParquetReadOptions::default().file_extension(end)).await
            }
            Format::JsonLines(packed) => {
                let options =
                    JsonReadOptions::default().file_extension(end).file_compression_type(packed.kind());
                session.register_json(name, url, options).await
            }
            Format::Csv(packed) => {
                let options = CsvReadOptions::new().file_extension(end).file_compression_type(packed.kind());
                session.register_csv(name, url, options).await
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_format() {
        for (name, want) in [
            ("a/b.parquet", Some((Format::Parquet, ".parquet"))),
            ("a.jsonl", Some((Format::JsonLines(Packed::Not), ".jsonl"))),
            ("a.json.gz", Some((Format::JsonLines(Packed::Gzip), ".json.gz"))),
            ("a.ndjson.zst", Some((Format::JsonLines(Packed::Zstandard), ".ndjson.zst"))),
            ("a.csv", Some((Format::Csv(Packed::Not), ".csv"))),
            ("a.parquet.gz", None),
            ("a.txt", None),
            ("gz", None),
        ] {
            assert_eq!(Format::of(name), want, "{name}");
            let packed = name.ends_with(".gz") || name.ends_with(".zst");
            assert!(want.is_none_or(|(format, _)| format.is_local() == packed), "{name}");
        }
    }
}
