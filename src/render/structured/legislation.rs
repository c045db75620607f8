//! Legal documents: number, type, dates, whether in force, and how they stand to others.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::data::RelatedDocument;
use super::values::{Day, Id, Named, Node};
use super::work::Work;
use super::writer::Graph;
use crate::domain::document_types::DocumentType;
use crate::site::documents::{LegalStatus, Relation};
use crate::site::meta::AttachmentMeta;

const KIND: &str = "Legislation";
const PART: &str = "#legislation";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Legislation<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: Id<'a>,
    name: &'a str,
    legislation_identifier: &'a str,
    legislation_type: &'a str,
    legislation_date: Day,
    /// The day for which the status was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    legislation_date_version: Option<Day>,
    legislation_jurisdiction: Jurisdiction<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    legislation_legal_force: Option<&'static str>,
    legislation_legal_value: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    legislation_repeals: Vec<Other<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    legislation_changes: Vec<Other<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    legislation_applies: Vec<Other<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    is_based_on: Vec<Other<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    encoding: Vec<MediaObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<&'a str>,
    #[serde(flatten)]
    work: Work<'a>,
}

/// Where it holds: in the country, or in one province.
#[derive(Serialize)]
#[serde(untagged)]
enum Jurisdiction<'a> {
    Country(&'static str),
    Province(Named<'a>),
}

/// Another document: by its number, and by its page where the portal has one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Other<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    legislation_identifier: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// A document that a text cites, by its page.
#[derive(Serialize)]
pub(super) struct Cited<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
    url: String,
}

/// The documents that the text of a page cites and the portal has, each once, in the order of the text.
pub(super) fn cited(node: Node<'_>) -> Vec<Cited<'_>> {
    let mut seen = BTreeSet::new();
    let pages = node.page.citations.iter().filter_map(|cited| cited.page()).filter(|page| seen.insert(*page));
    let cited = pages.map(|page| {
        let document = node.view.headline(page);
        let url = node.view.config().base_url.absolute(document.url);
        Cited { kind: KIND, id: format!("{url}{PART}"), name: document.title, url }
    });
    cited.collect()
}

/// A file of the text.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MediaObject<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    content_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding_format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

/// Adds the document of its page.
pub(super) fn add(graph: &mut Graph, node: Node<'_>) {
    let meta = &node.page.meta;
    let Some(decision) = meta.decision.as_deref() else { return };
    let province = decision.province.and_then(|index| node.view.config().provinces.get(index));
    let related = node.view.relations(node.page.set);
    let others = |relation| related.iter().filter(move |other| other.relation == relation).map(|other| of(node, other));
    graph.add(&Legislation {
        kind: KIND,
        id: Id { page: node.address, part: PART },
        name: &meta.title,
        legislation_identifier: &decision.number,
        legislation_type: DocumentType::from_id(&decision.doc_type)
            .map_or(decision.doc_type.as_str(), |known| known.name(node.page.lang)),
        legislation_date: Day(decision.issued),
        legislation_date_version: decision.status_checked.as_ref().map(|(day, _)| Day(*day)),
        legislation_jurisdiction: province.map_or(Jurisdiction::Country("VN"), |province| {
            Jurisdiction::Province(Named { kind: "AdministrativeArea", name: province.name.get(node.page.lang) })
        }),
        legislation_legal_force: node.view.legal_status(node.id).map(force),
        // Only what the authority published has legal value, never what is on this portal.
        legislation_legal_value: "https://schema.org/UnofficialLegalValue",
        legislation_repeals: others(Relation::Replaces).collect(),
        legislation_changes: others(Relation::Amends).collect(),
        legislation_applies: others(Relation::Implements).collect(),
        is_based_on: others(Relation::Basis).collect(),
        encoding: decision.attachments.iter().filter_map(|attachment| file(node, attachment)).collect(),
        same_as: decision.official_url.as_deref(),
        work: Work::of(node, KIND, PART),
    });
}

/// Whether it has legal force, in the words of schema.org.
fn force(status: LegalStatus) -> &'static str {
    match status {
        LegalStatus::InForce => "https://schema.org/InForce",
        LegalStatus::Partly => "https://schema.org/PartiallyInForce",
        LegalStatus::NotYet | LegalStatus::Expired | LegalStatus::Replaced => "https://schema.org/NotInForce",
    }
}

fn of<'a>(node: Node<'a>, other: &RelatedDocument<'a>) -> Other<'a> {
    let url = other.page.map(|page| node.view.config().base_url.absolute(page.url));
    Other {
        kind: KIND,
        id: url.as_ref().map(|url| format!("{url}{PART}")),
        legislation_identifier: other.number,
        name: other.page.map(|page| page.title),
        url,
    }
}

fn file<'a>(node: Node<'a>, attachment: &'a AttachmentMeta) -> Option<MediaObject<'a>> {
    let url = node.view.file(&attachment.file)?;
    Some(MediaObject {
        kind: "MediaObject",
        content_url: node.view.config().base_url.absolute(url),
        encoding_format: mime_guess::from_path(url.as_str()).first_raw(),
        name: attachment.title.as_ref().map(|title| title.text.as_str()),
    })
}
