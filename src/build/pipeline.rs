//! The pipeline: scan → parse → link → plan → render → write.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::cache::{Cache, Index, Reads, Told};
use super::error::OutputError;
use super::folder::OutputFolder;
use super::jobs::Jobs;
use super::load::{Loaded, Scanned, load, settings, settings_stamp};
use super::look::{Look, look};
use super::options::{Blame, BuildOptions, BuildOutcome, CachePolicy, ORDINARY_OUT, Remains, Strictness};
use super::parse::Keeper;
use super::past::Past;
use super::pictures::Pictures;
use super::report::{BuildReport, CacheState, Observer, Phase, Timings};
use super::stage::{Committed, Stage};
use super::state::BuildState;
use super::summary::summary;
use super::theme::ReadTheme;
use super::tree::{LastOutput, Output, OutputTree, same_content};
use crate::base::checksum::Checksum;
use crate::base::date::Moment;
use crate::base::path::RelPath;
use crate::config::SiteConfig;
use crate::content::Digests;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::render::{Plan, Renderer};
use crate::site::due::end_of_day;
use crate::site::link::Linked;
use crate::source::disk::{self, Kind};
use crate::source::{Stamp, Workspace, places};

/// Builds a portal. With errors, nothing in the output folder is changed.
#[must_use]
pub fn build(options: &BuildOptions, workspace: &dyn Workspace, observer: &dyn Observer) -> BuildOutcome {
    let (timings, diagnostics) = (Timings::default(), Diagnostics::default());
    let mut run = Run {
        options,
        workspace,
        observer,
        timings,
        diagnostics,
        remains: Remains::default(),
        cache: CacheState::Sound,
    };
    // On a thread of the pool: one that waits for the pool from outside is woken late, after each phase.
    let (report, blame) = match rayon::scope(|_| run.build(options.cache)) {
        Ok(report) => (report, Blame::Site),
        Err(error) => {
            run.diagnostics.push(error.diagnostic());
            (None, if error.is_machine() { Blame::Machine } else { Blame::Site })
        }
    };
    let report = report.map(|report| BuildReport { timings: run.timings, cache: run.cache, ..report });
    let diagnostics = places::resolve(run.diagnostics, workspace).sorted();
    BuildOutcome { report, diagnostics, blame, remains: run.remains }
}

/// One build on its way.
struct Run<'a> {
    options: &'a BuildOptions,
    workspace: &'a dyn Workspace,
    observer: &'a dyn Observer,
    timings: Timings,
    diagnostics: Diagnostics,
    remains: Remains,
    cache: CacheState,
}

/// What is known of inputs and output before anything is read.
struct Before<'a> {
    folder: &'a OutputFolder,
    state: &'a Arc<BuildState>,
    /// What the last build left in the output folder.
    last: LastOutput,
    options: Checksum,
    /// All files that a build may read, with their stamps, sorted by path.
    inputs: Vec<(RelPath, Stamp)>,
}

