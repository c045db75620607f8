//! The table of front matter fields: what each may hold, for which kinds, and what a translation
//! inherits. Reader, guide and JSON Schema are made from it.

mod suggest;
mod table;

pub use suggest::{suggest_choice, suggest_field};
pub use table::FIELDS;

use super::front_matter::{Attendance, EventStatus, Kind, Sort, ThemeKind};
use crate::domain::document_types::DOCUMENT_TYPES;

/// One field. Nested ones have dotted names (`image.alt`); those inside lists too, without index
/// (`targets.label`); `YYYY` stands for a year. Name and meaning for people are in the catalogues
/// under `field.NAME` and `field.NAME.doc`.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The dotted name.
    pub name: &'static str,
    /// The kinds whose pages may have it.
    pub kinds: &'static [SchemaKind],
    /// What it holds.
    pub value: Value,
    /// What a translation takes from the original.
    pub inheritance: Inheritance,
    /// A value as writers type it.
    pub example: &'static str,
    /// Other words by which people may call it, in lower-case ASCII with `_` for spaces.
    pub words: &'static [&'static str],
}

/// What a file describes: a page of a kind, or a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SchemaKind {
    /// A news item.
    News,
    /// A legal document.
    Decision,
    /// An event.
    Event,
    /// Any other page.
    Page,
    /// A section: its `_index.md`.
    Section,
}

impl SchemaKind {
    /// All of them with the names writers use.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("news", Self::News),
        ("decision", Self::Decision),
        ("event", Self::Event),
        ("page", Self::Page),
        ("section", Self::Section),
    ];

    /// The name writers use.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("page", |(name, _)| name)
    }
}

impl From<Kind> for SchemaKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::News => Self::News,
            Kind::Decision => Self::Decision,
            Kind::Event => Self::Event,
            Kind::Page => Self::Page,
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// One line of text.
    Line,
    /// Text of any length.
    Text,
    /// A segment of an address.
    Slug,
    /// A date, with or without a time.
    Date,
    /// `true` or `false`.
    Bool,
    /// A whole number from 1 on.
    Count,
    /// A number, with `%` or a comparison before it if wanted.
    Quantity,
    /// Texts.
    List,
    /// Addresses on this site, from its root.
    Paths,
    /// One of a few words.
    Choice(Choices),
    /// An `http`, `https` or `mailto` address.
    Url,
    /// A file beside the page.
    File,
    /// Fields of its own.
    Map,
    /// A list of entries with fields of their own.
    Maps,
    /// One line of text, or a list of entries with fields of their own.
    LineOrMaps,
    /// Anything.
    Free,
}

impl Value {
    /// The catalogue key of what it is called.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Line => "value.line",
            Self::Text => "value.text",
            Self::Slug => "value.slug",
            Self::Date => "value.date",
            Self::Bool => "value.bool",
            Self::Count => "value.count",
            Self::Quantity => "value.quantity",
            Self::List => "value.list",
            Self::Paths => "value.paths",
            Self::Choice(_) => "value.choice",
            Self::Url => "value.url",
            Self::File => "value.file",
            Self::Map => "value.map",
            Self::Maps => "value.maps",
            Self::LineOrMaps => "value.line-or-maps",
            Self::Free => "value.free",
        }
    }
}

/// The sets of words of [`Value::Choice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choices {
    /// Types of legal documents.
    DocumentType,
    /// What became of an event.
    EventStatus,
    /// How people take part in an event.
    Attendance,
    /// Whose theme a theme is.
    ThemeKind,
    /// Kinds of pages.
    Kind,
    /// Orders of lists.
    Sort,
}

impl Choices {
    /// The words.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Self::DocumentType => DOCUMENT_TYPES.iter().map(|kind| kind.id).collect(),
            Self::EventStatus => EventStatus::NAMES.iter().map(|(name, _)| *name).collect(),
            Self::Attendance => Attendance::NAMES.iter().map(|(name, _)| *name).collect(),
            Self::ThemeKind => ThemeKind::NAMES.iter().map(|(name, _)| *name).collect(),
            Self::Kind => Kind::NAMES.iter().map(|(name, _)| *name).collect(),
            Self::Sort => Sort::NAMES.iter().map(|(name, _)| *name).collect(),
        }
    }
}

