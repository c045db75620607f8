//! What is equal in the graphs of all pages of a language: who is behind the portal, and the portal.

use serde::Serialize;

use super::values::{Id, Language, Ref};
use super::writer::write;
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::config::{OwnerKind, SiteConfig};
use crate::site::urls::home_url;

/// The part of the owner in the graph of the root: one identity in both languages.
const OWNER: &str = "#organization";

/// The part of the portal in the graph of a language's home page.
const PORTAL: &str = "#website";

/// The beginning of every graph of a language. It follows from the settings alone.
pub(in crate::render) struct Frame {
    /// The open graph with its first two nodes.
    pub(super) text: String,
    root: String,
    home: String,
}

/// The institution, as the footer of each page names it.
#[derive(Serialize)]
struct Organization<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: Id<'a>,
    name: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
}

/// The portal in one language.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebSite<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: Id<'a>,
    url: &'a str,
    name: &'a str,
    in_language: Language,
    publisher: Ref<'a>,
}

impl Frame {
    /// The frame of a language.
    pub(in crate::render) fn of(config: &SiteConfig, lang: Lang) -> Self {
        let root = config.base_url.absolute(&UrlPath::root());
        let home = config.base_url.absolute(&home_url(config, lang));
        let title = &config.languages.get(lang).title;
        let owner = &config.owner;
        let organization = Organization {
            // A demonstration must not pass for an authority: only the settings make it one.
            kind: match owner.kind {
                OwnerKind::Organization => "Organization",
                OwnerKind::Government => "GovernmentOrganization",
            },
            id: Id { page: &root, part: OWNER },
            name: owner.name.get(lang).as_ref().unwrap_or(title),
            url: &root,
            address: owner.address.get(lang).as_deref(),
            telephone: owner.phone.as_deref(),
            email: owner.email.as_deref(),
        };
        let portal = WebSite {
            kind: "WebSite",
            id: Id { page: &home, part: PORTAL },
            url: &home,
            name: title,
            in_language: Language(lang),
            publisher: Ref { id: organization.id },
        };
        let text = b"{\"@context\":\"https://schema.org\",\"@graph\":[".to_vec();
        let mut text = write(text, &organization);
        text.push(b',');
        let text = String::from_utf8(write(text, &portal)).unwrap_or_default();
        Self { text, root, home }
    }

    /// The owner.
    pub(super) fn owner(&self) -> Ref<'_> {
        Ref { id: Id { page: &self.root, part: OWNER } }
    }

    /// The portal.
    pub(super) fn portal(&self) -> Ref<'_> {
        Ref { id: Id { page: &self.home, part: PORTAL } }
    }

    /// The address of the home page.
    pub(super) fn home(&self) -> &str {
        &self.home
    }
}
