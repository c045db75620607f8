//! The documents of the preview: what each file says now, and the last version of it that was sound.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::path::RelPath;
use crate::build::document_cache::{DocumentCache, Unsaved};
use crate::build::parse::{self, ReadDocument, Sorted};
use crate::build::report::{Observer, Silent};
use crate::config::SiteConfig;
use crate::content::document::Document;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::site::Role;
use crate::site::sources::SourceName;
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
    stands: Stands,
}

/// Which version of a file the site is made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stands {
    /// What it says now.
    #[default]
    Now,
    /// The good one, if there is one.
    Good,
}

impl Entry {
    /// The version the site is made from.
    fn shown(&self) -> Option<&Arc<Document>> {
        self.now.as_ref().filter(|_| self.stands == Stands::Now).or(self.good.as_ref()).or(self.now.as_ref())
    }

    /// What it says now is good, if it is sound.
    fn settle(&mut self) {
        if !self.found.has_errors() && self.stands == Stands::Now {
            self.good.clone_from(&self.now);
        }
    }

    /// Whether an earlier version is shown in the place of what it says now.
    fn is_replaced(&self) -> bool {
        match (self.shown(), &self.now) {
            (Some(shown), Some(now)) => !Arc::ptr_eq(shown, now),
            (shown, None) => shown.is_some(),
            (None, Some(_)) => false,
        }
    }

    /// Whether its errors are told by linking, which knows whether they matter.
    fn is_told_by_linking(&self) -> bool {
        self.found.has_errors() && self.now.is_some() && !self.is_replaced()
    }
}

/// All documents.
#[derive(Debug, Default)]
pub(super) struct Documents {
    files: BTreeMap<RelPath, Entry>,
    /// The files whose good version stands in, with the errors for which it does.
    held: BTreeMap<RelPath, Diagnostics>,
}

impl Documents {
    /// Reads all files, from the cache where it has them; gives what is to be kept. What is wrong with their
    /// names is told elsewhere.
    pub(super) fn read_all(
        &mut self,
        files: Sorted,
        config: &SiteConfig,
        workspace: &dyn Workspace,
        cache: Option<&mut DocumentCache>,
        observer: &dyn Observer,
    ) -> Option<Unsaved> {
        let (documents, unsaved) = parse::read(files, config, workspace, cache, observer);
        self.take(documents);
        unsaved
    }

    /// Reads some files anew; their texts go to the file of the cache.
    pub(super) fn read_some(
        &mut self,
        files: Vec<Listed>,
        config: &SiteConfig,
        workspace: &dyn Workspace,
        cache: Option<&DocumentCache>,
    ) {
        let (mut documents, _) = parse::read(Sorted::of(files, config), config, workspace, None, &Silent);
        if let Some(cache) = cache {
            documents.iter_mut().filter_map(|read| read.document.as_mut()).for_each(|document| cache.put(document));
        }
        self.take(documents);
    }

    /// Puts what files say now in the place of what they said.
    fn take(&mut self, documents: Vec<ReadDocument>) {
        for ReadDocument { path, document, found } in documents {
            self.held.remove(&path);
            let entry = self.files.entry(path).or_default();
            // Another default language makes another document of it.
            let lang = document.as_ref().map(|document| document.lang);
            entry.good = entry.good.take().filter(|good| lang.is_none_or(|lang| lang == good.lang));
            (entry.now, entry.found, entry.stands) = (document.map(Arc::new), found, Stands::Now);
        }
    }

    /// Forgets files that are gone.
    pub(super) fn keep_only(&mut self, files: &BTreeSet<RelPath>) {
        self.files.retain(|path, _| files.contains(path));
        self.held.retain(|path, _| files.contains(path));
    }

    /// The versions the site is made from.
    pub(super) fn shown(&self) -> Vec<Arc<Document>> {
        self.files.values().filter_map(Entry::shown).cloned().collect()
    }

    /// The version of one file that the site is made from.
    pub(super) fn shown_of(&self, path: &RelPath) -> Option<&Arc<Document>> {
        self.files.get(path)?.shown()
    }

    /// What is wrong with those of them that linking is given as they are, for it to judge.
    pub(super) fn unjudged(&self) -> Diagnostics {
        let entries = self.files.values().filter(|entry| entry.is_told_by_linking());
        entries.flat_map(|entry| entry.found.iter()).cloned().collect()
    }

