//! Input meant to take forever, to fill the memory or to overflow the stack.

use std::time::{Duration, Instant};

use super::{portal, with};
use crate::content::markdown::{HtmlPolicy, Rendered};

/// Renders within a time that quadratic work would exceed many times over.
fn in_time(name: &str, text: &str) -> Rendered {
    let start = Instant::now();
    let rendered = portal(text);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "{name}: {took:?}");
    let output = rendered.body.html.len();
    assert!(output < text.len() * 40 + 20_000_000, "{name}: {output} bytes of {}", text.len());
    rendered
}

#[test]
fn long_lines_and_deep_nesting() {
    in_time("one line", &"Chuyển đổi số ".repeat(200_000));
    for (name, piece) in [
        ("brackets", "["),
        ("images", "!["),
        ("quotes", ">"),
        ("quote lines", "> "),
        ("emphasis", "*a _b "),
        ("backticks", "`a``b"),
        ("pointy", "<"),
        ("tags", "<a x "),
        ("quoted tags", "<a b='"),
        ("entities", "&#"),
        ("carets", "[^"),
        ("closed brackets", "[a]{lang="),
        ("pipes", "|"),
        ("colons", ":"),
        ("nbsp", "\u{a0}"),
        ("joiners", "\u{200d}"),
        ("comments", "<!--"),
        ("braces", "]{lang=en}"),
        ("closing", "</"),
    ] {
        in_time(name, &piece.repeat(100_000));
    }
}

#[test]
fn many_of_everything() {
    for (name, piece) in [
        ("directives", ":::callout\n"),
        ("stray", ":::\n\n"),
        ("indented", "      :::\n"),
        ("lists", "- a\n"),
        ("headings", "## a\n"),
        ("spans", "[a]{lang=en} "),
        ("notes", "[^1]\n\n[^1]: a\n\n"),
        ("refs", "[a]: b\n"),
        ("tables", "|a\n|-\n"),
        ("alerts", "> [!NOTE]\n"),
        ("html", "<b>x\n\n"),
        ("div", "<div>\n\n"),
        ("script", "x <script>\n\n"),
        ("link", "[a](b.md) <i>"),
        ("raw link", "<a href=x>\n"),
        ("code", "```rs\n"),
    ] {
        in_time(name, &piece.repeat(20_000));
    }
}

#[test]
fn nested_spans_notes_and_lists() {
    in_time("spans", &format!("{}{}", "[".repeat(50_000), "a]{lang=en}".repeat(50_000)));
    in_time("crossed spans", &format!("{}*{}*", "[".repeat(20_000), "a]{lang=en}".repeat(20_000)));
    let notes: String = (0..5_000).map(|n| format!("[^{n}]: a[^{}]\n\n", n + 1)).collect();
    in_time("notes", &format!("[^0]\n\n{notes}"));
    let list: String = (0..300).map(|n| format!("{}- a\n", "  ".repeat(n))).collect();
    in_time("lists", &list);
}

#[test]
fn html_too_deep_becomes_text() {
    let text = format!("{}x\n\n{}", "<div>".repeat(5_000), "## Sau\n");
    let rendered = in_time("divs", &text);
    assert_eq!(rendered.diagnostics.iter().map(|d| d.code.id()).collect::<Vec<_>>(), ["html-too-deep"]);
    assert!(rendered.body.html.contains("&lt;div&gt;"));
    assert_eq!(rendered.body.outline.len(), 1);
    // Own nesting counts too, once there is raw HTML to sanitise.
    in_time("quotes", &format!("{}a<br>\n", ">".repeat(50_000)));
    in_time(
        "formatting",
        &format!("{}\n\n{}", (0..60).map(|n| format!("<b title={n}>")).collect::<String>(), "a\n\n".repeat(50_000)),
    );
    super::check_messages(&rendered);
    let trusted = with(&text, HtmlPolicy::Trusted);
    assert!(trusted.body.html.contains("<div><div>"));
}
