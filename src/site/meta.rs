//! The fields of a linked page: inherited, resolved, and ready to be shown.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;

use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::base::slug::Slug;
use crate::content::front_matter::{Attendance, EventStatus, Quantity, ThemeKind};
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
    pub tags: Vec<Arc<Tag>>,
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
    /// Index into `SiteConfig::provinces`.
    pub province: Option<usize>,
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

impl DecisionMeta {
    /// From when on it stands in the place of what it replaces: the day it takes effect, else that of signing.
    #[must_use]
    pub fn replaces_from(&self) -> Moment {
        self.effective.unwrap_or(self.issued)
    }
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
    /// How people take part, as stated.
    pub attendance: Option<Attendance>,
    /// Where.
    pub place: Option<PlaceMeta>,
    /// Who holds it.
    pub organiser: Option<Localized>,
    /// The series by id, whether declared in the settings or not.
    pub series: Option<String>,
    /// Its mottos, the one shown first in front.
    pub themes: Vec<ThemeMeta>,
}

/// A motto, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ThemeMeta {
    /// The motto.
    pub text: Localized,
    /// Whose it is.
    pub kind: ThemeKind,
    /// Who says so.
    pub source: Option<Localized>,
    /// Whether it was checked, where the writer says anything of that.
    pub verified: Option<bool>,
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
    /// The province by id, where it is declared in the settings.
    pub province_id: Option<String>,
    /// The online venue.
    pub url: Option<String>,
}

impl EventMeta {
    /// The last moment of the event: its end, or the end of the day it begins.
    #[must_use]
    pub fn last_moment(&self) -> Moment {
        let Some(end) = self.end else {
            let time = self.start.local.time();
            let passed = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
            let rest = jiff::SignedDuration::from_secs(86_399 - passed);
            let mut last = self.start;
            last.at = last.at.checked_add(rest).unwrap_or(last.at);
            last.local = last.local.checked_add(rest).unwrap_or(last.local);
            return last;
        };
        end
    }

    /// The first and the last day it takes.
    #[must_use]
    pub fn days(&self) -> (Date, Date) {
        let first = self.start.local.date();
        (first, self.last_moment().local.date().max(first))
    }

    /// Whether it is told by days only: it fills them, or its hours are not known.
    #[must_use]
    pub fn is_by_days(&self) -> bool {
        self.span == Span::AllDay || !self.start.has_time
    }

    /// How people take part: as stated, else as status and place tell; `None` where nothing does.
    #[must_use]
    pub fn attendance(&self) -> Option<Attendance> {
        if self.status == EventStatus::MovedOnline {
            return Some(Attendance::Online);
        }
        let of_place = |place: &PlaceMeta| {
            let venue = place.name.is_some() || place.address.is_some() || place.province.is_some();
            match (venue, place.url.is_some()) {
                (true, true) => Attendance::Hybrid,
                (false, true) => Attendance::Online,
                (_, false) => Attendance::InPerson,
            }
        };
        self.attendance.or_else(|| self.place.as_ref().map(of_place))
    }

    /// The theme that is shown first.
    #[must_use]
    pub fn theme(&self) -> Option<&Localized> {
        self.themes.first().map(|theme| &theme.text)
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
