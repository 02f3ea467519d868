//! The bylines that most articles have, read without the grammar: "By Ada Roe", "By Ada M. Roe and Ian Poole".
//!
//! A word that stands in no list can be nothing but a part of a name, so nothing is left to decide. A test holds
//! this to what the grammar reads.

use crate::frame::byline::grammar::Range;
use crate::frame::byline::{Author, Byline, BylineKind};
use crate::frame::name::PersonName;
use crate::lexicon::terms::may_be_listed;
use crate::lexicon::{self, Class};
use crate::span::Span;

/// A longer line is left to the grammar, in bytes.
const LONGEST: usize = 64;
/// Three words are a name at most; the one in the middle may be an initial.
const MOST_WORDS: usize = 3;

const GIVEN: Class = Class::FIRST_HE.or(Class::FIRST_SHE).or(Class::FIRST_BOTH);

/// The names of a line: one, or two joined by "and".
pub(super) struct Names(Range, Option<Range>);

/// Reads a line of "By" and names; `None` for any other line, a byline or not. Constant time.
pub(super) fn read(line: &str) -> Option<Names> {
    let rest = line.get(3..).filter(|_| line.len() <= LONGEST && line.is_char_boundary(2))?;
    if !line[..3].eq_ignore_ascii_case("by ") {
        return None;
    }
    let first = name(rest)?;
    let range = |start: usize, len: usize| (start, start + len);
    if first == rest.len() {
        return Some(Names(range(3, first), None));
    }
    let second = rest[first..].strip_prefix(" and ")?;
    let len = name(second).filter(|&len| len == second.len())?;
    Some(Names(range(3, first), Some(range(line.len() - len, len))))
}

/// Returns the length of the name that `text` starts with: up to the end, or to "and".
fn name(text: &str) -> Option<usize> {
    let (mut end, mut count, mut style) = (0, 0, None);
    for word in text.split(' ') {
        if word == "and" {
            break;
        }
        count += 1;
        let initial = matches!(word.as_bytes(), [b'A'..=b'Z', b'.']);
        // "Ada M." is no whole name.
        let last = end + usize::from(count > 1) + word.len() == text.len();
        if count > MOST_WORDS || initial && (count != 2 || last) {
            return None;
        }
        let shape = if initial { None } else { Some(Shape::of(word)?) };
        if shape.is_some() && style.is_some_and(|s| Some(s) != shape) || is_known(word.trim_end_matches('.'))
        {
            return None;
        }
        style = style.or(shape);
        end += usize::from(count > 1) + word.len();
    }
    (count > 1 && !text[..end].ends_with('.')).then_some(end)
}

/// How a word is set: "Ada" or "ADA".
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Capital,
    Capitals,
}

impl Shape {
    fn of(word: &str) -> Option<Shape> {
        match word.as_bytes() {
            [b'A'..=b'Z', rest @ ..] if !rest.is_empty() && rest.iter().all(u8::is_ascii_lowercase) => {
                Some(Shape::Capital)
            }
            bytes if bytes.len() > 2 && bytes.iter().all(u8::is_ascii_uppercase) => Some(Shape::Capitals),
            _ => None,
        }
    }
}

/// Tells whether a list says anything of a word but that it is a given name.
fn is_known(word: &str) -> bool {
    may_be_listed(word) || lexicon::class(word).without(GIVEN) != Class::NONE
}

impl Names {
    /// Makes the byline of the line; its spans are moved by `base`.
    pub(super) fn byline(&self, line: &str, base: usize) -> Byline {
        let author = |&(start, end): &Range| Author {
            name: PersonName::from_plain(&line[start..end]),
            span: Span::at(base + start, base + end),
            role: None,
        };
        Byline {
            span: Span::at(base, base + line.len()),
            kind: BylineKind::Person,
            authors: [Some(&self.0), self.1.as_ref()].into_iter().flatten().map(author).collect(),
            role: None,
            outlet: None,
            location: None,
            date: None,
            contributors: alloc::vec::Vec::new(),
            handle: None,
            email: None,
            read_time: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::byline::read_by_grammar;
    use alloc::format;

    /// Every word that any list knows, in every place of a name: what is taken for plain, the grammar reads so too.
    #[test]
    fn the_grammar_reads_the_same() {
        let lists = crate::lexicon::terms::words_of_the_frame();
        let known = (0..).map(crate::lexicon::lemma).take_while(|w| !w.is_empty());
        let mut plain = 0;
        for word in
            lists.chain(known).chain(["roe", "poole", "zymurgis"]).filter(|w| w.is_ascii() && w.len() > 1)
        {
            let capital = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
            let capitals = word.to_uppercase();
            for line in [
                format!("By {capital} Roe"),
                format!("By Ada {capital}"),
                format!("By Ada {capital} Roe"),
                format!("by Ada T. {capital}"),
                format!("By {capital} T. Roe and Ian Poole"),
                format!("By Ada Roe and {capital} Poole"),
                format!("By Ada Roe and Ian {capital}"),
                format!("BY {capitals} ROE"),
                format!("By ADA {capitals}"),
                format!("By ADA {capitals} and IAN POOLE"),
            ] {
                if let Some(names) = read(&line) {
                    plain += 1;
                    assert_eq!(Some(names.byline(&line, 3)), read_by_grammar(&line, 3, false), "{line}");
                }
            }
        }
        assert!(plain > 10_000, "{plain}");
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_grammar() {
        for line in [
            "By Ada",
            "By Ada roe",
            "By Ada  Roe",
            "By Ada Roe, Ian Poole",
            "By Ada Roe and",
            "By Ada Roe and Ian",
            "By Ada M.",
            "By Ada M. and Ian Poole",
            "By A. Roe",
            "By Ada ROE",
            "By Ada Röe",
            "By Ada Roe Gazette",
            "By Associated Press",
            "By Ada Mary Jane Roe",
            "Ada Roe",
            "By ",
            "",
        ] {
            assert!(read(line).is_none(), "{line}");
        }
    }
}
