//! What a build did, for people and for tests.

use std::time::{Duration, Instant};

use crate::base::date::Moment;
use crate::base::lang::PerLang;
use crate::site::citations::Missing;

/// The phases of a build, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// Listing and reading the files.
    Scan,
    /// One file to one document.
    Parse,
    /// All documents to one site.
    Link,
    /// Every output with its address.
    Plan,
    /// Jobs to bytes, staged.
    Render,
    /// Moving into place.
    Write,
}

impl Phase {
    /// All phases.
    pub const ALL: [Self; 6] = [Self::Scan, Self::Parse, Self::Link, Self::Plan, Self::Render, Self::Write];

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Scan => "ui.phase.scan",
            Self::Parse => "ui.phase.parse",
            Self::Link => "ui.phase.link",
            Self::Plan => "ui.phase.plan",
            Self::Render => "ui.phase.render",
            Self::Write => "ui.phase.write",
        }
    }
}

/// Is told how a build goes on. The floors below have no clock and no terminal of their own.
pub trait Observer: Sync {
    /// A phase begins with so many steps; 0 where that is not known.
    fn begin(&self, phase: Phase, steps: usize);

    /// One step is done.
    fn step(&self);

    /// The phase is over.
    fn end(&self, phase: Phase);
}

/// An observer that looks away.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {}

    fn end(&self, _: Phase) {}
}

/// How long each phase took.
#[derive(Clone, Debug, Default)]
pub struct Timings(Vec<(Phase, Duration)>);

impl Timings {
    /// Runs a phase, tells the observer and keeps its time.
    pub(super) fn phase<T>(
        &mut self,
        phase: Phase,
        steps: usize,
        observer: &dyn Observer,
        run: impl FnOnce() -> T,
    ) -> T {
        observer.begin(phase, steps);
        let start = Instant::now();
        let result = run();
        self.0.push((phase, start.elapsed()));
        observer.end(phase);
        result
    }

    /// The phases with their times, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Phase, Duration)> + '_ {
        self.0.iter().copied()
    }
}

/// What a build did.
#[derive(Clone, Debug, Default)]
pub struct BuildReport {
    /// Published pages of each language.
    pub pages: PerLang<usize>,
    /// Jobs rendered; the others were still right.
    pub rendered: usize,
    /// Files written because their bytes changed or are new.
    pub written: usize,
    /// Files that had the right bytes already.
    pub unchanged: usize,
    /// Files of an earlier build that are no longer wanted.
    pub removed: usize,
    /// Files in the output folder that no build wrote.
    pub foreign: Vec<String>,
    /// When something appears or goes next.
    pub next_change: Option<Moment>,
    /// Pages left out by `--without`, or because their original was.
    pub left_out: Vec<String>,
    /// The documents that pages cite and the portal lacks.
    pub lacking: Vec<Missing>,
    /// What became of the cache.
    pub cache: CacheState,
    /// How long the phases took.
    pub timings: Timings,
}

/// What became of the cache in a build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CacheState {
    /// It is sound.
    #[default]
    Sound,
    /// What the last build kept was damaged or of another version, so that all was made anew.
    Unusable,
    /// It could not be kept, so that the next build makes all anew.
    NotKept,
}
