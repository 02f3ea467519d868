//! Learns the attribution weights of `pullquote` from annotated news.

mod crf;
mod file;
mod gold;
mod index;

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use crf::{Data, Model, NONE, Settings};
use gold::Article;
use index::Index;
use pullquote::training::feature::{self, Template};
use pullquote::training::label::{self, Label, Role};
use pullquote::training::linker;
use pullquote::training::sequence::{Document, Place};
use pullquote::training::tagger;
use pullquote::training::weights::Weights;

struct Set {
    articles: Vec<Article>,
    docs: Vec<Document>,
    gold: Vec<Vec<Label>>,
    learn: Vec<Vec<bool>>,
    cues: Vec<Vec<u8>>,
}

/// Word -> (times in a cue, times outside quotations).
type Counts = HashMap<u32, (u32, u32)>;

fn count(doc: &Document, gold: &[Label]) -> Counts {
    let mut counts = Counts::new();
    for (t, l) in doc.tokens.iter().zip(gold) {
        if t.place == Place::Outside {
            let c = counts.entry(t.word).or_default();
            c.1 += 1;
            c.0 += u32::from(label::SCHEME[*l as usize].role == Role::Cue);
        }
    }
    counts
}

fn cue_class((cue, all): (u32, u32)) -> u8 {
    let share = cue as f32 / all.max(1) as f32;
    if cue < 2 {
        0
    } else if share >= 0.5 {
        3
    } else if share >= 0.1 {
        2
    } else if share >= 0.02 {
        1
    } else {
        0
    }
}

fn load(path: &str, every: usize) -> Result<Set, Box<dyn Error>> {
    let articles: Vec<Article> = gold::read(Path::new(path))?.into_iter().step_by(every).collect();
    let docs: Vec<Document> = articles.iter().map(|a| pullquote::training::read(&a.text)).collect();
    let (gold, learn) = articles.iter().zip(&docs).map(|(a, d)| gold::labels(a, d)).unzip();
    Ok(Set { articles, docs, gold, learn, cues: Vec::new() })
}

fn templates(second: bool) -> Vec<Template> {
    let mut all = feature::FIRST.to_vec();
    if second {
        all.extend_from_slice(feature::SECOND);
    }
    all
}

/// Calls `node` with every feature of every token and `edge` with every transition context.
fn extract(
    set: &Set,
    found: Option<&[Vec<Label>]>,
    mut node: impl FnMut(u32),
    mut edge: impl FnMut(Option<u32>),
    mut token: impl FnMut(usize, usize),
) {
    let all = templates(found.is_some());
    let (mut atoms, mut parts) = (Vec::new(), Vec::new());
    for (d, doc) in set.docs.iter().enumerate() {
        for (p, stretch) in doc.paragraphs.iter().enumerate() {
            feature::describe(doc, p, &set.cues[d], &mut atoms);
            if let Some(found) = found {
                let range = stretch.tokens.start as usize..stretch.tokens.end as usize;
                feature::describe_found(doc, p, &found[d][range], &mut atoms, &mut parts);
            }
            for i in 0..atoms.len() {
                for t in &all {
                    if let Some(f) = t.feature(&atoms, i) {
                        node(f);
                    }
                }
                for t in feature::EDGES {
                    edge(t.feature(&atoms, i));
                }
                token(d, stretch.tokens.start as usize + i);
            }
        }
    }
}

fn data(set: &Set, found: Option<&[Vec<Label>]>, nodes: &Index, edges: &Index, folds: usize) -> Data {
    let mut d = Data { contexts: feature::EDGES.len() + 1, ..Data::default() };
    let (mut ids, mut starts, mut contexts, mut gold) = (Vec::new(), vec![0], Vec::new(), Vec::new());
    let fill = std::cell::RefCell::new((&mut ids, &mut starts, &mut contexts, &mut gold));
    extract(
        set,
        found,
        |f| {
            if let Some(id) = nodes.get(f) {
                fill.borrow_mut().0.push(id);
            }
        },
        |f| fill.borrow_mut().2.push(f.and_then(|f| edges.get(f)).unwrap_or(NONE)),
        |a, t| {
            let mut fill = fill.borrow_mut();
            fill.2.push(0);
            let n = fill.0.len();
            fill.1.push(n);
            let l = set.gold[a][t];
            fill.3.push(l);
        },
    );
    d.nodes = ids;
    d.starts = starts;
    d.edges = contexts;
    d.gold = gold;
    let mut base = 0;
    for (n, doc) in set.docs.iter().enumerate() {
        for (p, s) in doc.paragraphs.iter().enumerate() {
            d.paragraphs.push((base + s.tokens.start as usize, base + s.tokens.end as usize));
            d.folds.push((n % folds) as u8);
            d.learn.push(set.learn[n][p]);
        }
        base += doc.tokens.len();
    }
    d
}

