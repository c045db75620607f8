//! What the preview bar is told of a page, and what it does.

use congso::serve::http::{Action, Portal as _, Reason};
use congso::site::publication::Shown;
use serde_json::{Value, json};

use super::{Live, all, base, site_path};
use crate::laws::model::Files;

/// Status and translation of a page, as kind and text; whether the translation may be made or confirmed.
fn of(live: &Live, out: &str) -> (Value, Value) {
    let page = live.state(out)["page"].clone();
    (page["status"].clone(), page["translation"].clone())
}

fn status(kind: &str, text: &str) -> Value {
    json!({"kind": kind, "text": text})
}

fn news(fields: &str) -> String {
    format!("---\ntitle: X\ndate: 2026-10-01\n{fields}---\n\nX 5.\n")
}

fn started(more: &[(&str, String)]) -> Live {
    let more: Vec<(&str, &str)> = more.iter().map(|(path, text)| (*path, text.as_str())).collect();
    Live::start(base(&more), all(Shown::Shown))
}

#[test]
fn each_status_has_its_words() {
    let live = started(&[
        ("content/news/thuong.md", news("")),
        ("content/news/nhap.md", news("draft: true\n")),
        ("content/news/hen.md", news("publish: 2026-11-05T08:30\n")),
        ("content/news/go.md", news("unpublish: 2026-12-01\n")),
        ("content/news/rut.md", news("withdrawn: {date: 2026-10-20}\n")),
    ]);
    for (name, wanted) in [
        ("tin-tuc/thuong", status("published", "Published")),
        ("tin-tuc/nhap", status("draft", "Draft, not published")),
        ("tin-tuc/hen", status("scheduled", "Will be published at 05/11/2026 08:30")),
        ("tin-tuc/go", status("ending", "Goes by itself at 02/12/2026 00:00")),
        ("tin-tuc/rut", status("withdrawn", "Withdrawn")),
        ("tin-tuc", status("published", "Published")),
        ("chu-de/nothing", status("none", "")),
    ] {
        assert_eq!(of(&live, &format!("{name}/index.html")).0, wanted, "{name}");
    }
}

#[test]
fn each_state_of_a_translation_has_its_words_and_buttons() {
    let english = |digest: &str| format!("---\ntitle: X\n{digest}---\n\nX 5.\n");
    let mut live = started(&[
        ("content/news/thieu.md", news("")),
        ("content/news/co.md", news("")),
        ("content/news/co.en.md", english("")),
        ("content/news/cu.md", news("")),
        ("content/news/cu.en.md", english("translates: 0123456789ab\n")),
    ]);
    let told = |live: &Live, out: &str| {
        let told = of(live, out).1;
        let flag = |name: &str| told[name].as_bool().unwrap();
        (
            told["kind"].as_str().unwrap().to_owned(),
            told["text"].as_str().unwrap().to_owned(),
            flag("create"),
            flag("accept"),
        )
    };
    let is = |kind: &str, text: &str, create, accept| (kind.to_owned(), text.to_owned(), create, accept);
    let missing = is("missing", "No English version yet", true, false);
    assert_eq!(told(&live, "tin-tuc/thieu/index.html"), missing);
    assert_eq!(told(&live, "tin-tuc/co/index.html"), is("original", "Original", false, false));
    let unconfirmed = is("unconfirmed", "Translation that nobody has confirmed", false, true);
    assert_eq!(told(&live, "en/news/co/index.html"), unconfirmed);
    let outdated = is("outdated", "The original has changed since this translation was confirmed", false, true);
    assert_eq!(told(&live, "en/news/cu/index.html"), outdated);
    assert!(!told(&live, "tin-tuc/index.html").2, "a section's text is no page");
    let act = live.engine.act(Action::Accept(site_path("/en/news/cu/")));
    let answer = json!({"editor": "vscode://file/portal/content/news/cu.en.md:1:1", "file": "content/news/cu.en.md"});
    assert_eq!(serde_json::from_str::<Value>(&act.unwrap()).unwrap(), answer);
    live.engine.settled();
    assert_eq!(told(&live, "en/news/cu/index.html"), is("current", "Confirmed translation", false, false));
    let written = std::fs::read_to_string(live.root().join("content/news/cu.en.md")).unwrap();
    let digest = written.strip_prefix("---\ntitle: X\ntranslates: ").unwrap().strip_suffix("\n---\n\nX 5.\n").unwrap();
    assert!(digest.len() == 12 && digest.bytes().all(|b| b.is_ascii_hexdigit()), "{written}");
    // What has come onto the disk by itself is part of the portal now.
    let mut files = live.files().clone();
    files.insert("content/news/cu.en.md".to_owned(), written.into_bytes());
    files.insert("content/news/cu.md".to_owned(), news("").replace("X 5.", "X 6.").into_bytes());
    live.save(files);
    assert_eq!(told(&live, "en/news/cu/index.html"), outdated);
    live.equals_the_build();
}

