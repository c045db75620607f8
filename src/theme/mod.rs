//! Floor 4: the theme, layer over layer: templates, static files and strings.

mod assets;
mod embedded;
mod layers;
mod manifest;
mod options;
mod strings;
mod styles;

use std::collections::BTreeMap;

use crate::base::lang::PerLang;
use crate::base::path::RelPath;
use crate::config::SiteConfig;
use crate::diag::Diagnostics;
use crate::source::Workspace;

pub use assets::Asset;
use assets::Static;
pub use embedded::{DEFAULT, embedded_paths, embedded_theme};
use layers::Layer;
pub use options::{OptionKind, OptionValue, ThemeOption, ThemeOptions};
pub use strings::{Strings, Text};
pub use styles::Stylesheets;

/// A theme with all its layers resolved: of every name, the file of the first layer that has it.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The names of its layers, lowest first.
    pub layers: Vec<String>,
    /// The templates by name, such as `directives/figure.html`.
    pub templates: BTreeMap<String, Template>,
    /// The static files by name, such as `css/site.css`.
    pub assets: BTreeMap<String, Asset>,
    /// What can be chosen of it, and what is.
    pub options: ThemeOptions,
    /// The strings of each language.
    pub strings: PerLang<Strings>,
}

/// The text of a template and where it stands.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file, from the workspace, or where it would be if it were not embedded.
    pub path: RelPath,
    /// Its text.
    pub text: String,
}

impl Theme {
    /// Loads the theme that the settings name, over the one embedded in the program. `styles` are its style
    /// sheets as they were made before, and as they are afterwards.
    #[must_use]
    pub fn load(config: &SiteConfig, workspace: &dyn Workspace, styles: &mut Stylesheets) -> (Self, Diagnostics) {
        let (layers, mut diagnostics) = layers::find(&config.theme, workspace);
        let mut theme = Self::default();
        let mut statics: BTreeMap<String, Static> = BTreeMap::new();
        let mut covered = Vec::new();
        for Layer { name: layer, manifest, files } in layers {
            if let Some(declared) = manifest.options {
                diagnostics.extend(options::declare(
                    &mut theme.options,
                    declared,
                    &layers::path(&layer, manifest::FILE),
                ));
            }
            for (name, file) in files {
                let path = layers::path(&layer, &name);
                if let Some(template) = name.strip_prefix("templates/") {
                    match String::from_utf8(file) {
                        Ok(text) => drop(theme.templates.insert(template.to_owned(), Template { path, text })),
                        Err(error) => diagnostics.extend(layers::not_text(&path, error.as_bytes())),
                    }
                } else if let Some(asset) = name.strip_prefix("static/") {
                    let lower = statics.insert(asset.to_owned(), Static { path, bytes: file });
                    let lower = lower.filter(|_| assets::is_style_sheet(asset));
                    covered.extend(lower.map(|lower| (asset.to_owned(), lower)));
                } else if let Some(lang) = strings::language_file(&name) {
                    diagnostics.extend(theme.strings.get_mut(lang).add(lang, &file, &path));
                }
            }
            theme.layers.push(layer);
        }
        diagnostics.extend(strings::compare(&theme.strings));
        diagnostics.extend(options::choose(&mut theme.options, config));
        let (assets, problems) = assets::fingerprint(statics, covered, styles);
        theme.assets = assets;
        diagnostics.extend(problems);
        (theme, diagnostics)
    }
}
