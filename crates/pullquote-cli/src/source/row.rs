//! One line of JSON Lines: an object with an id and a text, under names the user may choose.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The names of the members that are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// One line of the input; other members are passed over.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    /// Any JSON at all; it is handed on as it was written.
    pub(crate) id: Option<&'a RawValue>,
    pub(crate) text: Cow<'a, str>,
}

impl Fields {
    /// Reads one line as a row, or says why it is none.
    pub(crate) fn read<'a>(&self, line: &'a [u8]) -> Result<Row<'a>, String> {
        let expected = format!("not an object with \"{}\" and \"{}\"", self.id, self.text);
        // Whatever else JSON may be, a line of ours is an object.
        if !line.trim_ascii_start().starts_with(b"{") {
            return Err(expected);
        }
        let mut json = serde_json::Deserializer::from_slice(line);
        let row = Seed(self).deserialize(&mut json).and_then(|row| json.end().map(|()| row));
        row.map_err(|e| format!("{expected}: {}", explain(&e)))
    }
}

/// Says why a line is no row. serde_json counts lines from the start of what it is given, which here is
/// always one line, so only its column tells anything.
fn explain(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let what = full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what);
    format!("{what} at column {}", error.column())
}

struct Seed<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Row<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Row<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

/// A string that is borrowed where it stands without escapes.
#[derive(serde::Deserialize)]
struct Words<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Row<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row<'de>, A::Error> {
        let Fields { id: id_field, text: text_field } = self.0;
        let (mut id, mut text) = (None, None);
        let twice = |name: &str| A::Error::custom(format!("duplicate field `{name}`"));
        while let Some(Words(key)) = map.next_key()? {
            if key == text_field.as_str() {
                if text.replace(map.next_value::<Words<'de>>()?.0).is_some() {
                    return Err(twice(text_field));
                }
            } else if key == id_field.as_str() {
                if id.replace(map.next_value::<&RawValue>()?).is_some() {
                    return Err(twice(id_field));
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match text {
            Some(text) => Ok(Row { id, text }),
            None => Err(A::Error::custom(format!("missing field `{text_field}`"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        let fields = Fields { id: "key".to_owned(), text: "body".to_owned() };
        let row = fields.read(br#" {"x":[{}],"body":"a\nb","key":{"n": 1}}"#).unwrap();
        assert_eq!((row.id.unwrap().get(), &*row.text), ("{\"n\": 1}", "a\nb"));
        assert!(fields.read(br#"{"body":""}"#).unwrap().id.is_none());
        let cases = [
            (&br#"[1]"#[..], "not an object with \"key\" and \"body\""),
            (br#"{"key":1}"#, "missing field `body` at column 9"),
            (br#"{"body":1}"#, "invalid type: integer `1`, expected a string at column 9"),
            (br#"{"body":"a","body":"b"}"#, "duplicate field `body`"),
            (br#"{"body":"a"} x"#, "trailing characters at column 14"),
            (br#"{"body":"a"#, "EOF while parsing a string"),
        ];
        for (line, why) in cases {
            let error = fields.read(line).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
