//! Which fields of a file are stated: a set of rows of the table of fields.

use serde::{Deserialize, Serialize};

use crate::content::fields::{FIELDS, Field};

/// Some top-level fields, each once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated(u128);

const _: () = assert!(FIELDS.len() <= u128::BITS as usize, "a bit for each row of the table");

impl Stated {
    /// Adds the field of a name.
    pub(super) fn insert(&mut self, name: &str) {
        self.0 |= bit(name);
    }

    /// Whether the field of a name is one of them.
    #[must_use]
    pub fn contains(self, name: &str) -> bool {
        self.0 & bit(name) != 0
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The fields, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = &'static Field> {
        FIELDS.iter().enumerate().filter(move |(row, _)| self.0 >> row & 1 == 1).map(|(_, field)| field)
    }
}

/// The bit of a field; none where there is no such field.
fn bit(name: &str) -> u128 {
    FIELDS.iter().position(|field| field.name == name).map_or(0, |row| 1 << row)
}
