//! Metadata of a page for its head: Dublin Core and the article properties of Open Graph.

use super::plan::Job;
use super::view::View;
use crate::site::meta::Meta;
use crate::site::{Page, SectionId};

/// Dublin Core (Circular 24/2011/TT-BTTTT) and the article properties of Open Graph.
pub(super) fn properties(view: &View, page: &Page, job: &Job) -> Vec<(&'static str, String)> {
    let meta = &page.meta;
    let mut all = dublin_core(view, job, &meta.title, meta.description.as_deref(), Some(meta));
    let section = view.set(page.set).section;
    all.extend(meta.date.map(|date| ("article:published_time", date.rfc3339())));
    all.extend(meta.updated.map(|date| ("article:modified_time", date.rfc3339())));
    if section != SectionId(0) {
        all.push(("article:section", view.section(section).title.clone()));
    }
    all.extend(meta.tags.iter().map(|tag| ("article:tag", tag.name.clone())));
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
) -> Vec<(&'static str, String)> {
    let config = view.config();
    let lang = view.lang();
    let owner = config.owner.name.get(lang).clone();
    let publisher = owner.unwrap_or_else(|| config.languages.get(lang).title.clone());
    let authors = meta.map(|meta| meta.authors.join("; ")).filter(|authors| !authors.is_empty());
    let subjects = meta.map_or_else(Vec::new, |meta| {
        meta.topics
            .iter()
            .filter_map(|index| config.topics.get(*index))
            .map(|topic| topic.name.get(lang).clone())
            .collect()
    });
    let mut all = vec![("DC.title", title.to_owned()), ("DC.creator", authors.unwrap_or_else(|| publisher.clone()))];
    let listed = meta.and_then(|meta| meta.date.or(meta.list_date()));
    all.extend(listed.map(|date| ("DC.date", date.local.date().to_string())));
    all.extend(description.map(|text| ("DC.description", text.to_owned())));
    all.push(("DC.publisher", publisher));
    all.push(("DC.identifier", config.base_url.absolute(&job.url)));
    all.push(("DC.language", lang.tag().to_owned()));
    all.extend((!subjects.is_empty()).then(|| ("DC.subject", subjects.join("; "))));
    let source = meta.and_then(|meta| meta.source.as_ref()?.name.as_ref());
    all.extend(source.map(|name| ("DC.source", name.text.clone())));
    all
}
