//! What a translation inherits, field by field, by the table of fields.

use std::collections::BTreeSet;
use std::sync::Arc;

use congso::base::lang::Lang;
use congso::content::fields::{FIELDS, Inheritance, SchemaKind};
use congso::diag::Severity;
use congso::site::meta::{Localized, Meta, Tag};

use crate::markup::tags;
use crate::records::{DECISION, EVENT, NEWS, page_meta, portal};
use crate::support::{Built, Portal, SERIES, SETTINGS};

/// A neutral field: its name, the kind it belongs to, what a translation of the page in `records`
/// states differently, and what it may state because it means the same.
type Neutral = (&'static str, SchemaKind, &'static str, &'static str);

const NEUTRAL: &[Neutral] = &[
    ("id", SchemaKind::News, "id: khac", "id: dinh-danh"),
    ("date", SchemaKind::News, "date: 2026-10-02", "date: 1/10/2026 08:00"),
    ("date", SchemaKind::News, "date: 2026-10-01", "date: 2026-10-01T01:00Z"),
    ("topics", SchemaKind::News, "topics: [skills]", "topics: [Digital data]"),
    ("topics", SchemaKind::News, "topics: [data, skills]", "topics: data"),
    ("image.src", SchemaKind::News, "image:\n  src: b.svg", "image:\n  src: anh.png"),
    ("source.url", SchemaKind::News, "source:\n  url: https://b.example/", "source:\n  url: https://a.example/x"),
    ("number", SchemaKind::Decision, "number: 750/QĐ-TTg", "number: 749/QĐ-TTg"),
    ("type", SchemaKind::Decision, "type: resolution", "type: decision"),
    ("issued", SchemaKind::Decision, "issued: 2020-06-04", "issued: 3/6/2020"),
    ("effective", SchemaKind::Decision, "effective: 2020-06-05", "effective: 04/06/2020"),
    ("effective_until", SchemaKind::Decision, "effective_until: 2031-01-01", "effective_until: 31/12/2030"),
    ("agency", SchemaKind::Decision, "agency: government", "agency: Prime Minister"),
    ("province", SchemaKind::Decision, "province: hue", "province: Ha Noi"),
    ("partly", SchemaKind::Decision, "partly: false", "partly: true"),
    (
        "status_checked",
        SchemaKind::Decision,
        "status_checked: {date: 2026-10-02, url: https://a.example/}",
        "status_checked: {date: 1/10/2026, url: https://a.example/}",
    ),
    ("replaces", SchemaKind::Decision, "replaces: [2/QĐ-TTg]", "replaces: [1/QĐ-TTg]"),
    ("amends", SchemaKind::Decision, "amends: []", "amends: 3/QĐ-TTg"),
    ("basis", SchemaKind::Decision, "basis: [5/QĐ-TTg]", "basis: 4/QĐ-TTg"),
    ("implements", SchemaKind::Decision, "implements: [53-NQ/TW]", "implements: [52-NQ/TW]"),
    ("official_url", SchemaKind::Decision, "official_url: https://b.example/", "official_url: https://a.example/o"),
    (
        "attachments.pages",
        SchemaKind::Decision,
        "attachments:\n  - file: a.pdf\n    pages: 5",
        "attachments:\n  - file: a.pdf\n    pages: 4",
    ),
    (
        "attachments.scanned",
        SchemaKind::Decision,
        "attachments:\n  - file: a.pdf\n    scanned: false",
        "attachments:\n  - file: a.pdf\n    scanned: true",
    ),
    (
        "targets.unit",
        SchemaKind::Decision,
        "targets:\n  - id: mot\n    unit: điểm",
        "targets:\n  - id: mot\n    unit: \"%\"",
    ),
    (
        "targets.YYYY",
        SchemaKind::Decision,
        "targets:\n  - id: mot\n    \"2030\": 90",
        "targets:\n  - id: mot\n    \"2030\": \">= 100\"",
    ),
    (
        "targets.measured",
        SchemaKind::Decision,
        "targets:\n  - id: mot\n    measured: [{value: 17, as_of: 2024-07-20, source: Hội nghị}]",
        "targets:\n  - id: mot\n    measured: [{value: 17, as_of: 2024-07-19, source: Hội nghị}]",
    ),
    ("start", SchemaKind::Event, "start: 2026-12-05T09:00", "start: 05/12/2026 08:00"),
    ("end", SchemaKind::Event, "end: 2026-12-07", "end: 6/12/2026"),
    ("all_day", SchemaKind::Event, "all_day: true", "all_day: false"),
    ("status", SchemaKind::Event, "status: cancelled", "status: rescheduled"),
    ("former_start", SchemaKind::Event, "former_start: 2026-12-02", "former_start: 1/12/2026"),
    ("place.province", SchemaKind::Event, "place:\n  province: Huế", "place:\n  province: Ha Noi"),
    ("place.url", SchemaKind::Event, "place:\n  url: https://b.example/", "place:\n  url: https://a.example/p"),
    ("attendance", SchemaKind::Event, "attendance: online", "attendance: hybrid"),
    ("theme.kind", SchemaKind::Event, "theme:\n  - text: x\n    kind: campaign", "theme:\n  - text: x\n    kind: year"),
    (
        "theme.verified",
        SchemaKind::Event,
        "theme:\n  - text: x\n    verified: false",
        "theme:\n  - text: x\n    verified: true",
    ),
    ("series", SchemaKind::Event, "series: other", "series: The Day"),
    ("kind", SchemaKind::Section, "kind: page", "kind: news"),
    ("sort", SchemaKind::Section, "sort: order", "sort: title"),
    ("page_size", SchemaKind::Section, "page_size: 6", "page_size: 5"),
    ("feed", SchemaKind::Section, "feed: true", "feed: false"),
    ("archive", SchemaKind::Section, "archive: true", "archive: false"),
    ("layout", SchemaKind::Section, "layout: archive.html", "layout: section.html"),
    (
        "withdrawn.date",
        SchemaKind::Page,
        "withdrawn: {date: 2026-10-02, reason: x}",
        "withdrawn: {date: 1/10/2026, reason: x}",
    ),
];

/// Where the English file of a kind stands.
fn english(kind: SchemaKind) -> &'static str {
    match kind {
        SchemaKind::News => "content/news/bai.en.md",
        SchemaKind::Decision => "content/decisions/vb.en.md",
        SchemaKind::Event => "content/events/le.en.md",
        SchemaKind::Page => "content/cu.en.md",
        SchemaKind::Section => "content/bao/_index.en.md",
    }
}

