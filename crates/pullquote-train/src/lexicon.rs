//! What is learned of single words: how often each is a cue, and which other words it is like.

use std::collections::HashMap;

use pullquote::training::atom::Known;
use pullquote::training::label::{self, Label, Role};
use pullquote::training::sequence::{Document, Place};
use pullquote::training::weights::STEM;

/// Word or stem -> (times in a cue, times outside quotations).
type Counts = HashMap<u32, (u32, u32)>;

/// Holds what was counted.
#[derive(Default)]
pub struct Lexicon {
    total: Counts,
    each: Vec<Counts>,
    company: HashMap<u32, u8>,
}

fn names(doc: &Document) -> impl Iterator<Item = (usize, [u32; 2])> + '_ {
    let outside = doc.tokens.iter().enumerate().filter(|(_, t)| t.place == Place::Outside);
    outside.map(|(i, t)| (i, [t.word, if t.stem == 0 { 0 } else { t.stem ^ STEM }]))
}

fn class((cue, all): (u32, u32)) -> u8 {
    let share = cue as f32 / all.max(1) as f32;
    match cue {
        0 | 1 => 0,
        _ if share >= 0.5 => 3,
        _ if share >= 0.1 => 2,
        _ if share >= 0.02 => 1,
        _ => 0,
    }
}

impl Lexicon {
    /// Counts the words of annotated documents.
    pub fn learn(docs: &[Document], gold: &[Vec<Label>]) -> Lexicon {
        let mut lexicon = Lexicon { company: company(docs), ..Lexicon::default() };
        for (doc, gold) in docs.iter().zip(gold) {
            let mut counts = Counts::new();
            for (i, names) in names(doc) {
                let cue = u32::from(label::SCHEME[gold[i] as usize].role == Role::Cue);
                for name in names.into_iter().filter(|n| *n != 0) {
                    for c in [counts.entry(name).or_default(), lexicon.total.entry(name).or_default()] {
                        *c = (c.0 + cue, c.1 + 1);
                    }
                }
            }
            lexicon.each.push(counts);
        }
        lexicon
    }

    /// Returns what is known of the tokens of a document. Of a document that was counted (the `own`th), its own
    /// counts are left out, or a word would look surer in training than it is.
    pub fn known(&self, doc: &Document, own: Option<usize>) -> Vec<Known> {
        let class = |name: u32| {
            let all = self.total.get(&name).copied().unwrap_or_default();
            let own = own.and_then(|n| self.each[n].get(&name)).copied().unwrap_or_default();
            class((all.0 - own.0, all.1 - own.1))
        };
        let company = |word: u32| self.company.get(&word).copied().unwrap_or(0);
        doc.tokens
            .iter()
            .map(|t| Known { cue: class(t.word), stem: class(t.stem ^ STEM), company: company(t.word) })
            .collect()
    }

    /// Returns the entries of the file's lexicon, in order.
    pub fn entries(&self) -> Vec<(u32, u32)> {
        let mut all: HashMap<u32, u32> = self.company.iter().map(|(w, c)| (*w, u32::from(*c) << 2)).collect();
        for (name, counts) in &self.total {
            if class(*counts) > 0 {
                *all.entry(*name).or_default() |= u32::from(class(*counts));
            }
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_unstable();
        all
    }
}

/// How many groups of words there are.
const GROUPS: usize = 96;
/// How often a word must occur to be grouped.
const LEAST: u32 = 12;
/// How many of the most frequent words count as company.
const COMPANY: usize = 250;

/// Groups words by the words before and after them (spherical k-means on square roots of counts).
fn company(docs: &[Document]) -> HashMap<u32, u8> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for t in docs.iter().flat_map(|d| &d.tokens) {
        *counts.entry(t.word).or_default() += 1;
    }
    let mut words: Vec<(u32, u32)> = counts.into_iter().filter(|w| w.1 >= LEAST).collect();
    words.sort_unstable_by_key(|(w, n)| (std::cmp::Reverse(*n), *w));
    let number: HashMap<u32, usize> = words.iter().enumerate().map(|(i, w)| (w.0, i)).collect();
    let width = 2 * (COMPANY + 1);
    let mut vectors = vec![0f32; words.len() * width];
    for doc in docs {
        for s in &doc.sentences {
            let ids: Vec<usize> = doc.tokens[s.start as usize..s.end as usize]
                .iter()
                .map(|t| number.get(&t.word).copied().unwrap_or(usize::MAX))
                .collect();
            for (i, &w) in ids.iter().enumerate().filter(|(_, w)| **w != usize::MAX) {
                let near = |i: Option<usize>| i.and_then(|i| ids.get(i)).map_or(COMPANY, |w| *w);
                let (before, after) = (near(i.checked_sub(1)), near(Some(i + 1)));
                if before <= COMPANY {
                    vectors[w * width + before] += 1.0;
                }
                if after <= COMPANY {
                    vectors[w * width + COMPANY + 1 + after] += 1.0;
                }
            }
        }
    }
    for v in vectors.chunks_exact_mut(width) {
        v.iter_mut().for_each(|x| *x = x.sqrt());
        unit(v);
    }
    // The most frequent words are the first centres.
    let mut centres: Vec<f32> = vectors[..GROUPS.min(words.len()) * width].to_vec();
    let mut group = vec![0usize; words.len()];
    for _ in 0..12 {
        for (g, v) in group.iter_mut().zip(vectors.chunks_exact(width)) {
            let near = |c: &[f32]| c.iter().zip(v).map(|(a, b)| a * b).sum::<f32>();
            let scores: Vec<f32> = centres.chunks_exact(width).map(near).collect();
            *g = (0..scores.len())
                .max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))
                .unwrap_or(0);
        }
        centres.fill(0.0);
        for (g, v) in group.iter().zip(vectors.chunks_exact(width)) {
            for (c, x) in centres[g * width..(g + 1) * width].iter_mut().zip(v) {
                *c += x;
            }
        }
        centres.chunks_exact_mut(width).for_each(unit);
    }
    words.iter().zip(&group).map(|(w, g)| (w.0, *g as u8 + 1)).collect()
}

fn unit(v: &mut [f32]) {
    let length = v.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
    v.iter_mut().for_each(|x| *x /= length);
}
