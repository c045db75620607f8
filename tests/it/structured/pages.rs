//! Single pages: each kind with every field it can have, and texts that try to get out of the script.

use serde_json::{Value, json};

use super::Page;
use crate::support::{Portal, SERIES, SETTINGS};

pub const OWNER: &str = "owner:\n  name: {vi: Ban Biên tập, en: The Editors}\n  address: {vi: 1 Phố Huế, en: 1 Pho Hue}\n  responsible: A\n  \
                     phone: 024 1111\n  email: thu@portal.example\n";

pub fn portal() -> Portal {
    Portal::new().file("site.yaml", format!("{SETTINGS}{OWNER}"))
}

#[track_caller]
fn page(portal: Portal, path: &str) -> Page {
    Page::read(portal.build_clean().out(path))
}

/// A reference to a node of the graph.
fn node(id: &str) -> Value {
    json!({ "@id": format!("https://portal.example/{id}") })
}

#[test]
fn news_with_everything() {
    let fields = "description: Một câu.\ndate: 2026-10-01T08:30\nupdated: 2026-10-03\nauthors: [Hà Trần, Ban Biên tập, Tổ tin]\n\
                  source: {name: Báo Quảng Trị, url: https://bao.example/1}\n\
                  image: {src: anh.gif, alt: Ảnh, caption: Chú thích, credit: Minh Hiệp}";
    let portal = portal()
        .news("bai.md", fields, "Một.")
        .file("content/news/anh.gif", "GIF89a")
        .file("content/news/bai.en.md", "---\ntitle: Item\n---\n\nOne.\n");
    let built = portal.build_clean();
    let page = Page::read(built.out("tin-tuc/bai/index.html"));
    assert_eq!(
        *page.node("NewsArticle"),
        json!({
            "@type": "NewsArticle",
            "@id": "https://portal.example/tin-tuc/bai/#article",
            "headline": "Bài bai.md",
            "datePublished": "2026-10-01T08:30:00+07:00",
            "dateModified": "2026-10-03",
            "author": [
                {"@type": "Person", "name": "Hà Trần"},
                node("#organization"),
                {"@type": "Organization", "name": "Tổ tin"},
            ],
            "publisher": node("#organization"),
            "isBasedOn": {
                "@type": "CreativeWork",
                "url": "https://bao.example/1",
                "publisher": {"@type": "Organization", "name": "Báo Quảng Trị"},
            },
            "description": "Một câu.",
            "inLanguage": "vi",
            "image": {
                "@type": "ImageObject",
                "url": "https://portal.example/tin-tuc/anh.gif",
                "caption": "Chú thích",
                "creditText": "Minh Hiệp",
            },
            "mainEntityOfPage": node("tin-tuc/bai/"),
            "workTranslation": {
                "@type": "NewsArticle",
                "@id": "https://portal.example/en/news/bai/#article",
                "inLanguage": "en",
            },
        })
    );
    assert_eq!(
        *page.node("WebPage"),
        json!({
            "@type": "WebPage",
            "@id": "https://portal.example/tin-tuc/bai/",
            "url": "https://portal.example/tin-tuc/bai/",
            "inLanguage": "vi",
            "isPartOf": node("#website"),
            "breadcrumb": node("tin-tuc/bai/#breadcrumb"),
        })
    );
    assert_eq!(
        *page.node("Organization"),
        json!({
            "@type": "Organization",
            "@id": "https://portal.example/#organization",
            "name": "Ban Biên tập",
            "url": "https://portal.example/",
            "address": "1 Phố Huế",
            "telephone": "024 1111",
            "email": "thu@portal.example",
        })
    );
    let english = Page::read(built.out("en/news/bai/index.html"));
    let article = english.node("NewsArticle");
    assert_eq!(article["translationOfWork"]["@id"], "https://portal.example/tin-tuc/bai/#article");
    assert_eq!((article["inLanguage"].as_str(), article.get("workTranslation")), (Some("en"), None));
    assert_eq!(english.node("Organization")["name"], "The Editors");
    assert_eq!(
        *english.node("WebSite"),
        json!({
            "@type": "WebSite",
            "@id": "https://portal.example/en/#website",
            "url": "https://portal.example/en/",
            "name": "Test portal",
            "inLanguage": "en",
            "publisher": node("#organization"),
        })
    );
}

#[test]
fn news_with_nothing_says_no_more() {
    let page = page(portal().news("bai.md", "date: 2026-10-01", "Một."), "tin-tuc/bai/index.html");
    let article = page.node("NewsArticle").as_object().unwrap();
    let fields: Vec<&str> = article.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        ["@type", "@id", "headline", "datePublished", "publisher", "inLanguage", "mainEntityOfPage"],
        "a page in one language is no translation"
    );
}

