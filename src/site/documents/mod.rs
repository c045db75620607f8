//! The portal's legal documents by number, and how they replace, amend, rest on and carry out one another.

mod checks;
mod relation;
mod status;

use std::collections::BTreeMap;

use super::identity::Registry;
use super::meta::DecisionMeta;
use super::{Page, PageId, SetId, TranslationSet};
use crate::base::lang::Lang;

pub(super) use checks::{check, lacking};
pub use relation::{Related, Relation};
pub use status::LegalStatus;

/// All legal documents of a site and their relations.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    relations: BTreeMap<SetId, Vec<Related>>,
}

/// The pages of a site while it is linked, by set.
#[derive(Clone, Copy)]
pub(super) struct Arenas<'a> {
    pub sets: &'a [TranslationSet],
    pub pages: &'a [Page],
    pub default: Lang,
}

impl<'a> Arenas<'a> {
    /// The page of a set in the language of the site, else in the other.
    pub(super) fn page(&self, set: SetId) -> Option<&'a Page> {
        let pages = &self.sets.get(set.0 as usize)?.pages;
        let PageId(id) = pages.get(self.default).or(*pages.get(self.default.other()))?;
        self.pages.get(id as usize)
    }

    /// The legal documents. One that was taken back tells nothing of others.
    pub(super) fn documents(&self) -> impl Iterator<Item = (SetId, &'a Page, &'a DecisionMeta)> {
        let all = *self;
        (0..self.sets.len() as u32).map(SetId).filter_map(move |id| {
            let page = all.page(id)?;
            Some((id, page, page.meta.decision.as_deref().filter(|_| page.meta.withdrawn.is_none())?))
        })
    }
}

impl Documents {
    /// Collects the documents of a site.
    pub(super) fn of(arenas: Arenas<'_>, registry: &Registry) -> Self {
        let mut relations: BTreeMap<SetId, Vec<Related>> = BTreeMap::new();
        for (id, _, document) in arenas.documents() {
            for relation in Relation::STATED {
                for number in relation.stated(document) {
                    let set = registry.stated(number, id, document);
                    relations.entry(id).or_default().push(Related { relation, number: number.clone(), set });
                    if let Some(other) = set {
                        let back =
                            Related { relation: relation.reverse(), number: document.number.clone(), set: Some(id) };
                        relations.entry(other).or_default().push(back);
                    }
                }
            }
        }
        relations.values_mut().for_each(|list| {
            list.sort();
            list.dedup();
        });
        Self { relations }
    }

    /// The documents that stand in a relation to one, by relation and number.
    #[must_use]
    pub fn related(&self, set: SetId) -> &[Related] {
        self.relations.get(&set).map_or(&[], Vec::as_slice)
    }
}
