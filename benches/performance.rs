//! The figures of `docs/performance.md`. Run: `cargo bench --bench performance`
//!
//! With `-- --write` they are written into the page, with the machine, the commit and the scaling figure
//! (`docs/scaling.svg`). `-- --budget 300` lets a step of the scaling take 300 seconds instead of 5: enough for
//! 64 MB in one text and for a million articles.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use pullquote::{Parser, Workspace, stages};

/// What is asked for on the command line.
struct Options {
    write: bool,
    /// Only run everything once (`cargo bench -- --test`).
    test: bool,
    /// How long a step of the scaling may take, as far as the step before tells.
    budget: Duration,
}

impl Options {
    fn read() -> Options {
        let args: Vec<String> = std::env::args().collect();
        let has = |name: &str| args.iter().any(|a| a == name);
        let budget = args.iter().skip_while(|a| *a != "--budget").nth(1).and_then(|s| s.parse().ok());
        Options {
            write: has("--write"),
            test: has("--test"),
            budget: Duration::from_secs(budget.unwrap_or(5)),
        }
    }
}

/// Runs something over and over; returns the shortest time.
fn fastest(test: bool, mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    let mut best = Duration::MAX;
    let mut runs = 0;
    while runs < 1 || !test && (runs < 5 || start.elapsed() < Duration::from_secs(2)) {
        let one = Instant::now();
        run();
        best = best.min(one.elapsed());
        runs += 1;
    }
    best
}

/// Reads texts one after the other with one workspace.
fn read(parser: Parser, texts: &[String]) {
    let mut workspace = Workspace::new();
    for text in texts {
        let article = black_box(parser.parse_into(black_box(text), &mut workspace));
        workspace.recycle(article);
    }
}

