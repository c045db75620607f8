//! The writer: outputs are staged inside the output folder and moved into place all together.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::FixedState;

use super::compare::{holds, is_ours, same_file};
use super::error::OutputError;
use super::folder::OutputFolder;
use super::journal::{Journal, STAGE, STAGED, Step, ancestors, is_in_the_way, parent};
use super::manifest::{Entry, Manifest};
use super::state::{BuildState, MANIFEST};
use super::tree::{LastOutput, Output, OutputTree};
use crate::base::hash::ContentHash;
use crate::base::lists::{InOrder, joined};
use crate::base::path::OutPath;
use crate::diag::{Code, Diagnostic};
use crate::source::Stamp;
use crate::source::disk::{self, Kind};
use crate::source::disk_own::OwnFolder;
use crate::source::disk_write::{DiskError, Durability, WriteFolder};

/// The next manifest, until the outputs are in place.
pub(super) const NEXT_MANIFEST: &str = "manifest.next.json";

/// The name of the journal in the stage. It is there only while it has to be carried out.
pub(super) const JOURNAL: &str = "journal.json";

/// Entries of an output folder that belong to the version control of its owner.
pub(super) const NOT_OURS: [&str; 2] = [".git", ".gitignore"];

/// Outputs on their way into an output folder. Dropped without [`Stage::commit`], it leaves the
/// folder as it was.
pub struct Stage {
    out: WriteFolder,
    /// Where the outputs wait.
    staged: OwnFolder,
    state: Arc<BuildState>,
    before: Manifest,
    /// What stands in the output folder.
    tree: OutputTree,
    /// What is planned, by thread: each takes its jobs in order, so that these lists are nearly sorted.
    planned: Vec<Mutex<Vec<(OutPath, Put)>>>,
    /// The folders made in the stage so far.
    made: Mutex<HashSet<String, FixedState>>,
    journal: JournalState,
}

/// A planned output.
#[derive(Clone, Copy, Debug)]
struct Put {
    /// What will be there.
    entry: Entry,
    /// The stamp of its file.
    stamp: Stamp,
    staged: Staged,
}

/// Whether an output is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staged {
    /// It is staged.
    Yes,
    /// The right bytes are in place already.
    No,
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

/// A commit, and what there is now.
#[derive(Debug)]
pub struct Committed {
    /// What it did.
    pub report: WriteReport,
    /// What it has left.
    pub last: LastOutput,
}

