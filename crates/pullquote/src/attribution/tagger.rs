//! The tagger: gives every token a label.
//!
//! It is a linear chain over the tokens of a paragraph: the score of a labelling is the sum of a weight for each
//! feature of each token under its label, and of one for each pair of neighbouring labels in its contexts. The
//! best labelling is found by Viterbi's algorithm, in whole numbers of 16 bits.

use alloc::vec::Vec;

use super::atom::{self, Atoms, Known, REACH, SLOW, STILL, WINDOW};
use super::feature::{self, CONTEXTS_EACH, SPREAD, Sink};
use super::label::{BEGINS, LABELS, Label, OUT};
use super::sequence::{Document, Place, Token};
use super::weights::{CONTEXT, Context, ROW, STEM, WORD, Weights};

/// A score for each label, in the order of their numbers; the lanes above are nobody's.
type Scores = [i16; 16];
/// A score for each label that begins, or for each that goes on.
type Half = [i16; 8];
/// The scores of a state of the search: those of labels that begin, then those of labels that go on.
type Lanes = [i16; 16];

/// Less than any score.
const NEVER: i16 = i16::MIN / 2;

/// What a byte of a row has more than its weight.
const BIAS: i16 = 128;

/// Where the sums of bytes begin, so that they end in the middle of what a number of 16 bits can hold.
const LOW: i16 = -64 * BIAS;

/// How many labels carry a part on.
const INSIDES: usize = LABELS - BEGINS;

/// What the tagger found: a label a token, and how much worse the best labelling without it would be.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The label of every token.
    pub labels: Vec<Label>,
    /// By how much the label of every token is better than the next best, in units of the weights.
    pub margins: Vec<i32>,
}

/// Transitions without weights: those of lanes that stand for no label may not be.
const NONE: Context = {
    let (mut table, mut i) = ([0; CONTEXT], 0);
    while i < CONTEXT {
        let lane = i % 8;
        let lanes = if i < LABELS * 8 { BEGINS } else { INSIDES };
        if lane >= lanes {
            table[i] = NEVER;
        }
        i += 1;
    }
    table
};

#[derive(Default)]
struct Work {
    words: Vec<[u8; WORD]>,
    atoms: Vec<Atoms>,
    nodes: Vec<Scores>,
    edges: Vec<Context>,
    forward: Vec<Lanes>,
}

/// Labels every token of a document.
///
/// # Complexity
///
/// Linear in the tokens.
#[must_use]
pub fn tag(text: &str, doc: &Document, weights: &Weights<'_>) -> Found {
    let known: Vec<Known> = doc.tokens.iter().map(|t| know(text, t, weights)).collect();
    let mut found =
        Found { labels: alloc::vec![OUT; doc.tokens.len()], margins: alloc::vec![0; doc.tokens.len()] };
    let mut work = Work::default();
    for (p, paragraph) in doc.paragraphs.iter().enumerate() {
        let range = paragraph.tokens.start as usize..paragraph.tokens.end as usize;
        let labels = &mut found.labels[range.clone()];
        atom::describe(doc, p, &known, &mut work.atoms);
        work.words(text, &doc.tokens[range.clone()], &known[range.clone()], weights);
        work.features(weights);
        work.transitions(weights);
        work.lean(&doc.tokens[range.clone()], weights.lean);
        work.decode(labels);
        if labels.iter().any(|l| *l != OUT) {
            work.margins(labels, &mut found.margins[range]);
        }
    }
    found
}

/// Returns what the learned lexicon knows of a token.
fn know(text: &str, token: &Token, weights: &Weights<'_>) -> Known {
    weights.known(token.word).unwrap_or_else(|| {
        let stem = atom::stem(text, token);
        let known = if stem == 0 { None } else { weights.known(stem ^ STEM) };
        Known { stem: known.unwrap_or_default().stem, ..Known::default() }
    })
}

/// Sums rows of weights. A token has fewer than a hundred features, so that the sums of bytes fit.
struct Sum<'a> {
    weights: &'a Weights<'a>,
    scores: Scores,
}

impl Sum<'_> {
    #[inline]
    fn add(&mut self, row: Option<&[u8; ROW]>) {
        if let Some(row) = row {
            for (sum, weight) in self.scores.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(*weight));
            }
        }
    }
}

impl Sink for Sum<'_> {
    #[inline]
    fn dense(&mut self, feature: u32) {
        self.add(self.weights.dense(feature));
    }

    #[inline]
    fn hashed(&mut self, feature: u32) {
        self.add(self.weights.hashed(feature));
    }
}

