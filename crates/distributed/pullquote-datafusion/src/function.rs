//! The functions: a table, and what makes DataFusion's functions of its lines.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock};

use datafusion_common::arrow::array::{ArrayRef, UInt64Array};
use datafusion_common::arrow::datatypes::DataType;
use datafusion_common::utils::take_function_args;
use datafusion_common::{Result, ScalarValue};
use datafusion_expr::{
    ColumnarValue, DocSection, Documentation, ScalarFunctionArgs, ScalarUDFImpl, Signature, TypeSignature,
    Volatility,
};
use pullquote::Parser;

use crate::reader::Reader;
use crate::text::Texts;
use crate::{quote, record, schema};

/// A line of the table.
struct Entry {
    name: &'static str,
    /// What it answers, for `SHOW FUNCTIONS`.
    description: &'static str,
    parser: Parser,
    kind: fn() -> DataType,
    read: fn(&Texts<'_>, &mut Reader) -> Result<ArrayRef>,
}

const WHOLE: Parser = Parser::new();
/// Thirty times as fast, for what stands round the story.
const FRAME: Parser = Parser::new().quotes(false);

static TABLE: [Entry; 7] = [
    Entry {
        name: "article",
        description: "Reads a news article into the whole record: frame, paragraphs, quotations, quotes, speakers, findings",
        parser: WHOLE,
        kind: schema::article,
        read: |texts, reader| record::read(texts, reader, &schema::article()),
    },
    Entry {
        name: "byline",
        description: "Reads who wrote a news article",
        parser: FRAME,
        kind: schema::byline,
        read: |texts, reader| record::member(texts, reader, "byline", &schema::byline()),
    },
    Entry {
        name: "dateline",
        description: "Reads where and by which agency a news article was filed",
        parser: FRAME,
        kind: schema::dateline,
        read: |texts, reader| record::member(texts, reader, "dateline", &schema::dateline()),
    },
    Entry {
        name: "headline",
        description: "Reads the headline of a news article",
        parser: FRAME,
        kind: schema::words,
        read: |texts, reader| record::member(texts, reader, "headline", &schema::words()),
    },
    Entry {
        name: "paragraphs",
        description: "Reads where the paragraphs of the story and their sentences stand",
        // Sentences are read together with what is said in them.
        parser: WHOLE,
        kind: schema::paragraphs,
        read: |texts, reader| record::member(texts, reader, "paragraphs", &schema::paragraphs()),
    },
    Entry {
        name: "quotes",
        description: "Reads who said what in a news article: one struct a quote",
        parser: WHOLE,
        kind: schema::flat_quotes,
        read: quote::read,
    },
    Entry {
        name: "read_time_seconds",
        description: "Reads how long a news article takes to read: as stated, or else estimated from its words",
        parser: FRAME,
        kind: schema::seconds,
        read: seconds,
    },
];

fn seconds(texts: &Texts<'_>, reader: &mut Reader) -> Result<ArrayRef> {
    let mut read = |text: &str| {
        reader.read(text, |article| {
            let time = article.read_time();
            time.stated().map_or(time.estimated(), |stated| stated.duration()).as_secs()
        })
    };
    Ok(Arc::new(texts.iter().map(|text| text.and_then(&mut read)).collect::<UInt64Array>()))
}

/// One of the functions.
#[derive(Debug)]
pub(crate) struct Function {
    number: usize,
    signature: Signature,
}

/// Makes all functions, in the order of their names.
pub(crate) fn all() -> Vec<Function> {
    // Strings of all three types as they are; of the rest only NULL and dictionaries of strings are cast.
    let signature = Signature {
        type_signature: TypeSignature::String(1),
        volatility: Volatility::Immutable,
        parameter_names: Some(vec!["text".to_owned()]),
    };
    (0..TABLE.len()).map(|number| Function { number, signature: signature.clone() }).collect()
}

impl Function {
    fn entry(&self) -> &'static Entry {
        &TABLE[self.number]
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Function) -> bool {
        self.number == other.number
    }
}

impl Eq for Function {}

impl Hash for Function {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &str {
        self.entry().name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok((self.entry().kind)())
    }

    fn is_strict(&self) -> bool {
        true
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [text] = take_function_args(self.name(), args.args)?;
        let mut reader = Reader::new(self.entry().parser);
        let mut read = |array: &ArrayRef| (self.entry().read)(&Texts::new(array)?, &mut reader);
        Ok(match text {
            ColumnarValue::Array(array) => ColumnarValue::Array(read(&array)?),
            // A literal is read once, not once a row.
            ColumnarValue::Scalar(text) => {
                ColumnarValue::Scalar(ScalarValue::try_from_array(&read(&text.to_array()?)?, 0)?)
            }
        })
    }

    fn documentation(&self) -> Option<&Documentation> {
        const SECTION: DocSection = DocSection { include: false, label: "News", description: None };
        static PAGES: LazyLock<Vec<Documentation>> = LazyLock::new(|| {
            let page = |entry: &Entry| {
                let syntax = format!("{}(text)", entry.name);
                Documentation::builder(SECTION, entry.description, syntax)
                    .with_argument("text", "The plain text of an English news article")
                    .build()
            };
            TABLE.iter().map(page).collect()
        });
        PAGES.get(self.number)
    }
}

#[cfg(test)]
mod tests {
    use datafusion_common::arrow::array::{
        Array as _, AsArray as _, LargeStringArray, StringArray, StringViewArray,
    };
    use datafusion_common::arrow::datatypes::{Field, UInt64Type};
    use datafusion_common::config::ConfigOptions;
    use datafusion_expr::type_coercion::functions::fields_with_udf;
    use datafusion_expr::{ScalarUDF, registry::FunctionRegistry as _, registry::MemoryFunctionRegistry};

