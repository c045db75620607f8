//! Floor 1: reading the workspace, from disk or memory, as text with positions.

pub mod disk;
pub mod disk_write;
pub mod legacy;
pub mod memory;
pub mod names;
pub mod places;
pub mod text;
pub mod yaml;

use std::path::PathBuf;

use crate::base::path::RelPath;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};

/// The folder of a portal: settings, content, themes and static files. All reading goes through it,
/// so that tests and unsaved edits can live in memory.
pub trait Workspace: Send + Sync {
    /// All regular files below a folder, sorted by path. Hidden and temporary files are left out;
    /// what must not be followed or opened is reported.
    fn list(&self, folder: &RelPath) -> Listing;

    /// The bytes of a file.
    ///
    /// # Errors
    /// [`ReadError`] tells whether it is missing, forbidden or otherwise out of reach.
    fn read(&self, path: &RelPath) -> Result<Vec<u8>, ReadError>;

    /// Where a file lies on disk, if it does: large files are copied from there without being read
    /// into memory.
    fn disk_path(&self, path: &RelPath) -> Option<PathBuf>;
}

/// What a folder holds.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The files, sorted by path.
    pub files: Vec<RelPath>,
    /// What was skipped or refused, and why.
    pub diagnostics: Diagnostics,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// The system does not allow it.
    Denied,
    /// It lies outside the workspace, behind a symbolic link.
    Outside,
    /// It is a folder, FIFO, socket or device, which are never opened.
    Special,
    /// Anything else, in the system's words.
    Other(String),
}

impl ReadError {
    /// What a person is told about a file that could not be read.
    #[must_use]
    pub fn diagnostic(&self, path: &RelPath) -> Diagnostic {
        let code = if *self == Self::Outside { Code::SymlinkOutside } else { Code::UnreadableFile };
        Diagnostic::new(code).with("path", path).with("reason", self.reason()).at(Place::file(path.clone()))
    }

    /// Why, as an argument of a message.
    #[must_use]
    pub fn reason(&self) -> Arg {
        match self {
            Self::Missing => Arg::Key("ui.read-missing"),
            Self::Denied => Arg::Key("ui.read-denied"),
            Self::Outside => Arg::Key("ui.read-outside"),
            Self::Special => Arg::Key("ui.read-special"),
            Self::Other(words) => Arg::Text(words.clone()),
        }
    }
}
