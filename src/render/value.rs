//! Template values: small helpers over Tera's own type.

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
pub(super) fn object<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    Value::from_serializable(&Fields { base: None, fields: &fields })
}

/// A map with more fields; where both have one, the added one stays.
pub(super) fn extended<const N: usize>(base: &Value, fields: [(&'static str, Value); N]) -> Value {
    Value::from_serializable(&Fields { base: base.as_map(), fields: &fields })
}

/// Fields on their way into a map. A conversion from a map that is there already would build it twice;
/// values in it are shared, not copied.
struct Fields<'a> {
    base: Option<&'a Map>,
    fields: &'a [(&'static str, Value)],
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = self.base.map_or(0, Map::len) + self.fields.len();
        let mut map = serializer.serialize_struct("", count)?;
        for (key, value) in self.base.into_iter().flatten() {
            if let Key::Str(name) = key {
                map.serialize_field(name, &Field(value))?;
            }
        }
        for (name, value) in self.fields {
            map.serialize_field(name, &Field(value))?;
        }
        map.end()
    }
}

/// A value on its way into a map. Tera shares a whole value in a roundabout way; what has nothing to share is
/// given as it is.
struct Field<'a>(&'a Value);

impl Field<'_> {
    /// The longest text that a value holds in itself.
    const LONGEST_WITHIN: usize = 21;
}

impl Serialize for Field<'_> {
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

/// Text or `none`.
pub(super) fn text(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}

/// The tag of a language where it differs from the one around it, else `none`.
pub(super) fn foreign(lang: Lang, around: Lang) -> Value {
    if lang == around { Value::none() } else { Value::from(lang.tag()) }
}

/// The text of a localized field or `none`.
pub(super) fn localized(field: Option<&Localized>) -> Value {
    text(field.map(|field| field.text.as_str()))
}

/// The language of a localized field where it differs from the one around it, else `none`.
pub(super) fn lang_of(field: Option<&Localized>, around: Lang) -> Value {
    field.map_or_else(Value::none, |field| foreign(field.lang, around))
}

/// A date as templates get it, or `none`.
pub(super) fn date(moment: Option<Moment>) -> Value {
    let Some(moment) = moment else { return Value::none() };
    let local = moment.local;
    object([
        ("machine", Value::from(moment.machine())),
        ("year", Value::from(local.year())),
        ("month", Value::from(local.month())),
        ("day", Value::from(local.day())),
        ("hour", Value::from(local.hour())),
        ("minute", Value::from(local.minute())),
        ("has_time", Value::from(moment.has_time)),
    ])
}

/// A day as templates get it.
pub(super) fn day(date: Date) -> Value {
    object([
        ("machine", Value::from(iso(date))),
        ("year", Value::from(date.year())),
        ("month", Value::from(date.month())),
        ("day", Value::from(date.day())),
        ("hour", Value::from(0)),
        ("minute", Value::from(0)),
        ("has_time", Value::from(false)),
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
