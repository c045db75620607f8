//! The read face of the one gate to the file system: the workspace on disk, and looks at single
//! files. Nothing is opened that is not a regular file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use rayon::prelude::*;

pub use super::disk_list::Followed;
use super::disk_list::{Folder, Scan, Way, link_problem, path_of};
use super::{Listing, ReadError, Stamp, Workspace};
use crate::base::path::RelPath;

/// Files up to this size are read at once, larger ones piece by piece: 1 MiB.
const AT_ONCE: usize = 1 << 20;

/// A workspace on disk.
#[derive(Debug)]
pub struct DiskWorkspace {
    /// The real path of its folder.
    root: PathBuf,
    /// What listings have seen. No lock is held while anything else runs.
    known: RwLock<Known>,
}

/// What listings have seen of the ways to files.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Where the files and folders lie whose name on disk is not in NFC, as macOS and some archive
    /// programs write them.
    pub renamed: BTreeMap<RelPath, PathBuf>,
    /// The folders that lie at their own names, with no link on the way: what is in them need not be
    /// looked for step by step.
    pub plain: BTreeSet<RelPath>,
    /// What is in them and is neither folder nor file.
    pub odd: BTreeSet<RelPath>,
}

impl DiskWorkspace {
    /// The workspace in a folder.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        Self { root: fs::canonicalize(&root).unwrap_or(root), known: RwLock::default() }
    }

    /// The real path of the folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The symbolic links that a listing of a folder follows; the folder may be one itself.
    #[must_use]
    pub fn followed(&self, folder: &RelPath) -> Vec<Followed> {
        let start = self.place(folder);
        let mut links = self.scan(folder).followed;
        if let (Ok(Kind::Symlink), Ok(target)) = (kind(&start), fs::canonicalize(&start))
            && target.starts_with(&self.root)
        {
            links.push(Followed { path: folder.clone(), target });
        }
        links
    }

    /// Walks through a folder.
    fn scan(&self, folder: &RelPath) -> Scan<'_> {
        let mut scan = Scan::new(&self.root);
        let start = self.place(folder);
        let from = |way| Folder { path: folder.clone(), at: start.clone(), way };
        match fs::canonicalize(&start) {
            Ok(real) if real == path_of(folder, &self.root) => scan.walk(from(Way::Plain)),
            Ok(real) if real.starts_with(&self.root) => scan.walk(from(Way::Bent)),
            Ok(_) => scan.found.push(ReadError::Outside.diagnostic(folder)),
            // A portal without that folder; a link that leads nowhere is another thing.
            Err(_) if kind(&start) == Ok(Kind::Missing) => {}
            Err(error) => scan.found.push(link_problem(folder, &error)),
        }
        scan
    }

    /// Where an entry lies, links not yet followed.
    fn place(&self, path: &RelPath) -> PathBuf {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.renamed.get(path).cloned().unwrap_or_else(|| path.on_disk(&self.root))
    }

    /// Where an entry lies to which no link leads, as far as a listing has seen; it may itself have
    /// become anything since.
    fn plain(&self, path: &RelPath) -> Option<PathBuf> {
        let (folder, _) = path.as_str().rsplit_once('/')?;
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let plain = known.plain.contains(folder) && !known.odd.contains(path) && !known.renamed.contains_key(path);
        plain.then(|| path.on_disk(&self.root))
    }

    /// Where a regular file lies, every link followed.
    fn regular(&self, path: &RelPath) -> Result<PathBuf, ReadError> {
        if let Some(place) = self.plain(path).and_then(|place| must_be_file(place).ok()) {
            return Ok(place);
        }
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
        let (listing, seen) = self.scan(folder).finish();
        let below = |path: &RelPath| path == folder || path.strip_prefix(folder.as_str()).is_some();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.renamed.retain(|path, _| path == folder || !below(path));
        known.plain.retain(|path| !below(path));
        known.odd.retain(|path| !below(path));
        known.renamed.extend(seen.renamed);
        known.plain.extend(seen.plain);
        known.odd.extend(seen.odd);
        listing
    }

    fn read(&self, path: &RelPath) -> Result<Vec<u8>, ReadError> {
        match self.plain(path).map(|place| open_plain(&place)) {
            Some(Ok((file, size))) => Ok(read_whole(file, size)?),
            _ => Ok(fs::read(self.regular(path)?)?),
        }
    }

    fn disk_path(&self, path: &RelPath) -> Option<PathBuf> {
        self.regular(path).ok()
    }

    fn stamp(&self, path: &RelPath) -> Option<Stamp> {
        fs::metadata(self.regular(path).ok()?).ok().map(|meta| stamp(&meta))
    }
}

