//! Feeds, sitemaps, metadata and lists of a whole portal, and every link of every page.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, Weak};

use jiff::Timestamp;

use crate::markup::{Element, select, with, xml};
use crate::sound;
use crate::support::{Built, Portal, SETTINGS};

/// Two sections of news, one below the other, and documents; enough for several pages of each list.
fn portal() -> Portal {
    let owner = "owner:\n  name: {vi: Ban <b>Biên tập</b>, en: The \"Editors\"}\n  responsible: A\n  address: B\n  phone: 024 1\n  email: a@b.example\n";
    let mut portal = Portal::new()
        .file("site.yaml", format!("{SETTINGS}{owner}"))
        .file("content/news/dia-phuong/_index.md", "---\ntitle: Địa phương & nơi khác\n---\n\nLời đầu.\n");
    for number in 0..45 {
        let folder = if number % 3 == 0 { "news/dia-phuong" } else { "news" };
        let fields = format!("date: 2026-{:02}-{:02}T08:00\ntopics: [data]\n", number % 9 + 1, number % 28 + 1);
        let text =
            format!("---\ntitle: Tin {number} & <i>\ndescription: Mô tả \"{number}\" < 5\n{fields}---\n\nNội dung.\n");
        portal = portal.file(&format!("content/{folder}/b{number}.md"), text);
        if number % 2 == 0 {
            portal =
                portal.file(&format!("content/{folder}/b{number}.en.md"), "---\ntitle: Item\n---\n\nBody &lt;x&gt;.\n");
        }
    }
    portal.file("content/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n").file(
        "content/decisions/1.md",
        "---\ntitle: Văn bản\nnumber: 1/QĐ-TTg\ntype: decision\nissued: 2020-06-03\nagency: government\n---\n\nNội dung.\n",
    )
}

/// The same built, shared by the tests that look at it at one time.
fn built() -> Arc<Built> {
    static SHARED: Mutex<Weak<Built>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap();
    shared.upgrade().unwrap_or_else(|| {
        let built = Arc::new(portal().build_clean());
        *shared = Arc::downgrade(&built);
        built
    })
}

/// What RFC 4287 demands of a feed, and what this portal promises of it.
fn check_feed(built: &Built, path: &str, lang: &str) -> Vec<Element> {
    let feed = xml(&built.out(path));
    assert_eq!((feed.name.as_str(), feed.get("xmlns")), ("feed", "http://www.w3.org/2005/Atom"), "{path}");
    assert_eq!(feed.get("xml:lang"), lang);
    let is_id = |id: &str| id.starts_with("tag:portal.example,2026:") && !id.contains(char::is_whitespace);
    assert!(is_id(&feed.one("id").text), "{path}: {}", feed.one("id").text);
    assert!(!feed.one("title").text.is_empty() && !feed.one("author").one("name").text.is_empty());
    let link = |element: &Element, rel: &str| {
        let mut found =
            element.all("link").filter(|link| link.get("rel") == rel).map(|link| link.get("href").to_owned());
        let first = found.next();
        assert!(found.next().is_none(), "{path}: {rel} twice");
        first.unwrap_or_else(|| panic!("{path}: no link {rel}"))
    };
    assert_eq!(link(&feed, "self"), format!("https://portal.example/{path}"));
    assert_eq!(link(&feed, "alternate"), format!("https://portal.example/{}", path.strip_suffix("atom.xml").unwrap()));
    let moment = |element: &Element| -> Timestamp {
        let text = &element.one("updated").text;
        assert!(text.len() == 25 && text.ends_with("+07:00"), "{path}: {text}");
        text.parse().unwrap()
    };
    let entries: Vec<Element> = feed.all("entry").cloned().collect();
    let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.one("id").text.as_str()).collect();
    assert_eq!(ids.len(), entries.len(), "{path}: an identity twice");
    assert!(ids.iter().all(|id| is_id(id)), "{path}: {ids:?}");
    let times: Vec<Timestamp> = entries.iter().map(moment).collect();
    if let Some(newest) = times.iter().max() {
        assert_eq!(moment(&feed), *newest, "{path}");
    }
    for entry in &entries {
        assert!(!entry.one("title").text.is_empty() && !entry.one("summary").text.is_empty());
        assert!(entry.one("published").text.parse::<Timestamp>().is_ok());
        let url = link(entry, "alternate");
        let page = url.strip_prefix("https://portal.example/").unwrap();
        let html = built.out(&format!("{page}index.html"));
        assert_eq!(select(&html, "html")[0].get("lang"), lang, "{url}");
        assert_eq!(with(&html, "link", "rel", "canonical").unwrap().get("href"), url);
    }
    let published: Vec<Timestamp> = entries.iter().map(|entry| entry.one("published").text.parse().unwrap()).collect();
    assert!(published.is_sorted_by(|a, b| a >= b), "{path}: not newest first");
    entries
}

