//! A generation: one linked site with its theme, from which every page is rendered until the next.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::FixedState;

use super::outputs::{Output, Outputs};
use crate::base::checksum::Checksum;
use crate::base::lang::Lang;
use crate::base::path::{OutPath, RelPath, UrlPath};
use crate::config::BaseUrl;
use crate::diag::Diagnostic;
use crate::render::{Fact, Job, Plan, Rendered, Renderer, Task, Worker};
use crate::serve::http::Bytes;
use crate::site::ledger::LedgerEntry;
use crate::site::relink::Relinked;
use crate::site::routes::Route;
use crate::site::urls::home_url;
use crate::site::{PageId, Site};

/// One site, ready to be shown.
pub(super) struct Generation {
    renderer: Renderer,
    /// The places of the jobs in `plan`, by their files.
    places: HashMap<OutPath, usize, FixedState>,
    plan: Plan,
    pub ledger: Vec<LedgerEntry>,
    workers: Mutex<Vec<Worker>>,
    /// The first revision with the ids of this site: what was rendered before it cannot be compared.
    first: u64,
    /// The state of the site: a number that no other state has.
    pub revision: u64,
}

impl Generation {
    pub(super) fn new(renderer: Renderer, plan: Plan, ledger: Vec<LedgerEntry>, revision: u64) -> Self {
        let places = plan.jobs.iter().enumerate().map(|(place, job)| (job.out.clone(), place)).collect();
        Self { renderer, places, plan, ledger, workers: Mutex::default(), first: revision, revision }
    }

    pub(super) fn site(&self) -> &Site {
        self.renderer.site()
    }

    /// The site, for a generation with another theme.
    pub(super) fn shared_site(&self) -> Arc<Site> {
        self.renderer.shared_site()
    }

    /// Where the portal lies on its host.
    pub(super) fn base(&self) -> &BaseUrl {
        &self.site().config.base_url
    }

    /// Where the same as a route answers in a language.
    pub(super) fn twin(&self, route: &Route, lang: Lang) -> Option<UrlPath> {
        self.renderer.twin(route, lang)
    }

    /// The job of a file.
    pub(super) fn job(&self, out: &OutPath) -> Option<&Job> {
        self.plan.jobs.get(self.place(out)?)
    }

    /// How many jobs there are.
    pub(super) fn job_count(&self) -> usize {
        self.plan.jobs.len()
    }

    /// The place of the job that makes a file.
    pub(super) fn place(&self, out: &OutPath) -> Option<usize> {
        self.places.get(out).copied()
    }

    /// The places of the jobs that make some pages.
    pub(super) fn places_of(&self, pages: &[PageId]) -> Vec<usize> {
        let urls = pages.iter().filter_map(|id| self.site().page(*id).url.out_path());
        urls.filter_map(|out| self.place(&out)).collect()
    }

    /// Renders the job at a place and keeps nothing of it; gives its file and what is wrong. `None` where
    /// nothing is rendered for it.
    pub(super) fn try_out(&self, place: usize) -> Option<(OutPath, Option<Diagnostic>)> {
        let job = self.plan.jobs.get(place)?;
        if matches!(job.task, Task::Asset(_) | Task::Static(_) | Task::Route(Route::File(_) | Route::Picture(..))) {
            return None;
        }
        let (rendered, _) = self.rendered(job);
        Some((job.out.clone(), rendered.err().map(|problem| *problem)))
    }

    /// Renders a job; gives what it has read, too.
    fn rendered(&self, job: &Job) -> (Rendered, Vec<Fact>) {
        let idle = self.workers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = idle.unwrap_or_else(|| self.renderer.worker());
        let rendered = worker.render(job);
        let facts = worker.last_facts();
        self.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        (rendered, facts)
    }