#[test]
fn documents_that_news_cite_are_named_once() {
    let document = "---\ntitle: Chương trình\nnumber: 749/QĐ-TTg\ntype: decision\nissued: 2020-06-03\nagency: prime-minister\n---\n\nNội dung.\n";
    let text = "Theo Quyết định số 749/QĐ-TTg ngày 03/6/2020. Cũng theo Quyết định số 749/QĐ-TTg.";
    let portal = portal().file("content/decisions/749.md", document).news("bai.md", "date: 2026-10-01", text);
    let said = page(portal, "tin-tuc/bai/index.html").node("NewsArticle")["citation"].clone();
    let address = "https://portal.example/van-ban/2020/749/";
    let cited = json!({
        "@type": "Legislation", "@id": format!("{address}#legislation"), "name": "Chương trình", "url": address,
    });
    assert_eq!(said, json!([cited]));
}

#[test]
fn a_document_and_how_it_stands_to_others() {
    let document = |number: &str, fields: &str| {
        format!(
            "---\ntitle: Về {number}\nnumber: {number}\ntype: decision\nissued: 2020-06-03\nagency: government\n{fields}---\n\nNội dung.\n"
        )
    };
    let fields = "date: 2020-07-01\nupdated: 2020-07-02\neffective: 2020-06-10\nofficial_url: https://luat.example/749\n\
                  status_checked: {date: 2026-09-01}\nreplaces: [1/QĐ-TTg]\namends: [2/QĐ-TTg]\nimplements: [52-NQ/TW]\n\
                  attachments: [{file: toan-van.pdf, title: Toàn văn}]\n";
    let portal = portal()
        .file("content/decisions/749.md", document("749/QĐ-TTg", fields))
        .file("content/decisions/toan-van.pdf", "%PDF-1.4")
        .file("content/decisions/cu.md", document("1/QĐ-TTg", ""));
    let built = portal.build_clean();
    let page = Page::read(built.out("van-ban/2020/749/index.html"));
    assert_eq!(
        *page.node("Legislation"),
        json!({
            "@type": "Legislation",
            "@id": "https://portal.example/van-ban/2020/749/#legislation",
            "name": "Về 749/QĐ-TTg",
            "legislationIdentifier": "749/QĐ-TTg",
            "legislationType": "Quyết định",
            "legislationDate": "2020-06-03",
            "legislationDateVersion": "2026-09-01",
            "legislationJurisdiction": "VN",
            "legislationLegalForce": "https://schema.org/InForce",
            "legislationLegalValue": "https://schema.org/UnofficialLegalValue",
            "legislationRepeals": [{
                "@type": "Legislation",
                "@id": "https://portal.example/van-ban/2020/cu/#legislation",
                "legislationIdentifier": "1/QĐ-TTg",
                "name": "Về 1/QĐ-TTg",
                "url": "https://portal.example/van-ban/2020/cu/",
            }],
            "legislationChanges": [{"@type": "Legislation", "legislationIdentifier": "2/QĐ-TTg"}],
            "legislationApplies": [{"@type": "Legislation", "legislationIdentifier": "52-NQ/TW"}],
            "encoding": [{
                "@type": "MediaObject",
                "contentUrl": "https://portal.example/van-ban/toan-van.pdf",
                "encodingFormat": "application/pdf",
                "name": "Toàn văn",
            }],
            "sameAs": "https://luat.example/749",
            "inLanguage": "vi",
            "mainEntityOfPage": node("van-ban/2020/749/"),
        })
    );
    // The portal's own dates are the page's.
    let shown = page.node("WebPage");
    assert_eq!((&shown["datePublished"], &shown["dateModified"]), (&json!("2020-07-01"), &json!("2020-07-02")));
    let replaced = Page::read(built.out("van-ban/2020/cu/index.html"));
    assert_eq!(replaced.node("Legislation")["legislationLegalForce"], "https://schema.org/NotInForce");
}

/// What is said of an event with some fields.
#[track_caller]
fn event(fields: &str) -> Value {
    let used = if fields.contains("series:") { SERIES } else { "" };
    let portal = portal().file("site.yaml", format!("{SETTINGS}{OWNER}{used}"));
    let text = format!("---\ntitle: Lễ\n{fields}---\n\nNội dung.\n");
    let page = page(portal.file("content/events/le.md", text), "su-kien/2026/le/index.html");
    page.node("Event").clone()
}

#[test]
fn an_event_with_everything() {
    let said = event(
        "start: 2026-12-10T08:00\nend: 2026-12-10T11:30\nformer_start: 2026-11-10T08:00\nstatus: rescheduled\n\
         organiser: Bộ Khoa học và Công nghệ\nseries: the-day\n\
         place: {name: Hội trường, address: 1 Phố Huế, province: Hà Nội, url: https://hop.example/1}\n",
    );
    assert_eq!(
        said,
        json!({
            "@type": "Event",
            "@id": "https://portal.example/su-kien/2026/le/#event",
            "name": "Lễ",
            "startDate": "2026-12-10T08:00:00+07:00",
            "endDate": "2026-12-10T11:30:00+07:00",
            "eventStatus": "https://schema.org/EventRescheduled",
            "previousStartDate": "2026-11-10T08:00:00+07:00",
            "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
            "location": [
                {
                    "@type": "Place",
                    "name": "Hội trường",
                    "address": {"@type": "PostalAddress", "streetAddress": "1 Phố Huế", "addressRegion": "Hà Nội"},
                },
                {"@type": "VirtualLocation", "url": "https://hop.example/1"},
            ],
            "organizer": {"@type": "Organization", "name": "Bộ Khoa học và Công nghệ"},
            "superEvent": {"@id": "https://portal.example/#series-the-day"},
            "inLanguage": "vi",
            "mainEntityOfPage": node("su-kien/2026/le/"),
        })
    );
}

