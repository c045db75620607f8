//! The plan: every output with its address, before anything is rendered; two outputs for one
//! address are found here.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::base::checksum::Checksum;
use crate::base::lang::Lang;
use crate::base::path::{OutPath, RelPath, UrlPath};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};
use crate::site::routes::{Addressed, Route};
use crate::site::urls::home_url;
use crate::site::{SectionId, Site};
use crate::theme::Theme;

use super::sitemap;

/// One output to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What is made.
    pub task: Task,
    /// Its address.
    pub url: UrlPath,
    /// Its file.
    pub out: OutPath,
}

impl Job {
    /// What is made, by names instead of the ids of one site: two jobs of equal identity make the same
    /// thing, if perhaps with other bytes.
    #[must_use]
    pub fn identity(&self, site: &Site) -> Checksum {
        let section = |id: &SectionId| site.section(*id).key.as_str();
        let of = |kind: &str, name: &str| named(kind, name, &self.url);
        match &self.task {
            Task::Route(Route::Page(page)) => of(PAGE, site.page(*page).document.path.as_str()),
            Task::Route(Route::Section { section: id, lang, number }) => {
                Checksum::of(&("section", section(id), lang, number, &self.url))
            }
            Task::Route(Route::Archive { section: id, lang, year, month, number }) => {
                Checksum::of(&("archive", section(id), lang, year, month, number, &self.url))
            }
            Task::Route(Route::Term { vocabulary, term, lang, number }) => {
                let id = site.vocabularies.get(vocabulary).and_then(|terms| terms.get(*term)).map(|term| &term.id);
                Checksum::of(&("term", vocabulary, id, lang, number, &self.url))
            }
            Task::Route(Route::Feed { lang, section: id }) => {
                Checksum::of(&("feed", lang, id.as_ref().map(section), &self.url))
            }
            Task::Route(Route::Redirect(index)) => {
                let to = site.redirects.get(*index).map(|redirect| &site.page(redirect.to).document.path);
                Checksum::of(&("redirect", to, &self.url))
            }
            Task::Route(Route::File(path)) | Task::Static(path) => of(FILE, path.as_str()),
            Task::Route(Route::Picture(path, _)) => of(PICTURE, path.as_str()),
            Task::Route(Route::Terms { vocabulary, lang }) => Checksum::of(&("terms", vocabulary, lang, &self.url)),
            Task::Route(Route::Calendar { lang, month }) => Checksum::of(&("calendar", lang, month, &self.url)),
            Task::Route(Route::CalendarFile(lang)) => of("calendar-file", lang.tag()),
            Task::Route(Route::EventFile(page)) => of("event-file", site.page(*page).document.path.as_str()),
            Task::Route(Route::OpenData { dataset, lang }) => Checksum::of(&("data", dataset, lang, &self.url)),
            Task::Route(Route::Home(lang)) => of("home", lang.tag()),
            Task::Route(Route::SiteMap(lang)) => of("sitemap", lang.tag()),
            Task::NotFound(lang) => of("not-found", lang.tag()),
            Task::SitemapPart(part) => of("sitemap-part", &part.to_string()),
            Task::Asset(name) => of(ASSET, name),
            Task::NotFoundRoot => of("not-found-root", ""),
            Task::Sitemap => of("sitemap-xml", ""),
            Task::Robots => of("robots", ""),
            Task::Headers => of("headers", ""),
            Task::Redirects => of("redirects", ""),
        }
    }

    /// The language of what is made; that of the site where it has none of its own.
    pub(super) fn lang(&self, site: &Site) -> Lang {
        let default = site.config.default_language;
        match &self.task {
            Task::Route(Route::Page(page) | Route::EventFile(page)) => site.page(*page).lang,
            Task::Route(
                Route::Home(lang)
                | Route::Section { lang, .. }
                | Route::Archive { lang, .. }
                | Route::Terms { lang, .. }
                | Route::Term { lang, .. }
                | Route::SiteMap(lang)
                | Route::Calendar { lang, .. }
                | Route::CalendarFile(lang)
                | Route::OpenData { lang, .. }
                | Route::Feed { lang, .. },
            )
            | Task::NotFound(lang) => *lang,
            Task::Route(Route::Redirect(index)) => {
                site.redirects.get(*index).map_or(default, |redirect| site.page(redirect.to).lang)
            }
            _ => default,
        }
    }
}

