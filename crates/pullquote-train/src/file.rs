//! Writes the weights file; `weights.rs` of the library tells its form.

use std::collections::HashMap;
use std::error::Error;

use pullquote::training::atom::{self, Facts};
use pullquote::training::feature::{self, DENSE, SPREAD};
use pullquote::training::label::{BEGINS, LABELS, Label, may_follow};
use pullquote::training::weights::{CONTEXT, ROW, TAG, VERSION, WORD, bucket, lexicon_slot, pack, slot, tag};

use crate::data::{self, Set};
use crate::learn::Learned;
use crate::lexicon::Lexicon;

/// What is taken from the score of a quoted token that belongs to nothing: marks are rather somebody's words than
/// nobody's (0.2 points of whole attributions between marks on the development articles).
const LEAN: f32 = 0.3;

/// What a byte of a row has more than its weight.
const BIAS: u8 = 128;

/// How many hashed features share a seed.
const BUCKET: usize = 4;
/// How full the hashed rows are, in per cent. More saves room and leaves more features without a place.
const FULL: usize = 95;

/// Returns the bytes of the file.
///
/// # Errors
///
/// Fails when something does not fit the form.
pub fn bytes(set: &Set, lexicon: &Lexicon, learned: &Learned) -> Result<Vec<u8>, Box<dyn Error>> {
    let scale = scale(learned);
    // What is known of a word is that of its first token.
    let mut first: HashMap<u32, (Facts, u32)> = HashMap::new();
    for (n, doc) in set.docs.iter().enumerate() {
        let text = &set.articles[n].text;
        for (t, k) in doc.tokens.iter().zip(lexicon.known(text, doc, None)) {
            first.entry(t.word).or_insert_with(|| (atom::facts(text, t, k), atom::stem(text, t)));
        }
    }
    let entries = lexicon.entries(&first.iter().map(|(w, f)| (*w, f.1)).collect());
    let lexicon_slots = (entries.len() * 4 / 3 + 1).next_power_of_two();
    let mut table = vec![(0u32, 0u32); lexicon_slots];
    for &(word, known) in &entries {
        let mut at = lexicon_slot(word, lexicon_slots - 1);
        while table[at] != (0, 0) {
            at = (at + 1) % lexicon_slots;
        }
        table[at] = (word, pack(known));
    }
    let words: Vec<[u8; WORD]> = lexicon.rows.iter().map(|w| word_row(&first[w].0, learned, scale)).collect();
    let (dense, rows) = dense(learned, scale);
    let (seeds, hashed) = hashed(learned, lexicon, scale);
    let (contexts, edges) = edges(learned, scale);

    let mut out = b"PQWT".to_vec();
    let lengths = [table.len(), words.len(), rows.len(), seeds.len(), hashed.len(), edges.len()];
    let lengths: Vec<u32> = lengths.iter().map(|n| u32::try_from(*n)).collect::<Result<_, _>>()?;
    let lean = (LEAN * scale).round() as u32;
    for n in [VERSION, feature::scheme_hash(), lean].iter().chain(&lengths) {
        out.extend_from_slice(&n.to_le_bytes());
    }
    eprintln!(
        "{} entries, {} words, {} dense rows, {} hashed rows, {} contexts; a weight of 1 is {scale:.1}",
        entries.len(),
        words.len(),
        rows.len(),
        hashed.len(),
        edges.len()
    );
    for (word, bits) in table {
        out.extend_from_slice(&word.to_le_bytes());
        out.extend_from_slice(&bits.to_le_bytes());
    }
    out.extend(words.iter().flatten());
    out.extend(dense.iter().flat_map(|r| r.to_le_bytes()));
    out.extend(rows.iter().flatten());
    out.extend_from_slice(&seeds);
    out.extend(hashed.iter().flatten());
    out.extend(contexts.iter().flat_map(|r| r.to_le_bytes()));
    out.extend(edges.iter().flatten().flat_map(|w| w.to_le_bytes()));
    Ok(out)
}

/// Sums what a word's facts weigh at each place around it.
fn word_row(facts: &Facts, learned: &Learned, scale: f32) -> [u8; WORD] {
    let mut row = [0; WORD];
    for place in 0..=2 * SPREAD {
        let mut sum = [0.0; LABELS];
        feature::word(facts, place as i8 - SPREAD as i8, |f| {
            if let Some(id) = learned.nodes.get(data::name(f)) {
                let weights = learned.model.node(id as usize);
                sum.iter_mut().zip(weights).for_each(|(s, w)| *s += w);
            }
        });
        for (l, weight) in sum.iter().enumerate() {
            row[place * LABELS + l] = byte(weight * scale / 4.0);
        }
    }
    row
}

fn row(learned: &Learned, id: u32, scale: f32) -> [u8; ROW] {
    let weights = &learned.model.node(id as usize)[..LABELS];
    std::array::from_fn(|l| weights.get(l).map_or(BIAS, |w| byte(w * scale).wrapping_add(BIAS)))
}

