//! Fragments: what is made once is right on every page, and changes wherever it is shown.

use congso::diag::Severity;

use crate::support::{Portal, SETTINGS};

/// Two news pages and a page, which show a fragment of what they are given.
fn portal(fragment: &str) -> Portal {
    let page = "{{ fragment(name=\"part\", given=page.kind, item=latest(section=\"news\", limit=1)) }}";
    Portal::new()
        .file("site.yaml", format!("{SETTINGS}theme: mine\n"))
        .file("themes/mine/theme.yaml", "name: mine\n")
        .file("themes/mine/i18n/vi.yaml", "mine: Một\n")
        .file("themes/mine/i18n/en.yaml", "mine: One\n")
        .file("themes/mine/templates/news.html", page)
        .file("themes/mine/templates/page.html", page)
        .file("themes/mine/templates/fragments/part.html", fragment)
        .news("a.md", "date: 2026-10-01", "A.")
        .news("b.md", "date: 2026-10-02", "B.")
        .file("content/trang.md", "---\ntitle: Trang\nslug: tu\n---\n")
        .file("content/trang.en.md", "---\ntitle: Page\nslug: leaf\n---\n")
}

/// What three pages show.
fn shown(portal: &Portal) -> [String; 3] {
    let built = portal.build_clean();
    ["tin-tuc/a/index.html", "tu/index.html", "en/leaf/index.html"].map(|path| built.out(path))
}

#[test]
fn a_fragment_is_made_for_each_language_and_everything_it_is_given() {
    let portal = portal("{# Cut off. #}\n <i>{{ lang }} {{ given }} {{ t(key=\"mine\") }}</i>\n");
    assert_eq!(shown(&portal), ["<i>vi news Một</i>", "<i>vi page Một</i>", "<i>en page One</i>"]);
}

#[test]
fn what_a_fragment_shows_changes_wherever_it_is_shown() {
    let portal = portal("{{ t(key=\"mine\") }} {{ item[0].title }} {{ site.title }}");
    let before = shown(&portal);
    portal.write("themes/mine/i18n/vi.yaml", "mine: Hai\n");
    let after = shown(&portal);
    assert_eq!(after[0], before[0].replace("Một", "Hai"));
    assert_eq!(after[1], before[1].replace("Một", "Hai"));
    assert_eq!(after[2], before[2]);
    portal.write("themes/mine/templates/fragments/part.html", "x");
    assert_eq!(shown(&portal), ["x", "x", "x"]);
}

#[test]
fn a_list_of_fragments_is_that_of_each_of_its_elements() {
    let portal = portal("<i>{{ item.title }} {{ given }}</i>\n").file("themes/mine/templates/page.html", "");
    let whole = r#"{{ fragments(name="part", item=two, given=1) }}"#;
    let single = "{% for one in two %}{{ fragment(name=\"part\", item=one, given=1) }}\n{% endfor %}";
    let pages = [whole, single].map(|show| {
        let template = format!("{{% set two = latest(section=\"news\", limit=2) %}}{show}");
        portal.write("themes/mine/templates/news.html", &template);
        shown(&portal)[0].trim_end().to_owned()
    });
    assert_eq!(pages[0].lines().count(), 2);
    assert_eq!(pages[0], pages[1]);
    portal.write("themes/mine/templates/news.html", r#"{{ fragments(name="part", item=page.title, given=1) }}"#);
    assert_eq!(portal.build().codes(Severity::Error), ["template-failed"]);
}

#[test]
fn a_fragment_does_not_ask_for_what_is_different_on_each_page() {
    for call in ["related()", "newest()", "earlier()", "structured()", "metadata()"] {
        let portal = portal(&format!("{{{{ {call} }}}}"));
        assert_eq!(portal.build().codes(Severity::Error), ["template-failed"], "{call}");
    }
}
