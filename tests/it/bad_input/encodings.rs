//! Files as old and foreign programs save them: accepted, or named.

use std::fs;

use congso::base::lang::Lang;

use super::{news, page};
use crate::support::{Portal, SETTINGS};

const A: &str = "content/news/a.md";

/// The bytes of a text as it looks when read as Latin-1.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let text = "---\ntitle: Bài A\ndate: 2026-01-02\ndescription: |\n  Một\n  hai\n---\n\nĐoạn một  \ndòng hai.\n\n```\nmã\n```\n\n- a\n- b\n";
    let plain = news(text).build_clean().tree();
    let settings = format!("\u{feff}{}", SETTINGS.replace('\n', "\r\n"));
    let windows = news(format!("\u{feff}{}", text.replace('\n', "\r\n"))).file("site.yaml", settings);
    assert_eq!(windows.build_clean().tree(), plain);
    assert_eq!(news(text.replace('\n', "\r")).build_clean().tree(), plain, "line ends of old Macs");
}

#[test]
fn places_in_windows_files_are_those_of_the_file() {
    let text = format!("\u{feff}{}", page("slug: Bài A\n").replace('\n', "\r\n"));
    news(text).refused(&[("bad-slug", &format!("{A}:4"))]);
}

#[test]
fn a_nul_byte() {
    news("---\ntitle: Bài\0 A\ndate: 2026-01-02\n---\n").refused(&[("nul-byte", &format!("{A}:2"))]);
    news(page("").replace("viết", "vi\0ết")).refused(&[("nul-byte", &format!("{A}:6"))]);
    let settings = format!("{SETTINGS}theme: \0\n");
    let line = SETTINGS.lines().count() + 1;
    Portal::new().file("site.yaml", settings).refused(&[("nul-byte", &format!("site.yaml:{line}"))]);
}

#[test]
fn vietnamese_before_unicode_is_named() {
    for (title, encoding) in [
        ("Ch\u{ad}¬ng tr×nh ChuyÓn ®æi sè", "TCVN3"),
        ("Chuyeån ñoåi soá", "VNI"),
        ("Chuyê\u{d2}n ðô\u{d2}i sô\u{ec}", "Windows-1258"),
    ] {
        let built = news(latin1(&format!("---\ntitle: {title}\ndate: 2026-01-02\n---\n")))
            .refused(&[("not-utf8", &format!("{A}:2"))]);
        for lang in Lang::ALL {
            assert!(built.messages(lang).contains(encoding), "{encoding}: {}", built.messages(lang));
            assert!(built.messages(lang).contains("UniKey"), "the remedy");
        }
    }
    let settings = [SETTINGS.as_bytes(), &latin1("# ViÖt Nam\n")].concat();
    let line = SETTINGS.lines().count() + 1;
    Portal::new().file("site.yaml", settings).refused(&[("not-utf8", &format!("site.yaml:{line}"))]);
}

#[test]
fn notepads_unicode_is_named() {
    let text = page("");
    for bytes in [
        utf16(&format!("\u{feff}{text}"), u16::to_le_bytes),
        utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
        utf16(&text, u16::to_le_bytes),
        utf16(&text, u16::to_be_bytes),
    ] {
        let built = news(bytes).refused(&[("utf16-file", &format!("{A}:1"))]);
        for lang in Lang::ALL {
            assert!(built.messages(lang).contains("UTF-16") && built.messages(lang).contains("Notepad"));
        }
    }
    let settings = utf16(&format!("\u{feff}{SETTINGS}"), u16::to_le_bytes);
    Portal::new().file("site.yaml", settings).refused(&[("utf16-file", "site.yaml:1")]);
}

/// In this form macOS and some archive programs write names, and some editors text.
#[cfg(target_os = "linux")]
#[test]
fn decomposed_text_and_names_are_put_together() {
    let decomposed = |text: &str| text.replace('ế', "e\u{302}\u{301}").replace('ả', "a\u{309}");
    let text = "---\ntitle: Bài viết\ndate: 2026-01-02\ntopics: [Dữ liệu số]\nimage: {src: ảnh.gif, alt: Ảnh kết quả}\n---\n\n\
                [Tiếng](tiếng.md#ket-qua) ![Kết quả](ảnh.gif)\n";
    let other = "---\ntitle: Tiếng\ndate: 2026-01-02\n---\n\n## Kết quả\n";
    let build = |change: &dyn Fn(&str) -> String| {
        let folder = "content/news/viết";
        let portal = Portal::new()
            .file(&change(&format!("{folder}/index.md")), change(text))
            .file(&change(&format!("{folder}/ảnh.gif")), "ảnh")
            .file(&change(&format!("{folder}/tiếng.md")), change(other));
        let names: Vec<_> =
            fs::read_dir(portal.root().join("content/news")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert!(names.contains(&change("viết").into()), "the file system changed the name: {names:?}");
        portal.build_clean().tree()
    };
    let composed = build(&str::to_owned);
    assert!(composed.contains_key("tin-tuc/viet/anh.gif"), "{:?}", composed.keys());
    assert_eq!(build(&decomposed), composed);
}
