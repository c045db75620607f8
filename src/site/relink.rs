//! New pages for documents whose texts, titles or descriptions changed, without linking the whole site.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::ledger::LedgerEntry;
use super::link::{Candidate, judge};
use super::publication::{Preview, Publication, Withheld};
use super::sources::Group;
use super::terms::Tags;
use super::{Page, PageId, ResolvedLink, Role, SectionId, SetId, Site, TranslationSet};
use crate::base::lang::Lang;
use crate::content::document::{Document, Facts, Target};
use crate::content::front_matter::{FrontMatter, Sort, Stated};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// What takes the place of the pages of one set.
#[derive(Debug)]
pub struct Relinked {
    /// The pages with their ids.
    pub pages: Vec<(PageId, Page)>,
    /// What is known of them.
    pub ledger: Vec<LedgerEntry>,
}

/// Links the documents of one set again, whose pages stand at the same ids as before.
///
/// `None` where anything else of the site could depend on what changed, so that everything has to be
/// linked: anything but title, description and text; a link to where the page had none, a heading that
/// is gone and to which some page links, a document that is cited or is no longer, a title by which a list is sorted, a problem that linking `told`
/// or would tell. The documents of the site must still have their facts.
#[must_use]
pub fn relink(site: &Site, set: SetId, group: &Group, preview: Preview, told: &Diagnostics) -> Option<Relinked> {
    let known = site.set(set);
    let files = || group.documents.iter().filter_map(|(_, document)| document.as_deref());
    let has_file = |place: &Place| files().any(|document| document.path == place.file);
    // What the portal lacks is told of fields that are the same as before.
    let matters = |told: &&Diagnostic| told.code != Code::RelationMissing;
    let about = |told: &Diagnostic| told.place.iter().chain(&told.related).any(has_file);
    if known.role != Role::Page || told.iter().filter(matters).any(about) {
        return None;
    }
    let (candidates, found) = judged(site, known, group, preview);
    if !found.is_empty() {
        return None;
    }
    let ledger = candidates.iter().map(|candidate| candidate.entry.clone()).collect();
    let mut pages = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let id = (*known.pages.get(candidate.entry.lang))?;
        let page = page(site, id, group, candidate)?;
        // A heading that is new may be the one that a link somewhere else has missed.
        if !told.is_empty() && anchors(&page.document.facts) != anchors(&site.page(id).document.facts) {
            return None;
        }
        pages.push((id, page));
    }
    let all = known.pages.iter().filter(|(_, page)| page.is_some()).count();
    (pages.len() == all).then_some(Relinked { pages, ledger })
}

/// Whether the document of a language would be published by a group that takes a set's place, were it not
/// for its errors.
#[must_use]
pub fn is_withheld_as_broken(site: &Site, set: SetId, group: &Group, lang: Lang, preview: Preview) -> bool {
    let (candidates, _) = judged(site, site.set(set), group, preview);
    let own = candidates.iter().find(|candidate| candidate.entry.lang == lang);
    own.is_some_and(|own| own.entry.publication == Publication::Withheld(Withheld::Broken))
}

/// The pages of a group that takes the place of a set.
fn judged(site: &Site, set: &TranslationSet, group: &Group, preview: Preview) -> (Vec<Candidate>, Diagnostics) {
    let (config, excluded) = (&site.config, BTreeSet::new());
    judge((&set.key, group), set.kind, config, &mut Tags::new(config), site.now, preview, &excluded)
}

/// The new page of a candidate.
fn page(site: &Site, id: PageId, group: &Group, candidate: Candidate) -> Option<Page> {
    let old = site.page(id);
    let document = group.documents.get(candidate.entry.lang).as_ref()?;
    let (Publication::Published, Some(meta)) = (candidate.entry.publication, candidate.meta) else { return None };
    let (was, now) = (&old.document.facts, &document.facts);
    let is_sorted_by_title = meta.title != old.meta.title && sorts_by_title(site, site.set(old.set).section);
    if document.path != old.document.path || !is_alike(&was.front, &now.front) || is_sorted_by_title {
        return None;
    }
    if !keeps_anchors(site, id, was, now) {
        return None;
    }
    let links =
        again(was.links.iter().map(|link| &link.target), &old.links, now.links.iter().map(|link| &link.target))?;
    let images =
        again(was.images.iter().map(|image| &image.target), &old.images, now.images.iter().map(|image| &image.target))?;
    let citations = super::citations::again(site, old, now)?;
    let (translation, document) = (candidate.entry.translation, document.clone());
    Some(Page { meta, links, images, citations, translation, document, ..old.clone() })
}

/// Whether two front matters differ in nothing but what only the page itself and summaries show.
fn is_alike(a: &FrontMatter, b: &FrontMatter) -> bool {
    let rest = |front: &FrontMatter| FrontMatter {
        title: None,
        description: None,
        stated: Stated::default(),
        ..front.clone()
    };
    rest(a) == rest(b)
}

/// Whether a section, or one above it, lists its pages by title.
fn sorts_by_title(site: &Site, mut id: SectionId) -> bool {
    loop {
        let section = site.section(id);
        if section.sort == Sort::Title {
            return true;
        }
        if id == SectionId(0) || section.parent == id {
            return false;
        }
        id = section.parent;
    }
}

/// Whether every anchor to which a page links is still there, and no link of the page itself leads to one.
fn keeps_anchors(site: &Site, id: PageId, was: &Facts, now: &Facts) -> bool {
    let (was_there, is_there) = (anchors(was), anchors(now));
    if was_there == is_there {
        return true;
    }
    let leads_to_gone = |link: &ResolvedLink| match link {
        ResolvedLink::Page(page, Some(anchor)) => *page == id && !is_there.contains(anchor.as_str()),
        _ => false,
    };
    let is_linked = || site.pages.iter().any(|page| page.links.iter().any(leads_to_gone));
    let has_own = now.links.iter().any(|link| matches!(link.target, Target::Anchor(_)));
    !has_own && (was_there.is_subset(&is_there) || !is_linked())
}

/// Everything in a text to which a link may lead.
fn anchors(facts: &Facts) -> BTreeSet<&str> {
    facts.anchors.iter().map(String::as_str).collect()
}

/// Where the links of a text lead that leads to the same places as before; `None` where one comes or goes.
fn again<'a>(
    was: impl Iterator<Item = &'a Target>,
    resolved: &[ResolvedLink],
    now: impl Iterator<Item = &'a Target>,
) -> Option<Vec<ResolvedLink>> {
    let known: HashMap<&Target, &ResolvedLink> = was.zip(resolved).collect();
    let mut seen = HashSet::new();
    let links: Option<Vec<ResolvedLink>> = now
        .map(|target| {
            let (target, link) = known.get_key_value(target)?;
            seen.insert(*target);
            Some((*link).clone())
        })
        .collect();
    links.filter(|_| seen.len() == known.len())
}

/// The group of a set as the documents of a site make it, to be changed.
#[must_use]
pub fn group_of(site: &Site, set: SetId) -> Group {
    let known = site.set(set);
    let document = |page: &Option<PageId>| page.map(|id| site.page(id).document.clone());
    Group { role: known.role, documents: known.pages.map(|_, page| document(page)) }
}

/// The page of a file, if it has one.
#[must_use]
pub fn page_of(site: &Site, document: &Document) -> Option<PageId> {
    let set = site.set_at(document.path.strip_prefix("content")?)?;
    (*site.set(set).pages.get(document.lang)).filter(|id| site.page(*id).document.path == document.path)
}