#[test]
fn a_translation_is_made_once_as_a_draft() {
    let original = "---\ntitle: Tin \"mới\"\ndescription: 'Tả: \\'\ndate: 2026-10-01\ntags: [a]\n---\n\nChữ.\n";
    let mut live = started(&[("content/news/a.md", original.to_owned())]);
    let page = || Action::Translate(site_path("/tin-tuc/a/"));
    let made: Value = serde_json::from_str(&live.engine.act(page()).unwrap()).unwrap();
    let file = "content/news/a.en.md";
    assert_eq!(made, json!({"file": file, "editor": format!("vscode://file/portal/{file}:1:1")}));
    let text = std::fs::read_to_string(live.root().join(file)).unwrap();
    assert_eq!(text, "---\ntitle: \"Tin \\\"mới\\\"\"\ndescription: \"Tả: \\\\\"\ndraft: true\n---\n\nChữ.\n");
    live.engine.settled();
    assert_eq!(of(&live, "tin-tuc/a/index.html").1["kind"], "original");
    assert_eq!(of(&live, "en/news/a/index.html").0["kind"], "draft");
    assert_eq!(live.engine.act(page()).unwrap_err().reason, Reason::NotNow);
    // Drafts are hidden: the page has a translation nevertheless.
    let hidden = congso::serve::http::Shown::No;
    live.engine.act(Action::Choose { drafts: hidden, future: hidden }).unwrap();
    live.shows(all(Shown::Hidden));
    live.engine.settled();
    assert!(live.is_missing("en/news/a/index.html"));
    let told = of(&live, "tin-tuc/a/index.html").1;
    assert_eq!((&told["kind"], &told["create"]), (&json!("hidden"), &json!(false)));
    assert_eq!(live.engine.act(page()).unwrap_err().reason, Reason::NotNow);
    assert_eq!(std::fs::read_to_string(live.root().join(file)).unwrap(), text);
    live.equals_the_build();
}

#[test]
fn what_makes_no_sense_is_refused_and_writes_nothing() {
    let live =
        started(&[("content/news/a.md", news("")), ("content/news/a.en.md", "---\ntitle: A\n---\n\nA\n".to_owned())]);
    let before = crate::support::tree(live.root());
    let reason = |action| live.engine.act(action).unwrap_err().reason;
    for (path, translate, accept) in [
        ("/tin-tuc/a/", Reason::NotNow, Reason::NotNow),
        ("/khong-co/", Reason::NoSuchPage, Reason::NoSuchPage),
        ("/tin-tuc/", Reason::NoSuchPage, Reason::NoSuchPage),
        ("/", Reason::NoSuchPage, Reason::NoSuchPage),
        ("/404.html", Reason::NoSuchPage, Reason::NoSuchPage),
        ("/robots.txt", Reason::NoSuchPage, Reason::NoSuchPage),
        ("/en/news/", Reason::NoSuchPage, Reason::NoSuchPage),
    ] {
        assert_eq!(reason(Action::Translate(site_path(path))), translate, "{path}");
        assert_eq!(reason(Action::Accept(site_path(path))), accept, "{path}");
    }
    assert_eq!(reason(Action::Translate(site_path("/en/news/a/"))), Reason::NotNow);
    live.engine.settled();
    assert_eq!(crate::support::tree(live.root()), before);
}

#[test]
fn a_base_url_with_a_path_goes_through_all_addresses() {
    let mut files: Files = base(&[
        ("content/news/a.md", "---\ntitle: A\ndate: 2026-10-01\naliases: [/cu]\n---\n\nA\n"),
        ("content/news/a.en.md", "---\ntitle: A\n---\n\nA\n"),
    ]);
    let settings = String::from_utf8(files["site.yaml"].clone()).unwrap();
    let settings = settings.replace("https://portal.example/", "https://portal.example/a/b/");
    files.insert("site.yaml".to_owned(), settings.into_bytes());
    let mut live = Live::start(files, all(Shown::Hidden));
    live.equals_the_build();
    use congso::serve::http::{Answer, Found};
    let answer = |path: &str| match live.engine.answer(&site_path(path)) {
        Answer::Page(page) if page.status == Found::Yes => "page".to_owned(),
        Answer::Page(_) => "missing".to_owned(),
        Answer::Moved(to) => to,
        other => format!("{other:?}"),
    };
    for (path, wanted) in [
        ("/", "/a/b/"),
        ("/a/b/", "page"),
        ("/a/bc/", "missing"),
        ("/a/", "missing"),
        ("/tin-tuc/a/", "missing"),
        ("/a/b/tin-tuc/a/", "page"),
        ("/a/b/cu/", "/a/b/tin-tuc/a/"),
    ] {
        assert_eq!(answer(path), wanted, "{path}");
    }
    let state = live.state("tin-tuc/a/index.html");
    assert_eq!(state["page"]["path"], "/a/b/tin-tuc/a/");
    assert_eq!(state["page"]["found"], true);
    assert_eq!(live.state("tin-tuc/khong-co/index.html")["page"]["found"], false);
    assert_eq!(state["page"]["languages"], json!([{"lang": "en", "name": "English", "url": "/a/b/en/news/a/"}]));
}

#[test]
fn lists_and_feeds_know_their_languages_too() {
    let live =
        started(&[("content/news/a.md", news("")), ("content/news/a.en.md", "---\ntitle: A\n---\n\nA\n".to_owned())]);
    let languages = |out: &str| live.state(out)["page"]["languages"].clone();
    let one = |lang: &str, name: &str, url: &str| json!([{"lang": lang, "name": name, "url": url}]);
    assert_eq!(languages("en/news/a/index.html"), one("vi", "Tiếng Việt", "/tin-tuc/a/"));
    assert_eq!(languages("tin-tuc/index.html"), one("en", "English", "/en/news/"));
    assert_eq!(languages("en/index.html"), one("vi", "Tiếng Việt", "/"));
    assert_eq!(languages("about/index.html"), json!([]));
}
