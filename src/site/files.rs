//! Files of the content beside its pages: where they are, and the addresses they get.

use std::collections::{BTreeMap, BTreeSet};

use super::sections;
use super::sources::Group;
use super::{Page, Section, TranslationSet};
use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::base::slug::Slug;
use crate::config::SiteConfig;

/// The workspace path of a file as a page names it: relative to the page's folder, or from
/// `content/` where it begins with `/`. `None` where it would leave `content/`.
#[must_use]
pub fn resolve_file(folder: &RelPath, written: &str) -> Option<RelPath> {
    let path = match written.strip_prefix('/') {
        Some(path) => RelPath::new("content")?.join(path)?,
        None => folder.join(written)?,
    };
    path.strip_prefix("content").is_some().then_some(path)
}

/// The files and pages a link may lead to, published or not.
pub(super) struct Shelf<'a> {
    /// Every file of the content that is not Markdown.
    pub files: &'a BTreeSet<RelPath>,
    /// Every page of the content, published or not, by key.
    pub groups: &'a BTreeMap<String, Group>,
    /// The folders of sections that are not published.
    pub closed_folders: &'a [String],
    /// The published sets by key.
    pub published: BTreeMap<&'a str, &'a TranslationSet>,
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
        if !self.files.contains(path) {
            let folded = path.as_str().to_lowercase();
            let other = self.files.iter().find(|file| file.as_str().to_lowercase() == folded);
            return other.map_or(Found::Missing, |file| Found::OtherCase(file.clone()));
        }
        let Some(inside) = path.strip_prefix("content") else { return Found::Missing };
        if self.closed_folders.iter().any(|folder| path.strip_prefix(&format!("content/{folder}")).is_some()) {
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
        let mut folder = inside;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            folder = parent;
            if !self.groups.contains_key(folder) {
                continue;
            }
            let default = self.config.default_language;
            let page = self.published.get(folder).and_then(|set| {
                let id = set.pages.get(default).or(*set.pages.get(default.other()))?;
                // Of a page that was taken back, the files are gone with the text.
                self.pages.get(id.0 as usize).filter(|page| page.meta.withdrawn.is_none())
            });
            return page.map_or(PageFolder::Withheld, |page| PageFolder::Published(folder, page));
        }
        PageFolder::None
    }

    /// The language a page of the key would be in for a reader of `lang`.
    pub(super) fn page_in(&self, key: &str, lang: Lang) -> Option<super::PageId> {
        let set = self.published.get(key)?;
        set.pages.get(lang).or(*set.pages.get(lang.other()))
    }
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
