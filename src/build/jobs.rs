//! Carrying out the plan: each job is rendered, copied, or left as the last build made it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::cache::{KeptJob, Reads};
use super::error::OutputError;
use super::past::{Again, Gathering, Past, PastJob};
use super::pictures::Pictures;
use super::report::Observer;
use super::stage::{Stage, Staged};
use crate::base::checksum::Checksum;
use crate::base::path::RelPath;
use crate::diag::{Diagnostic, Diagnostics};
use crate::render::{Facts, Job, Plan, Renderer, Task, Worker};
use crate::site::routes::Route;
use crate::source::Workspace;

mod photographs;

use photographs::Photograph;

/// How many jobs a worker takes at a time.
const AT_ONCE: usize = 16;

/// What the jobs are carried out with.
pub(super) struct Jobs<'a> {
    pub renderer: &'a Renderer,
    pub plan: &'a Plan,
    pub stage: &'a Stage,
    pub past: &'a Past,
    pub pictures: &'a Pictures,
    pub workspace: &'a dyn Workspace,
    /// Whether a file to be copied is the same as in the last build.
    pub is_same_file: &'a (dyn Fn(&RelPath) -> bool + Sync),
    pub observer: &'a dyn Observer,
}

/// What became of the jobs.
pub(super) struct Done {
    shares: Vec<Share>,
    /// How many were rendered, or copied because the file is new.
    pub rendered: usize,
    pub problems: Diagnostics,
}

impl Done {
    /// What all jobs have read, for the next build.
    pub(super) fn reads(self, past: Past, renderer: &Renderer) -> Reads {
        let mut gathering = Gathering::default();
        for share in self.shares {
            gathering.add(share.facts, share.jobs);
            gathering.keep(&share.kept);
        }
        gathering.finish(past, renderer)
    }
}

/// A job of which something is to be done.
struct Due<'j> {
    job: &'j Job,
    identity: Checksum,
    again: Again<'j>,
    /// The job of the last build, if it made the same.
    past: Option<PastJob>,
}

/// What one worker did.
#[derive(Default)]
struct Share {
    facts: Facts,
    jobs: Vec<KeptJob>,
    /// The jobs of the last build that were left as they are.
    kept: Vec<PastJob>,
    rendered: usize,
    problems: Vec<(usize, Diagnostic)>,
}

