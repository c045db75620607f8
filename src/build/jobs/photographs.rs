//! The files that are made of one photograph: it is decoded once for all of them, or not at all.

use super::super::error::OutputError;
use super::{Jobs, Share};
use crate::base::path::RelPath;
use crate::images::Rendition;
use crate::render::{Job, Task};
use crate::site::Picture;
use crate::site::pictures::unmade;
use crate::site::routes::Route;

/// A picture with the jobs of what is made of it, and their places in the plan.
pub(super) struct Photograph<'a> {
    path: &'a RelPath,
    picture: &'a Picture,
    jobs: Vec<(usize, &'a Job, Rendition)>,
}

impl Jobs<'_> {
    /// The photographs of the plan.
    pub(super) fn photographs(&self) -> Vec<Photograph<'_>> {
        let pictures = &self.renderer.site().pictures;
        let mut all: Vec<Photograph<'_>> = Vec::new();
        if pictures.is_empty() {
            return all;
        }
        let mut jobs: Vec<(&RelPath, usize, usize, &Job)> = Vec::new();
        for (place, job) in self.plan.jobs.iter().enumerate() {
            if let Task::Route(Route::Picture(path, number)) = &job.task {
                jobs.push((path, *number, place, job));
            }
        }
        jobs.sort_unstable_by_key(|(path, number, ..)| (*path, *number));
        for group in jobs.chunk_by(|a, b| a.0 == b.0) {
            let Some((path, picture)) = group.first().and_then(|(path, ..)| pictures.get_key_value(*path)) else {
                continue;
            };
            let jobs = group
                .iter()
                .filter_map(|(_, number, place, job)| Some((*place, *job, picture.made.get(*number)?.rendition)));
            all.push(Photograph { path, picture, jobs: jobs.collect() });
        }
        all
    }

    /// Brings what is made of a photograph to the stage, unless it is there as the last build left it.
    pub(super) fn photograph(&self, photograph: &Photograph<'_>, share: &mut Share) -> Result<(), OutputError> {
        let Photograph { path, picture, jobs } = photograph;
        let mut missing = Vec::new();
        for (place, job, rendition) in jobs {
            self.observer.step();
            let Some(due) = self.due(*place, job, share) else { continue };
            match self.pictures.kept(&picture.content, *rendition) {
                Some(bytes) => self.note(&due, self.stage.put(&job.out, &bytes)?, share),
                None => missing.push((*rendition, due)),
            }
        }
        let wanted: Vec<Rendition> = missing.iter().map(|(rendition, _)| *rendition).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut staged = Ok(());
        let made = self.pictures.make((path, picture), &wanted, self.workspace, &mut |rendition, bytes| {
            if let (Some((_, due)), Ok(())) = (missing.iter().find(|(wanted, _)| *wanted == rendition), &staged) {
                staged = self.stage.put(&due.job.out, &bytes).map(|staged| self.note(due, staged, share));
            }
        });
        if let Err(fault) = made {
            let place = jobs.first().map_or(0, |(place, ..)| *place);
            share.problems.push((place, unmade(self.renderer.site(), path, fault)));
        }
        staged
    }
}
