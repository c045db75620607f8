//! The addresses that people rely on: pages, lists, files, old addresses, and permanent identities.

use std::collections::BTreeSet;

use crate::markup::{select, tags, with, xml};
use crate::support::{Built, Portal, SETTINGS};

const DECISION: &str =
    "number: 749/QĐ-TTg\ntype: decision\nissued: 2020-06-03\nagency: prime-minister\ntopics: [data]\n";

/// A portal with something under each fixed address.
fn portal() -> Portal {
    Portal::new()
        .news("Bài Đầu Tiên.md", "date: 2026-01-02\ntopics: [data]\ntags: [an toàn, Thẻ riêng]", "Nội dung.")
        .news("Bài Đầu Tiên.en.md", "slug: first-item\ntags: [security, own tag]", "Text.")
        .news("thu-muc/index.md", "date: 2025-12-31T23:30\nslug: ten-khac", "Nội dung.")
        .file("content/decisions/749-qd-ttg.md", format!("---\ntitle: Văn bản\n{DECISION}---\n"))
        .file("content/decisions/749-qd-ttg.en.md", "---\ntitle: Document\n---\n")
        .file("content/events/le.md", "---\ntitle: Lễ\nstart: 2024-10-12T08:00\n---\n")
        .file("content/events/le.en.md", "---\ntitle: Ceremony\nslug: ceremony\n---\n")
        .file("content/gioi-thieu.md", "---\ntitle: Giới thiệu\naliases: [/ve-chung-toi, /cu/trang.html]\n---\n")
        .file("content/gioi-thieu.en.md", "---\ntitle: About\nslug: about\naliases: [/en/about-us/]\n---\n")
        .file("static/.well-known/security.txt", "Contact: mailto:a@portal.example\n")
}

/// All outputs but the theme's own files.
fn paths(built: &Built) -> BTreeSet<String> {
    built.tree().into_keys().filter(|path| !path.starts_with("assets/")).collect()
}

#[test]
fn every_fixed_address() {
    let portal = portal();
    let expected = "
        404.html _headers _redirects atom.xml chu-de/du-lieu-so/index.html chu-de/index.html
        co-quan/index.html co-quan/thu-tuong-chinh-phu/index.html cu/trang.html documents.json en/documents.json
        en/404.html en/about-us/index.html en/about/index.html en/agencies/index.html
        en/agencies/prime-minister/index.html en/atom.xml en/decisions/2020/06/index.html
        en/decisions/2020/749-qd-ttg/index.html en/decisions/2020/index.html en/decisions/atom.xml
        en/decisions/index.html en/document-types/decision/index.html en/document-types/index.html
        en/events/2024/10/index.html en/events/2024/ceremony/index.html en/events/2024/ceremony/ceremony.ics
        en/calendar.ics en/calendar/index.html en/calendar/2024/10/index.html en/events.json
        en/events/2024/index.html en/events/atom.xml en/events/index.html en/index.html
        en/news/2025/12/index.html en/news/2025/index.html en/news/2026/01/index.html en/news/2026/index.html
        en/news/atom.xml en/news/first-item/index.html en/news/index.html en/site-map/index.html
        en/tags/index.html en/tags/own-tag/index.html en/tags/security/index.html
        en/topics/digital-data/index.html en/topics/index.html
        events.json gioi-thieu/index.html index.html lich.ics lich/index.html lich/2024/10/index.html
        loai-van-ban/index.html loai-van-ban/quyet-dinh/index.html robots.txt sitemap.xml so-do-trang/index.html
        su-kien/2024/10/index.html su-kien/2024/index.html su-kien/2024/le/index.html su-kien/2024/le/le.ics
        su-kien/atom.xml su-kien/index.html
        the/an-toan/index.html the/index.html the/the-rieng/index.html
        tin-tuc/2025/12/index.html tin-tuc/2025/index.html tin-tuc/2026/01/index.html tin-tuc/2026/index.html
        tin-tuc/atom.xml tin-tuc/bai-dau-tien/index.html tin-tuc/index.html tin-tuc/ten-khac/index.html
        van-ban/2020/06/index.html van-ban/2020/749-qd-ttg/index.html van-ban/2020/index.html van-ban/atom.xml
        van-ban/index.html ve-chung-toi/index.html .well-known/security.txt";
    let expected: BTreeSet<String> = expected.split_whitespace().map(str::to_owned).collect();
    assert_eq!(paths(&portal.build_clean()), expected);
}

