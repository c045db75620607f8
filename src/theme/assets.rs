//! Static files of a theme under names that change with their bytes, so that hosts may keep them
//! for ever.

use std::collections::BTreeMap;

use super::styles::{Source, Sources, Stylesheets};
use crate::base::hash::ContentHash;
use crate::base::path::{RelPath, UrlPath};
use crate::diag::Diagnostics;
use crate::source::text::SourceText;

/// A static file.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its address, fingerprint included.
    pub url: UrlPath,
    /// Its bytes; in style sheets the addresses of other files are their fingerprinted ones.
    pub bytes: Vec<u8>,
}

/// A static file as it lies in a layer of the theme.
pub(super) struct Static {
    /// Where it lies in the portal.
    pub path: RelPath,
    pub bytes: Vec<u8>,
}

/// Whether a static file is a style sheet.
pub(super) fn is_style_sheet(name: &str) -> bool {
    name.ends_with(".css")
}

/// Gives every file its address. `covered` are the style sheets of lower layers that others cover. Style sheets come last, since their bytes, and so their own
/// fingerprints, depend on the addresses of the files they name.
pub(super) fn fingerprint(
    files: BTreeMap<String, Static>,
    covered: Vec<(String, Static)>,
    styles: &mut Stylesheets,
) -> (BTreeMap<String, Asset>, Diagnostics) {
    let (mut assets, mut sources, mut diagnostics) = (BTreeMap::new(), Sources::default(), Diagnostics::default());
    for (name, Static { path, bytes }) in files {
        if is_style_sheet(&name) {
            match SourceText::decode(&path, &bytes) {
                Ok(text) => drop(sources.shown.insert(name, Source { path, text })),
                Err(problem) => diagnostics.push(problem),
            }
        } else {
            let url = address(&name, &bytes);
            assets.insert(name, Asset { url, bytes });
        }
    }
    for (name, Static { path, bytes }) in covered {
        if let Ok(text) = SourceText::decode(&path, &bytes) {
            sources.covered.push((name, Source { path, text }));
        }
    }
    let (sheets, problems) = styles.of(&sources, &assets);
    diagnostics.extend(problems);
    for (name, css) in sheets {
        let bytes = css.into_bytes();
        let url = address(&name, &bytes);
        assets.insert(name, Asset { url, bytes });
    }
    (assets, diagnostics)
}

/// `/assets/css/site.0123abcd.css` for `css/site.css`.
fn address(name: &str, bytes: &[u8]) -> UrlPath {
    let hash = ContentHash::of(bytes).short(8);
    let (folders, file) = name.rsplit_once('/').unwrap_or(("", name));
    let folder = folders.split('/').filter(|f| !f.is_empty()).fold(UrlPath::root().dir("assets"), |url, f| url.dir(f));
    match file.rsplit_once('.') {
        Some((stem, extension)) => folder.file(&format!("{stem}.{hash}.{extension}")),
        None => folder.file(&format!("{file}.{hash}")),
    }
}