    /// The job that says that there is no page at a path: in its language where the path tells, else in
    /// both.
    pub(super) fn not_found(&self, path: &str) -> Option<&Job> {
        let config = &self.site().config;
        let other = config.default_language.other();
        let task = |job: &&Job| match &job.task {
            Task::NotFound(lang) => path.starts_with(home_url(config, other).as_str()) && *lang == other,
            _ => false,
        };
        let special = self.plan.jobs.iter().filter(|job| matches!(job.task, Task::NotFound(_))).find(task);
        special.or_else(|| self.plan.jobs.iter().find(|job| job.task == Task::NotFoundRoot))
    }

    /// The page that a job makes, or whose list it makes.
    pub(super) fn page_of(&self, job: &Job) -> Option<PageId> {
        let index = |section: crate::site::SectionId, lang: Lang| {
            let set = self.site().section(section).index?;
            *self.site().set(set).pages.get(lang)
        };
        match &job.task {
            Task::Route(Route::Page(page)) => Some(*page),
            Task::Route(Route::Home(lang)) => index(crate::site::SectionId(0), *lang),
            Task::Route(Route::Section { section, lang, .. }) => index(*section, *lang),
            _ => None,
        }
    }

    /// The bytes of a static file of the theme.
    pub(super) fn asset(&self, name: &str) -> Option<&[u8]> {
        self.renderer.asset(name)
    }

    /// The output of a job, rendered unless the one that is kept is right.
    ///
    /// # Errors
    /// Why it could not be rendered, with the last output that could, whatever it was made from.
    pub(super) fn output(&self, job: &Job, outputs: &Mutex<Outputs>) -> Result<Arc<Output>, Box<Failed>> {
        let lock = || outputs.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = lock().get(&job.out);
        if let Some((output, revision)) = &kept
            && self.is_right(output, *revision)
        {
            lock().put(&job.out, Arc::clone(output), self.revision);
            return Ok(Arc::clone(output));
        }
        let (rendered, facts) = self.rendered(job);
        match rendered {
            Ok(bytes) => {
                let version = Checksum::of(bytes.as_slice());
                let sources = self.sources(&facts);
                let with_checksum = |fact| {
                    let checksum = self.renderer.checksum(&fact);
                    (fact, checksum)
                };
                let reads = facts.into_iter().map(with_checksum).collect();
                let output = Arc::new(Output { bytes: Bytes::from(bytes), version, reads, sources });
                lock().put(&job.out, Arc::clone(&output), self.revision);
                Ok(output)
            }
            Err(problem) => Err(Box::new(Failed { problem: *problem, last: kept.map(|(output, _)| output) })),
        }
    }

    /// Whether an output that was right for a revision is right now.
    fn is_right(&self, output: &Output, revision: u64) -> bool {
        let holds = |(fact, checksum): &(Fact, Checksum)| self.renderer.checksum(fact) == *checksum;
        revision == self.revision || (revision >= self.first && output.reads.iter().all(holds))
    }

    /// The files of the pages that facts are about.
    fn sources(&self, facts: &[Fact]) -> Vec<RelPath> {
        let pages = facts.iter().filter_map(|fact| match fact {
            Fact::Page(id) | Fact::Summary(id, _) | Fact::Headline(id) | Fact::Targets(id) => Some(*id),
            _ => None,
        });
        let sources: BTreeSet<RelPath> = pages.map(|id| self.site().page(id).document.path.clone()).collect();
        sources.into_iter().collect()
    }

    /// Puts pages in the place of earlier ones; tells whether it could.
    pub(super) fn replace(&mut self, relinked: Relinked, revision: u64) -> bool {
        self.workers.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        if !self.renderer.replace(relinked.pages) {
            return false;
        }
        for entry in relinked.ledger {
            if let Some(known) = self.ledger.iter_mut().find(|known| known.path == entry.path) {
                *known = entry;
            }
        }
        self.revision = revision;
        true
    }
}

/// An output that could not be rendered.
#[derive(Debug)]
pub(super) struct Failed {
    pub problem: Diagnostic,
    /// The last one that could.
    pub last: Option<Arc<Output>>,
}
