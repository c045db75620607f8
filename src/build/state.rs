//! What the portal keeps of the builds into one output folder, under a lock: `.congso/outputs/KEY/`.

use std::path::Path;

use super::error::OutputError;
use super::folder::OutputFolder;
use crate::source::disk_write::{Lock, WriteFolder};

/// The manifest of the last build.
pub(super) const MANIFEST: &str = "manifest.json";

/// The folder of what is kept of the builds into one output folder. While it is held, no other build
/// writes there.
#[derive(Debug)]
pub struct BuildState {
    folder: WriteFolder,
    /// When it was opened, on the clock of the file system, in nanoseconds since the epoch.
    opened: i128,
    _lock: Lock,
}

impl BuildState {
    /// Opens it. `all` is the portal's `.congso` folder.
    ///
    /// # Errors
    /// [`OutputError::Locked`] while another build has it; [`OutputError::Symlink`] where a link is in
    /// the way; otherwise what the system says.
    pub fn open(folder: &OutputFolder, all: &Path) -> Result<Self, OutputError> {
        let failed = |error| OutputError::at(all, error);
        let own = format!("outputs/{}", folder.key());
        WriteFolder::create(all).and_then(|all| all.create_folder(&own)).map_err(failed)?;
        let state = WriteFolder::create(&all.join(own)).map_err(failed)?;
        match state.lock("lock").map_err(failed)? {
            Some(lock) => Ok(Self { opened: lock.time().map_err(failed)?, folder: state, _lock: lock }),
            None => Err(OutputError::Locked(folder.path().to_owned())),
        }
    }

    /// When it was opened, on the clock of the file system, in nanoseconds since the epoch. What the
    /// build reads, it reads later.
    pub(super) fn opened(&self) -> i128 {
        self.opened
    }

    /// Where it is.
    pub(super) fn folder(&self) -> &WriteFolder {
        &self.folder
    }
}
