//! The line that tells of a document which is cited and which the portal lacks.

use crate::diag::{Arg, Catalog};
use crate::domain::agencies::AGENCIES;
use crate::domain::document_types;
use crate::site::citations::Missing;

/// How many files a line names.
const SHOWN: usize = 3;

/// `Quyết định 749/QĐ-TTg (Thủ tướng Chính phủ, 2020): 3 trang (content/…)`.
pub(super) fn line(missing: &Missing, catalog: &Catalog) -> String {
    let lang = catalog.lang();
    let kind = document_types::all().find(|kind| missing.kind.as_deref() == Some(kind.id));
    let agency = AGENCIES.iter().find(|agency| missing.agency.as_deref() == Some(agency.id));
    let agency = agency.map(|agency| agency.name(lang).to_owned());
    // The year within a number need not be said again.
    let year = missing.year.map(|year| year.to_string()).filter(|year| !missing.number.contains(year.as_str()));
    let more: Vec<String> = agency.into_iter().chain(year).collect();
    let kind = kind.map_or_else(String::new, |kind| format!("{} ", kind.name(lang)));
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    let mut files: Vec<&str> = missing.files.iter().take(SHOWN).map(|file| file.as_str()).collect();
    if missing.files.len() > SHOWN {
        files.push("…");
    }
    let document = format!("{kind}{}{more}", missing.number);
    catalog.fill(
        "ui.status.lacking.one",
        &[
            ("document", Arg::from(document)),
            ("pages", Arg::from(missing.files.len())),
            ("files", Arg::from(files.join(", "))),
        ],
    )
}
