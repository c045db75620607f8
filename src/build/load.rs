//! From the workspace to a linked site: scan, parse, link.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use foldhash::fast::FixedState;
use jiff::Timestamp;
use rayon::prelude::*;

use super::cache::{DocumentFile, KeptDocument};
use super::error::OutputError;
use super::options::{BuildOptions, CachePolicy, ORDINARY_OUT, Strictness};
use super::report::{Observer, Phase, Silent, Timings};
use crate::base::checksum::Checksum;
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::config::{self, SiteConfig};
use crate::content::{self, document::Document};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::site::link::{Inputs, Linked, link};
use crate::site::publication::Preview;
use crate::site::sources::SourceName;
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
        let files = [&self.content, &self.statics, &self.themes].into_iter().flat_map(|listing| &listing.files);
        let mut inputs: Vec<_> = files.map(|file| (file.path.clone(), file.stamp)).chain(settings).collect();
        inputs.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        inputs
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

/// Where parsed documents are kept, and those that an earlier build has left there.
pub(super) struct Keeper<'a> {
    pub file: DocumentFile,
    pub known: HashMap<RelPath, KeptDocument, FixedState>,
    /// Whether a stamp can be trusted.
    pub is_settled: &'a (dyn Fn(Stamp) -> bool + Sync),
}

/// Parses and links a portal whose files were looked at.
///
/// # Errors
/// What the system says where documents could not be kept.
pub(super) fn load(
    options: &BuildOptions,
    (config, mut diagnostics): (SiteConfig, Diagnostics),
    scanned: Scanned,
    keeper: Option<&Keeper<'_>>,
    workspace: &dyn Workspace,
    observer: &dyn Observer,
    timings: &mut Timings,
) -> Result<Loaded, OutputError> {
    diagnostics.extend(scanned.content.diagnostics);
    diagnostics.extend(scanned.statics.diagnostics);
    let static_files: Vec<RelPath> = scanned.statics.files.into_iter().map(|file| file.path).collect();
    let (sources, content_files) = classify(scanned.content.files, &config, &mut diagnostics);
    let parser = Parser { config: &config, workspace, keeper };
    let parsed = timings.phase(Phase::Parse, sources.len(), observer, || {
        let one = |source| {
            let parsed = parser.parse(source);
            observer.step();
            parsed
        };
        sources.par_iter().map(one).collect::<Result<Vec<Parsed>, OutputError>>()
    })?;
    let mut documents = Vec::with_capacity(parsed.len());
    let mut kept = Vec::with_capacity(parsed.len());
    for one in parsed {
        documents.extend(one.document);
        kept.extend(one.kept);
        diagnostics.extend(one.found);
    }
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
    let mut linked = timings.phase(Phase::Link, 0, observer, || link(inputs));
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
            match load(&options, settings, scanned, None, workspace, &Silent, &mut Timings::default()) {
                Ok(loaded) => (Some(loaded.linked), loaded.diagnostics),
                Err(error) => (None, std::iter::once(error.diagnostic()).collect()),
            }
        }
    };
    (linked, places::resolve(diagnostics, workspace).sorted())
}

/// A Markdown file and the language its name gives it.
struct Source {
    path: RelPath,
    stamp: Stamp,
    lang: Lang,
}

/// Sorts the files of the content into Markdown and others.
fn classify(
    files: Vec<Listed>,
    config: &SiteConfig,
    diagnostics: &mut Diagnostics,
) -> (Vec<Source>, BTreeSet<RelPath>) {
    let mut sources = Vec::with_capacity(files.len());
    let mut others = BTreeSet::new();
    for Listed { path, stamp } in files {
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
            Ok(name) => sources.push(Source { lang: name.lang.unwrap_or(config.default_language), path, stamp }),
            Err(unknown) => diagnostics
                .push(Diagnostic::new(Code::UnknownLanguage).with("language", unknown.0).at(Place::file(path.clone()))),
        }
    }
    (sources, others)
}

/// What one file gave.
struct Parsed {
    document: Option<Document>,
    /// Its record, if it can be used again: what was found in a file is not kept, so that such a file is
    /// parsed each time.
    kept: Option<KeptDocument>,
    found: Diagnostics,
}

/// Parses documents, or takes what an earlier build has kept of them.
struct Parser<'a> {
    config: &'a SiteConfig,
    workspace: &'a dyn Workspace,
    keeper: Option<&'a Keeper<'a>>,
}

impl Parser<'_> {
    fn parse(&self, source: &Source) -> Result<Parsed, OutputError> {
        let known = self.keeper.and_then(|keeper| Some((keeper, keeper.known.get(&source.path)?)));
        let known = known.filter(|(_, kept)| kept.lang == source.lang);
        if let Some((keeper, kept)) = known
            && kept.stamp == source.stamp
            && (keeper.is_settled)(source.stamp)
            && let Some(parsed) = again(keeper, kept, source)
        {
            return Ok(parsed);
        }
        let bytes = match self.workspace.read(&source.path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let found = std::iter::once(error.diagnostic(&source.path)).collect();
                return Ok(Parsed { document: None, kept: None, found });
            }
        };
        if let Some((keeper, kept)) = known
            && kept.checksum == Checksum::of(bytes.as_slice())
            && let Some(parsed) = again(keeper, kept, source)
        {
            return Ok(parsed);
        }
        let (mut document, found) = content::parse(&source.path, source.lang, &bytes, self.config.html);
        let mut kept = None;
        if let (Some(keeper), Some(document)) = (self.keeper, &mut document) {
            let record = keeper.file.add(document, source.stamp);
            kept = record.map_err(|error| OutputError::at(keeper.file.path(), error))?.filter(|_| found.is_empty());
        }
        Ok(Parsed { document, kept, found })
    }
}

/// The document of a record; `None` where it is damaged.
fn again(keeper: &Keeper<'_>, kept: &KeptDocument, source: &Source) -> Option<Parsed> {
    let document = keeper.file.document(kept)?;
    let kept = KeptDocument { stamp: source.stamp, ..kept.clone() };
    Some(Parsed { document: Some(document), kept: Some(kept), found: Diagnostics::default() })
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
