//! Where links lead, once the whole site is known.

use std::collections::BTreeSet;

use super::files::{Found, Shelf, resolve_file};
use super::sources::SourceName;
use super::{PageId, Role, SectionId};
use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::base::similar::closest;
use crate::content::document::{Document, Target};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

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
    File(UrlPath, String),
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
    pub diagnostics: Diagnostics,
}

/// Resolves links and images of documents against the site.
pub(super) struct Resolver<'a> {
    pub shelf: Shelf<'a>,
    /// Addresses of the site without a closing slash.
    pub addresses: BTreeSet<&'a str>,
    /// Files of `static/`, as addresses.
    pub static_files: &'a BTreeSet<String>,
}

impl Resolver<'_> {
    /// Resolves everything one document points at.
    pub(super) fn resolve(&self, document: &Document) -> Resolved {
        let mut files = Vec::new();
        let mut diagnostics = Diagnostics::default();
        let mut one = |target: &Target, place: &Place| match self.target(target, document, &mut files) {
            Ok(link) => link,
            Err(problem) => {
                diagnostics.push(problem.at(place.clone()));
                ResolvedLink::Nowhere
            }
        };
        let links = document.facts.links.iter().map(|link| one(&link.target, &link.place)).collect();
        let images = document.facts.images.iter().map(|image| one(&image.target, &image.place)).collect();
        Resolved { links, images, files, diagnostics }
    }

    /// The address of a file named in front matter.
    pub(super) fn front_matter_file(&self, path: &RelPath, place: Place) -> Result<UrlPath, Diagnostic> {
        match self.shelf.find(path) {
            Found::File(url) => Ok(url),
            problem => Err(self.file_problem(problem, path).at(place)),
        }
    }

    fn target(
        &self,
        target: &Target,
        document: &Document,
        files: &mut Vec<(RelPath, UrlPath)>,
    ) -> Result<ResolvedLink, Diagnostic> {
        let folder = document.path.parent();
        match target {
            Target::External(url) => Ok(ResolvedLink::External(url.clone())),
            Target::Removed => Ok(ResolvedLink::Nowhere),
            Target::Anchor(id) => self.anchor(id, document),
            Target::Page { path, anchor } => self.page(&folder, path, anchor.as_deref(), document.lang),
            Target::Site { path, suffix } => self.site(path, suffix),
            Target::File { path, suffix } => {
                let file = resolve_file(&folder, path)
                    .ok_or_else(|| Diagnostic::new(Code::LinkLeavesContent).with("target", path.as_str()))?;
                match self.shelf.find(&file) {
                    Found::File(url) => {
                        files.push((file, url.clone()));
                        Ok(ResolvedLink::File(url, suffix.clone()))
                    }
                    problem => Err(self.file_problem(problem, &file)),
                }
            }
        }
    }

    fn anchor(&self, id: &str, document: &Document) -> Result<ResolvedLink, Diagnostic> {
        if has_anchor(document, id) {
            return Ok(ResolvedLink::Anchor(id.to_owned()));
        }
        Err(broken_anchor(id, document))
    }

    fn page(
        &self,
        folder: &RelPath,
        written: &str,
        anchor: Option<&str>,
        lang: Lang,
    ) -> Result<ResolvedLink, Diagnostic> {
        let file = resolve_file(folder, written)
            .ok_or_else(|| Diagnostic::new(Code::LinkLeavesContent).with("target", written))?;
        let inside = file.strip_prefix("content").unwrap_or_default();
        let Ok(name) = SourceName::of(inside) else { return Err(self.broken_page(written, inside)) };
        let Some(group) = self.shelf.groups.get(&name.key) else { return Err(self.broken_page(written, inside)) };
        if name.role == Role::Index {
            let key = name.key.strip_suffix("_index").unwrap_or_default().trim_end_matches('/');
            let Some(section) = super::sections::find(self.shelf.sections, key) else {
                return Err(Diagnostic::new(Code::LinkWithheld).with("target", written));
            };
            return Ok(ResolvedLink::Section(section, anchor.map(str::to_owned)));
        }
        let Some(page) = self.shelf.page_in(&name.key, name.lang.unwrap_or(lang)) else {
            return Err(Diagnostic::new(Code::LinkWithheld).with("target", written));
        };
        let target_lang = self.shelf.pages.get(page.0 as usize).map_or(lang, |page| page.lang);
        match (anchor, group.documents.get(target_lang)) {
            (Some(id), Some(document)) if !has_anchor(document, id) => Err(broken_anchor(id, document)),
            _ => Ok(ResolvedLink::Page(page, anchor.map(str::to_owned))),
        }
    }

    fn site(&self, path: &str, suffix: &str) -> Result<ResolvedLink, Diagnostic> {
        let bare = path.trim_end_matches('/');
        if self.addresses.contains(bare) || self.static_files.contains(bare.trim_start_matches('/')) {
            return Ok(ResolvedLink::Site(path.to_owned(), suffix.to_owned()));
        }
        let suggestion = closest(bare, self.addresses.iter().copied());
        Err(Diagnostic::new(Code::BrokenLink).with("target", path).suggest(suggestion))
    }

    fn broken_page(&self, written: &str, inside: &str) -> Diagnostic {
        let folded = inside.to_lowercase();
        let documents = || self.shelf.groups.values().flat_map(|g| g.documents.iter().filter_map(|(_, d)| d.as_ref()));
        let paths = || documents().filter_map(|d| d.path.strip_prefix("content"));
        if let Some(path) = paths().find(|path| path.to_lowercase() == folded) {
            return Diagnostic::new(Code::WrongCase).with("target", written).with("actual", path);
        }
        // Of a large site only what is near is compared: the same folder, or the same name elsewhere.
        let near = |path: &&str| parts(path).0 == parts(inside).0 || parts(path).1 == parts(inside).1;
        Diagnostic::new(Code::BrokenLink).with("target", written).suggest(closest(inside, paths().filter(near)))
    }

    fn file_problem(&self, problem: Found, path: &RelPath) -> Diagnostic {
        match problem {
            Found::Withheld => Diagnostic::new(Code::LinkWithheld).with("target", path),
            Found::OtherCase(actual) => Diagnostic::new(Code::WrongCase).with("target", path).with("actual", &actual),
            Found::Missing | Found::File(_) => {
                let siblings = self.shelf.files.iter().map(RelPath::as_str);
                Diagnostic::new(Code::BrokenFile).with("target", path).suggest(closest(path.as_str(), siblings))
            }
        }
    }
}

/// The folder and the name of a path.
fn parts(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Whether a document has an anchor: a heading's, a footnote's, or `top`.
fn has_anchor(document: &Document, id: &str) -> bool {
    let facts = &document.facts;
    matches!(id, "top")
        || ["fn-", "fnref-"].iter().any(|note| id.starts_with(note))
        || facts.outline.iter().any(|heading| heading.id == id)
        || facts.anchors.iter().any(|anchor| anchor == id)
}

fn broken_anchor(id: &str, document: &Document) -> Diagnostic {
    Diagnostic::new(Code::BrokenAnchor)
        .with("anchor", id)
        .with("file", &document.path)
        .suggest(closest(id, document.facts.outline.iter().map(|h| h.id.as_str())))
}