    use super::*;
    use crate::reader::tests::PANIC;

    const NEWS: &str = "Ferry to stop\n\nBy Ida Moss\n3 min read\n\nKELBY (AP) — The ferry to Orr will stop in June, \
        said Tom Hale, the harbour master. “It is old,” he told the Courier.";

    fn call(function: &ScalarUDF, text: ColumnarValue, rows: usize) -> Result<ColumnarValue> {
        let return_type = function.return_type(&[text.data_type()])?;
        function.invoke_with_args(ScalarFunctionArgs {
            arg_fields: vec![Arc::new(Field::new("text", text.data_type(), true))],
            args: vec![text],
            number_rows: rows,
            return_field: Arc::new(Field::new("answer", return_type, true)),
            config_options: Arc::new(ConfigOptions::new()),
        })
    }

    fn arrays(texts: &[Option<&str>]) -> [ArrayRef; 3] {
        [
            Arc::new(StringArray::from_iter(texts.iter().copied())),
            Arc::new(LargeStringArray::from_iter(texts.iter().copied())),
            Arc::new(StringViewArray::from_iter(texts.iter().copied())),
        ]
    }

    #[test]
    fn every_function_answers_all_three_types_alike() {
        let texts = [Some(NEWS), None, Some(""), Some("\u{feff}\r\n"), Some(PANIC), Some(NEWS)];
        for function in crate::all_functions() {
            let answers = arrays(&texts).map(|array| {
                let answer = call(&function, ColumnarValue::Array(array), texts.len()).unwrap();
                answer.into_array(texts.len()).unwrap()
            });
            let [first, second, third] = &answers;
            assert!(first == second && second == third, "{}", function.name());
            assert_eq!(first.data_type(), &function.return_type(&[DataType::Utf8]).unwrap());
            let nulls: Vec<_> = (0..texts.len()).map(|row| first.is_null(row)).collect();
            // NULL and the panic; of the frame, also what the text does not have.
            assert!(nulls[1] && nulls[4] && !nulls[0] && !nulls[5], "{}: {nulls:?}", function.name());
            assert_eq!(first.slice(0, 1).to_data(), first.slice(5, 1).to_data());
        }
    }

    #[test]
    fn a_text_of_ten_megabytes_is_read() {
        let paragraph = "“The ferry is old,” said Tom Hale, the harbour master. He said that it leaked.\n\n";
        let long = paragraph.repeat(10_000_000 / paragraph.len() + 1);
        let function = ScalarUDF::new_from_impl(all().remove(5));
        assert_eq!(function.name(), "quotes");
        for array in arrays(&[None, Some(&long), Some(NEWS)]) {
            let answer = call(&function, ColumnarValue::Array(array), 3).unwrap().into_array(3).unwrap();
            let lists = answer.as_list::<i32>();
            assert!(lists.is_null(0) && lists.value(1).len() > 100_000 && lists.value(2).len() == 2);
        }
    }

    #[test]
    fn a_literal_gives_one_answer() {
        for function in crate::all_functions() {
            let text = ColumnarValue::Scalar(ScalarValue::from(NEWS));
            assert!(
                matches!(call(&function, text, 100), Ok(ColumnarValue::Scalar(answer)) if !answer.is_null())
            );
            let null = ColumnarValue::Scalar(ScalarValue::Utf8View(None));
            assert!(
                matches!(call(&function, null, 1), Ok(ColumnarValue::Scalar(answer)) if answer.is_null())
            );
        }
    }

    #[test]
    fn a_batch_without_rows_gives_none() {
        for function in crate::all_functions() {
            for array in arrays(&[]) {
                let answer = call(&function, ColumnarValue::Array(array), 0).unwrap().into_array(0).unwrap();
                assert_eq!(answer.len(), 0);
            }
        }
    }

    #[test]
    fn a_stated_read_time_goes_before_the_estimated() {
        let function = ScalarUDF::new_from_impl(all().pop().unwrap());
        let texts = [Some(NEWS), Some("Pier shut\n\nIt rained all day on Monday.")];
        let answer = call(&function, ColumnarValue::Array(arrays(&texts)[0].clone()), 2).unwrap();
        let answer = answer.into_array(2).unwrap();
        assert_eq!(answer.as_primitive::<UInt64Type>().values(), &[180, 2]);
    }

    #[test]
    fn the_planner_takes_strings_and_what_can_be_cast_to_them() {
        let function = &crate::all_functions()[0];
        let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        for (given, wanted) in [
            (DataType::Utf8, Some(DataType::Utf8)),
            (DataType::LargeUtf8, Some(DataType::LargeUtf8)),
            (DataType::Utf8View, Some(DataType::Utf8View)),
            (DataType::Null, Some(DataType::Utf8)),
            (dictionary, Some(DataType::Utf8)),
            (DataType::Int64, None),
            (DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))), None),
        ] {
            let field = Arc::new(Field::new("text", given.clone(), true));
            let cast = fields_with_udf(&[field], function.as_ref()).ok();
            assert_eq!(cast.map(|fields| fields[0].data_type().clone()), wanted, "{given}");
        }
    }

    #[test]
    fn names_are_in_order_and_each_function_is_documented() {
        assert!(TABLE.is_sorted_by_key(|entry| entry.name));
        let mut registry = MemoryFunctionRegistry::new();
        crate::register_all(&mut registry).unwrap();
        for entry in &TABLE {
            let function = registry.udf(entry.name).unwrap();
            let page = function.documentation().unwrap();
            assert_eq!((page.description.as_str(), function.is_strict()), (entry.description, true));
        }
    }
}
