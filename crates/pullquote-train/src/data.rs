//! Articles to numbered features.

use std::error::Error;
use std::path::Path;

use pullquote::training::atom::{self, Known};
use pullquote::training::feature;
use pullquote::training::label::Label;
use pullquote::training::sequence::Document;

use crate::crf::{Data, NONE};
use crate::gold::{self, Article};
use crate::index::Index;

/// How often a feature must occur to be learned.
const LEAST: u32 = 4;
/// How often a transition context must occur to be learned.
const LEAST_CONTEXT: u32 = 1500;

/// Articles as the tagger sees them.
pub struct Set {
    /// The articles.
    pub articles: Vec<Article>,
    /// Their tokens.
    pub docs: Vec<Document>,
    /// The right label of every token.
    pub gold: Vec<Vec<Label>>,
    /// Whether each paragraph may be learned from.
    pub learn: Vec<Vec<bool>>,
    /// What the learned lexicon knows of every token.
    pub known: Vec<Vec<Known>>,
}

/// The labels of a whole set.
pub type Labels = Vec<Vec<Label>>;

impl Set {
    /// Reads a file of annotated articles.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn read(path: &Path) -> Result<Set, Box<dyn Error>> {
        let articles = gold::read(path)?;
        let docs: Vec<Document> = articles.iter().map(|a| pullquote::training::read(&a.text)).collect();
        let (gold, learn) = articles.iter().zip(&docs).map(|(a, d)| gold::labels(a, d)).unzip();
        Ok(Set { articles, docs, gold, learn, known: Vec::new() })
    }

    /// Returns labels that say "nothing" for every token.
    pub fn blank(&self) -> Labels {
        self.docs.iter().map(|d| vec![0; d.tokens.len()]).collect()
    }

    /// Calls `seen` for every token with its features and its transition contexts. `found` are the labels of
    /// the first pass, for the features of the second; those only the second has come with `true`.
    fn extract(&self, found: Option<&Labels>, mut seen: impl FnMut(&[(u32, bool)], &[Option<u32>])) {
        let second = if found.is_some() { feature::SECOND } else { &[] };
        let (mut atoms, mut parts, mut nodes, mut edges) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (d, doc) in self.docs.iter().enumerate() {
            for (p, paragraph) in doc.paragraphs.iter().enumerate() {
                atom::describe(doc, p, &self.known[d], &mut atoms);
                if let Some(found) = found {
                    let range = paragraph.tokens.start as usize..paragraph.tokens.end as usize;
                    atom::describe_found(doc, p, &found[d][range], &mut atoms, &mut parts);
                }
                for at in 0..atoms.len() {
                    nodes.clear();
                    nodes.extend(
                        feature::FIRST.iter().filter_map(|t| t.feature(&atoms, at)).map(|f| (f, false)),
                    );
                    nodes.extend(second.iter().filter_map(|t| t.feature(&atoms, at)).map(|f| (f, true)));
                    edges.clear();
                    // The context of no condition has the name 0.
                    edges.push(Some(0));
                    edges.extend(feature::EDGES.iter().map(|t| t.feature(&atoms, at)));
                    seen(&nodes, &edges);
                }
            }
        }
    }

    /// Numbers the features and the transition contexts. The second pass takes over of the first pass's
    /// features only those that `first` kept.
    pub fn number(&self, found: Option<(&Labels, &Index)>) -> (Index, Index) {
        let (mut nodes, mut edges) = (Index::default(), Index::default());
        let first = found.map(|f| f.1);
        self.extract(found.map(|f| f.0), |features, contexts| {
            let wanted = |f: &&(u32, bool)| f.1 || first.is_none_or(|i| i.get(f.0).is_some());
            features.iter().filter(wanted).for_each(|f| nodes.count(f.0));
            contexts.iter().flatten().for_each(|c| edges.count(*c));
        });
        nodes.retain(|_, n| n >= LEAST);
        edges.retain(|_, n| n >= LEAST_CONTEXT);
        (nodes, edges)
    }

    /// Turns the articles into numbers.
    pub fn data(&self, found: Option<&Labels>, nodes: &Index, edges: &Index, folds: usize) -> Data {
        let mut data = Data { contexts: feature::EDGES.len() + 1, starts: vec![0], ..Data::default() };
        self.extract(found, |features, contexts| {
            data.nodes.extend(features.iter().filter_map(|f| nodes.get(f.0)));
            data.starts.push(data.nodes.len());
            data.edges.extend(contexts.iter().map(|c| c.and_then(|c| edges.get(c)).unwrap_or(NONE)));
        });
        let mut base = 0;
        for (n, doc) in self.docs.iter().enumerate() {
            data.gold.extend_from_slice(&self.gold[n]);
            for (p, s) in doc.paragraphs.iter().enumerate() {
                data.paragraphs.push((base + s.tokens.start as usize, base + s.tokens.end as usize));
                data.folds.push(n % folds);
                data.learn.push(self.learn[n][p]);
            }
            base += doc.tokens.len();
        }
        data
    }
}
