//! Articles to numbered features.

use std::error::Error;
use std::path::Path;

use pullquote::training::atom::{self, Atoms, Facts, Known, REACH, WINDOW};
use pullquote::training::feature::{self, SPREAD, Sink};
use pullquote::training::label::Label;
use pullquote::training::sequence::Document;

use crate::crf::{Data, NONE};
use crate::gold::{self, Article};
use crate::index::Index;
use crate::lexicon::Lexicon;

/// How often a feature must occur to be learned.
const LEAST: u32 = 4;
/// How often a transition context must occur to be learned.
const LEAST_CONTEXT: u32 = 500;

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

/// The features of a token, as they come.
#[derive(Default)]
struct Seen(Vec<u32>);

/// Names a hashed feature: the few whose hash is the number of a dense one share a name.
pub fn name(hashed: u32) -> u32 {
    hashed.max(feature::DENSE as u32)
}

impl Sink for Seen {
    fn dense(&mut self, _: usize, feature: u32) {
        self.0.push(feature);
    }

    fn hashed(&mut self, _: usize, feature: u32) {
        self.0.push(name(feature));
    }
}

impl Set {
    /// Reads a file of annotated articles.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn read(path: &Path) -> Result<Set, Box<dyn Error>> {
        Ok(Set::new(gold::read(path)?))
    }

    /// Makes a set of annotated articles, of whose words nothing is known yet.
    pub fn new(articles: Vec<Article>) -> Set {
        let docs: Vec<Document> = articles.iter().map(|a| pullquote::training::read(&a.text)).collect();
        let (gold, learn) = articles.iter().zip(&docs).map(|(a, d)| gold::labels(a, d)).unzip();
        Set { articles, docs, gold, learn, known: Vec::new() }
    }

    /// Sets what is known of every token, by what the other articles tell of its word.
    pub fn know(&mut self, lexicon: &Lexicon) {
        let known = |(n, doc): (usize, &Document)| lexicon.known(&self.articles[n].text, doc, Some(n));
        self.known = self.docs.iter().enumerate().map(known).collect();
    }

    /// Calls `seen` for every token with its features and its transition contexts.
    fn extract(&self, mut seen: impl FnMut(&[u32], &[u32])) {
        let (mut atoms, mut nodes, mut edges) = (Vec::<Atoms>::new(), Seen::default(), Seen::default());
        for (n, doc) in self.docs.iter().enumerate() {
            let facts: Vec<Facts> = doc
                .tokens
                .iter()
                .zip(&self.known[n])
                .map(|(t, k)| atom::facts(&self.articles[n].text, t, *k))
                .collect();
            for (p, paragraph) in doc.paragraphs.iter().enumerate() {
                atom::describe(doc, p, &self.known[n], &mut atoms);
                let facts = &facts[paragraph.tokens.start as usize..paragraph.tokens.end as usize];
                for at in 0..facts.len() {
                    let Some(window): Option<&[Atoms; WINDOW]> = atoms[at..].first_chunk() else { break };
                    debug_assert_eq!(window.len() / 2, REACH);
                    nodes.0.clear();
                    edges.0.clear();
                    let words = at.saturating_sub(SPREAD)..(at + SPREAD + 1).min(facts.len());
                    for word in words {
                        feature::word(&facts[word], (at as i32 - word as i32) as i8, |f| {
                            nodes.0.push(name(f))
                        });
                    }
                    feature::still(window, &mut nodes);
                    feature::slow(window, &mut nodes);
                    feature::quick(window, &mut nodes);
                    if feature::is_read(window) {
                        feature::reading(window, &mut nodes);
                    }
                    feature::contexts(window, &mut edges);
                    seen(&nodes.0, &edges.0);
                }
            }
        }
    }

    /// Numbers the features and the transition contexts.
    pub fn number(&self) -> (Index, Index) {
        let (mut nodes, mut edges) = (Index::default(), Index::default());
        self.extract(|features, contexts| {
            features.iter().for_each(|f| nodes.count(*f));
            contexts.iter().for_each(|c| edges.count(*c));
        });
        nodes.retain(|_, n| n >= LEAST);
        edges.retain(|_, n| n >= LEAST_CONTEXT);
        (nodes, edges)
    }

    /// Turns the articles into numbers.
    pub fn data(&self, nodes: &Index, edges: &Index) -> Data {
        let mut data = Data { contexts: feature::CONTEXTS_EACH, starts: vec![0], ..Data::default() };
        self.extract(|features, contexts| {
            data.nodes.extend(features.iter().filter_map(|f| nodes.get(*f)));
            data.starts.push(data.nodes.len());
            data.edges.extend(contexts.iter().map(|c| edges.get(*c).unwrap_or(NONE)));
        });
        let mut base = 0;
        for (n, doc) in self.docs.iter().enumerate() {
            data.gold.extend_from_slice(&self.gold[n]);
            for (p, s) in doc.paragraphs.iter().enumerate() {
                data.paragraphs.push((base + s.tokens.start as usize, base + s.tokens.end as usize));
                data.learn.push(self.learn[n][p]);
            }
            base += doc.tokens.len();
        }
        data
    }
}
