//! Disks that are full or may not be written, wherever room runs out.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Portal, State, copy, same};
use crate::fixtures;
use crate::laws::full;
use crate::support::{Run, congso, tree};

/// Runs a script of the shell in a portal; `$CONGSO` is the program.
fn shell(portal: &Portal, wrapper: &[&str], script: &str) -> Run {
    let mut command = Command::new(wrapper.first().unwrap_or(&"bash"));
    command.args(wrapper.iter().skip(1));
    if !wrapper.is_empty() {
        command.arg("bash");
    }
    command.args(["-c", script]).current_dir(&portal.root).stdin(Stdio::null());
    command.env("CONGSO", env!("CARGO_BIN_EXE_congso")).env("CONGSO_LANG", "en").env("SOURCE_DATE_EPOCH", "1793509200");
    match command.output() {
        Ok(output) => Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        },
        Err(error) => Run { code: 90, stdout: String::new(), stderr: error.to_string() },
    }
}

/// Runs a script that mounts: as the administrator, or in a name space of one's own. `None` on a
/// machine that allows neither, such as a bare container.
fn mounting(portal: &Portal, script: &str) -> Option<Run> {
    let ways: [&[&str]; 2] = [&["unshare", "-m"], &["unshare", "-rm"]];
    let ways = ways.into_iter().filter(|way| shell(portal, way, "mount -t tmpfs none ..").code == 0);
    ways.map(|way| shell(portal, way, script)).next()
}

/// How much room is left on the disk, from none to enough, in kilobytes.
fn rooms() -> Vec<usize> {
    let step = if full() { 8 } else { 128 };
    (0..1536).step_by(step).collect()
}