/// What reading the portal with an English file gives.
fn with_english(kind: SchemaKind, fields: &str) -> Built {
    let portal = portal().file(english(kind), format!("---\ntitle: English\n{fields}\n---\n"));
    portal.read()
}

#[test]
fn the_table_of_this_test_is_complete() {
    let tested: BTreeSet<&str> = NEUTRAL.iter().map(|(name, ..)| *name).collect();
    let parts = ["status_checked", "targets.measured"];
    for field in FIELDS.iter().filter(|field| field.inheritance == Inheritance::Neutral) {
        let whole = parts.iter().any(|part| field.name.starts_with(&format!("{part}.")));
        let key_of_a_list = ["corrections.date", "targets.id", "theme.id"].contains(&field.name);
        assert!(tested.contains(field.name) || whole || key_of_a_list, "{}", field.name);
    }
    for (name, ..) in NEUTRAL {
        assert_eq!(congso::content::fields::inheritance(name), Some(Inheritance::Neutral), "{name}");
    }
}

#[test]
fn a_neutral_field_stated_differently_is_an_error_at_its_place() {
    for (name, kind, different, _) in NEUTRAL {
        let built = with_english(*kind, different);
        assert_eq!(built.codes(Severity::Warning), ["inherited-field"], "{different}: {}", built.messages(Lang::En));
        // The last line of what is stated is the place: behind `---` and the title.
        let line = 2 + different.lines().count();
        let shown = built.messages(Lang::En);
        assert!(shown.contains(&format!("{}:{line}:", english(*kind))), "{name}, line {line}: {shown}");
        assert!(shown.contains(&format!("(`{name}`)")), "{name}: {shown}");
    }
}

