//! What identifies a legal document: its number, the day it was issued and who issued it. Numbers begin
//! anew each year and for each issuer (Decree 30/2020/NĐ-CP), so that a number alone is only a label.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::documents::Arenas;
use super::meta::DecisionMeta;
use super::provinces::{Nearest, Provinces};
use super::{SetId, Site};
use crate::config::SiteConfig;
use crate::content::citation::{Citation, is_provincial};
use crate::diag::{Code, Diagnostic, Place};
use crate::domain::citations::{self, CitedDate};
use crate::domain::document_types::DocumentType;

/// The published documents of a site by number.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    by_number: BTreeMap<String, Vec<Entry>>,
    provinces: Provinces,
    /// The sets that cite each document, newest first.
    pub(super) cited_by: BTreeMap<SetId, Vec<SetId>>,
}

/// A document of a number.
#[derive(Clone, Debug)]
struct Entry {
    set: SetId,
    issued: Date,
    /// Index into `SiteConfig::agencies`.
    agency: Option<usize>,
    /// Whose it is, indices into `SiteConfig::provinces`: the province that is stated, else those that the
    /// issuer's name holds. Old and new provinces may have one name.
    province: Vec<usize>,
}

/// Which document is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// None of the portal.
    Nothing,
    /// This one.
    One(SetId),
    /// One of these: nothing tells which.
    Several(Vec<SetId>),
}

impl Found {
    /// The document, the first where there are several.
    #[must_use]
    pub fn first(&self) -> Option<SetId> {
        match self {
            Self::Nothing => None,
            Self::One(set) => Some(*set),
            Self::Several(sets) => sets.first().copied(),
        }
    }
}

impl Registry {
    /// Collects the documents of a site. Those that were taken back are none of them.
    #[must_use]
    pub(super) fn of(arenas: Arenas<'_>, config: &SiteConfig) -> Self {
        let mut by_number: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        let provinces = Provinces::of(config);
        for (set, _, document) in arenas.documents().filter(|(_, _, document)| !is_placeholder(&document.number)) {
            let agency = document.agency.and_then(|index| config.agencies.get(index));
            let agency = agency.filter(|_| document.province.is_none() && is_provincial(&document.number));
            let called = agency.iter().flat_map(|agency| agency.name.iter());
            let named = called.flat_map(|(_, name)| provinces.named(name, Nearest::Start)).chain(document.province);
            let kind = DocumentType::from_id(&document.doc_type);
            let entry =
                Entry { set, issued: document.issued.local.date(), agency: document.agency, province: named.collect() };
            by_number.entry(key(&document.number, kind)).or_default().push(entry);
        }
        Self { by_number, provinces, cited_by: BTreeMap::new() }
    }

    /// The documents of a number, in any spelling.
    #[must_use]
    pub fn numbered(&self, number: &str) -> Found {
        found(self.entries(&key(number, None)).iter().collect())
    }

    /// The documents of a number as a citation has it.
    pub(super) fn of_number(&self, cited: &str) -> impl Iterator<Item = SetId> {
        self.entries(&folded(&citations::comparable(cited))).iter().map(|entry| entry.set)
    }

    /// The document that another one names by its number alone. Of several it is one of the same province,
    /// the last that was there when the other was issued.
    #[must_use]
    pub(super) fn stated(&self, number: &str, by: SetId, of: &DecisionMeta) -> Option<SetId> {
        let mut entries: Vec<&Entry> = self.entries(&key(number, None)).iter().collect();
        if entries.len() > 1 {
            let kind = DocumentType::from_id(&of.doc_type);
            let own = self.entries(&key(&of.number, kind)).iter().find(|entry| entry.set == by);
            narrow(&mut entries, &|entry| entry.set != by);
            narrow(&mut entries, &|entry| own.is_some_and(|own| own.is_of_any(&entry.province)));
            let issued = of.issued.local.date();
            narrow(&mut entries, &|entry| entry.issued <= issued);
            let last = entries.iter().map(|entry| entry.issued).max();
            if entries.first().is_some_and(|first| first.issued <= issued) {
                narrow(&mut entries, &|entry| Some(entry.issued) == last);
            }
        }
        entries.first().map(|entry| entry.set)
    }

