//! Ids of headings and of raw HTML: unique in the document, never one of a footnote.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::slug::Slug;

/// The ids that are taken.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: BTreeSet<String>,
    /// How often each base was asked for, so that a thousand equal headings cost no search.
    counts: BTreeMap<String, usize>,
}

impl Anchors {
    /// A free id for a heading: as the writer wished, else made of its text.
    pub(super) fn heading(&mut self, wish: Option<&str>, text: &str) -> String {
        let base = match wish {
            Some(id) => id.to_owned(),
            None => Slug::from_text(text).map_or_else(|| "section".to_owned(), Slug::into_string),
        };
        // Footnotes are `fn-1` and `fnref-1`.
        let base = if is_reserved(&base) { format!("s-{base}") } else { base };
        self.unique(base)
    }

    /// Takes an id of raw HTML; false where it cannot be had.
    pub(super) fn take(&mut self, id: &str) -> bool {
        let plain = !id.is_empty() && !id.contains(char::is_whitespace) && !is_reserved(id);
        plain && self.taken.insert(id.to_owned())
    }

    fn unique(&mut self, base: String) -> String {
        if self.taken.insert(base.clone()) {
            return base;
        }
        let mut number = self.counts.get(&base).copied().unwrap_or(1);
        loop {
            number += 1;
            let id = format!("{base}-{number}");
            if self.taken.insert(id.clone()) {
                self.counts.insert(base, number);
                return id;
            }
        }
    }
}

/// Whether an id has the form of a footnote's, or of those the theme gives to parts of its pages.
fn is_reserved(id: &str) -> bool {
    ["fn-", "fnref-", "cs-"].iter().any(|form| id.starts_with(form)) || id == "untranslated"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_never_those_of_footnotes() {
        let mut anchors = Anchors::default();
        let ids: Vec<_> = [
            (None, "Mục tiêu"),
            (None, "Mục tiêu"),
            (None, "Mục tiêu 2"),
            (None, "Mục tiêu"),
            (Some("x"), "a"),
            (Some("x"), "b"),
            (None, "fn 1"),
            (None, "…"),
            (None, "CS menu"),
            (Some("untranslated"), "c"),
        ]
        .map(|(wish, text)| anchors.heading(wish, text))
        .to_vec();
        assert_eq!(
            ids,
            [
                "muc-tieu",
                "muc-tieu-2",
                "muc-tieu-2-2",
                "muc-tieu-3",
                "x",
                "x-2",
                "s-fn-1",
                "section",
                "s-cs-menu",
                "s-untranslated"
            ]
        );
        assert!(!anchors.take("x") && !anchors.take("a b") && !anchors.take("fnref-1") && anchors.take("bang"));
    }
}