#[test]
fn later_pages_of_lists() {
    let mut portal = Portal::new();
    for number in 0..41 {
        portal = portal.news(&format!("b{number}.md"), "date: 2026-03-01\ntopics: [data]\ntags: [riêng]", "Nội dung.");
    }
    let built = portal.build_clean();
    let paths = paths(&built);
    for list in ["tin-tuc", "tin-tuc/2026", "tin-tuc/2026/03", "chu-de/du-lieu-so", "the/rieng"] {
        for (page, there) in
            [("trang/2", true), ("trang/3", true), ("trang/4", false), ("trang/1", false), ("page/2", false)]
        {
            assert_eq!(paths.contains(&format!("{list}/{page}/index.html")), there, "{list}/{page}");
        }
    }
    for list in ["en/news", "en/news/2026", "en/news/2026/03", "en/topics/digital-data"] {
        for (page, there) in [("page/2", true), ("page/3", true), ("page/4", false), ("trang/2", false)] {
            assert_eq!(paths.contains(&format!("{list}/{page}/index.html")), there, "{list}/{page}");
        }
    }
}

#[test]
fn the_words_of_addresses_are_settings() {
    let words =
        "paths:\n  page: {vi: to, en: sheet}\n  topics: {vi: de-tai, en: subjects}\n  tags: {vi: nhan, en: labels}\n";
    let mut portal = portal().file("site.yaml", format!("{SETTINGS}{words}"));
    for number in 0..20 {
        portal = portal.news(&format!("b{number}.md"), "date: 2026-03-01", "Nội dung.");
    }
    let built = portal.build_clean();
    for path in [
        "de-tai/du-lieu-so/",
        "en/subjects/digital-data/",
        "nhan/an-toan/",
        "en/labels/security/",
        "tin-tuc/to/2/",
        "en/news/sheet/2/",
    ] {
        assert!(built.has(&format!("{path}index.html")), "{path}");
    }
    assert!(!built.has("chu-de") && !built.has("the"));
}

#[test]
fn a_base_url_with_a_path_prefixes_every_link() {
    let body = "[mục](/tin-tuc/) ![ảnh](anh.svg) [tệp](/.well-known/security.txt)\n\n\
        <p><a href=\"/van-ban/\">thô</a> <img src=\"/.well-known/security.txt\" alt=\"a\"></p>\n\n\
        :::quote author=\"x\" source=\"/su-kien/\"\nlời\n:::\n";
    let mut portal = portal()
        .news("lien-ket.md", "date: 2026-01-03\nimage: {src: anh.svg, alt: a}\naliases: [/tin-cu]", body)
        .file("content/news/anh.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    portal.write("site.yaml", SETTINGS.replace("https://portal.example/", "https://portal.example/thu-muc/con/"));
    let built = portal.build_clean();
    let prefix = "/thu-muc/con/";
    let mut links = 0;
    for (path, bytes) in built.tree().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        for tag in tags(&String::from_utf8(bytes).unwrap()) {
            for (name, value) in &tag.attributes {
                let root_absolute = value.starts_with('/') || value.starts_with("0; url=/");
                links += usize::from(root_absolute);
                assert!(!root_absolute || value.contains(prefix), "{path}: <{} {name}=\"{value}\">", tag.name);
                let own = value.starts_with("https://portal.example");
                assert!(!own || value.starts_with("https://portal.example/thu-muc/con/"), "{path}: {value}");
            }
        }
    }
    assert!(links > 500, "{links}");
    let html = built.out("tin-tuc/lien-ket/index.html");
    for href in ["tin-tuc/", ".well-known/security.txt", "van-ban/"] {
        assert!(with(&html, "a", "href", &format!("{prefix}{href}")).is_some(), "{href}");
    }
    assert!(with(&html, "img", "src", "/thu-muc/con/.well-known/security.txt").is_some());
    assert!(with(&html, "img", "src", "/thu-muc/con/tin-tuc/anh.svg").is_some());
    assert!(built.has("tin-tuc/anh.svg"), "the folder of the host is not repeated in the output");
    let redirects = built.out("_redirects");
    assert!(redirects.contains("/thu-muc/con/tin-cu /thu-muc/con/tin-tuc/lien-ket/ 301\n"), "{redirects}");
    let headers = built.out("_headers");
    assert!(headers.starts_with("/thu-muc/con/*\n") && headers.contains("\n/thu-muc/con/assets/*\n"), "{headers}");
    assert!(built.out("robots.txt").contains("Sitemap: https://portal.example/thu-muc/con/sitemap.xml\n"));
    for feed in ["atom.xml", "en/news/atom.xml"] {
        let feed = xml(&built.out(feed));
        let all = feed.all("link").chain(feed.all("entry").flat_map(|entry| entry.all("link")));
        assert!(all.into_iter().all(|link| link.get("href").starts_with("https://portal.example/thu-muc/con/")));
    }
    for (path, bytes) in built.tree().into_iter().filter(|(path, _)| path.ends_with(".css")) {
        assert!(!String::from_utf8(bytes).unwrap().contains("url(/"), "{path} is bound to the root");
    }
    // The option takes the place of the setting.
    portal.options.base_url = Some("https://xem-truoc.example/nhanh".to_owned());
    let html = portal.build_clean().out("tin-tuc/lien-ket/index.html");
    assert_eq!(
        with(&html, "link", "rel", "canonical").unwrap().get("href"),
        "https://xem-truoc.example/nhanh/tin-tuc/lien-ket/"
    );
}

