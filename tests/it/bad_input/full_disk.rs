//! A disk that is full in the middle of a build: exit code 3, and the last good output whole.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::special_files::in_time;
use super::{news, page};
use crate::support::{Portal, Run, tree};

/// Runs a script of the shell in a portal; `$CONGSO` is the program.
fn shell(portal: &Portal, wrapper: &[&str], script: &str) -> Run {
    let mut command = Command::new(wrapper.first().unwrap_or(&"bash"));
    command.args(wrapper.iter().skip(1));
    if !wrapper.is_empty() {
        command.arg("bash");
    }
    command.args(["-c", script]).current_dir(portal.root());
    command.env("CONGSO", env!("CARGO_BIN_EXE_congso")).env("CONGSO_LANG", "en").env("SOURCE_DATE_EPOCH", "1793509200");
    in_time(&mut command)
}

/// A file of so many kilobytes that no one can pack.
fn noise(kilobytes: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..kilobytes << 10).map(next).collect()
}

/// Expects that a build failed for want of room and changed nothing.
#[track_caller]
fn failed(run: &Run, reason: &str, before: &Path, after: &Path) {
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.contains("[output-failed]") && run.stderr.contains(reason), "{run:?}");
    assert!(run.stderr.contains("the last good output is still whole"), "{run:?}");
    assert!(tree(before).contains_key("tin-tuc/a/index.html"), "there was no good output");
    assert_eq!(tree(after), tree(before));
}

#[test]
fn a_disk_of_two_megabytes() {
    let portal = news(page(""));
    fs::create_dir(portal.beside("disk")).unwrap();
    fs::create_dir(portal.root().join("static")).unwrap();
    fs::write(portal.beside("large"), noise(3_000)).unwrap();
    let script = r#"
        mount -t tmpfs -o size=2m none ../disk || exit 90
        "$CONGSO" build --out ../disk/out || exit 91
        cp -r ../disk/out ../before
        cp ../large static/large.bin
        echo '<!-- changed -->' >> content/news/a.md
        "$CONGSO" build --out ../disk/out
        code=$?
        cp -r ../disk/out ../after
        rm static/large.bin
        "$CONGSO" build --out ../disk/out || exit 92
        cp -r ../disk/out ../healed
        exit $code
    "#;
    // As the administrator, or in a name space of one's own.
    let ways: [&[&str]; 2] = [&["unshare", "-m"], &["unshare", "-rm"]];
    let mut runs = ways.iter().map(|way| shell(&portal, way, script)).inspect(|run| println!("{run:?}"));
    let Some(run) = runs.find(|run| run.stderr.contains("pages")) else {
        panic!("this test has to mount a file system of its own: run it as root, or allow user name spaces");
    };
    failed(&run, "the disk is full", &portal.beside("before"), &portal.beside("after"));
    let healed = tree(&portal.beside("healed"));
    assert!(healed.contains_key("tin-tuc/a/index.html") && !healed.keys().any(|path| path.contains("stage")));
}

/// The limit of a user's files is another way to run out of room, which needs no rights.
#[test]
fn files_that_may_not_grow() {
    let portal = news(page("")).file("static/small.bin", noise(100));
    let large = noise(1_000);
    let before = portal.beside("before");
    let build = |portal: &Portal| shell(portal, &[], "trap '' XFSZ; ulimit -f 500; exec \"$CONGSO\" build");
    assert_eq!(build(&portal).code, 0);
    assert!(Command::new("cp").arg("-r").arg(portal.root().join("public")).arg(&before).status().unwrap().success());
    portal.write("content/news/a.md", page("description: Khác.\n"));
    portal.write("static/large.bin", &large);
    failed(&build(&portal), "could not be written: File too large", &before, &portal.root().join("public"));
    // Nor in a page of its own making.
    fs::remove_file(portal.root().join("static/large.bin")).unwrap();
    portal.write("content/news/a.md", format!("{}{}\n", page(""), "chữ ".repeat(200_000)));
    failed(&build(&portal), "could not be written: File too large", &before, &portal.root().join("public"));
    portal.write("content/news/a.md", page(""));
    assert_eq!(build(&portal).code, 0);
    assert_eq!(tree(&portal.root().join("public")), tree(&before));
}
