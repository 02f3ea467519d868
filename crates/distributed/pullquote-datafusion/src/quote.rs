//! The answer of `quotes`: a list of flat structs, in words.

use std::borrow::Cow;
use std::sync::Arc;

use datafusion_common::arrow::array::{
    ArrayRef, Float32Builder, ListArray, StringBuilder, StructArray, UInt32Builder,
};
use datafusion_common::arrow::buffer::{NullBuffer, OffsetBuffer};
use datafusion_common::arrow::datatypes::{DataType, Field};
use datafusion_common::{Result, exec_err};
use pullquote::{Article, Quote, Span};

use crate::reader::Reader;
use crate::schema;
use crate::text::Texts;

/// The words of one quote, in the order of the fields.
type Words<'a> = [Option<Cow<'a, str>>; WORDS];

/// How many fields hold words; they come first.
const WORDS: usize = 9;

/// What a column of strings can hold.
const MOST: usize = i32::MAX as usize;

/// One quote, still in the article it was read from.
struct Row<'a> {
    words: Words<'a>,
    confidence: f32,
    start: Option<u32>,
    end: Option<u32>,
}

impl<'a> Row<'a> {
    fn new(article: &'a Article<'_>, quote: &'a Quote) -> Row<'a> {
        let speaker = quote.speaker().map(|id| &article[id]);
        let one = |span: Option<Span>| phrase(article, span.as_slice());
        let content = quote.content();
        Row {
            words: [
                speaker.map(|s| s.name().into()),
                one(speaker.and_then(|s| s.title())),
                one(speaker.and_then(|s| s.affiliation())),
                Some(quote.kind().as_str().into()),
                Some(quote.text(article)),
                phrase(article, quote.cue().map_or(&[], |cue| cue.spans())),
                phrase(article, quote.source()),
                phrase(article, quote.addressee()),
                Some(quote.polarity().as_str().into()),
            ],
            confidence: quote.confidence(),
            start: content.first().and_then(|s| s.start().try_into().ok()),
            end: content.last().and_then(|s| s.end().try_into().ok()),
        }
    }
}

/// Returns the words of spans, joined by spaces, with line breaks read as spaces; `None` where there are none.
fn phrase<'a>(article: &'a Article<'_>, spans: &[Span]) -> Option<Cow<'a, str>> {
    match spans {
        [] => None,
        [one] if !article[*one].contains(['\n', '\r']) => Some(article[*one].into()),
        _ => {
            let lines = spans.iter().flat_map(|span| article[*span].split(['\n', '\r'])).map(str::trim);
            Some(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ").into())
        }
    }
}

/// The columns that grow row by row.
#[derive(Default)]
struct Columns {
    words: [StringBuilder; WORDS],
    confidence: Float32Builder,
    start: UInt32Builder,
    end: UInt32Builder,
}

impl Columns {
    fn push(&mut self, row: Row<'_>) -> Result<()> {
        for (column, word) in self.words.iter_mut().zip(row.words) {
            let more = word.as_ref().map_or(0, |word| word.len());
            if column.values_slice().len() + more > MOST {
                return exec_err!(
                    "the quotes of one batch have more than {MOST} bytes in a column; \
                     SET datafusion.execution.batch_size to less"
                );
            }
            column.append_option(word);
        }
        self.confidence.append_value(row.confidence);
        self.start.append_option(row.start);
        self.end.append_option(row.end);
        Ok(())
    }

    fn finish(mut self) -> Result<StructArray> {
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(WORDS + 3);
        columns.extend(self.words.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        columns.push(Arc::new(self.confidence.finish()));
        columns.push(Arc::new(self.start.finish()));
        columns.push(Arc::new(self.end.finish()));
        Ok(StructArray::try_new(schema::flat_quote(), columns, None)?)
    }
}

/// Reads texts into lists of quotes.
pub(crate) fn read(texts: &Texts<'_>, reader: &mut Reader) -> Result<ArrayRef> {
    let mut columns = Columns::default();
    let mut lengths = Vec::with_capacity(texts.len());
    let mut known = Vec::with_capacity(texts.len());
    for text in texts.iter() {
        // The rows are complete before the first of them is pushed, so that a panic leaves the columns even.
        let read = text.and_then(|text| {
            reader.read(text, |article| {
                let rows: Vec<_> = article.quotes().iter().map(|quote| Row::new(article, quote)).collect();
                let length = rows.len();
                rows.into_iter().try_for_each(|row| columns.push(row)).map(|()| length)
            })
        });
        known.push(read.is_some());
        lengths.push(read.transpose()?.unwrap_or(0));
    }
    let field = Arc::new(Field::new_list_field(DataType::Struct(schema::flat_quote()), true));
    let offsets = OffsetBuffer::from_lengths(lengths);
    let nulls = NullBuffer::from(known);
    Ok(Arc::new(ListArray::try_new(field, offsets, Arc::new(columns.finish()?), Some(nulls))?))
}

#[cfg(test)]
mod tests {
    use datafusion_common::arrow::array::{Array as _, AsArray as _, StringArray};
    use datafusion_common::arrow::datatypes::{Float32Type, UInt32Type};
    use pullquote::Parser;

    use super::*;
    use crate::reader::tests::{PANIC, SPOILT};

    fn quotes(texts: &[Option<&str>]) -> ListArray {
        let strings: ArrayRef = Arc::new(StringArray::from_iter(texts.iter().copied()));
        let list = read(&Texts::new(&strings).unwrap(), &mut Reader::new(Parser::new())).unwrap();
        assert_eq!(list.data_type(), &schema::flat_quotes());
        list.as_list().clone()
    }

    fn word<'a>(rows: &'a StructArray, name: &str, row: usize) -> Option<&'a str> {
        let column = rows.column_by_name(name).unwrap().as_string::<i32>();
        column.is_valid(row).then(|| column.value(row))
    }

    #[test]
    fn every_column_is_filled() {
        let text = "Ferry to stop\n\nBy Ida Moss\n\n“It is old,” Tom Hale, the harbour master of Kelby, told the \
            Courier.\n\nHe said that it leaked.";
        let list = quotes(&[Some(text)]);
        let rows = list.value(0);
        let rows = rows.as_struct();
        assert_eq!(rows.len(), 2);
        let first = ["speaker", "title", "kind", "content", "cue", "addressee", "polarity"];
        assert_eq!(
            first.map(|name| word(rows, name, 0).unwrap()),
            ["Tom Hale", "harbour master", "direct", "“It is old,”", "told", "the Courier", "asserted",]
        );
        assert!(word(rows, "source", 0).unwrap().starts_with("Tom Hale, the harbour master of Kelby"));
        assert_eq!(word(rows, "affiliation", 0), Some("Kelby"));
        assert_eq!(word(rows, "addressee", 1), None);
        let number =
            |name: &str| rows.column_by_name(name).unwrap().as_primitive::<UInt32Type>().value(0) as usize;
        assert_eq!(&text[number("start")..number("end")], "“It is old,”");
        let confidence = rows.column_by_name("confidence").unwrap().as_primitive::<Float32Type>();
        assert!(confidence.values().iter().all(|share| (0.0..=1.0).contains(share)));
    }

    #[test]
    fn null_and_panic_give_null_and_an_empty_text_an_empty_list() {
        let said = Some("“It leaks,” said Ada Roe.");
        let list = quotes(&[said, None, Some(""), Some(PANIC), said]);
        let lengths: Vec<_> = list.iter().map(|row| row.map(|rows| rows.len())).collect();
        assert_eq!(lengths, [Some(1), None, Some(0), None, Some(1)]);
        assert_eq!(list.null_count(), 2);
    }

    #[test]
    fn a_panic_after_the_rows_were_written_shifts_none() {
        let list =
            quotes(&[Some("“It sank,” said Ian Holt."), Some(SPOILT), Some("“It rose,” said Eve Lund.")]);
        let speakers: Vec<_> = list
            .iter()
            .map(|rows| word(rows.unwrap().as_struct(), "speaker", 0).unwrap().to_owned())
            .collect();
        assert_eq!(speakers, ["Ian Holt", "Ada Roe", "Eve Lund"]);
    }
}
