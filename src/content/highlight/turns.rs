//! Whose turn it is to read code in a language: the first lines of each take its grammar a while to be
//! compiled, and a thread that would only wait for it reads other documents meanwhile.

use std::cell::Cell;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

/// How many documents a thread leaves half read at most: each keeps its part of the stack.
const MOST_LEFT: usize = 4;

thread_local! {
    /// How many documents this thread has left half read.
    static LEFT: Cell<usize> = const { Cell::new(0) };
}

/// The turn for one language.
#[derive(Default)]
pub(super) struct Turn(Mutex<()>);

impl Turn {
    /// Waits for the turn, with other work of the thread's pool where there is some. Whoever calls holds no
    /// lock: the other work may want it.
    pub(super) fn take(&self) -> MutexGuard<'_, ()> {
        loop {
            match self.0.try_lock() {
                Ok(guard) => return guard,
                // It guards no data, so that none can be half written.
                Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
                Err(TryLockError::WouldBlock) if work_elsewhere() => {}
                Err(TryLockError::WouldBlock) => return self.0.lock().unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// Does another piece of work; `false` where there is none, or where too much is half done already.
fn work_elsewhere() -> bool {
    let left = LEFT.get();
    if left >= MOST_LEFT {
        return false;
    }
    LEFT.set(left + 1);
    let yielded = rayon::yield_now();
    LEFT.set(left);
    yielded == Some(rayon::Yield::Executed)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_would_wait_does_other_work() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        let turn = Turn::default();
        let done = AtomicUsize::new(0);
        let (all_done, wait) = mpsc::channel();
        pool.scope(|scope| {
            let (turn, done) = (&turn, &done);
            let (taken, is_taken) = mpsc::channel();
            scope.spawn(move |_| {
                let _mine = turn.take();
                taken.send(()).unwrap();
                // Held until the other thread has done all other work while it waited for the turn.
                wait.recv_timeout(Duration::from_secs(60)).unwrap();
            });
            scope.spawn(move |scope| {
                is_taken.recv().unwrap();
                for _ in 0..3 {
                    let all_done = all_done.clone();
                    scope.spawn(move |_| {
                        if done.fetch_add(1, Ordering::SeqCst) == 2 {
                            all_done.send(()).unwrap();
                        }
                    });
                }
                let _mine = turn.take();
                assert_eq!(done.load(Ordering::SeqCst), 3);
            });
        });
    }

    #[test]
    fn outside_a_pool_it_waits() {
        let turn = Turn::default();
        std::thread::scope(|scope| {
            let mine = turn.take();
            let other = scope.spawn(|| drop(turn.take()));
            drop(mine);
            other.join().unwrap();
        });
    }
}
