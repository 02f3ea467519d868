//! How far a run has come, kept beside its output so that an interrupted run can go on.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::output::{part_of, with_ending};
use crate::source::expand::Inputs;
use crate::tally::Tally;

/// What is kept.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// What was read and how; a run with anything else cannot go on from here.
    run: String,
    /// Items that are done.
    pub(crate) items: u64,
    /// Bytes of the output that belong to them.
    pub(crate) output: u64,
    /// Bytes of the rejects that belong to them.
    pub(crate) rejects: u64,
    pub(crate) tally: Tally,
}

/// The file that it is kept in.
#[derive(Debug)]
pub(crate) struct Checkpoint {
    path: PathBuf,
    run: String,
    every: Duration,
    last: Instant,
}

impl Checkpoint {
    /// Keeps the progress of a run that writes to `output`; `options` is all that changes its output.
    pub(crate) fn new(output: &Path, inputs: &Inputs, options: &str, every: Duration) -> Checkpoint {
        let output = output.canonicalize().unwrap_or_else(|_| output.to_owned());
        let mut run = format!("pullquote {}\n{options}\n", env!("CARGO_PKG_VERSION"));
        for entry in &inputs.entries {
            match entry {
                Ok(input) => {
                    let modified = input.modified.and_then(|t| t.duration_since(UNIX_EPOCH).ok());
                    let nanos = modified.map(|t| t.as_nanos());
                    run += &format!("{:?} {:?} {nanos:?}\n", input.path, input.size);
                }
                Err(error) => run += &format!("{error}\n"),
            }
        }
        Checkpoint { path: with_ending(&part_of(&output), ".json"), run, every, last: Instant::now() }
    }

    /// Returns how far the last run came; `None` when no run was interrupted.
    ///
    /// # Errors
    ///
    /// When the interrupted run was another one.
    pub(crate) fn load(&self) -> Result<Option<Progress>, Error> {
        let name = self.path.display().to_string();
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::read(&name, error)),
        };
        let cannot = |reason: &str| Error::CannotResume { name: name.clone(), reason: reason.to_owned() };
        let progress: Progress =
            serde_json::from_slice(&bytes).map_err(|e| cannot(&format!("it is damaged ({e})")))?;
        let part = self.path.with_extension("");
        if progress.run != self.run {
            return Err(cannot("the interrupted run had other inputs, options or another version"));
        }
        if part.metadata().map_or(0, |data| data.len()) < progress.output {
            return Err(cannot("what the interrupted run wrote is gone or shorter"));
        }
        Ok(Some(progress))
    }

    /// Tells whether it is time to note the progress.
    pub(crate) fn is_due(&self) -> bool {
        self.last.elapsed() >= self.every
    }

    /// Notes the progress; everything it counts must be on the disk already.
    pub(crate) fn save(&mut self, progress: Progress) -> Result<(), Error> {
        let name = self.path.display().to_string();
        let failed = |source| Error::Write { name: name.clone(), source };
        let json = serde_json::to_vec(&Progress { run: self.run.clone(), ..progress });
        let json = json.map_err(|e| failed(e.into()))?;
        // Beside its place, and under one name, so that a run killed right here leaves nothing that stays.
        let new = with_ending(&self.path, ".new");
        let mut file = fs::File::create(&new).map_err(failed)?;
        file.write_all(&json).and_then(|()| file.sync_data()).map_err(failed)?;
        fs::rename(&new, &self.path).map_err(failed)?;
        self.last = Instant::now();
        Ok(())
    }

    /// Forgets the progress, as the run is at its end.
    pub(crate) fn clear(&self) {
        // It may never have been noted; and what is left over is refused by the next run that is another one.
        let _ = fs::remove_file(with_ending(&self.path, ".new"));
        let _ = fs::remove_file(&self.path);
    }
}
