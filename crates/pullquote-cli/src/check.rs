//! `pullquote check`: what is wrong with the marks of a text, as a compiler tells it.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use pullquote::{Diagnostic, DiagnosticCode, Level};

use crate::Outcome;
use crate::args::{CheckArgs, CheckFormat};
use crate::check_fix;
use crate::check_json;
use crate::check_sarif;
use crate::error::{self, Error};
use crate::excerpt;
use crate::input;
use crate::output::Output;
use crate::place::{Place, Places};
use crate::style;

/// Columns of an excerpt where there is no terminal to ask.
const COLUMNS: usize = 100;
/// The widest excerpt; longer lines are hard to read.
const WIDEST: usize = 110;

/// How seriously each finding is taken in this run.
#[derive(Debug, Default)]
pub(crate) struct Levels(Vec<(DiagnosticCode, Level)>);

impl Levels {
    /// The levels of the catalogue, changed by the arguments.
    ///
    /// # Errors
    ///
    /// When one finding is given two levels.
    fn new(args: &CheckArgs) -> Result<Levels, Error> {
        let mut changed: Vec<(DiagnosticCode, Level)> = Vec::new();
        let lists = [(&args.allow, Level::Allow), (&args.warn, Level::Warn), (&args.deny, Level::Deny)];
        for (codes, level) in lists {
            for &code in codes {
                match changed.iter().find(|(c, _)| *c == code) {
                    Some((_, other)) if *other != level => {
                        return Err(Error::TwoLevels { slug: code.slug(), levels: [*other, level] });
                    }
                    _ => changed.push((code, level)),
                }
            }
        }
        Ok(Levels(changed))
    }

    /// Returns the level of a finding in this run.
    pub(crate) fn of(&self, code: DiagnosticCode) -> Level {
        self.0.iter().find(|(c, _)| *c == code).map_or(code.level(), |(_, level)| *level)
    }
}

/// One finding in one file, with its places in lines and columns.
pub(crate) struct Finding<'a> {
    pub(crate) file: &'a str,
    pub(crate) level: Level,
    pub(crate) diagnostic: &'a Diagnostic,
    pub(crate) places: &'a Places,
}

impl Finding<'_> {
    /// Returns the two ends of a span of this finding.
    pub(crate) fn ends(&self, span: pullquote::Span) -> (Place, Place) {
        (self.places.of(span.start()), self.places.of(span.end()))
    }
}

