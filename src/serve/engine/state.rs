//! The state of a page as the browser is told of it (the protocol of the preview).

use serde_json::{Map, Value, json};

use super::generation::Generation;
use super::outputs::Output;
use super::problems::{Problem, Teller};
use super::shown::{Shown, Stage};
use super::{Inner, Look};
use crate::base::checksum::Checksum;
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::diag::{Arg, Catalog, Diagnostics};
use crate::render::{Fact, Job, Task};
use crate::serve::http::{Found, SitePath};
use crate::site::ledger::LedgerEntry;
use crate::site::publication::Shown as Visible;
use crate::site::{Page, PageId, ResolvedLink, Role, Site, TranslationState};
use crate::source::places;

/// The texts of the preview bar and of the overlay.
const TEXTS: [&str; 28] = [
    "preview.accept",
    "preview.accepted",
    "preview.bar",
    "preview.building",
    "preview.close",
    "preview.create",
    "preview.created",
    "preview.drafts",
    "preview.error",
    "preview.failed",
    "preview.fold",
    "preview.future",
    "preview.languages",
    "preview.lost",
    "preview.more",
    "preview.open-file",
    "preview.options",
    "preview.overlay-lead",
    "preview.overlay-lead-first",
    "preview.overlay-title",
    "preview.problems",
    "preview.problems-elsewhere",
    "preview.problems-here",
    "preview.progress",
    "preview.remedy",
    "preview.unfold",
    "preview.warning",
    "preview.rebuilt",
];

/// The state of the page at a path.
pub(super) fn state(inner: &Inner, path: &SitePath) -> Value {
    let options = &inner.options;
    let shown = inner.shown();
    let seen = shown.generation.as_ref().map(|generation| Seen::of(inner, generation, path));
    let mut overlay = Vec::new();
    let mut problems = Vec::new();
    for problem in &shown.problems {
        let is_here = match (&seen, &shown.generation) {
            (Some(seen), Some(generation)) => seen.concerns(problem, generation.site()),
            _ => true,
        };
        if problem.is_error() && is_here { &mut overlay } else { &mut problems }.push(json!(problem));
    }
    let own = seen.as_ref().and_then(|seen| seen.failure.as_ref());
    let elsewhere = shown.failures.iter().filter(|problem| own.is_none_or(|own| !own.is_same_mistake(problem)));
    problems.extend(elsewhere.map(|problem| json!(problem)));
    overlay.extend(own.map(|problem| json!(problem)));
    let progress = (shown.stage == Stage::Starting).then(|| inner.counter.progress());
    let texts = TEXTS.map(|key| (key.trim_start_matches("preview.").to_owned(), json!(options.catalog.text(key))));
    json!({
        "program": inner.program.to_string(),
        "generation": shown.number,
        "stage": shown.stage.name(),
        "progress": progress.map(|progress| json!({"done": progress.done, "all": progress.all})),
        "page": seen.map(|seen| seen.page),
        "overlay": overlay,
        "problems": problems,
        "last": last(&shown, &options.catalog),
        "options": {
            "drafts": shown.preview.drafts == Visible::Shown,
            "future": shown.preview.future == Visible::Shown,
        },
        "lang": options.catalog.lang().tag(),
        "text": Map::from_iter(texts),
    })
}

/// What was done last, and how long it took.
fn last(shown: &Shown, catalog: &Catalog) -> Option<Value> {
    let work = shown.last?;
    let milliseconds = u64::try_from(work.time.as_millis()).unwrap_or(u64::MAX);
    let args = [("count", Arg::from(work.pages)), ("ms", Arg::Text(milliseconds.to_string()))];
    Some(json!({
        "rendered": work.pages,
        "milliseconds": milliseconds,
        "text": catalog.fill("preview.rebuilt", &args),
    }))
}

/// A page as it is seen.
struct Seen {
    page: Value,
    /// The files of the content it shows something of, and those that are the same page in another language.
    sources: Vec<RelPath>,
    /// Whether there is such a page.
    found: Found,
    /// Why it could not be rendered.
    failure: Option<Problem>,
}

