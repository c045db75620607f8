//! The look at an output folder before a build, once what an interrupted one has left is put right.

use super::error::OutputError;
use super::folder::OutputFolder;
use super::journal::{Journal, STAGE};
use super::stage::{JOURNAL, NEXT_MANIFEST};
use super::state::{BuildState, MANIFEST};
use super::tree::{LastOutput, OutputTree};
use crate::base::hash::ContentHash;
use crate::source::disk::{self, Kind};
use crate::source::disk_write::WriteFolder;
use crate::source::{ReadError, Stamp};

/// What an output folder holds before a build, as far as it differs from what the last one left.
pub enum Look {
    /// Nothing has come or gone: the stamps of the outputs, in order.
    AsLeft(Vec<Stamp>),
    /// There may be anything.
    Anew(OutputTree),
}

impl Look {
    /// All there is.
    #[must_use]
    pub fn into_tree(self, last: &LastOutput) -> OutputTree {
        match self {
            Self::AsLeft(stamps) => OutputTree::of(last, stamps),
            Self::Anew(tree) => tree,
        }
    }
}

/// Looks at an output folder before a build. What an interrupted build has left is finished if its
/// journal was complete, and taken away if not.
///
/// # Errors
/// [`OutputError::Symlink`] where a link is in the way; otherwise what the system says.
pub fn look(folder: &OutputFolder, state: &BuildState, last: &LastOutput) -> Result<Look, OutputError> {
    let failed = |error: ReadError| OutputError::at(folder.path(), error);
    if disk::kind(folder.path()).map_err(failed)? != Kind::Folder {
        return Ok(Look::Anew(OutputTree::default()));
    }
    let out = WriteFolder::create(folder.path()).map_err(|error| OutputError::at(folder.path(), error))?;
    heal(&out, state)?;
    match last.recheck(out.path()) {
        Some(stamps) => Ok(Look::AsLeft(stamps)),
        None => Ok(Look::Anew(OutputTree::read(out.path(), &[".git"]).map_err(failed)?)),
    }
}

/// Finishes or clears away what an interrupted build has left, and brings the manifest up to date.
fn heal(out: &WriteFolder, state: &BuildState) -> Result<(), OutputError> {
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
                let state = state.folder();
                let next = disk::read(&state.path().join(NEXT_MANIFEST)).unwrap_or_default();
                if ContentHash::of(&next) == journal.next {
                    let renamed = state.rename(NEXT_MANIFEST, MANIFEST);
                    renamed.map_err(|error| OutputError::at(state.path(), error))?;
                }
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
