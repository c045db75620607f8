//! Where outputs may not go, and what stands there already.

use std::fs;
use std::os::unix::fs::symlink;

use congso::base::lang::Lang;
use congso::diag::Severity;

use super::{news, page};
use crate::support::{Portal, congso, tree};

/// Everything of a portal but for the state of its builds.
fn sources(portal: &Portal) -> Vec<(String, Vec<u8>)> {
    tree(portal.root()).into_iter().filter(|(path, _)| !path.starts_with(".congso/")).collect()
}

#[test]
fn out_over_in_or_above_the_sources() {
    let portal = news(page("")).file("static/a.txt", "a").file("themes/x/theme.yaml", "extends: default\n");
    fs::create_dir_all(portal.root().join(".git/objects")).unwrap();
    fs::create_dir_all(portal.root().join(".congso")).unwrap();
    let before = sources(&portal);
    let above = portal.root().parent().unwrap().to_str().unwrap().to_owned();
    let absolute = portal.root().join("content").to_str().unwrap().to_owned();
    for out in [
        "content",
        "content/",
        "content/news",
        "content/new",
        "./content/../content",
        "Content",
        "CONTENT/x",
        "static",
        "static/x/y",
        "themes",
        "themes/x",
        ".",
        "./",
        "..",
        "/",
        ".git",
        ".git/x",
        ".congso",
        ".congso/out",
        "public/../content",
        &above,
        &absolute,
    ] {
        for (lang, words) in [("vi", "Không thể"), ("en", "The site cannot be written to")] {
            let run = congso(portal.root(), &["build", "--out", out, "--ui-lang", lang]);
            assert_eq!(run.code, 2, "{out}: {run:?}");
            assert!(run.stderr.contains("[out-inside-sources]") && run.stderr.contains("--out public"), "{run:?}");
            assert!(run.stderr.contains(words), "{run:?}");
        }
        assert!(sources(&portal) == before, "{out}");
    }
    // Beside them it may be, and outside of the portal.
    for out in ["contents", "public/content", "../elsewhere"] {
        let run = congso(portal.root(), &["build", "--out", out]);
        assert_eq!(run.code, 0, "{out}: {run:?}");
        assert!(portal.root().join(out).join("tin-tuc/a/index.html").exists());
    }
}

#[test]
fn out_that_is_a_file() {
    let portal = news(page("")).file("public", "tệp");
    let built = portal.refused(&[("out-blocked", "")]);
    assert!(built.messages(Lang::En).contains("/portal/public` stands where an output has to go"));
    assert_eq!(fs::read_to_string(portal.root().join("public")).unwrap(), "tệp");
}

#[test]
fn nothing_is_written_through_a_link() {
    let elsewhere = |portal: &Portal| {
        let folder = portal.beside("elsewhere");
        fs::create_dir_all(folder.join("tin-tuc")).unwrap();
        fs::write(folder.join("index.html"), "của người khác").unwrap();
        folder
    };
    let untouched = |portal: &Portal| {
        let files = tree(&portal.beside("elsewhere"));
        assert_eq!(files.into_iter().collect::<Vec<_>>(), [("index.html".to_owned(), "của người khác".into())]);
    };
    // The folder itself.
    let portal = news(page(""));
    symlink(elsewhere(&portal), portal.root().join("public")).unwrap();
    let built = portal.refused(&[("out-symlink", "")]);
    assert!(built.messages(Lang::En).contains("/portal/public` is a link"));
    untouched(&portal);
    // A folder on the way to it.
    let mut portal = news(page(""));
    symlink(elsewhere(&portal), portal.root().join("way")).unwrap();
    portal.options.out = portal.root().join("way/public");
    let built = portal.build();
    assert_eq!(built.codes(Severity::Error), ["out-symlink"]);
    untouched(&portal);
    // A folder inside it.
    let portal = news(page(""));
    fs::create_dir(portal.root().join("public")).unwrap();
    symlink(elsewhere(&portal).join("tin-tuc"), portal.root().join("public/tin-tuc")).unwrap();
    let built = portal.refused(&[("out-symlink", "")]);
    assert!(built.messages(Lang::En).contains("/portal/public/tin-tuc` is a link"), "{}", built.messages(Lang::En));
    untouched(&portal);
    // A file inside it: the link goes, what it leads to stays.
    let portal = news(page(""));
    fs::create_dir(portal.root().join("public")).unwrap();
    symlink(elsewhere(&portal).join("index.html"), portal.root().join("public/index.html")).unwrap();
    portal.build().report();
    assert!(fs::symlink_metadata(portal.root().join("public/index.html")).unwrap().is_file());
    untouched(&portal);
    // The state of the builds, and the stage.
    for link in [".congso", "public/.congso-stage"] {
        let portal = news(page(""));
        fs::create_dir(portal.root().join("public")).unwrap();
        symlink(elsewhere(&portal), portal.root().join(link)).unwrap();
        let built = portal.refused(&[("out-symlink", "")]);
        assert!(built.messages(Lang::En).contains(&format!("/portal/{link}` is a link")));
        untouched(&portal);
    }
}

