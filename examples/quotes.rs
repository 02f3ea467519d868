//! Run: `cargo run --example quotes`
//!
//! Who said what in an article?

use std::error::Error;

const TEXT: &str = "\
Flood gauge was dark for six days before the storm

By Delia Okonjo-Reyes

“We knew it was dark, and we knew rain was coming,” said Howard Linsey, the deputy engineer of Tarr County.

“I sent two emails,” he added.
";

fn main() -> Result<(), Box<dyn Error>> {
    let article = pullquote::parse(TEXT);
    let mut lines = Vec::new();
    for quote in article.quotes() {
        let speaker = quote.speaker().map(|id| &article[id]);
        let name = speaker.map_or("nobody named", |s| s.name());
        lines.push(format!("{name}: {}", quote.text(&article)));
    }
    println!("{}", lines.join("\n"));

    assert_eq!(
        lines,
        [
            "Howard Linsey: “We knew it was dark, and we knew rain was coming,”",
            "Howard Linsey: “I sent two emails,”",
        ]
    );

    let linsey = article.speakers().first().ok_or("no speaker")?;
    let title = linsey.title().map(|span| &article[span]);
    println!(
        "{} ({}) is quoted {} times",
        linsey.name(),
        title.unwrap_or("?"),
        article.quotes_by(linsey.id()).count()
    );
    assert_eq!(article.quotes_by(linsey.id()).count(), 2);
    Ok(())
}
