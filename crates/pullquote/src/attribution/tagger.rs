//! The tagger: gives every token a label.
//!
//! It is a linear chain over the tokens of a paragraph: the score of a labelling is the sum of a weight for each
//! feature of each token under its label, and of one for each pair of neighbouring labels in its contexts. The
//! best labelling is found by Viterbi's algorithm, in whole numbers of 16 bits.
// Several arrays are worked on lane by lane; an index reads better than nested zips.
#![allow(clippy::needless_range_loop)]

use alloc::vec::Vec;
use core::ops::Range;

use super::atom::{self, Atoms, Known, REACH, SLOW, STILL, WINDOW};
use super::feature::{
    self, CONTEXTS_EACH, QUICK_COUNT, READING_COUNT, SLOW_CONTEXTS, SLOW_COUNT, SPREAD, STILL_COUNT, Sink,
    WORDS,
};
use super::label::{self, BEGINS, LABELS, LANES, Label, OUT, USED, lane};
use super::sequence::{Document, Place, Token};
use super::weights::{CONTEXT, Context, ROW, Rows, STARTED, STAYED, STEM, WORD, Weights};

/// A score a lane.
type Scores = [i16; LANES];
/// How many lanes labels that begin have, and labels that go on.
const HALF: usize = LANES / 2;

/// Less than any score.
const NEVER: i16 = i16::MIN / 2;

/// What a byte of a row has more than its weight.
const BIAS: i16 = 128;

/// What the tagger found: a label a token, and how much worse the best labelling without it would be.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The label of every token.
    pub labels: Vec<Label>,
    /// By how much the label of every token is better than the next best, in units of the weights; 0 for those that belong
    /// to nothing.
    pub margins: Vec<i32>,
}

/// Transitions without weights: those to lanes that stand for no label may not be.
const NONE: Context = {
    let mut table = [[NEVER; HALF]; BEGINS + 2];
    let mut label = 0;
    while label < BEGINS {
        let mut before = 0;
        while before < BEGINS {
            table[before][label] = 0;
            before += 1;
        }
        if label != OUT as usize {
            table[STARTED][label] = 0;
            table[STAYED][label] = 0;
        }
        label += 1;
    }
    table
};

/// For each lane the most that the lanes may have of which it is none: a table, as writing to one lane of a vector and
/// reading the whole of it again makes the processor wait.
const OTHERS: [Scores; LANES] = {
    let mut table = [[i16::MAX; LANES]; LANES];
    let mut lane = 0;
    while lane < LANES {
        table[lane][lane] = i16::MIN;
        lane += 1;
    }
    table
};

/// The row of a rare word, kept as names come again, and where that word stands in the text.
#[derive(Debug, Clone, Copy)]
struct Rare {
    start: u32,
    end: u32,
    row: [u8; WORD],
}

/// How many rows of rare words are kept, each in the place that its word has, if no later one has taken it.
const KEPT: usize = 256;

/// The memory of tagging, kept for the next text.
#[derive(Debug, Default)]
pub(crate) struct Work {
    known: Vec<Known>,
    words: Vec<[u8; WORD]>,
    rare: Vec<Rare>,
    atoms: Vec<Atoms>,
    quick: Vec<Fours<QUICK_FOURS>>,
    nodes: Vec<Scores>,
    edges: Vec<Context>,
    forward: Vec<Scores>,
}

/// Labels every token of a document.
///
/// # Complexity
///
/// Linear in the tokens.
#[must_use]
pub fn tag(text: &str, doc: &Document, weights: &Weights<'_>) -> Found {
    let mut found = Found::default();
    tag_into(text, doc, weights, |_| true, &mut Work::default(), &mut found);
    found
}

