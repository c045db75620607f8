//! Whether a picture file is whole: decoders fill what is missing with grey, and readers would see that.

use memchr::memchr;

use super::Kind;

/// Whether a file of a kind has its end.
pub(super) fn is_whole(kind: Kind, bytes: &[u8]) -> bool {
    match kind {
        Kind::Jpeg => jpeg(bytes).is_some(),
        Kind::Png => png(bytes).is_some(),
        Kind::WebP => webp(bytes).is_some(),
        _ => true,
    }
}

/// Walks through the markers of a JPEG to its end (ISO/IEC 10918-1, annex B). Cameras put more behind it.
fn jpeg(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.get(2..)?;
    let mut in_scan = false;
    loop {
        let at = memchr(0xff, rest)?;
        // Before the first scan, segments follow one another without anything between.
        if !in_scan && at > 0 && rest.iter().take(at).any(|byte| *byte != 0) {
            return None;
        }
        rest = rest.get(at + 1..)?;
        let (marker, after) = rest.split_first()?;
        match marker {
            // Fill bytes; in a scan also stuffed bytes and restarts.
            0xff => {}
            0x00 | 0x01 | 0xd0..=0xd8 => rest = after,
            0xd9 => return Some(()),
            marker => {
                let (length, _) = after.split_first_chunk::<2>()?;
                rest = after.get(usize::from(u16::from_be_bytes(*length)).max(2)..)?;
                in_scan = in_scan || *marker == 0xda;
            }
        }
    }
}

/// Walks through the chunks of a PNG to the last.
fn png(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.get(8..)?;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let end = (u32::from_be_bytes(*length) as usize).checked_add(8)?;
        let chunk = after.get(..end)?;
        if chunk.starts_with(b"IEND") {
            return Some(());
        }
        rest = after.get(end..)?;
    }
}

/// A WebP says how long it is.
fn webp(bytes: &[u8]) -> Option<()> {
    let length = bytes.get(4..8)?.try_into().ok().map(u32::from_le_bytes)?;
    bytes.get(8..)?.get(..length as usize).map(|_| ())
}