#[test]
fn a_portal_reached_through_a_link_is_built() {
    let mut portal = news(page(""));
    symlink(portal.root(), portal.beside("link")).unwrap();
    portal.options.root = portal.beside("link");
    portal.options.out = portal.beside("link").join("public");
    assert!(portal.build_clean().has("tin-tuc/a/index.html"));
}

#[test]
fn foreign_files_are_left_alone_and_reported() {
    let portal = news(page(""))
        .file("public/.gitignore", "*\n")
        .file("public/google1234.html", "của người khác")
        .file("public/cu/bai.html", "bài cũ")
        .file("public/tin-tuc/a/index.html", "sẽ bị thay");
    fs::create_dir_all(portal.root().join("public/trong")).unwrap();
    let built = portal.accepted(&[("foreign-file", "")]);
    assert!(built.messages(Lang::En).contains("(2 in all, the first is `cu/bai.html`)"));
    assert!(built.messages(Lang::Vi).contains("`cu/bai.html`"));
    assert_eq!(built.report().foreign, ["cu/bai.html", "google1234.html"]);
    assert_eq!(built.out("google1234.html"), "của người khác");
    assert_eq!(built.out("cu/bai.html"), "bài cũ");
    assert_eq!(built.out(".gitignore"), "*\n");
    assert!(built.out("tin-tuc/a/index.html").contains("Bài viết."));
    // They stay when the page beside them goes.
    fs::remove_file(portal.root().join("content/news/a.md")).unwrap();
    portal.write("public/tin-tuc/a/them.txt", "thêm");
    let built = portal.accepted(&[("foreign-file", "")]);
    assert_eq!(built.report().foreign, ["cu/bai.html", "google1234.html", "tin-tuc/a/them.txt"]);
    assert!(!built.has("tin-tuc/a/index.html"));
    // A folder with strangers' files where a file has to go.
    let portal = Portal::new().file("public/robots.txt/x", "của người khác");
    let built = portal.refused(&[("out-blocked", "")]);
    assert!(built.messages(Lang::En).contains("/public/robots.txt/x` stands where"));
}

#[test]
fn previews_never_go_to_the_published_folder() {
    let portal = news(page("draft: true\n"));
    for option in ["--drafts", "--future"] {
        for out in [&[][..], &["--out", "public"], &["--out", "./x/../public"]] {
            let run = congso(portal.root(), &[&["build", option], out].concat());
            assert_eq!(run.code, 2, "{run:?}");
            assert!(run.stderr.contains("[out-preview]"), "{run:?}");
            assert!(!portal.root().join("public").exists());
        }
    }
    assert_eq!(congso(portal.root(), &["build", "--drafts", "--out", "preview"]).code, 0);
    assert!(portal.root().join("preview/tin-tuc/a/index.html").exists());
}
