//! The one place where languages, sections and slugs become addresses.

use super::Section;
use super::meta::Meta;
use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::base::slug::Slug;
use crate::config::SiteConfig;
use crate::content::front_matter::Kind;

/// The home page of a language: `/` for the default language, `/en/` for the other.
#[must_use]
pub fn home_url(config: &SiteConfig, lang: Lang) -> UrlPath {
    if lang == config.default_language { UrlPath::root() } else { UrlPath::root().dir(lang.tag()) }
}

/// The address of a section: its parent's and its own slug; the root's is the home page.
#[must_use]
pub fn section_url(below: Option<(&UrlPath, &Slug)>, config: &SiteConfig, lang: Lang) -> UrlPath {
    match below {
        Some((parent, slug)) => parent.dir(slug.as_str()),
        None => home_url(config, lang),
    }
}

/// The address of a page: news under the section, documents and events under their year, other
/// pages under their folders. `rest` is the source path below the section's folder.
#[must_use]
pub fn page_url(section: &Section, lang: Lang, rest: &str, slug: &Slug, meta: &Meta) -> UrlPath {
    let base = section.url.get(lang).clone();
    let year = |date: crate::base::date::Moment| base.dir(&date.local.year().to_string());
    let folder = match section.kind {
        Kind::News => base,
        Kind::Decision => meta.decision.as_ref().map_or_else(|| base.clone(), |decision| year(decision.issued)),
        Kind::Event => meta.event.as_ref().map_or_else(|| base.clone(), |event| year(event.start)),
        Kind::Page => {
            let folders = rest.rsplit_once('/').map_or("", |(folders, _)| folders);
            folders.split('/').filter_map(Slug::from_text).fold(base, |url, slug| url.dir(slug.as_str()))
        }
    };
    folder.dir(slug.as_str())
}

/// The address of page `number` (from 1) of a list.
#[must_use]
pub fn list_page_url(list: &UrlPath, number: usize, config: &SiteConfig, lang: Lang) -> UrlPath {
    if number <= 1 { list.clone() } else { list.dir(config.paths.page.get(lang).as_str()).dir(&number.to_string()) }
}

/// The words that generated addresses use in a language, and so no page may be called.
#[must_use]
pub fn reserved(config: &SiteConfig, lang: Lang) -> Vec<&str> {
    let paths = &config.paths;
    let words = [
        &paths.page,
        &paths.topics,
        &paths.tags,
        &paths.agencies,
        &paths.types,
        &paths.statuses,
        &paths.sitemap,
        &paths.calendar,
    ];
    let mut reserved: Vec<&str> = words.into_iter().map(|word| word.get(lang).as_str()).collect();
    reserved.extend(["vi", "en", "assets"]);
    reserved
}
