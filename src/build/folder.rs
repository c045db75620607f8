//! The output folder: where it really lies, and whether it may be written.

use std::path::{Component, Path, PathBuf};

use super::error::OutputError;
use crate::base::hash::ContentHash;
use crate::source::disk::{self, Kind};

/// Folders of a portal that no output may touch.
const SOURCES: [&str; 5] = ["content", "themes", "static", ".congso", ".git"];

/// A folder that outputs may be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFolder {
    real: PathBuf,
}

impl OutputFolder {
    /// Checks the output folder `out` of the portal in `root`. A relative one is meant from `root`.
    /// It need not exist yet.
    ///
    /// # Errors
    /// [`OutputError::InsideSources`] where it is, holds or lies in a folder of sources, links
    /// followed and letter case ignored; [`OutputError::Symlink`] where it is a link or is reached
    /// through one, other than the links that lead to `root` itself and those the system has at its
    /// top level (`/tmp` on macOS); [`OutputError::Blocked`] where something else than a folder is.
    pub fn resolve(root: &Path, out: &Path) -> Result<Self, OutputError> {
        let real_root = disk::real_path(root).map_err(|error| OutputError::at(root, error))?;
        // The same folder under the name the user gave: links on the way to it are his own.
        let out = real_root.join(out.strip_prefix(root).unwrap_or(out));
        let real = real_place(&out, root)?;
        let folded_out = folded(&real);
        for name in SOURCES {
            let source = real_root.join(name);
            let source = folded(&disk::real_path(&source).unwrap_or(source));
            if folded_out.starts_with(&source) || source.starts_with(&folded_out) {
                return Err(OutputError::InsideSources { out: real, source: format!("{name}/") });
            }
        }
        Ok(Self { real })
    }

    /// Its real path, free of links.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.real
    }

    /// The name under which the state of its builds is kept: the first 16 hexadecimal digits of the
    /// SHA-256 of its real path.
    #[must_use]
    pub fn key(&self) -> String {
        ContentHash::of(self.real.as_os_str().as_encoded_bytes()).short(16)
    }
}

/// The path without `.`, `..` and the links that are allowed; parts that do not exist yet are taken
/// as they are.
fn real_place(out: &Path, root: &Path) -> Result<PathBuf, OutputError> {
    let mut real = PathBuf::new();
    let mut given = PathBuf::new();
    for part in out.components() {
        given.push(part);
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir => real.push(part),
            Component::Normal(name) => {
                let top_level = real.parent().is_none();
                real.push(name);
                match disk::kind(&real).map_err(|error| OutputError::at(&real, error))? {
                    Kind::Symlink if top_level || root.starts_with(&given) => {
                        real = disk::real_path(&real).map_err(|error| OutputError::at(&real, error))?;
                    }
                    Kind::Symlink => return Err(OutputError::Symlink(real)),
                    Kind::File(_) | Kind::Special => return Err(OutputError::Blocked(real)),
                    Kind::Folder | Kind::Missing => {}
                }
            }
        }
    }
    Ok(real)
}

/// A path by which two folders are compared, so that `Content` is `content` on every system.
fn folded(path: &Path) -> PathBuf {
    PathBuf::from(crate::base::text::nfc(&path.to_string_lossy()).to_lowercase())
}

#[cfg(test)]
mod tests;
