//! Raw HTML under the three policies.

use super::{html, portal, problems, problems_of, shown, with};
use crate::content::document::Target;
use crate::content::markdown::HtmlPolicy;
use crate::content::markdown::raw_tokens::{Token, Tokens};

#[test]
fn what_is_harmless_stays() {
    for (text, good) in [
        ("H<sub>2</sub>O<br>x", "<p>H<sub>2</sub>O<br>x</p>\n"),
        ("<abbr title=\"Chỉ số\">DTI</abbr>", "<p><abbr title=\"Chỉ số\">DTI</abbr></p>\n"),
        (
            "<details open>\n<summary>A</summary>\n\n**b**\n\n</details>",
            "<details open=\"\">\n<summary>A</summary>\n<p><strong>b</strong></p>\n</details>",
        ),
        ("a<!-- ẩn -->b", "<p>ab</p>\n"),
        (
            "<time datetime=\"2020-06-03\">3/6</time> 1 < 2 & <3",
            "<p><time datetime=\"2020-06-03\">3/6</time> 1 &lt; 2 &amp; &lt;3</p>\n",
        ),
    ] {
        assert_eq!(html(text), good, "{text}");
        assert!(problems(text).is_empty(), "{text}: {:?}", problems(text));
    }
}

#[test]
fn what_is_not_goes_and_is_reported_once() {
    let text = "<p style=\"color:red\" onclick=\"x()\">a</p>\n\n<script>\nalert(\"<p>\")\n</script>\n\n<center>b</center> <font>c</font>\n";
    let rendered = portal(text);
    assert_eq!(shown(&rendered), "<p>a</p>\n\nb c\n");
    assert_eq!(problems_of(&rendered, text), ["html-removed: <p style=\"color:red\" onclick=\"x()\">"]);
    let diagnostic = rendered.diagnostics.iter().next().unwrap();
    assert_eq!(
        format!("{:?}", diagnostic.args),
        r#"[("names", Text("`<center>`, `<font>`, `<script>`, `onclick`, `style`"))]"#
    );
}

#[test]
fn attacks_come_to_nothing() {
    for text in [
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"&#106;ava&#10;script:alert(1)\">x</a>",
        "<a href=java&Tab;script:alert(1)>x</a>",
        "<img src=x onerror=alert(1) alt=x>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<scr<script>ipt>alert(1)</script>",
        "<div\nonmouseover\n=\n'alert(1)'>x</div>",
        "<p/onclick=alert(1)>x</p>",
        "<a href='x' href=\"javascript:alert(1)\">x</a>",
        "<b title='\"><script>alert(1)</script>'>x</b>",
        "<style>*{background:url(javascript:x)}</style>",
        "<base href=\"//evil.example\"><form action=x><input name=a><button>",
        "<p data-n=\"x\">x</p>",
    ] {
        let html = html(&format!("{text}\n\nsau\n"));
        for token in Tokens::new(&html) {
            let Token::Open(tag) = token else { continue };
            assert!(
                !["script", "style", "iframe", "base", "form", "input", "svg"].contains(&tag.name),
                "{html} of {text}"
            );
            for attribute in tag.attributes {
                assert!(["href", "src", "title", "alt"].contains(&attribute.name), "{html} of {text}");
                assert!(attribute.name == "title" || !attribute.value.unwrap().contains(':'), "{html} of {text}");
            }
        }
        assert!(html.contains("sau"), "{html} of {text}");
    }
}

#[test]
fn addresses_are_holes() {
    let text = "<a href=\"../b.md?x&amp;y#z\" title=\"T\">x</a> <img src=/c.png alt=\"C\"> <img src=d.png>\n";
    let rendered = portal(text);
    assert_eq!(
        shown(&rendered),
        "<p><a href=\"{u0}\" title=\"T\">x</a> <img src=\"{u1}\" alt=\"C\"> <img src=\"{u2}\"></p>\n"
    );
    assert_eq!(rendered.links[0].target, Target::Page { path: "../b.md".to_owned(), anchor: Some("z".to_owned()) });
    assert_eq!(problems_of(&rendered, text), ["image-without-alt: <img src=d.png>"]);
    let bad = "x <a href=' JAVASCRIPT:x'>y</a>";
    assert_eq!(html(bad), "<p>x <a>y</a></p>\n");
    assert_eq!(problems(bad), ["dangerous-link: ' JAVASCRIPT:x'"]);
}

