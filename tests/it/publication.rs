//! When pages appear and go, what holds them, and what a preview or `--without` does.

use congso::base::lang::Lang;
use congso::base::path::RelPath;
use congso::build::options::Strictness;
use congso::diag::Severity;
use congso::site::publication::{Preview, Shown};

use crate::markup::{select, with};
use crate::support::{Built, Portal, congso, tree};

/// Whether the only news item is published at a moment, and when the next build is due.
fn at(portal: &mut Portal, now: &str) -> (bool, Option<String>) {
    portal.options.now = now.parse().unwrap();
    let built = portal.build();
    let next = built.report().next_change.map(|moment| moment.rfc3339());
    (built.has("tin-tuc/bai/index.html"), next)
}

fn news(fields: &str) -> Portal {
    Portal::new().news("bai.md", fields, "Nội dung.")
}

#[test]
fn a_page_appears_at_its_minute() {
    // All in the site's zone, seven hours before UTC; a day begins at its midnight there.
    let cases = [
        ("date: 2026-11-01T12:00", "2026-11-01T05:00:00Z", "2026-11-01T12:00:00+07:00"),
        ("date: 1/11/2026 12:00", "2026-11-01T05:00:00Z", "2026-11-01T12:00:00+07:00"),
        ("date: 2026-11-01", "2026-10-31T17:00:00Z", "2026-11-01T00:00:00+07:00"),
        ("date: 2026-11-01T12:00+09:00", "2026-11-01T03:00:00Z", "2026-11-01T10:00:00+07:00"),
        ("date: 2026-11-01T05:00Z", "2026-11-01T05:00:00Z", "2026-11-01T12:00:00+07:00"),
        ("date: 2020-01-01\npublish: 2026-11-01T12:00", "2026-11-01T05:00:00Z", "2026-11-01T12:00:00+07:00"),
    ];
    for (fields, moment, local) in cases {
        let mut portal = news(fields);
        let moment: jiff::Timestamp = moment.parse().unwrap();
        let before = moment - jiff::SignedDuration::from_secs(1);
        assert_eq!(at(&mut portal, &before.to_string()), (false, Some(local.to_owned())), "{fields}");
        assert_eq!(at(&mut portal, &moment.to_string()), (true, None), "{fields}");
    }
    // Its date is still to come: then it comes into the feed.
    let mut early = news("date: 2030-01-01\npublish: 2026-11-01");
    let (appears, dated) = ("2026-11-01T00:00:00+07:00".to_owned(), "2030-01-01T00:00:00+07:00".to_owned());
    assert_eq!(at(&mut early, "2026-10-31T16:59:59Z"), (false, Some(appears)));
    assert_eq!(at(&mut early, "2026-10-31T17:00:00Z"), (true, Some(dated)));
    assert!(!early.build().out("tin-tuc/atom.xml").contains("<entry>"));
    assert_eq!(at(&mut early, "2029-12-31T17:00:00Z"), (true, None));
    assert!(early.build().out("tin-tuc/atom.xml").contains("<entry>"));
}

#[test]
fn a_page_goes_at_its_hour_or_after_its_last_day() {
    let cases = [
        ("unpublish: 2026-11-01", "2026-11-01T17:00:00Z", "2026-11-02T00:00:00+07:00"),
        ("unpublish: 1/11/2026", "2026-11-01T17:00:00Z", "2026-11-02T00:00:00+07:00"),
        ("unpublish: 2026-11-01T12:00", "2026-11-01T05:00:00Z", "2026-11-01T12:00:00+07:00"),
        ("unpublish: 2026-12-31", "2026-12-31T17:00:00Z", "2027-01-01T00:00:00+07:00"),
    ];
    for (fields, moment, local) in cases {
        let mut portal = news(&format!("date: 2026-01-01\n{fields}"));
        let moment: jiff::Timestamp = moment.parse().unwrap();
        let before = moment - jiff::SignedDuration::from_secs(1);
        assert_eq!(at(&mut portal, &before.to_string()), (true, Some(local.to_owned())), "{fields}");
        assert_eq!(at(&mut portal, &moment.to_string()), (false, None), "{fields}");
    }
}

