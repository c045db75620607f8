//! Floor 3: photographs: what a file is by its bytes, which sizes are made of it, and making them.
//!
//! Everything here is pure: bytes in, bytes out. Without the feature `images` nothing is measured and nothing
//! made, so that all files are copied as they are.

#[cfg(feature = "images")]
mod colour;
pub mod kind;
#[cfg(feature = "images")]
mod make;
#[cfg(feature = "images")]
mod measure;
pub mod recipe;
#[cfg(feature = "images")]
mod whole;

use serde::{Deserialize, Serialize};

pub use kind::Kind;
#[cfg(feature = "images")]
pub use make::make;
#[cfg(feature = "images")]
pub use measure::measure;
pub use recipe::{Encoding, Extra, Rendition};

/// How many pixels a picture may have: those of the largest phone cameras that are common (108 million). One of
/// them takes some 330 MB while it is made smaller.
pub const MOST_PIXELS: u64 = 110_000_000;

/// What the head of a file says of the picture in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Measured {
    /// JPEG, PNG, WebP or GIF.
    pub kind: Kind,
    /// Its width in pixels, upright.
    pub width: u32,
    /// Its height in pixels, upright.
    pub height: u32,
    /// Whether it moves.
    pub motion: Motion,
}

/// Whether a picture moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Motion {
    /// It is a photograph, a drawing.
    Still,
    /// It has several frames. It is copied as it is.
    Moving,
}

/// Why nothing can be made of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// It is a picture in the format of some phones that browsers do not show (HEIC, HEIF).
    Heic,
    /// It is none of the kinds that are known here.
    Unknown,
    /// It ends before the picture does.
    Cut,
    /// What stands in it is no picture of its kind.
    Damaged,
    /// It is not what it was when it was measured: somebody is writing it.
    Changed,
    /// It has more pixels than may be held in memory: its width and height.
    Huge(u32, u32),
}

/// Nothing is made without the feature `images`.
///
/// # Errors
/// Always.
#[cfg(not(feature = "images"))]
pub fn make(_: &[u8], _: &[Rendition], _: &mut dyn FnMut(Rendition, Vec<u8>)) -> Result<(), Fault> {
    Err(Fault::Unknown)
}

/// Nothing is measured without the feature `images`.
///
/// # Errors
/// Always.
#[cfg(not(feature = "images"))]
pub fn measure(_: &[u8]) -> Result<Measured, Fault> {
    Err(Fault::Unknown)
}

/// Whether photographs are made fit for the web by this program.
pub const ON: bool = cfg!(feature = "images");

/// Whether it can encode AVIF.
pub const AVIF: bool = cfg!(feature = "avif");

#[cfg(test)]
#[cfg(feature = "images")]
mod tests;
