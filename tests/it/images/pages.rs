//! What pages show of photographs, and which files there are.

use image::ImageFormat;

use super::{encoded, jpeg, names, photo, picture, pictures, portal};
use crate::support::Portal;

/// The value of an attribute of the first element with a text in it.
#[track_caller]
fn attribute(html: &str, element: &str, name: &str) -> String {
    let start = html.find(element).unwrap_or_else(|| panic!("no {element} in {html}"));
    let element = html[start..].split('>').next().unwrap();
    let value = element.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name} in {element}")).1;
    value.split('"').next().unwrap().to_owned()
}

#[test]
fn a_photograph_from_a_phone_comes_upright_in_sizes_and_without_its_place() {
    // It lies on its side: 3000 × 2000 once it is upright.
    let built = portal("Ảnh (1).JPG", &photo(2000, 3000, 6)).build_clean();
    let files = pictures(&built);
    let expected =
        ["1920", "480", "960"].map(|width| ["jpg", "webp"].map(|end| format!("tin-tuc/anh-1-{width}.MARK.{end}")));
    assert_eq!(names(&files), expected.concat());
    for (path, bytes) in &files {
        let image = image::load_from_memory(bytes).unwrap();
        let width =
            path.split(['-', '.']).find_map(|part| part.parse::<u32>().ok().filter(|width| *width > 400)).unwrap();
        assert_eq!((image.width(), image.height()), (width, width * 2 / 3), "{path}");
        assert_eq!(memchr::memmem::find(bytes, b"SECRET"), None, "{path}");
        assert_eq!(memchr::memmem::find(bytes, b"Exif"), None, "{path}");
    }
    let html = built.out("tin-tuc/a/index.html");
    let set = |end: &str| {
        let sized = ["480", "960", "1920"].map(|width| {
            let path = files.keys().find(|path| path.contains(&format!("-{width}.")) && path.ends_with(end)).unwrap();
            format!("/{path} {width}w")
        });
        sized.join(", ")
    };
    assert_eq!(attribute(&html, "<source", "type"), "image/webp");
    assert_eq!(attribute(&html, "<source", "srcset"), set("webp"));
    assert!(!attribute(&html, "<source", "sizes").is_empty());
    let leading = html.find("fetchpriority=\"high\"").unwrap();
    let in_text = html.find("alt=\"Trong bài\"").unwrap();
    assert!(leading < in_text);
    for (element, alt) in
        html.match_indices("<img src=\"/tin-tuc").map(|(at, _)| &html[at..]).zip(["Hội nghị", "Trong bài"])
    {
        let element = &element[..=element.find('>').unwrap()];
        assert_eq!(attribute(element, "<img", "alt"), alt);
        assert_eq!(attribute(element, "<img", "srcset"), set("jpg"));
        assert_eq!(
            (attribute(element, "<img", "width"), attribute(element, "<img", "height")),
            ("1920".into(), "1280".into())
        );
        assert!(attribute(element, "<img", "src").contains("anh-1-960."), "{element}");
        assert_eq!(attribute(element, "<img", "decoding"), "async");
        // Only the leading one is fetched at once.
        assert_eq!(element.contains("loading=\"lazy\""), alt == "Trong bài", "{element}");
    }
    assert!(html.contains("Chú thích") && html.contains("Minh"));
    assert!(attribute(&html, "<meta property=\"og:image\"", "content").contains("/tin-tuc/anh-1-1920."));
    assert_eq!(attribute(&html, "<meta property=\"og:image:width\"", "content"), "1920");
    assert_eq!(attribute(&html, "<meta property=\"og:image:height\"", "content"), "1280");
}

#[test]
fn small_pictures_stay_as_large_as_they_are_and_formats_as_they_were() {
    for (name, format, expected) in [
        ("a.png", ImageFormat::Png, &["tin-tuc/a-300.MARK.png", "tin-tuc/a-300.MARK.webp"][..]),
        ("a.webp", ImageFormat::WebP, &["tin-tuc/a-300.MARK.webp"]),
        ("a.jpeg", ImageFormat::Jpeg, &["tin-tuc/a-300.MARK.jpg", "tin-tuc/a-300.MARK.webp"]),
    ] {
        let built = portal(name, &encoded(&picture(300, 200, 1), format)).build_clean();
        assert_eq!(names(&pictures(&built)), expected);
        let html = built.out("tin-tuc/a/index.html");
        assert!(html.contains("width=\"300\" height=\"200\""), "{html}");
        assert!(!html[html.find("<img").unwrap()..].starts_with("<img srcset"), "{html}");
    }
}

