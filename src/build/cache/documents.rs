//! The files of parsed documents: the facts and the text of each are records, added as soon as it is parsed.
//! Texts are most of what parsing gives, and only the pages that show them read them back; facts are small, and
//! all of them are read at once.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::KeptDocument;
use super::file::{encode, record, stored};
use crate::base::checksum::Checksum;
use crate::content::document::{Body, BodyPlace, Document, Stored};
use crate::render::Bodies;
use crate::source::Stamp;
use crate::source::disk_records::{RecordFile, RecordLog};
use crate::source::disk_write::{DiskError, WriteFolder};

/// What the names of the files begin with; a number follows.
const TEXTS: &str = "documents-";
const FACTS: &str = "facts-";

/// The files of parsed documents. A damaged text is noticed and remembered.
#[derive(Clone, Debug)]
pub(in crate::build) struct DocumentFiles(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    texts: RecordFile,
    /// Where the texts of this build begin: what it has put there itself need not be checked.
    own: u64,
    facts: RecordLog,
    damaged: AtomicBool,
}

/// The facts of all documents that earlier builds kept, as bytes.
pub(in crate::build) struct KeptFacts(Vec<u8>);

impl DocumentFiles {
    /// Opens the files of a number in a folder, making them where they are missing.
    pub(super) fn open(folder: &WriteFolder, number: u64) -> Result<Self, DiskError> {
        let [texts, facts] = [TEXTS, FACTS].map(|name| format!("{name}{number}"));
        let path = folder.path().join(&texts);
        let (texts, facts) = (RecordFile::open(folder, &texts)?, RecordLog::open(folder, &facts)?);
        let own = texts.length();
        Ok(Self(Arc::new(Inner { path, texts, own, facts, damaged: AtomicBool::new(false) })))
    }

    /// Removes the files of a number.
    pub(super) fn remove(folder: &WriteFolder, number: u64) -> Result<(), DiskError> {
        [TEXTS, FACTS].into_iter().try_for_each(|name| folder.remove_file(&format!("{name}{number}")))
    }

    /// Whether a name is that of such a file, of another number.
    pub(super) fn is_other(name: &str, number: u64) -> bool {
        let own = [TEXTS, FACTS].into_iter().find_map(|start| name.strip_prefix(start));
        own.is_some_and(|own| own != number.to_string())
    }

    /// Keeps a document: its text lies in the file from now on. Gives its record, which counts once all facts are
    /// flushed.
    pub(in crate::build) fn add(
        &self,
        document: &mut Document,
        stamp: Stamp,
    ) -> Result<Option<KeptDocument>, DiskError> {
        let Some(body) = self.put(document)? else { return Ok(None) };
        let facts = encode(&document.facts);
        let facts = stored(self.0.facts.append(&facts)?, &facts)?;
        let (path, lang, checksum) = (document.path.clone(), document.lang, document.checksum);
        Ok(Some(KeptDocument { path, lang, stamp, checksum, facts, body }))
    }

    /// Puts the text of a document into the file, unless it is in one already; tells where it is.
    pub(in crate::build) fn put(&self, document: &mut Document) -> Result<Option<Stored>, DiskError> {
        let BodyPlace::Memory(body) = &document.body else { return Ok(None) };
        let body = body.encode();
        let body = stored(self.0.texts.append(&body)?, &body)?;
        document.body = BodyPlace::Stored(body);
        Ok(Some(body))
    }

    /// Writes all facts that were added.
    pub(in crate::build) fn flush(&self) -> Result<(), DiskError> {
        self.0.facts.flush()
    }

    /// The facts that the file holds now.
    pub(in crate::build) fn facts(&self) -> KeptFacts {
        KeptFacts(self.0.facts.read())
    }

    /// Where the file of texts is.
    pub(in crate::build) fn path(&self) -> &Path {
        &self.0.path
    }

    /// The length of the files in bytes.
    pub(super) fn length(&self) -> u64 {
        self.0.texts.length() + self.0.facts.length()
    }

    /// Whether a text was found damaged.
    pub(in crate::build) fn is_damaged(&self) -> bool {
        self.0.damaged.load(Ordering::Relaxed)
    }
}

impl KeptFacts {
    /// The document of a record; `None` where its facts are damaged.
    pub(in crate::build) fn document(&self, kept: &KeptDocument) -> Option<Document> {
        let Stored { offset, length, checksum } = kept.facts;
        let start = usize::try_from(offset).ok()?;
        let record = self.0.get(start..start.checked_add(length as usize)?)?;
        let facts = (Checksum::of(record) == checksum).then(|| postcard::from_bytes(record).ok())??;
        let (path, lang, checksum) = (kept.path.clone(), kept.lang, kept.checksum);
        Some(Document { path, lang, facts, checksum, body: BodyPlace::Stored(kept.body) })
    }
}

impl DocumentFiles {
    /// The text of a record, if it is in this file and sound.
    pub(in crate::build) fn body(&self, stored: Stored) -> Option<Body> {
        let Inner { texts, own, .. } = &*self.0;
        let is_own = stored.offset >= *own;
        let text = if is_own { texts.read(stored.offset, stored.length) } else { record(texts, stored) };
        Body::decode(&text?)
    }
}

impl Bodies for DocumentFiles {
    fn read(&self, stored: Stored) -> Body {
        self.body(stored).unwrap_or_else(|| {
            self.0.damaged.store(true, Ordering::Relaxed);
            Body::default()
        })
    }
}
