//! Where links lead, once the whole site is known.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use super::anchors::Anchors;
use super::files::{Found, Shelf, folded, resolve_file};
use super::sources::SourceName;
use super::{PageId, Role, SectionId};
use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::base::similar::closest;
use crate::content::document::{Document, Target};
use crate::diag::{Code, Diagnostic, Place, Spot};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ResolvedLink {
    /// Another site, mail or telephone.
    External(String),
    /// A page, with the anchor.
    Page(PageId, Option<String>),
    /// The list of a section, with the anchor.
    Section(SectionId, Option<String>),
    /// A file of the content, with what stands behind its address.
    File(RelPath, String),
    /// An address of the site, with what stands behind it.
    Site(String, String),
    /// A place in the same document.
    Anchor(String),
    /// Nowhere: the target is withheld, dangerous or broken, and only the text remains.
    Nowhere,
}

/// What resolving the links of one document gives.
pub(super) struct Resolved {
    pub links: Vec<ResolvedLink>,
    pub images: Vec<ResolvedLink>,
    pub files: Vec<(RelPath, UrlPath)>,
    pub problems: Vec<Problem>,
}

/// A link that leads nowhere, and what is near to where it should lead, to be looked for later: that
/// means a look at every name of the site.
pub(super) struct Problem {
    pub diagnostic: Diagnostic,
    pub near: Option<Near>,
}

/// Among which names one like the written one is looked for.
pub(super) enum Near {
    /// Pages.
    Page(String),
    /// Files of the content.
    File(String),
    /// Addresses of the site.
    Site(String),
    /// The anchors of a page.
    Anchor(String, PageId),
}

impl From<Diagnostic> for Problem {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, near: None }
    }
}

/// Where a link stands.
struct Origin<'a> {
    page: PageId,
    folder: &'a RelPath,
    lang: Lang,
}

/// Resolves links and images of documents against the site.
pub(super) struct Resolver<'a> {
    pub shelf: Shelf<'a>,
    pub anchors: Anchors<'a>,
    /// Addresses of the site without a closing slash.
    pub addresses: HashSet<&'a str, FixedState>,
    /// The same in their order, for looking for one like another.
    pub names: Vec<&'a str>,
    /// Files of `static/`, as addresses.
    pub static_files: HashSet<&'a str, FixedState>,
    /// The documents by their paths without letter case, once one is asked for that is not there.
    pub folded_pages: OnceLock<HashMap<String, &'a RelPath>>,
}

impl<'a> Resolver<'a> {
    /// Resolves everything the document of a page points at.
    pub(super) fn resolve(&self, page: PageId, document: &Document) -> Resolved {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        let folder = document.path.parent();
        let from = Origin { page, folder: &folder, lang: document.lang };
        let mut one = |target: &Target, spot: &Spot| match self.target(target, &from, &mut files) {
            Ok(link) => link,
            Err(Problem { diagnostic, near }) => {
                problems.push(Problem { diagnostic: diagnostic.at(document.place(spot)), near });
                ResolvedLink::Nowhere
            }
        };
        let links = document.facts.links.iter().map(|link| one(&link.target, &link.spot)).collect();
        let images = document.facts.images.iter().map(|image| one(&image.target, &image.spot)).collect();
        Resolved { links, images, files, problems }
    }

    /// The address of a file named in front matter.
    pub(super) fn front_matter_file(&self, path: &RelPath, place: impl FnOnce() -> Place) -> Result<UrlPath, Problem> {
        match self.shelf.find(path) {
            Found::File(url) => Ok(url),
            found => {
                let Problem { diagnostic, near } = file_problem(found, path);
                Err(Problem { diagnostic: diagnostic.at(place()), near })
            }
        }
    }

    /// What is told of a problem, with a name that may be meant, as its file would write it.
    pub(super) fn told(&self, problem: Problem) -> Diagnostic {
        let Problem { diagnostic, near } = problem;
        let folder = diagnostic.place.as_ref().map(|place| place.file.parent()).unwrap_or_default();
        let seen = |path: &str| RelPath::new(path).map(|path| path.seen_from(&folder));
        let suggestion = match &near {
            None => return diagnostic,
            // Of a large site only what is near is compared: the same folder, or the same name elsewhere.
            Some(Near::Page(path)) => {
                let near = |known: &&str| parts(known).0 == parts(path).0 || parts(known).1 == parts(path).1;
                closest(path, self.page_paths().map(RelPath::as_str).filter(near)).and_then(seen)
            }
            Some(Near::File(path)) => closest(path, self.shelf.files.keys().map(RelPath::as_str)).and_then(seen),
            Some(Near::Site(path)) => closest(path, self.names.iter().copied()).map(str::to_owned),
            Some(Near::Anchor(id, page)) => {
                let page = self.shelf.pages.get(page.0 as usize).into_iter();
                let ids = page.flat_map(|page| &page.document.facts.anchors).map(String::as_str);
                closest(id, ids).map(str::to_owned)
            }
        };
        diagnostic.suggest(suggestion.as_deref())
    }

