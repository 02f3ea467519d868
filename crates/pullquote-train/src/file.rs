//! Writes the weights file; `weights.rs` of the library tells its form.

use pullquote::training::feature;
use pullquote::training::label::LABELS;
use pullquote::training::weights::{BUCKET, KNOWN_BITS, PROBES, VERSION, bucket, lexicon_slot, tag};

use crate::crf::Model;
use crate::index::Index;

/// How full a table is, in per cent. More saves room and costs look-ups.
const FULL: usize = 82;

/// One pass as it was learned.
pub struct Learned {
    /// The weights.
    pub model: Model,
    /// The features, by their number in the model.
    pub nodes: Index,
    /// The transition contexts, by their number in the model.
    pub edges: Index,
}

struct Table {
    tags: Vec<u8>,
    rows: Vec<u8>,
    slots: u32,
    dropped: usize,
}

/// Fills a table; rows come in order of weight, so that those without a place within reach are the lightest.
fn table(mut rows: Vec<(u32, Vec<u8>)>, width: usize) -> Table {
    let slots = (rows.len() * 100 / FULL).max(1).next_multiple_of(BUCKET);
    rows.sort_by_key(|(feature, row)| {
        (std::cmp::Reverse(row.iter().map(|w| i64::from(*w as i8).pow(2)).sum::<i64>()), *feature)
    });
    let mut t =
        Table { tags: vec![0; slots * 2], rows: vec![0; slots * width], slots: slots as u32, dropped: 0 };
    for (feature, row) in rows {
        let tag = tag(feature).to_le_bytes();
        let start = bucket(feature, slots / BUCKET) * BUCKET;
        let place = (0..PROBES * BUCKET)
            .map(|n| (start + n) % slots)
            .find(|&at| t.tags[at * 2..at * 2 + 2] == [0, 0] || t.tags[at * 2..at * 2 + 2] == tag);
        match place {
            Some(at) if t.tags[at * 2..at * 2 + 2] != tag => {
                t.tags[at * 2..at * 2 + 2].copy_from_slice(&tag);
                t.rows[at * width..(at + 1) * width].copy_from_slice(&row);
            }
            _ => t.dropped += 1,
        }
    }
    t
}

/// Returns the bytes of the file. `words` holds words and stems and what is known of them.
pub fn bytes(words: &[(u32, u32)], passes: &[Learned; 2]) -> Vec<u8> {
    let lexicon_slots = (words.len() * 4 / 3 + 1).next_power_of_two();
    let mut lexicon = vec![0u32; lexicon_slots];
    for &(word, known) in words {
        let mut at = lexicon_slot(word, lexicon_slots - 1);
        while lexicon[at] != 0 {
            at = (at + 1) % lexicon_slots;
        }
        lexicon[at] = word >> KNOWN_BITS << KNOWN_BITS | known;
    }
    let mut out = b"PQWT".to_vec();
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&feature::scheme_hash().to_le_bytes());
    out.extend_from_slice(&(lexicon_slots as u32).to_le_bytes());
    let [first, second] = passes;
    let scales = [scale(first), scale(second)];
    let node = |pass: usize, id: u32| {
        passes[pass].model.node(id as usize)[..LABELS]
            .iter()
            .map(|w| byte(w * scales[pass]))
            .collect::<Vec<u8>>()
    };
    let shared = (0..first.nodes.len() as u32).map(|id| {
        let name = first.nodes.name(id as usize);
        let again = second.nodes.get(name).map_or(vec![0; LABELS], |id| node(1, id));
        (name, [node(0, id), again].concat())
    });
    let own = (0..second.nodes.len() as u32).map(|id| (second.nodes.name(id as usize), node(1, id)));
    let own = own.filter(|(name, _)| first.nodes.get(*name).is_none());
    let edges = |pass: usize| {
        let Learned { model, edges, .. } = &passes[pass];
        let row = |id: usize| (0..LABELS).flat_map(move |before| model.edge(id, before)[..LABELS].iter());
        (0..edges.len())
            .map(|id| (edges.name(id), row(id).map(|w| byte(w * scales[pass])).collect()))
            .collect()
    };
    let tables = [
        table(shared.collect(), 2 * LABELS),
        table(own.collect(), LABELS),
        table(edges(0), LABELS * LABELS),
        table(edges(1), LABELS * LABELS),
    ];
    for t in &tables {
        out.extend_from_slice(&t.slots.to_le_bytes());
    }
    for word in lexicon {
        out.extend_from_slice(&word.to_le_bytes());
    }
    for t in &tables {
        eprintln!("table of {} slots, {} rows dropped", t.slots, t.dropped);
        out.extend_from_slice(&t.tags);
        out.extend_from_slice(&t.rows);
    }
    out
}

/// Rounds a weight to a signed byte.
fn byte(weight: f32) -> u8 {
    weight.round().clamp(-127.0, 127.0) as i8 as u8
}

/// Returns the factor that lets all but one of 2,000 weights fit into a signed byte.
fn scale(pass: &Learned) -> f32 {
    let mut sizes: Vec<f32> = (0..pass.nodes.len())
        .flat_map(|id| pass.model.node(id)[..LABELS].iter().map(|w| w.abs()))
        .filter(|w| *w > 0.0)
        .collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.get(sizes.len() - 1 - sizes.len() / 2000).copied().unwrap_or(1.0);
    127.0 / top
}
