//! How many instructions the stages take, so that a slower change is seen on any machine, however busy. Run:
//! `cargo bench --bench instructions`, and after a change that is meant `cargo bench --bench instructions -- --bless`
//!
//! Each case runs in callgrind as a process of its own; its count may be a tenth above the one committed in
//! `instructions.txt`. Without valgrind nothing is counted, and a message says so. (The crates for this want a
//! second program installed beside them, of their very version.)

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use pullquote::{Parser, Workspace, stages};

/// A count may grow by so many per cent.
const CEILING: u64 = 10;

const CASES: &[&str] = &["nothing", "frame", "quotations", "untagged", "all"];

/// Runs a case, under callgrind.
fn run(case: &str) {
    let texts = corpus::news(1 << 16);
    let mut workspace = Workspace::new();
    for text in &texts {
        let article = match case {
            "frame" => Parser::new().quotes(false).parse_into(text, &mut workspace),
            "quotations" => stages::quotations(text, &mut workspace),
            "untagged" => stages::untagged(text, &mut workspace),
            "all" => Parser::new().parse_into(text, &mut workspace),
            _ => continue,
        };
        black_box(article.blocks().len());
        workspace.recycle(article);
    }
}

/// Counts the instructions of a case.
fn count(case: &str) -> Option<u64> {
    let me = std::env::current_exe().ok()?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(me)
        .args(["--case", case])
        .stdout(Stdio::null())
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = told.lines().find_map(|l| l.split_once("Collected :"))?;
    line.1.trim().parse().ok()
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if let Some(case) = args.iter().skip_while(|a| *a != "--case").nth(1) {
        run(case);
        return ExitCode::SUCCESS;
    }
    if args.iter().any(|a| a == "--test") {
        CASES.iter().for_each(|case| run(case));
        return ExitCode::SUCCESS;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let Some(nothing) = count("nothing") else {
        println!("instructions: valgrind is not there, nothing is counted");
        return ExitCode::SUCCESS;
    };
    let bytes: u64 = corpus::news(1 << 16).iter().map(|t| t.len() as u64).sum();
    let mut table =
        String::from("# Instructions for each case, callgrind, on the first 64 KB of the corpus.\n");
    let mut grown = false;
    for case in &CASES[1..] {
        let now = count(case).unwrap_or(0).saturating_sub(nothing);
        let was: Option<u64> = before.lines().find_map(|l| l.strip_prefix(case)?.trim().parse().ok());
        let limit = was.map(|w| w + w * CEILING / 100);
        let over = limit.is_some_and(|l| now > l);
        grown |= over;
        println!(
            "{case}: {now} instructions, {:.1} a byte; committed {}{}",
            now as f64 / bytes as f64,
            was.map_or("none".to_owned(), |w| w.to_string()),
            if over { ": MORE than a tenth above" } else { "" }
        );
        let _ = writeln!(table, "{case} {now}");
    }
    if args.iter().any(|a| a == "--bless") {
        std::fs::write(path, table).expect("instructions.txt can be written");
        return ExitCode::SUCCESS;
    }
    if grown { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
