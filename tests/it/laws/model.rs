//! A portal in memory, to be edited, and written to folders: the one that is built again and again,
//! and a fresh one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::doc::Doc;
use crate::fixtures;
use crate::support::NOW;

/// Files by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The files of a portal by path, and the build date.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// Pages and settings.
    pub(crate) docs: BTreeMap<String, Doc>,
    /// All other files.
    pub(crate) files: Files,
    pub(crate) now: Timestamp,
}

/// The theme below the portal's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// The one that the program has in it.
    Default,
    /// A small one, which is faster to build with.
    Plain,
}

/// How an editor saves a file that was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Save {
    /// In place.
    Write,
    /// In place, and the time of its last change is set back.
    KeepTime,
    /// A new file is moved over it, which has the time of the old one.
    Rename,
}

impl Model {
    /// The small site with a theme of its own, which has a few strings only, above another.
    pub(crate) fn small(theme: Theme) -> Self {
        let mut model = Self { docs: BTreeMap::new(), files: BTreeMap::new(), now: NOW.parse().unwrap() };
        for (path, bytes) in fixtures::files("small") {
            if path.ends_with(".md") || path == "site.yaml" {
                model.docs.insert(path, Doc::parse(std::str::from_utf8(&bytes).unwrap()));
            } else {
                model.files.insert(path, bytes);
            }
        }
        model.docs.get_mut("site.yaml").unwrap().set("theme", "own");
        // Nothing to tell: what a build had to tell, the next one finds anew.
        let about = model.docs.get_mut("content/about.md").unwrap();
        about.set("title", "Giới thiệu & \"lạ\" <b>");
        about.edit_body("[nháp](news/ban-nhap.md)", "nháp");
        let extended = if theme == Theme::Default { "default" } else { "plain" };
        model.put("themes/own/theme.yaml", &format!("extends: {extended}\n{}", super::values::OPTIONS));
        model.put("themes/own/i18n/vi.yaml", "home: Trang đầu\n");
        model.put("themes/own/i18n/en.yaml", "home: Front page\n");
        model
    }

    pub(crate) fn put(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.as_bytes().to_vec());
    }

    /// All files with their bytes.
    pub(crate) fn bytes(&self) -> Files {
        let docs = self.docs.iter().map(|(path, doc)| (path.clone(), doc.text().into_bytes()));
        docs.chain(self.files.clone()).collect()
    }

    /// Writes all files into a new folder.
    pub(crate) fn write_fresh(&self, root: &Path) {
        fixtures::put(root, &self.bytes().into_iter().collect::<Vec<_>>());
    }

    /// Brings a folder that holds `before` up to this; only what differs is touched.
    pub(crate) fn sync(&self, before: &Self, root: &Path, save: Save) {
        sync(&before.bytes(), &self.bytes(), root, save);
    }

    /// Saves a file again as it is.
    pub(crate) fn touch(&self, root: &Path, which: u8) {
        let files = self.bytes();
        let (path, bytes) = files.iter().nth(usize::from(which) % files.len()).unwrap();
        fs::write(root.join(path), bytes).unwrap();
    }

    /// The pages, sections' own included, or only those.
    pub(crate) fn pages(&self, wanted: Pages) -> Vec<String> {
        let is_index = |path: &str| path.rsplit('/').next().unwrap().starts_with("_index");
        let found = self.docs.keys().filter(|path| path.ends_with(".md"));
        found
            .filter(|path| match wanted {
                Pages::Ordinary => !is_index(path),
                Pages::Sections => is_index(path),
            })
            .cloned()
            .collect()
    }

    /// One of the pages; `None` where there are none left.
    pub(crate) fn page(&self, which: u8, wanted: Pages) -> Option<String> {
        let pages = self.pages(wanted);
        (!pages.is_empty()).then(|| pages[usize::from(which) % pages.len()].clone())
    }
}

/// Brings a folder with the files `old` up to `new`; only what differs is touched.
pub(crate) fn sync(old: &Files, new: &Files, root: &Path, save: Save) {
    for path in old.keys().filter(|path| !new.contains_key(*path)) {
        fs::remove_file(root.join(path)).unwrap();
    }
    for (path, bytes) in new.iter().filter(|(path, bytes)| old.get(*path) != Some(*bytes)) {
        let place = root.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        let time = fs::metadata(&place).and_then(|meta| meta.modified()).ok();
        let written = if save == Save::Rename { root.join(".saving") } else { place.clone() };
        fs::write(&written, bytes).unwrap();
        if let Some(time) = time.filter(|_| save != Save::Write) {
            fs::File::options().append(true).open(&written).unwrap().set_modified(time).unwrap();
        }
        if written != place {
            fs::rename(written, place).unwrap();
        }
    }
}

/// Which pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    /// Those in sections.
    Ordinary,
    /// The sections' own.
    Sections,
}
