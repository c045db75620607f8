//! Topics, tags and agencies: what writers mean by them, and the pages of each; types and statuses of
//! documents, which have pages in the same way.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::documents::LegalStatus;
use super::meta::Tag;
use super::{Member, Page, PageId, SetId, TranslationSet};
use crate::base::lang::{Lang, PerLang};
use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::base::slug::Slug;
use crate::config::{SiteConfig, Term};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::domain::document_types::{DOCUMENT_TYPES, DocumentType};

/// A kind of term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Vocabulary {
    /// What a page is about, from a declared list.
    Topics,
    /// Free words.
    Tags,
    /// Who issued a document.
    Agencies,
    /// What sort of document it is.
    Types,
    /// Whether a document is in force.
    Statuses,
}

impl Vocabulary {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Topics, Self::Tags, Self::Agencies, Self::Types, Self::Statuses];

    /// The segment of its address.
    #[must_use]
    pub fn path(self, config: &SiteConfig, lang: Lang) -> &Slug {
        match self {
            Self::Topics => config.paths.topics.get(lang),
            Self::Tags => config.paths.tags.get(lang),
            Self::Agencies => config.paths.agencies.get(lang),
            Self::Types => config.paths.types.get(lang),
            Self::Statuses => config.paths.statuses.get(lang),
        }
    }

    /// The name templates get for all terms of the kind.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::Tags => "tags",
            Self::Agencies => "agencies",
            Self::Types => "types",
            Self::Statuses => "statuses",
        }
    }

    /// The name templates get for one term.
    #[must_use]
    pub fn singular(self) -> &'static str {
        match self {
            Self::Topics => "topic",
            Self::Tags => "tag",
            Self::Agencies => "agency",
            Self::Types => "type",
            Self::Statuses => "status",
        }
    }
}

/// What makes a term one and the same: a declared one is shared by the languages, a free tag belongs
/// to one of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TermId {
    /// Index into the declared terms of the vocabulary, [`DOCUMENT_TYPES`] or [`LegalStatus::ALL`].
    Declared(usize),
    /// A free tag of one language.
    Free(Lang, Slug),
}

/// The name of a term and the segment of its address in each language.
pub type Label = PerLang<Option<(String, Slug)>>;

/// A term with its pages.
#[derive(Clone, Debug)]
pub struct TermPages {
    /// What makes it one.
    pub id: TermId,
    /// Its name and the segment of its address; `None` in a language a free tag does not belong to.
    pub label: Label,
    /// Its pages in each language, newest first.
    pub members: PerLang<Vec<Member>>,
}

/// The declared topics a writer means; unknown ones are reported.
pub(super) fn resolve_topics(
    written: &[String],
    config: &SiteConfig,
    path: &RelPath,
    diagnostics: &mut Diagnostics,
) -> Vec<usize> {
    let mut topics = Vec::with_capacity(written.len());
    for (position, topic) in written.iter().enumerate() {
        match config.topics.find(topic) {
            Some((index, _)) if topics.contains(&index) => {}
            Some((index, _)) => topics.push(index),
            None => {
                let known = config.topics.iter().flat_map(|t| [t.id.as_str(), t.name.vi.as_str(), t.name.en.as_str()]);
                diagnostics.push(
                    Diagnostic::new(Code::UnknownTopic)
                        .with("topic", topic.as_str())
                        .suggest(closest(topic, known))
                        .at(Place::field(path.clone(), format!("topics.{position}"))),
                );
            }
        }
    }
    topics
}

/// What tags mean, each looked up once: many pages have the same.
pub(super) struct Tags<'a> {
    config: &'a SiteConfig,
    /// Tags as written; none where no letter or digit is left of one.
    known: PerLang<HashMap<&'a str, Option<Arc<Tag>>, FixedState>>,
}

impl<'a> Tags<'a> {
    /// Those of a portal.
    pub(super) fn new(config: &'a SiteConfig) -> Self {
        Self { config, known: PerLang::default() }
    }

