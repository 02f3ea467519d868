//! Run: `cargo run --example blog_read_time`
//!
//! How long does a post of a blog take to read: by its own account, and by its words?

use std::num::NonZeroU16;

use pullquote::Parser;

/// A slower reader than the default of 238 words a minute.
const SLOW: Parser = Parser::new().words_per_minute(NonZeroU16::new(120).unwrap());

fn main() {
    let body = "The pier at Harrow Bay was closed on Monday after a gale. ".repeat(20);
    let text = format!("Pier shut\n\nBy Ada Roe\n\n2 min read\n\n{body}");

    let article = pullquote::parse(&text);
    let time = article.read_time();
    let stated = time.stated().map(|s| s.duration().as_secs());
    println!("stated {stated:?} s, estimated {} s from {} words", time.estimated().as_secs(), time.words());
    assert_eq!(stated, Some(120));
    assert_eq!((time.words(), time.estimated().as_secs()), (240, 61));

    let slow = SLOW.parse(&text);
    println!("a slow reader takes {} s", slow.read_time().estimated().as_secs());
    assert_eq!(slow.read_time().estimated().as_secs(), 120);
}
