//! The default theme inside the program, so that a portal can be built anywhere.

use rust_embed::RustEmbed;

/// The files of `themes/default`.
#[derive(RustEmbed)]
#[folder = "themes/default"]
struct DefaultTheme;

/// The files of the default theme by their path in its folder, sorted.
#[must_use]
pub fn default_theme_files() -> Vec<(String, Vec<u8>)> {
    let mut names: Vec<String> = DefaultTheme::iter().map(|name| name.into_owned()).collect();
    names.sort();
    names.into_iter().filter_map(|name| DefaultTheme::get(&name).map(|file| (name, file.data.into_owned()))).collect()
}
