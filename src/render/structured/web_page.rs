//! The page itself: of an ordinary page all there is, of others what their work does not say.

use serde::Serialize;

use super::super::view::View;
use super::Shown;
use super::values::{Day, Id, Image, Language, Node, Ref};
use super::work::Translation;
use super::writer::Graph;
use crate::content::front_matter::Kind;
use crate::site::routes::Route;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebPage<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    in_language: Language,
    is_part_of: Ref<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    breadcrumb: Option<Ref<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    primary_image_of_page: Option<Image<'a>>,
    #[serde(flatten)]
    translation: Translation,
}

impl<'a> WebPage<'a> {
    fn new(view: &'a View, kind: &'static str, address: &'a str, trail: Option<Id<'a>>) -> Self {
        Self {
            kind,
            id: address,
            url: address,
            name: None,
            description: None,
            in_language: Language(view.lang()),
            is_part_of: view.common().frame.portal(),
            breadcrumb: trail.map(|id| Ref { id }),
            date_published: None,
            date_modified: None,
            primary_image_of_page: None,
            translation: Translation::default(),
        }
    }
}

/// A page with a text. The dates of a document and of an event are their own; when the portal posted or
/// changed the page about them is the page's.
pub(super) fn of_page(graph: &mut Graph, node: Node<'_>, kind: Kind, trail: Option<Id<'_>>) {
    let meta = &node.page.meta;
    let page = WebPage::new(node.view, "WebPage", node.address, trail);
    let updated = meta.updated.map(Day);
    graph.add(&match kind {
        Kind::News => page,
        Kind::Decision => WebPage { date_published: meta.date.map(Day), date_modified: updated, ..page },
        Kind::Event => WebPage { date_modified: updated, ..page },
        Kind::Page => WebPage {
            name: Some(&meta.title),
            description: meta.description.as_deref(),
            date_modified: updated,
            primary_image_of_page: Image::of(node),
            translation: Translation::of(node, "WebPage", ""),
            ..page
        },
    });
}

/// The home page, or a list.
pub(super) fn of_list(graph: &mut Graph, view: &View, route: &Route, shown: Shown<'_>, trail: Option<Id<'_>>) {
    let page = match route {
        Route::Home(lang) => WebPage {
            // What stands as its heading may be the theme of the year; the name of the portal is always there.
            name: Some(&view.config().languages.get(*lang).title),
            description: shown.text("page", "description"),
            ..WebPage::new(view, "WebPage", shown.address(), trail)
        },
        _ => WebPage {
            name: shown.text("list", "title"),
            description: shown.text("list", "description"),
            ..WebPage::new(view, "CollectionPage", shown.address(), trail)
        },
    };
    graph.add(&page);
}
