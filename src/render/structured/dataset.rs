//! The open data that a page lists: each set of data with its files and the licence.

use serde::Serialize;

use super::values::{Id, Language, Node, Ref};
use super::writer::Graph;
use crate::content::directive::DirectiveKind;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dataset<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: Id<'a>,
    name: &'a str,
    description: &'a str,
    in_language: Language,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'a str>,
    creator: Ref<'a>,
    distribution: Vec<DataDownload>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataDownload {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    content_url: String,
    encoding_format: &'static str,
}

/// Adds what the text of a page lists, if it does.
pub(super) fn add(graph: &mut Graph, node: Node<'_>) {
    let view = node.view;
    if !node.page.document.facts.directives.iter().any(|directive| directive.kind == DirectiveKind::OpenData) {
        return;
    }
    for offered in view.open_data() {
        // Where a string is missing, the list itself fails.
        let text = |key: &str| view.text(view.lang(), key).map(|text| text.form(None));
        let (Some(name), Some(description)) = (text(offered.name_key()), text(offered.about_key())) else { continue };
        let download = |file: &crate::render::datasets::DataFile| DataDownload {
            kind: "DataDownload",
            name: file.name().to_owned(),
            content_url: view.config().base_url.absolute(&file.url),
            encoding_format: file.media_type,
        };
        graph.add(&Dataset {
            kind: "Dataset",
            id: Id { page: node.address, part: &format!("#{}", offered.dataset.id()) },
            name,
            description,
            in_language: Language(view.lang()),
            license: view.config().licence.as_ref().map(|licence| licence.url.as_str()),
            creator: view.common().frame.owner(),
            distribution: offered.files.iter().map(download).collect(),
        });
    }
}
