//! The writer: outputs are staged inside the output folder and moved into place all together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::compare::{holds, is_ours, same_file};
use super::error::OutputError;
use super::folder::OutputFolder;
use super::journal::{Journal, Put, STAGE, Step, ancestors, staged_path};
use super::manifest::{Entry, Manifest};
use crate::base::hash::ContentHash;
use crate::base::path::OutPath;
use crate::diag::{Code, Diagnostic};
use crate::source::ReadError;
use crate::source::disk::{self, Kind};
use crate::source::disk_write::{DiskError, Durability, Lock, WriteFolder};

/// The manifest of the last build, and the next one until the outputs are in place.
const MANIFEST: &str = "manifest.json";
const NEXT_MANIFEST: &str = "manifest.next.json";

/// The name of the journal in the stage. It is there only while it has to be carried out.
const JOURNAL: &str = "journal.json";

/// Entries of an output folder that belong to the version control of its owner.
const NOT_OURS: [&str; 2] = [".git", ".gitignore"];

/// Outputs on their way into an output folder. Dropped without [`Stage::commit`], it leaves the
/// folder as it was.
#[derive(Debug)]
pub struct Stage {
    out: WriteFolder,
    state: WriteFolder,
    before: Manifest,
    /// The number of the next staged file.
    next: AtomicU64,
    /// What is planned so far. The order of the map makes the order of the threads invisible.
    planned: Mutex<BTreeMap<OutPath, Put>>,
    /// Folders made for this commit, each after those above it.
    made: Vec<String>,
    journal: JournalState,
    _lock: Lock,
}

/// Whether a journal waits in the stage; then only carrying it out may remove the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JournalState {
    None,
    Written,
}

/// What a commit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteReport {
    /// How many files are new or have new bytes.
    pub written: usize,
    /// How many had the right bytes already and were not touched.
    pub unchanged: usize,
    /// How many stale files of earlier builds were removed.
    pub removed: usize,
    /// Files in the output folder that no build wrote, or that somebody changed after it; sorted.
    /// They are left alone.
    pub foreign: Vec<String>,
}

impl Stage {
    /// Opens an output folder for one build. `state` is the portal's `.congso` folder. What an
    /// interrupted build has left is finished if its journal was complete, and taken away if not.
    ///
    /// # Errors
    /// [`OutputError::Locked`] while another build writes there; [`OutputError::Symlink`] where a
    /// link is in the way; otherwise what the system says.
    pub fn begin(folder: &OutputFolder, state: &Path) -> Result<Self, OutputError> {
        let failed = |error| OutputError::at(state, error);
        let own = format!("outputs/{}", folder.key());
        WriteFolder::create(state).and_then(|all| all.create_folder(&own)).map_err(failed)?;
        let state = WriteFolder::create(&state.join(own)).map_err(failed)?;
        let Some(lock) = state.lock("lock").map_err(failed)? else {
            return Err(OutputError::Locked(folder.path().to_owned()));
        };
        let out = WriteFolder::create(folder.path()).map_err(|error| OutputError::at(folder.path(), error))?;
        let mut before =
            disk::read(&state.path().join(MANIFEST)).ok().and_then(|json| Manifest::parse(&json)).unwrap_or_default();
        heal(&out, &state, &mut before)?;
        out.create_folder(STAGE).map_err(|error| OutputError::at(out.path(), error))?;
        Ok(Self {
            out,
            state,
            before,
            next: AtomicU64::new(0),
            planned: Mutex::default(),
            made: Vec::new(),
            journal: JournalState::None,
            _lock: lock,
        })
    }

    /// What the last build wrote.
    #[must_use]
    pub fn before(&self) -> &Manifest {
        &self.before
    }

