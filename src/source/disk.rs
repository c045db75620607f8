//! The read face of the one gate to the file system: the workspace on disk, and looks at single
//! files. Nothing is opened that is not a regular file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::names::{is_ignored, is_unsafe};
use super::{Listed, Listing, ReadError, Stamp, Workspace};
use crate::base::path::RelPath;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Place};

/// A workspace on disk.
#[derive(Debug)]
pub struct DiskWorkspace {
    /// The real path of its folder.
    root: PathBuf,
    /// Where the files and folders lie whose name on disk is not in NFC, as macOS and some archive
    /// programs write them; filled by listing. No lock is held while anything else runs.
    renamed: RwLock<BTreeMap<RelPath, PathBuf>>,
}

impl DiskWorkspace {
    /// The workspace in a folder.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        Self { root: fs::canonicalize(&root).unwrap_or(root), renamed: RwLock::default() }
    }

    /// The real path of the folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where an entry lies, links not yet followed.
    fn place(&self, path: &RelPath) -> PathBuf {
        let renamed = self.renamed.read().unwrap_or_else(PoisonError::into_inner);
        renamed.get(path).cloned().unwrap_or_else(|| path.on_disk(&self.root))
    }

    /// Where a regular file lies, every link followed.
    fn regular(&self, path: &RelPath) -> Result<PathBuf, ReadError> {
        let place = self.place(path);
        let mut at = self.root.clone();
        for part in place.strip_prefix(&self.root).unwrap_or(&place) {
            at.push(part);
            if fs::symlink_metadata(&at)?.is_symlink() {
                let target = fs::canonicalize(&place)?;
                return if target.starts_with(&self.root) { must_be_file(target) } else { Err(ReadError::Outside) };
            }
        }
        must_be_file(place)
    }
}

impl Workspace for DiskWorkspace {
    fn list(&self, folder: &RelPath) -> Listing {
        let mut scan =
            Scan { root: &self.root, files: Vec::new(), renamed: Vec::new(), diagnostics: Diagnostics::default() };
        let start = self.place(folder);
        match fs::canonicalize(&start) {
            Ok(real) if real.starts_with(&self.root) => scan.walk(folder, &start, Links::Follow),
            Ok(_) => scan.report(ReadError::Outside.diagnostic(folder)),
            // A portal without that folder; a link that leads nowhere is another thing.
            Err(_) if kind(&start) == Ok(Kind::Missing) => {}
            Err(error) => scan.report(link_problem(folder, &error)),
        }
        let (listing, renamed) = scan.finish();
        let mut known = self.renamed.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|path, _| path.strip_prefix(folder.as_str()).is_none());
        known.extend(renamed);
        listing
    }

    fn read(&self, path: &RelPath) -> Result<Vec<u8>, ReadError> {
        Ok(fs::read(self.regular(path)?)?)
    }

    fn disk_path(&self, path: &RelPath) -> Option<PathBuf> {
        self.regular(path).ok()
    }

    fn stamp(&self, path: &RelPath) -> Option<Stamp> {
        fs::metadata(self.regular(path).ok()?).ok().map(|meta| stamp(&meta))
    }
}

/// Whether links to folders are followed. They are not inside a linked folder: so a walk always
/// ends, after at most as many folders as there are, squared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Links {
    Follow,
    Refuse,
}

/// A walk through a folder of the workspace.
struct Scan<'a> {
    root: &'a Path,
    files: Vec<Listed>,
    renamed: Vec<(RelPath, PathBuf)>,
    diagnostics: Diagnostics,
}

