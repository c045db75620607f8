//! What to tell of a finished build: how many pages, what is missing, when the next one is due.

use super::report::{BuildReport, CacheState, Timings};
use super::stage::WriteReport;
use crate::base::lang::PerLang;
use crate::render::Renderer;
use crate::site::due::next_change;
use crate::site::ledger::LedgerEntry;
use crate::site::publication::{Publication, Withheld};
use crate::site::{Role, citations};

/// What to tell of a finished build.
pub(super) fn summary(
    renderer: &Renderer,
    ledger: &[LedgerEntry],
    rendered: usize,
    written: WriteReport,
) -> BuildReport {
    let site = renderer.site();
    let pages = PerLang::from_fn(|lang| site.pages.iter().filter(|page| page.lang == lang).count());
    BuildReport {
        pages,
        rendered,
        written: written.written,
        unchanged: written.unchanged,
        removed: written.removed,
        foreign: written.foreign,
        next_change: next_change(site, ledger),
        left_out: left_out(ledger),
        lacking: citations::missing(site),
        cache: CacheState::Sound,
        timings: Timings::default(),
    }
}

/// The files that `--without` keeps out: those it names, their translations, and what lies in sections
/// it names.
fn left_out(ledger: &[LedgerEntry]) -> Vec<String> {
    let named = || ledger.iter().filter(|entry| entry.publication == Publication::Withheld(Withheld::Excluded));
    let missing = ledger.iter().filter(|entry| match entry.publication {
        Publication::Withheld(Withheld::Excluded) => true,
        Publication::Withheld(Withheld::WithOriginal) => named().any(|other| other.key == entry.key),
        Publication::Withheld(Withheld::WithSection) => named().any(|other| {
            let folder = other.key.strip_suffix("_index").filter(|_| other.role == Role::Index);
            folder.is_some_and(|folder| entry.key.starts_with(folder))
        }),
        _ => false,
    });
    missing.map(|entry| entry.path.to_string()).collect()
}
