//! Floor 1: reading the workspace, from disk or memory, as text with positions.

pub mod disk;
mod disk_list;
pub mod disk_look;
pub mod disk_own;
pub mod disk_records;
pub mod disk_write;
pub mod legacy;
pub mod memory;
pub mod names;
pub mod places;
pub mod text;
pub mod yaml;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

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

    /// What tells one state of a file from another without reading it; `None` where there is no
    /// such file to be read.
    fn stamp(&self, path: &RelPath) -> Option<Stamp>;
}

/// What a folder holds.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The files, sorted by path.
    pub files: Vec<Listed>,
    /// What was skipped or refused, and why.
    pub diagnostics: Diagnostics,
}

/// A file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Where it is.
    pub path: RelPath,
    /// Its state when it was listed.
    pub stamp: Stamp,
}

/// The state of a file as the system keeps it, links followed: the fields by which git's index
/// knows a file that has not changed. 0 where a system does not tell; all are 0 for a file that was
/// gone as soon as it was seen. Times beyond the years 1677 to 2262 count as the nearest of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Its length in bytes.
    pub size: u64,
    /// When its content was written, in nanoseconds since the epoch; in memory, a hash of the content.
    #[serde(with = "postcard::fixint::le")]
    pub modified: i64,
    /// When anything of it changed, its name or rights too, in nanoseconds since the epoch.
    #[serde(with = "postcard::fixint::le")]
    pub changed: i64,
    /// Its number on its disk.
    pub inode: u64,
}

/// A time in nanoseconds since the epoch, from its seconds and what is left of one.
#[cfg(unix)]
fn nanoseconds(seconds: i64, rest: i64) -> i64 {
    seconds.saturating_mul(1_000_000_000).saturating_add(rest)
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
            Self::Missing => Arg::key("ui.read-missing"),
            Self::Denied => Arg::key("ui.read-denied"),
            Self::Outside => Arg::key("ui.read-outside"),
            Self::Special => Arg::key("ui.read-special"),
            Self::Other(words) => Arg::Text(words.clone()),
        }
    }
}
