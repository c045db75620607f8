//! The themes inside the program, so that a portal can be built anywhere.

use std::collections::BTreeSet;

use rust_embed::RustEmbed;

use crate::base::path::RelPath;

/// The theme below all others.
pub const DEFAULT: &str = "default";

/// The folder `themes` of the project.
#[derive(RustEmbed)]
#[folder = "themes"]
struct Themes;

/// The files of a theme by their path in its folder, sorted; none where the program has no such theme.
#[must_use]
pub fn embedded_theme(name: &str) -> Vec<(String, Vec<u8>)> {
    let files = Themes::iter().filter_map(|path| {
        let (_, inside) = path.split_once('/').filter(|(theme, _)| *theme == name)?;
        Some((inside.to_owned(), Themes::get(&path)?.data.into_owned()))
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

/// The names of all of them.
pub(super) fn embedded_names() -> BTreeSet<String> {
    Themes::iter().filter_map(|path| Some(path.split_once('/')?.0.to_owned())).collect()
}

/// Where the files of all of them would be in a workspace.
pub fn embedded_paths() -> impl Iterator<Item = RelPath> {
    Themes::iter().filter_map(|path| RelPath::new(&format!("themes/{path}")))
}
