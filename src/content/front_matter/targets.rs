//! Reading the targets of a legal document and what was measured of them.

use super::reader::{At, Entries, Reader};
use super::values::quantity;
use super::{DocumentTarget, Measured, Quantity};
use crate::diag::{Arg, Code};
use crate::source::yaml::Node;

impl Reader<'_> {
    /// One entry of `targets:`.
    pub(super) fn target(&mut self, entries: Entries, at: &At) -> Option<DocumentTarget> {
        let mut target = DocumentTarget::default();
        for (key, node) in entries {
            match key.as_str() {
                "id" => target.id = self.line(node, &at.field("id")).unwrap_or_default(),
                "label" => target.label = self.line(node, &at.field("label")),
                "unit" => target.unit = self.line(node, &at.field("unit")),
                "source" => target.source = self.line(node, &at.field("source")),
                "measured" => {
                    target.measured = self.maps(node, &at.field("measured"), Self::measured).unwrap_or_default();
                }
                year => match year_of(year) {
                    Some(number) => {
                        if let Some(value) = self.quantity(node, &at.year(year)) {
                            target.years.insert(number, value);
                        }
                    }
                    None => self.unknown(Some(at), year),
                },
            }
        }
        if target.id.is_empty() {
            self.bad_target(&at.field("id"), at, "target-error.no-id");
            return None;
        }
        Some(target)
    }

    /// One entry of `measured:`.
    fn measured(&mut self, entries: Entries, at: &At) -> Option<Measured> {
        let (mut value, mut as_of, mut source) = (None, None, None);
        let (mut value_stated, mut as_of_stated) = (false, false);
        for (key, node) in entries {
            let stated = node != Node::Null;
            match key.as_str() {
                "value" => {
                    value_stated = stated;
                    value = self.quantity(node, &at.field("value"));
                }
                "as_of" => {
                    as_of_stated = stated;
                    as_of = self.date(node, &at.field("as_of"));
                }
                "source" => source = self.line(node, &at.field("source")),
                other => self.unknown(Some(at), other),
            }
        }
        if !value_stated {
            self.bad_target(&at.field("value"), at, "target-error.no-value");
        }
        if !as_of_stated {
            self.bad_target(&at.field("as_of"), at, "target-error.no-as-of");
        }
        if source.is_none() {
            self.bad_target(&at.field("source"), at, "target-error.no-source");
        }
        let value = value?;
        if value.comparison.is_some() {
            self.bad_target(&at.field("value"), &at.field("value"), "target-error.comparison");
            return None;
        }
        Some(Measured { value: value.value, as_of: as_of?, source: source? })
    }

    /// A number, with comparison and `%` if wanted.
    fn quantity(&mut self, node: Node, at: &At) -> Option<Quantity> {
        let read = match &node {
            Node::Null => return None,
            #[allow(clippy::cast_precision_loss, reason = "targets are small numbers")]
            Node::Int(value) => Some(Quantity { comparison: None, value: *value as f64 }),
            Node::Float(value) if value.is_finite() => Some(Quantity { comparison: None, value: *value }),
            Node::Text(text) => quantity(text),
            Node::Float(_) => None,
            Node::Bool(_) | Node::List(_) | Node::Map(_) => {
                self.wrong_type(&node, at);
                return None;
            }
        };
        if read.is_none() {
            self.bad_target(at, at, "target-error.number");
        }
        read
    }

    /// Tells what is wrong with a target, at its own place or that of its entry.
    fn bad_target(&mut self, field: &At, place: &At, problem: &'static str) {
        let place = self.about(Code::BadTarget, place).place;
        let mut told = self.about(Code::BadTarget, field).with("problem", Arg::key(problem));
        told.place = place;
        self.push(told);
    }
}

/// The year of a key of four digits, from 1900 on.
fn year_of(key: &str) -> Option<i16> {
    let plain = key.len() == 4 && key.bytes().all(|b| b.is_ascii_digit());
    key.parse().ok().filter(|year| plain && (1900..=2999).contains(year))
}