impl Jobs<'_> {
    /// Carries out all jobs on all threads. Finished outputs are not kept. A job that fails does not
    /// stop the others, so that all errors are told at once.
    ///
    /// # Errors
    /// What the system says of an output.
    pub(super) fn run(&self) -> Result<Done, OutputError> {
        let next = AtomicUsize::new(0);
        let (photographs, next_photograph) = (self.photographs(), AtomicUsize::new(0));
        let shares: Mutex<Vec<Result<Share, OutputError>>> = Mutex::default();
        // One worker for each thread: making one costs as much as a few pages.
        rayon::broadcast(|_| {
            let share = self.share(&next, (&photographs, &next_photograph));
            shares.lock().unwrap_or_else(PoisonError::into_inner).push(share);
        });
        let shares = shares.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut shares = shares.into_iter().collect::<Result<Vec<_>, _>>()?;
        let rendered = shares.iter().map(|share| share.rendered).sum();
        let mut problems: Vec<_> = shares.iter_mut().flat_map(|share| std::mem::take(&mut share.problems)).collect();
        problems.sort_by_key(|(place, _)| *place);
        // An error in a template that many pages use is told once, with the first of them.
        let mut told = BTreeSet::new();
        let first = |problem: &Diagnostic| match &problem.place {
            Some(place) => told.insert((problem.code, place.file.clone(), place.spot.clone())),
            None => true,
        };
        let problems = problems.into_iter().map(|(_, problem)| problem).filter(first).collect();
        Ok(Done { shares, rendered, problems })
    }

    /// Takes jobs until none are left: first photographs, each of which takes as long as a hundred pages.
    fn share(
        &self,
        next: &AtomicUsize,
        (photographs, next_photograph): (&[Photograph<'_>], &AtomicUsize),
    ) -> Result<Share, OutputError> {
        let mut share = Share::default();
        while let Some(photograph) = photographs.get(next_photograph.fetch_add(1, Ordering::Relaxed)) {
            self.photograph(photograph, &mut share)?;
        }
        let mut worker = None;
        loop {
            let from = next.fetch_add(AT_ONCE, Ordering::Relaxed);
            let Some(jobs) = self.plan.jobs.get(from..).filter(|jobs| !jobs.is_empty()) else { break };
            for (place, job) in (from..).zip(jobs.iter().take(AT_ONCE)) {
                if !matches!(job.task, Task::Route(Route::Picture(..))) {
                    self.one(place, job, &mut worker, &mut share)?;
                    self.observer.step();
                }
            }
        }
        share.facts = worker.map(Worker::into_facts).unwrap_or_default();
        Ok(share)
    }

    fn one(&self, place: usize, job: &Job, worker: &mut Option<Worker>, share: &mut Share) -> Result<(), OutputError> {
        let Some(due) = self.due(place, job, share) else { return Ok(()) };
        match &job.task {
            Task::Static(path) | Task::Route(Route::File(path)) => match self.copy(path, job)? {
                Ok(staged) => self.note(&due, staged, share),
                Err(problem) => share.problems.push((place, problem)),
            },
            Task::Asset(name) => {
                let staged = self.stage.put(&job.out, self.renderer.asset(name).unwrap_or_default())?;
                self.note(&due, staged, share);
            }
            _ => {
                let worker = worker.get_or_insert_with(|| self.renderer.worker());
                share.rendered += 1;
                match worker.render(job) {
                    Ok(bytes) => {
                        self.stage.put(&job.out, &bytes)?;
                        share.jobs.push(self.record(&due, worker.reads()));
                    }
                    Err(problem) => share.problems.push((place, *problem)),
                }
            }
        }
        Ok(())
    }

    /// What is to be done of a job, unless its output is there as the last build left it.
    fn due<'j>(&'j self, place: usize, job: &'j Job, share: &mut Share) -> Option<Due<'j>> {
        let identity = job.identity(self.renderer.site());
        let past = self.past.holds(place, identity);
        let again = match past {
            Err(again) => again,
            Ok(kept) => {
                let Some(again) = self.again(job) else {
                    share.kept.push(kept);
                    return None;
                };
                again
            }
        };
        Some(Due { job, identity, again, past: past.ok() })
    }

    /// Why an output is looked at although the last build made the same; `None` where it is left alone.
    fn again<'j>(&self, job: &'j Job) -> Option<Again<'j>> {
        let source = match &job.task {
            Task::Asset(_) => return Some(Again::Touched),
            Task::Static(path) | Task::Route(Route::File(path) | Route::Picture(path, _)) => Some(path),
            _ => None,
        };
        match source.filter(|path| !(self.is_same_file)(path)) {
            Some(path) => Some(Again::Copied(path)),
            None => (!self.stage.keep(&job.out)).then_some(Again::Touched),
        }
    }

    /// Notes an output that depends on nothing but its job. What was found in place counts as left alone.
    fn note(&self, due: &Due<'_>, staged: Staged, share: &mut Share) {
        share.rendered += usize::from(staged == Staged::Yes);
        match due.past.filter(|_| staged == Staged::No) {
            Some(past) => share.kept.push(past),
            None => share.jobs.push(self.record(due, Box::default())),
        }
    }

    /// The record of an output that this build made.
    fn record(&self, due: &Due<'_>, reads: Box<[u32]>) -> KeptJob {
        let (build, why) = (self.past.next(), self.past.why(due.again));
        KeptJob { out: due.job.out.clone(), identity: due.identity, reads, build, why }
    }

    /// Copies a file, or tells why it could not be read.
    fn copy(&self, path: &RelPath, job: &Job) -> Result<Result<Staged, Diagnostic>, OutputError> {
        match self.workspace.disk_path(path) {
            Some(file) => self.stage.copy(&job.out, Path::new(&file)).map(Ok),
            None => match self.workspace.read(path) {
                Ok(bytes) => self.stage.put(&job.out, &bytes).map(Ok),
                Err(error) => Ok(Err(error.diagnostic(path))),
            },
        }
    }
}
