//! Nothing withheld leaks: pages with a mark in every field, text and file, and no mark in the output.

use std::collections::BTreeSet;

use congso::base::lang::Lang;
use congso::base::path::RelPath;
use congso::content::fields::{self, SchemaKind};
use congso::content::front_matter;
use congso::site::publication::{Preview, Shown};

use crate::markup::select;
use crate::planted::{KINDS, MARK, State, dated, marks, name, planted};
use crate::support::{Built, Portal};

/// Where a mark stands in the output, with what is around it; paths count too.
fn leaks(built: &Built, allowed: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let tree = built.tree();
    assert!(tree.contains_key("index.html"), "nothing was built: {}", built.messages(Lang::En));
    for (path, bytes) in tree {
        let text = format!("{path}\n{}", String::from_utf8_lossy(&bytes)).to_lowercase();
        let text = allowed.iter().fold(text, |text, word| text.replace(word, "…"));
        for (at, _) in text.match_indices(MARK) {
            let around: String = text[at..].chars().take(40).collect();
            found.push(format!("{path}: {}", around.split(['"', '<', '\n']).next().unwrap()));
        }
        found.extend(dated().into_iter().filter(|word| text.contains(word)).map(|word| format!("{path}: {word}")));
    }
    found
}

/// The published page whose links lead to what is withheld.
fn check_links(built: &Built, linked: bool) {
    let html = built.out("tin-tuc/cong-khai/index.html");
    for kind in KINDS {
        let text = format!("lời dẫn tới {}", name(kind));
        assert!(html.contains(&text), "{text} is gone");
        assert_eq!(select(&html, "a").iter().any(|a| a.text == text), linked, "{text}");
    }
    let menu: Vec<String> = select(&html, "nav").into_iter().map(|nav| nav.text).collect();
    assert!(menu.iter().any(|text| text.contains("Mục news")), "{menu:?}");
}

fn check(state: State) {
    let portal = planted(state);
    let built = portal.build();
    built.report();
    assert_eq!(leaks(&built, &[]), Vec::<String>::new(), "{state:?}");
    check_links(&built, false);
}

#[test]
fn every_field_of_every_kind_is_planted() {
    for kind in KINDS {
        for (lang, state) in [(Lang::Vi, State::Published), (Lang::En, State::Published)] {
            let text = crate::planted::front(kind, lang, state);
            let (matter, problems) = front_matter::read(&RelPath::new("content/a.md").unwrap(), &text, 0);
            assert!(problems.is_empty(), "{text}");
            let inherited =
                |field: &fields::Field| lang == Lang::En && field.inheritance == fields::Inheritance::Neutral;
            let expected: BTreeSet<&str> = fields::children("")
                .filter(|field| field.kinds.contains(&SchemaKind::from(kind)) && !inherited(field))
                .map(|field| field.name)
                .filter(|name| !["draft", "publish", "unpublish", "withdrawn"].contains(name))
                .filter(|name| lang == Lang::En || *name != "translates")
                .collect();
            let missing: Vec<&&str> = expected.iter().filter(|name| !matter.stated.contains(name)).collect();
            assert!(missing.is_empty(), "{} in {lang}: {missing:?}", name(kind));
            for parent in fields::children("").filter(|field| expected.contains(field.name)) {
                for child in fields::children(parent.name).filter(|child| !inherited(child)) {
                    let key = if child.key() == "YYYY" { "\"2025\"" } else { child.key() };
                    assert!(text.contains(&format!("{key}:")), "{} in {lang}", child.name);
                }
            }
        }
    }
}

/// The control: were a page published, its marks would be seen.
#[test]
fn published_pages_show_what_is_planted() {
    let portal = planted(State::Published);
    let built = portal.build_clean();
    let all: String = built
        .tree()
        .iter()
        .map(|(path, bytes)| format!("{path}\n{}", String::from_utf8_lossy(bytes)).to_lowercase())
        .collect();
    let unseen: Vec<String> = marks().into_iter().filter(|mark| !all.contains(mark)).collect();
    // What no page of the default theme shows: free fields, the digest of a translation, the ids of
    // pages outside feeds and of targets, and what only news show.
    let hidden =
        ["extra", "translates", "targetid", "pageid", "eventid", "decisionauthor", "eventauthor", "pageauthor"];
    let unexpected: Vec<&String> =
        unseen.iter().filter(|mark| !hidden.iter().any(|part| mark.contains(part))).collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
    check_links(&built, true);
}

#[test]
fn drafts() {
    check(State::Draft);
}

#[test]
fn pages_scheduled_by_date() {
    check(State::Date);
}

#[test]
fn pages_scheduled_by_publish() {
    check(State::Publish);
}

#[test]
fn pages_whose_time_is_over() {
    check(State::Unpublished);
}

#[test]
fn pages_of_a_draft_section() {
    check(State::Section);
}

#[test]
fn pages_left_out() {
    let mut portal = planted(State::Published);
    portal.options.without =
        KINDS.map(|kind| RelPath::new(&crate::planted::file(kind, State::Published)).unwrap()).into();
    let built = portal.build();
    assert_eq!(leaks(&built, &[]), Vec::<String>::new());
    check_links(&built, false);
    let mut missing = built.report().left_out.clone();
    missing.sort();
    let mut expected: Vec<String> = Vec::new();
    for kind in KINDS {
        let file = crate::planted::file(kind, State::Published);
        expected.extend([file.replace(".md", ".en.md"), file]);
    }
    expected.sort();
    assert_eq!(missing, expected);
}

