//! The strings of a theme in both languages, with plural forms.

use std::collections::BTreeMap;

use crate::base::lang::{Lang, PerLang};
use crate::base::path::RelPath;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::source::yaml::{self, Node};

/// The strings of one language by key, and the file each comes from.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    /// The places of the strings by key.
    places: BTreeMap<String, usize>,
    /// Each string with its key, in the order they were first met.
    texts: Vec<(String, Text, RelPath)>,
}

/// A string, in forms where it depends on a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// The same for all numbers.
    Plain(String),
    /// English has a form for one; Vietnamese has one form only (CLDR plural rules).
    Plural {
        /// For exactly one.
        one: Option<String>,
        /// For everything else.
        other: String,
    },
}

impl Text {
    /// The form for a number; `other` where none is given.
    #[must_use]
    pub fn form(&self, count: Option<i64>) -> &str {
        match (self, count) {
            (Self::Plain(text), _) => text,
            (Self::Plural { one: Some(one), .. }, Some(1)) => one,
            (Self::Plural { other, .. }, _) => other,
        }
    }
}

impl Strings {
    /// The string of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Text> {
        self.find(key).map(|(_, text)| text)
    }

    /// The string of a key, and its place.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<(usize, &Text)> {
        let place = *self.places.get(key)?;
        Some((place, self.at(place)?))
    }

    /// The string at a place.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&Text> {
        self.texts.get(place).map(|(_, text, _)| text)
    }

    /// All keys, in the order of their places.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(key, ..)| key.as_str())
    }

    fn insert(&mut self, key: String, text: Text, path: RelPath) {
        match self.places.get(&key).and_then(|place| self.texts.get_mut(*place)) {
            Some(known) => *known = (key, text, path),
            None => {
                self.places.insert(key.clone(), self.texts.len());
                self.texts.push((key, text, path));
            }
        }
    }

    /// Adds the strings of a file; they take the place of a lower layer's.
    pub(super) fn add(&mut self, lang: Lang, file: &[u8], path: &RelPath) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        let Ok(text) = std::str::from_utf8(file) else {
            diagnostics.extend(super::layers::not_text(path, file));
            return diagnostics;
        };
        let fields = match yaml::parse(text) {
            Ok(Node::Map(fields)) => fields,
            Ok(Node::Null) => Vec::new(),
            Ok(_) => {
                diagnostics.push(Diagnostic::new(Code::YamlNotMapping).at(Place::file(path.clone())));
                Vec::new()
            }
            Err(error) => {
                diagnostics.push(error.diagnostic(path.clone()));
                Vec::new()
            }
        };
        for (key, value) in fields {
            match forms(value, lang) {
                Some(text) => self.insert(key, text, path.clone()),
                None => diagnostics.push(
                    Diagnostic::new(Code::StringForms).with("key", key.as_str()).at(Place::field(path.clone(), key)),
                ),
            }
        }
        diagnostics
    }
}

/// The language of a string file of a theme, by its path in the theme's folder.
pub(super) fn language_file(name: &str) -> Option<Lang> {
    Lang::from_tag(name.strip_prefix("i18n/")?.strip_suffix(".yaml")?)
}

/// Reports keys that one language has and the other lacks.
pub(super) fn compare(strings: &PerLang<Strings>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for lang in Lang::ALL {
        let other = strings.get(lang.other());
        for (key, _, path) in &strings.get(lang).texts {
            if other.get(key).is_none() {
                diagnostics.push(
                    Diagnostic::new(Code::StringsDiffer)
                        .with("key", key.as_str())
                        .with("language", lang.other().tag())
                        .at(Place::file(path.clone())),
                );
            }
        }
    }
    diagnostics
}

/// A string from its YAML value: text, or a map of exactly the forms the language has.
fn forms(value: Node, lang: Lang) -> Option<Text> {
    let fields = match value {
        Node::Text(text) => return Some(Text::Plain(text)),
        Node::Map(fields) => fields,
        _ => return None,
    };
    let (mut one, mut other) = (None, None);
    for (key, value) in fields {
        match (key.as_str(), value) {
            ("one", Node::Text(text)) => one = Some(text),
            ("other", Node::Text(text)) => other = Some(text),
            _ => return None,
        }
    }
    match (lang, one.is_some()) {
        (Lang::En, true) | (Lang::Vi, false) => Some(Text::Plural { one, other: other? }),
        _ => None,
    }
}