impl Scan<'_> {
    /// Takes all that lies below `dir`, which is the folder `prefix` of the workspace.
    fn walk(&mut self, prefix: &RelPath, dir: &Path, links: Links) {
        let mut walk = WalkDir::new(dir).min_depth(1).sort_by_file_name().into_iter();
        while let Some(next) = walk.next() {
            let entry = match next {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().and_then(|p| rel_path(prefix, dir, p)).unwrap_or_else(|| prefix.clone());
                    let reason = error.into_io_error().map_or(ReadError::Missing, ReadError::from);
                    self.report(reason.diagnostic(&path));
                    continue;
                }
            };
            let kind = entry.file_type();
            let name = entry.file_name();
            let path = match name.to_str() {
                Some(text) if is_ignored(&crate::base::text::nfc(text)) => None,
                Some(text) if !is_unsafe(text) => rel_path(prefix, dir, entry.path()),
                _ => {
                    let folder = entry.path().parent().and_then(|folder| rel_path(prefix, dir, folder));
                    self.report(unsafe_name(&name.to_string_lossy(), folder.unwrap_or_else(|| prefix.clone())));
                    None
                }
            };
            let Some(path) = path else {
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            };
            self.remember(&path, entry.path());
            if kind.is_file() {
                let meta = entry.metadata();
                self.files.push(Listed { path, stamp: meta.map(|meta| stamp(&meta)).unwrap_or_default() });
            } else if kind.is_symlink() {
                self.link(path, entry.path(), links);
            } else if !kind.is_dir() {
                self.report(about(Code::SpecialFile, &path));
            }
        }
    }

    /// Takes what a symbolic link stands for, if it may be followed.
    fn link(&mut self, path: RelPath, at: &Path, links: Links) {
        let target = match fs::canonicalize(at) {
            Ok(target) => target,
            Err(error) => return self.report(link_problem(&path, &error)),
        };
        if !target.starts_with(self.root) {
            return self.report(ReadError::Outside.diagnostic(&path));
        }
        match kind(&target) {
            Ok(Kind::File(_)) => {
                let meta = fs::metadata(&target);
                self.files.push(Listed { path, stamp: meta.map(|meta| stamp(&meta)).unwrap_or_default() });
            }
            Ok(Kind::Folder) => {
                let parent = at.parent().and_then(|p| fs::canonicalize(p).ok());
                let round = parent.is_none_or(|parent| parent.starts_with(&target));
                if round || links == Links::Refuse {
                    self.report(about(Code::SymlinkLoop, &path));
                } else {
                    self.walk(&path, at, Links::Refuse);
                }
            }
            Ok(_) => self.report(about(Code::SpecialFile, &path)),
            Err(error) => self.report(error.diagnostic(&path)),
        }
    }

    /// Remembers where an entry lies if its name on disk is another than in the workspace.
    fn remember(&mut self, path: &RelPath, at: &Path) {
        if path.on_disk(self.root) != at {
            self.renamed.push((path.clone(), at.to_owned()));
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The files in order, each path once.
    fn finish(mut self) -> (Listing, Vec<(RelPath, PathBuf)>) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut files: Vec<Listed> = Vec::with_capacity(self.files.len());
        for file in self.files {
            if files.last().is_some_and(|last| last.path == file.path) {
                self.diagnostics.push(about(Code::NameTwice, &file.path));
            } else {
                files.push(file);
            }
        }
        (Listing { files, diagnostics: self.diagnostics }, self.renamed)
    }
}

/// A diagnostic about a file as a whole.
fn about(code: Code, path: &RelPath) -> Diagnostic {
    Diagnostic::new(code).with("path", path).at(Place::file(path.clone()))
}

/// A file whose name cannot be used, shown so that it harms no terminal.
fn unsafe_name(name: &str, folder: RelPath) -> Diagnostic {
    let shown: String = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    Diagnostic::new(Code::UnsafeFileName).with("name", shown).with("folder", &folder).at(Place::file(folder))
}

/// Why a link could not be followed to its end.
fn link_problem(path: &RelPath, error: &io::Error) -> Diagnostic {
    // ELOOP, whose `ErrorKind` is not stable: Linux, the BSDs and macOS, Windows.
    if matches!(error.raw_os_error(), Some(40 | 62 | 1921)) {
        return about(Code::SymlinkLoop, path);
    }
    match error.kind() {
        io::ErrorKind::NotFound => about(Code::UnreadableFile, path).with("reason", Arg::Key("ui.read-dead-link")),
        kind => ReadError::from(io::Error::from(kind)).diagnostic(path),
    }
}

/// The stamp of a file.
fn stamp(meta: &fs::Metadata) -> Stamp {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
        Stamp {
            size: meta.len(),
            modified: nanoseconds(meta.mtime(), meta.mtime_nsec()),
            changed: nanoseconds(meta.ctime(), meta.ctime_nsec()),
            inode: meta.ino(),
        }
    }
    #[cfg(not(unix))]
    {
        let since = meta.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = since.and_then(|since| i128::try_from(since.as_nanos()).ok()).unwrap_or_default();
        Stamp { size: meta.len(), modified, ..Stamp::default() }
    }
}

