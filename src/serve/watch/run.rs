//! The thread that watches: it hears or looks, gathers and tells.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::events::{Event, Events, Trouble};
use super::gather::Gatherer;
use super::poll::Poller;
use super::{Change, Choice, Method, Why, drives};
use crate::source::disk::{self, Kind};

/// How many messages are taken before anything is told.
const AT_ONCE: usize = 4096;

/// How many times events may be lost within [`LATELY`]; after that they are given up.
const LOSSES: usize = 5;

/// A minute.
const LATELY: Duration = Duration::from_secs(60);

/// What the thread is told.
#[derive(Debug)]
pub(super) enum Message {
    /// The system said something to the watcher of that number.
    Event(usize, Event),
    /// The watch is dropped.
    Stop,
}

/// Where changes come from.
#[derive(Debug)]
enum Source {
    Events(Box<Events>),
    Poller(Box<Poller>),
    /// None, for as long as one takes another's place.
    Nothing,
}

/// All that the thread has.
#[derive(Debug)]
pub(super) struct Runner {
    root: PathBuf,
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    source: Source,
    /// How many watchers there were before this one, whose last words do not matter.
    number: usize,
    method: Arc<Mutex<Method>>,
    gatherer: Gatherer,
    /// When events were lost lately.
    losses: VecDeque<Instant>,
}

impl Runner {
    /// Begins to watch the portal of a real path, so that nothing is missed from now on.
    pub(super) fn start(root: PathBuf, choice: Choice, sender: Sender<Message>, receiver: Receiver<Message>) -> Self {
        let why = match choice {
            Choice::Polling => Some(Why::Asked),
            Choice::Fitting => drives::why(&root),
        };
        let mut runner = Self {
            root,
            sender,
            receiver,
            source: Source::Nothing,
            number: 0,
            method: Arc::new(Mutex::new(Method::Events)),
            gatherer: Gatherer::default(),
            losses: VecDeque::new(),
        };
        match why {
            Some(why) => runner.poll(why),
            None => runner.listen(),
        }
        runner
    }

    /// Where the method is told.
    pub(super) fn method(&self) -> Arc<Mutex<Method>> {
        Arc::clone(&self.method)
    }

    /// Watches until it is told to stop.
    pub(super) fn run(mut self, mut tell: impl FnMut(Change)) {
        let followed = match &mut self.source {
            Source::Events(events) => events.follow(&mut self.gatherer, Instant::now()),
            Source::Poller(_) | Source::Nothing => Ok(()),
        };
        followed.unwrap_or_else(|trouble| self.recover(trouble));
        while self.wait() {
            let now = Instant::now();
            if let Source::Poller(poller) = &mut self.source
                && poller.next <= now
            {
                poller.look(&mut self.gatherer);
            }
            for (path, place) in self.gatherer.to_look(now) {
                let found = disk::kind(&place).unwrap_or(Kind::Special).into();
                self.gatherer.looked(&path, found, now);
            }
            if let Some(change) = self.gatherer.take(Instant::now()) {
                tell(change);
            }
        }
    }

    /// Waits until there is something to do, and takes all messages; false when it is to stop.
    fn wait(&mut self) -> bool {
        let next = match &self.source {
            Source::Poller(poller) => Some(poller.next),
            Source::Events(_) | Source::Nothing => None,
        };
        let first = match self.gatherer.wake().into_iter().chain(next).min() {
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => self.receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match first {
            Ok(message) if !self.obey(&message) => return false,
            Err(RecvTimeoutError::Disconnected) => return false,
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
        }
        for _ in 0..AT_ONCE {
            match self.receiver.try_recv() {
                Ok(message) if !self.obey(&message) => return false,
                Ok(_) => {}
                Err(_) => break,
            }
        }
        true
    }

    /// Takes a message; false when it is to stop.
    fn obey(&mut self, message: &Message) -> bool {
        match message {
            Message::Stop => return false,
            Message::Event(number, event) if *number == self.number => self.hear(event),
            Message::Event(..) => {}
        }
        true
    }

    /// Gathers what the system says.
    fn hear(&mut self, event: &Event) {
        if let Source::Events(events) = &mut self.source
            && let Err(trouble) = events.hear(event, &mut self.gatherer, Instant::now())
        {
            self.recover(trouble);
        }
    }

    /// Starts anew after some changes went by unseen.
    fn recover(&mut self, trouble: Trouble) {
        let now = Instant::now();
        let why = match trouble {
            Trouble::Failed(why) => Some(why),
            Trouble::Lost => {
                self.losses.retain(|at| now.saturating_duration_since(*at) < LATELY);
                self.losses.push_back(now);
                (self.losses.len() > LOSSES).then_some(Why::Unavailable)
            }
        };
        // First the old watches go: there may be no room for both.
        self.source = Source::Nothing;
        match why {
            Some(why) => self.poll(why),
            None => self.listen(),
        }
        // Links are not told, since everything is.
        let mut unheard = Gatherer::default();
        if let Source::Events(events) = &mut self.source
            && let Err(Trouble::Failed(why)) = events.follow(&mut unheard, now)
        {
            self.poll(why);
        }
        self.gatherer.touch_all(now);
    }

    /// Lets the system tell of changes; where it cannot, they are looked for.
    fn listen(&mut self) {
        self.number += 1;
        let (number, sender) = (self.number, self.sender.clone());
        let hear = move |event| {
            // Nobody hears it any more: the watch was dropped.
            let _ = sender.send(Message::Event(number, event));
        };
        match Events::start(&self.root, hear) {
            Ok(events) => {
                self.source = Source::Events(Box::new(events));
                self.say(Method::Events);
            }
            Err(Trouble::Failed(why)) => self.poll(why),
            Err(Trouble::Lost) => self.poll(Why::Unavailable),
        }
    }

    /// Looks for changes from now on.
    fn poll(&mut self, why: Why) {
        self.source = Source::Poller(Box::new(Poller::start(&self.root)));
        self.say(Method::Polling(why));
    }

    /// Says how changes are found.
    fn say(&self, method: Method) {
        *self.method.lock().unwrap_or_else(PoisonError::into_inner) = method;
    }
}
