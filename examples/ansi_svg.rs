//! Run: `pullquote --color always FILE | cargo run --example ansi_svg > docs/report.svg`
//!
//! Turns coloured terminal output on standard input into an SVG on standard output. The picture in
//! README.md is made by it.

use std::io::{self, Read, Write};

use anstyle_svg::Term;

fn main() -> io::Result<()> {
    let mut ansi = String::new();
    io::stdin().read_to_string(&mut ansi)?;
    let svg = Term::new().render_svg(&ansi);
    io::stdout().write_all(svg.as_bytes())
}
