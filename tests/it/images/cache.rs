//! A photograph is made once: what is kept of it, what heals, and what is swept.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::{jpeg, pictures, portal};
use crate::support::Portal;

/// What is kept of pictures: the files with their bytes and times.
fn kept(portal: &Portal) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let entries = fs::read_dir(portal.root().join(".congso/images")).unwrap().map(|entry| entry.unwrap().path());
    let made = entries.filter(|path| path.extension().is_some());
    made.map(|path| (path.clone(), (fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap())))
        .collect()
}

#[test]
fn the_second_build_touches_no_picture() {
    let portal = portal("a.jpg", &jpeg(1200, 800, 1));
    let first = portal.build_clean();
    let (before, files) = (kept(&portal), pictures(&first));
    assert_eq!((before.len(), files.len()), (6, 6));
    // Not even where something else changes, or the picture is saved as it is.
    for change in [("content/news/a.md", false), ("content/news/a.jpg", true)] {
        let path = portal.root().join(change.0);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, [bytes, if change.1 { Vec::new() } else { b"x".to_vec() }].concat()).unwrap();
        let built = portal.build_clean();
        assert_eq!(built.report().written, usize::from(!change.1), "{change:?}");
        assert_eq!(kept(&portal), before);
    }
}

#[test]
fn an_output_that_is_lost_comes_from_what_is_kept() {
    let portal = portal("a.jpg", &jpeg(500, 300, 1));
    let files = pictures(&portal.build_clean());
    let before = kept(&portal);
    fs::remove_dir_all(portal.root().join("public")).unwrap();
    fs::remove_dir_all(portal.root().join(".congso/outputs")).unwrap();
    assert_eq!(pictures(&portal.build_clean()), files);
    assert_eq!(kept(&portal), before);
}

#[test]
fn what_is_damaged_is_made_again() {
    let portal = portal("a.jpg", &jpeg(500, 300, 1));
    let files = pictures(&portal.build_clean());
    let before = kept(&portal);
    for damage in [b"".as_slice(), b"short", &[b'0'; 90]] {
        before.keys().for_each(|path| fs::write(path, damage).unwrap());
        fs::write(portal.root().join(".congso/images/index"), damage).unwrap();
        fs::remove_dir_all(portal.root().join("public")).unwrap();
        assert_eq!(pictures(&portal.build_clean()), files);
        let healed: Vec<Vec<u8>> = kept(&portal).into_values().map(|(bytes, _)| bytes).collect();
        assert_eq!(healed, before.values().map(|(bytes, _)| bytes.clone()).collect::<Vec<_>>());
    }
}

#[test]
fn another_content_has_another_name_and_the_old_files_go() {
    let portal = portal("a.jpg", &jpeg(500, 300, 1));
    let first = pictures(&portal.build_clean());
    portal.write("content/news/a.jpg", jpeg(500, 300, 2));
    let built = portal.build_clean();
    let second = pictures(&built);
    assert!(second.len() == 2 && second.keys().all(|path| !first.contains_key(path)), "{:?}", second.keys());
    // What was made first is kept for a while, since somebody may go back to it.
    assert_eq!(kept(&portal).len(), 4);
    for (path, (_, written)) in kept(&portal) {
        let old = written - Duration::from_secs(40 * 24 * 3600);
        fs::File::options().append(true).open(path).unwrap().set_modified(old).unwrap();
    }
    portal.write("content/news/a.jpg", jpeg(500, 300, 3));
    let third = pictures(&portal.build_clean());
    assert_eq!(kept(&portal).len(), 2);
    assert!(third.keys().all(|path| !second.contains_key(path)));
}

#[test]
fn a_portal_without_pictures_keeps_nothing_of_them() {
    let portal = Portal::new().news("a.md", "date: 2026-01-02", "Một.");
    portal.build_clean();
    assert!(!portal.root().join(".congso/images").exists());
}

#[test]
fn where_nothing_can_be_kept_it_is_built_all_the_same() {
    let portal = portal("a.jpg", &jpeg(500, 300, 1)).file(".congso/images", "a file");
    assert_eq!(pictures(&portal.build_clean()).len(), 2);
    assert_eq!(portal.build_clean().report().written, 0);
}
