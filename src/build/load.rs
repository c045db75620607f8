//! From the workspace to a linked site: scan, parse, link.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use rayon::prelude::*;

use super::cache::KeptDocument;
use super::error::OutputError;
use super::options::{BuildOptions, CachePolicy, ORDINARY_OUT, Strictness};
use super::parse::{Keeper, Parser, Source, classify};
use super::pictures::Pictures;
use super::report::{Observer, Phase, Silent, Timings};
use crate::base::date::Moment;
use crate::base::path::RelPath;
use crate::config::{self, SiteConfig};
use crate::content::Digests;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::site::link::{Inputs, Linked, link};
use crate::site::publication::Preview;
use crate::source::{Listed, Listing, Stamp, Workspace, places};

/// The files of a portal that it is made from.
#[derive(Debug)]
pub(super) struct Scanned {
    pub content: Listing,
    pub statics: Listing,
    /// The files of all themes.
    pub themes: Listing,
    /// `site.yaml`.
    pub settings: Option<Stamp>,
}

impl Scanned {
    /// Looks at all files of a portal.
    pub(super) fn of(workspace: &dyn Workspace, settings: Option<Stamp>) -> Self {
        let folder = |name: &str| workspace.list(&RelPath::new(name).unwrap_or_default());
        let (content, (statics, themes)) = rayon::join(|| folder("content"), || (folder("static"), folder("themes")));
        Self { content, statics, themes, settings }
    }

    /// All of them with their stamps, sorted by path.
    pub(super) fn inputs(&self) -> Vec<(RelPath, Stamp)> {
        let settings = RelPath::new(config::FILE).zip(self.settings);
        let stamped = |file: &Listed| (file.path.clone(), file.stamp);
        let [content, statics, themes] =
            [&self.content, &self.statics, &self.themes].map(|listing| listing.files.par_iter().map(stamped));
        // They come in order: each listing is sorted, and so are these names.
        content.chain(settings.into_par_iter()).chain(statics).chain(themes).collect()
    }
}

/// The stamp of the settings.
pub(super) fn settings_stamp(workspace: &dyn Workspace) -> Option<Stamp> {
    RelPath::new(config::FILE).and_then(|path| workspace.stamp(&path))
}

/// Reads the settings, and what the options put in their place.
///
/// # Errors
/// What is wrong with them.
pub(super) fn settings(
    options: &BuildOptions,
    workspace: &dyn Workspace,
) -> Result<(SiteConfig, Diagnostics), Diagnostics> {
    let (mut config, diagnostics) = config::read(workspace)?;
    if let Some(url) = &options.base_url {
        match config::BaseUrl::parse(url) {
            Some(base_url) => config.base_url = base_url,
            None => return Err(std::iter::once(Diagnostic::new(Code::BaseUrl).with("url", url.as_str())).collect()),
        }
    }
    Ok((config, diagnostics))
}

/// A site read and linked, before anything is rendered.
#[derive(Debug)]
pub(super) struct Loaded {
    pub linked: Linked,
    /// The files of `static/`, from the workspace.
    pub static_files: Vec<RelPath>,
    /// What is kept of the documents, sorted by path.
    pub kept: Vec<KeptDocument>,
    /// What was found, `linked.diagnostics` included.
    pub diagnostics: Diagnostics,
}

/// Parses and links a portal whose files were looked at.
///
/// # Errors
/// What the system says where documents could not be kept.
pub(super) fn load(
    options: &BuildOptions,
    (config, mut diagnostics): (SiteConfig, Diagnostics),
    scanned: Scanned,
    (keeper, digests, pictures): (Option<&Keeper<'_, '_>>, Digests, Option<&Pictures>),
    workspace: &dyn Workspace,
    observer: &dyn Observer,
    timings: &mut Timings,
) -> Result<Loaded, OutputError> {
    diagnostics.extend(scanned.content.diagnostics);
    diagnostics.extend(scanned.statics.diagnostics);
    let static_files: Vec<RelPath> = scanned.statics.files.into_iter().map(|file| file.path).collect();
    let (sources, content_files) = classify(scanned.content.files, &config, &mut diagnostics);
    let parser = Parser { config: &config, workspace, keeper, digests };
    let parsed = timings.phase(Phase::Parse, sources.len(), observer, || parser.all(&sources, observer))?;
    let mut documents = Vec::with_capacity(parsed.len());
    let mut kept = Vec::with_capacity(parsed.len());
    for one in parsed {
        documents.extend(one.document);
        kept.extend(one.kept);
        diagnostics.extend(one.found);
    }
    kept.sort_unstable_by(|a: &KeptDocument, b| a.path.cmp(&b.path));
    let excluded = excluded(&options.without, &sources, &mut diagnostics);
    let now = Moment::new(options.now, &config.timezone, true);
    let inputs = Inputs {
        config,
        now,
        preview: options.preview,
        documents,
        content_files,
        static_files: static_files.iter().filter_map(|path| path.strip_prefix("static").map(str::to_owned)).collect(),
        excluded,
        diagnostics,
    };
    let mut linked = timings.phase(Phase::Link, 0, observer, || {
        let mut linked = link(inputs);
        pictures.into_iter().for_each(|pictures| pictures.hang(&mut linked, workspace));
        linked
    });
    let diagnostics = std::mem::take(&mut linked.diagnostics);
    Ok(Loaded { linked, static_files, kept, diagnostics })
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
    let (linked, diagnostics) = match settings(&options, workspace) {
        Err(diagnostics) => (None, diagnostics),
        Ok(settings) => {
            let scanned = Scanned::of(workspace, None);
            match load(
                &options,
                settings,
                scanned,
                (None, Digests::Always, None),
                workspace,
                &Silent,
                &mut Timings::default(),
            ) {
                Ok(loaded) => (Some(loaded.linked), loaded.diagnostics),
                Err(error) => (None, std::iter::once(error.diagnostic()).collect()),
            }
        }
    };
    (linked, places::resolve(diagnostics, workspace).sorted())
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
