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

    #[error("{name}:{record}: {reason}; the record is left out")]
    BadRecord { name: String, record: u64, reason: String },

    #[error("cannot read {name}: {reason}")]
    Refused { name: String, reason: String },

    #[error("cannot read {name}: it is {what}")]
    Binary { name: String, what: String },

    #[error(
        "cannot read {name}: by a link it is the folder {first} again, which is read once; remove the link"
    )]
    Loop { name: String, first: String },

    #[error("nothing to read in {folder}: {}", nothing_advice(*files, *globs))]
    NothingIn { folder: String, files: usize, globs: bool },

    #[error("--glob {glob:?} is no pattern: {why}; quote it as in --glob '*.txt'")]
    BadGlob { glob: String, why: &'static str },

    #[error(
        "the format {format} makes one file an article, and there are more; give a folder with -o FOLDER/"
    )]
    NeedsFolder { format: &'static str },

    #[error("{name} is a file, and a folder is needed; name another place with -o")]
    NotAFolder { name: String },

    #[error("single lines have no {format}; write them with --format json or jsonl")]
    LinesAreRecords { format: &'static str },

    #[error(
        "--resume needs one file to go on with; give it with -o FILE, in a format other than html and brat"
    )]
    ResumeNeedsFile,

    #[error("cannot go on with {name}: {reason}; leave out --resume to begin anew")]
    CannotResume { name: String, reason: String },

    #[error("cannot start a thread: {0}; ask for fewer with -j")]
    Thread(io::Error),

    #[error(
        "a part of the work broke off, which is a fault of this program; please report it with the input"
    )]
    Died,

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

    /// Says why something was left out, without naming it.
    pub(crate) fn reason(&self) -> String {
        match self {
            Error::BadLine { reason, .. }
            | Error::BadRecord { reason, .. }
            | Error::Refused { reason, .. } => reason.clone(),
            other => other.to_string(),
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
        matches!(
            self,
            Error::FixStdin
                | Error::TwoLevels { .. }
                | Error::BadGlob { .. }
                | Error::NeedsFolder { .. }
                | Error::ResumeNeedsFile
                | Error::LinesAreRecords { .. }
                | Error::NotAFolder { .. }
        )
    }

    /// Tells whether whoever reads our output has gone away.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Error::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Says why a file cannot be used and what to do about it, where we know.
fn reason(error: &io::Error) -> String {
    let known = match error.kind() {
        // Packed files are the only ones that we look into before we know that they are whole.
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            return format!("it is damaged ({error}); fetch or pack it again");
        }
        io::ErrorKind::UnexpectedEof => "it ends too early; fetch or pack it again",
        io::ErrorKind::NotFound => "no such file or folder; check the spelling and the current folder",
        io::ErrorKind::IsADirectory => "it is a folder; name a file",
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
        "say its charset, for example with --encoding windows-1252"
    }
}

fn nothing_advice(files: usize, globs: bool) -> String {
    let count = format!("{} {}", grouped(files as u64), if files == 1 { "file" } else { "files" });
    if files == 0 {
        "it holds no files".to_owned()
    } else if globs {
        format!("none of its {count} matches --glob; check the pattern, as in --glob '*.txt'")
    } else {
        format!(
            "none of its {count} ends in .txt, .html, .jsonl, .warc or .wet (or one of these with .gz or .zst); \
             say what to read with --glob, as in --glob '*.md'"
        )
    }
}

/// Writes a number in groups of three digits: "1,234,567".
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::with_capacity(digits.len() * 4 / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// Tells the user of an error on standard error.
pub(crate) fn report(error: &Error) {
    let (bad, plain) = (style::ERROR, anstyle::Reset);
    // Nobody is left to be told when standard error itself is gone.
    let _ = writeln!(anstream::stderr(), "{bad}pullquote:{plain} {error}");
}

/// Tells the user what a run came to.
pub(crate) fn say(words: &str) {
    let _ = writeln!(anstream::stderr(), "pullquote: {words}");
}

/// Tells the user of something that is no error.
pub(crate) fn note(words: &str) {
    let (dim, plain) = (style::DIM, anstyle::Reset);
    let _ = writeln!(anstream::stderr(), "{dim}pullquote: note:{plain} {words}");
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
            "cannot read a.txt: byte 0x93 at offset 8 (line 2) is not UTF-8; say its charset, for example \
             with --encoding windows-1252"
        );
        assert!(Error::not_utf8("a.txt", b"\xff\xfea\0", 0).to_string().contains("UTF-16"));
    }
}
