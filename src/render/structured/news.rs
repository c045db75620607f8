//! News: the article, who wrote it, when, and what it was taken from.

use serde::Serialize;

use super::legislation::{Cited, cited};
use super::people::{Author, authors};
use super::values::{Day, Id, Named, Node, Ref};
use super::work::Work;
use super::writer::Graph;
use crate::site::meta::SourceMeta;

const KIND: &str = "NewsArticle";
const PART: &str = "#article";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: Id<'a>,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<Day>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Author<'a>>,
    publisher: Ref<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<Source<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Cited<'a>>,
    #[serde(flatten)]
    work: Work<'a>,
}

/// The text that a text was taken from, and who published it.
#[derive(Serialize)]
struct Source<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
}

impl<'a> Source<'a> {
    fn of(source: &'a SourceMeta) -> Self {
        let name = source.name.as_ref();
        Self {
            kind: "CreativeWork",
            url: source.url.as_deref(),
            publisher: name.map(|name| Named { kind: "Organization", name: &name.text }),
        }
    }
}

/// Adds the article of a news page.
pub(super) fn add(graph: &mut Graph, node: Node<'_>) {
    let meta = &node.page.meta;
    graph.add(&NewsArticle {
        kind: KIND,
        id: Id { page: node.address, part: PART },
        headline: &meta.title,
        date_published: meta.date.map(Day),
        date_modified: meta.updated.map(Day),
        author: authors(node),
        publisher: node.view.common().frame.owner(),
        is_based_on: meta.source.as_deref().map(Source::of),
        citation: cited(node),
        work: Work::of(node, KIND, PART),
    });
}
