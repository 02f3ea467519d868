//! `Place`: a file or a folder, on disk or in an object store that Ballista knows.

use std::ops::Range;
use std::path::{Component, Path as FilePath, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use datafusion::prelude::SessionContext;
use futures::TryStreamExt as _;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode};
use url::Url;

use crate::error::Error;

/// A file or folder, named by a path or an address.
///
/// Every machine of a cluster opens it under this very name, so a path must lead to the same files on all of them: a
/// shared disk, or else an object store.
#[derive(Clone)]
pub(crate) struct Place {
    store: Arc<dyn ObjectStore>,
    /// Scheme and host.
    root: Url,
    path: Path,
    /// The place on disk, where it is there.
    local: Option<PathBuf>,
}

/// A file in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// The name within the folder, with slashes.
    pub(crate) name: String,
    pub(crate) meta: ObjectMeta,
}

impl Place {
    /// Finds the store of a path or an address; nothing is opened yet.
    pub(crate) fn new(session: &SessionContext, named: &str) -> Result<Place, Error> {
        let bad = |reason: String| Error::Place { place: named.to_owned(), reason };
        let (url, local) = if named.contains("://") {
            (Url::parse(named).map_err(|e| bad(e.to_string()))?, None)
        } else {
            let path = absolute(FilePath::new(named)).map_err(|e| bad(e.to_string()))?;
            let url = Url::from_file_path(&path).map_err(|()| bad("it is no path".to_owned()))?;
            (url, Some(path))
        };
        let local = local.or_else(|| (url.scheme() == "file").then(|| url.to_file_path().ok()).flatten());
        let store = session
            .runtime_env()
            .object_store_registry
            .get_store(&url)
            .map_err(|e| bad(format!("{e}; paths, s3://, http:// and https:// can be read")))?;
        let path = Path::from_url_path(url.path()).map_err(|e| bad(e.to_string()))?;
        let mut root = url;
        root.set_path("/");
        Ok(Place { store, root, path, local })
    }

    /// Returns the address of the place; it means the same in every process of a cluster, and holds no pattern: a star
    /// in it is a star.
    pub(crate) fn url(&self) -> Url {
        let mut url = self.root.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.clear().extend(self.path.parts().map(|part| part.as_ref().to_owned()));
        }
        url
    }

    /// Returns the place of a file in this folder.
    pub(crate) fn join(&self, name: &str) -> Place {
        // A listed name is taken as it is; only one that no store could have listed is rewritten.
        let inside = Path::parse(name).unwrap_or_else(|_| Path::from(name));
        let path = Path::from_iter(self.path.parts().chain(inside.parts()));
        let local = self.local.as_ref().map(|folder| folder.join(name));
        Place { path, local, ..self.clone() }
    }

    /// Tells whether the other place is this one or lies in it, on disk also by way of links.
    pub(crate) fn holds(&self, other: &Place) -> bool {
        match (&self.local, &other.local) {
            (Some(folder), Some(path)) => real(path).starts_with(real(folder)),
            _ => self.root == other.root && other.path.prefix_matches(&self.path),
        }
    }

    /// Returns the file at this very place; `None` when there is no file.
    pub(crate) async fn file(&self) -> Result<Option<ObjectMeta>, Error> {
        // On disk a folder answers as if it were a file.
        if self.local.as_ref().is_some_and(|path| path.is_dir()) {
            return Ok(None);
        }
        match self.store.head(&self.path).await {
            Ok(meta) => Ok(Some(meta)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(source) => Err(self.failed("look at", source)),
        }
    }

    /// Lists the files of this folder and of all folders in it, in the order of their names; hidden ones, which start
    /// with a dot or an underscore, are left out.
    pub(crate) async fn files(&self) -> Result<Vec<File>, Error> {
        let mut files: Vec<File> = self
            .store
            .list(Some(&self.path))
            .try_filter_map(|meta| {
                let inside: Option<Vec<String>> = meta
                    .location
                    .prefix_match(&self.path)
                    .map(|p| p.map(|part| part.as_ref().to_owned()).collect());
                let parts = inside.unwrap_or_default();
                let seen = !parts.is_empty() && !parts.iter().any(|part| part.starts_with(['.', '_']));
                let file = seen.then(|| File { name: parts.join("/"), meta });
                futures::future::ready(Ok(file))
            })
            .try_collect()
            .await
            .map_err(|source| self.failed("list", source))?;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// Reads the whole file; `None` when there is none.
    pub(crate) async fn read(&self) -> Result<Option<Vec<u8>>, Error> {
        match self.store.get(&self.path).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(|source| self.failed("read", source))?.into())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(source) => Err(self.failed("read", source)),
        }
    }

    /// Writes the whole file at once: it is there entirely, or not at all.
    pub(crate) async fn write(&self, bytes: Vec<u8>) -> Result<(), Error> {
        self.store.put(&self.path, bytes.into()).await.map_err(|source| self.failed("write", source))?;
        Ok(())
    }

    /// Writes a whole new file; tells whether it did, or one was there. Of several writers one alone writes.
    pub(crate) async fn create(&self, bytes: Vec<u8>) -> Result<bool, Error> {
        match self.store.put_opts(&self.path, bytes.into(), PutMode::Create.into()).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(false),
            Err(source) => Err(self.failed("write", source)),
        }
    }

    /// Moves the file, over one that is there. One step on disk; in an object store a copy, which is one step, and the
    /// removal of the first.
    pub(crate) async fn rename(&self, to: &Place) -> Result<(), Error> {
        self.store.rename(&self.path, &to.path).await.map_err(|source| self.failed("move", source))
    }

    /// Removes a folder with all in it, if it is there.
    pub(crate) async fn remove_all(&self) -> Result<(), Error> {
        if let Some(folder) = &self.local {
            // The store does not show what a killed writer leaves on disk.
            return match std::fs::remove_dir_all(folder) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::Place {
                    place: folder.display().to_string(),
                    reason: format!("it cannot be removed: {e}"),
                }),
                _ => Ok(()),
            };
        }
        let files: Vec<Path> = self
            .store
            .list(Some(&self.path))
            .map_ok(|meta| meta.location)
            .try_collect()
            .await
            .map_err(|source| self.failed("list", source))?;
        for file in files {
            match self.store.delete(&file).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(source) => return Err(self.failed("empty", source)),
            }
        }
        Ok(())
    }

    /// Reads a part of the file.
    pub(crate) async fn range(&self, bytes: Range<u64>) -> Result<Bytes, Error> {
        self.store.get_range(&self.path, bytes).await.map_err(|source| self.failed("read", source))
    }

    fn failed(&self, verb: &'static str, source: object_store::Error) -> Error {
        Error::Store { verb, place: self.to_string(), source }
    }
}

