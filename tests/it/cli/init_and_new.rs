//! Making portals and pages.

use std::fs;

use super::data;
use crate::support::{Portal, congso, tree};

#[test]
fn a_new_portal_builds_at_once() {
    for lang in ["vi", "en"] {
        let portal = Portal::empty();
        let run = congso(portal.root(), &["init", "cong/moi", "--ui-lang", lang]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
        assert!(run.stderr.contains("`congso build --root cong/moi`"), "{run:?}");
        let run = congso(portal.root(), &["build", "--root", "cong/moi", "--strict", "--verbose", "--ui-lang", lang]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "nothing but the summary: {run:?}");
        let out = portal.root().join("cong/moi/public");
        for page in
            ["index.html", "en/index.html", "tin-tuc/bai-dau-tien/index.html", "en/news/first-article/index.html"]
        {
            assert!(out.join(page).exists(), "{page}");
        }
        let root = portal.root().join("cong/moi");
        let files = tree(&root);
        for file in [".gitignore", ".vscode/settings.json", ".vscode/congso/news.schema.json", "content/about.en.md"] {
            assert!(files.contains_key(file), "{file}");
        }
        let snippets: serde_json::Value = serde_json::from_slice(&files[".vscode/congso.code-snippets"]).unwrap();
        assert!(snippets["congso news"]["body"].as_array().is_some_and(|body| body.len() > 5));
        let types: serde_json::Value = serde_json::from_slice(&files["frontmatter.json"]).unwrap();
        let names = types["frontMatter.taxonomy.contentTypes"].as_array().unwrap();
        let names: Vec<&str> = names.iter().filter_map(|kind| kind["name"].as_str()).collect();
        assert_eq!(names, ["news", "decision", "event", "page"]);
        let schema: serde_json::Value = serde_json::from_slice(&files[".vscode/congso/news.schema.json"]).unwrap();
        assert!(schema["properties"]["title"].is_object());
    }
}

#[test]
fn a_portal_is_made_in_an_empty_folder_only() {
    let portal = Portal::empty();
    fs::create_dir(portal.root().join("trong")).unwrap();
    assert_eq!(congso(portal.root(), &["init", "trong"]).code, 0);
    fs::write(portal.root().join("tep"), "của tôi").unwrap();
    fs::create_dir(portal.root().join("day")).unwrap();
    fs::write(portal.root().join("day/.env"), "của tôi").unwrap();
    let before = tree(portal.root());
    for folder in ["trong", "tep", "day", "."] {
        let run = congso(portal.root(), &["init", folder, "--ui-lang", "en"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(&format!("There is something in the folder `{folder}` already")), "{run:?}");
    }
    assert_eq!(tree(portal.root()), before);
}

/// Makes a page of every kind in both languages, and expects a preview of all of them.
#[track_caller]
fn new_pages(portal: &Portal, sections: [&str; 4]) {
    let mut made = Vec::new();
    for (kind, section) in ["news", "decision", "event", "page"].into_iter().zip(sections) {
        for (lang, suffix) in [("vi", ""), ("en", ".en")] {
            let title = format!("Số 1: \"{kind}\" \\ # {lang}");
            let run = congso(portal.root(), &["new", kind, &title, "--lang", lang, "--quiet"]);
            let path = format!("content/{section}so-1-{kind}-{lang}{suffix}.md");
            assert_eq!(data(&run), format!("{path}\n"));
            made.push((path, title));
        }
    }
    // All are drafts: nothing of them is published.
    let run = congso(portal.root(), &["build", "--strict"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!tree(&portal.root().join("public")).keys().any(|path| path.contains("so-1-")));
    let run = congso(portal.root(), &["build", "--drafts", "--future", "--strict", "--verbose", "--out", "preview"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.stderr.lines().count(), 1, "nothing but the summary: {run:?}");
    let preview = tree(&portal.root().join("preview"));
    for (path, title) in &made {
        let slug = path.rsplit('/').next().unwrap().split('.').next().unwrap();
        let page = preview
            .iter()
            .find(|(path, _)| path.ends_with(&format!("/{slug}/index.html")) || **path == format!("{slug}/index.html"));
        let html = String::from_utf8(page.unwrap_or_else(|| panic!("{slug}")).1.clone()).unwrap();
        let shown = title.replace('"', "&quot;");
        assert!(html.contains(&shown), "{shown}: {html}");
    }
}

#[test]
fn pages_of_every_kind_build() {
    new_pages(&Portal::new(), ["news/", "decisions/", "events/", ""]);
}

/// Where a portal has no section of a kind, it is made.
#[test]
fn pages_of_every_kind_build_in_a_new_portal() {
    let portal = Portal::empty();
    fs::remove_dir(portal.root()).unwrap();
    assert_eq!(congso(portal.root().parent().unwrap(), &["init", "portal"]).code, 0);
    new_pages(&portal, ["news/", "decisions/", "events/", ""]);
    let index = fs::read_to_string(portal.root().join("content/decisions/_index.md")).unwrap();
    assert_eq!(index, "---\ntitle: Văn bản\nkind: decision\nslug: van-ban\n---\n");
    assert!(portal.root().join("public/en/documents/index.html").exists());
}

#[test]
fn a_new_page_has_its_date_and_takes_no_ones_place() {
    let portal = Portal::new();
    let run = congso(portal.root(), &["new", "news", "  Đường sắt  đô thị ", "--quiet"]);
    assert_eq!(data(&run), "content/news/duong-sat-do-thi.md\n");
    let path = portal.root().join("content/news/duong-sat-do-thi.md");
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.starts_with("---\ntitle: \"Đường sắt  đô thị\"\n") && text.contains("\nslug: duong-sat-do-thi\n"),
        "{text}"
    );
    // `SOURCE_DATE_EPOCH`, in the portal's zone.
    assert!(text.contains("\ndate: 2026-11-01T12:00+07:00\n"), "{text}");
    fs::write(&path, "của tôi").unwrap();
    let run = congso(portal.root(), &["new", "news", "Đường sắt đô thị", "--ui-lang", "en"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("The file `content/news/duong-sat-do-thi.md` exists already"), "{run:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "của tôi");
    std::os::unix::fs::symlink("/nowhere", portal.root().join("content/news/x.md")).unwrap();
    assert_eq!(congso(portal.root(), &["new", "news", "X"]).code, 1);
    assert!(!portal.beside("nowhere").exists());
    let long = congso(portal.root(), &["new", "page", &"Chuyển đổi số ".repeat(60), "--quiet"]);
    assert!(data(&long).len() < 255, "{long:?}");
}
