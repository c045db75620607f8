//! What an output folder holds before a build: every file with its stamp, every folder, every link.

use std::collections::HashMap;
use std::path::Path;

use foldhash::fast::FixedState;

use crate::source::disk::{self, Kind};
use crate::source::{ReadError, Stamp};

/// Everything below an output folder by its path from there.
#[derive(Debug, Default)]
pub struct OutputTree(HashMap<String, Found, FixedState>);

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub kind: Kind,
    /// Of a file; else all 0.
    pub stamp: Stamp,
}

impl OutputTree {
    /// Looks through an output folder; the top-level folders named in `closed` are not entered.
    ///
    /// # Errors
    /// [`ReadError`] where the system fails.
    pub(super) fn read(base: &Path, closed: &[&str]) -> Result<Self, ReadError> {
        let found = disk::scan(base, closed)?;
        Ok(Self(found.into_iter().map(|(path, kind, stamp)| (path, Found { kind, stamp })).collect()))
    }

    /// What stands at a path.
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        self.0.get(path).map(|found| found.kind)
    }

    /// The stamp of the file at a path.
    pub(super) fn stamp(&self, path: &str) -> Option<Stamp> {
        self.0.get(path).filter(|found| matches!(found.kind, Kind::File(_))).map(|found| found.stamp)
    }

    /// How many entries there are that are no folders, but for those a test passes over.
    pub(super) fn count(&self, passed_over: &[&str]) -> usize {
        let files = self.0.iter().filter(|(_, found)| found.kind != Kind::Folder);
        files.filter(|(path, _)| !passed_over.contains(&path.as_str())).count()
    }

    /// The paths of everything but folders for which a test holds, sorted.
    pub(super) fn files(&self, test: impl Fn(&str) -> bool) -> Vec<&str> {
        let entries = self.0.iter().filter(|(_, found)| found.kind != Kind::Folder);
        let mut paths: Vec<&str> = entries.map(|(path, _)| path.as_str()).filter(|path| test(path)).collect();
        paths.sort_unstable();
        paths
    }
}
