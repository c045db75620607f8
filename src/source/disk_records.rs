//! The record face of the one gate to the file system: files that grow by records and give them back, each or all.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::ReadError;
use super::disk::{self, Kind};
use super::disk_write::{DiskError, Durability, Replacement, WriteFolder};

/// How many bytes a log holds back at most before it writes them.
const HELD_BACK: usize = 1 << 20;

/// How many bytes of a log a worker reads at a time.
const READ_AT_ONCE: usize = 1 << 20;

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
        let (file, length) = open(folder, path)?;
        Ok(Self { file, end: AtomicU64::new(length) })
    }

    /// A new file, which has still to take the place of that at a path in a folder.
    ///
    /// # Errors
    /// As those of [`WriteFolder::prepare`].
    pub fn replacing<'a>(folder: &'a WriteFolder, path: &'a str) -> Result<(Self, Replacement<'a>), DiskError> {
        let (file, replacement) = folder.begin(path, Durability::Lazy)?;
        Ok((Self { file, end: AtomicU64::new(0) }, replacement))
    }

    /// Opens a file to read what is in it.
    ///
    /// # Errors
    /// What is no file is refused; otherwise what the system says.
    pub fn existing(path: &Path) -> Result<Self, ReadError> {
        let (file, length) = disk::open_plain(path)?;
        Ok(Self { file, end: AtomicU64::new(length) })
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

/// An open file of small records, which are read back all together. Many threads may append at the same time.
#[derive(Debug)]
pub struct RecordLog {
    file: File,
    held: Mutex<HeldBack>,
}

/// What a log has still to write.
#[derive(Debug)]
struct HeldBack {
    /// Where it will be, in bytes.
    start: u64,
    records: Vec<u8>,
}

impl RecordLog {
    /// Opens the log at a path in a folder, making it where it is missing; what is in it stays.
    ///
    /// # Errors
    /// [`DiskError::Symlink`] where it is a link; otherwise what the system says.
    pub fn open(folder: &WriteFolder, path: &str) -> Result<Self, DiskError> {
        let (file, start) = open(folder, path)?;
        Ok(Self { file, held: Mutex::new(HeldBack { start, records: Vec::new() }) })
    }

    /// Its length in bytes, with what is held back.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.held().end()
    }

    /// Adds a record; tells where it begins, in bytes. It is in the file after [`RecordLog::flush`] at the latest.
    ///
    /// # Errors
    /// What the system says of records held back so far.
    pub fn append(&self, record: &[u8]) -> Result<u64, DiskError> {
        let mut held = self.held();
        let offset = held.end();
        held.records.extend(record);
        if held.records.len() < HELD_BACK {
            return Ok(offset);
        }
        self.write(held)?;
        Ok(offset)
    }

    /// Writes what was held back.
    ///
    /// # Errors
    /// What the system says. What was written of the records stays as waste.
    pub fn flush(&self) -> Result<(), DiskError> {
        self.write(self.held())
    }

    /// All that is in the file; nothing where it cannot be read.
    #[must_use]
    pub fn read(&self) -> Vec<u8> {
        let start = self.held().start;
        let mut bytes = vec![0; usize::try_from(start).unwrap_or_default()];
        let parts = bytes.par_chunks_mut(READ_AT_ONCE).enumerate();
        match parts.try_for_each(|(number, part)| read_at(&self.file, part, (number * READ_AT_ONCE) as u64)) {
            Ok(()) => bytes,
            Err(_) => Vec::new(),
        }
    }

    fn write(&self, mut held: MutexGuard<'_, HeldBack>) -> Result<(), DiskError> {
        let start = held.start;
        held.start = held.end();
        let records = std::mem::take(&mut held.records);
        // Others go on in the meantime.
        drop(held);
        Ok(write_at(&self.file, &records, start)?)
    }

    fn held(&self) -> MutexGuard<'_, HeldBack> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HeldBack {
    fn end(&self) -> u64 {
        self.start + self.records.len() as u64
    }
}

/// Opens a file to be read and written, making it where it is missing; tells its length in bytes.
fn open(folder: &WriteFolder, path: &str) -> Result<(File, u64), DiskError> {
    let at = folder.place(path)?;
    match disk::kind(&at)? {
        Kind::Symlink => return Err(DiskError::Symlink(at)),
        Kind::File(_) | Kind::Missing => {}
        Kind::Folder | Kind::Special => return Err(super::ReadError::Special.into()),
    }
    let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(at)?;
    let length = file.metadata()?.len();
    Ok((file, length))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_gives_back_what_many_threads_have_put_in() {
        let folder = tempfile::tempdir().unwrap();
        let folder = WriteFolder::create(folder.path()).unwrap();
        let log = RecordLog::open(&folder, "log").unwrap();
        let record = |number: usize| vec![number as u8; 1 + number * 37 % 5000];
        // More than is held back or read at once.
        let numbers = || (0..2000_usize).into_par_iter();
        let put: Vec<u64> = numbers().map(|number| log.append(&record(number)).unwrap()).collect();
        log.flush().unwrap();
        let length: usize = numbers().map(|number| record(number).len()).sum();
        assert!(length > 3 * HELD_BACK && log.length() == length as u64);

        let again = RecordLog::open(&folder, "log").unwrap();
        let after = again.append(b"new").unwrap();
        assert_eq!((after, again.length()), (length as u64, length as u64 + 3));
        // What is not flushed is not in the file yet.
        let all = again.read();
        assert_eq!(all.len(), length);
        for (number, offset) in put.into_iter().enumerate() {
            let expected = record(number);
            assert_eq!(all.get(offset as usize..).unwrap().get(..expected.len()), Some(expected.as_slice()));
        }
    }
}
