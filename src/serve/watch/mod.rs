//! Watching a portal: what may have changed in it is told as soon as it can be read whole.
//!
//! What lies in `content/`, `static/` and `themes/`, and `site.yaml`, by the rules of the listing
//! (`source`): the same names are ignored, the same links are followed. Everything else in the
//! portal's folder is left alone, the output too.
//!
//! Where the system tells of changes (`events`), it is asked; where it does not or will not
//! (`drives`), the listing is compared every half second (`poll`). What comes from either is gathered
//! (`gather`), which decides alone when something is told. `notify-debouncer-full` would wait before
//! the first report and walk the tree to keep numbers of files; neither is wanted here.

mod drives;
mod events;
mod gather;
mod poll;
mod run;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::base::path::RelPath;
use crate::source::ReadError;
use crate::source::disk::{self, Kind};
use crate::source::names::is_ignored;
use run::{Message, Runner};

/// The folders of a portal that are watched.
const FOLDERS: [&str; 3] = ["content", "static", "themes"];

/// What may have changed since the last report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// These paths, from the portal's folder. What lies there may be new, other or gone; a folder stands
    /// for everything below it.
    Paths(BTreeSet<RelPath>),
    /// Everything may have.
    All,
}

/// How changes are to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// As it fits the place where the portal lies.
    #[default]
    Fitting,
    /// By looking at every file again and again.
    Polling,
}

/// How changes are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The system tells of them.
    Events,
    /// Every file is looked at again and again.
    Polling(Why),
}

/// Why every file is looked at again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The portal lies on a network drive, or in a folder shared with another system.
    NetworkDrive,
    /// It lies on a drive of Windows and the program runs in its subsystem for Linux.
    WindowsDrive,
    /// The system allows no more watches: too many folders are watched by this user.
    NoMoreWatches,
    /// The system cannot tell of changes there, or loses them again and again.
    Unavailable,
    /// It was asked for.
    Asked,
}

/// Why a portal cannot be watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchError {
    /// Its folder cannot be read.
    Folder(ReadError),
    /// The system gives no thread, in its words.
    Thread(String),
}

/// A watched portal, until it is dropped.
#[derive(Debug)]
pub struct Watch {
    sender: Sender<Message>,
    method: Arc<Mutex<Method>>,
}

impl Watch {
    /// Watches the portal in a folder. Whatever changes after this has returned is told; and nothing is
    /// told that is still being written, if that can be known. Reports come from one thread: while one
    /// is being told, further changes wait for the next.
    ///
    /// # Errors
    /// [`WatchError`] where there is no such folder. That the system cannot watch it is no error: then
    /// the method is another.
    pub fn start(root: &Path, choice: Choice, tell: impl FnMut(Change) + Send + 'static) -> Result<Self, WatchError> {
        let root = disk::real_path(root).map_err(WatchError::Folder)?;
        if disk::kind(&root).map_err(WatchError::Folder)? != Kind::Folder {
            return Err(WatchError::Folder(ReadError::Special));
        }
        let (sender, receiver) = mpsc::channel();
        let runner = Runner::start(root, choice, sender.clone(), receiver);
        let method = runner.method();
        let thread = thread::Builder::new().name("watch".to_owned()).spawn(move || runner.run(tell));
        thread.map_err(|error| WatchError::Thread(error.to_string()))?;
        Ok(Self { sender, method })
    }

    /// How changes are found now: this becomes polling when the system has to give up telling.
    #[must_use]
    pub fn method(&self) -> Method {
        *self.method.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Watch {
    /// Not waited for, since it may be dropped from within a report: one that has begun still ends.
    fn drop(&mut self) {
        let _ = self.sender.send(Message::Stop);
    }
}

/// Everything that is watched: what a portal is made from.
pub fn sources() -> impl Iterator<Item = RelPath> {
    FOLDERS.into_iter().chain([crate::config::FILE]).filter_map(RelPath::new)
}

/// Whether a path is one of those that are watched, and not hidden or temporary.
fn is_watched(path: &RelPath) -> bool {
    let mut names = path.as_str().split('/');
    let first = names.next().unwrap_or_default();
    let at_home = FOLDERS.contains(&first) || path.as_str() == crate::config::FILE;
    at_home && !names.any(is_ignored)
}

#[cfg(test)]
mod mirror_tests;
#[cfg(test)]
mod save_tests;
#[cfg(test)]
mod tests;
