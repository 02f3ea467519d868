//! A linear-chain conditional random field, learned by AdaGrad, averaged over the later epochs.
// Several arrays are worked on lane by lane; an index reads better than nested zips.
#![allow(clippy::needless_range_loop)]

use pullquote::training::label::{self, BEGINS, LABELS, LANES, Label, beginning};
use pullquote::training::weights::{STARTED, STAYED};

/// Stands for "no feature".
pub const NONE: u32 = u32::MAX;

/// The paragraphs to learn from, as numbers of features.
#[derive(Default, Clone)]
pub struct Data {
    /// The features of all tokens, one token after the other.
    pub nodes: Vec<u32>,
    /// Where the features of each token begin in `nodes`; one more entry than tokens.
    pub starts: Vec<usize>,
    /// The transition contexts of all tokens, `contexts` for each.
    pub edges: Vec<u32>,
    /// How many transition contexts a token has.
    pub contexts: usize,
    /// The right labels.
    pub gold: Vec<Label>,
    /// The tokens of each paragraph.
    pub paragraphs: Vec<(usize, usize)>,
    /// Whether each paragraph may be learned from.
    pub learn: Vec<bool>,
}

impl Data {
    /// Renumbers the features; those whose new number is [`NONE`] go.
    pub fn keep(&mut self, new: &[u32]) {
        let mut out = 0;
        let mut starts = Vec::with_capacity(self.starts.len());
        starts.push(0);
        for t in 0..self.starts.len() - 1 {
            for at in self.starts[t]..self.starts[t + 1] {
                let id = new[self.nodes[at] as usize];
                if id != NONE {
                    self.nodes[out] = id;
                    out += 1;
                }
            }
            starts.push(out);
        }
        self.nodes.truncate(out);
        self.starts = starts;
    }
}

type Lane = [f32; LANES];

/// The weights of a feature and what AdaGrad must remember of it.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Row {
    weight: Lane,
    squares: Lane,
    delayed: Lane,
}

const EMPTY: Row = Row { weight: [0.0; LANES], squares: [0.0; LANES], delayed: [0.0; LANES] };

/// How many rows of weights a transition context has.
const STEPS: usize = BEGINS + 2;

/// The place of the weight of each transition among the rows of a context: where a part gives way to a new one, it does
/// not matter how long it was. None where `next` may not follow.
const fn step_of(before: usize, next: usize) -> Option<usize> {
    if next < BEGINS {
        Some(beginning(before as Label) as usize)
    } else if before == next {
        Some(STAYED)
    } else if before == beginning(next as Label) as usize {
        Some(STARTED)
    } else {
        None
    }
}

/// Holds a model: a row of weights for each feature, [`STEPS`] rows for each transition context.
#[derive(Clone)]
pub struct Model {
    nodes: Vec<Row>,
    edges: Vec<Row>,
}

/// The settings of a run.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The step of AdaGrad.
    pub rate: f32,
    /// How often all paragraphs are seen.
    pub epochs: usize,
    /// How many epochs pass before the average begins.
    pub burn_in: usize,
    /// The seed of the order of paragraphs.
    pub seed: u64,
    /// What is added to AdaGrad's sum of squares.
    pub floor: f32,
}

/// Shuffles in a way that depends only on the seed (xorshift, Fisher–Yates).
pub fn shuffle(items: &mut [u32], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for i in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        items.swap(i, ((state >> 33) % (i as u64 + 1)) as usize);
    }
}

#[derive(Default)]
struct Work {
    node: Vec<Lane>,
    edge: Vec<[Lane; LABELS]>,
    forward: Vec<Lane>,
    backward: Vec<Lane>,
}

fn add(to: &mut Lane, row: &Lane) {
    for (a, b) in to.iter_mut().zip(row) {
        *a += b;
    }
}

