//! Indented JSON that keeps a span on one line.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// Indents by two spaces, as serde_json does, but leaves lists of numbers on their line: `"span": [3, 17]`.
#[derive(Default)]
pub(crate) struct Indented {
    depth: usize,
    /// For each open list, whether its items follow each other on one line.
    lists: Vec<bool>,
    /// Whether the next thing written is the first item of the innermost list, which decides for the others.
    undecided: bool,
}

impl Indented {
    fn line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        write!(writer, "\n{:1$}", "", 2 * self.depth)
    }

    /// Comes before anything that is not a number.
    fn not_a_number<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if !std::mem::take(&mut self.undecided) {
            return Ok(());
        }
        if let Some(on_one_line) = self.lists.last_mut() {
            *on_one_line = false;
        }
        self.line(writer)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.not_a_number(writer)?;
        self.depth += 1;
        self.lists.push(true);
        writer.write_all(b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.undecided = first;
        match self.lists.last() {
            _ if first => Ok(()),
            Some(true) => writer.write_all(b", "),
            _ => {
                writer.write_all(b",")?;
                self.line(writer)
            }
        }
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.undecided = false;
        Ok(())
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.lists.pop() == Some(false) {
            self.line(writer)?;
        }
        writer.write_all(b"]")
    }

    fn begin_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.not_a_number(writer)?;
        writer.write_all(b"\"")
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.not_a_number(writer)?;
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        self.line(writer)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        self.line(writer)?;
        writer.write_all(b"}")
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize as _;

    #[test]
    fn lists_of_numbers_stay_on_their_line() {
        let json = serde_json::json!({
            "a": [1, 23], "b": [[1, 2], [3, 4]], "c": 5, "d": ["x", {"e": [], "f": [null]}]
        });
        let mut out = Vec::new();
        json.serialize(&mut serde_json::Serializer::with_formatter(&mut out, super::Indented::default()))
            .unwrap();
        let expected = r#"{
  "a": [1, 23],
  "b": [
    [1, 2],
    [3, 4]
  ],
  "c": 5,
  "d": [
    "x",
    {
      "e": [],
      "f": [null]
    }
  ]
}"#;
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
