//! Builds that are killed at any moment.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Chance, Portal, State, same};
use crate::laws::full;
use crate::support::tree;

/// How many news items the portal has: enough that a build takes a good part of a second.
const NEWS: usize = 150;

/// When a build is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// At any time from its start.
    Any(Duration),
    /// So long after the file appears by which it begins to move outputs into place.
    Commit(Duration),
}

/// Starts a build, kills it, and tells whether it was still running.
fn kill(portal: &Portal, moment: Moment) -> bool {
    let mut child = portal.command(&[]).spawn().unwrap();
    let journal = portal.public().join(".congso-stage/journal.json");
    match moment {
        Moment::Any(delay) => sleep(delay),
        Moment::Commit(delay) => {
            while !journal.exists() && child.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
            let start = Instant::now();
            while start.elapsed() < delay {
                std::hint::spin_loop();
            }
        }
    }
    // SIGKILL on Unix: nothing of the program runs after it.
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

/// Holds every file of the output to be whole: that of one state or of the other. Tells whether there
/// are files of both.
#[track_caller]
fn whole(portal: &Portal, about: &str) -> bool {
    let (mut old, mut new) = (0, 0);
    for (path, bytes) in tree(&portal.public()) {
        if path.starts_with(".congso-stage/") {
            continue;
        }
        let of = |state| portal.clean(state).get(&path) == Some(&bytes);
        assert!(of(State::Old) || of(State::New), "{about}: {path} is neither old nor new: {} bytes", bytes.len());
        old += usize::from(!of(State::New));
        new += usize::from(!of(State::Old));
    }
    old > 0 && new > 0
}

#[test]
fn a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_heals() {
    let kills = if full() { 200 } else { 20 };
    let portal = Portal::new(NEWS);
    let mut chance = Chance(7);
    portal.edit(State::New);
    let start = Instant::now();
    portal.build(State::New);
    let duration = start.elapsed();
    let (mut state, mut killed, mut mixed) = (State::New, 0, 0);
    for number in 0..kills {
        let about = format!("kill {number}");
        if number % 10 == 9 {
            // From nothing, too.
            fs::remove_dir_all(portal.public()).unwrap();
            fs::remove_dir_all(portal.root.join(".congso")).unwrap();
        }
        state = state.other();
        portal.edit(state);
        let micros = |most: Duration, chance: &mut Chance| {
            Duration::from_micros(chance.below(usize::try_from(most.as_micros()).unwrap()) as u64)
        };
        let moment = match chance.below(2) {
            0 => Moment::Any(micros(duration, &mut chance)),
            _ => Moment::Commit(micros(duration / 20, &mut chance)),
        };
        killed += usize::from(kill(&portal, moment));
        mixed += usize::from(whole(&portal, &about));
        match chance.below(4) {
            // The next one is killed as well.
            0 => {
                kill(&portal, Moment::Any(micros(duration, &mut chance)));
                whole(&portal, &about);
            }
            // Somebody takes the edit back first.
            1 => {
                state = state.other();
                portal.edit(state);
            }
            _ => {}
        }
        portal.build(state);
        assert!(!portal.public().join(".congso-stage").exists(), "{about}");
        let again = portal.build(state);
        assert!(again.contains(": 0 files written"), "{about}: {again}");
    }
    same(&tree(&portal.public()), portal.clean(state));
    assert!(killed * 2 > kills, "only {killed} of {kills} builds were killed in time");
    assert!(mixed > 0, "no build was killed while it moved outputs into place");
}