/// Returns the row of each dense feature, and the rows.
fn dense(learned: &Learned, scale: f32) -> (Vec<u16>, Vec<[u8; ROW]>) {
    let (mut places, mut rows) = (vec![0u16; feature::DENSE], vec![[BIAS; ROW]]);
    for (name, place) in places.iter_mut().enumerate() {
        let found = learned.nodes.get(name as u32).map(|id| row(learned, id, scale));
        if let Some(row) = found.filter(|r| *r != [BIAS; ROW]) {
            *place = rows.len() as u16;
            rows.push(row);
        }
    }
    assert!(rows.len() <= usize::from(u16::MAX), "too many dense rows");
    (places, rows)
}

/// Finds a seed for each bucket, the fullest first, that puts its features where nothing stands yet; a feature
/// without a place is left out, the lightest of the bucket first.
fn hashed(learned: &Learned, lexicon: &Lexicon, scale: f32) -> (Vec<u8>, Vec<[u8; ROW]>) {
    let names = (0..learned.nodes.len()).map(|id| (learned.nodes.name(id), id as u32));
    let mut features: Vec<(u32, [u8; ROW])> = names
        .filter(|(name, _)| *name >= DENSE as u32 && !lexicon.is_word(*name))
        .map(|(name, id)| (name, row(learned, id, scale)))
        .filter(|(_, row)| *row != [BIAS; ROW])
        .collect();
    let weight = |row: &[u8; ROW]| row.iter().map(|w| (i64::from(*w) - i64::from(BIAS)).pow(2)).sum::<i64>();
    features.sort_by_key(|(name, row)| (std::cmp::Reverse(weight(row)), *name));
    let buckets = features.len().div_ceil(BUCKET).max(1);
    let slots = (features.len() * 100 / FULL).max(1) + 1;
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); buckets];
    for (n, (name, _)) in features.iter().enumerate() {
        members[bucket(*name, buckets)].push(n);
    }
    let mut order: Vec<usize> = (0..buckets).collect();
    order.sort_by_key(|&b| (std::cmp::Reverse(members[b].len()), b));
    let (mut seeds, mut rows, mut taken) = (vec![0; buckets], vec![[BIAS; ROW]; slots], vec![false; slots]);
    let mut dropped = 0;
    for b in order {
        let mut left = &members[b][..];
        while !left.is_empty() {
            let places =
                |seed: u8| left.iter().map(|&n| slot(features[n].0, seed, slots)).collect::<Vec<_>>();
            let fits = |seed: &u8| {
                let places = places(*seed);
                let free = |(i, p): (usize, &usize)| !taken[*p] && !places[..i].contains(p);
                places.iter().enumerate().all(free)
            };
            if let Some(seed) = (0..=u8::MAX).find(fits) {
                seeds[b] = seed;
                for (&n, place) in left.iter().zip(places(seed)) {
                    let (name, mut row) = features[n];
                    row[TAG..].copy_from_slice(&tag(name));
                    rows[place] = row;
                    taken[place] = true;
                }
                break;
            }
            left = &left[..left.len() - 1];
            dropped += 1;
        }
    }
    eprintln!("{dropped} hashed features without a place");
    (seeds, rows)
}

/// Returns the row of each context, and the rows.
fn edges(learned: &Learned, scale: f32) -> (Vec<u16>, Vec<[i16; CONTEXT]>) {
    let (mut places, mut rows) = (vec![0u16; feature::CONTEXTS], vec![[0i16; CONTEXT]]);
    for (name, place) in places.iter_mut().enumerate() {
        let Some(id) = learned.edges.get(name as u32) else { continue };
        let weight = |before: usize, next: usize| {
            assert!(may_follow(Some(before as Label), next as Label));
            (learned.model.edge(id as usize, before)[next] * scale).round().clamp(-2000.0, 2000.0) as i16
        };
        let mut row = [0i16; CONTEXT];
        for before in 0..LABELS {
            for next in 0..BEGINS {
                row[before * 8 + next] = weight(before, next);
            }
        }
        for lane in 0..LABELS - BEGINS {
            row[LABELS * 8 + lane] = weight(lane + 1, BEGINS + lane);
            row[LABELS * 8 + 8 + lane] = weight(BEGINS + lane, BEGINS + lane);
        }
        *place = rows.len() as u16;
        rows.push(row);
    }
    (places, rows)
}

/// Rounds a weight to a signed byte.
fn byte(weight: f32) -> u8 {
    weight.round().clamp(-127.0, 127.0) as i8 as u8
}

/// Returns the factor that lets all but one of 2,000 weights fit.
fn scale(learned: &Learned) -> f32 {
    let mut sizes: Vec<f32> = (0..learned.nodes.len())
        .flat_map(|id| learned.model.node(id)[..LABELS].iter().map(|w| w.abs()))
        .filter(|w| *w > 0.0)
        .collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.get(sizes.len() - 1 - sizes.len() / 2000).copied().unwrap_or(1.0);
    127.0 / top
}
