//! How the names of stated fields are kept from one run to the next: as text, and back to the names
//! of the table of fields.

use std::collections::BTreeSet;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize as _, Serializer};

use crate::content::fields;

pub(super) fn serialize<S: Serializer>(stated: &BTreeSet<&'static str>, serializer: S) -> Result<S::Ok, S::Error> {
    stated.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<&'static str>, D::Error> {
    let names = BTreeSet::<&str>::deserialize(deserializer)?;
    let known = names.into_iter().map(|name| fields::top_level(name).ok_or_else(|| D::Error::custom(name)));
    known.collect()
}
