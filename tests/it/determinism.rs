//! The same input gives the same bytes, and a build touches only what changed: threads, folders, time
//! zones, creation order, edits.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use congso::build::report::Phase;
use congso::diag::Severity;

use crate::fixtures;
use crate::support::{Built, Portal, congso_with, tree};

type Tree = BTreeMap<String, Vec<u8>>;

/// The small site with the default theme and enough news for several threads to share.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = fixtures::files("small");
    for (path, bytes) in &mut files {
        if path == "site.yaml" {
            *bytes = String::from_utf8_lossy(bytes).replace("theme: plain", "theme: default").into_bytes();
        }
    }
    for number in 0..90 {
        let (month, day) = (1 + number % 12, 1 + number % 28);
        let text = format!(
            "---\ntitle: Tin số {number}\ndate: 2023-{month:02}-{day:02}\ntopics: [{}]\ntags: [nhãn {}]\n---\n\nChữ {number}. [Tin khác](tin-{}.md)\n",
            if number % 3 == 0 { "data" } else { "skills" },
            number % 7,
            (number * 31 + 7) % 90,
        );
        files.push((format!("content/news/tin-{number}.md"), text.into_bytes()));
        if number % 2 == 0 {
            let text = format!("---\ntitle: Item {number}\n---\n\nWords {number}.\n");
            files.push((format!("content/news/tin-{number}.en.md"), text.into_bytes()));
        }
    }
    files
}

/// Builds with the program and gives the tree.
#[track_caller]
fn build(started_in: &Path, root: &Path, more: &[&str], variables: &[(&str, &str)]) -> Tree {
    let mut args = vec!["build", "--root", root.to_str().unwrap()];
    args.extend(more);
    let run = congso_with(started_in, &args, variables);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let out = more.iter().position(|arg| *arg == "--out").and_then(|at| more.get(at + 1));
    tree(&out.map_or_else(|| root.join("public"), |out| started_in.join(out)))
}

/// Compares trees without printing them whole.
#[track_caller]
fn same(a: &Tree, b: &Tree) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (path, bytes) in a {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&b[path]), "{path}");
    }
}

#[test]
fn one_thread_or_four_other_folders_zones_locales_and_creation_orders() {
    let files = files();
    let place = tempfile::tempdir().unwrap();
    let (first, second) = (place.path().join("a"), place.path().join("somewhere/else entirely/b"));
    fixtures::put(&first, &files);
    fixtures::put(&second, files.iter().rev());
    let one = build(&first, &first, &["--jobs", "1"], &[("TZ", "Asia/Ho_Chi_Minh"), ("LC_ALL", "vi_VN.UTF-8")]);
    assert!(one.len() > 300, "{}", one.len());
    let four = build(&first, &first, &["--jobs", "4", "--out", "four"], &[("TZ", "UTC")]);
    same(&one, &four);
    let zone = [("TZ", "America/New_York"), ("LC_ALL", "en_US.UTF-8"), ("HOME", "/nowhere"), ("CONGSO_LANG", "en")];
    let elsewhere = build(place.path(), &second, &["--jobs", "3"], &zone);
    same(&one, &elsewhere);
}

/// The small site with the default theme.
fn small() -> Portal {
    let files = fixtures::files("small").into_iter();
    let files = files.filter(|(path, _)| !path.starts_with("themes/"));
    files.fold(Portal::empty(), |portal, (path, bytes)| match path.as_str() {
        "site.yaml" => portal.file(&path, String::from_utf8(bytes).unwrap().replace("theme: plain", "theme: default")),
        _ => portal.file(&path, bytes),
    })
}

