//! The addresses of links, and what readers are told of a translation.

use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::site::pictures::Picture;
use crate::site::translation::{Told, TranslationState};
use crate::site::{Page, ResolvedLink, Site};

/// The language of the page a link leads to.
pub(super) fn target_lang(site: &Site, link: &ResolvedLink) -> Option<Lang> {
    match link {
        ResolvedLink::Page(page, _) => Some(site.page(*page).lang),
        _ => None,
    }
}

/// The address of a link, ready for `href`; `None` where only the text remains.
pub(super) fn address(site: &Site, link: &ResolvedLink, lang: Lang) -> Option<String> {
    let base = &site.config.base_url;
    let with_anchor = |url: String, anchor: &Option<String>| match anchor {
        Some(anchor) => url + "#" + anchor,
        None => url,
    };
    Some(match link {
        ResolvedLink::External(url) => url.clone(),
        // Of a page that was taken back only the notice is left, which has no headings.
        ResolvedLink::Page(page, _) if site.page(*page).meta.withdrawn.is_some() => base.href(&site.page(*page).url),
        ResolvedLink::Page(page, anchor) => with_anchor(base.href(&site.page(*page).url), anchor),
        ResolvedLink::Section(section, anchor) => with_anchor(base.href(site.section(*section).url.get(lang)), anchor),
        ResolvedLink::File(path, suffix) => base.href(file_address(site, path)?) + suffix,
        ResolvedLink::Site(path, suffix) => [base.path(), path, suffix].concat(),
        ResolvedLink::Anchor(id) => ["#", id].concat(),
        ResolvedLink::Nowhere => return None,
    })
}

/// The address of a file of the content: of a picture of which files are made, the largest in its own format, so
/// that nobody is led to what else was in it. `None` where no published page has it.
pub(super) fn file_address<'a>(site: &'a Site, path: &RelPath) -> Option<&'a UrlPath> {
    let made = site.pictures.get(path).filter(|_| !site.sizes.contains_key(path));
    made.and_then(Picture::largest).or_else(|| site.files.get(path))
}

/// The state readers are told: an outdated translation only where they are to know.
pub(super) fn told_state(page: &Page) -> &'static str {
    match page.translation {
        TranslationState::Outdated(Told::StatusOnly(_)) => TranslationState::Unconfirmed.name(),
        state => state.name(),
    }
}
