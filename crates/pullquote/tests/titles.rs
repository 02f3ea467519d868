//! Titles and affiliations on gold texts that lie outside the repository.
//!
//! `PULLQUOTE_EVAL` names the folder of the gold texts; without it there is nothing to measure, and the test says
//! so. The cases that always run are in `src/mention/cases.txt`.
//!
//! `PULLQUOTE_EVAL=… cargo test -p pullquote --test titles -- --nocapture`

use pullquote::{Article, Quote, Span};
use serde_json::Value;

/// The least share of gold titles, and of gold affiliations, that must be read right.
const FLOOR: f64 = 0.85;

/// A count of right answers.
#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
}

impl Score {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn share(&self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

/// How many bytes of the gold content a quote holds.
fn shared(quote: &Quote, gold: &[Span]) -> usize {
    let common = |a: &Span, b: &Span| a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    quote.content().iter().map(|a| gold.iter().map(|b| common(a, b)).sum::<usize>()).sum()
}

fn spans(value: &Value) -> Vec<Span> {
    let number = |v: &Value| u32::try_from(v.as_u64().unwrap()).unwrap();
    value.as_array().unwrap().iter().map(|s| Span::new(number(&s[0]), number(&s[1]))).collect()
}

fn told(article: &Article<'_>, quote: Option<&Quote>, key: &str) -> Option<String> {
    let speaker = &article[quote?.speaker()?];
    let span = if key == "title" { speaker.title() } else { speaker.affiliation() };
    span.map(|span| article[span].to_owned())
}

#[test]
fn titles_and_affiliations_of_gold_texts() {
    let Some(folder) = std::env::var_os("PULLQUOTE_EVAL") else {
        println!("PULLQUOTE_EVAL is not set: titles of gold texts are not measured");
        return;
    };
    let path = std::path::Path::new(&folder).join("gold/constructions.dev.jsonl");
    let gold = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut scores = [("title", Score::default()), ("affiliation", Score::default())];
    for line in gold.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let article = pullquote::parse(case["text"].as_str().unwrap());
        for attribution in case["attributions"].as_array().unwrap() {
            let content = spans(&attribution["content"]);
            let near = article.quotes().iter().filter(|q| shared(q, &content) > 0);
            let quote = near.max_by_key(|q| shared(q, &content));
            for (key, score) in &mut scores {
                let Some(want) = attribution[*key].as_str() else { continue };
                let got = told(&article, quote, key);
                score.add(got.as_deref() == Some(want));
                if got.as_deref() != Some(want) {
                    println!("{}: {key} {want:?}, read {got:?}", case["id"]);
                }
            }
        }
    }
    for (key, score) in &scores {
        println!("{key}: {} of {} right", score.right, score.all);
        assert!(score.all > 0 && score.share() >= FLOOR, "{key}: {} of {}", score.right, score.all);
    }
}
