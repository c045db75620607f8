//! The JSON Schemas of front matter and settings: sound as schemas, and in agreement with the program
//! about the pages of this repository and about what is wrong.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use congso::base::lang::Lang;
use congso::base::path::RelPath;
use congso::config::reference;
use congso::content::fields::{SchemaKind, children};
use congso::content::schema::json_schema;
use congso::content::split::split;
use congso::diag::Severity;
use congso::source::yaml::{self, Node};
use serde_json::{Value as Json, json};

use crate::support::Portal;

/// All schemas with their names.
fn schemas() -> Vec<(String, Json)> {
    let kinds = SchemaKind::NAMES
        .iter()
        .flat_map(|(name, kind)| Lang::ALL.map(|lang| (format!("{name} in {lang}"), json_schema(*kind, lang))));
    kinds.chain(Lang::ALL.map(|lang| (format!("site.yaml in {lang}"), reference::json_schema(lang)))).collect()
}

/// What is wrong with a schema as a schema: the keywords this program uses, each with its sort of value.
fn malformed(schema: &Json, at: &str, wrong: &mut Vec<String>) {
    let Some(map) = schema.as_object() else {
        wrong.push(format!("{at} is no object"));
        return;
    };
    for (keyword, value) in map {
        let place = format!("{at}/{keyword}");
        let sound = match keyword.as_str() {
            "$schema" => at.is_empty() && value == "https://json-schema.org/draft/2020-12/schema",
            "title" | "description" => value.as_str().is_some_and(|text| !text.trim().is_empty()),
            "type" => types(value).iter().all(|name| TYPES.contains(name)) && !types(value).is_empty(),
            "pattern" => value.as_str().is_some_and(|pattern| fancy_regex::Regex::new(pattern).is_ok()),
            "minimum" | "maximum" => value.is_number(),
            "enum" => is_set(value),
            "required" => {
                let names: Option<Vec<&str>> =
                    value.as_array().map(|all| all.iter().filter_map(Json::as_str).collect());
                names.is_some_and(|names| names.iter().all(|name| map["properties"].get(name).is_some()))
                    && (is_set(value) || value == &json!([]))
            }
            "additionalProperties" if value.is_boolean() => true,
            "items" | "additionalProperties" => {
                malformed(value, &place, wrong);
                true
            }
            "anyOf" => value.as_array().is_some_and(|all| {
                all.iter().enumerate().for_each(|(index, one)| malformed(one, &format!("{place}/{index}"), wrong));
                !all.is_empty()
            }),
            "properties" | "patternProperties" => value.as_object().is_some_and(|all| {
                all.iter().for_each(|(name, one)| malformed(one, &format!("{place}/{name}"), wrong));
                keyword == "properties" || all.keys().all(|pattern| fancy_regex::Regex::new(pattern).is_ok())
            }),
            _ => false,
        };
        if !sound {
            wrong.push(place);
        }
    }
}

const TYPES: [&str; 6] = ["object", "array", "string", "integer", "number", "boolean"];

fn types(value: &Json) -> Vec<&str> {
    match value {
        Json::String(name) => vec![name],
        Json::Array(names) => names.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Whether a list is not empty and has nothing twice.
fn is_set(value: &Json) -> bool {
    let Some(all) = value.as_array() else { return false };
    let different: BTreeSet<String> = all.iter().map(Json::to_string).collect();
    !all.is_empty() && different.len() == all.len()
}

#[test]
fn the_schemas_are_sound() {
    for (name, schema) in schemas() {
        let mut wrong = Vec::new();
        malformed(&schema, "", &mut wrong);
        assert_eq!(wrong, Vec::<String>::new(), "{name}");
        assert!(schema.get("$schema").is_some() && schema["type"] == "object", "{name}");
    }
}

/// Both languages describe the same, and only their words differ.
#[test]
fn a_schema_is_the_same_in_both_languages_but_for_its_words() {
    fn bare(schema: &Json) -> Json {
        match schema {
            Json::Object(map) => {
                // A field may be called `title`; a keyword of that name holds text.
                let kept = map
                    .iter()
                    .filter(|(key, value)| !(["title", "description"].contains(&key.as_str()) && value.is_string()));
                Json::Object(kept.map(|(key, value)| (key.clone(), bare(value))).collect())
            }
            Json::Array(all) => Json::Array(all.iter().map(bare).collect()),
            other => other.clone(),
        }
    }
    for pair in schemas().chunks(2) {
        assert_eq!(bare(&pair[0].1), bare(&pair[1].1), "{}", pair[0].0);
        assert_ne!(pair[0].1, pair[1].1);
    }
}

/// What a schema has against a value; the keywords that `malformed` knows.
fn problems(schema: &Json, value: &Json, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut check = |sound: bool, what: &str| {
        if !sound {
            found.push(format!("{at}: {what} {value}"));
        }
    };
    if let Some(wanted) = schema.get("type") {
        check(types(wanted).iter().any(|name| is_a(name, value)), "wrong type");
    }
    if let Some(words) = schema.get("enum") {
        check(words.as_array().unwrap().contains(value), "not one of the words");
    }
    if let (Some(pattern), Some(text)) = (schema.get("pattern").and_then(Json::as_str), value.as_str()) {
        check(fancy_regex::Regex::new(pattern).unwrap().is_match(text).unwrap(), "wrong form");
    }
    for (keyword, fits) in [("minimum", f64::ge as fn(&f64, &f64) -> bool), ("maximum", f64::le)] {
        if let (Some(bound), Some(number)) = (schema.get(keyword).and_then(Json::as_f64), value.as_f64()) {
            check(fits(&number, &bound), "out of bounds");
        }
    }
    if let Some(one_of) = schema.get("anyOf").and_then(Json::as_array) {
        check(one_of.iter().any(|one| problems(one, value, at).is_empty()), "none of the forms");
    }
    if let (Some(items), Some(all)) = (schema.get("items"), value.as_array()) {
        found.extend(all.iter().enumerate().flat_map(|(index, item)| problems(items, item, &format!("{at}.{index}"))));
    }
    let Some(fields) = value.as_object() else { return found };
    for name in schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str) {
        if !fields.contains_key(name) {
            found.push(format!("{at}.{name} is missing"));
        }
    }
    for (name, value) in fields {
        let place = format!("{at}.{name}");
        let own = schema.get("properties").and_then(|all| all.get(name));
        let patterns = schema.get("patternProperties").and_then(Json::as_object).into_iter().flatten();
        let mut by_pattern =
            patterns.filter(|(pattern, _)| fancy_regex::Regex::new(pattern).unwrap().is_match(name).unwrap());
        match own.or_else(|| by_pattern.next().map(|(_, schema)| schema)).or_else(|| schema.get("additionalProperties"))
        {
            Some(Json::Bool(false)) => found.push(format!("{place} is unknown")),
            Some(schema @ Json::Object(_)) => found.extend(problems(schema, value, &place)),
            _ => {}
        }
    }
    found
}

fn is_a(name: &str, value: &Json) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        _ => value.is_boolean(),
    }
}

