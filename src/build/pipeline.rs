//! The pipeline: scan → parse → link → plan → render → write.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;

use super::error::OutputError;
use super::folder::OutputFolder;
use super::report::{BuildReport, Observer, Phase, Silent, Timings};
use super::stage::Stage;
use super::summary::summary;
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::config::{self, SiteConfig};
use crate::content::{self, document::Document};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::render::{Job, Plan, Renderer, Task, plan};
use crate::site::link::{Inputs, Linked, link};
use crate::site::publication::Preview;
use crate::site::routes::Route;
use crate::site::sources::SourceName;
use crate::source::disk::{self, Kind};
use crate::source::{Listed, Workspace, places};
use crate::theme::Theme;

/// The folder that is published, below the portal's.
pub const ORDINARY_OUT: &str = "public";

/// What a build is asked to do.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The folder of the portal.
    pub root: PathBuf,
    /// The folder to write to.
    pub out: PathBuf,
    /// In place of the `base_url` of the settings.
    pub base_url: Option<String>,
    /// What is shown beyond what is due.
    pub preview: Preview,
    /// Whether warnings count as errors.
    pub strictness: Strictness,
    /// Files to leave out, from the workspace.
    pub without: Vec<RelPath>,
    /// The build date.
    pub now: Timestamp,
    /// What becomes of what an earlier build kept.
    pub cache: CachePolicy,
}

/// What becomes of what an earlier build kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CachePolicy {
    /// It is used as far as it still holds.
    #[default]
    Use,
    /// It is passed over and made anew.
    Rebuild,
}

/// Whether warnings fail a build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Only errors do.
    #[default]
    Normal,
    /// Warnings do, too.
    Strict,
}

/// How a build ended.
#[derive(Debug)]
pub struct BuildOutcome {
    /// What it did; `None` where nothing was changed.
    pub report: Option<BuildReport>,
    /// What it found, sorted, with places in bytes.
    pub diagnostics: Diagnostics,
    /// Whose fault it is if there is no report.
    pub blame: Blame,
}

/// Whose fault a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The portal has problems.
    Site,
    /// The machine could not do it: disk full, no permission.
    Machine,
}

/// A site read and linked, before anything is rendered.
#[derive(Debug)]
pub struct Loaded {
    /// The linked site.
    pub linked: Linked,
    /// The files of `static/`, from the workspace.
    pub static_files: Vec<RelPath>,
    /// What was found, `linked.diagnostics` included.
    pub diagnostics: Diagnostics,
}

/// Builds a portal. With errors, nothing in the output folder is changed.
#[must_use]
pub fn build(options: &BuildOptions, workspace: &dyn Workspace, observer: &dyn Observer) -> BuildOutcome {
    let mut timings = Timings::default();
    let mut diagnostics = Diagnostics::default();
    let result = run(options, workspace, observer, &mut timings, &mut diagnostics);
    let (report, blame) = match result {
        Ok(report) => (report.map(|report| BuildReport { timings, ..report }), Blame::Site),
        Err(error) => {
            diagnostics.push(error.diagnostic());
            (None, if error.is_machine() { Blame::Machine } else { Blame::Site })
        }
    };
    BuildOutcome { report, diagnostics: places::resolve(diagnostics, workspace).sorted(), blame }
}

fn run(
    options: &BuildOptions,
    workspace: &dyn Workspace,
    observer: &dyn Observer,
    timings: &mut Timings,
    diagnostics: &mut Diagnostics,
) -> Result<Option<BuildReport>, OutputError> {
    if disk::kind(&options.root) == Ok(Kind::Missing) {
        diagnostics.push(Diagnostic::new(Code::SettingsMissing));
        return Ok(None);
    }
    let folder = OutputFolder::resolve(&options.root, &options.out)?;
    let ordinary = OutputFolder::resolve(&options.root, Path::new(ORDINARY_OUT));
    if options.preview.is_active() && ordinary.is_ok_and(|ordinary| ordinary == folder) {
        diagnostics.push(Diagnostic::new(Code::OutPreview));
        return Ok(None);
    }
    let loaded = load(options, workspace, observer, timings);
    let Some(Loaded { linked, static_files, diagnostics: found }) = keep(loaded, diagnostics) else { return Ok(None) };
    diagnostics.extend(found);
    let (theme, problems) = Theme::load(&linked.site.config, workspace);
    diagnostics.extend(problems);
    let Linked { site, routes, ledger, .. } = linked;
    let (plan, problems) = timings.phase(Phase::Plan, 0, observer, || plan::plan(&site, routes, &theme, &static_files));
    diagnostics.extend(problems);
    let stop = |diagnostics: &Diagnostics| {
        diagnostics.has_errors()
            || (options.strictness == Strictness::Strict && diagnostics.count(Severity::Warning) > 0)
    };
    // Templates are compiled even where content has errors, so that all errors are told at once.
    let renderer = match Renderer::new(site, theme, options.preview, &plan, Box::new(NoBodies)) {
        Ok(renderer) => renderer,
        Err(problems) => {
            diagnostics.extend(problems);
            return Ok(None);
        }
    };
    if stop(diagnostics) {
        return Ok(None);
    }
    let state = options.root.join(".congso");
    let stage = Stage::begin(&folder, &state)?;
    let failures = timings
        .phase(Phase::Render, plan.jobs.len(), observer, || render(&renderer, &plan, &stage, workspace, observer))?;
    diagnostics.extend(failures);
    if stop(diagnostics) {
        return Ok(None);
    }
    let written = timings.phase(Phase::Write, 0, observer, || stage.commit())?;
    diagnostics.extend(written.diagnostic());
    Ok(Some(summary(&renderer, &ledger, plan.jobs.len(), written)))
}

