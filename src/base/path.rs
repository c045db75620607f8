//! Paths as the project uses them: inside the workspace, inside the output, and on the site.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::path::{Path, PathBuf};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::shared;
use super::text::nfc;

/// A path inside the workspace: NFC, forward slashes, no empty, `.` or `..` segments; the empty
/// path is the workspace itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RelPath(#[serde(deserialize_with = "shared::deserialize")] Arc<str>);

impl RelPath {
    /// Reads a path, resolving `.` and `..`; `None` where it would leave the workspace or is
    /// absolute.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        Self::resolved("", path)
    }

    /// This folder's entry at a relative path, with `.` and `..` resolved; `None` where it would
    /// leave the workspace.
    #[must_use]
    pub fn join(&self, path: &str) -> Option<Self> {
        Self::resolved(&self.0, path)
    }

    /// The entry at a relative path of a folder, which has the form of such a path.
    fn resolved(folder: &str, path: &str) -> Option<Self> {
        if path.starts_with('/') || path.contains('\\') || path.contains('\0') {
            return None;
        }
        let path = nfc(path);
        let mut leaves = false;
        let joined = shared::written(|joined| {
            joined.push_str(folder);
            for segment in path.split('/') {
                match segment {
                    "" | "." => {}
                    ".." => {
                        leaves |= joined.is_empty();
                        joined.truncate(joined.rfind('/').unwrap_or(0));
                    }
                    name => {
                        if !joined.is_empty() {
                            joined.push('/');
                        }
                        joined.push_str(name);
                    }
                }
            }
        });
        (!leaves).then_some(Self(joined))
    }

    /// This folder's entry of a name; `None` where that is no name of an entry.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<Self> {
        if matches!(name, "" | "." | "..") || name.contains(['/', '\\', '\0']) {
            return None;
        }
        let name = nfc(name);
        Some(Self(if self.0.is_empty() { name.into() } else { shared::concat([&self.0, "/", &name]) }))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds it; the workspace itself for a top-level entry.
    #[must_use]
    pub fn parent(&self) -> Self {
        self.0.rsplit_once('/').map_or_else(Self::default, |(parent, _)| Self(parent.into()))
    }

    /// The last segment.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// What follows the last dot of the file name, in lower case; empty where there is none.
    #[must_use]
    pub fn extension(&self) -> String {
        let name = self.file_name();
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or_else(String::new, |(_, e)| e.to_lowercase())
    }

    /// The rest of the path below `folder`, if it lies there.
    #[must_use]
    pub fn strip_prefix(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The path as a file in `folder` would write it: `../decisions/a.md`.
    #[must_use]
    pub fn seen_from(&self, folder: &Self) -> String {
        let mut base = folder.as_str();
        let mut way = String::new();
        loop {
            if let Some(rest) = self.strip_prefix(base) {
                return way + rest;
            }
            base = base.rsplit_once('/').map_or("", |(parent, _)| parent);
            way.push_str("../");
        }
    }

    /// The place on disk below `root`.
    #[must_use]
    pub fn on_disk(&self, root: &Path) -> PathBuf {
        root.join(self.as_str())
    }
}

/// Compared and hashed as the text is.
impl Borrow<str> for RelPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a web server answers the address of a folder with.
const INDEX: &str = "index.html";

/// Whether a path leads to an output file and nowhere else.
fn is_output(path: &str) -> bool {
    let names = path.split('/').all(|segment| !matches!(segment, "" | "." | ".."));
    names && !path.contains(|c: char| c == '\\' || c.is_control())
}

/// The path of an output file below the output folder: no empty, `.` or `..` segments.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutPath(#[serde(deserialize_with = "shared::deserialize")] Arc<str>);

