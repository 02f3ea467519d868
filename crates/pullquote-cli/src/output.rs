//! Where results go: standard output or a file, always buffered, errors named.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::error::Error;

/// How much is gathered before it is written, in bytes.
const CHUNK: usize = 1 << 16;

/// A buffered writer that knows its name.
pub(crate) struct Output {
    writer: BufWriter<Box<dyn Write>>,
    name: String,
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

    /// Makes the file anew and writes to it; `-` and `None` mean standard output.
    pub(crate) fn create(path: Option<&Path>) -> Result<Output, Error> {
        match path {
            Some(path) if path != Path::new("-") => {
                let name = path.display().to_string();
                let file =
                    File::create(path).map_err(|source| Error::Write { name: name.clone(), source })?;
                Ok(Output::new(Box::new(file), &name))
            }
            _ => Ok(Output::raw_stdout()),
        }
    }

    fn new(writer: Box<dyn Write>, name: &str) -> Output {
        Output { writer: BufWriter::with_capacity(CHUNK, writer), name: name.to_owned() }
    }

    /// Names this output in an error.
    pub(crate) fn failed(&self, source: io::Error) -> Error {
        Error::Write { name: self.name.clone(), source }
    }

    /// Writes all of `bytes`, or says what went wrong with which file.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.writer.write_all(bytes).map_err(|e| self.failed(e))
    }

    /// Writes what is still held back. Dropping would swallow a full disk.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.writer.flush().map_err(|e| self.failed(e))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