/// Of a page taken back only its address and the stated reason remain.
#[test]
fn withdrawn_pages() {
    let portal = planted(State::Withdrawn);
    let built = portal.build();
    built.report();
    let mut allowed = vec!["/1914/".to_owned()];
    for kind in KINDS {
        for lang in Lang::ALL {
            allowed.extend(["slug", "reason"].map(|field| crate::planted::word(kind, lang, field)));
        }
    }
    assert_eq!(leaks(&built, &allowed), Vec::<String>::new());
    for (lang, path) in [(Lang::Vi, "tin-tuc"), (Lang::En, "en/news")] {
        let slug = crate::planted::word(KINDS[0], lang, "slug");
        let html = built.out(&format!("{path}/{slug}/index.html"));
        assert!(html.contains(&crate::planted::word(KINDS[0], lang, "reason")), "{html}");
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{html}");
        // Its address stands nowhere but on itself, its translation, and the page that links to it.
        let naming: Vec<String> = built
            .tree()
            .into_iter()
            .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&slug))
            .map(|(path, _)| path)
            .collect();
        let own = Lang::ALL.map(|lang| {
            let folder = if lang == Lang::Vi { "tin-tuc" } else { "en/news" };
            format!("{folder}/{}/index.html", crate::planted::word(KINDS[0], lang, "slug"))
        });
        let mut expected: Vec<String> = own.into();
        // `_headers` names top folders, so that the page at the root is in it; this is news.
        if lang == Lang::Vi {
            expected.push("tin-tuc/cong-khai/index.html".to_owned());
        }
        expected.sort();
        assert_eq!(naming, expected, "{slug}");
    }
    // The link leads to the notice, but not to a heading of the text that is gone.
    let html = built.out("tin-tuc/cong-khai/index.html");
    let link = select(&html, "a").into_iter().find(|a| a.text == "lời dẫn tới news").unwrap();
    assert_eq!(link.get("href"), format!("/tin-tuc/{}/", crate::planted::word(KINDS[0], Lang::Vi, "slug")));
}

/// A draft that translates a published page: the original is seen, nothing of the draft.
#[test]
fn a_draft_translation_of_a_published_page() {
    let portal = planted(State::Published);
    for kind in KINDS {
        let file = crate::planted::file(kind, State::Published);
        let en = crate::planted::front(kind, Lang::En, State::Draft);
        portal.write(&file.replace(".md", ".en.md"), format!("---\n{en}---\n{}", crate::planted::body(kind, Lang::En)));
    }
    let built = portal.build_clean();
    let english: Vec<String> = KINDS.iter().map(|kind| crate::planted::prefix(*kind, Lang::En)).collect();
    let found: Vec<String> =
        leaks(&built, &[]).into_iter().filter(|leak| english.iter().any(|word| leak.contains(word))).collect();
    assert_eq!(found, Vec::<String>::new());
    assert!(built.out("en/news/index.html").contains(&crate::planted::word(KINDS[0], Lang::Vi, "title")));
}

/// What was published and then taken back leaves nothing behind.
#[test]
fn the_next_build_removes_what_was_published() {
    let portal = planted(State::Published);
    portal.build_clean();
    let drafts = planted(State::Draft);
    for kind in KINDS {
        for file in [
            crate::planted::file(kind, State::Draft),
            crate::planted::file(kind, State::Draft).replace(".md", ".en.md"),
        ] {
            portal.write(&file, std::fs::read(drafts.root().join(&file)).unwrap());
        }
    }
    assert_eq!(leaks(&portal.build(), &[]), Vec::<String>::new());
}

/// A preview shows drafts without the scheduled ones, and the other way round.
#[test]
fn previews_show_no_more_than_asked() {
    let shown = |state, drafts, future| {
        let mut portal: Portal = planted(state);
        portal.options.out = portal.root().join("preview");
        portal.options.preview = Preview { drafts, future };
        !leaks(&portal.build(), &[]).is_empty()
    };
    assert!(shown(State::Draft, Shown::Shown, Shown::Hidden));
    assert!(!shown(State::Draft, Shown::Hidden, Shown::Shown));
    assert!(shown(State::Date, Shown::Hidden, Shown::Shown));
    assert!(!shown(State::Date, Shown::Shown, Shown::Hidden));
    assert!(!shown(State::Unpublished, Shown::Shown, Shown::Shown));
}

/// Files beside a page that is not a folder of its own, and links in raw HTML.
#[test]
fn files_beside_a_withheld_page() {
    for state in ["draft: true", "publish: 2026-12-01", "withdrawn:\n  date: 2026-10-30"] {
        let body = format!("![ảnh]({MARK}photo.png) [tệp]({MARK}file.pdf)");
        let portal = Portal::new()
            .news(&format!("{MARK}flat.md"), &format!("slug: slug\ndate: 2026-10-01\n{state}"), &body)
            .file(&format!("content/news/{MARK}photo.png"), "ảnh")
            .file(&format!("content/news/{MARK}file.pdf"), "tệp")
            .news("khac.md", "date: 2026-10-01", &format!("<p><a href=\"{MARK}flat.md\">lời dẫn</a></p>"));
        let built = portal.build_clean();
        assert_eq!(leaks(&built, &[]), Vec::<String>::new(), "{state}");
        assert!(built.out("tin-tuc/khac/index.html").contains("lời dẫn"));
    }
}
