//! YAML as values, and the place of a value in its text when somebody wants to read it.

use std::ops::Range;

use crate::diag::{Arg, Code};

/// A YAML value. Maps keep the order of the text; keys are text.
#[derive(Clone, Debug, PartialEq)]
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

/// Why a text is not acceptable YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// The rule, one of the `Yaml…` codes.
    pub code: Code,
    /// Where, in byte offsets of the text.
    pub range: Option<Range<usize>>,
    /// What fills the message.
    pub args: Vec<(&'static str, Arg)>,
}
