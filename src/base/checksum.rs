//! 64-bit checksums by which equal values are known from one run to the next.

use std::fmt;
use std::hash::{BuildHasher as _, Hash};

use foldhash::quality::FixedState;

/// A checksum of a value. It is the same in every run of one version of the program, and says
/// nothing across versions; where bytes are published, [`super::hash::ContentHash`] stands for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Checksum(#[serde(with = "postcard::fixint::le")] pub u64);

impl Checksum {
    /// The checksum of a value.
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        Self(FixedState::with_seed(0).hash_one(value))
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
