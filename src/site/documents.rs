//! The portal's legal documents by number, and how they replace, amend and carry out one another.

use std::collections::BTreeMap;

use super::meta::DecisionMeta;
use super::{SetId, Site, identity};
use crate::base::date::Moment;

/// How one document stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// It takes the other's place.
    Replaces,
    /// The other takes its place.
    ReplacedBy,
    /// It changes the other.
    Amends,
    /// The other changes it.
    AmendedBy,
    /// It carries the other out.
    Implements,
    /// The other carries it out.
    ImplementedBy,
}

impl Relation {
    /// All relations, in the order pages show them.
    pub const ALL: [Self; 6] =
        [Self::Replaces, Self::ReplacedBy, Self::Amends, Self::AmendedBy, Self::Implements, Self::ImplementedBy];

    /// The name templates get; its label is the string `relation.NAME`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Replaces => "replaces",
            Self::ReplacedBy => "replaced_by",
            Self::Amends => "amends",
            Self::AmendedBy => "amended_by",
            Self::Implements => "implements",
            Self::ImplementedBy => "implemented_by",
        }
    }

    /// The numbers a document states for a relation; the passive ones are never stated.
    fn stated(self, document: &DecisionMeta) -> &[String] {
        match self {
            Self::Replaces => &document.replaces,
            Self::Amends => &document.amends,
            Self::Implements => &document.implements,
            Self::ReplacedBy | Self::AmendedBy | Self::ImplementedBy => &[],
        }
    }

    /// The same relation seen from the other side.
    fn reverse(self) -> Self {
        match self {
            Self::Replaces => Self::ReplacedBy,
            Self::ReplacedBy => Self::Replaces,
            Self::Amends => Self::AmendedBy,
            Self::AmendedBy => Self::Amends,
            Self::Implements => Self::ImplementedBy,
            Self::ImplementedBy => Self::Implements,
        }
    }
}

/// A document another one names: its number, and its set where the portal has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// How it stands.
    pub relation: Relation,
    /// Its number.
    pub number: String,
    /// Its pages.
    pub set: Option<SetId>,
}

/// Whether a document is in force, as far as its dates and relations tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegalStatus {
    /// It is.
    InForce,
    /// A part of it is.
    Partly,
    /// Not yet.
    NotYet,
    /// No longer.
    Expired,
    /// Another one took its place.
    Replaced,
}

impl LegalStatus {
    /// The name templates get; its label is the string `status.NAME`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Partly => "partly",
            Self::NotYet => "not-yet",
            Self::Expired => "expired",
            Self::Replaced => "replaced",
        }
    }
}

/// All legal documents of a site and their relations.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    relations: BTreeMap<SetId, Vec<Related>>,
}

impl Documents {
    /// Collects the documents of a site.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let mut relations: BTreeMap<SetId, Vec<Related>> = BTreeMap::new();
        for (id, document) in identity::documents(site) {
            for relation in Relation::ALL {
                for number in relation.stated(document) {
                    let set = site.registry.numbered(number).first();
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

    /// Whether a document is in force; `None` where neither dates nor relations tell.
    #[must_use]
    pub fn status(&self, set: SetId, document: &DecisionMeta, site: &Site) -> Option<LegalStatus> {
        let now = site.now;
        let past = |date: Option<Moment>| date.is_some_and(|date| date.at <= now.at);
        if document.effective.is_some() && !past(document.effective) {
            return Some(LegalStatus::NotYet);
        }
        if past(document.effective_until) {
            return Some(LegalStatus::Expired);
        }
        let replaced = self.related(set).iter().filter(|r| r.relation == Relation::ReplacedBy).any(|r| {
            let page = r.set.and_then(|set| site.page_for(set, site.config.default_language));
            let replacing = page.and_then(|page| site.page(page).meta.decision.as_deref());
            replacing.is_some_and(|d| past(Some(d.effective.unwrap_or(d.issued))))
        });
        if replaced {
            return Some(LegalStatus::Replaced);
        }
        if document.partly {
            return Some(LegalStatus::Partly);
        }
        (past(document.effective) || document.status_checked.is_some()).then_some(LegalStatus::InForce)
    }
}
