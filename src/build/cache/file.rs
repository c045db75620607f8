//! The files of the cache: each says which program and which build wrote it. Long lists lie in chunks, each with its
//! own checksum, so that no such file is in memory as a whole; what describes them comes last.

use std::path::Path;

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::base::checksum::Checksum;
use crate::content::document::Stored;
use crate::source::disk_records::RecordFile;
use crate::source::disk_write::{DiskError, Replacement, WriteFolder};

/// What the end of every file of the cache begins with.
const MAGIC: &[u8; 8] = b"congso\0\x02";

/// What made a file: of another program nothing is read. `build.rs` makes it from all sources.
const PROGRAM: &str = env!("CONGSO_SOURCES");

/// How many items a chunk holds; chunks are encoded and decoded side by side.
const CHUNK: usize = 512;

/// How many chunks each thread decodes before they are put together: the memory of some serves the next ones.
const CHUNKS_AT_ONCE: usize = 4;

/// How many bytes the end of a file takes: which program and which build wrote it, and where its directory is, with
/// its length and checksum.
const END: u32 = 48;

/// The number of a build. The files of one build have one number, so that none is read together with
/// those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BuildNumber(pub u64);

/// Where the items of a list are in a file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct List(Vec<Chunk>);

#[derive(Debug, Serialize, Deserialize)]
struct Chunk {
    items: u32,
    place: Stored,
}

/// A file in the making, which has still to take its place.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    file: RecordFile,
    replacement: Replacement<'a>,
}

impl<'a> Writer<'a> {
    pub(super) fn begin(folder: &'a WriteFolder, name: &'a str) -> Result<Self, DiskError> {
        let (file, replacement) = RecordFile::replacing(folder, name)?;
        Ok(Self { file, replacement })
    }

    /// Adds a list.
    pub(super) fn list<T: Serialize + Sync>(&self, items: &[T]) -> Result<List, DiskError> {
        let chunk = |items: &[T]| Ok(Chunk { items: items.len() as u32, place: self.add(&encode(&items))? });
        items.par_chunks(CHUNK).map(chunk).collect::<Result<_, _>>().map(List)
    }

    /// Ends the file with what is not in its lists, and with where those are.
    pub(super) fn finish(self, build: BuildNumber, directory: &impl Serialize) -> Result<Replacement<'a>, DiskError> {
        let Stored { offset, length, checksum } = self.add(&encode(directory))?;
        let numbers = [Checksum::of(PROGRAM).0, build.0, offset, u64::from(length), checksum.0].map(u64::to_le_bytes);
        self.file.append(&[MAGIC.as_slice(), numbers.as_flattened()].concat())?;
        Ok(self.replacement)
    }

    fn add(&self, record: &[u8]) -> Result<Stored, DiskError> {
        stored(self.file.append(record)?, record)
    }
}

/// A file whose directory is sound.
pub(super) struct Reader(RecordFile);

impl Reader {
    /// The items of a list; `None` where any of them is damaged.
    pub(super) fn list<T: DeserializeOwned + Send>(&self, list: &List) -> Option<Vec<T>> {
        let mut items = Vec::with_capacity(list.0.iter().map(|chunk| chunk.items as usize).sum());
        for chunks in list.0.chunks(CHUNKS_AT_ONCE * rayon::current_num_threads()) {
            let decode = |chunk: &Chunk| postcard::from_bytes(&record(&self.0, chunk.place)?).ok();
            let lists: Option<Vec<Vec<T>>> = chunks.par_iter().map(decode).collect();
            lists?.into_iter().for_each(|list| items.extend(list));
        }
        Some(items)
    }
}

/// Reads a file of the cache: the number of its build, and what is made of its directory and its lists. `None` where
/// it is missing, damaged or from another program.
pub(super) fn read<D: DeserializeOwned, T>(
    folder: &Path,
    name: &str,
    decode: impl FnOnce(D, &Reader) -> Option<T>,
) -> Option<(BuildNumber, T)> {
    let reader = Reader(RecordFile::existing(&folder.join(name)).ok()?);
    let end = reader.0.read(reader.0.length().checked_sub(u64::from(END))?, END)?;
    let (numbers, _) = end.strip_prefix(MAGIC)?.as_chunks::<8>();
    let &[program, build, offset, length, checksum] = numbers else { return None };
    let [program, build, offset, length, checksum] = [program, build, offset, length, checksum].map(u64::from_le_bytes);
    // Nothing stands between the directory and the end.
    let is_whole = offset.checked_add(length)?.checked_add(u64::from(END)) == Some(reader.0.length());
    if program != Checksum::of(PROGRAM).0 || !is_whole {
        return None;
    }
    let directory = Stored { offset, length: u32::try_from(length).ok()?, checksum: Checksum(checksum) };
    let directory = postcard::from_bytes(&record(&reader.0, directory)?).ok()?;
    Some((BuildNumber(build), decode(directory, &reader)?))
}

/// A value as bytes.
pub(super) fn encode(value: &impl Serialize) -> Vec<u8> {
    // Numbers, text and lists in memory: this cannot fail. What a document says has about this length.
    postcard::to_extend(value, Vec::with_capacity(1 << 10)).unwrap_or_default()
}

/// Where a record is that was written at an offset.
pub(super) fn stored(offset: u64, record: &[u8]) -> Result<Stored, DiskError> {
    let length = u32::try_from(record.len()).map_err(|_| DiskError::Other("a text of 4 GB".to_owned()))?;
    Ok(Stored { offset, length, checksum: Checksum::of(record) })
}

/// The record at a place, if it is sound.
pub(super) fn record(file: &RecordFile, place: Stored) -> Option<Vec<u8>> {
    file.read(place.offset, place.length).filter(|record| Checksum::of(record.as_slice()) == place.checksum)
}