#[test]
fn the_same_value_may_be_stated() {
    for (_, kind, _, same) in NEUTRAL {
        let built = with_english(*kind, same);
        assert_eq!(built.codes(Severity::Warning), Vec::<String>::new(), "{same}: {}", built.messages(Lang::En));
    }
}

#[test]
fn a_neutral_field_the_original_lacks_is_an_error_too() {
    let portal = Portal::new().news("bai.md", "date: 2026-10-01", "Nội dung.").news(
        "bai.en.md",
        "topics: [data]\nwithdrawn:\n  date: 2026-10-01\nid: moi",
        "Text.",
    );
    let built = portal.build();
    assert_eq!(built.codes(Severity::Warning), ["inherited-field"; 3], "{}", built.messages(Lang::En));
    let shown = built.messages(Lang::En);
    for line in [3, 5, 6] {
        assert!(shown.contains(&format!("content/news/bai.en.md:{line}:")), "{line}: {shown}");
    }
}

#[test]
fn entries_of_lists_must_match() {
    for (kind, fields, line) in [
        (SchemaKind::Decision, "attachments:\n  - file: a.pdf\n    title: A\n  - file: b.pdf", 6),
        (SchemaKind::Decision, "targets:\n  - id: mot\n    label: One\n  - id: ba\n    label: Three", 6),
        (SchemaKind::Event, "theme:\n  - text: One\n  - id: hai\n    text: Two", 5),
        (SchemaKind::News, "corrections:\n  - date: 2026-10-04\n    text: Other", 4),
    ] {
        let built = with_english(kind, fields);
        assert_eq!(built.codes(Severity::Warning), ["unmatched-list-entry"], "{fields}");
        let shown = built.messages(Lang::En);
        assert!(shown.contains(&format!("{}:{line}:", english(kind))), "{line}: {shown}");
    }
}

fn vi(text: &str) -> Option<Localized> {
    Some(Localized { text: text.to_owned(), lang: Lang::Vi })
}

fn en(text: &str) -> Option<Localized> {
    Some(Localized { text: text.to_owned(), lang: Lang::En })
}

/// All text fields of the three kinds.
fn texts(news: &Meta, decision: &Meta, event: &Meta) -> Vec<Option<Localized>> {
    let image = news.image.as_ref().unwrap();
    let document = decision.decision.as_ref().unwrap();
    let happening = event.event.as_ref().unwrap();
    let place = happening.place.as_ref().unwrap();
    vec![
        image.alt.clone(),
        image.caption.clone(),
        image.credit.clone(),
        news.source.as_ref().unwrap().name.clone(),
        Some(news.corrections[0].text.clone()),
        document.signer.clone(),
        document.attachments[0].title.clone(),
        Some(document.targets[0].label.clone()),
        document.targets[0].source.clone(),
        happening.organiser.clone(),
        happening.themes[0].source.clone(),
        happening.theme().cloned(),
        place.name.clone(),
        place.address.clone(),
    ]
}

const WORDS: [&str; 14] = [
    "chữ thay",
    "chú thích",
    "người chụp",
    "tên báo",
    "đính chính",
    "người ký",
    "tên tệp",
    "tên chỉ tiêu",
    "nguồn chỉ tiêu",
    "đơn vị",
    "nguồn chủ đề",
    "chủ đề",
    "tên nơi",
    "địa chỉ nơi",
];

#[test]
fn texts_fall_back_to_the_original_in_its_language() {
    let portal = portal();
    for kind in [SchemaKind::News, SchemaKind::Decision, SchemaKind::Event] {
        portal.write(english(kind), "---\ntitle: English\n---\n\nText.\n");
    }
    let [news, decision, event] =
        [SchemaKind::News, SchemaKind::Decision, SchemaKind::Event].map(|kind| page_meta(&portal, english(kind)));
    assert_eq!(texts(&news, &decision, &event), WORDS.map(vi));
    // Where the reader sees one, it is marked as Vietnamese.
    let built = portal.build_clean();
    let pages = ["en/news/bai/", "en/decisions/2020/vb/", "en/events/2026/le/"];
    let pages = pages.map(|page| built.out(&format!("{page}index.html")));
    for word in WORDS {
        let shown: Vec<_> = pages.iter().flat_map(|html| tags(html)).filter(|tag| tag.text.contains(word)).collect();
        let marked = shown.iter().any(|tag| tag.get("lang") == "vi");
        let alternative = pages.iter().flat_map(|html| tags(html)).any(|tag| tag.get("alt") == word);
        assert!(marked || (alternative && word == "chữ thay"), "`{word}` is not marked as Vietnamese");
    }
}

