//! The message catalogues and the strings of the theme: both languages alike, nothing missing,
//! nothing unused, no place left empty.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use congso::base::lang::Lang;
use congso::config::reference::{SETTINGS, Setting};
use congso::content::fields::{FIELDS, SchemaKind};
use congso::content::markdown::directives;
use congso::diag::{Catalog, Code};
use congso::source::yaml::{self, Node};

/// The sources of the program without their tests, by path.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.unwrap().into_path());
    let files = files.filter(|path| {
        let name = path.to_str().unwrap();
        name.ends_with(".rs") && !name.ends_with("tests.rs") && !name.contains("/tests/")
    });
    files
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            (path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap().to_owned(), code)
        })
        .collect()
}

/// The names in braces that a text has places for.
fn places(text: &str) -> BTreeSet<String> {
    let parts = text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    parts.filter(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')).map(str::to_owned).collect()
}

/// All string literals of a text that are on one line.
fn literals(code: &str) -> BTreeSet<&str> {
    code.lines().flat_map(|line| line.split('"').skip(1).step_by(2)).collect()
}

#[test]
fn both_catalogues_have_the_same_keys_and_places() {
    let [vi, en] = Lang::ALL.map(Catalog::load);
    let keys = |catalog: &Catalog| catalog.keys().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(keys(&vi), keys(&en));
    let differ = vi.keys().filter(|key| places(vi.text(key)) != places(en.text(key)));
    assert_eq!(differ.collect::<Vec<_>>(), Vec::<&str>::new(), "texts with different places");
    let empty = vi.keys().filter(|key| vi.text(key).trim().is_empty() || en.text(key).trim().is_empty());
    assert_eq!(empty.collect::<Vec<_>>(), Vec::<&str>::new(), "empty texts");
}

#[test]
fn every_code_has_a_message_and_a_remedy() {
    for lang in Lang::ALL {
        let catalog = Catalog::load(lang);
        for code in Code::ALL {
            for key in [code.id().to_owned(), format!("{}.fix", code.id())] {
                assert!(catalog.find(&key).is_some(), "{key} in {lang}");
            }
        }
    }
}

/// Codes and messages are one to one: no message speaks for a code that is gone, and no code waits
/// for a rule.
#[test]
fn every_code_is_used() {
    let sources = sources();
    let uses = |code: &Code| {
        let name = format!("Code::{code:?}");
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
        sources.values().any(|text| text.split(name.as_str()).skip(1).any(ends))
    };
    let unused: Vec<&str> = Code::ALL.iter().filter(|code| !uses(code)).map(|code| code.id()).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

/// What makers of diagnostics fill themselves: the function, where it is, the places.
const MAKERS: [(&str, &str, &[&str]); 7] = [
    ("new", "src/", &[]),
    // What a function of a template finds is completed by the engine.
    ("new", "src/render/functions.rs", &["template", "page"]),
    ("about", "src/source/disk_list.rs", &["path"]),
    ("about", "src/content/front_matter/", &["field", "sample"]),
    ("problem", "src/source/text.rs", &["path"]),
    ("at", "src/source/yaml/", &[]),
    ("push", "src/config/", &["setting"]),
];

/// Who makes a diagnostic fills the places of its message and remedy.
#[test]
fn every_place_of_a_message_is_filled() {
    let en = Catalog::load(Lang::En);
    let mut open = BTreeSet::new();
    for (file, text) in sources() {
        for code in Code::ALL {
            let fix = format!("{}.fix", code.id());
            let wanted = &places(en.text(code.id())) | &places(en.text(&fix));
            let mention = format!("Code::{code:?}");
            for (at, _) in text.match_indices(&mention) {
                let (before, after) = (&text[..at], &text[at + mention.len()..]);
                let call = before.trim_end_matches("crate::diag::").trim_end().strip_suffix('(');
                let maker = call.and_then(|call| call.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next());
                let is_whole = !after.starts_with(|c: char| c.is_alphanumeric());
                let makers = MAKERS.iter().filter(|(name, path, _)| Some(*name) == maker && file.starts_with(path));
                let makers: Vec<_> = makers.filter(|_| is_whole).collect();
                let filled = |place: &String| {
                    makers.iter().any(|(_, _, filled)| filled.contains(&place.as_str()))
                        || text.contains(&format!("\"{place}\""))
                };
                if !makers.is_empty() {
                    let empty = wanted.iter().filter(|place| !filled(place));
                    open.extend(empty.map(|place| format!("{file}: {} leaves {{{place}}}", code.id())));
                }
            }
        }
    }
    assert_eq!(open, BTreeSet::new());
}

/// The groups of keys that the program asks for by their full names.
const GROUPS: [&str; 13] = [
    "ui.",
    "help.",
    "wanted.",
    "found.",
    "value.",
    "inheritance.",
    "reference.",
    "setting-value.",
    "yaml-cause.",
    "yaml-remedy.",
    "slug-error.",
    "target-error.",
    "directive-",
];

#[test]
fn every_key_in_the_sources_exists() {
    let en = Catalog::load(Lang::En);
    let sources = sources();
    let mut missing = Vec::new();
    for (file, text) in &sources {
        for literal in literals(text) {
            let is_key = GROUPS.iter().any(|group| literal.strip_prefix(group).is_some_and(|rest| !rest.is_empty()));
            let is_word = literal.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b));
            if is_key && is_word && en.find(literal).is_none() {
                missing.push(format!("{file}: {literal}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// What the program puts together from names is there, too.
#[test]
fn every_computed_key_exists() {
    for lang in Lang::ALL {
        let catalog = Catalog::load(lang);
        let missing: Vec<String> = computed_keys().into_iter().filter(|key| catalog.find(key).is_none()).collect();
        assert_eq!(missing, Vec::<String>::new(), "{lang}");
    }
}

#[test]
fn no_key_is_unused() {
    let en = Catalog::load(Lang::En);
    let sources = sources();
    let literals: BTreeSet<&str> = sources.values().flat_map(|text| literals(text)).collect();
    let computed = computed_keys();
    let unused = en.keys().filter(|key| !literals.contains(key) && !computed.contains(*key));
    assert_eq!(unused.collect::<Vec<_>>(), Vec::<&str>::new());
}

/// The keys that the program puts together from names.
fn computed_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    keys.extend(Code::ALL.iter().flat_map(|code| [code.id().to_owned(), format!("{}.fix", code.id())]));
    keys.extend(FIELDS.iter().flat_map(|f| [format!("field.{}", f.name), format!("field.{}.doc", f.name)]));
    keys.extend(SchemaKind::NAMES.iter().map(|(name, _)| format!("kind.{name}")));
    keys.extend(["field", "value", "inheritance", "meaning", "example"].map(|column| format!("reference.{column}")));
    keys.extend(SETTINGS.iter().map(Setting::meaning_key));
    for (name, attributes) in directives::all() {
        keys.insert(format!("directive.{name}"));
        keys.extend(attributes.iter().map(|attribute| format!("directive.{name}.{attribute}")));
    }
    keys.extend(help_keys());
    keys
}

/// `help.COMMAND` and `help.COMMAND.OPTION` of every command, and `help.global.OPTION`.
fn help_keys() -> Vec<String> {
    use clap::CommandFactory as _;
    let mut program = congso::cli::Arguments::command();
    program.build();
    let mut keys = vec!["help.congso".to_owned(), "help.global.help".to_owned(), "help.global.version".to_owned()];
    let globals = program.get_arguments().filter(|arg| arg.is_global_set());
    keys.extend(globals.map(|arg| format!("help.global.{}", arg.get_id())));
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        let own = command.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help");
        keys.push(format!("help.{}", command.get_name()));
        keys.extend(own.map(|arg| format!("help.{}.{}", command.get_name(), arg.get_id())));
    }
    keys
}

#[test]
fn every_command_and_option_has_its_help() {
    for lang in Lang::ALL {
        let catalog = Catalog::load(lang);
        let missing: Vec<String> = help_keys().into_iter().filter(|key| catalog.find(key).is_none()).collect();
        assert_eq!(missing, Vec::<String>::new(), "{lang}");
    }
}

/// The strings of the default theme: a text, or its forms by number.
fn theme_strings(lang: Lang) -> BTreeMap<String, Vec<(String, String)>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/default/i18n/{lang}.yaml"));
    let Ok(Node::Map(fields)) = yaml::parse(&fs::read_to_string(file).unwrap()) else { panic!("no map") };
    let forms = |value: Node| match value {
        Node::Text(text) => vec![("other".to_owned(), text)],
        Node::Map(forms) => forms
            .into_iter()
            .map(|(form, text)| match text {
                Node::Text(text) => (form, text),
                other => panic!("{other:?}"),
            })
            .collect(),
        other => panic!("{other:?}"),
    };
    fields.into_iter().map(|(key, value)| (key, forms(value))).collect()
}

#[test]
fn the_strings_of_the_theme_are_alike_in_both_languages() {
    let [vi, en] = Lang::ALL.map(theme_strings);
    assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, forms) in &vi {
        let all = |forms: &[(String, String)]| forms.iter().map(|(_, text)| places(text)).collect::<BTreeSet<_>>();
        assert_eq!(all(forms), all(&en[key]), "{key}");
        assert!(forms.iter().chain(&en[key]).all(|(_, text)| !text.trim().is_empty()), "{key}");
    }
}

/// Every string of the theme is asked for by a template or by the program, and every one asked for
/// by its full name is there.
#[test]
fn no_string_of_the_theme_is_unused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let templates = walkdir::WalkDir::new(root.join("themes/default/templates")).into_iter().map(Result::unwrap);
    let templates = templates.filter(|entry| entry.file_type().is_file());
    let mut texts: Vec<String> = templates.map(|entry| fs::read_to_string(entry.path()).unwrap()).collect();
    texts.extend(sources().into_iter().filter(|(path, _)| !path.starts_with("src/cli")).map(|(_, text)| text));
    // Quotation marks stand inside others in templates.
    let literals: BTreeSet<&str> = texts.iter().flat_map(|text| text.split('"')).collect();
    // Put together from a name: `t(key="month." ~ n)`, `worker.string(&format!("relation.{}", …))`.
    let beginnings: Vec<&str> = literals
        .iter()
        .filter_map(|text| text.strip_suffix("{}").or(text.ends_with('.').then_some(*text)))
        .filter(|text| text.len() > 2)
        .collect();
    let endings = ["topics.title", "tags.title", "agencies.title"];
    let used = |key: &str| {
        literals.contains(key) || endings.contains(&key) || beginnings.iter().any(|start| key.starts_with(start))
    };
    let strings = theme_strings(Lang::En);
    let unused: Vec<&String> = strings.keys().filter(|key| !used(key)).collect();
    assert_eq!(unused, Vec::<&String>::new());
    for text in &texts {
        for asked in text.split("t(key=\"").skip(1).filter_map(|rest| Some(rest.split_once("\")")?.0)) {
            assert!(asked.contains('"') || strings.contains_key(asked), "{asked}");
        }
    }
}
