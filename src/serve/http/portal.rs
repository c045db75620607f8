//! What the server asks of the preview, and what it is told.

use axum::body::Bytes;
use tokio::sync::watch;

use super::path::SitePath;
use crate::base::checksum::Checksum;
use crate::base::path::OutPath;

/// The preview as the server sees it. All but [`Portal::ticks`] and [`Portal::open_page`] may take
/// their time: they are called where waiting holds up nobody else. A panic in one of them costs that
/// one answer.
pub trait Portal: Send + Sync + 'static {
    /// The answer for exactly this path; it may have to be rendered first. Where `/x` has none, the
    /// server itself asks for `/x/`.
    fn answer(&self, path: &SitePath) -> Answer;

    /// The state of the page at a path, as one JSON object without line breaks. It is asked for once
    /// per connection and tick, and sent where it differs from the last one.
    fn state(&self, page: &SitePath) -> String;

    /// Ticks whenever any state may have changed; many ticks at once are as good as one.
    fn ticks(&self) -> watch::Receiver<u64>;

    /// Tells that a browser has opened a page; it is open until the guard is dropped. Called in the
    /// server's own threads: it must not wait.
    fn open_page(&self, page: &SitePath) -> Guard {
        let _unused = page;
        Box::new(())
    }

    /// Does what somebody asked for in the browser, and answers with a JSON object.
    ///
    /// # Errors
    /// A [`Refusal`], which the browser shows.
    fn act(&self, action: Action) -> Result<String, Refusal>;
}

/// Something that ends when it is dropped.
pub type Guard = Box<dyn Send + Sync>;

/// What there is at a path.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A page, or the page that tells in the right language that there is none.
    Page(Page),
    /// Any other file.
    File(File),
    /// An old address: where it leads, root-absolute as in `href`.
    Moved(String),
    /// There is nothing, not even a page that says so.
    Nothing,
    /// Nothing can be shown yet.
    Starting(Option<Progress>),
}

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its HTML as `build` would write it.
    pub bytes: Bytes,
    /// The checksum of `bytes`; as text ([`Checksum`]'s `Display`) it is `page.version` of a state.
    pub version: Checksum,
    /// Whether it is the page that was asked for.
    pub status: Found,
}

/// Whether what was asked for is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is.
    Yes,
    /// It is not; the page says so.
    Missing,
}

/// A file other than a page.
#[derive(Clone, Debug)]
pub struct File {
    /// Its content.
    pub bytes: Bytes,
    /// The checksum of `bytes`, or anything else that differs where they do.
    pub version: Checksum,
    /// Its path in the output, for its type.
    pub path: OutPath,
}

/// How far something has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many are done.
    pub done: usize,
    /// How many there are.
    pub all: usize,
}

/// What somebody may ask for in the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Make the missing translation of a page.
    Translate(SitePath),
    /// Confirm the translation that a page is.
    Accept(SitePath),
    /// Choose what is shown.
    Choose {
        /// Pages not finished.
        drafts: Shown,
        /// Pages whose time is to come.
        future: Shown,
    },
}

/// Whether pages of a kind are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// They are.
    Yes,
    /// They are not.
    No,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of reason.
    pub reason: Reason,
    /// What to tell the writer, in her language.
    pub message: String,
}

/// The kinds of reasons for not doing something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such page (404).
    NoSuchPage,
    /// The page does not need it or is not ready for it (409).
    NotNow,
    /// It was tried and failed (500).
    Failed,
}
