//! `congso explain`: what an output was made from, what an input feeds, and why it was rendered.

use std::fs;

use congso::base::lang::Lang;
use serde_json::Value;

use crate::support::{Portal, Run, congso, tree};

const A: &str = "content/news/a.md";

/// A portal with two news items, the first with a translation, a picture and a template of its own.
fn portal() -> Portal {
    let settings = format!("{}theme: own\n", crate::support::SETTINGS);
    let portal = Portal::new()
        .file("site.yaml", settings)
        .file("themes/own/theme.yaml", "extends: default\n")
        .file("themes/own/templates/news.html", "{% extends \"article.html\" %}")
        .file("themes/own/i18n/vi.yaml", "skip: Bỏ qua\n")
        .news("draft.md", "date: 2026-01-03\ndraft: true", "")
        .file("static/robots-logo.svg", "<svg/>")
        .news("a.md", "date: 2026-01-02\ntopics: [data]", "Bài viết.")
        .news("b.md", "date: 2026-01-03", "Bài khác.")
        .file("content/news/a.en.md", "---\ntitle: Item\n---\n\nText.\n");
    portal.build_clean();
    portal
}

fn explain(portal: &Portal, args: &[&str]) -> Run {
    congso(portal.root(), &[&["explain"], args, &["--ui-lang", "en"]].concat())
}

