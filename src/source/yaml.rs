//! YAML as values, read by the fast parser; what is wrong and where things stand is looked up by
//! the second one, only when somebody wants to know.

mod diagnose;
mod events;
mod locate;
mod rescue;
#[cfg(test)]
mod rescue_tests;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

pub use locate::{Places, locate};
pub use rescue::{Edit, Rescued, rescue};

use crate::base::path::RelPath;
use crate::diag::{Arg, Code, Diagnostic, Place};

/// How deep lists and mappings may nest; people need four levels.
pub const MAX_DEPTH: usize = 32;

/// How many values one text may hold, so that a hostile file costs no more than a large one.
pub const MAX_NODES: usize = 100_000;

/// A YAML value. Maps keep the order of the text; keys are text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text, and everything YAML 1.2 does not read as another type: dates, `yes`, `no`.
    Text(String),
    /// A sequence.
    List(Vec<Self>),
    /// A mapping.
    Map(Vec<(String, Self)>),
}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Null => {}
            Self::Bool(value) => value.hash(state),
            Self::Int(value) => value.hash(state),
            Self::Float(value) => value.to_bits().hash(state),
            Self::Text(value) => value.hash(state),
            Self::List(items) => items.hash(state),
            Self::Map(fields) => fields.hash(state),
        }
    }
}

/// Why a text is not acceptable YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// The rule, one of the `Yaml…` codes.
    pub code: Code,
    /// Where, in byte offsets of the text.
    pub range: Option<Range<usize>>,
    /// What fills the message.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

impl YamlError {
    /// What a person is told of a file that is YAML as a whole.
    #[must_use]
    pub fn diagnostic(self, file: RelPath) -> Diagnostic {
        let place = match self.range {
            Some(range) => Place::at(file, range),
            None => Place::file(file),
        };
        Diagnostic { args: self.args, ..Diagnostic::new(self.code) }.at(place)
    }
}

/// Reads one YAML document (YAML 1.2 core schema; an empty text is [`Node::Null`]).
///
/// Time and memory are linear in the text: anchors and aliases are refused, depth and number of
/// values are bounded.
///
/// # Errors
/// The first thing that is wrong, with its place: no YAML, a key given twice, an alias, too deep.
pub fn parse(text: &str) -> Result<Node, YamlError> {
    if may_be_costly(text)
        && let Some(error) = diagnose::first_error(text)
        && matches!(error.code, Code::YamlAlias | Code::YamlTooDeep)
    {
        return Err(error);
    }
    let budget = Budget { nodes: Cell::new(MAX_NODES) };
    let seed = NodeSeed { budget: &budget, depth: 0 };
    seed.deserialize(serde_yaml::Deserializer::from_str(text)).or_else(|error| {
        // The fast parser takes a text without any value for the end of the stream.
        if text.lines().all(|line| matches!(line.trim_start().as_bytes().first(), None | Some(b'#'))) {
            return Ok(Node::Null);
        }
        Err(diagnose::first_error(text).unwrap_or_else(|| diagnose::unexplained(text, error.location())))
    })
}

/// Whether a text may hold an alias or deep brackets: a cheap look that errs on the safe side.
fn may_be_costly(text: &str) -> bool {
    // Nearly every text has too few of these signs for either.
    let bytes = text.as_bytes();
    if memchr::memchr2(b'&', b'*', bytes).is_none() && memchr::memchr2_iter(b'[', b'{', bytes).count() <= MAX_DEPTH {
        return false;
    }
    let mut before = b'\n';
    let mut depth = 0_usize;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return true;
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'&' | b'*'
                if matches!(before, b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':')
                    && bytes.peek().is_some_and(|next| !next.is_ascii_whitespace()) =>
            {
                return true;
            }
            _ => {}
        }
        before = byte;
    }
    false
}

/// What is left to spend on one text.
struct Budget {
    nodes: Cell<usize>,
}

/// Reads one value at a depth.
#[derive(Clone, Copy)]
struct NodeSeed<'b> {
    budget: &'b Budget,
    depth: usize,
}

impl NodeSeed<'_> {
    /// The seed for the values inside this one, if that deep is allowed.
    fn inner<E: serde::de::Error>(self) -> Result<Self, E> {
        let depth = self.depth + 1;
        if depth > MAX_DEPTH { Err(E::custom("too deep")) } else { Ok(Self { depth, ..self }) }
    }
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = Node;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let left = self.budget.nodes.get().checked_sub(1).ok_or_else(|| D::Error::custom("too many values"))?;
        self.budget.nodes.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Int(value))
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers beyond 64 bits are only ever shown as written")]
    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Float(value as f64), Node::Int))
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers beyond 64 bits are only ever shown as written")]
    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Float(value as f64))
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers beyond 64 bits are only ever shown as written")]
    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Float(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let inner = self.inner()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let inner = self.inner()?;
        let mut map = Vec::new();
        // As a string a key keeps the form it is written in: `2025`, `true`.
        while let Some(key) = entries.next_key::<String>()? {
            map.push((key, entries.next_value_seed(inner)?));
        }
        if has_duplicates(&map) { Err(A::Error::custom("a key twice")) } else { Ok(Node::Map(map)) }
    }
}

/// Whether a key occurs twice.
fn has_duplicates(map: &[(String, Node)]) -> bool {
    let mut keys: Vec<&str> = map.iter().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    keys.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}
