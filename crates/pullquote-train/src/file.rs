//! Writes the weights file; `weights.rs` of the library tells its form.

use pullquote::training::feature;
use pullquote::training::label::LABELS;
use pullquote::training::weights::{PROBES, VERSION, cue_slot, slot, tag};

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
    let slots = (rows.len() * 100 / FULL).max(1);
    rows.sort_by_key(|(feature, row)| {
        (std::cmp::Reverse(row.iter().map(|w| i64::from(*w as i8).pow(2)).sum::<i64>()), *feature)
    });
    let mut t =
        Table { tags: vec![0; slots * 2], rows: vec![0; slots * width], slots: slots as u32, dropped: 0 };
    for (feature, row) in rows {
        let tag = tag(feature).to_le_bytes();
        let start = slot(feature, t.slots);
        let place = (0..PROBES)
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

/// Returns the bytes of the file. `cues` holds words and their classes.
pub fn bytes(cues: &[(u32, u8)], passes: &[Learned; 2]) -> Vec<u8> {
    let cue_slots = (cues.len() * 2 + 1).next_power_of_two();
    let mut lexicon = vec![0u32; cue_slots];
    for &(word, class) in cues {
        let mut at = cue_slot(word, cue_slots - 1);
        while lexicon[at] != 0 {
            at = (at + 1) % cue_slots;
        }
        lexicon[at] = word & !3 | u32::from(class);
    }
    let mut out = b"PQWT".to_vec();
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&feature::scheme_hash().to_le_bytes());
    out.extend_from_slice(&(cue_slots as u32).to_le_bytes());
    let mut tables = Vec::new();
    for pass in passes {
        let scale = scale(pass);
        let byte = |w: f32| (w * scale).round().clamp(-127.0, 127.0) as i8 as u8;
        let nodes = (0..pass.nodes.len())
            .map(|id| {
                (
                    pass.nodes.name(id),
                    pass.model.node(id)[..LABELS].iter().map(|w| byte(*w)).collect::<Vec<u8>>(),
                )
            })
            .filter(|(_, row)| row.iter().any(|w| *w != 0))
            .collect();
        let edges = (0..pass.edges.len())
            .map(|id| {
                let rows = (0..LABELS).flat_map(|before| pass.model.edge(id, before)[..LABELS].iter());
                (pass.edges.name(id), rows.map(|w| byte(*w)).collect::<Vec<u8>>())
            })
            .collect();
        tables.push(table(nodes, LABELS));
        tables.push(table(edges, LABELS * LABELS));
    }
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
