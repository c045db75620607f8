//! Input meant to take forever or to fill the memory.

use std::process::Command;
use std::time::{Duration, Instant};

use super::{news, page};
use crate::support::{Built, Portal, SETTINGS};

const A: &str = "content/news/a.md";

/// Does something within a time that more than linear work would exceed many times over.
#[track_caller]
fn in_time(portal: &Portal, name: &str) -> Built {
    let start = Instant::now();
    let built = portal.build();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "{name}: {took:?}");
    built
}

#[track_caller]
fn refused_in_time(portal: &Portal, code: &str, place: &str) {
    let built = in_time(portal, code);
    assert_eq!(built.codes(congso::diag::Severity::Error), [code]);
    portal.refused(&[(code, place)]);
}

/// A thousand million values out of ten lines.
fn laughs(indent: &str) -> String {
    let mut text = format!("{indent}a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let before = level - 1;
        let ten = format!("*a{before}, ").repeat(10);
        text.push_str(&format!("{indent}a{level}: &a{level} [{ten}]\n"));
    }
    text
}

#[test]
fn aliases_of_aliases() {
    refused_in_time(&news(page(&format!("extra:\n{}", laughs("  ")))), "yaml-alias", &format!("{A}:5"));
    let lines = SETTINGS.lines().count();
    let settings = format!("{SETTINGS}owner:\n{}", laughs("  "));
    refused_in_time(&Portal::new().file("site.yaml", settings), "yaml-alias", &format!("site.yaml:{}", lines + 2));
    refused_in_time(&news(page("extra: &a [*a]\n")), "yaml-alias", &format!("{A}:4"));
}

#[test]
fn values_in_values() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let deep = format!("extra: {{b: {}{}}}\n", open.repeat(50_000), close.repeat(50_000));
        refused_in_time(&news(page(&deep)), "yaml-too-deep", &format!("{A}:4"));
    }
    let mut block = "extra:\n".to_owned();
    (1..2_000).for_each(|level| block.push_str(&format!("{}a:\n", " ".repeat(level))));
    refused_in_time(&news(page(&block)), "yaml-too-deep", &format!("{A}:35"));
    let sequences = format!("tags:\n  {}x\n", "- ".repeat(50_000));
    refused_in_time(&news(page(&sequences)), "yaml-too-deep", &format!("{A}:4"));
    let many = format!("tags: [{}]\n", "x, ".repeat(200_000));
    refused_in_time(&news(page(&many)), "yaml-too-deep", &format!("{A}:4"));
    let unclosed = format!("extra: {}\n", "[".repeat(50_000));
    refused_in_time(&news(page(&unclosed)), "yaml-too-deep", &format!("{A}:4"));
}

#[test]
fn ten_thousand_unclosed_brackets() {
    for piece in ["[", "![", "[a](", "<a ", "*a _b ", "> ", "- ", "`` ` ", "&#", "[^", "{{", "{% "] {
        let text = format!("{}\n{}\n", page(""), piece.repeat(10_000));
        let built = in_time(&news(text), piece);
        let errors = built.codes(congso::diag::Severity::Error);
        assert!(built.outcome.report.is_some() || errors == ["html-too-deep"], "{piece}: {errors:?}");
    }
}

#[test]
fn tags_in_tags() {
    let text = format!("{}\n{}\n", page(""), "<div>".repeat(10_000));
    refused_in_time(&news(text), "html-too-deep", &format!("{A}:8"));
    let callouts = format!("{}\n{}", page(""), ":::callout type=\"note\"\n".repeat(2_000));
    let built = in_time(&news(callouts), "callouts");
    let codes = built.codes(congso::diag::Severity::Error);
    assert!(codes.contains(&"directive-depth".to_owned()), "{codes:?}");
}

#[test]
fn bombs_do_not_fill_the_memory() {
    let bombs = [
        page(&format!("extra:\n{}", laughs("  "))),
        page(&format!("extra: {}\n", "[".repeat(1 << 20))),
        page(&format!("tags: [{}]\n", "x, ".repeat(1 << 20))),
        format!("{}\n{}\n", page(""), "[".repeat(1 << 20)),
    ];
    for bomb in bombs {
        let portal = news(&bomb);
        let mut command = Command::new("bash");
        command.args(["-c", "ulimit -v 1000000; exec \"$CONGSO\" build --jobs 1"]).current_dir(portal.root());
        let run = super::special_files::in_time(command.env("CONGSO", env!("CARGO_BIN_EXE_congso")));
        assert!(run.code == 0 || run.code == 1, "{:.60}: {run:?}", bomb);
    }
}

/// A text of one line with so many bytes, and the portal that publishes it.
fn one_line(megabytes: usize) -> (String, Portal) {
    let words = "Chuyển đổi số quốc gia. ";
    let line = words.repeat((megabytes << 20) / words.len());
    let portal = news(format!("{}\n{line}\n", page("")));
    (line, portal)
}

#[test]
fn a_line_of_five_megabytes() {
    let (line, portal) = one_line(5);
    let built = in_time(&portal, "five megabytes");
    built.report();
    assert!(built.out("tin-tuc/a/index.html").contains(line.trim_end()));
    // In front matter it is cut for no one, and its mistake is told without showing it.
    let long = "x".repeat(1 << 20);
    in_time(&news(page(&format!("description: {long}\n"))), "description").report();
    refused_in_time(&news(page(&format!("slug: {long}\n"))), "bad-slug", &format!("{A}:4"));
    refused_in_time(&news(page(&format!("{long}: x\n"))), "yaml-syntax", &format!("{A}:4"));
}

/// Takes a while; `tests/run --full` asks for it.
#[test]
fn a_line_of_fifty_megabytes() {
    if std::env::var_os("CONGSO_TEST_FULL").is_none() {
        return;
    }
    let (line, portal) = one_line(50);
    let start = Instant::now();
    let built = portal.build();
    built.report();
    assert!(start.elapsed() < Duration::from_secs(200), "{:?}", start.elapsed());
    assert!(built.out("tin-tuc/a/index.html").contains(line.trim_end()));
}

#[test]
fn anchors_of_very_many_headings() {
    let headings: String = (0..5_000).map(|n| format!("## Mục {n}\n\n[a](#muc-{n}) [b](a.md#muc-{n})\n\n")).collect();
    let built =
        in_time(&news(format!("{}<a id=\"rieng\">x</a> [c](#rieng) [d](#top)\n\n{headings}", page(""))), "anchors");
    assert_eq!(built.codes(congso::diag::Severity::Error), [""; 0]);
    let broken: String = (0..5_000).map(|n| format!("[a](#mucc-{n})\n\n")).collect();
    let built = in_time(&news(format!("{}{headings}{broken}", page(""))), "broken anchors");
    let found: Vec<_> = built.outcome.diagnostics.iter().collect();
    assert!(found.len() == 5_000 && found.iter().all(|found| found.code.id() == "broken-anchor"));
    assert_eq!(found.first().and_then(|found| found.suggestion.as_deref()), Some("muc-0"));
    assert_eq!(found.iter().filter(|found| found.suggestion.is_some()).count(), 50);
}
