//! The journal of a commit: what has to be done to the output folder, written down before it is
//! begun, so that another run can finish it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::compare::is_ours;
use super::error::OutputError;
use super::manifest::{Entry, Manifest, StoredEntry, read_entries, stored_entries};
use crate::base::path::OutPath;
use crate::source::disk::{self, Kind};
use crate::source::disk_write::WriteFolder;

/// The folder for files that are not in place yet, in the output folder: so on the same file system.
pub const STAGE: &str = ".congso-stage";

/// What is asked before each change to the disk; tests stop a commit with it.
pub(super) type Step<'a> = &'a mut dyn FnMut() -> Result<(), OutputError>;

/// An output that is new or changed, or whose entry in the manifest is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Put {
    /// What will be there.
    pub entry: Entry,
    /// The number of the staged file; none where the right bytes are in place already.
    pub staged: Option<u64>,
}

/// The difference between the manifest before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// What is put in place.
    pub put: BTreeMap<OutPath, Put>,
    /// What goes, if it still is what was written.
    pub remove: BTreeMap<OutPath, Entry>,
    /// What the manifest no longer lists though it stays, because somebody has changed it.
    pub forget: BTreeSet<OutPath>,
}

/// The file format.
#[derive(Serialize, Deserialize)]
struct Stored {
    put: BTreeMap<String, StoredPut>,
    remove: BTreeMap<String, StoredEntry>,
    forget: BTreeSet<String>,
}

/// The file format of a [`Put`].
#[derive(Serialize, Deserialize)]
struct StoredPut {
    #[serde(flatten)]
    entry: StoredEntry,
    staged: Option<u64>,
}

impl Journal {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.put.is_empty() && self.remove.is_empty() && self.forget.is_empty()
    }

    /// Reads a journal; `None` where the text is not a whole and sound one.
    #[must_use]
    pub fn parse(json: &[u8]) -> Option<Self> {
        let stored: Stored = serde_json::from_slice(json).ok()?;
        let put = |(path, put): (&String, &StoredPut)| {
            Some((OutPath::new(path)?, Put { entry: put.entry.read()?, staged: put.staged }))
        };
        Some(Self {
            put: stored.put.iter().map(put).collect::<Option<_>>()?,
            remove: read_entries(&stored.remove)?,
            forget: stored.forget.iter().map(|path| OutPath::new(path)).collect::<Option<_>>()?,
        })
    }

    /// The journal as JSON.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let put = |(path, put): (&OutPath, &Put)| {
            (path.to_string(), StoredPut { entry: put.entry.into(), staged: put.staged })
        };
        let stored = Stored {
            put: self.put.iter().map(put).collect(),
            remove: stored_entries(&self.remove),
            forget: self.forget.iter().map(OutPath::to_string).collect(),
        };
        // Text and numbers only: this cannot fail.
        serde_json::to_vec(&stored).unwrap_or_default()
    }

    /// Turns the manifest before into the manifest after.
    pub fn update(&self, manifest: &mut Manifest) {
        manifest.files.extend(self.put.iter().map(|(path, put)| (path.clone(), put.entry)));
        manifest.files.retain(|path, _| !self.remove.contains_key(path) && !self.forget.contains(path));
    }

    /// Does it: clears the way, moves staged files into place, removes stale ones and the folders
    /// they leave empty. Only renames and removals; what is done already is passed over, so that it
    /// may be done any number of times.
    pub(super) fn apply(&self, out: &WriteFolder, step: Step<'_>) -> Result<(), OutputError> {
        let failed = |path: &OutPath| {
            let path = path.on_disk(out.path());
            move |error| OutputError::at(path, error)
        };
        for (path, entry) in self.remove.iter().filter(|(path, _)| self.is_in_the_way(path)) {
            step()?;
            remove(out, path, *entry)?;
        }
        for (path, put) in &self.put {
            let Some(staged) = put.staged else { continue };
            let staged = staged_path(staged);
            if disk::kind(&out.path().join(&staged)) == Ok(Kind::Missing) {
                continue;
            }
            step()?;
            out.create_folder(parent(path.as_str()).unwrap_or_default()).map_err(failed(path))?;
            clear_folders(out, path)?;
            out.rename(&staged, path.as_str()).map_err(failed(path))?;
        }
        for (path, entry) in self.remove.iter().filter(|(path, _)| !self.is_in_the_way(path)) {
            step()?;
            remove(out, path, *entry)?;
        }
        remove_emptied(out, self.remove.keys());
        Ok(())
    }

    /// Whether a file that goes stands where a folder is needed, or lies in a folder that stands
    /// where a file is needed.
    fn is_in_the_way(&self, path: &OutPath) -> bool {
        // A space is the first character that a name may begin with.
        let has_below = OutPath::new(&format!("{path}/ "))
            .and_then(|first| self.put.range(first..).next())
            .is_some_and(|(next, _)| ancestors(next.as_str()).any(|above| above == path.as_str()));
        has_below
            || ancestors(path.as_str())
                .any(|above| OutPath::new(above).is_some_and(|above| self.put.contains_key(&above)))
    }
}

