//! The texts that the benches read: news that nobody wrote, made the same on every machine.
//!
//! Repeating a few articles will not do: the processor learns them by heart, and everything looks three times as
//! fast as it is. So each article here is another one. It is made so that counts agree with those of US news of
//! 2016 (84 articles of PolNeAR's development part): a test below holds it to them.
//!
//! | of an article, or per 1,000 words | news | corpus |
//! |---|---|---|
//! | bytes | 4,939 | 4,500 to 5,500 |
//! | paragraphs | 23 | 20 to 28 |
//! | words in a sentence | 17.3 | 16 to 19 |
//! | quotation marks per 1,000 words | 25.7 | 22 to 30 |
//! | words with a capital per 1,000 | 174 | 140 to 200 |
//! | bytes a word | 6.1 | 5.7 to 6.4 |

use std::fmt::Write as _;
use std::path::Path;

const WORDS: &str = include_str!("words.txt");

/// A source of numbers that are the same on every machine (Knuth's MMIX constants).
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    /// Draws a word of a kind, the first ones more often, as in any language.
    fn word(&mut self, kind: &str) -> &'static str {
        let words = kind_of(kind);
        let (a, b) = (self.below(words.len()), self.below(words.len()));
        words[a.min(b)]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// The words of a kind; those of "when" are phrases.
fn kind_of(kind: &str) -> &'static [&'static str] {
    use std::collections::HashMap;
    use std::sync::OnceLock;
    static KINDS: OnceLock<HashMap<&str, Vec<&str>>> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| {
        let lines = WORDS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(' '));
        lines
            .map(|(kind, words)| {
                let mark = if words.contains('|') { '|' } else { ' ' };
                (kind, words.split(mark).collect())
            })
            .collect()
    });
    &kinds[kind]
}

/// A surname out of syllables, so that names are not all the same few.
fn surname(draw: &mut Draw) -> String {
    let mut name: String = (0..2 + draw.below(2))
        .map(|_| {
            let consonant = b"bdfghklmnprstvw"[draw.below(15)];
            let vowel = b"aeiou"[draw.below(5)];
            [char::from(consonant), char::from(vowel)].iter().collect::<String>()
        })
        .collect();
    name.push(char::from(b"lnrst"[draw.below(5)]));
    name[..1].make_ascii_uppercase();
    name
}

/// The marks of an article: curly in two of three.
struct Marks {
    open: &'static str,
    close: &'static str,
    apostrophe: &'static str,
}

/// Writes a noun phrase: "the old council", "a report in Selby".
fn noun_phrase(out: &mut String, draw: &mut Draw) {
    out.push_str(["the ", "a ", "the ", "its ", "the "][draw.below(5)]);
    if draw.chance(45) {
        out.push_str(draw.word("adjective"));
        out.push(' ');
    }
    out.push_str(draw.word("noun"));
    if draw.chance(20) {
        out.push_str(" in ");
        out.push_str(draw.word("place"));
    }
}

/// Writes a clause of about `words` words, without capital and stop.
fn clause(out: &mut String, draw: &mut Draw, marks: &Marks, words: usize) {
    let from = out.len();
    if draw.chance(30) {
        out.push_str(draw.word("function"));
    } else {
        noun_phrase(out, draw);
    }
    let modal = ["", "", "", " will", " would", " can", " has"][draw.below(7)];
    if modal.is_empty() && draw.chance(14) {
        let _ = write!(out, " didn{}t {} ", marks.apostrophe, draw.word("verb"));
    } else if modal == " has" || modal.is_empty() {
        let _ = write!(out, "{modal} {} ", draw.word("past"));
    } else {
        let _ = write!(out, "{modal} {} ", draw.word("verb"));
    }
    noun_phrase(out, draw);
    while out[from..].split(' ').count() < words {
        match draw.below(6) {
            0 => {
                out.push(' ');
                out.push_str(draw.word("when"));
            }
            1 => {
                let _ = write!(out, ", {} by {} per cent", draw.word("past"), draw.below(90) + 3);
            }
            2 => {
                let _ = write!(out, " and {} ", draw.word("past"));
                noun_phrase(out, draw);
            }
            3 => {
                let _ = write!(out, " of {}{}s {}", draw.word("place"), marks.apostrophe, draw.word("noun"));
            }
            _ => {
                let _ = write!(out, " {} ", draw.word("preposition"));
                noun_phrase(out, draw);
            }
        }
    }
}

/// Puts a capital where a sentence starts.
fn capital(out: &mut str, from: usize) {
    if let Some(first) = out.get_mut(from..=from) {
        first.make_ascii_uppercase();
    }
}

/// Writes one sentence.
fn sentence(out: &mut String, draw: &mut Draw, marks: &Marks, cast: &[(String, String)]) {
    let from = out.len();
    let (first, last) = &cast[draw.below(cast.len())];
    let words = 5 + draw.below(8);
    match draw.below(100) {
        // “It will close,” said Ada Roe, a trader. “It is old.”
        0..17 => {
            out.push_str(marks.open);
            let start = out.len();
            clause(out, draw, marks, words);
            capital(out, start);
            let name = if draw.chance(40) { format!("{first} {last}") } else { last.clone() };
            match draw.below(3) {
                0 => {
                    let _ = write!(out, ",{} said {name}, a {} of the ", marks.close, draw.word("role"));
                    out.push_str(draw.word("noun"));
                }
                1 => {
                    let _ = write!(out, ",{} {name} said", marks.close);
                }
                _ => {
                    let _ = write!(
                        out,
                        ",{} {} said {}",
                        marks.close,
                        ["he", "she"][draw.below(2)],
                        draw.word("when")
                    );
                }
            }
        }
        // Roe said that the pier had closed.
        17..37 => {
            let name = match draw.below(3) {
                0 => format!("{first} {last}"),
                1 => last.clone(),
                _ => format!("The {}", draw.word("noun")),
            };
            let _ = write!(out, "{name} {} {}", draw.word("say"), ["that ", ""][draw.below(2)]);
            clause(out, draw, marks, words + 2);
        }
        // Roe called it “a slow goodbye”.
        37..45 => {
            let _ = write!(
                out,
                "{last} called it {}a {} {}{} and ",
                marks.open,
                draw.word("adjective"),
                draw.word("noun"),
                marks.close
            );
            clause(out, draw, marks, words);
        }
        _ => {
            clause(out, draw, marks, words + 4);
            if draw.chance(35) {
                out.push_str([", and ", ", but ", " after ", " because ", ", which "][draw.below(5)]);
                clause(out, draw, marks, 8);
            }
        }
    }
    capital(out, from);
    out.push('.');
}