#[test]
fn a_second_build_touches_nothing() {
    let portal = small();
    let built = portal.build_clean();
    let tree = built.tree();
    assert_eq!((built.report().written, built.report().unchanged), (tree.len(), 0));
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in tree.keys() {
        let file = fs::File::options().append(true).open(portal.options.out.join(path)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let again = portal.build_clean();
    assert_eq!((again.report().written, again.report().removed, again.report().unchanged), (0, 0, tree.len()));
    assert_eq!(again.tree(), tree);
    for path in tree.keys() {
        let modified = fs::metadata(portal.options.out.join(path)).unwrap().modified().unwrap();
        assert_eq!(modified, long_ago, "{path}");
    }
}

#[test]
fn an_output_that_somebody_changed_stays_and_is_told_when_its_page_goes() {
    let portal = Portal::new().news("a.md", "date: 2026-01-02", "").news("b.md", "date: 2026-01-03", "");
    let (gone, stays) = ("tin-tuc/a/index.html", "tin-tuc/b/index.html");
    assert!(portal.build_clean().has(gone));
    let place = portal.options.out.join(gone);
    fs::write(&place, "by somebody").unwrap();
    fs::remove_file(portal.root().join("content/news/a.md")).unwrap();
    let built = portal.build();
    assert_eq!(built.codes(Severity::Warning), ["foreign-file"]);
    assert_eq!((fs::read_to_string(&place).unwrap().as_str(), built.has(stays)), ("by somebody", true));
    assert_eq!(built.report().foreign, [gone]);
    // It is told as long as it is there.
    assert_eq!(portal.build().report().foreign, [gone]);
    fs::remove_file(&place).unwrap();
    assert_eq!(portal.build().report().foreign, Vec::<String>::new());
}

#[test]
fn a_second_build_tells_the_same_warnings_and_reads_no_page_for_them() {
    let portal = small();
    // What is saved in the two seconds before a build is read once more by the next.
    std::thread::sleep(Duration::from_millis(2_100));
    let (first, again) = (portal.build(), portal.build());
    assert!(!first.outcome.diagnostics.is_empty());
    assert_eq!(first.outcome.diagnostics, again.outcome.diagnostics);
    let phases = |built: &Built| built.report().timings.iter().map(|(phase, _)| phase).collect::<Vec<_>>();
    assert!(phases(&first).contains(&Phase::Render));
    assert!(!phases(&again).contains(&Phase::Render) && !phases(&again).contains(&Phase::Parse));
    assert_eq!(again.report().pages, first.report().pages);
}

/// What an edit of the small site changes: the outputs written and those removed.
#[track_caller]
fn edit(change: impl FnOnce(&mut Portal)) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut portal = small();
    let before = portal.build_clean().tree();
    change(&mut portal);
    let built = portal.build_clean();
    let after = built.tree();
    let written = after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes));
    let written: BTreeSet<String> = written.map(|(path, _)| path.clone()).collect();
    let removed: BTreeSet<String> = before.keys().filter(|path| !after.contains_key(*path)).cloned().collect();
    assert_eq!((built.report().written, built.report().removed), (written.len(), removed.len()));
    (written, removed)
}