#[test]
fn feeds_are_sound() {
    let built = built();
    let feeds: Vec<String> = built.tree().into_keys().filter(|path| path.ends_with("atom.xml")).collect();
    let expected = [
        "atom.xml",
        "en/atom.xml",
        "en/news/atom.xml",
        "en/news/dia-phuong/atom.xml",
        "tin-tuc/atom.xml",
        "tin-tuc/dia-phuong/atom.xml",
        "van-ban/atom.xml",
    ];
    assert_eq!(feeds, expected, "none where a language has nothing of its own");
    let count = |path: &str| check_feed(&built, path, if path.starts_with("en/") { "en" } else { "vi" }).len();
    assert_eq!(expected.map(count), [20, 20, 20, 8, 20, 15, 1]);
    let entry = &check_feed(&built, "tin-tuc/dia-phuong/atom.xml", "vi")[0];
    assert!(entry.one("title").text.ends_with(" & <i>"), "{}", entry.one("title").text);
    assert!(entry.one("summary").text.starts_with("Mô tả \"") && entry.one("summary").text.ends_with("\" < 5"));
    let category = entry.one("category");
    assert_eq!((category.get("term"), category.get("label")), ("data", "Dữ liệu số"));
    let feed = xml(&built.out("tin-tuc/dia-phuong/atom.xml"));
    assert_eq!(feed.one("title").text, "Địa phương & nơi khác – Cổng thử");
    assert_eq!(feed.one("author").one("name").text, "Ban <b>Biên tập</b>");
    // The pages of a feed name it.
    let html = built.out("tin-tuc/index.html");
    let named: Vec<String> = select(&html, "link")
        .into_iter()
        .filter(|link| link.get("type") == "application/atom+xml")
        .map(|link| link.get("href").to_owned())
        .collect();
    assert_eq!(named, ["/atom.xml", "/tin-tuc/atom.xml"]);
}

#[test]
fn feeds_of_unusual_sections() {
    let portal = Portal::new()
        .file("content/_index.md", "---\ntitle: Trang chủ\nfeed: true\n---\n")
        .file("content/khong-ngay.md", "---\ntitle: Không ngày\n---\n\nNội dung.\n")
        .file("content/co-ngay.md", "---\ntitle: Có ngày\ndate: 2026-05-05\n---\n\nNội dung.\n")
        .file("content/news/_index.md", "---\ntitle: Tin\nkind: news\nslug: tin-tuc\n---\n")
        .file("content/news/a/_index.md", "---\ntitle: A\nfeed: false\n---\n")
        .file("content/news/a/b/_index.md", "---\ntitle: B\nfeed: true\n---\n")
        .file("content/news/a/b/tin.md", "---\ntitle: Tin\ndate: 2026-01-01\n---\n\nNội dung.\n")
        .file("content/events/sap-toi.md", "---\ntitle: Sắp tới\nstart: 2026-12-01\n---\n\nNội dung.\n")
        .file("content/events/da-qua.md", "---\ntitle: Đã qua\nstart: 2026-10-01\n---\n\nNội dung.\n");
    let built = portal.build_clean();
    let titles = |path: &str| -> Vec<String> {
        check_feed(&built, path, "vi").iter().map(|entry| entry.one("title").text.clone()).collect()
    };
    assert_eq!(titles("atom.xml"), ["Đã qua", "Có ngày", "Tin"], "each once, with a date that is not to come");
    assert_eq!(titles("tin-tuc/atom.xml"), ["Tin"]);
    assert_eq!(titles("tin-tuc/a/b/atom.xml"), ["Tin"]);
    assert_eq!(titles("su-kien/atom.xml"), ["Đã qua"]);
    assert!(!built.has("tin-tuc/a/atom.xml"));
}

