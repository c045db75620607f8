//! Whether a page is to be seen at the build date, and when that changes next.

use jiff::civil::Time;

use crate::base::date::{Bound, Moment, WrittenDate};
use crate::config::SiteConfig;
use crate::content::front_matter::FrontMatter;

/// What a build shows beyond what is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Whether drafts are shown.
    pub drafts: Shown,
    /// Whether scheduled pages are shown.
    pub future: Shown,
}

/// Whether something is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// It is not.
    #[default]
    Hidden,
    /// It is.
    Shown,
}

impl Preview {
    /// Whether anything is shown that is not due: such a build must not be published.
    #[must_use]
    pub fn is_active(self) -> bool {
        self != Self::default()
    }
}

/// Whether a page is published at the build date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publication {
    /// It is.
    Published,
    /// It is not, and nothing of it may be seen.
    Withheld(Withheld),
}

/// Why a page is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// It is a draft.
    Draft,
    /// It appears later.
    Scheduled(Moment),
    /// Its time is over.
    Unpublished(Moment),
    /// Its original is not published.
    WithOriginal,
    /// Its section is not published.
    WithSection,
    /// It was left out by `--without`.
    Excluded,
    /// It has errors.
    Broken,
}

impl Withheld {
    /// Whether the writer did not mean it to be published now: errors in it do not fail a build.
    #[must_use]
    pub fn is_intended(self) -> bool {
        self != Self::Broken
    }
}

/// When one page appears and goes, in its own words and its original's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// When it appears; always there, where absent.
    pub appears: Option<Moment>,
    /// The first moment at which it is gone; never, where absent.
    pub goes: Option<Moment>,
}

impl Schedule {
    /// The schedule of a page: `publish` is its own, `date` and `unpublish` may be its original's.
    #[must_use]
    pub fn of(own: &FrontMatter, original: &FrontMatter, config: &SiteConfig) -> Self {
        let resolve = |date: WrittenDate| date.resolve(&config.timezone, Bound::Start);
        Self {
            appears: own.publish.or(own.date).or(original.date).map(resolve),
            goes: own.unpublish.or(original.unpublish).map(after_last_day).map(resolve),
        }
    }

    /// This schedule for a translation, which never appears before its original.
    #[must_use]
    pub fn not_before(self, original: Self) -> Self {
        Self { appears: self.appears.max(original.appears), ..self }
    }

    /// Whether a page of this schedule is published at a moment.
    #[must_use]
    pub fn at(self, draft: bool, now: Moment, preview: Preview) -> Publication {
        if draft && preview.drafts == Shown::Hidden {
            return Publication::Withheld(Withheld::Draft);
        }
        match (self.appears, self.goes) {
            (Some(appears), _) if appears.at > now.at && preview.future == Shown::Hidden => {
                Publication::Withheld(Withheld::Scheduled(appears))
            }
            (_, Some(goes)) if goes.at <= now.at => Publication::Withheld(Withheld::Unpublished(goes)),
            _ => Publication::Published,
        }
    }

    /// The next moment after `now` at which the page appears or goes.
    #[must_use]
    pub fn next_change(self, now: Moment) -> Option<Moment> {
        [self.appears, self.goes].into_iter().flatten().filter(|moment| moment.at > now.at).min()
    }
}

/// An end given as a day includes that day: the page goes as the next one begins.
fn after_last_day(date: WrittenDate) -> WrittenDate {
    match (date.time, date.date.tomorrow()) {
        (None, Ok(tomorrow)) => WrittenDate { date: tomorrow, time: Some(Time::midnight()), ..date },
        _ => date,
    }
}