    /// The tags of a page: its own where it states any, else the declared ones of the original.
    pub(super) fn of(
        &mut self,
        own: Option<&'a [String]>,
        original: Option<&'a [String]>,
        lang: Lang,
    ) -> Vec<Arc<Tag>> {
        let written = own.or(original).unwrap_or_default();
        let meant = written.iter().filter_map(|text| self.meant(text, lang));
        let meant: Vec<Arc<Tag>> = meant.filter(|tag| own.is_some() || tag.declared.is_some()).collect();
        let mut seen = HashSet::with_capacity_and_hasher(meant.len(), FixedState::default());
        meant.iter().filter(|tag| seen.insert(&tag.slug)).cloned().collect()
    }

    fn meant(&mut self, text: &'a str, lang: Lang) -> Option<Arc<Tag>> {
        let Self { config, known } = self;
        let declared = || {
            let (index, term) = config.tags.find(text)?;
            Some(Tag { slug: term.slug.get(lang).clone(), name: term.name.get(lang).clone(), declared: Some(index) })
        };
        let free = || Some(Tag { slug: Slug::from_text(text)?, name: text.trim().to_owned(), declared: None });
        known.get_mut(lang).entry(text).or_insert_with(|| declared().or_else(free).map(Arc::new)).clone()
    }
}

/// Collects the pages of every term, newest first. `shown` is what lists show, newest first; `status_of` tells
/// whether a document is in force.
pub(super) fn collect(
    pages: &[Page],
    shown: &PerLang<Vec<(SetId, Member)>>,
    config: &SiteConfig,
    status_of: impl Fn(SetId) -> Option<LegalStatus> + Sync,
) -> BTreeMap<Vocabulary, Vec<TermPages>> {
    let of = |lang| Lists::of(lang, pages, shown.get(lang), config, &status_of);
    let (vi, en) = rayon::join(|| of(Lang::Vi), || of(Lang::En));
    let mut vocabularies = BTreeMap::new();
    let tags = declared(&config.tags, vi.tags, en.tags).chain(free_terms(PerLang { vi: vi.free, en: en.free }));
    vocabularies.insert(Vocabulary::Topics, declared(&config.topics, vi.topics, en.topics).collect());
    vocabularies.insert(Vocabulary::Tags, tags.collect());
    vocabularies.insert(Vocabulary::Agencies, declared(&config.agencies, vi.agencies, en.agencies).collect());
    let kinds = DOCUMENT_TYPES.iter().map(kind_label);
    vocabularies.insert(Vocabulary::Types, labelled(kinds, vi.types, en.types).collect());
    let words = LegalStatus::ALL.iter().map(|status| status_label(*status));
    vocabularies.insert(Vocabulary::Statuses, labelled(words, vi.statuses, en.statuses).collect());
    vocabularies.retain(|_, terms: &mut Vec<TermPages>| !terms.is_empty());
    vocabularies
}

/// The pages of every term in one language: of declared ones by their indices, of free tags by their slugs.
struct Lists<'a> {
    topics: Vec<Vec<Member>>,
    tags: Vec<Vec<Member>>,
    agencies: Vec<Vec<Member>>,
    types: Vec<Vec<Member>>,
    statuses: Vec<Vec<Member>>,
    free: HashMap<&'a str, Free<'a>, FixedState>,
}

