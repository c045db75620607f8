//! The places inside pages that links may lead to: headings, `id`s of raw HTML, footnotes, the top.

use std::sync::OnceLock;

use super::{Page, PageId};

/// Up to so many anchors of a page are compared one by one; those of a page with more are
/// sorted for the first link that asks for one.
const COMPARED: usize = 16;

/// The anchors of all pages.
pub(super) struct Anchors<'a> {
    pages: &'a [Page],
    sorted: Vec<OnceLock<Vec<&'a str>>>,
}

impl<'a> Anchors<'a> {
    /// Those of these pages.
    pub(super) fn of(pages: &'a [Page]) -> Self {
        Self { pages, sorted: pages.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Whether a page has an anchor: a heading's, one of raw HTML, a footnote's, or `top`.
    pub(super) fn has(&self, page: PageId, id: &str) -> bool {
        let number = page.0 as usize;
        let (Some(page), Some(sorted)) = (self.pages.get(number), self.sorted.get(number)) else { return false };
        let anchors = &page.document.facts.anchors;
        id == "top"
            || ["fn-", "fnref-"].iter().any(|note| id.starts_with(note))
            || match anchors.len() {
                ..=COMPARED => anchors.iter().any(|anchor| anchor == id),
                _ => sorted.get_or_init(|| in_order(anchors)).binary_search(&id).is_ok(),
            }
    }
}

fn in_order(ids: &[String]) -> Vec<&str> {
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.sort_unstable();
    ids
}