impl Work {
    /// Finds the row of every token's word; for a word that has none, makes one.
    fn words(&mut self, text: &str, tokens: &[Token], known: &[Known], weights: &Weights<'_>) {
        self.words.clear();
        // Words of nothing stand before the first token and after the last.
        self.words.resize(SPREAD, [0; WORD]);
        self.words.extend(tokens.iter().zip(known).map(|(token, known)| match weights.word(*known) {
            Some(row) => *row,
            None => rare(text, token, *known, weights),
        }));
        self.words.resize(tokens.len() + 2 * SPREAD, [0; WORD]);
    }

    /// Scores the tokens.
    fn features(&mut self, weights: &Weights<'_>) {
        let (mut still, mut slow) = ([0; 16], [0; 16]);
        self.nodes.clear();
        for (at, words) in self.words.windows(2 * SPREAD + 1).enumerate() {
            let Some(window) = window(&self.atoms, at) else { break };
            let (before, now) = (&window[REACH - 1], &window[REACH]);
            if at == 0 || before[..SLOW] != now[..SLOW] {
                if at == 0 || before[..STILL] != now[..STILL] {
                    let mut sum = Sum { weights, scores: [LOW; 16] };
                    feature::still(window, &mut sum);
                    still = sum.scores;
                }
                let mut sum = Sum { weights, scores: still };
                feature::slow(window, &mut sum);
                slow = sum.scores;
            }
            let mut sum = Sum { weights, scores: around(words, slow) };
            feature::quick(window, &mut sum);
            if feature::is_read(window) {
                feature::reading(window, &mut sum);
            }
            self.nodes.push(sum.scores);
        }
    }

    /// Scores the transitions into every token.
    #[inline(never)]
    fn transitions(&mut self, weights: &Weights<'_>) {
        struct Rows<'a> {
            weights: &'a Weights<'a>,
            rows: [&'a [u8; 2 * CONTEXT]; CONTEXTS_EACH],
            count: usize,
        }
        impl Sink for Rows<'_> {
            #[inline]
            fn dense(&mut self, feature: u32) {
                self.rows[self.count] = self.weights.context(feature);
                self.count += 1;
            }
            fn hashed(&mut self, _: u32) {}
        }
        self.edges.clear();
        self.edges.resize(self.nodes.len(), NONE);
        for (at, edges) in self.edges.iter_mut().enumerate() {
            let Some(window) = window(&self.atoms, at) else { break };
            let mut found = Rows { weights, rows: [&[0; 2 * CONTEXT]; CONTEXTS_EACH], count: 0 };
            feature::contexts(window, &mut found);
            let rows = found.rows.map(|row| row.as_chunks::<16>().0);
            // Lanes first, rows second: the sum of eight lanes stays in a register.
            for (v, sums) in edges.as_chunks_mut::<8>().0.iter_mut().enumerate() {
                let mut sum = *sums;
                for row in rows {
                    for (sum, weight) in sum.iter_mut().zip(row[v].as_chunks::<2>().0) {
                        *sum = sum.wrapping_add(i16::from_le_bytes(*weight));
                    }
                }
                *sums = sum;
            }
        }
    }

    /// Lets what stands between marks rather be somebody's words.
    fn lean(&mut self, tokens: &[Token], lean: i16) {
        for (node, token) in self.nodes.iter_mut().zip(tokens) {
            if token.place != Place::Outside {
                node[OUT as usize] = node[OUT as usize].saturating_sub(lean);
            }
        }
    }

    /// Finds the best labelling.
    fn decode(&mut self, labels: &mut [Label]) {
        self.forward.clear();
        let mut before = [NEVER; 16];
        for (at, (node, edges)) in self.nodes.iter().zip(&self.edges).enumerate() {
            let (mut begin, mut inside) = ([NEVER; 8], [NEVER; 8]);
            if at == 0 {
                begin[..BEGINS].fill(0);
            } else {
                let (rows, stay) = parts(edges);
                for (label, row) in rows.iter().enumerate() {
                    let so_far = before[lane(label)];
                    for l in 0..8 {
                        begin[l] = begin[l].max(so_far.saturating_add(row[l]));
                    }
                }
                for l in 0..INSIDES {
                    let started = before[l + 1].saturating_add(stay[0][l]);
                    inside[l] = started.max(before[8 + l].saturating_add(stay[1][l]));
                }
            }
            before = spread(node, &begin, &inside);
            self.forward.push(before);
        }
        let Some(last) = self.forward.last() else { return };
        let mut label = (0..LABELS).max_by_key(|l| last[lane(*l)]).unwrap_or(0);
        for at in (0..labels.len()).rev() {
            labels[at] = label as Label;
            if at > 0 {
                label = came_from(&self.forward[at - 1], &self.edges[at], label);
            }
        }
    }

    /// Fills in how much worse the best labelling is that gives a token another label.
    fn margins(&self, labels: &[Label], margins: &mut [i32]) {
        let mut after = [0i16; 16];
        for (at, &label) in labels.iter().enumerate().rev() {
            let own = lane(label as usize);
            // Half of each, so that a sum fits.
            let mut total: Lanes =
                core::array::from_fn(|l| (self.forward[at][l] >> 1).saturating_add(after[l] >> 1));
            let best = core::mem::replace(&mut total[own], i16::MIN);
            margins[at] = 2 * (i32::from(best) - i32::from(greatest(total))).max(0);
            let (begin, inside) = after.split_at(8);
            let (Ok(begin), Ok(inside)) = (begin.try_into(), inside.try_into()) else { return };
            let next = spread(&self.nodes[at], begin, inside);
            let (rows, stay) = parts(&self.edges[at]);
            let mut now = [NEVER; 16];
            for (label, row) in rows.iter().enumerate() {
                let mut best: Half = core::array::from_fn(|l| next[l].saturating_add(row[l]));
                for half in [4, 2, 1] {
                    for l in 0..half {
                        best[l] = best[l].max(best[l + half]);
                    }
                }
                now[lane(label)] = best[0];
            }
            for l in 0..INSIDES {
                now[l + 1] = now[l + 1].max(next[8 + l].saturating_add(stay[0][l]));
                now[8 + l] = now[8 + l].max(next[8 + l].saturating_add(stay[1][l]));
            }
            let top = greatest(now);
            after = now.map(|s| s.saturating_sub(top).max(NEVER));
        }
    }
}