    /// Stages an output. Nothing is written where the output folder holds exactly these bytes.
    ///
    /// # Errors
    /// What the system says, with the path of the output.
    pub fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<(), OutputError> {
        let entry = Entry { size: bytes.len() as u64, sha256: ContentHash::of(bytes) };
        let at = self.place(path)?;
        if holds(&at, bytes) {
            self.plan(path, Put { entry, staged: None });
            return Ok(());
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.out
            .write_new(&staged_path(number), bytes, Durability::Lazy)
            .map_err(|error| OutputError::at(at, error))?;
        self.plan(path, Put { entry, staged: Some(number) });
        Ok(())
    }

    /// Stages a copy of a file, which is never held in memory.
    ///
    /// # Errors
    /// What the system says, with the path of the output.
    pub fn copy(&self, path: &OutPath, from: &Path) -> Result<(), OutputError> {
        let at = self.place(path)?;
        if let Some(entry) = same_file(&at, from).map_err(|error| OutputError::at(from, error))? {
            self.plan(path, Put { entry, staged: None });
            return Ok(());
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let copied = self.out.copy_new(&staged_path(number), from);
        let (size, sha256) = copied.map_err(|error| OutputError::at(at, error))?;
        self.plan(path, Put { entry: Entry { size, sha256 }, staged: Some(number) });
        Ok(())
    }

    /// Plans an output again as the last build wrote it, without its bytes; the digest it then had.
    /// `None`, and nothing planned, where the last build did not write it or a file of that size is
    /// no longer there. That its bytes are still the same is not checked: that is `congso verify`.
    pub fn keep(&self, path: &OutPath) -> Option<ContentHash> {
        let entry = *self.before.files.get(path)?;
        let at = self.place(path).ok()?;
        (disk::kind(&at) == Ok(Kind::File(entry.size))).then(|| {
            self.plan(path, Put { entry, staged: None });
            entry.sha256
        })
    }

    /// Moves all staged files into place, removes what earlier builds wrote and this one did not
    /// plan, and writes the manifest.
    ///
    /// # Errors
    /// Before anything is changed: [`OutputError::Blocked`] and [`OutputError::Symlink`] where
    /// something that no build wrote stands in the way. Whatever the system says after that point
    /// leaves a journal, which the next build carries out. Only the journal waits for the disk: what
    /// a loss of power may take from an output, the next build sees and writes again.
    pub fn commit(self) -> Result<WriteReport, OutputError> {
        self.commit_in_steps(&mut || Ok(()))
    }

    /// Does [`Stage::commit`], asking before each change to the disk.
    fn commit_in_steps(mut self, step: Step<'_>) -> Result<WriteReport, OutputError> {
        let planned = std::mem::take(self.planned.get_mut().unwrap_or_else(PoisonError::into_inner));
        let found =
            disk::tree(self.out.path(), &[STAGE, ".git"]).map_err(|error| OutputError::at(self.out.path(), error))?;
        let journal = self.journal(&planned, &found);
        self.check_way(&planned, &found, &journal)?;
        if !journal.is_empty() {
            self.carry_out(&journal, &found, step)?;
        }
        let written = planned.values().filter(|put| put.staged.is_some()).count();
        Ok(WriteReport {
            written,
            unchanged: planned.len() - written,
            removed: journal.remove.len(),
            foreign: foreign(&found, &planned, &journal),
        })
    }

    /// The difference between the last build and this one.
    fn journal(&self, planned: &BTreeMap<OutPath, Put>, found: &BTreeMap<String, Kind>) -> Journal {
        let changed =
            |(path, put): &(&OutPath, &Put)| put.staged.is_some() || self.before.files.get(*path) != Some(&put.entry);
        let put = planned.iter().filter(changed).map(|(path, put)| (path.clone(), *put)).collect();
        let mut journal = Journal { put, ..Journal::default() };
        for (path, entry) in self.before.files.iter().filter(|(path, _)| !planned.contains_key(*path)) {
            let there = matches!(found.get(path.as_str()), Some(Kind::File(_)));
            if there && is_ours(&path.on_disk(self.out.path()), *entry) {
                journal.remove.insert(path.clone(), *entry);
            } else {
                journal.forget.insert(path.clone());
            }
        }
        journal
    }

    /// Makes sure that each output can be put in its place: that what stands above it is a folder
    /// and below it nothing, now or once stale files are gone.
    fn check_way(
        &self,
        planned: &BTreeMap<OutPath, Put>,
        found: &BTreeMap<String, Kind>,
        journal: &Journal,
    ) -> Result<(), OutputError> {
        let place = |path: &str| self.out.path().join(path);
        let goes = |path: &str| OutPath::new(path).is_some_and(|path| journal.remove.contains_key(&path));
        let mut seen = BTreeSet::new();
        for path in planned.keys() {
            for above in ancestors(path.as_str()) {
                if !seen.insert(above) {
                    break;
                }
                match found.get(above) {
                    Some(Kind::Symlink) => return Err(OutputError::Symlink(place(above))),
                    Some(Kind::File(_) | Kind::Special) if !goes(above) => {
                        return Err(OutputError::Blocked(place(above)));
                    }
                    _ if OutPath::new(above).is_some_and(|above| planned.contains_key(&above)) => {
                        return Err(OutputError::Blocked(place(above)));
                    }
                    _ => {}
                }
            }
            if found.get(path.as_str()) == Some(&Kind::Folder) {
                let prefix = format!("{path}/");
                let below = found.range(prefix.clone()..).take_while(|(name, _)| name.starts_with(&prefix));
                if let Some((name, _)) = below.filter(|(_, kind)| **kind != Kind::Folder).find(|(name, _)| !goes(name))
                {
                    return Err(OutputError::Blocked(place(name)));
                }
            }
        }
        Ok(())
    }

    /// Writes journal and next manifest, and does what they say. All that needs room on the disk
    /// comes before the journal.
    fn carry_out(
        &mut self,
        journal: &Journal,
        found: &BTreeMap<String, Kind>,
        step: Step<'_>,
    ) -> Result<(), OutputError> {
        let (in_out, in_state) = (self.out.path().to_owned(), self.state.path().to_owned());
        let out_failed = |error: DiskError| OutputError::at(&in_out, error);
        let state_failed = |error: DiskError| OutputError::at(&in_state, error);
        step()?;
        self.make_folders(journal, found)?;
        step()?;
        let mut after = self.before.clone();
        journal.update(&mut after);
        self.state.remove_file(NEXT_MANIFEST).map_err(state_failed)?;
        self.state.write_new(NEXT_MANIFEST, &after.to_json(), Durability::Lazy).map_err(state_failed)?;
        step()?;
        let name = format!("{STAGE}/{JOURNAL}");
        self.out.replace(&name, &journal.to_json(), Durability::Synced).map_err(out_failed)?;
        self.journal = JournalState::Written;
        journal.apply(&self.out, step)?;
        step()?;
        self.state.rename(NEXT_MANIFEST, MANIFEST).map_err(state_failed)?;
        step()?;
        self.out.remove_file(&name).map_err(out_failed)?;
        self.journal = JournalState::None;
        self.made.clear();
        Ok(())
    }

    /// Makes the folders of all staged files, but for those that can only be made once a stale file
    /// is gone.
    fn make_folders(&mut self, journal: &Journal, found: &BTreeMap<String, Kind>) -> Result<(), OutputError> {
        let mut seen = BTreeSet::new();
        for (path, put) in &journal.put {
            let blocked = |folder| matches!(found.get(folder), Some(kind) if *kind != Kind::Folder);
            if put.staged.is_none() || ancestors(path.as_str()).any(blocked) {
                continue;
            }
            let missing: Vec<&str> = ancestors(path.as_str())
                .take_while(|folder| !found.contains_key(*folder) && seen.insert(*folder))
                .collect();
            for folder in missing.into_iter().rev() {
                self.made.push(folder.to_owned());
                self.out.create_folder(folder).map_err(|error| OutputError::at(self.out.path().join(folder), error))?;
            }
        }
        Ok(())
    }

    /// Where an output goes.
    fn place(&self, path: &OutPath) -> Result<PathBuf, OutputError> {
        let at = path.on_disk(self.out.path());
        let first = path.as_str().split('/').next().unwrap_or_default();
        if first == STAGE { Err(OutputError::Blocked(at)) } else { Ok(at) }
    }

    fn plan(&self, path: &OutPath, put: Put) {
        self.planned.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), put);
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.journal == JournalState::Written {
            return;
        }
        // Best effort: the next build clears what stays.
        let _ = self.out.remove_tree(STAGE);
        let _ = self.state.remove_file(NEXT_MANIFEST);
        for folder in self.made.iter().rev() {
            let _ = self.out.remove_empty_folder(folder);
        }
    }
}

