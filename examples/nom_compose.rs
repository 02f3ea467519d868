//! Run: `cargo run --example nom_compose`
//!
//! How do I use the byline grammar inside my own `nom` grammar?
//!
//! The library shows no type of `nom` in its interface, so it works with any version of it: each strict parser is
//! a `FromStr`, and `map_res` makes a parser of that.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_until};
use nom::character::complete::{line_ending, not_line_ending};
use nom::combinator::{map, map_res, rest};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use pullquote::{Byline, ReadTime};

/// An item of a plain-text digest: `# Title`, a byline, an optional read time, `---`, the teaser.
#[derive(Debug)]
struct Item<'a> {
    title: &'a str,
    byline: Byline,
    minutes: Option<u64>,
    teaser: &'a str,
}

fn line(input: &str) -> IResult<&str, &str> {
    terminated(not_line_ending, line_ending).parse(input)
}

/// A line that our grammar reads whole.
fn byline(input: &str) -> IResult<&str, Byline> {
    map_res(line, str::parse::<Byline>).parse(input)
}

fn minutes(input: &str) -> IResult<&str, Option<u64>> {
    let stated = |time: ReadTime| time.stated().map(|s| s.duration().as_secs() / 60);
    let some = map(map_res(line, str::parse::<ReadTime>), stated);
    alt((some, map(tag(""), |_| None))).parse(input)
}

fn item(input: &str) -> IResult<&str, Item<'_>> {
    let title = preceded(tag("# "), line);
    let body = preceded((take_until("---"), tag("---"), line_ending), rest);
    map((title, byline, minutes, body), |(title, byline, minutes, teaser): (_, _, _, &str)| Item {
        title,
        byline,
        minutes,
        teaser: teaser.trim_end(),
    })
    .parse(input)
}

fn main() {
    let digest = "# Pier to close\nBy Ada Roe and Ian Poole\n4 min read\n---\nThe planks are rotten.\n";
    let (left, read) = item(digest).expect("a digest item");
    let names: Vec<String> = read.byline.authors().iter().map(|a| a.name().to_string()).collect();
    println!("{} | {} | {:?} min | {}", read.title, names.join(", "), read.minutes, read.teaser);
    assert_eq!((read.title, read.minutes, read.teaser), ("Pier to close", Some(4), "The planks are rotten."));
    assert_eq!((names.join(", ").as_str(), left), ("Ada Roe, Ian Poole", ""));

    let untimed = item("# Pier to close\nBy Ada Roe\n---\nShut.\n").expect("the read time may be missing").1;
    assert_eq!(untimed.minutes, None);
    // A line that is no byline fails there, and the user's grammar may try something else.
    let failed = item("# Pier to close\nIt rained all day in town.\n---\nShut.\n").unwrap_err();
    println!("{failed}");
    assert!(failed.to_string().contains("It rained all day"));
}
