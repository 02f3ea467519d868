//! Annotated articles: reading them, and turning attributions into labels.

use std::error::Error;
use std::fs;
use std::path::Path;

use pullquote::training::label::{self, Label, Role, Side};
use pullquote::training::sequence::Document;
use serde_json::Value;

/// A stretch of bytes, half-open.
pub type Bytes = (u32, u32);

/// One annotated attribution.
#[derive(Debug, Clone, Default)]
pub struct Attribution {
    /// What is said.
    pub content: Vec<Bytes>,
    /// The words that attribute.
    pub cue: Vec<Bytes>,
    /// Who says it.
    pub source: Vec<Bytes>,
}

/// One annotated article.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its name in the file.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The stretches that nobody annotated.
    pub discard: Vec<Bytes>,
    /// The attributions.
    pub attributions: Vec<Attribution>,
}

fn spans(value: &Value) -> Vec<Bytes> {
    let number = |v: &Value| v.as_u64().and_then(|n| u32::try_from(n).ok());
    let pair = |v: &Value| Some((number(v.get(0)?)?, number(v.get(1)?)?));
    value.as_array().map(|a| a.iter().filter_map(pair).filter(|(b, e)| b < e).collect()).unwrap_or_default()
}

/// Reads a file of articles, one JSON object a line.
///
/// # Errors
///
/// Fails when the file cannot be read or a line is not an article.
pub fn read(path: &Path) -> Result<Vec<Article>, Box<dyn Error>> {
    let mut articles = Vec::new();
    for (n, line) in fs::read_to_string(path)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let v: Value =
            serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), n + 1))?;
        let text = v["text"].as_str().ok_or_else(|| format!("{}:{}: no \"text\"", path.display(), n + 1))?;
        let attributions = v["attributions"].as_array().map_or(&[][..], Vec::as_slice);
        articles.push(Article {
            id: v["id"].as_str().unwrap_or_default().to_owned(),
            text: text.to_owned(),
            discard: spans(&v["discard"]),
            attributions: attributions
                .iter()
                .map(|a| Attribution {
                    content: spans(&a["content"]),
                    cue: spans(&a["cue"]),
                    source: spans(&a["source"]),
                })
                .collect(),
        });
    }
    Ok(articles)
}

/// Returns the labels of every token of `doc`, and for each paragraph whether it may be learned from.
pub fn labels(article: &Article, doc: &Document) -> (Vec<Label>, Vec<bool>) {
    let mut labels = vec![label::OUT; doc.tokens.len()];
    let mut rank = vec![0u8; doc.tokens.len()];
    let mut breaks = vec![false; doc.tokens.len() + 1];
    for p in &doc.paragraphs {
        breaks[p.tokens.start as usize] = true;
    }
    // A source that several cues share stands on the side of the nearest one.
    let cues_of = |source: Bytes| {
        let same = article.attributions.iter().filter(move |a| a.source.contains(&source));
        same.flat_map(|a| &a.cue).copied().min_by_key(|c| c.0.abs_diff(source.1).min(source.0.abs_diff(c.1)))
    };
    for a in &article.attributions {
        let cue = a.cue.first().copied();
        let side = |span: Bytes, cue: Option<Bytes>| match cue {
            Some(cue) if span.0 < cue.0 => Side::Left,
            _ => Side::Right,
        };
        for &span in &a.content {
            paint(doc, span, Role::Content, side(span, cue), 1, &mut labels, &mut rank, &breaks);
        }
        for &span in &a.source {
            paint(doc, span, Role::Source, side(span, cues_of(span)), 2, &mut labels, &mut rank, &breaks);
        }
        for &span in &a.cue {
            paint(doc, span, Role::Cue, Side::Left, 3, &mut labels, &mut rank, &breaks);
        }
    }
    // Painting over may have cut the beginning off a part.
    for i in 0..labels.len() {
        let before = if breaks[i] { None } else { Some(labels[i - 1]) };
        if !label::may_follow(before, labels[i]) {
            labels[i] = label::beginning(labels[i]);
        }
    }
    let learn = doc.paragraphs.iter().map(|p| {
        let range = p.tokens.start as usize..p.tokens.end as usize;
        let (b, e) = (doc.tokens[range.start].start, doc.tokens[range.end - 1].end);
        !article.discard.iter().any(|d| d.0 < e && b < d.1)
    });
    (labels, learn.collect())
}

#[allow(clippy::too_many_arguments)]
fn paint(
    doc: &Document,
    span: Bytes,
    role: Role,
    side: Side,
    level: u8,
    labels: &mut [Label],
    rank: &mut [u8],
    breaks: &[bool],
) {
    let mut begins = true;
    let first = doc.tokens.partition_point(|t| t.end <= span.0);
    for (i, t) in doc.tokens.iter().enumerate().skip(first).take_while(|(_, t)| t.start < span.1) {
        let shared = t.end.min(span.1) - t.start.max(span.0);
        if 2 * shared < t.end - t.start || rank[i] > level {
            continue;
        }
        labels[i] = label::label(role, side, begins || breaks[i]);
        rank[i] = level;
        begins = false;
    }
}