/// The identities of the entries of a feed.
fn ids(built: &Built, feed: &str) -> Vec<String> {
    let feed = xml(&built.out(feed));
    std::iter::once(feed.one("id").text.clone()).chain(feed.all("entry").map(|e| e.one("id").text.clone())).collect()
}

#[test]
fn identities_change_neither_with_the_address_nor_with_the_slug() {
    let mut portal = portal().news("co-id.md", "date: 2026-02-01\nid: 2019/tin-cu", "Nội dung.");
    let before = portal.build_clean();
    let expected = ["feed:news:vi", "2019/tin-cu:vi", "news/Bài%20Đầu%20Tiên:vi", "news/thu-muc:vi"];
    assert_eq!(ids(&before, "tin-tuc/atom.xml"), expected.map(|id| format!("tag:portal.example,2026:{id}")));
    let before: Vec<_> = ["atom.xml", "tin-tuc/atom.xml", "en/news/atom.xml"].map(|feed| ids(&before, feed)).into();
    let after = |portal: &Portal| -> Vec<_> {
        let built = portal.build_clean();
        ["atom.xml", "tin-tuc/atom.xml", "en/news/atom.xml"].map(|feed| ids(&built, feed)).into()
    };
    portal.options.base_url = Some("http://localhost:10010/x/".to_owned());
    assert_eq!(after(&portal), before);
    portal.options.base_url = None;
    let portal = portal.news("co-id.md", "date: 2026-02-01\nid: 2019/tin-cu\nslug: moi", "Nội dung.").news(
        "thu-muc/index.md",
        "date: 2025-12-31T23:30\nslug: khac-nua",
        "Nội dung.",
    );
    assert_eq!(after(&portal), before);
    // With an authority of its own, a portal may move to another address for good.
    let moved = SETTINGS.replace("https://portal.example/", "https://moi.example/");
    portal.write("site.yaml", format!("{moved}tag_authority: portal.example,2026\n"));
    assert_eq!(after(&portal), before);
}

