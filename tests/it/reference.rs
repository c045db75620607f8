//! The reference in both languages is made from the program and held current; `UPDATE_REFERENCE=1`
//! writes it anew. The table of settings is what the program reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use congso::base::lang::Lang;
use congso::config::reference::{SETTINGS, Setting, SettingValue};
use congso::content::fields::FIELDS;
use congso::diag::{Code, Severity};

use crate::support::Portal;

const FILES: [(Lang, &str); 2] = [(Lang::En, "docs/reference.md"), (Lang::Vi, "docs/tham-khao.md")];

#[test]
#[expect(clippy::disallowed_methods, reason = "whoever runs the test says whether to write the reference anew")]
fn the_reference_is_current() {
    let update = std::env::var("UPDATE_REFERENCE").is_ok_and(|value| value == "1");
    for (lang, name) in FILES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let made = congso::cli::reference(lang);
        if update {
            fs::write(&path, &made).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        for (number, (kept, made)) in kept.lines().zip(made.lines()).enumerate() {
            assert_eq!(kept, made, "{name}:{}: run with UPDATE_REFERENCE=1", number + 1);
        }
        assert_eq!(kept.lines().count(), made.lines().count(), "{name}: run with UPDATE_REFERENCE=1");
    }
}

/// What must be in the reference whatever its form: every name a person can write, and nothing that
/// was looked up and not found.
#[test]
fn the_reference_names_everything() {
    use clap::CommandFactory as _;
    for (lang, _) in FILES {
        let text = congso::cli::reference(lang);
        let fields = FIELDS.iter().map(|field| format!("| `{}`<br>", field.name));
        let settings = SETTINGS.iter().map(|setting| format!("| `{}` |", setting.name));
        let codes = Code::ALL.iter().map(|code| format!("| `{}` |", code.id()));
        let program = congso::cli::Arguments::command();
        let commands = program.get_subcommands().map(|command| format!("### `congso {}`", command.get_name()));
        let options =
            program.get_subcommands().flat_map(|command| command.get_arguments()).filter_map(|arg| arg.get_long());
        let options = options.map(|long| format!("--{long}"));
        let exits = (0..=3).map(|code| format!("| {code} | "));
        for wanted in fields.chain(settings).chain(codes).chain(commands).chain(options).chain(exits) {
            assert!(text.contains(&wanted), "{wanted} is not in the reference ({lang})");
        }
        for key in ["setting.", "setting-value.", "directive.", "reference.", "field.", "help.", "value."] {
            let alone = |line: &&str| {
                line.split([' ', '`', '|', '>']).any(|word| word.starts_with(key) && word.len() > key.len())
            };
            let found = text.lines().find(|line| alone(line) && !line.contains("reference.md"));
            assert_eq!(found, None, "a key stands for its text ({lang})");
        }
    }
}

/// One valid value of a setting, as YAML.
fn sample(setting: &Setting) -> String {
    match (setting.name, setting.value) {
        ("timezone", _) => "Asia/Tokyo".to_owned(),
        ("theme", _) => "default".to_owned(),
        ("menu.ref" | "footer.ref", _) => "news/_index.md".to_owned(),
        ("series.ID.yearly", _) => "10/10".to_owned(),
        (_, SettingValue::Line) => "Chữ".to_owned(),
        (_, SettingValue::Both) => "{vi: Chữ, en: Text}".to_owned(),
        (_, SettingValue::Slugs) => format!("{{vi: {0}-vi, en: {0}-en}}", setting.key()),
        (_, SettingValue::Date) => "2026-12-31".to_owned(),
        (_, SettingValue::Number) => "3".to_owned(),
        (_, SettingValue::Origin | SettingValue::Web | SettingValue::Contact) => "https://other.example/".to_owned(),
        (_, SettingValue::Choice(words)) => words[0].to_owned(),
        (_, SettingValue::Choices(words)) => format!("[{}]", words.join(", ")),
        (_, SettingValue::Terms) => {
            let one = format!("{}.ID", setting.name);
            let more = congso::config::reference::children(&one);
            let more: String = more.map(|setting| format!(", {}: {}", setting.key(), sample(setting))).collect();
            format!("{{mot: {{vi: Một {0}, en: One {0}, slug: {{vi: mot, en: one}}{more}}}}}", setting.key())
        }
        (name, SettingValue::Map) => map(name),
        (name, SettingValue::Maps) => format!("[{}]", map(name)),
        (name, SettingValue::Pages) => format!("[{}, news/_index.md]", map(name)),
        (_, SettingValue::Flag) => "false".to_owned(),
    }
}

