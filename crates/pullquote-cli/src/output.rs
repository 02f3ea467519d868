//! Where results go: standard output or a file, always buffered, errors named.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// How much is gathered before it is written, in bytes.
const CHUNK: usize = 1 << 16;

/// A buffered writer that knows its name.
pub(crate) struct Output {
    writer: BufWriter<Box<dyn Write>>,
    name: String,
    written: u64,
    place: Option<Place>,
}

/// A file that is written beside its place and put there at the end.
struct Place {
    part: PathBuf,
    to: PathBuf,
    /// The same file, to be asked that all is on the disk.
    file: File,
    /// Whether what was written is kept when the run breaks off.
    keep: bool,
}

impl Output {
    /// Writes to standard output, without colour codes where they are not wanted.
    pub(crate) fn stdout() -> Output {
        Output::new(Box::new(anstream::AutoStream::auto(io::stdout())), "standard output")
    }

    /// Writes to standard output exactly what it is given.
    pub(crate) fn raw_stdout() -> Output {
        Output::new(Box::new(io::stdout().lock()), "standard output")
    }

    /// Makes the file anew; `-` and `None` mean standard output. The file appears, whole, when it is finished.
    pub(crate) fn create(path: Option<&Path>) -> Result<Output, Error> {
        Output::open(path, None)
    }

    /// As [`create`](Output::create), but goes on after the first `from` bytes of what an earlier run kept.
    pub(crate) fn resume(path: Option<&Path>, from: Option<u64>) -> Result<Output, Error> {
        let mut output = Output::open(path, from)?;
        if from.is_some() {
            output.keep();
        }
        Ok(output)
    }

    /// From now on, what was written is kept when the run breaks off.
    pub(crate) fn keep(&mut self) {
        if let Some(place) = &mut self.place {
            place.keep = true;
        }
    }

    fn open(path: Option<&Path>, from: Option<u64>) -> Result<Output, Error> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Output::raw_stdout());
        };
        let name = path.display().to_string();
        let failed = |source| Error::Write { name: name.clone(), source };
        // What a link points at is replaced, not the link.
        let to = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if let Ok(data) = to.metadata() {
            if data.is_dir() {
                return Err(failed(io::ErrorKind::IsADirectory.into()));
            }
            // A file that may not be written is not to be replaced either; devices and pipes cannot be.
            let file = OpenOptions::new().write(true).open(&to).map_err(failed)?;
            if !data.is_file() {
                return Ok(Output::new(Box::new(file), &name));
            }
        }
        let part = part_of(&to);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(from.is_none())
            .write(true)
            .open(&part)
            .map_err(failed)?;
        if let Some(length) = from {
            file.set_len(length).and_then(|()| file.seek(SeekFrom::End(0))).map_err(failed)?;
        }
        let again = file.try_clone().map_err(failed)?;
        let mut output = Output::new(Box::new(file), &name);
        output.written = from.unwrap_or(0);
        output.place = Some(Place { part, to, file: again, keep: false });
        Ok(output)
    }

    fn new(writer: Box<dyn Write>, name: &str) -> Output {
        let writer = BufWriter::with_capacity(CHUNK, writer);
        Output { writer, name: name.to_owned(), written: 0, place: None }
    }

    /// Names this output in an error.
    pub(crate) fn failed(&self, source: io::Error) -> Error {
        Error::Write { name: self.name.clone(), source }
    }

    /// Writes all of `bytes`, or says what went wrong with which file.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.written += bytes.len() as u64;
        self.writer.write_all(bytes).map_err(|e| self.failed(e))
    }

    /// Returns how many bytes were put, those of an earlier run included.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// Writes what is held back, down to the disk where it is a file.
    pub(crate) fn sync(&mut self) -> Result<(), Error> {
        let synced = self.writer.flush().and_then(|()| match &self.place {
            Some(place) => place.file.sync_data(),
            None => Ok(()),
        });
        synced.map_err(|e| self.failed(e))
    }

    /// Writes what is still held back, and puts the file in its place. Dropping would swallow a full disk.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.writer.flush().map_err(|e| self.failed(e))?;
        match self.place.take() {
            Some(place) => fs::rename(&place.part, &place.to).map_err(|e| self.failed(e)),
            None => Ok(()),
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(place) = self.place.take().filter(|place| !place.keep) {
            // Half a file helps nobody, and the error that led here is told already.
            let _ = fs::remove_file(place.part);
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.writer.write(bytes)?;
        self.written += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Returns where a file is written before it is put in its place.
pub(crate) fn part_of(path: &Path) -> PathBuf {
    with_ending(path, ".part")
}

/// Adds to the name of a file.
pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        fs::write(&path, "old").unwrap();
        let mut output = Output::create(Some(&path)).unwrap();
        output.put(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        output.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        let mut output = Output::create(Some(&path)).unwrap();
        output.put(b"half").unwrap();
        drop(output);
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn what_was_kept_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut output = Output::resume(Some(&path), None).unwrap();
        output.put(b"one two").unwrap();
        output.sync().unwrap();
        output.keep();
        drop(output);
        let mut output = Output::resume(Some(&path), Some(4)).unwrap();
        output.put(b"three").unwrap();
        assert_eq!(output.written(), 9);
        output.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one three");
    }

    #[test]
    #[cfg(unix)]
    fn links_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let [real, link] = ["real", "link"].map(|name| folder.path().join(name));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let mut output = Output::create(Some(&link)).unwrap();
        output.put(b"new").unwrap();
        output.finish().unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
    }
}
