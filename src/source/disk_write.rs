//! The write face of the one gate to the file system: every change happens below a given folder and
//! never through a symbolic link.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use super::ReadError;
use super::disk::{self, Kind};

/// What `replace` writes before it renames; ignored by listings because it is hidden.
const TEMPORARY: &str = ".congso-tmp";

/// Why something could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiskError {
    /// The disk, or the share of it the user may fill, is full.
    Full,
    /// The system does not allow it, or the disk is read-only.
    Denied,
    /// A symbolic link is in the way; nothing is written through it.
    Symlink(PathBuf),
    /// Anything else, in the system's words.
    Other(String),
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("the disk is full"),
            Self::Denied => f.write_str("permission denied"),
            Self::Symlink(path) => write!(f, "{} is a symbolic link", path.display()),
            Self::Other(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for DiskError {}

impl From<io::Error> for DiskError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Denied,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<ReadError> for DiskError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Denied => Self::Denied,
            ReadError::Other(words) => Self::Other(words),
            ReadError::Missing => Self::Other("no such file".to_owned()),
            ReadError::Outside | ReadError::Special => Self::Other("not a regular file".to_owned()),
        }
    }
}

/// Whether a write waits until the bytes are safe from a loss of power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// The system writes when it likes.
    Lazy,
    /// The bytes are on the disk when the call returns.
    Synced,
}

/// A folder below which the program may write. All paths are relative to it, with `/` between, and
/// without `.` and `..`.
#[derive(Clone, Debug)]
pub struct WriteFolder {
    base: PathBuf,
}

/// A new file that has not taken its place yet. Dropped without [`Replacement::finish`], it is gone.
#[derive(Debug)]
pub struct Replacement<'a> {
    folder: &'a WriteFolder,
    path: &'a str,
    temporary: String,
    durability: Durability,
}

impl Replacement<'_> {
    /// Puts the file in its place.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<(), DiskError> {
        self.folder.rename(&self.temporary, self.path)?;
        if self.durability == Durability::Synced {
            sync_folder(&self.folder.place(self.path)?);
        }
        Ok(())
    }
}

impl Drop for Replacement<'_> {
    fn drop(&mut self) {
        // Best effort: the next one clears what stays. Where it has taken its place, nothing is there.
        let _ = self.folder.remove_file(&self.temporary);
    }
}

/// A lock on a file, given back when it is dropped or the program ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// The time on the clock of the file system, in nanoseconds since the epoch: that of a byte which is
    /// written into the file.
    ///
    /// # Errors
    /// What the system says.
    pub fn time(&self) -> Result<i64, DiskError> {
        (&self.file).write_all(b"\n")?;
        let time = disk::stamp(&self.file.metadata()?).modified;
        self.file.set_len(0)?;
        Ok(time)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a program that is just being started has a copy of it.
        let _ = self.file.unlock();
    }
}

impl WriteFolder {
    /// Takes a folder, making it and those above it where they are missing.
    ///
    /// # Errors
    /// [`DiskError::Symlink`] if the folder itself is a link; otherwise what the system says.
    pub fn create(base: &Path) -> Result<Self, DiskError> {
        match disk::kind(base)? {
            Kind::Symlink => return Err(DiskError::Symlink(base.to_owned())),
            Kind::Folder => {}
            _ => fs::create_dir_all(base)?,
        }
        Ok(Self { base: base.to_owned() })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.base
    }

    /// Where an entry lies, after making sure that no folder on the way to it is a link.
    ///
    /// # Errors
    /// [`DiskError::Symlink`] where one is.
    pub fn place(&self, path: &str) -> Result<PathBuf, DiskError> {
        let mut at = self.base.clone();
        let mut parts = Path::new(path).components().peekable();
        while let Some(part) = parts.next() {
            let Component::Normal(name) = part else { return Err(DiskError::Other(format!("unsafe path: {path}"))) };
            at.push(name);
            if parts.peek().is_some() && disk::kind(&at)? == Kind::Symlink {
                return Err(DiskError::Symlink(at));
            }
        }
        Ok(at)
    }

    /// Makes a folder and those above it; the empty path is the base.
    ///
    /// # Errors
    /// [`DiskError::Symlink`] where one of them is a link; otherwise what the system says.
    pub fn create_folder(&self, folder: &str) -> Result<(), DiskError> {
        let at = self.place(folder)?;
        match disk::kind(&at)? {
            Kind::Symlink => Err(DiskError::Symlink(at)),
            Kind::Folder => Ok(()),
            _ => Ok(fs::create_dir_all(at)?),
        }
    }

    /// Writes a file that must not exist yet, in a folder that must.
    ///
    /// # Errors
    /// What the system says; a file written in part is taken away again.
    pub fn write_new(&self, path: &str, bytes: &[u8], durability: Durability) -> Result<(), DiskError> {
        let at = self.place(path)?;
        let mut file = create(&at)?;
        fill(&mut file, bytes, durability).map_err(|error| unwritten(&at, error))
    }