#[test]
fn lists_show_every_member_once() {
    let built = built();
    let pages = |list: &str, word: &str| -> Vec<Vec<String>> {
        let path = |number: usize| match number {
            1 => format!("{list}index.html"),
            number => format!("{list}{word}/{number}/index.html"),
        };
        let pages = (1..).map(path).take_while(|path| built.has(path));
        pages
            .map(|path| {
                let rows = select(&built.out(&path), "a").into_iter().map(|a| a.get("href").to_owned());
                let is_item = |href: &String| {
                    href.split('/').rev().nth(1).is_some_and(|slug| slug.starts_with('b') && slug.len() <= 3)
                };
                rows.filter(is_item).collect()
            })
            .collect()
    };
    for (list, word, sizes) in [
        ("tin-tuc/", "trang", &[20, 20, 5][..]),
        ("tin-tuc/dia-phuong/", "trang", &[15]),
        ("en/news/", "page", &[20, 20, 5]),
        ("chu-de/du-lieu-so/", "trang", &[20, 20, 5]),
        ("tin-tuc/2026/", "trang", &[20, 20, 5]),
        ("tin-tuc/2026/01/", "trang", &[5]),
    ] {
        let pages = pages(list, word);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), sizes, "{list}");
        let all: Vec<&String> = pages.iter().flatten().collect();
        let distinct: BTreeSet<&&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len(), "{list} shows a page twice");
    }
    let months: usize = (1..=12).map(|month| pages(&format!("tin-tuc/2026/{month:02}/"), "trang").concat().len()).sum();
    assert_eq!(months, 45);
    // The pager leads through, the titles tell the pages apart.
    let second = built.out("tin-tuc/trang/2/index.html");
    let pager = |rel: &str| with(&second, "a", "rel", rel).unwrap().get("href").to_owned();
    assert_eq!((pager("prev"), pager("next")), ("/tin-tuc/".to_owned(), "/tin-tuc/trang/3/".to_owned()));
    assert!(with(&built.out("tin-tuc/index.html"), "a", "rel", "prev").is_none());
    assert!(with(&built.out("tin-tuc/trang/3/index.html"), "a", "rel", "next").is_none());
    assert_ne!(select(&second, "title")[0].text, select(&built.out("tin-tuc/index.html"), "title")[0].text);
}

#[test]
fn the_site_map_for_people_names_every_page() {
    let built = built();
    for (map, lang) in [("so-do-trang/index.html", "vi"), ("en/site-map/index.html", "en")] {
        let html = built.out(map);
        let hrefs: BTreeSet<String> = select(&html, "a").into_iter().map(|a| a.get("href").to_owned()).collect();
        for number in 0..45 {
            let folder = if number % 3 == 0 { "dia-phuong/" } else { "" };
            let own = if lang == "en" && number % 2 == 0 { "/en/news/" } else { "/tin-tuc/" };
            let url = format!("{own}{folder}b{number}/");
            assert!(hrefs.contains(&url), "{url} is not in {map}");
        }
        assert!(hrefs.contains("/gioi-thieu/") && hrefs.contains("/van-ban/2020/1/"));
    }
}

