//! Which sizes and formats are made of a picture.

use serde::{Deserialize, Serialize};

use super::{Kind, Measured, Motion};
use crate::base::hash::ContentHash;

/// The number of the recipe: it grows with every change of what is made, be it here or in an encoder, since files
/// of one name must have the same bytes for ever.
const RECIPE: u32 = 1;

/// The widths that are made, in pixels; the largest is that of what is wider.
pub const WIDTHS: [u32; 3] = [480, 960, 1920];

/// The longest side that WebP can hold, in pixels (RFC 9649, 2.7).
const WEBP_SIDE: u32 = 16_383;

/// The format of something made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Encoding {
    /// AVIF, where it is asked for.
    Avif,
    /// WebP.
    WebP,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl Encoding {
    /// The extension of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::WebP => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// That of a picture itself, for browsers that know no other.
    #[must_use]
    pub fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Jpeg => Some(Self::Jpeg),
            Kind::Png => Some(Self::Png),
            Kind::WebP => Some(Self::WebP),
            Kind::Gif | Kind::Heic | Kind::Avif | Kind::Other => None,
        }
    }
}

/// Whether more than WebP is made beside the picture's own format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Extra {
    /// No.
    #[default]
    None,
    /// AVIF too.
    Avif,
}

/// One file that is made of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rendition {
    /// Its format.
    pub encoding: Encoding,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// What is made of a picture: by format, the best first, and by width. Nothing is larger than the picture. What
/// moves is not made anew.
#[must_use]
pub fn renditions(measured: Measured, extra: Extra) -> Vec<Rendition> {
    let Measured { kind, width, height, motion } = measured;
    let (Some(own), Motion::Still) = (Encoding::of(kind), motion) else { return Vec::new() };
    let sizes: Vec<(u32, u32)> = widths(width).map(|made| (made, scaled(height, made, width))).collect();
    let tallest = sizes.iter().map(|(_, height)| *height).max().unwrap_or_default();
    let mut encodings = vec![own];
    if tallest <= WEBP_SIDE && own != Encoding::WebP {
        encodings.push(Encoding::WebP);
    }
    if extra == Extra::Avif {
        encodings.push(Encoding::Avif);
    }
    encodings.sort_unstable();
    let of = |encoding: Encoding| sizes.iter().map(move |&(width, height)| Rendition { encoding, width, height });
    encodings.into_iter().flat_map(of).collect()
}

/// The widths that are made of a picture: its own, as far as it is not too large, and those that are clearly
/// smaller.
fn widths(width: u32) -> impl Iterator<Item = u32> {
    let [.., most] = WIDTHS;
    let largest = width.min(most);
    WIDTHS.into_iter().filter(move |made| made * 10 <= largest * 9).chain([largest])
}

/// A height for another width, at least 1.
fn scaled(height: u32, width: u32, of: u32) -> u32 {
    let (height, width, of) = (u64::from(height), u64::from(width), u64::from(of).max(1));
    u32::try_from((height * width * 2 + of) / (of * 2)).unwrap_or(u32::MAX).max(1)
}

/// The mark in the names of what is made of a file with this content: another one for another content or recipe.
#[must_use]
pub fn mark(content: &ContentHash) -> String {
    ContentHash::of_parts([content.short(64).as_bytes(), &RECIPE.to_le_bytes()]).short(8)
}

/// The name under which something made of this content is kept.
#[must_use]
pub fn key(content: &ContentHash, rendition: Rendition) -> String {
    format!("{}-{RECIPE}-{}.{}", content.short(32), rendition.width, rendition.encoding.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(kind: Kind, width: u32, height: u32) -> Vec<(Encoding, u32, u32)> {
        let measured = Measured { kind, width, height, motion: Motion::Still };
        renditions(measured, Extra::None).into_iter().map(|r| (r.encoding, r.width, r.height)).collect()
    }

    #[test]
    fn nothing_is_made_larger_and_no_two_sizes_are_nearly_one() {
        use Encoding::{Jpeg, Png, WebP};
        let both = |sizes: &[(u32, u32)]| -> Vec<_> {
            [WebP, Jpeg].into_iter().flat_map(|e| sizes.iter().map(move |&(w, h)| (e, w, h))).collect()
        };
        assert_eq!(sizes(Kind::Jpeg, 4000, 3000), both(&[(480, 360), (960, 720), (1920, 1440)]));
        assert_eq!(sizes(Kind::Jpeg, 1200, 801), both(&[(480, 320), (960, 641), (1200, 801)]));
        assert_eq!(sizes(Kind::Jpeg, 1000, 10), both(&[(480, 5), (1000, 10)]));
        assert_eq!(sizes(Kind::Jpeg, 500, 400), both(&[(500, 400)]));
        assert_eq!(sizes(Kind::Jpeg, 1, 1), both(&[(1, 1)]));
        assert_eq!(sizes(Kind::Jpeg, 10_000, 1), both(&[(480, 1), (960, 1), (1920, 1)]));
        // What is too tall for WebP has its own format only; what is WebP has no other.
        assert_eq!(sizes(Kind::Png, 500, 20_000), [(Png, 500, 20_000)]);
        assert_eq!(sizes(Kind::WebP, 500, 400), [(WebP, 500, 400)]);
        assert_eq!(sizes(Kind::Gif, 500, 400), []);
    }

    #[test]
    fn what_moves_is_left_alone() {
        let moving = Measured { kind: Kind::WebP, width: 10, height: 10, motion: Motion::Moving };
        assert_eq!(renditions(moving, Extra::Avif), []);
    }
}
