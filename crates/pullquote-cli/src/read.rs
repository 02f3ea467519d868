//! The main job: articles in, reports or records out.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::args::Format;
use crate::error::{self, Error};
use crate::input;
use crate::output::Output;
use crate::record::{Records, json_string};
use crate::report::Report;

/// Reads every file (standard input for none) and prints each; one that cannot be read is told on standard
/// error and the run goes on.
pub(crate) fn run(files: &[PathBuf], format: Format) -> Result<Outcome, Error> {
    let stdin = [PathBuf::from("-")];
    let files = if files.is_empty() { &stdin[..] } else { files };
    let mut output = if format == Format::Text { Output::stdout() } else { Output::raw_stdout() };
    let mut outcome = Outcome::AllGood;
    let mut buffer = Vec::new();
    let mut records = Records::default();
    let mut first = true;
    for path in files {
        let text = match input::read_text(path, &mut buffer) {
            Ok(text) => text,
            Err(error) => {
                // What was printed so far comes before the message about what comes after it.
                output.flush().map_err(|e| output.failed(e))?;
                error::report(&error);
                outcome = Outcome::SomeFailed;
                continue;
            }
        };
        let article = pullquote::parse(text);
        if format == Format::Text {
            let report = Report::new(&article, display_name(path));
            let header = files.len() > 1;
            if header && !first {
                output.put(b"\n")?;
            }
            report.write(&mut output, header).map_err(|e| output.failed(e))?;
        } else {
            let id = json_string(&path.to_string_lossy());
            output.put(records.object(&id, &article, format))?;
        }
        first = false;
    }
    output.finish()?;
    Ok(outcome)
}

/// Names a file in a report, shortly.
fn display_name(path: &Path) -> String {
    if path == Path::new("-") { "<stdin>".to_owned() } else { path.display().to_string() }
}
