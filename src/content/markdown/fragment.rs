//! The HTML being written: text, the holes in it, and which parts of it writers wrote themselves.

use std::ops::Range;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::content::document::{Hole, HoleKind};

/// HTML with holes.
#[derive(Clone, Debug, Default)]
pub(super) struct Fragment {
    /// The HTML without what the holes stand for.
    pub(super) html: String,
    /// The holes by place.
    pub(super) holes: Vec<Hole>,
    /// The parts of the HTML that come from raw HTML of the writer, in order.
    pub(super) raw: Vec<Range<usize>>,
}

impl Fragment {
    /// Writes finished HTML.
    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Writes running text.
    pub(super) fn text(&mut self, text: &str) {
        // Writing to a string cannot fail.
        let _ = escape_html_body_text(&mut self.html, text);
    }

    /// Writes text between the quotes of an attribute.
    pub(super) fn attribute(&mut self, text: &str) {
        let _ = escape_html(&mut self.html, text);
    }

    /// Leaves a hole.
    pub(super) fn hole(&mut self, kind: HoleKind) {
        self.holes.push(Hole { at: self.html.len(), kind });
    }

    /// Begins a new line unless the last one has just ended.
    pub(super) fn fresh_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Whether nothing was written since the HTML had this length.
    pub(super) fn is_unchanged_since(&self, length: usize) -> bool {
        self.html.len() == length && self.holes.last().is_none_or(|hole| hole.at < length)
    }

    /// Takes back what was written since the HTML had this length, which must be free of holes.
    pub(super) fn truncate(&mut self, length: usize) {
        self.html.truncate(length);
    }

    /// Writes HTML at an earlier place; what stands behind it moves. The cost is the length of what
    /// moves, so that this is for short distances only.
    pub(super) fn insert(&mut self, at: usize, html: &str) {
        self.html.insert_str(at, html);
        for hole in self.holes.iter_mut().rev().take_while(|hole| hole.at >= at) {
            hole.at += html.len();
        }
        for raw in self.raw.iter_mut().rev().take_while(|raw| raw.start >= at) {
            *raw = raw.start + html.len()..raw.end + html.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_insertion_moves_only_what_stands_behind_it() {
        let mut fragment = Fragment::default();
        fragment.hole(HoleKind::Image(0));
        fragment.push("<h2");
        let at = fragment.html.len();
        fragment.push(">a");
        fragment.hole(HoleKind::Image(1));
        fragment.insert(at, " id=\"a\"");
        assert_eq!(fragment.html, "<h2 id=\"a\">a");
        assert_eq!(fragment.holes.iter().map(|hole| hole.at).collect::<Vec<_>>(), [0, 12]);
    }
}
