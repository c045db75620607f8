//! Edits one by one: after each, the preview equals a clean build; and small ones cost little.

use congso::serve::http::{Action, Answer, Portal as _, Shown as Asked};
use congso::site::publication::{Preview, Shown};

use super::{Live, all, base};

fn news(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-10-01\n---\n\n{body}\n")
}

fn started(more: &[(&str, &str)]) -> Live {
    Live::start(base(more), all(Shown::Hidden))
}

/// How many pages were linked for the last change.
fn linked(live: &Live) -> u64 {
    live.state("index.html")["last"]["rendered"].as_u64().unwrap()
}

#[test]
fn an_edit_of_text_or_title_links_one_page_whatever_the_number_of_pages() {
    let pages: Vec<(String, String)> =
        (0..30).map(|number| (format!("content/news/p{number}.md"), news("P", "Chữ."))).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut live = started(&pages);
    let whole = linked(&live);
    assert!(whole > 30);
    for (text, wanted) in [
        (news("P", "Khác."), 1),
        (news("Tên khác", "Khác."), 1),
        ("---\ntitle: Tên\ndescription: Mô tả\ndate: 2026-10-01\n---\n\n## Mục\n".to_owned(), 1),
        // Which list it stands in, and where.
        ("---\ntitle: Tên\ndate: 2026-10-02\n---\n\n## Mục\n".to_owned(), whole),
        ("---\ntitle: Tên\ndate: 2026-10-02\n---\n\n[kia](p3.md)\n".to_owned(), whole),
        ("---\ntitle: Tên\ndate: 2026-10-02\n---\n\nMột [lại kia](p3.md) và [nữa](p3.md)\n".to_owned(), 1),
        ("---\ntitle: Tên\ndate: 2026-10-02\n---\n\nKhông.\n".to_owned(), whole),
    ] {
        live.edit("content/news/p7.md", Some(&text));
        assert_eq!(linked(&live), wanted, "{text}");
        live.equals_the_build();
    }
    live.edit("content/news/_index.md", Some("---\ntitle: Tin\nkind: news\nslug: tin-tuc\nsort: title\n---\n"));
    live.edit("content/news/p7.md", Some(&news("A trước hết", "Khác.")));
    assert_eq!(linked(&live), whole, "its place in the list may be another");
    live.equals_the_build();
}

#[test]
fn what_a_page_is_called_is_seen_wherever_it_is_named() {
    let mut settings = String::from_utf8(base(&[])["site.yaml"].clone()).unwrap();
    settings = settings.replace("menu: [news/_index.md]", "menu: [news/_index.md, about.md]\nfooter: [about.md]");
    let linking = news("A", "[về](../about.md)");
    let mut live = started(&[("site.yaml", &settings), ("content/news/a.md", &linking)]);
    for title in ["Một", "Hai"] {
        live.edit("content/about.md", Some(&format!("---\ntitle: {title}\n---\n\nX\n")));
        assert!(live.text("tin-tuc/a/index.html").contains(&format!(">{title}</a>")));
        live.equals_the_build();
    }
}

