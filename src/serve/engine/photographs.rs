//! Photographs in the preview: each size and format is made when a browser asks for it, and kept with what builds
//! make.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::Inner;
use crate::base::checksum::Checksum;
use crate::base::hash::ContentHash;
use crate::base::path::{OutPath, RelPath};
use crate::build::pictures::Pictures;
use crate::diag::Diagnostics;
use crate::images::{Fault, Rendition};
use crate::render::Job;
use crate::serve::http::File;
use crate::site::pictures::unmade;
use crate::site::{Picture, Site};
use crate::source::places;

/// The photographs of the preview.
#[derive(Debug)]
pub(super) struct Photographs {
    pictures: Arc<Pictures>,
    /// Those that could not be made, with what was in their files.
    faults: Mutex<BTreeMap<RelPath, (ContentHash, Fault)>>,
}

/// Something made of a photograph that a browser asks for.
#[derive(Debug)]
pub(super) struct Asked {
    path: RelPath,
    picture: Picture,
    rendition: Rendition,
    out: OutPath,
}

impl Asked {
    /// What the job of a site makes.
    pub(super) fn of(site: &Site, job: &Job, path: &RelPath, number: usize) -> Option<Self> {
        let picture = site.pictures.get(path)?;
        let rendition = picture.made.get(number)?.rendition;
        Some(Self { path: path.clone(), picture: picture.clone(), rendition, out: job.out.clone() })
    }

    /// Tells it from every other.
    pub(super) fn version(&self) -> Checksum {
        Checksum::of(&(&self.picture.content, self.rendition))
    }
}

impl Photographs {
    /// Those of the portal in a folder.
    pub(super) fn open(root: &Path) -> Self {
        Self { pictures: Arc::new(Pictures::open(&root.join(".congso"))), faults: Mutex::default() }
    }

    /// What measures and makes them.
    pub(super) fn pictures(&self) -> Arc<Pictures> {
        Arc::clone(&self.pictures)
    }
}

impl Inner {
    /// The bytes of what was asked for, made unless they are kept; `None` where nothing can be made of its file,
    /// which is told from now on.
    pub(super) fn photograph(&self, asked: Asked) -> Option<File> {
        let Photographs { pictures, faults } = &self.photographs;
        let Asked { path, picture, rendition, out } = asked;
        let file = |bytes: Vec<u8>| {
            let version = Checksum::of(bytes.as_slice());
            File { bytes: bytes.into(), version, path: out }
        };
        if let Some(bytes) = pictures.kept(&picture.content, rendition) {
            return Some(file(bytes));
        }
        let mut made = None;
        let workspace = self.options.workspace.as_ref();
        let outcome = pictures.make((&path, &picture), &[rendition], workspace, &mut |_, bytes| made = Some(bytes));
        // What is being written is told by the watch, and then measured again.
        if let Err(fault) = outcome
            && fault != Fault::Changed
        {
            let known = (picture.content, fault);
            let before = faults.lock().unwrap_or_else(PoisonError::into_inner).insert(path, known);
            if before != Some(known) {
                self.nudge([]);
            }
        }
        made.map(file)
    }

    /// What is wrong with the photographs that could not be made, as long as their files are the same.
    pub(super) fn unmade(&self) -> Diagnostics {
        let faults = self.photographs.faults.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let shown = self.shown();
        let Some(site) = shown.generation.as_ref().map(super::Generation::site) else { return Diagnostics::default() };
        let is_same = |path: &RelPath, content| site.pictures.get(path).is_some_and(|known| known.content == content);
        let told = faults.into_iter().filter(|(path, (content, _))| is_same(path, *content));
        let told: Diagnostics = told.map(|(path, (_, fault))| unmade(site, &path, fault)).collect();
        drop(shown);
        places::resolve(told, self.options.workspace.as_ref())
    }
}
