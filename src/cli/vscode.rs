//! Visual Studio Code for writers: snippets for front matter and directives, and the kinds of pages
//! as the extension “Front Matter” wants them, which completes and checks front matter in Markdown.

use serde_json::{Map, Value as Json, json};

use crate::base::lang::Lang;
use crate::content::fields::{Field, SchemaKind, Value, children};
use crate::diag::Catalog;

/// The kinds of pages that writers make.
const KINDS: [SchemaKind; 4] = [SchemaKind::News, SchemaKind::Decision, SchemaKind::Event, SchemaKind::Page];

/// The fields a new page of a kind begins with.
fn first_fields(kind: SchemaKind) -> &'static [&'static str] {
    match kind {
        SchemaKind::News => &["title", "description", "date", "topics"],
        SchemaKind::Decision => &["title", "description", "number", "type", "issued", "agency", "topics"],
        SchemaKind::Event => &["title", "description", "start", "end", "place", "topics"],
        SchemaKind::Page | SchemaKind::Section => &["title", "description"],
    }
}

/// The directives with their opening lines and bodies; `$1`… are the places to fill.
const DIRECTIVES: [(&str, &str, &str); 9] = [
    ("figure", "src=\"$1\" alt=\"$2\" caption=\"$3\" credit=\"$4\"", ""),
    ("callout", "type=\"${1|note,tip,important,warning,caution|}\" title=\"$2\"", "$3"),
    ("quote", "author=\"$1\" role=\"$2\"", "$3"),
    ("targets", "from=\"$1\"", ""),
    ("events", "when=\"${1|upcoming,past,all|}\" limit=\"${2:5}\"", ""),
    ("open-data", "", ""),
    ("gallery", "", "$1"),
    ("video", "url=\"$1\" title=\"$2\"", ""),
    ("no-citations", "", "$1"),
];

/// `.vscode/congso.code-snippets`
pub(super) fn snippets(catalog: &Catalog) -> Json {
    let mut all = Map::new();
    for kind in KINDS {
        let fields = first_fields(kind).iter().filter_map(|name| crate::content::fields::find(name));
        let mut body = vec!["---".to_owned()];
        body.extend(
            (1..)
                .zip(fields)
                .map(|(place, field)| format!("{}: ${{{place}:{}}}", field.key(), field.example.replace('}', "\\}"))),
        );
        body.extend(["draft: true".to_owned(), "---".to_owned(), String::new(), "$0".to_owned()]);
        let name = kind.name();
        let about = catalog.text(&format!("kind.{name}")).to_owned();
        all.insert(
            format!("congso {name}"),
            json!({ "scope": "markdown", "prefix": format!("congso-{name}"), "description": about, "body": body }),
        );
    }
    for (name, attributes, inside) in DIRECTIVES {
        let mut body = vec![format!(":::{name} {attributes}").trim_end().to_owned()];
        body.extend((!inside.is_empty()).then(|| inside.to_owned()));
        body.push(":::".to_owned());
        all.insert(
            format!("congso :::{name}"),
            json!({ "scope": "markdown", "prefix": format!(":::{name}"), "body": body }),
        );
    }
    Json::Object(all)
}

/// `frontmatter.json`: the kinds of pages with their fields, for the extension “Front Matter”.
pub(super) fn content_types(lang: Lang, catalog: &Catalog) -> Json {
    let types = KINDS.map(|kind| {
        let fields =
            children("").filter(|field| field.kinds.contains(&kind)).map(|field| field_type(field, kind, catalog));
        json!({
            "name": kind.name(),
            "pageBundle": false,
            "fileType": "md",
            "fields": fields.collect::<Vec<_>>(),
        })
    });
    let default = match lang {
        Lang::Vi => "news",
        Lang::En => "page",
    };
    json!({
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.framework.id": "other",
        "frontMatter.content.pageFolders": [
            { "title": catalog.text("kind.news"), "path": "[[workspace]]/content/news", "contentTypes": ["news"] },
            { "title": catalog.text("kind.page"), "path": "[[workspace]]/content", "contentTypes": ["page"] },
        ],
        "frontMatter.content.defaultFileType": "md",
        "frontMatter.content.defaultSorting": "LastModifiedDesc",
        "frontMatter.taxonomy.contentTypes": types,
        "frontMatter.taxonomy.defaultContentType": default,
    })
}

/// One field with its parts.
fn field_type(field: &Field, kind: SchemaKind, catalog: &Catalog) -> Json {
    let kind_of = match field.value {
        Value::Date => "datetime",
        Value::Bool => "boolean",
        Value::Count | Value::Quantity => "number",
        Value::List | Value::Paths => "list",
        Value::Choice(_) => "choice",
        Value::File => "image",
        Value::Map | Value::Maps | Value::Free => "fields",
        Value::Line | Value::LineOrMaps | Value::Text | Value::Slug | Value::Url => "string",
    };
    let mut entry = json!({
        "title": catalog.text(&format!("field.{}", field.name)),
        "name": field.key(),
        "type": kind_of,
        "description": catalog.text(&format!("field.{}.doc", field.name)),
        "required": field.is_required(),
    });
    let parts = children(field.name).filter(|part| part.kinds.contains(&kind));
    let parts: Vec<Json> = parts.map(|part| field_type(part, kind, catalog)).collect();
    if let (Some(entry), Value::Map | Value::Maps | Value::Free) = (entry.as_object_mut(), field.value) {
        entry.insert("fields".to_owned(), Json::Array(parts));
    }
    if let (Some(entry), Value::Choice(choices)) = (entry.as_object_mut(), field.value) {
        entry.insert("choices".to_owned(), json!(choices.names()));
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_directive_has_a_snippet() {
        let snippets = snippets(&Catalog::load(Lang::Vi));
        assert_eq!(snippets.as_object().unwrap().len(), KINDS.len() + DIRECTIVES.len());
        assert_eq!(snippets["congso :::video"]["body"], json!([":::video url=\"$1\" title=\"$2\"", ":::"]));
        assert_eq!(snippets["congso news"]["body"][1], "title: ${1:Ngày Chuyển đổi số quốc gia 2024}");
    }

    #[test]
    fn snippets_use_attributes_that_there_are() {
        let known: Vec<_> = crate::content::markdown::directives::all().collect();
        assert_eq!(known.iter().map(|(name, _)| *name).collect::<Vec<_>>(), DIRECTIVES.map(|(name, ..)| name));
        for ((_, attributes), (_, line, _)) in known.iter().zip(DIRECTIVES) {
            let written = line.split(' ').filter_map(|part| part.split_once('=')).map(|(name, _)| name);
            assert!(written.into_iter().all(|name| attributes.contains(&name)), "{line}");
        }
    }

    #[test]
    fn content_types_have_the_fields_of_the_table() {
        let types = content_types(Lang::En, &Catalog::load(Lang::En));
        let decision = &types["frontMatter.taxonomy.contentTypes"][1];
        let fields = decision["fields"].as_array().unwrap();
        let number = fields.iter().find(|field| field["name"] == "number").unwrap();
        assert_eq!((number["type"].as_str(), number["title"].as_str()), (Some("string"), Some("Number and symbol")));
        let kind = fields.iter().find(|field| field["name"] == "type").unwrap();
        assert!(kind["choices"].as_array().unwrap().contains(&json!("decision")));
    }
}
