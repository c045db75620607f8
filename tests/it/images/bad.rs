//! Files of which nothing can be made: each is told with the place that shows it, and changes nothing.

use congso::base::lang::Lang;
use congso::diag::Severity;
use image::ImageFormat;

use super::{encoded, jpeg, picture, pictures, portal};
use crate::support::Portal;

/// Builds a portal whose news item shows this as a picture, after one where it was sound.
#[track_caller]
fn told(name: &str, bytes: &[u8]) -> (String, String) {
    let portal =
        portal(name, &encoded(&picture(300, 200, 1), ImageFormat::Png)).file("content/news/ok.jpg", jpeg(9, 9, 1));
    portal.build();
    let before = crate::support::tree(&portal.options.out);
    assert!(!before.is_empty());
    portal.write(&format!("content/news/{name}"), bytes);
    let built = portal.build();
    assert!(built.outcome.report.is_none());
    assert_eq!(built.tree(), before, "the last good output stays whole");
    let codes = built.codes(Severity::Error);
    assert_eq!(codes.len(), 1, "{}", built.messages(Lang::En));
    let message = built.messages(Lang::En);
    assert!(message.contains("content/news/a.md:5"), "{message}");
    assert!(message.contains(&format!("content/news/{name}")), "{message}");
    assert!(built.messages(Lang::Vi).contains(&format!("content/news/{name}")));
    (codes[0].clone(), message)
}

#[test]
fn heic_is_told_whatever_its_name() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and more".as_slice();
    for name in ["IMG_1.HEIC", "IMG_1.jpg", "IMG_1.heif", "anh.png"] {
        let (code, message) = told(name, heic);
        assert_eq!(code, "image-heic");
        assert!(message.contains("Most Compatible"), "{message}");
    }
}

#[test]
fn what_is_cut_or_no_picture_at_all_is_told() {
    let whole = jpeg(300, 200, 1);
    for bytes in [&whole[..whole.len() / 2], &whole[..3], b"<html>404</html>", b""] {
        assert_eq!(told("a.jpg", bytes).0, "image-broken");
    }
}

/// Its head and its end are sound: only decoding finds it.
#[test]
fn what_is_damaged_inside_is_told() {
    let mut bytes = encoded(&picture(300, 200, 1), ImageFormat::Png);
    let at = bytes.len() / 2;
    bytes[at..at + 20].fill(0xaa);
    assert_eq!(told("a.png", &bytes).0, "image-broken");
}

#[test]
fn bombs_are_refused_by_their_head() {
    let mut bomb = jpeg(64, 64, 1);
    let at = bomb.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bomb[at + 5..at + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    let (code, message) = told("a.jpg", &bomb);
    assert_eq!(code, "image-huge");
    assert!(message.contains("60000 × 60000"), "{message}");
}

#[test]
fn a_wrong_extension_works_and_is_told() {
    let built = portal("a.jpg", &encoded(&picture(300, 200, 1), ImageFormat::Png)).build();
    assert_eq!(built.codes(Severity::Hint), ["image-misnamed"]);
    assert!(built.messages(Lang::En).contains("`a.png`"), "{}", built.messages(Lang::En));
    let names = super::names(&pictures(&built));
    assert_eq!(names, ["tin-tuc/a-300.MARK.png", "tin-tuc/a-300.MARK.webp"]);
}

#[test]
fn what_no_page_shows_is_not_looked_at() {
    let portal = Portal::new()
        .news("a.md", "date: 2026-01-02", "[Tải về](b.jpg)")
        .news("nhap.md", "date: 2026-01-02\ndraft: true", "![Ảnh](c.jpg)")
        .file("content/news/b.jpg", "no picture, but somebody may want it")
        .file("content/news/c.jpg", "no picture");
    let built = portal.build_clean();
    assert_eq!(built.out("tin-tuc/b.jpg"), "no picture, but somebody may want it");
    assert!(!built.has("tin-tuc/c.jpg"));
}
