//! Reading documents: those an earlier build has kept are taken again, all others are parsed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::cache::{Cache, DocumentFiles, KeptDocument, KeptFacts};
use super::document_cache::{DocumentCache, Unsaved};
use super::error::OutputError;
use super::report::{Observer, Phase};
use crate::base::checksum::Checksum;
use crate::base::lang::Lang;
use crate::base::lists::joined;
use crate::base::path::RelPath;
use crate::config::SiteConfig;
use crate::content::document::Document;
use crate::content::{self, Digests};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::site::sources::SourceName;
use crate::source::disk_write::DiskError;
use crate::source::{Listed, Stamp, Workspace};

/// How many pages a thread takes at a time at most: few, so that none waits long for the others at the end.
const AT_ONCE: usize = 16;

/// Where parsed documents are kept, and those that an earlier build has left there.
pub(super) struct Keeper<'a, 's> {
    pub file: DocumentFiles,
    /// The number of the files.
    pub number: u64,
    /// The settings that parsing depends on.
    pub parsing: Checksum,
    pub known: HashMap<RelPath, KeptDocument, FixedState>,
    /// The facts of what is known.
    facts: KeptFacts,
    /// Knows which stamps can be trusted.
    pub cache: &'a Cache<'s>,
}

impl<'a, 's> Keeper<'a, 's> {
    /// Opens what a cache has of documents.
    ///
    /// # Errors
    /// What the system says where nothing can be kept.
    pub(super) fn open(cache: &'a mut Cache<'s>, config: &SiteConfig) -> Result<Self, DiskError> {
        let parsing = Checksum::of(&format!("{:?}", config.html));
        let (file, known, number) = cache.documents(parsing)?;
        let by_path = || known.into_iter().map(|kept| (kept.path.clone(), kept)).collect();
        let (known, facts) = rayon::join(by_path, || file.facts());
        Ok(Self { file, number, parsing, known, facts, cache })
    }
}

/// A Markdown file and what its name says.
pub(super) struct Source {
    pub path: RelPath,
    stamp: Stamp,
    lang: Lang,
    /// The length of the key of its page: the key is where the path below `content/` begins.
    key: usize,
}

impl Source {
    /// The key of its page.
    fn key(&self) -> &str {
        self.path.strip_prefix("content").and_then(|inside| inside.get(..self.key)).unwrap_or_default()
    }
}

/// Sorts the files of the content into Markdown, by page and with the original last, and others.
pub(super) fn classify(
    files: Vec<Listed>,
    config: &SiteConfig,
    diagnostics: &mut Diagnostics,
) -> (Vec<Source>, BTreeMap<RelPath, u64>) {
    let mut sources = Vec::with_capacity(files.len());
    let mut others = BTreeMap::new();
    for Listed { path, stamp } in files {
        let inside = path.strip_prefix("content").unwrap_or_default();
        if path.extension() != "md" {
            if inside.to_lowercase().ends_with(".md.txt") {
                diagnostics
                    .push(Diagnostic::new(Code::MarkdownAsText).with("file", &path).at(Place::file(path.clone())));
            }
            others.insert(path, stamp.size);
            continue;
        }
        match SourceName::of(inside) {
            Ok(name) => {
                let (lang, key) = (name.lang.unwrap_or(config.default_language), name.key.len());
                sources.push(Source { path, stamp, lang, key });
            }
            Err(unknown) => diagnostics
                .push(Diagnostic::new(Code::UnknownLanguage).with("language", unknown.0).at(Place::file(path.clone()))),
        }
    }
    let is_original = |source: &Source| source.lang == config.default_language;
    sources.sort_by(|a, b| (a.key(), is_original(a)).cmp(&(b.key(), is_original(b))));
    (sources, others)
}

/// What one file of the content says, for those who keep it in memory.
#[derive(Debug)]
pub struct ReadDocument {
    /// Its path.
    pub path: RelPath,
    /// What it says; none where it is no text.
    pub document: Option<Document>,
    /// What is wrong with it.
    pub found: Diagnostics,
}

/// Files of the content, told apart by their names.
pub struct Sorted {
    markdown: Vec<Source>,
    /// Those that are no Markdown, with their sizes in bytes.
    pub others: BTreeMap<RelPath, u64>,
    /// What is wrong with their names.
    pub found: Diagnostics,
}

impl Sorted {
    /// Tells files apart.
    #[must_use]
    pub fn of(files: Vec<Listed>, config: &SiteConfig) -> Self {
        let mut found = Diagnostics::default();
        let (markdown, others) = classify(files, config, &mut found);
        Self { markdown, others, found }
    }
}

