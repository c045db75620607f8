//! What an output folder holds before a build: every file with its stamp, every folder, every link.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::journal::ancestors;
use super::manifest::Entry;
use crate::base::lists::{joined, part};
use crate::base::path::OutPath;
use crate::source::disk::{self, Kind};
use crate::source::disk_look::LookFolder;
use crate::source::{ReadError, Stamp};

/// How many outputs are looked at between two looks at folders.
const LOOKED_AT_ONCE: usize = 64;

/// Everything below an output folder by its path from there.
#[derive(Debug, Default)]
pub struct OutputTree(HashMap<Arc<str>, Found, FixedState>);

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub kind: Kind,
    /// Of a file; else all 0.
    pub stamp: Stamp,
    /// Of a folder, where it is known: the time of its last change.
    time: Option<i128>,
}

impl OutputTree {
    /// Looks through an output folder; the top-level folders named in `closed` are not entered.
    ///
    /// # Errors
    /// [`ReadError`] where the system fails.
    pub(super) fn read(base: &Path, closed: &[&str]) -> Result<Self, ReadError> {
        let found = disk::scan(base, closed)?;
        let found = found.into_iter().map(|(path, kind, stamp)| (path.into(), Found { kind, stamp, time: None }));
        Ok(Self(found.collect()))
    }

    /// What an output folder holds where it has only what a build has left there: these folders, not one
    /// entry of which has come or gone, and these outputs, which may have changed.
    pub(super) fn of(last: &LastOutput, stamps: Vec<Stamp>) -> Self {
        let folder = |(path, time): &(Arc<str>, i128)| {
            (Arc::clone(path), Found { kind: Kind::Folder, stamp: Stamp::default(), time: Some(*time) })
        };
        let file = |(output, stamp): (&Output, Stamp)| {
            (output.path.shared(), Found { kind: Kind::File(stamp.size), stamp, time: None })
        };
        Self(last.folders.iter().map(folder).chain(last.outputs.iter().zip(stamps).map(file)).collect())
    }

    /// What stands at a path.
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        self.0.get(path).map(|found| found.kind)
    }

    /// The stamp of the file at a path.
    pub(super) fn stamp(&self, path: &str) -> Option<Stamp> {
        self.0.get(path).filter(|found| matches!(found.kind, Kind::File(_))).map(|found| found.stamp)
    }

    /// The time a folder had when it was looked at, where that is known.
    pub(super) fn time(&self, folder: &str) -> Option<i128> {
        self.0.get(folder)?.time
    }

    /// The paths of everything but folders for which a test holds, sorted.
    pub(super) fn files(&self, test: impl Fn(&str) -> bool) -> Vec<&str> {
        let entries = self.0.iter().filter(|(_, found)| found.kind != Kind::Folder);
        let mut paths: Vec<&str> = entries.map(|(path, _)| &**path).filter(|path| test(path)).collect();
        paths.sort_unstable();
        paths
    }
}

/// All folders above some outputs, which are sorted by path; the output folder itself as the empty path.
fn folders_of(outputs: &[Output]) -> Vec<&str> {
    let mut folders = vec![""];
    let mut last = "";
    for path in outputs.iter().map(|output| output.path.as_str()) {
        // All paths in a folder stand together.
        let is_new = |folder: &&str| !last.strip_prefix(*folder).is_some_and(|rest| rest.starts_with('/'));
        folders.extend(ancestors(path).take_while(is_new));
        last = path;
    }
    folders
}

/// An output as a build has left it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Output {
    /// Its path.
    pub path: OutPath,
    /// Size and digest.
    pub entry: Entry,
    /// The stamp of its file.
    pub stamp: Stamp,
}

/// What a build has left in its output folder.
#[derive(Clone, Debug, Default)]
pub struct LastOutput {
    /// All outputs, sorted by path.
    pub outputs: Vec<Output>,
    /// All folders that hold outputs, the output folder itself as the empty path, with the times of
    /// their last change in nanoseconds since the epoch; none where there is something beside the
    /// outputs.
    pub folders: Vec<(Arc<str>, i128)>,
    /// The stamp of the manifest.
    pub manifest: Stamp,
}

impl LastOutput {
    /// What a build has left: all outputs, and what it found beside them. `time` knows the folders in which
    /// it has changed nothing: a change by somebody else since they were looked at is seen the next time.
    pub(super) fn of(
        base: &Path,
        outputs: Vec<Output>,
        foreign: &[String],
        time: impl Fn(&str) -> Option<i128> + Sync,
        manifest: Stamp,
    ) -> Self {
        let folders = if foreign.is_empty() { folders_of(&outputs) } else { Vec::new() };
        let folder = LookFolder::open(base);
        let time = |path: &str| time(path).or_else(|| folder.folder_time(path));
        let timed = |path: &str| time(path).map(|time| (path.into(), time));
        let folders: Option<Vec<_>> = folders.into_par_iter().map(timed).collect();
        let folders = folders.unwrap_or_default();
        Self { outputs, folders, manifest }
    }

    /// The stamps that the outputs have now; `None` where a folder has changed, so that there may be
    /// anything. Costs one question for each folder and output instead of reading all folders.
    pub(super) fn recheck(&self, base: &Path) -> Option<Vec<Stamp>> {
        let folder = LookFolder::open(base);
        if self.folders.is_empty() {
            return None;
        }
        let same = |(path, time): &(Arc<str>, i128)| folder.folder_time(path) == Some(*time);
        // The folders come in the order of their outputs, so that both are asked for in turns: the system has just
        // gone the way.
        let turns = self.outputs.len().div_ceil(LOOKED_AT_ONCE).max(1);
        let turn = |number: usize| {
            let stamp = |output: &Output| folder.stamp_of(output.path.as_str());
            let unchanged = part(&self.folders, number, turns).iter().all(same);
            unchanged.then(|| part(&self.outputs, number, turns).iter().map(stamp).collect())?
        };
        let stamps: Option<Vec<Vec<Stamp>>> = (0..turns).into_par_iter().map(turn).collect();
        stamps.map(joined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::hash::ContentHash;

    #[test]
    fn each_folder_above_an_output_is_there_once() {
        let entry = Entry { size: 0, sha256: ContentHash::of(b"") };
        let output = |path: &str| Output { path: OutPath::new(path).unwrap(), entry, stamp: Stamp::default() };
        let mut outputs = ["a-b/x.html", "a/b/c/x.html", "a/b/y.html", "a/bc/x.html", "a/x.html", "z.html"].map(output);
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        let mut folders = folders_of(&outputs);
        folders.sort_unstable();
        assert_eq!(folders, ["", "a", "a-b", "a/b", "a/b/c", "a/bc"]);
    }
}