impl WriteReport {
    /// A warning about the files that no build wrote, if there are any.
    #[must_use]
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let first = self.foreign.first()?;
        Some(Diagnostic::new(Code::ForeignFile).with("count", self.foreign.len()).with("path", first.as_str()))
    }
}

/// Finishes or clears away what an interrupted build has left, and brings the manifest up to date.
fn heal(out: &WriteFolder, state: &WriteFolder, manifest: &mut Manifest) -> Result<(), OutputError> {
    let failed = |error| OutputError::at(out.path().join(STAGE), error);
    let name = format!("{STAGE}/{JOURNAL}");
    let json = match disk::read(&out.place(&name).map_err(failed)?) {
        Ok(json) => json,
        Err(ReadError::Missing) => Vec::new(),
        Err(error) => return Err(failed(error.into())),
    };
    if let Some(journal) = Journal::parse(&json) {
        match journal.apply(out, &mut || Ok(())) {
            Ok(()) => {
                journal.update(manifest);
                let written = state.replace(MANIFEST, &manifest.to_json(), Durability::Lazy);
                written.map_err(|error| OutputError::at(state.path(), error))?;
            }
            Err(error) if error.is_machine() => return Err(error),
            // Somebody has put something in the way since. The build that follows plans anew and
            // names it.
            Err(_) => {}
        }
        out.remove_file(&name).map_err(failed)?;
    }
    out.remove_tree(STAGE).map_err(failed)
}

/// The files that no build wrote.
fn foreign(found: &BTreeMap<String, Kind>, planned: &BTreeMap<OutPath, Put>, journal: &Journal) -> Vec<String> {
    let ours = |name: &str| {
        OutPath::new(name).is_some_and(|path| planned.contains_key(&path) || journal.remove.contains_key(&path))
    };
    found
        .iter()
        .filter(|(name, kind)| **kind != Kind::Folder && !NOT_OURS.contains(&name.as_str()) && !ours(name))
        .map(|(name, _)| name.clone())
        .collect()
}

#[cfg(test)]
mod tests;