#[test]
fn old_addresses_lead_to_the_page() {
    let built = portal().file("content/_index.en.md", "---\ntitle: Home\n---\n");
    let built_site = built.build_clean();
    for (old, new, lang) in [
        ("ve-chung-toi/index.html", "/gioi-thieu/", "vi"),
        ("cu/trang.html", "/gioi-thieu/", "vi"),
        ("en/about-us/index.html", "/en/about/", "en"),
    ] {
        let html = built_site.out(old);
        assert_eq!(with(&html, "meta", "http-equiv", "refresh").unwrap().get("content"), format!("0; url={new}"));
        assert_eq!(
            with(&html, "link", "rel", "canonical").unwrap().get("href"),
            format!("https://portal.example{new}")
        );
        assert_eq!(with(&html, "meta", "name", "robots").unwrap().get("content"), "noindex");
        assert_eq!(select(&html, "html")[0].get("lang"), lang);
        assert!(with(&html, "a", "href", new).is_some_and(|link| !link.text.is_empty()), "{old}");
    }
    let redirects = built_site.out("_redirects");
    let lines: BTreeSet<&str> = redirects.lines().collect();
    let expected =
        ["/ve-chung-toi /gioi-thieu/ 301", "/cu/trang.html /gioi-thieu/ 301", "/en/about-us/ /en/about/ 301"];
    assert_eq!(lines, expected.into_iter().collect());
    assert!(!built_site.out("sitemap.xml").contains("ve-chung-toi"));
}

#[test]
fn files_are_published_once_beside_the_default_language() {
    let portal = Portal::new()
        .news(
            "bai/index.md",
            "date: 2026-01-01\nslug: bai-viet",
            "![ảnh](Ảnh hội nghị (1).GIF) [tệp](<phụ lục/Tệp Số 1.PDF>)",
        )
        .news("bai/index.en.md", "slug: article", "![photo](<Ảnh hội nghị (1).GIF>) [file](<phụ lục/Tệp Số 1.PDF>)")
        .news("khac.md", "date: 2026-01-02", "[tệp](<bai/phụ lục/Tệp Số 1.PDF>) [kèm](kem.pdf)")
        .news("chi-en/index.en.md", "date: 2026-01-03", "[file](only.pdf)")
        .file("content/news/bai/Ảnh hội nghị (1).GIF", "ảnh")
        .file("content/news/bai/phụ lục/Tệp Số 1.PDF", "tệp")
        .file("content/news/bai/khong-dung.pdf", "không dùng")
        .file("content/news/kem.pdf", "kèm")
        .file("content/news/chi-en/only.pdf", "only")
        .file("content/khong-dung.txt", "không dùng");
    let portal = portal.news(
        "bai/index.md",
        "date: 2026-01-01\nslug: bai-viet",
        "![ảnh](<Ảnh hội nghị (1).GIF>) [tệp](<phụ lục/Tệp Số 1.PDF>)",
    );
    let built = portal.build_clean();
    let files: Vec<String> = paths(&built)
        .into_iter()
        .filter(|path| [".gif", ".pdf", ".txt", ".GIF", ".PDF"].iter().any(|e| path.ends_with(e)))
        .collect();
    let expected = [
        "en/news/chi-en/only.pdf",
        "robots.txt",
        "tin-tuc/bai-viet/anh-hoi-nghi-1.gif",
        "tin-tuc/bai-viet/phu-luc/tep-so-1.pdf",
        "tin-tuc/kem.pdf",
    ];
    assert_eq!(files, expected);
    for page in ["tin-tuc/bai-viet/index.html", "en/news/article/index.html"] {
        let html = built.out(page);
        assert!(with(&html, "img", "src", "/tin-tuc/bai-viet/anh-hoi-nghi-1.gif").is_some(), "{page}");
        assert!(with(&html, "a", "href", "/tin-tuc/bai-viet/phu-luc/tep-so-1.pdf").is_some(), "{page}");
    }
    assert!(
        with(&built.out("tin-tuc/khac/index.html"), "a", "href", "/tin-tuc/bai-viet/phu-luc/tep-so-1.pdf").is_some()
    );
    assert_eq!(built.out("tin-tuc/bai-viet/anh-hoi-nghi-1.gif"), "ảnh");
}

