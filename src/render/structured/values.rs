//! The small values that nodes of a graph are made of.

use std::fmt;

use serde::{Serialize, Serializer};

use super::super::view::View;
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::site::meta::ImageMeta;
use crate::site::{Page, PageId};

/// The page whose nodes are made.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    pub view: &'a View,
    pub id: PageId,
    pub page: &'a Page,
    /// Its absolute address.
    pub address: &'a str,
}

/// The identity of a node: the address of a page, and the part of its graph, such as `#article`. The page
/// itself has no part.
#[derive(Clone, Copy)]
pub(super) struct Id<'a> {
    pub page: &'a str,
    pub part: &'a str,
}

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.page)?;
        f.write_str(self.part)
    }
}

impl Serialize for Id<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A reference to a node of the same graph.
#[derive(Clone, Copy, Serialize)]
pub(super) struct Ref<'a> {
    #[serde(rename = "@id")]
    pub id: Id<'a>,
}

/// A date as the page's `<time datetime>` has it: with time and offset where a time was given, else the day.
#[derive(Clone, Copy)]
pub(super) struct Day(pub Moment);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.machine())
    }
}

/// A language by its tag.
#[derive(Clone, Copy)]
pub(super) struct Language(pub Lang);

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.tag())
    }
}

/// Something of which only the name is known.
#[derive(Clone, Copy, Serialize)]
pub(super) struct Named<'a> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub name: &'a str,
}

/// The leading picture.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Image<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_text: Option<&'a str>,
}

impl<'a> Image<'a> {
    /// The picture of a page; `None` where it has none, or its file is missing.
    pub(super) fn of(node: Node<'a>) -> Option<Self> {
        let image: &ImageMeta = node.page.meta.image.as_ref()?;
        let (url, size) = node.view.picture(&image.file)?.shared();
        Some(Self {
            kind: "ImageObject",
            url,
            width: size.map(|size| size.0),
            height: size.map(|size| size.1),
            caption: image.caption.as_ref().map(|caption| caption.text.as_str()),
            credit_text: image.credit.as_ref().map(|credit| credit.text.as_str()),
        })
    }
}