/// Keeps what was loaded, or what was found instead.
fn keep(loaded: Result<Loaded, Diagnostics>, diagnostics: &mut Diagnostics) -> Option<Loaded> {
    match loaded {
        Ok(loaded) => Some(loaded),
        Err(found) => {
            diagnostics.extend(found);
            None
        }
    }
}

/// Reads and links a portal.
///
/// # Errors
/// What is wrong with the settings, without which nothing can be read.
pub fn load(
    options: &BuildOptions,
    workspace: &dyn Workspace,
    observer: &dyn Observer,
    timings: &mut Timings,
) -> Result<Loaded, Diagnostics> {
    let (config, mut diagnostics) = config::read(workspace)?;
    let mut config = config;
    if let Some(url) = &options.base_url {
        match config::BaseUrl::parse(url) {
            Some(base_url) => config.base_url = base_url,
            None => return Err(std::iter::once(Diagnostic::new(Code::BaseUrl).with("url", url.as_str())).collect()),
        }
    }
    let folder = |name: &str| workspace.list(&RelPath::new(name).unwrap_or_default());
    let paths = |files: Vec<Listed>| files.into_iter().map(|file| file.path).collect::<Vec<_>>();
    let (content, statics) = timings.phase(Phase::Scan, 0, observer, || (folder("content"), folder("static")));
    diagnostics.extend(content.diagnostics);
    diagnostics.extend(statics.diagnostics);
    let static_files = paths(statics.files);
    let (sources, content_files) = classify(paths(content.files), &config, &mut diagnostics);
    let documents =
        timings.phase(Phase::Parse, sources.len(), observer, || parse(&sources, &config, workspace, observer));
    let mut parsed = Vec::with_capacity(documents.len());
    for (document, found) in documents {
        parsed.extend(document);
        diagnostics.extend(found);
    }
    let excluded = excluded(&options.without, &sources, &mut diagnostics);
    let now = Moment::new(options.now, &config.timezone, true);
    let inputs = Inputs {
        config,
        now,
        preview: options.preview,
        documents: parsed,
        content_files,
        static_files: static_files.iter().filter_map(|path| path.strip_prefix("static").map(str::to_owned)).collect(),
        excluded,
        diagnostics,
    };
    let mut linked = timings.phase(Phase::Link, 0, observer, || link(inputs));
    let diagnostics = std::mem::take(&mut linked.diagnostics);
    Ok(Loaded { linked, static_files, diagnostics })
}

/// Reads and links a portal for commands that only look at it. There is no site where the settings
/// cannot be read.
#[must_use]
pub fn load_for_reading(root: &Path, now: Timestamp, workspace: &dyn Workspace) -> (Option<Linked>, Diagnostics) {
    let options = BuildOptions {
        root: root.to_owned(),
        out: root.join(ORDINARY_OUT),
        base_url: None,
        preview: Preview::default(),
        strictness: Strictness::Normal,
        without: Vec::new(),
        now,
        cache: CachePolicy::default(),
    };
    let (linked, diagnostics) = match load(&options, workspace, &Silent, &mut Timings::default()) {
        Ok(loaded) => (Some(loaded.linked), loaded.diagnostics),
        Err(diagnostics) => (None, diagnostics),
    };
    (linked, places::resolve(diagnostics, workspace).sorted())
}

/// A Markdown file and the language its name gives it.
struct Source {
    path: RelPath,
    lang: Lang,
}

