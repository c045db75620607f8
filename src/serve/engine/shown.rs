//! What is shown now: the newest generation, what is wrong, and what was done last.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::generation::Generation;
use super::problems::Problem;
use crate::build::report::{Observer, Phase};
use crate::serve::http::Progress;
use crate::site::publication::Preview;

/// What is shown now.
pub(super) struct Shown {
    pub generation: Option<Generation>,
    pub problems: Vec<Problem>,
    /// What is wrong with outputs that cannot be rendered.
    pub failures: Vec<Problem>,
    pub last: Option<Work>,
    pub preview: Preview,
    pub stage: Stage,
    /// Counts what was shown.
    pub number: u64,
}

/// What the engine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing could be shown yet.
    Starting,
    /// Something newer than what is shown is being made.
    Building,
    /// All is done.
    Ready,
}

impl Stage {
    /// Its name in the protocol.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Building => "building",
            Self::Ready => "ready",
        }
    }
}

/// What was done last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    /// How many pages were linked again.
    pub pages: usize,
    pub time: Duration,
}

/// Counts how far reading has come.
#[derive(Debug, Default)]
pub(super) struct Counter {
    done: AtomicUsize,
    all: AtomicUsize,
}

impl Counter {
    pub(super) fn progress(&self) -> Progress {
        Progress { done: self.done.load(Ordering::Relaxed), all: self.all.load(Ordering::Relaxed) }
    }
}

impl Observer for Counter {
    fn begin(&self, _: Phase, steps: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(steps, Ordering::Relaxed);
    }

    fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn end(&self, _: Phase) {}
}
