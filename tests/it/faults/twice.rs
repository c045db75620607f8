//! Several builds at once.

use std::process::{Child, ExitStatus};
use std::thread::sleep;
use std::time::Duration;

use super::{Chance, Portal, State, same};
use crate::laws::full;
use crate::support::{congso, tree};

/// Waits for a build; how it ended and what it told.
fn end(child: Child) -> (ExitStatus, String) {
    let output = child.wait_with_output().unwrap();
    (output.status, String::from_utf8(output.stderr).unwrap())
}

/// Holds that a build succeeded, or that it said why it did not begin.
#[track_caller]
fn done_or_refused((status, told): &(ExitStatus, String)) -> bool {
    if !status.success() {
        assert!(status.code().is_some_and(|code| code != 0 && code != 101), "{status} {told}");
        assert!(told.contains("[out-locked]") && told.contains("Another build is writing to"), "{told}");
        assert!(told.contains("Wait until it has finished"), "{told}");
    }
    status.success()
}

#[test]
fn of_two_builds_into_one_folder_the_second_waits_or_is_refused() {
    let portal = Portal::new(60);
    let other = "https://other.example/b/";
    let root = portal.root.join("..").join("other");
    crate::fixtures::put(&root, &State::Old.files(portal.news));
    assert_eq!(congso(&root, &["build", "--base-url", other]).code, 0);
    let with_other = tree(&root.join("public"));
    let mut chance = Chance(3);
    let (mut refused, mut both) = (0, 0);
    for _ in 0..if full() { 60 } else { 12 } {
        // The last one to succeed made all of it, whichever that was.
        let first = portal.command(&[]).spawn().unwrap();
        sleep(Duration::from_micros(chance.below(150_000) as u64));
        let second = portal.command(&["--base-url", other]).spawn().unwrap();
        let ends = [end(first), end(second)];
        let done = ends.each_ref().map(done_or_refused);
        assert!(done[0] || done[1], "{ends:?}");
        let found = tree(&portal.public());
        match done {
            [true, false] => same(&found, portal.clean(State::Old)),
            [false, true] => same(&found, &with_other),
            _ => same(&found, if found == with_other { &with_other } else { portal.clean(State::Old) }),
        }
        refused += done.iter().filter(|done| !**done).count();
        both += usize::from(done == [true, true]);
    }
    portal.build(State::Old);
    assert!(refused + both > 0);
}

#[test]
fn many_builds_into_one_folder_at_once() {
    let portal = Portal::new(60);
    for state in [State::New, State::Old, State::New] {
        portal.edit(state);
        let children: Vec<Child> = (0..6).map(|_| portal.command(&[]).spawn().unwrap()).collect();
        let ends: Vec<_> = children.into_iter().map(end).collect();
        let done = ends.iter().filter(|end| done_or_refused(end)).count();
        assert!(done > 0, "{ends:?}");
        same(&tree(&portal.public()), portal.clean(state));
    }
}

#[test]
fn builds_into_two_folders_at_once_do_not_meet() {
    let portal = Portal::new(60);
    for state in [State::New, State::Old] {
        portal.edit(state);
        let children = [&[][..], &["--out", "xem-thu"], &["--out", "xem/nua"]];
        let children = children.map(|args| portal.command(args).spawn().unwrap());
        for (status, told) in children.map(end) {
            assert!(status.success(), "{told}");
        }
        for out in ["public", "xem-thu", "xem/nua"] {
            same(&tree(&portal.root.join(out)), portal.clean(state));
        }
    }
}
