//! The thread that makes the next state of the site from what it is told.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::check::Check;
use super::generation::Generation;
use super::problems::Teller;
use super::shown::{Stage, Work};
use super::workbench::{Step, Workbench};
use super::{Inner, Message};
use crate::diag::Severity;
use crate::serve::watch::Change;
use crate::site::due::{end_of_day, next_change};
use crate::site::publication::Preview;

/// How long it waits at most: a clock may be set.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Works until it is told to stop. Should it stumble over something, it begins anew with the next news: what
/// is shown stays until then.
pub(super) fn run(inner: &Inner, inbox: &Receiver<Message>) {
    while panic::catch_unwind(AssertUnwindSafe(|| work(inner, inbox))).is_err() {
        inner.shown_mut().stage = Stage::Ready;
        inner.tick();
        match inbox.recv() {
            Ok(Message::Changed(_) | Message::Settle(_)) => {}
            Ok(Message::Choose(preview)) => inner.shown_mut().preview = preview,
            Ok(Message::Stop) | Err(_) => return,
        }
    }
}

fn work(inner: &Inner, inbox: &Receiver<Message>) {
    // What was kept of an earlier run's states must not be taken for one of these.
    let revision = inner.shown().generation.as_ref().map_or(0, |shown| shown.revision);
    let workbench =
        Workbench::new(&inner.options.root, Arc::clone(&inner.options.workspace), &inner.photographs, revision);
    let mut runner = Runner { inner, workbench, due: None, check: Check::default() };
    runner.begin();
    while let Some(mut news) = runner.wait(inbox) {
        let waiting = std::mem::take(&mut news.waiting);
        runner.take(news);
        drop(waiting);
    }
}

struct Runner<'a> {
    inner: &'a Inner,
    workbench: Workbench,
    /// When the site changes by itself.
    due: Option<Timestamp>,
    check: Check,
}

/// What came in.
#[derive(Default)]
struct News {
    change: Option<Change>,
    preview: Option<Preview>,
    /// Those who wait until it is shown, for as long as these are not dropped.
    waiting: Vec<Sender<()>>,
}

impl News {
    /// Takes a message; `None` where it is over.
    fn add(mut self, message: Message) -> Option<Self> {
        match message {
            Message::Changed(change) => {
                self.change = Some(match (self.change, change) {
                    (None, change) => change,
                    (Some(Change::Paths(mut known)), Change::Paths(more)) => {
                        known.extend(more);
                        Change::Paths(known)
                    }
                    _ => Change::All,
                });
            }
            Message::Choose(preview) => self.preview = Some(preview),
            Message::Settle(sender) => self.waiting.push(sender),
            Message::Stop => return None,
        }
        Some(self)
    }
}

