//! The layers of a theme, lowest first: the embedded default, the parents by `extends`, the chosen one.
//!
//! A folder of the workspace takes the place of the embedded theme of its name.

use std::collections::BTreeMap;

use super::embedded::{DEFAULT, embedded_names, embedded_theme};
use super::manifest::{self, Manifest};
use crate::base::path::RelPath;
use crate::base::similar::closest;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::source::text::SourceText;
use crate::source::{ReadError, Workspace};

/// The files of one layer by their path in its folder, and what it says of itself.
pub(super) struct Layer {
    pub name: String,
    pub manifest: Manifest,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Layer {
    fn new(name: String, mut files: BTreeMap<String, Vec<u8>>, diagnostics: &mut Diagnostics) -> Self {
        let manifest = files.remove(manifest::FILE).map(|file| Manifest::read(&file, &path(&name, manifest::FILE)));
        let (manifest, problems) = manifest.unwrap_or_default();
        diagnostics.extend(problems);
        Self { name, manifest, files }
    }
}

/// The place of a file of a layer in the workspace.
pub(super) fn path(layer: &str, file: &str) -> RelPath {
    RelPath::new(&format!("themes/{layer}/{file}")).unwrap_or_default()
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
        let mut files = read(&name, workspace, &mut diagnostics);
        if files.is_empty() && name == DEFAULT {
            break;
        }
        if files.is_empty() {
            files = embedded_theme(&name).into_iter().collect();
        }
        if files.is_empty() {
            diagnostics.push(missing(&name, workspace).at(asked));
            break;
        }
        let layer = Layer::new(name, files, &mut diagnostics);
        let place = Place::field(path(&layer.name, manifest::FILE), "extends");
        next = layer.manifest.extends.clone().map(|name| (name, place));
        upper.push(layer);
    }
    upper.push(Layer::new(DEFAULT.to_owned(), embedded_theme(DEFAULT).into_iter().collect(), &mut diagnostics));
    upper.reverse();
    (upper, diagnostics)
}

/// What is wrong with a template or string file that is not text.
pub(super) fn not_text(path: &RelPath, bytes: &[u8]) -> Option<Diagnostic> {
    SourceText::decode(path, bytes).err()
}

fn read(name: &str, workspace: &dyn Workspace, diagnostics: &mut Diagnostics) -> BTreeMap<String, Vec<u8>> {
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
    files
}

fn missing(name: &str, workspace: &dyn Workspace) -> Diagnostic {
    let listing = workspace.list(&RelPath::new("themes").unwrap_or_default());
    let own = listing.files.iter().filter_map(|file| file.path.strip_prefix("themes")?.split('/').next());
    let embedded = embedded_names();
    let known = own.chain(embedded.iter().map(String::as_str));
    Diagnostic::new(Code::ThemeMissing).with("theme", name).suggest(closest(name, known))
}

fn settings() -> Place {
    Place::field(RelPath::new("site.yaml").unwrap_or_default(), "theme")
}
