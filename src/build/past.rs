//! Which jobs need not be rendered again: those that make the same as in the last build, and to which
//! everything they read then would say the same now.

use rayon::prelude::*;

use super::cache::{Causes, KeptJob, Reads, Why};
use crate::base::checksum::Checksum;
use crate::base::lists::InOrder;
use crate::base::path::RelPath;
use crate::render::{Aspect, Fact, Facts, Job, Names, Plan, Renderer, Subject, Translator};

/// How many causes are kept of a job that was rendered again.
const CAUSES: usize = 3;

/// How many facts a thread checks at a time: a thread that comes from other work still finds some to do.
const AT_ONCE: usize = 512;

/// The jobs of the last build, and what has become of the facts they read.
pub(super) struct Past {
    facts: Vec<Known>,
    names: Names,
    /// Sorted by output.
    jobs: Vec<KeptJob>,
    /// Which of them has the output of each job of the plan.
    of_plan: Vec<Option<usize>>,
    /// The names of this site.
    now: Names,
    /// The number of the last build that rendered anything; 0 where nothing is known of any.
    build: u32,
}

/// A fact of the last build.
enum Known {
    /// It says the same now.
    Same(Fact, Checksum),
    /// It says something else, or what it was about is gone; with the ids of then.
    Changed(Fact),
    /// No job read it any more.
    Unread,
}

/// A job of the last build, by its place among them.
#[derive(Clone, Copy)]
pub(super) struct PastJob(usize);

/// Why a job of this build cannot be left as the last one made it.
#[derive(Clone, Copy)]
pub(super) enum Again<'a> {
    /// Nothing is known of the last build.
    All,
    /// The last build had no such output.
    New,
    /// It made something else there.
    Other,
    /// Something that this job of the last build read has changed.
    Changed(&'a KeptJob),
    /// The file that is copied has changed.
    Copied(&'a RelPath),
    /// Its output was touched.
    Touched,
}

impl Past {
    /// Asks every fact of the last build once more; each once, however many jobs read it.
    pub(super) fn of(reads: Option<Reads>, renderer: &Renderer, plan: &Plan) -> Self {
        let Reads { facts, jobs, names, build } = reads.unwrap_or_default();
        let outputs = || same_outputs(&plan.jobs, &jobs);
        let ((now, of_plan), ()) =
            rayon::join(|| rayon::join(|| renderer.names(), outputs), || renderer.list_addresses());
        let translator = Translator::between(&names, &now);
        let still = |fact: Option<(Fact, Checksum)>| {
            let Some((fact, checksum)) = fact else { return Known::Unread };
            match translator.fact(&fact).filter(|now| renderer.checksum(now) == checksum) {
                Some(now) => Known::Same(now, checksum),
                None => Known::Changed(fact),
            }
        };
        let facts = facts.into_par_iter().with_max_len(AT_ONCE).map(still).collect();
        Self { facts, names, jobs, of_plan, now, build }
    }

    /// The job of the last build that has the output of the job at a place of the plan, if it made the same and
    /// would do so again.
    ///
    /// # Errors
    /// Why it would not.
    pub(super) fn holds(&self, place: usize, identity: Checksum) -> Result<PastJob, Again<'_>> {
        let known = self.of_plan.get(place).copied().flatten();
        let Some((known, job)) = known.and_then(|known| Some((known, self.jobs.get(known)?))) else {
            return Err(if self.build == 0 { Again::All } else { Again::New });
        };
        if job.identity != identity {
            return Err(Again::Other);
        }
        let holds = |id: &u32| matches!(self.facts.get(*id as usize), Some(Known::Same(..)));
        if job.reads.iter().all(holds) { Ok(PastJob(known)) } else { Err(Again::Changed(job)) }
    }

    /// The number of this build, if it renders anything.
    pub(super) fn next(&self) -> u32 {
        self.build.saturating_add(1)
    }

    /// Why a job is rendered, to be kept.
    pub(super) fn why(&self, again: Again<'_>) -> Why {
        match again {
            Again::All => Why::All,
            Again::New => Why::New,
            Again::Other => Why::Other,
            Again::Touched => Why::Touched,
            Again::Copied(path) => {
                let file = Subject { aspect: Aspect::Copied, name: path.as_str().into() };
                Why::Changed(Box::new(Causes { first: vec![file], more: 0 }))
            }
            Again::Changed(job) => {
                let changed = job.reads.iter().filter_map(|id| match self.facts.get(*id as usize) {
                    Some(Known::Changed(fact)) => Some(self.names.subject(fact)),
                    _ => None,
                });
                let mut first: Vec<Subject> = changed.collect();
                first.sort_unstable();
                first.dedup();
                let more = first.len().saturating_sub(CAUSES) as u32;
                first.truncate(CAUSES);
                Why::Changed(Box::new(Causes { first, more }))
            }
        }
    }
}

