//! The tagger: gives every token a label, in two passes over each paragraph.
//!
//! The first pass sees the text; the second also sees what the first found around a token. Both are linear
//! chains: the score of a labelling is the sum of a weight for each feature of each token under its label and
//! one for each pair of neighbouring labels in their context. The best labelling is found by Viterbi's
//! algorithm, in whole numbers.

use alloc::vec::Vec;

use super::atom::{self, Atoms, Known};
use super::feature;
use super::label::{self, LABELS, LANES, Label, Part};
use super::sequence::Document;
use super::weights::{Table, Weights};

type Scores = [i32; LANES];

/// What the second pass takes from the score of a token that belongs to nothing: it would rather find too much,
/// as whole attributions need all their parts (0.3 to 0.6 points on whole attributions of the development articles).
const LEAN: i16 = 16;

/// Less than any score, and far from overflow.
const NEVER: i32 = i32::MIN / 8;

/// What the tagger found: a label a token, and how much worse the best labelling without it would be.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The label of every token.
    pub labels: Vec<Label>,
    /// By how much the label of every token is better than the next best, in units of the weights.
    pub margins: Vec<i32>,
}

/// What is added to a transition that may not be.
const FORBIDDEN: [Scores; LABELS] = {
    let (mut table, mut before) = ([[NEVER; LANES]; LABELS], 0);
    while before < LABELS {
        let mut next = 0;
        while next < LABELS {
            if label::may_follow(Some(before as Label), next as Label) {
                table[before][next] = 0;
            }
            next += 1;
        }
        before += 1;
    }
    table
};

#[derive(Default)]
struct Work {
    atoms: Vec<Atoms>,
    parts: Vec<Part>,
    /// The sums of both passes' shared features.
    shared: Vec<[i16; 2 * LABELS]>,
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
    let known: Vec<Known> = doc.tokens.iter().map(|t| weights.known(t)).collect();
    let mut found = Found {
        labels: alloc::vec![label::OUT; doc.tokens.len()],
        margins: alloc::vec![0; doc.tokens.len()],
    };
    let mut work = Work::default();
    for (p, paragraph) in doc.paragraphs.iter().enumerate() {
        let range = paragraph.tokens.start as usize..paragraph.tokens.end as usize;
        let labels = &mut found.labels[range.clone()];
        atom::describe(doc, p, &known, &mut work.atoms);
        work.share(&weights.shared);
        work.first();
        work.transitions(&weights.edges[0]);
        work.decode(labels);
        atom::describe_found(doc, p, labels, &mut work.atoms, &mut work.parts);
        work.second(&weights.second);
        work.transitions(&weights.edges[1]);
        work.decode(labels);
        if labels.iter().any(|l| *l != label::OUT) {
            work.margins(labels, &mut found.margins[range]);
        }
    }
    found
}

fn add<const N: usize>(sums: &mut [i16; N], row: &[u8]) {
    // A token has fewer than 250 features, so that a sum of signed bytes fits.
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum += i16::from(*weight as i8);
    }
}

impl Work {
    /// Sums the features that both passes have.
    fn share(&mut self, table: &Table<'_>) {
        self.shared.clear();
        for at in 0..self.atoms.len() {
            let mut sums = [0i16; 2 * LABELS];
            let features = feature::FIRST.iter().filter_map(|t| t.feature(&self.atoms, at));
            features.filter_map(|f| table.get(f)).for_each(|row| add(&mut sums, row));
            self.shared.push(sums);
        }
    }

    /// Scores the tokens for the first pass.
    fn first(&mut self) {
        let widen = |sums: &[i16; 2 * LABELS]| {
            core::array::from_fn(|l| if l < LABELS { i32::from(sums[l]) } else { 0 })
        };
        self.nodes.clear();
        self.nodes.extend(self.shared.iter().map(widen));
    }

    /// Scores the tokens for the second pass.
    fn second(&mut self, table: &Table<'_>) {
        self.nodes.clear();
        for (at, shared) in self.shared.iter().enumerate() {
            let mut sums: [i16; LABELS] = core::array::from_fn(|l| shared[LABELS + l]);
            let features = feature::SECOND.iter().filter_map(|t| t.feature(&self.atoms, at));
            features.filter_map(|f| table.get(f)).for_each(|row| add(&mut sums, row));
            sums[label::OUT as usize] -= LEAN;
            self.nodes.push(core::array::from_fn(|l| if l < LABELS { i32::from(sums[l]) } else { 0 }));
        }
    }

    /// Scores the transitions into every token.
    fn transitions(&mut self, table: &Table<'_>) {
        self.edges.clear();
        for at in 0..self.atoms.len() {
            let mut sums = [0i16; LABELS * LABELS];
            let contexts = feature::EDGES.iter().filter_map(|t| t.feature(&self.atoms, at));
            // The context of no condition has the name 0.
            let rows = core::iter::once(0).chain(contexts).filter_map(|c| table.get(c));
            rows.for_each(|row| add(&mut sums, row));
            let mut edges = FORBIDDEN;
            for (scores, sums) in edges.iter_mut().zip(sums.chunks_exact(LABELS)) {
                for (score, sum) in scores.iter_mut().zip(sums) {
                    *score += i32::from(*sum);
                }
            }
            self.edges.push(edges);
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