#[inline]
fn step(row: &mut Row, gradient: &Lane, s: &Settings, age: f32) {
    let rate = s.rate;
    for l in 0..LANES {
        let g = gradient[l];
        let squares = row.squares[l] + g * g;
        let change = rate * g / (squares + s.floor).sqrt();
        row.squares[l] = squares;
        row.weight[l] += change;
        row.delayed[l] += change * age;
    }
}

impl Model {
    /// Makes a model of zeros.
    pub fn new(nodes: usize, edges: usize) -> Model {
        Model { nodes: vec![EMPTY; nodes], edges: vec![EMPTY; edges * STEPS] }
    }

    /// Returns the weights of a feature.
    pub fn node(&self, feature: usize) -> &Lane {
        &self.nodes[feature].weight
    }

    /// Returns a row of weights of a transition context: to each label from the part `row`, or as [`STARTED`] or
    /// [`STAYED`] say.
    pub fn edge(&self, context: usize, row: usize) -> &Lane {
        &self.edges[context * STEPS + row].weight
    }

    /// Learns from the paragraphs that `chosen` names. `seen` is called after each epoch's paragraphs.
    pub fn learn(&mut self, data: &Data, chosen: &[u32], settings: Settings, seen: &(dyn Fn(u64) + Sync)) {
        let mut order = chosen.to_vec();
        let mut work = Work::default();
        let total = (order.len() * (settings.epochs - settings.burn_in)).max(1) as f32;
        let mut steps = 0usize;
        for epoch in 0..settings.epochs {
            shuffle(&mut order, settings.seed.wrapping_add(epoch as u64 * 7919));
            for (n, &p) in order.iter().enumerate() {
                let age = if epoch < settings.burn_in { 0.0 } else { steps as f32 / total };
                self.see(data, p as usize, settings, age, &mut work);
                steps += usize::from(epoch >= settings.burn_in);
                if n % 256 == 255 {
                    seen(256);
                }
            }
        }
        for row in self.nodes.iter_mut().chain(&mut self.edges) {
            for l in 0..LANES {
                row.weight[l] -= row.delayed[l];
                row.delayed[l] = 0.0;
            }
        }
    }

    fn scores(&self, data: &Data, paragraph: usize, work: &mut Work) {
        let (first, end) = data.paragraphs[paragraph];
        work.node.clear();
        work.edge.clear();
        for t in first..end {
            let mut node = [0.0; LANES];
            for &f in &data.nodes[data.starts[t]..data.starts[t + 1]] {
                add(&mut node, &self.nodes[f as usize].weight);
            }
            work.node.push(node);
            let mut steps = [[0.0; LANES]; STEPS];
            if t > first {
                for &c in &data.edges[t * data.contexts..(t + 1) * data.contexts] {
                    if c != NONE {
                        for (to, row) in steps.iter_mut().zip(&self.edges[c as usize * STEPS..]) {
                            add(to, &row.weight);
                        }
                    }
                }
            }
            let mut edge = [[0.0; LANES]; LABELS];
            for (before, row) in edge.iter_mut().enumerate() {
                for (next, to) in row[..LABELS].iter_mut().enumerate() {
                    *to = step_of(before, next).map_or(0.0, |step| steps[step][next]);
                }
            }
            work.edge.push(edge);
        }
    }

