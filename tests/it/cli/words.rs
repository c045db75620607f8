//! Help pages, usage errors, and what is printed for other programs.

use std::fs;
use std::path::Path;

use congso::content::fields::{FIELDS, SchemaKind};

use super::{data, portal};
use crate::support::{Portal, congso, congso_with};

const COMMANDS: [&str; 9] = ["build", "serve", "init", "new", "status", "explain", "schema", "hosting", "completions"];

/// The transcript of all help pages. To renew it: `CONGSO_UPDATE=1 cargo test --test it help`, and
/// read the difference.
#[test]
fn help_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    for lang in ["vi", "en"] {
        let mut transcript = String::new();
        for command in [""].iter().chain(&COMMANDS) {
            let args: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
            let run = congso_with(folder.path(), &args, &[("CONGSO_LANG", lang)]);
            transcript.push_str(&format!("$ congso {}\n{}\n", args.join(" "), data(&run)));
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/cli/help.{lang}.txt"));
        if std::env::var_os("CONGSO_UPDATE").is_some() {
            fs::write(&file, &transcript).unwrap();
        }
        assert_eq!(transcript, fs::read_to_string(&file).unwrap(), "{}", file.display());
        let foreign: &[&str] =
            if lang == "vi" { &["Usage", "OPTIONS", "Options", "Print", "default:"] } else { &["ạ"] };
        assert!(foreign.iter().all(|word| !transcript.contains(word)), "{transcript}");
    }
    assert_eq!(data(&congso(folder.path(), &["--version"])), format!("congso {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_is_explained_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    for (args, vi, en) in [
        (
            &["biuld"][..],
            "Không có lệnh `biuld`.\nCó phải ý bạn là `build`?",
            "There is no command `biuld`.\nDid you mean `build`?",
        ),
        (
            &["build", "--drafs"],
            "Không có tùy chọn `--drafs`.\nCó phải ý bạn là `--drafts`?",
            "There is no option `--drafs`.\nDid you mean `--drafts`?",
        ),
        (&["build", "--out"], "Tùy chọn `--out <DIR>` cần một giá trị.", "The option `--out <DIR>` needs a value."),
        (&["build", "x"], "Không có tùy chọn `x`.", "There is no option `x`."),
        (
            &["new", "bai", "A"],
            "`<news|decision|event|page>` không nhận giá trị `bai`. Các giá trị dùng được: news, decision, event, page.",
            "`<news|decision|event|page>` does not take the value `bai`. It takes: news, decision, event, page.",
        ),
        (&["new", "news"], "Thiếu <TITLE>.", "<TITLE> is missing."),
        (
            &["build", "--jobs", "0"],
            "`--jobs <N>` không nhận giá trị `0`.",
            "`--jobs <N>` does not take the value `0`.",
        ),
        (
            &["new", "news", "A", "--lang", "fr"],
            "`--lang <vi|en>` không nhận giá trị `fr`.",
            "`--lang <vi|en>` does not take the value `fr`.",
        ),
        (
            &["build", "-q", "-v"],
            "Không thể dùng `--quiet` cùng với `--verbose`.",
            "`--quiet` cannot be used together with `--verbose`.",
        ),
    ] {
        for (lang, message, help) in
            [("vi", vi, "Xem cách dùng bằng `congso --help`."), ("en", en, "See `congso --help`.")]
        {
            let run = congso_with(folder.path(), args, &[("CONGSO_LANG", lang)]);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
            assert_eq!(run.stderr, format!("{message}\n{help}\n"), "{args:?}");
        }
    }
}

#[test]
fn the_language_is_chosen_by_option_variable_and_locale() {
    let folder = tempfile::tempdir().unwrap();
    let speaks = |args: &[&str], variables: &[(&str, &str)], lang: &str| {
        let run = congso_with(folder.path(), args, variables);
        let message = if lang == "vi" { "Không có tệp `site.yaml`" } else { "There is no file `site.yaml`" };
        assert!(run.stderr.contains(message), "{args:?} {variables:?}: {run:?}");
        assert_eq!(run.code, 1);
    };
    speaks(&["build"], &[], "vi");
    speaks(&["build"], &[("LANG", "en_GB.UTF-8")], "en");
    speaks(&["build"], &[("LANG", "C.UTF-8")], "vi");
    speaks(&["build"], &[("LANG", "en_US.UTF-8"), ("LC_ALL", "vi_VN.UTF-8")], "vi");
    speaks(&["build"], &[("LANG", "vi_VN"), ("CONGSO_LANG", "en")], "en");
    speaks(&["--ui-lang", "vi", "build"], &[("CONGSO_LANG", "en")], "vi");
    speaks(&["build", "--ui-lang=en"], &[("CONGSO_LANG", "vi")], "en");
}

#[test]
fn schemas_hold_the_fields_of_their_kind() {
    let folder = tempfile::tempdir().unwrap();
    for (name, kind) in [
        ("news", SchemaKind::News),
        ("decision", SchemaKind::Decision),
        ("event", SchemaKind::Event),
        ("page", SchemaKind::Page),
        ("section", SchemaKind::Section),
    ] {
        for (lang, title) in [("vi", "Tiêu đề"), ("en", "Title")] {
            let run = congso(folder.path(), &["schema", name, "--ui-lang", lang]);
            let schema: serde_json::Value = serde_json::from_str(data(&run)).unwrap();
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            assert_eq!(schema["additionalProperties"], false);
            assert!(schema["properties"]["title"]["title"].as_str().unwrap().starts_with(title));
            let required: Vec<&str> =
                schema["required"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
            assert!(required.contains(&"title"), "{required:?}");
            let mut found: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            let own = FIELDS.iter().filter(|field| !field.name.contains('.') && field.kinds.contains(&kind));
            let mut expected: Vec<&str> = own.map(|field| field.name).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{name}");
        }
    }
}

#[test]
fn configurations_of_hosts() {
    let portal = portal().file("content/news/b.md", "---\ntitle: B\ndate: 2026-01-02\naliases: [/cu/b]\n---\n");
    for (host, pieces) in [
        (
            "nginx",
            &[
                "error_page 404 /404.html;",
                "immutable",
                "add_header Cache-Control \"no-cache\";",
                "Content-Security-Policy",
            ][..],
        ),
        ("apache", &["ErrorDocument 404 /404.html", "immutable", "no-cache", "Content-Security-Policy"]),
        ("iis", &["<configuration>", "path=\"/404.html\"", "no-cache", "Content-Security-Policy"]),
    ] {
        let run = congso(portal.root(), &["hosting", host]);
        let text = data(&run);
        for piece in pieces.iter().chain(&["cu/b", "/tin-tuc/b/"]) {
            assert!(text.contains(piece), "{host} has no {piece}:\n{text}");
        }
    }
    let run = congso(portal.root(), &["hosting", "iis"]);
    let mut reader = quick_xml::Reader::from_str(&run.stdout);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}

#[test]
fn completions_of_shells() {
    let folder = tempfile::tempdir().unwrap();
    for (shell, mark) in [
        ("bash", "complete -F _congso"),
        ("zsh", "#compdef congso"),
        ("fish", "complete -c congso"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let run = congso(folder.path(), &["completions", shell]);
        let script = data(&run);
        assert!(script.contains(mark), "{shell}");
        assert!(COMMANDS.iter().all(|command| script.contains(command)), "{shell}");
        assert!(["without", "drafts"].iter().all(|word| script.contains(word)), "{shell}");
        if shell == "bash" {
            let file = folder.path().join("congso.bash");
            fs::write(&file, script).unwrap();
            assert!(std::process::Command::new("bash").arg("-n").arg(&file).status().unwrap().success());
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let portal = Portal::new();
    let command = format!("{} schema news | head -c 10; echo \" ${{PIPESTATUS[0]}}\"", env!("CARGO_BIN_EXE_congso"));
    let output = std::process::Command::new("bash").args(["-c", &command]).current_dir(portal.root()).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(String::from_utf8(output.stdout).unwrap().ends_with(" 0\n"));
}
