//! Writes the weights file; `weights.rs` of the library tells its form.

use std::collections::HashMap;
use std::error::Error;

use pullquote::training::atom::{self, Facts};
use pullquote::training::feature::{self, DENSE, SPREAD};
use pullquote::training::label::{BEGINS, LABELS, Label, USED, beginning, lane};
use pullquote::training::weights::{Context, HEADER, ROW, ROWS, SEEDS, STARTED, STAYED, VERSION, WORD};
use pullquote::training::weights::{bucket, lexicon_slot, pack, slot, tag};

use crate::data::{self, Set};
use crate::index::Index;
use crate::learn::Learned;
use crate::lexicon::Lexicon;

/// What is taken from the score of a quoted token that belongs to nothing: marks are rather somebody's words than
/// nobody's (0.2 points of whole attributions between marks on the development articles).
const LEAN: f32 = 0.3;

/// What a byte of a row has more than its weight.
const BIAS: u8 = 128;

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
    let mut entries = lexicon.entries(&first.iter().map(|(w, f)| (*w, f.1)).collect());
    // The most frequent words take their slots first: they are found at the first look.
    entries.sort_by_key(|(_, known)| known.row.wrapping_sub(1));
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
    let mut rows = Rows::new();
    let mut dense = dense(learned, scale);
    let mut places = vec![0; DENSE];
    let rare = dense.split_off(FRONT.min(dense.len()));
    rows.fill(&dense, &mut places)?;
    let seeds = rows.hashed(learned, lexicon, scale);
    rows.fill(&rare, &mut places)?;
    let (contexts, edges) = edges(learned, scale);

    let mut out = b"PQWT".to_vec();
    let lengths = [table.len(), words.len(), edges.len()];
    let lengths: Vec<u32> = lengths.iter().map(|n| u32::try_from(*n)).collect::<Result<_, _>>()?;
    let lean = (LEAN * scale).round() as u32;
    for n in [VERSION, feature::scheme_hash(), lean].iter().chain(&lengths) {
        out.extend_from_slice(&n.to_le_bytes());
    }
    eprintln!(
        "{} entries, {} words, {} contexts; a weight of 1 is {scale:.1}",
        entries.len(),
        words.len(),
        edges.len()
    );
    out.resize(HEADER, 0);
    out.extend(rows.rows.iter().flatten());
    out.extend(edges.iter().flatten().flatten().flat_map(|w| w.to_le_bytes()));
    for (word, bits) in table {
        out.extend_from_slice(&word.to_le_bytes());
        out.extend_from_slice(&bits.to_le_bytes());
    }
    out.extend_from_slice(&rows.tags);
    out.extend_from_slice(&seeds);
    out.extend(words.iter().flatten());
    out.extend(places.iter().flat_map(|r| r.to_le_bytes()));
    out.extend(contexts.iter().flat_map(|r| r.to_le_bytes()));
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
            row[place * USED + lane(l as Label)] = byte(weight * scale / 4.0);
        }
    }
    row
}

fn row(learned: &Learned, id: u32, scale: f32) -> [u8; ROW] {
    let mut row = [BIAS; ROW];
    for (l, weight) in learned.model.node(id as usize)[..LABELS].iter().enumerate() {
        row[lane(l as Label)] = byte(weight * scale).wrapping_add(BIAS);
    }
    row
}

/// How many of the dense features stand before all hashed ones.
const FRONT: usize = 4096;

/// The rows of features, and which of them are taken. What is read often stands at the front, so that it shares lines of
/// the cache.
struct Rows {
    rows: Vec<[u8; ROW]>,
    tags: Vec<u8>,
    taken: Vec<bool>,
}

impl Rows {
    fn new() -> Rows {
        let mut taken = vec![false; ROWS];
        taken[0] = true;
        Rows { rows: vec![[BIAS; ROW]; ROWS], tags: vec![0; ROWS], taken }
    }