#[test]
fn texts_may_be_stated() {
    let portal = portal()
        .file(
            english(SchemaKind::News),
            "---\ntitle: English\nimage: {alt: w0, caption: w1, credit: w2}\nsource: {name: w3}\ncorrections:\n  - {date: 3/10/2026, text: w4}\n---\n",
        )
        .file(
            english(SchemaKind::Decision),
            "---\ntitle: English\nsigner: w5\nattachments: [{file: a.pdf, title: w6}]\ntargets: [{id: mot, label: w7, source: w8}]\n---\n",
        )
        .file(
            english(SchemaKind::Event),
            "---\ntitle: English\norganiser: w9\ntheme: [{text: w11, source: w10}]\nplace: {name: w12, address: w13}\n---\n",
        );
    portal.build_clean();
    let [news, decision, event] =
        [SchemaKind::News, SchemaKind::Decision, SchemaKind::Event].map(|kind| page_meta(&portal, english(kind)));
    let words: Vec<_> = (0..14).map(|number| en(&format!("w{number}"))).collect();
    assert_eq!(texts(&news, &decision, &event), words);
    // What is inherited beside them.
    let document = decision.decision.unwrap();
    assert_eq!((document.number.as_str(), document.attachments[0].scanned), ("749/QĐ-TTg", true));
    assert_eq!(document.targets[0].years.keys().copied().collect::<Vec<_>>(), [2025, 2030]);
    assert_eq!(document.targets[1].label, vi("chỉ tiêu hai").unwrap());
}

#[test]
fn a_place_only_the_translation_states_is_shown() {
    let portal = Portal::new()
        .file("content/events/le.md", "---\ntitle: Lễ\nstart: 2026-12-05\n---\n")
        .file("content/events/le.en.md", "---\ntitle: Ceremony\nplace:\n  name: Government House\n---\n");
    portal.build_clean();
    let place = page_meta(&portal, "content/events/le.en.md").event.unwrap().place.unwrap();
    assert_eq!(place.name, en("Government House"));
}

#[test]
fn own_fields_are_never_inherited() {
    let portal = portal();
    portal.write(english(SchemaKind::News), "---\ntitle: English\n---\n\nText.\n");
    let original = page_meta(&portal, "content/news/bai.md");
    let meta = page_meta(&portal, english(SchemaKind::News));
    assert_eq!((meta.title.as_str(), meta.description, meta.updated), ("English", None, None));
    assert!(meta.aliases.is_empty() && meta.extra.is_empty());
    assert_eq!((original.aliases.len(), original.extra.len(), original.updated.is_some()), (1, 1, true));
    let names = |meta: &[Arc<Tag>]| meta.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&original.tags), ["an toàn", "thẻ tự do"]);
    assert_eq!(names(&meta.tags), ["security"], "declared tags are inherited, free ones are not");
    let built = portal.build_clean();
    assert!(built.has("tin-tuc/duong-rieng/index.html") && built.has("en/news/bai/index.html"));
    // `draft` and `publish` of the original hold the translation, but are not taken over as its own.
    portal.write(english(SchemaKind::News), "---\ntitle: English\ndraft: true\n---\n");
    let built = portal.build_clean();
    assert!(built.has("tin-tuc/duong-rieng/index.html") && !built.has("en/news/bai/index.html"));
    // A title is demanded of every file.
    portal.write(english(SchemaKind::News), "---\ndescription: No title\n---\n");
    let built = portal.build();
    assert_eq!(built.codes(Severity::Warning), ["field-missing"]);
    assert!(built.messages(Lang::En).contains("content/news/bai.en.md"), "{}", built.messages(Lang::En));
}

