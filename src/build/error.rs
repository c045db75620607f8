//! Why an output folder could not be used or written.

use std::fmt;
use std::path::PathBuf;

use crate::diag::{Arg, Code, Diagnostic};
use crate::source::disk_write::DiskError;

/// Why an output folder could not be used or written. Whatever it is, the last good output is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputError {
    /// The output folder is, holds or lies in a folder that the portal is made from.
    InsideSources {
        /// The output folder.
        out: PathBuf,
        /// The other one, as people name it.
        source: String,
    },
    /// A symbolic link is, or lies on the way to, something that has to be written.
    Symlink(PathBuf),
    /// Another build is writing to the same folder.
    Locked(PathBuf),
    /// Something that no build wrote stands in the way of an output.
    Blocked(PathBuf),
    /// The system refused.
    Disk {
        /// What was to be written.
        path: PathBuf,
        /// Why not.
        error: DiskError,
    },
}

impl OutputError {
    /// What went wrong when something was written or read at a path.
    pub fn at(path: impl Into<PathBuf>, error: impl Into<DiskError>) -> Self {
        match error.into() {
            DiskError::Symlink(link) => Self::Symlink(link),
            error => Self::Disk { path: path.into(), error },
        }
    }

    /// Whether the machine failed (exit code 3), not the site or its settings.
    #[must_use]
    pub fn is_machine(&self) -> bool {
        matches!(self, Self::Disk { .. })
    }

    /// What a person is told.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let about = |code, path: &PathBuf| Diagnostic::new(code).with("path", path.display().to_string());
        match self {
            Self::InsideSources { out, source } => about(Code::OutInsideSources, out).with("source", source.as_str()),
            Self::Symlink(path) => about(Code::OutSymlink, path),
            Self::Locked(path) => about(Code::OutLocked, path),
            Self::Blocked(path) => about(Code::OutBlocked, path),
            Self::Disk { path, error } => {
                let reason = match error {
                    DiskError::Full => Arg::key("ui.disk-full"),
                    DiskError::Denied => Arg::key("ui.disk-denied"),
                    error => Arg::Text(error.to_string()),
                };
                about(Code::OutputFailed, path).with("reason", reason)
            }
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InsideSources { out, source } => write!(f, "{} holds or lies in {source}", out.display()),
            Self::Symlink(path) => write!(f, "{} is a symbolic link", path.display()),
            Self::Locked(path) => write!(f, "another build writes to {}", path.display()),
            Self::Blocked(path) => write!(f, "{} is in the way", path.display()),
            Self::Disk { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for OutputError {}

impl From<OutputError> for Diagnostic {
    fn from(error: OutputError) -> Self {
        error.diagnostic()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::lang::Lang;
    use crate::diag::Catalog;

    #[test]
    fn every_failure_is_told_in_both_languages() {
        let path = PathBuf::from("/p");
        let failures = [
            OutputError::InsideSources { out: path.clone(), source: "content/".to_owned() },
            OutputError::Symlink(path.clone()),
            OutputError::Locked(path.clone()),
            OutputError::Blocked(path.clone()),
            OutputError::at(&path, DiskError::Full),
            OutputError::at(&path, DiskError::Denied),
            OutputError::at(&path, DiskError::Other("broken".to_owned())),
        ];
        for catalog in Lang::ALL.map(Catalog::load) {
            for failure in &failures {
                let diagnostic = failure.diagnostic();
                let texts = [vec![catalog.message(&diagnostic)], catalog.hints(&diagnostic)].concat();
                assert_eq!(texts.len(), 2, "{failure}");
                assert!(texts.iter().all(|text| !text.contains(['{', '}']) && !text.contains("ui.")), "{texts:?}");
            }
        }
        assert_eq!(OutputError::at("x", DiskError::Symlink(path.clone())), OutputError::Symlink(path));
    }
}
