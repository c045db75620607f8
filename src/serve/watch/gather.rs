//! When changes are told: at once, but not while a file is being written, and few times in a burst.
//!
//! The rules, as a machine that has no clock and looks at no file:
//! - What is new after a time of quiet is told at once, what follows it after 30 ms of quiet, or after
//!   500 ms where there is none.
//! - A file waits while it is being written, is empty or grows: until it has had the same size for
//!   30 ms or its writer has closed it, but at most 500 ms. So does a folder that was made just now, and
//!   it is not told while something in it waits: whoever is told looks at all that is in it.
//! - What is gone waits for 30 ms, since many editors put a file away before they write it anew; and
//!   nothing is told meanwhile: a file that was given another name must not be seen under both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Change;
use crate::base::path::RelPath;
use crate::source::disk::Kind;

/// How long nothing must happen.
pub(super) const QUIET: Duration = Duration::from_millis(30);

/// How long a change is kept back at most.
pub(super) const LONGEST: Duration = Duration::from_millis(500);

/// What was found at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Gone,
    /// A file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// What needs no waiting: a link, or what is known to be gone for good.
    Settled,
}

impl From<Kind> for Found {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Missing => Self::Gone,
            Kind::File(size) => Self::File(size),
            Kind::Folder => Self::Folder,
            Kind::Symlink | Kind::Special => Self::Settled,
        }
    }
}

/// How far a file is, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// It may still be written.
    Writing,
    /// If it is not an empty file, it is finished.
    Written,
}

/// A path that waits.
#[derive(Debug)]
struct Wait {
    place: PathBuf,
    found: Found,
    /// Since when that is found there.
    steady: Instant,
    since: Instant,
}

impl Wait {
    /// When to look again.
    fn due(&self) -> Instant {
        (self.steady + QUIET).min(self.since + LONGEST)
    }
}

/// What has changed and is not told yet.
#[derive(Debug, Default)]
pub(super) struct Gatherer {
    ready: BTreeSet<RelPath>,
    /// Told with what comes next.
    aside: BTreeSet<RelPath>,
    /// Whether everything may have changed.
    all: bool,
    /// Since when something is ready.
    since: Option<Instant>,
    waiting: BTreeMap<RelPath, Wait>,
    /// The last event since a report was told after a time of quiet.
    burst: Option<Instant>,
}

impl Gatherer {
    /// Something happened to a path; `place` is where it lies on disk.
    pub(super) fn touch(&mut self, path: RelPath, place: PathBuf, found: Found, sign: Sign, now: Instant) {
        self.stir(now);
        let finished = match found {
            Found::Settled => true,
            Found::File(size) => size > 0 && sign == Sign::Written,
            Found::Folder => sign == Sign::Written,
            Found::Gone => false,
        };
        if finished {
            self.settle(path, now);
            return;
        }
        let wait = Wait { place, found, steady: now, since: now };
        let kept = self.waiting.entry(path).or_insert(wait);
        // Each event shows that it is still being written; that it is gone, none can show twice.
        if found != Found::Gone || kept.found != Found::Gone {
            (kept.found, kept.steady) = (found, now);
        }
    }

    /// Something happened to a path that is worth no report of its own.
    pub(super) fn put_aside(&mut self, path: RelPath) {
        self.waiting.remove(&path);
        self.aside.insert(path);
    }

    /// Everything may have changed.
    pub(super) fn touch_all(&mut self, now: Instant) {
        self.stir(now);
        self.all = true;
        self.since.get_or_insert(now);
    }

    /// The waiting paths at which to look again, with their places.
    pub(super) fn to_look(&self, now: Instant) -> Vec<(RelPath, PathBuf)> {
        let due = self.waiting.iter().filter(|(_, wait)| wait.due() <= now);
        due.map(|(path, wait)| (path.clone(), wait.place.clone())).collect()
    }

    /// What was found when looking again.
    pub(super) fn looked(&mut self, path: &RelPath, found: Found, now: Instant) {
        let Some(wait) = self.waiting.get_mut(path) else { return };
        let steady = found == wait.found && found != Found::File(0);
        if steady || found == Found::Settled || now >= wait.since + LONGEST {
            self.settle(path.clone(), now);
        } else {
            (wait.found, wait.steady) = (found, now);
        }
    }

    /// When there is something to do next.
    pub(super) fn wake(&self) -> Option<Instant> {
        let looks = self.waiting.values().map(Wait::due);
        looks.chain(self.since.map(|since| self.telling(since))).min()
    }

    /// What is to be told now.
    pub(super) fn take(&mut self, now: Instant) -> Option<Change> {
        let since = self.since?;
        if now < self.telling(since) {
            return None;
        }
        self.since = None;
        self.burst = match self.burst {
            None => Some(now),
            Some(last) if is_over(last, now) => None,
            burst => burst,
        };
        let mut paths = std::mem::take(&mut self.ready);
        paths.append(&mut self.aside);
        if std::mem::take(&mut self.all) {
            return Some(Change::All);
        }
        Some(Change::Paths(paths.iter().filter(|path| !is_below(path, &paths)).cloned().collect()))
    }

    /// When what has been ready since that time is told.
    fn telling(&self, since: Instant) -> Instant {
        let limit = since + LONGEST;
        let mut waiting = self.waiting.iter();
        if waiting.any(|(path, wait)| wait.found == Found::Gone || is_below(path, &self.ready)) {
            return limit;
        }
        self.burst.map_or(since, |last| (last + QUIET).min(limit))
    }

    /// A burst goes on, or was over.
    fn stir(&mut self, now: Instant) {
        let over = |last: &Instant| self.since.is_none() && is_over(*last, now);
        self.burst = self.burst.filter(|last| !over(last)).map(|_| now);
    }

    /// A path may be told.
    fn settle(&mut self, path: RelPath, now: Instant) {
        self.waiting.remove(&path);
        self.ready.insert(path);
        self.since.get_or_insert(now);
    }
}

/// Whether a path lies in one of some folders.
fn is_below(path: &RelPath, folders: &BTreeSet<RelPath>) -> bool {
    let mut above = path.as_str().match_indices('/').map(|(at, _)| path.as_str().split_at(at).0);
    above.any(|folder| folders.contains(folder))
}

/// Whether there was quiet since the last event of a burst.
fn is_over(last: Instant, now: Instant) -> bool {
    now.saturating_duration_since(last) >= QUIET
}

#[cfg(test)]
mod tests;
