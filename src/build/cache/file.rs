//! The files of the cache: each says which program and which build wrote it, and is read whole or not at
//! all.

use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::checksum::Checksum;
use crate::base::lists::joined;
use crate::source::disk;
use crate::source::disk_write::{DiskError, Durability, Replacement, WriteFolder};

/// What every file of the cache begins with.
const MAGIC: &[u8; 8] = b"congso\0\x01";

/// What made a file: of another program nothing is read. `build.rs` makes it from all sources.
const PROGRAM: &str = env!("CONGSO_SOURCES");

/// How many items a chunk holds; chunks are encoded and decoded side by side.
const CHUNK: usize = 512;

/// The number of a build. The files of one build have one number, so that none is read together with
/// those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub(super) struct BuildNumber(pub u64);

/// How many bytes the head of a file takes: which program and which build wrote it, and a checksum.
const HEAD: usize = 32;

/// A file in the making: room for its head, behind which goes what it holds.
pub(super) fn begin() -> Vec<u8> {
    vec![0; HEAD]
}

/// Writes a file of the cache that was made from [`begin`]; it has still to take its place.
pub(super) fn prepare<'a>(
    folder: &'a WriteFolder,
    name: &'a str,
    build: BuildNumber,
    mut bytes: Vec<u8>,
) -> Result<Replacement<'a>, DiskError> {
    if let Some((head, payload)) = bytes.split_first_chunk_mut::<HEAD>() {
        let numbers = [Checksum::of(PROGRAM).0, build.0, Checksum::of(&*payload).0].map(u64::to_le_bytes);
        let filled = MAGIC.iter().chain(numbers.as_flattened());
        head.iter_mut().zip(filled).for_each(|(place, byte)| *place = *byte);
    }
    folder.prepare(name, &bytes, Durability::Lazy)
}

/// Reads a file of the cache: the number of its build, and what is decoded of what it holds. `None` where
/// it is missing, damaged or from another program.
pub(super) fn read<T>(folder: &Path, name: &str, decode: impl FnOnce(&[u8]) -> T) -> Option<(BuildNumber, T)> {
    let bytes = disk::read(&folder.join(name)).ok()?;
    let (head, payload) = bytes.split_first_chunk::<HEAD>()?;
    let number = |at: usize| head.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes);
    let sound = head.starts_with(MAGIC)
        && number(8) == Some(Checksum::of(PROGRAM).0)
        && number(24) == Some(Checksum::of(payload).0);
    let build = BuildNumber(number(16)?);
    sound.then(|| (build, decode(payload)))
}

/// One value as bytes, behind others.
pub(super) fn encode_onto(bytes: Vec<u8>, value: &impl Serialize) -> Vec<u8> {
    // Numbers, text and lists in memory: this cannot fail.
    postcard::to_extend(value, bytes).unwrap_or_default()
}

/// A list as bytes, in chunks, behind others.
pub(super) fn encode_list<T: Serialize + Sync>(bytes: &mut Vec<u8>, items: &[T]) {
    let chunks: Vec<Vec<u8>> = items.par_chunks(CHUNK).map(|chunk| encode_onto(Vec::new(), &chunk)).collect();
    bytes.reserve(chunks.iter().map(|chunk| chunk.len() + 4).sum::<usize>() + 4);
    bytes.extend((chunks.len() as u32).to_le_bytes());
    for chunk in &chunks {
        bytes.extend((chunk.len() as u32).to_le_bytes());
        bytes.extend(chunk);
    }
}

/// The list of some chunks, and the bytes behind it; `None` where any of them is damaged.
pub(super) fn decode_list<T: DeserializeOwned + Send>(bytes: &[u8]) -> Option<(Vec<T>, &[u8])> {
    let number = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes) as usize;
    let (count, mut bytes) = bytes.split_first_chunk::<4>()?;
    let mut chunks = Vec::new();
    for _ in 0..number(count) {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (chunk, rest) = rest.split_at_checked(number(length))?;
        chunks.push(chunk);
        bytes = rest;
    }
    let lists: Option<Vec<Vec<T>>> = chunks.par_iter().map(|chunk| postcard::from_bytes(chunk).ok()).collect();
    Some((joined(lists?), bytes))
}
