//! The documents of the preview: what each file says now, and the last version of it that was sound.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::path::RelPath;
use crate::build::document_cache::{DocumentCache, Unsaved};
use crate::build::parse::{self, ReadDocument};
use crate::build::report::Observer;
use crate::config::SiteConfig;
use crate::content::document::Document;
use crate::diag::{Diagnostic, Diagnostics};
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
}

/// All documents.
#[derive(Debug, Default)]
pub(super) struct Documents(BTreeMap<RelPath, Entry>);

impl Documents {
    /// Reads files, which take the place of what was known of them. Gives the files that are no documents,
    /// what is wrong with names, and what is to be kept.
    pub(super) fn read(
        &mut self,
        files: Vec<Listed>,
        config: &SiteConfig,
        workspace: &dyn Workspace,
        cache: Option<&mut DocumentCache>,
        observer: &dyn Observer,
    ) -> (BTreeSet<RelPath>, Diagnostics, Option<Unsaved>) {
        let read = parse::read(files, config, workspace, cache, observer);
        for ReadDocument { path, document, found } in read.documents {
            let entry = self.0.entry(path).or_default();
            (entry.now, entry.found, entry.held) = (document.map(Arc::new), found, Diagnostics::default());
        }
        (read.others, read.found, read.unsaved)
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

    /// Takes what linking told: an error in a file that had a good version before holds it at that one.
    /// Tells whether one was held, so that the site has to be linked again.
    pub(super) fn hold(&mut self, told: &Diagnostics) -> bool {
        let mut is_held = false;
        for error in told.iter().filter(|told| told.severity == crate::diag::Severity::Error) {
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
    pub(super) fn settle(&mut self, paths: Option<&BTreeSet<RelPath>>, told: &Diagnostics) {
        let has_error = |path: &RelPath| {
            let mut errors = told.iter().filter(|told| told.severity == crate::diag::Severity::Error);
            errors.any(|error| error.place.as_ref().is_some_and(|place| place.file == *path))
        };
        let entries: Vec<(&RelPath, &mut Entry)> = match paths {
            None => self.0.iter_mut().collect(),
            Some(paths) => self.0.iter_mut().filter(|(path, _)| paths.contains(*path)).collect(),
        };
        for (path, entry) in entries {
            if !entry.found.has_errors() && !entry.held.has_errors() && !has_error(path) {
                entry.good.clone_from(&entry.now);
            }
        }
    }

    /// What is wrong with the files themselves, and what held some of them back.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.values().flat_map(|entry| entry.found.iter().chain(entry.held.iter()))
    }
}
