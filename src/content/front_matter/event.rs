//! The fields of an event, as written.

use serde::{Deserialize, Serialize};

use crate::base::date::WrittenDate;

/// Fields of an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventFields {
    /// When it begins.
    pub start: Option<WrittenDate>,
    /// When it ends; a day is included.
    pub end: Option<WrittenDate>,
    /// Whether it fills its days.
    pub all_day: Option<bool>,
    /// What became of it.
    pub status: Option<EventStatus>,
    /// When it was to begin before it was moved.
    pub former_start: Option<WrittenDate>,
    /// How people take part.
    pub attendance: Option<Attendance>,
    /// Where.
    pub place: Option<PlaceFields>,
    /// Who holds it.
    pub organiser: Option<String>,
    /// The series by id.
    pub series: Option<String>,
    /// Its mottos, the one shown first in front; sources may tell of different ones.
    pub themes: Option<Vec<ThemeFields>>,
}

/// One entry of `theme:`, or the line that stands there in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeFields {
    /// The identity by which translations match; a single theme needs none.
    pub id: Option<String>,
    /// The motto.
    pub text: String,
    /// Whose motto it is.
    pub kind: Option<ThemeKind>,
    /// Who says so.
    pub source: Option<String>,
    /// Whether somebody has checked it against its source.
    pub verified: Option<bool>,
}

/// Whose motto a theme is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ThemeKind {
    /// The event's own.
    #[default]
    Event,
    /// That of the whole year.
    Year,
    /// That of a campaign around it.
    Campaign,
}

impl ThemeKind {
    /// The kinds with the names writers use.
    pub const NAMES: [(&'static str, Self); 3] =
        [("event", Self::Event), ("year", Self::Year), ("campaign", Self::Campaign)];

    /// The name writers use and templates get.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Year => "year",
            Self::Campaign => "campaign",
        }
    }
}

/// What became of an event (schema.org `eventStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventStatus {
    /// As planned.
    Scheduled,
    /// Put off to an unknown day.
    Postponed,
    /// Moved to another day.
    Rescheduled,
    /// Not held.
    Cancelled,
    /// Held, but online.
    MovedOnline,
}

impl EventStatus {
    /// The statuses with the names writers use.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("scheduled", Self::Scheduled),
        ("postponed", Self::Postponed),
        ("rescheduled", Self::Rescheduled),
        ("cancelled", Self::Cancelled),
        ("moved-online", Self::MovedOnline),
    ];

    /// The name writers use.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, status)| *status == self).map_or("scheduled", |(name, _)| name)
    }
}

/// How people take part in an event (schema.org `eventAttendanceMode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Attendance {
    /// At its place.
    InPerson,
    /// Online.
    Online,
    /// Either way.
    Hybrid,
}

impl Attendance {
    /// The ways with the names writers use.
    pub const NAMES: [(&'static str, Self); 3] =
        [("in-person", Self::InPerson), ("online", Self::Online), ("hybrid", Self::Hybrid)];

    /// The name writers use and templates get.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InPerson => "in-person",
            Self::Online => "online",
            Self::Hybrid => "hybrid",
        }
    }
}

/// `place:`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceFields {
    /// The venue.
    pub name: Option<String>,
    /// Street and town.
    pub address: Option<String>,
    /// The province by id or name.
    pub province: Option<String>,
    /// The online venue.
    pub url: Option<String>,
}
