//! The preview itself: it keeps the newest sound state of the site in memory, renders pages when they are
//! asked for, and knows what is wrong.
//!
//! One thread makes the next state (`run`), all others only look. A state is never mixed from two: pages
//! are looked at under a lock which the thread takes for the moment of putting a new one in place.

mod actions;
mod check;
mod documents;
mod files;
mod generation;
mod outputs;
mod photographs;
mod problems;
mod run;
mod shown;
mod state;
mod workbench;

use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::{io, thread};

use jiff::Timestamp;
use tokio::sync::watch;

pub use problems::Editor;

use super::http::{Action, Answer, File, Found, Page, Portal, Refusal, SitePath};
use super::watch::Change;
use crate::base::checksum::Checksum;
use crate::base::path::{OutPath, RelPath};
use crate::diag::Catalog;
use crate::render::{Job, Task};
use crate::site::publication::Preview;
use crate::site::routes::Route;
use crate::source::Workspace;
use generation::{Failed, Generation};
use outputs::{Output, Outputs};
use photographs::{Asked, Photographs};
use shown::{Counter, Shown, Stage};

/// What a preview needs to know.
pub struct EngineOptions {
    /// The portal's folder.
    pub root: PathBuf,
    /// Its files.
    pub workspace: Arc<dyn Workspace>,
    /// The clock.
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// What is shown beyond what is due.
    pub preview: Preview,
    /// The texts, in the writer's language.
    pub catalog: Catalog,
    /// How files are opened.
    pub editor: Editor,
}

/// A running preview. Clones are the same one.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    options: EngineOptions,
    shown: RwLock<Shown>,
    outputs: Mutex<Outputs>,
    photographs: Photographs,
    counter: Counter,
    ticks: watch::Sender<u64>,
    inbox: Mutex<Sender<Message>>,
    /// Tells one run of the program from another.
    program: Checksum,
}

/// What the thread is told.
enum Message {
    /// Files have changed.
    Changed(Change),
    /// Something else is to be shown.
    Choose(Preview),
    /// Somebody waits; it is dropped when all that was told before is shown.
    Settle(Sender<()>),
    /// It is over.
    Stop,
}

impl Engine {
    /// Starts it; the first state comes when it is ready.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(options: EngineOptions) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let program = Checksum::of(&((options.clock)().as_nanosecond(), std::process::id()));
        let shown = Shown {
            generation: None,
            problems: Vec::new(),
            failures: Vec::new(),
            last: None,
            preview: options.preview,
            stage: Stage::Starting,
            number: 0,
        };
        let photographs = Photographs::open(&options.root);
        let inner = Arc::new(Inner {
            options,
            shown: RwLock::new(shown),
            outputs: Mutex::default(),
            photographs,
            counter: Counter::default(),
            ticks: watch::Sender::new(0),
            inbox: Mutex::new(sender),
            program,
        });
        let for_thread = Arc::clone(&inner);
        thread::Builder::new().name("preview".to_owned()).spawn(move || run::run(&for_thread, &receiver))?;
        Ok(Self(inner))
    }

    /// Tells it that files have changed.
    pub fn changed(&self, change: Change) {
        self.0.send(Message::Changed(change));
    }

    /// Returns when everything it was told before is shown, and what is due by now.
    pub fn settled(&self) {
        let (sender, receiver) = mpsc::channel();
        self.0.send(Message::Settle(sender));
        // Nothing is ever sent: the sender is dropped, by the thread or with it.
        let _dropped = receiver.recv();
    }

    /// Ends its thread.
    pub fn stop(&self) {
        self.0.send(Message::Stop);
    }
}

impl Inner {
    /// After the thread has ended there is nobody to tell.
    fn send(&self, message: Message) {
        drop(self.inbox.lock().unwrap_or_else(PoisonError::into_inner).send(message));
    }

