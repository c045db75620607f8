//! What editors and people read about front matter, made from the table of fields: JSON Schema and
//! the reference.

use serde_json::{Map, Value as Json, json};

use super::fields::{FIELDS, Field, SchemaKind, Value, children};
use crate::base::lang::Lang;
use crate::diag::Catalog;

/// The JSON Schema (draft 2020-12) of a kind's front matter, with names and meanings in a language:
/// editors complete and check fields with it. It is at most as strict as the program, but for forms
/// that the program only tolerates (a single map for a list of maps, `yes` for `true`).
#[must_use]
pub fn json_schema(kind: SchemaKind, lang: Lang) -> Json {
    let catalog = Catalog::load(lang);
    let mut schema = object("", &catalog, |field| field.kinds.contains(&kind));
    let mut head = Map::new();
    head.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    head.insert(
        "title".into(),
        json!(format!("{} (`{}`)", catalog.text(&format!("kind.{}", kind.name())), kind.name())),
    );
    head.append(&mut schema);
    Json::Object(head)
}

/// The schema of a mapping with the fields inside `parent` that are wanted.
fn object(parent: &str, catalog: &Catalog, wanted: impl Fn(&Field) -> bool) -> Map<String, Json> {
    let mut properties = Map::new();
    let mut patterns = Map::new();
    let mut required = Vec::new();
    for field in children(parent).filter(|field| wanted(field)) {
        if field.key() == "YYYY" {
            patterns.insert("^(19|2[0-9])[0-9]{2}$".into(), property(field, catalog));
            continue;
        }
        properties.insert(field.key().into(), property(field, catalog));
        if field.is_required() {
            required.push(field.key());
        }
    }
    let mut schema = Map::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Json::Object(properties));
    if !patterns.is_empty() {
        schema.insert("patternProperties".into(), Json::Object(patterns));
    }
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    schema.insert("additionalProperties".into(), json!(false));
    schema
}