    /// The paths of all documents.
    fn page_paths(&self) -> impl Iterator<Item = &'a RelPath> {
        let groups = self.shelf.groups.values();
        let documents = groups.flat_map(|g| g.documents.iter().filter_map(|(_, d)| d.as_ref()));
        documents.map(|d| &d.path)
    }

    fn target(
        &self,
        target: &Target,
        from: &Origin,
        files: &mut Vec<(RelPath, UrlPath)>,
    ) -> Result<ResolvedLink, Problem> {
        match target {
            Target::External(url) => Ok(ResolvedLink::External(url.clone())),
            Target::Removed => Ok(ResolvedLink::Nowhere),
            Target::Anchor(id) if self.anchors.has(from.page, id) => Ok(ResolvedLink::Anchor(id.clone())),
            Target::Anchor(id) => Err(self.broken_anchor(id, from.page)),
            Target::Page { path, anchor } => self.page(from, path, anchor.as_deref()),
            Target::Site { path, suffix } => self.site(path, suffix),
            Target::File { path, suffix } => {
                let file = resolve_file(from.folder, path)
                    .ok_or_else(|| Diagnostic::new(Code::LinkLeavesContent).with("target", path.as_str()))?;
                match self.shelf.find(&file) {
                    Found::File(url) => {
                        files.push((file.clone(), url));
                        Ok(ResolvedLink::File(file, suffix.clone()))
                    }
                    found => Err(file_problem(found, &file)),
                }
            }
        }
    }

    fn page(&self, from: &Origin, written: &str, anchor: Option<&str>) -> Result<ResolvedLink, Problem> {
        let file = resolve_file(from.folder, written)
            .ok_or_else(|| Diagnostic::new(Code::LinkLeavesContent).with("target", written))?;
        let inside = file.strip_prefix("content").unwrap_or_default();
        let Ok(name) = SourceName::of(inside) else { return Err(self.broken_page(from, written, &file)) };
        let Some(set) = self.shelf.known.get(name.key) else { return Err(self.broken_page(from, written, &file)) };
        if name.role == Role::Index {
            let key = name.key.strip_suffix("_index").unwrap_or_default().trim_end_matches('/');
            let Some(section) = super::sections::find(self.shelf.sections, key) else {
                return Err(Diagnostic::new(Code::LinkWithheld).with("target", written).into());
            };
            return Ok(ResolvedLink::Section(section, anchor.map(str::to_owned)));
        }
        let wanted = name.lang.unwrap_or(from.lang);
        let page = set.and_then(|set| set.pages.get(wanted).or(*set.pages.get(wanted.other())));
        let Some(page) = page else {
            return Err(Diagnostic::new(Code::LinkWithheld).with("target", written).into());
        };
        match anchor {
            Some(id) if !self.anchors.has(page, id) => Err(self.broken_anchor(id, page)),
            _ => Ok(ResolvedLink::Page(page, anchor.map(str::to_owned))),
        }
    }

    fn site(&self, path: &str, suffix: &str) -> Result<ResolvedLink, Problem> {
        let bare = path.trim_end_matches('/');
        if self.addresses.contains(bare) || self.static_files.contains(bare.trim_start_matches('/')) {
            return Ok(ResolvedLink::Site(path.to_owned(), suffix.to_owned()));
        }
        let diagnostic = Diagnostic::new(Code::BrokenLink).with("target", path);
        Err(Problem { diagnostic, near: Some(Near::Site(bare.to_owned())) })
    }

    fn broken_anchor(&self, id: &str, page: PageId) -> Problem {
        let diagnostic = Diagnostic::new(Code::BrokenAnchor).with("anchor", id);
        let file = self.shelf.pages.get(page.0 as usize).map(|page| &page.document.path);
        let diagnostic = file.into_iter().fold(diagnostic, |diagnostic, file| diagnostic.with("file", file));
        Problem { diagnostic, near: Some(Near::Anchor(id.to_owned(), page)) }
    }

    fn broken_page(&self, from: &Origin, written: &str, file: &RelPath) -> Problem {
        let pages = self.folded_pages.get_or_init(|| folded(self.page_paths().map(|path| (path.as_str(), path))));
        if let Some(path) = pages.get(&file.as_str().to_lowercase()) {
            let actual = path.seen_from(from.folder);
            return Diagnostic::new(Code::WrongCase).with("target", written).with("actual", actual).into();
        }
        let diagnostic = Diagnostic::new(Code::BrokenLink).with("target", written);
        Problem { diagnostic, near: Some(Near::Page(file.as_str().to_owned())) }
    }
}

fn file_problem(problem: Found, path: &RelPath) -> Problem {
    match problem {
        Found::Withheld => Diagnostic::new(Code::LinkWithheld).with("target", path).into(),
        Found::OtherCase(actual) => {
            Diagnostic::new(Code::WrongCase).with("target", path).with("actual", &actual).into()
        }
        Found::Missing | Found::File(_) => {
            let diagnostic = Diagnostic::new(Code::BrokenFile).with("target", path);
            Problem { diagnostic, near: Some(Near::File(path.as_str().to_owned())) }
        }
    }
}

/// The folder and the name of a path.
fn parts(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
