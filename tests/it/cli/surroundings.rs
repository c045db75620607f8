//! Streams, colour, folders, the clock and exit codes.

use std::fs;
use std::os::unix::fs::symlink;

use super::{data, on_a_terminal, portal};
use crate::support::{Portal, congso, congso_with, tree};

const ESCAPE: char = '\u{1b}';

#[test]
fn talk_goes_to_stderr_and_data_to_stdout() {
    let portal = portal();
    let run = congso(portal.root(), &["build", "--timings", "--ui-lang", "en"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert!(run.stderr.starts_with("Built 5 Vietnamese and 4 English pages: "), "{run:?}");
    for phase in ["scan", "parse", "link", "plan", "render", "write"] {
        assert!(run.stderr.contains(&format!("\n  {phase}: ")), "{run:?}");
    }
    let run = congso(portal.root(), &["build", "--ui-lang", "en"]);
    assert!(run.stderr.contains(": 0 files written, ") && run.stderr.contains(" unchanged, 0 removed"), "{run:?}");
    for args in [
        &["status"][..],
        &["status", "--format", "json"],
        &["schema", "page"],
        &["hosting", "apache"],
        &["completions", "fish"],
    ] {
        assert!(!data(&congso(portal.root(), args)).is_empty());
    }
}

#[test]
fn quiet_speaks_of_errors_only() {
    let portal = portal().news("b.md", "date: 2026-01-02\ndescription: Một: hai", "# Một");
    let normal = congso(portal.root(), &["build", "--ui-lang", "en"]);
    assert!(normal.stderr.contains("warning[heading-level-one]") && normal.stderr.contains("0 errors, 1 warnings"));
    assert!(normal.stderr.contains("There are 1 hints") && !normal.stderr.contains("yaml-rescued-text"), "{normal:?}");
    let verbose = congso(portal.root(), &["build", "--verbose", "--ui-lang", "en"]);
    assert!(verbose.stderr.contains("[yaml-rescued-text]") && !verbose.stderr.contains("There are 1 hints"));
    assert_eq!(data(&congso(portal.root(), &["build", "--quiet"])), "");
    assert_eq!(data(&congso(portal.root(), &["-q", "build"])), "");
    portal.write("content/news/b.md", "Không có gì.\n");
    let broken = congso(portal.root(), &["build", "--quiet", "--ui-lang", "en"]);
    assert_eq!(broken.code, 1);
    assert!(broken.stderr.starts_with("error[front-matter-missing]"), "{broken:?}");
    assert!(!broken.stderr.contains("In all:"), "{broken:?}");
}

#[test]
fn colour_on_request_and_on_terminals() {
    let portal = portal().news("b.md", "date: 2026-01-02", "# Một");
    let coloured = |args: &[&str], variables: &[(&str, &str)]| {
        congso_with(portal.root(), &[&["build"], args].concat(), variables).stderr.contains(ESCAPE)
    };
    assert!(!coloured(&[], &[]));
    assert!(!coloured(&["--color", "never"], &[]));
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]), "what is asked for has the last word");
    let marked = "\u{1b}[1m\u{1b}[33mwarning";
    let has = |args: &str, variables: &[(&str, &str)]| {
        let shown = on_a_terminal(portal.root(), args, variables);
        assert!(shown.contains("heading-level-one"), "{shown:?}");
        shown.contains(marked) || shown.contains("\u{1b}[33m") || shown.contains("\u{1b}[1;33m")
    };
    assert!(has("build", &[]), "{:?}", on_a_terminal(portal.root(), "build", &[]));
    assert!(!has("build", &[("NO_COLOR", "1")]));
    assert!(!has("build --color never", &[]));
    assert!(has("build", &[("NO_COLOR", "")]), "an empty value asks for nothing (no-color.org)");
}

