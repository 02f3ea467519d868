//! What can go wrong, told as what, where, and what to do.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::style;

/// Everything that stops a file, a line, or the run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot read {name}: {}", reason(source))]
    Read { name: String, source: io::Error },

    #[error("cannot write {name}: {}", reason(source))]
    Write { name: String, source: io::Error },

    #[error(
        "cannot read {name}: byte {byte:#04x} at offset {offset} (line {line}) is not UTF-8; {}",
        utf8_advice(*.utf16)
    )]
    NotUtf8 { name: String, byte: u8, offset: usize, line: usize, utf16: bool },

    #[error("{name}:{line}: {reason}; the line is left out")]
    BadLine { name: String, line: u64, reason: String },

    #[error("{input} is both read and written; choose another file for the output")]
    SameFile { input: String },

    #[error("standard input cannot be mended in place; name the files, or leave out --fix")]
    FixStdin,

    #[error("{slug} is both --{} and --{}; choose one", levels[0].as_str(), levels[1].as_str())]
    TwoLevels { slug: &'static str, levels: [pullquote::Level; 2] },

    #[error("cannot parse {text:?}: {source}")]
    NotParsed { text: String, source: pullquote::Error },
}

impl Error {
    /// Says that `name` could not be read.
    pub(crate) fn read(name: &str, source: io::Error) -> Error {
        Error::Read { name: name.to_owned(), source }
    }

    /// Says that a text is not UTF-8, with the place of its first wrong byte.
    pub(crate) fn not_utf8(name: &str, bytes: &[u8], offset: usize) -> Error {
        Error::NotUtf8 {
            name: name.to_owned(),
            byte: bytes.get(offset).copied().unwrap_or(0),
            offset,
            line: 1 + bytes.iter().take(offset).filter(|&&b| b == b'\n').count(),
            utf16: bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]),
        }
    }

    /// Moves the place of a wrong byte that was found in one line of a longer text.
    pub(crate) fn moved(self, by: usize, to_line: usize) -> Error {
        match self {
            Error::NotUtf8 { name, byte, offset, utf16, .. } => {
                Error::NotUtf8 { name, byte, offset: offset + by, line: to_line, utf16 }
            }
            other => other,
        }
    }

    /// Tells whether the arguments are at fault, which only together make no sense.
    pub(crate) fn is_usage(&self) -> bool {
        matches!(self, Error::FixStdin | Error::TwoLevels { .. })
    }

    /// Tells whether whoever reads our output has gone away.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Error::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Says why a file cannot be used and what to do about it, where we know.
fn reason(error: &io::Error) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder; check the spelling and the current folder",
        io::ErrorKind::IsADirectory => "it is a folder; name the files in it, for example with FOLDER/*.txt",
        io::ErrorKind::PermissionDenied => "permission denied; check who may use it (ls -l)",
        io::ErrorKind::StorageFull => {
            "no space left on the device; free some space or write to another place"
        }
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only; write to another place",
        io::ErrorKind::OutOfMemory => "not enough memory for it; split it into smaller files",
        _ => return error.to_string(),
    };
    known.to_owned()
}

fn utf8_advice(utf16: bool) -> &'static str {
    if utf16 {
        "it starts like UTF-16: convert it first, for example with \"iconv -f UTF-16 -t UTF-8\""
    } else {
        "convert it first, for example with \"iconv -f WINDOWS-1252 -t UTF-8\""
    }
}

/// Tells the user of an error on standard error.
pub(crate) fn report(error: &Error) {
    let (bad, plain) = (style::ERROR, anstyle::Reset);
    // Nobody is left to be told when standard error itself is gone.
    let _ = writeln!(anstream::stderr(), "{bad}pullquote:{plain} {error}");
}

/// Names a file in a message; `-` is standard input.
pub(crate) fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// Refuses to write the file that is being read, which would empty it first.
pub(crate) fn refuse_same_file(input: &Path, output: &Path) -> Result<(), Error> {
    let real = |path: &Path| -> Option<PathBuf> { path.canonicalize().ok() };
    match (real(input), real(output)) {
        (Some(a), Some(b)) if a == b && a.is_file() => Err(Error::SameFile { input: name_of(input) }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_bytes_are_placed() {
        let error = Error::not_utf8("a.txt", b"one\ntwo \x93x", 8);
        assert_eq!(
            error.to_string(),
            "cannot read a.txt: byte 0x93 at offset 8 (line 2) is not UTF-8; convert it first, for example \
             with \"iconv -f WINDOWS-1252 -t UTF-8\""
        );
        assert!(Error::not_utf8("a.txt", b"\xff\xfea\0", 0).to_string().contains("UTF-16"));
    }
}
