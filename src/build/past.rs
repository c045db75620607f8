//! Which jobs need not be rendered again: those that make the same as in the last build, and to which
//! everything they read then would say the same now.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexSet;
use rayon::prelude::*;

use super::cache::{Causes, KeptJob, Reads, Why};
use crate::base::checksum::Checksum;
use crate::base::path::{OutPath, RelPath};
use crate::render::{Aspect, Fact, Names, Renderer, Subject, Translator};

/// How many causes are kept of a job that was rendered again.
const CAUSES: usize = 3;

/// The jobs of the last build, and what has become of the facts they read.
pub(super) struct Past {
    facts: Vec<Known>,
    names: Names,
    jobs: HashMap<OutPath, KeptJob, FixedState>,
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
}

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
    pub(super) fn of(reads: Option<Reads>, renderer: &Renderer) -> Self {
        let (reads, now) = (reads.unwrap_or_default(), renderer.names());
        let translator = Translator::between(&reads.names, &now);
        let still = |(fact, checksum): (Fact, Checksum)| match translator
            .fact(&fact)
            .filter(|now| renderer.checksum(now) == checksum)
        {
            Some(now) => Known::Same(now, checksum),
            None => Known::Changed(fact),
        };
        let Reads { facts, jobs, .. } = reads;
        let by_output = || jobs.into_iter().map(|job| (job.out.clone(), job)).collect();
        let (facts, jobs) = rayon::join(|| facts.into_par_iter().map(still).collect(), by_output);
        Self { facts, names: reads.names, now, jobs, build: reads.build }
    }

    /// The job of the last build that made this output, if it made the same and would do so again.
    ///
    /// # Errors
    /// Why it would not.
    pub(super) fn holds(&self, out: &OutPath, identity: Checksum) -> Result<&KeptJob, Again<'_>> {
        let Some(job) = self.jobs.get(out) else { return Err(if self.build == 0 { Again::All } else { Again::New }) };
        if job.identity != identity {
            return Err(Again::Other);
        }
        let holds = |id: &u32| matches!(self.facts.get(*id as usize), Some(Known::Same(..)));
        if job.reads.iter().all(holds) { Ok(job) } else { Err(Again::Changed(job)) }
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

/// What the jobs of this build have read, gathered for the next one.
pub(super) struct Gathering<'a> {
    past: &'a Past,
    /// The jobs of the last build that were left as they are.
    kept: Vec<&'a KeptJob>,
    /// The facts that the jobs of this build have read.
    facts: IndexSet<Fact, FixedState>,
    jobs: Vec<KeptJob>,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(past: &'a Past) -> Self {
        Self { past, kept: Vec::new(), facts: IndexSet::default(), jobs: Vec::new() }
    }

    /// Takes over jobs that were not rendered.
    pub(super) fn keep(&mut self, jobs: Vec<&'a KeptJob>) {
        self.kept.extend(jobs);
    }

    /// Takes the jobs of a worker, and the facts that its jobs name by their places.
    pub(super) fn add(&mut self, facts: Vec<Fact>, jobs: Vec<KeptJob>) {
        let places: Vec<Option<u32>> =
            facts.into_iter().map(|fact| Some(self.facts.insert_full(fact).0 as u32)).collect();
        self.jobs.extend(jobs.into_iter().map(|job| KeptJob { reads: moved(&job.reads, &places), ..job }));
    }

    /// Everything, with the checksums of all facts: first those of the last build that a job still reads.
    pub(super) fn finish(self, renderer: &Renderer) -> Reads {
        let Self { past, kept, facts: new, jobs } = self;
        let mut is_read = vec![false; past.facts.len()];
        for id in kept.iter().flat_map(|job| &job.reads) {
            is_read.get_mut(*id as usize).into_iter().for_each(|is_read| *is_read = true);
        }
        let mut facts: Vec<(Fact, Checksum)> = Vec::new();
        let mut places_of_kept: Vec<Option<u32>> = vec![None; past.facts.len()];
        let mut places_of_new: Vec<Option<u32>> = vec![None; new.len()];
        let known = past.facts.iter().zip(is_read).zip(&mut places_of_kept);
        for ((known, _), place) in known.filter(|((_, is_read), _)| *is_read) {
            let Known::Same(fact, checksum) = known else { continue };
            *place = Some(facts.len() as u32);
            // Where nothing was rendered, nothing is new.
            let twin = if new.is_empty() { None } else { new.get_index_of(fact) };
            twin.and_then(|twin| places_of_new.get_mut(twin)).into_iter().for_each(|twin| *twin = *place);
            facts.push((fact.clone(), *checksum));
        }
        let mut fresh = Vec::new();
        for (fact, place) in new.into_iter().zip(&mut places_of_new).filter(|(_, place)| place.is_none()) {
            *place = Some((facts.len() + fresh.len()) as u32);
            fresh.push(fact);
        }
        facts.par_extend(fresh.into_par_iter().map(|fact| {
            let checksum = renderer.checksum(&fact);
            (fact, checksum)
        }));
        let kept = kept.into_par_iter().map(|KeptJob { out, identity, reads, build, why }| {
            let reads = moved(reads, &places_of_kept);
            KeptJob { out: out.clone(), identity: *identity, reads, build: *build, why: why.clone() }
        });
        let made = jobs.into_par_iter().map(|job| KeptJob { reads: moved(&job.reads, &places_of_new), ..job });
        let mut jobs: Vec<KeptJob> = kept.chain(made).collect();
        jobs.par_sort_unstable_by(|a, b| a.out.cmp(&b.out));
        let build = jobs.iter().map(|job| job.build).fold(past.build, u32::max);
        Reads { names: past.now.clone(), facts, jobs, build }
    }
}

/// The new places of what a job read.
fn moved(reads: &[u32], places: &[Option<u32>]) -> Box<[u32]> {
    reads.iter().filter_map(|id| *places.get(*id as usize)?).collect()
}
