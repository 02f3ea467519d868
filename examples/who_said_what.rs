//! Run: `cargo run --example who_said_what [FOLDER]` (without one: `examples/articles`)
//!
//! Who said what, in a whole folder, on all cores?

use std::error::Error;
use std::path::{Path, PathBuf};

use pullquote::Parser;
use rayon::prelude::*;

/// One line of the table: file, speaker, what was said.
type Row = (String, String, String);

fn rows(path: &Path) -> std::io::Result<Vec<Row>> {
    // A parser is `Copy` and holds no state, so every thread has its own.
    const PARSER: Parser = Parser::new().indirect(false);
    let text = std::fs::read_to_string(path)?;
    let article = PARSER.parse(&text);
    let file = path.file_stem().unwrap_or_default().to_string_lossy();
    let row = |q: &pullquote::Quote| {
        let speaker = q.speaker().map_or("nobody named", |id| article[id].name());
        (file.to_string(), speaker.to_owned(), q.text(&article).chars().take(48).collect())
    };
    Ok(article.quotes().iter().map(row).collect())
}

fn main() -> Result<(), Box<dyn Error>> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("articles");
    let folder = std::env::args().nth(1).map_or(own.clone(), PathBuf::from);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    // `collect` keeps the order of the paths, whichever thread is first.
    let tables: Vec<Vec<Row>> = paths.par_iter().map(|p| rows(p)).collect::<Result<_, _>>()?;
    let table: Vec<Row> = tables.into_iter().flatten().collect();
    for (file, speaker, words) in &table {
        println!("{file:26} | {speaker:24} | {words}");
    }
    println!("{} quotes in {} files", table.len(), paths.len());
    if folder == own {
        assert_eq!(paths.len(), 7);
        assert!(table.iter().filter(|(_, speaker, _)| speaker != "nobody named").count() > 20);
        assert!(table.is_sorted_by_key(|row| &row.0));
    }
    Ok(())
}