#[test]
fn our_own_html_survives() {
    let text = "<u>x</u>\n\n## A\n\n| a | b |\n|:--|---|\n| <br>[c](d.md)![e](f.png) | g |\n\n- [x] h[^1]\n\n[<b>i</b> j](k.md) [l]{lang=en}\n\n```rs\nfn\n```\n\n[^1]: n\n";
    let sanitised = html(text);
    let trusted = shown(&with(text, HtmlPolicy::Trusted));
    assert_eq!(sanitised, trusted);
}

#[test]
fn broken_tags_stay_where_they_are() {
    assert_eq!(html("<b>a\n\n:::callout\nb <i>c\n:::\n\nd\n").matches("{d0}").count(), 1);
    assert_eq!(
        html("<details>\n<summary>x</summary>\n\n:::callout\nb <i>c\n:::\n\n</details>\n\nd\n"),
        "<details>\n<summary>x</summary>\n{d0}<p>b <i>c</i></p><i>\n</i>{/d0}\n</details>\n<p>d</p>\n"
    );
    assert_eq!(html("<a href=x>[a](b.md)</a>\n"), "<p><a href=\"{u0}\"></a>{a1}a{/a1}</p>\n");
    assert_eq!(html("[<a href=x>a</a>](b.md)\n"), "<p>{a0}a{/a0}</p>\n");
    assert_eq!(html("[a <b>b](c.md) d\n"), "<p>{a0}a <b>b</b>{/a0} d</p>\n");
}

#[test]
fn nothing_is_swallowed() {
    for text in [
        "a <textarea> b\n\nsau",
        "a <script> b\n\nsau",
        "a <plaintext> b\n\nsau",
        "<table>\n\n[x](y.md)\n\n:::callout\nz\n:::\n\nsau",
        "<select><option>\n\nsau",
        "<!-- a\n\nsau",
    ] {
        let html = html(text);
        assert!(html.contains("sau") || text.starts_with("<!--"), "{html} of {text}");
    }
}

#[test]
fn ids_of_raw_html() {
    let rendered =
        portal("<span id=\"bang-1\"></span>\n\n## Bang 1\n\n<span id=\"bang-1-2\"></span><span id=\"fn-1\">\n");
    assert_eq!(rendered.anchors, ["bang-1"]);
    assert!(shown(&rendered).contains("<h2 id=\"bang-1-2\">"));
}

#[test]
fn escaped_html_is_text() {
    assert_eq!(
        shown(&with("a <b>c</b>\n\n<div>\nd\n</div>\n", HtmlPolicy::Escape)),
        "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n<p>&lt;div&gt;\nd\n&lt;/div&gt;</p>\n"
    );
}

#[test]
fn trusted_html_is_as_written_but_for_addresses() {
    let text = "<div style='x' onclick=y><a href=/z>t</a></div>\n\n<script>\nlet a = \"<a href='x'>\";\n</script>\n\n<a href=\"&ouml;\">u</a>\n";
    let rendered = with(text, HtmlPolicy::Trusted);
    assert_eq!(
        shown(&rendered),
        "<div style='x' onclick=y><a href=\"{u0}\">t</a></div>\n<script>\nlet a = \"<a href='x'>\";\n</script>\n<p><a href=\"&ouml;\">u</a></p>\n"
    );
    assert!(rendered.diagnostics.is_empty());
}

#[test]
fn raw_html_is_text_of_the_page() {
    assert_eq!(portal("<table>\n<tr><td>80%</td><td>a &amp; b</td></tr>\n</table>\n").text, "80%\na & b\n");
}
