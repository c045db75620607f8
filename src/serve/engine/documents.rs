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
}

impl Entry {
    /// The version the site is made from.
    fn shown(&self, held: Option<&Diagnostics>) -> Option<&Arc<Document>> {
        let is_sound = !self.found.has_errors() && held.is_none();
        self.now.as_ref().filter(|_| is_sound).or(self.good.as_ref()).or(self.now.as_ref())
    }

    /// What it says now is good, if it is sound.
    fn settle(&mut self) {
        if !self.found.has_errors() {
            self.good.clone_from(&self.now);
        }
    }
}

/// All documents.
#[derive(Debug, Default)]
pub(super) struct Documents {
    files: BTreeMap<RelPath, Entry>,
    /// The files whose good version stands in, with the errors that linking told of what they say now.
    held: BTreeMap<RelPath, Diagnostics>,
}

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
            self.held.remove(&path);
            let entry = self.files.entry(path).or_default();
            (entry.now, entry.found) = (document.map(Arc::new), found);
        }
    }

    /// Forgets files that are gone.
    pub(super) fn keep_only(&mut self, files: &BTreeSet<RelPath>) {
        self.files.retain(|path, _| files.contains(path));
        self.held.retain(|path, _| files.contains(path));
    }

    /// The versions the site is made from.
    pub(super) fn shown(&self) -> Vec<Arc<Document>> {
        self.files.iter().filter_map(|(path, entry)| entry.shown(self.held.get(path))).cloned().collect()
    }

    /// The version of one file that the site is made from.
    pub(super) fn shown_of(&self, path: &RelPath) -> Option<&Arc<Document>> {
        self.files.get(path)?.shown(self.held.get(path))
    }

    /// Lets every file be tried as it is now: what another file has become may have mended it.
    pub(super) fn release(&mut self) {
        self.held.clear();
    }

    /// Takes what linking told: an error in a file that had a good version before holds it at that one.
    /// Tells whether one was held, so that the site has to be linked again.
    pub(super) fn hold(&mut self, told: &Diagnostics) -> bool {
        for error in told.iter().filter(|told| told.severity == Severity::Error) {
            let Some(path) = error.place.as_ref().map(|place| &place.file) else { continue };
            let Some(Entry { now, good, .. }) = self.files.get(path) else { continue };
            let is_other = now.as_ref().zip(good.as_ref()).is_some_and(|(now, good)| !Arc::ptr_eq(now, good));
            if is_other {
                self.held.entry(path.clone()).or_default().push(error.clone());
            }
        }
        !self.held.is_empty()
    }

    /// The errors for which files are held at their good versions.
    pub(super) fn held(&self) -> impl Iterator<Item = &Diagnostic> {
        self.held.values().flat_map(Diagnostics::iter)
    }

    /// What the site is made from now is good, but for files with errors.
    pub(super) fn settle(&mut self, told: &Diagnostics) {
        let errors = told.iter().filter(|told| told.severity == Severity::Error);
        let wrong: BTreeSet<&RelPath> = errors.filter_map(|error| Some(&error.place.as_ref()?.file)).collect();
        let is_sound = |path: &RelPath| !wrong.contains(path) && !self.held.contains_key(path);
        self.files.iter_mut().filter(|(path, _)| is_sound(path)).for_each(|(_, entry)| entry.settle());
    }

    /// What some files say now is good.
    pub(super) fn settle_some(&mut self, paths: &BTreeSet<RelPath>) {
        for path in paths {
            self.files.get_mut(path).into_iter().for_each(Entry::settle);
        }
    }

    /// What is wrong with the files themselves, and what held some of them back.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.files.values().flat_map(|entry| entry.found.iter()).chain(self.held())
    }
}