#[test]
fn a_text_that_cites_the_same_documents_links_one_page() {
    let document = |number: &str, issued: &str| {
        let kind = "type: decision\nagency: prime-minister\n";
        format!("---\ntitle: Văn bản {number}\nnumber: {number}\nissued: {issued}\n{kind}---\n\nChữ.\n")
    };
    let mut live = started(&[
        ("content/decisions/749.md", &document("749/QĐ-TTg", "2020-06-03")),
        ("content/decisions/942.md", &document("942/QĐ-TTg", "2021-06-15")),
        ("content/news/a.md", &news("A", "Theo 749/QĐ-TTg.")),
    ]);
    let whole = linked(&live);
    for (text, wanted) in [
        ("## Một\n\nKhác, theo 749/QĐ-TTg và 749/QĐ-TTg.\n\n## Hai\n\n749/QĐ-TTg", 1),
        ("Theo **749/QĐ-TTg**. Hết.", 1),
        // Another document, another date, other words around, a link of the writer's own, none.
        ("Theo 749/QĐ-TTg và 942/QĐ-TTg.", whole),
        ("Theo 942/QĐ-TTg, rồi 749/QĐ-TTg.", 1),
        ("Theo 942/QĐ-TTg ngày 15/6/2021, rồi 749/QĐ-TTg.", whole),
        ("Theo 942/QĐ-TTg ngày 15/6/2021, thay thế 749/QĐ-TTg.", whole),
        ("Theo 942/QĐ-TTg.", whole),
        ("Theo \\942/QĐ-TTg.", whole),
        ("Theo \\942/QĐ-TTg, khác.", 1),
    ] {
        live.edit("content/news/a.md", Some(&news("A", text)));
        assert_eq!(linked(&live), wanted, "{text}");
        live.equals_the_build();
    }
    live.edit("content/news/a.md", Some(&news("Theo 749/QĐ-TTg", "Chữ.")));
    assert_eq!(linked(&live), whole, "a title cites, too");
    live.edit("content/decisions/749.md", Some(&document("749/QĐ-TTg", "2020-06-03").replace("Văn bản", "Tên mới")));
    assert_eq!(linked(&live), 1, "the name of a document stands in links to it, and they find out by themselves");
    live.equals_the_build();
}

#[test]
fn a_citation_in_a_link_that_leads_to_another_document_of_its_number_links_everything() {
    let document = |issued: &str| {
        let kind = "type: resolution\nagency: prime-minister\n";
        format!("---\ntitle: Văn bản {issued}\nnumber: 50/NQ-CP\nissued: {issued}\n{kind}---\n\nChữ.\n")
    };
    let text = |cited: &str, other: &str| news("A", &format!("[50/NQ-CP]({cited}) và [kia]({other})"));
    let (a, b) = ("../decisions/a.md", "../decisions/b.md");
    let mut live = started(&[
        ("content/decisions/a.md", &document("2020-04-17")),
        ("content/decisions/b.md", &document("2021-05-20")),
        ("content/news/a.md", &text(a, b)),
    ]);
    let whole = linked(&live);
    live.edit("content/news/a.md", Some(&text(b, a)));
    assert_eq!(linked(&live), whole, "the other document is cited now");
    live.equals_the_build();
    live.edit("content/news/a.md", Some(&text(b, a).replace("và", "hay")));
    assert_eq!(linked(&live), 1);
    live.equals_the_build();
}

#[test]
fn a_picture_that_is_replaced_is_served_and_told() {
    let (page, picture) = ("content/news/a/index.md", "content/news/a/hinh.gif");
    let mut live = started(&[(page, &news("A", "![Ảnh](hinh.gif)")), (picture, "GIF89a\u{8}\0\u{8}\0 một")]);
    let out = "tin-tuc/a/hinh.gif";
    let told = |live: &Live| live.state("tin-tuc/a/index.html")["page"]["files"].clone();
    let (before, version) = (told(&live), live.state("tin-tuc/a/index.html")["page"]["version"].clone());
    assert!(before["/tin-tuc/a/hinh.gif"].is_string(), "{before}");
    live.edit(picture, Some("GIF89a\u{8}\0\u{8}\0 hai"));
    assert_eq!(live.text(out), "GIF89a\u{8}\0\u{8}\0 hai");
    assert_ne!(told(&live), before);
    assert_eq!(live.state("tin-tuc/a/index.html")["page"]["version"], version);
    live.equals_the_build();
    live.edit(picture, None);
    assert!(live.is_missing(out));
    assert_eq!(live.errors("tin-tuc/a/index.html"), [format!("broken-file {page}:6")]);
    live.edit(picture, Some("GIF89a ba"));
    live.equals_the_build();
}