/// The stamp of a file.
pub(super) fn stamp(meta: &fs::Metadata) -> Stamp {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;

        use super::nanoseconds;
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
        let modified = since.map(|since| i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)).unwrap_or_default();
        Stamp { size: meta.len(), modified, ..Stamp::default() }
    }
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

/// The stamp of the regular file at a path itself; `None` where there is none.
#[must_use]
pub fn stamp_of(path: &Path) -> Option<Stamp> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|meta| stamp(&meta))
}

/// When an entry came to or went from the folder at a path itself, in nanoseconds since the epoch;
/// `None` where there is no folder or the system does not tell.
#[must_use]
pub fn folder_time(path: &Path) -> Option<i64> {
    let meta = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_dir)?;
    Some(stamp(&meta).modified).filter(|time| *time != 0)
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

/// Opens a regular file that lies at a path itself, and tells its size: a link at the end of the path
/// is not followed, and what is no file is not waited for.
pub(super) fn open_plain(path: &Path) -> Result<(File, u64), ReadError> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    #[cfg(not(unix))]
    must_be_file(path.to_owned())?;
    let file = options.open(path)?;
    let meta = file.metadata()?;
    if meta.is_file() { Ok((file, meta.len())) } else { Err(ReadError::Special) }
}

/// The bytes of an open file of about that size.
fn read_whole(mut file: File, size: u64) -> io::Result<Vec<u8>> {
    // Room for one byte more than there should be: if it stays free, this was all.
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let mut bytes = vec![0; if size < AT_ONCE { size + 1 } else { 0 }];
    if !bytes.is_empty() {
        let read = file.read(&mut bytes).ok();
        bytes.truncate(read.unwrap_or_default());
        if read == Some(size) {
            return Ok(bytes);
        }
    }
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Everything below a folder by its path from there, with `/` between; links are not followed, and
/// top-level folders named in `closed` are not entered. A name that is not UTF-8 is shown with
/// replacement characters; a folder that may not be read is shown as empty.
///
/// # Errors
/// [`ReadError`] where the system fails.
pub fn tree(base: &Path, closed: &[&str]) -> Result<BTreeMap<String, Kind>, ReadError> {
    Ok(scan(base, closed)?.into_iter().map(|(path, kind, _)| (path, kind)).collect())
}

/// Everything below a folder as [`tree`] gives it, in no order, files with their stamps. One look at
/// each folder and file.
///
/// # Errors
/// [`ReadError`] where the system fails.
pub fn scan(base: &Path, closed: &[&str]) -> Result<Vec<(String, Kind, Stamp)>, ReadError> {
    let mut found = Vec::new();
    let mut level = vec![(base.to_owned(), String::new())];
    while !level.is_empty() {
        // A portal has a folder for each page: reading them is most of the cost of a build that
        // changes nothing, so the folders of one depth are read side by side.
        let look = |(dir, prefix): &(PathBuf, String)| children(dir, prefix);
        let entries: Vec<_> = level.par_iter().map(look).collect::<Result<_, _>>()?;
        level.clear();
        for Child { path, kind, stamp } in entries.into_iter().flatten() {
            if kind == Kind::Folder && !closed.contains(&path.as_str()) {
                level.push((base.join(&path), path.clone()));
            }
            found.push((path, kind, stamp));
        }
    }
    Ok(found)
}

/// The entries of a folder by name, sorted; empty where there is no such folder.
///
/// # Errors
/// [`ReadError`] where the system fails.
pub fn entries(folder: &Path) -> Result<Vec<(String, Kind)>, ReadError> {
    let mut entries: Vec<_> = children(folder, "")?.into_iter().map(|child| (child.path, child.kind)).collect();
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(entries)
}

/// An entry of a folder.
struct Child {
    /// Its path from the base.
    path: String,
    kind: Kind,
    /// Of a file; else all 0.
    stamp: Stamp,
}

fn children(dir: &Path, prefix: &str) -> Result<Vec<Child>, ReadError> {
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
        let path = if prefix.is_empty() { name.into_owned() } else { [prefix, "/", &name].concat() };
        let (kind, stamp) = match entry.file_type()? {
            kind if kind.is_dir() => (Kind::Folder, Stamp::default()),
            kind if kind.is_file() => match entry.metadata() {
                Ok(meta) => (Kind::File(meta.len()), stamp(&meta)),
                Err(_) => (Kind::File(0), Stamp::default()),
            },
            kind if kind.is_symlink() => (Kind::Symlink, Stamp::default()),
            _ => (Kind::Special, Stamp::default()),
        };
        entries.push(Child { path, kind, stamp });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests;