    /// Learns from one paragraph: the gradient is what is right less what the model expects.
    fn see(&mut self, data: &Data, paragraph: usize, settings: Settings, age: f32, work: &mut Work) {
        let (first, end) = data.paragraphs[paragraph];
        let n = end - first;
        self.scores(data, paragraph, work);
        for i in 0..n {
            let node = &mut work.node[i];
            let top = node[..LABELS].iter().copied().fold(f32::MIN, f32::max);
            for l in 0..LANES {
                let allowed = l < LABELS && (i > 0 || label::may_follow(None, l as Label));
                node[l] = if allowed { (node[l] - top).exp() } else { 0.0 };
            }
            if i > 0 {
                for (before, row) in work.edge[i].iter_mut().enumerate() {
                    for (l, e) in row.iter_mut().enumerate() {
                        let allowed = l < LABELS && label::may_follow(Some(before as Label), l as Label);
                        *e = if allowed { e.exp() } else { 0.0 };
                    }
                }
            }
        }
        work.forward.clear();
        work.forward.resize(n, [0.0; LANES]);
        work.backward.clear();
        work.backward.resize(n, [1.0; LANES]);
        for i in 0..n {
            let mut now = work.node[i];
            if i > 0 {
                let mut sum = [0.0; LANES];
                for (before, row) in work.edge[i].iter().enumerate() {
                    let f = work.forward[i - 1][before];
                    for l in 0..LANES {
                        sum[l] += f * row[l];
                    }
                }
                for l in 0..LANES {
                    now[l] *= sum[l];
                }
            }
            let z: f32 = now.iter().sum::<f32>().max(1e-30);
            now.iter_mut().for_each(|v| *v /= z);
            work.forward[i] = now;
        }
        for i in (1..n).rev() {
            let mut after = work.backward[i];
            for l in 0..LANES {
                after[l] *= work.node[i][l];
            }
            let mut now = [0.0; LANES];
            for (before, row) in work.edge[i].iter().enumerate() {
                now[before] = row.iter().zip(&after).map(|(a, b)| a * b).sum();
            }
            let z: f32 = now.iter().sum::<f32>().max(1e-30);
            now.iter_mut().for_each(|v| *v /= z);
            work.backward[i - 1] = now;
        }
        for i in 0..n {
            let t = first + i;
            let mut expected = work.forward[i];
            for l in 0..LANES {
                expected[l] *= work.backward[i][l];
            }
            let z: f32 = expected.iter().sum::<f32>().max(1e-30);
            let gold = data.gold[t] as usize;
            let mut gradient = [0.0; LANES];
            for l in 0..LANES {
                gradient[l] = -expected[l] / z;
            }
            gradient[gold] += 1.0;
            if gradient.iter().any(|g| g.abs() > 1e-4) {
                for &f in &data.nodes[data.starts[t]..data.starts[t + 1]] {
                    step(&mut self.nodes[f as usize], &gradient, &settings, age);
                }
            }
            if i == 0 {
                continue;
            }
            let mut pair = [[0.0f32; LANES]; STEPS];
            let mut z = 0.0;
            for before in 0..LABELS {
                let f = work.forward[i - 1][before];
                for next in 0..LABELS {
                    let v = f * work.edge[i][before][next] * work.node[i][next] * work.backward[i][next];
                    if let Some(step) = step_of(before, next) {
                        pair[step][next] += v;
                        z += v;
                    }
                }
            }
            let z = z.max(1e-30);
            for row in &mut pair {
                row.iter_mut().for_each(|v| *v = -*v / z);
            }
            if let Some(step) = step_of(data.gold[t - 1] as usize, gold) {
                pair[step][gold] += 1.0;
            }
            for (row_of, row) in pair.iter().enumerate() {
                if row.iter().all(|g| g.abs() < 1e-4) {
                    continue;
                }
                for &c in &data.edges[t * data.contexts..(t + 1) * data.contexts] {
                    if c != NONE {
                        step(&mut self.edges[c as usize * STEPS + row_of], row, &settings, age);
                    }
                }
            }
        }
    }

    /// Returns the mean of models of the same features.
    pub fn average(models: Vec<Model>) -> Model {
        let n = models.len().max(1) as f32;
        let mut models = models.into_iter();
        let mut mean = models.next().unwrap_or_else(|| Model::new(0, 0));
        for other in models {
            let rows = mean.nodes.iter_mut().zip(&other.nodes);
            for (row, other) in rows.chain(mean.edges.iter_mut().zip(&other.edges)) {
                add(&mut row.weight, &other.weight);
            }
        }
        for row in mean.nodes.iter_mut().chain(&mut mean.edges) {
            row.weight.iter_mut().for_each(|w| *w /= n);
        }
        mean
    }
}
