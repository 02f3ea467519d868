//! Run: `cargo run --example byline`
//!
//! Who wrote it, from the byline of a feed item alone?

use pullquote::{Byline, Error};

fn main() -> Result<(), Error> {
    let byline: Byline = "By Rosalind de la Cruz and Ian Poole".parse()?;
    let mut families = Vec::new();
    for author in byline.authors() {
        let name = author.name();
        println!("{} (given {:?}, family {:?})", name, name.given(), name.family());
        families.push(name.family());
    }
    assert_eq!(families, [Some("de la Cruz"), Some("Poole")]);

    // A line that is no byline says so instead of making a name up.
    let error = "snow is expected on higher ground".parse::<Byline>().unwrap_err();
    println!("{error}");
    assert!(error.to_string().starts_with("expected a byline"));
    Ok(())
}