#[test]
fn nested_sections_inherit_kind_and_settings() {
    let portal = Portal::new()
        .file("content/news/_index.md", "---\ntitle: Tin\nkind: news\nslug: tin-tuc\npage_size: 2\nsort: title\n---\n")
        .file("content/news/dia-phuong/_index.md", "---\ntitle: Địa phương\nslug: dia-phuong\n---\n")
        .file("content/news/dia-phuong/_index.en.md", "---\ntitle: Provinces\nslug: provinces\n---\n")
        .file("content/news/2026/giua/_index.md", "---\ntitle: Giữa\nkind: page\n---\n")
        .file("content/news/2026/giua/loi.md", "---\ntitle: Trang\n---\n")
        .file("content/tai-lieu/sau/hon.md", "---\ntitle: Sâu\n---\n");
    let portal = ["c", "a", "b"].into_iter().fold(portal, |portal, name| {
        portal.file(
            &format!("content/news/dia-phuong/{name}.md"),
            format!("---\ntitle: Tin {name}\ndate: 2026-01-01\n---\n"),
        )
    });
    let portal = portal.file("content/news/dia-phuong/a.en.md", "---\ntitle: A\n---\n");
    let built = portal.build_clean();
    for path in [
        "tin-tuc/dia-phuong/",
        "tin-tuc/dia-phuong/a/",
        "tin-tuc/dia-phuong/trang/2/",
        "tin-tuc/dia-phuong/2026/01/",
        "en/news/provinces/a/",
        "en/news/provinces/page/2/",
        "tin-tuc/2026/giua/",
        "tin-tuc/2026/giua/loi/",
        "tai-lieu/sau/hon/",
    ] {
        assert!(built.has(&format!("{path}index.html")), "{path}");
    }
    assert!(built.has("tin-tuc/dia-phuong/atom.xml") && !built.has("tai-lieu/index.html"));
    let titles = |page: &str| -> Vec<String> {
        let links = select(&built.out(page), "h2").into_iter().map(|title| title.text);
        links.filter(|title| title.starts_with("Tin ") && title.len() == 5).collect()
    };
    assert_eq!(titles("tin-tuc/dia-phuong/index.html"), ["Tin a", "Tin b"], "by title, two on a page");
    assert_eq!(titles("tin-tuc/dia-phuong/trang/2/index.html"), ["Tin c"]);
    assert_eq!(titles("tin-tuc/index.html"), ["Tin a", "Tin b"], "what is below stands in the list above");
    // A page of news needs its date also where the kind is inherited.
    portal.write("content/news/dia-phuong/d.md", "---\ntitle: D\n---\n");
    assert_eq!(portal.build().codes(congso::diag::Severity::Warning), ["field-missing"]);
}

