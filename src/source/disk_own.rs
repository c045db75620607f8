//! The stage face of the one gate to the file system: new files below a folder that nobody else writes to. The way
//! to it is gone once, and nobody is asked for links on the way.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::Stamp;
use super::disk::{self, Kind};
use super::disk_write::{DiskError, unwritten};
use crate::base::hash::{ContentHash, ContentHasher};

/// A folder that this program has made itself and holds the lock for. All paths are relative to it, with `/`
/// between, and without `.` and `..`.
#[derive(Debug)]
pub struct OwnFolder {
    path: PathBuf,
    /// The open folder, from which the system finds its entries.
    #[cfg(unix)]
    open: File,
}

impl OwnFolder {
    /// The folder at a path, which is there.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(path: PathBuf) -> Result<Self, DiskError> {
        Ok(Self {
            #[cfg(unix)]
            open: File::open(&path)?,
            path,
        })
    }

    /// Writes a file that must not exist yet, in a folder that must. Tells the stamp of the file.
    ///
    /// # Errors
    /// What the system says; a file written in part is taken away again.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<Stamp, DiskError> {
        let mut file = self.create(path)?;
        file.write_all(bytes).map_err(|error| unwritten(&self.path.join(path), error))?;
        Ok(disk::stamp(&file.metadata()?))
    }

    /// Copies a regular file to a path that must not exist yet, and tells digest and stamp of what was written.
    ///
    /// # Errors
    /// What the system says; a file written in part is taken away again.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(ContentHash, Stamp), DiskError> {
        let mut source = disk::open(from)?;
        let mut target = self.create(path)?;
        let mut hasher = ContentHasher::default();
        let mut buffer = vec![0; 1 << 16];
        let mut copy = || -> io::Result<()> {
            loop {
                let read = source.read(&mut buffer)?;
                let bytes = buffer.get(..read).unwrap_or_default();
                if bytes.is_empty() {
                    return Ok(());
                }
                target.write_all(bytes)?;
                hasher.update(bytes);
            }
        };
        copy().map_err(|error| unwritten(&self.path.join(path), error))?;
        Ok((hasher.finish(), disk::stamp(&target.metadata()?)))
    }

    /// Makes a folder in one that is there. Another thread may have made it meanwhile.
    ///
    /// # Errors
    /// What the system says.
    pub fn make_folder(&self, path: &str) -> Result<(), DiskError> {
        match self.make(path) {
            Err(error) if disk::kind(&self.path.join(path)) != Ok(Kind::Folder) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Makes a file that must not exist; a link in its place counts as existing.
    #[cfg(unix)]
    fn create(&self, path: &str) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags, openat};
        let new = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let open = || openat(&self.open, path, new, Mode::from_raw_mode(0o666));
        // As the standard library does: file systems of a network may be interrupted.
        Ok(File::from(rustix::io::retry_on_intr(open)?))
    }

    #[cfg(unix)]
    fn make(&self, path: &str) -> io::Result<()> {
        Ok(rustix::fs::mkdirat(&self.open, path, rustix::fs::Mode::from_raw_mode(0o777))?)
    }

    #[cfg(not(unix))]
    fn create(&self, path: &str) -> io::Result<File> {
        std::fs::OpenOptions::new().write(true).create_new(true).open(self.path.join(path))
    }

    #[cfg(not(unix))]
    fn make(&self, path: &str) -> io::Result<()> {
        std::fs::create_dir(self.path.join(path))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_are_new_and_whole() {
        let dir = tempfile::tempdir().unwrap();
        let from = dir.path().join("from");
        fs::write(&from, vec![b'z'; 100_000]).unwrap();
        fs::create_dir(dir.path().join("own")).unwrap();
        let folder = OwnFolder::open(dir.path().join("own")).unwrap();
        folder.make_folder("a").unwrap();
        folder.make_folder("a").unwrap();
        assert!(folder.make_folder("b/c").is_err());
        let stamp = folder.write("a/x", b"1").unwrap();
        assert_eq!((Some(stamp), stamp.size), (disk::stamp_of(&dir.path().join("own/a/x")), 1));
        assert!(folder.write("a/x", b"2").is_err());
        assert!(folder.make_folder("a/x").is_err());
        assert!(folder.write("b/x", b"2").is_err());
        let (digest, stamp) = folder.copy("a/z", &from).unwrap();
        assert_eq!((stamp.size, digest), (100_000, ContentHash::of(&[b'z'; 100_000])));
        assert!(folder.copy("a/x", &from).is_err());
        assert_eq!(fs::read_to_string(dir.path().join("own/a/x")).unwrap(), "1");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("other"), "theirs").unwrap();
        let folder = OwnFolder::open(dir.path().to_owned()).unwrap();
        std::os::unix::fs::symlink("other", dir.path().join("link")).unwrap();
        assert!(folder.write("link", b"2").is_err());
        assert_eq!(fs::read_to_string(dir.path().join("other")).unwrap(), "theirs");
    }
}