/// Returns the place of a label among the lanes of a state of the search: those that begin, then those that go on.
const fn lane(label: usize) -> usize {
    if label < BEGINS { label } else { label - BEGINS + 8 }
}

/// Adds the scores of a token, in the order of the labels, to those of the lanes. Only differences count: the best
/// becomes 0, so that nothing overflows.
fn spread(node: &Scores, begin: &Half, inside: &Half) -> Lanes {
    let sum: Lanes = core::array::from_fn(|l| match l {
        0..BEGINS => begin[l].saturating_add(node[l]),
        8.. if l < 8 + INSIDES => inside[l - 8].saturating_add(node[BEGINS + l - 8]),
        _ => NEVER,
    });
    let top = greatest(sum);
    sum.map(|s| s.saturating_sub(top).max(NEVER))
}

fn greatest(mut lanes: Lanes) -> i16 {
    for half in [8, 4, 2, 1] {
        for l in 0..half {
            lanes[l] = lanes[l].max(lanes[l + half]);
        }
    }
    lanes[0]
}

/// Returns the atoms around a token.
fn window(atoms: &[Atoms], at: usize) -> Option<&[Atoms; WINDOW]> {
    atoms.get(at..)?.first_chunk()
}

/// Adds what the words around a token weigh; their rows hold a fourth of the weights.
fn around(words: &[[u8; WORD]], mut scores: Scores) -> Scores {
    for (place, word) in words.iter().rev().enumerate() {
        if let Some(row) = word.get(place * LABELS..).and_then(<[u8]>::first_chunk::<ROW>) {
            for (sum, weight) in scores.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(*weight as i8) * 4);
            }
        }
    }
    scores
}

/// Makes the row of a word that is not known, out of its letters and the lists it stands in.
fn rare(text: &str, token: &Token, known: Known, weights: &Weights<'_>) -> [u8; WORD] {
    let facts = atom::facts(text, token, known);
    let mut row = [0; WORD];
    for (place, labels) in row.chunks_exact_mut(LABELS).take(2 * SPREAD + 1).enumerate() {
        let mut sum = Sum { weights, scores: [0; 16] };
        let mut bias = 0;
        feature::word(&facts, place as i8 - SPREAD as i8, |f| {
            sum.hashed(f);
            bias += BIAS;
        });
        for (label, score) in labels.iter_mut().zip(sum.scores) {
            *label = ((score - bias) / 4).clamp(-128, 127) as i8 as u8;
        }
    }
    row
}

/// Parts a context: the rows of the labels before, and the two rows of parts that go on.
fn parts(edges: &Context) -> (&[Half], [&Half; 2]) {
    let (rows, _) = edges.as_chunks();
    (&rows[..LABELS], [&rows[LABELS], &rows[LABELS + 1]])
}

/// Returns the best label before `label`.
fn came_from(before: &Lanes, edges: &Context, label: usize) -> usize {
    let (rows, stay) = parts(edges);
    if let Some(l) = label.checked_sub(BEGINS) {
        let started = before[l + 1].saturating_add(stay[0][l]);
        let stayed = before[8 + l].saturating_add(stay[1][l]);
        return if stayed > started { label } else { l + 1 };
    }
    let score = |l: &usize| before[lane(*l)].saturating_add(rows[*l][label]);
    (0..LABELS).rev().max_by_key(score).unwrap_or(0)
}
