//! Everything rendering reads, frozen, and the look-ups by which it is read: each is pure, and what it
//! gives has a checksum.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tera::Value;

use super::fact::{EventQuery, List, Near};
use super::fragments::Fragments;
use super::metadata::CommonMetadata;
use super::places::SectionPlace;
use super::plan::{Plan, Task};
use super::structured::Frame;
use super::summary::Summaries;
use super::templates::Closures;
use super::{Bodies, events, output, places, sitemap};
use crate::base::checksum::Checksum;
use crate::base::date::Moment;
use crate::base::lang::{Lang, PerLang};
use crate::base::path::UrlPath;
use crate::config::SiteConfig;
use crate::content::document::{Body, BodyPlace};
use crate::content::front_matter::{Kind, Sort};
use crate::site::documents::Relation;
use crate::site::publication::Preview;
use crate::site::recent::Recent;
use crate::site::related::RelatedSets;
use crate::site::routes::{LIST_SIZE, Route};
use crate::site::{Member, Page, PageId, SectionId, SetId, Site, sections};
use crate::theme::{Text, Theme};

/// How many of the pages that cite it a document names.
const CITING: usize = 50;

/// Everything rendering reads. Jobs see it through a [`super::view::View`] only, which records what
/// they read.
pub(super) struct Data {
    pub(super) site: Arc<Site>,
    pub(super) theme: Theme,
    pub(super) preview: Preview,
    pub(super) summaries: Summaries,
    pub(super) closures: Closures,
    /// What every template gets as `site`.
    pub(super) globals: PerLang<Value>,
    pub(super) common: PerLang<Common>,
    /// The sections without their pages.
    pub(super) sections: Vec<PerLang<SectionPlace>>,
    /// The checksums of the paths of all pages: their names in lists.
    names: Vec<Checksum>,
    /// The routes of the plan with their addresses.
    pub(super) routes: Vec<(Route, UrlPath)>,
    /// The place of each page in its section's list.
    positions: PerLang<Vec<Option<usize>>>,
    /// The newest news of each part of the portal.
    recent: Recent,
    related: RelatedSets,
    indexable: OnceLock<Vec<sitemap::Entry>>,
    /// What is the same on many pages, as far as it was shown.
    pub(super) fragments: Fragments,
    bodies: Box<dyn Bodies>,
}

/// What is equal on all pages of a language.
pub(super) struct Common {
    /// The beginning of their structured data.
    pub frame: Frame,
    /// What their metadata share.
    pub metadata: CommonMetadata,
}

impl Common {
    fn of(config: &SiteConfig, lang: Lang) -> Self {
        Self { frame: Frame::of(config, lang), metadata: CommonMetadata::of(config, lang) }
    }
}

/// Where a page is and what it is called.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct Headline<'a> {
    pub title: &'a str,
    pub url: &'a UrlPath,
    pub lang: Lang,
    pub withdrawn: bool,
}

/// A document that another one names or is named by.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct RelatedDocument<'a> {
    pub relation: Relation,
    pub number: &'a str,
    pub page: Option<Headline<'a>>,
    /// The day of signing, where the portal has it.
    pub issued: Option<Moment>,
}

impl RelatedDocument<'_> {
    /// Whether both are one document of the portal.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.page.zip(other.page).is_some_and(|(own, other)| own.url == other.url)
    }
}

impl Data {
    pub(super) fn new(
        site: Arc<Site>,
        (theme, closures): (Theme, Closures),
        preview: Preview,
        plan: &Plan,
        bodies: Box<dyn Bodies>,
    ) -> Self {
        let routes = plan.jobs.iter().filter_map(|job| match &job.task {
            Task::Route(route) => Some((route.clone(), job.url.clone())),
            _ => None,
        });
        let sections = places::sections(&site, &theme);
        Self {
            summaries: Summaries::of(&site),
            closures,
            globals: PerLang::from_fn(|lang| output::site(&site, &theme, lang)),
            common: PerLang::from_fn(|lang| Common::of(&site.config, lang)),
            sections,
            names: site.pages.par_iter().map(|page| Checksum::of(&page.document.path)).collect(),
            routes: routes.collect(),
            positions: places::positions(&site),
            recent: Recent::of_site(&site),
            related: RelatedSets::of_site(&site),
            site,
            theme,
            preview,
            indexable: OnceLock::new(),
            fragments: Fragments::default(),
            bodies,
        }
    }

    /// Puts pages in the place of those with the same ids, if nobody else uses the site.
    pub(super) fn replace(&mut self, pages: Vec<(PageId, Page)>) -> bool {
        let Some(site) = Arc::get_mut(&mut self.site) else { return false };
        let ids: Vec<PageId> = pages.iter().map(|(id, _)| *id).collect();
        for (id, page) in pages {
            if let Some(place) = site.pages.get_mut(id.0 as usize) {
                *place = page;
            }
        }
        self.summaries.forget(&ids);
        self.globals = PerLang::from_fn(|lang| output::site(&self.site, &self.theme, lang));
        self.indexable = OnceLock::new();
        self.fragments = Fragments::default();
        true
    }

    /// The name of a page, whatever its id.
    pub(super) fn name(&self, page: PageId) -> Checksum {
        self.names.get(page.0 as usize).copied().unwrap_or_default()
    }

    /// The place of a string in the catalogue, and the string.
    pub(super) fn text(&self, lang: Lang, key: &str) -> Option<(usize, &Text)> {
        self.theme.strings.get(lang).find(key)
    }

    /// The text of a page.
    pub(super) fn body(&self, page: &Page) -> Arc<Body> {
        match &page.document.body {
            BodyPlace::Memory(body) => Arc::clone(body),
            BodyPlace::Stored(stored) => Arc::new(self.bodies.read(*stored)),
        }
    }

