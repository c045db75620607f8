//! What the portal keeps of the builds into one output folder, under a lock: `.congso/outputs/KEY/`.

use std::path::Path;

use super::error::OutputError;
use super::folder::OutputFolder;
use crate::source::disk_write::{DiskError, Lock, WriteFolder};

/// The manifest of the last build.
pub(super) const MANIFEST: &str = "manifest.json";

/// The folder of what is kept of the builds into one output folder. While it is held, no other build
/// writes there.
#[derive(Debug)]
pub struct BuildState {
    folder: WriteFolder,
    /// When it was opened, on the clock of the file system, in nanoseconds since the epoch.
    opened: i64,
    _lock: Lock,
}

impl BuildState {
    /// Opens it. `all` is the portal's `.congso` folder.
    ///
    /// # Errors
    /// [`OutputError::Locked`] while another build has it; [`OutputError::Symlink`] where a link is in
    /// the way; otherwise what the system says.
    pub fn open(folder: &OutputFolder, all: &Path) -> Result<Self, OutputError> {
        let state = Self::locked(all, &format!("outputs/{}", folder.key()));
        let state = state.map_err(|error| OutputError::at(all, error))?;
        state.ok_or_else(|| OutputError::Locked(folder.path().to_owned()))
    }

    /// Opens what is kept of the preview; `None` where another one has it, or the system refuses.
    #[must_use]
    pub fn of_preview(all: &Path) -> Option<Self> {
        Self::locked(all, "preview").ok().flatten()
    }

    /// Opens a folder, unless somebody else has it.
    fn locked(all: &Path, own: &str) -> Result<Option<Self>, DiskError> {
        WriteFolder::create(all).and_then(|all| all.create_folder(own))?;
        let folder = WriteFolder::create(&all.join(own))?;
        let Some(lock) = folder.lock("lock")? else { return Ok(None) };
        Ok(Some(Self { opened: lock.time()?, folder, _lock: lock }))
    }

    /// When it was opened, on the clock of the file system, in nanoseconds since the epoch. What the
    /// build reads, it reads later.
    pub(super) fn opened(&self) -> i64 {
        self.opened
    }

    /// Where it is.
    pub(super) fn folder(&self) -> &WriteFolder {
        &self.folder
    }
}
