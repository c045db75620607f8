//! The listing face of the one gate to the file system: every file below a folder, what may not be
//! followed or opened reported.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::disk::{Known, stamp};
use super::disk_look::LookFolder;
use super::names::{is_ignored, is_unsafe};
use super::{Listed, Listing, ReadError};
use crate::base::path::RelPath;
use crate::base::text::nfc;
use crate::diag::{Arg, Code, Diagnostic, Place};

/// How many files of a folder a worker asks the system about at least.
const LOOKS_AT_ONCE: usize = 256;

/// How a folder is reached.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By folders only, which lie at their own names.
    Plain,
    /// By a name that is not in NFC on disk, or from a folder that a link led to.
    Bent,
    /// By a link that was followed. Links to folders are not followed from there: so a walk always
    /// ends, after at most as many folders as there are, squared.
    Linked,
}

/// A folder to be looked into.
pub(super) struct Folder {
    pub path: RelPath,
    pub at: PathBuf,
    pub way: Way,
}

/// What a folder holds.
#[derive(Default)]
struct Contents {
    files: Vec<Listed>,
    folders: Vec<Folder>,
    links: Vec<(RelPath, PathBuf)>,
    renamed: Vec<(RelPath, PathBuf)>,
    odd: Vec<RelPath>,
    found: Vec<Diagnostic>,
}

impl Folder {
    /// Looks at every entry once.
    fn look(&self, root: &Path) -> Contents {
        let mut contents = Contents::default();
        let bent = self.way != Way::Plain && path_of(&self.path, root) != self.at;
        let mut files: Vec<(RelPath, DirEntry)> = Vec::new();
        // No deeper: links and names that are not in NFC are judged here, and folders are read side by side.
        for entry in WalkDir::new(&self.at).min_depth(1).max_depth(1) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    contents.found.push(read_error(error).diagnostic(&self.path));
                    continue;
                }
            };
            let (on_disk, kind) = (entry.file_name(), entry.file_type());
            let name = on_disk.to_str().map(nfc);
            if name.as_ref().is_some_and(|name| is_ignored(name)) {
                continue;
            }
            let Some(name) = name.filter(|name| !is_unsafe(name)) else {
                contents.found.push(unsafe_name(&on_disk.to_string_lossy(), self.path.clone()));
                continue;
            };
            let Some(path) = self.path.child(&name) else { continue };
            let renamed = bent || on_disk != &*name;
            if renamed {
                contents.renamed.push((path.clone(), entry.path().to_owned()));
            }
            if kind.is_file() {
                files.push((path, entry));
            } else if kind.is_dir() {
                let way = if self.way == Way::Plain && renamed { Way::Bent } else { self.way };
                contents.folders.push(Folder { path, at: entry.into_path(), way });
            } else {
                contents.odd.push(path.clone());
                if kind.is_symlink() {
                    contents.links.push((path, entry.into_path()));
                } else {
                    contents.found.push(about(Code::SpecialFile, &path));
                }
            }
        }
        let folder = LookFolder::open(&self.at);
        let listed = |(path, entry): (RelPath, DirEntry)| {
            let stamp = entry.file_name().to_str().and_then(|name| folder.stamp_of(name)).unwrap_or_default();
            Listed { path, stamp }
        };
        contents.files = files.into_par_iter().with_min_len(LOOKS_AT_ONCE).map(listed).collect();
        contents
    }
}

/// A symbolic link that a listing follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Where the link is.
    pub path: RelPath,
    /// The real path of what it stands for.
    pub target: PathBuf,
}

/// A walk through a folder of the workspace.
pub(super) struct Scan<'a> {
    root: &'a Path,
    files: Vec<Listed>,
    known: Known,
    pub followed: Vec<Followed>,
    pub found: Vec<Diagnostic>,
}