/// A YAML value as JSON.
fn as_json(node: &Node) -> Json {
    match node {
        Node::Null => Json::Null,
        Node::Bool(value) => json!(value),
        Node::Int(value) => json!(value),
        Node::Float(value) => json!(value),
        Node::Text(value) => json!(value),
        Node::List(items) => items.iter().map(as_json).collect(),
        Node::Map(fields) => Json::Object(fields.iter().map(|(name, value)| (name.clone(), as_json(value))).collect()),
    }
}

/// The front matter of a page.
fn front_matter(text: &str) -> Json {
    let (parts, problem) = split(&RelPath::default(), text);
    assert_eq!(problem, None);
    let rescued = yaml::rescue(parts.front.unwrap().0);
    as_json(&yaml::parse(&rescued.text).unwrap())
}

/// The Markdown files of the portal in this repository.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// What a file of `content/` describes.
fn kind(path: &Path) -> SchemaKind {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    match inside.components().next().unwrap().as_os_str().to_str().unwrap() {
        _ if name.starts_with("_index.") => SchemaKind::Section,
        "news" => SchemaKind::News,
        "decisions" => SchemaKind::Decision,
        "events" => SchemaKind::Event,
        _ => SchemaKind::Page,
    }
}

#[test]
fn the_schemas_accept_every_page_of_the_portal() {
    let mut kinds = BTreeSet::new();
    for path in pages() {
        let kind = kind(&path);
        let front = front_matter(&fs::read_to_string(&path).unwrap());
        assert_eq!(problems(&json_schema(kind, Lang::Vi), &front, ""), Vec::<String>::new(), "{}", path.display());
        kinds.insert(kind);
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    for settings in ["site.yaml", "tests/fixtures/sites/small/site.yaml", "src/cli/skeleton/site.yaml"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(settings)).unwrap();
        let settings_json = as_json(&yaml::parse(&text).unwrap());
        assert_eq!(problems(&reference::json_schema(Lang::En), &settings_json, ""), Vec::<String>::new(), "{settings}");
    }
}

#[test]
fn the_schemas_accept_the_example_of_every_field() {
    for (_, kind) in SchemaKind::NAMES {
        let fields: String = children("").filter(|f| f.kinds.contains(&kind)).map(|f| f.sample() + "\n").collect();
        let front = front_matter(&format!("---\n{fields}---\n"));
        assert_eq!(problems(&json_schema(kind, Lang::En), &front, ""), Vec::<String>::new(), "{kind:?}");
    }
}

/// What the program refuses in a news item, by the lines after its title.
const REFUSED: [&str; 12] = [
    "date: 2026-10-01\nngay: x",
    "date: 2026-10-01\nstart: 2026-10-02",
    "date: yesterday",
    "date: 10/2026",
    "date: 2026-10-01\ndraft: perhaps",
    "date: 2026-10-01\nslug: Chữ Hoa",
    "date: 2026-10-01\nimage: {src: a.jpg, atl: Ảnh}",
    "date: 2026-10-01\naliases: [cu]",
    "date: 2026-10-01\nsource: {name: Báo, url: bao.example}",
    "date: 2026-10-01\nfeatured: {}",
    "date: 2026-10-01\ncorrections: [{text: Sửa}]",
    "date: 2026-10-01\ntopics: {data: true}",
];

#[test]
fn the_schemas_refuse_what_the_program_refuses() {
    let schema = json_schema(SchemaKind::News, Lang::En);
    for fields in REFUSED {
        let portal = Portal::new().news("bai.md", fields, "Một.");
        assert!(!portal.build().codes(Severity::Error).is_empty(), "the program accepts {fields}");
        let front = front_matter(&format!("---\ntitle: Bài\n{fields}\n---\n"));
        assert_ne!(problems(&schema, &front, ""), Vec::<String>::new(), "the schema accepts {fields}");
    }
    assert_eq!(problems(&schema, &json!({"date": "2026-10-01"}), ""), [".title is missing"]);
    let settings = json!({"base_url": "https://a.example/", "languages": {"vi": {"title": "A"}, "en": {"titel": "B"}}});
    let told = [".languages.en.title is missing", ".languages.en.titel is unknown"];
    assert_eq!(problems(&reference::json_schema(Lang::En), &settings, ""), told);
}