/// The schema of one field.
fn property(field: &Field, catalog: &Catalog) -> Json {
    let mut schema = Map::new();
    schema.insert("title".into(), json!(label(field, catalog)));
    let example = format!("{} `{}`", meaning(field, catalog), field.sample());
    schema.insert("description".into(), json!(example));
    let mut shape = match field.value {
        // A title may be nothing but a number; it is read as written.
        Value::Line | Value::Text => map(json!({"type": ["string", "number"]})),
        Value::File => map(json!({"type": "string"})),
        Value::Slug => map(json!({"type": ["string", "integer"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})),
        Value::Date => map(json!({"type": "string", "pattern": DATE_PATTERN})),
        Value::Bool => map(json!({"type": "boolean"})),
        Value::Count => map(json!({"type": "integer", "minimum": 1, "maximum": 1000})),
        Value::Quantity => map(
            json!({"type": ["number", "string"], "pattern": "^\\s*(>=|<=|[≥≤<>≈~])?\\s*-?[0-9]+([.,][0-9]+)?\\s*%?\\s*$"}),
        ),
        Value::List => map(json!({"type": ["array", "string", "number"], "items": {"type": ["string", "number"]}})),
        Value::Paths => {
            map(json!({"type": ["array", "string"], "pattern": "^/.", "items": {"type": "string", "pattern": "^/."}}))
        }
        Value::Choice(choices) => map(json!({"enum": choices.names()})),
        Value::Url => {
            map(json!({"type": "string", "pattern": "^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)"}))
        }
        Value::Map => object(field.name, catalog, |_| true),
        Value::Maps => map(json!({"type": "array", "items": object(field.name, catalog, |_| true)})),
        Value::LineOrMaps => {
            let entry = object(field.name, catalog, |_| true);
            map(json!({"anyOf": [{"type": ["string", "number"]}, entry, {"type": "array", "items": entry}]}))
        }
        Value::Free => map(json!({"type": "object"})),
    };
    schema.append(&mut shape);
    Json::Object(schema)
}

/// The written forms of a date ([`crate::base::date::WrittenDate`]).
const DATE_PATTERN: &str = "^\\s*([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\\2[0-9]{4})([Tt ].*)?$";

/// The members of a JSON object.
fn map(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// What people call a field.
fn label(field: &Field, catalog: &Catalog) -> String {
    catalog.text(&format!("field.{}", field.name)).to_owned()
}

/// What a field means, in one sentence.
fn meaning(field: &Field, catalog: &Catalog) -> String {
    catalog.text(&format!("field.{}.doc", field.name)).to_owned()
}

/// Which fields a part of the reference shows.
type Wanted = fn(&Field) -> bool;

/// The reference of all fields as Markdown, in a language: first those of all pages, then those of
/// decisions, events and sections alone.
#[must_use]
pub fn reference_markdown(lang: Lang) -> String {
    let catalog = Catalog::load(lang);
    let text = |key: &str| catalog.text(key).to_owned();
    let mut out = format!("# {}\n\n{}\n", text("reference.title"), text("reference.intro"));
    let parts: [(&str, Wanted); 4] = [
        ("reference.pages", |field| field.kinds.contains(&SchemaKind::Page)),
        ("reference.decision", |field| field.kinds == [SchemaKind::Decision]),
        ("reference.event", |field| field.kinds == [SchemaKind::Event]),
        ("reference.section", |field| field.kinds.contains(&SchemaKind::Section)),
    ];
    for (heading, wanted) in parts {
        out.push_str(&format!("\n## {}\n\n", text(heading)));
        let head =
            ["field", "value", "inheritance", "meaning", "example"].map(|column| text(&format!("reference.{column}")));
        out.push_str(&format!("| {} |\n| --- | --- | --- | --- | --- |\n", head.join(" | ")));
        for field in FIELDS.iter().filter(|field| wanted(field)) {
            out.push_str(&row(field, &catalog));
        }
        for field in FIELDS.iter().filter(|field| wanted(field)) {
            if let Value::Choice(choices) = field.value {
                let names: Vec<String> = choices.names().iter().map(|name| format!("`{name}`")).collect();
                out.push_str(&format!("\n{} – `{}`: {}.\n", text("reference.choices"), field.name, names.join(", ")));
            }
        }
    }
    out
}

/// One row of the reference.
fn row(field: &Field, catalog: &Catalog) -> String {
    let required = match field.is_required() {
        true => format!(", {}", catalog.text("reference.required")),
        false => String::new(),
    };
    let cells = [
        format!("`{}`<br>{}", field.name, label(field, catalog)),
        format!("{}{required}", catalog.text(field.value.key())),
        catalog.text(field.inheritance.key()).to_owned(),
        meaning(field, catalog),
        format!("`{}`", field.sample()),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_of_a_kind_has_its_fields_only() {
        let decision = json_schema(SchemaKind::Decision, Lang::En);
        assert_eq!(decision["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(decision["required"], json!(["title"]));
        assert_eq!(decision["additionalProperties"], json!(false));
        let fields = &decision["properties"];
        assert_eq!(fields["type"]["enum"][0], "law");
        assert_eq!(fields["number"]["title"], "Number and symbol");
        assert!(fields.get("start").is_none());
        let target = &fields["targets"]["items"];
        assert_eq!(target["required"], json!(["id"]));
        assert_eq!(target["additionalProperties"], json!(false));
        assert!(target["patternProperties"].as_object().is_some_and(|patterns| patterns.len() == 1));
        assert_eq!(target["properties"]["measured"]["items"]["required"], json!(["value", "as_of", "source"]));
        let section = json_schema(SchemaKind::Section, Lang::Vi);
        assert_eq!(section["properties"]["title"]["title"], "Tiêu đề");
        assert_eq!(section["properties"]["sort"]["enum"], json!(["date", "title", "order"]));
        assert!(section["properties"].get("date").is_none());
    }

    #[test]
    fn schemas_exist_for_every_kind_and_language() {
        for (_, kind) in SchemaKind::NAMES {
            for lang in Lang::ALL {
                let schema = json_schema(kind, lang).to_string();
                assert!(!schema.contains("field.") && !schema.contains("\"kind."), "{schema}");
            }
        }
    }

    #[test]
    fn the_reference_names_every_field_in_both_languages() {
        for lang in Lang::ALL {
            let catalog = Catalog::load(lang);
            let reference = reference_markdown(lang);
            for field in FIELDS {
                let row = format!("| `{}`<br>{} |", field.name, label(field, &catalog));
                assert!(reference.contains(&row), "{row}");
            }
            assert!(
                reference.lines().filter(|line| line.starts_with('|')).all(|line| line.matches(" | ").count() == 4)
            );
            assert!(!reference.contains("reference.") && !reference.contains("field."), "{reference}");
        }
    }
}