/// Portal, output and what is kept are on one small disk, which is nearly full. Wherever the room ends,
/// the output is whole, and with room again the next build is right.
#[test]
fn wherever_the_room_ends() {
    let portal = Portal::new(20);
    let place = portal.root.join("..");
    fixtures::put(&place.join("new"), &State::New.files(portal.news));
    fs::create_dir(place.join("disk")).unwrap();
    let list: Vec<String> = rooms().iter().map(ToString::to_string).collect();
    let script = format!(
        r#"
        set -e
        mount -t tmpfs -o size=16m none ../disk
        for room in {}; do
            rm -rf ../disk/*
            cp -a ../new ../disk/portal
            cd ../disk/portal
            "$CONGSO" build --quiet
            for file in content/news/*.md; do echo "Thêm." >> "$file"; done
            free=$(df -k --output=avail . | tail -1)
            dd if=/dev/zero of=../ballast bs=1k count=$((free - room)) 2>../err || true
            mkdir -p "$OLDPWD/../result/$room"
            cp -r public "$OLDPWD/../result/$room/before"
            code=0
            "$CONGSO" build >/dev/null 2>"$OLDPWD/../result/$room/told" || code=$?
            echo $code > "$OLDPWD/../result/$room/code"
            cp -r public "$OLDPWD/../result/$room/after"
            rm ../ballast
            "$CONGSO" build --quiet
            cp -r public "$OLDPWD/../result/$room/healed"
            cp -r content "$OLDPWD/../result/content-$room"
            cd "$OLDPWD"
        done
        echo finished
        "#,
        list.join(" ")
    );
    let Some(run) = mounting(&portal, &script) else {
        println!("this machine lets nobody mount: not tested here");
        return;
    };
    assert!(run.stdout.contains("finished"), "{run:?}");
    let clean = clean_of(&portal, &place.join("result/content-0"));
    let mut codes = Vec::new();
    for room in rooms() {
        let result = place.join("result").join(room.to_string());
        let [before, after, healed] = ["before", "after", "healed"].map(|name| tree(&result.join(name)));
        let text = |name: &str| fs::read_to_string(result.join(name)).unwrap();
        let (code, told) = (text("code").trim().to_owned(), text("told"));
        match code.as_str() {
            "0" => same(&after, &clean),
            "3" => {
                assert!(told.contains("[output-failed]") && told.contains("the disk is full"), "{room}: {told}");
                same(&after, &before);
            }
            _ => panic!("{room}: {code} {told}"),
        }
        same(&healed, &clean);
        codes.push(code);
    }
    assert!(codes.contains(&"0".to_owned()) && codes.contains(&"3".to_owned()), "{codes:?}");
}

/// What a clean build of the portal with this content gives.
#[track_caller]
fn clean_of(portal: &Portal, content: &Path) -> super::Tree {
    let root = portal.root.join("../clean");
    copy(&portal.root.join("../new"), &root);
    copy(content, &root.join("content"));
    let run = congso(&root, &["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    tree(&root.join("public"))
}

/// Builds without the right of an administrator to write everywhere.
fn as_a_person(portal: &Portal) -> Run {
    let script = r#"if [ "$(id -u)" = 0 ]; then exec setpriv --bounding-set=-dac_override "$CONGSO" build; else exec "$CONGSO" build; fi"#;
    let run = shell(portal, &[], script);
    assert!(!run.stderr.contains("setpriv"), "{run:?}");
    run
}

fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// All folders of a folder, itself included.
fn folders(path: &Path) -> Vec<std::path::PathBuf> {
    let entries = walkdir::WalkDir::new(path).into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_dir()).map(walkdir::DirEntry::into_path).collect()
}

#[test]
fn an_output_folder_that_may_not_be_written() {
    let portal = Portal::new(10);
    portal.edit(State::New);
    folders(&portal.public()).iter().for_each(|folder| mode(folder, 0o555));
    let run = as_a_person(&portal);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.contains("[output-failed]") && run.stderr.contains("permission"), "{}", run.stderr);
    same(&tree(&portal.public()), portal.clean(State::Old));
    folders(&portal.public()).iter().for_each(|folder| mode(folder, 0o755));
    portal.build(State::New);
}

/// Some folder of the output cannot be written, which is found when outputs are moved: the next build
/// finishes.
#[test]
fn a_folder_of_the_output_that_may_not_be_written() {
    let portal = Portal::new(10);
    let mut failed = 0;
    for folder in ["tin-tuc", "tin-tuc/tin-4", "assets"] {
        portal.edit(State::New);
        mode(&portal.public().join(folder), 0o555);
        let run = as_a_person(&portal);
        if run.code != 0 {
            failed += 1;
            assert_eq!(run.code, 3, "{run:?}");
            assert!(run.stderr.contains("[output-failed]") && run.stderr.contains("permission"), "{}", run.stderr);
        }
        for (path, bytes) in tree(&portal.public()) {
            let known = [State::Old, State::New].iter().any(|state| portal.clean(*state).get(&path) == Some(&bytes));
            assert!(known || path.starts_with(".congso-stage/"), "{path} is neither old nor new");
        }
        mode(&portal.public().join(folder), 0o755);
        portal.build(State::New);
        portal.edit(State::Old);
        portal.build(State::Old);
    }
    assert!(failed > 0);
}

/// What is kept cannot be written: told clearly, or built without it.
#[test]
fn a_state_folder_that_may_not_be_written() {
    let portal = Portal::new(10);
    portal.edit(State::New);
    let state = portal.root.join(".congso");
    folders(&state).iter().for_each(|folder| mode(folder, 0o555));
    let run = as_a_person(&portal);
    let found = tree(&portal.public());
    match run.code {
        0 => same(&found, portal.clean(State::New)),
        3 => {
            assert!(run.stderr.contains("[output-failed]") && run.stderr.contains("permission"), "{}", run.stderr);
            same(&found, portal.clean(State::Old));
        }
        _ => panic!("{run:?}"),
    }
    folders(&state).iter().for_each(|folder| mode(folder, 0o755));
    portal.build(State::New);
}