impl Seen {
    fn of(inner: &Inner, generation: &Generation, path: &SitePath) -> Self {
        let (job, output, found) = match inner.look(generation, path.as_str()) {
            Look::Page(job, output, found) => (job, output, found),
            // What was a page before is loaded anew, so that the browser goes where the address leads now.
            Look::Moved(to) => return Self::no_page(path, Some(Checksum::of(&to))),
            Look::File(file) => return Self::no_page(path, Some(file.version)),
            Look::Photograph(asked) => return Self::no_page(path, Some(asked.version())),
            Look::Nothing => return Self::no_page(path, None),
        };
        let (output, failure) = match output {
            Ok(output) => (Some(output), None),
            Err(failed) => {
                let options = &inner.options;
                let workspace = options.workspace.as_ref();
                let teller = Teller { catalog: &options.catalog, workspace, editor: &options.editor };
                let found: Diagnostics = std::iter::once(failed.problem.clone()).collect();
                let found = places::resolve(found, workspace);
                (failed.last, found.iter().next().map(|problem| teller.problem(problem)))
            }
        };
        let site = generation.site();
        let own = generation.page_of(&job);
        let mut sources = output.as_ref().map(|output| output.sources.clone()).unwrap_or_default();
        for (_, page) in own.iter().flat_map(|id| site.set_of(*id).pages.iter()) {
            sources.extend(page.map(|id| site.page(id).document.path.clone()));
        }
        let about = About { inner, generation, job: &job, own, found };
        let page = about.json(path, output.as_deref());
        Self { page, sources, found, failure }
    }

    /// An address that leads elsewhere or to something of which nothing can be told.
    fn no_page(path: &SitePath, version: Option<Checksum>) -> Self {
        let page = json!({
            "version": version.map(|version| version.to_string()),
            "path": path.as_str(),
            "found": version.is_some(),
            "file": null,
            "editor": null,
            "status": {"kind": "none", "text": ""},
            "translation": no_translation(),
            "languages": [],
            "files": {},
        });
        Self { page, sources: Vec::new(), found: Found::Yes, failure: None }
    }

    /// Whether a problem may be why what is shown is not what it should be. Where there is no page, it
    /// may be one of whose file nothing could be used so far.
    fn concerns(&self, problem: &Problem, site: &Site) -> bool {
        let is_unused =
            |file: &RelPath| file.extension() == "md" && !site.pages.iter().any(|page| page.document.path == *file);
        problem.is_everywhere()
            || problem.is_about(&self.sources)
            || (self.found == Found::Missing && problem.file().is_some_and(is_unused))
    }
}

/// What is told of the translation of something that has none.
fn no_translation() -> Value {
    json!({"kind": "none", "text": "", "create": false, "accept": false})
}

/// What is told of one page.
struct About<'a> {
    inner: &'a Inner,
    generation: &'a Generation,
    job: &'a Job,
    /// The page it is, or whose list it is.
    own: Option<PageId>,
    found: Found,
}