impl<'a> Lists<'a> {
    fn of(
        lang: Lang,
        pages: &'a [Page],
        shown: &[(SetId, Member)],
        config: &SiteConfig,
        status_of: &impl Fn(SetId) -> Option<LegalStatus>,
    ) -> Self {
        let mut lists = Self {
            topics: vec![Vec::new(); config.topics.len()],
            tags: vec![Vec::new(); config.tags.len()],
            agencies: vec![Vec::new(); config.agencies.len()],
            types: vec![Vec::new(); DOCUMENT_TYPES.len()],
            statuses: vec![Vec::new(); LegalStatus::ALL.len()],
            free: HashMap::default(),
        };
        for (set, member) in shown {
            let Some(page) = pages.get(member.page.0 as usize) else { continue };
            let add = |lists: &mut [Vec<Member>], index: usize| {
                lists.get_mut(index).into_iter().for_each(|list| list.push(*member));
            };
            page.meta.topics.iter().for_each(|index| add(&mut lists.topics, *index));
            if let Some(document) = page.meta.decision.as_deref() {
                document.agency.into_iter().for_each(|index| add(&mut lists.agencies, index));
                let kind = DOCUMENT_TYPES.iter().position(|kind| kind.id == document.doc_type);
                kind.into_iter().for_each(|index| add(&mut lists.types, index));
                let status = status_of(*set).and_then(|own| LegalStatus::ALL.iter().position(|status| *status == own));
                status.into_iter().for_each(|index| add(&mut lists.statuses, index));
            }
            for tag in &page.meta.tags {
                match tag.declared {
                    Some(index) => add(&mut lists.tags, index),
                    // A free tag belongs to its own language's lists only.
                    None if page.lang == lang => {
                        let new = || Free { named: (*set, tag), members: Vec::new() };
                        let found = lists.free.entry(tag.slug.as_str()).or_insert_with(new);
                        found.members.push(*member);
                        if *set < found.named.0 {
                            found.named = (*set, tag);
                        }
                    }
                    None => {}
                }
            }
        }
        lists
    }
}

/// A free tag of one language on its way to be a term.
struct Free<'a> {
    /// The first set of the site that has it: its page writes the name.
    named: (SetId, &'a Tag),
    members: Vec<Member>,
}

/// The declared terms that have pages.
fn declared(terms: &[Term], vi: Vec<Vec<Member>>, en: Vec<Vec<Member>>) -> impl Iterator<Item = TermPages> {
    let label = |term: &Term| PerLang::from_fn(|lang| Some((term.name.get(lang).clone(), term.slug.get(lang).clone())));
    labelled(terms.iter().map(label), vi, en)
}

/// The terms that have pages, of all there are.
fn labelled(
    labels: impl Iterator<Item = Label>,
    vi: Vec<Vec<Member>>,
    en: Vec<Vec<Member>>,
) -> impl Iterator<Item = TermPages> {
    let members = vi.into_iter().zip(en).map(|(vi, en)| PerLang { vi, en });
    let used = labels.zip(members).enumerate();
    let used = used.filter(|(_, (_, members))| members.iter().any(|(_, list)| !list.is_empty()));
    used.map(|(index, (label, members))| TermPages { id: TermId::Declared(index), label, members })
}

/// Name and segment of a type of documents.
fn kind_label(kind: &DocumentType) -> Label {
    PerLang::from_fn(|lang| Some((kind.name(lang).to_owned(), Slug::from_text(kind.name(lang))?)))
}

/// Name and segment of a status. Readers see the theme's word for it.
fn status_label(status: LegalStatus) -> Label {
    PerLang::from_fn(|lang| Some((status.segment(lang).to_owned(), Slug::from_text(status.segment(lang))?)))
}

/// The free tags as terms, by language and slug.
fn free_terms(free: PerLang<HashMap<&str, Free, FixedState>>) -> impl Iterator<Item = TermPages> {
    sorted(free.vi, Lang::Vi).chain(sorted(free.en, Lang::En))
}

fn sorted(found: HashMap<&str, Free, FixedState>, lang: Lang) -> impl Iterator<Item = TermPages> {
    let mut found: Vec<Free> = found.into_values().collect();
    found.sort_unstable_by(|a, b| a.named.1.slug.cmp(&b.named.1.slug));
    found.into_iter().map(move |Free { named: (_, tag), members: own }| {
        let mut label = PerLang::default();
        *label.get_mut(lang) = Some((tag.name.clone(), tag.slug.clone()));
        let mut members = PerLang::default();
        *members.get_mut(lang) = own;
        TermPages { id: TermId::Free(lang, tag.slug.clone()), label, members }
    })
}

/// The first published page of a set.
pub(super) fn first_page(set: &TranslationSet) -> Option<PageId> {
    set.pages.vi.or(set.pages.en)
}
