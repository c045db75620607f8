//! The house: floors, file sizes, first lines, the one printer and the one gate to the disk.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the lowest floor up; each imports only from those before it.
const FLOORS: [&str; 13] = [
    "base", "diag", "source", "domain", "images", "config", "content", "theme", "site", "render", "build", "serve",
    "cli",
];

/// The longest a file may be.
const MAX_LINES: usize = 400;

/// All Rust files of a folder with their text.
fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.map(|entry| entry.into_path()).filter(|path| path.extension().is_some_and(|e| e == "rs"));
    files.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The path below the repository, with forward slashes.
fn name(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap().replace('\\', "/")
}

/// The module of `src` a file belongs to.
fn floor(name: &str) -> &str {
    name.strip_prefix("src/").unwrap().split(['/', '.']).next().unwrap()
}

#[test]
fn imports_go_down_only() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        let name = name(&path);
        let Some(own) = FLOORS.iter().position(|floor| *floor == self::floor(&name)) else {
            assert!(["src/lib.rs", "src/main.rs"].contains(&name.as_str()), "{name} is on no floor");
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for part in line.split("crate::").skip(1) {
                let module = part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                let target = FLOORS.iter().position(|floor| *floor == module);
                if target.is_none_or(|target| target > own) {
                    wrong.push(format!("{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "imports that go up");
}

#[test]
fn every_file_is_short_and_says_its_job_first() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests"] {
        for (path, text) in rust_files(folder) {
            let lines = text.lines().count();
            if lines > MAX_LINES {
                wrong.push(format!("{}: {lines} lines", name(&path)));
            }
            if !text.starts_with("//! ") {
                wrong.push(format!("{}: does not say its job in its first line", name(&path)));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Files, other than tests, that hold one of some words.
fn files_with(words: &[&str]) -> Vec<String> {
    let files = rust_files("src").into_iter().filter(|(path, _)| !name(path).ends_with("tests.rs"));
    let found = files.filter(|(_, text)| {
        let code = text.split("#[cfg(test)]").next().unwrap();
        code.lines().any(|line| !line.trim_start().starts_with("//") && words.iter().any(|word| line.contains(word)))
    });
    found.map(|(path, _)| name(&path)).collect()
}

#[test]
fn only_the_printer_prints() {
    let found = files_with(&["println!", "print!(", "stdout()", "stderr()"]);
    let allowed = ["src/cli/environment.rs", "src/cli/localize.rs", "src/cli/ui.rs"];
    assert_eq!(found, allowed);
}

#[test]
fn one_gate_leads_to_the_disk() {
    assert_eq!(
        files_with(&["std::fs", "fs::"]),
        [
            "src/source/disk.rs",
            "src/source/disk_list.rs",
            "src/source/disk_look.rs",
            "src/source/disk_own.rs",
            "src/source/disk_records.rs",
            "src/source/disk_write.rs"
        ]
    );
}

#[test]
fn only_render_names_the_template_engine() {
    let found = files_with(&["tera::"]);
    assert!(found.iter().all(|file| file.starts_with("src/render/")), "{found:?}");
}