/// Reads the Markdown files among some of the content, from what is kept of them where a cache is given; and
/// tells what is to be kept of them for the next run. All languages of a page belong together: what one says
/// decides what is wanted of another.
#[must_use]
pub fn read(
    sorted: Sorted,
    config: &SiteConfig,
    workspace: &dyn Workspace,
    cache: Option<&mut DocumentCache>,
    observer: &dyn Observer,
) -> (Vec<ReadDocument>, Option<Unsaved>) {
    let sources = sorted.markdown;
    observer.begin(Phase::Parse, sources.len());
    let kept = cache.and_then(|cache| cache.read(&sources, config, workspace, observer));
    let (parsed, unsaved) = kept.map_or_else(
        || {
            let parser = Parser { config, workspace, keeper: None, digests: Digests::WhereStated };
            // Nothing but keeping can fail.
            (parser.all(&sources, observer).unwrap_or_default(), None)
        },
        |(parsed, unsaved)| (parsed, Some(unsaved)),
    );
    observer.end(Phase::Parse);
    let read = |(source, parsed): (Source, Parsed)| ReadDocument {
        path: source.path,
        document: parsed.document.map(Arc::unwrap_or_clone),
        found: parsed.found,
    };
    (sources.into_iter().zip(parsed).map(read).collect(), unsaved)
}

/// What one file gave.
pub(super) struct Parsed {
    pub document: Option<Arc<Document>>,
    /// Its record, if it can be used again: what was found in a file is not kept, so that such a file is
    /// parsed each time.
    pub kept: Option<KeptDocument>,
    pub found: Diagnostics,
}

/// Parses documents, or takes what an earlier build has kept of them.
pub(super) struct Parser<'a> {
    pub config: &'a SiteConfig,
    pub workspace: &'a dyn Workspace,
    pub keeper: Option<&'a Keeper<'a, 'a>>,
    /// Of which documents a digest is wanted beyond those whose translation states it.
    pub digests: Digests,
}

impl Parser<'_> {
    /// All documents, in the order of their sources.
    ///
    /// # Errors
    /// What the system says where documents could not be kept.
    pub(super) fn all(&self, sources: &[Source], observer: &dyn Observer) -> Result<Vec<Parsed>, OutputError> {
        let pages: Vec<&[Source]> = sources.chunk_by(|a, b| a.key() == b.key()).collect();
        let some = |pages: &[&[Source]]| {
            let mut parsed = Vec::with_capacity(pages.iter().map(|sources| sources.len()).sum());
            pages.iter().try_for_each(|sources| self.page(sources, &mut parsed, observer)).map(|()| parsed)
        };
        let parsed = joined(pages.par_chunks(AT_ONCE).with_max_len(1).map(some).collect::<Result<_, _>>()?);
        if let Some(keeper) = self.keeper {
            keeper.file.flush().map_err(|error| OutputError::at(keeper.file.path(), error))?;
        }
        Ok(parsed)
    }

    /// The documents of one page. Its original comes last: by then it is known whether a translation
    /// states the digest of its text.
    fn page(&self, sources: &[Source], page: &mut Vec<Parsed>, observer: &dyn Observer) -> Result<(), OutputError> {
        let mut digests = self.digests;
        for source in sources {
            let parsed = self.parse(source, digests)?;
            if parsed.document.as_ref().is_some_and(|document| document.facts.front.translates.is_some()) {
                digests = Digests::Always;
            }
            page.push(parsed);
            observer.step();
        }
        Ok(())
    }

    fn parse(&self, source: &Source, digests: Digests) -> Result<Parsed, OutputError> {
        let known = self.keeper.and_then(|keeper| Some((keeper, keeper.known.get(&source.path)?)));
        let known = known.filter(|(_, kept)| kept.lang == source.lang);
        if let Some((keeper, kept)) = known
            && kept.stamp == source.stamp
            && keeper.cache.is_settled(source.stamp)
            && let Some(parsed) = again(keeper, kept, source, digests)
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
            && let Some(parsed) = again(keeper, kept, source, digests)
        {
            return Ok(parsed);
        }
        let (mut document, found) = content::parse(&source.path, source.lang, &bytes, self.config.html, digests);
        let mut kept = None;
        if let (Some(keeper), Some(document)) = (self.keeper, &mut document) {
            let record = keeper.file.add(document, source.stamp);
            kept = record.map_err(|error| OutputError::at(keeper.file.path(), error))?.filter(|_| found.is_empty());
        }
        Ok(Parsed { document: document.map(Arc::new), kept, found })
    }
}

/// The document of a record; `None` where it is damaged or has not the digest that is wanted.
fn again(keeper: &Keeper<'_, '_>, kept: &KeptDocument, source: &Source, digests: Digests) -> Option<Parsed> {
    let document = keeper.facts.document(kept)?;
    if digests == Digests::Always && document.facts.digest.is_none() {
        return None;
    }
    let kept = KeptDocument { stamp: source.stamp, ..kept.clone() };
    Some(Parsed { document: Some(Arc::new(document)), kept: Some(kept), found: Diagnostics::default() })
}
