//! What the settings, the theme, the files of `static/` and the calendar cost.

use std::fs;

use super::portal::{Change, NEWS, Outputs, all, all_news, edit, edit_of, news, none, portal, replace, set, sitemap};

#[test]
fn nothing_is_nothing() {
    edit(|_| ()).check(none(), none());
}

#[test]
fn files_saved_as_they_are_are_nothing() {
    let change = edit(|portal| {
        for path in
            [news(3), "site.yaml".to_owned(), "static/verify.txt".to_owned(), "themes/own/theme.yaml".to_owned()]
        {
            let place = portal.root().join(path);
            fs::write(&place, fs::read(&place).unwrap()).unwrap();
        }
    });
    change.check(none(), none());
}

#[test]
fn a_comment_in_the_settings_is_nothing() {
    let change = edit(|portal| replace(portal, "site.yaml", "theme: own", "# của chúng ta\ntheme: own"));
    change.check(none(), none());
}

/// All outputs that are no mere copies of files.
fn rendered(change: &Change) -> Outputs {
    let copies = |path: &String| path.starts_with("assets/") || path == "verify.txt";
    change.show("").into_iter().filter(|path| !copies(path)).collect()
}

#[test]
fn the_telephone_of_the_footer_is_every_page() {
    let change = edit(|portal| replace(portal, "site.yaml", "024 1111", "024 2222"));
    let framed = change.framed();
    assert!(framed.len() > 100 && framed == change.show("024 2222"));
    // All jobs read the settings as one.
    let rest = &rendered(&change) - &framed;
    change.check(framed, rest);
}

#[test]
fn the_name_of_a_section_is_wherever_it_is_shown() {
    let change = edit(|portal| replace(portal, "content/news/_index.md", "Tin tức", "Bản tin"));
    let named = change.showed("Tin tức");
    assert!(named.is_superset(&change.framed_in("vi")), "it is in the menu");
    change.check(named, none());
}

#[test]
fn a_string_is_wherever_it_is_used() {
    let portal = portal();
    let strings = |vi: &str| format!("news.earlier: {vi}\n");
    portal.write("themes/own/i18n/vi.yaml", strings("Bài trước đó"));
    portal.write("themes/own/i18n/en.yaml", strings("Before that"));
    let change = edit_of(portal, |portal| portal.write("themes/own/i18n/vi.yaml", strings("Các bài trước")));
    let used = change.showed("Bài trước đó");
    assert!(used.len() >= NEWS - 1, "{used:?}");
    // The oldest has nothing before it, and its template does not ask for the word.
    change.check(used, none());
}

#[test]
fn a_style_is_every_page_and_the_file() {
    let portal = portal();
    portal.write("themes/own/static/css/site.css", "a { order: 1 }");
    let change = edit_of(portal, |portal| portal.write("themes/own/static/css/site.css", "a { order: 2 }"));
    assert_eq!(change.removed.len(), 1);
    let styles = change.show("a{order:2}");
    assert_eq!(styles.len(), 1, "{styles:?}");
    change.check(all([change.show("<link rel=\"stylesheet\""), styles]), none());
}

#[test]
fn a_template_is_the_pages_of_its_sort() {
    let foot = "{% extends \"article.html\" %}{% block article_foot %}Chân trang.{% endblock article_foot %}";
    let change = edit(|portal| portal.write("themes/own/templates/news.html", foot));
    assert_eq!(change.show("Chân trang."), all_news());
    change.check(all_news(), none());
}

#[test]
fn a_template_of_a_directive_is_where_it_is_used() {
    let change = edit(|portal| portal.write("themes/own/templates/directives/targets.html", "Bảng."));
    change.check(set(["about/index.html"]), none());
}

#[test]
fn a_file_beside_the_pages_is_a_copy() {
    let change = edit(|portal| portal.write("static/verify.txt", "b"));
    change.check(set(["verify.txt"]), none());
    let change = edit(|portal| portal.write("static/moi/a.txt", "b"));
    // The file of headers names the folders of the portal's own pages, not those of `static/`.
    change.check(set(["moi/a.txt"]), none());
}

#[test]
fn another_day_is_what_names_the_day_if_nothing_is_due() {
    let change = edit(|portal| portal.options.now = "2026-11-02T05:00:00Z".parse().unwrap());
    let named = change.show("data-built");
    assert_eq!(named, set(["index.html", "en/index.html", "su-kien/index.html", "en/events/index.html"]));
    change.check(named, none());
}

#[test]
fn an_event_that_is_over_moves_to_those_past() {
    let change = edit(|portal| portal.options.now = "2026-11-21T05:00:00Z".parse().unwrap());
    let shown = set(["index.html", "en/index.html", "su-kien/index.html", "en/events/index.html"]);
    // Events enter the feeds when they are over.
    change.check(all([shown, set(["atom.xml", "su-kien/atom.xml"])]), none());
}

#[test]
fn a_page_that_is_due_appears_and_nothing_else_is_done() {
    let portal = portal();
    portal.write("content/hen.md", "---\ntitle: Hẹn giờ.\npublish: 2026-11-01T12:30\n---\n\nA\n");
    let change = edit_of(portal, |portal| portal.options.now = "2026-11-01T05:30:00Z".parse().unwrap());
    let named = change.show("Hẹn giờ.");
    assert_eq!(named, set(["hen/index.html", "so-do-trang/index.html", "en/site-map/index.html"]));
    change.check(all([named, sitemap(), set(["_headers"])]), none());
}
