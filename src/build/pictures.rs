//! The pictures of a portal: measured once for each state of their files, made once for each content, and kept in
//! `.congso/images/`, which builds and the preview share. Safe to delete, and whatever is damaged counts as missing.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `index` | what is in the files of pictures, by their stamps |
//! | `lock` | nothing: its time tells the clock of the file system |
//! | all others | what was made, under names of content, recipe, width and format |

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cache::is_settled;
use crate::base::hash::ContentHash;
use crate::base::path::RelPath;
use crate::images::recipe::key;
use crate::images::{self, Fault, MOST_PIXELS, Measured, Rendition};
use crate::site::Picture;
use crate::site::link::Linked;
use crate::site::pictures::{self, Probe};
use crate::source::disk_write::{Durability, WriteFolder};
use crate::source::{Stamp, Workspace, disk};

/// The folder in `.congso/`.
const FOLDER: &str = "images";
const INDEX: &str = "index";
const LOCK: &str = "lock";

/// What made the index: of another program nothing is read.
const PROGRAM: &str = env!("CONGSO_SOURCES");

/// How many hexadecimal digits of a digest stand before what is kept.
const DIGEST: usize = 64;

/// The largest file that is looked at, in bytes: photographs have a tenth of it.
const MOST_BYTES: u64 = 1 << 28;

/// For how long what no page shows any more is kept, in nanoseconds: 30 days. A draft may show it.
const UNUSED: i64 = 30 * 24 * 3600 * 1_000_000_000;

/// What is known of a file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Known {
    stamp: Stamp,
    content: ContentHash,
    measured: Result<Measured, Fault>,
}

/// The pictures that were measured and made. Many threads may use it at the same time.
#[derive(Debug)]
pub struct Pictures {
    /// Where they are kept.
    at: PathBuf,
    store: OnceLock<Option<Store>>,
    known: Mutex<BTreeMap<RelPath, Known>>,
    /// How many pixels are decoded at the moment.
    pixels: Mutex<u64>,
    room: Condvar,
    /// How many files were made.
    made: AtomicUsize,
}

/// The folder, once there is a picture to be kept.
#[derive(Debug)]
struct Store {
    folder: WriteFolder,
    /// When it was opened, on the clock of the file system, in nanoseconds since the epoch.
    opened: Option<i64>,
}

impl Pictures {
    /// Those of a portal whose folder of kept things this is. A portal without pictures gets no folder for them.
    #[must_use]
    pub fn open(all: &Path) -> Self {
        Self {
            at: all.join(FOLDER),
            store: OnceLock::new(),
            known: Mutex::default(),
            pixels: Mutex::default(),
            room: Condvar::new(),
            made: AtomicUsize::new(0),
        }
    }

    /// Gives a linked site its pictures. Of a file that was measured before nothing is read.
    pub fn hang(&self, linked: &mut Linked, workspace: &dyn Workspace) {
        let wanted = pictures::wanted(&linked.site);
        if wanted.is_empty() {
            return;
        }
        // The time comes first: what is written to later is measured again.
        self.store();
        let measured: Vec<_> = wanted
            .into_par_iter()
            .filter_map(|(path, uses)| {
                let (known, age) = self.measured(path, workspace)?;
                let probe = Probe { content: known.content, measured: known.measured };
                Some((path.clone(), uses, probe, known, age))
            })
            .collect();
        let is_news = measured.iter().any(|(.., age)| *age == Age::New);
        let mut probes = Vec::with_capacity(measured.len());
        {
            let mut all = lock(&self.known);
            for (path, uses, probe, known, _) in measured {
                all.insert(path.clone(), known);
                probes.push((path, uses, probe));
            }
        }
        if is_news {
            self.save();
        }
        let extra = linked.site.config.images;
        pictures::hang(linked, probes, extra);
    }

    /// Forgets what is known of a file, which may say something else now.
    pub fn forget(&self, path: &RelPath) {
        lock(&self.known).remove(path);
    }

    /// What is in a file; `None` where it is gone.
    fn measured(&self, path: &RelPath, workspace: &dyn Workspace) -> Option<(Known, Age)> {
        let stamp = workspace.stamp(path)?;
        if let Some(known) = lock(&self.known).get(path).filter(|known| known.stamp == stamp) {
            return Some((*known, Age::Old));
        }
        let bytes = if stamp.size > MOST_BYTES { Vec::new() } else { workspace.read(path).ok()? };
        let known = Known { stamp, content: ContentHash::of(&bytes), measured: images::measure(&bytes) };
        Some((known, Age::New))
    }

    /// What was made of a content, if it is kept and whole.
    #[must_use]
    pub fn kept(&self, content: &ContentHash, rendition: Rendition) -> Option<Vec<u8>> {
        whole(disk::read(&self.at.join(key(content, rendition))).ok()?)
    }

