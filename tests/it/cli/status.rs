//! `congso status`: what it tells, and confirming translations.

use std::fs;

use serde_json::Value;

use super::{data, portal};
use crate::support::{Portal, congso};

/// The answer for programs.
#[track_caller]
fn json(portal: &Portal) -> Value {
    let run = congso(portal.root(), &["status", "--format", "json"]);
    serde_json::from_str(data(&run)).unwrap()
}

/// A value of one page in the answer.
#[track_caller]
fn page(portal: &Portal, file: &str, key: &str) -> Value {
    let answer = json(portal);
    let pages = answer["pages"].as_array().unwrap();
    pages.iter().find(|page| page["file"] == file).unwrap_or_else(|| panic!("{file}"))[key].clone()
}

const TRANSLATION: &str = "content/news/a.en.md";

#[test]
fn the_state_of_every_page() {
    let portal = portal()
        .news("draft.md", "date: 2026-01-02\ndraft: true", "")
        .news("later.md", "date: 2027-01-02T08:00", "")
        .news("goes.md", "date: 2026-01-02\nunpublish: 2026-12-01", "")
        .news("gone.md", "date: 2026-01-02\nunpublish: 2026-02-01", "")
        .news("back.md", "date: 2026-01-02\nwithdrawn: {date: 2026-03-01}", "")
        .file("content/news/draft.en.md", "---\ntitle: Draft\n---\n");
    for (file, publication) in [
        ("a.md", "published"),
        ("draft.md", "draft"),
        ("draft.en.md", "with-original"),
        ("later.md", "scheduled"),
        ("goes.md", "published"),
        ("gone.md", "unpublished"),
        ("back.md", "published"),
    ] {
        assert_eq!(page(&portal, &format!("content/news/{file}"), "publication"), publication, "{file}");
    }
    assert_eq!(page(&portal, "content/news/a.md", "translation"), "original");
    assert_eq!(page(&portal, TRANSLATION, "translation"), "unconfirmed");
    assert_eq!(page(&portal, TRANSLATION, "language"), "en");
    assert_eq!(page(&portal, "content/news/goes.md", "missing"), "en");
    assert_eq!(page(&portal, "content/news/a.md", "missing"), Value::Null);
    assert_eq!(page(&portal, "content/news/later.md", "appears"), "2027-01-02T08:00:00+07:00");
    assert_eq!(page(&portal, "content/news/back.md", "withdrawn"), true);
    assert!(json(&portal)["next_build"].as_str().unwrap().starts_with("2026-12-0"), "{}", json(&portal)["next_build"]);

    let run = congso(portal.root(), &["status", "--ui-lang", "en"]);
    let text = data(&run);
    for (heading, line) in [
        ("Translations nobody confirmed", "  content/news/a.en.md\n"),
        ("Pages without a translation (1):\n", "  content/news/goes.md\n"),
        ("Drafts (1):\n", "  content/news/draft.md\n"),
        ("Waiting for their original or their section to be published (1):\n", "  content/news/draft.en.md\n"),
        (
            "What appears and goes (2):\n",
            "goes content/news/goes.md\n  02/01/2027 08:00 appears content/news/later.md\n",
        ),
        ("Gone as scheduled (1):\n", "  content/news/gone.md\n"),
        ("Withdrawn (1):\n", "  content/news/back.md\n"),
    ] {
        let (_, below) = text.split_once(heading).unwrap_or_else(|| panic!("{heading}: {text}"));
        assert!(below.split("\n\n").next().unwrap().contains(line.trim_end()), "{heading}: {text}");
    }
    let vietnamese = congso(portal.root(), &["status", "--ui-lang", "vi"]);
    assert!(data(&vietnamese).contains("Bản nháp (1):\n  content/news/draft.md\n"), "{}", vietnamese.stdout);
}

#[test]
fn a_translation_is_confirmed_and_grows_old() {
    let portal = portal();
    let run = congso(portal.root(), &["status", "--accept", TRANSLATION, "--ui-lang", "en"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    assert_eq!(run.stderr, format!("The translation `{TRANSLATION}` is confirmed.\n"));
    let text = fs::read_to_string(portal.root().join(TRANSLATION)).unwrap();
    let (digest, rest) = text.strip_prefix("---\ntitle: Item\ntranslates: ").unwrap().split_once('\n').unwrap();
    assert!(digest.len() == 12 && digest.bytes().all(|b| b.is_ascii_hexdigit()), "{text}");
    assert_eq!(rest, "---\n\nText.\n");
    assert_eq!(page(&portal, TRANSLATION, "translation"), "current");
    // White space and punctuation are no change, words are.
    portal.write("content/news/a.md", "---\ntitle: Bài a.md\ndate: 2026-01-02\n---\n\nBài   viết!\n");
    assert_eq!(page(&portal, TRANSLATION, "translation"), "current");
    portal.write("content/news/a.md", "---\ntitle: Bài a.md\ndate: 2026-01-02\n---\n\nBài viết khác.\n");
    assert_eq!(page(&portal, TRANSLATION, "translation"), "outdated");
    let run = congso(portal.root(), &["status", "--ui-lang", "en"]);
    assert!(data(&run).contains(&format!("Translations older than their original (1):\n  {TRANSLATION}\n")));
    // From the folder of the page, and with the same answer as before.
    let run = congso(&portal.root().join("content/news"), &["status", "--accept", "a.en.md", "--quiet"]);
    assert_eq!(data(&run), "");
    assert_eq!(page(&portal, TRANSLATION, "translation"), "current");
    let confirmed = fs::read_to_string(portal.root().join(TRANSLATION)).unwrap();
    assert_eq!(congso(portal.root(), &["status", "--accept", TRANSLATION]).code, 0);
    assert_eq!(fs::read_to_string(portal.root().join(TRANSLATION)).unwrap(), confirmed);
}

#[test]
fn only_translations_are_confirmed() {
    let portal = portal();
    let before = fs::read_to_string(portal.root().join("content/news/a.md")).unwrap();
    for file in ["content/news/a.md", "content/news/gone.en.md", "../a.en.md", "/etc/passwd", "site.yaml"] {
        let run = congso(portal.root(), &["status", "--accept", file, "--ui-lang", "en"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(&format!("`{file}` is not the translation of any page")), "{run:?}");
    }
    // Of several, the right one is confirmed and the wrong one told.
    let run = congso(portal.root(), &["status", "--accept", "content/news/a.md", "--accept", TRANSLATION]);
    assert_eq!(run.code, 2, "{run:?}");
    assert_eq!(page(&portal, TRANSLATION, "translation"), "current");
    assert_eq!(fs::read_to_string(portal.root().join("content/news/a.md")).unwrap(), before);
}
