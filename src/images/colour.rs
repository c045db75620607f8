//! Colours: what has a profile is turned into sRGB, since what has none is taken for that everywhere, and a
//! profile is more bytes in each of six files.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Turns the colours of a picture with 8-bit channels into sRGB. A profile that is broken, or is not one of red,
/// green and blue, says nothing.
pub(super) fn to_srgb(image: &mut DynamicImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let (layout, pixels) = match image {
        DynamicImage::ImageRgb8(image) => (Layout::Rgb, &mut **image),
        DynamicImage::ImageRgba8(image) => (Layout::Rgba, &mut **image),
        _ => return,
    };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()) else {
        return;
    };
    let before = pixels.to_vec();
    if transform.transform(&before, pixels).is_err() {
        pixels.copy_from_slice(&before);
    }
}