impl Runner<'_> {
    /// Waits for something to do; `None` where it is over. What has come in the meantime is done together.
    fn wait(&mut self, inbox: &Receiver<Message>) -> Option<News> {
        loop {
            let first = match inbox.try_recv() {
                Ok(message) => News::default().add(message)?,
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) if self.check_one() => continue,
                Err(TryRecvError::Empty) => match inbox.recv_timeout(self.patience()) {
                    Ok(message) => News::default().add(message)?,
                    Err(RecvTimeoutError::Timeout) if self.is_due() => News::default(),
                    Err(RecvTimeoutError::Timeout) => continue,
                    Err(RecvTimeoutError::Disconnected) => return None,
                },
            };
            return inbox.try_iter().try_fold(first, News::add);
        }
    }

    /// How long nothing has to be done.
    fn patience(&self) -> Duration {
        let now = (self.inner.options.clock)();
        let until = self.due.map(|due| Duration::try_from(due.duration_since(now)).unwrap_or_default());
        until.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
    }

    /// Whether the site changes by itself now.
    fn is_due(&self) -> bool {
        self.due.is_some_and(|due| due <= (self.inner.options.clock)())
    }

    /// Renders one page that nobody has asked for, to find what is wrong with it; tells whether there was one.
    fn check_one(&mut self) -> bool {
        if self.workbench.is_damaged() {
            self.workbench.drop_cache();
            self.take(News { change: Some(Change::All), ..News::default() });
        }
        let found = self.check.step(self.inner);
        if found.is_news {
            self.tell(None);
        }
        found.is_more
    }

    /// Makes the first state.
    fn begin(&mut self) {
        let began = Instant::now();
        self.workbench.begin(&self.inner.counter);
        self.link(began);
        self.workbench.save();
    }

    fn take(&mut self, news: News) {
        let began = Instant::now();
        let chosen = news.preview;
        let is_due = self.is_due();
        if news.change.is_none() && chosen.is_none() && !is_due {
            return;
        }
        let step = news.change.map_or(Step::Tell, |change| {
            let shown = self.inner.shown();
            self.workbench.take(&change, shown.generation.as_ref(), shown.preview, &self.inner.counter)
        });
        if let Some(preview) = chosen {
            self.inner.shown_mut().preview = preview;
        }
        match step {
            _ if chosen.is_some() || is_due => self.link(began),
            Step::Link => self.link(began),
            Step::Tell => self.tell(None),
            Step::Dress => self.dress(began),
            Step::Replace(relinked) => {
                let pages = relinked.pages.len();
                let ids: Vec<_> = relinked.pages.iter().map(|(id, _)| *id).collect();
                let mut shown = self.inner.shown_mut();
                let revision = self.workbench.next_revision();
                let generation = shown.generation.as_mut();
                let replaced = generation.is_some_and(|generation| generation.replace(relinked, revision));
                drop(shown);
                if replaced {
                    self.tell(Some(Work { pages, time: began.elapsed() }));
                    self.check.begin_with(self.inner, &ids);
                } else {
                    self.link(began);
                }
            }
        }
    }

    /// Shows that something is on its way that takes longer than a moment.
    fn announce(&self) -> Preview {
        let mut shown = self.inner.shown_mut();
        if shown.stage == Stage::Ready {
            shown.stage = Stage::Building;
        }
        let preview = shown.preview;
        drop(shown);
        self.inner.tick();
        preview
    }

    /// Links everything.
    fn link(&mut self, began: Instant) {
        let preview = self.announce();
        let generation = self.workbench.link((self.inner.options.clock)(), preview);
        self.show(generation, began);
    }

    /// Gives the site its theme anew.
    fn dress(&mut self, began: Instant) {
        let preview = self.announce();
        let shown = self.inner.shown();
        let known = shown.generation.as_ref().map(|known| (known.shared_site(), known.ledger.clone()));
        drop(shown);
        match known {
            Some((site, ledger)) => {
                let generation = self.workbench.dress(site, ledger, preview);
                self.show(generation, began);
            }
            None => self.link(began),
        }
    }

    /// Shows a new generation, if there is one.
    fn show(&mut self, generation: Option<Generation>, began: Instant) {
        let pages = generation.as_ref().map(|generation| generation.site().pages.len());
        let before = match generation {
            Some(generation) => self.inner.shown_mut().generation.replace(generation),
            None => None,
        };
        self.tell(pages.map(|pages| Work { pages, time: began.elapsed() }));
        if pages.is_none() {
            // What keeps it from being made has to be mended first, and that is told.
            self.due = None;
        }
        self.check.begin(self.inner);
        // Taking a site apart takes its time: by now the new one is shown.
        drop(before);
    }

    /// Lets everybody see what there is now.
    fn tell(&mut self, work: Option<Work>) {
        let inner = self.inner;
        let options = &inner.options;
        let workspace = options.workspace.as_ref();
        let teller = Teller { catalog: &options.catalog, workspace, editor: &options.editor };
        let problems = self.workbench.problems();
        let unmade = inner.unmade();
        let problems = problems.iter().chain(unmade.iter()).filter(|problem| problem.severity >= Severity::Warning);
        let problems = problems.map(|problem| teller.problem(problem)).collect();
        let failures = self.check.failures(&teller);
        let mut shown = inner.shown_mut();
        shown.problems = problems;
        shown.failures = failures;
        shown.last = work.or(shown.last);
        shown.stage = Stage::Ready;
        shown.number += 1;
        drop(shown);
        inner.tick();
        let shown = inner.shown();
        let next = shown.generation.as_ref().and_then(|known| {
            let change = next_change(known.site(), &known.ledger).map(|moment| moment.at);
            change.into_iter().chain(end_of_day(known.site())).min()
        });
        drop(shown);
        self.due = next;
    }
}
