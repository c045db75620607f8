//! Links, images, language spans.

use super::{html, portal, problems, shown};
use crate::content::document::Target;
use crate::diag::Spot;

#[test]
fn links_are_holes() {
    let text = "[a](../b.md#c \"T\"), <https://x.example>, <a@b.example>, [r][R], https://bare.example, [s]\n\n[r]: /tin-tuc/?x\n[s]: <#y>\n";
    let rendered = portal(text);
    assert_eq!(
        shown(&rendered),
        "<p>{a0 T}a{/a0}, {a1}https://x.example{/a1}, {a2}a@b.example{/a2}, {a3}r{/a3}, https://bare.example, {a4}s{/a4}</p>\n"
    );
    let targets: Vec<_> = rendered.links.iter().map(|link| link.target.clone()).collect();
    assert_eq!(
        targets,
        [
            Target::Page { path: "../b.md".to_owned(), anchor: Some("c".to_owned()) },
            Target::External("https://x.example".to_owned()),
            Target::External("mailto:a@b.example".to_owned()),
            Target::Site { path: "/tin-tuc/".to_owned(), suffix: "?x".to_owned() },
            Target::Anchor("y".to_owned()),
        ]
    );
    assert_eq!(rendered.links[0].spot, Spot::Bytes(0, 18));
}

#[test]
fn dangerous_links_are_removed() {
    let text = "[a](&#106;avascript:x) ![b](data:text/html,x) ![c](data:image/png;base64,x) [d](java%0ascript:x)\n";
    let rendered = portal(text);
    assert_eq!(shown(&rendered), "<p>{a0}a{/a0} {img0} {img1} {a1}d{/a1}</p>\n");
    assert_eq!(rendered.links[0].target, Target::Removed);
    assert_eq!(rendered.images[0].target, Target::Removed);
    assert!(matches!(rendered.images[1].target, Target::External(_)));
    assert!(matches!(rendered.links[1].target, Target::File { .. }));
    assert_eq!(problems(text), ["dangerous-link: [a](&#106;avascript:x)", "dangerous-link: ![b](data:text/html,x)"]);
}

#[test]
fn images_have_text_alternatives() {
    let text = "![Hội *nghị* ![x](y)](anh\\a.jpg 'T\u{ad}')\n\n![](b.png)\n";
    let rendered = portal(text);
    assert_eq!(shown(&rendered), "<p>{img0}</p>\n<p>{img1}</p>\n");
    let image = &rendered.images[0];
    assert_eq!((image.alt.as_str(), image.title.as_deref()), ("Hội nghị x", Some("T")));
    assert_eq!(image.target, Target::File { path: "anh/a.jpg".to_owned(), suffix: String::new() });
    assert_eq!(problems(text), ["image-without-alt: ![](b.png)"]);
}

#[test]
fn language_spans() {
    for (text, good) in [
        ("[Digital *Index*]{lang=en}.", "<span lang=\"en\">Digital <em>Index</em></span>."),
        ("*[a]{lang=en} b*", "<em><span lang=\"en\">a</span> b</em>"),
        ("[a [b]{lang=fr} c]{lang=\"en\"}", "<span lang=\"en\">a <span lang=\"fr\">b</span> c</span>"),
        ("[x [y](z.md) w]{lang=en}", "<span lang=\"en\">x {a0}y{/a0} w</span>"),
        ("[xem [Index]{lang=en}](z.md)", "{a0}xem <span lang=\"en\">Index</span>{/a0}"),
        ("[Index](z.md){lang=en} số", "<span lang=\"en\">{a0}Index{/a0}</span> số"),
        ("[中国]{lang=zh-Hans}", "<span lang=\"zh-hans\">中国</span>"),
        ("[tiếng Việt]{lang=vi}", "tiếng Việt"),
        ("[a] {b} [c]", "[a] {b} [c]"),
        ("`[a]{lang=en}`", "<code>[a]{lang=en}</code>"),
        ("[một\nhai]{lang=en}\nba", "<span lang=\"en\">một\nhai</span>\nba"),
    ] {
        assert_eq!(html(text), format!("<p>{good}</p>\n"), "{text}");
        assert!(problems(text).is_empty(), "{text}");
    }
}

#[test]
fn language_spans_that_are_none() {
    for (text, good, problem) in [
        ("[x]{lang=vn}", "x", "[x]{lang=vn}".get(..3).unwrap()),
        ("[x]{lang=tiếng Anh}", "x", "[x]"),
        ("(x){lang=en}", "(x){lang=en}", "(x){lang=en}"),
        ("*[x*]{lang=en}", "<em><span lang=\"en\">x</span></em>]{lang=en}", "{lang=en}"),
    ] {
        assert_eq!(html(text), format!("<p>{good}</p>\n"), "{text}");
        assert_eq!(problems(text), [format!("unknown-span-lang: {problem}")], "{text}");
    }
    let rendered = portal("[x]{lang=vn}");
    assert_eq!(rendered.diagnostics.iter().next().unwrap().suggestion.as_deref(), Some("vi"));
}
