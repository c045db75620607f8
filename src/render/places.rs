//! Sections without their pages, made once for all pages that name them, and the places of pages in
//! their lists.

use tera::Value;

use super::output::feeds;
use super::pieces::{crumb, index_page, section_title};
use super::value::{ValueSum, list, object};
use crate::base::checksum::Checksum;
use crate::base::lang::{Lang, PerLang};
use crate::base::path::UrlPath;
use crate::site::urls::home_url;
use crate::site::{Member, PageId, SectionId, Site};
use crate::theme::Theme;

/// A section as pages in it, and its own lists, show it.
pub(super) struct SectionPlace {
    pub key: String,
    pub title: String,
    pub title_lang: Lang,
    pub description: Option<String>,
    pub url: UrlPath,
    /// The template of its list, if not `section.html`.
    pub layout: Option<String>,
    pub page_size: usize,
    /// The page of its `_index.md` that readers are led to.
    pub index: Option<PageId>,
    /// The steps from the home page to it, itself included.
    pub crumbs: Vec<Value>,
    /// The top section it lies in, whose menu entry is marked.
    pub menu_entry: Option<String>,
    /// The feeds of the language and its own.
    pub feeds: Value,
    /// What templates get as `section`; `none` for the root.
    pub value: Value,
    /// Of that value.
    pub value_checksum: Checksum,
    /// Of all of it.
    pub checksum: Checksum,
}

/// The places of all sections, by id.
pub(super) fn sections(site: &Site, theme: &Theme) -> Vec<PerLang<SectionPlace>> {
    site.section_ids().map(|id| PerLang::from_fn(|lang| place(site, theme, id, lang))).collect()
}

fn place(site: &Site, theme: &Theme, id: SectionId, lang: Lang) -> SectionPlace {
    let section = site.section(id);
    let (title, title_lang) = section_title(site, id, lang);
    let index = section.index.and_then(|set| site.page_for(set, lang));
    let description = index_page(site, id, lang).and_then(|page| page.meta.description.clone());
    let value = if id == SectionId(0) { Value::none() } else { value(site, id, lang, description.as_deref()) };
    let crumbs = crumbs(site, theme, id, lang);
    let feeds = list(feeds(site, theme, Some(id), lang));
    let menu_entry = menu_entry(site, id).map(str::to_owned);
    let index_name = index.map(|page| &site.page(page).document.path);
    let kept = (&section.key, section.kind, title, title_lang, &description, section.url.get(lang), &section.layout);
    let more = (section.page_size, index_name, ValueSum(&list(crumbs.clone())), &menu_entry, ValueSum(&feeds));
    let value_checksum = Checksum::of(&ValueSum(&value));
    let checksum = Checksum::of(&(kept, more, value_checksum));
    SectionPlace {
        key: section.key.clone(),
        title: title.to_owned(),
        title_lang,
        url: section.url.get(lang).clone(),
        layout: section.layout.clone(),
        page_size: section.page_size,
        description,
        index,
        crumbs,
        menu_entry,
        feeds,
        value,
        value_checksum,
        checksum,
    }
}

/// `section`.
fn value(site: &Site, id: SectionId, lang: Lang, description: Option<&str>) -> Value {
    let section = site.section(id);
    object([
        ("id", section.key.as_str().into()),
        ("kind", section.kind.name().into()),
        ("title", section_title(site, id, lang).0.into()),
        ("url", site.config.base_url.href(section.url.get(lang)).into()),
        ("description", description.into()),
    ])
}

/// The way from the home page down to a section, itself included.
fn crumbs(site: &Site, theme: &Theme, id: SectionId, lang: Lang) -> Vec<Value> {
    let mut chain = Vec::new();
    let mut section = id;
    while section != SectionId(0) {
        let (title, title_lang) = section_title(site, section, lang);
        chain.push(crumb(title, &site.config.base_url.href(site.section(section).url.get(lang)), title_lang));
        section = site.section(section).parent;
    }
    let home = theme.strings.get(lang).get("home").map_or("", |text| text.form(None));
    chain.push(crumb(home, &site.config.base_url.href(&home_url(&site.config, lang)), lang));
    chain.reverse();
    chain
}

/// The top section a section lies in.
fn menu_entry(site: &Site, mut id: SectionId) -> Option<&str> {
    if id == SectionId(0) {
        return None;
    }
    while site.section(id).parent != SectionId(0) {
        id = site.section(id).parent;
    }
    Some(&site.section(id).key)
}

/// The place of each page in the list of the section that holds it.
pub(super) fn positions(site: &Site) -> PerLang<Vec<Option<usize>>> {
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