/// The answer for programs.
#[track_caller]
fn json(portal: &Portal, name: &str) -> Value {
    let run = explain(portal, &[name, "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    serde_json::from_str(&run.stdout).unwrap()
}

/// The names of a group of the answer.
#[track_caller]
fn names(answer: &Value, groups: &str, group: &str) -> Vec<String> {
    let list = answer[groups][group].as_array().unwrap_or_else(|| panic!("no {group}: {answer:#}"));
    list.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[track_caller]
fn has(answer: &Value, groups: &str, group: &str, name: &str) {
    let names = names(answer, groups, group);
    assert!(names.iter().any(|known| known == name), "{group} has no {name}: {names:?}");
}

#[test]
fn an_output_names_its_inputs() {
    let portal = portal();
    let answer = json(&portal, "public/tin-tuc/a/index.html");
    assert_eq!(answer["output"], "tin-tuc/a/index.html");
    assert_eq!(names(&answer, "inputs", "own"), [A]);
    has(&answer, "inputs", "template", "themes/own/templates/news.html");
    has(&answer, "inputs", "template", "themes/default/templates/base.html");
    has(&answer, "inputs", "section", "content/news/");
    assert_eq!(names(&answer, "inputs", "settings"), ["site.yaml"]);
    assert_eq!(answer["inputs"]["original"], Value::Null);
    // A translation has its date from the original.
    let english = json(&portal, "/en/news/a/");
    assert_eq!(names(&english, "inputs", "own"), ["content/news/a.en.md"]);
    assert_eq!(names(&english, "inputs", "original"), [A]);
    // The list shows both items.
    let list = json(&portal, "https://portal.example/tin-tuc/");
    assert_eq!(list["output"], "tin-tuc/index.html");
    has(&list, "inputs", "summary", A);
    has(&list, "inputs", "summary", "content/news/b.md");
    has(&list, "inputs", "members", "content/news/");
    let copied = json(&portal, "robots-logo.svg");
    assert_eq!(copied["inputs"], serde_json::json!({"copied": ["static/robots-logo.svg"]}));
}

#[test]
fn every_way_to_name_an_output_leads_to_it() {
    let portal = portal();
    let out = portal.root().join("public/tin-tuc/a/index.html");
    for name in [
        "public/tin-tuc/a/index.html",
        "tin-tuc/a/index.html",
        "tin-tuc/a",
        "/tin-tuc/a/",
        "/tin-tuc/a/?x=1#y",
        "https://portal.example/tin-tuc/a/",
        "http://localhost:8000/tin-tuc/a/",
        out.to_str().unwrap(),
    ] {
        assert_eq!(json(&portal, name)["output"], "tin-tuc/a/index.html", "{name}");
    }
    for name in ["/", "https://portal.example", "https://portal.example/", "index.html"] {
        assert_eq!(json(&portal, name)["output"], "index.html", "{name}");
    }
    let run = congso(&portal.root().join("content/news"), &["explain", "a.md", "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(answer["input"], A);
}

#[test]
fn an_input_names_its_outputs() {
    let portal = portal();
    let answer = json(&portal, A);
    assert_eq!(names(&answer, "outputs", "own"), ["tin-tuc/a/index.html"]);
    assert_eq!(names(&answer, "outputs", "translation"), ["en/news/a/index.html"]);
    has(&answer, "outputs", "summary", "tin-tuc/index.html");
    has(&answer, "outputs", "summary", "en/news/index.html");
    has(&answer, "outputs", "feed", "tin-tuc/atom.xml");
    has(&answer, "outputs", "addresses", "sitemap.xml");
    has(&answer, "outputs", "tree", "so-do-trang/index.html");
    let english = json(&portal, "content/news/a.en.md");
    assert_eq!(names(&english, "outputs", "own"), ["en/news/a/index.html"]);
    has(&english, "outputs", "twins", "tin-tuc/a/index.html");
    // A section that the menu names reaches all pages.
    has(&json(&portal, "content/news/_index.md"), "outputs", "section", "tin-tuc/a/index.html");
    has(&json(&portal, "content/news/_index.md"), "outputs", "site", "404.html");

    let template = json(&portal, "themes/own/templates/news.html");
    let pages = ["en/news/a/index.html", "tin-tuc/a/index.html", "tin-tuc/b/index.html"];
    assert_eq!(names(&template, "outputs", "template"), pages);
    // The one embedded in the program is not in use.
    assert_eq!(json(&portal, "themes/default/templates/news.html")["outputs"], serde_json::json!({}));
    has(&json(&portal, "themes/default/templates/base.html"), "outputs", "template", "index.html");
    has(&json(&portal, "themes/own/i18n/vi.yaml"), "outputs", "text", "tin-tuc/a/index.html");
    has(&json(&portal, "themes/own/theme.yaml"), "outputs", "template", "404.html");
    let style = json(&portal, "themes/default/static/css/site.css");
    has(&style, "outputs", "asset", "tin-tuc/a/index.html");
    let [style] = &names(&style, "outputs", "copied")[..] else { panic!("{style:#}") };
    let made_from = serde_json::json!({"copied": ["themes/default/static/css/site.css"]});
    assert_eq!(json(&portal, style)["inputs"], made_from);
    // Nothing is made of what is not published.
    assert_eq!(json(&portal, "content/news/draft.md")["outputs"], serde_json::json!({}));
    let copied = json(&portal, "static/robots-logo.svg");
    assert_eq!(copied["outputs"], serde_json::json!({"copied": ["robots-logo.svg"]}));
    let all = names(&json(&portal, "site.yaml"), "outputs", "settings").len();
    assert_eq!(all, tree(&portal.root().join("public")).len());
}

#[test]
fn an_output_tells_why_it_was_rendered() {
    let portal = portal();
    let told = |name: &str| explain(&portal, &[name]).stdout.lines().nth(1).unwrap().to_owned();
    let anew = "everything was made anew (the first build, another version of the program, or `--no-cache`).";
    assert_eq!(told("/tin-tuc/"), format!("Rendered in the last build that had anything to render, because {anew}"));
    let text = fs::read_to_string(portal.root().join(A)).unwrap();
    portal.write(A, text.replace("title: Bài a.md", "title: Tên mới"));
    portal.build_clean();
    let list = "Rendered in the last build that had anything to render, \
                because the summary of `content/news/a.md` changed.";
    assert_eq!(told("/tin-tuc/"), list);
    assert!(
        told("/tin-tuc/a/").contains("because the text and fields of `content/news/a.md`"),
        "{}",
        told("/tin-tuc/a/")
    );
    let untouched = "Not rendered in the last build that had anything to render; before that rendered because";
    assert_eq!(told("/404.html"), format!("{untouched} {anew}"));
    // A build with nothing to do changes none of it.
    portal.build_clean();
    assert_eq!(told("/tin-tuc/"), list);
    fs::write(portal.root().join("public/tin-tuc/a/index.html"), "x").unwrap();
    portal.build_clean();
    let touched = "because its file in the output folder was missing or had been changed.";
    assert!(told("/tin-tuc/a/").ends_with(touched), "{}", told("/tin-tuc/a/"));
    assert_eq!(told("/tin-tuc/"), format!("{untouched} the summary of `content/news/a.md` changed."));
    // New outputs, and a file that is copied.
    portal.write("content/news/c.md", "---\ntitle: Ba\ndate: 2026-01-04\n---\n");
    portal.write("static/robots-logo.svg", "<svg></svg>");
    portal.build_clean();
    assert!(told("/tin-tuc/c/").ends_with("because there was no such file before."), "{}", told("/tin-tuc/c/"));
    assert!(told("/robots-logo.svg").ends_with("because the file `static/robots-logo.svg` changed."));
    portal.write("content/news/d.md", "---\ntitle: Ba\ndate: 2026-01-04\nslug: c\n---\n");
    fs::remove_file(portal.root().join("content/news/c.md")).unwrap();
    portal.build_clean();
    assert!(told("/tin-tuc/c/").ends_with("because another page had this address before."), "{}", told("/tin-tuc/c/"));
    let answer = json(&portal, "/tin-tuc/");
    assert_eq!((&answer["last_build"], &answer["reason"]), (&Value::Bool(true), &Value::from("changed")));
    assert_eq!(answer["changed"][0]["what"], "summary");
}

#[test]
fn what_nobody_knows_is_told_with_what_is_near() {
    let portal = portal();
    let before = tree(portal.root());
    for (name, near) in [("content/news/aa.md", "content/news/a.md"), ("/tin-tuc/aa/", "/tin-tuc/a/")] {
        let run = explain(&portal, &[name]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains(&format!("no file or address `{name}`")), "{run:?}");
        assert!(run.stderr.contains(&format!("Did you mean `{near}`?")), "{run:?}");
    }
    // Another folder has had no build, and looking makes nothing.
    let run = explain(&portal, &["/", "--out", "preview"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run:?}");
    assert!(run.stderr.contains("error[explain-unbuilt]: There is no build into `preview`"), "{run:?}");
    assert_eq!(explain(&portal, &["/", "--out", "content"]).code, 2);
    assert!(before == tree(portal.root()), "looking has changed something");
    let fresh = Portal::new();
    assert_eq!(explain(&fresh, &["/"]).code, 1);
    assert!(!fresh.root().join(".congso").exists());
}

#[test]
fn people_read_it_in_their_language() {
    let portal = portal();
    let read = |name: &str, lang: Lang, more: &[&str]| {
        let run = congso(portal.root(), &[&["explain", name, "--ui-lang", lang.tag()], more].concat());
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
        assert!(!run.stdout.contains("ui."), "{}", run.stdout);
        run.stdout
    };
    let vi = read("/tin-tuc/a/", Lang::Vi, &[]);
    assert!(
        vi.contains("\nTệp này được làm từ:\n  Văn bản và các trường của trang (1)\n    content/news/a.md\n"),
        "{vi}"
    );
    assert!(vi.contains("vì khi ấy mọi thứ được làm lại từ đầu"), "{vi}");
    let en = read("/tin-tuc/a/", Lang::En, &[]);
    assert!(
        en.contains("\nIt is made from:\n  Text and fields of the page itself (1)\n    content/news/a.md\n"),
        "{en}"
    );
    assert!(!en.contains("    vi: "), "{en}");
    let all = read("/tin-tuc/a/", Lang::En, &["--verbose"]);
    assert!(all.contains("    vi: ") && all.len() > en.len(), "{all}");
    let input = read("content/news/b.md", Lang::Vi, &[]);
    assert!(input.starts_with("content/news/b.md\n\nTệp này góp vào "), "{input}");
    let draft = read("themes/default/templates/news.html", Lang::En, &[]);
    assert!(draft.ends_with("\nNo output of the last build uses this file.\n"), "{draft}");
}

#[test]
fn open_data_on_documents_name_what_they_tell_of() {
    let document =
        "---\ntitle: Một\nnumber: 1/QĐ-TTg\nissued: 2026-01-02\ntype: decision\nagency: prime-minister\n---\nChữ.\n";
    let portal = portal().file("content/decisions/1.md", document);
    portal.build_clean();
    let answer = json(&portal, "public/documents.json");
    assert_eq!(names(&answer, "inputs", "open-data"), ["vi"]);
    assert!(answer["inputs"]["relations"].is_null(), "{answer:#}");
    let told = explain(&portal, &["public/documents.json"]).stdout;
    assert!(told.contains("Open data on documents"), "{told}");
    let answer = json(&portal, "content/decisions/1.md");
    has(&answer, "outputs", "open-data", "documents.json");
    assert!(json(&portal, A)["outputs"]["open-data"].is_null());
}
