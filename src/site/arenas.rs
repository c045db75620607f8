//! The arenas of a site: sets and pages with their ids, addresses and identities.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::link::{Candidate, section_of};
use super::publication::Publication;
use super::sources::Group;
use super::urls::{page_url, reserved};
use super::{Page, PageId, Role, Section, SectionId, SetId, TranslationSet};
use crate::base::lang::{Lang, PerLang};
use crate::base::path::{RelPath, UrlPath};
use crate::base::slug::Slug;
use crate::config::SiteConfig;
use crate::content::document::{Document, Link};
use crate::content::front_matter::{FrontMatter, Kind};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// Gives ids to what is published, in the order of the keys, and tells sections their index.
pub(super) fn fill(
    groups: &BTreeMap<String, Group>,
    sections: &mut [Section],
    candidates: &mut [Vec<Candidate>],
    config: &SiteConfig,
    diagnostics: &mut Diagnostics,
) -> (Vec<TranslationSet>, Vec<Page>) {
    let mut sets: Vec<TranslationSet> = Vec::with_capacity(groups.len());
    let mut pages: Vec<Page> = Vec::with_capacity(groups.len() * 2);
    let mut ids: HashMap<&str, &RelPath, FixedState> =
        HashMap::with_capacity_and_hasher(groups.len(), FixedState::default());
    check_sections(groups, sections, config, diagnostics);
    let places: Vec<(Addresses, Diagnostics)> = {
        let (groups, sections): (Vec<_>, &[Section]) = (groups.iter().collect(), sections);
        let places = groups.par_iter().zip(&*candidates);
        places.map(|((key, group), candidates)| Addresses::of(key, group, candidates, sections, config)).collect()
    };
    for (((key, group), candidates), (place, found)) in groups.iter().zip(candidates).zip(places) {
        let Some(section) = sections.get(place.section.0 as usize) else { continue };
        diagnostics.extend(found);
        let set_id = SetId(u32::try_from(sets.len()).unwrap_or(u32::MAX));
        let mut languages = PerLang::default();
        for (candidate, url) in candidates.iter_mut().zip(place.urls) {
            let Some(document) = group.documents.get(candidate.entry.lang) else { continue };
            let (Some(meta), Some(url)) = (candidate.meta.take(), url) else { continue };
            *languages.get_mut(candidate.entry.lang) = Some(PageId(u32::try_from(pages.len()).unwrap_or(u32::MAX)));
            pages.push(Page {
                set: set_id,
                lang: candidate.entry.lang,
                url,
                meta,
                document: document.clone(),
                links: Vec::new(),
                images: Vec::new(),
                citations: Vec::new(),
                translation: candidate.entry.translation,
            });
        }
        if languages == PerLang::default() {
            continue;
        }
        let id = set_id_text(key, group, config, &mut ids, diagnostics);
        let kind = if group.role == Role::Index { Kind::Page } else { section.kind };
        sets.push(TranslationSet {
            key: key.clone(),
            id,
            section: place.section,
            role: group.role,
            kind,
            pages: languages,
        });
        if group.role == Role::Index
            && let Some(section) = sections.get_mut(place.section.0 as usize)
        {
            section.index = Some(set_id);
        }
    }
    sets.shrink_to_fit();
    pages.shrink_to_fit();
    (sets, pages)
}

/// Where the pages of a group go.
struct Addresses {
    section: SectionId,
    /// Of each candidate; none where it is not published.
    urls: Vec<Option<UrlPath>>,
}

impl Addresses {
    fn of(
        key: &str,
        group: &Group,
        candidates: &[Candidate],
        sections: &[Section],
        config: &SiteConfig,
    ) -> (Self, Diagnostics) {
        let mut found = Diagnostics::default();
        let id = section_of(key, group, sections);
        let url = |candidate: &Candidate| {
            let section = sections.get(id.0 as usize)?;
            let document = group.documents.get(candidate.entry.lang).as_ref()?;
            let meta = candidate.meta.as_ref().filter(|_| candidate.entry.publication == Publication::Published)?;
            if group.role == Role::Index {
                return Some(section.url.get(candidate.entry.lang).clone());
            }
            let rest = key.strip_prefix(section.key.as_str()).unwrap_or(key).trim_start_matches('/');
            let slug = page_slug(document, rest);
            check_reserved(&slug, document, section, rest, config, &mut found);
            Some(page_url(section, candidate.entry.lang, rest, &slug, meta))
        };
        let urls = candidates.iter().map(url).collect();
        (Self { section: id, urls }, found)
    }
}

