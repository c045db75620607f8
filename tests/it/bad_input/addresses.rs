//! Addresses that clash, leave the output or belong to somebody else.

use congso::base::lang::Lang;

use super::{news, page};
use crate::support::Portal;

const A: &str = "content/news/a.md";

/// A portal with two news items of these names and front matter lines.
fn two(first: (&str, &str), second: (&str, &str)) -> Portal {
    Portal::new().news(first.0, &format!("date: 2026-01-02\n{}", first.1), "Một.").news(
        second.0,
        &format!("date: 2026-01-02\n{}", second.1),
        "Hai.",
    )
}

/// Expects messages in both languages to name all of these.
#[track_caller]
fn names(built: &crate::support::Built, all: &[&str]) {
    for lang in Lang::ALL {
        let messages = built.messages(lang);
        assert!(all.iter().all(|name| messages.contains(name)), "{all:?} in {messages}");
    }
}

#[test]
fn two_pages_for_one_address() {
    let built = two(("a.md", "slug: x"), ("b.md", "slug: x")).refused(&[("url-collision", "content/news/b.md")]);
    names(&built, &["content/news/a.md", "content/news/b.md", "/tin-tuc/x/", "`slug`"]);
    two(("a.md", "slug: b"), ("b.md", "")).refused(&[("url-collision", "content/news/b.md")]);
}

#[test]
fn names_that_differ_in_letter_case_only() {
    let built = two(("Bai.md", ""), ("bai.md", "")).refused(&[("url-collision", "content/news/bai.md")]);
    names(&built, &["content/news/Bai.md", "/tin-tuc/bai/"]);
    let statics = Portal::new().file("static/A.txt", "1").file("static/a.txt", "2");
    let built = statics.refused(&[("url-collision", "static/a.txt")]);
    names(&built, &["static/A.txt", "static/a.txt"]);
    let images = news(format!("{}\n![Một](B.gif)\n![Hai](b.GIF)\n", page("")))
        .file("content/news/B.gif", "1")
        .file("content/news/b.GIF", "2");
    names(&images.refused(&[("url-collision", "content/news/b.GIF")]), &["content/news/B.gif", "/tin-tuc/b.gif"]);
}

#[test]
fn a_static_file_for_the_address_of_a_page() {
    for file in ["static/tin-tuc/a/index.html", "static/Tin-Tuc/a/index.html", "static/tin-tuc/a"] {
        let built = news(page("")).file(file, "tĩnh").build();
        assert_eq!(crate::told::told(&news(page("")), &built, congso::diag::Severity::Error).len(), 1, "{file}");
        assert_eq!(built.codes(congso::diag::Severity::Error), ["url-collision"]);
        names(&built, &[file, A]);
    }
    for file in ["static/index.html", "static/sitemap.xml", "static/_redirects", "static/404.html", "static/atom.xml"] {
        names(&news(page("")).file(file, "tĩnh").refused(&[("url-collision", file)]), &[file]);
    }
}

#[test]
fn two_files_for_one_page() {
    let built = two(("a.md", ""), ("a.vi.md", "")).refused(&[("double-source", "content/news/a.vi.md")]);
    names(&built, &[A, "content/news/a.vi.md"]);
    let folder = news(page("")).file("content/news/a/index.md", page(""));
    names(&folder.refused(&[("double-source", "content/news/a/index.md")]), &[A, "content/news/a/index.md"]);
    let twice = news(page("")).file("content/news/a.en.md", page("")).file("content/news/a/index.en.md", page(""));
    twice.refused(&[("double-source", "content/news/a/index.en.md")]);
    Portal::new().news("a.vi.md", "date: 2026-01-02", "Một.").build_clean();
}

#[test]
fn a_language_that_the_portal_does_not_have() {
    for (file, code) in [("a.fr.md", "`fr`"), ("a.zh-CN.md", "`zh-CN`"), ("a/index.de.md", "`de`")] {
        let file = format!("content/news/{file}");
        let built = Portal::new().file(&file, page("")).refused(&[("unknown-language", &file)]);
        names(&built, &[code, "name.en.md"].map(|n| if n == "name.en.md" { ".en.md`" } else { n }));
    }
}

