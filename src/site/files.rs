//! Files of the content beside its pages: where they are, and the addresses they get.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{LazyLock, OnceLock};

use foldhash::fast::FixedState;

use super::sections;
use super::sources::Group;
use super::{Page, Section, TranslationSet};
use crate::base::path::{RelPath, UrlPath};
use crate::base::slug::Slug;
use crate::config::SiteConfig;
use crate::diag::{Code, Diagnostic, Place};

/// The folder of the content.
static CONTENT: LazyLock<RelPath> = LazyLock::new(|| RelPath::new("content").unwrap_or_default());

/// The workspace path of a file as a page names it: relative to the page's folder, or from
/// `content/` where it begins with `/`. `None` where it would leave `content/`.
#[must_use]
pub fn resolve_file(folder: &RelPath, written: &str) -> Option<RelPath> {
    let path = match written.strip_prefix('/') {
        Some(path) => CONTENT.join(path)?,
        None => folder.join(written)?,
    };
    path.strip_prefix("content").is_some().then_some(path)
}

/// The files and pages a link may lead to, published or not.
pub(super) struct Shelf<'a> {
    /// Every file of the content that is not Markdown.
    pub files: &'a BTreeMap<RelPath, u64>,
    /// Every page of the content, published or not, by key.
    pub groups: &'a BTreeMap<String, Group>,
    /// The same for looking one up, with the set where it is published.
    pub known: HashMap<&'a str, Option<&'a TranslationSet>, FixedState>,
    /// The folders of sections that are not published.
    pub closed_folders: &'a BTreeSet<String>,
    /// The files by their paths without letter case, once one is asked for that is not there.
    pub folded_files: OnceLock<HashMap<String, &'a RelPath>>,
    /// The published pages.
    pub pages: &'a [Page],
    /// The sections.
    pub sections: &'a [Section],
    /// The settings.
    pub config: &'a SiteConfig,
}

/// A file looked up.
pub(super) enum Found {
    /// It may be published at this address.
    File(UrlPath),
    /// It belongs to a page or section that is not published.
    Withheld,
    /// Only a file whose name differs in letter case is there.
    OtherCase(RelPath),
    /// There is none.
    Missing,
}

impl Shelf<'_> {
    /// Looks a file up and gives the address it is published under: beside the default-language
    /// page of its folder, else in its section, with a slugged name.
    pub(super) fn find(&self, path: &RelPath) -> Found {
        if !self.files.contains_key(path) {
            let files = self.folded_files.get_or_init(|| folded(self.files.keys().map(|file| (file.as_str(), file))));
            let other = files.get(&path.as_str().to_lowercase());
            return other.map_or(Found::Missing, |file| Found::OtherCase((*file).clone()));
        }
        let Some(inside) = path.strip_prefix("content") else { return Found::Missing };
        if ancestors(inside).any(|folder| self.closed_folders.contains(folder)) {
            return Found::Withheld;
        }
        let (base, rest) = match self.page_folder(inside) {
            PageFolder::None => {
                let id = sections::containing(self.sections, inside);
                let Some(section) = self.sections.get(id.0 as usize) else { return Found::Missing };
                let rest = inside.strip_prefix(section.key.as_str()).unwrap_or(inside);
                (section.url.get(self.config.default_language).clone(), rest)
            }
            PageFolder::Published(folder, page) => (page.url.clone(), inside.strip_prefix(folder).unwrap_or(inside)),
            PageFolder::Withheld => return Found::Withheld,
        };
        Found::File(slugged(base, rest.trim_start_matches('/')))
    }

    /// The page folder (`index.md`) that holds a file, if one does.
    fn page_folder<'p>(&self, inside: &'p str) -> PageFolder<'p, '_> {
        for folder in ancestors(inside) {
            let Some(published) = self.known.get(folder) else { continue };
            let default = self.config.default_language;
            let page = published.and_then(|set| {
                let id = set.pages.get(default).or(*set.pages.get(default.other()))?;
                // Of a page that was taken back, the files are gone with the text.
                self.pages.get(id.0 as usize).filter(|page| page.meta.withdrawn.is_none())
            });
            return page.map_or(PageFolder::Withheld, |page| PageFolder::Published(folder, page));
        }
        PageFolder::None
    }
}

/// Two files of the content that would be published under one address.
pub(super) fn file_collision(first: &RelPath, second: &RelPath, url: &UrlPath) -> Diagnostic {
    Diagnostic::new(Code::UrlCollision)
        .with("url", url.as_str())
        .with("first", first)
        .with("second", second)
        .at(Place::file(second.clone()))
        .related(Place::file(first.clone()))
}

/// The folders that hold a path, the nearest first, without the root.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/')).map(|(folder, _)| folder)
}

/// The first of each path, by its form without letter case.
pub(super) fn folded<'a, T>(paths: impl Iterator<Item = (&'a str, T)>) -> HashMap<String, T> {
    let mut folded = HashMap::new();
    for (path, value) in paths {
        folded.entry(path.to_lowercase()).or_insert(value);
    }
    folded
}

/// Whether a file lies in the folder of a page.
enum PageFolder<'p, 's> {
    /// It does not.
    None,
    /// It does, and the page is published.
    Published(&'p str, &'s Page),
    /// It does, and the page is not published.
    Withheld,
}

/// The address of a file below a folder: every segment slugged, the extension in lower case.
fn slugged(base: UrlPath, rest: &str) -> UrlPath {
    let (folders, name) = rest.rsplit_once('/').unwrap_or(("", rest));
    let folder = folders.split('/').filter_map(Slug::from_text).fold(base, |url, slug| url.dir(slug.as_str()));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = Slug::from_text(stem).unwrap_or_else(|| Slug::numbered(stem));
    match Slug::from_text(extension) {
        Some(extension) => folder.file(&format!("{stem}.{extension}")),
        None => folder.file(stem.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_slugged() {
        let url = slugged(UrlPath::root().dir("tin-tuc"), "Ảnh hội nghị (1).JPG");
        assert_eq!(url.as_str(), "/tin-tuc/anh-hoi-nghi-1.jpg");
        assert_eq!(slugged(UrlPath::root(), "Tài liệu/a.tar.gz").as_str(), "/tai-lieu/a-tar.gz");
    }

    #[test]
    fn files_stay_in_content() {
        let folder = RelPath::new("content/news").unwrap();
        assert_eq!(resolve_file(&folder, "a.jpg").unwrap().as_str(), "content/news/a.jpg");
        assert_eq!(resolve_file(&folder, "/kit/a.svg").unwrap().as_str(), "content/kit/a.svg");
        assert_eq!(resolve_file(&folder, "../../site.yaml"), None);
    }
}
