//! Run: `cargo run --example own_words`
//!
//! How do I add words of my own beat to the lists, without building anything anew?

use pullquote::{CueClass, Error, Lexicon, Parser};

/// As it may stand in a configuration file: a family of verbs and its forms, or `title` and nouns.
const WORDS: &str = "\
say: quacks quacked quacking
tell: tannoyed
title: harbourmistress portreeve
";

const TEXT: &str = "\
Regatta off

“The wind is wrong,” quacked Ada Roe, harbourmistress at Marle. Portreeve Ian Poole tannoyed the crews that they could go home.
";

fn lexicon(config: &str) -> Result<Lexicon, Error> {
    let mut words = Lexicon::new();
    for (key, forms) in config.lines().filter_map(|line| line.split_once(':')) {
        for form in forms.split_whitespace() {
            words = match key {
                "title" => words.title(form)?,
                "tell" => words.cue(form, CueClass::Tell)?,
                _ => words.cue(form, CueClass::Say)?,
            };
        }
    }
    Ok(words)
}

fn main() -> Result<(), Error> {
    let words = lexicon(WORDS)?;
    let article = Parser::new().parse_with(TEXT, &words);
    let mut lines = Vec::new();
    for quote in article.quotes() {
        let speaker = quote.speaker().map(|id| &article[id]);
        let title = speaker.and_then(|s| s.title()).map_or("no title", |span| &article[span]);
        let name = speaker.map_or("nobody named", |s| s.name());
        lines.push(format!("{name}, {title}: {}", quote.text(&article)));
    }
    println!("{}", lines.join("\n"));
    assert_eq!(lines[0], "Ada Roe, harbourmistress: “The wind is wrong,”");
    assert_eq!(lines[1], "Ian Poole, Portreeve: that they could go home");

    // A word that would break every reading is refused, with a reason.
    let error = lexicon("say: the").unwrap_err();
    println!("{error}");
    assert!(error.to_string().contains("not a word that grammar is made of"));
    Ok(())
}
