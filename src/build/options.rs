//! What a build is asked to do, and how it ended.

use std::path::PathBuf;

use jiff::Timestamp;

use super::report::BuildReport;
use crate::base::path::RelPath;
use crate::diag::Diagnostics;
use crate::site::publication::Preview;

/// The folder that is published, below the portal's.
pub const ORDINARY_OUT: &str = "public";

/// What a build is asked to do.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The folder of the portal.
    pub root: PathBuf,
    /// The folder to write to.
    pub out: PathBuf,
    /// In place of the `base_url` of the settings.
    pub base_url: Option<String>,
    /// What is shown beyond what is due.
    pub preview: Preview,
    /// Whether warnings count as errors.
    pub strictness: Strictness,
    /// Files to leave out, from the workspace.
    pub without: Vec<RelPath>,
    /// The build date.
    pub now: Timestamp,
    /// What becomes of what an earlier build kept.
    pub cache: CachePolicy,
}

/// What becomes of what an earlier build kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CachePolicy {
    /// It is used as far as it still holds.
    #[default]
    Use,
    /// It is passed over and made anew.
    Rebuild,
}

/// Whether warnings fail a build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Only errors do.
    #[default]
    Normal,
    /// Warnings do, too.
    Strict,
}

/// How a build ended.
#[derive(Debug)]
pub struct BuildOutcome {
    /// What it did; `None` where nothing was changed.
    pub report: Option<BuildReport>,
    /// What it found, sorted, with places in bytes.
    pub diagnostics: Diagnostics,
    /// Whose fault it is if there is no report.
    pub blame: Blame,
    /// What is left in memory.
    pub remains: Remains,
}

/// The site and all else that a build leaves in memory. Taking it apart takes time, which a program that
/// is about to end can spare itself by forgetting it.
#[derive(Default)]
pub struct Remains(pub(super) Option<Box<dyn std::any::Any + Send + Sync>>);

impl Remains {
    /// Forgets it: the memory is given back when the program ends.
    pub fn forget(self) {
        std::mem::forget(self.0);
    }
}

impl std::fmt::Debug for Remains {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Remains")
    }
}

/// Whose fault a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The portal has problems.
    Site,
    /// The machine could not do it: disk full, no permission.
    Machine,
}
