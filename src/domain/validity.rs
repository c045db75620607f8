//! The days on which something of the world stood: agencies merge.

use jiff::civil::Date;

/// The first and the last day on which something stood; open where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl Validity {
    /// Always.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// From a day on.
    #[must_use]
    pub const fn from(day: Date) -> Self {
        Self { from: Some(day), until: None }
    }

    /// Until a day, and on it.
    #[must_use]
    pub const fn until(day: Date) -> Self {
        Self { from: None, until: Some(day) }
    }

    /// Whether it stood on a day.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