    /// The document a citation means: of several with its number that of its date, else that of the
    /// province which is named near it. Where it says whose it is, it is none of another province.
    #[must_use]
    pub fn cited(&self, citation: &Citation) -> Found {
        let mut entries: Vec<&Entry> = self.entries(&folded(&citations::comparable(&citation.number))).iter().collect();
        if let (None, Some(date)) = (citation.year, citation.date) {
            // Of another year it is another document.
            entries.retain(|entry| entry.issued.year() == date.year());
        }
        if let Some(words) = citation.issuer_words.as_ref().filter(|_| !entries.is_empty()) {
            let whose = words.whose.as_deref().map(|whose| self.provinces.named(whose, Nearest::Start));
            let whose = whose.filter(|named| !named.is_empty());
            if let Some(named) = &whose {
                entries.retain(|entry| entry.province.is_empty() || entry.is_of_any(named));
            }
            let before = || self.provinces.named(&words.before, Nearest::End);
            let behind = || self.provinces.named(&words.behind, Nearest::Start);
            let near = whose.or_else(|| Some(before()).filter(|named| !named.is_empty())).unwrap_or_else(behind);
            narrow(&mut entries, &|entry| entry.is_of_any(&near));
        }
        if let Some(day @ CitedDate::Day(..)) = citation.date {
            narrow(&mut entries, &|entry| CitedDate::from(entry.issued) == day);
        }
        found(entries)
    }

    /// The sets whose text cites a document, newest first.
    #[must_use]
    pub fn cited_by(&self, document: SetId) -> &[SetId] {
        self.cited_by.get(&document).map_or(&[], Vec::as_slice)
    }

    /// The documents that are told apart by nothing, as errors.
    #[must_use]
    pub fn doubles(&self, site: &Site) -> Vec<Diagnostic> {
        let mut doubles = Vec::new();
        for entries in self.by_number.values().filter(|entries| entries.len() > 1) {
            for (index, second) in entries.iter().enumerate() {
                let same = |first: &&Entry| {
                    let apart = !first.province.is_empty() && !second.province.is_empty();
                    let same_province = !apart || first.is_of_any(&second.province);
                    first.issued == second.issued && first.agency == second.agency && same_province
                };
                let Some(first) = entries.iter().take(index).find(same) else { continue };
                let (Some(first), Some(second)) = (file(site, first.set), file(site, second.set)) else { continue };
                let number = number(site, entries.first().map(|entry| entry.set));
                doubles.push(
                    Diagnostic::new(Code::DuplicateDocument)
                        .with("number", number)
                        .with("first", &first)
                        .with("second", &second)
                        .at(Place::field(second, "number"))
                        .related(Place::field(first, "number")),
                );
            }
        }
        doubles
    }

    fn entries(&self, key: &str) -> &[Entry] {
        self.by_number.get(key).map_or(&[], Vec::as_slice)
    }
}

/// Leaves those of several that fit, if any does.
fn narrow(entries: &mut Vec<&Entry>, fits: &dyn Fn(&Entry) -> bool) {
    if entries.len() > 1 && entries.iter().any(|entry| fits(entry)) {
        entries.retain(|entry| fits(entry));
    }
}

impl Entry {
    /// Whether it is of one of these provinces.
    fn is_of_any(&self, provinces: &[usize]) -> bool {
        self.province.iter().any(|own| provinces.contains(own))
    }
}

/// What a set states as a legal document, unless it was taken back.
#[must_use]
pub fn document(site: &Site, set: SetId) -> Option<&DecisionMeta> {
    let meta = &site.page(site.page_for(set, site.config.default_language)?).meta;
    meta.decision.as_deref().filter(|_| meta.withdrawn.is_none())
}

impl Site {
    /// The sets that are legal documents. Those that were taken back are none of them.
    pub fn legal_documents(&self) -> impl Iterator<Item = SetId> {
        let sets = (0..self.sets.len() as u32).map(SetId);
        sets.filter(|set| document(self, *set).is_some())
    }
}

/// The file of a set's original.
pub(super) fn file(site: &Site, set: SetId) -> Option<crate::base::path::RelPath> {
    Some(site.page(site.page_for(set, site.config.default_language)?).document.path.clone())
}

/// The number of a document as its file states it.
fn number(site: &Site, set: Option<SetId>) -> &str {
    set.and_then(|set| document(site, set)).map_or("", |document| &document.number)
}

fn found(entries: Vec<&Entry>) -> Found {
    match entries.as_slice() {
        [] => Found::Nothing,
        [one] => Found::One(one.set),
        several => Found::Several(several.iter().map(|entry| entry.set).collect()),
    }
}

/// A number for comparison: as it should be written, whatever the case and spaces.
fn key(number: &str, kind: Option<&DocumentType>) -> String {
    let canonical = citations::canonical(number, kind);
    folded(&citations::comparable(canonical.as_deref().unwrap_or(number)))
}

/// Whether a number only keeps the place of one that is still to come: `00/QĐ-TTg`, as new files have it.
fn is_placeholder(number: &str) -> bool {
    let digits = number.trim_start().trim_start_matches('0');
    digits.len() < number.trim_start().len() && !digits.starts_with(|c: char| c.is_ascii_digit())
}

fn folded(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