    pub(super) fn headline(&self, page: PageId) -> Headline<'_> {
        let page = self.site.page(page);
        Headline { title: &page.meta.title, url: &page.url, lang: page.lang, withdrawn: page.meta.withdrawn.is_some() }
    }

    #[expect(clippy::indexing_slicing, reason = "places are made together with the sections")]
    pub(super) fn section(&self, id: SectionId, lang: Lang) -> &SectionPlace {
        self.sections[id.0 as usize].get(lang)
    }

    /// The pages to be named beside one: the first so many of those that are in its language. The newest news
    /// stand beside recent news only ([`crate::site::recent`]).
    pub(super) fn beside(&self, id: PageId, near: Near, limit: usize) -> Vec<PageId> {
        let site = &self.site;
        let (set, lang) = (site.set_of(id), site.page(id).lang);
        match near {
            Near::Related => {
                let related = self.related.of(site, site.page(id).set).iter();
                related.filter_map(|set| *site.set(*set).pages.get(lang)).take(limit).collect()
            }
            Near::Newest => {
                let recent = self.recent.of(site, set.section, lang);
                let shown = if recent.contains(&id) { recent } else { &[] };
                shown.iter().take(limit).copied().collect()
            }
            Near::Earlier if set.kind == Kind::Page => Vec::new(),
            Near::Earlier => {
                let position = self.positions.get(lang).get(id.0 as usize).copied().flatten();
                let members = site.section(set.section).members.get(lang);
                let after = position.map_or(members.len(), |position| position + 1);
                let after = members.iter().skip(after).map(|member| member.page);
                after.filter(|page| site.page(*page).lang == lang).take(limit).collect()
            }
        }
    }

    /// The documents a document names and is named by.
    pub(super) fn relations(&self, set: SetId, lang: Lang) -> Vec<RelatedDocument<'_>> {
        let related = self.site.documents.related(set).iter();
        related
            .map(|related| {
                let page = related.set.and_then(|set| self.site.page_for(set, lang));
                let issued = page.and_then(|page| self.site.page(page).meta.decision.as_ref()).map(|d| d.issued);
                let page = page.map(|page| self.headline(page));
                RelatedDocument { relation: related.relation, number: &related.number, page, issued }
            })
            .collect()
    }

    /// The newest pages whose text cites a document, for a reader of a language, and how many there are.
    pub(super) fn cited_by(&self, set: SetId, lang: Lang) -> (Vec<PageId>, usize) {
        let citing = self.site.registry.cited_by(set);
        let newest = citing.iter().take(CITING).filter_map(|set| self.site.page_for(*set, lang));
        (newest.collect(), citing.len())
    }

    /// The members of a list on one of its pages, from 1, and how many it has in all.
    pub(super) fn slice(&self, list: List, lang: Lang, number: usize) -> (&[Member], usize) {
        let (members, size) = self.members(list, lang);
        let start = number.saturating_sub(1).saturating_mul(size).min(members.len());
        let end = start.saturating_add(size).min(members.len());
        (members.get(start..end).unwrap_or_default(), members.len())
    }

    /// All members of a list, and how many stand on one page.
    fn members(&self, list: List, lang: Lang) -> (&[Member], usize) {
        let site = &self.site;
        match list {
            List::Section(id) => (site.section(id).members.get(lang), site.section(id).page_size.max(1)),
            List::Archive(id, year, month) => (site.section(id).archive.get(lang).members(year, month), LIST_SIZE),
            List::Term(vocabulary, index) => {
                let term = site.vocabularies.get(&vocabulary).and_then(|terms| terms.get(index));
                (term.map_or(&[], |term| term.members.get(lang).as_slice()), LIST_SIZE)
            }
        }
    }

    /// The newest pages of the section in a folder; a theme may ask for one that a small portal has not.
    pub(super) fn latest(&self, folder: &str, lang: Lang, limit: usize) -> Vec<PageId> {
        let Some(id) = sections::find(&self.site.sections, folder) else { return Vec::new() };
        let section = self.site.section(id);
        let members = section.members.get(lang);
        if section.sort == Sort::Date {
            return members.iter().take(limit).map(|member| member.page).collect();
        }
        let mut members = members.clone();
        crate::site::lists::newest_first(&mut members);
        members.into_iter().take(limit).map(|member| member.page).collect()
    }

    /// The page that leads the section in a folder: the featured one, else the first.
    pub(super) fn featured(&self, folder: &str, lang: Lang) -> Option<PageId> {
        let site = &self.site;
        let members = site.section(sections::find(&site.sections, folder)?).members.get(lang);
        let leads = |page| site.page(page).meta.featured_until.is_some_and(|until| until.at >= site.now.at);
        let found = members.iter().find(|member| leads(member.page)).or(members.first());
        found.map(|member| member.page)
    }

    /// The page at a path of the content, for a reader of a language.
    pub(super) fn page_at(&self, path: &str, lang: Lang) -> Option<PageId> {
        self.site.set_at(path).and_then(|set| self.site.page_for(set, lang))
    }

    pub(super) fn events(&self, query: &EventQuery) -> Vec<PageId> {
        events::events(&self.site, query)
    }

    /// The addresses for search engines, in the order of the plan; none in a preview.
    pub(super) fn indexable(&self) -> &[sitemap::Entry] {
        self.indexable.get_or_init(|| sitemap::entries(&self.site, &self.routes, self.preview))
    }

    /// The first segments of all addresses of pages and files of the content.
    pub(super) fn top_folders(&self) -> BTreeSet<&str> {
        let addresses = self.routes.iter().map(|(_, url)| url.as_str().trim_start_matches('/'));
        addresses.filter_map(|url| url.split_once('/').map(|(folder, _)| folder)).collect()
    }
}
