//! When the portal changes by itself, and so has to be built again.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::Site;
use super::ledger::LedgerEntry;
use super::publication::{Publication, Withheld};
use super::translation::{Told, TranslationState};
use crate::base::date::Moment;

/// The next moment at which a page appears or goes, an event is over, the yearly day of a series has
/// passed, a document takes or loses effect, a page stops leading the home page, readers are told that a
/// translation is outdated, or a notice comes or goes. `None` where nothing is to come.
///
/// Pages also say on which day they were built; that alone is no reason to build again, but tells how long
/// what was built stays the same to the byte: see [`end_of_day`].
#[must_use]
pub fn next_change(site: &Site, ledger: &[LedgerEntry]) -> Option<Moment> {
    let waiting = ledger.iter().filter(|entry| {
        matches!(entry.publication, Publication::Published | Publication::Withheld(Withheld::Scheduled(_)))
    });
    let pages = waiting.filter_map(|entry| entry.schedule.next_change(site.now));
    let fields = site.pages.iter().flat_map(|page| {
        let event = page.meta.event.as_ref().map(|event| event.last_moment().after());
        let decision = page.meta.decision.as_ref();
        let effective = decision.and_then(|decision| decision.effective);
        let until = decision.and_then(|decision| decision.effective_until).map(Moment::after);
        let outdated = match page.translation {
            TranslationState::Outdated(Told::StatusOnly(later)) => later,
            _ => None,
        };
        // A feed holds what has been; a document replaces another from its own day on.
        let issued = decision.map(|decision| decision.issued);
        let shown = [page.meta.date, page.meta.updated, page.meta.list_date()];
        let ends = [event, effective, until, issued, page.meta.featured_until.map(Moment::after), outdated];
        ends.into_iter().chain(shown)
    });
    let notice = site.config.notice.iter().flat_map(|notice| [notice.from, notice.until.map(Moment::after)]);
    let today = site.now.local.date();
    let days = site.config.yearly.values().map(|day| {
        let passed = day_after(day.next_from(today)?, site)?;
        Some(Moment::new(passed, &site.config.timezone, false))
    });
    pages.chain(fields.chain(notice).chain(days).flatten()).filter(|moment| moment.at > site.now.at).min()
}

/// The first moment of the day after the build date: from then on, pages that name the day are others.
#[must_use]
pub fn end_of_day(site: &Site) -> Option<Timestamp> {
    day_after(site.now.local.date(), site)
}

/// The first moment of the day after one.
fn day_after(day: Date, site: &Site) -> Option<Timestamp> {
    let midnight = day.tomorrow().ok()?.to_datetime(Time::midnight());
    Some(site.config.timezone.to_zoned(midnight).ok()?.timestamp())
}
