//! Without the feature `images`, photographs are published as they are.

use crate::support::Portal;

#[test]
fn photographs_are_copied() {
    let photo = include_bytes!("../fixtures/photos/wide.png");
    let portal = Portal::new().news("a.md", "date: 2026-01-02", "![Ảnh](a.png)").file("content/news/a.png", photo);
    let built = portal.build_clean();
    assert_eq!(built.tree()["tin-tuc/a.png"], photo);
    assert!(built.out("tin-tuc/a/index.html").contains("src=\"/tin-tuc/a.png\""));
    assert!(!portal.root().join(".congso/images").exists());
}
