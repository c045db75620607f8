//! The record face of the one gate to the file system: a file that grows by records and gives each back.

use std::fs::{File, OpenOptions};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

use super::disk::{self, Kind};
use super::disk_write::{DiskError, WriteFolder};

/// An open file of records. Many threads may append and read at the same time.
#[derive(Debug)]
pub struct RecordFile {
    file: File,
    end: AtomicU64,
}

impl RecordFile {
    /// Opens the file at a path in a folder, making it where it is missing; what is in it stays.
    ///
    /// # Errors
    /// [`DiskError::Symlink`] where it is a link; otherwise what the system says.
    pub fn open(folder: &WriteFolder, path: &str) -> Result<Self, DiskError> {
        let at = folder.place(path)?;
        match disk::kind(&at)? {
            Kind::Symlink => return Err(DiskError::Symlink(at)),
            Kind::File(_) | Kind::Missing => {}
            Kind::Folder | Kind::Special => return Err(super::ReadError::Special.into()),
        }
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(at)?;
        let end = AtomicU64::new(file.metadata()?.len());
        Ok(Self { file, end })
    }

    /// Its length in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.end.load(Ordering::Relaxed)
    }

    /// Adds a record; tells where it begins, in bytes.
    ///
    /// # Errors
    /// What the system says. What was written of the record stays as waste.
    pub fn append(&self, record: &[u8]) -> Result<u64, DiskError> {
        let offset = self.end.fetch_add(record.len() as u64, Ordering::Relaxed);
        write_at(&self.file, record, offset)?;
        Ok(offset)
    }

    /// The bytes from an offset on; `None` where the file is shorter or cannot be read.
    #[must_use]
    pub fn read(&self, offset: u64, length: u32) -> Option<Vec<u8>> {
        // A damaged length must not ask for memory that the file cannot fill.
        if offset.checked_add(u64::from(length))? > self.length() {
            return None;
        }
        let mut bytes = vec![0; length as usize];
        read_at(&self.file, &mut bytes, offset).ok()?;
        Some(bytes)
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, offset)?;
        bytes = bytes.get(written..).unwrap_or_default();
        offset += written as u64;
    }
    Ok(())
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = bytes.get_mut(read..).unwrap_or_default();
        offset += read as u64;
    }
    Ok(())
}
