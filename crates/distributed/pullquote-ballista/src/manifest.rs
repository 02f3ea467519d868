//! `Manifest`: what an output folder was made with, so that a changed run does not mix with it.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::place::Place;

/// The name of the manifest in the output; readers of folders leave names with an underscore out.
const NAME: &str = "_pullquote.json";

/// The version of the manifest itself.
const VERSION: u32 = 1;

/// What decides what the files hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    manifest: u32,
    /// The version of the library.
    pullquote: String,
    input: String,
    columns: Vec<String>,
}

impl Manifest {
    /// Makes the manifest of this run.
    pub(crate) fn new(input: &Place, columns: &[String]) -> Manifest {
        Manifest {
            manifest: VERSION,
            pullquote: pullquote::VERSION.to_owned(),
            input: input.url().into(),
            columns: columns.to_vec(),
        }
    }

    /// Writes the manifest into a new folder, or compares it with the one that is there. `empty` says whether the folder
    /// has no other files.
    ///
    /// # Errors
    ///
    /// When the folder was made with another version, other columns or from another input, or by another program.
    pub(crate) async fn settle(&self, output: &Place, empty: bool) -> Result<(), Error> {
        let place = output.join(NAME);
        let mut there = place.read().await?;
        if there.is_none() {
            if !empty {
                return Err(Error::Unknown { output: output.to_string() });
            }
            let text = serde_json::to_string_pretty(self)
                .map_err(|e| Error::Manifest { place: place.to_string(), reason: e.to_string() })?;
            // Where another run wrote its own in between, that one holds.
            if place.create((text + "\n").into_bytes()).await? {
                return Ok(());
            }
            there = place.read().await?;
        }
        let bytes = there.unwrap_or_default();
        let there: Manifest = serde_json::from_slice(&bytes)
            .map_err(|e| Error::Manifest { place: place.to_string(), reason: e.to_string() })?;
        self.compare(&there).map_err(|(what, there, now)| Error::OtherRun {
            output: output.to_string(),
            what,
            there,
            now,
        })
    }

    /// Compares with the manifest that is there; the error says what differs, and how.
    fn compare(&self, there: &Manifest) -> Result<(), (&'static str, String, String)> {
        let members = [
            ("version of the manifest", there.manifest.to_string(), self.manifest.to_string()),
            ("version of pullquote", there.pullquote.clone(), self.pullquote.clone()),
            ("input", there.input.clone(), self.input.clone()),
            ("set of columns", there.columns.join(", "), self.columns.join(", ")),
        ];
        members.into_iter().try_for_each(
            |(what, there, now)| {
                if there == now { Ok(()) } else { Err((what, there, now)) }
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session;
    use ballista_core::object_store::session_config_with_s3_support;
    use datafusion::prelude::SessionContext;

    #[tokio::test]
    async fn a_changed_run_is_refused_and_told_why() {
        let folder = tempfile::tempdir().unwrap();
        let session =
            SessionContext::new_with_state(session::state(session_config_with_s3_support()).unwrap());
        let output = Place::new(&session, folder.path().to_str().unwrap()).unwrap();
        let input = Place::new(&session, "/news").unwrap();
        let columns = ["id".to_owned(), "quotes(body) AS quotes".to_owned()];
        let manifest = Manifest::new(&input, &columns);
        assert!(matches!(manifest.settle(&output, false).await, Err(Error::Unknown { .. })));
        manifest.settle(&output, true).await.unwrap();
        manifest.settle(&output, false).await.unwrap();

        let told = Manifest::new(&input, &columns[..1]).settle(&output, false).await.unwrap_err().to_string();
        assert!(
            told.contains("another set of columns") && told.contains("there: id, quotes(body)"),
            "{told}"
        );
        let told = Manifest::new(&output, &columns).settle(&output, false).await.unwrap_err().to_string();
        assert!(told.contains("another input") && told.contains("file:///news"), "{told}");
        let newer = Manifest { pullquote: "9.0.0".into(), ..manifest.clone() };
        let told = newer.settle(&output, false).await.unwrap_err().to_string();
        assert!(told.contains("another version of pullquote") && told.contains("9.0.0"), "{told}");

        std::fs::write(folder.path().join(NAME), "{}").unwrap();
        let told = manifest.settle(&output, false).await.unwrap_err().to_string();
        assert!(told.contains("no manifest of this program"), "{told}");
    }
}
