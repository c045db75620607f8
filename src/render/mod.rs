//! Floor 5: one job in, bytes out; pure, and the only floor that names Tera.

mod body;
mod engine;
mod events;
mod feed;
mod functions;
pub mod hosting;
mod lists;
mod metadata;
mod output;
mod page;
mod pieces;
pub mod plan;
mod sitemap;
mod summary;
mod targets;
mod template_errors;
mod value;

use std::sync::Arc;

use crate::base::lang::PerLang;
use crate::diag::{Diagnostic, Diagnostics};
use crate::site::documents::Documents;
use crate::site::publication::Preview;
use crate::site::{Member, Site};
use crate::theme::Theme;

pub use engine::Worker;
pub use plan::{Job, Plan, Task};

use summary::Summaries;

/// Everything rendering reads, frozen.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) site: Site,
    pub(crate) theme: Theme,
    preview: Preview,
    documents: Documents,
    summaries: Summaries,
    /// What every template gets as `site`.
    globals: PerLang<tera::Value>,
    /// The place of each page in its section's list.
    positions: PerLang<Vec<Option<usize>>>,
    /// The addresses in the sitemap.
    indexable: Vec<sitemap::Entry>,
}

/// A site with its theme, ready to render.
pub struct Renderer {
    data: Arc<Data>,
    engine: engine::Engine,
}

impl Renderer {
    /// Compiles the templates for a site.
    ///
    /// # Errors
    /// Templates that do not compile, each with its place.
    pub fn new(site: Site, theme: Theme, preview: Preview, plan: &Plan) -> Result<Self, Diagnostics> {
        let engine = engine::Engine::compile(&theme)?;
        let documents = Documents::of(&site);
        let summaries = Summaries::of(&site, &documents, &theme);
        let globals = PerLang::from_fn(|lang| output::site(&site, &theme, lang));
        let positions = positions(&site);
        let indexable = sitemap::entries(&site, plan, preview);
        let data = Data { site, theme, preview, documents, summaries, globals, positions, indexable };
        Ok(Self { data: Arc::new(data), engine })
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

    /// The bytes of a static file of the theme.
    #[must_use]
    pub fn asset(&self, name: &str) -> Option<&[u8]> {
        self.data.theme.assets.get(name).map(|asset| asset.bytes.as_slice())
    }
}

/// What a job renders to, or why it could not.
pub type Rendered = Result<Vec<u8>, Box<Diagnostic>>;

/// The place of each page in the list of the section that holds it.
fn positions(site: &Site) -> PerLang<Vec<Option<usize>>> {
    PerLang::from_fn(|lang| {
        let mut places = vec![None; site.pages.len()];
        for id in site.section_ids() {
            for (index, Member { page, .. }) in site.section(id).members.get(lang).iter().enumerate() {
                if site.set_of(*page).section == id
                    && let Some(place) = places.get_mut(page.0 as usize)
                {
                    *place = Some(index);
                }
            }
        }
        places
    })
}
