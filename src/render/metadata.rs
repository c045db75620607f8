//! Metadata of a page for its head: Dublin Core and the article properties of Open Graph.

use super::engine::Worker;
use super::pieces::section_title;
use super::plan::Job;
use crate::site::meta::Meta;
use crate::site::{Page, SectionId};

/// Dublin Core (Circular 24/2011/TT-BTTTT) and the article properties of Open Graph.
pub(super) fn properties(worker: &Worker, page: &Page, job: &Job) -> Vec<(&'static str, String)> {
    let site = &worker.data.site;
    let meta = &page.meta;
    let mut all = dublin_core(worker, job, &meta.title, meta.description.as_deref(), Some(meta));
    let section = site.set(page.set).section;
    all.extend(meta.date.map(|date| ("article:published_time", date.rfc3339())));
    all.extend(meta.updated.map(|date| ("article:modified_time", date.rfc3339())));
    if section != SectionId(0) {
        all.push(("article:section", section_title(site, section, page.lang).0.to_owned()));
    }
    all.extend(meta.tags.iter().map(|tag| ("article:tag", tag.name.clone())));
    all
}

/// The mandatory elements of Dublin Core and those recommended that are known; several values are
/// separated by semicolons.
pub(super) fn dublin_core(
    worker: &Worker,
    job: &Job,
    title: &str,
    description: Option<&str>,
    meta: Option<&Meta>,
) -> Vec<(&'static str, String)> {
    let site = &worker.data.site;
    let lang = worker.lang();
    let owner = site.config.owner.name.get(lang).clone();
    let publisher = owner.unwrap_or_else(|| site.config.languages.get(lang).title.clone());
    let authors = meta.map(|meta| meta.authors.join("; ")).filter(|authors| !authors.is_empty());
    let subjects = meta.map_or_else(Vec::new, |meta| {
        meta.topics
            .iter()
            .filter_map(|index| site.config.topics.get(*index))
            .map(|topic| topic.name.get(lang).clone())
            .collect()
    });
    let mut all = vec![("DC.title", title.to_owned()), ("DC.creator", authors.unwrap_or_else(|| publisher.clone()))];
    let listed = meta.and_then(|meta| meta.date.or(meta.list_date()));
    all.extend(listed.map(|date| ("DC.date", date.local.date().to_string())));
    all.extend(description.map(|text| ("DC.description", text.to_owned())));
    all.push(("DC.publisher", publisher));
    all.push(("DC.identifier", site.config.base_url.absolute(&job.url)));
    all.push(("DC.language", lang.tag().to_owned()));
    all.extend((!subjects.is_empty()).then(|| ("DC.subject", subjects.join("; "))));
    let source = meta.and_then(|meta| meta.source.as_ref()?.name.as_ref());
    all.extend(source.map(|name| ("DC.source", name.text.clone())));
    all
}
