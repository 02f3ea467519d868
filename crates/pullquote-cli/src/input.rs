//! Files and standard input.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use crate::error::{Error, name_of};

/// How much of a stream is read at a time, in bytes.
const CHUNK: usize = 1 << 16;

/// Opens a file, or standard input for `-`.
pub(crate) fn open(path: &Path) -> Result<BufReader<Box<dyn Read>>, Error> {
    let inner: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path).map_err(|e| Error::read(&name_of(path), e))?;
        // Opening a folder works on Unix and fails only at the first read: say it now.
        if file.metadata().is_ok_and(|m| m.is_dir()) {
            return Err(Error::read(&name_of(path), io::ErrorKind::IsADirectory.into()));
        }
        Box::new(file)
    };
    Ok(BufReader::with_capacity(CHUNK, inner))
}

/// Reads a whole file, or all of standard input for `-`, into `buffer`, which it empties first.
pub(crate) fn read_text<'b>(path: &Path, buffer: &'b mut Vec<u8>) -> Result<&'b str, Error> {
    buffer.clear();
    open(path)?.read_to_end(buffer).map_err(|e| Error::read(&name_of(path), e))?;
    std::str::from_utf8(buffer).map_err(|e| Error::not_utf8(&name_of(path), buffer, e.valid_up_to()))
}
