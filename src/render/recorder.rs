//! What a worker's template functions read and tell: its current job, what that job has read so far, and
//! what it found wrong.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::fast::FixedState;
use tera::Value;

use super::fact::{Fact, Facts};
use super::fragments::Fragment;
use super::plan::Task;
use crate::base::checksum::Checksum;
use crate::base::lang::{Lang, PerLang};
use crate::base::path::RelPath;
use crate::diag::Diagnostic;
use crate::site::PageId;

/// The job slot of a worker. Functions are registered once and called for job after job, inside
/// components too, whose scope in Tera is closed; so they share this with the worker.
#[derive(Debug, Default)]
pub(super) struct JobSlot(Mutex<JobState>);

#[derive(Debug, Default)]
struct JobState {
    lang: Option<Lang>,
    made: Made,
    problem: Option<Diagnostic>,
    /// What is made.
    task: Option<Task>,
    /// What the template of the whole output is given.
    given: Vec<(&'static str, Value)>,
    /// Every fact some job of this worker has read.
    facts: Facts,
    /// The last job that read each fact, so that a job counts it once.
    last: Vec<u32>,
    /// The places in `facts` of the strings of the theme and of summaries: most of what is read, and
    /// known by a number.
    texts: Places,
    summaries: Places,
    /// The fragments that jobs have shown.
    fragments: HashMap<Checksum, Shown, FixedState>,
    job: u32,
    reads: Vec<u32>,
    /// Whether the reads are those of a part, not of the whole job.
    is_apart: bool,
}

/// The places in `facts` of things that a language and a number name.
type Places = PerLang<Vec<Option<u32>>>;

/// A fragment that a job has shown.
#[derive(Clone, Debug)]
struct Shown {
    fragment: Arc<Fragment>,
    /// The places in `facts` of what was read for it.
    reads: Arc<[u32]>,
}

/// What the current job makes, for messages.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    /// The source file, or the address where there is none.
    pub name: String,
    /// The source file.
    pub file: Option<RelPath>,
}

impl JobSlot {
    /// Begins a job.
    pub(super) fn begin(&self, task: &Task, lang: Lang, made: Made) {
        let mut state = self.state();
        state.lang = Some(lang);
        state.made = made;
        state.task = Some(task.clone());
        state.given.clear();
        state.problem = None;
        state.job += 1;
        state.reads.clear();
        state.is_apart = false;
    }

    /// The language of the current job.
    pub(super) fn lang(&self) -> Lang {
        self.state().lang.unwrap_or(Lang::Vi)
    }

    /// What the current job makes.
    pub(super) fn made(&self) -> Made {
        self.state().made.clone()
    }

    /// Keeps what the template of the whole output is given, for functions that tell of the output.
    pub(super) fn show(&self, given: &[(&'static str, Value)]) {
        self.state().given.extend_from_slice(given);
    }

    /// What is made.
    pub(super) fn task(&self) -> Option<Task> {
        self.state().task.clone()
    }

    /// What is made, and what its template is given.
    pub(super) fn shown(&self) -> (Option<Task>, Vec<(&'static str, Value)>) {
        let state = self.state();
        (state.task.clone(), state.given.clone())
    }

    /// Notes that the current job has read something.
    pub(super) fn record(&self, fact: Fact) {
        let state = &mut *self.state();
        let place = state.place(fact);
        state.read(place);
    }

    /// Notes that the current job shows a fragment, and so has read all that it was made from; gives the fragment,
    /// which is looked for where no job of this worker has shown it yet.
    pub(super) fn record_fragment(
        &self,
        key: Checksum,
        find: impl FnOnce() -> Option<Arc<Fragment>>,
    ) -> Option<Arc<Fragment>> {
        let state = &mut *self.state();
        let Shown { fragment, reads } = match state.fragments.get(&key) {
            Some(known) => known.clone(),
            None => {
                let fragment = find()?;
                let reads = fragment.reads.iter().map(|fact| state.place(fact.clone())).collect();
                state.fragments.entry(key).or_insert(Shown { fragment, reads }).clone()
            }
        };
        reads.iter().for_each(|place| state.read(*place));
        Some(fragment)
    }

    /// Makes something that other jobs may show as well, and gives what was read for it, which the
    /// current job has then read too; `None` while something else is being made so.
    pub(super) fn apart<T>(&self, make: impl FnOnce() -> T) -> Option<(T, Vec<Fact>)> {
        let before = {
            let state = &mut *self.state();
            if state.is_apart {
                return None;
            }
            state.is_apart = true;
            state.job += 1;
            std::mem::take(&mut state.reads)
        };
        let made = make();
        let state = &mut *self.state();
        state.is_apart = false;
        state.job += 1;
        let own = std::mem::take(&mut state.reads);
        before.into_iter().chain(own.iter().copied()).for_each(|place| state.read(place));
        let facts = own.iter().filter_map(|place| state.facts.get_index(*place as usize)).cloned().collect();
        Some((made, facts))
    }

    /// Whether a part is being made that other jobs may show as well.
    pub(super) fn is_apart(&self) -> bool {
        self.state().is_apart
    }

    /// Notes that the current job has read a string of the theme.
    pub(super) fn record_text(&self, lang: Lang, text: usize) {
        self.record_numbered(|state| &mut state.texts, lang, text, Fact::Text(lang, text));
    }

    /// Notes that the current job has read what lists show of a page.
    pub(super) fn record_summary(&self, page: PageId, lang: Lang) {
        self.record_numbered(|state| &mut state.summaries, lang, page.0 as usize, Fact::Summary(page, lang));
    }

    fn record_numbered(&self, places: fn(&mut JobState) -> &mut Places, lang: Lang, number: usize, fact: Fact) {
        let state = &mut *self.state();
        let known = places(state).get(lang).get(number).copied().flatten();
        let place = known.unwrap_or_else(|| {
            let place = state.place(fact);
            let places = places(state).get_mut(lang);
            if places.len() <= number {
                places.resize(number + 1, None);
            }
            places.get_mut(number).into_iter().for_each(|slot| *slot = Some(place));
            place
        });
        state.read(place);
    }

    /// What the current job has read, by place in [`JobSlot::take_facts`].
    pub(super) fn reads(&self) -> Box<[u32]> {
        self.state().reads.as_slice().into()
    }

    /// The facts that the current job has read.
    pub(super) fn last_facts(&self) -> Vec<Fact> {
        let state = self.state();
        state.reads.iter().filter_map(|place| state.facts.get_index(*place as usize)).cloned().collect()
    }

    /// Everything jobs have read through this slot.
    pub(super) fn take_facts(&self) -> Facts {
        let mut state = self.state();
        (state.texts, state.summaries) = (Places::default(), Places::default());
        state.fragments.clear();
        std::mem::take(&mut state.facts)
    }

    /// Keeps what a function found wrong, which a template error could not carry.
    pub(super) fn report(&self, problem: Diagnostic) {
        self.state().problem.get_or_insert(problem);
    }

    /// What a function found wrong.
    pub(super) fn take_problem(&self) -> Option<Diagnostic> {
        self.state().problem.take()
    }

    fn state(&self) -> MutexGuard<'_, JobState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl JobState {
    /// The place of a fact among those that were read.
    fn place(&mut self, fact: Fact) -> u32 {
        let (place, is_new) = self.facts.insert_full(fact);
        if is_new {
            self.last.push(0);
        }
        place as u32
    }

    /// Counts a fact for the current job.
    fn read(&mut self, place: u32) {
        if let Some(last) = self.last.get_mut(place as usize).filter(|last| **last != self.job) {
            *last = self.job;
            self.reads.push(place);
        }
    }
}