/// The kinds of what is made from one file.
const PAGE: &str = "page";
const FILE: &str = "file";
const PICTURE: &str = "picture";
const ASSET: &str = "asset";

/// The identity of what has a kind, a name and an address.
fn named(kind: &str, name: &str, url: &UrlPath) -> Checksum {
    Checksum::of(&(kind, name, url))
}

/// Whether the job of an identity makes a page or picture of this file, or copies it.
#[must_use]
pub fn is_made_from(identity: Checksum, out: &OutPath, path: &RelPath) -> bool {
    let name = path.as_str();
    let asset = path.strip_prefix("themes").and_then(|path| path.split_once("/static/"));
    addresses(out).iter().any(|url| {
        [PAGE, FILE, PICTURE].iter().any(|kind| identity == named(kind, name, url))
            || asset.is_some_and(|(_, asset)| identity == named(ASSET, asset, url))
    })
}

/// The addresses that an output file may answer.
fn addresses(out: &OutPath) -> Vec<UrlPath> {
    let file = UrlPath::root().file(out.as_str());
    let folder = file.as_str().strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
    let folder = folder.map(|folder| UrlPath::root().file(folder.trim_start_matches('/')));
    folder.into_iter().chain([file]).collect()
}

/// What a job makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Something with an address of the site.
    Route(Route),
    /// "Not found" in one language.
    NotFound(Lang),
    /// "Not found" in both languages, at the root.
    NotFoundRoot,
    /// `sitemap.xml`, or the index of its parts.
    Sitemap,
    /// A part of a sitemap too large for one file, from 1.
    SitemapPart(usize),
    /// `robots.txt`.
    Robots,
    /// `_headers`.
    Headers,
    /// `_redirects`.
    Redirects,
    /// A static file of the theme, by name.
    Asset(String),
    /// A file of `static/`, from the workspace.
    Static(RelPath),
}

/// All outputs of a build, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The jobs.
    pub jobs: Vec<Job>,
}

impl Plan {
    /// Plans all outputs.
    #[must_use]
    pub fn of(site: &Site, routes: Vec<Addressed>, theme: &Theme, static_files: &[RelPath]) -> Self {
        let indexable = routes.par_iter().filter(|addressed| sitemap::may_index(site, &addressed.route)).count();
        let job = |task: Task, url: UrlPath| url.out_path().map(|out| Job { task, url, out });
        let of_route = |Addressed { route, url }: Addressed| {
            let url = match &route {
                Route::Redirect(index) => UrlPath::parse(&format!("/{}", site.redirects.get(*index)?.out))?,
                _ => url,
            };
            job(Task::Route(route), url)
        };
        let mut jobs: Vec<Job> = routes.into_par_iter().filter_map(of_route).collect();
        let mut add = |task: Task, url: UrlPath| jobs.extend(job(task, url));
        let root = UrlPath::root();
        add(Task::NotFoundRoot, root.file("404.html"));
        let other = site.config.default_language.other();
        add(Task::NotFound(other), home_url(&site.config, other).file("404.html"));
        add(Task::Sitemap, root.file("sitemap.xml"));
        for part in sitemap::parts(indexable) {
            add(Task::SitemapPart(part), sitemap::part_url(part));
        }
        add(Task::Robots, root.file("robots.txt"));
        add(Task::Headers, root.file("_headers"));
        add(Task::Redirects, root.file("_redirects"));
        for (name, asset) in &theme.assets {
            add(Task::Asset(name.clone()), asset.url.clone());
        }
        for path in static_files {
            let Some(out) = path.strip_prefix("static").and_then(OutPath::new) else { continue };
            jobs.push(Job { task: Task::Static(path.clone()), url: root.file(out.as_str()), out });
        }
        jobs.par_sort_by(|a, b| a.out.cmp(&b.out));
        jobs.shrink_to_fit();
        Self { jobs }
    }

