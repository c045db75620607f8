//! What the preview keeps of parsed documents from one run to the next, in `.congso/preview/`.

use std::path::Path;

use super::cache::{Cache, DocumentFiles, Index, KeptDocument, Reads};
use super::parse::{Keeper, Parsed, Parser, Source};
use super::report::Observer;
use super::state::BuildState;
use super::tree::LastOutput;
use crate::base::checksum::Checksum;
use crate::config::SiteConfig;
use crate::content::Digests;
use crate::content::document::{Body, Document, Stored};
use crate::render::Bodies;
use crate::source::Workspace;

/// The documents that are kept, under a lock.
#[derive(Debug)]
pub struct DocumentCache {
    state: BuildState,
    file: Option<DocumentFiles>,
    /// The files that had its place before: versions of documents that stand in for broken ones may have
    /// their texts there.
    earlier: Vec<DocumentFiles>,
}

/// What was read and is not yet kept for the next run.
#[derive(Debug)]
pub struct Unsaved(Index);

impl DocumentCache {
    /// Opens the one of a portal whose folder of kept things this is; `None` where another preview has it or
    /// nothing can be kept there: then everything is read anew and held in memory.
    #[must_use]
    pub fn open(all: &Path) -> Option<Self> {
        Some(Self { state: BuildState::of_preview(all)?, file: None, earlier: Vec::new() })
    }

    /// Where the bodies are read of the documents that it has given.
    #[must_use]
    pub fn bodies(&self) -> Box<dyn Bodies> {
        match &self.file {
            Some(file) => Box::new(Files { file: file.clone(), earlier: self.earlier.clone() }),
            None => Box::new(Earlier(self.earlier.clone())),
        }
    }

    /// Where they are read once this is no longer used.
    #[must_use]
    pub fn into_earlier(self) -> Earlier {
        Earlier(self.file.into_iter().chain(self.earlier).collect())
    }

    /// Whether a text was found damaged: what was rendered since is not to be used, nor this cache.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.file.as_ref().is_some_and(DocumentFiles::is_damaged)
    }

    /// Parses documents, or takes what is kept of them; `None` where they cannot be kept.
    pub(super) fn read(
        &mut self,
        sources: &[Source],
        config: &SiteConfig,
        workspace: &dyn Workspace,
        observer: &dyn Observer,
    ) -> Option<(Vec<Parsed>, Unsaved)> {
        let mut cache = Cache::open(&self.state);
        let keeper = Keeper::open(&mut cache, config).ok()?;
        let (file, number, parsing) = (keeper.file.clone(), keeper.number, keeper.parsing);
        // Of a file that has been made anew, the records before are in the old one only.
        let is_again = !keeper.known.is_empty();
        let parser = Parser { config, workspace, keeper: Some(&keeper), digests: Digests::WhereStated };
        let parsed = parser.all(sources, observer).ok()?;
        let is_same = |known: &DocumentFiles| known.path() == file.path();
        if is_again {
            self.earlier.retain(|known| !is_same(known));
            self.file.take_if(|known| is_same(known));
        }
        self.earlier.extend(self.file.replace(file));
        let mut documents: Vec<KeptDocument> = parsed.iter().filter_map(|parsed| parsed.kept.clone()).collect();
        documents.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        // A preview makes no outputs.
        let index = Index {
            options: Checksum::default(),
            parsing,
            inputs: Vec::new(),
            last: LastOutput::default(),
            documents,
            told: None,
            now: 0,
            opened: self.state.opened(),
            file: number,
        };
        Some((parsed, Unsaved(index)))
    }

    /// Takes the body of a document that was read since, so that it need not be held in memory. What cannot
    /// be written stays there.
    pub fn put(&self, document: &mut Document) {
        if let Some(file) = &self.file {
            drop(file.put(document));
        }
    }

    /// Keeps what was read for the next run. What cannot be kept costs that run time, and nothing else.
    pub fn save(&self, unsaved: &Unsaved) {
        let index = &unsaved.0;
        let cache = Cache::open(&self.state);
        drop(cache.save(index, cache.draft(&index.inputs, &index.documents, &Reads::default())));
    }
}

/// A file with those that had its place before. A checksum tells in which of them a text is.
struct Files {
    file: DocumentFiles,
    earlier: Vec<DocumentFiles>,
}

impl Bodies for Files {
    fn read(&self, stored: Stored) -> Body {
        let elsewhere = || self.earlier.iter().find_map(|file| file.body(stored));
        // Where none has it, the newest is told to be damaged.
        self.file.body(stored).or_else(elsewhere).unwrap_or_else(|| self.file.read(stored))
    }
}

/// The files of a cache that is no longer used.
#[derive(Clone, Debug, Default)]
pub struct Earlier(Vec<DocumentFiles>);

impl Bodies for Earlier {
    fn read(&self, stored: Stored) -> Body {
        self.0.iter().find_map(|file| file.body(stored)).unwrap_or_default()
    }
}
