//! What English news does with quotations: a line of `constructions/*.txt` for each case, by numbered item.
//!
//! A line is `ITEM KINDS TEXT`. KINDS are `D`, `I`, `M` for the attributions in order, or one for all of them;
//! `N` is a trap, where nothing may be found. In the text stand ⟦content⟧ {cue} ⟨source⟩ ⟪addressee⟫ ⟮medium⟯,
//! and ¶ for a paragraph break. Raised digits behind an opening bracket say to which attributions it belongs;
//! after them `¬` in a cue says negated and `?` only possible. Without them, to the first and asserted.
//!
//! A line that starts with `~` is known to fail. The test fails too when such a line starts to pass, so that
//! none of them stands there longer than it must; `PULLQUOTE_BLESS=1` sets the marks anew.

use std::fmt::Write as _;
use std::path::Path;

use pullquote::{Article, Polarity, Quote, QuoteKind, Span};

/// An attribution as a list of words a part, the words of several spans joined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Case {
    kind: char,
    content: String,
    cue: String,
    source: String,
    addressee: String,
    medium: String,
    polarity: char,
}

/// The words of a text, without the punctuation at their edges; a text without words stays as it is.
fn words(text: &str) -> String {
    let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@').to_string();
    let words: Vec<String> = text.split_whitespace().map(trimmed).filter(|w| !w.is_empty()).collect();
    if words.is_empty() { text.trim().to_string() } else { words.join(" ") }
}

/// Reads a marked-up line: the plain text and its attributions.
fn read(kinds: &str, marked: &str) -> (String, Vec<Case>) {
    let (mut text, mut cases, mut open) = (String::new(), vec![Case::default()], Vec::new());
    let mut chars = marked.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '¶' => {
                text.truncate(text.trim_end().len());
                text.push_str("\n\n");
                chars.next_if_eq(&' ');
            }
            '⟦' | '{' | '⟨' | '⟪' | '⟮' => {
                let mut of = Vec::new();
                while let Some(digit) = chars.peek().and_then(|c| "¹²³".chars().position(|d| d == *c)) {
                    of.push(digit);
                    chars.next();
                }
                if of.is_empty() {
                    of.push(0);
                }
                let sign = chars.next_if(|c| *c == '¬' || *c == '?');
                cases.resize(cases.len().max(of.iter().max().unwrap() + 1), Case::default());
                if let (Some(sign), '{') = (sign, c) {
                    of.iter().for_each(|&n| cases[n].polarity = sign);
                }
                open.push((c, of, text.len()));
            }
            '⟧' | '}' | '⟩' | '⟫' | '⟯' => {
                let (kind, of, from) = open.pop().expect("a bracket that was opened");
                for n in of {
                    let part = match kind {
                        '⟦' => &mut cases[n].content,
                        '{' => &mut cases[n].cue,
                        '⟨' => &mut cases[n].source,
                        '⟪' => &mut cases[n].addressee,
                        _ => &mut cases[n].medium,
                    };
                    if !part.is_empty() {
                        part.push(' ');
                    }
                    part.push_str(&words(&text[from..]));
                }
            }
            c => text.push(c),
        }
    }
    assert!(open.is_empty(), "a bracket is not closed: {marked}");
    let mut letters = kinds.split(',').map(|k| k.chars().next().unwrap()).cycle();
    cases.iter_mut().for_each(|case| case.kind = letters.next().unwrap());
    if kinds == "N" {
        cases.clear();
    }
    (text, cases)
}

/// A source without the ’s of "Feld’s claim".
fn owner(source: &str) -> String {
    source.trim_end_matches("’s").trim_end_matches("'s").to_string()
}

/// Puts a quote into the form of a case.
fn case(article: &Article<'_>, quote: &Quote) -> Case {
    let part = |spans: &[Span]| {
        spans.iter().map(|s| words(&article[*s])).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
    };
    Case {
        kind: match quote.kind() {
            QuoteKind::Direct => 'D',
            QuoteKind::Indirect => 'I',
            _ => 'M',
        },
        content: part(quote.content()),
        cue: quote.cue().map_or(String::new(), |c| part(c.spans())),
        source: owner(&part(quote.source())),
        addressee: part(quote.addressee()),
        medium: part(quote.medium()),
        polarity: match quote.polarity() {
            Polarity::Negated => '¬',
            Polarity::Irrealis => '?',
            _ => '\0',
        },
    }
}

/// What is wrong with the reading of a line; `None` where all is right.
fn wrong(kinds: &str, marked: &str) -> Option<String> {
    let (text, want) = read(kinds, marked);
    let article = pullquote::parse(&text);
    let mut got: Vec<Case> = article.quotes().iter().map(|q| case(&article, q)).collect();
    // Where a mention of the medium is not marked it may be found or not; the cue may be read shorter or longer.
    let same = |want: &Case, got: &Case| {
        let cue = want.cue == got.cue
            || want.cue.split(' ').any(|w| !w.is_empty() && got.cue.split(' ').any(|g| g == w));
        let medium = want.medium.is_empty() || want.medium == got.medium;
        cue && medium && Case { cue: want.cue.clone(), medium: want.medium.clone(), ..got.clone() } == *want
    };
    let mut out = String::new();
    for case in &want {
        match got.iter().position(|g| same(case, g)) {
            Some(at) => {
                got.remove(at);
            }
            None => _ = writeln!(out, "    missed {case:?}"),
        }
    }
    got.iter().for_each(|extra| _ = writeln!(out, "    found  {extra:?}"));
    (!out.is_empty()).then_some(out)
}

/// Reads a file of cases; returns what surprises in it and the file with its marks set anew.
fn check(file: &str) -> (String, String) {
    let (mut surprises, mut anew) = (String::new(), String::new());
    for line in file.lines() {
        let plain = line.strip_prefix('~').unwrap_or(line);
        let case = plain.split_once(' ').and_then(|(item, rest)| Some((item, rest.split_once(' ')?)));
        let Some((_, (kinds, marked))) = case.filter(|(item, _)| item.parse::<u16>().is_ok()) else {
            assert!(line.is_empty() || line.starts_with('#'), "neither a case nor a comment: {line}");
            _ = writeln!(anew, "{line}");
            continue;
        };
        let known = line.starts_with('~');
        let wrong = wrong(kinds, marked);
        _ = writeln!(anew, "{}{plain}", if wrong.is_some() { "~" } else { "" });
        match wrong {
            Some(why) if !known => _ = writeln!(surprises, "{plain}\n{why}"),
            None if known => _ = writeln!(surprises, "works now, take its mark away: {plain}\n"),
            _ => {}
        }
    }
    (surprises, anew)
}

#[test]
fn constructions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/constructions");
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    assert_eq!(paths.len(), 13, "a file for each of the groups A to H, J to L, N and O");
    let mut surprises = String::new();
    for path in paths {
        let (wrong, anew) = check(&std::fs::read_to_string(&path).unwrap());
        if std::env::var_os("PULLQUOTE_BLESS").is_some() {
            std::fs::write(&path, anew).unwrap();
        }
        surprises += &wrong;
    }
    assert!(surprises.is_empty(), "\n{surprises}");
}
