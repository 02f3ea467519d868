//! Run: `cargo run --example feed_byline`
//!
//! Whom do the `author` fields of a feed name? They hold bylines in every form, and sometimes none.

use pullquote::{Byline, BylineKind};

/// What stands in `<dc:creator>` or `author` of five items.
const ITEMS: &[&str] = &[
    "By Rosalind de la Cruz and Ian Poole",
    "ADA ROE | Chief Political Correspondent",
    "Gazette Staff",
    "Words by Ada Roe | Photographs by Ian Poole",
    "snow is expected on higher ground",
];

/// The authors in mixed case, or who signs in their place, or why the line is none.
fn credit(line: &str) -> String {
    match line.parse::<Byline>() {
        Err(error) => format!("no byline: {error}"),
        Ok(byline) if byline.kind() == BylineKind::Staff => "the staff".into(),
        Ok(byline) => {
            let authors: Vec<String> = byline.authors().iter().map(|a| a.name().display()).collect();
            let mut names = vec![authors.join(" and ")];
            let role = byline.role().or(byline.authors().first().and_then(|a| a.role()));
            names.extend(role.map(|role| format!("({role})")));
            names.extend(byline.contributors().iter().map(|c| format!("[{}: {}]", c.share(), c.name())));
            names.join(" ")
        }
    }
}

fn main() {
    let credits: Vec<String> = ITEMS.iter().map(|line| credit(line)).collect();
    for (line, credit) in ITEMS.iter().zip(&credits) {
        println!("{line}\n    {credit}");
    }
    assert_eq!(credits[0], "Rosalind de la Cruz and Ian Poole");
    assert_eq!(credits[1], "Ada Roe (Chief Political Correspondent)");
    assert_eq!(credits[2], "the staff");
    assert_eq!(credits[3], "Ada Roe [Photographs by: Ian Poole]");
    assert!(credits[4].starts_with("no byline: expected a byline"), "{}", credits[4]);
}
