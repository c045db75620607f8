//! A workspace in memory, for tests and whole sites written in one string.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::names::is_ignored;
use super::{Listed, Listing, ReadError, Stamp, Workspace};
use crate::base::hash::ContentHash;
use crate::base::path::RelPath;

/// Files by path; there are no links, and nothing lies on disk.
#[derive(Clone, Debug, Default)]
pub struct MemoryWorkspace(BTreeMap<RelPath, Vec<u8>>);

impl MemoryWorkspace {
    /// A workspace of paths and contents; `None` where a path leaves the workspace.
    pub fn new<P: AsRef<str>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Option<Self> {
        let file = |(path, bytes): (P, B)| Some((RelPath::new(path.as_ref())?, bytes.into()));
        Some(Self(files.into_iter().map(file).collect::<Option<_>>()?))
    }

    /// A workspace from one text: a line `-- path --` begins a file, which goes up to the next such
    /// line. What stands before the first is a comment. `None` where a path leaves the workspace
    /// or is there twice.
    #[must_use]
    pub fn from_archive(archive: &str) -> Option<Self> {
        let mut workspace = Self::default();
        let mut current: Option<(RelPath, String)> = None;
        for line in archive.split_inclusive('\n') {
            let name = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            if let Some(name) = name {
                workspace.close(current.take())?;
                current = Some((RelPath::new(name.trim())?, String::new()));
            } else if let Some((_, text)) = &mut current {
                text.push_str(line);
            }
        }
        workspace.close(current)?;
        Some(workspace)
    }

    /// Writes a file.
    pub fn set(&mut self, path: RelPath, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path, bytes.into());
    }

    /// Takes a file away; tells whether there was one.
    pub fn remove(&mut self, path: &RelPath) -> bool {
        self.0.remove(path).is_some()
    }

    /// Adds a file of an archive that has come to its end; `None` where it is there already.
    fn close(&mut self, file: Option<(RelPath, String)>) -> Option<()> {
        let Some((path, text)) = file else { return Some(()) };
        self.0.insert(path, text.into_bytes()).is_none().then_some(())
    }
}

impl Workspace for MemoryWorkspace {
    fn list(&self, folder: &RelPath) -> Listing {
        let shown =
            |path: &RelPath| path.strip_prefix(folder.as_str()).is_some_and(|rest| !rest.split('/').any(is_ignored));
        let files = self.0.iter().filter(|(path, _)| shown(path));
        let files = files.map(|(path, bytes)| Listed { path: path.clone(), stamp: stamp(bytes) }).collect();
        Listing { files, ..Listing::default() }
    }

    fn read(&self, path: &RelPath) -> Result<Vec<u8>, ReadError> {
        self.0.get(path).cloned().ok_or(ReadError::Missing)
    }

    fn disk_path(&self, _path: &RelPath) -> Option<PathBuf> {
        None
    }

    fn stamp(&self, path: &RelPath) -> Option<Stamp> {
        self.0.get(path).map(|bytes| stamp(bytes))
    }
}

/// The stamp of a content, which has no times.
fn stamp(bytes: &[u8]) -> Stamp {
    let hash = i64::from_str_radix(&ContentHash::of(bytes).short(15), 16).unwrap_or_default();
    Stamp { size: bytes.len() as u64, modified: hash, ..Stamp::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RelPath {
        RelPath::new(text).unwrap()
    }

    #[test]
    fn a_site_in_one_string() {
        let site = MemoryWorkspace::from_archive(
            "a comment\n-- site.yaml --\nbase_url: x\n-- content/a.md --\n---\ntitle: A\n---\n-- content/.hidden/b.md --\n-- content/news/c - Copy.md --\n",
        )
        .unwrap();
        assert_eq!(site.read(&path("site.yaml")).unwrap(), b"base_url: x\n");
        assert_eq!(
            site.list(&path("content")).files.iter().map(|file| &file.path).collect::<Vec<_>>(),
            [&path("content/a.md")]
        );
        assert_eq!(site.list(&RelPath::default()).files.len(), 2);
        assert_eq!(site.read(&path("nowhere")), Err(ReadError::Missing));
    }

    #[test]
    fn stamps_tell_contents_apart() {
        let mut site = MemoryWorkspace::new([("a.md", "x"), ("b.md", "y")]).unwrap();
        let stamp = site.stamp(&path("a.md")).unwrap();
        assert_eq!(site.list(&RelPath::default()).files[0].stamp, stamp);
        assert_ne!(site.stamp(&path("b.md")), Some(stamp));
        site.set(path("b.md"), "x");
        assert_eq!(site.stamp(&path("b.md")), Some(stamp));
        assert_eq!(site.stamp(&path("c.md")), None);
    }

    #[test]
    fn a_wrong_archive_is_none() {
        assert!(MemoryWorkspace::from_archive("-- ../a --\n").is_none());
        assert!(MemoryWorkspace::from_archive("-- a --\n-- a --\n").is_none());
        assert!(MemoryWorkspace::new([("/etc/passwd", "x")]).is_none());
    }

    #[test]
    fn paths_are_compared_in_nfc() {
        let mut site = MemoryWorkspace::new([("content/a\u{301}.md", "x")]).unwrap();
        assert!(site.read(&path("content/á.md")).is_ok());
        assert!(site.remove(&path("content/á.md")));
        assert!(!site.remove(&path("content/á.md")));
    }
}
