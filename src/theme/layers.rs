//! The layers of a theme, lowest first: the embedded default, the parents by `extends`, the chosen one.

use std::collections::BTreeMap;

use super::embedded::default_theme_files;
use crate::base::path::RelPath;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::source::text::SourceText;
use crate::source::yaml::{self, Node};
use crate::source::{ReadError, Workspace};

/// What a theme says of itself.
pub(super) const MANIFEST: &str = "theme.yaml";

/// The files of one layer by their path in its folder.
pub(super) struct Layer {
    pub name: String,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Layer {
    /// The file in which the theme speaks of itself.
    fn manifest(&self) -> RelPath {
        RelPath::new(&format!("themes/{}/{MANIFEST}", self.name)).unwrap_or_default()
    }
}

/// Finds the layers of a theme.
pub(super) fn find(name: &str, workspace: &dyn Workspace) -> (Vec<Layer>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut upper: Vec<Layer> = Vec::new();
    let mut next = Some((name.to_owned(), settings()));
    while let Some((name, asked)) = next {
        if upper.iter().any(|layer| layer.name == name) {
            diagnostics.push(Diagnostic::new(Code::ThemeLoop).with("theme", name.as_str()).at(asked));
            break;
        }
        let layer = read(&name, workspace, &mut diagnostics);
        if layer.files.is_empty() {
            if name != "default" {
                diagnostics.push(missing(&name, workspace).at(asked));
            }
            break;
        }
        next = match parent(&layer) {
            Ok(parent) => parent.map(|name| (name, Place::field(layer.manifest(), "extends"))),
            Err(problem) => {
                diagnostics.push(*problem);
                None
            }
        };
        upper.push(layer);
    }
    upper.push(Layer { name: "default".to_owned(), files: default_theme_files().into_iter().collect() });
    upper.reverse();
    (upper, diagnostics)
}

/// What is wrong with a template or string file that is not text.
pub(super) fn not_text(path: &RelPath, bytes: &[u8]) -> Option<Diagnostic> {
    SourceText::decode(path, bytes).err()
}

fn read(name: &str, workspace: &dyn Workspace, diagnostics: &mut Diagnostics) -> Layer {
    let mut files = BTreeMap::new();
    let folder = RelPath::new("themes")
        .and_then(|themes| themes.join(name))
        .filter(|folder| folder.parent().as_str() == "themes");
    if let Some(folder) = folder {
        let listing = workspace.list(&folder);
        diagnostics.extend(listing.diagnostics);
        for path in listing.files.into_iter().map(|file| file.path) {
            let Some(inside) = path.strip_prefix(folder.as_str()) else { continue };
            match workspace.read(&path) {
                Ok(bytes) => drop(files.insert(inside.to_owned(), bytes)),
                Err(ReadError::Missing) => {}
                Err(error) => diagnostics.push(error.diagnostic(&path)),
            }
        }
    }
    Layer { name: name.to_owned(), files }
}

/// The theme that a layer extends, from its `theme.yaml`.
fn parent(layer: &Layer) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(bytes) = layer.files.get(MANIFEST) else { return Ok(None) };
    let path = layer.manifest();
    let text = SourceText::decode(&path, bytes)?;
    match yaml::parse(text.text()) {
        Ok(Node::Null) => Ok(None),
        Ok(Node::Map(fields)) => Ok(fields.into_iter().find_map(|(key, value)| match value {
            Node::Text(name) if key == "extends" => Some(name),
            _ => None,
        })),
        Ok(_) => Err(Box::new(Diagnostic::new(Code::YamlNotMapping).at(Place::file(path)))),
        Err(error) => Err(Box::new(error.diagnostic(path))),
    }
}

fn missing(name: &str, workspace: &dyn Workspace) -> Diagnostic {
    let listing = workspace.list(&RelPath::new("themes").unwrap_or_default());
    let known = listing.files.iter().filter_map(|file| file.path.strip_prefix("themes")?.split('/').next());
    Diagnostic::new(Code::ThemeMissing).with("theme", name).suggest(crate::base::similar::closest(name, known))
}

fn settings() -> Place {
    Place::field(RelPath::new("site.yaml").unwrap_or_default(), "theme")
}