impl About<'_> {
    fn json(&self, path: &SitePath, output: Option<&Output>) -> Value {
        let page = self.own.map(|id| self.generation.site().page(id));
        let file = page.map(|page| &page.document.path);
        json!({
            "version": output.map(|output| output.version.to_string()),
            "path": path.as_str(),
            "found": self.found == Found::Yes,
            "file": file,
            "editor": file.map(|file| self.inner.options.editor.link(file, None)),
            "status": page.map_or_else(|| self.kind("none", "", &[]), |page| self.status(page)),
            "translation": self.own.map_or_else(no_translation, |id| self.translation(id)),
            "languages": self.languages(),
            "files": self.files(page, output),
        })
    }

    /// Something of a kind with a text of the catalogue.
    fn kind(&self, kind: &str, key: &str, args: &[(&'static str, Arg)]) -> Value {
        let text = if key.is_empty() { String::new() } else { self.inner.options.catalog.fill(key, args) };
        json!({"kind": kind, "text": text})
    }

    /// Whether readers see it, and until or from when.
    fn status(&self, page: &Page) -> Value {
        let now = self.generation.site().now.at;
        let entry: Option<&LedgerEntry> = self.generation.ledger.iter().find(|entry| entry.path == page.document.path);
        let (appears, goes) = entry.map_or((None, None), |entry| (entry.schedule.appears, entry.schedule.goes));
        let at = |moment: Moment| [("moment", Arg::Text(moment.to_the_minute()))];
        match (appears.filter(|appears| appears.at > now), goes) {
            _ if self.is_draft(page) => self.kind("draft", "preview.status-draft", &[]),
            (Some(appears), _) => self.kind("scheduled", "preview.status-scheduled", &at(appears)),
            _ if page.meta.withdrawn.is_some() => self.kind("withdrawn", "preview.status-withdrawn", &[]),
            (None, Some(goes)) => self.kind("ending", "preview.status-ending", &at(goes)),
            (None, None) => self.kind("published", "preview.status-published", &[]),
        }
    }

    /// Whether a page is a draft, or belongs to one: a translation to its original, a page to its sections.
    fn is_draft(&self, page: &Page) -> bool {
        let site = self.generation.site();
        let of_set = |set| {
            let original = site.page_for(set, site.config.default_language);
            original.is_some_and(|id| site.page(id).document.facts.front.draft)
        };
        let mut section = site.section(site.set(page.set).section);
        let mut above = vec![section.index];
        while site.section(section.parent).key != section.key {
            section = site.section(section.parent);
            above.push(section.index);
        }
        page.document.facts.front.draft || of_set(page.set) || above.into_iter().flatten().any(of_set)
    }

    /// How it stands to its translation or original.
    fn translation(&self, id: PageId) -> Value {
        let site = self.generation.site();
        let page = site.page(id);
        let set = site.set(page.set);
        let other = page.lang.other();
        // It may be there and not be shown: a draft, say.
        let is_there = || self.generation.ledger.iter().any(|entry| entry.key == set.key && entry.lang == other);
        let is_missing = set.pages.get(other).is_none() && set.role == Role::Page;
        let language = match other {
            Lang::Vi => "preview.vietnamese",
            Lang::En => "preview.english",
        };
        let named = || vec![("language", Arg::key(language))];
        let (kind, key, args) = match page.translation {
            TranslationState::Original if is_missing && is_there() => ("hidden", "preview.translation-hidden", named()),
            TranslationState::Original if is_missing => ("missing", "preview.translation-missing", named()),
            TranslationState::Original => ("original", "preview.translation-original", Vec::new()),
            TranslationState::Current => ("current", "preview.translation-current", Vec::new()),
            TranslationState::Unconfirmed => ("unconfirmed", "preview.translation-unconfirmed", Vec::new()),
            TranslationState::Outdated(_) => ("outdated", "preview.translation-outdated", Vec::new()),
        };
        let accept = matches!(page.translation, TranslationState::Unconfirmed | TranslationState::Outdated(_));
        json!({
            "kind": kind,
            "text": self.inner.options.catalog.fill(key, &args),
            "create": kind == "missing",
            "accept": accept && matches!(self.job.task, Task::Route(crate::site::routes::Route::Page(_))),
        })
    }

    /// The same in other languages.
    fn languages(&self) -> Vec<Value> {
        let site = self.generation.site();
        let Task::Route(route) = &self.job.task else { return Vec::new() };
        let others = Lang::ALL.into_iter().filter_map(|lang| {
            let url = self.generation.twin(route, lang)?;
            (url != self.job.url).then(|| {
                let name = site.config.languages.get(lang).name.as_str();
                json!({"lang": lang.tag(), "name": name, "url": site.config.base_url.href(&url)})
            })
        });
        others.collect()
    }

    /// The pictures it shows, its own and those of the pages it lists, by their addresses, which say nothing
    /// of what is in them.
    fn files(&self, own: Option<&Page>, output: Option<&Output>) -> Map<String, Value> {
        let site = self.generation.site();
        let read = output.into_iter().flat_map(|output| &output.reads).filter_map(|(fact, _)| match fact {
            Fact::Page(id) | Fact::Summary(id, _) => site.pages.get(id.0 as usize)?.meta.image.as_ref(),
            _ => None,
        });
        let leading = read.filter_map(|image| site.files.get_key_value(&image.file));
        let in_text = own.into_iter().flat_map(|page| &page.images).filter_map(|link| match link {
            ResolvedLink::File(path, _) => site.files.get_key_value(path),
            _ => None,
        });
        // What is made of photographs has another address when it is another.
        let copied =
            leading.chain(in_text).filter(|(path, _)| site.pictures.get(*path).is_none_or(|p| p.made.is_empty()));
        let stamped = copied.filter_map(|(path, url)| {
            let stamp = self.inner.options.workspace.stamp(path)?;
            Some((site.config.base_url.href(url), json!(Checksum::of(&stamp).to_string())))
        });
        stamped.collect()
    }
}