impl Run<'_> {
    /// Builds; `None` where something was found that keeps the build from changing anything.
    fn build(&mut self, policy: CachePolicy) -> Result<Option<BuildReport>, OutputError> {
        let options = self.options;
        if disk::kind(&options.root) == Ok(Kind::Missing) {
            self.diagnostics.push(Diagnostic::new(Code::SettingsMissing));
            return Ok(None);
        }
        let folder = OutputFolder::resolve(&options.root, &options.out)?;
        let ordinary = OutputFolder::resolve(&options.root, Path::new(ORDINARY_OUT));
        if options.preview.is_active() && ordinary.is_ok_and(|ordinary| ordinary == folder) {
            self.diagnostics.push(Diagnostic::new(Code::OutPreview));
            return Ok(None);
        }
        // The stamp comes first: what is saved after it is read again the next time.
        let stamp = settings_stamp(self.workspace);
        let (config, found) = match settings(options, self.workspace) {
            Ok(settings) => settings,
            Err(found) => {
                self.diagnostics.extend(found);
                return Ok(None);
            }
        };
        let state = Arc::new(BuildState::open(&folder, &options.root.join(".congso"))?);
        let (workspace, observer) = (self.workspace, self.observer);
        let open = || match policy {
            CachePolicy::Use => Cache::open(&state),
            CachePolicy::Rebuild => Cache::none(&state),
        };
        let looks = || rayon::join(open, || Scanned::of(workspace, stamp));
        let (mut cache, scanned) = self.timings.phase(Phase::Scan, 0, observer, looks);
        if policy == CachePolicy::Use && cache.is_unusable() {
            self.cache = CacheState::Unusable;
        }
        let (options, inputs) = (self.options_checksum(), scanned.inputs());
        let last = cache.index.as_mut().map(|index| std::mem::take(&mut index.last)).unwrap_or_default();
        let before = Before { folder: &folder, state: &state, last, options, inputs };
        let look = match self.unchanged(&before, &cache, &config)? {
            Unchanged::All(report) => return Ok(Some(*report)),
            Unchanged::Inputs(look) => Some(look),
            Unchanged::Unknown => None,
        };
        match self.make(before, look, scanned, &mut cache, (config, found))? {
            Made::Built(report) => Ok(Some(report)),
            Made::Nothing => Ok(None),
            Made::Damaged => {
                drop(cache);
                drop(state);
                self.diagnostics = Diagnostics::default();
                self.cache = CacheState::Unusable;
                self.build(CachePolicy::Rebuild)
            }
        }
    }

    /// Whether neither an input, an option, an output nor, as far as anything depends on it, the date has
    /// changed since the last build. Outputs are looked at only where nothing else has: where something is to be
    /// made, there is better time for it.
    fn unchanged(
        &mut self,
        before: &Before<'_>,
        cache: &Cache<'_>,
        config: &SiteConfig,
    ) -> Result<Unchanged, OutputError> {
        let Some(told) = self.known_inputs(before, cache) else { return Ok(Unchanged::Unknown) };
        let look = look(before.folder, before.state, &before.last)?;
        let outputs = &before.last.outputs;
        let same = |(output, now): (&Output, &Stamp)| same_content(output.stamp, *now);
        match &look {
            Look::AsLeft(stamps) if outputs.iter().zip(stamps).all(same) => {}
            _ => return Ok(Unchanged::Inputs(look)),
        }
        let next_change = told.next_change.and_then(|(at, has_time)| {
            Some(Moment::new(Timestamp::from_nanosecond(at).ok()?, &config.timezone, has_time))
        });
        let (pages, unchanged) = (told.pages, outputs.len());
        let (left_out, lacking) = (told.left_out.clone(), told.lacking.clone());
        self.diagnostics.extend(told.diagnostics.clone());
        let report = BuildReport { pages, left_out, lacking, next_change, unchanged, ..BuildReport::default() };
        Ok(Unchanged::All(Box::new(report)))
    }

    /// What the last build told, where neither an input, an option nor, as far as anything depends on it, the
    /// date has changed since.
    fn known_inputs<'c>(&self, before: &Before<'_>, cache: &'c Cache<'_>) -> Option<&'c Told> {
        let index = cache.index.as_ref().filter(|index| index.options == before.options)?;
        let told = index.told.as_ref()?;
        let now = self.options.now.as_nanosecond();
        let next = told.next_change.map(|(next, _)| next).into_iter().chain(told.day_ends).min();
        let in_time = index.now <= now && next.is_none_or(|next| now < next);
        // A document that may have been saved while it was read is compared.
        let same_document = |path: &RelPath| {
            let place = index.documents.binary_search_by(|kept| kept.path.cmp(path)).ok();
            let kept = place.and_then(|place| index.documents.get(place));
            kept.is_some_and(|kept| self.workspace.read(path).is_ok_and(|bytes| Checksum::of(&*bytes) == kept.checksum))
        };
        if !in_time || before.inputs != index.inputs {
            return None;
        }
        let is_same = |(path, stamp): &(RelPath, Stamp)| cache.is_settled(*stamp) || same_document(path);
        before.inputs.iter().all(is_same).then_some(told)
    }

    fn make(
        &mut self,
        before: Before<'_>,
        known_look: Option<Look>,
        scanned: Scanned,
        cache: &mut Cache<'_>,
        settings: (SiteConfig, Diagnostics),
    ) -> Result<Made, OutputError> {
        let (options, workspace, observer) = (self.options, self.workspace, self.observer);
        let inputs = before.inputs;
        let in_state = |error| OutputError::at(before.state.folder().path(), error);
        let keeper = Keeper::open(cache, &settings.0).map_err(in_state)?;
        let (file, number, parsing) = (keeper.file.clone(), keeper.number, keeper.parsing);
        let pictures = Pictures::open(&options.root.join(".congso"));
        let (timings, last) = (&mut self.timings, before.last);
        let config = settings.0.clone();
        let read_theme = || ReadTheme::of(&config, workspace, keeper.cache);
        // Linking cannot always use all threads: there is time for the theme and to look at the outputs meanwhile.
        let kept_of_outputs = || {
            let look = known_look.map_or_else(|| look(before.folder, before.state, &last), Ok)?;
            Ok((look.into_tree(&last), keeper.cache.reads()))
        };
        let load = || {
            let kept = (Some(&keeper), Digests::WhereStated, Some(&pictures));
            load(options, settings, scanned, kept, workspace, observer, timings)
        };
        let ((theme, kept_of_outputs), loaded) = rayon::join(|| (read_theme(), kept_of_outputs()), load);
        let (tree, reads): (OutputTree, Option<Reads>) = kept_of_outputs?;
        let loaded = loaded?;
        drop(keeper);
        let Loaded { linked, static_files, kept, diagnostics: found } = loaded;
        self.diagnostics.extend(found);
        let ReadTheme { theme, templates, found } = theme;
        self.diagnostics.extend(found);
        let Linked { site, routes, ledger, diagnostics: _, unused } = linked;
        unused.give_back();
        let site = Arc::new(site);
        // Templates are compiled even where content has errors, so that all errors are told at once.
        let (plan, problems, renderer) = self.timings.phase(Phase::Plan, 0, observer, || {
            let plan = Plan::of(&site, routes, &theme, &static_files);
            let renderer = |templates| {
                let bodies = Box::new(file.clone());
                Renderer::new(Arc::clone(&site), (theme, templates), options.preview, &plan, bodies)
            };
            let (problems, renderer) = rayon::join(|| plan.collisions(&site), || templates.map(renderer));
            (plan, problems, renderer)
        });
        self.diagnostics.extend(problems);
        let renderer = match renderer {
            Ok(renderer) if !self.stops() => renderer,
            renderer => {
                self.diagnostics.extend(renderer.err().unwrap_or_default());
                return Ok(Made::Nothing);
            }
        };
        let same_file = |path: &RelPath| {
            let then = cache.index.as_ref().and_then(|index| stamp_of(&index.inputs, path));
            then.is_some_and(|then| cache.is_settled(then) && stamp_of(&inputs, path) == Some(then))
        };
        if reads.is_none() && cache.index.is_some() {
            self.cache = CacheState::Unusable;
        }
        let (past, stage) = self.timings.phase(Phase::Render, 0, observer, || {
            let stage = || Stage::begin(before.folder, before.state, last, tree);
            rayon::join(|| Past::of(reads, &renderer, &plan), stage)
        });
        let stage = stage?;
        let mut done = self.timings.phase(Phase::Render, plan.jobs.len(), observer, || {
            let (renderer, plan, stage, past, is_same_file) = (&renderer, &plan, &stage, &past, &same_file);
            let pictures = &pictures;
            Jobs { renderer, plan, stage, past, pictures, workspace, is_same_file, observer }.run()
        })?;
        if file.is_damaged() {
            return Ok(Made::Damaged);
        }
        self.diagnostics.extend(std::mem::take(&mut done.problems));
        if self.stops() {
            return Ok(Made::Nothing);
        }
        let rendered = done.rendered;
        if pictures.made() > 0 {
            pictures.sweep(renderer.site().pictures.values());
        }
        let (committed, (draft, reads)) = self.timings.phase(Phase::Write, 0, observer, || {
            let commit = || {
                let Committed { report: written, last } = stage.commit()?;
                Ok::<_, OutputError>((written.diagnostic(), summary(&renderer, &ledger, rendered, written), last))
            };
            rayon::join(commit, || {
                let reads = done.reads(past, &renderer);
                (cache.draft(&inputs, &kept, &reads), reads)
            })
        });
        let (found, report, last) = committed?;
        self.diagnostics.extend(found);
        let told = Told {
            diagnostics: self.diagnostics.clone(),
            pages: report.pages,
            left_out: report.left_out.clone(),
            lacking: report.lacking.clone(),
            next_change: report.next_change.map(|moment| (moment.at.as_nanosecond(), moment.has_time)),
            day_ends: end_of_day(renderer.site()).map(Timestamp::as_nanosecond),
        };
        let index = Index {
            options: before.options,
            parsing,
            inputs,
            last,
            documents: kept,
            told: Some(told),
            now: options.now.as_nanosecond(),
            opened: before.state.opened(),
            file: number,
        };
        // The outputs are in place: what cannot be kept costs the next build time, and nothing else.
        if self.timings.phase(Phase::Write, 0, observer, || cache.save(&index, draft)).is_err() {
            self.cache = CacheState::NotKept;
        }
        self.remains = Remains(Some(Box::new((renderer, plan, ledger, index, reads))));
        Ok(Made::Built(report))
    }

    /// Whether what was found keeps the build from changing anything.
    fn stops(&self) -> bool {
        let strict = self.options.strictness == Strictness::Strict;
        self.diagnostics.has_errors() || (strict && self.diagnostics.count(Severity::Warning) > 0)
    }

    /// Everything a build depends on that is no file and no time.
    fn options_checksum(&self) -> Checksum {
        let BuildOptions { root: _, out: _, base_url, preview, strictness, without, now: _, cache: _ } = self.options;
        Checksum::of(&format!("{:?}", (base_url, preview, strictness, without)))
    }
}

/// The stamp of a file among inputs that are sorted by path.
fn stamp_of(inputs: &[(RelPath, Stamp)], path: &RelPath) -> Option<Stamp> {
    let place = inputs.binary_search_by(|(known, _)| known.cmp(path)).ok()?;
    inputs.get(place).map(|(_, stamp)| *stamp)
}

/// What has stayed as the last build left it.
enum Unchanged {
    /// Everything: this is what it told.
    All(Box<BuildReport>),
    /// All but outputs, which are looked at now.
    Inputs(Look),
    /// Nothing is known: there is something to be made, whatever the outputs are.
    Unknown,
}

/// How making a site ended.
enum Made {
    Built(BuildReport),
    /// Something was found that keeps the build from changing anything.
    Nothing,
    /// What an earlier build has kept is damaged: all has to be made anew.
    Damaged,
}
