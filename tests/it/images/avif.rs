//! Photographs as AVIF, which only programs that were built with it make.

use super::{jpeg, names, pictures, portal};
use crate::support::SETTINGS;

#[test]
fn the_lightest_format_comes_first() {
    let portal = portal("anh.jpg", &jpeg(600, 300, 1)).file("site.yaml", format!("{SETTINGS}images: {{avif: true}}\n"));
    let built = portal.build_clean();
    let files = pictures(&built);
    let expected =
        ["480", "600"].map(|width| ["avif", "jpg", "webp"].map(|end| format!("tin-tuc/anh-{width}.MARK.{end}")));
    assert_eq!(names(&files), expected.concat());
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".avif")) {
        // AV1 Image File Format, 6.2: the brand of the file.
        assert_eq!(&bytes[4..12], b"ftypavif", "{path}");
        assert!(bytes.len() > 200, "{path}: {} bytes", bytes.len());
    }
    let html = built.out("tin-tuc/a/index.html");
    let place = |kind: &str| {
        html.find(&format!("<source type=\"image/{kind}\"")).unwrap_or_else(|| panic!("no {kind}: {html}"))
    };
    assert!(place("avif") < place("webp"));
}
