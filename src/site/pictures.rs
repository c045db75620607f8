//! The pictures of the content that published pages show: how large they are, what is made of them, and where.

use std::collections::BTreeMap;

use super::link::Linked;
use super::routes::{Addressed, Route};
use super::{ResolvedLink, Site};
use crate::base::hash::ContentHash;
use crate::base::path::{RelPath, UrlPath};
use crate::diag::{Arg, Code, Diagnostic, Place};
use crate::images::recipe::{mark, renditions};
use crate::images::{Encoding, Extra, Fault, Kind, Measured, Rendition};

/// A picture that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Picture {
    /// What its file holds.
    pub content: ContentHash,
    /// What it is.
    pub kind: Kind,
    /// Its width as it is shown at most, in pixels.
    pub width: u32,
    /// Its height then.
    pub height: u32,
    /// What is made of it: by format, the best first, and by width; empty where it is copied.
    pub made: Vec<Made>,
}

/// A file that is made of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Made {
    /// What it is.
    pub rendition: Rendition,
    /// Where it is.
    pub url: UrlPath,
}

impl Picture {
    /// What is made of it in its own format, by width.
    pub fn own(&self) -> impl Iterator<Item = &Made> + Clone {
        let own = Encoding::of(self.kind);
        self.made.iter().filter(move |made| Some(made.rendition.encoding) == own)
    }

    /// What is made of it in formats that not every browser knows: for each, the best first, by width.
    pub fn others(&self) -> impl Iterator<Item = &[Made]> {
        let own = Encoding::of(self.kind);
        let groups = self.made.chunk_by(|a, b| a.rendition.encoding == b.rendition.encoding);
        groups.filter(move |group| group.first().is_some_and(|made| Some(made.rendition.encoding) != own))
    }

    /// The address of the largest in its own format.
    #[must_use]
    pub fn largest(&self) -> Option<&UrlPath> {
        self.own().last().map(|made| &made.url)
    }

    /// The narrowest in its own format that is at least so wide, else the widest.
    #[must_use]
    pub fn at_least(&self, width: u32) -> Option<&Made> {
        self.own().find(|made| made.rendition.width >= width).or_else(|| self.own().last())
    }
}

/// What is known of the file of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// What it holds.
    pub content: ContentHash,
    /// What is in it.
    pub measured: Result<Measured, Fault>,
}

/// Where a file is shown as a picture; nowhere if links only lead to it.
pub type Uses = Vec<Place>;

/// The files that have to be looked at: whatever is shown as a picture, and photographs to which links lead.
/// Attachments are given as they are.
#[must_use]
pub fn wanted(site: &Site) -> BTreeMap<&RelPath, Uses> {
    let mut wanted: BTreeMap<&RelPath, Uses> = BTreeMap::new();
    if site.files.is_empty() || !crate::images::ON {
        return wanted;
    }
    for page in site.pages.iter().filter(|page| page.meta.withdrawn.is_none()) {
        let leading = page.meta.image.iter().map(|image| {
            let place = Place::field(page.document.path.clone(), "image.src");
            (&image.file, place)
        });
        let in_text = page.images.iter().zip(&page.document.facts.images).filter_map(|(link, image)| match link {
            ResolvedLink::File(path, _) => Some((path, page.document.place(&image.spot))),
            _ => None,
        });
        for (path, place) in leading.chain(in_text).filter(|(path, _)| site.files.contains_key(*path)) {
            wanted.entry(path).or_default().push(place);
        }
        for link in &page.links {
            if let ResolvedLink::File(path, _) = link
                && Kind::promised(&path.extension()).is_some()
                && site.files.contains_key(path)
                && !site.sizes.contains_key(path)
            {
                wanted.entry(path).or_default();
            }
        }
    }
    wanted
}

