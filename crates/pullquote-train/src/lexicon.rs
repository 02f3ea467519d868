//! What is learned of single words: how often each is a cue, and which other words it is like.

use std::collections::{HashMap, HashSet};

use pullquote::training::atom::{self, Fact, Facts, GROUPS, Known};
use pullquote::training::feature::{self, SPREAD};
use pullquote::training::label::{self, Label, Role};
use pullquote::training::sequence::{Document, Place, Token};
use pullquote::training::weights::STEM;

use crate::data;
use crate::gold::Article;

/// Word or stem -> (times in a cue, times outside quotations).
type Counts = HashMap<u32, (u32, u32)>;

/// How often a word must occur to have a row of weights of its own.
const LEAST_ROW: u32 = 8;
/// How many words may have one.
const MOST_ROWS: usize = 5_400;

/// How many of the most frequent words are contexts of transitions.
const COMMON: usize = 120;

/// Holds what was counted.
#[derive(Default)]
pub struct Lexicon {
    total: Counts,
    each: Vec<Counts>,
    company: HashMap<u32, u8>,
    /// The words with rows of weights, the most frequent first, and their places.
    pub rows: Vec<u32>,
    places: HashMap<u32, u16>,
    /// The names of all features that fold into rows and hold a word's own weight, and of all others about words.
    own: HashSet<u32>,
    facts: HashSet<u32>,
}

fn names(text: &str, doc: &Document) -> Vec<(usize, [u32; 2])> {
    let outside = doc.tokens.iter().enumerate().filter(|(_, t)| t.place == Place::Outside);
    let stem = |t| match atom::stem(text, t) {
        0 => 0,
        stem => stem ^ STEM,
    };
    outside.map(|(i, t)| (i, [t.word, stem(t)])).collect()
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
    pub fn learn(articles: &[Article], docs: &[Document], gold: &[Vec<Label>]) -> Lexicon {
        let mut lexicon = Lexicon { company: company(docs), ..Lexicon::default() };
        for ((article, doc), gold) in articles.iter().zip(docs).zip(gold) {
            let mut counts = Counts::new();
            for (i, names) in names(&article.text, doc) {
                let cue = u32::from(label::SCHEME[gold[i] as usize].role == Role::Cue);
                for name in names.into_iter().filter(|n| *n != 0) {
                    for c in [counts.entry(name).or_default(), lexicon.total.entry(name).or_default()] {
                        *c = (c.0 + cue, c.1 + 1);
                    }
                }
            }
            lexicon.each.push(counts);
        }
        let words = frequent(docs);
        lexicon.rows = words.iter().take_while(|w| w.1 >= LEAST_ROW).take(MOST_ROWS).map(|w| w.0).collect();
        lexicon.places = lexicon.rows.iter().enumerate().map(|(n, w)| (*w, n as u16)).collect();
        for (n, (article, doc)) in articles.iter().zip(docs).enumerate() {
            for (token, known) in doc.tokens.iter().zip(lexicon.known(&article.text, doc, Some(n))) {
                let facts = atom::facts(&article.text, token, known);
                let row = known.row > 0;
                for offset in -(SPREAD as i8)..=SPREAD as i8 {
                    feature::word(&facts, offset, |f| {
                        lexicon.facts.insert(data::name(f));
                    });
                    if row {
                        feature::word(&only_word(token.word), offset, |f| {
                            lexicon.own.insert(data::name(f));
                        });
                    }
                }
            }
        }
        lexicon
    }

    /// Whether a feature is the weight of a word with a row: it needs no row of its own.
    pub fn is_word(&self, feature: u32) -> bool {
        self.own.contains(&feature)
    }

    /// Whether a feature tells of a word alone.
    pub fn is_fact(&self, feature: u32) -> bool {
        self.facts.contains(&feature)
    }

    /// Returns what is known of the tokens of a document. Of a document that was counted (the `own`th), its own
    /// counts are left out, or a word would look surer in training than it is.
    pub fn known(&self, text: &str, doc: &Document, own: Option<usize>) -> Vec<Known> {
        let class = |name: u32| {
            let all = self.total.get(&name).copied().unwrap_or_default();
            let own = own.and_then(|n| self.each[n].get(&name)).copied().unwrap_or_default();
            class((all.0 - own.0, all.1 - own.1))
        };
        let known = |t: &Token| Known {
            cue: class(t.word),
            stem: class(atom::stem(text, t) ^ STEM),
            ..self.word(t.word)
        };
        doc.tokens.iter().map(known).collect()
    }

    /// Returns what is known of a word that does not depend on the article.
    fn word(&self, word: u32) -> Known {
        let place = self.places.get(&word).copied();
        Known {
            company: self.company.get(&word).copied().unwrap_or(0),
            common: place.map_or(0, |p| if (p as usize) < COMMON { p as u8 + 1 } else { 0 }),
            row: place.map_or(0, |p| p + 1),
            ..Known::default()
        }
    }

    /// Returns the entries of the file's lexicon, in order. `stems` holds the stem of every word.
    pub fn entries(&self, stems: &HashMap<u32, u32>) -> Vec<(u32, Known)> {
        let cue = |name: u32| self.total.get(&name).map_or(0, |c| class(*c));
        let words = stems.iter().map(|(&word, &stem)| {
            (
                word,
                Known {
                    cue: cue(word),
                    stem: if stem == 0 { 0 } else { cue(stem ^ STEM) },
                    ..self.word(word)
                },
            )
        });
        let stems = stems.values().map(|stem| stem ^ STEM);
        let stems = stems.map(|name| (name, Known { stem: cue(name), ..Known::default() }));
        let mut all: Vec<_> = words.chain(stems).filter(|e| e.1 != Known::default()).collect();
        all.sort_unstable_by_key(|e| e.0);
        all.dedup_by_key(|e| e.0);
        all
    }
}

fn only_word(word: u32) -> Facts {
    let mut facts = Facts::default();
    facts[Fact::Word as usize] = word;
    facts
}

/// Returns all words and how often they occur, the most frequent first.
fn frequent(docs: &[Document]) -> Vec<(u32, u32)> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for t in docs.iter().flat_map(|d| &d.tokens) {
        *counts.entry(t.word).or_default() += 1;
    }
    let mut words: Vec<(u32, u32)> = counts.into_iter().collect();
    words.sort_unstable_by_key(|(w, n)| (std::cmp::Reverse(*n), *w));
    words
}

/// How many groups of words there are.
const CENTRES: usize = 96;
const _: () = assert!(CENTRES < GROUPS as usize);
/// How often a word must occur to be grouped.
const LEAST: u32 = 12;
/// How many of the most frequent words count as company.
const COMPANY: usize = 250;

/// Groups words by the words before and after them (spherical k-means on square roots of counts).
fn company(docs: &[Document]) -> HashMap<u32, u8> {
    let words: Vec<(u32, u32)> = frequent(docs).into_iter().filter(|w| w.1 >= LEAST).collect();
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
    let mut centres: Vec<f32> = vectors[..CENTRES.min(words.len()) * width].to_vec();
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
