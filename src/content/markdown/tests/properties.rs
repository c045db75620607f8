//! What holds for every text.

use proptest::prelude::*;

use super::with;
use crate::content::document::HoleKind;
use crate::content::markdown::{HtmlPolicy, Rendered};
use crate::diag::Spot;

/// Pieces that mean something to one of the parsers, so that random texts meet in odd ways.
const PIECES: [&str; 86] = [
    "\n",
    "\n\n",
    "\n",
    " ",
    "  ",
    "    ",
    "\t",
    "a",
    "số",
    "Chữ\u{a0}",
    "\u{a0}",
    "\u{200d}",
    "\u{ad}",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "```",
    "~~~",
    "[",
    "]",
    "![",
    "](",
    ")",
    "(",
    "<",
    ">",
    "> ",
    "- ",
    "1. ",
    "2) ",
    "+ ",
    "[ ] ",
    "[x] ",
    "#",
    "## ",
    "===",
    "---",
    "|",
    "|-|",
    "|:-:|-:|",
    "\\",
    "&amp;",
    "&#0;",
    ":::",
    ":::callout\n",
    ":::gallery\n",
    ":::figure src=a alt=b\n",
    ":::targets\n",
    ":::x\n",
    ":::callout title=\"x\n",
    "\n:::\n",
    "\n  :::\n",
    "[^1]",
    "[^1]: ",
    "[^2]: ",
    "[a]: b\n",
    "[!NOTE]\n",
    "{lang=en}",
    "]{lang=en}",
    "]{lang=x1}",
    "{#id}",
    "<b>",
    "</b>",
    "<br>",
    "<div>",
    "</div>",
    "<details>\n",
    "<table>",
    "<td>",
    "<p>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<a href=\"x\">",
    "</a>",
    "<img src=javascript:x>",
    "749/QĐ-TTg",
    " 749/**QĐ**-TTg ",
    "\\749/QĐ-TTg ",
    ":::no-citations\n",
    "<?",
    "?>",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,4}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Holes in order and between characters, links and directives closed in the order of opening, all
/// places inside the text.
fn check(rendered: &Rendered, text: &str) {
    let mut at = 0;
    let mut open = Vec::new();
    for hole in &rendered.body.holes {
        assert!(hole.at >= at && rendered.body.html.is_char_boundary(hole.at), "{rendered:?}");
        at = hole.at;
        match &hole.kind {
            HoleKind::LinkOpen(index, _) => open.push(('l', *index)),
            HoleKind::LinkClose(index) => assert_eq!(open.pop(), Some(('l', *index)), "{rendered:?}"),
            HoleKind::DirectiveOpen(index) => open.push(('d', *index)),
            HoleKind::DirectiveClose(index) => assert_eq!(open.pop(), Some(('d', *index)), "{rendered:?}"),
            HoleKind::Url(index) => assert!(*index < rendered.links.len()),
            HoleKind::Image(index) => assert!(*index < rendered.images.len()),
            HoleKind::CitationOpen(index) => open.push(('c', *index)),
            HoleKind::CitationClose(index) => assert_eq!(open.pop(), Some(('c', *index)), "{rendered:?}"),
            HoleKind::Text(_) => {}
        }
    }
    assert!(open.is_empty(), "{rendered:?}");
    let spots = rendered.links.iter().map(|link| &link.spot);
    let spots = spots.chain(rendered.images.iter().map(|image| &image.spot));
    let spots = spots.chain(rendered.directives.iter().map(|directive| &directive.spot));
    let told = rendered.diagnostics.iter().filter_map(|diagnostic| Some(&diagnostic.place.as_ref()?.spot));
    for spot in spots.chain(told) {
        let Spot::Bytes(start, end) = *spot else { panic!("{spot:?}") };
        assert!(text.get(start..end).is_some(), "{start}..{end} of {}", text.len());
    }
    let mut ids: Vec<_> =
        rendered.body.outline.iter().map(|heading| heading.id.clone()).chain(rendered.anchors.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), rendered.body.outline.len() + rendered.anchors.len());
    assert!(!rendered.body.html.contains("xxx?>") && !rendered.body.html.contains("data-n"), "{rendered:?}");
}

proptest! {
    #[test]
    fn every_text_renders(text in text()) {
        for policy in [HtmlPolicy::Sanitize, HtmlPolicy::Escape, HtmlPolicy::Trusted] {
            check(&with(&text, policy), &text);
        }
    }

    #[test]
    fn nothing_dangerous_comes_out(text in text()) {
        let html = with(&text, HtmlPolicy::Sanitize).body.html;
        prop_assert!(!html.contains("<script") && !html.contains("javascript:\""), "{}", html);
    }
}
