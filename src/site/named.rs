//! The pages that settings name by their files: menu and footer.

use std::collections::BTreeMap;

use super::sources::{Group, SourceName};
use super::{Page, SetId, TranslationSet, terms};
use crate::base::path::RelPath;
use crate::config::SiteConfig;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// Finds the pages that settings name by their files.
pub(super) struct Named<'a> {
    pub config: &'a SiteConfig,
    pub groups: &'a BTreeMap<String, Group>,
    pub sets: &'a [TranslationSet],
    pub pages: &'a [Page],
}

impl Named<'_> {
    /// The sets of a setting; one that leads nowhere is reported, one withheld or taken back left out.
    pub(super) fn by(&self, setting: &str, paths: &[String], found: &mut Diagnostics) -> Vec<SetId> {
        let mut named = Vec::with_capacity(paths.len());
        for (position, path) in paths.iter().enumerate() {
            let key = SourceName::of(path).map(|name| name.key).unwrap_or_default();
            if !self.groups.contains_key(key) {
                let originals = self.groups.values().filter_map(|g| g.original(self.config.default_language));
                let known = originals.filter_map(|document| document.path.strip_prefix("content"));
                let place = format!("{setting}.{position}.ref");
                found.push(
                    Diagnostic::new(Code::MenuTarget)
                        .with("target", path.as_str())
                        .suggest(crate::base::similar::closest(path, known))
                        .at(Place::field(RelPath::new("site.yaml").unwrap_or_default(), place)),
                );
            }
            let Ok(position) = self.sets.binary_search_by(|set| set.key.as_str().cmp(key)) else { continue };
            let page = self.sets.get(position).and_then(terms::first_page);
            let page = page.and_then(|id| self.pages.get(id.0 as usize)).filter(|page| page.meta.withdrawn.is_none());
            named.extend(page.and_then(|_| u32::try_from(position).ok()).map(SetId));
        }
        named
    }
}
