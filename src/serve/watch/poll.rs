//! Finding changes without the system's help: the listing, again and again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::FOLDERS;
use super::gather::{Found, Gatherer, Sign};
use crate::base::path::RelPath;
use crate::config::FILE;
use crate::diag::Diagnostics;
use crate::source::disk::DiskWorkspace;
use crate::source::{Stamp, Workspace as _};

/// How long to rest between two looks, at least.
const REST: Duration = Duration::from_millis(500);

/// How many times as long as a look to rest, at least: what is watched for nothing must cost little.
const REST_PER_LOOK: u32 = 9;

/// The portal as it was at the last look.
#[derive(Debug)]
pub(super) struct Poller {
    root: PathBuf,
    disk: DiskWorkspace,
    seen: Seen,
    /// When to look next.
    pub next: Instant,
}

/// What a look sees.
#[derive(Debug, Default)]
struct Seen {
    /// Sizes and times of files. Their numbers are not compared: some network drives make them up.
    files: BTreeMap<RelPath, (u64, i64)>,
    /// What the listing of a folder had to say.
    said: BTreeMap<RelPath, Diagnostics>,
}

impl Poller {
    /// Looks for the first time.
    pub(super) fn start(root: &Path) -> Self {
        let disk = DiskWorkspace::new(root);
        let before = Instant::now();
        let seen = look(&disk);
        Self { root: root.to_owned(), disk, seen, next: after(before) }
    }

    /// Looks again and gathers what is not as it was.
    pub(super) fn look(&mut self, gatherer: &mut Gatherer) {
        let before = Instant::now();
        let old = std::mem::replace(&mut self.seen, look(&self.disk));
        let now = Instant::now();
        let mut touch = |path: &RelPath, found| {
            gatherer.touch(path.clone(), path.on_disk(&self.root), found, Sign::Writing, now);
        };
        for (path, state) in &self.seen.files {
            if old.files.get(path) != Some(state) {
                touch(path, Found::File(state.0));
            }
        }
        for path in old.files.keys().filter(|path| !self.seen.files.contains_key(*path)) {
            touch(path, Found::Gone);
        }
        for (folder, said) in &self.seen.said {
            if old.said.get(folder) != Some(said) {
                touch(folder, Found::Settled);
            }
        }
        self.next = after(before);
    }
}

/// When to look next after a look that began then.
fn after(began: Instant) -> Instant {
    let now = Instant::now();
    now + REST.max(now.saturating_duration_since(began) * REST_PER_LOOK)
}

/// Looks at every file.
fn look(disk: &DiskWorkspace) -> Seen {
    let mut seen = Seen::default();
    let state = |stamp: Stamp| (stamp.size, stamp.modified);
    for folder in FOLDERS.iter().filter_map(|folder| RelPath::new(folder)) {
        let listing = disk.list(&folder);
        seen.files.extend(listing.files.into_iter().map(|file| (file.path, state(file.stamp))));
        seen.said.insert(folder, listing.diagnostics);
    }
    if let Some((settings, stamp)) = RelPath::new(FILE).and_then(|path| disk.stamp(&path).map(|stamp| (path, stamp))) {
        seen.files.insert(settings, state(stamp));
    }
    seen
}
