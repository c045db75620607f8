//! Pictures as templates get them: addresses and sizes for browsers to choose from.

use std::hash::{Hash, Hasher};

use super::links::file_address;
use super::value::{Field, list, object};
use crate::base::path::{RelPath, UrlPath};
use crate::config::BaseUrl;
use crate::site::pictures::Made;
use crate::site::{Picture, Site};

/// The width for browsers that cannot choose, in pixels.
const PLAIN: u32 = 960;

/// The width that networks ask for where a link is shown with a picture, in pixels (Open Graph: 1200 or more).
const SHARED: u32 = 1200;

/// A picture of the content that a published page has.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// From the settings, which every job reads.
    base: &'a BaseUrl,
    /// The address of its file, or of the largest that is made of it.
    url: &'a UrlPath,
    /// What is known of it.
    picture: Option<&'a Picture>,
}

impl Hash for Shown<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.url, self.picture).hash(state);
    }
}

impl<'a> Shown<'a> {
    pub(super) fn of(site: &'a Site, path: &RelPath) -> Option<Self> {
        let url = file_address(site, path)?;
        Some(Self { base: &site.config.base_url, url, picture: site.pictures.get(path) })
    }

    /// What every picture has: `src`, `srcset`, `sources`, `width`, `height`.
    pub(super) fn fields(self) -> [(&'static str, Field<'a>); 5] {
        let src = self.picture.and_then(|picture| picture.at_least(PLAIN)).map_or(self.url, |made| &made.url);
        let side = |side: fn(&Picture) -> u32| self.picture.map(side).into();
        let own: Vec<&Made> = self.picture.into_iter().flat_map(Picture::own).collect();
        let chosen = (own.len() > 1).then(|| self.srcset(own));
        let sources = self.picture.into_iter().flat_map(Picture::others).filter_map(|group| {
            let kind = group.first()?.rendition.encoding.media_type();
            Some(object([("type", kind.into()), ("srcset", self.srcset(group).into())]))
        });
        [
            ("src", self.base.href(src).into()),
            ("srcset", chosen.into()),
            ("sources", list(sources).into()),
            ("width", side(|picture| picture.width)),
            ("height", side(|picture| picture.height)),
        ]
    }

    /// As it stands for its page elsewhere: its absolute address, and its width and height where they are known.
    pub(super) fn shared(self) -> (String, Option<(u32, u32)>) {
        match self.picture.and_then(|picture| picture.at_least(SHARED)) {
            Some(made) => (self.base.absolute(&made.url), Some((made.rendition.width, made.rendition.height))),
            None => {
                let size = self.picture.map(|picture| (picture.width, picture.height));
                (self.base.absolute(self.url), size)
            }
        }
    }

    /// Files by their widths (HTML, 4.8.4.2.1).
    fn srcset<'f>(self, files: impl IntoIterator<Item = &'f Made>) -> String {
        let one = |made: &Made| format!("{} {}w", self.base.href(&made.url), made.rendition.width);
        files.into_iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// A picture of which only the address is known.
pub(super) fn plain(src: String) -> [(&'static str, Field<'static>); 5] {
    [
        ("src", src.into()),
        ("srcset", Field::none()),
        ("sources", list([]).into()),
        ("width", Field::none()),
        ("height", Field::none()),
    ]
}
