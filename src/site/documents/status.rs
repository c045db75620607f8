//! Whether a legal document is in force, as far as its dates and relations tell.

use super::{Arenas, Documents, Relation};
use crate::base::date::Moment;
use crate::base::lang::{Lang, PerLang};
use crate::site::meta::DecisionMeta;
use crate::site::{SetId, Site};

/// Whether a document is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// All of them, in the order lists name them.
    pub const ALL: [Self; 5] = [Self::InForce, Self::Partly, Self::NotYet, Self::Expired, Self::Replaced];

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

    /// The segment of the address of its list in a language.
    #[must_use]
    pub fn segment(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::InForce => PerLang { vi: "con-hieu-luc", en: "in-force" },
            Self::Partly => PerLang { vi: "het-hieu-luc-mot-phan", en: "partly-in-force" },
            Self::NotYet => PerLang { vi: "chua-co-hieu-luc", en: "not-yet-in-force" },
            Self::Expired => PerLang { vi: "het-hieu-luc", en: "no-longer-in-force" },
            Self::Replaced => PerLang { vi: "da-duoc-thay-the", en: "replaced" },
        };
        words.get(lang)
    }
}

impl Documents {
    /// Whether a document is in force, while the site is linked.
    pub(in crate::site) fn status_in(&self, arenas: Arenas<'_>, set: SetId, now: Moment) -> Option<LegalStatus> {
        self.status(set, now, |set| arenas.page(set)?.meta.decision.as_deref())
    }

    /// Whether a document is in force at a moment. `document_of` gives the fields of a set's document.
    fn status<'a>(
        &self,
        set: SetId,
        now: Moment,
        document_of: impl Fn(SetId) -> Option<&'a DecisionMeta>,
    ) -> Option<LegalStatus> {
        let document = document_of(set)?;
        let past = |date: Option<Moment>| date.is_some_and(|date| date.at <= now.at);
        if document.effective.is_some() && !past(document.effective) {
            return Some(LegalStatus::NotYet);
        }
        if past(document.effective_until) {
            return Some(LegalStatus::Expired);
        }
        let replaced = self
            .related(set)
            .iter()
            .filter(|r| r.relation == Relation::ReplacedBy)
            .any(|r| r.set.and_then(&document_of).is_some_and(|d| past(Some(d.replaces_from()))));
        if replaced {
            return Some(LegalStatus::Replaced);
        }
        if document.partly {
            return Some(LegalStatus::Partly);
        }
        (past(document.effective) || document.status_checked.is_some()).then_some(LegalStatus::InForce)
    }
}

impl Site {
    /// Whether a legal document is in force at the build date; `None` where neither dates nor relations tell.
    #[must_use]
    pub fn legal_status(&self, set: SetId) -> Option<LegalStatus> {
        let page = |set| self.page_for(set, self.config.default_language).map(|page| self.page(page));
        self.documents.status(set, self.now, |set| page(set)?.meta.decision.as_deref())
    }
}
