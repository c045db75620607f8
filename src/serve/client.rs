//! The files of the preview that run in browsers, as they are part of the program.

use super::http::ClientFile;

/// A file of `client/`.
macro_rules! file {
    ($name:literal, $content_type:literal) => {
        ClientFile { name: $name, content_type: $content_type, text: include_str!(concat!("client/", $name)) }
    };
}

/// A script.
macro_rules! script {
    ($name:literal) => {
        file!($name, "text/javascript; charset=utf-8")
    };
}

/// A stylesheet.
macro_rules! style {
    ($name:literal) => {
        file!($name, "text/css; charset=utf-8")
    };
}

/// All of them.
pub const FILES: [ClientFile; 25] = [
    script!("actions.js"),
    script!("bar-actions.js"),
    script!("bar-facts.js"),
    script!("bar-options.js"),
    script!("bar-problems.js"),
    script!("bar.js"),
    style!("client.css"),
    script!("client.js"),
    script!("disclosure.js"),
    script!("dom.js"),
    script!("head.js"),
    script!("idiomorph.js"),
    script!("images.js"),
    script!("keep.js"),
    script!("live.js"),
    script!("morph.js"),
    style!("overlay.css"),
    script!("overlay.js"),
    script!("page.js"),
    script!("problems.js"),
    style!("progress.css"),
    script!("progress.js"),
    script!("styles.js"),
    script!("surface.js"),
    script!("words.js"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_is_part_of_the_program() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve/client");
        let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(|entry| entry.unwrap());
        let there: BTreeSet<String> = entries.map(|entry| entry.file_name().to_str().unwrap().to_owned()).collect();
        let names: BTreeSet<String> = FILES.iter().map(|file| file.name.to_owned()).collect();
        assert_eq!(names, there);
    }
}
