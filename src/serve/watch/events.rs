//! Finding changes as the system tells of them; the only file that names `notify`.
//!
//! What `notify` 8 leaves to its users is done here: a new folder is watched before it is told, so
//! that nothing falls between its listing and its watch; links are followed as the listing follows
//! them, and what happens at a link's target is told under the link's name; that a file was merely
//! opened is dropped at once, or the reading of a portal would fill the system's queue.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::gather::{Found, Gatherer, Sign};
use super::{FOLDERS, Why, is_watched, sources};
use crate::base::path::RelPath;
use crate::source::disk::{self, DiskWorkspace, Kind};

/// What the system says.
pub(super) type Event = notify::Result<notify::Event>;

/// Whether the system says when a writer has closed a file, and nothing of a folder but what happened to
/// itself.
const EXACT: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Whether the watch of a folder holds for all folders that are made below it later.
const DEEP: bool = cfg!(any(windows, target_os = "macos"));

/// Whether the portal's folder is watched as a whole: each further watch would interrupt those there are.
const WHOLE: bool = cfg!(target_os = "macos");

/// How many times a watch is tried that fails because something below the folder went away meanwhile.
const TRIES: usize = 5;

/// The name of the file by which Vim tries whether it can write to a folder.
const PROBE: &str = "4913";

/// Why events can no longer be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Some were lost.
    Lost,
    /// There will be no more.
    Failed(Why),
}

impl From<&notify::Error> for Trouble {
    fn from(error: &notify::Error) -> Self {
        match &error.kind {
            ErrorKind::MaxFilesWatch => Self::Failed(Why::NoMoreWatches),
            // EMFILE: as many watchers as the user may have.
            ErrorKind::Io(error) if error.raw_os_error() == Some(24) => Self::Failed(Why::NoMoreWatches),
            _ => Self::Failed(Why::Unavailable),
        }
    }
}

/// A portal of whose changes the system tells.
#[derive(Debug)]
pub(super) struct Events {
    root: PathBuf,
    watcher: RecommendedWatcher,
    disk: DiskWorkspace,
    /// The real paths of what links stand for.
    links: BTreeMap<RelPath, PathBuf>,
}

