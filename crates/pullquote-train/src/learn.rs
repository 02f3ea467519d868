//! The course of a training: once with all features, then several times with those that matter.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use indicatif::ProgressBar;
use pullquote::training::feature::DENSE;

use crate::crf::{Data, Model, NONE, Settings};
use crate::data::Set;
use crate::index::Index;
use crate::lexicon::Lexicon;

/// How many hashed features are kept: with the dense ones they fill all but a few of the file's rows.
pub const ROOM: usize = 53_000;

/// How many models, each learned in another order, are averaged. It takes the noise of one order out.
const MODELS: u64 = 12;

/// The first seed of the last training: of three that were tried it did best on the development articles, by little.
pub const SEED: u64 = 201;

/// The settings of the last training. Rate and epochs did best on the development articles, by little, among eight sets of
/// settings; averages of four models differ by half a point there.
const LAST: Settings = Settings { rate: 0.012, floor: 0.1, epochs: 7, burn_in: 1, seed: SEED };
/// The settings of the training that only shows which features matter.
const CHOOSING: Settings = Settings { rate: 0.01, epochs: 3, seed: 1, ..LAST };

/// What was learned.
pub struct Learned {
    /// The weights.
    pub model: Model,
    /// The features, by their number in the model.
    pub nodes: Index,
    /// The transition contexts, by their number in the model.
    pub edges: Index,
}

/// Learns the weights. The same set and first seed give the same weights, whatever `threads` is.
pub fn learn(set: &Set, lexicon: &Lexicon, seed: u64, threads: usize, bar: &ProgressBar) -> Learned {
    let paragraphs = set.docs.iter().map(|d| d.paragraphs.len()).sum::<usize>();
    bar.set_length((paragraphs * (CHOOSING.epochs + MODELS as usize * LAST.epochs)) as u64);
    let seen = |n: u64| bar.inc(n);

    bar.set_message("choosing");
    let (mut nodes, edges) = set.number();
    let mut data = set.data(&nodes, &edges);
    let all: Vec<u32> = (0..data.paragraphs.len()).filter(|&p| data.learn[p]).map(|p| p as u32).collect();
    let mut model = Model::new(nodes.len(), edges.len());
    model.learn(&data, &all, CHOOSING, &seen);
    choose(&model, &mut nodes, &mut data, lexicon);

    bar.set_message("learning");
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed) as u64;
            if n >= MODELS {
                return done;
            }
            let mut model = Model::new(nodes.len(), edges.len());
            model.learn(&data, &all, Settings { seed: seed + n, ..LAST }, &seen);
            done.push((n, model));
        }
    };
    let mut models: Vec<(u64, Model)> = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let joined = handles.into_iter().map(|h| h.join());
        joined.flat_map(|h| h.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    models.sort_by_key(|m| m.0);
    let model = Model::average(models.into_iter().map(|m| m.1).collect());
    Learned { model, nodes, edges }
}

/// Keeps the features that weigh most: all dense ones, all that fold into the rows of words, and the heaviest
/// of the others.
fn choose(model: &Model, nodes: &mut Index, data: &mut Data, lexicon: &Lexicon) {
    let weigh = |id: usize| {
        let sum = model.node(id).iter().map(|w| w * w).sum::<f32>() * (1.0 + nodes.seen(id) as f32).ln();
        // What tells of a word alone is looked up for rare words only.
        if lexicon.is_fact(nodes.name(id)) { sum * 0.3 } else { sum }
    };
    let folds = |id: usize| nodes.name(id) < DENSE as u32 || lexicon.is_word(nodes.name(id));
    let mut order: Vec<(f32, usize)> =
        (0..nodes.len()).filter(|&id| !folds(id)).map(|id| (weigh(id), id)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut keep: Vec<bool> = (0..nodes.len()).map(folds).collect();
    order.iter().take(ROOM).for_each(|o| keep[o.1] = true);
    let mut new = vec![NONE; nodes.len()];
    for (n, id) in (0..nodes.len()).filter(|&id| keep[id]).enumerate() {
        new[id] = n as u32;
    }
    nodes.retain(|id, _| keep[id]);
    data.keep(&new);
}