    /// Lets every file stand for itself again: what kept it back may have been mended elsewhere.
    pub(super) fn release(&mut self) {
        for path in std::mem::take(&mut self.held).keys() {
            self.files.get_mut(path).into_iter().for_each(|entry| entry.stands = Stands::Now);
        }
    }

    /// The good version of a file that has errors of its own, if it would stand in for it.
    pub(super) fn stand_in(&self, path: &RelPath) -> Option<&Arc<Document>> {
        self.files.get(path).filter(|entry| entry.found.has_errors())?.good.as_ref()
    }

    /// Lets the good version of a file with errors of its own stand in for it.
    pub(super) fn hold_back(&mut self, path: &RelPath) {
        let errors = self.files.get(path).into_iter().flat_map(|entry| entry.found.iter());
        let errors = errors.filter(|found| found.severity == Severity::Error).cloned().collect();
        self.put_back(path, errors);
    }

    /// Lets the good version of a file stand in for it.
    fn put_back(&mut self, path: &RelPath, errors: Diagnostics) {
        self.files.get_mut(path).into_iter().for_each(|entry| entry.stands = Stands::Good);
        self.held.insert(path.clone(), errors);
    }

    /// Takes what linking told: an error in a file that had a good version before holds it at that one.
    /// Tells whether one was held, so that the site has to be linked again.
    pub(super) fn hold(&mut self, told: &Diagnostics) -> bool {
        let mut errors: BTreeMap<&RelPath, Diagnostics> = BTreeMap::new();
        for error in told.iter().filter(|told| told.severity == Severity::Error) {
            let file = error.place.as_ref().map(|place| &place.file);
            let entry = file.and_then(|file| self.files.get_key_value(file));
            if let Some((path, entry)) = entry
                && entry.good.is_some()
                && !entry.is_replaced()
                && !entry.good.as_ref().zip(entry.now.as_ref()).is_some_and(|(good, now)| Arc::ptr_eq(good, now))
            {
                errors.entry(path).or_default().push(error.clone());
            }
        }
        // What cannot be read may be the cause of the errors of others, and what a section says of those of its pages.
        let is_unreadable = |path: &RelPath| self.files.get(path).is_some_and(|entry| entry.found.has_errors());
        let is_section = |path: &RelPath| {
            let name = path.strip_prefix("content").map(SourceName::of);
            name.is_some_and(|name| name.is_ok_and(|name| name.role == Role::Index))
        };
        let causes: [&dyn Fn(&RelPath) -> bool; 2] = [&is_unreadable, &is_section];
        let cause = causes.into_iter().find(|is_cause| errors.keys().any(|path| is_cause(path)));
        let held: Vec<(RelPath, Diagnostics)> = errors
            .into_iter()
            .filter(|(path, _)| cause.is_none_or(|is_cause| is_cause(path)))
            .map(|(path, errors)| (path.clone(), errors))
            .collect();
        let any = !held.is_empty();
        for (path, errors) in held {
            self.put_back(&path, errors);
        }
        any
    }

    /// What the site is made from now is good, but for files with errors.
    pub(super) fn settle(&mut self, told: &Diagnostics) {
        let errors = told.iter().filter(|told| told.severity == Severity::Error);
        let broken: BTreeSet<&RelPath> = errors.filter_map(|error| Some(&error.place.as_ref()?.file)).collect();
        self.files.iter_mut().filter(|(path, _)| !broken.contains(path)).for_each(|(_, entry)| entry.settle());
    }

    /// What some files say now is good, if it is sound.
    pub(super) fn settle_some(&mut self, paths: &BTreeSet<RelPath>) {
        for path in paths {
            self.files.get_mut(path).into_iter().for_each(Entry::settle);
        }
    }

    /// Whether a version stands for a file that is none of what it says now: what linking tells of it is
    /// then about other words than the file has.
    pub(super) fn is_replaced(&self, path: &RelPath) -> bool {
        self.files.get(path).is_some_and(Entry::is_replaced)
    }

    /// What keeps files back.
    pub(super) fn held(&self) -> impl Iterator<Item = &Diagnostic> {
        self.held.values().flat_map(Diagnostics::iter)
    }

    /// What is wrong with the files themselves and what keeps them back, but for what linking tells.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let own = self.files.values().filter(|entry| !entry.is_told_by_linking()).flat_map(|entry| {
            let is_held = entry.stands == Stands::Good;
            entry.found.iter().filter(move |found| !is_held || found.severity != Severity::Error)
        });
        own.chain(self.held())
    }
}
