//! Series of events: that those declared have an edition, and that those asked for are declared.

use std::collections::{BTreeMap, BTreeSet};

use super::join::unknown_series;
use super::sources::Group;
use crate::base::path::RelPath;
use crate::config::{FILE, SiteConfig};
use crate::content::directive::DirectiveKind;
use crate::content::document::Document;
use crate::diag::{Code, Diagnostic, Place};

/// Declared series of which no file is an edition, published or not.
pub(super) fn empty(groups: &BTreeMap<String, Group>, config: &SiteConfig) -> Vec<Diagnostic> {
    if config.series.is_empty() {
        return Vec::new();
    }
    let originals = groups.values().filter_map(|group| group.original(config.default_language));
    let stated = originals.filter_map(|document| document.facts.front.event.series.as_deref());
    let used: BTreeSet<usize> = stated.filter_map(|written| Some(config.series.find(written)?.0)).collect();
    let unused = config.series.iter().enumerate().filter(|(index, _)| !used.contains(index));
    let told = unused.map(|(_, series)| {
        let place = Place::field(RelPath::new(FILE).unwrap_or_default(), format!("series.{}", series.id));
        let name = series.name.get(config.default_language).as_str();
        Diagnostic::new(Code::SeriesEmpty).with("series", name).with("id", series.id.as_str()).at(place)
    });
    told.collect()
}

/// Lists of events in a text that ask for a series which the settings do not declare.
pub(super) fn unknown<'a>(document: &'a Document, config: &'a SiteConfig) -> impl Iterator<Item = Diagnostic> + 'a {
    document.facts.directives.iter().filter_map(|directive| match &directive.kind {
        DirectiveKind::Events { series: Some(id), .. } if config.series.iter().all(|term| term.id != *id) => {
            Some(unknown_series(id, config).at(document.place(&directive.spot)))
        }
        _ => None,
    })
}