/// Sorts the files of the content into Markdown and others.
fn classify(
    files: Vec<RelPath>,
    config: &SiteConfig,
    diagnostics: &mut Diagnostics,
) -> (Vec<Source>, BTreeSet<RelPath>) {
    let mut sources = Vec::with_capacity(files.len());
    let mut others = BTreeSet::new();
    for path in files {
        let inside = path.strip_prefix("content").unwrap_or_default();
        if path.extension() != "md" {
            if inside.to_lowercase().ends_with(".md.txt") {
                diagnostics
                    .push(Diagnostic::new(Code::MarkdownAsText).with("file", &path).at(Place::file(path.clone())));
            }
            others.insert(path);
            continue;
        }
        match SourceName::of(inside) {
            Ok(name) => sources.push(Source { lang: name.lang.unwrap_or(config.default_language), path }),
            Err(unknown) => diagnostics
                .push(Diagnostic::new(Code::UnknownLanguage).with("language", unknown.0).at(Place::file(path.clone()))),
        }
    }
    (sources, others)
}

/// Parses all documents in parallel, in the order of their paths.
fn parse(
    sources: &[Source],
    config: &SiteConfig,
    workspace: &dyn Workspace,
    observer: &dyn Observer,
) -> Vec<(Option<Document>, Diagnostics)> {
    sources
        .par_iter()
        .map(|source| {
            let parsed = match workspace.read(&source.path) {
                Ok(bytes) => content::parse(&source.path, source.lang, &bytes, config.html),
                Err(error) => (None, std::iter::once(error.diagnostic(&source.path)).collect()),
            };
            observer.step();
            parsed
        })
        .collect()
}

/// The files of `--without`; one that does not exist is an error.
fn excluded(without: &[RelPath], sources: &[Source], diagnostics: &mut Diagnostics) -> BTreeSet<RelPath> {
    for path in without {
        if !sources.iter().any(|source| source.path == *path) {
            let known = sources.iter().map(|source| source.path.as_str());
            diagnostics.push(
                Diagnostic::new(Code::WithoutUnknown)
                    .with("file", path)
                    .suggest(crate::base::similar::closest(path.as_str(), known)),
            );
        }
    }
    without.iter().cloned().collect()
}

/// How many jobs a worker takes at least: making one costs as much as a few pages.
const JOBS_AT_ONCE: usize = 64;

/// Renders all jobs into the stage. Finished outputs are not kept. A job that fails does not stop
/// the others, so that all errors are told at once.
fn render(
    renderer: &Renderer,
    plan: &Plan,
    stage: &Stage,
    workspace: &dyn Workspace,
    observer: &dyn Observer,
) -> Result<Diagnostics, OutputError> {
    let outcomes: Vec<Result<Option<Diagnostic>, OutputError>> = plan
        .jobs
        .par_iter()
        .with_min_len(JOBS_AT_ONCE)
        .map_init(
            || renderer.worker(),
            |worker, job| {
                let outcome = match copied(job) {
                    Some(path) => copy(path, job, stage, workspace),
                    None => match &job.task {
                        Task::Asset(name) => {
                            stage.put(&job.out, renderer.asset(name).unwrap_or_default()).map(|()| None)
                        }
                        _ => match worker.render(job) {
                            Ok(bytes) => stage.put(&job.out, &bytes).map(|()| None),
                            Err(problem) => Ok(Some(*problem)),
                        },
                    },
                };
                observer.step();
                outcome
            },
        )
        .filter(|outcome| !matches!(outcome, Ok(None)))
        .collect();
    // An error in a template that many pages use is told once, with the first of them.
    let mut told = BTreeSet::new();
    let first = |problem: &Diagnostic| match &problem.place {
        Some(place) => told.insert((problem.code, place.file.clone(), place.spot.clone())),
        None => true,
    };
    let problems = outcomes.into_iter().filter_map(Result::transpose).collect::<Result<Vec<Diagnostic>, _>>()?;
    Ok(problems.into_iter().filter(first).collect())
}

/// The file a job copies, if it does.
fn copied(job: &Job) -> Option<&RelPath> {
    match &job.task {
        Task::Static(path) | Task::Route(Route::File(path)) => Some(path),
        _ => None,
    }
}

fn copy(
    path: &RelPath,
    job: &Job,
    stage: &Stage,
    workspace: &dyn Workspace,
) -> Result<Option<Diagnostic>, OutputError> {
    match workspace.disk_path(path) {
        Some(file) => stage.copy(&job.out, Path::new(&file)).map(|()| None),
        None => match workspace.read(path) {
            Ok(bytes) => stage.put(&job.out, &bytes).map(|()| None),
            Err(error) => Ok(Some(error.diagnostic(path))),
        },
    }
}

struct NoBodies;
impl crate::render::Bodies for NoBodies {
    fn read(&self, _: crate::content::document::Stored) -> crate::content::document::Body {
        Default::default()
    }
}
