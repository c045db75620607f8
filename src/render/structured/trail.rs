//! The way to a page: the breadcrumb its reader sees, step by step.

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
use tera::Value;

use super::super::view::View;
use super::Shown;
use super::values::Id;
use super::writer::Graph;

/// The part of the way in the graph of a page.
pub(super) const PART: &str = "#breadcrumb";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BreadcrumbList<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: Id<'a>,
    item_list_element: Steps<'a>,
}

/// The steps as templates get them.
struct Steps<'a> {
    origin: &'a str,
    steps: &'a [Value],
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    item: Id<'a>,
}

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.steps.len()))?;
        for (position, step) in (1..).zip(self.steps) {
            let text = |field: &'static str| step.get_from_path(field).and_then(Value::as_str).unwrap_or_default();
            let item = Id { page: self.origin, part: text("url") };
            list.serialize_element(&ListItem { kind: "ListItem", position, name: text("title"), item })?;
        }
        list.end()
    }
}

/// Adds the way, if the page shows one; tells whether it does.
pub(super) fn add(graph: &mut Graph, view: &View, shown: Shown<'_>) -> bool {
    let steps = shown.field("output", "breadcrumbs").and_then(Value::as_array).unwrap_or_default();
    if !steps.is_empty() {
        let id = Id { page: shown.address(), part: PART };
        let steps = Steps { origin: view.config().base_url.origin(), steps };
        graph.add(&BreadcrumbList { kind: "BreadcrumbList", id, item_list_element: steps });
    }
    !steps.is_empty()
}