/// Labels the tokens of the paragraphs that `wanted` names by their places; those of others belong to nothing.
pub(crate) fn tag_into(
    text: &str,
    doc: &Document,
    weights: &Weights<'_>,
    wanted: impl Fn(usize) -> bool,
    work: &mut Work,
    found: &mut Found,
) {
    found.labels.clear();
    found.labels.resize(doc.tokens.len(), OUT);
    found.margins.clear();
    found.margins.resize(doc.tokens.len(), 0);
    work.known.clear();
    work.known.resize(doc.tokens.len(), Known::default());
    work.rare.clear();
    work.rare.resize(KEPT, Rare { start: 0, end: 0, row: [0; WORD] });
    for (p, paragraph) in doc.paragraphs.iter().enumerate().filter(|(p, _)| wanted(*p)) {
        let range = paragraph.tokens.start as usize..paragraph.tokens.end as usize;
        let tokens = &doc.tokens[range.clone()];
        for (known, token) in work.known[range.clone()].iter_mut().zip(tokens) {
            *known = know(text, token, weights);
        }
        atom::describe(doc, p, &work.known, &mut work.atoms);
        let labels = &mut found.labels[range.clone()];
        work.words(text, tokens, range.clone(), weights);
        work.features(weights);
        work.transitions(weights);
        work.lean(tokens, weights.lean);
        work.decode(labels);
        work.margins(labels, &mut found.margins[range]);
    }
}

/// Returns what the learned lexicon knows of a token.
fn know(text: &str, token: &Token, weights: &Weights<'_>) -> Known {
    weights.known(token.word).unwrap_or_else(|| {
        let stem = atom::stem(text, token);
        let known = if stem == 0 { None } else { weights.known(stem ^ STEM) };
        Known { stem: known.unwrap_or_default().stem, ..Known::default() }
    })
}

/// The numbers of the rows of a token's features, as far as one table gives them: four a time, as they are summed, with
/// row 0, which says nothing, to fill the last four.
type Fours<const FOURS: usize> = [[u16; 4]; FOURS];

/// How many fours the templates that change with every token fill.
const QUICK_FOURS: usize = QUICK_COUNT.div_ceil(4);

/// Notes the rows of features.
struct Picker<'a, const FOURS: usize> {
    weights: &'a Weights<'a>,
    rows: &'a mut Fours<FOURS>,
}

impl<const FOURS: usize> Sink for Picker<'_, FOURS> {
    #[inline(always)]
    fn dense(&mut self, template: usize, feature: u32) {
        self.rows[template / 4][template % 4] = self.weights.dense(feature);
    }

    #[inline(always)]
    fn hashed(&mut self, template: usize, feature: u32) {
        self.rows[template / 4][template % 4] = self.weights.hashed(feature);
    }
}

