//! The record as Arrow arrays: what the library serialises is written straight into columns, so that names and values
//! are those of the JSON record and cannot drift from it.

use std::collections::HashSet;
use std::slice;
use std::sync::Arc;

use datafusion_common::arrow::array::{ArrayRef, AsArray as _, new_empty_array};
use datafusion_common::arrow::datatypes::{DataType, Field, Schema};
use datafusion_common::arrow::json::ReaderBuilder;
use datafusion_common::{Result, exec_datafusion_err};
use pullquote::Article;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use crate::reader::Reader;
use crate::text::Texts;

/// One row; `None` is NULL.
struct Row<'a>(Option<&'a Article<'a>>);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("record", &self.0)?;
        map.end()
    }
}

/// Reads texts into records of the type `kind`; members of the record that it does not name are left out.
pub(crate) fn read(texts: &Texts<'_>, reader: &mut Reader, kind: &DataType) -> Result<ArrayRef> {
    let mut spoilt = HashSet::new();
    loop {
        if let Some(array) = attempt(texts, reader, kind, &mut spoilt)? {
            return Ok(array);
        }
    }
}

/// Reads texts into records of one member alone.
pub(crate) fn member(
    texts: &Texts<'_>,
    reader: &mut Reader,
    name: &str,
    kind: &DataType,
) -> Result<ArrayRef> {
    let around = DataType::Struct(vec![Field::new(name, kind.clone(), true)].into());
    let records = read(texts, reader, &around)?;
    let records = records.as_struct();
    // A NULL record has NULL members: the decoder leaves no other value under it.
    Ok(Arc::clone(records.column(0)))
}

/// Does the work of [`read`]; `None` when a panic left a row half-written, which `spoilt` then names.
fn attempt(
    texts: &Texts<'_>,
    reader: &mut Reader,
    kind: &DataType,
    spoilt: &mut HashSet<usize>,
) -> Result<Option<ArrayRef>> {
    let schema = Arc::new(Schema::new(vec![Field::new("record", kind.clone(), true)]));
    let mut decoder = ReaderBuilder::new(schema).build_decoder()?;
    for (number, text) in texts.iter().enumerate() {
        let text = text.filter(|_| !spoilt.contains(&number));
        let mut begun = false;
        let written = text.and_then(|text| {
            reader.read(text, |article| {
                begun = true;
                decoder.serialize(slice::from_ref(&Row(Some(article))))
            })
        });
        match written {
            Some(written) => written?,
            None if begun => {
                spoilt.insert(number);
                return Ok(None);
            }
            None => decoder.serialize(&[Row(None)])?,
        }
    }
    let batch = decoder.flush().map_err(|error| {
        exec_datafusion_err!(
            "the records of {} texts do not fit one batch ({error}); SET datafusion.execution.batch_size to less",
            texts.len()
        )
    })?;
    Ok(Some(batch.map_or_else(|| new_empty_array(kind), |batch| Arc::clone(batch.column(0)))))
}

#[cfg(test)]
mod tests {
    use datafusion_common::arrow::array::{RecordBatch, StringArray};
    use datafusion_common::arrow::json::writer::{JsonArray, WriterBuilder};
    use pullquote::Parser;
    use serde_json::Value;

    use super::*;
    use crate::reader::tests::PANIC;
    use crate::schema;

    const NEWS: &str = "Ferry to stop\n\nThe boat is forty years old, and nobody will pay for a new one\n\n\
        By Ida Moss, Transport Editor\n3 min read\n\nKELBY, May 4 (AP) — The ferry to Orr will stop in June, said \
        Tom Hale, 61, the harbour master of Kelby. “It is old,” he told the Courier. “It leaks.”\n\n\
        She said it “was a pity, and went home.\n\n“Nobody asked us,” the islanders said on Facebook.";

    fn array(texts: &[Option<&str>], kind: &DataType) -> ArrayRef {
        let strings: ArrayRef = Arc::new(StringArray::from_iter(texts.iter().copied()));
        read(&Texts::new(&strings).unwrap(), &mut Reader::new(Parser::new()), kind).unwrap()
    }

    fn json(array: ArrayRef) -> Vec<Value> {
        let batch = RecordBatch::try_from_iter_with_nullable([("record", array, true)]).unwrap();
        let mut writer = WriterBuilder::new().with_explicit_nulls(true).build::<_, JsonArray>(Vec::new());
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        let rows: Vec<Value> = serde_json::from_slice(&writer.into_inner()).unwrap();
        rows.into_iter().map(|mut row| row["record"].take()).collect()
    }

    #[test]
    fn a_record_has_every_member_of_the_json_record() {
        let texts = [NEWS, "", "It rained.", "“It leaks, she said."];
        let got = json(array(&texts.map(Some), &schema::article()));
        for (text, got) in texts.iter().zip(got) {
            let want: Value =
                serde_json::from_str(&serde_json::to_string(&pullquote::parse(text)).unwrap()).unwrap();
            assert_eq!(got, want);
        }
    }

    #[test]
    fn null_and_panic_give_null_and_the_rest_stays() {
        let got =
            json(array(&[Some("It rained."), None, Some(PANIC), Some("It snowed.")], &schema::article()));
        assert_eq!(got.iter().map(Value::is_null).collect::<Vec<_>>(), [false, true, true, false]);
        assert_eq!(got[3]["read_time"]["words"], 2);
    }

    #[test]
    fn a_member_stands_alone() {
        let strings: ArrayRef = Arc::new(StringArray::from_iter([Some(NEWS), None, Some("")]));
        let mut reader = Reader::new(Parser::new().quotes(false));
        let texts = Texts::new(&strings).unwrap();
        let bylines = json(member(&texts, &mut reader, "byline", &schema::byline()).unwrap());
        assert_eq!(bylines[0]["authors"][0]["family"], "Moss");
        assert!(bylines[1].is_null() && bylines[2].is_null());
    }

    #[test]
    fn no_texts_give_no_records() {
        let got = array(&[], &schema::article());
        assert_eq!((got.len(), got.data_type()), (0, &schema::article()));
    }
}
