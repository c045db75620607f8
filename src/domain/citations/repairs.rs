//! What had to be put right in a number that is not written as it should be.

/// One thing that had to be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u16)]
pub enum Repair {
    /// Spaces or a line break inside: `QĐ- BTTTT` (N3).
    Spaces = 1,
    /// Another dash or slash than `-` and `/` (N4).
    Signs = 2,
    /// Letters in the wrong case: `QĐ-TTG` (N6).
    LetterCase = 4,
    /// `D` for `Đ`: wrong in Vietnamese, right in English, where it is not recorded (N7).
    MarksMissing = 8,
    /// Letters that only look right: Eth, Cyrillic (N5).
    LookAlike = 16,
    /// No hyphen between type and agency: `NĐCP` (N8).
    HyphenMissing = 32,
    /// The separators of another kind of organ: `22/NQ-TU` (N9).
    Shape = 64,
    /// Letters for digits in the number of a term: `QHI5` (N16).
    Digits = 128,
    /// Nothing was put right, but the agency is not known (N10).
    UnknownAgency = 256,
}

impl Repair {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Spaces,
        Self::Signs,
        Self::LetterCase,
        Self::MarksMissing,
        Self::LookAlike,
        Self::HyphenMissing,
        Self::Shape,
        Self::Digits,
        Self::UnknownAgency,
    ];
}

/// A set of repairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repairs(u16);

impl Repairs {
    /// Whether a repair is among them.
    #[must_use]
    pub const fn contains(self, repair: Repair) -> bool {
        self.0 & repair as u16 != 0
    }

    /// Whether the number is written as it should be.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The repairs, in the order of [`Repair::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Repair> {
        Repair::ALL.into_iter().filter(move |repair| self.contains(*repair))
    }

    pub(super) const fn add(&mut self, repair: Repair) {
        self.0 |= repair as u16;
    }

    pub(super) const fn remove(&mut self, repair: Repair) {
        self.0 &= !(repair as u16);
    }

    pub(super) const fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
