//! Learns the points of the judge's scorecard: how likely a proposal is right, from what it looks like.
//!
//! Weights that have seen an article are too sure of it. So the articles are read in parts, each with weights learned
//! from the others; of every proposal it is then known whether the annotation has it. Logistic regression turns that
//! into points.

use std::error::Error;
use std::fmt::Write;

use indicatif::ProgressBar;
use pullquote::Span;
use pullquote::training::judge::{Candidate, TRAITS, Traits, VALUES};
use pullquote::training::weights::Weights;

use crate::data::Set;
use crate::file;
use crate::gold::{Article, Attribution, Bytes};
use crate::learn;
use crate::lexicon::Lexicon;

/// In how many parts the articles are read.
const PARTS: usize = 4;
/// How strongly points are drawn to 0: a value that was seen seldom says little.
const RIDGE: f64 = 2.0;
/// After how many steps of Newton's method nothing changes any more.
const STEPS: usize = 12;
/// How many points a natural logarithm of the odds is worth.
const POINTS: f64 = 100.0;

/// Where the bands of margins begin by which it is told how far the model's own sureness holds.
const BANDS: [u32; 11] = [0, 80, 240, 440, 640, 900, 1200, 1530, 1930, 2350, 2800];

/// The library's source file, but for the points.
const SOURCE: &str = "\
//! The points of the judge's scorecard, in hundredths of a natural logarithm of the odds.
//!
//! Written by `pullquote-train judge`; MODEL.md tells from what.

use super::judge::{TRAITS, VALUES};

