//! Photographs as phones make them, and files that are none.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, Rgb, RgbImage};

use super::recipe::renditions;
use super::{Encoding, Extra, Fault, Kind, Measured, Motion, Rendition, make, measure};

const RED: [u8; 3] = [220, 30, 30];
const GREEN: [u8; 3] = [30, 180, 40];
const BLUE: [u8; 3] = [40, 60, 200];
const WHITE: [u8; 3] = [240, 240, 240];

/// A picture with a colour in each quarter: red and green above, blue and white below.
fn quarters(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x * 2 < width, y * 2 < height) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        })
    }))
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// EXIF with an orientation, the name of its owner and a place (Exif 2.32, 4.6).
fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend(
        [&0x0112u16.to_le_bytes()[..], &3u16.to_le_bytes(), &1u32.to_le_bytes(), &orientation.to_le_bytes(), &[0, 0]]
            .concat(),
    );
    tiff.extend(
        [&0x013bu16.to_le_bytes()[..], &2u16.to_le_bytes(), &16u32.to_le_bytes(), &80u32.to_le_bytes()].concat(),
    );
    tiff.extend(
        [&0x8825u16.to_le_bytes()[..], &4u16.to_le_bytes(), &1u32.to_le_bytes(), &50u32.to_le_bytes()].concat(),
    );
    tiff.extend([0; 4]);
    tiff.resize(80, 0);
    tiff.extend(b"SECRET-OWNER-GPS");
    tiff
}

/// A JPEG as a phone saves it.
fn photo(image: &DynamicImage, orientation: u16) -> Vec<u8> {
    let jpeg = encoded(image, ImageFormat::Jpeg);
    let data = [b"Exif\0\0".to_vec(), exif(orientation)].concat();
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &data, b"\xff\xfe\x00\x10SECRET-COMMENT", &jpeg[2..]].concat()
}

/// Everything made of a file.
fn all(bytes: &[u8]) -> Vec<(Rendition, Vec<u8>)> {
    let mut made = Vec::new();
    make(bytes, &renditions(measure(bytes).unwrap(), Extra::None), &mut |one, bytes| made.push((one, bytes))).unwrap();
    made
}

fn assert_quarters(image: &DynamicImage, what: &str) {
    let (image, width, height) = (image.to_rgb8(), image.width(), image.height());
    for (x, y, colour) in [(1, 1, RED), (3, 1, GREEN), (1, 3, BLUE), (3, 3, WHITE)] {
        let pixel = image.get_pixel(width * x / 4, height * y / 4).0;
        let far = pixel.iter().zip(colour).any(|(a, b)| a.abs_diff(b) > 12);
        assert!(!far, "{what}: {pixel:?} for {colour:?} at {x}/4, {y}/4");
    }
}

#[test]
fn every_orientation_comes_out_upright_and_nothing_but_pixels_stays() {
    let inverse = [
        Orientation::NoTransforms,
        Orientation::FlipHorizontal,
        Orientation::Rotate180,
        Orientation::FlipVertical,
        Orientation::Rotate90FlipH,
        Orientation::Rotate270,
        Orientation::Rotate270FlipH,
        Orientation::Rotate90,
    ];
    for (exif, inverse) in (1..).zip(inverse) {
        let mut lying = quarters(640, 320);
        lying.apply_orientation(inverse);
        let bytes = photo(&lying, exif);
        let measured = Measured { kind: Kind::Jpeg, width: 640, height: 320, motion: Motion::Still };
        assert_eq!(measure(&bytes), Ok(measured), "{exif}");
        let made = all(&bytes);
        let sizes: Vec<_> = made.iter().map(|(one, _)| (one.encoding, one.width, one.height)).collect();
        use Encoding::{Jpeg, WebP};
        assert_eq!(sizes, [(WebP, 640, 320), (Jpeg, 640, 320), (WebP, 480, 240), (Jpeg, 480, 240)]);
        for (one, bytes) in made {
            let image = image::load_from_memory(&bytes).unwrap();
            assert_eq!((image.width(), image.height()), (one.width, one.height));
            assert_quarters(&image, &format!("{exif} as {one:?}"));
            for secret in ["SECRET", "Exif", "EXIF"] {
                assert!(memchr::memmem::find(&bytes, secret.as_bytes()).is_none(), "{secret} in {one:?}");
            }
        }
    }
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let bytes = photo(&quarters(1000, 700), 6);
    assert_eq!(all(&bytes), all(&bytes));
}

#[test]
fn what_is_clear_stays_clear_in_all_formats() {
    let image = DynamicImage::ImageRgba8(image::RgbaImage::from_fn(600, 300, |x, _| {
        image::Rgba([200, 30, 30, if x < 300 { 255 } else { 0 }])
    }));
    for (one, bytes) in all(&encoded(&image, ImageFormat::Png)) {
        let image = image::load_from_memory(&bytes).unwrap().to_rgba8();
        assert_eq!(image.get_pixel(one.width / 8, 10).0[3], 255, "{one:?}");
        assert_eq!(image.get_pixel(one.width - 10, 10).0[3], 0, "{one:?}");
    }
}