#[test]
fn each_of_many_edits_ends_as_a_clean_build() {
    let a = news("A", "Chữ.");
    let mut live = started(&[("content/news/a.md", &a), ("content/news/b.md", &news("B", "[a](a.md)"))]);
    let settings = String::from_utf8(live.files()["site.yaml"].clone()).unwrap();
    let other_url = settings.replace("portal.example/", "khac.example/x/");
    let edits: &[(&str, Option<&str>)] = &[
        ("content/news/a.en.md", Some("---\ntitle: A\n---\n\nEnglish.\n")),
        ("content/news/a.en.md", Some("---\ntitle: Other\n---\n\nEnglish again.\n")),
        ("content/news/a.en.md", None),
        ("content/news/c/index.md", Some(&a)),
        ("content/news/c/index.en.md", Some("---\ntitle: C\n---\n\nEnglish.\n")),
        ("content/news/c/index.en.md", None),
        ("content/news/c/index.md", None),
        ("content/news/C.md", Some(&a)),
        ("content/news/sau/_index.md", Some("---\ntitle: Sâu\nkind: news\n---\n")),
        ("content/news/sau/d.md", Some(&a)),
        ("content/news/sau/_index.md", None),
        ("static/moi/tep.txt", Some("Tệp.")),
        ("static/moi/tep.txt", Some("Khác.")),
        ("static/moi/tep.txt", None),
        ("themes/plain/static/chu.txt", Some("Chữ.")),
        ("themes/plain/templates/home.html", Some("{{ page.title }}")),
        ("site.yaml", Some(&other_url)),
        ("site.yaml", Some(&settings)),
        ("content/news/a.md", Some("---\ntitle: A\ndate: 2026-10-01\naliases: [/cu, /cu/x.html]\n---\n\nChữ.\n")),
        ("content/news/a.md", Some("---\ntitle: A\ndate: 2026-10-01\nupdated: 2026-10-31\n---\n\nChữ.\n")),
        ("content/news/a.md", Some("---\ntitle: A\ndate: 2026-10-01\ntopics: [data]\ntags: [mới]\n---\n\nChữ.\n")),
        ("content/news/_index.md", Some("---\ntitle: Tin khác\nkind: news\nslug: tin-khac\n---\n\nLời đầu.\n")),
        ("content/news/_index.md", Some("---\ntitle: Tin khác\nkind: news\nslug: tin-khac\n---\n\nLời khác.\n")),
    ];
    for (path, text) in edits {
        live.edit(path, *text);
        live.equals_the_build();
    }
}

#[test]
fn a_folder_that_is_moved_out_and_in_again_goes_and_comes() {
    use congso::base::path::RelPath;
    use congso::serve::watch::Change;
    let mut live =
        started(&[("content/news/sau/a.md", &news("A", "Chữ.")), ("content/news/sau/b/index.md", &news("B", "B"))]);
    live.equals_the_build();
    let (place, aside) = (live.root().join("content/news/sau"), live.root().join("aside"));
    for (from, to) in [(&place, &aside), (&aside, &place)] {
        std::fs::rename(from, to).unwrap();
        live.engine.changed(Change::Paths([RelPath::new("content/news/sau").unwrap()].into()));
        live.engine.settled();
        live.equals_the_build();
        assert_eq!(live.is_missing("tin-tuc/a/index.html"), to == &aside);
    }
}

#[test]
fn a_folder_that_has_the_name_of_a_page_beside_it_goes_alone() {
    use congso::base::path::RelPath;
    use congso::serve::watch::Change;
    let mut live = started(&[("content/news/a.md", &news("A", "Chữ.")), ("content/news/a/b.md", &news("B", "B"))]);
    live.equals_the_build();
    std::fs::remove_dir_all(live.root().join("content/news/a")).unwrap();
    live.engine.changed(Change::Paths([RelPath::new("content/news/a").unwrap()].into()));
    live.engine.settled();
    live.equals_the_build();
    assert!(live.is_missing("tin-tuc/b/index.html") && !live.is_missing("tin-tuc/a/index.html"));
}

