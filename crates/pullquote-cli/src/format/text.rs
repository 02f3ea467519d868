//! The report for people.

use crate::format::{Told, Writer};
use crate::report::Report;

/// Writes reports.
pub(crate) struct Text {
    /// Whether the name of the file stands over each.
    pub(crate) headed: bool,
}

impl Writer for Text {
    fn article(&self, told: &Told<'_>, out: &mut Vec<u8>) {
        let name = &told.document.name;
        let name = if name == "standard input" { "<stdin>" } else { name };
        let report = Report::new(told.article, told.origin.as_ref(), name.to_owned());
        // A vector takes everything.
        let _ = report.write(out, self.headed || name.contains(':'));
    }

    fn between(&self) -> &'static [u8] {
        b"\n"
    }
}
