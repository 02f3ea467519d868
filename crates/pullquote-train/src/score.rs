//! How well labels fit the annotation, and predictions as a file for other scorers.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use pullquote::Span;
use pullquote::training::label;
use pullquote::training::linker;
use pullquote::training::tagger::Found;

use pullquote::training::label::Label;

use crate::data::Set;

/// Returns the F1 of exact sources, cues and contents, on the library's own tokens, in per cent.
pub fn exact(set: &Set, found: &Vec<Vec<Label>>) -> String {
    let mut n = [[0usize; 3]; 4];
    for ((doc, gold), found) in set.docs.iter().zip(&set.gold).zip(found) {
        for p in &doc.paragraphs {
            let range = p.tokens.start as usize..p.tokens.end as usize;
            let parts =
                |l: &[label::Label]| label::parts(l, 0).map(|p| (p.role, p.first, p.end)).collect::<Vec<_>>();
            let (right, found) = (parts(&gold[range.clone()]), parts(&found[range]));
            right.iter().for_each(|p| n[p.0 as usize][0] += 1);
            found.iter().for_each(|p| n[p.0 as usize][1] += 1);
            found.iter().filter(|p| right.contains(p)).for_each(|p| n[p.0 as usize][2] += 1);
        }
    }
    let f1 = |role: label::Role| {
        let [right, found, both] = n[role as usize];
        200.0 * both as f64 / (right + found).max(1) as f64
    };
    let (source, cue, content) = (f1(label::Role::Source), f1(label::Role::Cue), f1(label::Role::Content));
    format!("exact source {source:.1} cue {cue:.1} content {content:.1}")
}

/// Writes the linked attributions, one article a line.
///
/// # Errors
///
/// Fails when the file cannot be written.
pub fn write(set: &Set, found: &[Found], path: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    for ((article, doc), found) in set.articles.iter().zip(&set.docs).zip(found) {
        let spans = |s: &[Span]| s.iter().map(|s| [s.start(), s.end()]).collect::<Vec<_>>();
        let quotes: Vec<_> = linker::link(doc, found)
            .iter()
            .map(|q| {
                let [content, cue, source] = q.parts().map(spans);
                serde_json::json!({"content": content, "cue": cue, "source": source, "margin": q.margins.least()})
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({"id": article.id, "quotes": quotes}))?;
    }
    Ok(())
}
