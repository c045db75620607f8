//! Topics, tags and agencies: what writers mean by them, and the pages of each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::meta::Tag;
use super::{Member, Page, PageId, SetId, TranslationSet};
use crate::base::lang::{Lang, PerLang};
use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::base::slug::Slug;
use crate::config::{MissingTranslation, SiteConfig};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// A kind of term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Vocabulary {
    /// What a page is about, from a declared list.
    Topics,
    /// Free words.
    Tags,
    /// Who issued a document.
    Agencies,
}

impl Vocabulary {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Topics, Self::Tags, Self::Agencies];

    /// The segment of its address.
    #[must_use]
    pub fn path(self, config: &SiteConfig, lang: Lang) -> &Slug {
        match self {
            Self::Topics => config.paths.topics.get(lang),
            Self::Tags => config.paths.tags.get(lang),
            Self::Agencies => config.paths.agencies.get(lang),
        }
    }

    /// The name templates get for all terms of the kind.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::Tags => "tags",
            Self::Agencies => "agencies",
        }
    }

    /// The name templates get for one term.
    #[must_use]
    pub fn singular(self) -> &'static str {
        match self {
            Self::Topics => "topic",
            Self::Tags => "tag",
            Self::Agencies => "agency",
        }
    }
}

/// What makes a term one and the same: a declared one is shared by the languages, a free tag belongs
/// to one of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TermId {
    /// Index into the declared terms of the vocabulary.
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
        match SiteConfig::find_term(&config.topics, topic) {
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

/// The tags of a page: its own where it states any, else the declared ones of the original.
pub(super) fn resolve_tags(
    own: Option<&[String]>,
    original: Option<&[String]>,
    lang: Lang,
    config: &SiteConfig,
) -> Vec<Tag> {
    let declared = |text: &str| {
        SiteConfig::find_term(&config.tags, text).map(|(index, term)| Tag {
            slug: term.slug.get(lang).clone(),
            name: term.name.get(lang).clone(),
            declared: Some(index),
        })
    };
    let free =
        |text: &str| Slug::from_text(text).map(|slug| Tag { slug, name: text.trim().to_owned(), declared: None });
    let mut tags: Vec<Tag> = match own {
        Some(own) => own.iter().filter_map(|text| declared(text).or_else(|| free(text))).collect(),
        None => original.unwrap_or_default().iter().filter_map(|text| declared(text)).collect(),
    };
    let mut seen = Vec::new();
    tags.retain(|tag| {
        let new = !seen.contains(&tag.slug);
        seen.push(tag.slug.clone());
        new
    });
    tags
}

/// Collects the pages of every term, newest first, by the order of the lists.
pub(super) fn collect(
    pages: &[Page],
    sets: &[TranslationSet],
    config: &SiteConfig,
) -> BTreeMap<Vocabulary, Vec<TermPages>> {
    let mut found: BTreeMap<(Vocabulary, TermId), TermPages> = BTreeMap::new();
    for set in sets {
        for lang in Lang::ALL {
            let own = *set.pages.get(lang);
            let other = match config.missing_translation {
                MissingTranslation::Link => *set.pages.get(lang.other()),
                MissingTranslation::Hide => None,
            };
            let Some(id) = own.or(other) else { continue };
            let Some(page) = pages.get(id.0 as usize).filter(|page| page.meta.withdrawn.is_none()) else { continue };
            let member = Member { page: id, date: page.meta.list_date() };
            for (vocabulary, term, label) in terms_of(page, config) {
                // A free tag belongs to its own language's lists only.
                if matches!(&term, TermId::Free(language, _) if *language != lang) {
                    continue;
                }
                let entry = found.entry((vocabulary, term.clone())).or_insert_with(|| TermPages {
                    id: term,
                    label,
                    members: PerLang::default(),
                });
                entry.members.get_mut(lang).push(member);
            }
        }
    }
    let mut vocabularies: BTreeMap<Vocabulary, Vec<TermPages>> = BTreeMap::new();
    for ((vocabulary, _), mut term) in found {
        for lang in Lang::ALL {
            super::lists::newest_first(term.members.get_mut(lang));
        }
        vocabularies.entry(vocabulary).or_default().push(term);
    }
    vocabularies
}

/// The terms of one page with their labels.
fn terms_of(page: &Page, config: &SiteConfig) -> Vec<(Vocabulary, TermId, Label)> {
    let declared = |vocabulary, terms: &[crate::config::Term], index: usize| {
        let term = terms.get(index)?;
        let label = PerLang::from_fn(|lang| Some((term.name.get(lang).clone(), term.slug.get(lang).clone())));
        Some((vocabulary, TermId::Declared(index), label))
    };
    let topics = page.meta.topics.iter().filter_map(|index| declared(Vocabulary::Topics, &config.topics, *index));
    let tags = page.meta.tags.iter().filter_map(|tag| match tag.declared {
        Some(index) => declared(Vocabulary::Tags, &config.tags, index),
        None => {
            let mut label = PerLang::default();
            *label.get_mut(page.lang) = Some((tag.name.clone(), tag.slug.clone()));
            Some((Vocabulary::Tags, TermId::Free(page.lang, tag.slug.clone()), label))
        }
    });
    let agency = page.meta.decision.as_ref().and_then(|decision| decision.agency);
    let agencies = agency.into_iter().filter_map(|index| declared(Vocabulary::Agencies, &config.agencies, index));
    topics.chain(tags).chain(agencies).collect()
}

/// The sets that share terms with each set, for related pages: the ids of the sets of every term.
pub(super) fn sets_by_term(pages: &[Page], sets: &[TranslationSet]) -> BTreeMap<(Vocabulary, String), Vec<SetId>> {
    let mut index: BTreeMap<(Vocabulary, String), Vec<SetId>> = BTreeMap::new();
    for (number, set) in (0..).zip(sets) {
        let Some(page) = first_page(set).and_then(|id| pages.get(id.0 as usize)) else { continue };
        for topic in &page.meta.topics {
            index.entry((Vocabulary::Topics, topic.to_string())).or_default().push(SetId(number));
        }
        for tag in &page.meta.tags {
            index.entry((Vocabulary::Tags, tag.slug.to_string())).or_default().push(SetId(number));
        }
    }
    index
}

/// The first published page of a set.
pub(super) fn first_page(set: &TranslationSet) -> Option<PageId> {
    set.pages.vi.or(set.pages.en)
}
