//! How a translation stands to its original.

use crate::base::date::Moment;
use crate::config::SiteConfig;
use crate::content::document::Facts;

/// How a page stands to its original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TranslationState {
    /// It is the original.
    Original,
    /// It was confirmed against the text the original has now.
    Current,
    /// Nobody confirmed it with `congso status --accept`.
    Unconfirmed,
    /// The original changed since it was confirmed.
    Outdated(Told),
}

/// Whether readers are told that a translation is outdated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// They are: numbers or dates differ, or it has been outdated for longer than the setting.
    Readers,
    /// Only `congso status` tells, until that moment if there is one.
    StatusOnly(Option<Moment>),
}

impl TranslationState {
    /// The state of a translation. Where it states a digest, both texts have theirs.
    ///
    /// Readers are told at once when the numbers and dates of the two texts differ, else when the
    /// original's `updated` lies further back than `outdated_after` days.
    #[must_use]
    pub fn of(own: &Facts, original: &Facts, updated: Option<Moment>, now: Moment, config: &SiteConfig) -> Self {
        match &own.front.translates {
            None => Self::Unconfirmed,
            Some(confirmed) if original.digest.as_ref().is_some_and(|text| text.words == *confirmed) => Self::Current,
            Some(_) => {
                let patience = jiff::SignedDuration::from_hours(24 * i64::from(config.outdated_after));
                let limit = updated.and_then(|moment| moment.at.checked_add(patience).ok());
                let overdue = limit.is_some_and(|limit| limit <= now.at);
                let later = limit.map(|limit| Moment::new(limit, &config.timezone, true));
                let [own, original] = [own, original].map(|facts| facts.digest.as_ref().map(|text| &text.figures));
                let at_once = own != original || overdue;
                Self::Outdated(if at_once { Told::Readers } else { Told::StatusOnly(later) })
            }
        }
    }

    /// The name templates and `status` use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Current => "current",
            Self::Unconfirmed => "unconfirmed",
            Self::Outdated(_) => "outdated",
        }
    }
}
