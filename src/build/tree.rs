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
pub struct OutputTree {
    found: HashMap<Arc<str>, Found, FixedState>,
    others: Others,
}

/// Whether there may be anything beside what the last build has left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Others {
    /// There is nothing.
    None,
    #[default]
    Perhaps,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub kind: Kind,
    /// Of a file; else all 0.
    pub stamp: Stamp,
    /// Of a folder, where it is known: the time of its last change.
    time: Option<i64>,
    /// Of a file that is as the last build wrote it: what it wrote.
    written: Option<Entry>,
}

impl Found {
    fn new(kind: Kind, stamp: Stamp) -> Self {
        Self { kind, stamp, time: None, written: None }
    }
}

impl OutputTree {
    /// Looks through an output folder; the top-level folders named in `closed` are not entered.
    ///
    /// # Errors
    /// [`ReadError`] where the system fails.
    pub(super) fn read(base: &Path, closed: &[&str]) -> Result<Self, ReadError> {
        let found = disk::scan(base, closed)?;
        let found = found.into_iter().map(|(path, kind, stamp)| (path.into(), Found::new(kind, stamp)));
        Ok(Self { found: found.collect(), others: Others::Perhaps })
    }

    /// What an output folder holds where it has only what a build has left there: these folders, not one
    /// entry of which has come or gone, and these outputs, which may have changed.
    pub(super) fn of(last: &LastOutput, stamps: Vec<Stamp>) -> Self {
        let folder = |(path, time): &(Arc<str>, i64)| {
            (Arc::clone(path), Found { time: Some(*time), ..Found::new(Kind::Folder, Stamp::default()) })
        };
        let file =
            |(output, stamp): (&Output, Stamp)| (output.path.shared(), Found::new(Kind::File(stamp.size), stamp));
        let found = last.folders.iter().map(folder).chain(last.outputs.iter().zip(stamps).map(file)).collect();
        Self { found, others: Others::None }
    }

    /// Takes note of what the last build wrote, where it is still as it was.
    pub(super) fn mark(&mut self, outputs: &[Output]) {
        for Output { path, entry, stamp } in outputs {
            if let Some(found) = self.found.get_mut(path.as_str()).filter(|found| same_content(*stamp, found.stamp)) {
                found.written = Some(*entry);
            }
        }
    }

    /// What the last build wrote to a file, and the stamp of the file, where it is still as it was: a file that
    /// somebody wrote to has another time.
    pub(super) fn written(&self, path: &str) -> Option<(Entry, Stamp)> {
        let found = self.found.get(path)?;
        Some((found.written?, found.stamp))
    }

    /// Forgets that there was nothing beside what the last build has left.
    pub(super) fn doubt(&mut self) {
        self.others = Others::Perhaps;
    }

    /// Whether there is nothing beside what the last build has left.
    pub(super) fn is_as_left(&self) -> bool {
        self.others == Others::None
    }

    /// What stands at a path.
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        self.found.get(path).map(|found| found.kind)
    }

    /// The stamp of the file at a path.
    pub(super) fn stamp(&self, path: &str) -> Option<Stamp> {
        self.found.get(path).filter(|found| matches!(found.kind, Kind::File(_))).map(|found| found.stamp)
    }

    /// The time a folder had when it was looked at, where that is known.
    pub(super) fn time(&self, folder: &str) -> Option<i64> {
        self.found.get(folder)?.time
    }

    /// The paths of everything but folders for which a test holds, sorted.
    pub(super) fn files(&self, test: impl Fn(&str) -> bool) -> Vec<&str> {
        let entries = self.found.iter().filter(|(_, found)| found.kind != Kind::Folder);
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

/// Whether a file has the content it had under an earlier stamp. Moving a file changes the time of
/// its change, so that this one does not count.
pub(super) fn same_content(known: Stamp, now: Stamp) -> bool {
    Stamp { changed: 0, ..known } == Stamp { changed: 0, ..now }
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
    pub folders: Vec<(Arc<str>, i64)>,
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
        time: impl Fn(&str) -> Option<i64> + Sync,
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
        let same = |(path, time): &(Arc<str>, i64)| folder.folder_time(path) == Some(*time);
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
