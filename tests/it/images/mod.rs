//! Photographs: what is published of them, what is kept, and what is told where nothing can be made.

#[cfg(feature = "avif")]
mod avif;
mod bad;
mod cache;
mod pages;
mod preview;

use std::collections::BTreeMap;
use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::support::{Built, Portal};

/// A picture in slow colours, another one for each seed.
pub fn picture(width: u32, height: u32, seed: u8) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        let part = |of: u32, all: u32| (of * 255 / all) as u8;
        Rgb([part(x, width), part(y, height), seed])
    }))
}

pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn jpeg(width: u32, height: u32, seed: u8) -> Vec<u8> {
    encoded(&picture(width, height, seed), ImageFormat::Jpeg)
}

/// A JPEG that says how it lies, and where and by whom it was taken (Exif 2.32, 4.6).
pub fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let jpeg = jpeg(width, height, 9);
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0]);
    exif.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0GPS-SECRET");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

/// A portal with a news item that shows a picture, leading and in its text.
pub fn portal(name: &str, bytes: &[u8]) -> Portal {
    Portal::new()
        .news(
            "a.md",
            &format!("date: 2026-01-02\ndescription: Mô tả\nimage: {{src: {name}, alt: Hội nghị, caption: Chú thích, credit: Minh}}"),
            &format!("Một.\n\n![Trong bài]({name})\n"),
        )
        .file(&format!("content/news/{name}"), bytes)
}

/// The files of a build with one of some extensions.
pub fn pictures(built: &Built) -> BTreeMap<String, Vec<u8>> {
    let is_picture = |path: &String| [".jpg", ".png", ".webp", ".avif", ".gif"].iter().any(|end| path.ends_with(end));
    let tree = built.tree().into_iter().filter(|(path, _)| is_picture(path) && !path.starts_with("assets/"));
    tree.collect()
}

/// The names of pictures with `MARK` in the place of what is different for each content.
pub fn names(pictures: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let plain = |path: &String| {
        let parts: Vec<&str> = path.split('.').collect();
        match parts.as_slice() {
            [stem, mark, extension] if mark.len() == 8 => format!("{stem}.MARK.{extension}"),
            _ => path.clone(),
        }
    };
    let mut names: Vec<String> = pictures.keys().map(plain).collect();
    names.sort();
    names
}
