//! The program as people and scripts call it: words, files, streams and exit codes.

mod init_and_new;
mod status;
mod surroundings;
mod words;

use std::process::Command;

use crate::support::{Portal, Run};

/// A portal with one news item and its translation.
fn portal() -> Portal {
    Portal::new()
        .news("a.md", "date: 2026-01-02", "Bài viết.")
        .file("content/news/a.en.md", "---\ntitle: Item\n---\n\nText.\n")
}

/// Runs the program in a folder and gives its output as on a terminal, both streams together.
fn on_a_terminal(folder: &std::path::Path, args: &str, variables: &[(&str, &str)]) -> String {
    let command = format!("{} {args}", env!("CARGO_BIN_EXE_congso"));
    let mut script = Command::new("script");
    script.args(["-qec", &command, "/dev/null"]).current_dir(folder).env_clear().env("TERM", "xterm");
    script.env("PATH", "/usr/bin:/bin").env("SOURCE_DATE_EPOCH", "1793509200").env("CONGSO_LANG", "en");
    let output = script.envs(variables.iter().copied()).output().expect("`script` of bsdutils");
    String::from_utf8(output.stdout).unwrap()
}

/// Expects a run that worked and said nothing but data.
#[track_caller]
fn data(run: &Run) -> &str {
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    &run.stdout
}