#[test]
fn robots_and_headers() {
    let built = built();
    assert_eq!(built.out("robots.txt"), "User-agent: *\nAllow: /\n\nSitemap: https://portal.example/sitemap.xml\n");
    let headers = built.out("_headers");
    let mut rules: Vec<(String, Vec<String>)> = Vec::new();
    for line in headers.lines() {
        match line.strip_prefix("  ") {
            Some(header) => rules.last_mut().unwrap().1.push(header.to_owned()),
            None => rules.push((line.to_owned(), Vec::new())),
        }
    }
    let all: Vec<&str> = rules[0].1.iter().map(|header| header.split(':').next().unwrap()).collect();
    assert_eq!(rules[0].0, "/*");
    let security = [
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Permissions-Policy",
    ];
    assert_eq!(all, security);
    assert!(rules[0].1[0].contains("default-src 'self'") && !rules[0].1[0].contains("unsafe"));
    // Every address falls under exactly one rule for caching.
    for (path, _) in
        built.tree().into_iter().filter(|(path, _)| path.ends_with("index.html") || path.starts_with("assets/"))
    {
        let url = format!("/{}", path.strip_suffix("index.html").unwrap_or(&path));
        let holds = |rule: &str| rule.strip_suffix('*').map_or(rule == url, |start| url.starts_with(start));
        let found: Vec<&String> = rules
            .iter()
            .filter(|(rule, _)| holds(rule))
            .flat_map(|(_, headers)| headers.iter().filter(|header| header.starts_with("Cache-Control")))
            .collect();
        let expected = match path.starts_with("assets/") {
            true => "Cache-Control: public, max-age=31536000, immutable",
            false => "Cache-Control: no-cache",
        };
        assert_eq!(found, [expected], "{url}");
    }
}

/// What a page says of itself for search engines and archives.
#[test]
fn metadata_of_pages() {
    let portal = Portal::new()
        .file("site.yaml", format!("{SETTINGS}owner:\n  {{name: {{vi: Ban Biên tập, en: Editors}}, responsible: A, address: B, phone: 024 1, email: a@b.example}}\n"))
        .file("content/news/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .news(
            "bai.md",
            "description: Mô tả \"ngắn\" & <gọn>\ndate: 2026-10-01T08:30\nupdated: 2026-10-02\ntopics: [data, skills]\n\
             tags: [an toàn]\nauthors: [Minh Phương, An]\nsource: {name: Báo A}\nimage: {src: a.svg, alt: Ảnh}",
            "Nội dung.",
        )
        .news("bai.en.md", "", "Text.");
    let built = portal.build_clean();
    let html = built.out("tin-tuc/bai/index.html");
    let metas = select(&html, "meta");
    let of = |name: &str| -> Vec<&str> {
        let found = metas.iter().filter(|meta| meta.get("name") == name || meta.get("property") == name);
        found.map(|meta| meta.get("content")).collect()
    };
    let url = "https://portal.example/tin-tuc/bai/";
    for (name, value) in [
        ("description", "Mô tả \"ngắn\" & <gọn>"),
        ("og:site_name", "Cổng thử"),
        ("og:type", "article"),
        ("og:title", "Bài bai.md"),
        ("og:description", "Mô tả \"ngắn\" & <gọn>"),
        ("og:url", url),
        ("og:locale", "vi_VN"),
        ("og:locale:alternate", "en_GB"),
        ("og:image", "https://portal.example/tin-tuc/a.svg"),
        ("og:image:alt", "Ảnh"),
        ("article:published_time", "2026-10-01T08:30:00+07:00"),
        ("article:modified_time", "2026-10-02T00:00:00+07:00"),
        ("article:section", "Mục news"),
        ("article:tag", "an toàn"),
        ("DC.title", "Bài bai.md"),
        ("DC.creator", "Minh Phương; An"),
        ("DC.subject", "Dữ liệu số; Kỹ năng số"),
        ("DC.description", "Mô tả \"ngắn\" & <gọn>"),
        ("DC.publisher", "Ban Biên tập"),
        ("DC.date", "2026-10-01"),
        ("DC.identifier", url),
        ("DC.source", "Báo A"),
        ("DC.language", "vi"),
    ] {
        assert_eq!(of(name), [value], "{name}");
    }
    assert_eq!(with(&html, "link", "rel", "canonical").unwrap().get("href"), url);
    assert_eq!(select(&html, "title")[0].text, "Bài bai.md – Cổng thử");
    let html = built.out("en/news/bai/index.html");
    assert_eq!(with(&html, "meta", "property", "og:locale").unwrap().get("content"), "en_GB");
    assert_eq!(with(&html, "meta", "name", "DC.publisher").unwrap().get("content"), "Editors");
    let home = built.out("index.html");
    assert_eq!(with(&home, "meta", "property", "og:type").unwrap().get("content"), "website");
    assert_eq!(with(&home, "meta", "name", "DC.identifier").unwrap().get("content"), "https://portal.example/");
}

