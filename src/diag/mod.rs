//! Floor 1: diagnostics as data; every message is a code with arguments and exists in two languages.

pub mod catalog;
pub mod code;
pub mod human;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use catalog::Catalog;
pub use code::{Code, Severity};

use crate::base::path::RelPath;

/// Something found wrong, or worth saying, about an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which rule speaks; the messages in both languages hang on it.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What fills the places of the message.
    pub args: Vec<(Cow<'static, str>, Arg)>,
    /// Where it is.
    pub place: Option<Place>,
    /// Other places that belong to it, such as the second of two colliding pages.
    pub related: Vec<Place>,
    /// The name that was probably meant.
    pub suggestion: Option<String>,
}

/// A file, and the part of it that is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file, from the workspace.
    pub file: RelPath,
    /// The part of it.
    pub spot: Spot,
}

/// Which part of a file is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Spot {
    /// The file as a whole.
    Whole,
    /// Byte offsets in the raw file: start and end.
    Bytes(usize, usize),
    /// A value of a YAML file or front matter by its path (`image.alt`, `targets.0.label`); it is
    /// turned into offsets only when somebody is going to read it (`source::places`).
    Field(String),
}

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(file: RelPath) -> Self {
        Self { file, spot: Spot::Whole }
    }

    /// A part of a file, in byte offsets of the raw file.
    #[must_use]
    pub fn at(file: RelPath, range: Range<usize>) -> Self {
        Self { file, spot: Spot::Bytes(range.start, range.end) }
    }

    /// A YAML value of a file.
    pub fn field(file: RelPath, path: impl Into<String>) -> Self {
        Self { file, spot: Spot::Field(path.into()) }
    }
}

/// What fills a place of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arg {
    /// Text that is the same in both languages.
    Text(String),
    /// A front matter field or setting, shown with the name people give it: Ngày đăng (`date`).
    Field(String),
    /// A key of the message catalogue, shown in the reader's language.
    Key(Cow<'static, str>),
}

impl Arg {
    /// A key of the message catalogue.
    #[must_use]
    pub const fn key(key: &'static str) -> Self {
        Self::Key(Cow::Borrowed(key))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&RelPath> for Arg {
    fn from(path: &RelPath) -> Self {
        Self::Text(path.to_string())
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Text(number.to_string())
    }
}

impl Diagnostic {
    /// A diagnostic of a rule with the severity the rule has by default.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, severity: code.severity(), args: Vec::new(), place: None, related: Vec::new(), suggestion: None }
    }

    /// Fills one place of the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Says where it is.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Adds another place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// Adds "did you mean".
    #[must_use]
    pub fn suggest(mut self, name: Option<&str>) -> Self {
        self.suggestion = name.map(str::to_owned);
        self
    }
}

/// All diagnostics of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds those of another collection.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(other);
    }

    /// Whether any is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// All of them by file, place and code, each once, whatever order they were found in.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.0.sort_by_cached_key(|d| {
            let place = d.place.as_ref().map(|p| (p.file.clone(), p.spot.clone()));
            (place, d.code, format!("{:?}", d.args))
        });
        self.0.dedup();
        self
    }

    /// Each of them after a change.
    #[must_use]
    pub fn map(self, change: impl FnMut(Diagnostic) -> Diagnostic) -> Self {
        Self(self.0.into_iter().map(change).collect())
    }

    /// The diagnostics in their present order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}