/// For each job of a plan the place of the one with the same output among others; both are sorted by output.
fn same_outputs(plan: &[Job], jobs: &[KeptJob]) -> Vec<Option<usize>> {
    let mut known = InOrder::of(jobs.iter().enumerate());
    plan.iter().map(|job| known.find(|(_, known)| known.out.cmp(&job.out)).map(|(place, _)| *place)).collect()
}

/// What the jobs of this build have read, gathered for the next one.
#[derive(Default)]
pub(super) struct Gathering {
    /// The jobs of the last build that were left as they are.
    kept: Vec<PastJob>,
    /// The facts that the jobs of this build have read.
    facts: Facts,
    jobs: Vec<KeptJob>,
}

impl Gathering {
    /// Takes over jobs that were not rendered.
    pub(super) fn keep(&mut self, jobs: &[PastJob]) {
        self.kept.extend(jobs);
    }

    /// Takes the jobs of a worker, and the facts that its jobs name by their places.
    pub(super) fn add(&mut self, facts: Facts, jobs: Vec<KeptJob>) {
        if self.facts.is_empty() {
            // As long as there are no others, places are as the worker has given them.
            self.facts = facts;
            self.jobs.extend(jobs);
            return;
        }
        let places: Vec<u32> = facts.into_iter().map(|fact| self.facts.insert_full(fact).0 as u32).collect();
        self.jobs.extend(jobs.into_iter().map(|job| moved(job, &places)));
    }

    /// Everything, with the checksums of all facts. Those of the last build that a job still reads stay in their
    /// places; new ones take the places of those that no job reads, and come behind them.
    pub(super) fn finish(self, past: Past, renderer: &Renderer) -> Reads {
        let Self { kept, facts: new, jobs: made } = self;
        let mut is_kept = vec![false; past.jobs.len()];
        for PastJob(place) in kept {
            is_kept.get_mut(place).into_iter().for_each(|is_kept| *is_kept = true);
        }
        let kept = past.jobs.into_iter().zip(is_kept).filter_map(|(job, is_kept)| is_kept.then_some(job));
        let mut jobs: Vec<KeptJob> = kept.collect();
        let mut is_read = vec![false; past.facts.len()];
        for id in jobs.iter().flat_map(|job| &job.reads) {
            is_read.get_mut(*id as usize).into_iter().for_each(|is_read| *is_read = true);
        }
        let still = |(known, is_read): (Known, bool)| match known {
            Known::Same(fact, checksum) if is_read => Some((fact, checksum)),
            _ => None,
        };
        let mut facts: Vec<Option<(Fact, Checksum)>> = past.facts.into_iter().zip(is_read).map(still).collect();
        let places = settle(&mut facts, new, renderer);
        jobs.extend(made.into_iter().map(|job| moved(job, &places)));
        // Two lists in order: a sort that finds them has little to do.
        jobs.sort_by(|a, b| a.out.cmp(&b.out));
        let build = jobs.iter().map(|job| job.build).fold(past.build, u32::max);
        Reads { names: past.now, facts, jobs, build }
    }
}

/// Adds new facts to known ones, and tells where each of them is.
fn settle(facts: &mut Vec<Option<(Fact, Checksum)>>, new: Facts, renderer: &Renderer) -> Vec<u32> {
    let mut places: Vec<Option<u32>> = vec![None; new.len()];
    let mut free = Vec::new();
    for (place, known) in facts.iter().enumerate() {
        match known {
            None => free.push(place),
            // Where nothing was rendered, nothing is new.
            Some((fact, _)) if !new.is_empty() => {
                let twin = new.get_index_of(fact).and_then(|twin| places.get_mut(twin));
                twin.into_iter().for_each(|twin| *twin = Some(place as u32));
            }
            Some(_) => {}
        }
    }
    let fresh = new.into_iter().zip(&places).filter(|(_, place)| place.is_none()).map(|(fact, _)| fact);
    let fresh: Vec<Fact> = fresh.collect();
    let checked = fresh.into_par_iter().with_max_len(AT_ONCE).map(|fact| {
        let checksum = renderer.checksum(&fact);
        (fact, checksum)
    });
    let checked: Vec<(Fact, Checksum)> = checked.collect();
    facts.reserve(checked.len().saturating_sub(free.len()));
    let mut free = free.into_iter();
    for (fact, place) in checked.into_iter().zip(places.iter_mut().filter(|place| place.is_none())) {
        let vacant = free.next().unwrap_or(facts.len());
        match facts.get_mut(vacant) {
            Some(slot) => *slot = Some(fact),
            None => facts.push(Some(fact)),
        }
        *place = Some(vacant as u32);
    }
    places.into_iter().flatten().collect()
}

/// A job whose facts have new places.
fn moved(job: KeptJob, places: &[u32]) -> KeptJob {
    let mut reads = Vec::with_capacity(job.reads.len());
    reads.extend(job.reads.iter().filter_map(|id| places.get(*id as usize)));
    KeptJob { reads: reads.into(), ..job }
}