#[test]
fn pictures_with_sixteen_bits_or_without_colour_are_made_too() {
    for image in [
        DynamicImage::ImageRgb16(quarters(500, 250).to_rgb16()),
        DynamicImage::ImageRgba16(quarters(500, 250).to_rgba16()),
    ] {
        for (_, bytes) in all(&encoded(&image, ImageFormat::Png)) {
            assert_quarters(&image::load_from_memory(&bytes).unwrap(), "16 bits");
        }
    }
    let grey = DynamicImage::ImageLuma8(image::GrayImage::from_pixel(500, 250, image::Luma([100])));
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        for (one, bytes) in all(&encoded(&grey, format)) {
            let pixel = image::load_from_memory(&bytes).unwrap().to_rgb8().get_pixel(9, 9).0;
            assert!(pixel.iter().all(|part| part.abs_diff(100) < 4), "{one:?} {pixel:?}");
        }
    }
}

#[test]
fn colours_of_a_profile_are_turned_into_those_of_the_web() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let pixel = |icc: Option<&[u8]>| {
        let image = RgbImage::from_pixel(100, 100, Rgb([200, 60, 60]));
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut bytes);
        icc.into_iter().for_each(|icc| image::ImageEncoder::set_icc_profile(&mut encoder, icc.to_vec()).unwrap());
        image::ImageEncoder::write_image(encoder, image.as_raw(), 100, 100, image::ExtendedColorType::Rgb8).unwrap();
        let made = all(&bytes);
        let (_, png) = made.iter().find(|(one, _)| one.encoding == Encoding::Png).unwrap();
        let mut decoder = image::codecs::png::PngDecoder::new(Cursor::new(png)).unwrap();
        assert_eq!(decoder.icc_profile().unwrap(), None);
        image::load_from_memory(png).unwrap().to_rgb8().get_pixel(50, 50).0
    };
    assert_eq!(pixel(None), [200, 60, 60]);
    // Display P3 red is outside what sRGB calls so: the same numbers mean a stronger colour.
    let [red, green, _] = pixel(Some(&profile));
    assert!(red > 205 && green < 55, "{red} {green}");
    assert_eq!(pixel(Some(b"no profile")), [200, 60, 60]);
}

#[test]
fn what_is_cut_short_is_told_wherever_it_is_cut() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(&quarters(300, 200), format);
        assert!(measure(&whole).is_ok());
        for end in [20, whole.len() / 2, whole.len() - 2] {
            let found = measure(&whole[..end]);
            assert!(matches!(found, Err(Fault::Cut)), "{format:?} cut at {end}: {found:?}");
        }
        // Cameras put more behind a picture.
        assert!(measure(&[whole, b"more".to_vec()].concat()).is_ok());
    }
    // A thumbnail inside a photograph has an end of its own.
    let (photo, small) = (photo(&quarters(300, 200), 1), encoded(&quarters(20, 20), ImageFormat::Jpeg));
    let length = u16::try_from(small.len() + 2).unwrap().to_be_bytes();
    let with_small = [&photo[..2], &[0xff, 0xe2], &length, &small, &photo[2..]].concat();
    assert!(measure(&with_small).is_ok());
    assert_eq!(measure(&with_small[..with_small.len() - 9]), Err(Fault::Cut));
}

#[test]
fn bombs_and_other_files_are_refused_unopened() {
    let mut png = encoded(&quarters(2, 2), ImageFormat::Png);
    png[16..24].copy_from_slice(&[60_000u32.to_be_bytes(), 60_000u32.to_be_bytes()].concat());
    let sum = crc(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    assert_eq!(measure(&png), Err(Fault::Huge(60_000, 60_000)));
    let mut jpeg = encoded(&quarters(64, 64), ImageFormat::Jpeg);
    let at = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[at + 5..at + 9].copy_from_slice(&[60_000u16.to_be_bytes(), 60_000u16.to_be_bytes()].concat());
    assert_eq!(measure(&jpeg), Err(Fault::Huge(60_000, 60_000)));
    assert_eq!(measure(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err(Fault::Heic));
    assert_eq!(measure(b"<html>"), Err(Fault::Unknown));
    assert_eq!(measure(b"\xff\xd8\xff\xd9"), Err(Fault::Damaged));
    let gif = Measured { kind: Kind::Gif, width: 320, height: 200, motion: Motion::Moving };
    assert_eq!(measure(b"GIF89a\x40\x01\xc8\0"), Ok(gif));
}

/// The checksum of a PNG chunk (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & 0u32.wrapping_sub(sum & 1)))
    })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

    #[test]
    fn no_damage_stops_the_program(flips in proptest::collection::vec((0usize..4000, 0u8..=255), 1..6), format in 0usize..3) {
        let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP][format];
        let mut bytes = encoded(&quarters(40, 30), format);
        for (at, byte) in flips {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        if let Ok(measured) = measure(&bytes)
            && u64::from(measured.width) * u64::from(measured.height) < 1_000_000
        {
            let _any = make(&bytes, &renditions(measured, Extra::None), &mut |_, _| {});
        }
    }
}
