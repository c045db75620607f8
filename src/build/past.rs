//! Which jobs need not be rendered again: those that make the same as in the last build, and to which
//! everything they read then would say the same now.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use indexmap::map::Entry;
use rayon::prelude::*;

use super::cache::{KeptJob, Reads};
use crate::base::checksum::Checksum;
use crate::base::path::OutPath;
use crate::render::{Fact, Names, Renderer, Translator};

/// The jobs of the last build, and what has become of the facts they read.
pub(super) struct Past {
    facts: Vec<Option<Known>>,
    jobs: HashMap<OutPath, KeptJob, FixedState>,
    /// The names of this site.
    names: Names,
}

/// A fact of the last build that says the same now.
struct Known {
    fact: Fact,
    checksum: Checksum,
}

impl Past {
    /// Asks every fact of the last build once more; each once, however many jobs read it.
    pub(super) fn of(reads: Option<Reads>, renderer: &Renderer) -> Self {
        let (reads, names) = (reads.unwrap_or_default(), renderer.names());
        let translator = Translator::between(&reads.names, &names);
        let still = |(fact, checksum): (Fact, Checksum)| {
            let fact = translator.fact(fact)?;
            (renderer.checksum(&fact) == checksum).then_some(Known { fact, checksum })
        };
        let facts = reads.facts.into_par_iter().map(still).collect();
        Self { facts, jobs: reads.jobs.into_iter().map(|job| (job.out.clone(), job)).collect(), names }
    }

    /// The job of the last build that made this output, if it made the same and would do so again.
    pub(super) fn holds(&self, out: &OutPath, identity: Checksum) -> Option<&KeptJob> {
        let job = self.jobs.get(out).filter(|job| job.identity == identity)?;
        let holds = |id: &u32| self.facts.get(*id as usize).is_some_and(Option::is_some);
        job.reads.iter().all(holds).then_some(job)
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
                let known = self.past.facts.get(*id as usize)?.as_ref()?;
                let (at, _) = self.facts.insert_full(known.fact.clone(), Some(known.checksum));
                *place = u32::try_from(at).ok();
            }
            *place
        });
        let reads = reads.collect();
        self.jobs.push(KeptJob { reads, ..job.clone() });
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
        Reads { names: self.past.names.clone(), facts, jobs }
    }
}
