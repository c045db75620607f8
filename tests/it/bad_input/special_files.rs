//! What is no ordinary file: pipes, sockets, devices, links, and files that may not be read.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{news, page};
use crate::support::{Built, Portal, Run};
use congso::base::lang::Lang;
use congso::diag::Severity;

/// Makes a named pipe; whoever opens it waits for ever.
fn pipe(at: &Path) {
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
}

/// Runs a command that must end soon.
#[track_caller]
pub fn in_time(command: &mut Command) -> Run {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts");
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("it hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program on a portal.
#[track_caller]
fn congso(portal: &Portal, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_congso"));
    in_time(command.args(args).current_dir(portal.root()).env_clear().env("SOURCE_DATE_EPOCH", "1793509200"))
}

#[test]
fn pipes_and_sockets_are_skipped_unopened() {
    let portal = news(page(""));
    let content = portal.root().join("content");
    pipe(&content.join("news/b.md"));
    pipe(&content.join("news/c"));
    pipe(&portal.root().join("static/d.txt"));
    pipe(&portal.root().join("themes/x/templates/page.html"));
    let _socket = UnixListener::bind(content.join("news/e.md")).unwrap();
    let mut told = vec![];
    for command in [&["build"][..], &["status"], &["hosting", "nginx"], &["new", "news", "Một bài"]] {
        let run = congso(&portal, &[command, &["--ui-lang", "en"]].concat());
        assert_eq!(run.code, 0, "{command:?}: {run:?}");
        told.push(run);
    }
    portal.accepted(&[
        ("special-file", "content/news/b.md"),
        ("special-file", "content/news/c"),
        ("special-file", "content/news/e.md"),
        ("special-file", "static/d.txt"),
    ]);
    for path in ["content/news/b.md", "content/news/c", "content/news/e.md", "static/d.txt"] {
        assert!(told[0].stderr.contains(&format!("`{path}` is not an ordinary file")), "{}", told[0].stderr);
    }
}

#[test]
fn settings_theme_and_image_that_are_pipes() {
    let portal = news(page("image: {src: a.jpg, alt: Ảnh}\n"));
    pipe(&portal.root().join("content/news/a.jpg"));
    let run = congso(&portal, &["build", "--ui-lang", "en"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("There is no file `content/news/a.jpg`") && run.stderr.contains("a.md:4"), "{run:?}");
    let portal = Portal::new();
    fs::remove_file(portal.root().join("site.yaml")).unwrap();
    pipe(&portal.root().join("site.yaml"));
    let root = portal.root().to_str().unwrap().to_owned();
    let run = congso(&portal, &["build", "--root", &root, "--ui-lang", "en"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("`site.yaml` could not be read: it is not an ordinary file"), "{run:?}");
    let portal = Portal::new().file("themes/x/theme.yaml", "extends: default\n");
    pipe(&portal.root().join("themes/x/templates/page.html"));
    let settings = format!("{}theme: x\n", crate::support::SETTINGS);
    portal.write("site.yaml", settings);
    let run = congso(&portal, &["build", "--ui-lang", "en"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("`themes/x/templates/page.html` is not an ordinary file"), "{run:?}");
}

#[test]
fn an_output_that_is_a_pipe_is_never_opened() {
    let portal = news(page(""));
    pipe(&portal.root().join("public/tin-tuc/a/index.html"));
    let run = congso(&portal, &["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(fs::read_to_string(portal.root().join("public/tin-tuc/a/index.html")).unwrap().contains("Bài viết."));
}

#[test]
fn devices_are_never_opened() {
    let portal = news(page(""));
    symlink("/dev/zero", portal.root().join("content/news/b.md")).unwrap();
    portal.refused(&[("symlink-outside", "content/news/b.md")]);
    let device = portal.root().join("content/news/b.md");
    fs::remove_file(&device).unwrap();
    // A device of one's own only the administrator can make.
    if Command::new("mknod").arg(&device).args(["c", "1", "5"]).stderr(Stdio::null()).status().unwrap().success() {
        let run = congso(&portal, &["build", "--ui-lang", "en"]);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.stderr.contains("`content/news/b.md` is not an ordinary file"), "{run:?}");
    }
}

#[test]
fn links_that_leave_the_portal_are_refused() {
    let secret = "một điều bí mật";
    let portal = news(page(""));
    fs::write(portal.beside("secret.md"), page("").replace("Bài viết", secret)).unwrap();
    fs::create_dir(portal.beside("folder")).unwrap();
    fs::write(portal.beside("folder/x.md"), secret).unwrap();
    let content = portal.root().join("content");
    symlink(portal.beside("secret.md"), content.join("news/b.md")).unwrap();
    symlink("../../../secret.md", content.join("news/c.md")).unwrap();
    symlink(portal.beside("folder"), content.join("news/d")).unwrap();
    fs::create_dir(portal.root().join("static")).unwrap();
    symlink("/etc/passwd", portal.root().join("static/e")).unwrap();
    let built = portal.refused(&[
        ("symlink-outside", "content/news/b.md"),
        ("symlink-outside", "content/news/c.md"),
        ("symlink-outside", "content/news/d"),
        ("symlink-outside", "static/e"),
    ]);
    assert!(!built.messages(Lang::En).contains(secret));
    let portal = Portal::new();
    fs::rename(portal.root().join("content"), portal.beside("content")).unwrap();
    symlink(portal.beside("content"), portal.root().join("content")).unwrap();
    let built = portal.build();
    assert!(built.codes(Severity::Error).contains(&"symlink-outside".to_owned()), "{}", built.messages(Lang::En));
}

#[test]
fn links_inside_the_portal_are_followed() {
    let portal = news(page("")).file("shared/b.md", page("")).file("shared/kin/c.md", "---\ntitle: C\n---\n");
    symlink("../../shared/b.md", portal.root().join("content/news/b.md")).unwrap();
    symlink("../shared/kin", portal.root().join("content/mo")).unwrap();
    let built = portal.build_clean();
    assert!(built.has("tin-tuc/b/index.html") && built.has("mo/c/index.html"));
}

#[test]
fn links_that_go_round_end() {
    let portal = news(page(""));
    let content = portal.root().join("content");
    symlink("b.md", content.join("news/b.md")).unwrap();
    symlink("d.md", content.join("news/c.md")).unwrap();
    symlink("c.md", content.join("news/d.md")).unwrap();
    symlink("..", content.join("news/e")).unwrap();
    symlink(".", content.join("news/f")).unwrap();
    let start = Instant::now();
    portal.refused(&[
        ("symlink-loop", "content/news/b.md"),
        ("symlink-loop", "content/news/c.md"),
        ("symlink-loop", "content/news/d.md"),
        ("symlink-loop", "content/news/e"),
        ("symlink-loop", "content/news/f"),
    ]);
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_link_to_nothing() {
    let portal = news(page(""));
    symlink("gone.md", portal.root().join("content/news/b.md")).unwrap();
    let built = portal.refused(&[("unreadable-file", "content/news/b.md")]);
    assert!(built.messages(Lang::En).contains("it is a link to a file that is gone"));
}

/// Runs the program without the right of an administrator to read and write everything.
#[track_caller]
fn as_a_person(portal: &Portal, args: &[&str]) -> Run {
    let program = env!("CARGO_BIN_EXE_congso");
    let mut command = Command::new("sh");
    let script = r#"if [ "$(id -u)" = 0 ]; then exec setpriv --bounding-set=-dac_override,-dac_read_search "$@"; else exec "$@"; fi"#;
    command.args(["-c", script, "sh", program]).args(args).current_dir(portal.root());
    let run = in_time(command.env("SOURCE_DATE_EPOCH", "1793509200").env("CONGSO_LANG", "en"));
    assert!(!run.stderr.contains("setpriv"), "{run:?}");
    run
}

fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn files_and_folders_that_may_not_be_read() {
    let portal = news(page("")).file("content/news/b.md", page("")).file("content/kin/c.md", page(""));
    let (file, folder) = (portal.root().join("content/news/b.md"), portal.root().join("content/kin"));
    mode(&file, 0o000);
    mode(&folder, 0o000);
    let run = as_a_person(&portal, &["build"]);
    mode(&folder, 0o755);
    assert_eq!(run.code, 1, "{run:?}");
    for path in ["content/news/b.md", "content/kin"] {
        let message = format!("`{path}` could not be read: you do not have permission to read it");
        assert!(run.stderr.contains(&message), "{run:?}");
    }
    assert!(!portal.root().join("public").exists());
}

#[test]
fn a_folder_that_may_not_be_written() {
    let portal = news(page(""));
    let good: Built = portal.build_clean();
    let before = good.tree();
    portal.write("content/news/b.md", page(""));
    let out = portal.root().join("public");
    mode(&out, 0o555);
    let run = as_a_person(&portal, &["build"]);
    mode(&out, 0o755);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.contains("you do not have permission to write there"), "{run:?}");
    assert_eq!(good.tree(), before);
    assert_eq!(as_a_person(&portal, &["build"]).code, 0);
}
