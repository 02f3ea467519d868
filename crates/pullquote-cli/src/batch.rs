//! `pullquote batch`: many articles in, one record a line out, in the same order.

use std::time::Duration;

use crate::Outcome;
use crate::args::{BatchArgs, BatchKind, Format};
use crate::convert::{self, Job};
use crate::error::Error;
use crate::source::kind::InputKind;

/// Streams the inputs through the parser; memory depends on the longest text and the cores only.
pub(crate) fn run(args: &BatchArgs) -> Result<Outcome, Error> {
    if args.texts != BatchKind::Article && !matches!(args.format, Format::Json | Format::Jsonl) {
        return Err(Error::LinesAreRecords { format: args.format.name() });
    }
    let every = Duration::try_from_secs_f64(args.checkpoint).unwrap_or(Duration::from_secs(1));
    convert::run(&Job {
        sources: &args.sources,
        format: args.format,
        kind: args.texts,
        otherwise: InputKind::Jsonl,
        output: args.output.as_deref(),
        rejects: args.rejects.as_deref(),
        checkpoint: Some((every, args.resume)),
        summary: true,
    })
}
