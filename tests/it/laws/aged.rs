//! A workspace whose files seem to have been written long ago: what was written within the last seconds
//! is not trusted by its time alone, so that tests would never see what is trusted.

use std::path::{Path, PathBuf};

use congso::base::path::RelPath;
use congso::source::disk::DiskWorkspace;
use congso::source::{Listing, ReadError, Stamp, Workspace};
use proptest::prelude::*;

/// How old the files of a portal seem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// As old as they are.
    New,
    /// All times are an hour earlier.
    Hour,
}

/// Most portals are old: there, more may go wrong.
pub(super) fn ages() -> impl Strategy<Value = Age> {
    prop_oneof![1 => Just(Age::New), 3 => Just(Age::Hour)]
}

/// A portal on disk.
pub(super) struct Aged {
    disk: DiskWorkspace,
    age: Age,
}

impl Aged {
    pub(super) fn new(root: &Path, age: Age) -> Self {
        Self { disk: DiskWorkspace::new(root), age }
    }

    fn stamp_of(&self, stamp: Stamp) -> Stamp {
        let earlier = if self.age == Age::Hour { 3_600_000_000_000 } else { 0 };
        Stamp { modified: stamp.modified - earlier, changed: stamp.changed - earlier, ..stamp }
    }
}

impl Workspace for Aged {
    fn list(&self, folder: &RelPath) -> Listing {
        let mut listing = self.disk.list(folder);
        for file in &mut listing.files {
            file.stamp = self.stamp_of(file.stamp);
        }
        listing
    }

    fn read(&self, path: &RelPath) -> Result<Vec<u8>, ReadError> {
        self.disk.read(path)
    }

    fn disk_path(&self, path: &RelPath) -> Option<PathBuf> {
        self.disk.disk_path(path)
    }

    fn stamp(&self, path: &RelPath) -> Option<Stamp> {
        Some(self.stamp_of(self.disk.stamp(path)?))
    }
}