impl<'a> Scan<'a> {
    /// A walk through the workspace of that real path.
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root, files: Vec::new(), known: Known::default(), followed: Vec::new(), found: Vec::new() }
    }

    /// Takes all that lies below a folder. The folders of one depth are read side by side.
    pub(super) fn walk(&mut self, start: Folder) {
        let mut level = vec![start];
        while !level.is_empty() {
            let contents: Vec<Contents> = level.par_iter().map(|folder| folder.look(self.root)).collect();
            let looked = std::mem::take(&mut level);
            for (folder, contents) in looked.into_iter().zip(contents) {
                self.files.extend(contents.files);
                self.found.extend(contents.found);
                self.known.renamed.extend(contents.renamed);
                self.known.odd.extend(contents.odd);
                level.extend(contents.folders);
                for (path, at) in contents.links {
                    level.extend(self.link(path, at, folder.way));
                }
                if folder.way == Way::Plain {
                    self.known.plain.insert(folder.path);
                }
            }
        }
    }

    /// Takes what a symbolic link stands for, if it may be followed; a folder is still to be read.
    fn link(&mut self, path: RelPath, at: PathBuf, way: Way) -> Option<Folder> {
        let problem = match fs::canonicalize(&at) {
            Err(error) => link_problem(&path, &error),
            Ok(target) if !target.starts_with(self.root) => ReadError::Outside.diagnostic(&path),
            Ok(target) => match fs::symlink_metadata(&target) {
                Ok(meta) if meta.is_file() => {
                    self.followed.push(Followed { path: path.clone(), target });
                    self.files.push(Listed { path, stamp: stamp(&meta) });
                    return None;
                }
                Ok(meta) if meta.is_dir() => {
                    let parent = at.parent().and_then(|p| fs::canonicalize(p).ok());
                    let round = parent.is_none_or(|parent| parent.starts_with(&target));
                    if !round && way != Way::Linked {
                        self.followed.push(Followed { path: path.clone(), target });
                        return Some(Folder { path, at, way: Way::Linked });
                    }
                    about(Code::SymlinkLoop, &path)
                }
                Ok(_) => about(Code::SpecialFile, &path),
                Err(error) => ReadError::from(error).diagnostic(&path),
            },
        };
        self.found.push(problem);
        None
    }

    /// The files in order, each path once.
    pub(super) fn finish(self) -> (Listing, Known) {
        let Self { mut files, known, mut found, .. } = self;
        files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path).then_with(|| a.stamp.cmp(&b.stamp)));
        files.dedup_by(|second, first| {
            let twice = second.path == first.path;
            if twice {
                found.push(about(Code::NameTwice, &second.path));
            }
            twice
        });
        files.shrink_to_fit();
        (Listing { files, diagnostics: found.into_iter().collect() }, known)
    }
}

/// Where a path of the workspace lies that has its own name on disk; the root is not a part of
/// itself.
pub(super) fn path_of(path: &RelPath, root: &Path) -> PathBuf {
    if path.as_str().is_empty() { root.to_owned() } else { path.on_disk(root) }
}

/// A diagnostic about a file as a whole.
fn about(code: Code, path: &RelPath) -> Diagnostic {
    Diagnostic::new(code).with("path", path).at(Place::file(path.clone()))
}

/// What the system says of a folder, without the words that `walkdir` puts before it.
fn read_error(error: walkdir::Error) -> ReadError {
    let words = error.to_string();
    error.into_io_error().map_or(ReadError::Other(words), ReadError::from)
}

/// A file whose name cannot be used, shown so that it harms no terminal.
fn unsafe_name(name: &str, folder: RelPath) -> Diagnostic {
    let shown: String = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    Diagnostic::new(Code::UnsafeFileName).with("name", shown).with("folder", &folder).at(Place::file(folder))
}

/// Why a link could not be followed to its end.
pub(super) fn link_problem(path: &RelPath, error: &io::Error) -> Diagnostic {
    // ELOOP, whose `ErrorKind` is not stable: Linux, the BSDs and macOS, Windows.
    if matches!(error.raw_os_error(), Some(40 | 62 | 1921)) {
        return about(Code::SymlinkLoop, path);
    }
    match error.kind() {
        io::ErrorKind::NotFound => about(Code::UnreadableFile, path).with("reason", Arg::key("ui.read-dead-link")),
        kind => ReadError::from(io::Error::from(kind)).diagnostic(path),
    }
}