#[test]
fn drafts_and_scheduled_pages_are_shown_and_hidden_by_choice() {
    let draft = "---\ntitle: Nháp\ndate: 2026-10-01\ndraft: true\n---\n\nChữ.\n";
    let mut live =
        started(&[("content/news/n.md", draft), ("content/news/h.md", &news("Hẹn", "X").replace("10-01", "12-01"))]);
    let both = [Asked::Yes, Asked::No];
    for (drafts, future) in both.into_iter().flat_map(|drafts| both.map(|future| (drafts, future))) {
        live.engine.act(Action::Choose { drafts, future }).unwrap();
        live.engine.settled();
        let shown = |asked| if asked == Asked::Yes { Shown::Shown } else { Shown::Hidden };
        live.shows(Preview { drafts: shown(drafts), future: shown(future) });
        live.equals_the_build();
        assert_eq!(live.is_missing("tin-tuc/n/index.html"), drafts == Asked::No);
        assert_eq!(live.is_missing("tin-tuc/h/index.html"), future == Asked::No);
        let state = live.state("index.html");
        assert_eq!(state["options"]["drafts"], drafts == Asked::Yes);
        assert_eq!(state["options"]["future"], future == Asked::Yes);
    }
}

#[test]
fn a_page_comes_goes_and_is_said_to_end_at_its_minute() {
    let page =
        "---\ntitle: Hẹn\ndate: 2026-10-01\npublish: 2026-11-02T08:00\nunpublish: 2026-11-03T09:00\n---\n\nChữ.\n";
    let mut live = started(&[("content/news/h.md", page)]);
    let out = "tin-tuc/h/index.html";
    for (now, is_missing) in [
        ("2026-11-02T00:59:59Z", true),
        ("2026-11-02T01:00:00Z", false),
        ("2026-11-03T01:59:59Z", false),
        ("2026-11-03T02:00:00Z", true),
    ] {
        live.at(now.parse().unwrap());
        live.engine.settled();
        assert_eq!(live.is_missing(out), is_missing, "{now}");
        live.equals_the_build();
    }
}

#[test]
fn a_page_that_comes_by_itself_needs_nobody_to_ask() {
    let mut live = started(&[(
        "content/news/h.md",
        "---\ntitle: Hẹn\ndate: 2026-10-01\npublish: 2026-11-01T12:01\n---\n\nChữ.\n",
    )]);
    // The clock stands a moment before that minute until the preview has seen it there; then it goes on.
    live.at("2026-11-01T05:00:59.9Z".parse().unwrap());
    live.edit("content/about.md", Some("---\ntitle: Về\n---\n\nKhác.\n"));
    assert!(live.is_missing("tin-tuc/h/index.html"));
    live.at("2026-11-01T05:01:00Z".parse().unwrap());
    let ticks = live.engine.ticks();
    let long = std::time::Instant::now();
    while live.is_missing("tin-tuc/h/index.html") {
        assert!(long.elapsed().as_secs() < 60, "it does not come");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    // The tick comes with it or right after.
    while !ticks.has_changed().unwrap() {
        assert!(long.elapsed().as_secs() < 60, "nobody is told");
        std::thread::yield_now();
    }
    live.equals_the_build();
}

#[test]
fn a_page_without_a_sound_version_says_so_and_not_something_older() {
    let mut live = started(&[("content/news/a.md", "---\ntitle: A\ndate: 2026-10-01\nkhong_co: 1\n---\n\nX\n")]);
    assert!(live.is_missing("tin-tuc/a/index.html"));
    assert!(matches!(live.answer("khong-co.txt"), Answer::Page(_)));
    live.edit("content/news/a.md", None);
    live.equals_the_build();
}