    /// Finds a seed for each bucket, the fullest first, that puts its features where nothing stands yet, the most frequent
    /// as far to the front as can be; a feature without a place is left out, the lightest of the bucket first.
    fn hashed(&mut self, learned: &Learned, lexicon: &Lexicon, scale: f32) -> Vec<u8> {
        let names = (0..learned.nodes.len()).map(|id| (learned.nodes.name(id), id as u32));
        let mut features: Vec<(u32, [u8; ROW], u64)> = names
            .filter(|(name, _)| *name >= DENSE as u32 && !lexicon.is_word(*name))
            .map(|(name, id)| (name, row(learned, id, scale), learned.nodes.seen(id as usize).into()))
            .filter(|(_, row, _)| *row != [BIAS; ROW])
            .collect();
        let weight =
            |row: &[u8; ROW]| row.iter().map(|w| (i64::from(*w) - i64::from(BIAS)).pow(2)).sum::<i64>();
        features.sort_by_key(|(name, row, _)| (std::cmp::Reverse(weight(row)), *name));
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); SEEDS];
        for (n, (name, ..)) in features.iter().enumerate() {
            members[bucket(*name)].push(n);
        }
        let mut order: Vec<usize> = (0..SEEDS).collect();
        order.sort_by_key(|&b| (std::cmp::Reverse(members[b].len()), b));
        let (mut seeds, mut dropped) = (vec![0; SEEDS], 0);
        for b in order {
            let mut left = &members[b][..];
            while !left.is_empty() {
                let place = |n: usize, seed: u8| usize::from(slot(features[n].0, seed));
                let places = |seed: u8| left.iter().map(|&n| place(n, seed)).collect::<Vec<_>>();
                let fits = |seed: &u8| {
                    let places = places(*seed);
                    let free = |(i, p): (usize, &usize)| !self.taken[*p] && !places[..i].contains(p);
                    places.iter().enumerate().all(free)
                };
                let way =
                    |seed: &u8| left.iter().map(|&n| features[n].2 * place(n, *seed) as u64).sum::<u64>();
                if let Some(seed) = (0..=u8::MAX).filter(fits).min_by_key(way) {
                    seeds[b] = seed;
                    for (&n, place) in left.iter().zip(places(seed)) {
                        let (name, row, _) = features[n];
                        self.rows[place] = row;
                        self.tags[place] = tag(name);
                        self.taken[place] = true;
                    }
                    break;
                }
                left = &left[..left.len() - 1];
                dropped += 1;
            }
        }
        let free = self.taken.iter().filter(|taken| !**taken).count();
        eprintln!("{dropped} of {} hashed features without a place, {free} rows free", features.len());
        seeds
    }

    /// Puts dense features where nothing stands yet, in their order.
    fn fill(&mut self, dense: &[(u32, [u8; ROW])], places: &mut [u16]) -> Result<(), Box<dyn Error>> {
        let mut free = 0;
        for (name, row) in dense {
            let next = self.taken[free..].iter().position(|taken| !taken);
            free += next.ok_or("no room for the dense features: lower learn::ROOM")?;
            self.rows[free] = *row;
            self.taken[free] = true;
            places[*name as usize] = free as u16;
        }
        Ok(())
    }
}

/// Returns the rows of the dense features, the most frequent first.
fn dense(learned: &Learned, scale: f32) -> Vec<(u32, [u8; ROW])> {
    let rows =
        by_frequency(&learned.nodes, DENSE).into_iter().map(|(name, id)| (name, row(learned, id, scale)));
    rows.filter(|(_, row)| *row != [BIAS; ROW]).collect()
}

/// Returns those of the first names that were learned, with their numbers, the most frequent first.
fn by_frequency(index: &Index, names: usize) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> =
        (0..names as u32).filter_map(|name| index.get(name).map(|id| (name, id))).collect();
    found.sort_by_key(|(name, id)| (std::cmp::Reverse(index.seen(*id as usize)), *name));
    found
}

/// Returns the row of each context, and the rows.
fn edges(learned: &Learned, scale: f32) -> (Vec<u16>, Vec<Context>) {
    let (mut places, mut rows) = (vec![0u16; feature::CONTEXTS], vec![Context::default()]);
    for (name, id) in by_frequency(&learned.edges, feature::CONTEXTS) {
        let weight = |row: usize, next: usize| {
            (learned.model.edge(id as usize, row)[next] * scale).round().clamp(-2000.0, 2000.0) as i16
        };
        let mut row = Context::default();
        for (part, row) in row[..BEGINS].iter_mut().enumerate() {
            for (next, to) in row[..BEGINS].iter_mut().enumerate() {
                *to = weight(part, next);
            }
        }
        for inside in BEGINS..LABELS {
            for step in [STARTED, STAYED] {
                row[step][beginning(inside as Label) as usize] = weight(step, inside);
            }
        }
        places[name as usize] = rows.len() as u16;
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