/// Returns the rows of the features that `give` gives.
#[inline(always)]
fn pick<const FOURS: usize>(
    weights: &Weights<'_>,
    give: impl FnOnce(&mut Picker<'_, FOURS>),
) -> Fours<FOURS> {
    let mut rows = [[0; 4]; FOURS];
    give(&mut Picker { weights, rows: &mut rows });
    rows
}

/// Returns a fourth of the sum of rows: the mean of four bytes is a byte, and only that is widened. What rounding loses
/// is less than what rounding the weights lost.
#[inline(always)]
fn sum<const FOURS: usize>(table: &Rows, rows: &Fours<FOURS>) -> Scores {
    let mut means = [[0; ROW]; FOURS];
    mean_fours(table, rows, &mut means);
    let mut sum = [-BIAS * FOURS as i16; LANES];
    for mean in &means {
        for l in 0..LANES {
            sum[l] += i16::from(mean[l]);
        }
    }
    sum
}

/// Fills in the mean of each four rows. (A function of its own, or the compiler works on halves of rows, which are what
/// a sum of theirs fits in.)
#[inline(never)]
fn mean_fours<const FOURS: usize>(table: &Rows, rows: &Fours<FOURS>, means: &mut [[u8; ROW]; FOURS]) {
    for (to, four) in means.iter_mut().zip(rows) {
        let row = |place: usize| &table[four[place] as usize];
        *to = mean(&mean(row(0), row(1)), &mean(row(2), row(3)));
    }
}

/// Returns the means of bytes, rounded up. (Written out like this, it becomes one instruction.)
#[inline(always)]
fn mean(a: &[u8; ROW], b: &[u8; ROW]) -> [u8; ROW] {
    let mut mean = [0; ROW];
    for l in 0..ROW {
        mean[l] = ((u16::from(a[l]) + u16::from(b[l]) + 1) >> 1) as u8;
    }
    mean
}

/// Adds the rows of contexts to a base. Lanes first, rows second: the sum of eight lanes stays in a register.
#[inline(always)]
fn add(edges: &mut Context, base: &Context, rows: &[&[u8; CONTEXT]]) {
    for v in 0..base.len() {
        let mut sum = base[v];
        for row in rows {
            for l in 0..HALF {
                let at = (v * HALF + l) * 2;
                sum[l] = sum[l].wrapping_add(i16::from_le_bytes([row[at], row[at + 1]]));
            }
        }
        edges[v] = sum;
    }
}

/// Adds two scores.
#[inline(always)]
fn plus(a: Scores, b: Scores) -> Scores {
    core::array::from_fn(|l| a[l].wrapping_add(b[l]))
}

impl Work {
    /// Finds the row of every token's word; for a word that has none, makes one.
    fn words(&mut self, text: &str, tokens: &[Token], range: Range<usize>, weights: &Weights<'_>) {
        let known = &self.known[range];
        self.words.clear();
        // Words of nothing stand before the first token and after the last.
        self.words.resize(SPREAD, [0; WORD]);
        self.words.extend(tokens.iter().zip(known).map(|(token, known)| match weights.word(*known) {
            Some(row) => *row,
            None => {
                let kept = &mut self.rare[token.word as usize % KEPT];
                let bytes = |start: u32, end: u32| &text.as_bytes()[start as usize..end as usize];
                // Letter by letter: "O’Hara" and "O'Hara" are one word, but do not end alike.
                if bytes(kept.start, kept.end) != bytes(token.start, token.end) {
                    let row = rare(text, token, *known, weights);
                    *kept = Rare { start: token.start, end: token.end, row };
                }
                kept.row
            }
        }));
        self.words.resize(tokens.len() + 2 * SPREAD, [0; WORD]);
    }

    /// Scores the tokens.
    fn features(&mut self, weights: &Weights<'_>) {
        let table = weights.rows();
        // All rows are found before the first is read: the processor then waits for many at once. What is there from
        // another paragraph is written over.
        self.quick.resize(self.quick.len().max(self.atoms.len()), [[0; 4]; QUICK_FOURS]);
        for (window, rows) in self.atoms.windows(WINDOW).zip(&mut self.quick) {
            if let Some(window) = window.first_chunk() {
                feature::quick(window, &mut Picker { weights, rows });
            }
        }
        let (mut still, mut slow) = ([0; LANES], [0; LANES]);
        self.nodes.clear();
        self.nodes.reserve(self.words.len());
        for (at, (words, quick)) in self.words.windows(2 * SPREAD + 1).zip(&self.quick).enumerate() {
            let Some(window) = window(&self.atoms, at) else { break };
            let (before, now) = (&window[REACH - 1], &window[REACH]);
            if at == 0 || !same::<SLOW>(before, now) {
                if at == 0 || !same::<STILL>(before, now) {
                    let rows =
                        pick::<{ STILL_COUNT.div_ceil(4) }>(weights, |rows| feature::still(window, rows));
                    still = sum(table, &rows);
                }
                let rows = pick::<{ SLOW_COUNT.div_ceil(4) }>(weights, |rows| feature::slow(window, rows));
                slow = plus(still, sum(table, &rows));
            }
            let mut scores = plus(around(words, slow), sum(table, quick));
            if feature::is_read(window) {
                let rows =
                    pick::<{ READING_COUNT.div_ceil(4) }>(weights, |rows| feature::reading(window, rows));
                scores = plus(scores, sum(table, &rows));
            }
            self.nodes.push(scores.map(|score| score.wrapping_mul(4)));
        }
    }

    /// Scores the transitions into every token.
    fn transitions(&mut self, weights: &Weights<'_>) {
        struct Contexts([u32; CONTEXTS_EACH]);
        impl Sink for Contexts {
            #[inline(always)]
            fn dense(&mut self, template: usize, feature: u32) {
                self.0[template] = feature;
            }
            fn hashed(&mut self, _: usize, _: u32) {}
        }
        // What is there from another paragraph is written over.
        self.edges.resize(self.edges.len().max(self.nodes.len()), NONE);
        let (mut before, mut slow) = ([u32::MAX; SLOW_CONTEXTS], NONE);
        for (at, edges) in self.edges.iter_mut().enumerate().take(self.nodes.len()) {
            let Some(window) = window(&self.atoms, at) else { break };
            let mut found = Contexts([0; CONTEXTS_EACH]);
            feature::contexts(window, &mut found);
            let rows = found.0.map(|context| weights.context(context));
            if found.0[..SLOW_CONTEXTS] != before {
                before.copy_from_slice(&found.0[..SLOW_CONTEXTS]);
                add(&mut slow, &NONE, &rows[..SLOW_CONTEXTS]);
            }
            add(edges, &slow, &rows[SLOW_CONTEXTS..]);
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
        self.forward.reserve(self.nodes.len());
        let mut steps = self.nodes.iter().zip(&self.edges);
        let Some((node, _)) = steps.next() else { return };
        let mut before = [NEVER; LANES];
        before[..BEGINS].copy_from_slice(&node[..BEGINS]);
        self.forward.push(before);
        for (node, edges) in steps {
            before = forward(&before, node, edges);
            self.forward.push(before);
        }
        let Some(last) = self.forward.last() else { return };
        let mut label = (0..LABELS as Label).max_by_key(|l| last[lane(*l)]).unwrap_or(OUT);
        let steps = self.forward.iter().zip(self.edges.get(1..labels.len()).unwrap_or_default());
        let mut ends = labels.iter_mut().rev();
        if let Some(end) = ends.next() {
            *end = label;
        }
        for (to, (before, edges)) in ends.zip(steps.rev()) {
            label = came_from(before, edges, label);
            *to = label;
        }
    }

    /// Fills in, at the ends of each part, how much worse the best labelling is that gives the token another label.
    fn margins(&self, labels: &[Label], margins: &mut [i32]) {
        let Some(first) = labels.iter().position(|l| *l != OUT) else { return };
        let (mut after, mut following) = ([0i16; LANES], OUT);
        let tokens = labels.iter().zip(margins).zip(&self.forward).zip(&self.nodes).zip(&self.edges);
        for ((((&label, margin), forward), node), edges) in tokens.skip(first).rev() {
            if label != OUT && ((label as usize) < BEGINS || (following as usize) < BEGINS) {
                // Half of each, so that a sum fits.
                let total: Scores = core::array::from_fn(|l| (forward[l] >> 1).saturating_add(after[l] >> 1));
                let own = lane(label);
                let others = core::array::from_fn(|l| total[l].min(OTHERS[own][l]));
                *margin = 2 * (i32::from(total[own]) - i32::from(greatest(&others))).max(0);
            }
            following = label;
            after = backward(&after, node, edges);
        }
    }
}

/// Returns the scores of the best labellings up to a token, from those up to the one before.
///
/// Only differences count, so what [`OUT`] had is taken off and nothing overflows. (What it has now would do, too, but
/// is known later; and a lane that is always 0 keeps the compiler from working on all of them at once.)
#[inline(always)]
fn forward(before: &Scores, node: &Scores, edges: &Context) -> Scores {
    let parts = greater(before);
    let mut scores = [NEVER; LANES];
    for l in 0..HALF {
        let started = before[l].saturating_add(edges[STARTED][l]);
        scores[l + HALF] = started.max(before[l + HALF].saturating_add(edges[STAYED][l]));
    }
    for (so_far, row) in parts.iter().zip(&edges[..BEGINS]) {
        for l in 0..HALF {
            scores[l] = scores[l].max(so_far.saturating_add(row[l]));
        }
    }
    level(&scores, parts[OUT as usize], node)
}

/// Returns the scores of the best labellings from a token on, for each label before it, from those after it.
#[inline(always)]
fn backward(after: &Scores, node: &Scores, edges: &Context) -> Scores {
    let next = level(after, greater(after)[OUT as usize], node);
    let mut parts = [NEVER; HALF];
    for (part, row) in parts.iter_mut().zip(&edges[..BEGINS]) {
        let mut best = [0; HALF];
        for l in 0..HALF {
            best[l] = next[l].saturating_add(row[l]);
        }
        *part = best.into_iter().fold(i16::MIN, i16::max);
    }
    let mut scores = [0; LANES];
    for l in 0..HALF {
        scores[l] = parts[l].max(next[l + HALF].saturating_add(edges[STARTED][l]));
        scores[l + HALF] = parts[l].max(next[l + HALF].saturating_add(edges[STAYED][l]));
    }
    scores
}

/// Takes a score off all others, and adds those of a token.
#[inline(always)]
fn level(scores: &Scores, off: i16, node: &Scores) -> Scores {
    core::array::from_fn(|l| scores[l].saturating_sub(off).saturating_add(node[l]))
}

/// Returns the greater score of each part, just begun or carried on.
#[inline(always)]
fn greater(scores: &Scores) -> [i16; HALF] {
    core::array::from_fn(|l| scores[l].max(scores[l + HALF]))
}

/// Returns the greatest score. (Written out like this, it takes a few vector instructions.)
#[inline(always)]
fn greatest(scores: &Scores) -> i16 {
    greater(scores).into_iter().fold(i16::MIN, i16::max)
}

/// Returns the atoms around a token.
fn window(atoms: &[Atoms], at: usize) -> Option<&[Atoms; WINDOW]> {
    atoms.get(at..)?.first_chunk()
}

/// Tells whether the first atoms of two tokens are the same. (Two calls of `memcmp` take longer.)
#[inline(always)]
fn same<const FIRST: usize>(a: &Atoms, b: &Atoms) -> bool {
    (0..FIRST).fold(0, |other, i| other | (a[i] ^ b[i])) == 0
}

/// Adds a fourth of what the words around a token weigh.
#[inline(always)]
fn around(words: &[[u8; WORD]], mut scores: Scores) -> Scores {
    for (place, word) in words.iter().rev().enumerate() {
        if let Some(row) = word.get(place * USED..).and_then(<[u8]>::first_chunk::<ROW>) {
            for (sum, weight) in scores.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(*weight as i8));
            }
        }
    }
    scores
}

