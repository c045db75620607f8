//! What reading front matter needs at hand: where a value stands, what it is called, and the
//! problems found so far.

use std::cell::OnceCell;
use std::ops::Range;

use crate::base::path::RelPath;
use crate::content::fields::{self, suggest_field};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};
use crate::source::yaml::{Edit, Node, Places, Rescued, YamlError};

/// So many problems of one file are told; nobody mends more at once.
const MAX_PROBLEMS: usize = 100;

/// The keys and values of a mapping.
pub(super) type Entries = Vec<(String, Node)>;

/// Collects the problems of one front matter.
pub(super) struct Reader<'t> {
    path: &'t RelPath,
    /// The YAML as parsed, and its relation to the YAML as written.
    rescued: &'t Rescued<'t>,
    /// Where the YAML begins in the file's text.
    offset: usize,
    places: OnceCell<Places>,
    pub(super) problems: Diagnostics,
}

/// A value's place among the others: the chain of keys and indexes that leads to it.
#[derive(Clone, Copy)]
pub(super) struct At<'p> {
    parent: Option<&'p Self>,
    step: Step<'p>,
}

/// One key or index.
#[derive(Clone, Copy)]
enum Step<'p> {
    Field(&'static str),
    Year(&'p str),
    Item(usize),
}

impl<'p> At<'p> {
    /// A field of the file.
    pub(super) fn top(name: &'static str) -> Self {
        Self { parent: None, step: Step::Field(name) }
    }

    /// A field inside this one.
    pub(super) fn field<'c>(&'c self, name: &'static str) -> At<'c>
    where
        'p: 'c,
    {
        At { parent: Some(self), step: Step::Field(name) }
    }

    /// The value for a year.
    pub(super) fn year<'c>(&'c self, year: &'c str) -> At<'c>
    where
        'p: 'c,
    {
        At { parent: Some(self), step: Step::Year(year) }
    }

    /// An entry of this list.
    pub(super) fn item<'c>(&'c self, index: usize) -> At<'c>
    where
        'p: 'c,
    {
        At { parent: Some(self), step: Step::Item(index) }
    }

    /// The name in the table of fields: `targets.label`.
    pub(super) fn name(&self) -> String {
        let mut name = self.parent.map(Self::name).unwrap_or_default();
        let part = match self.step {
            Step::Field(part) => part,
            Step::Year(_) => "YYYY",
            Step::Item(_) => return name,
        };
        if !name.is_empty() {
            name.push('.');
        }
        name.push_str(part);
        name
    }

    /// The keys and indexes: `targets`, `0`, `label`.
    fn steps(&self) -> Vec<String> {
        let mut steps = self.parent.map(Self::steps).unwrap_or_default();
        steps.push(match self.step {
            Step::Field(key) | Step::Year(key) => key.to_owned(),
            Step::Item(index) => index.to_string(),
        });
        steps
    }
}

impl<'t> Reader<'t> {
    pub(super) fn new(path: &'t RelPath, rescued: &'t Rescued<'t>, offset: usize) -> Self {
        Self { path, rescued, offset, places: OnceCell::new(), problems: Diagnostics::default() }
    }

    /// The YAML as written for a value that YAML reads as a number or truth value.
    pub(super) fn raw(&self, at: &At) -> Option<&'t str> {
        let range = self.places().value(&at.steps())?;
        self.rescued.text.get(range)
    }

    /// A diagnostic about a value, named and placed.
    pub(super) fn about(&self, code: Code, at: &At) -> Diagnostic {
        let name = at.name();
        let sample = fields::find(&name).map(fields::Field::sample).unwrap_or_default();
        Diagnostic::new(code)
            .with("field", Arg::Field(name))
            .with("sample", sample)
            .at(Place::field(self.path.clone(), at.steps().join(".")))
    }

    /// Adds a problem.
    pub(super) fn push(&mut self, problem: Diagnostic) {
        if self.problems.iter().len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Tells of a value of the wrong type.
    pub(super) fn wrong_type(&mut self, found: &Node, at: &At) {
        let expected = fields::find(&at.name()).map_or("value.map", |field| match (field.value, at.step) {
            // An entry of a list is one of what the list holds.
            (fields::Value::List | fields::Value::Paths, Step::Item(_)) => fields::Value::Line.key(),
            (fields::Value::Maps | fields::Value::LineOrMaps, Step::Item(_)) => fields::Value::Map.key(),
            (value, _) => value.key(),
        });
        let found = match found {
            Node::Null => "found.nothing",
            Node::Bool(_) => "found.bool",
            Node::Int(_) | Node::Float(_) => "found.number",
            Node::Text(_) => "found.text",
            Node::List(_) => "found.list",
            Node::Map(_) => "found.map",
        };
        let problem = self.about(Code::WrongType, at);
        self.push(problem.with("expected", Arg::key(expected)).with("found", Arg::key(found)));
    }

    /// Tells of a field without which its entry says nothing.
    pub(super) fn missing(&mut self, parent: &At, name: &'static str) {
        let place = Place::field(self.path.clone(), parent.steps().join("."));
        let problem = self.about(Code::FieldMissing, &parent.field(name)).at(place);
        self.push(problem);
    }

    /// Tells that the file lacks a field.
    pub(super) fn missing_in_file(&mut self, name: &'static str) {
        let place = Place::at(self.path.clone(), self.offset..self.offset);
        let problem = self.about(Code::FieldMissing, &At::top(name)).at(place);
        self.push(problem);
    }

    /// Tells of a key that no field has, inside a value or in the file itself.
    pub(super) fn unknown(&mut self, parent: Option<&At>, key: &str) {
        let name = parent.map(At::name).unwrap_or_default();
        let mut steps = parent.map(At::steps).unwrap_or_default();
        steps.push(key.to_owned());
        let code = match key {
            "expires" | "expiry" | "expiryDate" | "expiry_date" | "het_han" | "ngay_het_han" if parent.is_none() => {
                Code::ExpiresField
            }
            _ => Code::UnknownField,
        };
        let mut problem = Diagnostic::new(code).with("field", key.trim());
        if code == Code::UnknownField {
            problem = problem.suggest(suggest_field(&name, key));
        }
        let place = self.places().key(&steps).map(|range| self.place(range));
        let problem = problem.at(place.unwrap_or_else(|| Place::file(self.path.clone())));
        self.push(problem);
    }

    /// Tells of YAML that cannot be read.
    pub(super) fn broken(&mut self, error: YamlError) {
        let place = error.range.map_or_else(|| Place::file(self.path.clone()), |range| self.place(range));
        let problem = Diagnostic { args: error.args, ..Diagnostic::new(error.code) };
        self.push(problem.at(place));
    }

    /// Tells that YAML is no list of fields.
    pub(super) fn not_fields(&mut self) {
        let place = self.place(0..self.rescued.text.trim_end().len());
        self.push(Diagnostic::new(Code::YamlNotMapping).at(place));
    }

    /// Tells of a value that was read to the end of its line.
    pub(super) fn rescued(&mut self, edit: &Edit) {
        let place = Place::at(self.path.clone(), self.offset + edit.original.start..self.offset + edit.original.end);
        self.push(Diagnostic::new(Code::YamlRescuedText).with("field", Arg::Field(edit.field.clone())).at(place));
    }

    /// The place in the file of a range of the parsed YAML.
    fn place(&self, range: Range<usize>) -> Place {
        let range = self.rescued.original(range);
        Place::at(self.path.clone(), self.offset + range.start..self.offset + range.end)
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::read(&self.rescued.text))
    }
}