impl Events {
    /// Watches the portal of a real path; `hear` gets all that the system says and may matter.
    pub(super) fn start(root: &Path, hear: impl Fn(Event) + Send + 'static) -> Result<Self, Trouble> {
        let heard = move |event: Event| {
            if !event.as_ref().is_ok_and(is_reading) {
                hear(event);
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(heard, config).map_err(|error| Trouble::from(&error))?;
        let disk = DiskWorkspace::new(root);
        let mut events = Self { root: root.to_owned(), watcher, disk, links: BTreeMap::new() };
        events.watch(root, if WHOLE { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive })?;
        for folder in FOLDERS.map(|folder| root.join(folder)) {
            if !WHOLE && disk::kind(&folder) == Ok(Kind::Folder) {
                events.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(events)
    }

    /// Watches what links stand for, and tells the links: it may have changed since the start.
    pub(super) fn follow(&mut self, gatherer: &mut Gatherer, now: Instant) -> Result<(), Trouble> {
        for path in sources() {
            self.follow_below(&path)?;
        }
        for (link, target) in &self.links {
            gatherer.touch(link.clone(), target.clone(), Found::Settled, Sign::Written, now);
        }
        Ok(())
    }

    /// Gathers what the system says.
    pub(super) fn hear(&mut self, event: &Event, gatherer: &mut Gatherer, now: Instant) -> Result<(), Trouble> {
        let event = match event {
            Ok(event) if event.need_rescan() => return Err(Trouble::Lost),
            Ok(event) => event,
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return Err(Trouble::from(error)),
            Err(_) => return Err(Trouble::Lost),
        };
        if event.kind == EventKind::Modify(ModifyKind::Name(RenameMode::Both)) {
            // Its second path was told as the new name of something.
            if let [from, to] = &*event.paths {
                let found = Found::from(kind(from));
                let moved = found == Found::Gone && !self.names(to).is_empty();
                self.touch(from, if moved { Found::Settled } else { found }, Sign::Writing, gatherer, now);
            }
            return Ok(());
        }
        let sign = match event.kind {
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Sign::Written,
            EventKind::Modify(ModifyKind::Name(RenameMode::From)) => Sign::Writing,
            _ if EXACT => Sign::Writing,
            _ => Sign::Written,
        };
        let inside = !EXACT && matches!(event.kind, EventKind::Modify(what) if !matches!(what, ModifyKind::Name(_)));
        for place in &event.paths {
            if self.names(place).is_empty() && self.links_through(place).next().is_none() {
                continue;
            }
            let kind = kind(place);
            // That something in a folder changed is also told of that itself.
            if kind != Kind::Folder || !inside {
                self.keep_watching(place, kind)?;
                self.touch(place, kind.into(), sign, gatherer, now);
            }
        }
        Ok(())
    }

    /// Gathers what was found at a place, under all its names.
    fn touch(&self, place: &Path, found: Found, sign: Sign, gatherer: &mut Gatherer, now: Instant) {
        for (link, target) in self.links_through(place) {
            gatherer.touch(link.clone(), target.clone(), kind(target).into(), sign, now);
        }
        for name in self.names(place) {
            if name.file_name() == PROBE && matches!(found, Found::Gone | Found::File(0)) {
                gatherer.put_aside(name);
            } else {
                gatherer.touch(name, place.to_owned(), found, sign, now);
            }
        }
    }

    /// Watches a folder that may be new, and the targets of links that may be.
    fn keep_watching(&mut self, place: &Path, kind: Kind) -> Result<(), Trouble> {
        let targets: Vec<PathBuf> = self.links_through(place).map(|(_, target)| target.clone()).collect();
        for target in targets {
            self.watch_target(&target)?;
        }
        let names = self.names(place);
        let top = place.parent() == Some(&self.root);
        if kind == Kind::Folder && !names.is_empty() && !WHOLE && (top || !DEEP) {
            self.watch(place, RecursiveMode::Recursive)?;
        }
        if matches!(kind, Kind::Folder | Kind::Symlink) {
            for name in &names {
                self.follow_below(name)?;
            }
        }
        Ok(())
    }

    /// Watches what links stand for, at a path and below it.
    fn follow_below(&mut self, path: &RelPath) -> Result<(), Trouble> {
        self.links.retain(|link, _| link != path && link.strip_prefix(path.as_str()).is_none());
        for link in self.disk.followed(path) {
            self.watch_target(&link.target)?;
            self.links.insert(link.path, link.target);
        }
        Ok(())
    }

    /// Watches what a link stands for.
    fn watch_target(&mut self, target: &Path) -> Result<(), Trouble> {
        let watched = FOLDERS.iter().any(|folder| target.starts_with(self.root.join(folder)));
        if WHOLE || watched {
            return Ok(());
        }
        match (kind(target), target.parent()) {
            (Kind::Folder, _) => self.watch(target, RecursiveMode::Recursive),
            // A file that another takes the place of is only seen from its folder.
            (_, Some(folder)) if folder != self.root => self.watch(folder, RecursiveMode::NonRecursive),
            _ => Ok(()),
        }
    }

    /// Watches a folder. One that has gone again is none of our business: that will be told.
    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), Trouble> {
        let mut trouble = Trouble::Failed(Why::Unavailable);
        for _ in 0..TRIES {
            match self.watcher.watch(folder, mode) {
                Ok(()) => return Ok(()),
                Err(_) if kind(folder) != Kind::Folder => return Ok(()),
                Err(error) => trouble = Trouble::from(&error),
            }
        }
        Err(trouble)
    }

    /// The paths under which a place is told: its own and those by links.
    fn names(&self, place: &Path) -> Vec<RelPath> {
        let own = place.strip_prefix(&self.root).ok().map(|rest| below(&RelPath::default(), rest));
        let by_link = |(link, target): (&RelPath, _)| place.strip_prefix(target).ok().map(|rest| below(link, rest));
        own.into_iter().chain(self.links.iter().filter_map(by_link)).filter(is_watched).collect()
    }

    /// The links that stand for something below a place, with their targets.
    fn links_through(&self, place: &Path) -> impl Iterator<Item = (&RelPath, &PathBuf)> {
        let through = move |target: &Path| target != place && place != self.root && target.starts_with(place);
        self.links.iter().filter(move |(_, target)| through(target))
    }
}

/// Whether an event only says that a file is read. Closing a written file is none of these.
fn is_reading(event: &notify::Event) -> bool {
    let closed = AccessKind::Close(AccessMode::Write);
    matches!(event.kind, EventKind::Access(kind) if kind != closed) && !event.need_rescan()
}

/// What lies at a place; what cannot be asked about is told like a folder, at once.
fn kind(place: &Path) -> Kind {
    disk::kind(place).unwrap_or(Kind::Special)
}

/// The path below another; up to the first name that cannot be one of a path, whose folder stands for
/// it.
fn below(base: &RelPath, rest: &Path) -> RelPath {
    let mut path = base.clone();
    for name in rest.components() {
        match name.as_os_str().to_str().and_then(|name| path.child(name)) {
            Some(child) => path = child,
            None => break,
        }
    }
    path
}