/// The path of a staged file from the output folder.
pub(super) fn staged_path(number: u64) -> String {
    format!("{STAGE}/{number}")
}

/// The folders above a path, the nearest first, without the top.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(parent(path), |folder| parent(folder))
}

/// The folder of a path, if it is not the top.
fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

/// Removes a file if it still is what was written.
fn remove(out: &WriteFolder, path: &OutPath, entry: Entry) -> Result<(), OutputError> {
    match out.place(path.as_str()) {
        Ok(at) if is_ours(&at, entry) => out.remove_file(path.as_str()).map_err(|error| OutputError::at(at, error)),
        // It has changed, or lies behind a link now: no longer ours.
        _ => Ok(()),
    }
}

/// Removes the empty folders that stand where a file has to go.
fn clear_folders(out: &WriteFolder, path: &OutPath) -> Result<(), OutputError> {
    let at = path.on_disk(out.path());
    if disk::kind(&at) != Ok(Kind::Folder) {
        return Ok(());
    }
    let below = disk::tree(&at, &[]).map_err(|error| OutputError::at(&at, error))?;
    // Backwards, a folder comes after all that lies in it.
    let folders = below.keys().rev().map(|name| format!("{path}/{name}")).chain([path.to_string()]);
    for folder in folders {
        if !out.remove_empty_folder(&folder).map_err(|error| OutputError::at(&at, error))? {
            return Err(OutputError::Blocked(folder.into()));
        }
    }
    Ok(())
}

/// Removes the folders that removed files have left empty.
fn remove_emptied<'a>(out: &WriteFolder, removed: impl Iterator<Item = &'a OutPath>) {
    let folders: BTreeSet<&str> = removed.flat_map(|path| ancestors(path.as_str())).collect();
    for folder in folders.into_iter().rev() {
        // Best effort: an empty folder that stays harms nobody.
        let _ = out.remove_empty_folder(folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::hash::ContentHash;

    fn path(text: &str) -> OutPath {
        OutPath::new(text).unwrap()
    }

    fn sample() -> Journal {
        let entry = Entry { size: 3, sha256: ContentHash::of(b"abc") };
        Journal {
            put: BTreeMap::from([
                (path("a/b.html"), Put { entry, staged: Some(7) }),
                (path("c"), Put { entry, staged: None }),
            ]),
            remove: BTreeMap::from([(path("a"), entry), (path("c/d/e"), entry), (path("ab"), entry)]),
            forget: BTreeSet::from([path("x")]),
        }
    }

    #[test]
    fn it_reads_what_it_writes_and_nothing_less() {
        let json = sample().to_json();
        assert_eq!(Journal::parse(&json), Some(sample()));
        for end in 0..json.len() {
            assert_eq!(Journal::parse(&json[..end]), None);
        }
        let hostile = String::from_utf8(json).unwrap().replace("a/b.html", "../b.html");
        assert_eq!(Journal::parse(hostile.as_bytes()), None);
    }

    #[test]
    fn files_in_the_way_of_folders_and_the_reverse() {
        let way = |text| sample().is_in_the_way(&path(text));
        assert!(way("a") && way("c/d/e"));
        assert!(!way("ab") && !way("a/b.htm") && !way("d"));
    }

    #[test]
    fn it_turns_one_manifest_into_the_next() {
        let entry = Entry { size: 1, sha256: ContentHash::of(b"x") };
        let mut manifest =
            Manifest { files: ["a", "ab", "x", "stays"].into_iter().map(|name| (path(name), entry)).collect() };
        sample().update(&mut manifest);
        let names: Vec<&str> = manifest.files.keys().map(OutPath::as_str).collect();
        assert_eq!(names, ["a/b.html", "c", "stays"]);
    }
}
