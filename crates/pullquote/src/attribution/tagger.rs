//! The tagger: gives every token a label, in two passes over each paragraph.
//!
//! The first pass sees the text; the second also sees what the first found around a token. Both are linear
//! chains: the score of a labelling is the sum of a weight for each feature of each token under its label and
//! one for each pair of neighbouring labels in their context. The best labelling is found by Viterbi's
//! algorithm, in whole numbers.

use alloc::vec::Vec;

use super::feature::{self, Atoms, Template};
use super::label::{self, LABELS, LANES, Label, Part};
use super::sequence::Document;
use super::weights::{Pass, Weights};

type Scores = [i32; LANES];

/// Less than any score, and far from overflow.
const NEVER: i32 = i32::MIN / 4;

/// What the tagger found: a label a token, and how much worse the best labelling without it would be.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The label of every token.
    pub labels: Vec<Label>,
    /// By how much the label of every token is better than the next best, in units of the weights.
    pub margins: Vec<i32>,
}

#[derive(Default)]
struct Work {
    atoms: Vec<Atoms>,
    parts: Vec<Part>,
    nodes: Vec<Scores>,
    edges: Vec<[Scores; LABELS]>,
    forward: Vec<Scores>,
    from: Vec<[u8; LANES]>,
}

/// Labels every token of a document.
///
/// # Complexity
///
/// Linear in the tokens.
#[must_use]
pub fn tag(doc: &Document, weights: &Weights<'_>) -> Found {
    let cues: Vec<u8> = doc.tokens.iter().map(|t| weights.cue_class(t.word)).collect();
    let mut found = Found {
        labels: alloc::vec![label::OUT; doc.tokens.len()],
        margins: alloc::vec![0; doc.tokens.len()],
    };
    let mut work = Work::default();
    for (p, paragraph) in doc.paragraphs.iter().enumerate() {
        let range = paragraph.tokens.start as usize..paragraph.tokens.end as usize;
        feature::describe(doc, p, &cues, &mut work.atoms);
        work.score(&weights.passes[0], &[feature::FIRST], weights.bias[0]);
        work.decode(&mut found.labels[range.clone()]);
        feature::describe_found(doc, p, &found.labels[range.clone()], &mut work.atoms, &mut work.parts);
        work.score(&weights.passes[1], &[feature::FIRST, feature::SECOND], weights.bias[1]);
        work.decode(&mut found.labels[range.clone()]);
        work.margins(&found.labels[range.clone()], &mut found.margins[range]);
    }
    found
}

impl Work {
    fn score(&mut self, pass: &Pass<'_>, tables: &[&[Template]], bias: i32) {
        self.nodes.clear();
        self.edges.clear();
        for at in 0..self.atoms.len() {
            let mut node = [0i16; LANES];
            for feature in tables.iter().copied().flatten().filter_map(|t| t.feature(&self.atoms, at)) {
                if let Some(row) = pass.nodes.get(feature) {
                    for (sum, weight) in node.iter_mut().zip(row) {
                        *sum += i16::from(*weight as i8);
                    }
                }
            }
            let mut node = node.map(i32::from);
            node[label::OUT as usize] -= bias;
            self.nodes.push(node);
            let mut edge = [[0i32; LANES]; LABELS];
            let contexts = feature::EDGES.iter().filter_map(|t| t.feature(&self.atoms, at));
            for row in core::iter::once(0).chain(contexts).filter_map(|c| pass.edges.get(c)) {
                for (sums, weights) in edge.iter_mut().zip(row.chunks_exact(LABELS)) {
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum += i32::from(*weight as i8);
                    }
                }
            }
            for (before, sums) in edge.iter_mut().enumerate() {
                for (next, sum) in sums.iter_mut().enumerate() {
                    if next >= LABELS || !label::may_follow(Some(before as Label), next as Label) {
                        *sum = NEVER;
                    }
                }
            }
            self.edges.push(edge);
        }
    }

    /// Finds the best labelling.
    fn decode(&mut self, labels: &mut [Label]) {
        self.forward.clear();
        self.from.clear();
        for (at, node) in self.nodes.iter().enumerate() {
            let (mut best, mut from) = ([NEVER; LANES], [0u8; LANES]);
            if at == 0 {
                for (next, score) in best.iter_mut().enumerate().take(LABELS) {
                    if label::may_follow(None, next as Label) {
                        *score = 0;
                    }
                }
            } else {
                for (before, edges) in self.edges[at].iter().enumerate() {
                    let so_far = self.forward[at - 1][before];
                    for next in 0..LANES {
                        let score = so_far.saturating_add(edges[next]);
                        if score > best[next] {
                            best[next] = score;
                            from[next] = before as u8;
                        }
                    }
                }
            }
            for (score, node) in best.iter_mut().zip(node) {
                *score = (*score + node).max(NEVER);
            }
            self.forward.push(best);
            self.from.push(from);
        }
        let Some(last) = self.forward.last() else { return };
        let mut at = (0..LABELS).max_by_key(|l| last[*l]).unwrap_or(0);
        for (label, from) in labels.iter_mut().zip(&self.from).rev() {
            *label = at as Label;
            at = from[at] as usize;
        }
    }

    /// Fills in how much worse the best labelling is that gives a token another label.
    fn margins(&self, labels: &[Label], margins: &mut [i32]) {
        let mut backward = [0; LANES];
        for at in (0..self.nodes.len()).rev() {
            let total = |l: usize| self.forward[at][l].saturating_add(backward[l]);
            let best = total(labels[at] as usize);
            let other = (0..LABELS).filter(|l| *l != labels[at] as usize).map(total).max().unwrap_or(NEVER);
            margins[at] = best.saturating_sub(other).clamp(0, 1 << 16);
            let mut now = [NEVER; LANES];
            for (before, edges) in self.edges[at].iter().enumerate() {
                for next in 0..LABELS {
                    now[before] = now[before]
                        .max(edges[next].saturating_add(self.nodes[at][next]).saturating_add(backward[next]));
                }
            }
            backward = now;
        }
    }
}
