//! The footer of a Parquet file: how many rows it has.

use datafusion::parquet::file::metadata::ParquetMetaDataReader;

use crate::error::Error;
use crate::place::Place;

/// The length of the footer, four bytes, and the mark.
const TAIL: u64 = 8;
const MARK: &[u8] = b"PAR1";

/// Returns the rows of a Parquet file; `None` where there is no file.
///
/// # Errors
///
/// When the file has no whole footer, which is written last.
pub(crate) async fn rows(place: &Place) -> Result<Option<u64>, Error> {
    let Some(meta) = place.file().await? else { return Ok(None) };
    let broken = |reason: &str| Error::Place {
        place: place.to_string(),
        reason: format!("it is no whole Parquet file: {reason}"),
    };
    let end = meta.size.checked_sub(TAIL).ok_or_else(|| broken("too short"))?;
    let tail = place.range(end..meta.size).await?;
    let length = match tail.split_first_chunk::<4>() {
        Some((length, MARK)) => u64::from(u32::from_le_bytes(*length)),
        _ => return Err(broken("no mark at its end")),
    };
    let start = end.checked_sub(length).ok_or_else(|| broken("a footer longer than the file"))?;
    let footer = place.range(start..end).await?;
    let footer = ParquetMetaDataReader::decode_metadata(&footer).map_err(|e| broken(&e.to_string()))?;
    u64::try_from(footer.file_metadata().num_rows()).map(Some).map_err(|_| broken("less than no rows"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ballista_core::object_store::session_config_with_s3_support;
    use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch};
    use datafusion::parquet::arrow::ArrowWriter;
    use datafusion::prelude::SessionContext;

    use super::*;
    use crate::session;

    #[tokio::test]
    async fn rows_are_counted_and_half_a_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..1_000));
        let batch = RecordBatch::try_from_iter([("n", numbers)]).unwrap();
        let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        let bytes = writer.into_inner().unwrap();
        let session =
            SessionContext::new_with_state(session::state(session_config_with_s3_support()).unwrap());
        let place = Place::new(&session, folder.path().to_str().unwrap()).unwrap();
        for (name, length, want) in [
            ("whole", bytes.len(), Some(1_000)),
            ("half", bytes.len() / 2, None),
            ("no mark", bytes.len() - 1, None),
            ("four bytes", 4, None),
            ("empty", 0, None),
        ] {
            let file = place.join(name);
            file.write(bytes[..length].to_vec()).await.unwrap();
            assert_eq!(rows(&file).await.ok().flatten(), want, "{name}");
        }
        file_with_a_long_footer(&place).await;
        assert_eq!(rows(&place.join("nothing")).await.unwrap(), None);
    }

    async fn file_with_a_long_footer(folder: &Place) {
        let file = folder.join("long");
        file.write([&[0; 8][..], &u32::MAX.to_le_bytes(), MARK].concat()).await.unwrap();
        assert!(rows(&file).await.unwrap_err().to_string().contains("longer than the file"));
    }
}