/// The path in the workspace of something below `dir`, which is the folder `prefix`.
fn rel_path(prefix: &RelPath, dir: &Path, at: &Path) -> Option<RelPath> {
    let parts: Option<Vec<&str>> = at.strip_prefix(dir).ok()?.iter().map(|part| part.to_str()).collect();
    prefix.join(&parts?.join("/"))
}

/// The path, if a regular file lies there.
fn must_be_file(path: PathBuf) -> Result<PathBuf, ReadError> {
    match kind(&path)? {
        Kind::File(_) => Ok(path),
        Kind::Missing => Err(ReadError::Missing),
        Kind::Folder | Kind::Symlink | Kind::Special => Err(ReadError::Special),
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Other(error.to_string()),
        }
    }
}

/// What lies at a path, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Missing,
    /// A regular file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A symbolic link.
    Symlink,
    /// A FIFO, socket or device.
    Special,
}

/// What lies at a path; nothing is opened and no link at its end is followed.
///
/// # Errors
/// [`ReadError`] where the system does not tell.
pub fn kind(path: &Path) -> Result<Kind, ReadError> {
    match fs::symlink_metadata(path).map_err(ReadError::from) {
        Ok(meta) if meta.is_file() => Ok(Kind::File(meta.len())),
        Ok(meta) if meta.is_dir() => Ok(Kind::Folder),
        Ok(meta) if meta.is_symlink() => Ok(Kind::Symlink),
        Ok(_) => Ok(Kind::Special),
        Err(ReadError::Missing) => Ok(Kind::Missing),
        Err(error) => Err(error),
    }
}

/// The path with all its links followed.
///
/// # Errors
/// [`ReadError`] where it does not exist or the system does not tell.
pub fn real_path(path: &Path) -> Result<PathBuf, ReadError> {
    Ok(fs::canonicalize(path)?)
}

/// Opens a regular file for reading; anything else is refused unopened.
///
/// # Errors
/// [`ReadError`] tells why not.
pub fn open(path: &Path) -> Result<impl Read + use<>, ReadError> {
    Ok(fs::File::open(must_be_file(path.to_owned())?)?)
}

/// The bytes of a regular file; anything else is refused unopened.
///
/// # Errors
/// [`ReadError`] tells why not.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    Ok(fs::read(must_be_file(path.to_owned())?)?)
}

/// Everything below a folder by its path from there, with `/` between; links are not followed, and
/// top-level folders named in `closed` are not entered. A name that is not UTF-8 is shown with
/// replacement characters; a folder that may not be read is shown as empty.
///
/// # Errors
/// [`ReadError`] where the system fails.
pub fn tree(base: &Path, closed: &[&str]) -> Result<BTreeMap<String, Kind>, ReadError> {
    let mut found = BTreeMap::new();
    let mut level = vec![(base.to_owned(), String::new())];
    while !level.is_empty() {
        // A portal has a folder for each page: reading them is most of the cost of a build that
        // changes nothing, so the folders of one depth are read side by side.
        let entries: Vec<_> = level.par_iter().map(|(dir, prefix)| children(dir, prefix)).collect::<Result<_, _>>()?;
        level.clear();
        for (at, path, kind) in entries.into_iter().flatten() {
            if kind == Kind::Folder && !closed.contains(&path.as_str()) {
                level.push((at, path.clone()));
            }
            found.insert(path, kind);
        }
    }
    Ok(found)
}

/// The entries of a folder: where each lies, its path from the base, what it is (sizes as 0).
fn children(dir: &Path, prefix: &str) -> Result<Vec<(PathBuf, String, Kind)>, ReadError> {
    let mut entries = Vec::new();
    let listing = match fs::read_dir(dir).map_err(ReadError::from) {
        // Such as the `lost+found` of a disk of its own; or it has just gone.
        Err(ReadError::Denied | ReadError::Missing) => return Ok(entries),
        listing => listing?,
    };
    for entry in listing {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = if prefix.is_empty() { name.into_owned() } else { format!("{prefix}/{name}") };
        let kind = match entry.file_type()? {
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File(0),
            kind if kind.is_symlink() => Kind::Symlink,
            _ => Kind::Special,
        };
        entries.push((entry.path(), path, kind));
    }
    Ok(entries)
}

#[cfg(test)]
mod tests;
