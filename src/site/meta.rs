//! The fields of a linked page: inherited, resolved, and ready to be shown.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::base::slug::Slug;
use crate::content::front_matter::{EventStatus, Quantity};
use crate::source::yaml::Node;

/// A text and the language it is in, which may be the original's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Localized {
    /// The text.
    pub text: String,
    /// Its language.
    pub lang: Lang,
}

/// The joined fields of one page in one language.
#[derive(Clone, Debug, Hash)]
pub struct Meta {
    /// The title.
    pub title: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// The date readers see.
    pub date: Option<Moment>,
    /// When it was last changed in substance.
    pub updated: Option<Moment>,
    /// Indices into `SiteConfig::topics`.
    pub topics: Vec<usize>,
    /// The tags in this language.
    pub tags: Vec<Tag>,
    /// Old addresses.
    pub aliases: Vec<UrlPath>,
    /// The leading image.
    pub image: Option<ImageMeta>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where a republished text comes from.
    pub source: Option<Box<SourceMeta>>,
    /// Until when it leads the home page.
    pub featured_until: Option<Moment>,
    /// What was put right.
    pub corrections: Vec<CorrectionMeta>,
    /// Set where the page was taken back: the URL stays, the text goes.
    pub withdrawn: Option<Box<WithdrawnMeta>>,
    /// Free fields.
    pub extra: BTreeMap<String, Node>,
    /// Fields of a legal document.
    pub decision: Option<Box<DecisionMeta>>,
    /// Fields of an event.
    pub event: Option<Box<EventMeta>>,
}

/// A tag as one language shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag {
    /// The segment of its address.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// The index into `SiteConfig::tags` where it is declared, and so one tag in both languages.
    pub declared: Option<usize>,
}

/// The leading image of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageMeta {
    /// The file, from the workspace.
    pub file: RelPath,
    /// The text alternative.
    pub alt: Option<Localized>,
    /// The caption.
    pub caption: Option<Localized>,
    /// Who made it.
    pub credit: Option<Localized>,
}

/// The origin of a republished text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceMeta {
    /// The publication.
    pub name: Option<Localized>,
    /// The original's address.
    pub url: Option<String>,
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CorrectionMeta {
    /// Its day.
    pub date: Moment,
    /// What was wrong and is right now.
    pub text: Localized,
}

/// A withdrawal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WithdrawnMeta {
    /// Since when.
    pub date: Moment,
    /// Why.
    pub reason: Option<Localized>,
}

/// Fields of a legal document.
#[derive(Clone, Debug, Hash)]
pub struct DecisionMeta {
    /// The number and symbol.
    pub number: String,
    /// The type by id.
    pub doc_type: String,
    /// The day of signing.
    pub issued: Moment,
    /// The day it takes effect.
    pub effective: Option<Moment>,
    /// The last day in force.
    pub effective_until: Option<Moment>,
    /// Index into `SiteConfig::agencies`.
    pub agency: Option<usize>,
    /// Who signed.
    pub signer: Option<Localized>,
    /// Whether only a part is still in force.
    pub partly: bool,
    /// When and where the status was checked.
    pub status_checked: Option<(Moment, Option<String>)>,
    /// Numbers of documents it replaces.
    pub replaces: Vec<String>,
    /// Numbers of documents it amends.
    pub amends: Vec<String>,
    /// Numbers of documents it rests on.
    pub basis: Vec<String>,
    /// Numbers of documents it carries out.
    pub implements: Vec<String>,
    /// The official publication.
    pub official_url: Option<String>,
    /// Files of the text.
    pub attachments: Vec<AttachmentMeta>,
    /// What it asks to be reached.
    pub targets: Vec<TargetMeta>,
}

/// A file of a document's text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttachmentMeta {
    /// The file, from the workspace.
    pub file: RelPath,
    /// Its title.
    pub title: Option<Localized>,
    /// How many pages it has.
    pub pages: Option<usize>,
    /// Whether it is a scan without text.
    pub scanned: bool,
}

/// Something a document asks to be reached.
#[derive(Clone, Debug, Hash)]
pub struct TargetMeta {
    /// Its identity.
    pub id: String,
    /// What is measured.
    pub label: Localized,
    /// The unit: `%`, `rank` or free text.
    pub unit: Option<String>,
    /// The value to reach by year.
    pub years: BTreeMap<i16, Quantity>,
    /// What was measured.
    pub measured: Vec<MeasuredMeta>,
    /// Where the target stands.
    pub source: Option<Localized>,
}

/// A measured value.
#[derive(Clone, Debug)]
pub struct MeasuredMeta {
    /// The value.
    pub value: f64,
    /// The day it holds for.
    pub as_of: Moment,
    /// Who says so.
    pub source: String,
}

impl Hash for MeasuredMeta {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.value.to_bits(), self.as_of, &self.source).hash(state);
    }
}

/// Fields of an event.
#[derive(Clone, Debug, Hash)]
pub struct EventMeta {
    /// When it begins.
    pub start: Moment,
    /// When it ends, the last day included; its beginning's day where no end is given.
    pub end: Option<Moment>,
    /// Whether it fills its days.
    pub span: Span,
    /// What became of it.
    pub status: EventStatus,
    /// When it was to begin before it was moved.
    pub former_start: Option<Moment>,
    /// Where.
    pub place: Option<PlaceMeta>,
    /// Who holds it.
    pub organiser: Option<Localized>,
    /// The series by id, whether declared in the settings or not.
    pub series: Option<String>,
    /// Its motto.
    pub theme: Option<Localized>,
}

/// Whether an event fills its days or has hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// Whole days.
    AllDay,
    /// From an hour to an hour, which may not be known: then its dates have no time.
    Hours,
}

/// The place of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlaceMeta {
    /// The venue.
    pub name: Option<Localized>,
    /// Street and town.
    pub address: Option<Localized>,
    /// The province as written, or its declared name.
    pub province: Option<Localized>,
    /// The online venue.
    pub url: Option<String>,
}

impl EventMeta {
    /// The last moment of the event: its end, or the end of the day it begins.
    #[must_use]
    pub fn last_moment(&self) -> Moment {
        let mut last = self.end.unwrap_or(self.start);
        if !last.has_time && self.end.is_none() {
            let rest_of_day = jiff::SignedDuration::from_secs(86_399);
            last.at = last.at.checked_add(rest_of_day).unwrap_or(last.at);
            last.local = last.local.checked_add(rest_of_day).unwrap_or(last.local);
        }
        last
    }
}

impl Meta {
    /// The date a list sorts and groups this page by: an event's beginning, a document's signing,
    /// else the date readers see.
    #[must_use]
    pub fn list_date(&self) -> Option<Moment> {
        let event = self.event.as_ref().map(|event| event.start);
        event.or_else(|| self.decision.as_ref().map(|decision| decision.issued)).or(self.date)
    }
}
