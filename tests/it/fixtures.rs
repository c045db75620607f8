//! Whole sites kept in `tests/fixtures/sites`, copied into temporary folders.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Portal;

/// The folder of a site.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sites").join(name)
}

/// The files of a site without what is expected of it: path and bytes, sorted.
pub fn files(name: &str) -> Vec<(String, Vec<u8>)> {
    let files = crate::support::tree(&folder(name)).into_iter();
    files.filter(|(path, _)| !path.starts_with("expected/")).collect()
}

/// A copy of a site.
pub fn portal(name: &str) -> Portal {
    files(name).into_iter().fold(Portal::empty(), |portal, (path, bytes)| portal.file(&path, bytes))
}

/// A copy of the repository's own portal.
pub fn real() -> Portal {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut portal = Portal::empty().file("site.yaml", fs::read(root.join("site.yaml")).unwrap());
    for folder in ["content", "static"].into_iter().filter(|folder| root.join(folder).exists()) {
        for (path, bytes) in crate::support::tree(&root.join(folder)) {
            portal = portal.file(&format!("{folder}/{path}"), bytes);
        }
    }
    portal
}

/// Puts a site into a folder, in the order given.
pub fn put<'a>(folder: &Path, files: impl IntoIterator<Item = &'a (String, Vec<u8>)>) {
    for (path, bytes) in files {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
}
