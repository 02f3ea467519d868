//! A folder of results: one file an article, each with a name of its own.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::output::Output;

/// The longest name of a file, without its ending, in characters.
const LONGEST: usize = 80;

/// A folder being filled.
pub(crate) struct Folder {
    path: PathBuf,
    taken: HashSet<String>,
}

impl Folder {
    /// Makes the folder where it is not there.
    pub(crate) fn create(path: &Path) -> Result<Folder, Error> {
        let name = path.display().to_string();
        fs::create_dir_all(path).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => Error::NotAFolder { name },
            _ => Error::Write { name, source },
        })?;
        Ok(Folder { path: path.to_owned(), taken: HashSet::new() })
    }

    /// Returns a name that no other article has, made from what it is called.
    pub(crate) fn name(&mut self, label: &str) -> String {
        let name = safe(label);
        // Two that differ in capitals only are one file on some systems.
        let mut unique = name.clone();
        for n in 2_u64.. {
            if self.taken.insert(unique.to_lowercase()) {
                break;
            }
            unique = format!("{name}-{n}");
        }
        unique
    }

    /// Writes one file.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let mut output = Output::create(Some(&self.path.join(name)))?;
        output.put(bytes)?;
        output.finish()
    }
}

/// Makes a name for a file out of an id, a path or an address.
fn safe(label: &str) -> String {
    let address = label.split_once("://").map_or(label, |(_, rest)| rest);
    let mut name = String::new();
    for c in address.trim_matches(['/', '.']).chars() {
        let good = c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        if good || !name.ends_with('-') {
            name.push(if good { c } else { '-' });
        }
        if name.chars().count() >= LONGEST {
            break;
        }
    }
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "article".to_owned() } else { name.to_owned() }
}

/// Returns what an article is called after: the name of its file without folders and endings.
pub(crate) fn stem(file: &str) -> String {
    let name = Path::new(file).file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let name = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let folder = tempfile::tempdir().unwrap();
        let mut folder = Folder::create(folder.path()).unwrap();
        let cases = [
            ("a", "a"),
            ("A", "A-2"),
            ("a", "a-3"),
            ("https://gazette.example/2026/pier?x=1", "gazette.example-2026-pier-x-1"),
            ("../../etc/passwd", "etc-passwd"),
            ("..", "article"),
            ("{\"n\": 7}", "n-7"),
        ];
        for (label, name) in cases {
            assert_eq!(folder.name(label), name, "{label}");
        }
        assert_eq!(folder.name(&"x".repeat(500)).len(), LONGEST);
        assert_eq!(stem("news/pier.html.gz"), "pier");
    }
}