/// Makes the row of a word that is not known, out of its letters and the lists it stands in.
fn rare(text: &str, token: &Token, known: Known, weights: &Weights<'_>) -> [u8; WORD] {
    let facts = atom::facts(text, token, known);
    let mut row = [0; WORD];
    for (place, labels) in row.chunks_exact_mut(USED).take(2 * SPREAD + 1).enumerate() {
        let rows = pick::<{ WORDS.len().div_ceil(4) }>(weights, |rows| {
            let mut count = 0;
            feature::word(&facts, place as i8 - SPREAD as i8, |f| {
                rows.hashed(count, f);
                count += 1;
            });
        });
        for (label, score) in labels.iter_mut().zip(sum(weights.rows(), &rows)) {
            *label = score.clamp(-128, 127) as i8 as u8;
        }
    }
    row
}

/// Returns the best label before `label`.
#[inline(always)]
fn came_from(before: &Scores, edges: &Context, label: Label) -> Label {
    let begins = label::beginning(label);
    if begins != label {
        let l = begins as usize;
        let started = before[l].saturating_add(edges[STARTED][l]);
        return if before[l + HALF].saturating_add(edges[STAYED][l]) > started { label } else { begins };
    }
    let parts = greater(before);
    let (mut best, mut from) = (i16::MIN, OUT);
    for (part, row) in edges[..BEGINS].iter().enumerate() {
        let score = parts[part].saturating_add(row[label as usize % HALF]);
        if score > best {
            (best, from) = (score, part as Label);
        }
    }
    let part = from as usize;
    if before[part + HALF] > before[part] { label::carried_on(from) } else { from }
}
