//! The JSON record of one result, its id first.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::args::Format;
use crate::indented::Indented;

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
    pub(crate) fn object(&mut self, id: &str, record: &impl Serialize, format: Format) -> &[u8] {
        let pretty = format == Format::Json;
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
    pub(crate) fn member(&mut self, id: &str, key: &str, value: &impl Serialize, format: Format) -> &[u8] {
        self.object(id, &Member { key, value }, format)
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
        let line = records.object("[7]", &article, Format::Jsonl);
        assert!(line.starts_with(b"{\"id\":[7],\"headline\":null,") && line.ends_with(b"}\n"));
        let tree: serde_json::Value =
            serde_json::from_slice(records.object("\"a\"", &article, Format::Json)).unwrap();
        assert_eq!((&tree["id"], &tree["dek"]), (&"a".into(), &serde_json::Value::Null));
        assert_eq!(
            records.member("1", "byline", &None::<u8>, Format::Jsonl),
            b"{\"id\":1,\"byline\":null}\n"
        );
        assert_eq!(records.member("1", "byline", &2, Format::Json), b"{\n  \"id\": 1,\n  \"byline\": 2\n}\n");
    }
}