    /// Makes files of a picture and keeps them. The file is decoded once; how much is decoded at the same time
    /// is bounded, so that a machine with many processors needs no more memory than one with few.
    ///
    /// # Errors
    /// Why nothing can be made of it.
    pub fn make(
        &self,
        (path, picture): (&RelPath, &Picture),
        wanted: &[Rendition],
        workspace: &dyn Workspace,
        done: &mut dyn FnMut(Rendition, Vec<u8>),
    ) -> Result<(), Fault> {
        let bytes = workspace.read(path).map_err(|_| Fault::Changed)?;
        if ContentHash::of(&bytes) != picture.content {
            return Err(Fault::Changed);
        }
        let Measured { width, height, .. } = images::measure(&bytes)?;
        let _room = self.room(u64::from(width) * u64::from(height));
        images::make(&bytes, wanted, &mut |rendition, bytes| {
            self.made.fetch_add(1, Ordering::Relaxed);
            self.keep(&key(&picture.content, rendition), &bytes);
            done(rendition, bytes);
        })
    }

    /// How many files were made so far.
    #[must_use]
    pub fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    /// Waits until there is room for so many pixels.
    fn room(&self, pixels: u64) -> Room<'_> {
        let mut taken = lock(&self.pixels);
        while *taken > 0 && *taken + pixels > MOST_PIXELS {
            taken = self.room.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += pixels;
        Room { pictures: self, pixels }
    }

    /// Keeps something. What cannot be kept costs time, and nothing else.
    fn keep(&self, name: &str, bytes: &[u8]) {
        if let Some(store) = self.store() {
            let with_digest = [ContentHash::of(bytes).short(DIGEST).as_bytes(), bytes].concat();
            drop(store.folder.replace(name, &with_digest, Durability::Lazy));
        }
    }

    /// The folder; made, and its index read, where that was not done before.
    fn store(&self) -> Option<&Store> {
        let open = || {
            let folder = self.at.parent().map(WriteFolder::create)?.ok()?;
            folder.create_folder(FOLDER).ok()?;
            let folder = WriteFolder::create(&self.at).ok()?;
            let opened = folder.lock(LOCK).ok().flatten().and_then(|lock| lock.time().ok());
            *lock(&self.known) = read_index(&self.at).unwrap_or_default();
            Some(Store { folder, opened })
        };
        self.store.get_or_init(open).as_ref()
    }

    /// Keeps what is known of files for the next run.
    fn save(&self) {
        let Some(Store { opened: Some(opened), .. }) = self.store() else { return };
        let known = lock(&self.known);
        let settled: BTreeMap<&RelPath, &Known> =
            known.iter().filter(|(_, known)| is_settled(known.stamp, *opened)).collect();
        if let Ok(bytes) = postcard::to_stdvec(&(PROGRAM, settled)) {
            self.keep(INDEX, &bytes);
        }
    }

    /// Removes what no page shows any more and was made long ago. `used` is everything that is shown.
    pub fn sweep<'a>(&self, used: impl Iterator<Item = &'a Picture>) {
        let Some(Store { folder, opened: Some(opened) }) = self.store() else { return };
        let keys = used.flat_map(|picture| picture.made.iter().map(|made| key(&picture.content, made.rendition)));
        let used: BTreeSet<String> = keys.chain([INDEX, LOCK].map(str::to_owned)).collect();
        for (name, _, stamp) in disk::scan(&self.at, &[]).unwrap_or_default() {
            if !used.contains(&name) && stamp.modified.saturating_add(UNUSED) < *opened {
                drop(folder.remove_file(&name));
            }
        }
    }
}

/// Whether something was known before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    Old,
    New,
}

/// Pixels in memory, given back when they are dropped.
struct Room<'a> {
    pictures: &'a Pictures,
    pixels: u64,
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        *lock(&self.pictures.pixels) -= self.pixels;
        self.pictures.room.notify_all();
    }
}

/// What an earlier run knew of files.
fn read_index(at: &Path) -> Option<BTreeMap<RelPath, Known>> {
    let bytes = whole(disk::read(&at.join(INDEX)).ok()?)?;
    let (program, known): (&str, BTreeMap<RelPath, Known>) = postcard::from_bytes(&bytes).ok()?;
    (program == PROGRAM).then_some(known)
}

/// What stands behind its digest; `None` where that is another one.
fn whole(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let (digest, rest) = bytes.split_at_checked(DIGEST)?;
    let is_whole = ContentHash::of(rest).short(DIGEST).as_bytes() == digest;
    is_whole.then(|| bytes.split_off(DIGEST))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
