//! The files of the cache: each says which program and which build wrote it, and is read whole or not at
//! all.

use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::checksum::Checksum;
use crate::source::disk;
use crate::source::disk_write::{DiskError, Durability, WriteFolder};

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

/// Writes a file of the cache, whole or not at all.
pub(super) fn write(folder: &WriteFolder, name: &str, build: BuildNumber, payload: &[u8]) -> Result<(), DiskError> {
    let mut bytes = Vec::with_capacity(payload.len() + 32);
    bytes.extend(MAGIC);
    bytes.extend(Checksum::of(PROGRAM).0.to_le_bytes());
    bytes.extend(build.0.to_le_bytes());
    bytes.extend(Checksum::of(payload).0.to_le_bytes());
    bytes.extend(payload);
    folder.replace(name, &bytes, Durability::Lazy)
}

/// Reads a file of the cache: the number of its build, and what it holds. `None` where it is missing,
/// damaged or from another program.
pub(super) fn read(folder: &Path, name: &str) -> Option<(BuildNumber, Vec<u8>)> {
    let mut bytes = disk::read(&folder.join(name)).ok()?;
    let (head, payload) = bytes.split_first_chunk::<32>()?;
    let number = |at: usize| head.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes);
    let sound = head.starts_with(MAGIC)
        && number(8) == Some(Checksum::of(PROGRAM).0)
        && number(24) == Some(Checksum::of(payload).0);
    let build = BuildNumber(number(16)?);
    bytes.drain(..32);
    sound.then_some((build, bytes))
}

/// One value as bytes.
pub(super) fn encode(value: &impl Serialize) -> Vec<u8> {
    // Numbers, text and lists in memory: this cannot fail.
    postcard::to_stdvec(value).unwrap_or_default()
}

/// A list as bytes, in chunks.
pub(super) fn encode_list<T: Serialize + Sync>(items: &[T]) -> Vec<u8> {
    let chunks: Vec<Vec<u8>> = items.par_chunks(CHUNK).map(|chunk| encode(&chunk)).collect();
    let mut bytes = Vec::with_capacity(chunks.iter().map(|chunk| chunk.len() + 4).sum());
    for chunk in &chunks {
        bytes.extend((chunk.len() as u32).to_le_bytes());
        bytes.extend(chunk);
    }
    bytes
}

/// The list of some chunks; `None` where any of them is damaged.
pub(super) fn decode_list<T: DeserializeOwned + Send>(mut bytes: &[u8]) -> Option<Vec<T>> {
    let mut chunks = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<4>() {
        let (chunk, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        chunks.push(chunk);
        bytes = rest;
    }
    if !bytes.is_empty() {
        return None;
    }
    let lists: Option<Vec<Vec<T>>> = chunks.par_iter().map(|chunk| postcard::from_bytes(chunk).ok()).collect();
    Some(lists?.into_iter().flatten().collect())
}