/// Makes a path absolute. A link stays, as the name is to mean the same on machines that link elsewhere, unless `..` leads
/// out of where it points to.
fn absolute(path: &FilePath) -> std::io::Result<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        if part == Component::ParentDir {
            resolved = real(&resolved);
            resolved.pop();
        } else {
            resolved.push(part);
        }
    }
    Ok(resolved)
}

/// Follows the links of as much of a path as there is.
fn real(path: &FilePath) -> PathBuf {
    for there in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (there.canonicalize(), path.strip_prefix(there)) {
            return real.join(rest);
        }
    }
    path.to_owned()
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.local {
            Some(path) => path.display().fmt(f),
            None => self.url().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session;
    use ballista_core::object_store::session_config_with_s3_support;

    fn session() -> SessionContext {
        SessionContext::new_with_state(session::state(session_config_with_s3_support()).unwrap())
    }

    #[test]
    fn paths_and_addresses_are_places() {
        let session = session();
        let place = Place::new(&session, "/data/a b/").unwrap();
        assert_eq!(place.url().as_str(), "file:///data/a%20b");
        assert_eq!(place.join("x/y*.parquet").url().as_str(), "file:///data/a%20b/x/y*.parquet");
        assert_eq!(place.join("x").to_string(), "/data/a b/x");
        assert!(place.holds(&place.join("x")) && place.holds(&place) && !place.join("x").holds(&place));
        assert!(!place.holds(&Place::new(&session, "/data/a bc").unwrap()));
        let told = Place::new(&session, "gopher://x/y").err().unwrap().to_string();
        assert!(told.contains("gopher://x/y") && told.contains("s3://"), "{told}");
    }

    #[test]
    fn a_path_may_lead_upwards() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(folder.join("deep/sub")).unwrap();
        let place = |name: &str| Place::new(&session(), folder.join(name).to_str().unwrap()).unwrap();
        let news = place("news");
        assert_eq!(place("sub/../news").url(), news.url());
        assert_eq!(place("../").url().path(), folder.parent().unwrap().to_str().unwrap());
        assert!(news.holds(&place("deep/sub/../../news/out")) && !news.holds(&place("news/../out")));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.join("deep/sub"), folder.join("link")).unwrap();
            assert_eq!(place("link/../news").url(), place("deep/news").url());
            assert_eq!(place("link/out").to_string(), folder.join("link/out").display().to_string());
            assert!(place("deep").holds(&place("link/out")) && place("link").holds(&place("deep/sub")));
        }
    }

    #[tokio::test]
    async fn of_two_writers_one_creates() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(&session(), folder.path().to_str().unwrap()).unwrap().join("x");
        assert!(place.create(b"first".to_vec()).await.unwrap());
        assert!(!place.create(b"second".to_vec()).await.unwrap());
        assert_eq!(place.read().await.unwrap().unwrap(), b"first");
    }

    #[tokio::test]
    async fn files_are_listed_written_and_moved() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(&session(), folder.path().to_str().unwrap()).unwrap();
        assert!(place.file().await.unwrap().is_none());
        for name in ["b/c.parquet", "a#1x.parquet", "_temporary/x.parquet", ".hidden", "d e.jsonl"] {
            place.join(name).write(name.as_bytes().to_vec()).await.unwrap();
        }
        let names =
            async || place.files().await.unwrap().into_iter().map(|file| file.name).collect::<Vec<_>>();
        assert_eq!(names().await, ["a#1x.parquet", "b/c.parquet", "d e.jsonl"]);
        assert_eq!(place.join("d e.jsonl").read().await.unwrap().unwrap(), b"d e.jsonl");
        assert_eq!(place.join("nothing").read().await.unwrap(), None);
        place.join("_temporary/x.parquet").rename(&place.join("new/x.parquet")).await.unwrap();
        std::fs::write(folder.path().join("_temporary/y#1"), "of a killed writer").unwrap();
        place.join("_temporary").remove_all().await.unwrap();
        place.join("_temporary").remove_all().await.unwrap();
        assert!(!folder.path().join("_temporary").exists());
        assert_eq!(names().await, ["a#1x.parquet", "b/c.parquet", "d e.jsonl", "new/x.parquet"]);
        assert!(place.join("new/x.parquet").file().await.unwrap().is_some());
    }
}
