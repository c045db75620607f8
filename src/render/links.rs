//! The addresses of links, and what readers are told of a translation.

use crate::base::lang::Lang;
use crate::base::path::{RelPath, UrlPath};
use crate::config::BaseUrl;
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

/// What the address of a link is made of.
#[derive(Hash)]
pub(super) struct Address<'a> {
    start: Start,
    path: &'a str,
    sign: &'static str,
    rest: &'a str,
}

/// Where an address begins.
#[derive(Hash)]
enum Start {
    /// At the root of the site, which the settings tell.
    Site,
    /// Wherever it says.
    Own,
}

impl<'a> Address<'a> {
    /// That of a link in a page of a language; `None` where only the text remains.
    pub(super) fn of(site: &'a Site, link: &'a ResolvedLink, lang: Lang) -> Option<Self> {
        let of_site = |path: &'a str, sign, rest| Some(Self { start: Start::Site, path, sign, rest });
        let with_anchor = |url: &'a UrlPath, anchor: Option<&'a str>| match anchor {
            Some(anchor) => of_site(url.as_str(), "#", anchor),
            None => of_site(url.as_str(), "", ""),
        };
        match link {
            ResolvedLink::External(url) => Some(Self { start: Start::Own, path: url, sign: "", rest: "" }),
            ResolvedLink::Page(page, anchor) => {
                let page = site.page(*page);
                // Of a page that was taken back only the notice is left, which has no headings.
                with_anchor(&page.url, anchor.as_deref().filter(|_| page.meta.withdrawn.is_none()))
            }
            ResolvedLink::Section(section, anchor) => {
                with_anchor(site.section(*section).url.get(lang), anchor.as_deref())
            }
            ResolvedLink::File(path, suffix) => of_site(file_address(site, path)?.as_str(), "", suffix),
            ResolvedLink::Site(path, suffix) => of_site(path, "", suffix),
            ResolvedLink::Anchor(id) => Some(Self { start: Start::Own, path: "", sign: "#", rest: id }),
            ResolvedLink::Nowhere => None,
        }
    }

    /// As it stands in `href`, on a site of that base.
    pub(super) fn href(&self, base: &BaseUrl) -> String {
        let start = match self.start {
            Start::Site => base.path(),
            Start::Own => "",
        };
        [start, self.path, self.sign, self.rest].concat()
    }
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
