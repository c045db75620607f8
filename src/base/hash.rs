//! Content hashes: SHA-256 of bytes, whole for manifests and shortened for keys and file names.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest (FIPS 180-4), shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of several byte strings, each with its length before it, so that no two lists
    /// run together.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut sha = Sha256::new();
        for part in parts {
            sha.update((part.len() as u64).to_le_bytes());
            sha.update(part);
        }
        Self(sha.finalize().into())
    }

    /// The first `digits` hexadecimal digits.
    #[must_use]
    pub fn short(&self, digits: usize) -> String {
        let hex = self.hex();
        let hex = hex.get(..digits).unwrap_or(&hex);
        String::from_utf8_lossy(hex).into_owned()
    }

    /// The hexadecimal digits, in ASCII.
    #[must_use]
    pub fn hex(&self) -> [u8; 64] {
        let mut hex = [0; 64];
        for (digits, byte) in hex.as_chunks_mut::<2>().0.iter_mut().zip(self.0) {
            let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' + half - 10 };
            *digits = [digit(byte >> 4), digit(byte & 15)];
        }
        hex
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        if hex.len() != 64 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// As bytes, all together: one by one they would take as long as all else that is kept of an output.
impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(DigestBytes)
    }
}

struct DigestBytes;

impl Visitor<'_> for DigestBytes {
    type Value = ContentHash;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the 32 bytes of a digest")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<ContentHash, E> {
        bytes.try_into().map(ContentHash).map_err(|_| E::invalid_length(bytes.len(), &self))
    }
}

/// A digest in the making, for bytes that come in pieces.
#[derive(Clone, Default)]
pub struct ContentHasher(Sha256);

impl ContentHasher {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> ContentHash {
        ContentHash(self.0.finalize().into())
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.hex()))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({})", self.short(12))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_round_trip_and_known_digest() {
        let hash = ContentHash::of(b"abc");
        assert_eq!(hash.short(8), "ba7816bf");
        assert_eq!(ContentHash::from_hex(&hash.to_string()), Some(hash));
        assert_eq!(hash.short(64), hash.to_string());
        assert_eq!(hash.short(12).capacity(), 12);
        assert_eq!(ContentHash::from_hex("zz"), None);
    }

    #[test]
    fn pieces_give_the_digest_of_the_whole() {
        let mut hasher = ContentHasher::default();
        hasher.update(b"a");
        hasher.update(b"bc");
        assert_eq!(hasher.finish(), ContentHash::of(b"abc"));
    }

    #[test]
    fn parts_do_not_run_together() {
        let ab = ContentHash::of_parts([b"ab".as_slice(), b"c"]);
        assert_ne!(ab, ContentHash::of_parts([b"a".as_slice(), b"bc"]));
    }
}
