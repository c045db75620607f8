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
    /// What comes first, and what is left of the walk: places in the plan.
    first: Vec<usize>,
    walk: Range<usize>,
    /// What was found since the walk began, and what was known before and not looked at since.
    found: BTreeMap<OutPath, Diagnostic>,
    before: BTreeMap<OutPath, Diagnostic>,
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
    /// Begins with everything; what was known before stays known until it is looked at, or the walk is over.
    pub(super) fn begin(&mut self, inner: &Inner) {
        let jobs = inner.shown().generation.as_ref().map_or(0, super::Generation::job_count);
        self.before.append(&mut self.found);
        self.first.clear();
        self.walk = 0..jobs;
    }

    /// Looks first at some pages, and at what could not be rendered: that may be mended now.
    pub(super) fn begin_with(&mut self, inner: &Inner, pages: &[PageId]) {
        let shown = inner.shown();
        let Some(generation) = &shown.generation else { return };
        let failed = self.found.keys().chain(self.before.keys()).filter_map(|out| generation.place(out));
        self.first.extend(failed.chain(generation.places_of(pages)));
    }

    /// Renders one page.
    pub(super) fn step(&mut self, inner: &Inner) -> Found {
        let Some(place) = self.first.pop().or_else(|| self.walk.next()) else {
            // The walk is over: what only an earlier one had found is gone with its output.
            let is_news = !std::mem::take(&mut self.before).is_empty();
            return Found { is_more: is_news, is_news };
        };
        let shown = inner.shown();
        let Some((out, problem)) = shown.generation.as_ref().and_then(|generation| generation.try_out(place)) else {
            return Found { is_more: true, is_news: false };
        };
        let known = self.before.remove(&out).or_else(|| self.found.remove(&out));
        let is_news = known != problem;
        self.found.extend(problem.map(|problem| (out, problem)));
        Found { is_more: true, is_news }
    }

    /// What is wrong with outputs. A mistake in a template that many of them meet is told once.
    pub(super) fn failures(&self, teller: &Teller<'_>) -> Vec<Problem> {
        let mut told: Vec<Problem> = Vec::new();
        for problem in self.before.values().chain(self.found.values()) {
            let resolved = places::resolve(std::iter::once(problem.clone()).collect::<Diagnostics>(), teller.workspace);
            for problem in resolved.iter().map(|problem| teller.problem(problem)) {
                if !told.iter().any(|known| known.is_same_mistake(&problem)) {
                    told.push(problem);
                }
            }
        }
        told
    }
}