/// Replaces a part of a file.
#[track_caller]
fn replace(portal: &Portal, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(portal.root().join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    portal.write(path, text.replacen(from, to, 1));
}

fn set<const N: usize>(paths: [&str; N]) -> BTreeSet<String> {
    paths.map(str::to_owned).into()
}

#[test]
fn an_edit_of_the_text_touches_its_own_page_only() {
    let news = "content/news/le-ky-niem/index.md";
    let (written, removed) = edit(|portal| replace(portal, news, "Đọc kỹ.", "Đọc thật kỹ."));
    assert_eq!((written, removed), (set(["tin-tuc/le-ky-niem/index.html"]), set([])));
    let english = "content/news/le-ky-niem/index.en.md";
    let (written, _) = edit(|portal| replace(portal, english, "The ceremony", "A ceremony"));
    let feeds = ["en/atom.xml", "en/news/atom.xml"];
    assert_eq!(written, set(["en/news/anniversary/index.html", feeds[0], feeds[1]]), "its beginning is in feeds");
}

#[test]
fn an_edit_of_the_title_touches_what_shows_it() {
    let (written, removed) =
        edit(|portal| replace(portal, "content/news/tin-ba.en.md", "title: Third item", "title: Third news"));
    let expected = set([
        "en/news/tin-ba/index.html",
        // Its lists.
        "en/news/page/2/index.html",
        "en/news/2024/index.html",
        "en/news/2024/09/index.html",
        "en/topics/digital-skills/index.html",
        "en/site-map/index.html",
        "en/index.html",
        "en/atom.xml",
        "en/news/atom.xml",
        // Related to it, and later than it.
        "en/news/anniversary/index.html",
        // It names the same document.
        "en/about-us/index.html",
        // Cited by it.
        "en/decisions/2020/749-qd-ttg/index.html",
    ]);
    assert_eq!((written, removed), (expected, set([])));
}

#[test]
fn a_page_that_goes_takes_its_outputs_along() {
    let (written, removed) = edit(|portal| {
        fs::remove_file(portal.root().join("content/news/tin-ba.md")).unwrap();
        fs::remove_file(portal.root().join("content/news/tin-ba.en.md")).unwrap();
    });
    let gone = set([
        "tin-tuc/tin-ba/index.html",
        "en/news/tin-ba/index.html",
        "tin-tuc/trang/2/index.html",
        "en/news/page/2/index.html",
        "tin-tuc/2024/09/index.html",
        "en/news/2024/09/index.html",
    ]);
    assert_eq!(removed, gone);
    assert!(written.contains("sitemap.xml") && written.contains("atom.xml"), "{written:?}");
    assert!(written.contains("van-ban/2015/12-qd-ttg/index.html"), "it was cited there");
    assert!(written.contains("about/index.html"), "it named the same document: {written:?}");
    assert!(!written.contains("co-quan/index.html") && !written.contains("404.html"), "{written:?}");
}

#[test]
fn nothing_empty_stays_where_outputs_went() {
    let portal = small();
    let _first = portal.build_clean();
    fs::remove_dir_all(portal.root().join("content/events")).unwrap();
    replace(&portal, "site.yaml", "  - {ref: events/_index.md}\n", "");
    let series = "series:\n  the-day: {vi: Ngày Chuyển đổi số, en: The Day, yearly: 10/10}\n";
    replace(&portal, "site.yaml", series, "");
    replace(&portal, "content/news/le-ky-niem/index.md", "series=\"the-day\" limit=\"1\" year=\"2024\"", "");
    let built = portal.build_clean();
    assert!(!built.has("su-kien") && !built.has("en/events"));
    let folders = walkdir::WalkDir::new(&portal.options.out).into_iter().map(Result::unwrap);
    let empty = folders.filter(|entry| entry.file_type().is_dir() && fs::read_dir(entry.path()).unwrap().count() == 0);
    assert_eq!(empty.map(|entry| entry.into_path()).collect::<Vec<_>>(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn another_day_changes_only_what_depends_on_it() {
    let (written, removed) = edit(|portal| portal.options.now = "2026-11-10T05:00:00Z".parse().unwrap());
    // Lists of what is to come name the day.
    let lists = ["index.html", "en/index.html", "su-kien/index.html", "en/events/index.html"];
    assert_eq!((written, removed), (set(lists), set([])));
    // All events are over: they move from those to come to those past, and into the feeds.
    let (written, removed) = edit(|portal| {
        portal.options.now = "2026-12-12T05:00:00Z".parse().unwrap();
        fs::remove_file(portal.root().join("content/news/sap-dang.md")).unwrap();
    });
    let expected = set([
        "index.html",
        "en/index.html",
        "su-kien/index.html",
        "en/events/index.html",
        "atom.xml",
        "en/atom.xml",
        "su-kien/atom.xml",
        "en/events/atom.xml",
    ]);
    assert_eq!((written, removed), (expected, set([])));
}
