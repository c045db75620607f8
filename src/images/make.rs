//! From a photograph to files for readers: upright, without anything but its pixels, in some sizes.

use std::io::Cursor;

use fast_image_resize::images::Image as Pixels;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage,
};

use super::colour::to_srgb;
use super::measure::lies_on_its_side;
use super::{Encoding, Fault, Kind, Rendition};

/// The quality of JPEG, of 100.
const JPEG_QUALITY: u8 = 82;

/// The quality of WebP, of 100: what looks like the JPEG.
const WEBP_QUALITY: f32 = 80.0;

/// How much memory a decoded picture may take, in bytes: as many pixels as are allowed with four channels.
const MOST_BYTES: u64 = super::MOST_PIXELS * 4;

/// A decoded picture, and what is to be done to it.
struct Decoded {
    image: DynamicImage,
    orientation: Orientation,
    profile: Option<Vec<u8>>,
    /// Whether it may be a drawing, of which lossless WebP is often the smaller one.
    drawing: Drawing,
}

/// Whether a picture may be a drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Drawing {
    No,
    Perhaps,
}

/// Makes some renditions of a file, which is decoded once, and gives each as soon as it is made. The bytes depend
/// on the file and the recipe only. Nothing of the file but its pixels gets into them.
///
/// # Errors
/// [`Fault::Damaged`] where it cannot be decoded, [`Fault::Huge`] where that would take too much memory.
pub fn make(bytes: &[u8], wanted: &[Rendition], done: &mut dyn FnMut(Rendition, Vec<u8>)) -> Result<(), Fault> {
    let decoded = decode(bytes)?;
    let mut sizes: Vec<(u32, u32)> = wanted.iter().map(|one| (one.width, one.height)).collect();
    sizes.sort_unstable();
    sizes.dedup();
    for (width, height) in sizes.into_iter().rev() {
        let image = decoded.sized(width, height)?;
        for one in wanted.iter().filter(|one| (one.width, one.height) == (width, height)) {
            done(*one, encode(&image, one.encoding, decoded.drawing)?);
        }
    }
    Ok(())
}

/// Decodes a file, within bounds, into 8-bit channels.
fn decode(bytes: &[u8]) -> Result<Decoded, Fault> {
    let damaged = |_| Fault::Damaged;
    let kind = Kind::of(bytes);
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::WebP => ImageFormat::WebP,
        Kind::Heic => return Err(Fault::Heic),
        Kind::Gif | Kind::Avif | Kind::Other => return Err(Fault::Unknown),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if decoder.total_bytes() > MOST_BYTES {
        return Err(Fault::Huge(width, height));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let image = if image.color().has_alpha() {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    };
    let lossless = kind == Kind::Png || bytes.get(12..16) == Some(b"VP8L".as_slice());
    Ok(Decoded { image, orientation, profile, drawing: if lossless { Drawing::Perhaps } else { Drawing::No } })
}

impl Decoded {
    /// The picture in a size, upright and in sRGB. Turning and colours come last: there are fewer pixels then.
    fn sized(&self, width: u32, height: u32) -> Result<DynamicImage, Fault> {
        let lies = lies_on_its_side(self.orientation);
        let (width, height) = if lies { (height, width) } else { (width, height) };
        let mut image = resized(&self.image, width, height).ok_or(Fault::Damaged)?;
        if let Some(profile) = &self.profile {
            to_srgb(&mut image, profile);
        }
        image.apply_orientation(self.orientation);
        Ok(image)
    }
}

/// A picture with 8-bit channels in another size. `None` never happens for sizes of at least 1.
fn resized(image: &DynamicImage, width: u32, height: u32) -> Option<DynamicImage> {
    let (kind, pixels) = match image {
        DynamicImage::ImageRgba8(image) => (PixelType::U8x4, image.as_raw()),
        DynamicImage::ImageRgb8(image) => (PixelType::U8x3, image.as_raw()),
        _ => return None,
    };
    if (image.width(), image.height()) == (width, height) {
        return Some(image.clone());
    }
    let source = fast_image_resize::images::ImageRef::new(image.width(), image.height(), pixels, kind).ok()?;
    let mut target = Pixels::new(width, height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&source, &mut target, &options).ok()?;
    let pixels = target.into_vec();
    if kind == PixelType::U8x4 {
        RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8)
    } else {
        RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
    }
}

/// The bytes of a picture in a format.
fn encode(image: &DynamicImage, encoding: Encoding, drawing: Drawing) -> Result<Vec<u8>, Fault> {
    let (pixels, width, height) = (image.as_bytes(), image.width(), image.height());
    let colours = if image.color().has_alpha() { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let mut bytes = Vec::new();
    let written = match encoding {
        Encoding::Jpeg => {
            JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).write_image(pixels, width, height, colours)
        }
        Encoding::Png => PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive)
            .write_image(pixels, width, height, colours),
        Encoding::WebP => return webp(image, drawing).ok_or(Fault::Damaged),
        Encoding::Avif => return avif(image).ok_or(Fault::Damaged),
    };
    written.map(|()| bytes).map_err(|_| Fault::Damaged)
}

/// WebP; of what may be a drawing the smaller one of both ways.
fn webp(image: &DynamicImage, drawing: Drawing) -> Option<Vec<u8>> {
    let layout = if image.color().has_alpha() { webp::PixelLayout::Rgba } else { webp::PixelLayout::Rgb };
    let encoder = webp::Encoder::new(image.as_bytes(), layout, image.width(), image.height());
    let lossy = encoder.encode_simple(false, WEBP_QUALITY).ok()?.to_vec();
    if drawing == Drawing::No {
        return Some(lossy);
    }
    let lossless = encoder.encode_simple(true, 75.0).ok()?.to_vec();
    Some(if lossless.len() <= lossy.len() { lossless } else { lossy })
}

/// AVIF, where the program was built with it.
#[cfg(feature = "avif")]
fn avif(image: &DynamicImage) -> Option<Vec<u8>> {
    use ravif::{Img, RGB8, RGBA8};

    let (width, height) = (image.width() as usize, image.height() as usize);
    let encoder = ravif::Encoder::new().with_quality(60.0).with_speed(7).with_num_threads(Some(1));
    let encoded = match image {
        DynamicImage::ImageRgba8(image) => {
            let pixels: Vec<RGBA8> = image.pixels().map(|p| RGBA8::new(p.0[0], p.0[1], p.0[2], p.0[3])).collect();
            encoder.encode_rgba(Img::new(&pixels, width, height))
        }
        DynamicImage::ImageRgb8(image) => {
            let pixels: Vec<RGB8> = image.pixels().map(|p| RGB8::new(p.0[0], p.0[1], p.0[2])).collect();
            encoder.encode_rgb(Img::new(&pixels, width, height))
        }
        _ => return None,
    };
    encoded.ok().map(|encoded| encoded.avif_file)
}

#[cfg(not(feature = "avif"))]
fn avif(_: &DynamicImage) -> Option<Vec<u8>> {
    None
}