    fn shown(&self) -> RwLockReadGuard<'_, Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn shown_mut(&self) -> RwLockWriteGuard<'_, Shown> {
        self.shown.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets everybody look again.
    fn tick(&self) {
        self.ticks.send_modify(|ticks| *ticks += 1);
    }

    /// Tells the thread that something may have changed which it watches for anyway.
    fn nudge(&self, paths: impl IntoIterator<Item = RelPath>) {
        self.send(Message::Changed(Change::Paths(paths.into_iter().collect())));
    }

    fn look(&self, generation: &Generation, path: &str) -> Look {
        let base = generation.base().path();
        let Some(inside) = path.strip_prefix(base).and_then(|inside| inside.strip_prefix('/')) else {
            let home = [base, "/"].concat();
            return if path == "/" { Look::Moved(home) } else { self.missing(generation, path) };
        };
        match OutPath::answering(inside).and_then(|out| generation.job(&out)) {
            Some(job) => self.made(generation, job),
            None => self.missing(generation, &["/", inside].concat()),
        }
    }

    /// What a job makes.
    fn made(&self, generation: &Generation, job: &Job) -> Look {
        let file = |bytes: Vec<u8>, version| Look::File(File { bytes: bytes.into(), version, path: job.out.clone() });
        match &job.task {
            Task::Route(Route::Redirect(index)) => match generation.site().redirects.get(*index) {
                Some(redirect) => Look::Moved(generation.base().href(&generation.site().page(redirect.to).url)),
                None => Look::Nothing,
            },
            Task::Route(Route::File(path)) | Task::Static(path) => match self.options.workspace.read(path) {
                Ok(bytes) => {
                    let version = Checksum::of(bytes.as_slice());
                    file(bytes, version)
                }
                Err(_) => self.missing(generation, job.url.as_str()),
            },
            Task::Route(Route::Picture(path, number)) => match Asked::of(generation.site(), job, path, *number) {
                Some(asked) => Look::Photograph(asked),
                None => Look::Nothing,
            },
            Task::Asset(name) => match generation.asset(name) {
                Some(bytes) => file(bytes.to_vec(), Checksum::of(bytes)),
                None => Look::Nothing,
            },
            _ if !job.out.as_str().ends_with(".html") => match generation.output(job, &self.outputs) {
                Ok(output) => {
                    let (bytes, version) = (output.bytes.clone(), output.version);
                    Look::File(File { bytes, version, path: job.out.clone() })
                }
                Err(_) => Look::Nothing,
            },
            _ => Look::Page(job.clone(), generation.output(job, &self.outputs), Found::Yes),
        }
    }

    /// The page that says that there is none.
    fn missing(&self, generation: &Generation, path: &str) -> Look {
        match generation.not_found(path) {
            Some(job) => Look::Page(job.clone(), generation.output(job, &self.outputs), Found::Missing),
            None => Look::Nothing,
        }
    }
}

/// What there is at a path.
enum Look {
    Page(Job, Result<Arc<Output>, Box<Failed>>, Found),
    File(File),
    /// Something made of a photograph, which takes a while: nobody else is to wait for it.
    Photograph(Asked),
    Moved(String),
    Nothing,
}

impl Portal for Engine {
    fn answer(&self, path: &SitePath) -> Answer {
        let shown = self.0.shown();
        let Some(generation) = &shown.generation else {
            return Answer::Starting((shown.stage == Stage::Starting).then(|| self.0.counter.progress()));
        };
        let look = self.0.look(generation, path.as_str());
        if matches!(look, Look::Photograph(_)) {
            drop(shown);
        }
        match look {
            Look::Page(_, output, status) => match output.or_else(|failed| failed.last.ok_or(())) {
                Ok(output) => Answer::Page(Page { bytes: output.bytes.clone(), version: output.version, status }),
                Err(()) => Answer::Starting(None),
            },
            Look::File(file) => Answer::File(file),
            Look::Photograph(asked) => self.0.photograph(asked).map_or(Answer::Nothing, Answer::File),
            Look::Moved(to) => Answer::Moved(to),
            Look::Nothing => Answer::Nothing,
        }
    }

    fn state(&self, page: &SitePath) -> String {
        state::state(&self.0, page).to_string()
    }

    fn ticks(&self) -> watch::Receiver<u64> {
        self.0.ticks.subscribe()
    }

    fn act(&self, action: Action) -> Result<String, Refusal> {
        actions::act(&self.0, action)
    }
}
