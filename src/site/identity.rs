//! What identifies a legal document: its number, the day it was issued and who issued it. Numbers begin
//! anew each year and for each issuer (Decree 30/2020/NĐ-CP), so that a number alone is only a label.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::documents::Arenas;
use super::meta::DecisionMeta;
use super::{SetId, Site};
use crate::base::text::fold;
use crate::config::SiteConfig;
use crate::content::citation::{Citation, is_provincial};
use crate::diag::{Code, Diagnostic, Place};
use crate::domain::citations::{self, CitedDate};
use crate::domain::document_types::DocumentType;

/// The published documents of a site by number.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    by_number: BTreeMap<String, Vec<Entry>>,
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
    /// The names of the province that the issuer's name holds, folded.
    province: Vec<String>,
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
        let provinces = config.provinces.iter().flat_map(|term| term.name.iter());
        let provinces: Vec<String> = provinces.map(|(_, name)| fold(name)).collect();
        for (set, _, document) in arenas.documents().filter(|(_, _, document)| !is_placeholder(&document.number)) {
            let agency = document.agency.and_then(|index| config.agencies.get(index));
            let agency = agency.filter(|_| !provinces.is_empty() && is_provincial(&document.number));
            let called: Vec<String> = agency.iter().flat_map(|a| a.name.iter()).map(|(_, name)| fold(name)).collect();
            let named = provinces.iter().filter(|name| called.iter().any(|called| called.contains(*name)));
            let kind = DocumentType::from_id(&document.doc_type);
            let entry = Entry {
                set,
                issued: document.issued.local.date(),
                agency: document.agency,
                province: named.cloned().collect(),
            };
            by_number.entry(key(&document.number, kind)).or_default().push(entry);
        }
        Self { by_number, cited_by: BTreeMap::new() }
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

    /// The document a citation means: of several with its number that of its date, else that of the
    /// province which is named.
    #[must_use]
    pub fn cited(&self, citation: &Citation) -> Found {
        let mut entries: Vec<&Entry> = self.entries(&folded(&citations::comparable(&citation.number))).iter().collect();
        if let (None, Some(date)) = (citation.year, citation.date) {
            // Of another year it is another document.
            entries.retain(|entry| entry.issued.year() == date.year());
        }
        let narrow = |entries: &mut Vec<&Entry>, fits: &dyn Fn(&Entry) -> bool| {
            if entries.len() > 1 && entries.iter().any(|entry| fits(entry)) {
                entries.retain(|entry| fits(entry));
            }
        };
        if let Some(day @ CitedDate::Day(..)) = citation.date {
            narrow(&mut entries, &|entry| CitedDate::from(entry.issued) == day);
        }
        if let Some(words) = citation.issuer_words.as_deref().map(fold) {
            narrow(&mut entries, &|entry| entry.province.iter().any(|name| words.contains(name)));
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
                let same = |first: &&Entry| first.issued == second.issued && first.agency == second.agency;
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