#[test]
fn directives_links_and_translations_use_the_same_files() {
    let body = "[![Nhỏ](b.jpg)](b.jpg)\n\n:::figure src=\"b.jpg\" alt=\"Hình\" caption=\"Lời\" credit=\"Lan\"\n:::\n\n\
                :::gallery\n![Một](b.jpg)\n![Hai](c.png)\n:::\n";
    let portal = Portal::new()
        .news("a.md", "date: 2026-01-02", body)
        .news("a.en.md", "", "![Small](b.jpg)")
        .file("content/news/b.jpg", jpeg(700, 350, 1))
        .file("content/news/c.png", encoded(&picture(100, 50, 2), ImageFormat::Png));
    let built = portal.build_clean();
    let files = pictures(&built);
    let b = ["tin-tuc/b-480.MARK.jpg", "tin-tuc/b-480.MARK.webp", "tin-tuc/b-700.MARK.jpg", "tin-tuc/b-700.MARK.webp"];
    assert_eq!(names(&files), [&b[..], &["tin-tuc/c-100.MARK.png", "tin-tuc/c-100.MARK.webp"]].concat());
    let largest = files.keys().find(|path| path.contains("b-700") && path.ends_with("jpg")).unwrap();
    let html = built.out("tin-tuc/a/index.html");
    assert!(html.contains(&format!("<a href=\"/{largest}\"><picture>")), "{html}");
    assert_eq!(html.matches("<picture>").count(), 4);
    assert!(html.contains("<figcaption>Lời"), "{html}");
    assert_eq!(built.out("en/news/a/index.html").matches("<picture>").count(), 1);
}

#[test]
fn what_moves_or_is_drawn_or_attached_or_static_is_copied() {
    let moving = b"GIF89a\x40\x01\xc8\0 moving".as_slice();
    let attached = photo(600, 300, 1);
    let portal = Portal::new()
        .news("a.md", "date: 2026-01-02", "![Một](a.gif) ![Hai](b.svg) ![Ba](c.webp)")
        .file("content/news/a.gif", moving)
        .file("content/news/b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/news/c.webp", animated())
        .file(
            "content/decisions/d.md",
            "---\ntitle: D\nnumber: 1/QĐ-TTg\ntype: decision\nissued: 2026-01-02\nagency: prime-minister\n\
             attachments: [{file: scan.jpg, title: Bản quét}]\n---\n",
        )
        .file("content/decisions/scan.jpg", &attached)
        .file("static/press.jpg", &attached);
    let built = portal.build_clean();
    let files = pictures(&built);
    assert_eq!(files["tin-tuc/a.gif"], moving);
    assert_eq!(files["tin-tuc/c.webp"], animated());
    assert_eq!(files["van-ban/scan.jpg"], attached);
    assert_eq!(files["press.jpg"], attached);
    assert_eq!(files.len(), 4);
    let html = built.out("tin-tuc/a/index.html");
    // Their sizes are known all the same, so that nothing moves while they come.
    assert!(html.contains("src=\"/tin-tuc/a.gif\" width=\"320\" height=\"200\""), "{html}");
    assert!(html.contains("src=\"/tin-tuc/c.webp\" width=\"7\" height=\"5\""), "{html}");
    assert!(!html.contains("<picture>"), "{html}");
}

/// The head of a moving WebP of 7 × 5 pixels (RFC 9649, 2.7).
fn animated() -> Vec<u8> {
    let frame = {
        let still = encoded(&picture(7, 5, 3), ImageFormat::WebP);
        [&[0; 6][..], &[6, 0, 0, 4, 0, 0, 100, 0, 0, 0], &still[12..]].concat()
    };
    let chunk = |name: &[u8], data: &[u8]| {
        let mut chunk = [name, &u32::try_from(data.len()).unwrap().to_le_bytes(), data].concat();
        chunk.resize(chunk.len().next_multiple_of(2), 0);
        chunk
    };
    let chunks =
        [chunk(b"VP8X", &[2, 0, 0, 0, 6, 0, 0, 4, 0, 0]), chunk(b"ANIM", &[0, 0, 0, 0, 0, 0]), chunk(b"ANMF", &frame)];
    let body = [b"WEBP".to_vec(), chunks.concat()].concat();
    [b"RIFF".as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), &body].concat()
}

#[test]
fn a_portal_below_a_path_leads_to_its_pictures() {
    let mut portal = portal("a.jpg", &jpeg(700, 350, 1));
    portal.options.base_url = Some("https://host.example/cong/".to_owned());
    let built = portal.build_clean();
    let html = built.out("tin-tuc/a/index.html");
    assert!(attribute(&html, "<source", "srcset").starts_with("/cong/tin-tuc/a-480."), "{html}");
    assert!(attribute(&html, "<source", "srcset").contains(", /cong/tin-tuc/a-700."), "{html}");
}
