//! Run: `cat examples/articles/*.txt | cargo run --example stdin_stream` (`====` parts articles, if there is any)
//!
//! How do I read articles from a stream that never fits in memory, one after the other?

use std::io::{self, BufRead, Write};

/// The line between two articles.
const PARTING: &str = "====";

/// Parses each article as soon as it is complete; no more than one is held. Returns the number of quotes.
fn quotes(input: impl BufRead, mut output: impl Write) -> io::Result<usize> {
    let (mut text, mut count) = (String::new(), 0);
    let mut report = |text: &mut String, output: &mut dyn Write| -> io::Result<()> {
        let article = pullquote::parse(text);
        for quote in article.quotes() {
            let speaker = quote.speaker().map_or("nobody named", |id| article[id].name());
            writeln!(output, "{speaker}: {}", quote.text(&article))?;
        }
        count += article.quotes().len();
        text.clear();
        Ok(())
    };
    for line in input.lines() {
        let line = line?;
        if line.trim_end() == PARTING {
            report(&mut text, &mut output)?;
        } else {
            text.push_str(&line);
            text.push('\n');
        }
    }
    report(&mut text, &mut output)?;
    Ok(count)
}

fn main() -> io::Result<()> {
    let stream = "“It leaks,” said Ada Roe.\n====\n“It will be mended,” said Ian Poole.\n";
    let mut shown = Vec::new();
    assert_eq!(quotes(stream.as_bytes(), &mut shown)?, 2);
    assert_eq!(String::from_utf8_lossy(&shown), "Ada Roe: “It leaks,”\nIan Poole: “It will be mended,”\n");
    // The same from standard input, flushed at the end only.
    let count = quotes(io::stdin().lock(), io::BufWriter::new(io::stdout().lock()))?;
    eprintln!("{count} quotes");
    Ok(())
}