/// A map with a value for each of its settings.
fn map(name: &str) -> String {
    let mut entries = Vec::new();
    for setting in congso::config::reference::children(name) {
        let keys = if setting.key() == "LANG" { vec!["vi", "en"] } else { vec![setting.key()] };
        entries.extend(keys.into_iter().map(|key| format!("{key}: {}", sample(setting))));
    }
    format!("{{{}}}", entries.join(", "))
}

/// The settings file with everything stated.
fn everything() -> String {
    let lines = congso::config::reference::children("").map(|s| format!("{}: {}\n", s.key(), sample(s)));
    lines.collect()
}

/// Each setting of the table is read. The reader itself refuses to look for others (it asserts so).
#[test]
fn the_table_of_settings_is_what_is_read() {
    // A series needs an edition.
    let edition = "---\ntitle: Lễ\nstart: 2026-12-05\nseries: mot\n---\n";
    Portal::new().file("site.yaml", everything()).file("content/events/le.md", edition).build_clean();
    let mut wrong = BTreeSet::new();
    for setting in SETTINGS.iter().filter(|setting| setting.key() != "LANG") {
        // A list is nothing that a line or a map could be, and an empty map is no list and no text.
        let bad = match setting.value {
            SettingValue::Maps | SettingValue::Pages | SettingValue::Choices(_) => "{}",
            _ => "[[]]",
        };
        let parent = setting.name.rsplit_once('.').map_or("", |(parent, _)| parent);
        let mark = format!("{}: {}", setting.key(), sample(setting));
        let place = if parent.is_empty() { format!("\n{mark}") } else { mark };
        let text = format!("\n{}", everything());
        let group = parent.split('.').next().unwrap();
        let start = text.find(&format!("\n{group}")).unwrap();
        let at = start + text[start..].find(&place).unwrap_or_else(|| panic!("{place} in {text}"));
        let changed = format!("{}{}", &text[..at], text[at..].replacen(&sample(setting), bad, 1));
        let built = Portal::new().file("site.yaml", changed).build();
        if !built.codes(Severity::Error).iter().any(|code| code == "bad-setting") {
            wrong.insert(format!("{}: {:?}", setting.name, built.codes(Severity::Error)));
        }
    }
    assert_eq!(wrong, BTreeSet::new(), "settings whose value nobody looks at");
}

#[test]
fn what_is_required_is_required_and_defaults_are_the_defaults() {
    let text = everything();
    let required: Vec<&str> = SETTINGS.iter().filter(|s| s.is_required()).map(|s| s.name).collect();
    for name in ["base_url", "languages"] {
        assert!(required.contains(&name));
        let without: String =
            text.lines().filter(|line| !line.starts_with(name)).map(|line| format!("{line}\n")).collect();
        let built = Portal::new().file("site.yaml", without).build();
        assert_eq!(built.codes(Severity::Error), ["setting-missing"], "{name}");
    }
    // Stating the defaults changes nothing.
    let base = "base_url: https://a.example/\nlanguages: {vi: {title: A}, en: {title: B}}\n";
    let mut stated = base.to_owned();
    for setting in congso::config::reference::children("") {
        let inner = congso::config::reference::children(setting.name).filter(|s| !s.default.is_empty());
        let inner: Vec<String> = inner.map(|s| format!("{}: {}", s.key(), s.default)).collect();
        if !setting.default.is_empty() {
            stated.push_str(&format!("{}: {}\n", setting.name, setting.default));
        } else if !inner.is_empty() {
            stated.push_str(&format!("{}: {{{}}}\n", setting.name, inner.join(", ")));
        }
    }
    assert!(stated.lines().count() > 7, "{stated}");
    let portal = |text: &str| Portal::new().file("site.yaml", text).news("bai.md", "date: 2026-10-01", "Một.");
    let portals = [portal(base), portal(&stated)];
    let [plain, all] = portals.each_ref().map(Portal::build);
    // An owner of whom only the kind is stated is told of, and nothing else.
    let told = [&plain, &all].map(|built| built.codes(Severity::Warning));
    assert_eq!(told, [vec![], vec!["owner-incomplete".to_owned()]]);
    assert!(plain.outcome.report.is_some() && plain.tree() == all.tree());
}

/// The guides for writers explain every message, and none that is gone.
#[test]
fn the_guides_name_every_message() {
    for name in ["docs/guide.md", "docs/huong-dan.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        let unexplained = Code::ALL.iter().map(|code| code.id()).filter(|id| !text.contains(&format!("\n| `{id}` |")));
        assert_eq!(unexplained.collect::<Vec<_>>(), Vec::<&str>::new(), "{name}");
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |").map(|(id, _)| id));
        let is_code = |id: &&str| id.contains('-') && id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let gone = rows.filter(is_code).filter(|id| Code::ALL.iter().all(|code| code.id() != *id));
        assert_eq!(gone.collect::<Vec<_>>(), Vec::<&str>::new(), "{name}");
    }
}