type Row = (&'static str, Box<dyn Fn(&[String])>);

fn rows() -> Vec<Row> {
    let parse = |parser: Parser| move |texts: &[String]| read(parser, texts);
    vec![
        (
            "`split_whitespace`, the measure",
            Box::new(|texts| {
                for text in texts {
                    black_box(black_box(text).split_whitespace().count());
                }
            }),
        ),
        ("frame only", Box::new(parse(Parser::new().quotes(false)))),
        (
            "frame, sentences, quotations",
            Box::new(|texts| {
                let mut workspace = Workspace::new();
                for text in texts {
                    let article = black_box(stages::quotations(black_box(text), &mut workspace));
                    workspace.recycle(article);
                }
            }),
        ),
        (
            "everything but the learned model",
            Box::new(|texts| {
                let mut workspace = Workspace::new();
                for text in texts {
                    let article = black_box(stages::untagged(black_box(text), &mut workspace));
                    workspace.recycle(article);
                }
            }),
        ),
        ("marked quotes only", Box::new(parse(Parser::new().indirect(false)))),
        ("everything", Box::new(parse(Parser::new()))),
    ]
}

/// Measures each row on articles and on one long article, as lines of a table.
fn table(options: &Options) -> String {
    let size = if options.test { 1 << 14 } else { 1 << 20 };
    let corpora = [corpus::news(size), vec![corpus::long(size)]];
    let bytes = corpora.each_ref().map(|texts| texts.iter().map(String::len).sum::<usize>());
    let mut out = String::from(
        "| | MB/s, articles | × `split_whitespace` | MB/s, one long text | × `split_whitespace` |\n|---|---|---|---|---|\n",
    );
    let mut measure = [0.0; 2];
    for (name, run) in rows() {
        let _ = write!(out, "| {name} |");
        for (n, texts) in corpora.iter().enumerate() {
            let speed = bytes[n] as f64 / fastest(options.test, || run(texts)).as_secs_f64() / 1e6;
            if measure[n] == 0.0 {
                measure[n] = speed;
            }
            let _ = write!(out, " {speed:.1} | {:.3} |", speed / measure[n]);
        }
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "\nArticles: {} of them, {} bytes each on average; the long text has {} bytes.",
        corpora[0].len(),
        bytes[0] / corpora[0].len(),
        bytes[1]
    );
    out
}

/// A line of the figure: a name, and points of bytes and seconds.
type Line = (&'static str, Vec<(f64, f64)>);

/// Of small texts so many bytes are read, each another one: a text that is read over and over is learned by heart.
const ENOUGH: usize = 1 << 20;
/// Of few articles so many are read, some at a time, each time with a new workspace.
const MANY: usize = 1000;

/// Measures texts of 1 KB to 64 MB, and 1 to a million articles, each step while there is time.
fn scaling(options: &Options) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (name, parser) in [("one text, frame", Parser::new().quotes(false)), ("one text", Parser::new())] {
        let mut points = Vec::new();
        for step in 0..=8 {
            let texts = corpus::sized(1 << (10 + 2 * step), if options.test { 1 } else { ENOUGH });
            let took = fastest(step > 5 || options.test, || read(parser, &texts));
            let (count, bytes) = (texts.len() as f64, texts.iter().map(String::len).sum::<usize>());
            points.push((bytes as f64 / count, took.as_secs_f64() / count));
            if took * 4 > options.budget || options.test && step > 1 {
                break;
            }
        }
        lines.push((name, points));
    }
    let articles = corpus::news(1 << 22);
    let mut points = Vec::new();
    for step in 0..=6 {
        let count = 10_usize.pow(step);
        let runs = if options.test { 1 } else { (MANY / count).max(1) };
        let (parser, mut next, mut bytes) = (Parser::new(), articles.iter().cycle(), 0);
        let start = Instant::now();
        for _ in 0..runs {
            let mut workspace = Workspace::new();
            for text in next.by_ref().take(count) {
                bytes += text.len();
                let article = black_box(parser.parse_into(black_box(text), &mut workspace));
                workspace.recycle(article);
            }
        }
        let took = start.elapsed();
        points.push((bytes as f64 / runs as f64, took.as_secs_f64() / runs as f64));
        if took / runs as u32 * 10 > options.budget || options.test && step > 1 {
            break;
        }
    }
    lines.push(("many articles", points));
    lines
}

/// Draws the lines on two logarithmic axes: a straight line that rises as its grid does is linear time.
fn svg(lines: &[Line]) -> String {
    let (width, height, left, bottom) = (640.0, 400.0, 60.0, 40.0);
    let (bytes, seconds) = ((3.0, 10.0), (-7.0, 3.0));
    let x = |v: f64| left + (v.log10() - bytes.0) / (bytes.1 - bytes.0) * (width - left - 20.0);
    let y = |v: f64| {
        height - bottom - (v.log10() - seconds.0) / (seconds.1 - seconds.0) * (height - bottom - 20.0)
    };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for power in 3..=10 {
        let (at, label) =
            (x(10_f64.powi(power)), ["1 KB", "10 KB", "100 KB", "1 MB", "10 MB", "100 MB", "1 GB", "10 GB"]);
        let _ = writeln!(
            out,
            "<path d=\"M{at:.1} 20V{:.1}\" stroke=\"#ddd\"/><text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            height - bottom,
            height - bottom + 16.0,
            label[power as usize - 3]
        );
    }
    for power in -7..=3 {
        let at = y(10_f64.powi(power));
        let label = match power {
            ..-3 => format!("{} µs", 10_f64.powi(power + 6)),
            -3..0 => format!("{} ms", 10_i32.pow((power + 3) as u32)),
            _ => format!("{} s", 10_i32.pow(power as u32)),
        };
        let _ = writeln!(
            out,
            "<path d=\"M{left} {at:.1}H{:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>",
            width - 20.0,
            left - 6.0,
            at + 4.0
        );
    }
    for (n, (name, points)) in lines.iter().enumerate() {
        let colour = ["#1b7837", "#2166ac", "#b2182b"][n % 3];
        let path: Vec<String> = points.iter().map(|&(b, s)| format!("{:.1} {:.1}", x(b), y(s))).collect();
        let _ = writeln!(
            out,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n<text x=\"{}\" y=\"{}\" fill=\"{colour}\">{name}</text>",
            path.join("L"),
            left + 10.0,
            36.0 + 16.0 * n as f64
        );
        for &(b, s) in points {
            let _ =
                writeln!(out, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>", x(b), y(s));
        }
    }
    out + "</svg>\n"
}

/// How the cost of a byte changes from the middle of each line to its end.
fn growth(lines: &[Line]) -> String {
    let mut out = String::from(
        "| | smallest | largest | ns a byte at the smallest | at the largest |\n|---|---|---|---|---|\n",
    );
    for (name, points) in lines {
        let cost = |&(bytes, seconds): &(f64, f64)| seconds * 1e9 / bytes;
        if let (Some(first), Some(last)) = (points.first(), points.last()) {
            let _ = writeln!(
                out,
                "| {name} | {:.0} bytes | {:.0} bytes | {:.1} | {:.1} |",
                first.0,
                last.0,
                cost(first),
                cost(last)
            );
        }
    }
    out
}

/// The machine, the compiler and the commit.
fn place() -> String {
    let run = |program: &str, args: &[&str]| {
        let output =
            Command::new(program).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let cpu = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|info| {
        info.lines()
            .find_map(|l| l.strip_prefix("model name"))
            .map(|l| l.trim_start_matches([':', '\t', ' ']).to_owned())
    });
    let unknown = || "unknown".to_owned();
    format!(
        "Machine: {}, {} threads; {}; commit {}.\n",
        cpu.unwrap_or_else(unknown),
        std::thread::available_parallelism().map_or(1, usize::from),
        run("rustc", &["--version"]).unwrap_or_else(unknown),
        run("git", &["rev-parse", "--short", "HEAD"]).unwrap_or_else(unknown)
    )
}

/// Puts `text` between the marks of its name.
fn fill(page: &str, name: &str, text: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let from = page.find(&open).expect("the page has the mark") + open.len();
    let to = page.find(&close).expect("the page has the closing mark");
    format!("{}{text}{}", &page[..from], &page[to..])
}

fn main() {
    let options = Options::read();
    let speed = format!("{}\n{}", place(), table(&options));
    println!("{speed}");
    let lines = scaling(&options);
    let grown = growth(&lines);
    println!("{grown}");
    if options.write {
        let docs: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
        let page = std::fs::read_to_string(docs.join("performance.md")).expect("docs/performance.md");
        let page = fill(&fill(&page, "speed", &speed), "growth", &grown);
        std::fs::write(docs.join("performance.md"), page).expect("docs/performance.md can be written");
        std::fs::write(docs.join("scaling.svg"), svg(&lines)).expect("docs/scaling.svg can be written");
    }
}
