//! Byte offsets to lines and columns, as editors count them.

/// Holds the line and column of some offsets of a text, found in one pass.
#[derive(Debug)]
pub(crate) struct Places {
    /// Sorted by offset.
    known: Vec<(usize, Place)>,
}

/// A line and a column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Places {
    /// Finds the places of all `offsets`. Linear in the text, whatever their number and order.
    pub(crate) fn find(text: &str, offsets: impl IntoIterator<Item = usize>) -> Places {
        let mut offsets: Vec<usize> = offsets.into_iter().collect();
        offsets.sort_unstable();
        offsets.dedup();
        let mut known = Vec::with_capacity(offsets.len());
        let mut wanted = offsets.into_iter().peekable();
        let mut place = Place { line: 1, column: 1 };
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            while wanted.next_if(|&o| o <= at).is_some() {
                known.push((at, place));
            }
            if wanted.peek().is_none() {
                break;
            }
            let after_cr = c == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n');
            place = match c {
                '\n' | '\r' if !after_cr => Place { line: place.line + 1, column: 1 },
                _ => Place { column: place.column + 1, ..place },
            };
        }
        known.extend(wanted.map(|o| (o, place)));
        Places { known }
    }

    /// Returns the place of an offset that was asked for.
    pub(crate) fn of(&self, offset: usize) -> Place {
        match self.known.binary_search_by_key(&offset, |&(o, _)| o) {
            Ok(i) => self.known[i].1,
            Err(_) => Place { line: 1, column: 1 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let text = "ab\r\n日本“x\rz\n\n.";
        let at = |s: &str| text.find(s).unwrap();
        let cases = [
            (0, 1, 1),
            (1, 1, 2),
            (at("日"), 2, 1),
            (at("“"), 2, 3),
            (at("z"), 3, 1),
            (at("."), 5, 1),
            (text.len(), 5, 2),
        ];
        let places = Places::find(text, cases.iter().rev().map(|c| c.0));
        for (offset, line, column) in cases {
            assert_eq!(places.of(offset), Place { line, column }, "{offset}");
        }
    }
}
