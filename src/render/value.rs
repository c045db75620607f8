//! Template values: small helpers over Tera's own type.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeStruct as _, Serializer};
use tera::value::Key;
use tera::{Map, Value};

use crate::base::date::{Moment, iso};
use crate::base::lang::Lang;
use crate::site::Localized;
use crate::source::yaml::Node;

/// A map from fixed names.
pub(super) fn object<const N: usize>(fields: [(&'static str, Field<'_>); N]) -> Value {
    Value::from_serializable(&Fields { base: None, fields: &fields })
}

/// A map with more fields; where both have one, the added one stays.
pub(super) fn extended<const N: usize>(base: &Value, fields: [(&'static str, Field<'_>); N]) -> Value {
    Value::from_serializable(&Fields { base: base.as_map(), fields: &fields })
}

/// What a field of a map is made from. A text becomes a value at its place in the map: one that is a value already
/// is shared, which Tera does in a roundabout way.
pub(super) enum Field<'a> {
    Text(Cow<'a, str>),
    Flag(bool),
    Value(Value),
}

impl Field<'_> {
    pub(super) fn none() -> Self {
        Self::Value(Value::none())
    }
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Field<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<bool> for Field<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Value> for Field<'_> {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

impl<'a, T: Into<Self>> From<Option<T>> for Field<'a> {
    fn from(field: Option<T>) -> Self {
        field.map_or_else(Self::none, T::into)
    }
}

/// Numbers are values as they are.
macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl From<$number> for Field<'_> {
            fn from(number: $number) -> Self {
                Self::Value(Value::from(number))
            }
        })*
    };
}

numbers!(i8, i16, i32, u8, u32, u64, usize, f64);

/// Fields on their way into a map. A conversion from a map that is there already would build it twice.
struct Fields<'a> {
    base: Option<&'a Map>,
    fields: &'a [(&'static str, Field<'a>)],
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = self.base.map_or(0, Map::len) + self.fields.len();
        let mut map = serializer.serialize_struct("", count)?;
        for (key, value) in self.base.into_iter().flatten() {
            if let Key::Str(name) = key {
                map.serialize_field(name, &Shared(value))?;
            }
        }
        for (name, field) in self.fields {
            match field {
                Field::Text(text) => map.serialize_field(name, text)?,
                Field::Flag(flag) => map.serialize_field(name, flag)?,
                Field::Value(value) => map.serialize_field(name, &Shared(value))?,
            }
        }
        map.end()
    }
}

/// A value on its way into a map. What has nothing to share is given as it is.
struct Shared<'a>(&'a Value);

impl Shared<'_> {
    /// The longest text that a value holds in itself.
    const LONGEST_WITHIN: usize = 21;
}

impl Serialize for Shared<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.0;
        if value.is_none() {
            serializer.serialize_none()
        } else if let Some(flag) = value.as_bool() {
            serializer.serialize_bool(flag)
        } else if let Some(text) = value.as_str().filter(|text| text.len() <= Self::LONGEST_WITHIN && !value.is_safe())
        {
            serializer.serialize_str(text)
        } else {
            value.serialize(serializer)
        }
    }
}

/// A list.
pub(super) fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::from(items.into_iter().collect::<Vec<Value>>())
}

/// The tag of a language where it differs from the one around it, else `none`.
pub(super) fn foreign(lang: Lang, around: Lang) -> Option<&'static str> {
    (lang != around).then(|| lang.tag())
}

/// The text of a localized field.
pub(super) fn localized(field: Option<&Localized>) -> Option<&str> {
    field.map(|field| field.text.as_str())
}

/// The language of a localized field where it differs from the one around it, else `none`.
pub(super) fn lang_of(field: Option<&Localized>, around: Lang) -> Option<&'static str> {
    field.and_then(|field| foreign(field.lang, around))
}

/// A date as templates get it, or `none`.
pub(super) fn date(moment: Option<Moment>) -> Value {
    let Some(moment) = moment else { return Value::none() };
    let local = moment.local;
    object([
        ("machine", moment.machine().into()),
        ("year", local.year().into()),
        ("month", local.month().into()),
        ("day", local.day().into()),
        ("hour", local.hour().into()),
        ("minute", local.minute().into()),
        ("has_time", moment.has_time.into()),
    ])
}

/// A day as templates get it.
pub(super) fn day(date: Date) -> Value {
    object([
        ("machine", iso(date).into()),
        ("year", date.year().into()),
        ("month", date.month().into()),
        ("day", date.day().into()),
        ("hour", 0.into()),
        ("minute", 0.into()),
        ("has_time", false.into()),
    ])
}

/// A free field of the front matter. Its depth is bounded by the YAML reader.
pub(super) fn from_node(node: &Node) -> Value {
    match node {
        Node::Null => Value::none(),
        Node::Bool(value) => Value::from(*value),
        Node::Int(value) => Value::from(*value),
        Node::Float(value) => Value::from(*value),
        Node::Text(value) => Value::from(value.as_str()),
        Node::List(items) => list(items.iter().map(from_node)),
        Node::Map(fields) => {
            Value::from(fields.iter().map(|(name, value)| (Key::from(name.clone()), from_node(value))).collect::<Map>())
        }
    }
}

/// A value to be hashed as templates see it. Numbers count by what they show; the order of the fields
/// of a map counts, since templates can walk through them.
pub(super) struct ValueSum<'a>(pub &'a Value);

impl Hash for ValueSum<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let value = self.0;
        if let Some(text) = value.as_str() {
            (0_u8, value.is_safe(), text).hash(state);
        } else if let Some(map) = value.as_map() {
            (1_u8, map.len()).hash(state);
            map.iter().for_each(|(key, value)| (key, ValueSum(value)).hash(state));
        } else if let Some(items) = value.as_array() {
            (2_u8, items.len()).hash(state);
            items.iter().for_each(|item| ValueSum(item).hash(state));
        } else if let Some(flag) = value.as_bool() {
            (3_u8, flag).hash(state);
        } else if let Some(number) = value.as_i64() {
            (4_u8, number).hash(state);
        } else if value.is_none() {
            5_u8.hash(state);
        } else {
            (6_u8, value.to_string()).hash(state);
        }
    }
}
