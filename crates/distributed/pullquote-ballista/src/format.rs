//! What a file holds, by its name.

use std::sync::Arc;

use datafusion::common::plan_err;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::datasource::file_format::options::ReadOptions as _;
use datafusion::datasource::listing::{ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::error::Result as Answer;
use datafusion::prelude::{CsvReadOptions, JsonReadOptions, ParquetReadOptions, SessionContext};
use object_store::ObjectMeta;

use crate::place::Place;

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

    /// Makes files the table `name`: these alone, and not what else a folder holds. They are of one store.
    pub(crate) async fn register(
        self,
        session: &SessionContext,
        name: &str,
        files: &[(Place, ObjectMeta)],
    ) -> Answer<()> {
        let (config, defaults) = (session.copied_config(), session.copied_table_options());
        let options = match self {
            Format::Parquet => ParquetReadOptions::default().to_listing_options(&config, defaults),
            Format::JsonLines(packed) => JsonReadOptions::default()
                .file_compression_type(packed.kind())
                .to_listing_options(&config, defaults),
            Format::Csv(packed) => CsvReadOptions::new()
                .file_compression_type(packed.kind())
                .to_listing_options(&config, defaults),
        };
        // Every name has been looked at.
        let options = options.with_file_extension("");
        let urls: Vec<ListingTableUrl> =
            files.iter().map(|(place, _)| ListingTableUrl::parse(place.url())).collect::<Answer<_>>()?;
        let Some(first) = urls.first() else { return plan_err!("the table `{name}` has no files") };
        let state = session.state();
        let store = state.runtime_env().object_store(first)?;
        // What is empty has no columns, and the reader of Parquet refuses it.
        let filled: Vec<ObjectMeta> =
            files.iter().map(|(_, meta)| meta.clone()).filter(|meta| meta.size > 0).collect();
        let schema = options.format.infer_schema(&state, &store, &filled).await?;
        let config =
            ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options).with_schema(schema);
        let cache = state.runtime_env().cache_manager.get_file_statistic_cache();
        session.register_table(name, Arc::new(ListingTable::try_new(config)?.with_cache(cache)))?;
        Ok(())
    }
}

/// Lists how the names of files end that can be read, with those of CSV or without.
pub(crate) fn endings(csv: bool) -> String {
    let csv: &[&str] = if csv { &CSV } else { &[] };
    let bare: Vec<&str> = [&PARQUET[..], &JSON_LINES, csv].concat();
    let packed: Vec<&str> = PACKED.iter().map(|(end, _)| *end).filter(|end| !end.is_empty()).collect();
    format!("{}; packed, but for Parquet, also with {}", bare.join(", "), packed.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_told() {
        assert_eq!(
            endings(false),
            ".parquet, .parq, .pq, .jsonl, .ndjson, .json; packed, but for Parquet, also with .gz, .zst, .zstd"
        );
        assert!(endings(true).contains(".json, .csv;"));
    }

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
