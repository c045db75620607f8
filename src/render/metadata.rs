//! Metadata of a page for its head: Dublin Core and the article properties of Open Graph.

use super::body::attribute;
use super::plan::Task;
use super::view::View;
use crate::base::date::iso;
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::config::SiteConfig;
use crate::site::meta::Meta;
use crate::site::routes::Route;
use crate::site::urls::home_url;
use crate::site::{Page, SectionId};

/// The elements of Dublin Core that are equal on all pages of a language: they follow from the settings, which every
/// job reads.
pub(super) struct CommonMetadata {
    /// Where a page names no author.
    creator: Elements,
    publisher: Elements,
    language: Elements,
}

impl CommonMetadata {
    pub(super) fn of(config: &SiteConfig, lang: Lang) -> Self {
        let publisher = config.owner.name.get(lang).as_ref().unwrap_or(&config.languages.get(lang).title);
        Self {
            creator: Elements::of("DC.creator", publisher),
            publisher: Elements::of("DC.publisher", publisher),
            language: Elements::of("DC.language", lang.tag()),
        }
    }
}

/// The `meta` elements of what the current job makes, each with the end of its line: those of a page (Circular
/// 24/2011/TT-BTTTT) or of the home page; of lists and of a page that was taken back nothing.
pub(super) fn elements(view: &View) -> String {
    let Elements(html) = match view.slot().task() {
        Some(Task::Route(Route::Page(id))) => of_page(view, view.page(id)),
        Some(Task::Route(Route::Home(lang))) => of_home(view, lang),
        _ => Elements::default(),
    };
    html
}

/// Dublin Core and the article properties of Open Graph.
fn of_page(view: &View, page: &Page) -> Elements {
    let mut all = Elements::default();
    let meta = &page.meta;
    if meta.withdrawn.is_some() {
        return all;
    }
    let section = view.set(page.set).section;
    all.dublin_core(view, &page.url, &meta.title, meta.description.as_deref(), Some(meta));
    if let Some(date) = meta.date {
        all.add("article:published_time", &date.rfc3339());
    }
    if let Some(date) = meta.updated {
        all.add("article:modified_time", &date.rfc3339());
    }
    if section != SectionId(0) {
        all.add("article:section", &view.section(section).title);
    }
    meta.tags.iter().for_each(|tag| all.add("article:tag", &tag.name));
    all
}

fn of_home(view: &View, lang: Lang) -> Elements {
    let mut all = Elements::default();
    let language = view.config().languages.get(lang);
    all.dublin_core(view, &home_url(view.config(), lang), &language.title, language.description.as_deref(), None);
    all
}

/// `meta` elements, each in a line of its own.
#[derive(Default)]
struct Elements(String);

impl Elements {
    fn of(name: &str, content: &str) -> Self {
        let mut elements = Self::default();
        elements.add(name, content);
        elements
    }

    fn add(&mut self, name: &str, content: &str) {
        // Properties of Open Graph are named in an attribute of their own (RDFa).
        let attribute_of_name = if name.contains(':') { "property" } else { "name" };
        self.0.extend(["<meta ", attribute_of_name, "=\"", name, "\" content=\""]);
        attribute(content, &mut self.0);
        self.0.push_str("\">\n");
    }

    fn join(&mut self, Self(others): &Self) {
        self.0.push_str(others);
    }

    /// The mandatory elements of Dublin Core and those recommended that are known; several values are
    /// separated by semicolons.
    fn dublin_core(&mut self, view: &View, url: &UrlPath, title: &str, description: Option<&str>, meta: Option<&Meta>) {
        let (config, lang) = (view.config(), view.lang());
        let CommonMetadata { creator, publisher, language } = &view.common().metadata;
        self.0.reserve(2048);
        self.add("DC.title", title);
        match meta.map(|meta| meta.authors.join("; ")).filter(|authors| !authors.is_empty()) {
            Some(authors) => self.add("DC.creator", &authors),
            None => self.join(creator),
        }
        if let Some(listed) = meta.and_then(|meta| meta.date.or(meta.list_date())) {
            self.add("DC.date", &iso(listed.local.date()));
        }
        if let Some(description) = description {
            self.add("DC.description", description);
        }
        self.join(publisher);
        self.add("DC.identifier", &config.base_url.absolute(url));
        self.join(language);
        let topics = meta.map_or_else(Default::default, |meta| meta.topics.as_slice());
        let subjects: Vec<&str> = config.topics.at(topics).map(|topic| topic.name.get(lang).as_str()).collect();
        if !subjects.is_empty() {
            self.add("DC.subject", &subjects.join("; "));
        }
        if let Some(source) = meta.and_then(|meta| meta.source.as_ref()?.name.as_ref()) {
            self.add("DC.source", &source.text);
        }
    }
}
