//! Pieces that several outputs show: titles of sections, steps of the way, the language switch,
//! alternates.

use tera::Value;

use super::value::{list, object};
use crate::base::lang::{Lang, PerLang};
use crate::base::path::UrlPath;
use crate::config::SiteConfig;
use crate::site::urls::list_page_url;
use crate::site::{Page, SectionId, Site};

/// The anchor that the language switch adds where it cannot lead to the same page: the theme shows
/// the reader a notice there.
pub(super) const UNTRANSLATED: &str = "#untranslated";

/// The page of a section's `_index.md` for readers of a language.
pub(super) fn index_page(site: &Site, id: SectionId, lang: Lang) -> Option<&Page> {
    let set = site.section(id).index?;
    site.page_for(set, lang).map(|page| site.page(page))
}

/// The title of a section and the language it is in.
pub(super) fn section_title(site: &Site, id: SectionId, lang: Lang) -> (&str, Lang) {
    match index_page(site, id, lang) {
        Some(page) => (&page.meta.title, page.lang),
        None => (&site.section(id).key, lang),
    }
}

/// One step of the way.
pub(super) fn crumb(title: &str, url: &str, lang: Lang) -> Value {
    object([("title", title.into()), ("url", url.into()), ("lang", lang.tag().into())])
}

/// What answers in a language for an output.
#[derive(Clone, Debug, Hash)]
pub(super) enum Twin {
    /// The same content.
    Same(UrlPath),
    /// Another page of the same list, which is shorter in that language.
    SameList(UrlPath),
    /// The nearest place, since there is no such content.
    Untranslated(UrlPath),
}

impl Twin {
    /// Page `number` of a list, or the last one of a shorter list.
    pub(super) fn of_list(base: &UrlPath, number: usize, last: usize, site: &Site, lang: Lang) -> Self {
        let url = list_page_url(base, number.min(last), &site.config, lang);
        if number <= last { Self::Same(url) } else { Self::SameList(url) }
    }
}

/// Where an output stands in each language.
#[derive(Clone, Debug, Hash)]
pub(super) struct Twins(pub PerLang<Twin>);

impl Twins {
    /// The language switch.
    pub(super) fn switch(&self, config: &SiteConfig, lang: Lang) -> Value {
        list(Lang::ALL.map(|target| {
            let base = &config.base_url;
            let (url, exact) = match self.0.get(target) {
                Twin::Same(url) | Twin::SameList(url) => (base.href(url), true),
                Twin::Untranslated(url) => (format!("{}{UNTRANSLATED}", base.href(url)), target == lang),
            };
            object([
                ("lang", target.tag().into()),
                ("name", config.languages.get(target).name.as_str().into()),
                ("url", url.into()),
                ("current", (target == lang).into()),
                ("exact", exact.into()),
            ])
        }))
    }

    /// The addresses of true translations with their languages, `x-default` last; none where there is only one.
    pub(super) fn alternates(&self, default: Lang) -> Option<[(&'static str, &UrlPath); 3]> {
        let (Twin::Same(vi), Twin::Same(en)) = (&self.0.vi, &self.0.en) else { return None };
        let any = match default {
            Lang::Vi => vi,
            Lang::En => en,
        };
        Some([(Lang::Vi.tag(), vi), (Lang::En.tag(), en), ("x-default", any)])
    }
}
