//! Floor 5: one job in, bytes out; pure, and the only floor that names Tera.

mod body;
mod calendar;
mod checks;
mod data;
mod datasets;
mod described;
mod engine;
mod events;
pub mod fact;
mod feed;
mod fragments;
mod functions;
pub mod hosting;
mod ics;
mod links;
mod listed;
mod lists;
mod metadata;
mod open_data;
mod open_documents;
mod output;
mod page;
mod pictures;
mod pieces;
mod places;
pub mod plan;
mod record;
mod recorder;
mod sitemap;
mod structured;
mod summary;
mod svg;
mod targets;
mod template_errors;
mod templates;
mod value;
mod view;

use std::sync::Arc;

use crate::base::checksum::Checksum;
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::content::document::{Body, Stored};
use crate::diag::Diagnostic;
use crate::site::publication::Preview;
use crate::site::routes::Route;
use crate::site::{Page, PageId, Site};
use crate::theme::Theme;

pub use described::{Aspect, Subject};
pub use engine::Worker;
pub use fact::{Fact, Facts, Names, Translator};
pub use plan::{Job, Plan, Task};
pub use templates::Templates;

use data::Data;
use pieces::Twin;

/// Where the bodies of documents are read that are not in memory.
pub trait Bodies: Send + Sync {
    /// The body of a record. Of a damaged one an empty body is given and the damage remembered: what was
    /// rendered is then not to be used.
    fn read(&self, stored: Stored) -> Body;
}

/// A site with its theme, ready to render.
pub struct Renderer {
    data: Arc<Data>,
    engine: engine::Engine,
}

impl Renderer {
    /// Puts a site into a theme and its compiled templates.
    #[must_use]
    pub fn new(
        site: impl Into<Arc<Site>>,
        (theme, templates): (Theme, Templates),
        preview: Preview,
        plan: &Plan,
        bodies: Box<dyn Bodies>,
    ) -> Self {
        let Templates { engine, closures } = templates;
        let data = Data::new(site.into(), (theme, closures), preview, plan, bodies);
        Self { data: Arc::new(data), engine }
    }

    /// A worker with an engine of its own; one thread at a time uses it.
    #[must_use]
    pub fn worker(&self) -> Worker {
        self.engine.worker(&self.data)
    }

    /// The site that is rendered.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.data.site
    }

    /// The site, to be rendered with another theme.
    #[must_use]
    pub fn shared_site(&self) -> Arc<Site> {
        Arc::clone(&self.data.site)
    }

    /// Puts pages in the place of those with the same ids, which stay at their addresses and in their lists;
    /// tells whether it could: nobody else may use the renderer or its site, no worker be left.
    #[must_use]
    pub fn replace(&mut self, pages: Vec<(PageId, Page)>) -> bool {
        Arc::get_mut(&mut self.data).is_some_and(|data| data.replace(pages))
    }

    /// Where the same as a route answers in a language, if it does.
    #[must_use]
    pub fn twin(&self, route: &Route, lang: Lang) -> Option<UrlPath> {
        match output::twins(&self.data.site, route).0.get(lang) {
            Twin::Same(url) => Some(url.clone()),
            Twin::SameList(_) | Twin::Untranslated(_) => None,
        }
    }

    /// The bytes of a static file of the theme.
    #[must_use]
    pub fn asset(&self, name: &str) -> Option<&[u8]> {
        self.data.theme.assets.get(name).map(|asset| asset.bytes.as_slice())
    }

    /// The checksum of what a fact says now.
    #[must_use]
    pub fn checksum(&self, fact: &Fact) -> Checksum {
        self.data.checksum(fact)
    }

    /// The names that the ids in facts stand for.
    #[must_use]
    pub fn names(&self) -> Names {
        Names::of(&self.data.site, &self.data.theme, self.data.closures.names())
    }

    /// Makes the list of addresses for search engines, for which others would have to wait later.
    pub fn list_addresses(&self) {
        self.data.indexable();
    }
}

/// What a job renders to, or why it could not.
pub type Rendered = Result<Vec<u8>, Box<Diagnostic>>;
