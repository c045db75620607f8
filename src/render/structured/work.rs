//! What articles, documents and events have in common, and how a work stands to its translation.

use serde::Serialize;

use super::super::pieces::Twin;
use super::values::{Id, Image, Language, Node, Ref};
use crate::site::TranslationState;
use crate::site::routes::Route;

/// The fields that every work of a page has.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Work<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    in_language: Language,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Image<'a>>,
    main_entity_of_page: Ref<'a>,
    #[serde(flatten)]
    translation: Translation,
}

impl<'a> Work<'a> {
    /// Those of a page, whose work is of a type and has a part of the graph.
    pub(super) fn of(node: Node<'a>, kind: &'static str, part: &'static str) -> Self {
        Self {
            description: node.page.meta.description.as_deref(),
            in_language: Language(node.page.lang),
            image: Image::of(node),
            main_entity_of_page: Ref { id: Id { page: node.address, part: "" } },
            translation: Translation::of(node, kind, part),
        }
    }
}

/// The same work in the other language: its translation, or what it was translated from.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Translation {
    #[serde(skip_serializing_if = "Option::is_none")]
    work_translation: Option<Other>,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation_of_work: Option<Other>,
}

/// The work in the other language, by its identity there.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Other {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    in_language: Language,
}

impl Translation {
    /// How the work of a page stands to the other language; nothing where there is no page in it: a page
    /// whose text is not translated is no translation.
    pub(super) fn of(node: Node<'_>, kind: &'static str, part: &'static str) -> Self {
        let lang = node.page.lang.other();
        let twins = node.view.twins(&Route::Page(node.id));
        let Twin::Same(url) = twins.0.get(lang) else { return Self::default() };
        let id = node.view.config().base_url.absolute(url) + part;
        let other = Some(Other { kind, id, in_language: Language(lang) });
        match node.page.translation {
            TranslationState::Original => Self { work_translation: other, translation_of_work: None },
            _ => Self { work_translation: None, translation_of_work: other },
        }
    }
}
