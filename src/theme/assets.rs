//! Static files of a theme under names that change with their bytes, so that hosts may keep them
//! for ever.

use std::collections::BTreeMap;

use crate::base::hash::ContentHash;
use crate::base::path::{RelPath, UrlPath};

/// A static file.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its address, fingerprint included.
    pub url: UrlPath,
    /// Its bytes; in style sheets the addresses of other files are their fingerprinted ones.
    pub bytes: Vec<u8>,
}

/// Gives every file its address. Style sheets come last, since their bytes, and so their own
/// fingerprints, depend on the addresses of the files they name.
pub(super) fn fingerprint(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Asset> {
    let (sheets, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.into_iter().partition(|(name, _)| name.ends_with(".css"));
    let mut assets: BTreeMap<String, Asset> = BTreeMap::new();
    for (name, bytes) in others {
        let url = address(&name, &bytes);
        assets.insert(name, Asset { url, bytes });
    }
    for (name, bytes) in sheets {
        let bytes = match String::from_utf8(bytes) {
            Ok(css) => with_addresses(&css, &name, &assets).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        let url = address(&name, &bytes);
        assets.insert(name, Asset { url, bytes });
    }
    assets
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

/// A style sheet with each `url(…)` of another file of the theme replaced by that file's address,
/// relative so that a base URL with a path changes nothing.
fn with_addresses(css: &str, name: &str, assets: &BTreeMap<String, Asset>) -> String {
    let folder = RelPath::new(name).unwrap_or_default().parent();
    let up = "../".repeat(folder.as_str().split('/').filter(|f| !f.is_empty()).count());
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("url(") {
        out.push_str(before);
        out.push_str("url(");
        let Some((inside, tail)) = after.split_once(')') else {
            rest = after;
            continue;
        };
        let written = inside.trim().trim_matches(['"', '\'']);
        let asset = folder.join(written).and_then(|path| assets.get(path.as_str()));
        match asset.and_then(|asset| asset.url.as_str().strip_prefix("/assets/")) {
            Some(address) => out.push_str(&format!("\"{up}{address}\"")),
            None => out.push_str(inside),
        }
        out.push(')');
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_names_files_by_their_fingerprints() {
        let files = BTreeMap::from([
            (
                "css/site.css".to_owned(),
                b"@font-face{src:url(\"../fonts/a.woff2\")} b{background:url(data:x)}".to_vec(),
            ),
            ("fonts/a.woff2".to_owned(), b"font".to_vec()),
        ]);
        let assets = fingerprint(files);
        let font = assets["fonts/a.woff2"].url.as_str().strip_prefix("/assets/").unwrap();
        let css = String::from_utf8(assets["css/site.css"].bytes.clone()).unwrap();
        assert_eq!(css, format!("@font-face{{src:url(\"../{font}\")}} b{{background:url(data:x)}}"));
    }
}
