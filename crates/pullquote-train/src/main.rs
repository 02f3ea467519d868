//! Learns the attribution weights of `pullquote` from annotated news.
//!
//! ```text
//! pullquote-train --gold train.jsonl --out weights.bin [--threads N] [--seed N]
//! pullquote-train judge --gold train.jsonl --out points.rs [--threads N]
//! pullquote-train eval --gold dev.jsonl --weights weights.bin --out predictions.jsonl
//! ```
//!
//! The first learns the weights, the second the points of the scorecard that judges what they propose, the third tells how
//! good the weights are on articles they were not learned from.
//!
//! An article is a line `{"id", "text", "discard": [[b,e]…], "attributions": [{"content": [[b,e]…], "cue": …,
//! "source": …}]}`, offsets in bytes. The same data gives the same file.

mod crf;
mod data;
mod file;
mod gold;
mod index;
mod judge;
mod learn;
mod lexicon;
mod score;

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use pullquote::training::tagger::{self, Found};
use pullquote::training::weights::Weights;

use data::Set;
use lexicon::Lexicon;

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options::default();
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "judge" => options.task = judge,
            "eval" => options.task = eval,
            "--gold" => options.gold = value()?.into(),
            "--out" => options.out = value()?.into(),
            "--weights" => options.weights = value()?.into(),
            "--threads" => options.threads = value()?.parse()?,
            "--seed" => options.seed = value()?.parse()?,
            _ => {
                return Err(format!(
                    "unknown argument {argument}; there are judge, eval, --gold, --out, --weights, --threads, --seed"
                )
                .into());
            }
        }
    }
    (options.task)(&options)
}

struct Options {
    task: fn(&Options) -> Result<(), Box<dyn Error>>,
    gold: PathBuf,
    out: PathBuf,
    weights: PathBuf,
    threads: usize,
    /// The seed of the first of the models that are averaged.
    seed: u64,
}

impl Default for Options {
    fn default() -> Options {
        let path = |p: &str| PathBuf::from(p);
        Options {
            task: train,
            gold: path("train.jsonl"),
            out: path("out"),
            weights: path("weights.bin"),
            threads: 2,
            seed: learn::SEED,
        }
    }
}

fn train(options: &Options) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let mut set = Set::read(&options.gold)?;
    let lexicon = Lexicon::learn(&set.articles, &set.docs, &set.gold);
    set.known =
        set.docs.iter().enumerate().map(|(n, d)| lexicon.known(&set.articles[n].text, d, Some(n))).collect();
    let bar = bar()?;
    let learned = learn::learn(&set, &lexicon, options.seed, options.threads, &bar);
    bar.finish_and_clear();
    let bytes = file::bytes(&set, &lexicon, &learned)?;
    fs::write(&options.out, &bytes)?;
    eprintln!("{}: {} bytes after {} s", options.out.display(), bytes.len(), started.elapsed().as_secs());
    Ok(())
}

/// Makes the bar that shows how far learning has come; hidden where the output is no terminal.
fn bar() -> Result<ProgressBar, Box<dyn Error>> {
    let bar = ProgressBar::new(1);
    bar.set_style(ProgressStyle::with_template("{msg:12} {wide_bar} {percent}% {elapsed} of {duration}")?);
    bar.enable_steady_tick(Duration::from_millis(500));
    Ok(bar)
}

fn judge(options: &Options) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let articles = gold::read(&options.gold)?;
    let bar = bar()?;
    let source = judge::learn(&articles, options.threads, &bar)?;
    bar.finish_and_clear();
    fs::write(&options.out, source)?;
    eprintln!("{} after {} s", options.out.display(), started.elapsed().as_secs());
    Ok(())
}

fn eval(options: &Options) -> Result<(), Box<dyn Error>> {
    let set = Set::read(&options.gold)?;
    let bytes = fs::read(&options.weights)?;
    let weights = Weights::open(&bytes).ok_or("these weights were learned for other features: train anew")?;
    let started = Instant::now();
    let found: Vec<Found> =
        set.articles.iter().zip(&set.docs).map(|(a, d)| tagger::tag(&a.text, d, &weights)).collect();
    let size = set.articles.iter().map(|a| a.text.len()).sum::<usize>();
    let labels = found.iter().map(|f| f.labels.clone()).collect();
    println!("{}", score::exact(&set, &labels));
    println!("{:.2} MB a second", size as f64 / 1e6 / started.elapsed().as_secs_f64());
    score::write(&set, &found, Path::new(&options.out))
}
