//! Whether files on disk hold given bytes; in pieces, so that no file is ever held whole.

use std::io::{self, Read};
use std::path::Path;

use super::manifest::Entry;
use crate::base::hash::ContentHasher;
use crate::source::ReadError;
use crate::source::disk::{self, Kind};

/// How much is read at a time.
const PIECE: usize = 1 << 15;

/// Whether a regular file holds exactly these bytes. A file that cannot be read does not.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    if disk::kind(path) != Ok(Kind::File(bytes.len() as u64)) {
        return false;
    }
    let Ok(mut file) = disk::open(path) else { return false };
    bytes.chunks(PIECE).all(|piece| next_is(&mut file, piece))
}

/// Size and digest of `source` if `path` is a regular file with the same bytes; `None` if it is not.
pub(super) fn same_file(path: &Path, source: &Path) -> Result<Option<Entry>, ReadError> {
    let size = disk::kind(source)?;
    if !matches!(size, Kind::File(_)) || disk::kind(path) != Ok(size) {
        return Ok(None);
    }
    let mut source = disk::open(source)?;
    let Ok(mut file) = disk::open(path) else { return Ok(None) };
    let mut same = true;
    let entry = pieces(&mut source, |piece| {
        same = next_is(&mut file, piece);
        same
    })?;
    Ok(Some(entry).filter(|_| same))
}

/// Whether the file at a path is what was written there.
pub(super) fn is_ours(path: &Path, entry: Entry) -> bool {
    if disk::kind(path) != Ok(Kind::File(entry.size)) {
        return false;
    }
    disk::open(path).is_ok_and(|mut file| pieces(&mut file, |_| true).is_ok_and(|found| found == entry))
}

/// Reads piece by piece as long as `more` wants it; size and digest of what was read.
fn pieces(source: &mut impl Read, mut more: impl FnMut(&[u8]) -> bool) -> io::Result<Entry> {
    let mut buffer = [0; PIECE];
    let (mut size, mut hasher) = (0, ContentHasher::default());
    loop {
        let read = source.read(&mut buffer)?;
        let piece = buffer.get(..read).unwrap_or_default();
        hasher.update(piece);
        size += read as u64;
        if piece.is_empty() || !more(piece) {
            return Ok(Entry { size, sha256: hasher.finish() });
        }
    }
}

/// Whether the next bytes of a file are these, at most [`PIECE`] of them.
fn next_is(file: &mut impl Read, piece: &[u8]) -> bool {
    let mut buffer = [0; PIECE];
    let Some(buffer) = buffer.get_mut(..piece.len()) else { return false };
    file.read_exact(buffer).is_ok() && buffer == piece
}
