//! Which jobs need not be rendered again: those that make the same as in the last build, and to which
//! everything they read then would say the same now.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use indexmap::map::Entry;
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
        let facts = reads.facts.into_par_iter().map(still).collect();
        let jobs = reads.jobs.into_iter().map(|job| (job.out.clone(), job)).collect();
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
    /// The places in `facts` of the facts of the last build.
    known: Vec<Option<u32>>,
    facts: IndexMap<Fact, Option<Checksum>, FixedState>,
    jobs: Vec<KeptJob>,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(past: &'a Past) -> Self {
        let known = vec![None; past.facts.len()];
        Self { past, known, facts: IndexMap::default(), jobs: Vec::new() }
    }

    /// Takes over a job that was not rendered.
    pub(super) fn keep(&mut self, job: &KeptJob) {
        let reads = job.reads.iter().filter_map(|id| {
            let place = self.known.get_mut(*id as usize)?;
            if place.is_none() {
                let Known::Same(fact, checksum) = self.past.facts.get(*id as usize)? else { return None };
                let (at, _) = self.facts.insert_full(fact.clone(), Some(*checksum));
                *place = u32::try_from(at).ok();
            }
            *place
        });
        let KeptJob { out, identity, reads: _, build, why } = job;
        let (out, reads, why) = (out.clone(), reads.collect(), why.clone());
        self.jobs.push(KeptJob { out, identity: *identity, reads, build: *build, why });
    }

    /// Takes the jobs of a worker, and the facts that its jobs name by their places.
    pub(super) fn add(&mut self, facts: Vec<Fact>, jobs: Vec<KeptJob>) {
        let mut place = |fact| match self.facts.entry(fact) {
            Entry::Occupied(known) => known.index() as u32,
            Entry::Vacant(new) => new.insert_entry(None).index() as u32,
        };
        let places: Vec<u32> = facts.into_iter().map(&mut place).collect();
        for mut job in jobs {
            let places = job.reads.iter().filter_map(|id| places.get(*id as usize).copied());
            job.reads = places.collect();
            self.jobs.push(job);
        }
    }

    /// Everything, with the checksums of all facts.
    pub(super) fn finish(self, renderer: &Renderer) -> Reads {
        let with_checksum = |(fact, checksum): (Fact, Option<Checksum>)| {
            let checksum = checksum.unwrap_or_else(|| renderer.checksum(&fact));
            (fact, checksum)
        };
        let facts: Vec<_> = self.facts.into_iter().collect();
        let facts = facts.into_par_iter().map(with_checksum).collect();
        let mut jobs = self.jobs;
        jobs.par_sort_unstable_by(|a, b| a.out.cmp(&b.out));
        let build = jobs.iter().map(|job| job.build).fold(self.past.build, u32::max);
        Reads { names: self.past.now.clone(), facts, jobs, build }
    }
}
