//! The main job: articles in, reports or records out.

use crate::Outcome;
use crate::args::{Args, BatchKind};
use crate::convert::{self, Job};
use crate::error::Error;
use crate::source::kind::InputKind;

/// Reads every file (standard input for none) and prints each; one that cannot be read is told on standard
/// error and the run goes on.
pub(crate) fn run(args: &Args) -> Result<Outcome, Error> {
    convert::run(&Job {
        sources: &args.sources,
        format: args.format,
        kind: BatchKind::Article,
        otherwise: InputKind::Text,
        output: args.output.as_deref(),
        rejects: None,
        checkpoint: None,
        summary: false,
    })
}
