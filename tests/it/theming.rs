//! The lists in the guide to theming are made from the default theme; `UPDATE_REFERENCE=1` writes them anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const GUIDES: [&str; 2] = ["docs/theming.md", "docs/giao-dien.md"];

fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(project(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Text as a cell of a table.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// The templates with the comment that opens them, or else what they extend.
fn templates() -> String {
    let folder = project("themes/default/templates");
    let mut rows = String::from("| file | |\n| --- | --- |\n");
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let comment =
            text.strip_prefix("{#-").and_then(|rest| rest.split_once("-#}")).map(|(comment, _)| cell(comment));
        let above = text.strip_prefix("{% extends \"").and_then(|rest| rest.split_once('"'));
        let said = comment.or_else(|| above.map(|(above, _)| format!("`extends` `{above}`")));
        let name = entry.path().strip_prefix(&folder).unwrap().to_str().unwrap();
        writeln!(rows, "| `{name}` | {} |", said.unwrap_or_default()).unwrap();
    }
    rows
}

/// The custom properties that a block of declarations sets.
fn properties(block: &str) -> Vec<(&str, &str)> {
    let lines = block.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
    lines
        .map(|(name, rest)| {
            (name, rest.split_once(';').unwrap_or_else(|| panic!("--{name} is not on one line")).0.trim())
        })
        .collect()
}

/// The declarations of light pages in the style sheet of tokens.
fn light(sheet: &str) -> &str {
    sheet.split_once(":root {").unwrap().1.split_once('}').unwrap().0
}

/// The custom properties of light pages, and of dark pages where they differ.
fn tokens() -> String {
    let sheet = read("themes/default/static/css/tokens.css");
    let dark = sheet.split_once("@media (prefers-color-scheme: dark) {").unwrap().1.split_once('}').unwrap().0;
    let dark: BTreeMap<_, _> = properties(dark).into_iter().collect();
    let mut rows = String::from("| | | |\n| --- | --- | --- |\n");
    for (name, value) in properties(light(&sheet)) {
        let other = dark.get(name).map_or(String::new(), |value| format!("`{value}`"));
        writeln!(rows, "| `--{name}` | `{value}` | {other} |").unwrap();
    }
    rows
}

/// The options with their defaults and what people call them.
fn options() -> String {
    let manifest: serde_yaml::Value = serde_yaml::from_str(&read("themes/default/theme.yaml")).unwrap();
    let mut rows = String::from("| | | vi | en |\n| --- | --- | --- | --- |\n");
    for (name, option) in manifest["options"].as_mapping().unwrap() {
        let default = serde_yaml::to_string(&option["default"]).unwrap();
        let label = |lang: &str| cell(option["label"][lang].as_str().unwrap());
        writeln!(rows, "| `{}` | `{}` | {} | {} |", name.as_str().unwrap(), cell(&default), label("vi"), label("en"))
            .unwrap();
    }
    rows
}

/// The texts of a language by key; of those that depend on a number all forms.
fn texts(lang: &str) -> BTreeMap<String, String> {
    let texts: BTreeMap<String, serde_yaml::Value> =
        serde_yaml::from_str(&read(&format!("themes/default/i18n/{lang}.yaml"))).unwrap();
    let shown = |value: serde_yaml::Value| match value {
        serde_yaml::Value::String(text) => text,
        serde_yaml::Value::Mapping(forms) => {
            let form = |key: &str| forms.get(key).and_then(serde_yaml::Value::as_str);
            [form("one"), form("other")].into_iter().flatten().collect::<Vec<_>>().join(" / ")
        }
        other => panic!("{other:?}"),
    };
    texts.into_iter().map(|(key, value)| (key, shown(value))).collect()
}

fn strings() -> String {
    let english = texts("en");
    let mut rows = String::from("| | vi | en |\n| --- | --- | --- |\n");
    for (key, text) in texts("vi") {
        writeln!(rows, "| `{key}` | {} | {} |", cell(&text), cell(&english[&key])).unwrap();
    }
    rows
}

#[test]
#[expect(clippy::disallowed_methods, reason = "whoever runs the test says whether to write the lists anew")]
fn the_lists_of_the_guide_are_current() {
    let update = std::env::var("UPDATE_REFERENCE").is_ok_and(|value| value == "1");
    for name in GUIDES {
        let kept = read(name);
        let mut made = kept.clone();
        for (part, rows) in
            [("templates", templates()), ("tokens", tokens()), ("options", options()), ("strings", strings())]
        {
            let (open, close) = (format!("<!-- {part} -->\n"), format!("<!-- /{part} -->"));
            let (before, rest) = made.split_once(&open).unwrap_or_else(|| panic!("{name} has no {open}"));
            let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("{name} has no {close}"));
            made = format!("{before}{open}\n{rows}\n{close}{after}");
        }
        if update {
            fs::write(project(name), &made).unwrap();
        } else {
            assert!(kept == made, "{name}: run with UPDATE_REFERENCE=1");
        }
    }
}

#[test]
fn every_token_is_used() {
    let sheet = read("themes/default/static/css/tokens.css");
    let files = walkdir::WalkDir::new(project("themes/default")).into_iter().map(|entry| entry.unwrap().into_path());
    let text: String = files.filter(|path| path.is_file()).filter_map(|path| fs::read_to_string(path).ok()).collect();
    let unused: Vec<_> = properties(light(&sheet))
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| !text.contains(&format!("var(--{name})")))
        .collect();
    assert_eq!(unused, Vec::<&str>::new(), "tokens that nothing uses");
}