#[test]
fn pages_for_what_is_not_found() {
    let built = built();
    for (path, words) in
        [("404.html", &["Không tìm thấy trang", "Page not found"][..]), ("en/404.html", &["Page not found"])]
    {
        let html = built.out(path);
        for word in words {
            assert!(html.contains(word), "{word} in {path}");
        }
        assert_eq!(with(&html, "meta", "name", "robots").unwrap().get("content"), "noindex");
        assert!(with(&html, "link", "rel", "canonical").is_none());
        // The host answers with it at any address.
        let scripts = select(&html, "script").into_iter().filter(|tag| tag.get("type") != "application/ld+json");
        for tag in select(&html, "a").into_iter().chain(select(&html, "link")).chain(scripts) {
            let target = [tag.get("href"), tag.get("src")].concat();
            assert!(
                ["/", "#", "https://", "mailto:", "tel:"].iter().any(|start| target.starts_with(start)),
                "{target}"
            );
        }
    }
    assert!(!built.out("sitemap.xml").contains("404"));
}

#[test]
fn every_page_is_sound_and_every_link_leads_somewhere() {
    let body = "## Untranslated\n\n## CS menu\n\n### Mục\n\n[^1] [lên](#muc) [tới](b1.md#untranslated-khac) [mục](_index.md) [khác](../decisions/1.md)\n\n\
        [^1]: Ghi chú.\n\n:::callout type=\"warning\"\nChú ý\n:::\n\n| A | B |\n|:-:|--:|\n| 1 | 2 |\n\n- [x] xong\n\n> [!NOTE]\n> Lời\n\n\
        ```rust\nfn main() {}\n```\n\n:::events when=\"all\"\n:::\n\n:::video url=\"https://video.example/1\" title=\"Phim\"\n:::\n";
    let portal = portal()
        .news(
            "dai.md",
            "date: 2026-02-02\ntags: [an toàn, riêng]\naliases: [/cu-ky]",
            &body.replace("#untranslated-khac", ""),
        )
        .file(
            "content/events/le.md",
            "---\ntitle: Lễ\nstart: 2026-12-05T08:00\nend: 2026-12-06T10:00\ntheme: Chủ đề\n---\n",
        )
        .news("thu-hoi.md", "date: 2026-01-01\nwithdrawn: {date: 2026-02-01, reason: Sai.}", "## Mục\n\nNội dung.")
        .news("toi.md", "date: 2026-01-02", "[rút](thu-hoi.md#muc) [nháp](nhap.md#x)")
        .news("nhap.md", "date: 2026-01-01\ndraft: true", "Nháp.");
    sound::check(&portal.build_clean(), "https://portal.example");
}

/// The smallest portal there can be.
#[test]
fn an_empty_portal_is_sound() {
    let portal = Portal::empty().file(
        "site.yaml",
        "base_url: https://portal.example/\nlanguages:\n  vi: {title: Cổng}\n  en: {title: Portal}\n",
    );
    sound::check(&portal.build_clean(), "https://portal.example");
}

/// The repository's own content.
#[test]
fn the_real_portal_is_sound() {
    let built = crate::fixtures::real().build_clean();
    assert!(built.report().pages.vi > 40 && built.report().pages.en > 30, "{:?}", built.report().pages);
    sound::check(&built, "https://ngay-chuyen-doi-so.example");
    for feed in built.tree().into_iter().filter(|(path, _)| path.ends_with(".xml")) {
        xml(&String::from_utf8(feed.1).unwrap());
    }
}
