//! The documents of the preview: what each file says now, and the last version of it that was sound.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::path::RelPath;
use crate::build::document_cache::{DocumentCache, Unsaved};
use crate::build::parse::{self, Read, ReadDocument};
use crate::build::report::{Observer, Silent};
use crate::config::SiteConfig;
use crate::content::document::Document;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::source::{Listed, Workspace};

/// One file.
#[derive(Debug, Default)]
struct Entry {
    /// What it says now.
    now: Option<Arc<Document>>,
    /// What is wrong with it.
    found: Diagnostics,
    /// The last version that was read and linked without an error.
    good: Option<Arc<Document>>,
    /// The errors that linking told of what it says now, if it did: the good version stands in for it.
    held: Diagnostics,
}

impl Entry {
    /// The version the site is made from.
    fn shown(&self) -> Option<&Arc<Document>> {
        let is_sound = !self.found.has_errors() && !self.held.has_errors();
        self.now.as_ref().filter(|_| is_sound).or(self.good.as_ref()).or(self.now.as_ref())
    }

    fn settle(&mut self) {
        if !self.found.has_errors() && !self.held.has_errors() {
            self.good.clone_from(&self.now);
        }
    }
}

/// All documents.
#[derive(Debug, Default)]
pub(super) struct Documents(BTreeMap<RelPath, Entry>);

impl Documents {
    /// Reads all files, from the cache where it has them. Gives the files that are no documents, what is
    /// wrong with names, and what is to be kept.
    pub(super) fn read_all(
        &mut self,
        files: Vec<Listed>,
        config: &SiteConfig,
        workspace: &dyn Workspace,
        cache: Option<&mut DocumentCache>,
        observer: &dyn Observer,
    ) -> (BTreeSet<RelPath>, Diagnostics, Option<Unsaved>) {
        let Read { documents, others, found, unsaved } = parse::read(files, config, workspace, cache, observer);
        self.take(documents);
        (others, found, unsaved)
    }

    /// Reads some files anew; their texts go to the file of the cache. Gives what is wrong with names.
    pub(super) fn read_some(
        &mut self,
        files: Vec<Listed>,
        config: &SiteConfig,
        workspace: &dyn Workspace,
        cache: Option<&DocumentCache>,
    ) -> Diagnostics {
        let Read { mut documents, found, .. } = parse::read(files, config, workspace, None, &Silent);
        if let Some(cache) = cache {
            documents.iter_mut().filter_map(|read| read.document.as_mut()).for_each(|document| cache.put(document));
        }
        self.take(documents);
        found
    }

    /// Puts what files say now in the place of what they said.
    fn take(&mut self, documents: Vec<ReadDocument>) {
        for ReadDocument { path, document, found } in documents {
            let entry = self.0.entry(path).or_default();
            (entry.now, entry.found, entry.held) = (document.map(Arc::new), found, Diagnostics::default());
        }
    }

    /// Forgets files that are gone.
    pub(super) fn keep_only(&mut self, files: &BTreeSet<RelPath>) {
        self.0.retain(|path, _| files.contains(path));
    }

    /// The versions the site is made from.
    pub(super) fn shown(&self) -> Vec<Arc<Document>> {
        self.0.values().filter_map(Entry::shown).cloned().collect()
    }

    /// The version of one file that the site is made from.
    pub(super) fn shown_of(&self, path: &RelPath) -> Option<&Arc<Document>> {
        self.0.get(path)?.shown()
    }

    /// Lets every file be tried as it is now: what another file has become may have mended it.
    pub(super) fn release(&mut self) {
        self.0.values_mut().for_each(|entry| entry.held = Diagnostics::default());
    }

    /// Takes what linking told: an error in a file that had a good version before holds it at that one.
    /// Tells whether one was held, so that the site has to be linked again.
    pub(super) fn hold(&mut self, told: &Diagnostics) -> bool {
        let mut is_held = false;
        for error in told.iter().filter(|told| told.severity == Severity::Error) {
            let Some(entry) = error.place.as_ref().and_then(|place| self.0.get_mut(&place.file)) else { continue };
            let stands_in = |good: &Arc<Document>| entry.shown().is_some_and(|shown| !Arc::ptr_eq(good, shown));
            if entry.good.as_ref().is_some_and(stands_in) {
                entry.held.push(error.clone());
                is_held = true;
            }
        }
        is_held
    }

    /// What the site is made from now is good, but for files with errors.
    pub(super) fn settle(&mut self, told: &Diagnostics) {
        let errors = told.iter().filter(|told| told.severity == Severity::Error);
        let wrong: BTreeSet<&RelPath> = errors.filter_map(|error| Some(&error.place.as_ref()?.file)).collect();
        self.0.iter_mut().filter(|(path, _)| !wrong.contains(path)).for_each(|(_, entry)| entry.settle());
    }

    /// What some files say now is good.
    pub(super) fn settle_some(&mut self, paths: &BTreeSet<RelPath>) {
        for path in paths {
            self.0.get_mut(path).into_iter().for_each(Entry::settle);
        }
    }

    /// What is wrong with the files themselves, and what held some of them back.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.values().flat_map(|entry| entry.found.iter().chain(entry.held.iter()))
    }
}