#[test]
fn slugs_that_are_none() {
    for slug in [
        "../../x",
        "/etc/x",
        ".",
        "..",
        "a/b",
        "a b",
        "Bài",
        "A",
        "-a",
        "a--b",
        "con",
        "aux",
        "nul",
        "com1",
        "lpt9",
        "a.b",
        "a%2fb",
        "\"a\\nb\"",
        "\"\\u0000\"",
        "index.html",
    ] {
        let portal = news(page(&format!("slug: {slug}\n")));
        let built = portal.build();
        let code = built.codes(congso::diag::Severity::Error);
        let expected = if slug == "\"\\u0000\"" { "field-empty" } else { "bad-slug" };
        assert_eq!(code, [expected], "{slug}: {}", built.messages(Lang::En));
        portal.refused(&[(expected, &format!("{A}:4"))]);
        let section = "content/news/_index.md";
        let text = format!("---\ntitle: Tin\nkind: news\nslug: {slug}\n---\n");
        Portal::new().file(section, text).refused(&[(expected, &format!("{section}:4"))]);
    }
    for empty in ["\"\"", "''", "\"  \""] {
        news(page(&format!("slug: {empty}\n"))).refused(&[("field-empty", &format!("{A}:4"))]);
    }
    let built = news(page("slug: Chuyển đổi số\n")).build();
    assert!(built.messages(Lang::En).contains("Did you mean `chuyen-doi-so`?"));
    // A field left blank is a field left out.
    assert!(news(page("slug:\n")).build_clean().has("tin-tuc/a/index.html"));
}

#[test]
fn names_of_devices_reach_no_address() {
    let portal = Portal::new()
        .news("con.md", "date: 2026-01-02\ntags: [Con, nul]", "![Ảnh](aux.gif)")
        .file("content/news/aux.gif", "ảnh")
        .file("content/prn/lpt1.md", "---\ntitle: Trang\n---\n");
    let tree = portal.build_clean().tree();
    let device = |name: &str| matches!(name.split('.').next(), Some("con" | "nul" | "aux" | "prn" | "lpt1"));
    let found: Vec<_> = tree.keys().filter(|path| path.split('/').any(device)).collect();
    assert_eq!(found, Vec::<&String>::new());
}

/// Expects a portal to be refused because of a reserved slug; some addresses
/// are made in every portal.
#[track_caller]
fn reserved(portal: &Portal, slug: &str, file: &str, line: usize) -> crate::support::Built {
    let place = format!("{file}:{line}");
    let both = [("url-collision", file), ("reserved-slug", place.as_str())];
    portal.refused(if matches!(slug, "en" | "so-do-trang") { &both } else { &both[1..] })
}

#[test]
fn slugs_that_the_program_needs() {
    for slug in ["en", "vi", "chu-de", "the", "co-quan", "trang", "assets", "so-do-trang"] {
        let file = "content/p.md";
        let text = format!("---\ntitle: Trang\nslug: {slug}\n---\n");
        names(&reserved(&Portal::new().file(file, text), slug, file, 3), &[&format!("`{slug}`")]);
        let file = format!("content/{slug}.md");
        reserved(&Portal::new().file(&file, "---\ntitle: Trang\n---\n"), slug, &file, 2);
    }
    news(page("slug: trang\n")).refused(&[("reserved-slug", &format!("{A}:4"))]);
    let year = news(page("slug: '2026'\n"));
    year.refused(&[("url-collision", "content/news/_index.md"), ("reserved-slug", &format!("{A}:4"))]);
    // Below a section they are free.
    assert!(news(page("slug: en\n")).build_clean().has("tin-tuc/en/index.html"));
}

#[test]
fn a_section_at_a_generated_address() {
    for slug in ["en", "co-quan", "assets"] {
        let portal = Portal::new()
            .file("content/news/_index.md", format!("---\ntitle: Tin\nkind: news\nslug: {slug}\n---\n"))
            .file("content/news/a.md", page("topics: [data]\n"));
        names(&reserved(&portal, slug, "content/news/_index.md", 4), &[&format!("`{slug}`")]);
    }
}

