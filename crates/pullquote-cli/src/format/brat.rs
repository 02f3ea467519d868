//! Stand-off annotations of the brat rapid annotation tool, so that people can correct what was read.
//!
//! The format is that of brat's manual ("brat standoff format"): offsets count characters, not bytes, and a
//! line break never stands inside a span, so that a span over several lines is written in fragments.

use std::fmt::Write as _;

use pullquote::{Article, Polarity, Span};

use crate::format::{Told, Writer};
use crate::source::document::Document;

/// What brat has to know of the types; without it, it refuses to open the folder for editing.
const CONFIGURATION: &str = include_str!("annotation.conf");

/// Writes one file of annotations; the text stands beside it.
pub(crate) struct Brat;

impl Writer for Brat {
    fn article(&self, told: &Told<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(annotations(told.article).as_bytes());
    }

    fn ending(&self) -> Option<&'static str> {
        Some("ann")
    }

    fn beside<'d>(&self, document: &'d Document) -> Option<(&'static str, &'d str)> {
        Some(("txt", &document.text))
    }

    fn once(&self) -> Option<(&'static str, &'static str)> {
        Some(("annotation.conf", CONFIGURATION))
    }
}

fn annotations(article: &Article<'_>) -> String {
    let mut lines =
        Lines { chars: Chars::new(article.text()), text: article.text(), out: String::new(), spans: 0 };
    let (mut relations, mut attributes) = (0, 0);
    for (n, quote) in article.quotes().iter().enumerate() {
        let Some(content) = lines.span("Content", quote.content()) else { continue };
        let cue = lines.span("Cue", quote.cue().map_or(&[][..], |cue| cue.spans()));
        let source = lines.span("Source", quote.source());
        let addressee = lines.span("Addressee", quote.addressee());
        for (relation, other) in [("Cued-by", cue), ("Said-by", source), ("Said-to", addressee)] {
            if let Some(other) = other {
                relations += 1;
                let _ = writeln!(lines.out, "R{relations}\t{relation} Arg1:T{content} Arg2:T{other}");
            }
        }
        let polarity = quote.polarity();
        let values = [
            Some(("Kind", quote.kind().as_str())),
            (polarity != Polarity::Asserted).then(|| ("Polarity", polarity.as_str())),
        ];
        for (attribute, value) in values.into_iter().flatten() {
            attributes += 1;
            let _ = writeln!(lines.out, "A{attributes}\t{attribute} T{content} {value}");
        }
        let speaker = quote.speaker().map_or("nobody known", |id| article[id].name());
        let speaker = speaker.split_whitespace().collect::<Vec<_>>().join(" ");
        let (rule, confidence) = (quote.rule(), quote.confidence());
        let _ = writeln!(
            lines.out,
            "#{}\tAnnotatorNotes T{content}\tspeaker: {speaker}; rule: {rule}; confidence: {confidence:.2}",
            n + 1
        );
    }
    lines.out
}

/// The file as it grows.
struct Lines<'a> {
    chars: Chars,
    text: &'a str,
    out: String,
    spans: usize,
}

impl Lines<'_> {
    /// Writes a text-bound annotation and returns its number; `None` where nothing is bound.
    fn span(&mut self, kind: &str, spans: &[Span]) -> Option<usize> {
        let fragments: Vec<(usize, usize)> =
            spans.iter().flat_map(|span| fragments(self.text, *span)).collect();
        if fragments.is_empty() {
            return None;
        }
        self.spans += 1;
        let places: Vec<String> = fragments
            .iter()
            .map(|&(from, to)| {
                format!("{} {}", self.chars.before(self.text, from), self.chars.before(self.text, to))
            })
            .collect();
        let words: Vec<&str> = fragments.iter().map(|&(from, to)| &self.text[from..to]).collect();
        let _ = writeln!(self.out, "T{}\t{kind} {}\t{}", self.spans, places.join(";"), words.join(" "));
        Some(self.spans)
    }
}

/// Cuts a span at its line ends, white space around each piece left out.
fn fragments(text: &str, span: Span) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = span.start();
    // A tab would end the field that the words stand in.
    for piece in text
        .get(span.range())
        .unwrap_or("")
        .split(['\n', '\r', '\t', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
    {
        let words = piece.trim();
        if !words.is_empty() {
            let from = at + (piece.len() - piece.trim_start().len());
            found.push((from, from + words.len()));
        }
        let separator = text[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
        at += piece.len() + separator;
    }
    found
}

/// Counts the characters before any byte of a text, in steps so that it stays linear.
struct Chars(Vec<usize>);

/// Bytes of a step.
const STEP: usize = 256;

impl Chars {
    fn new(text: &str) -> Chars {
        let is_start = |b: &&u8| **b & 0xc0 != 0x80;
        let mut sum = 0;
        let counts = text.as_bytes().chunks(STEP).map(|chunk| {
            let before = sum;
            sum += chunk.iter().filter(is_start).count();
            before
        });
        Chars(counts.collect())
    }

    fn before(&self, text: &str, at: usize) -> usize {
        let step = (at / STEP).min(self.0.len().saturating_sub(1));
        let rest = &text.as_bytes()[step * STEP..at];
        self.0.get(step).copied().unwrap_or(0) + rest.iter().filter(|b| **b & 0xc0 != 0x80).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_characters() {
        let text = "“Été”\n— ".repeat(100);
        let chars = Chars::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(chars.before(&text, at), n);
        }
        assert_eq!(chars.before(&text, text.len()), text.chars().count());
        assert_eq!(Chars::new("").before("", 0), 0);
    }

    #[test]
    fn annotations_of_an_article() {
        let article = pullquote::parse("É.\n\n“It is the end,” said Ian Poole.");
        let quote = &article.quotes()[0];
        let note = format!("rule: {}; confidence: {:.2}", quote.rule(), quote.confidence());
        let expected = "T1\tContent 4 20\t“It is the end,”\n\
                        T2\tCue 21 25\tsaid\n\
                        T3\tSource 26 35\tIan Poole\n\
                        R1\tCued-by Arg1:T1 Arg2:T2\n\
                        R2\tSaid-by Arg1:T1 Arg2:T3\n\
                        A1\tKind T1 direct\n\
                        #1\tAnnotatorNotes T1\tspeaker: Ian Poole; ";
        assert_eq!(annotations(&article), format!("{expected}{note}\n"));
    }

    #[test]
    fn a_span_over_two_lines_has_two_fragments() {
        let text = "É “It is\nthe end,” he said.";
        let mut lines = Lines { chars: Chars::new(text), text, out: String::new(), spans: 0 };
        let end = text.find(" he").unwrap();
        assert_eq!(lines.span("Content", &[Span::new(3, end as u32)]), Some(1));
        assert_eq!(lines.out, "T1\tContent 2 8;9 18\t“It is the end,”\n");
        assert_eq!(lines.span("Cue", &[]), None);
    }

    #[test]
    fn fragments_are_cut_at_line_ends() {
        let text = "a  \r\n b\tc\n\nd";
        let found = fragments(text, Span::new(0, text.len() as u32));
        let words: Vec<&str> = found.iter().map(|&(from, to)| &text[from..to]).collect();
        assert_eq!(words, ["a", "b", "c", "d"]);
    }
}
