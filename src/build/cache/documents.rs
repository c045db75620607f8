//! The file of parsed documents: the facts and the text of each are records of their own, added as soon
//! as it is parsed. Texts are most of what parsing gives, and only the pages that show them read them
//! back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::KeptDocument;
use super::file::encode_onto;
use crate::base::checksum::Checksum;
use crate::content::document::{Body, BodyPlace, Document, Facts, Stored};
use crate::render::Bodies;
use crate::source::Stamp;
use crate::source::disk_records::RecordFile;
use crate::source::disk_write::{DiskError, WriteFolder};

/// The file of parsed documents. A damaged text is noticed and remembered.
#[derive(Clone, Debug)]
pub(in crate::build) struct DocumentFile(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    records: RecordFile,
    damaged: AtomicBool,
}

impl DocumentFile {
    /// Opens the file of a name in a folder, making it where it is missing.
    pub(super) fn open(folder: &WriteFolder, name: &str) -> Result<Self, DiskError> {
        let (path, records) = (folder.path().join(name), RecordFile::open(folder, name)?);
        Ok(Self(Arc::new(Inner { path, records, damaged: AtomicBool::new(false) })))
    }

    /// Keeps a document: its text lies in the file from now on. Gives its record.
    pub(in crate::build) fn add(
        &self,
        document: &mut Document,
        stamp: Stamp,
    ) -> Result<Option<KeptDocument>, DiskError> {
        let BodyPlace::Memory(body) = &document.body else { return Ok(None) };
        // Both with one call to the system.
        let body = body.encode();
        let length = body.len();
        let record = encode_onto(body, &document.facts);
        let (body, facts) = record.split_at_checked(length).unwrap_or_default();
        let offset = self.0.records.append(&record)?;
        let (body, facts) = (stored(offset, body)?, stored(offset + length as u64, facts)?);
        document.body = BodyPlace::Stored(body);
        let (path, lang, checksum) = (document.path.clone(), document.lang, document.checksum);
        Ok(Some(KeptDocument { path, lang, stamp, checksum, facts, body }))
    }

    /// The document of a record; `None` where its facts are damaged.
    pub(in crate::build) fn document(&self, kept: &KeptDocument) -> Option<Document> {
        let facts: Facts = postcard::from_bytes(&self.record(kept.facts)?).ok()?;
        let (path, lang, checksum) = (kept.path.clone(), kept.lang, kept.checksum);
        Some(Document { path, lang, facts, checksum, body: BodyPlace::Stored(kept.body) })
    }

    /// Where the file is.
    pub(in crate::build) fn path(&self) -> &Path {
        &self.0.path
    }

    /// The length of the file in bytes.
    pub(super) fn length(&self) -> u64 {
        self.0.records.length()
    }

    /// Whether a text was found damaged.
    pub(in crate::build) fn is_damaged(&self) -> bool {
        self.0.damaged.load(Ordering::Relaxed)
    }

    fn record(&self, stored: Stored) -> Option<Vec<u8>> {
        let record = self.0.records.read(stored.offset, stored.length)?;
        (Checksum::of(record.as_slice()) == stored.checksum).then_some(record)
    }
}

/// Where a record is that was written at an offset.
fn stored(offset: u64, record: &[u8]) -> Result<Stored, DiskError> {
    let length = u32::try_from(record.len()).map_err(|_| DiskError::Other("a text of 4 GB".to_owned()))?;
    Ok(Stored { offset, length, checksum: Checksum::of(record) })
}

impl DocumentFile {
    /// The text of a record, if it is in this file and sound.
    pub(in crate::build) fn body(&self, stored: Stored) -> Option<Body> {
        Body::decode(&self.record(stored)?)
    }
}

impl Bodies for DocumentFile {
    fn read(&self, stored: Stored) -> Body {
        self.body(stored).unwrap_or_else(|| {
            self.0.damaged.store(true, Ordering::Relaxed);
            Body::default()
        })
    }
}