/// For proposals without marks and for those with: what each value of each trait is worth.
#[rustfmt::skip]
pub(super) const POINTS: [[[i16; VALUES]; TRAITS]; 2] = [
";

/// Learns the points and returns them as the library's source file `points.rs`.
///
/// # Errors
///
/// Fails when a part has too few articles to learn weights from.
pub fn learn(articles: &[Article], threads: usize, bar: &ProgressBar) -> Result<String, Box<dyn Error>> {
    let mut seen = [const { Vec::new() }; 2];
    let mut bands = [(0, 0); BANDS.len()];
    for part in 0..PARTS {
        let others = articles.iter().enumerate().filter(|(n, _)| n % PARTS != part).map(|(_, a)| a.clone());
        let mut set = Set::new(others.collect());
        let lexicon = Lexicon::learn(&set.articles, &set.docs, &set.gold);
        set.know(&lexicon);
        let learned = learn::learn(&set, &lexicon, learn::SEED, threads, bar);
        let bytes = file::bytes(&set, &lexicon, &learned)?;
        let weights = Weights::open(&bytes).ok_or("the weights of a part cannot be opened")?;
        for article in articles.iter().skip(part).step_by(PARTS) {
            let found = pullquote::training::candidates(&article.text, &weights);
            for (candidate, right) in found.iter().zip(right(article, &found)) {
                if let Some(right) = right {
                    let band = &mut bands[BANDS.partition_point(|b| *b <= candidate.margins.least()) - 1];
                    *band = (band.0 + u32::from(right), band.1 + 1);
                    seen[usize::from(candidate.marked)].push((candidate.traits, right));
                }
            }
        }
    }
    for (from, (right, all)) in BANDS.iter().zip(bands) {
        eprintln!(
            "margin from {from}: {right} of {all} right, {:.2}",
            f64::from(right) / f64::from(all.max(1))
        );
    }
    let mut out = SOURCE.to_owned();
    for seen in &seen {
        out.push_str("    [\n");
        for points in regress(seen).chunks_exact(VALUES) {
            let points: Vec<String> = points.iter().map(|p| format!("{:.0}", p * POINTS)).collect();
            writeln!(out, "        [{}],", points.join(", "))?;
        }
        out.push_str("    ],\n");
    }
    out.push_str("];\n");
    Ok(out)
}

/// Tells of each proposal whether the annotation has it: content that overlaps by half and the same source. `None`
/// where nobody annotated.
fn right(article: &Article, found: &[Candidate]) -> Vec<Option<bool>> {
    let bytes = |s: &Span| (s.start() as u32, s.end() as u32);
    let contents: Vec<Vec<Bytes>> = found.iter().map(|c| c.content.iter().map(bytes).collect()).collect();
    let mut pairs = Vec::new();
    for (g, gold) in article.attributions.iter().enumerate() {
        for (c, content) in contents.iter().enumerate() {
            let share = overlap(&gold.content, content);
            if share > 0.0 {
                pairs.push((share, g, c));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut partner) = (vec![false; article.attributions.len()], vec![None; found.len()]);
    for (share, g, c) in pairs {
        if !taken[g] && partner[c].is_none() {
            taken[g] = true;
            partner[c] = Some((share, g));
        }
    }
    let judged = contents.iter().zip(found).zip(&partner).map(|((content, candidate), partner)| {
        let unread = content.iter().any(|c| article.discard.iter().any(|d| d.0 < c.1 && c.0 < d.1));
        let same = |gold: &Attribution| shares_word(&article.text, &gold.source, bytes(&candidate.source));
        let right = partner.is_some_and(|(share, g)| share >= 0.5 && same(&article.attributions[g]));
        (!unread).then_some(right)
    });
    judged.collect()
}

fn shared(a: Bytes, b: Bytes) -> u32 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// How much two contents share of what they hold together.
fn overlap(a: &[Bytes], b: &[Bytes]) -> f32 {
    let len = |spans: &[Bytes]| spans.iter().map(|s| s.1 - s.0).sum::<u32>();
    let both: u32 = a.iter().flat_map(|x| b.iter().map(move |y| shared(*x, *y))).sum();
    both as f32 / (len(a) + len(b) - both).max(1) as f32
}

/// Words that two sources may share without being the same.
const COMMON: &[&str] = &[
    "a", "an", "the", "this", "that", "his", "her", "its", "their", "our", "my", "your", "of", "in", "at",
    "and",
];

/// Tells whether a source and another share a word that is not one of many.
fn shares_word(text: &str, gold: &[Bytes], source: Bytes) -> bool {
    gold.iter().any(|g| {
        let both = g.0.max(source.0) as usize..g.1.min(source.1) as usize;
        let words = text.get(both).unwrap_or_default().split(|c: char| !c.is_alphanumeric());
        words.filter(|w| !w.is_empty()).any(|w| !COMMON.contains(&w.to_lowercase().as_str()))
    })
}

/// Returns what each value of each trait is worth, in natural logarithms of the odds (logistic regression by
/// Newton's method).
fn regress(seen: &[(Traits, bool)]) -> Vec<f64> {
    const SIZE: usize = TRAITS * VALUES;
    let places = |traits: &Traits| -> [usize; TRAITS] {
        core::array::from_fn(|t| t * VALUES + usize::from(traits[t]).min(VALUES - 1))
    };
    let mut points = vec![0.0; SIZE];
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = points.iter().map(|p| -RIDGE * p).collect();
        let mut bend = vec![0.0; SIZE * SIZE];
        (0..SIZE).for_each(|i| bend[i * SIZE + i] = RIDGE);
        for (traits, right) in seen {
            let places = places(traits);
            let sum: f64 = places.iter().map(|p| points[*p]).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            for &p in &places {
                slope[p] += f64::from(*right) - likely;
                places.iter().for_each(|q| bend[p * SIZE + q] += likely * (1.0 - likely));
            }
        }
        for (point, step) in points.iter_mut().zip(solve(bend, slope)) {
            *point += step;
        }
    }
    points
}

/// Solves a system of linear equations with a positive definite matrix (Gauss; such a matrix needs no pivots).
fn solve(mut matrix: Vec<f64>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        for below in i + 1..n {
            let share = matrix[below * n + i] / matrix[i * n + i];
            if share != 0.0 {
                (i..n).for_each(|j| matrix[below * n + j] -= share * matrix[i * n + j]);
                right[below] -= share * right[i];
            }
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| matrix[i * n + j] * right[j]).sum();
        right[i] = (right[i] - known) / matrix[i * n + i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trait_that_tells_gets_the_points() {
        let proposal = |value: u8| {
            let mut traits = Traits::default();
            traits[3] = value;
            traits
        };
        let seen: Vec<_> =
            (0..400).map(|n: u32| (proposal((n % 2) as u8), n % 2 == 1 && n % 8 != 1)).collect();
        let points = regress(&seen);
        let sum = |value: u8| {
            let places = proposal(value)
                .iter()
                .enumerate()
                .map(|(t, v)| points[t * VALUES + usize::from(*v)])
                .sum::<f64>();
            1.0 / (1.0 + (-places).exp())
        };
        // Three in four, drawn a little to one in two.
        assert!((sum(1) - 0.74).abs() < 0.02, "{}", sum(1));
        assert!(sum(0) < 0.03, "{}", sum(0));
    }

    #[test]
    fn equations_are_solved() {
        assert_eq!(solve(vec![4.0, 2.0, 2.0, 3.0], vec![8.0, 8.0]), [1.0, 2.0]);
    }

    #[test]
    fn a_source_is_the_same_by_a_word_of_its_own() {
        let text = "the mayor of Aldham and the board";
        assert!(shares_word(text, &[(0, 9)], (4, 19)));
        assert!(!shares_word(text, &[(20, 33)], (24, 27)));
        assert!(overlap(&[(0, 10)], &[(5, 10)]) == 0.5);
    }
}
