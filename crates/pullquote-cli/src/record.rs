//! The JSON record of one result, its id first.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::indented::Indented;
use crate::source::document::Origin;

/// Writes records into one buffer that is used again and again.
#[derive(Debug, Default)]
pub(crate) struct Records {
    line: Vec<u8>,
}

impl Records {
    /// Writes `{"id": …, <the members of record>}`; `id` is JSON already, `record` an object.
    ///
    /// The object is serialised straight into the buffer, and the id put in place of its opening brace: no
    /// tree of values in between.
    pub(crate) fn object(&mut self, id: &str, record: &impl Serialize, pretty: bool) -> &[u8] {
        let head = if pretty { "{\n  \"id\": " } else { "{\"id\":" };
        self.line.clear();
        self.line.extend_from_slice(head.as_bytes());
        self.line.extend_from_slice(id.as_bytes());
        let brace = self.line.len();
        self.write(record, pretty);
        if let Some(byte) = self.line.get_mut(brace) {
            *byte = b',';
        }
        self.line.push(b'\n');
        &self.line
    }

    /// Writes `{"id": …, "<key>": <value>}`.
    pub(crate) fn member(&mut self, id: &str, key: &str, value: &impl Serialize, pretty: bool) -> &[u8] {
        self.object(id, &Member { key, value }, pretty)
    }

    fn write(&mut self, record: &impl Serialize, pretty: bool) {
        // A vector takes everything, and our records have string keys only: neither way can fail.
        let _ = if pretty {
            record.serialize(&mut serde_json::Serializer::with_formatter(&mut self.line, Indented::default()))
        } else {
            serde_json::to_writer(&mut self.line, record)
        };
    }
}

/// The record of an article, with what there is to tell of its input.
#[derive(Serialize)]
pub(crate) struct Record<'a> {
    #[serde(flatten)]
    pub(crate) article: &'a pullquote::Article<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) input: Option<&'a Origin<'a>>,
}

/// An object with one member.
struct Member<'a, T> {
    key: &'a str,
    value: &'a T,
}

impl<T: Serialize> Serialize for Member<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.key, self.value)?;
        map.end()
    }
}

/// Writes a string as JSON, to be used as an id.
pub(crate) fn json_string(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "null".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_stands_first() {
        let mut records = Records::default();
        let article = pullquote::parse("");
        let line = records.object("[7]", &article, false);
        assert!(line.starts_with(b"{\"id\":[7],\"headline\":null,") && line.ends_with(b"}\n"));
        let tree: serde_json::Value =
            serde_json::from_slice(records.object("\"a\"", &article, true)).unwrap();
        assert_eq!((&tree["id"], &tree["dek"]), (&"a".into(), &serde_json::Value::Null));
        assert_eq!(records.member("1", "byline", &None::<u8>, false), b"{\"id\":1,\"byline\":null}\n");
        assert_eq!(records.member("1", "byline", &2, true), b"{\n  \"id\": 1,\n  \"byline\": 2\n}\n");
    }
}
