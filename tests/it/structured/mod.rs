//! The structured data of pages: what it says is what the page shows.

mod lists;
mod pages;
mod portal;

use serde_json::Value;

use crate::markup::{Tag, tags};

/// A page with the graph it holds.
struct Page {
    html: String,
    tags: Vec<Tag>,
    graph: Vec<Value>,
}

impl Page {
    /// Reads a page that has exactly one graph.
    #[track_caller]
    fn read(html: String) -> Self {
        let tags = tags(&html);
        let scripts: Vec<&str> = html.split("<script type=\"application/ld+json\">").skip(1).collect();
        assert_eq!(scripts.len(), 1, "graphs");
        let is_data = |tag: &&Tag| tag.name == "script" && tag.get("type") == "application/ld+json";
        assert_eq!(tags.iter().filter(is_data).count(), 1, "as browsers see it");
        let text = scripts[0].split_once("</script>").unwrap().0;
        assert!(!text.contains(['<', '\u{2028}', '\u{2029}']), "{text}");
        let json: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(json["@context"], "https://schema.org");
        assert_eq!(json.as_object().unwrap().len(), 2, "{json}");
        let graph = json["@graph"].as_array().unwrap().clone();
        Self { html, tags, graph }
    }

    /// The only node of a type.
    #[track_caller]
    fn node(&self, kind: &str) -> &Value {
        let found: Vec<&Value> = self.graph.iter().filter(|node| node["@type"] == kind).collect();
        assert_eq!(found.len(), 1, "{kind}: {:#?}", self.graph);
        found[0]
    }

    fn has(&self, kind: &str) -> bool {
        self.graph.iter().any(|node| node["@type"] == kind)
    }

    /// The text that readers see, white space folded.
    fn text(&self) -> &str {
        &self.first("body").text
    }

    #[track_caller]
    fn first(&self, name: &str) -> &Tag {
        self.tags.iter().find(|tag| tag.name == name).unwrap_or_else(|| panic!("no <{name}>"))
    }

    /// The steps of the breadcrumb that readers see: text and address.
    fn trail(&self) -> Vec<(String, String)> {
        let Some((_, rest)) = self.html.split_once("<nav class=\"breadcrumbs") else { return Vec::new() };
        let list = rest.split_once("<ol>").unwrap().1.split_once("</ol>").unwrap().0;
        let links = tags(list).into_iter().filter(|tag| tag.name == "a");
        links.map(|link| (link.text.clone(), link.get("href").to_owned())).collect()
    }
}