fn indexes(set: &Set, found: Option<&[Vec<Label>]>, cut: u32) -> (Index, Index) {
    let (mut nodes, mut edges) = (Index::new(), Index::new());
    // The context of no condition has the number 0.
    edges.count(0);
    extract(
        set,
        found,
        |f| nodes.count(f),
        |f| {
            if let Some(f) = f {
                edges.count(f)
            }
        },
        |_, _| {},
    );
    nodes.retain(|_, n| n >= cut);
    let edge_cut: u32 = std::env::var("EDGECUT").map_or(60, |v| v.parse().unwrap_or(60));
    edges.retain(|i, n| i == 0 || n >= edge_cut);
    (nodes, edges)
}

fn decode(set: &Set, data: &Data, model: &Model, wanted: impl Fn(usize) -> bool, out: &mut [Vec<Label>]) {
    let mut p = 0;
    for (n, doc) in set.docs.iter().enumerate() {
        for s in &doc.paragraphs {
            if wanted(p) {
                out[n][s.tokens.start as usize..s.tokens.end as usize]
                    .copy_from_slice(&model.decode(data, p));
            }
            p += 1;
        }
    }
}

fn report(set: &Set, found: &[Vec<Label>]) -> String {
    let mut n = [[0usize; 3]; 4];
    for ((doc, gold), found) in set.docs.iter().zip(&set.gold).zip(found) {
        for s in &doc.paragraphs {
            let r = s.tokens.start as usize..s.tokens.end as usize;
            let g: Vec<_> = label::parts(&gold[r.clone()], 0).map(|p| (p.role, p.first, p.end)).collect();
            let f: Vec<_> = label::parts(&found[r], 0).map(|p| (p.role, p.first, p.end)).collect();
            for x in &g {
                n[x.0 as usize][0] += 1;
                if f.contains(x) {
                    n[x.0 as usize][2] += 1;
                }
            }
            for x in &f {
                n[x.0 as usize][1] += 1;
            }
        }
    }
    let f = |x: [usize; 3]| 200.0 * x[2] as f64 / (x[0] + x[1]).max(1) as f64;
    format!("source {:.1} cue {:.1} content {:.1}", f(n[2]), f(n[1]), f(n[3]))
}

fn write(set: &Set, found: &[Vec<Label>], path: &str) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    for ((a, doc), labels) in set.articles.iter().zip(&set.docs).zip(found) {
        let spans = |s: &[pullquote::Span]| s.iter().map(|s| vec![s.start(), s.end()]).collect::<Vec<_>>();
        let quotes: Vec<_> = linker::link(doc, &tagger::Found { labels: labels.clone(), margins: Vec::new() })
            .iter()
            .map(|q| serde_json::json!({"content": spans(&q.content), "cue": spans(&q.cue), "source": spans(&q.source)}))
            .collect();
        writeln!(out, "{}", serde_json::json!({"id": a.id, "quotes": quotes}))?;
    }
    Ok(())
}

