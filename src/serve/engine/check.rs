//! Rendering, while nothing else is to be done, what nobody has asked for: to find what is wrong with it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Inner;
use super::problems::{Problem, Teller};
use crate::base::path::OutPath;
use crate::diag::{Diagnostic, Diagnostics};
use crate::site::PageId;
use crate::source::places;

/// A walk through the jobs of a generation.
#[derive(Debug, Default)]
pub(super) struct Check {
    /// What is still to be rendered, by its place in the plan.
    rest: Rest,
    /// What this walk has found, and what the one before it had.
    found: BTreeMap<OutPath, Diagnostic>,
    before: BTreeMap<OutPath, Diagnostic>,
}

/// The jobs that are still to be rendered.
#[derive(Debug)]
enum Rest {
    All(Range<usize>),
    Some(Vec<usize>),
}

impl Default for Rest {
    fn default() -> Self {
        Self::Some(Vec::new())
    }
}

/// What one step has brought.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Whether there was a step to take.
    pub is_more: bool,
    /// Whether other problems are known than before.
    pub is_news: bool,
}

impl Check {
    /// Begins with everything; what was known before stays known until the end.
    pub(super) fn begin(&mut self, inner: &Inner) {
        let jobs = inner.shown().generation.as_ref().map_or(0, super::Generation::job_count);
        self.before = std::mem::take(&mut self.found);
        self.rest = Rest::All(0..jobs);
    }

    /// Looks at some pages first; what is left of an earlier walk stays to be done.
    pub(super) fn begin_with(&mut self, inner: &Inner, pages: &[PageId]) {
        let shown = inner.shown();
        let Some(generation) = &shown.generation else { return };
        let places = generation.places_of(pages);
        match &mut self.rest {
            // They come anyway.
            Rest::All(rest) if rest.start < rest.end => {}
            Rest::All(_) => self.rest = Rest::Some(places),
            Rest::Some(rest) => rest.extend(places),
        }
    }

    /// Renders one page.
    pub(super) fn step(&mut self, inner: &Inner) -> Found {
        let (place, is_walk) = match &mut self.rest {
            Rest::All(rest) => (rest.next(), true),
            Rest::Some(rest) => (rest.pop(), false),
        };
        let Some(place) = place else {
            // The walk is over: what only the one before it had found is mended.
            let is_news = is_walk && !std::mem::take(&mut self.before).is_empty();
            self.rest = Rest::default();
            return Found { is_more: is_walk, is_news };
        };
        let shown = inner.shown();
        let Some((out, problem)) = shown.generation.as_ref().and_then(|generation| generation.try_out(place)) else {
            return Found { is_more: true, is_news: false };
        };
        let known = self.found.get(&out).or(self.before.get(&out)).cloned();
        let is_news = known != problem;
        self.before.remove(&out);
        match problem {
            Some(problem) => drop(self.found.insert(out, problem)),
            None => drop(self.found.remove(&out)),
        }
        Found { is_more: true, is_news }
    }

    /// What is wrong with which output.
    pub(super) fn failures(&self, teller: &Teller<'_>) -> Vec<(OutPath, Problem)> {
        let known = self.before.iter().filter(|(out, _)| !self.found.contains_key(*out)).chain(&self.found);
        let told = known.filter_map(|(out, problem)| {
            let resolved = places::resolve(std::iter::once(problem.clone()).collect::<Diagnostics>(), teller.workspace);
            Some((out.clone(), teller.problem(resolved.iter().next()?)))
        });
        told.collect()
    }
}
