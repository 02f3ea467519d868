//! The course of a training: first pass, jackknife, second pass.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use indicatif::ProgressBar;

use crate::crf::{Data, Model, NONE, Settings};
use crate::data::{Labels, Set};
use crate::file::Learned;
use crate::index::Index;

/// Into how many parts the articles are divided; each is labelled by a model of the others.
const FOLDS: usize = 6;
/// How many features a pass keeps: more would not fit into the file's two megabytes.
pub const ROOM: usize = 50_000;

/// The settings of the last training of a pass. See [`Settings`] for where they come from.
const LAST: Settings = Settings { rate: 0.01, floor: 0.1, epochs: 5, burn_in: 1, seed: 1 };
/// The settings of the training that only shows which features matter.
const CHOOSING: Settings = Settings { epochs: 3, ..LAST };

/// Learns both passes. The same set gives the same weights, whatever `threads` is.
pub fn learn(set: &Set, threads: usize, bar: &ProgressBar) -> [Learned; 2] {
    let paragraphs = set.docs.iter().map(|d| d.paragraphs.len()).sum::<usize>();
    let rounds = 2 * (CHOOSING.epochs + LAST.epochs) + (FOLDS - 1) * LAST.epochs;
    bar.set_length((paragraphs * rounds) as u64);
    let seen = |n: u64| bar.inc(n);

    bar.set_message("jackknife");
    let (nodes, edges) = set.number(None);
    let mut data = set.data(None, &nodes, &edges, FOLDS);
    let found = jackknife(set, &data, nodes.len(), edges.len(), threads, &seen);
    bar.suspend(|| eprintln!("jackknifed: {}", crate::score::exact(set, &found)));

    bar.set_message("first pass");
    let first = pass(&mut data, nodes, edges, &seen);
    drop(data);

    bar.set_message("second pass");
    let (nodes, edges) = set.number(Some((&found, &first.nodes)));
    let mut data = set.data(Some(&found), &nodes, &edges, FOLDS);
    let second = pass(&mut data, nodes, edges, &seen);
    [first, second]
}

fn chosen(data: &Data, wanted: impl Fn(usize) -> bool) -> Vec<u32> {
    (0..data.paragraphs.len()).filter(|&p| data.learn[p] && wanted(p)).map(|p| p as u32).collect()
}

/// Learns a pass twice: with all features, then with those that turned out to weigh most.
fn pass(data: &mut Data, mut nodes: Index, edges: Index, seen: &(dyn Fn(u64) + Sync)) -> Learned {
    let all = chosen(data, |_| true);
    let mut model = Model::new(nodes.len(), edges.len());
    model.learn(data, &all, CHOOSING, seen);
    let weigh =
        |id: usize| model.node(id).iter().map(|w| w * w).sum::<f32>() * (1.0 + nodes.seen(id) as f32).ln();
    let weights: Vec<f32> = (0..nodes.len()).map(weigh).collect();
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
    order.truncate(ROOM);
    order.sort_unstable();
    let mut new = vec![NONE; nodes.len()];
    for (n, id) in order.iter().enumerate() {
        new[*id] = n as u32;
    }
    nodes.retain(|id, _| new[id] != NONE);
    data.keep(&new);
    model = Model::new(nodes.len(), edges.len());
    model.learn(data, &all, LAST, seen);
    Learned { model, nodes, edges }
}

/// Labels every article by a model that has not seen it: what the second pass will meet when it parses.
///
/// These models may not be limited to the features that weigh most: the weights of the whole set know the articles
/// held back, and labels better than any the parser will see would spoil the second pass.
fn jackknife(
    set: &Set,
    data: &Data,
    nodes: usize,
    edges: usize,
    threads: usize,
    seen: &(dyn Fn(u64) + Sync),
) -> Labels {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let fold = next.fetch_add(1, Ordering::Relaxed);
            if fold >= FOLDS {
                return done;
            }
            let mut model = Model::new(nodes, edges);
            model.learn(data, &chosen(data, |p| data.folds[p] != fold), LAST, seen);
            let held = (0..data.paragraphs.len()).filter(|&p| data.folds[p] == fold);
            done.extend(held.map(|p| (p, model.decode(data, p))));
        }
    };
    let mut done: Vec<_> = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        handles.into_iter().flat_map(|h| h.join().unwrap_or_default()).collect()
    });
    done.sort_by_key(|d| d.0);
    let mut found = set.blank();
    let places = set.docs.iter().enumerate().flat_map(|(n, d)| d.paragraphs.iter().map(move |p| (n, p)));
    for ((n, paragraph), (_, labels)) in places.zip(done) {
        let range = paragraph.tokens.start as usize..paragraph.tokens.end as usize;
        found[n][range].copy_from_slice(&labels);
    }
    found
}
