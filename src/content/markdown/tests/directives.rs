//! Directives and alerts.

use super::{html, portal, problems, shown};
use crate::content::directive::{DirectiveKind, Tone, When};
use crate::content::document::Target;
use crate::diag::Spot;

fn kinds(text: &str) -> Vec<DirectiveKind> {
    portal(text).directives.into_iter().map(|directive| directive.kind).collect()
}

fn words(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn every_directive() {
    let text = "\
:::figure src=\"a b.jpg\" alt=“Hội nghị” caption=\"Toàn cảnh\" credit='M. H.'
:::

:::callout type=warning title=\"Lưu ý\"
Một *đoạn*.
:::

:::quote author=\"Chủ đề\" role=\"năm 2022\" source=x.md
Trích.
:::

:::targets from=\"../decisions/749-qd-ttg.md\" only=\"a, b,\"
:::

:::events when=all limit=5 series=national-dx-day year=2024
:::

:::open-data
:::

:::gallery
![một](1.jpg)
![hai](2.jpg)
:::

:::video url=\"https://v.example/1\" title=\"Lễ khai mạc\"
:::
";
    let rendered = portal(text);
    assert!(rendered.diagnostics.is_empty(), "{:?}", rendered.diagnostics);
    assert_eq!(
        shown(&rendered),
        "{d0}{/d0}\n{d1}<p>Một <em>đoạn</em>.</p>\n{/d1}\n{d2}<p>Trích.</p>\n{/d2}\n{d3}{/d3}\n{d4}{/d4}\n{d5}{/d5}\n{d6}{img1}\n{img2}\n{/d6}\n{d7}{/d7}\n"
    );
    let kinds: Vec<_> = rendered.directives.iter().map(|directive| directive.kind.clone()).collect();
    assert_eq!(
        kinds,
        [
            DirectiveKind::Figure { image: 0, caption: words("Toàn cảnh"), credit: words("M. H.") },
            DirectiveKind::Callout { tone: Tone::Warning, title: words("Lưu ý") },
            DirectiveKind::Quote { author: words("Chủ đề"), role: words("năm 2022"), source: Some(0) },
            DirectiveKind::Targets { from: Some(1), only: vec!["a".to_owned(), "b".to_owned()] },
            DirectiveKind::Events {
                when: When::All,
                limit: Some(5),
                series: words("national-dx-day"),
                year: Some(2024)
            },
            DirectiveKind::OpenData,
            DirectiveKind::Gallery,
            DirectiveKind::Video { link: 2, title: "Lễ khai mạc".to_owned() },
        ]
    );
    assert_eq!(rendered.images[0].target, Target::File { path: "a b.jpg".to_owned(), suffix: String::new() });
    assert!(rendered.text.starts_with("Toàn cảnh\nM. H.\nLưu ý\nMột đoạn.\n"), "{}", rendered.text);
    let Spot::Bytes(start, end) = rendered.directives[1].spot else { panic!() };
    assert_eq!(&text[start..end], ":::callout type=warning title=\"Lưu ý\"");
}

#[test]
fn defaults() {
    assert_eq!(
        kinds(":::callout\n:::\n:::events\n:::\n:::targets\n:::\n"),
        [
            DirectiveKind::Callout { tone: Tone::Note, title: None },
            DirectiveKind::Events { when: When::Upcoming, limit: None, series: None, year: None },
            DirectiveKind::Targets { from: None, only: vec![] },
        ]
    );
}

#[test]
fn alerts_are_callouts() {
    let rendered = portal("> [!WARNING]\n> Một.\n>\n> - hai\n\n> thường\n");
    assert_eq!(
        shown(&rendered),
        "{d0}<p>Một.</p>\n<ul>\n<li>hai</li>\n</ul>\n{/d0}\n<blockquote>\n<p>thường</p>\n</blockquote>\n"
    );
    assert_eq!(rendered.directives[0].kind, DirectiveKind::Callout { tone: Tone::Warning, title: None });
    assert_eq!(rendered.directives[0].spot, Spot::Bytes(0, 12));
}

#[test]
fn the_page_stays_one_document() {
    // References, footnotes and lists work across the lines of directives.
    let text = "1. Một[^1]\n\n   :::callout\n   [r]\n   :::\n\n2. Hai\n:::note-like x\n:::\n\n[r]: a.md\n\n[^1]: chú\n";
    let rendered = portal(text);
    let html = shown(&rendered);
    assert!(html.starts_with("<ol>\n<li>\n<p>Một<sup"), "{html}");
    assert!(html.contains("{d0}<p>{a0}r{/a0}</p>\n{/d0}\n</li>\n<li>\n<p>Hai</p>\n</li>\n</ol>\n"), "{html}");
    assert!(html.contains("<li id=\"fn-1\">\n<p>chú"), "{html}");
}

#[test]
fn a_directive_needs_no_blank_lines() {
    assert_eq!(html("a\n:::callout\nb\n:::\nc\n"), "<p>a</p>\n{d0}<p>b</p>\n{/d0}\n<p>c</p>\n");
    assert_eq!(html("| a |\n|---|\n| b |\n:::callout\n:::\n").matches("{d0}").count(), 1);
    assert_eq!(html("<div>a</div>\n:::callout\nb\n:::\n").matches("{d0}").count(), 1);
    assert_eq!(html("> :::callout\n> b\n> :::\n"), "<blockquote>\n{d0}<p>b</p>\n{/d0}\n</blockquote>\n");
    assert_eq!(html("- :::callout\n  b\n  :::\n- c\n"), "<ul>\n<li>\n{d0}b\n{/d0}\n</li>\n<li>c</li>\n</ul>\n");
}

#[test]
fn directives_nest() {
    let text = ":::callout\n:::quote\na\n::::\nb\n:::\n";
    assert_eq!(html(text), "{d0}{d1}<p>a</p>\n{/d1}\n<p>b</p>\n{/d0}\n");
    assert!(problems(text).is_empty());
}

#[test]
fn in_code_and_comments_they_are_text() {
    let text = "```\n:::callout\n```\n\n    :::x\n\n`:::y`\n\n<!--\n:::z\n-->\n\na\n      :::indented\nb\n      :::\n\n`c\n      :::d\n`";
    assert_eq!(
        html(text),
        "<pre tabindex=\"0\"><code>:::callout\n</code></pre>\n<pre tabindex=\"0\"><code>:::x\n</code></pre>\n<p><code>:::y</code></p>\n\n<p>a\n:::indented\nb\n:::</p>\n<p><code>c       :::d </code></p>\n"
    );
    assert_eq!(problems(text), ["directive-syntax: :::indented", "directive-syntax: :::"]);
    assert!(html("> ```\n> :::callout\n> b\n> ```\n").contains("<code>:::callout\nb\n</code>"));
}

#[test]
fn placeholders_cannot_be_forged_and_do_not_leak() {
    let rendered = portal("<?>\n\n<?xxxx?>\n\na <?> b\n\n[a]: /x \"t\n:::callout\nb\n:::\n\n[a]\n");
    assert_eq!(rendered.directives.len(), 1);
    assert!(!shown(&rendered).contains("<?"));
    assert!(!format!("{:?}", rendered.body).contains("xxx"));
}

#[test]
fn every_mistake_is_named() {
    for (text, problem) in [
        (":::calout\nx\n:::\n", "directive-unknown: :::calout"),
        (":::callout\nx\n", "directive-unclosed: :::callout"),
        ("x\n\n:::\n", "directive-stray: :::"),
        (":::callout title=\"x\n:::\n", "directive-syntax: title=\"x"),
        (":::callout (x)\n:::\n", "directive-syntax: (x)"),
        (":::callout type=a type=b\n:::\n", "directive-syntax: type=b"),
        (":::callout tpye=note\n:::\n", "directive-attribute: tpye=note"),
        (":::callout type=nót\n:::\n", "directive-attribute: type=nót"),
        (":::callout type\n:::\n", "directive-attribute: type"),
        (":::events limit=0\n:::\n", "directive-attribute: limit=0"),
        (":::events year=24\n:::\n", "directive-attribute: year=24"),
        (":::gallery a=b\n:::\n", "directive-attribute: a=b"),
        (":::figure src=a.jpg\n:::\n", "directive-missing: :::figure src=a.jpg"),
        (":::video url=\"\" title=x\n:::\n", "directive-missing: :::video url=\"\" title=x"),
        (":::targets\nchữ\n\nchữ\n:::\n", "directive-body: chữ"),
        (":::gallery\n![a](b.jpg) chữ *x*\n:::\n", "directive-body:  chữ "),
        (":::events\n:::callout\n:::\n:::\n", "directive-body: :::callout"),
        (":::video url=javascript:x title=x\n:::\n", "dangerous-link: url=javascript:x"),
    ] {
        assert_eq!(problems(text), [problem], "{text}");
    }
}

#[test]
fn mistakes_across_lists_are_told_once() {
    assert_eq!(problems("- a\n\n  :::callout\n  b\n\n:::\n"), ["directive-unclosed: :::callout"]);
    assert_eq!(problems(":::callout\n- a\n  :::\n\nb\n"), ["directive-stray: :::"]);
    let html = html("- a\n\n  :::callout\n  b\n\n:::\n");
    assert!(html.contains("{d0}<p>b</p>\n{/d0}\n</li>\n</ul>\n"), "{html}");
}

#[test]
fn suggestions() {
    for (text, name) in [
        (":::figur\n:::", "figure"),
        (":::lưu-ý\n:::", "callout"),
        (":::su-kien\n:::", "events"),
        (":::callout typ=note\n:::", "type"),
        (":::events when=upcomming\n:::", "upcoming"),
    ] {
        let rendered = portal(text);
        assert_eq!(rendered.diagnostics.iter().next().unwrap().suggestion.as_deref(), Some(name), "{text}");
    }
}

#[test]
fn eight_may_stand_in_each_other() {
    let deep = |levels: usize| format!("{}x\n{}", ":::callout\n".repeat(levels), ":::\n".repeat(levels));
    assert!(problems(&deep(8)).is_empty());
    assert_eq!(problems(&deep(9)), ["directive-depth: :::callout"]);
    let alerts = (1..=10).map(|n| format!("{}[!NOTE]\n", "> ".repeat(n))).collect::<String>();
    assert_eq!(portal(&alerts).directives.len(), 8);
}
