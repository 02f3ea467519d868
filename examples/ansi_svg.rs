//! Run: `pullquote --color always FILE | cargo run --example ansi_svg > docs/report.svg`
//!
//! Turns coloured terminal output on standard input into an SVG on standard output. The picture in
//! README.md is made by it.

use std::io::{self, Read, Write};

use anstyle_lossy::palette::WIN10_CONSOLE;
use anstyle_svg::Term;

fn main() -> io::Result<()> {
    let mut ansi = String::new();
    io::stdin().read_to_string(&mut ansi)?;
    // Dimmed text is meant to be read, too: 0.4 is too faint on black.
    let svg = Term::new().palette(WIN10_CONSOLE).render_svg(&ansi).replace("opacity: 0.4", "opacity: 0.7");
    io::stdout().write_all(svg.as_bytes())
}