#[test]
fn the_portal_is_found_from_the_folders_below_it() {
    let portal = portal();
    let run = congso(&portal.root().join("content/news"), &["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(portal.root().join("public/tin-tuc/a/index.html").exists());
    assert!(!portal.root().join("content/news/public").exists());
    // The nearest one counts.
    portal.write("nested/site.yaml", "base_url: nonsense\n");
    fs::create_dir_all(portal.root().join("nested/x")).unwrap();
    assert_eq!(congso(&portal.root().join("nested/x"), &["build"]).code, 1);
    // A given one counts more; relative paths begin where the program was started.
    let run = congso(&portal.root().join("nested/x"), &["build", "--root", "../..", "--out", "out"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(portal.root().join("nested/x/out/index.html").exists());
    let run = congso(portal.root(), &["build", "--root", "nowhere", "--ui-lang", "en"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("There is no file `site.yaml`") && !portal.root().join("nowhere").exists(), "{run:?}");
}

#[test]
fn the_build_date_is_an_input() {
    let portal = portal().news("later.md", "date: 2026-11-02T08:00", "Mai.");
    let built = |epoch: &str| {
        let run =
            congso_with(portal.root(), &["build", "--quiet"], &[("SOURCE_DATE_EPOCH", epoch), ("TZ", "America/Lima")]);
        assert_eq!(data(&run), "");
        portal.root().join("public/tin-tuc/later/index.html").exists()
    };
    // 2026-11-02T08:00+07:00 is 1793581200.
    assert!(!built("1793581199"));
    assert!(built("1793581200"));
    assert!(!built("1793509200"), "what is not due any more is taken out");
    let run = congso(portal.root(), &["build", "--ui-lang", "en"]);
    assert!(run.stderr.contains("The next build is due at 02/11/2026 08:00."), "{run:?}");
}

#[test]
fn exit_codes() {
    let portal = portal().news("b.md", "date: 2026-01-02", "# Một");
    let code = |args: &[&str]| congso(portal.root(), args).code;
    assert_eq!(code(&["build"]), 0);
    let good = tree(&portal.root().join("public"));
    assert_eq!(code(&["build", "--strict"]), 1);
    portal.write("content/news/b.md", "");
    assert_eq!(code(&["build"]), 1);
    assert_eq!(code(&["status"]), 1);
    assert_eq!(code(&["hosting", "nginx"]), 1);
    assert_eq!(code(&["build", "--out", "content"]), 2);
    assert_eq!(code(&["build", "--without", "content/news/gone.md"]), 2);
    assert_eq!(code(&["build", "--base-url", "nonsense"]), 2);
    assert_eq!(code(&["build", "--drafts"]), 2);
    assert_eq!(tree(&portal.root().join("public")), good, "the last good output is whole");
    let run = congso(portal.root(), &["build", "--without", "content/news/b.md", "--ui-lang", "en"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("Missing from this build: `content/news/b.md`"), "{run:?}");
    fs::remove_dir_all(portal.root().join(".congso")).unwrap();
    fs::write(portal.root().join(".congso"), "").unwrap();
    assert_eq!(code(&["build", "--without", "content/news/b.md"]), 3);
}

#[test]
fn no_command_panics_on_a_broken_portal() {
    let settings = crate::support::SETTINGS;
    let sound = "---\ntitle: A\ndate: 2026-01-02\n---\n";
    let portals = [
        Portal::empty(),
        Portal::empty().file("site.yaml", ""),
        Portal::empty().file("site.yaml", "[]"),
        Portal::empty().file("site.yaml", b"\xff\xfe\0"),
        Portal::empty().file("site.yaml", settings),
        Portal::empty().file("site.yaml", settings).file("content", "a file"),
        Portal::empty().file("site.yaml/x", "a folder"),
        Portal::new().file("content/_index.md", ""),
        Portal::new().file("content/news/_index.md", "---\nkind: [x]\n---\n").file("content/news/a.md", sound),
        Portal::new().file("content/news/a.md", "---\n---\n").file("content/news/a.en.md", sound),
        Portal::new().file("content/news/a.md", b"\0").file("content/news/a.en.md", b"\xff"),
        Portal::new().file("content/index.md", sound).file("content/news/index.md", sound),
        Portal::new().file("content/.md", sound).file("content/news/.en.md", sound).file("content/en.md", sound),
        Portal::new().file("site.yaml", format!("{settings}theme: x\n")).file("themes/x/templates/base.html", "{{"),
        Portal::new().file("site.yaml", format!("{settings}theme: ../..\n")),
        Portal::new().file(".congso/outputs", "a file"),
    ];
    let dangling = Portal::new();
    fs::remove_dir_all(dangling.root().join("content")).unwrap();
    symlink("nowhere", dangling.root().join("content")).unwrap();
    for (number, portal) in portals.iter().chain([&dangling]).enumerate() {
        for args in [
            &["build"][..],
            &["build", "--drafts", "--future", "--out", "preview"],
            &["build", "--without", "content/news/a.md"],
            &["status"],
            &["status", "--format", "json"],
            &["status", "--accept", "content/news/a.en.md"],
            &["hosting", "nginx"],
            &["hosting", "iis"],
            &["new", "news", "A"],
            &["new", "event", "B", "--lang", "en"],
            &["schema", "news"],
        ] {
            let run = congso(portal.root(), args);
            assert!((0..=3).contains(&run.code) && !run.stderr.contains("panicked"), "{number} {args:?}: {run:?}");
        }
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn memory_comes_from_the_allocator_of_choice() {
    // The one object file it is made of has `malloc` in it: where it speaks, it is the one that is asked.
    let run = congso_with(portal().root(), &["--version"], &[("MIMALLOC_VERBOSE", "1")]);
    assert!(run.stderr.contains("mimalloc: process init"), "{run:?}");
}
