//! Floor 4: the whole site, linked and frozen; relations are ids into its arenas.

mod anchors;
mod arenas;
pub mod calendar;
pub mod citations;
mod closed;
pub mod documents;
pub mod due;
pub mod files;
pub mod identity;
pub mod join;
pub mod ledger;
pub mod link;
pub mod lists;
pub mod meta;
mod named;
pub mod pictures;
mod provinces;
pub mod publication;
pub mod recent;
pub mod related;
pub mod relink;
pub mod resolve;
pub mod routes;
pub mod sections;
mod series;
pub mod sources;
pub mod terms;
pub mod translation;
pub mod urls;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::date::Moment;
use crate::base::lang::{Lang, PerLang};
use crate::base::path::{OutPath, RelPath, UrlPath};
use crate::base::slug::Slug;
use crate::config::SiteConfig;
use crate::content::document::Document;
use crate::content::front_matter::{Kind, Sort};

pub use citations::Cited;
use documents::Documents;
pub use identity::Registry;

pub use meta::{Localized, Meta};
pub use pictures::Picture;
pub use publication::{Publication, Withheld};
pub use resolve::ResolvedLink;
pub use terms::{TermId, TermPages, Vocabulary};
pub use translation::TranslationState;

/// The id of a page in [`Site::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PageId(pub u32);

/// The id of a translation set in [`Site::sets`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetId(pub u32);

/// The id of a section in [`Site::sections`]; 0 is the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SectionId(pub u32);

/// Everything known about the portal as a whole, once linking is done. Nothing changes it.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: SiteConfig,
    /// The build date.
    pub now: Moment,
    /// The published pages, sorted by source path, default language first.
    pub pages: Vec<Page>,
    /// The translation sets with at least one published page, sorted by key.
    pub sets: Vec<TranslationSet>,
    /// The sections with published parts; the root first, then by key.
    pub sections: Vec<Section>,
    /// Topics, tags and agencies with their pages.
    pub vocabularies: BTreeMap<Vocabulary, Vec<TermPages>>,
    /// The legal documents and how they stand to one another.
    pub documents: Documents,
    /// The files of the content that published pages use, with the addresses they get.
    pub files: BTreeMap<RelPath, UrlPath>,
    /// Those among them that are pictures of a known size, with what is made of them.
    pub pictures: BTreeMap<RelPath, Picture>,
    /// The sizes in bytes of those among them that are attachments.
    pub sizes: BTreeMap<RelPath, u64>,
    /// The old addresses.
    pub redirects: Vec<Redirect>,
    /// The main menu.
    pub menu: Vec<SetId>,
    /// The pages named in the footer.
    pub footer: Vec<SetId>,
    /// The legal documents by number, and who cites them.
    pub registry: Registry,
    /// The months with events, as readers of each language see them.
    pub calendar: PerLang<calendar::Calendar>,
}

/// The pages that say the same in different languages.
#[derive(Clone, Debug)]
pub struct TranslationSet {
    /// The source path below `content/` without language and extension: `news/bai-viet`.
    pub key: String,
    /// The permanent identity: `id:` or the key.
    pub id: String,
    /// The section it belongs to. A section's own index belongs to that section.
    pub section: SectionId,
    /// Whether it is an ordinary page or the index of its section.
    pub role: Role,
    /// What its pages are.
    pub kind: Kind,
    /// The published page of each language.
    pub pages: PerLang<Option<PageId>>,
}

/// What a Markdown file is to its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A page like any other.
    Page,
    /// `_index.md`: the section itself.
    Index,
}

/// One published page in one language.
#[derive(Clone, Debug)]
pub struct Page {
    /// The set it belongs to.
    pub set: SetId,
    /// Its language.
    pub lang: Lang,
    /// Its address.
    pub url: UrlPath,
    /// Its fields, inherited ones included.
    pub meta: Box<Meta>,
    /// Its text.
    pub document: Arc<Document>,
    /// The document's links, resolved, by index.
    pub links: Vec<ResolvedLink>,
    /// The document's images, resolved, by index.
    pub images: Vec<ResolvedLink>,
    /// Where the document's citations lead, by index.
    pub citations: Vec<Cited>,
    /// How it stands to its original.
    pub translation: TranslationState,
}

/// A folder with an `_index.md`, in both languages.
#[derive(Clone, Debug)]
pub struct Section {
    /// The folder below `content/`; empty for the root.
    pub key: String,
    /// The section that holds it; the root holds itself.
    pub parent: SectionId,
    /// The kind of its pages.
    pub kind: Kind,
    /// Their order.
    pub sort: Sort,
    /// How many stand on one list page.
    pub page_size: usize,
    /// Whether it has a feed.
    pub feed: Feed,
    /// Whether what its list shows by date has pages of its own.
    pub archives: Archives,
    /// The template of its list, if not `section.html`.
    pub layout: Option<String>,
    /// The segment of its address; `None` for the root.
    pub slug: PerLang<Option<Slug>>,
    /// Its address.
    pub url: PerLang<UrlPath>,
    /// The set of its `_index.md`, if one is published.
    pub index: Option<SetId>,
    /// What its list shows in each language, in order.
    pub members: PerLang<Vec<Member>>,
    /// The same by year and month; empty where it has no archives.
    pub archive: PerLang<lists::Archive>,
}

/// Whether a section has a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// An Atom feed for each language.
    Atom,
    /// None.
    None,
}

/// Whether a section has archives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archives {
    /// A list for each year and each month, if its pages are of a kind that has dates.
    ByMonth,
    /// None.
    None,
}

/// An entry of a list: the page it leads to, which may be in another language than the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The page.
    pub page: PageId,
    /// The date it is listed under, if it has one.
    pub date: Option<Moment>,
}

/// An old address and the page that took its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old address.
    pub from: UrlPath,
    /// The file that answers it.
    pub out: OutPath,
    /// The page.
    pub to: PageId,
}

impl Site {
    /// A page.
    ///
    /// # Panics
    /// Never for an id of this site: ids are made together with the arenas.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made together with the arena")]
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// A translation set.
    ///
    /// # Panics
    /// Never for an id of this site.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made together with the arena")]
    pub fn set(&self, id: SetId) -> &TranslationSet {
        &self.sets[id.0 as usize]
    }

    /// A section.
    ///
    /// # Panics
    /// Never for an id of this site.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made together with the arena")]
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    /// The set a page belongs to.
    #[must_use]
    pub fn set_of(&self, page: PageId) -> &TranslationSet {
        self.set(self.page(page).set)
    }

    /// All ids of pages, in order.
    pub fn page_ids(&self) -> impl Iterator<Item = PageId> + use<> {
        (0..self.pages.len() as u32).map(PageId)
    }

    /// All ids of sections, in order.
    pub fn section_ids(&self) -> impl Iterator<Item = SectionId> + use<> {
        (0..self.sections.len() as u32).map(SectionId)
    }

    /// The page of a set that a reader of `lang` is led to: in that language, else in the other.
    #[must_use]
    pub fn page_for(&self, set: SetId, lang: Lang) -> Option<PageId> {
        let pages = &self.set(set).pages;
        pages.get(lang).or(*pages.get(lang.other()))
    }

    /// The set with a source path below `content/`, such as `news/_index.md` or `about.en.md`.
    #[must_use]
    pub fn set_at(&self, path: &str) -> Option<SetId> {
        let key = sources::SourceName::of(path).ok()?.key;
        let found = self.sets.binary_search_by(|set| set.key.as_str().cmp(key)).ok()?;
        Some(SetId(u32::try_from(found).ok()?))
    }
}
