//! Photographs in the preview: made when they are asked for, and told when they cannot be.

use std::collections::BTreeMap;

use congso::serve::http::{Answer, Portal as _, SitePath};
use congso::site::publication::Shown;

use super::jpeg;
use crate::preview::{Live, all};
use crate::support::SETTINGS;

fn files(photo: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let text = |text: &str| text.as_bytes().to_vec();
    BTreeMap::from([
        ("site.yaml".to_owned(), text(SETTINGS)),
        ("content/_index.md".to_owned(), text("---\ntitle: Trang chủ\n---\n")),
        ("content/news/_index.md".to_owned(), text("---\ntitle: Tin\nkind: news\nslug: tin-tuc\n---\n")),
        ("content/news/a.md".to_owned(), text("---\ntitle: A\ndate: 2026-01-02\n---\n\n![Ảnh](a.jpg)\n")),
        ("content/news/a.jpg".to_owned(), photo.to_vec()),
    ])
}

fn page(live: &Live) -> String {
    match live.engine.answer(&SitePath::parse("/tin-tuc/a/").unwrap()) {
        Answer::Page(page) => String::from_utf8(page.bytes.to_vec()).unwrap(),
        _ => panic!("no page"),
    }
}

fn file(live: &Live, path: &str) -> Option<Vec<u8>> {
    match live.engine.answer(&SitePath::parse(path).unwrap()) {
        Answer::File(file) => Some(file.bytes.to_vec()),
        _ => None,
    }
}

/// The addresses of one format in a page.
fn addresses(html: &str, extension: &str) -> Vec<String> {
    let words = html.split(['"', ' ', ',']).filter(|word| word.starts_with('/') && word.ends_with(extension));
    words.map(str::to_owned).collect()
}

/// How many files are kept.
fn kept(live: &Live) -> usize {
    let entries = std::fs::read_dir(live.root().join(".congso/images")).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().path().extension().is_some()).count()
}

#[test]
fn each_size_is_made_when_it_is_asked_for() {
    let live = Live::start(files(&jpeg(700, 350, 1)), all(Shown::Hidden));
    let html = page(&live);
    assert_eq!(kept(&live), 0);
    let webp = addresses(&html, ".webp");
    assert_eq!(webp.len(), 2);
    let small = image::load_from_memory(&file(&live, &webp[0]).unwrap()).unwrap();
    assert_eq!((small.width(), small.height(), kept(&live)), (480, 240, 1));
    assert_eq!(file(&live, &webp[0]), file(&live, &webp[0]));
    assert_eq!(kept(&live), 1);
}

#[test]
fn another_picture_is_shown_at_once_even_of_the_same_size() {
    let mut live = Live::start(files(&jpeg(700, 350, 1)), all(Shown::Hidden));
    let before = page(&live);
    let mut second = jpeg(700, 350, 1);
    let at = second.len() - 40;
    second[at] ^= 1;
    live.save(files(&second));
    let after = page(&live);
    assert_ne!(addresses(&before, ".webp"), addresses(&after, ".webp"));
    assert!(file(&live, &addresses(&after, ".webp")[0]).is_some());
    live.save(files(&jpeg(300, 100, 1)));
    assert!(page(&live).contains("width=\"300\" height=\"100\""));
}

#[test]
fn what_cannot_be_made_is_told_until_it_is_mended() {
    let problems = |live: &Live| live.engine.state(&SitePath::parse("/tin-tuc/a/").unwrap());
    let sound = super::encoded(&super::picture(300, 200, 1), image::ImageFormat::Png);
    let mut bytes = sound.clone();
    let at = bytes.len() / 2;
    bytes[at..at + 20].fill(0xaa);
    let renamed = |bytes: &[u8]| {
        let mut files = files(bytes);
        let text = String::from_utf8(files["content/news/a.md"].clone()).unwrap().replace("a.jpg", "a.png");
        files.insert("content/news/a.md".to_owned(), text.into_bytes());
        let photo = files.remove("content/news/a.jpg").unwrap();
        files.insert("content/news/a.png".to_owned(), photo);
        files
    };
    let mut live = Live::start(renamed(&bytes), all(Shown::Hidden));
    let address = addresses(&page(&live), ".webp").remove(0);
    assert!(!problems(&live).contains("image-broken"));
    assert_eq!(file(&live, &address), None);
    live.engine.settled();
    assert!(problems(&live).contains("image-broken"), "{}", problems(&live));
    live.save(renamed(&sound));
    assert!(!problems(&live).contains("image-broken"));
    live.save(renamed(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"));
    assert!(problems(&live).contains("image-heic"));
    live.save(renamed(&sound));
    assert!(!problems(&live).contains("image-heic"));
    assert!(file(&live, &addresses(&page(&live), ".webp")[0]).is_some());
}