    /// Writes a file whole or not at all, whatever is there: into a new file beside it, which then
    /// takes its place with its permissions.
    ///
    /// # Errors
    /// [`DiskError::Symlink`] where the file is a link; otherwise what the system says.
    pub fn replace(&self, path: &str, bytes: &[u8], durability: Durability) -> Result<(), DiskError> {
        self.prepare(path, bytes, durability)?.finish()
    }

    /// Does the first half of [`WriteFolder::replace`]: all of it that takes time or room on the disk.
    ///
    /// # Errors
    /// As there.
    pub fn prepare<'a>(
        &'a self,
        path: &'a str,
        bytes: &[u8],
        durability: Durability,
    ) -> Result<Replacement<'a>, DiskError> {
        let (mut file, replacement) = self.begin(path, durability)?;
        fill(&mut file, bytes, durability)?;
        Ok(replacement)
    }

    /// Makes the file of a replacement, with the permissions of the file whose place it will take.
    pub(super) fn begin<'a>(
        &'a self,
        path: &'a str,
        durability: Durability,
    ) -> Result<(File, Replacement<'a>), DiskError> {
        let at = self.place(path)?;
        if disk::kind(&at)? == Kind::Symlink {
            return Err(DiskError::Symlink(at));
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let temporary = format!("{folder}{}.{name}{TEMPORARY}", if folder.is_empty() { "" } else { "/" });
        self.remove_file(&temporary)?;
        let file = create(&self.place(&temporary)?)?;
        let replacement = Replacement { folder: self, path, temporary, durability };
        if let Ok(meta) = fs::metadata(&at) {
            file.set_permissions(meta.permissions())?;
        }
        Ok((file, replacement))
    }

    /// Moves a file, in place of whatever file or link is there; both folders must exist.
    ///
    /// # Errors
    /// What the system says.
    pub fn rename(&self, from: &str, to: &str) -> Result<(), DiskError> {
        Ok(fs::rename(self.place(from)?, self.place(to)?)?)
    }

    /// Removes a file or link; none is no error.
    ///
    /// # Errors
    /// What the system says.
    pub fn remove_file(&self, path: &str) -> Result<(), DiskError> {
        absent_is_fine(fs::remove_file(self.place(path)?))
    }

    /// Removes a folder if it is there and empty; tells whether it is gone.
    ///
    /// # Errors
    /// What the system says.
    pub fn remove_empty_folder(&self, folder: &str) -> Result<bool, DiskError> {
        match fs::remove_dir(self.place(folder)?) {
            Ok(()) => Ok(true),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound => Ok(true),
                io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory => Ok(false),
                _ => Err(error.into()),
            },
        }
    }

    /// Removes a folder with all in it; links in it are removed, never followed.
    ///
    /// # Errors
    /// [`DiskError::Symlink`] where it is a link; otherwise what the system says.
    pub fn remove_tree(&self, folder: &str) -> Result<(), DiskError> {
        let at = self.place(folder)?;
        match disk::kind(&at)? {
            Kind::Symlink => Err(DiskError::Symlink(at)),
            Kind::Folder => absent_is_fine(fs::remove_dir_all(at)),
            _ => absent_is_fine(fs::remove_file(at)),
        }
    }

    /// Takes the lock that a file stands for, making the file; `None` where another process (or
    /// another part of this one) has it. Where the file system knows no locks, there is none.
    ///
    /// # Errors
    /// [`DiskError::Symlink`] where the file is a link; otherwise what the system says.
    pub fn lock(&self, path: &str) -> Result<Option<Lock>, DiskError> {
        let at = self.place(path)?;
        match disk::kind(&at)? {
            Kind::Symlink => return Err(DiskError::Symlink(at)),
            Kind::File(_) | Kind::Missing => {}
            Kind::Folder | Kind::Special => return Err(ReadError::Special.into()),
        }
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(at)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Some(Lock { file })),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// Makes a file that must not exist; a link in its place counts as existing.
fn create(at: &Path) -> Result<File, DiskError> {
    Ok(OpenOptions::new().write(true).create_new(true).open(at)?)
}

/// Writes all there is to a new file.
fn fill(file: &mut File, bytes: &[u8], durability: Durability) -> io::Result<()> {
    file.write_all(bytes)?;
    if durability == Durability::Synced { file.sync_all() } else { Ok(()) }
}

/// Takes away a new file that could not be written to its end, and gives the reason on.
pub(super) fn unwritten(at: &Path, error: io::Error) -> DiskError {
    // Best effort: the first error is the one to tell.
    let _ = fs::remove_file(at);
    error.into()
}

fn absent_is_fine(result: io::Result<()>) -> Result<(), DiskError> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Makes a rename safe from a loss of power, where folders can be synced; elsewhere the journal of
/// the file system does it.
fn sync_folder(file: &Path) {
    #[cfg(unix)]
    if let Some(folder) = file.parent()
        && let Ok(folder) = File::open(folder)
    {
        // Best effort: some network file systems do not know it.
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = file;
}

#[cfg(test)]
mod tests;
