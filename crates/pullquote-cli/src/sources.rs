//! The arguments about what is read, to a run over it.

use std::num::NonZeroUsize;
use std::thread;

use crate::args::Sources;
use crate::pipeline::Run;
use crate::source::document::Making;
use crate::source::expand::Inputs;
use crate::source::kind::InputKind;
use crate::source::reader::Reading;
use crate::source::row::Fields;

/// Prepares a run over the inputs; with `rows`, all of them are JSON Lines.
pub(crate) fn run(sources: &Sources, inputs: Inputs, rows: bool, otherwise: InputKind, skip: u64) -> Run {
    let jobs = sources.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    Run {
        inputs: inputs.entries,
        reading: Reading {
            kind: if rows { InputKind::Jsonl } else { sources.kind },
            otherwise,
            encoding: sources.encoding,
            most: sources.max_size,
        },
        making: Making {
            fields: Fields { id: sources.id_field.clone(), text: sources.text_field.clone() },
            encoding: sources.encoding,
            most: sources.max_size,
        },
        jobs,
        skip,
    }
}

/// Writes down all that changes what is read.
pub(crate) fn options(sources: &Sources) -> String {
    let Sources { kind, id_field, text_field, encoding, max_size, .. } = sources;
    let encoding = encoding.map(|e| e.name());
    format!("{kind:?} {id_field:?} {text_field:?} {encoding:?} {max_size}")
}
