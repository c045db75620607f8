//! The head of a picture file: how large it is once it is upright. Nothing is decoded.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageResult};

use super::whole::is_whole;
use super::{Fault, Kind, MOST_PIXELS, Measured, Motion};

/// Reads the head of a file, and looks whether all of it is there. Takes as long as finding some bytes in it.
///
/// # Errors
/// Why nothing can be made of it.
pub fn measure(bytes: &[u8]) -> Result<Measured, Fault> {
    let kind = Kind::of(bytes);
    let head = match kind {
        Kind::Jpeg => JpegDecoder::new(Cursor::new(bytes)).and_then(still),
        Kind::Png => PngDecoder::new(Cursor::new(bytes)).and_then(|decoder| {
            let motion = if decoder.is_apng()? { Motion::Moving } else { Motion::Still };
            with_motion(decoder, motion)
        }),
        Kind::WebP => WebPDecoder::new(Cursor::new(bytes)).and_then(|decoder| {
            let motion = if decoder.has_animation() { Motion::Moving } else { Motion::Still };
            with_motion(decoder, motion)
        }),
        Kind::Gif => return gif(bytes).ok_or(Fault::Unknown),
        Kind::Heic => return Err(Fault::Heic),
        Kind::Avif | Kind::Other => return Err(Fault::Unknown),
    };
    let is_whole = || is_whole(kind, bytes);
    let Ok(Head { width, height, motion }) = head else {
        return Err(if is_whole() { Fault::Damaged } else { Fault::Cut });
    };
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Fault::Huge(width, height));
    }
    if width == 0 || height == 0 {
        return Err(Fault::Damaged);
    }
    if is_whole() { Ok(Measured { kind, width, height, motion }) } else { Err(Fault::Cut) }
}

/// What a decoder knows before it decodes.
struct Head {
    width: u32,
    height: u32,
    motion: Motion,
}

fn still(decoder: impl ImageDecoder) -> ImageResult<Head> {
    with_motion(decoder, Motion::Still)
}

fn with_motion(mut decoder: impl ImageDecoder, motion: Motion) -> ImageResult<Head> {
    let (width, height) = decoder.dimensions();
    // What moves is copied, and shown as browsers show it. A broken orientation is none.
    let lies = motion == Motion::Still && decoder.orientation().is_ok_and(lies_on_its_side);
    Ok(if lies { Head { width: height, height: width, motion } } else { Head { width, height, motion } })
}

/// Whether width and height change places when a picture is put upright.
pub(super) fn lies_on_its_side(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// The logical screen of a GIF (GIF89a, 18).
fn gif(bytes: &[u8]) -> Option<Measured> {
    let side = |at: usize| bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes).map(u32::from);
    Some(Measured { kind: Kind::Gif, width: side(6)?, height: side(8)?, motion: Motion::Moving })
}
