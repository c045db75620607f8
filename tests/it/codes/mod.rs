//! Every diagnostic that the program knows is produced by some portal, alone, and told in full.

mod content;
mod workspace;

use congso::base::lang::Lang;
use congso::diag::{Code, Severity};

use crate::support::{Built, Portal, SETTINGS, congso};
use crate::told::readable;

/// What produces a code, and nothing else.
enum Way {
    /// A build of this portal.
    Build(Portal),
    /// This command in this portal, which ends with this exit code.
    Command(Portal, &'static [&'static str], i32),
}

use Way::{Build, Command};

/// The ways of all codes. A code that is added has to find its way here, or nothing compiles.
fn way(code: Code) -> Way {
    workspace::way(code).or_else(|| content::way(code)).unwrap_or_else(|| panic!("no portal for {}", code.id()))
}

/// Front matter of a sound news item with some more lines.
fn page(lines: &str) -> String {
    format!("---\ntitle: Bài\ndate: 2026-01-02\n{lines}---\n")
}

/// A portal with a news item with some more lines.
fn news(lines: &str) -> Portal {
    Portal::new().file("content/news/a.md", page(lines))
}

/// A portal with a news item of this text.
fn text(text: &str) -> Portal {
    Portal::new().file("content/news/a.md", page("") + "\n" + text + "\n")
}

/// A portal with these lines at the end of its settings.
fn settings(lines: &str) -> Portal {
    Portal::new().file("site.yaml", format!("{SETTINGS}{lines}\n"))
}

#[test]
fn every_code_is_produced_alone_and_told_in_full() {
    for code in Code::ALL.iter().filter(|code| is_told(**code)) {
        match way(*code) {
            Build(portal) => {
                let built = portal.build();
                let mut codes = built.codes(Severity::Hint);
                codes.dedup();
                assert_eq!(codes, [code.id()], "{}", built.messages(Lang::En));
                readable(&portal, &built);
                severity_decides(*code, &built);
            }
            Command(portal, args, exit) => {
                for lang in ["vi", "en"] {
                    let run = congso(portal.root(), &[args, &["--ui-lang", lang]].concat());
                    assert_eq!(run.code, exit, "{}: {run:?}", code.id());
                    let told: Vec<&str> = run.stderr.split('[').skip(1).filter_map(|s| s.split(']').next()).collect();
                    assert_eq!(told, [code.id()], "{run:?}");
                    assert_eq!(run.stdout, "");
                }
            }
        }
    }
}

/// Whether a program with these features tells of it at all.
fn is_told(code: Code) -> bool {
    match code {
        Code::ImageHeic | Code::ImageBroken | Code::ImageHuge | Code::ImageMisnamed => cfg!(feature = "images"),
        Code::AvifMissing => !cfg!(feature = "avif"),
        _ => true,
    }
}

/// Only an error keeps a portal from being built.
fn severity_decides(code: Code, built: &Built) {
    let severity = built.outcome.diagnostics.iter().next().unwrap().severity;
    assert_eq!(severity, code.severity(), "{}", code.id());
    assert_eq!(built.outcome.report.is_none(), severity == Severity::Error, "{}", code.id());
}