#[test]
fn the_zone_is_the_settings() {
    let settings = format!("{}timezone: Asia/Tokyo\n", crate::support::SETTINGS);
    let mut portal = news("date: 2026-11-01").file("site.yaml", settings);
    assert_eq!(at(&mut portal, "2026-10-31T14:59:59Z"), (false, Some("2026-11-01T00:00:00+09:00".to_owned())));
    assert_eq!(at(&mut portal, "2026-10-31T15:00:00Z"), (true, None));
}

#[test]
fn the_next_build_is_due_at_the_first_change() {
    let portal = news("date: 2026-10-01\nunpublish: 2026-12-24T08:00")
        .news("sau.md", "date: 2026-10-01\npublish: 2026-12-24T07:59", "Sau.")
        .news("sau.en.md", "publish: 2026-12-25", "Later.")
        .news("nhap.md", "date: 2026-11-02\ndraft: true", "Nháp.")
        .news("qua.md", "date: 2026-10-01\nunpublish: 2026-10-30", "Qua.");
    assert_eq!(portal.build().report().next_change.unwrap().rfc3339(), "2026-12-24T07:59:00+07:00");
    let run = congso(portal.root(), &["build", "--ui-lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("24/12/2026 07:59"), "{}", run.stderr);
    let run = congso(portal.root(), &["status", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(status["next_build"], "2026-12-24T07:59:00+07:00");
    let of = |file: &str| {
        let pages = status["pages"].as_array().unwrap();
        pages.iter().find(|page| page["file"] == format!("content/news/{file}")).unwrap()["publication"].clone()
    };
    let found =
        ["bai.md", "sau.md", "sau.en.md", "nhap.md", "qua.md"].map(|file| of(file).as_str().unwrap().to_owned());
    assert_eq!(found, ["published", "scheduled", "scheduled", "draft", "unpublished"]);
}

#[test]
fn a_translation_never_appears_before_its_original() {
    let portal = news("date: 2026-10-01\npublish: 2026-12-01").news("bai.en.md", "publish: 2026-10-02", "Text.");
    let built = portal.build_clean();
    assert!(!built.has("en/news/bai/index.html"));
    assert_eq!(built.report().pages.en, 3, "the indexes of the three sections");
}

#[test]
fn errors_in_pages_not_due_do_not_fail_a_build() {
    for state in ["draft: true", "publish: 2026-12-01", "unpublish: 2026-10-30"] {
        let portal = news("date: 2026-10-01").news(
            "hong.md",
            &format!("date: 2026-10-01\n{state}\ntopics: [khong-co]"),
            "[gãy](khong-co.md)",
        );
        let built = portal.build();
        assert!(built.report().pages.vi > 0);
        assert_eq!(built.codes(Severity::Warning), ["unknown-topic"], "{state}");
        let shown = built.messages(Lang::En);
        assert!(shown.contains("warning[unknown-topic]") && shown.contains("content/news/hong.md:5:"), "{shown}");
        assert!(built.has("tin-tuc/bai/index.html") && !built.has("tin-tuc/hong/index.html"));
    }
    // Broken front matter of a draft does not hold the others either.
    let portal =
        news("date: 2026-10-01").file("content/news/hong.md", "---\ntitle: A\ndraft: true\ndate: 2026-13-45\n---\n");
    let built = portal.build();
    assert_eq!(built.codes(Severity::Warning), ["bad-date"]);
    assert!(built.report().left_out.is_empty());
}

#[test]
fn an_error_in_a_page_that_is_due_changes_nothing() {
    let portal = news("date: 2026-10-01");
    portal.build_clean();
    let before = tree(&portal.options.out);
    portal.write("content/news/hong.md", "---\ntitle: A\ndate: 2026-10-01\ntopics: [khong-co]\n---\n");
    portal.write("content/news/moi.md", "---\ntitle: Mới\ndate: 2026-10-01\n---\n");
    let built = portal.build();
    assert!(built.outcome.report.is_none());
    assert_eq!(built.codes(Severity::Warning), ["unknown-topic"]);
    let shown = built.messages(Lang::Vi);
    assert!(shown.contains("content/news/hong.md:4:10"), "{shown}");
    assert_eq!(tree(&portal.options.out), before);
}

#[test]
fn without_publishes_everything_else_and_says_what_is_missing() {
    let portal = news("date: 2026-10-01")
        .news("bai.en.md", "", "Text.")
        .news("hong.md", "date: 2026-10-01\ntopics: [khong-co]", "Hỏng.")
        .news("hong.en.md", "", "Broken.")
        .news("nhap.md", "date: 2026-10-01\ndraft: true", "Nháp.")
        .news("nhap.en.md", "", "Draft.");
    let run = congso(portal.root(), &["build", "--ui-lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let run = congso(portal.root(), &["build", "--without", "content/news/hong.md", "--ui-lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("content/news/hong.md") && run.stderr.contains("content/news/hong.en.md"));
    let mut portal = portal;
    portal.options.without = vec![RelPath::new("content/news/hong.md").unwrap()];
    let built = portal.build();
    assert_eq!(built.report().left_out, ["content/news/hong.md", "content/news/hong.en.md"]);
    assert!(built.has("tin-tuc/bai/index.html") && built.has("en/news/bai/index.html"));
    assert!(!built.has("tin-tuc/hong/index.html") && !built.has("en/news/hong/index.html"));
    // Of a translation left out, the original stays.
    portal.options.without = vec![RelPath::new("content/news/bai.en.md").unwrap(), portal.options.without.remove(0)];
    let built = portal.build();
    assert!(built.has("tin-tuc/bai/index.html") && !built.has("en/news/bai/index.html"));
    // A section left out takes its pages along, and the answer says so.
    portal.options.without = vec![RelPath::new("content/news/_index.md").unwrap()];
    let left_out = portal.build().report().left_out.clone();
    let expected = ["_index.en.md", "_index.md", "bai.en.md", "bai.md", "hong.en.md", "hong.md"];
    let mut found: Vec<&str> = left_out.iter().map(|file| file.strip_prefix("content/news/").unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn without_names_files_that_exist() {
    let portal = news("date: 2026-10-01");
    let run = congso(portal.root(), &["build", "--without", "content/news/bia.md", "--ui-lang", "en"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("error[without-unknown]"), "{}", run.stderr);
    assert!(run.stderr.contains("content/news/bai.md"), "no suggestion in {}", run.stderr);
    assert!(!portal.root().join("public").exists());
}

/// The addresses of all pages, those that only lead on left out.
fn html_pages(built: &Built) -> Vec<(String, String)> {
    let pages = built.tree().into_iter().filter(|(path, _)| path.ends_with(".html"));
    let pages = pages.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()));
    pages.filter(|(_, html)| !html.contains("http-equiv=\"refresh\"")).collect()
}

#[test]
fn previews_are_refused_where_the_site_is_published() {
    let portal = news("date: 2026-10-01\ndraft: true");
    for arguments in [
        &["--drafts"][..],
        &["--future"],
        &["--drafts", "--out", "public"],
        &["--future", "--out", "content/../public/"],
    ] {
        let run = congso(portal.root(), &[&["build", "--ui-lang", "en"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("error[out-preview]"), "{}", run.stderr);
        assert!(!portal.root().join("public").exists());
    }
    let run = congso(portal.root(), &["build", "--drafts", "--out", "preview"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(portal.root().join("preview/tin-tuc/bai/index.html").exists());
}

#[test]
fn every_page_of_a_preview_is_marked() {
    let mut portal = news("date: 2026-10-01\ndraft: true\ntopics: [data]\naliases: [/cu]")
        .news("bai.en.md", "", "Text.")
        .news("sau.md", "date: 2026-12-01", "Sau.");
    portal.options.out = portal.root().join("xem-truoc");
    for (drafts, future, expected) in
        [(Shown::Shown, Shown::Hidden, [true, false]), (Shown::Hidden, Shown::Shown, [false, true])]
    {
        portal.options.preview = Preview { drafts, future };
        let built = portal.build_clean();
        let shown = ["tin-tuc/bai/index.html", "tin-tuc/sau/index.html"].map(|path| built.has(path));
        assert_eq!(shown, expected);
        for (path, html) in html_pages(&built) {
            assert_eq!(with(&html, "meta", "name", "robots").unwrap().get("content"), "noindex", "{path}");
            assert!(with(&html, "p", "class", "banner").is_some_and(|p| p.text.len() > 10), "{path}");
            assert!(with(&html, "link", "rel", "canonical").is_none(), "{path}");
            assert!(select(&html, "link").iter().all(|link| link.get("hreflang").is_empty()), "{path}");
        }
        assert_eq!(built.out("robots.txt"), "User-agent: *\nDisallow: /\n");
        assert!(!built.out("sitemap.xml").contains("<loc>"));
    }
    // What is published bears none of these marks.
    portal.options.preview = Preview::default();
    portal.options.out = portal.root().join("public");
    for (path, html) in html_pages(&portal.build_clean()) {
        let robots = with(&html, "meta", "name", "robots");
        assert_eq!(robots.is_some(), path.ends_with("404.html"), "{path}");
        assert!(with(&html, "p", "class", "banner").is_none(), "{path}");
    }
}

const EVENT: &str = "---\ntitle: Lễ\nstart: 2026-12-05T08:00\n";
const DECISION: &str = "---\ntitle: Văn bản\nnumber: 1/QĐ-TTg\ntype: decision\nagency: government\n";

#[test]
fn pages_that_would_appear_too_late_are_warned_of() {
    let late = |file: &str, text: String| {
        let portal = Portal::new()
            .file(file, format!("{text}---\n"))
            .file(&file.replace(".md", ".en.md"), "---\ntitle: A\n---\n");
        let built = portal.build();
        assert!(built.outcome.report.is_some());
        (built.codes(Severity::Warning), built.messages(Lang::En))
    };
    let event = |fields: &str| late("content/events/le.md", format!("{EVENT}{fields}"));
    for (fields, place, hour) in [
        ("date: 2026-12-05T08:00\n", "le.md:4:", "05/12/2026 08:00"),
        ("date: 2026-12-06\n", "le.md:4:", "06/12/2026 00:00"),
        ("date: 2026-10-01\npublish: 2026-12-05T09:30\n", "le.md:5:", "05/12/2026 09:30"),
    ] {
        let (codes, shown) = event(fields);
        assert_eq!(codes, ["late-date"], "{fields}");
        assert!(shown.contains(place) && shown.contains(hour), "{shown}");
    }
    for fields in ["", "date: 2026-12-05T07:59\n", "date: 2026-12-09\npublish: 2026-10-01\n"] {
        assert_eq!(event(fields).0, Vec::<String>::new(), "{fields}");
    }
    let decision = |fields: &str| late("content/decisions/vb.md", format!("{DECISION}{fields}"));
    let (codes, shown) = decision("issued: 2026-12-05\ndate: 2026-12-05\n");
    assert_eq!(codes, ["late-date"]);
    assert!(shown.contains("vb.md:7:") && shown.contains("05/12/2026 00:00"), "{shown}");
    for fields in [
        "issued: 2020-06-03\ndate: 2020-06-03\n",
        "issued: 2026-12-05\n",
        "issued: 2026-12-05\ndate: 2026-12-05\npublish: 2026-10-01\n",
        "issued: 2026-12-05\ndate: 2026-10-05\n",
    ] {
        assert_eq!(decision(fields).0, Vec::<String>::new(), "{fields}");
    }
}

#[test]
fn strict_builds_take_warnings_for_errors() {
    let mut portal = Portal::new().file("content/events/le.md", format!("{EVENT}date: 2026-12-06\n---\n"));
    portal.options.strictness = Strictness::Strict;
    let built = portal.build();
    assert!(built.outcome.report.is_none());
    assert_eq!(built.codes(Severity::Warning), ["late-date"]);
    assert!(!portal.options.out.exists());
    let run = congso(portal.root(), &["build", "--strict"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    portal.write("content/events/le.md", format!("{EVENT}---\n"));
    assert!(portal.build().outcome.report.is_some());
}
