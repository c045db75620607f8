//! The options of a theme: what `theme.yaml` declares of them, and what `site.yaml` chooses.

use std::collections::BTreeMap;

use crate::base::lang::{Lang, PerLang};
use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::config::{FILE, SiteConfig};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};
use crate::source::yaml::Node;

/// What an option says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OptionValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A word of a few, or a colour as `#rrggbb`.
    Word(String),
    /// Text in both languages.
    Text(PerLang<String>),
}

/// An option as a theme declares it.
#[derive(Clone, Debug)]
pub struct ThemeOption {
    /// What it takes.
    pub kind: OptionKind,
    /// What people call it.
    pub label: PerLang<String>,
    /// What it says where nothing is chosen.
    pub default: OptionValue,
    /// What it says.
    pub value: OptionValue,
}

/// What an option takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`.
    Bool,
    /// A whole number within bounds.
    Number {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// One of some words.
    Choice(Vec<String>),
    /// A colour as `#rrggbb`.
    Colour,
    /// Text: one for both languages, or `{vi: …, en: …}`.
    Text,
}

impl OptionKind {
    /// What a value says; `None` where it is none for this.
    fn value(&self, node: &Node) -> Option<OptionValue> {
        Some(match (self, node) {
            (Self::Bool, Node::Bool(value)) => OptionValue::Bool(*value),
            (Self::Number { min, max }, Node::Int(value)) if (min..=max).contains(&value) => {
                OptionValue::Number(*value)
            }
            (Self::Choice(words), Node::Text(word)) if words.contains(word) => OptionValue::Word(word.clone()),
            (Self::Colour, Node::Text(colour)) if is_colour(colour) => OptionValue::Word(colour.clone()),
            (Self::Text, Node::Text(text)) => OptionValue::Text(PerLang { vi: text.clone(), en: text.clone() }),
            (Self::Text, Node::Map(fields)) => OptionValue::Text(both(fields)?),
            _ => return None,
        })
    }

    /// What it takes, in words.
    fn wanted(&self) -> Arg {
        match self {
            Self::Bool => "`true`, `false`".into(),
            Self::Number { min, max } => format!("`{min}` … `{max}`").into(),
            Self::Choice(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ").into(),
            Self::Colour => "`\"#a8201a\"`".into(),
            Self::Text => "`{vi: …, en: …}`".into(),
        }
    }
}

/// The options of a theme by name.
pub type ThemeOptions = BTreeMap<String, ThemeOption>;

/// Adds what the manifest of a layer declares; it takes the place of what lower layers declare by the same name.
pub(super) fn declare(options: &mut ThemeOptions, declared: Node, path: &RelPath) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let Node::Map(declared) = declared else {
        diagnostics.push(malformed("options", path, "options"));
        return diagnostics;
    };
    for (name, node) in declared {
        match option(&node) {
            Some(option) => drop(options.insert(name, option)),
            None => diagnostics.push(malformed(&name, path, &format!("options.{name}"))),
        }
    }
    diagnostics
}

fn malformed(name: &str, path: &RelPath, field: &str) -> Diagnostic {
    Diagnostic::new(Code::ThemeOptionForm).with("option", name).at(Place::field(path.clone(), field))
}

/// An option from what is declared of it.
fn option(node: &Node) -> Option<ThemeOption> {
    let Node::Map(fields) = node else { return None };
    let known = ["type", "default", "label", "choices", "min", "max"];
    if fields.iter().any(|(key, _)| !known.contains(&key.as_str())) {
        return None;
    }
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let bound = |name: &str, default: i64| match field(name) {
        None => Some(default),
        Some(Node::Int(value)) => Some(*value),
        Some(_) => None,
    };
    let Some(Node::Text(kind)) = field("type") else { return None };
    let kind = match kind.as_str() {
        "bool" => OptionKind::Bool,
        "number" => OptionKind::Number { min: bound("min", 0)?, max: bound("max", 100)? },
        "choice" => {
            let Some(Node::List(words)) = field("choices") else { return None };
            let words = words.iter().map(|word| match word {
                Node::Text(word) => Some(word.clone()),
                _ => None,
            });
            OptionKind::Choice(words.collect::<Option<_>>()?)
        }
        "colour" => OptionKind::Colour,
        "text" => OptionKind::Text,
        _ => return None,
    };
    let Some(Node::Map(label)) = field("label") else { return None };
    let default = kind.value(field("default")?)?;
    Some(ThemeOption { label: both(label)?, value: default.clone(), default, kind })
}

/// A text in both languages.
fn both(fields: &[(String, Node)]) -> Option<PerLang<String>> {
    let text = |lang: Lang| match fields.iter().find(|(key, _)| key == lang.tag()) {
        Some((_, Node::Text(text))) => Some(text.clone()),
        _ => None,
    };
    (fields.len() == 2).then_some(PerLang { vi: text(Lang::Vi)?, en: text(Lang::En)? })
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Takes over what the settings choose.
pub(super) fn choose(options: &mut ThemeOptions, config: &SiteConfig) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (name, node) in &config.theme_options.0 {
        let place = Place::field(RelPath::new(FILE).unwrap_or_default(), format!("theme_options.{name}"));
        let Some(option) = options.get_mut(name) else {
            let near = closest(name, options.keys().map(String::as_str));
            let problem = Diagnostic::new(Code::ThemeOptionUnknown).with("option", name.as_str());
            diagnostics.push(problem.with("theme", config.theme.as_str()).suggest(near).at(place));
            continue;
        };
        match option.kind.value(node) {
            Some(value) => option.value = value,
            None => {
                let near = match (&option.kind, node) {
                    (OptionKind::Choice(words), Node::Text(word)) => closest(word, words.iter().map(String::as_str)),
                    _ => None,
                };
                let problem = Diagnostic::new(Code::ThemeOptionValue).with("option", name.as_str());
                diagnostics.push(problem.with("wanted", option.kind.wanted()).suggest(near).at(place));
            }
        }
    }
    diagnostics
}