/// Where findings go, in one of the formats.
pub(crate) trait Printer {
    /// Prints the findings of one text.
    fn text(&mut self, text: &str, findings: &[Finding<'_>], out: &mut Output) -> Result<(), Error>;

    /// Prints what stands after the last text.
    fn end(&mut self, out: &mut Output) -> Result<(), Error>;
}

/// How many findings there were, and how many are mended.
#[derive(Debug, Default)]
struct Tally {
    denied: usize,
    warned: usize,
    fixed: usize,
}

/// Checks every file (standard input for none); one that cannot be read is told on standard error and the
/// run goes on.
pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Error> {
    let levels = Levels::new(args)?;
    if args.list {
        return list(args, &levels);
    }
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin[..] } else { &args.files };
    if args.fix && files.iter().any(|path| path == Path::new("-")) {
        return Err(Error::FixStdin);
    }
    let text = args.format == CheckFormat::Text;
    let mut output = if text { Output::stdout() } else { Output::raw_stdout() };
    let mut printer: Box<dyn Printer> = match args.format {
        CheckFormat::Text => Box::new(Rendered::default()),
        CheckFormat::Json => Box::new(check_json::Json::default()),
        CheckFormat::Sarif => Box::new(check_sarif::Sarif::new(&levels)),
    };
    let (mut tally, mut failed) = (Tally::default(), false);
    let mut buffer = Vec::new();
    for path in files {
        let one = one(path, args.fix, &levels, &mut buffer, printer.as_mut(), &mut output, &mut tally);
        match one {
            Err(error) if error.is_closed_pipe() => return Err(error),
            Err(error) => {
                // What was printed so far comes before the message about what comes after it.
                output.flush().map_err(|e| output.failed(e))?;
                error::report(&error);
                failed = true;
            }
            Ok(()) => {}
        }
    }
    printer.end(&mut output)?;
    output.finish()?;
    if text {
        summary(&tally);
    }
    Ok(match (failed, tally.denied) {
        (true, _) => Outcome::SomeFailed,
        (false, 0) => Outcome::AllGood,
        (false, _) => Outcome::Denied,
    })
}

/// Checks one file, after mending it where that is wished.
fn one(
    path: &Path,
    fix: bool,
    levels: &Levels,
    buffer: &mut Vec<u8>,
    printer: &mut dyn Printer,
    output: &mut Output,
    tally: &mut Tally,
) -> Result<(), Error> {
    let mut text = input::read_text(path, buffer)?;
    let mended;
    if fix && let Some((new, count)) = check_fix::mend(text, levels) {
        check_fix::write(path, &new)?;
        tally.fixed += count;
        mended = new;
        text = &mended;
    }
    let article = pullquote::parse(text);
    let shown: Vec<&Diagnostic> =
        article.diagnostics().iter().filter(|d| levels.of(d.code()) != Level::Allow).collect();
    let spans = shown
        .iter()
        .flat_map(|d| [Some(d.span()), d.related(), d.replacement().map(|r| r.span())].into_iter().flatten());
    let places = Places::find(text, spans.flat_map(|s| [s.start(), s.end()]));
    let file = if path == Path::new("-") { "<stdin>".to_owned() } else { path.display().to_string() };
    let findings: Vec<Finding<'_>> = shown
        .into_iter()
        .map(|diagnostic| Finding {
            file: &file,
            level: levels.of(diagnostic.code()),
            diagnostic,
            places: &places,
        })
        .collect();
    let denied = findings.iter().filter(|f| f.level == Level::Deny).count();
    tally.denied += denied;
    tally.warned += findings.len() - denied;
    printer.text(text, &findings, output)
}

/// Tells on standard error how much there was, as compilers do.
fn summary(tally: &Tally) {
    let count = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        n => Some(format!("{n} {what}s")),
    };
    let parts: Vec<String> = [
        count(tally.denied, "error"),
        count(tally.warned, "warning"),
        count(tally.fixed, "mark").map(|n| format!("{n} mended")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !parts.is_empty() {
        let (strong, plain) = (style::STRONG, anstyle::Reset);
        // Nobody is left to be told when standard error itself is gone.
        let _ = writeln!(anstream::stderr(), "{strong}pullquote check:{plain} {}", parts.join(", "));
    }
}

/// Findings as excerpts of the text, with a line to point.
#[derive(Default)]
struct Rendered {
    any: bool,
}

impl Printer for Rendered {
    fn text(&mut self, text: &str, findings: &[Finding<'_>], out: &mut Output) -> Result<(), Error> {
        let columns = if std::io::stdout().is_terminal() { textwrap::termwidth() } else { COLUMNS };
        let width = columns.clamp(40, WIDEST);
        for finding in findings {
            if self.any {
                out.put(b"\n")?;
            }
            self.any = true;
            let shown =
                excerpt::render(finding.diagnostic, finding.level, text, finding.file, finding.places, width);
            out.put(shown.as_bytes())?;
            out.put(b"\n")?;
        }
        Ok(())
    }

    fn end(&mut self, _: &mut Output) -> Result<(), Error> {
        Ok(())
    }
}

/// Prints the catalogue, with the levels of this run.
fn list(args: &CheckArgs, levels: &Levels) -> Result<Outcome, Error> {
    let mut out = Output::stdout();
    if args.format == CheckFormat::Text {
        let longest = DiagnosticCode::ALL.iter().map(|code| code.slug().len()).max().unwrap_or(0);
        for &code in DiagnosticCode::ALL {
            let level = levels.of(code).as_str();
            let line = format!("{:longest$}  {level:5}  {}\n", code.slug(), code.message());
            out.put(line.as_bytes())?;
        }
    } else {
        out.put(&check_json::catalogue(levels))?;
    }
    out.finish()?;
    Ok(Outcome::AllGood)
}
