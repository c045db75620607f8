//! The style sheets of a theme: each with all that it imports in one file, small, and in words that old
//! phones understand. `lightningcss` reads, translates and writes them.

mod brackets;
mod browsers;
mod bundle;
mod physical;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::assets::Asset;
use crate::base::checksum::Checksum;
use crate::base::path::RelPath;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::source::text::SourceText;
use bundle::Bundle;
use sheet::Sheet;

/// All style sheets of a theme.
#[derive(Default)]
pub(super) struct Sources {
    /// By name, of each the one of the highest layer.
    pub shown: BTreeMap<String, Source>,
    /// Those of lower layers that they cover, with their names.
    pub covered: Vec<(String, Source)>,
}

/// A style sheet as it lies in a layer of the theme.
#[derive(Clone)]
pub(super) struct Source {
    /// Where it lies in the portal.
    pub path: RelPath,
    pub text: SourceText,
}

/// What became of the style sheets of one state of a theme, so that the next build need not make them again.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Stylesheets {
    /// Of all that they were made from.
    of: Checksum,
    /// By name, such as `css/site.css`.
    made: BTreeMap<String, String>,
}

impl Stylesheets {
    /// The checksum of all that they were made from.
    #[must_use]
    pub fn checksum(&self) -> Checksum {
        self.of
    }

    /// The style sheets that pages can ask for, by name. Those which others import are parts of these and
    /// no files of their own, also where a higher layer covers those that import them. What was made of the same before is taken as it is.
    pub(super) fn of(
        &mut self,
        sources: &Sources,
        assets: &BTreeMap<String, Asset>,
    ) -> (BTreeMap<String, String>, Diagnostics) {
        let covered = sources.covered.iter().map(|(name, source)| (name, source));
        let texts: Vec<(&str, &str)> =
            sources.shown.iter().chain(covered).map(|(name, source)| (name.as_str(), source.text.text())).collect();
        let addresses: Vec<(&str, &str)> =
            assets.iter().map(|(name, asset)| (name.as_str(), asset.url.as_str())).collect();
        let of = Checksum::of(&(sources.shown.len(), texts, addresses));
        if self.of == of {
            return (self.made.clone(), Diagnostics::default());
        }
        let (made, diagnostics) = make(sources, assets);
        if diagnostics.is_empty() {
            *self = Self { of, made: made.clone() };
        }
        (made, diagnostics)
    }
}

fn make(sources: &Sources, assets: &BTreeMap<String, Asset>) -> (BTreeMap<String, String>, Diagnostics) {
    let Sources { shown, covered } = sources;
    let mut diagnostics = Diagnostics::default();
    let mut sheets: BTreeMap<&str, Sheet<'_>> = BTreeMap::new();
    for (name, source) in shown {
        let (sheet, found) = Sheet::read(name, source, shown, assets);
        diagnostics.extend(found);
        sheets.extend(sheet.map(|sheet| (name.as_str(), sheet)));
    }
    if diagnostics.has_errors() {
        return (BTreeMap::new(), diagnostics);
    }
    let mut parts: BTreeSet<String> =
        sheets.values().flat_map(Sheet::imports).map(|import| import.sheet.to_owned()).collect();
    parts.extend(covered.iter().flat_map(|(name, source)| sheet::imported(name, source)));
    let mut made = BTreeMap::new();
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    for (name, source) in shown.iter().filter(|(name, _)| !parts.contains(*name)) {
        let bundle = Bundle::of(name, &sheets);
        reached.extend(&bundle.parts);
        match bundle.write(Place::file(source.path.clone())) {
            Ok(css) => drop(made.insert(name.clone(), css)),
            Err(found) => diagnostics.extend(found),
        }
    }
    // What nothing reaches may import itself.
    let left = sheets.keys().filter(|name| !reached.contains(*name));
    let circle = left.map(|name| Bundle::of(name, &sheets).diagnostics).find(|found| !found.is_empty());
    diagnostics.extend(circle.into_iter().flatten());
    (made, diagnostics)
}

/// What is told of a style sheet that is imported where it is a part already.
fn again(sheet: &str, place: Place) -> Diagnostic {
    Diagnostic::new(Code::StyleImportAgain).with("sheet", sheet).at(place)
}

#[cfg(test)]
mod tests;
