//! What the user named, to the list of files to read: folders are walked, globs applied.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use glob::{MatchOptions, Pattern};
use walkdir::WalkDir;

use crate::error::{self, Error};

/// What is read in a folder unless `--glob` says otherwise.
const READABLE: [&str; 10] =
    ["txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson", "warc", "wet", "json"];

/// One file to read, or standard input.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    /// The file in messages and records.
    pub(crate) name: String,
    /// Its size in bytes as it lies on the disk, where that is known.
    pub(crate) size: Option<u64>,
    pub(crate) modified: Option<SystemTime>,
}

/// Everything to read, in order; what cannot be read stands in its place in the order.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) entries: Vec<Result<Input, Error>>,
    /// Whether a folder was among what was named.
    pub(crate) folders: bool,
}

impl Inputs {
    /// Lists what `paths` name; none at all means standard input.
    ///
    /// # Errors
    ///
    /// When a glob is no glob.
    pub(crate) fn find(paths: &[PathBuf], globs: &[String]) -> Result<Inputs, Error> {
        let wanted = Wanted::new(globs)?;
        let mut inputs = Inputs::default();
        if paths.is_empty() {
            inputs.entries.push(Ok(Input::stdin()));
        }
        for path in paths {
            if path == Path::new("-") {
                inputs.entries.push(Ok(Input::stdin()));
            } else if path.is_dir() {
                inputs.folders = true;
                inputs.walk(path, &wanted);
            } else {
                inputs.entries.push(Input::file(path));
            }
        }
        Ok(inputs)
    }

    /// Returns the sum of all sizes; `None` when one is not known.
    pub(crate) fn bytes(&self) -> Option<u64> {
        self.entries.iter().flatten().map(|input| input.size).sum()
    }

    /// Refuses to write a file that is read.
    pub(crate) fn refuse(&self, output: &Path) -> Result<(), Error> {
        self.entries.iter().flatten().try_for_each(|input| error::refuse_same_file(&input.path, output))
    }

    /// Takes the files of a folder and of all folders in it, in the order of their names.
    fn walk(&mut self, folder: &Path, wanted: &Wanted) {
        let (mut seen, before) = (0_usize, self.entries.len());
        // Where each folder lies in truth, and under which name it was read.
        let mut folders: HashMap<PathBuf, PathBuf> = HashMap::new();
        // Links are followed, as a corpus is often a folder of links; walkdir notices a link to a folder above.
        let mut walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    let Ok(real) = entry.path().canonicalize() else { continue };
                    if let Some(first) = folders.insert(real, entry.path().to_owned()) {
                        self.entries.push(Err(repeated(entry.path(), &first)));
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) => {
                    seen += 1;
                    let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                    if wanted.takes(relative) {
                        self.entries.push(Input::file(entry.path()));
                    }
                }
                Err(error) => self.entries.push(Err(walk_error(error))),
            }
        }
        if self.entries.len() == before {
            self.entries.push(Err(Error::NothingIn {
                folder: folder.display().to_string(),
                files: seen,
                globs: !wanted.globs.is_empty(),
            }));
        }
    }
}

impl Input {
    fn stdin() -> Input {
        let path = PathBuf::from("-");
        Input { name: error::name_of(&path), path, size: None, modified: None }
    }

    fn file(path: &Path) -> Result<Input, Error> {
        let name = error::name_of(path);
        let data = path.metadata().map_err(|e| Error::read(&name, e))?;
        // A pipe or a device has no size worth the name.
        let size = data.is_file().then_some(data.len());
        Ok(Input { path: path.to_owned(), name, size, modified: data.modified().ok() })
    }

    /// Tells whether it is standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }
}

/// Which files of a folder are read.
struct Wanted {
    /// None at all means whatever is known to be readable.
    globs: Vec<Pattern>,
}

impl Wanted {
    fn new(globs: &[String]) -> Result<Wanted, Error> {
        let pattern = |glob: &String| {
            Pattern::new(glob).map_err(|source| Error::BadGlob { glob: glob.clone(), why: source.msg })
        };
        Ok(Wanted { globs: globs.iter().map(pattern).collect::<Result<_, _>>()? })
    }

    fn takes(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if self.globs.is_empty() {
            return !name.starts_with('.')
                && READABLE.contains(&extension(&name).to_ascii_lowercase().as_str());
        }
        let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
        self.globs.iter().any(|glob| {
            // A pattern without a slash is about the name, wherever the file lies.
            let whole = glob.as_str().contains('/');
            if whole { glob.matches_path_with(path, options) } else { glob.matches_with(&name, options) }
        })
    }
}

/// Returns what a name ends in, without the ending of a compression: "html" of "a.html.gz".
pub(crate) fn extension(name: &str) -> &str {
    let name = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    name.rsplit_once('.').map_or("", |(_, end)| end)
}

fn repeated(again: &Path, first: &Path) -> Error {
    Error::Loop { name: again.display().to_string(), first: first.display().to_string() }
}

fn walk_error(error: walkdir::Error) -> Error {
    let name = error.path().map_or_else(String::new, |p| p.display().to_string());
    match error.loop_ancestor() {
        Some(above) => repeated(Path::new(&name), above),
        None => Error::read(&name, error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        for (name, end) in
            [("a.txt", "txt"), ("a.html.gz", "html"), ("b.warc.zst", "warc"), ("a", ""), ("x.gz", "")]
        {
            assert_eq!(extension(name), end, "{name}");
        }
    }

    #[test]
    fn globs() {
        let cases = [
            (&["*.md"][..], "a/b.md", true),
            (&["a/*.md"], "a/b.md", true),
            (&["a/*.md"], "c/b.md", false),
            (&["*.md", "*.rst"], "b.rst", true),
            (&[], "a/b.TXT", true),
            (&[], "a/b.md", false),
            (&[], "a/.b.txt", false),
        ];
        for (globs, path, takes) in cases {
            let globs: Vec<String> = globs.iter().map(ToString::to_string).collect();
            assert_eq!(Wanted::new(&globs).unwrap().takes(Path::new(path)), takes, "{globs:?} {path}");
        }
        assert!(Wanted::new(&["a[".to_owned()]).is_err());
    }
}