#[test]
fn aliases_that_are_no_old_addresses() {
    for alias in [
        "../x",
        "/../../etc/passwd",
        "/a/../../b",
        "https://evil.example/",
        "//evil.example/x",
        "/a b",
        "'C:\\x'",
        "'/a\\b'",
        "/a?b=c",
        "/a#b",
        "/",
        "x",
        "/a//b",
        "/./a",
        "'/a\\n/b'",
        "/a%2e%2e/b",
        "/.git/config",
        "/.congso-stage/1",
        "/a*",
        "/:a",
    ] {
        let portal = news(page(&format!("aliases:\n  - /cu/a\n  - {alias}\n")));
        let built = portal.build();
        assert_eq!(built.codes(congso::diag::Severity::Error), ["bad-alias"], "{alias}: {}", built.messages(Lang::En));
        portal.refused(&[("bad-alias", &format!("{A}:6"))]);
    }
    let portal = news(page("aliases: [/cu/a, /cu/b/, /cu/c.html]\n"));
    let built = portal.build_clean();
    assert!(["cu/a/index.html", "cu/b/index.html", "cu/c.html"].iter().all(|path| built.has(path)));
}

#[test]
fn aliases_that_shadow_something() {
    for alias in [
        "/tin-tuc/b/",
        "/tin-tuc/b",
        "/Tin-Tuc/B",
        "/tin-tuc/a/",
        "/tin-tuc/",
        "/en/",
        "/index.html",
        "/atom.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/_redirects",
        "/404.html",
        "/tinh/tep.txt",
        "/tinh/tep.txt/x",
        "/tin-tuc/b/index.html",
    ] {
        let portal = news(page(&format!("aliases: [{alias}]\n")))
            .file("content/news/b.md", page(""))
            .file("static/tinh/tep.txt", "tĩnh");
        let built = portal.build();
        let codes = built.codes(congso::diag::Severity::Error);
        assert!(!codes.is_empty() && codes.iter().all(|code| code == "alias-shadows"), "{alias}: {codes:?}");
        names(&built, &[A, "`aliases`"]);
    }
    let both = two(("a.md", "aliases: [/cu]"), ("b.md", "aliases: [/CU/]"));
    names(&both.refused(&[("alias-shadows", "content/news/b.md")]), &[A, "content/news/b.md"]);
}

#[test]
fn an_image_with_marks_spaces_and_brackets_in_its_name() {
    let name = "Ảnh hội nghị (1).GIF";
    let encoded = "%E1%BA%A2nh%20h%E1%BB%99i%20ngh%E1%BB%8B%20(1).GIF";
    for written in [format!("<{name}>"), name.replace(' ', "%20"), encoded.to_owned(), name.to_owned()] {
        let portal = news(
            page(&format!("image: {{src: {name}, alt: Hội nghị}}\n"))
                + &format!("\n![Hội nghị]({written})\n\n:::figure src=\"{name}\" alt=\"Hội nghị\"\n:::\n"),
        )
        .file(&format!("content/news/{name}"), "ảnh");
        let built = portal.build_clean();
        assert_eq!(built.out("tin-tuc/anh-hoi-nghi-1.gif"), "ảnh");
        let page = built.out("tin-tuc/a/index.html");
        assert!(page.matches("src=\"/tin-tuc/anh-hoi-nghi-1.gif\"").count() >= 3, "{written}: {page}");
        assert!(!page.contains("GIF"), "{written}: {page}");
    }
}

#[test]
fn a_broken_link_gets_the_name_that_would_lead_there() {
    let portal = Portal::new()
        .file("content/news/anh.jpg", "x")
        .news("ky-nang-so.md", "date: 2026-01-01", "Text")
        .news("bai.md", "date: 2026-01-01", "[a](ky-nang-sô.md) [b](../events/ky-nang-so.md) [c](../news/anhh.jpg)");
    let built = portal.build();
    let suggested: Vec<_> = built.outcome.diagnostics.iter().map(|found| found.suggestion.as_deref()).collect();
    assert_eq!(suggested, [Some("ky-nang-so.md"), Some("ky-nang-so.md"), Some("anh.jpg")]);
    let portal = Portal::new()
        .news("bai.md", "date: 2026-01-01", "Text")
        .file("content/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n[a](news/bia.md)\n")
        .file("content/events/le.md", "---\ntitle: Lễ\nstart: 2026-10-10\n---\n[a](../news/bia.md)\n");
    let built = portal.build();
    let suggested: Vec<_> = built.outcome.diagnostics.iter().map(|found| found.suggestion.as_deref()).collect();
    assert_eq!(suggested, [Some("../news/bai.md"), Some("news/bai.md")]);
}