/// Gives a site its pictures, and tells what is wrong with them.
pub fn hang(linked: &mut Linked, probes: Vec<(RelPath, Uses, Probe)>, extra: Extra) {
    let site = &mut linked.site;
    for (path, uses, probe) in probes {
        linked.diagnostics.extend(problem(&path, &uses, &probe));
        let (Ok(measured), Some(url)) = (probe.measured, site.files.get(&path)) else { continue };
        let mark = mark(&probe.content);
        let made = renditions(measured, extra).into_iter().map(|rendition| {
            let name = format!("{}-{}.{mark}.{}", stem(url.as_str()), rendition.width, rendition.encoding.extension());
            Made { rendition, url: url.beside(&name) }
        });
        let made: Vec<Made> = made.collect();
        let (width, height) = made.last().map_or((measured.width, measured.height), |last| {
            let Rendition { width, height, .. } = last.rendition;
            (width, height)
        });
        let picture = Picture { content: probe.content, kind: measured.kind, width, height, made };
        site.pictures.insert(path, picture);
    }
    if !site.pictures.is_empty() {
        let site = &linked.site;
        linked.routes.retain(|addressed| match &addressed.route {
            Route::File(path) => is_copied(site, path),
            _ => true,
        });
        linked.routes.extend(routes(site));
    }
}

/// Whether a file of the content is published as it is.
pub(super) fn is_copied(site: &Site, path: &RelPath) -> bool {
    let is_made = site.pictures.get(path).is_some_and(|picture| !picture.made.is_empty());
    !is_made || site.sizes.contains_key(path)
}

/// The routes of what is made of pictures.
pub(super) fn routes(site: &Site) -> impl Iterator<Item = Addressed> {
    site.pictures.iter().flat_map(|(path, picture)| {
        let addressed = |(number, made): (usize, &Made)| Addressed {
            route: Route::Picture(path.clone(), number),
            url: made.url.clone(),
        };
        picture.made.iter().enumerate().map(addressed)
    })
}

/// The name of the file at a path, without its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// What is wrong with a picture that is shown; to what links lead may be anything.
fn problem(path: &RelPath, uses: &[Place], probe: &Probe) -> Option<Diagnostic> {
    let (place, others) = uses.split_first()?;
    let promised = Kind::promised(&path.extension());
    let about = |code| Diagnostic::new(code).with("file", path);
    let broken = |reason: &'static str| about(Code::ImageBroken).with("reason", Arg::key(reason));
    let mut told = match probe.measured {
        Ok(measured) if promised.is_some_and(|kind| kind != measured.kind) => about(Code::ImageMisnamed)
            .with("kind", measured.kind.name())
            .with("name", format!("{}.{}", stem(path.file_name()), measured.kind.extension())),
        Ok(_) => return None,
        // Drawings and whatever else browsers show are copied.
        Err(Fault::Unknown) if promised.is_none() => return None,
        Err(Fault::Unknown) => broken("image-broken.unknown"),
        Err(Fault::Changed) => broken("image-broken.changed"),
        Err(Fault::Cut) => broken("image-broken.cut"),
        Err(Fault::Damaged) => broken("image-broken.damaged"),
        Err(Fault::Heic) => about(Code::ImageHeic),
        Err(Fault::Huge(width, height)) => {
            about(Code::ImageHuge).with("width", width as usize).with("height", height as usize)
        }
    };
    told.place = Some(place.clone());
    let own = |other: &&Place| other.file != place.file;
    told.related = others.iter().filter(own).map(|other| Place::file(other.file.clone())).collect();
    told.related.dedup();
    Some(told)
}

/// What is told of a picture that could not be made after all: its head was sound.
#[must_use]
pub fn unmade(site: &Site, path: &RelPath, fault: Fault) -> Diagnostic {
    let fault = if fault == Fault::Unknown { Fault::Damaged } else { fault };
    let uses = wanted(site).remove(path).filter(|uses| !uses.is_empty());
    let uses = uses.unwrap_or_else(|| vec![Place::file(path.clone())]);
    let probe = Probe { content: ContentHash::of(&[]), measured: Err(fault) };
    problem(path, &uses, &probe).unwrap_or_else(|| Diagnostic::new(Code::ImageBroken).at(Place::file(path.clone())))
}