#[test]
fn defaults_are_inherited_unless_stated() {
    let portal = portal();
    let original = page_meta(&portal, "content/news/bai.md");
    portal.write(english(SchemaKind::News), "---\ntitle: English\n---\n");
    let meta = page_meta(&portal, english(SchemaKind::News));
    assert_eq!(meta.authors, ["Minh Phương"]);
    assert_eq!(meta.featured_until, original.featured_until);
    let stated = "authors: [Someone]\nfeatured: {until: 2026-12-31}\ntags: [free tag]\nunpublish: 2026-10-31";
    portal.write(english(SchemaKind::News), format!("---\ntitle: English\n{stated}\n---\n"));
    let built = portal.build_clean();
    assert!(!built.has("en/news/bai/index.html"), "its own `unpublish` is over");
    portal.write(
        english(SchemaKind::News),
        format!("---\ntitle: English\n{}\n---\n", stated.replace("2026-10-31", "2027-01-01")),
    );
    let meta = page_meta(&portal, english(SchemaKind::News));
    assert_eq!(meta.authors, ["Someone"]);
    assert_eq!(meta.featured_until.unwrap().rfc3339(), "2026-12-31T23:59:59+07:00");
    assert_eq!(meta.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["free tag"]);
    // The original's `unpublish` takes the translation along.
    portal.write("content/news/bai.md", NEWS.replace("---\ntitle", "---\nunpublish: 2026-10-31\ntitle"));
    let built = portal.build_clean();
    assert!(!built.has("en/news/bai/index.html") && !built.has("tin-tuc/duong-rieng/index.html"));
}

#[test]
fn a_page_only_in_english_states_all_itself() {
    let settings = format!("{SETTINGS}{SERIES}provinces:\n  ha-noi: {{vi: Hà Nội, en: Ha Noi}}\n");
    let portal = Portal::new().file("site.yaml", settings).file("content/decisions/vb.en.md", DECISION);
    let portal = portal.file("content/decisions/a.pdf", "tệp");
    let portal = portal.file("content/events/le.en.md", EVENT).news("only.en.md", "topics: [data]", "Text.");
    let built = portal.build();
    assert_eq!(built.codes(Severity::Warning), ["field-missing"]);
    let shown = built.messages(Lang::En);
    assert!(shown.contains("(`date`)") && shown.contains("content/news/only.en.md"), "{shown}");
    portal
        .write("content/news/only.en.md", "---\ntitle: Only English\ndate: 2026-10-01\ntopics: [data]\n---\n\nText.\n");
    let built = portal.build_clean();
    for page in ["en/news/only/", "en/decisions/2020/vb/", "en/events/2026/le/"] {
        assert!(built.has(&format!("{page}index.html")), "{page}");
    }
    assert!(!built.has("tin-tuc/only/index.html"));
    let meta = page_meta(&portal, "content/decisions/vb.en.md");
    assert_eq!(meta.decision.unwrap().signer, en("người ký"));
}

#[test]
fn the_default_language_may_be_named() {
    let portal = Portal::new()
        .news("bai.vi.md", "date: 2026-10-01", "Nội dung.")
        .news("bai.en.md", "date: 2026-10-01", "Text.")
        .news("khac.vi.md", "date: 2026-10-01", "[liên kết](bai.md) và [liên kết](bai.vi.md)");
    let built = portal.build_clean();
    assert!(built.has("tin-tuc/bai/index.html") && built.has("en/news/bai/index.html"));
    assert_eq!(built.out("tin-tuc/khac/index.html").matches("<a href=\"/tin-tuc/bai/\">liên kết</a>").count(), 2);
    portal.write("content/news/bai.md", "---\ntitle: A\ndate: 2026-10-01\n---\n");
    let built = portal.build();
    assert_eq!(built.codes(Severity::Warning), ["double-source"]);
    let shown = built.messages(Lang::Vi);
    assert!(shown.contains("content/news/bai.md") && shown.contains("content/news/bai.vi.md"), "{shown}");
}