/// What a translation takes from the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inheritance {
    /// Always the original's; stating it differently is an error.
    Neutral,
    /// May be stated, else the original's is shown, marked with its language.
    Text,
    /// Never inherited.
    Own,
    /// The original's unless stated. Of `tags` only those declared in `site.yaml`; the others are
    /// [`Inheritance::Own`].
    Default,
    /// Each of its nested fields has its own rule.
    ByPart,
}

impl Inheritance {
    /// The catalogue key of what it is called.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Neutral => "inheritance.neutral",
            Self::Text => "inheritance.text",
            Self::Own => "inheritance.own",
            Self::Default => "inheritance.default",
            Self::ByPart => "inheritance.by-part",
        }
    }
}

/// The fields without which their file or entry is not accepted.
const REQUIRED: [&str; 11] = [
    "title",
    "featured.until",
    "corrections.date",
    "withdrawn.date",
    "status_checked.date",
    "attachments.file",
    "targets.id",
    "targets.measured.value",
    "targets.measured.as_of",
    "targets.measured.source",
    "theme.text",
];

impl Field {
    /// Whether its file or entry is not accepted without it.
    #[must_use]
    pub fn is_required(&self) -> bool {
        REQUIRED.contains(&self.name)
    }

    /// The last part of its name, as typed before the colon.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// Its key and an example, as writers type it.
    #[must_use]
    pub fn sample(&self) -> String {
        let key = if self.key() == "YYYY" { "\"2025\"" } else { self.key() };
        format!("{key}: {}", self.example)
    }
}

/// The field of a dotted name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// The fields directly inside one (`image` → `image.src`, …); those of the file for an empty name.
pub fn children(parent: &str) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.name.rsplit_once('.').map_or("", |(before, _)| before) == parent)
}

/// What a translation takes from the original; `None` for unknown fields.
#[must_use]
pub fn inheritance(name: &str) -> Option<Inheritance> {
    find(name).map(|field| field.inheritance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::lang::Lang;
    use crate::diag::Catalog;

    #[test]
    fn every_field_has_a_name_and_a_meaning_in_both_languages() {
        for lang in Lang::ALL {
            let catalog = Catalog::load(lang);
            for field in FIELDS {
                for key in [format!("field.{}", field.name), format!("field.{}.doc", field.name)] {
                    assert!(catalog.find(&key).is_some_and(|text| !text.is_empty()), "{key} in {lang}");
                }
                for key in [field.value.key(), field.inheritance.key()] {
                    assert!(catalog.find(key).is_some(), "{key} in {lang}");
                }
            }
        }
    }

    #[test]
    fn names_are_unique_and_nested_ones_have_parents() {
        for (at, field) in FIELDS.iter().enumerate() {
            assert!(FIELDS[at + 1..].iter().all(|other| other.name != field.name), "{}", field.name);
            let has_parts = children(field.name).next().is_some();
            assert_eq!(
                has_parts,
                matches!(field.value, Value::Map | Value::Maps | Value::LineOrMaps),
                "{}",
                field.name
            );
            if let Some((parent, _)) = field.name.rsplit_once('.') {
                assert_eq!(find(parent).unwrap().kinds, field.kinds, "{}", field.name);
            }
        }
        assert!(REQUIRED.iter().all(|name| find(name).is_some()));
    }

    #[test]
    fn examples_are_yaml_of_their_field() {
        for field in FIELDS {
            assert!(crate::source::yaml::parse(&field.sample()).is_ok(), "{}", field.sample());
        }
    }

    #[test]
    fn kinds_and_inheritance() {
        let applies = |name: &str, kind| find(name).is_some_and(|field| field.kinds.contains(&kind));
        assert!(applies("number", SchemaKind::Decision));
        assert!(!applies("number", SchemaKind::News));
        assert!(applies("image.alt", SchemaKind::Section));
        assert!(!applies("date", SchemaKind::Section));
        assert!(!applies("nothing", SchemaKind::Page));
        for (name, expected) in [
            ("date", Inheritance::Neutral),
            ("image.src", Inheritance::Neutral),
            ("image.alt", Inheritance::Text),
            ("title", Inheritance::Own),
            ("authors", Inheritance::Default),
            ("targets.YYYY", Inheritance::Neutral),
        ] {
            assert_eq!(inheritance(name), Some(expected), "{name}");
        }
        assert_eq!(inheritance("nothing"), None);
    }
}
