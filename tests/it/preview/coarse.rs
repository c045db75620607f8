//! File systems whose clocks tell nothing, and files that come and go between two looks.

use std::path::PathBuf;
use std::sync::Arc;

use congso::base::path::RelPath;
use congso::site::publication::Shown;
use congso::source::disk::DiskWorkspace;
use congso::source::{Listing, ReadError, Stamp, Workspace};

use super::{Live, all, base};
use crate::laws::model::Save;
use crate::support::SETTINGS;

/// A workspace in which two files of one size have the same stamp.
struct Coarse(DiskWorkspace);

fn coarse(stamp: Stamp) -> Stamp {
    Stamp { size: stamp.size, ..Stamp::default() }
}

impl Workspace for Coarse {
    fn list(&self, folder: &RelPath) -> Listing {
        let mut listing = self.0.list(folder);
        listing.files.iter_mut().for_each(|file| file.stamp = coarse(file.stamp));
        listing
    }

    fn read(&self, path: &RelPath) -> Result<Vec<u8>, ReadError> {
        self.0.read(path)
    }

    fn disk_path(&self, path: &RelPath) -> Option<PathBuf> {
        self.0.disk_path(path)
    }

    fn stamp(&self, path: &RelPath) -> Option<Stamp> {
        self.0.stamp(path).map(coarse)
    }
}

#[test]
fn two_saves_of_one_size_in_one_moment_end_in_the_second() {
    let files = base(&[("themes/plain/i18n/vi.yaml", "home: Trang a\n"), ("static/a.txt", "a")]);
    let mut live = Live::start_in(files, all(Shown::Hidden), |root| Arc::new(Coarse(DiskWorkspace::new(root))));
    for letter in ["b", "c"] {
        live.edit("content/about.md", Some(&format!("---\ntitle: T {letter}\n---\n\n{letter}\n")));
        live.edit("static/a.txt", Some(letter));
        live.edit("site.yaml", Some(&String::from_utf8(live.files()["site.yaml"].clone()).unwrap()));
        assert!(live.text("about/index.html").contains(&format!("<title>T {letter}")));
        assert_eq!(live.text("static/a.txt".trim_start_matches("static/")), letter);
    }
    for letter in ["b", "c"] {
        let strings = String::from_utf8(live.files()["themes/plain/i18n/vi.yaml"].clone()).unwrap();
        let end = strings.trim_end().len() - 1;
        live.edit("themes/plain/i18n/vi.yaml", Some(&format!("{}{letter}\n", &strings[..end])));
        live.equals_the_build();
    }
}

#[test]
fn a_template_that_came_and_went_while_something_else_was_made_leaves_nothing() {
    let mut good = base(&[("themes/own/theme.yaml", "extends: plain\n")]);
    good.insert("site.yaml".to_owned(), format!("{SETTINGS}theme: own\n").into_bytes());
    let mut live = Live::start(good.clone(), all(Shown::Hidden));
    let mut files = good.clone();
    files.insert("themes/own/templates/home.html".to_owned(), b"Thoang qua".to_vec());
    live.put(files.clone(), Save::Write);
    // Only the settings are told, and make all be read anew.
    let settings = String::from_utf8(files["site.yaml"].clone()).unwrap();
    files.insert("site.yaml".to_owned(), format!("{settings}masthead: {{vi: Tên, en: Name}}\n").into_bytes());
    live.save(files);
    assert_eq!(live.text("index.html"), "Thoang qua");
    let settings = live.files()["site.yaml"].clone();
    good.insert("site.yaml".to_owned(), settings);
    live.save(good);
    live.equals_the_build();
}
