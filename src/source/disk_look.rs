//! Looks at many entries of one folder: the way to it is gone once.

use std::path::{Path, PathBuf};

use super::{Stamp, disk};

/// A folder whose entries are looked at. A link at the end of a path is not followed.
pub struct LookFolder {
    path: PathBuf,
    /// The open folder, from which the system finds its entries; none where it cannot be opened.
    #[cfg(unix)]
    open: Option<std::fs::File>,
}

impl LookFolder {
    /// The folder at a path.
    #[must_use]
    pub fn open(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            #[cfg(unix)]
            open: std::fs::File::open(path).ok(),
        }
    }

    /// The stamp of the regular file at a path from here, with `/` between.
    #[must_use]
    pub fn stamp_of(&self, path: &str) -> Option<Stamp> {
        #[cfg(unix)]
        if let Some(open) = &self.open {
            return unix::look(open, path).filter(|seen| seen.is_file).map(|seen| seen.stamp);
        }
        disk::stamp_of(&self.path.join(path))
    }

    /// When an entry came to or went from the folder at a path from here, empty for this one; in nanoseconds
    /// since the epoch. `None` where there is no folder or the system does not tell.
    #[must_use]
    pub fn folder_time(&self, path: &str) -> Option<i64> {
        #[cfg(unix)]
        if let Some(open) = &self.open {
            let seen = unix::look(open, if path.is_empty() { "." } else { path }).filter(|seen| seen.is_folder);
            return seen.map(|seen| seen.stamp.modified).filter(|time| *time != 0);
        }
        disk::folder_time(&self.path.join(path))
    }
}

#[cfg(unix)]
mod unix {
    use std::fs::File;

    use rustix::fs::{AtFlags, FileType, statat};

    use crate::source::{Stamp, nanoseconds};

    /// An entry as the system tells of it.
    pub(super) struct Seen {
        pub is_file: bool,
        pub is_folder: bool,
        pub stamp: Stamp,
    }

    #[allow(clippy::unnecessary_cast, reason = "the numbers have other types on other systems")]
    pub(super) fn look(folder: &File, path: &str) -> Option<Seen> {
        let seen = statat(folder, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let kind = FileType::from_raw_mode(seen.st_mode);
        Some(Seen {
            is_file: kind.is_file(),
            is_folder: kind.is_dir(),
            stamp: Stamp {
                size: seen.st_size as u64,
                modified: nanoseconds(seen.st_mtime as i64, seen.st_mtime_nsec as i64),
                changed: nanoseconds(seen.st_ctime as i64, seen.st_ctime_nsec as i64),
                inode: seen.st_ino as u64,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn it_sees_what_a_look_at_each_path_sees() {
        let dir = tempfile::tempdir().unwrap();
        let base = dir.path();
        fs::create_dir_all(base.join("a/b")).unwrap();
        fs::write(base.join("a/b/ữ.html"), "x").unwrap();
        let folder = LookFolder::open(base);
        for path in ["", "a", "a/b", "a/b/ữ.html", "none", "a/b/ữ.html/x"] {
            assert_eq!(folder.stamp_of(path), disk::stamp_of(&base.join(path)), "{path}");
            assert_eq!(folder.folder_time(path), disk::folder_time(&base.join(path)), "{path}");
        }
        assert!(folder.stamp_of("a/b/ữ.html").is_some() && folder.folder_time("a/b").is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_neither_file_nor_folder() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "x").unwrap();
        for target in ["file", "."] {
            std::os::unix::fs::symlink(target, dir.path().join("link")).unwrap();
            let folder = LookFolder::open(dir.path());
            assert_eq!((folder.stamp_of("link"), folder.folder_time("link")), (None, None), "{target}");
            fs::remove_file(dir.path().join("link")).unwrap();
        }
    }
}
