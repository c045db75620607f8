//! `theme.yaml`: what a theme says of itself.

use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::source::text::SourceText;
use crate::source::yaml::{self, Node};

/// The file of a theme in which it speaks of itself.
pub(super) const FILE: &str = "theme.yaml";

/// The fields there are. Name, title and licence are for people.
const FIELDS: [&str; 5] = ["name", "title", "licence", "extends", "options"];

/// What the program does by the file.
#[derive(Default)]
pub(super) struct Manifest {
    /// The theme below this one.
    pub extends: Option<String>,
    /// What is declared of options, unread.
    pub options: Option<Node>,
}

impl Manifest {
    /// Reads the file, which says nothing where it is wrong.
    pub(super) fn read(file: &[u8], path: &RelPath) -> (Self, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let mut manifest = Self::default();
        let fields = match fields(file, path) {
            Ok(fields) => fields,
            Err(problem) => {
                diagnostics.push(*problem);
                Vec::new()
            }
        };
        for (key, value) in fields {
            let place = Place::field(path.clone(), key.as_str());
            match (key.as_str(), value) {
                ("extends", Node::Text(name)) => manifest.extends = Some(name),
                ("extends", Node::Null) => {}
                ("extends", _) => diagnostics.push(Diagnostic::new(Code::ThemeExtends).at(place)),
                ("options", value) => manifest.options = Some(value),
                (known, _) if FIELDS.contains(&known) => {}
                (unknown, _) => {
                    let near = closest(unknown, FIELDS);
                    let problem = Diagnostic::new(Code::ThemeFieldUnknown).with("field", unknown);
                    diagnostics.push(problem.suggest(near).at(place));
                }
            }
        }
        (manifest, diagnostics)
    }
}

fn fields(file: &[u8], path: &RelPath) -> Result<Vec<(String, Node)>, Box<Diagnostic>> {
    let text = SourceText::decode(path, file)?;
    match yaml::parse(text.text()) {
        Ok(Node::Null) => Ok(Vec::new()),
        Ok(Node::Map(fields)) => Ok(fields),
        Ok(_) => Err(Box::new(Diagnostic::new(Code::YamlNotMapping).at(Place::file(path.clone())))),
        Err(error) => Err(Box::new(error.diagnostic(path.clone()))),
    }
}
