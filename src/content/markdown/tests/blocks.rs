//! Headings, tables, footnotes, code, and what is counted of a text.

use super::{html, portal, problems, shown};
use crate::base::words;
use crate::content::document::Body;
use crate::content::document::Heading;

fn heading(level: u8, id: &str, text: &str, lang: Option<&str>) -> Heading {
    Heading { level, id: id.to_owned(), text: text.to_owned(), lang: lang.map(str::to_owned) }
}

#[test]
fn headings_get_ids_and_an_outline() {
    let rendered = portal(
        "## Mục *tiêu* `kép`[^1]\n\n### Mục tiêu kép\n\n## X {#fn-1 .c onclick=x}\n\n## Digital Index {lang=en}\n\n## [Digital *Index*]{lang=en}\n\n## Về [Index]{lang=en}\n\n## [A]{lang=en} b [C]{lang=en}\n\n[^1]: a\n",
    );
    assert_eq!(
        rendered.body.outline,
        [
            heading(2, "muc-tieu-kep", "Mục tiêu kép", None),
            heading(3, "muc-tieu-kep-2", "Mục tiêu kép", None),
            heading(2, "s-fn-1", "X", None),
            heading(2, "digital-index", "Digital Index", Some("en")),
            heading(2, "digital-index-2", "Digital Index", Some("en")),
            heading(2, "ve-index", "Về Index", None),
            heading(2, "a-b-c", "A b C", None),
        ]
    );
    let html = shown(&rendered);
    for part in [
        "<h2 id=\"muc-tieu-kep\">Mục <em>tiêu</em> <code>kép</code><sup",
        "<h2 id=\"s-fn-1\">X</h2>",
        "<h2 id=\"digital-index\" lang=\"en\">Digital Index</h2>",
        "<h2 id=\"digital-index-2\"><span lang=\"en\">Digital <em>Index</em></span></h2>",
        "<h2 id=\"ve-index\">Về <span lang=\"en\">Index</span></h2>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(rendered.diagnostics.is_empty());
}

#[test]
fn the_title_is_the_only_heading_of_level_one() {
    assert_eq!(problems("# A\n\n## B\n"), ["heading-level-one: # A\n"]);
}

#[test]
fn tables_scroll_and_have_classes() {
    assert_eq!(
        html("| a | b | |\n|:--|--:|:-:|\n| 1 | **2** | 3 |\n\n| x |\n|---|\n"),
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{table.label}\"><table>\n\
         <thead>\n<tr><th scope=\"col\" class=\"al-left\">a</th><th scope=\"col\" class=\"al-right\">b</th><td></td></tr>\n</thead>\n\
         <tbody>\n<tr><td class=\"al-left\">1</td><td class=\"al-right\"><strong>2</strong></td><td class=\"al-center\">3</td></tr>\n</tbody>\n</table></div>\n\
         <div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{table.label} 2\"><table>\n\
         <thead>\n<tr><th scope=\"col\">x</th></tr>\n</thead>\n<tbody>\n</tbody>\n</table></div>\n"
    );
}

#[test]
fn footnotes_are_numbered_by_first_reference() {
    let text =
        "A[^b] and[^a] and[^b].\n\n[^a]: Note a.\n\n[^b]: Note b,[^c] with\n\n    two paragraphs.\n[^c]: Deep.\n";
    assert_eq!(
        html(text),
        "<p>A<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> and\
         <sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\" role=\"doc-noteref\">2</a></sup> and\
         <sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\">1</a></sup>.</p>\n\
         <div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n\
         <li id=\"fn-1\">\n<p>Note b,<sup class=\"footnote-ref\"><a href=\"#fn-3\" id=\"fnref-3\" role=\"doc-noteref\">3</a></sup> with</p>\n<p>two paragraphs. \
         <a href=\"#fnref-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"{footnote.back} 1\">↩</a> \
         <a href=\"#fnref-1-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"{footnote.back} 1-2\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\">\n<p>Note a. <a href=\"#fnref-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"{footnote.back} 2\">↩</a></p>\n</li>\n\
         <li id=\"fn-3\">\n<p>Deep. <a href=\"#fnref-3\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"{footnote.back} 3\">↩</a></p>\n</li>\n\
         </ol>\n</div>\n"
    );
    assert!(problems(text).is_empty());
}

#[test]
fn footnotes_that_lead_nowhere() {
    assert_eq!(
        problems("A[^x] \\[^y] `[^z]` b[^1].\n\n[^1]: One.\n\n[^2]: Two\n    more.\n\n[^1]: Again.\n"),
        ["footnote-undefined: [^x]", "footnote-unused: [^2]: Two", "footnote-unused: [^1]: Again."]
    );
}

#[test]
fn tasks_have_names() {
    assert_eq!(
        html("- [ ] a\n- [x] b\n"),
        "<ul>\n<li><input type=\"checkbox\" disabled aria-label=\"{task.open}\"> a</li>\n\
         <li><input type=\"checkbox\" disabled checked aria-label=\"{task.done}\"> b</li>\n</ul>\n"
    );
}

#[test]
fn code_is_coloured_or_plain() {
    assert_eq!(
        html("```rs\nfn f() {}\n```\n"),
        "<pre tabindex=\"0\"><code class=\"language-rs\"><span class=\"k\">fn</span> <span class=\"f\">f</span>() {}\n</code></pre>\n"
    );
    assert_eq!(
        html("```\n<b>\u{a0}\u{a0}x\n```\n"),
        "<pre tabindex=\"0\"><code>&lt;b&gt;\u{a0}\u{a0}x\n</code></pre>\n"
    );
    assert_eq!(html("```lạ\"\nx\n```\n"), "<pre tabindex=\"0\"><code class=\"language-lạ&quot;\">x\n</code></pre>\n");
}

#[test]
fn indented_prose_is_told() {
    assert_eq!(
        problems("Một đoạn.\n\n    Thủ tướng Chính phủ ký quyết định.\n\n- a\n\n      let x = 1;\n"),
        ["indented-prose: Thủ tướng Chính phủ ký quyết định.\n"]
    );
}

#[test]
fn the_excerpt_is_the_first_running_text() {
    let rendered = portal(
        "## Đầu\n\n- mục\n\n:::callout\nGhi chú.\n:::\n\nĐoạn *một*[^1] có `mã`\nvà [liên kết](a.md).\n\nĐoạn hai.\n\n[^1]: Chú thích 1.656.\n",
    );
    assert_eq!(rendered.excerpt(), "Đoạn một có mã và liên kết. Đoạn hai.");
    assert_eq!(rendered.text, "Đầu\nmục\nGhi chú.\nĐoạn một có mã và liên kết.\nĐoạn hai.\nChú thích 1.656.\n");
    assert_eq!(words::count(&rendered.text), 16);
    let long = portal(&"chuyển đổi số ".repeat(40));
    assert!(long.excerpt().ends_with('…') && long.excerpt().chars().count() <= 301, "{}", long.excerpt());
    assert_eq!(portal("- chỉ có mục\n").excerpt(), "chỉ có mục");
}

#[test]
fn traces_of_pasting_go_but_not_in_code() {
    assert_eq!(
        html("\u{a0}\n\nA\u{a0}\u{a0}b\u{ad}c `x\u{a0}\u{a0}y` TP.\u{a0}HCM\u{a0}\n"),
        "<p>Abc".replace("Abc", "A bc").to_owned() + " <code>x\u{a0}\u{a0}y</code> TP.\u{a0}HCM</p>\n"
    );
    assert_eq!(html("\u{a0} a\n"), "<p>a</p>\n");
    assert_eq!(html("a&nbsp;&nbsp;b **\u{feff}c**\n"), "<p>a\u{a0}b <strong>c</strong></p>\n");
    assert_eq!(html("a\u{1b}b `c\u{1b}\u{ad}d`\n"), "<p>ab <code>c\u{ad}d</code></p>\n");
    assert_eq!(html("{{ x }} {% y %}\n"), "<p>{{ x }} {% y %}</p>\n");
}

#[test]
fn a_record_gives_the_body_back() {
    let body = portal("a [b](c.md \"t\") ![d](e)\n\n:::callout\nđ\n:::\n\n- [ ] f\n").body;
    let record = body.encode();
    let read = Body::decode(&record).unwrap();
    assert!(body.holes.len() > 5 && (read.html, read.holes) == (body.html, body.holes));
    assert!((0..record.len()).all(|end| Body::decode(&record[..end]).is_none()));
}
