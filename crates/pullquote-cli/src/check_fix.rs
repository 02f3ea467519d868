//! Certain replacements written into a file: all or nothing.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use pullquote::{Level, Replacement};

use crate::check::Levels;
use crate::error::Error;

/// A replacement may bring another one to light, such as the direction of a mark once its style is right.
const ROUNDS: usize = 4;

/// Returns the text with all certain replacements made, and their number; `None` where there are none.
pub(crate) fn mend(text: &str, levels: &Levels) -> Option<(String, usize)> {
    let (mut text, mut count) = (text.to_owned(), 0);
    for _ in 0..ROUNDS {
        let article = pullquote::parse(&text);
        let mut all: Vec<Replacement> = article
            .diagnostics()
            .iter()
            .filter(|d| levels.of(d.code()) != Level::Allow)
            .filter_map(|d| d.replacement())
            .collect();
        if all.is_empty() {
            break;
        }
        all.sort_by_key(Replacement::span);
        let mut out = String::with_capacity(text.len() + all.len() * 3);
        let mut end = 0;
        for replacement in all {
            let span = replacement.span();
            // Two findings may mend the same mark; the first one has.
            if span.start() >= end {
                out.push_str(&text[end..span.start()]);
                out.push_str(replacement.text());
                end = span.end();
                count += 1;
            }
        }
        out.push_str(&text[end..]);
        text = out;
    }
    (count > 0).then_some((text, count))
}

/// Writes a file anew: beside it first, then in its place, with the permissions it had.
///
/// Whoever reads the file meanwhile sees the old text or the new one, never a part.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |source| Error::Write { name: path.display().to_string(), source };
    // A symbolic link stays one: what it leads to is written.
    let real = fs::canonicalize(path).map_err(failed)?;
    let folder = real.parent().unwrap_or(Path::new("."));
    let permissions = fs::metadata(&real).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err(failed(std::io::ErrorKind::PermissionDenied.into()));
    }
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().set_permissions(permissions).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&real).map_err(|e| failed(e.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mends_what_is_certain() {
        let cases = [
            (
                "Pier shut\n\nIt was a ”grand” old pier, they said.",
                Some("Pier shut\n\nIt was a “grand” old pier, they said."),
            ),
            ("Pier shut\n\n“No,\" said Roe. “Never.”", Some("Pier shut\n\n“No,” said Roe. “Never.”")),
            ("Pier shut\n\n&ldquo;No,&rdquo; said Roe.", Some("Pier shut\n\n“No,” said Roe.")),
            ("Pier shut\n\nIn the ‘90s Roe‘s boat sank.", Some("Pier shut\n\nIn the ’90s Roe’s boat sank.")),
            ("Pier shut\n\n“No, said Roe.", None),
            ("Pier shut\n\n“No,” said Roe.", None),
        ];
        let levels = Levels::default();
        for (text, mended) in cases {
            assert_eq!(mend(text, &levels).map(|m| m.0).as_deref(), mended, "{text}");
        }
    }
}
