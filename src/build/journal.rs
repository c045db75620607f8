//! The journal of a commit: what has to be done to the output folder, written down before it is
//! begun, so that another run can finish it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::compare::is_ours;
use super::error::OutputError;
use super::manifest::{Entry, StoredEntry, read_entries, stored_entries};
use crate::base::hash::ContentHash;
use crate::base::path::OutPath;
use crate::source::disk::{self, Kind};
use crate::source::disk_write::WriteFolder;

/// The folder for files that are not in place yet, in the output folder: so on the same file system.
pub const STAGE: &str = ".congso-stage";

/// The folder of the stage that holds them, each at its path from the output folder.
pub(super) const STAGED: &str = ".congso-stage/new";

/// What is asked before each change to the disk; tests stop a commit with it.
pub(super) type Step<'a> = &'a mut dyn FnMut() -> Result<(), OutputError>;

/// What turns the output folder before into the one after, beside moving all that is staged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    /// What goes, if it still is what was written.
    pub remove: BTreeMap<OutPath, Entry>,
    /// The digest of the next manifest, which takes its place when all is done.
    pub next: ContentHash,
}

/// The file format.
#[derive(Serialize, Deserialize)]
struct Stored {
    remove: BTreeMap<String, StoredEntry>,
    next: String,
}

impl Journal {
    /// Reads a journal; `None` where the text is not a whole and sound one.
    #[must_use]
    pub fn parse(json: &[u8]) -> Option<Self> {
        let stored: Stored = serde_json::from_slice(json).ok()?;
        Some(Self { remove: read_entries(&stored.remove)?, next: ContentHash::from_hex(&stored.next)? })
    }

    /// The journal as JSON.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let stored = Stored { remove: stored_entries(&self.remove), next: self.next.to_string() };
        // Text and numbers only: this cannot fail.
        serde_json::to_vec(&stored).unwrap_or_default()
    }

    /// Does it: clears the way, moves staged files into place, removes stale ones and the folders
    /// they leave empty. Only renames and removals; what is done already is passed over, so that it
    /// may be done any number of times.
    pub(super) fn apply(&self, out: &WriteFolder, step: Step<'_>) -> Result<(), OutputError> {
        // What stands in the way of a staged file goes first; whatever the next manifest does not list
        // goes in any case.
        let (first, last): (Vec<_>, Vec<_>) = self.remove.iter().partition(|(path, _)| is_in_the_way(out, path));
        for (path, entry) in first {
            step()?;
            remove(out, path, *entry)?;
        }
        move_staged(out, "", step)?;
        for (path, entry) in last {
            step()?;
            remove(out, path, *entry)?;
        }
        remove_emptied(out, self.remove.keys());
        Ok(())
    }
}

/// Whether a file at a path could not stand beside what is staged: a folder is staged there, or a file
/// above it.
pub(super) fn is_in_the_way(out: &WriteFolder, path: &OutPath) -> bool {
    let staged = |path: &str| disk::kind(&out.path().join(STAGED).join(path));
    staged(path.as_str()) == Ok(Kind::Folder)
        || ancestors(path.as_str()).any(|above| matches!(staged(above), Ok(Kind::File(_))))
}

/// Moves all that is staged below a folder into place: a folder as a whole where there is none yet.
fn move_staged(out: &WriteFolder, folder: &str, step: Step<'_>) -> Result<(), OutputError> {
    let at = out.path().join(folder);
    let staged = if folder.is_empty() { STAGED.to_owned() } else { format!("{STAGED}/{folder}") };
    let entries = disk::entries(&out.path().join(&staged)).map_err(|error| OutputError::at(&at, error))?;
    for (name, kind) in entries {
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let at = out.path().join(&path);
        let failed = |error| OutputError::at(&at, error);
        match (kind, disk::kind(&at).map_err(|error| OutputError::at(&at, error))?) {
            (Kind::Folder, Kind::Folder) => move_staged(out, &path, step)?,
            (Kind::Folder, Kind::Symlink) => return Err(OutputError::Symlink(at)),
            (Kind::Folder, Kind::File(_) | Kind::Special) => return Err(OutputError::Blocked(at)),
            (_, Kind::Folder) => {
                step()?;
                clear_folders(out, &path)?;
                out.rename(&format!("{staged}/{name}"), &path).map_err(failed)?;
            }
            _ => {
                step()?;
                out.rename(&format!("{staged}/{name}"), &path).map_err(failed)?;
            }
        }
    }
    Ok(())
}

/// The folders above a path, the nearest first, without the top.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(parent(path), |folder| parent(folder))
}

/// The folder of a path, if it is not the top.
pub(super) fn parent(path: &str) -> Option<&str> {
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
fn clear_folders(out: &WriteFolder, path: &str) -> Result<(), OutputError> {
    let at = out.path().join(path);
    let below = disk::tree(&at, &[]).map_err(|error| OutputError::at(&at, error))?;
    // Backwards, a folder comes after all that lies in it.
    let folders = below.keys().rev().map(|name| format!("{path}/{name}")).chain([path.to_owned()]);
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

    #[test]
    fn it_reads_what_it_writes_and_nothing_less() {
        let entry = Entry { size: 3, sha256: ContentHash::of(b"abc") };
        let path = |text| OutPath::new(text).unwrap();
        let remove = BTreeMap::from([(path("a/b.html"), entry), (path("c"), entry)]);
        let journal = Journal { remove, next: ContentHash::of(b"next") };
        let json = journal.to_json();
        assert_eq!(Journal::parse(&json), Some(journal));
        for end in 0..json.len() {
            assert_eq!(Journal::parse(&json[..end]), None);
        }
        let hostile = String::from_utf8(json).unwrap().replace("a/b.html", "../b.html");
        assert_eq!(Journal::parse(hostile.as_bytes()), None);
    }
}