/// The slug of a page: `slug:`, else the file's name, or the folder's for a page folder.
fn page_slug(document: &Document, rest: &str) -> Slug {
    let stated = document.facts.front.slug.as_deref().and_then(|slug| Slug::parse(slug).ok());
    let name = rest.rsplit('/').next().unwrap_or(rest);
    stated.or_else(|| Slug::from_text(name)).unwrap_or_else(|| Slug::numbered(rest))
}

/// Reports a slug that generated addresses of the same folder use.
fn check_reserved(
    slug: &Slug,
    document: &Document,
    section: &Section,
    rest: &str,
    config: &SiteConfig,
    found: &mut Diagnostics,
) {
    if is_taken(slug, section, rest, document.lang, config) {
        found.push(
            Diagnostic::new(Code::ReservedSlug)
                .with("slug", slug.as_str())
                .at(Place::field(document.path.clone(), "slug")),
        );
    }
}

/// Reports sections at addresses that the program itself needs.
fn check_sections(
    groups: &BTreeMap<String, Group>,
    sections: &[Section],
    config: &SiteConfig,
    found: &mut Diagnostics,
) {
    for section in sections.iter().skip(1) {
        let Some(parent) = sections.get(section.parent.0 as usize) else { continue };
        let Some(group) = groups.get(&format!("{}/_index", section.key)) else { continue };
        let rest = section.key.strip_prefix(parent.key.as_str()).unwrap_or(&section.key).trim_start_matches('/');
        for (lang, slug) in section.slug.iter() {
            // A language without a file of its own has the name of the folder in its address.
            let file = group.documents.get(lang).as_ref().or(group.original(config.default_language));
            if let (Some(slug), Some(file)) = (slug, file)
                && is_taken(slug, parent, rest, lang, config)
            {
                found.push(
                    Diagnostic::new(Code::ReservedSlug)
                        .with("slug", slug.as_str())
                        .at(Place::field(file.path.clone(), "slug")),
                );
            }
        }
    }
}

/// Whether generated addresses use a slug in the folder of a page or section, which lies at `rest`
/// below a section's folder.
fn is_taken(slug: &Slug, section: &Section, rest: &str, lang: Lang, config: &SiteConfig) -> bool {
    let text = slug.as_str();
    let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    if section.key.is_empty() && !rest.contains('/') {
        reserved(config, lang).contains(&text)
    } else {
        text == config.paths.page.get(lang).as_str() || (section.kind == Kind::News && is_year)
    }
}

/// The permanent identity of a set: `id:` of its original, else its key; two of the same are an error.
fn set_id_text<'a>(
    key: &'a str,
    group: &'a Group,
    config: &SiteConfig,
    ids: &mut HashMap<&'a str, &'a RelPath, FixedState>,
    found: &mut Diagnostics,
) -> String {
    let Some(original) = group.original(config.default_language) else { return key.to_owned() };
    let id = original.facts.front.id.as_deref().unwrap_or(key);
    if let Some(first) = ids.insert(id, &original.path) {
        found.push(
            Diagnostic::new(Code::DuplicateId)
                .with("id", id)
                .with("first", first)
                .with("second", &original.path)
                .at(Place::field(original.path.clone(), "id"))
                .related(Place::file(first.clone())),
        );
    }
    id.to_owned()
}

/// What only linking reads of the documents: it is a good part of what a site holds.
#[derive(Debug)]
pub struct Unused(Vec<(Arc<FrontMatter>, Vec<Link>, Vec<String>)>);

impl Unused {
    /// Gives it back on a thread of the pool: so many pieces take a while. Not from within work of the pool, since
    /// who waits for that would take this up meanwhile and come back late.
    pub fn give_back(self) {
        rayon::spawn(move || drop(self.0));
    }
}

/// Takes what only linking reads of the documents out of them.
pub(super) fn unused(pages: &mut [Page]) -> Unused {
    let none = Arc::<FrontMatter>::default();
    let documents = pages.par_iter_mut().filter_map(|page| Arc::get_mut(&mut page.document));
    let unused = documents.map(|Document { facts, .. }| {
        let front = std::mem::replace(&mut facts.front, Arc::clone(&none));
        (front, std::mem::take(&mut facts.links), std::mem::take(&mut facts.anchors))
    });
    Unused(unused.collect())
}
