//! The state of translations, what readers are told of it, the language switch, and `hreflang`.

use std::collections::{BTreeMap, BTreeSet};

use congso::base::lang::Lang;
use congso::build::load::load_for_reading;
use congso::site::TranslationState;
use congso::site::translation::Told;
use congso::source::disk::DiskWorkspace;

use crate::markup::{Tag, select, tags, with, xml};
use crate::records::linked_page;
use crate::support::{Built, Portal, SETTINGS, congso};

const FILE: &str = "content/news/bai.en.md";

/// An original of a moment and a translation confirmed against it.
fn confirmed(fields: &str, body: &str) -> Portal {
    let portal =
        Portal::new().news("bai.md", fields, body).news("bai.en.md", "", "On 10 October, 63 provinces took part.");
    let run = congso(portal.root(), &["status", "--accept", FILE]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    portal
}

fn state(portal: &Portal) -> TranslationState {
    linked_page(portal, FILE).translation
}

/// Whether the English page tells its readers that it is outdated.
fn told(portal: &Portal) -> bool {
    let html = portal.build_clean().out("en/news/bai/index.html");
    let notices = select(&html, "div").into_iter().filter(|div| div.get("class") == "notice notice-translation");
    let texts: Vec<String> = notices.map(|notice| notice.text).collect();
    assert!(texts.len() <= 1, "{texts:?}");
    let notice = texts.first().map(String::as_str).unwrap_or_default();
    if !notice.is_empty() {
        assert!(notice.starts_with("The original has changed"), "{notice}");
        let original = with(&html, "a", "href", "/tin-tuc/bai/").unwrap();
        assert_eq!((original.get("hreflang"), original.get("lang")), ("vi", "vi"));
    }
    !notice.is_empty()
}

const BODY: &str = "Ngày 10 tháng 10, 63 tỉnh, thành phố tham gia.";

#[test]
fn an_original_and_a_translation_nobody_confirmed() {
    let portal = Portal::new().news("bai.md", "date: 2026-10-01", BODY).news("bai.en.md", "", "Text without figures.");
    assert_eq!(linked_page(&portal, "content/news/bai.md").translation, TranslationState::Original);
    assert_eq!(state(&portal), TranslationState::Unconfirmed);
    assert!(!told(&portal), "readers are told nothing of it");
    let run = congso(portal.root(), &["status", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let entry = status["pages"].as_array().unwrap().iter().find(|page| page["file"] == FILE).unwrap().clone();
    assert_eq!(entry["translation"], "unconfirmed");
}

#[test]
fn confirming_makes_a_translation_current() {
    let portal = confirmed("date: 2026-10-31", BODY);
    assert_eq!(state(&portal), TranslationState::Current);
    assert!(!told(&portal));
    // White space, punctuation and line ends are no change.
    portal.news("bai.md", "date: 2026-10-31", &BODY.replace(", ", " – ").replace(' ', "\r\n")).check_current();
}

impl Portal {
    fn check_current(self) {
        assert_eq!(state(&self), TranslationState::Current);
    }
}

#[test]
fn a_translation_confirmed_after_a_build_is_compared_with_the_kept_original() {
    let portal =
        Portal::new().news("bai.md", "date: 2026-10-31", BODY).news("bai.en.md", "", "Six provinces took part.");
    portal.build_clean();
    // Nobody had asked for the digest of the original until now.
    let portal = portal.news("bai.en.md", "translates: 0123456789ab", "6 provinces took part.");
    let html = portal.build_clean().out("en/news/bai/index.html");
    assert!(html.contains("The original has changed"), "{html}");
}

#[test]
fn figures_that_changed_are_told_at_once() {
    let portal = confirmed("date: 2026-10-31", BODY);
    let portal = portal.news("bai.md", "date: 2026-10-31", &BODY.replace("63", "34"));
    assert_eq!(state(&portal), TranslationState::Outdated(Told::Readers));
    assert!(told(&portal));
}

#[test]
fn words_that_changed_are_told_after_some_days() {
    let portal = confirmed("date: 2026-01-01\nupdated: 2026-10-30T12:00", BODY);
    let mut portal = portal.news("bai.md", "date: 2026-01-01\nupdated: 2026-10-30T12:00", &format!("Đông đủ. {BODY}"));
    assert!(matches!(state(&portal), TranslationState::Outdated(Told::StatusOnly(Some(_)))));
    assert!(!told(&portal));
    portal.options.now = "2026-11-06T04:59:59Z".parse().unwrap();
    assert!(!told(&portal));
    portal.options.now = "2026-11-06T05:00:00Z".parse().unwrap();
    assert_eq!(state(&portal), TranslationState::Outdated(Told::Readers));
    assert!(told(&portal));
    let mut portal = portal.file("site.yaml", format!("{SETTINGS}outdated_after: 30\n"));
    assert!(!told(&portal));
    portal.options.now = "2026-11-29T05:00:00Z".parse().unwrap();
    assert!(told(&portal));
    let run = congso(portal.root(), &["status", "--ui-lang", "en"]);
    assert!(run.stdout.contains(FILE), "{}", run.stdout);
    // Confirmed again, it is current.
    let run = congso(portal.root(), &["status", "--accept", FILE]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    portal.check_current();
}

#[test]
fn the_build_that_begins_to_tell_is_announced() {
    let portal = confirmed("date: 2026-01-01\nupdated: 2026-10-30T12:00", BODY);
    let portal = portal.news("bai.md", "date: 2026-01-01\nupdated: 2026-10-30T12:00", &format!("Đông đủ. {BODY}"));
    let next = portal.build_clean().report().next_change.map(|moment| moment.rfc3339());
    assert_eq!(next.as_deref(), Some("2026-11-06T12:00:00+07:00"));
}

#[test]
fn a_missing_translation_is_told_in_both_languages() {
    let portal = Portal::new()
        .news("chi-vi.md", "date: 2026-10-01", "Nội dung.")
        .news("chi-en.en.md", "date: 2026-10-02", "Text.")
        .news("ca-hai.md", "date: 2026-10-03", "Nội dung.")
        .news("ca-hai.en.md", "", "Text.");
    let built = portal.build_clean();
    let notices = |page: &str| -> Vec<(String, String)> {
        let html = built.out(page);
        let all = tags(&html);
        let start = all.iter().position(|tag| tag.get("class") == "notice notice-translation");
        let paragraphs = start.map_or(&[][..], |at| &all[at + 1..at + 3]);
        paragraphs.iter().map(|p| (p.get("lang").to_owned(), p.text.clone())).collect()
    };
    let told = |lang: &str, text: &str| (lang.to_owned(), text.to_owned());
    assert_eq!(
        notices("tin-tuc/chi-vi/index.html"),
        [told("", "Trang này chưa có bản tiếng Anh."), told("en", "This page is available in Vietnamese only.")]
    );
    assert_eq!(
        notices("en/news/chi-en/index.html"),
        [told("", "This page is not yet available in Vietnamese."), told("vi", "Trang này chỉ có bản tiếng Anh.")]
    );
    assert_eq!(notices("tin-tuc/ca-hai/index.html"), []);
    // Lists of the other language lead there with a badge, the language of the title marked.
    for (list, title, lang, badge, url) in [
        ("en/news/index.html", "Bài chi-vi.md", "vi", "Vietnamese only", "/tin-tuc/chi-vi/"),
        ("tin-tuc/index.html", "Bài chi-en.en.md", "en", "Chỉ có tiếng Anh", "/en/news/chi-en/"),
    ] {
        let html = built.out(list);
        let link = select(&html, "a").into_iter().find(|a| a.text == title).unwrap();
        assert_eq!((link.get("lang"), link.get("hreflang"), link.get("href")), (lang, lang, url), "{list}");
        let badges: Vec<String> = select(&html, "span")
            .into_iter()
            .filter(|s| s.get("class") == "badge badge-language")
            .map(|s| s.text)
            .collect();
        assert_eq!(badges, [badge], "{list}");
    }
}

/// The link of the language switch of a page, and whether it comes with a note.
fn switch(built: &Built, page: &str) -> (String, bool) {
    let html = built.out(page);
    let all = tags(&html);
    let nav = all.iter().position(|tag| tag.get("class") == "languages").unwrap();
    let link: &Tag = all[nav..].iter().find(|tag| tag.name == "a").unwrap();
    let other = if page.starts_with("en/") { "vi" } else { "en" };
    assert_eq!((link.get("lang"), link.get("hreflang")), (other, other), "{page}");
    let noted = all.iter().any(|tag| tag.get("class") == "languages-note");
    (link.get("href").to_owned(), noted)
}

#[test]
fn the_language_switch_keeps_the_page_or_says_that_it_does_not() {
    let mut portal = Portal::new().file("content/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n");
    for number in 0..45 {
        let fields = format!("date: 2026-{:02}-01\ntopics: [data]\ntags: [thẻ riêng]", number % 10 + 1);
        portal = portal.news(&format!("bai-{number}.md"), &fields, "Nội dung.");
        if number < 5 {
            portal = portal.news(&format!("bai-{number}.en.md"), &format!("slug: item-{number}"), "Text.");
        }
    }
    portal.write("site.yaml", format!("{SETTINGS}missing_translation: hide\n"));
    let built = portal.build_clean();
    for (page, url, noted) in [
        ("index.html", "/en/", false),
        ("en/index.html", "/", false),
        ("tin-tuc/bai-0/index.html", "/en/news/item-0/", false),
        ("en/news/item-0/index.html", "/tin-tuc/bai-0/", false),
        ("tin-tuc/bai-9/index.html", "/en/news/#untranslated", true),
        ("gioi-thieu/index.html", "/en/#untranslated", true),
        ("tin-tuc/index.html", "/en/news/", false),
        ("tin-tuc/trang/2/index.html", "/en/news/", false),
        ("tin-tuc/trang/3/index.html", "/en/news/", false),
        ("en/news/index.html", "/tin-tuc/", false),
        ("tin-tuc/2026/index.html", "/en/news/2026/", false),
        ("tin-tuc/2026/trang/3/index.html", "/en/news/2026/", false),
        ("tin-tuc/2026/01/index.html", "/en/news/2026/01/", false),
        ("tin-tuc/2026/09/index.html", "/en/news/#untranslated", true),
        ("chu-de/index.html", "/en/topics/", false),
        ("chu-de/du-lieu-so/trang/3/index.html", "/en/topics/digital-data/", false),
        ("the/the-rieng/index.html", "/en/#untranslated", true),
        ("so-do-trang/index.html", "/en/site-map/", false),
        ("404.html", "/en/", false),
    ] {
        assert_eq!(switch(&built, page), (url.to_owned(), noted), "{page}");
    }
    // Where it leads to the nearest section, that page has the notice.
    for page in ["en/news/index.html", "en/index.html"] {
        let html = built.out(page);
        let notice = with(&html, "aside", "id", "untranslated").unwrap();
        assert!(notice.text.contains("is not available in English"), "{}", notice.text);
    }
}

#[test]
fn a_list_of_more_pages_leads_to_the_last_of_the_shorter_one() {
    let mut portal =
        Portal::new().file("content/news/_index.md", "---\ntitle: Tin\nkind: news\nslug: tin-tuc\npage_size: 2\n---\n");
    for number in 0..7 {
        portal = portal.news(&format!("bai-{number}.md"), &format!("date: 2026-01-0{}", number + 1), "Nội dung.");
    }
    for number in 0..3 {
        portal = portal.news(&format!("bai-{number}.en.md"), "", "Text.");
    }
    portal.write("site.yaml", format!("{SETTINGS}missing_translation: hide\n"));
    let built = portal.build_clean();
    for (page, url) in
        [("trang/2/", "/en/news/page/2/"), ("trang/3/", "/en/news/page/2/"), ("trang/4/", "/en/news/page/2/")]
    {
        assert_eq!(switch(&built, &format!("tin-tuc/{page}index.html")), (url.to_owned(), false));
    }
    assert_eq!(switch(&built, "en/news/page/2/index.html"), ("/tin-tuc/trang/2/".to_owned(), false));
    check_hreflang(&built);
}

/// The alternates of every page, by its own absolute address: the same in head and sitemap, absolute,
/// with `x-default` and itself, and each of them leads back to the same set.
fn check_hreflang(built: &Built) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut heads: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (path, bytes) in built.tree().into_iter().filter(|(path, _)| path.ends_with("index.html")) {
        let html = String::from_utf8(bytes).unwrap();
        let own = format!("https://portal.example/{}", path.strip_suffix("index.html").unwrap());
        let links = select(&html, "link").into_iter().filter(|link| !link.get("hreflang").is_empty());
        let pairs: Vec<(String, String)> =
            links.map(|link| (link.get("hreflang").to_owned(), link.get("href").to_owned())).collect();
        let alternates: BTreeMap<String, String> = pairs.iter().cloned().collect();
        assert_eq!(pairs.len(), alternates.len(), "a language twice in {path}");
        if html.contains("http-equiv=\"refresh\"") {
            assert!(alternates.is_empty(), "{path}");
            continue;
        }
        heads.insert(own, alternates);
    }
    for (own, alternates) in heads.iter().filter(|(_, alternates)| !alternates.is_empty()) {
        let languages: Vec<&str> = alternates.keys().map(String::as_str).collect();
        assert_eq!(languages, ["en", "vi", "x-default"], "{own}");
        assert_eq!(alternates["x-default"], alternates["vi"]);
        let lang = if own.starts_with("https://portal.example/en/") { "en" } else { "vi" };
        assert_eq!(&alternates[lang], own, "a page names itself");
        for url in alternates.values() {
            assert_eq!(heads.get(url), Some(alternates), "{url} does not lead back to {own}");
        }
    }
    let sitemap = xml(&built.out("sitemap.xml"));
    let mut listed = BTreeSet::new();
    for url in sitemap.all("url") {
        let loc = url.one("loc").text.clone();
        let alternates: BTreeMap<String, String> = url
            .all("xhtml:link")
            .inspect(|link| assert_eq!(link.get("rel"), "alternate"))
            .map(|link| (link.get("hreflang").to_owned(), link.get("href").to_owned()))
            .collect();
        assert_eq!(heads.get(&loc), Some(&alternates), "sitemap and head of {loc}");
        assert!(listed.insert(loc));
    }
    let indexable: BTreeSet<String> = heads
        .keys()
        .filter(|own| {
            let path = own.strip_prefix("https://portal.example/").unwrap();
            !built.out(&format!("{path}index.html")).contains("noindex")
        })
        .cloned()
        .collect();
    assert_eq!(listed, indexable);
    heads
}

#[test]
fn alternates_are_true_translations_and_lead_back() {
    for missing in ["link", "hide"] {
        let mut portal = Portal::new().file("site.yaml", format!("{SETTINGS}missing_translation: {missing}\n"));
        for number in 0..25 {
            let fields = format!(
                "date: 2026-0{}-01\ntopics: [data]\ntags: [an toàn, riêng]\naliases: [/cu-{number}]",
                number % 9 + 1
            );
            portal = portal.news(&format!("bai-{number}.md"), &fields, "Nội dung.");
            if number % 5 == 0 {
                portal = portal.news(&format!("bai-{number}.en.md"), "", "Text.");
            }
        }
        let portal = portal
            .news("thu-hoi.md", "date: 2026-01-01\nwithdrawn: {date: 2026-02-01, reason: Sai.}", "Nội dung.")
            .news("thu-hoi.en.md", "", "Text.")
            .news("only.en.md", "date: 2026-05-05\ntopics: [skills]", "Text.")
            .file("content/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n")
            .file("content/gioi-thieu.en.md", "---\ntitle: About\nslug: about\n---\n");
        let heads = check_hreflang(&portal.build_clean());
        let of = |path: &str| heads[&format!("https://portal.example/{path}")].clone();
        let pair = |vi: &str, en: &str| -> BTreeMap<String, String> {
            let url = |path: &str| format!("https://portal.example/{path}");
            [("vi", url(vi)), ("en", url(en)), ("x-default", url(vi))].map(|(lang, url)| (lang.to_owned(), url)).into()
        };
        assert_eq!(of("gioi-thieu/"), pair("gioi-thieu/", "en/about/"));
        assert_eq!(of("tin-tuc/bai-5/"), pair("tin-tuc/bai-5/", "en/news/bai-5/"));
        assert_eq!(of("the/an-toan/"), pair("the/an-toan/", "en/tags/security/"));
        assert_eq!(of(""), pair("", "en/"));
        for alone in ["tin-tuc/bai-1/", "en/news/only/", "the/rieng/", "tin-tuc/thu-hoi/", "en/news/thu-hoi/"] {
            assert!(of(alone).is_empty(), "{alone}");
        }
        let second = of("tin-tuc/trang/2/");
        assert_eq!(second.is_empty(), missing == "hide", "{second:?}");
    }
}

#[test]
fn the_default_language_gives_x_default() {
    let portal = Portal::empty()
        .file("site.yaml", format!("default_language: en\n{}", SETTINGS.replace("menu: [news/_index.md]\n", "")))
        .file("content/news/_index.md", "---\ntitle: News\nkind: news\n---\n")
        .news("item.md", "date: 2026-10-01", "Text.")
        .news("item.vi.md", "slug: bai", "Nội dung.");
    let html = portal.build_clean().out("news/item/index.html");
    let urls =
        ["vi", "en", "x-default"].map(|lang| with(&html, "link", "hreflang", lang).unwrap().get("href").to_owned());
    let item = "https://portal.example/news/item/";
    assert_eq!(urls, ["https://portal.example/vi/news/bai/", item, item]);
}

#[test]
fn every_translation_is_known_to_status() {
    let portal = confirmed("date: 2026-10-31", BODY);
    let workspace = DiskWorkspace::new(portal.root());
    let (linked, _) = load_for_reading(portal.root(), portal.options.now, &workspace);
    let ledger = linked.unwrap().ledger;
    let of = |file: &str| ledger.iter().find(|entry| entry.path.as_str() == file).unwrap();
    assert_eq!((of(FILE).lang, of(FILE).translation), (Lang::En, TranslationState::Current));
    let written = std::fs::read_to_string(portal.root().join(FILE)).unwrap();
    let digest = of("content/news/bai.md").digest.as_ref().unwrap();
    assert!(written.contains(&format!("translates: {digest}\n")), "{written}");
}