impl OutPath {
    /// Reads a relative path; `None` where a segment is empty, `.`, `..`, or holds a backslash or
    /// control character.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        is_output(path).then(|| Self(path.into()))
    }

    /// The output file that a web server answers an address with, given without its first slash: `index.html`
    /// in a folder.
    #[must_use]
    pub fn answering(address: &str) -> Option<Self> {
        let Some(folder) = address.strip_suffix('/') else {
            return Self::new(if address.is_empty() { INDEX } else { address });
        };
        is_output(folder).then(|| Self(shared::concat([address, INDEX])))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as text that others may hold, too.
    #[must_use]
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// The folded form by which two outputs collide on a file system that ignores letter case.
    #[must_use]
    pub fn case_folded(&self) -> Cow<'_, str> {
        let folded = self.0.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        if folded { Cow::Borrowed(&self.0) } else { Cow::Owned(self.0.to_lowercase()) }
    }

    /// The place on disk below the output folder.
    #[must_use]
    pub fn on_disk(&self, out: &Path) -> PathBuf {
        out.join(self.as_str())
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address on the site, from its root: begins with `/`, percent-encoded, without the path of the
/// base URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UrlPath(#[serde(deserialize_with = "shared::deserialize")] Arc<str>);

impl UrlPath {
    /// The root of the site.
    #[must_use]
    pub fn root() -> Self {
        Self("/".into())
    }

    /// A folder below this one: `segment` and a closing slash. The segment must be URL-safe, as
    /// slugs and numbers are.
    #[must_use]
    pub fn dir(&self, segment: &str) -> Self {
        Self(shared::concat([&self.0, segment, "/"]))
    }

    /// A file in this folder.
    #[must_use]
    pub fn file(&self, name: &str) -> Self {
        Self(shared::concat([&self.0, name]))
    }

    /// A file in the folder of this one.
    #[must_use]
    pub fn beside(&self, name: &str) -> Self {
        let folder = self.0.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self(shared::concat([folder, "/", name]))
    }

    /// An address written by a person, such as an alias: it must begin with `/` and have plain
    /// segments, none longer than names of files can be; `None` otherwise.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.strip_prefix('/')?;
        let plain = path.trim_end_matches('/').split('/').all(|segment| {
            !matches!(segment, "" | "." | "..")
                && segment.len() <= 200
                && segment.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '+' | ','))
        });
        let sound = plain && text.len() <= 1000 && !path.starts_with('/') && !path.ends_with("//");
        sound.then(|| Self(text.into()))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The output file that a web server answers this address with: `index.html` in a folder.
    #[must_use]
    pub fn out_path(&self) -> Option<OutPath> {
        OutPath::answering(self.0.strip_prefix('/')?)
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workspace_paths_never_leave_it() {
        let folder = RelPath::new("content/news").unwrap();
        assert_eq!(folder.join("../decisions/a.md").unwrap().as_str(), "content/decisions/a.md");
        assert_eq!(folder.join("../../../etc/passwd"), None);
        assert_eq!(RelPath::new("/etc"), None);
        assert_eq!(folder.join("a\\b"), None);
        assert_eq!(folder.child("a\u{301}.md"), folder.join("á.md"));
        assert_eq!(RelPath::default().child("a").unwrap().as_str(), "a");
        for bad in ["", ".", "..", "a/b", "a\\b"] {
            assert_eq!(folder.child(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_path_is_written_as_its_reader_sees_it() {
        let path = RelPath::new("content/decisions/a.md").unwrap();
        for (folder, written) in [
            ("content/decisions", "a.md"),
            ("content/news", "../decisions/a.md"),
            ("content/news/2026", "../../decisions/a.md"),
            ("content", "decisions/a.md"),
            ("content/decisions/a", "../a.md"),
            ("themes/default", "../../content/decisions/a.md"),
        ] {
            let folder = RelPath::new(folder).unwrap();
            assert_eq!(path.seen_from(&folder), written);
            assert_eq!(folder.join(written), Some(path.clone()));
        }
        assert_eq!(path.seen_from(&RelPath::default()), "content/decisions/a.md");
    }

    #[test]
    fn names_and_extensions() {
        let path = RelPath::new("content/news/Ảnh (1).JPG").unwrap();
        assert_eq!((path.file_name(), path.extension().as_str()), ("Ảnh (1).JPG", "jpg"));
        assert_eq!(path.parent().as_str(), "content/news");
        assert_eq!(RelPath::new(".hidden").unwrap().extension(), "");
    }

    #[test]
    fn output_paths_are_safe() {
        for bad in ["", "../x", "a//b", "./a", "a/..", "a\\b", "a\u{0}"] {
            assert_eq!(OutPath::new(bad), None, "{bad:?}");
        }
        assert_eq!(UrlPath::root().dir("en").dir("news").out_path().unwrap().as_str(), "en/news/index.html");
        assert_eq!(UrlPath::root().file("atom.xml").out_path().unwrap().as_str(), "atom.xml");
    }

    #[test]
    fn addresses_by_people_are_plain() {
        assert!(UrlPath::parse("/old/path").is_some());
        assert!(UrlPath::parse("/old/path/").is_some());
        for bad in ["old", "//x", "/a//b", "/../x", "/a b", "/a?b", "/", "/a\\b"] {
            assert_eq!(UrlPath::parse(bad), None, "{bad:?}");
        }
        assert_eq!(UrlPath::parse(&format!("/{}", "a".repeat(201))), None);
        assert_eq!(UrlPath::parse(&"/a".repeat(501)), None);
    }
}
