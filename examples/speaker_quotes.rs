//! Run: `cargo run --example speaker_quotes`
//!
//! What did one person say, under any name the article gives her?

use pullquote::Article;

const TEXT: &str = "\
Reservoir to be drained for repairs

“The valve has been stuck since March,” said Ifeoma Brandt, the chief engineer of Dunmoor Water.

Anglers were furious. “Nobody wrote to us,” said Piet Vos, who chairs the club.

“We wrote to everybody on our list,” Brandt replied. She said the fish would be moved first.
";

/// The words of everyone whose name holds `name`, with the title that the article gives.
fn said_by<'a>(article: &'a Article<'_>, name: &str) -> Vec<(Option<&'a str>, String)> {
    let speakers = article.speakers().iter().filter(|s| s.name().contains(name));
    speakers
        .flat_map(|s| article.quotes_by(s.id()).map(move |q| (s, q)))
        .map(|(s, q)| (s.title().map(|span| &article[span]), q.text(article).into_owned()))
        .collect()
}

fn main() {
    let article = pullquote::parse(TEXT);
    let quotes = said_by(&article, "Brandt");
    for (title, words) in &quotes {
        println!("{}: {words}", title.unwrap_or("no title"));
    }
    let words: Vec<&str> = quotes.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(
        words,
        [
            "“The valve has been stuck since March,”",
            "“We wrote to everybody on our list,”",
            "the fish would be moved first",
        ]
    );
    assert!(quotes.iter().all(|(title, _)| *title == Some("chief engineer")));
    assert!(said_by(&article, "Nobody").is_empty());
}
