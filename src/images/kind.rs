//! What a picture file is, by its first bytes; and what its name says.

use serde::{Deserialize, Serialize};

/// A kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// JPEG (ISO/IEC 10918).
    Jpeg,
    /// PNG (W3C).
    Png,
    /// WebP (RFC 9649).
    WebP,
    /// GIF: always copied.
    Gif,
    /// HEIC, HEIF: what some phones save; browsers do not show it.
    Heic,
    /// AVIF: copied.
    Avif,
    /// Anything else.
    Other,
}

impl Kind {
    /// What a file is, whatever its name.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Self::Jpeg;
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Self::Png;
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice()) {
            return Self::WebP;
        }
        if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            return Self::Gif;
        }
        of_brands(bytes).unwrap_or(Self::Other)
    }

    /// The kind that an extension promises to be made fit: what is named so and is none of these is an error.
    #[must_use]
    pub fn promised(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "jpe" | "jfif" => Self::Jpeg,
            "png" => Self::Png,
            "webp" => Self::WebP,
            _ => return None,
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
            Self::Other => "",
        }
    }

    /// The extension its files should have.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::Other => "",
        }
    }
}

/// The kind that the brands of a file say (ISO/IEC 14496-12, 4.3; 23008-12, annex B): the first box names them.
fn of_brands(bytes: &[u8]) -> Option<Kind> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let brands = rest.strip_prefix(b"ftyp")?;
    // The version stands behind the first brand and matches none.
    let end = (u32::from_be_bytes(*length) as usize).saturating_sub(8).min(64);
    let mut kind = None;
    for brand in brands.get(..end.min(brands.len()))?.chunks_exact(4) {
        match brand {
            b"avif" | b"avis" => return Some(Kind::Avif),
            b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"hevm" | b"hevs" | b"mif1" | b"msf1" => {
                kind = Some(Kind::Heic);
            }
            _ => {}
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_bytes() {
        let cases: [(&[u8], Kind); 9] = [
            (b"\xff\xd8\xff\xe0 more", Kind::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Kind::Png),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Kind::WebP),
            (b"GIF89a\x01\0\x01\0", Kind::Gif),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Kind::Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Kind::Avif),
            (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", Kind::Other),
            (b"<svg/>", Kind::Other),
            (b"", Kind::Other),
        ];
        for (bytes, kind) in cases {
            assert_eq!(Kind::of(bytes), kind, "{bytes:?}");
        }
    }
}