#[test]
fn english_at_the_root() {
    let settings = SETTINGS.replace("menu: [news/_index.md]\n", "");
    let portal = Portal::empty()
        .file("site.yaml", format!("default_language: en\n{settings}"))
        .file("content/news/_index.md", "---\ntitle: News\nkind: news\n---\n")
        .file("content/news/_index.vi.md", "---\ntitle: Tin tức\nslug: tin-tuc\n---\n")
        .news("item/index.md", "date: 2026-01-01\ntopics: [data]\nimage: {src: a.svg, alt: a}", "[link](../other.md)")
        .news("item/index.vi.md", "slug: bai\nimage: {alt: b}", "Nội dung. [dẫn](../other.md)")
        .news("other.md", "date: 2026-01-02", "Text.")
        .file("content/news/item/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let built = portal.build_clean();
    for path in ["news/item/", "vi/tin-tuc/bai/", "topics/digital-data/", "vi/chu-de/du-lieu-so/", "vi/", ""] {
        assert!(built.has(&format!("{path}index.html")), "{path}");
    }
    assert!(built.has("news/item/a.svg") && built.has("vi/atom.xml") && built.has("vi/404.html") && !built.has("en"));
    let html = built.out("vi/tin-tuc/bai/index.html");
    assert_eq!(select(&html, "html")[0].get("lang"), "vi");
    let link = with(&html, "a", "href", "/news/other/").unwrap();
    assert_eq!((link.text.as_str(), link.get("hreflang")), ("dẫn", "en"));
    assert_eq!(select(&built.out("index.html"), "html")[0].get("lang"), "en");
}

#[test]
fn missing_translations_can_be_hidden() {
    let portal = portal().file("content/rieng.md", "---\ntitle: Trang riêng\n---\n").news(
        "only.en.md",
        "date: 2026-04-01\ntopics: [skills]",
        "T.",
    );
    let portal = portal.file("content/events/vi.md", "---\ntitle: Chỉ tiếng Việt\nstart: 2027-01-01\n---\n");
    let english = |built: &Built, words: [&str; 4]| -> Vec<String> {
        let pages = built.tree().into_iter().filter(|(path, _)| path.starts_with("en/"));
        let found = pages.filter(|(_, bytes)| words.iter().any(|word| String::from_utf8_lossy(bytes).contains(word)));
        found.map(|(path, _)| path).collect()
    };
    let words = ["/tin-tuc/ten-khac/", "Trang riêng", "Chỉ tiếng Việt", "/su-kien/2027/"];
    let linked = english(&portal.build_clean(), words);
    for path in ["en/news/index.html", "en/site-map/index.html", "en/events/index.html", "en/index.html"] {
        assert!(linked.contains(&path.to_owned()), "{path} in {linked:?}");
    }
    assert!(linked.iter().all(|path| !path.ends_with("atom.xml")), "feeds hold their own language only: {linked:?}");
    portal.write("site.yaml", format!("{SETTINGS}missing_translation: hide\n"));
    let built = portal.build_clean();
    assert_eq!(english(&built, words), Vec::<String>::new());
    assert!(built.has("tin-tuc/ten-khac/index.html") && built.has("en/news/only/index.html"));
    assert!(!built.has("chu-de/ky-nang-so/index.html") && built.has("en/topics/digital-skills/index.html"));
    assert!(!built.has("en/news/2025/index.html"));
}

#[test]
fn of_very_many_broken_links_all_are_told_and_the_first_get_suggestions() {
    let links: Vec<String> = (0..60).map(|n| format!("[a](/tin-tuc/bai{n}) [b](bai{n}.md) [c](anh{n}.jpg)")).collect();
    let portal =
        Portal::new().news("bai.md", "date: 2026-01-01", &links.join("\n\n")).file("content/news/anh.jpg", "x");
    let built = portal.build();
    let problems: Vec<_> = built.outcome.diagnostics.iter().collect();
    assert_eq!(problems.len(), 180);
    let suggested = problems.iter().take_while(|problem| problem.suggestion.is_some()).count();
    assert_eq!(suggested, 50);
    assert!(problems.iter().skip(suggested).all(|problem| problem.suggestion.is_none()));
}

#[test]
fn sections_without_archives() {
    let settings = "---\ntitle: Tin\nkind: news\nslug: tin-tuc\narchive: false\n---\n";
    let news = "---\ntitle: Tin\ndate: 2026-01-02\n---\n\nNội dung.\n";
    let portal = Portal::new()
        .file("content/news/_index.md", settings)
        .file("content/news/tin.md", news)
        .file("content/news/a/_index.md", "---\ntitle: A\n---\n")
        .file("content/news/a/tin-a.md", news)
        .file("content/news/a/b/_index.md", "---\ntitle: B\narchive: true\n---\n")
        .file("content/news/a/b/tin-b.md", news)
        .file("content/events/le.md", "---\ntitle: Lễ\nstart: 2026-10-12\n---\n");
    let built = portal.build_clean();
    let archives = paths(&built).into_iter().filter_map(|path| Some(path.split_once("/2026/index.html")?.0.to_owned()));
    let expected = ["en/events", "en/news/a/b", "su-kien", "tin-tuc/a/b"];
    assert_eq!(archives.collect::<Vec<_>>(), expected, "inherited as far as a section says otherwise");
    assert!(built.has("tin-tuc/a/b/2026/01/index.html") && !built.has("tin-tuc/2026/01/index.html"));
    let has_years = |list: &str| {
        let html = built.out(list);
        select(&html, "a").into_iter().any(|a| a.get("href").ends_with("/2026/"))
    };
    assert_eq!(
        ["tin-tuc/index.html", "en/news/a/index.html", "tin-tuc/a/b/index.html"].map(has_years),
        [false, false, true]
    );
    // The next build has them again.
    let built = portal.file("content/news/_index.md", settings.replace("archive: false\n", "")).build_clean();
    assert!(built.has("tin-tuc/2026/01/index.html") && built.has("en/news/a/2026/index.html"));
    assert!(built.out("tin-tuc/index.html").contains("\"/tin-tuc/2026/\""));
}