#[test]
fn days_of_an_event_are_days() {
    let said = event("start: 2026-12-10\nend: 2026-12-12\nall_day: true\n");
    assert_eq!((&said["startDate"], &said["endDate"]), (&json!("2026-12-10"), &json!("2026-12-12")));
    assert_eq!((said.get("eventAttendanceMode"), said.get("location")), (None, None));
}

#[test]
fn an_event_that_moved_to_the_net_is_in_no_hall() {
    let said =
        event("start: 2026-12-10\nstatus: moved-online\nplace: {name: Hội trường, url: https://hop.example/1}\n");
    assert_eq!(said["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode");
    assert_eq!(said["location"], json!([{"@type": "VirtualLocation", "url": "https://hop.example/1"}]));
}

#[test]
fn no_text_ends_the_script() {
    let hostile = "</script><script>alert(1)</script><!-- \u{2028}& \"x\" \\";
    let yaml = serde_json::to_string(hostile).unwrap();
    let portal = Portal::new()
        .file("site.yaml", SETTINGS.replace("Cổng thử", "Cổng </script><!--"))
        .file("content/news/bai.md", format!("---\ntitle: {yaml}\ndate: 2026-10-01\nauthors: [{yaml}]\n---\n\nMột.\n"));
    let page = page(portal, "tin-tuc/bai/index.html");
    let article = page.node("NewsArticle");
    let said = article["headline"].as_str().unwrap();
    assert!(said.starts_with("</script><script>alert(1)</script><!--"), "{said:?}");
    assert_eq!(page.first("h1").text, said.split_whitespace().collect::<Vec<_>>().join(" "));
    assert!(
        page.tags
            .iter()
            .filter(|tag| tag.name == "script")
            .all(|tag| !tag.text.contains("alert(1)") || tag.get("type") == "application/ld+json")
    );
    assert_eq!(page.node("WebSite")["name"], "Cổng </script><!--");
}

#[test]
fn pages_that_are_nothing_have_the_portal_only() {
    let portal = portal().news("bai.md", "date: 2026-10-01\nwithdrawn: {date: 2026-10-20, reason: Sai.}", "Một.");
    let built = portal.build_clean();
    for path in ["tin-tuc/bai/index.html", "404.html", "en/404.html"] {
        let page = Page::read(built.out(path));
        assert!(!page.has("WebPage") && !page.has("NewsArticle") && page.has("WebSite"), "{path}: {:#?}", page.graph);
    }
    assert!(!built.out("tin-tuc/bai/index.html").contains("Bài bai.md"), "nothing of what was taken back");
}

#[test]
fn lists_and_the_home_page() {
    let portal = portal().file("content/_index.md", "---\ntitle: Trang chủ\ndescription: Một câu.\n---\n").news(
        "bai.md",
        "date: 2026-10-01",
        "Một.",
    );
    let built = portal.build_clean();
    let home = Page::read(built.out("index.html"));
    let shown = home.node("WebPage");
    assert_eq!((&shown["name"], &shown["description"]), (&json!("Cổng thử"), &json!("Một câu.")));
    assert!(!home.has("BreadcrumbList"));
    let list = Page::read(built.out("tin-tuc/index.html"));
    assert_eq!(list.node("CollectionPage")["name"], "Mục news");
    assert_eq!(list.node("BreadcrumbList")["itemListElement"].as_array().unwrap().len(), 1);
}

/// A body of government is one only where the settings say so.
#[test]
fn the_owner_is_an_authority_where_the_settings_say_so() {
    let settings = format!("{SETTINGS}{OWNER}  kind: government\n");
    let page = page(portal().file("site.yaml", settings), "index.html");
    assert_eq!(page.node("GovernmentOrganization")["name"], "Ban Biên tập");
    assert!(!page.has("Organization"));
}

/// The parts of a sub-folder's portal are named with the folder.
#[test]
fn a_portal_in_a_folder() {
    let settings = SETTINGS.replace("https://portal.example/", "https://portal.example/ngay/");
    let page = page(
        Portal::new().file("site.yaml", settings).news("bai.md", "date: 2026-10-01", "Một."),
        "tin-tuc/bai/index.html",
    );
    let steps = &page.node("BreadcrumbList")["itemListElement"];
    assert_eq!(steps[1]["item"], "https://portal.example/ngay/tin-tuc/");
    assert_eq!(page.node("WebSite")["@id"], "https://portal.example/ngay/#website");
}