    /// Outputs that would be one file, on a file system that ignores letter case too, and files that
    /// would stand where another output needs a folder: of each pair, both are named.
    #[must_use]
    pub fn collisions(&self, site: &Site) -> Diagnostics {
        let jobs = &self.jobs;
        let mut folded: Vec<(Cow<'_, str>, usize)> =
            jobs.par_iter().enumerate().map(|(index, job)| (job.out.case_folded(), index)).collect();
        folded.par_sort_unstable();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for pair in folded.windows(2) {
            if let [(first_path, first), (path, second)] = pair
                && first_path == path
            {
                pairs.push((*first, *second));
            }
        }
        // What was told of each other as one file is told as a folder for the last of them.
        folded.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = later.1;
            }
            same
        });
        let files: HashMap<&str, usize, FixedState> =
            folded.iter().map(|(path, index)| (path.as_ref(), *index)).collect();
        let mut sound = "";
        for (path, second) in &folded {
            let Some((own, _)) = path.rsplit_once('/').filter(|(folder, _)| *folder != sound) else { continue };
            let mut folder = Some(own);
            let told = pairs.len();
            while let Some(path) = folder {
                if let Some(first) = files.get(path) {
                    pairs.push((*first, *second));
                }
                folder = path.rsplit_once('/').map(|(parent, _)| parent);
            }
            // What lies in the same folder comes next, and need not be asked about if this one is sound.
            if pairs.len() == told {
                sound = own;
            }
        }
        let told = pairs.into_iter().filter_map(|(first, second)| Some((jobs.get(first)?, jobs.get(second)?)));
        told.map(|(first, second)| collision(first, second, site)).collect()
    }
}

fn collision(first: &Job, second: &Job, site: &Site) -> Diagnostic {
    let shadows = [first, second].into_iter().find(|job| matches!(job.task, Task::Route(Route::Redirect(_))));
    let code = if shadows.is_some() { Code::AliasShadows } else { Code::UrlCollision };
    let alias = shadows.and_then(|job| match job.task {
        Task::Route(Route::Redirect(index)) => site.redirects.get(index),
        _ => None,
    });
    let mut diagnostic = Diagnostic::new(code)
        .with("url", alias.map_or(second.url.as_str(), |redirect| redirect.from.as_str()))
        .with("first", origin_name(first, site))
        .with("second", origin_name(second, site));
    // The place is a file a writer can change: the one with the alias, else the second of the two.
    let ordered = if shadows == Some(first) { [first, second] } else { [second, first] };
    let mut places = ordered.into_iter().filter_map(|job| origin(job, site)).map(Place::file);
    diagnostic.place = places.next();
    diagnostic.related.extend(places);
    diagnostic
}

/// The file an output comes from.
pub(super) fn origin(job: &Job, site: &Site) -> Option<RelPath> {
    let index = |section: SectionId, lang: Lang| {
        let set = site.section(section).index?;
        site.page_for(set, lang).map(|page| site.page(page).document.path.clone())
    };
    match &job.task {
        Task::Route(Route::Page(page) | Route::EventFile(page)) => Some(site.page(*page).document.path.clone()),
        Task::Route(
            Route::Section { section, lang, .. }
            | Route::Archive { section, lang, .. }
            | Route::Feed { section: Some(section), lang },
        ) => index(*section, *lang),
        Task::Route(Route::Home(lang)) => index(SectionId(0), *lang),
        Task::Route(Route::File(path) | Route::Picture(path, _)) | Task::Static(path) => Some(path.clone()),
        Task::Route(Route::Redirect(index)) => {
            site.redirects.get(*index).map(|redirect| site.page(redirect.to).document.path.clone())
        }
        _ => None,
    }
}

fn origin_name(job: &Job, site: &Site) -> Arg {
    match origin(job, site) {
        Some(path) => Arg::Text(path.to_string()),
        None => Arg::key("ui.generated"),
    }
}