/// Makes one article of about `paragraphs` paragraphs; the same number, the same article.
#[must_use]
pub fn article(number: usize, paragraphs: usize) -> String {
    let mut draw = Draw(number as u64 ^ 0x9e37_79b9_7f4a_7c15);
    let draw = &mut draw;
    draw.below(2);
    let marks = if number.is_multiple_of(3) {
        Marks { open: "\"", close: "\"", apostrophe: "'" }
    } else {
        Marks { open: "“", close: "”", apostrophe: "’" }
    };
    let cast: Vec<_> =
        (0..5 + paragraphs / 8).map(|_| (draw.word("first").to_owned(), surname(draw))).collect();
    let mut out = String::new();
    let title = [
        draw.word("place"),
        draw.word("noun"),
        "to",
        draw.word("verb"),
        draw.word("noun"),
        "after",
        draw.word("noun"),
    ];
    out.push_str(&title.join(" "));
    let _ = write!(
        out,
        "\n\nBy {} {}\n\n{} April 20{}\n\n",
        cast[0].0,
        cast[0].1,
        draw.below(28) + 1,
        draw.below(10) + 20
    );
    if number.is_multiple_of(2) {
        let _ = write!(out, "{} min read\n\n", draw.below(8) + 1);
    }
    for paragraph in 0..paragraphs {
        if paragraph == 0 && number.is_multiple_of(4) {
            let _ = write!(out, "{} (AP) — ", draw.word("place").to_uppercase());
        }
        for sentence_number in 0..1 + draw.below(5).div_ceil(2) {
            if sentence_number > 0 {
                out.push(' ');
            }
            sentence(&mut out, draw, &marks, &cast);
        }
        out.push_str("\n\n");
        match draw.below(40) {
            0 => out.push_str("Advertisement\n\n"),
            1 => {
                let _ = write!(out, "Read more: The {} that {}\n\n", draw.word("noun"), draw.word("past"));
            }
            2 => {
                let _ = write!(
                    out,
                    "The {} {} near {}. Photo: {} {}\n\n",
                    draw.word("adjective"),
                    draw.word("noun"),
                    draw.word("place"),
                    cast[0].0,
                    cast[0].1
                );
            }
            3 => {
                let _ = write!(out, "The {} from the {}\n\n", draw.word("noun"), draw.word("noun"));
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Makes articles of the usual length, each another one, of about `bytes` bytes together.
#[must_use]
pub fn news(bytes: usize) -> Vec<String> {
    let mut total = 0;
    (0..)
        .map(|n| article(n, 16 + n * 7 % 13))
        .take_while(|text| {
            let more = total < bytes;
            total += text.len();
            more
        })
        .collect()
}

/// Makes one article of at least `bytes` bytes.
#[must_use]
pub fn long(bytes: usize) -> String {
    article(1, (bytes / 200).max(1))
}

/// Makes articles of at least `each` bytes, each another one, of about `bytes` bytes together; one at least.
#[must_use]
pub fn sized(each: usize, bytes: usize) -> Vec<String> {
    (1..=(bytes / each).max(1)).map(|n| article(n, (each / 200).max(1))).collect()
}

/// Reads our own articles, in the order of their names.
///
/// # Panics
///
/// When `examples/articles` cannot be read.
#[must_use]
pub fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("examples/articles")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("an article in UTF-8")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corpus_counts_as_news_does() {
        let texts = news(1 << 20);
        let all = texts.join("\n");
        let count = texts.len() as f64;
        let words = all
            .split(|c: char| !c.is_alphanumeric() && !"'’.,".contains(c))
            .filter(|w| w.chars().any(char::is_alphanumeric));
        let words: Vec<&str> = words.collect();
        let stops = all.matches(". ").count() + all.matches(".\n").count();
        let per_thousand = |n: usize| n as f64 * 1000.0 / words.len() as f64;
        let capitals = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
        let figures = [
            ("bytes", all.len() as f64 / count, 4_500.0..5_500.0),
            ("paragraphs", all.matches("\n\n").count() as f64 / count, 20.0..28.0),
            ("words in a sentence", words.len() as f64 / stops as f64, 16.0..19.0),
            ("marks", per_thousand(all.matches(['“', '”', '"']).count()), 22.0..30.0),
            ("capitals", per_thousand(capitals), 140.0..200.0),
            ("bytes a word", all.len() as f64 / words.len() as f64, 5.7..6.4),
        ];
        let off: Vec<_> = figures.iter().filter(|(_, got, want)| !want.contains(got)).collect();
        assert!(off.is_empty(), "{off:?}\n{}", &texts[4]);
    }

    #[test]
    fn every_article_is_read() {
        for text in news(200_000) {
            let article = pullquote::parse(&text);
            assert!(article.headline().is_some() && article.byline().is_some(), "{text}");
            assert!(!article.quotes().is_empty(), "{text}");
        }
    }
}