impl Stage {
    /// Opens an output folder for one build; `last` is what the last one left, `tree` what [`super::look::look`]
    /// has found now.
    ///
    /// # Errors
    /// [`OutputError::Symlink`] where a link is in the way; otherwise what the system says.
    pub fn begin(
        folder: &OutputFolder,
        state: &Arc<BuildState>,
        last: LastOutput,
        mut tree: OutputTree,
    ) -> Result<Self, OutputError> {
        let out = WriteFolder::create(folder.path()).map_err(|error| OutputError::at(folder.path(), error))?;
        let manifest = state.folder().path().join(MANIFEST);
        let mut outputs = last.outputs;
        let before = if disk::stamp_of(&manifest).is_some_and(|stamp| stamp == last.manifest) {
            let files = outputs.iter().map(|output| (output.path.clone(), output.entry));
            Manifest { files: files.collect() }
        } else {
            let listed = disk::read(&manifest).ok().and_then(|json| Manifest::parse(&json)).unwrap_or_default();
            outputs.retain(|output| listed.files.get(&output.path) == Some(&output.entry));
            tree.doubt();
            listed
        };
        tree.mark(&outputs);
        let staged = out.create_folder(STAGED).and_then(|()| OwnFolder::open(out.path().join(STAGED)));
        let staged = staged.map_err(|error| OutputError::at(out.path(), error))?;
        Ok(Self {
            out,
            staged,
            state: Arc::clone(state),
            before,
            tree,
            planned: (0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect(),
            made: Mutex::default(),
            journal: JournalState::None,
        })
    }

    /// Stages an output. Nothing is written where the output folder holds exactly these bytes.
    ///
    /// # Errors
    /// What the system says, with the path of the output.
    pub fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<Staged, OutputError> {
        let entry = Entry { size: bytes.len() as u64, sha256: ContentHash::of(bytes) };
        let at = self.place(path)?;
        if let Some(stamp) = self.tree.stamp(path.as_str())
            && (self.tree.written(path.as_str()).is_some_and(|(known, _)| known == entry) || holds(&at, bytes))
        {
            return Ok(self.plan(path, Put { entry, stamp, staged: Staged::No }));
        }
        let written = self.make_way(path).and_then(|()| self.staged.write(path.as_str(), bytes));
        let stamp = written.map_err(|error| self.refused(path, at, error))?;
        Ok(self.plan(path, Put { entry, stamp, staged: Staged::Yes }))
    }

    /// Stages a copy of a file, which is never held in memory.
    ///
    /// # Errors
    /// What the system says, with the path of the output.
    pub fn copy(&self, path: &OutPath, from: &Path) -> Result<Staged, OutputError> {
        let at = self.place(path)?;
        if let Some(stamp) = self.tree.stamp(path.as_str())
            && let Some(entry) = same_file(&at, from).map_err(|error| OutputError::at(from, error))?
        {
            return Ok(self.plan(path, Put { entry, stamp, staged: Staged::No }));
        }
        let copied = self.make_way(path).and_then(|()| self.staged.copy(path.as_str(), from));
        let (sha256, stamp) = copied.map_err(|error| self.refused(path, at, error))?;
        Ok(self.plan(path, Put { entry: Entry { size: stamp.size, sha256 }, stamp, staged: Staged::Yes }))
    }

    /// Plans an output again as the last build wrote it, without its bytes. Tells whether it could:
    /// nothing is planned where the last build did not write it or its file has another stamp than it
    /// had then.
    pub fn keep(&self, path: &OutPath) -> bool {
        let Some((entry, stamp)) = self.tree.written(path.as_str()) else { return false };
        self.plan(path, Put { entry, stamp, staged: Staged::No });
        true
    }

    /// Moves all staged files into place, removes what earlier builds wrote and this one did not
    /// plan, and writes the manifest.
    ///
    /// # Errors
    /// Before anything is changed: [`OutputError::Blocked`] and [`OutputError::Symlink`] where
    /// something that no build wrote stands in the way. Whatever the system says after that point
    /// leaves a journal, which the next build carries out. Only the journal waits for the disk: what
    /// a loss of power may take from an output, the next build sees and writes again.
    pub fn commit(self) -> Result<Committed, OutputError> {
        self.commit_in_steps(&mut || Ok(()))
    }

    /// Does [`Stage::commit`], asking before each change to the disk.
    fn commit_in_steps(mut self, step: Step<'_>) -> Result<Committed, OutputError> {
        let planned = self.planned.iter_mut().map(|share| share.get_mut().unwrap_or_else(PoisonError::into_inner));
        let mut planned = joined(planned.map(std::mem::take).collect());
        planned.sort_by(|a, b| a.0.cmp(&b.0));
        let after = Manifest { files: planned.iter().map(|(path, put)| (path.clone(), put.entry)).collect() };
        let gone = self.gone(&after);
        let ours = gone.iter().filter(|(path, entry)| is_ours(&path.on_disk(self.out.path()), *entry));
        let remove: BTreeMap<OutPath, Entry> = ours.map(|(path, entry)| (OutPath::clone(path), *entry)).collect();
        let is_staged = |(_, put): &&(OutPath, Put)| put.staged == Staged::Yes;
        let staged: Vec<&OutPath> = planned.iter().filter(is_staged).map(|(path, _)| path).collect();
        self.check_way(&staged, &remove)?;
        let (written, removed) = (staged.len(), remove.len());
        let touched = staged.iter().copied().chain(remove.keys()).flat_map(|path| ancestors(path.as_str()));
        let touched: HashSet<String, FixedState> = touched.chain([""]).map(str::to_owned).collect();
        let foreign = || {
            let there = if self.tree.is_as_left() {
                gone.iter().filter(|(path, _)| !remove.contains_key(path)).map(|(path, _)| path.as_str()).collect()
            } else {
                let ours = planned.iter().map(|(path, _)| path).chain(remove.keys()).map(OutPath::as_str);
                let ours: HashSet<&str, FixedState> = ours.collect();
                self.tree.files(|path| !ours.contains(path))
            };
            there.into_iter().filter(|path| !NOT_OURS.contains(path)).map(str::to_owned).collect()
        };
        let next = || (written > 0 || self.before != after).then(|| after.to_json());
        let (next, foreign): (_, Vec<String>) = rayon::join(next, foreign);
        if let Some(next) = next {
            self.carry_out(remove, &next, step)?;
        }
        let report = WriteReport { written, unchanged: planned.len() - written, removed, foreign };
        let outputs = planned.into_iter().map(|(path, Put { entry, stamp, .. })| Output { path, entry, stamp });
        let outputs: Vec<Output> = outputs.collect();
        let (base, manifest) = (self.out.path().to_owned(), self.state.folder().path().join(MANIFEST));
        let tree = std::mem::take(&mut self.tree);
        let before = std::mem::take(&mut self.before);
        // The stage has to be gone before the folders are looked at.
        drop(self);
        let manifest = disk::stamp_of(&manifest).unwrap_or_default();
        let time = |folder: &str| if touched.contains(folder) { None } else { tree.time(folder) };
        let last = LastOutput::of(&base, outputs, &report.foreign, time, manifest);
        // Taking them apart takes time that another thread has.
        rayon::spawn(move || drop((tree, before)));
        Ok(Committed { report, last })
    }

    /// The files that earlier builds wrote and that are not planned.
    fn gone(&self, after: &Manifest) -> Vec<(&OutPath, Entry)> {
        let mut planned = InOrder::of(after.files.keys());
        let gone = self.before.files.iter().filter(|(path, _)| planned.find(|planned| (*planned).cmp(path)).is_none());
        gone.filter(|(path, _)| self.tree.stamp(path.as_str()).is_some()).map(|(path, entry)| (path, *entry)).collect()
    }

    /// Makes sure that each staged output can be put in its place: that what stands above it is a folder
    /// and below it nothing, now or once stale files are gone.
    fn check_way(&self, staged: &[&OutPath], remove: &BTreeMap<OutPath, Entry>) -> Result<(), OutputError> {
        let place = |path: &str| self.out.path().join(path);
        let goes = |path: &str| OutPath::new(path).is_some_and(|path| remove.contains_key(&path));
        let mut seen: HashSet<&str, FixedState> = HashSet::default();
        for path in staged {
            for above in ancestors(path.as_str()) {
                if !seen.insert(above) {
                    break;
                }
                match self.tree.kind(above) {
                    Some(Kind::Symlink) => return Err(OutputError::Symlink(place(above))),
                    Some(Kind::File(_) | Kind::Special) if !goes(above) => {
                        return Err(OutputError::Blocked(place(above)));
                    }
                    _ => {}
                }
            }
            if self.tree.kind(path.as_str()) == Some(Kind::Folder) {
                let prefix = format!("{path}/");
                if let Some(name) = self.tree.files(|name| name.starts_with(&prefix) && !goes(name)).first() {
                    return Err(OutputError::Blocked(place(name)));
                }
            }
        }
        Ok(())
    }

    /// Writes journal and next manifest, whose JSON it gets, and does what they say. All that needs room on the disk
    /// comes before the journal.
    fn carry_out(&mut self, remove: BTreeMap<OutPath, Entry>, next: &[u8], step: Step<'_>) -> Result<(), OutputError> {
        let state = self.state.folder();
        let (in_out, in_state) = (self.out.path().to_owned(), state.path().to_owned());
        let out_failed = |error: DiskError| OutputError::at(&in_out, error);
        let state_failed = |error: DiskError| OutputError::at(&in_state, error);
        step()?;
        state.remove_file(NEXT_MANIFEST).map_err(state_failed)?;
        let write = || state.write_new(NEXT_MANIFEST, next, Durability::Lazy).map_err(state_failed);
        let (digest, written) = rayon::join(|| ContentHash::of(next), write);
        written?;
        step()?;
        let journal = Journal { remove, next: digest };
        let name = format!("{STAGE}/{JOURNAL}");
        self.out.replace(&name, &journal.to_json(), Durability::Synced).map_err(out_failed)?;
        self.journal = JournalState::Written;
        journal.apply(&self.out, step)?;
        step()?;
        state.rename(NEXT_MANIFEST, MANIFEST).map_err(state_failed)?;
        step()?;
        self.out.remove_file(&name).map_err(out_failed)?;
        self.journal = JournalState::None;
        Ok(())
    }

    /// Makes the folders of an output in the stage.
    fn make_way(&self, path: &OutPath) -> Result<(), DiskError> {
        let Some(folder) = parent(path.as_str()) else { return Ok(()) };
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let missing: Vec<&str> = {
            let made = made();
            std::iter::once(folder).chain(ancestors(folder)).take_while(|folder| !made.contains(*folder)).collect()
        };
        for folder in missing.into_iter().rev() {
            self.staged.make_folder(folder)?;
            made().insert(folder.to_owned());
        }
        Ok(())
    }

    /// Why an output could not be staged: perhaps another one has its place.
    fn refused(&self, path: &OutPath, at: PathBuf, error: DiskError) -> OutputError {
        if is_in_the_way(&self.out, path) { OutputError::Blocked(at) } else { OutputError::at(at, error) }
    }

    /// Where an output goes.
    fn place(&self, path: &OutPath) -> Result<PathBuf, OutputError> {
        let at = path.on_disk(self.out.path());
        let first = path.as_str().split('/').next().unwrap_or_default();
        if first == STAGE { Err(OutputError::Blocked(at)) } else { Ok(at) }
    }

    fn plan(&self, path: &OutPath, put: Put) -> Staged {
        let thread = rayon::current_thread_index().map_or(0, |thread| thread + 1);
        if let Some(share) = self.planned.get(thread % self.planned.len().max(1)) {
            share.lock().unwrap_or_else(PoisonError::into_inner).push((path.clone(), put));
        }
        put.staged
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.journal == JournalState::Written {
            return;
        }
        // Best effort: the next build clears what stays.
        let _ = self.out.remove_tree(STAGE);
        let _ = self.state.folder().remove_file(NEXT_MANIFEST);
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

#[cfg(test)]
mod tests;
