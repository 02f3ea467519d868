//! Lines of bounded length: what is longer is counted and passed over, never held.

use std::io::{self, BufRead};

/// One line, without its line feed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Whole(Vec<u8>),
    /// How many bytes the line has that was too long.
    TooLong(u64),
}

/// Reads the next line; `None` at the end. Also returns how many bytes were taken, the line feed included.
pub(crate) fn next(input: &mut impl BufRead, most: usize) -> io::Result<Option<(Line, u64)>> {
    let mut line = Vec::new();
    let (mut length, mut taken) = (0_u64, 0_u64);
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        length += part.len() as u64;
        if length <= most as u64 {
            line.extend_from_slice(part);
        } else {
            line = Vec::new();
        }
        let used = part.len() + usize::from(end.is_some());
        let last = end.is_some() || buffer.is_empty();
        input.consume(used);
        taken += used as u64;
        if last {
            let line = if length <= most as u64 { Line::Whole(line) } else { Line::TooLong(length) };
            return Ok((taken > 0).then_some((line, taken)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_counted_only() {
        let text = b"ab\n\nabcdefghij\nabcd\nx".to_vec();
        for capacity in [1, 3, 64] {
            let mut input = io::BufReader::with_capacity(capacity, &text[..]);
            let mut lines = Vec::new();
            while let Some(line) = next(&mut input, 4).unwrap() {
                lines.push(line);
            }
            let whole = |s: &str, n| (Line::Whole(s.into()), n);
            let expected =
                [whole("ab", 3), whole("", 1), (Line::TooLong(10), 11), whole("abcd", 5), whole("x", 1)];
            assert_eq!(lines, expected, "{capacity}");
        }
    }
}
