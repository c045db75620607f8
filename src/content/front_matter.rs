//! The front matter of one file, typed, as written: what is absent is absent.

mod event;
mod rare;
mod read;
mod reader;
mod stated;
mod targets;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::base::date::WrittenDate;
use crate::source::yaml::Node;

pub use event::{Attendance, EventFields, EventStatus, PlaceFields, ThemeFields, ThemeKind};
pub use rare::Rare;
pub use read::read;
pub use stated::Stated;

/// Every field any kind may have. Which kind may have which, and what a translation inherits, is in
/// the table of `content::fields` and is applied in link, where kind and original are known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The names of the top-level fields that are stated, for rules that ask.
    pub stated: Stated,
    /// The title.
    pub title: Option<String>,
    /// One sentence for lists and search engines.
    pub description: Option<String>,
    /// The page's segment of the URL.
    pub slug: Option<String>,
    /// The permanent identity, if not the source path.
    pub id: Option<String>,
    /// Not to be published.
    pub draft: bool,
    /// The date readers see.
    pub date: Option<WrittenDate>,
    /// When it appears, if not at `date`.
    pub publish: Option<WrittenDate>,
    /// When it goes.
    pub unpublish: Option<WrittenDate>,
    /// When it was last changed in substance.
    pub updated: Option<WrittenDate>,
    /// When somebody has to look at it again.
    pub review_by: Option<WrittenDate>,
    /// Topics by id or name.
    pub topics: Option<Vec<String>>,
    /// Tags by id or name.
    pub tags: Option<Vec<String>>,
    /// Old addresses.
    pub aliases: Vec<String>,
    /// The leading image.
    pub image: Option<Box<ImageFields>>,
    /// Who wrote it.
    pub authors: Option<Vec<String>>,
    /// Where a republished text comes from.
    pub source: Option<Box<SourceFields>>,
    /// Until when it leads the home page.
    pub featured: Option<WrittenDate>,
    /// What was put right, and when.
    pub corrections: Option<Vec<Correction>>,
    /// Taken back: the URL stays, the text goes.
    pub withdrawn: Option<Box<Withdrawn>>,
    /// The digest of the original that this translation was confirmed against.
    pub translates: Option<String>,
    /// Free fields.
    pub extra: BTreeMap<String, Node>,
    /// Fields of `kind: decision`.
    pub decision: Rare<DecisionFields>,
    /// Fields of `kind: event`.
    pub event: Rare<EventFields>,
    /// Fields of a section's `_index.md`.
    pub section: Rare<SectionFields>,
}

/// `image:`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFields {
    /// The file, relative to the page.
    pub src: Option<String>,
    /// The text alternative.
    pub alt: Option<String>,
    /// The caption.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

/// `source:`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFields {
    /// The publication.
    pub name: Option<String>,
    /// The original's address.
    pub url: Option<String>,
}

/// One entry of `corrections:`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The day of the correction.
    pub date: WrittenDate,
    /// What was wrong and is right now; absent in a translation that only matches by date.
    pub text: Option<String>,
}

/// `withdrawn:`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Since when.
    pub date: WrittenDate,
    /// Why, for readers.
    pub reason: Option<String>,
}

/// Fields of a legal document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DecisionFields {
    /// The number and symbol, such as `749/QĐ-TTg`.
    pub number: Option<String>,
    /// The type by id, such as `decision`.
    pub doc_type: Option<String>,
    /// The day of signing.
    pub issued: Option<WrittenDate>,
    /// The day it takes effect.
    pub effective: Option<WrittenDate>,
    /// The last day it is in force.
    pub effective_until: Option<WrittenDate>,
    /// The issuing agency by id or name.
    pub agency: Option<String>,
    /// The province whose document it is, by id or name.
    pub province: Option<String>,
    /// Who signed.
    pub signer: Option<String>,
    /// Whether only a part is still in force.
    pub partly: Option<bool>,
    /// When and where the status was checked.
    pub status_checked: Option<StatusChecked>,
    /// Numbers of documents it replaces.
    pub replaces: Option<Vec<String>>,
    /// Numbers of documents it amends.
    pub amends: Option<Vec<String>>,
    /// Numbers of documents it rests on.
    pub basis: Option<Vec<String>>,
    /// Numbers of documents it carries out.
    pub implements: Option<Vec<String>>,
    /// The official publication.
    pub official_url: Option<String>,
    /// Files of the text.
    pub attachments: Option<Vec<Attachment>>,
    /// What it asks to be reached.
    pub targets: Option<Vec<DocumentTarget>>,
}

/// `status_checked:`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChecked {
    /// The day.
    pub date: WrittenDate,
    /// Where.
    pub url: Option<String>,
}

/// One entry of `attachments:`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file, relative to the page.
    pub file: String,
    /// Its title.
    pub title: Option<String>,
    /// How many pages it has.
    pub pages: Option<usize>,
    /// Whether it is a scan without text.
    pub scanned: Option<bool>,
}

/// One entry of `targets:`
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentTarget {
    /// The identity by which translations match.
    pub id: String,
    /// What is measured.
    pub label: Option<String>,
    /// The unit: `%`, `rank`, or free text.
    pub unit: Option<String>,
    /// The value to reach by year, in order of year.
    pub years: BTreeMap<i16, Quantity>,
    /// What was measured.
    pub measured: Vec<Measured>,
    /// Where the target stands.
    pub source: Option<String>,
}

/// A value with an optional comparison: `80`, `"≥ 10"`, `"> 80"`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// `<`, `>`, `≤`, `≥`, `≈`, if written.
    pub comparison: Option<char>,
    /// The number.
    pub value: f64,
}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.comparison, self.value.to_bits()).hash(state);
    }
}

/// One entry of `measured:`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The value.
    pub value: f64,
    /// The day it holds for.
    pub as_of: WrittenDate,
    /// Who says so.
    pub source: String,
}

/// Fields of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionFields {
    /// The kind of its pages.
    pub kind: Option<Kind>,
    /// Their order.
    pub sort: Option<Sort>,
    /// How many stand on one list page.
    pub page_size: Option<usize>,
    /// Whether it has a feed.
    pub feed: Option<bool>,
    /// Whether it has archives by year and month.
    pub archive: Option<bool>,
    /// The template of its list.
    pub layout: Option<String>,
}

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A news item.
    News,
    /// A legal document.
    Decision,
    /// An event.
    Event,
    /// Any other page.
    Page,
}

impl Kind {
    /// The kinds with the names writers use.
    pub const NAMES: [(&'static str, Self); 4] =
        [("news", Self::News), ("decision", Self::Decision), ("event", Self::Event), ("page", Self::Page)];

    /// The name writers use and templates get.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Decision => "decision",
            Self::Event => "event",
            Self::Page => "page",
        }
    }
}

/// The order of a section's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// Newest first.
    Date,
    /// By the Vietnamese alphabet.
    Title,
    /// By file name.
    Order,
}

impl Sort {
    /// The orders with the names writers use.
    pub const NAMES: [(&'static str, Self); 3] = [("date", Self::Date), ("title", Self::Title), ("order", Self::Order)];
}
