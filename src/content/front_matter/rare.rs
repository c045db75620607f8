//! Fields that few files have: where there are none, they take no room.

use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{DecisionFields, EventFields, SectionFields};

/// Fields of one kind of page. They read as absent ones where a file has none of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rare<T>(Option<Box<T>>);

/// Fields that can all be absent.
pub trait Absent: Default + 'static {
    /// The fields of a file that has none of them.
    fn absent() -> &'static Self;
}

macro_rules! can_be_absent {
    ($($fields:ty),+) => {$(
        impl Absent for $fields {
            fn absent() -> &'static Self {
                static ABSENT: LazyLock<$fields> = LazyLock::new(<$fields>::default);
                &ABSENT
            }
        }
    )+};
}

can_be_absent!(DecisionFields, EventFields, SectionFields);

impl<T: Absent> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::absent())
    }
}

impl<T: Absent> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Absent + PartialEq> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
