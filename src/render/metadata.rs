//! Metadata of a page for its head: Dublin Core and the article properties of Open Graph.

use tera::Value;

use super::plan::Job;
use super::value::object;
use super::view::View;
use crate::base::lang::Lang;
use crate::config::SiteConfig;
use crate::site::meta::Meta;
use crate::site::{Page, SectionId};

/// The elements of Dublin Core that are equal on all pages of a language: they follow from the settings, which every
/// job reads.
pub(super) struct CommonMetadata {
    /// Where a page names no author.
    creator: Value,
    publisher: Value,
    language: Value,
}

impl CommonMetadata {
    pub(super) fn of(config: &SiteConfig, lang: Lang) -> Self {
        let publisher = config.owner.name.get(lang).as_ref().unwrap_or(&config.languages.get(lang).title);
        Self {
            creator: element("DC.creator", publisher),
            publisher: element("DC.publisher", publisher),
            language: element("DC.language", lang.tag()),
        }
    }
}

/// Dublin Core (Circular 24/2011/TT-BTTTT) and the article properties of Open Graph, as templates get them.
pub(super) fn properties(view: &View, page: &Page, job: &Job) -> Vec<Value> {
    let meta = &page.meta;
    let mut all = dublin_core(view, job, &meta.title, meta.description.as_deref(), Some(meta));
    let section = view.set(page.set).section;
    all.extend(meta.date.map(|date| element("article:published_time", &date.rfc3339())));
    all.extend(meta.updated.map(|date| element("article:modified_time", &date.rfc3339())));
    if section != SectionId(0) {
        all.push(element("article:section", &view.section(section).title));
    }
    all.extend(meta.tags.iter().map(|tag| element("article:tag", &tag.name)));
    all
}

/// The mandatory elements of Dublin Core and those recommended that are known; several values are
/// separated by semicolons.
pub(super) fn dublin_core(
    view: &View,
    job: &Job,
    title: &str,
    description: Option<&str>,
    meta: Option<&Meta>,
) -> Vec<Value> {
    let (config, lang) = (view.config(), view.lang());
    let CommonMetadata { creator, publisher, language } = &view.common().metadata;
    let authors = meta.map(|meta| meta.authors.join("; ")).filter(|authors| !authors.is_empty());
    let topics = meta.map_or_else(Default::default, |meta| meta.topics.as_slice()).iter();
    let topics = topics.filter_map(|index| config.topics.get(*index));
    let subjects: Vec<&str> = topics.map(|topic| topic.name.get(lang).as_str()).collect();
    let mut all = Vec::with_capacity(16);
    all.push(element("DC.title", title));
    all.push(authors.map_or_else(|| creator.clone(), |authors| element("DC.creator", &authors)));
    let listed = meta.and_then(|meta| meta.date.or(meta.list_date()));
    all.extend(listed.map(|date| element("DC.date", &date.local.date().to_string())));
    all.extend(description.map(|text| element("DC.description", text)));
    all.push(publisher.clone());
    all.push(element("DC.identifier", &config.base_url.absolute(&job.url)));
    all.push(language.clone());
    all.extend((!subjects.is_empty()).then(|| element("DC.subject", &subjects.join("; "))));
    let source = meta.and_then(|meta| meta.source.as_ref()?.name.as_ref());
    all.extend(source.map(|name| element("DC.source", &name.text)));
    all
}

fn element(name: &'static str, content: &str) -> Value {
    object([("name", Value::from(name)), ("content", Value::from(content))])
}
