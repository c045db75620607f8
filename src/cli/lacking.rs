//! The line that tells of a document which is cited, or named in a relation, and which the portal lacks.

use std::collections::BTreeSet;

use crate::base::path::RelPath;
use crate::diag::{Arg, Catalog};
use crate::domain::agencies::AGENCIES;
use crate::domain::document_types;
use crate::site::citations::Missing;

/// How many files a line names.
const SHOWN: usize = 3;

/// `Quyết định 749/QĐ-TTg (Thủ tướng Chính phủ, 2020): 3 trang (content/…); Thay thế (`replaces`): content/…`.
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
    let mut named = Vec::new();
    if !missing.files.is_empty() {
        let pages = Arg::from(missing.files.len());
        named.push(catalog.fill("ui.status.lacking.cited", &[("pages", pages), ("files", files(&missing.files))]));
    }
    for (relation, of) in &missing.relations {
        let field = ("field", Arg::Field(relation.clone()));
        named.push(catalog.fill("ui.status.lacking.related", &[field, ("files", files(of))]));
    }
    format!("{kind}{}{more}: {}", missing.number, named.join("; "))
}

/// The first of some files, and whether there are more.
fn files(all: &BTreeSet<RelPath>) -> Arg {
    let mut files: Vec<&str> = all.iter().take(SHOWN).map(RelPath::as_str).collect();
    if all.len() > SHOWN {
        files.push("…");
    }
    Arg::from(files.join(", "))
}
