//! The files of the portal as they were last seen, and what a change touches of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use crate::base::path::RelPath;
use crate::config;
use crate::diag::{Diagnostic, Diagnostics};
use crate::site::sources::SourceName;
use crate::source::{Listed, Stamp, Workspace};

/// The files below one folder.
#[derive(Debug)]
struct Folder {
    name: RelPath,
    files: BTreeMap<RelPath, Stamp>,
    /// What listing it as a whole has found wrong.
    found: Diagnostics,
}

impl Folder {
    fn new(name: &str) -> Self {
        Self { name: RelPath::new(name).unwrap_or_default(), files: BTreeMap::new(), found: Diagnostics::default() }
    }

    /// Looks at all of it.
    fn list(&mut self, workspace: &dyn Workspace) {
        let listing = workspace.list(&self.name);
        self.files = listing.files.into_iter().map(|file| (file.path, file.stamp)).collect();
        self.found = listing.diagnostics;
    }

    /// Looks at one path below it, a file or folder; gives the files that are new, other or gone, and whether
    /// there are the same as before. A file that is named counts as another even if it seems the same: clocks
    /// of file systems are too slow for two saves at once.
    fn look(&mut self, path: &RelPath, workspace: &dyn Workspace) -> (Vec<RelPath>, Names) {
        let is_here = |other: &RelPath| other == path || other.strip_prefix(path.as_str()).is_some();
        // Names such as `a-b` and `a.md` stand between `a` and what is in it.
        let inside = format!("{path}/");
        let below = self.files.range::<str, _>((Bound::Included(inside.as_str()), Bound::Unbounded));
        let below = below.take_while(|(known, _)| is_here(known));
        let known = self.files.get_key_value(path).into_iter().chain(below);
        let known: BTreeMap<RelPath, Stamp> = known.map(|(path, stamp)| (path.clone(), *stamp)).collect();
        let (now, found) = match workspace.stamp(path) {
            Some(stamp) => (BTreeMap::from([(path.clone(), stamp)]), Diagnostics::default()),
            None => {
                let listing = workspace.list(path);
                (listing.files.into_iter().map(|file| (file.path, file.stamp)).collect(), listing.diagnostics)
            }
        };
        let elsewhere = |found: &&Diagnostic| found.place.as_ref().is_some_and(|place| !is_here(&place.file));
        self.found = self.found.iter().filter(elsewhere).cloned().chain(found).collect();
        known.keys().filter(|path| !now.contains_key(*path)).for_each(|gone| {
            self.files.remove(gone);
        });
        let is_other = |other: &&RelPath| *other == path || known.get(*other) != now.get(*other);
        let touched = known.keys().chain(now.keys().filter(|path| !known.contains_key(*path)));
        let mut touched: Vec<RelPath> = touched.filter(is_other).cloned().collect();
        if known.is_empty() && now.is_empty() && *path != self.name {
            // It came and went, and somebody may have read it meanwhile.
            touched.push(path.clone());
        }
        let names = if known.keys().eq(now.keys()) { Names::Same } else { Names::Changed };
        self.files.extend(now);
        (touched, names)
    }
}

/// Whether there are the same files as before, whatever they say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Names {
    #[default]
    Same,
    Changed,
}

/// The files of a portal.
#[derive(Debug)]
pub(super) struct Files {
    content: Folder,
    statics: Folder,
    themes: Folder,
}

/// What a change touches.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Markdown files that are new, other or gone.
    pub documents: BTreeSet<RelPath>,
    /// Other files of content and `static/` that are new, other or gone.
    pub others: BTreeSet<RelPath>,
    /// Whether there are the same files as before.
    pub names: Names,
    /// Whether the theme may be another.
    pub theme: bool,
    /// Whether the settings may be.
    pub settings: bool,
}

impl Files {
    pub(super) fn new() -> Self {
        Self { content: Folder::new("content"), statics: Folder::new("static"), themes: Folder::new("themes") }
    }

    /// Looks at everything.
    pub(super) fn list(&mut self, workspace: &dyn Workspace) {
        let Self { content, statics, themes } = self;
        rayon::join(
            || content.list(workspace),
            || {
                statics.list(workspace);
                themes.list(workspace);
            },
        );
    }

    /// Looks at paths of which it was told that they changed.
    pub(super) fn look(&mut self, paths: &BTreeSet<RelPath>, workspace: &dyn Workspace) -> Touched {
        let mut touched = Touched::default();
        for path in paths {
            let inside = |folder: &Folder| *path == folder.name || path.strip_prefix(folder.name.as_str()).is_some();
            if path.as_str() == config::FILE {
                touched.settings = true;
            } else if inside(&self.themes) {
                touched.theme |= !self.themes.look(path, workspace).0.is_empty();
            } else if let Some(folder) = [&mut self.content, &mut self.statics].into_iter().find(|f| inside(f)) {
                let is_content = folder.name.as_str() == "content";
                let (files, names) = folder.look(path, workspace);
                for file in files {
                    let is_document = is_content && file.extension() == "md";
                    if is_document { &mut touched.documents } else { &mut touched.others }.insert(file);
                }
                if names == Names::Changed {
                    touched.names = names;
                }
            }
        }
        touched
    }

    /// All files of the content.
    pub(super) fn content(&self) -> Vec<Listed> {
        self.content.files.iter().map(|(path, stamp)| Listed { path: path.clone(), stamp: *stamp }).collect()
    }

    /// The size in bytes of a file of the content.
    pub(super) fn size(&self, path: &RelPath) -> Option<u64> {
        self.content.files.get(path).map(|stamp| stamp.size)
    }

    /// All static files.
    pub(super) fn statics(&self) -> Vec<RelPath> {
        self.statics.files.keys().cloned().collect()
    }

    /// What listing the folders has found wrong.
    pub(super) fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        [&self.content, &self.statics, &self.themes].into_iter().flat_map(|folder| folder.found.iter())
    }

    /// The Markdown files of the pages to which some documents belong, in all languages.
    pub(super) fn pages_of(&self, documents: &BTreeSet<RelPath>) -> Vec<Listed> {
        let mut all = BTreeMap::new();
        for document in documents {
            let inside = document.strip_prefix("content").unwrap_or_default();
            let key = SourceName::of(inside).map_or(inside, |name| name.key);
            let names = ["", ".vi", ".en"]
                .into_iter()
                .flat_map(|lang| [format!("content/{key}{lang}.md"), format!("content/{key}/index{lang}.md")]);
            let paths = names.filter_map(|name| RelPath::new(&name)).chain([document.clone()]);
            all.extend(paths.filter_map(|path| Some((path.clone(), *self.content.files.get(&path)?))));
        }
        all.into_iter().map(|(path, stamp)| Listed { path, stamp }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::memory::MemoryWorkspace;

    #[test]
    fn a_folder_that_is_gone_takes_its_files_along_whatever_stands_beside_it() {
        let beside = ["content/a-b.md", "content/a.en.md", "content/a.md"];
        let workspace = |paths: &[&str]| MemoryWorkspace::new(paths.iter().map(|path| (*path, ""))).unwrap();
        let mut files = Files::new();
        files.list(&workspace(&[&beside[..], &["content/a/index.md", "content/a/b/c.md"]].concat()));
        let folder = RelPath::new("content/a").unwrap();
        let touched = files.look(&BTreeSet::from([folder]), &workspace(&beside));
        let gone: Vec<&str> = touched.documents.iter().map(RelPath::as_str).collect();
        assert_eq!((gone, touched.names), (vec!["content/a/b/c.md", "content/a/index.md"], Names::Changed));
        assert_eq!(files.content().iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), beside);
    }
}