/// Keeps the `room` features of most weight and learns them anew.
fn prune(
    learned: file::Learned,
    data: &mut Data,
    others: &mut [&mut Data],
    room: usize,
    chosen: &[u32],
    settings: Settings,
) -> file::Learned {
    let file::Learned { model, mut nodes, edges } = learned;
    if room >= nodes.len() {
        return file::Learned { model, nodes, edges };
    }
    let weight =
        |id: usize| model.node(id).iter().map(|w| w * w).sum::<f32>() * (1.0 + nodes.seen(id) as f32).ln();
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
    let mut new = vec![NONE; nodes.len()];
    let mut kept: Vec<usize> = order[..room].to_vec();
    kept.sort_unstable();
    for (n, id) in kept.iter().enumerate() {
        new[*id] = n as u32;
    }
    nodes.retain(|id, _| new[id] != NONE);
    data.keep(&new);
    for d in others {
        d.keep(&new);
    }
    drop(model);
    let mut model = Model::new(nodes.len(), edges.len());
    model.learn(data, chosen, settings, &|_| {});
    file::Learned { model, nodes, edges }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arg = |name: &str, default: &str| {
        std::env::args().skip_while(|a| a != name).nth(1).unwrap_or(default.to_owned())
    };
    let started = Instant::now();
    let every: usize = arg("--every", "1").parse()?;
    if std::env::args().nth(1).as_deref() == Some("eval") {
        let dev = load(&arg("--gold", "dev.jsonl"), 1)?;
        return check(
            &dev,
            &std::fs::read(arg("--weights", "/tmp/weights.bin"))?,
            &arg("--out", "/tmp/pred.jsonl"),
        );
    }
    let mut train = load(&arg("--gold", "train.jsonl"), every)?;
    let mut dev = load(&arg("--dev", "dev.jsonl"), 1)?;
    let mut total = Counts::new();
    let each: Vec<Counts> = train.docs.iter().zip(&train.gold).map(|(d, g)| count(d, g)).collect();
    for c in &each {
        for (w, (a, b)) in c {
            let t = total.entry(*w).or_default();
            t.0 += a;
            t.1 += b;
        }
    }
    let get = |c: &Counts, w: u32| c.get(&w).copied().unwrap_or_default();
    train.cues = train
        .docs
        .iter()
        .zip(&each)
        .map(|(d, c)| {
            d.tokens
                .iter()
                .map(|t| {
                    let (own, all) = (get(c, t.word), get(&total, t.word));
                    cue_class((all.0 - own.0, all.1 - own.1))
                })
                .collect()
        })
        .collect();
    dev.cues =
        dev.docs.iter().map(|d| d.tokens.iter().map(|t| cue_class(get(&total, t.word))).collect()).collect();
    write(&dev, &dev.gold, &(arg("--out", "/tmp/pred.jsonl") + ".gold"))?;
    let tokens: usize = train.docs.iter().map(|d| d.tokens.len()).sum();
    eprintln!("{} articles {tokens} tokens {:.1}s", train.docs.len(), started.elapsed().as_secs_f32());
    let cut: u32 = arg("--cut", "3").parse()?;
    let settings = Settings {
        rate: arg("--rate", "0.01").parse()?,
        epochs: arg("--epochs", "5").parse()?,
        burn_in: arg("--burn", "1").parse()?,
        seed: arg("--seed", "1").parse()?,
        decay: arg("--decay", "0").parse()?,
        floor: arg("--floor", "1e-12").parse()?,
        ..Settings::default()
    };
    let folds: usize = arg("--folds", "0").parse()?;
    let (nodes, edges) = indexes(&train, None, cut);
    eprintln!(
        "{} features {} edge contexts {:.1}s",
        nodes.len(),
        edges.len(),
        started.elapsed().as_secs_f32()
    );
    let td = data(&train, None, &nodes, &edges, folds.max(1));
    let dd = data(&dev, None, &nodes, &edges, 1);
    eprintln!(
        "{:.1} features a token {:.1}s",
        td.nodes.len() as f64 / tokens as f64,
        started.elapsed().as_secs_f32()
    );
    let chosen: Vec<u32> = (0..td.paragraphs.len() as u32).filter(|&p| td.learn[p as usize]).collect();
    let mut model = Model::new(nodes.len(), edges.len());
    model.learn(&td, &chosen, settings, &|_| {});
    let mut found: Vec<Vec<Label>> = dev.docs.iter().map(|d| vec![0; d.tokens.len()]).collect();
    decode(&dev, &dd, &model, |_| true, &mut found);
    eprintln!("pass 1: {} {:.1}s", report(&dev, &found), started.elapsed().as_secs_f32());
    drop(model);
    write(&dev, &found, &arg("--out", "/tmp/pred.jsonl"))?;
    if folds == 0 {
        return Ok(());
    }
    let mut jack: Vec<Vec<Label>> = train.docs.iter().map(|d| vec![0; d.tokens.len()]).collect();
    for fold in 0..folds {
        let chosen: Vec<u32> =
            chosen.iter().copied().filter(|&p| td.folds[p as usize] as usize != fold).collect();
        let mut model = Model::new(nodes.len(), edges.len());
        model.learn(&td, &chosen, settings, &|_| {});
        decode(&train, &td, &model, |p| td.folds[p] as usize == fold, &mut jack);
        eprintln!("fold {fold} {:.1}s", started.elapsed().as_secs_f32());
    }
    eprintln!("jackknifed: {} {:.1}s", report(&train, &jack), started.elapsed().as_secs_f32());
    if arg("--second", "yes") == "no" {
        return Ok(());
    }
    drop((td, dd));
    let (nodes, edges) = indexes(&train, Some(&jack), cut);
    let td = data(&train, Some(&jack), &nodes, &edges, 1);
    let dd = data(&dev, Some(&found), &nodes, &edges, 1);
    eprintln!(
        "{} features, {:.1} a token {:.1}s",
        nodes.len(),
        td.nodes.len() as f64 / tokens as f64,
        started.elapsed().as_secs_f32()
    );
    let mut model = Model::new(nodes.len(), edges.len());
    model.learn(&td, &chosen, settings, &|_| {});
    decode(&dev, &dd, &model, |_| true, &mut found);
    eprintln!("pass 2: {} {:.1}s", report(&dev, &found), started.elapsed().as_secs_f32());
    write(&dev, &found, &arg("--out", "/tmp/pred.jsonl"))?;
    let room: usize = arg("--room", "0").parse()?;
    if room == 0 {
        return Ok(());
    }
    let (mut td, mut dd) = (td, dd);
    let second =
        prune(file::Learned { model, nodes, edges }, &mut td, &mut [&mut dd], room, &chosen, settings);
    decode(&dev, &dd, &second.model, |_| true, &mut found);
    eprintln!("pass 2 pruned: {} {:.1}s", report(&dev, &found), started.elapsed().as_secs_f32());
    drop((td, dd));
    let (nodes, edges) = indexes(&train, None, cut);
    let mut td = data(&train, None, &nodes, &edges, 1);
    let mut dd = data(&dev, None, &nodes, &edges, 1);
    let mut model = Model::new(nodes.len(), edges.len());
    model.learn(&td, &chosen, settings, &|_| {});
    let first =
        prune(file::Learned { model, nodes, edges }, &mut td, &mut [&mut dd], room, &chosen, settings);
    decode(&dev, &dd, &first.model, |_| true, &mut found);
    eprintln!("pass 1 pruned: {} {:.1}s", report(&dev, &found), started.elapsed().as_secs_f32());
    let mut words: Vec<(u32, u8)> =
        total.iter().map(|(w, c)| (*w, cue_class(*c))).filter(|w| w.1 > 0).collect();
    words.sort_unstable();
    let bytes = file::bytes(&words, &[first, second]);
    eprintln!("{} bytes {:.1}s", bytes.len(), started.elapsed().as_secs_f32());
    std::fs::write(arg("--weights", "/tmp/weights.bin"), &bytes)?;
    check(&dev, &bytes, &arg("--out", "/tmp/pred.jsonl"))
}

/// Labels the articles as the parser does and reports.
fn check(set: &Set, bytes: &[u8], out: &str) -> Result<(), Box<dyn Error>> {
    let mut weights =
        Weights::open(bytes).ok_or("the weights do not open: they were learned for other features")?;
    if let Ok(b) = std::env::var("BIAS") {
        let b: Vec<i32> = b.split(',').filter_map(|x| x.parse().ok()).collect();
        weights.bias = [b[0], b[1]];
    }
    let t = Instant::now();
    let found: Vec<Vec<Label>> = set.docs.iter().map(|d| tagger::tag(d, &weights).labels).collect();
    let size: usize = set.articles.iter().map(|a| a.text.len()).sum();
    eprintln!(
        "from the file: {} ({:.2} MB/s)",
        report(set, &found),
        size as f32 / 1e6 / t.elapsed().as_secs_f32()
    );
    write(set, &found, out)
}
