//! The rules of telling, with times of our own.

use super::*;

/// A gatherer with a clock that is set by hand, in milliseconds.
struct Bench {
    gatherer: Gatherer,
    start: Instant,
}

impl Bench {
    fn new() -> Self {
        Self { gatherer: Gatherer::default(), start: Instant::now() }
    }

    fn at(&self, milliseconds: u64) -> Instant {
        self.start + Duration::from_millis(milliseconds)
    }

    fn touch(&mut self, at: u64, path: &str, found: Found, sign: Sign) {
        let now = self.at(at);
        self.gatherer.touch(RelPath::new(path).unwrap(), PathBuf::from(path), found, sign, now);
    }

    /// A file is saved by one rename.
    fn save(&mut self, at: u64, path: &str) {
        self.touch(at, path, Found::File(9), Sign::Written);
    }

    /// What is told at that time, with looks at what is due; paths with blanks between.
    fn told(&mut self, at: u64, found: Found) -> Option<String> {
        let now = self.at(at);
        for (path, _) in self.gatherer.to_look(now) {
            self.gatherer.looked(&path, found, now);
        }
        self.gatherer.take(now).map(|change| match change {
            Change::All => "all".to_owned(),
            Change::Paths(paths) => paths.iter().map(RelPath::as_str).collect::<Vec<_>>().join(" "),
        })
    }

    /// Runs by its own wake-ups up to a time, and gives all that is told, with when.
    fn run(&mut self, until: u64, found: Found) -> Vec<(u64, String)> {
        let mut told = Vec::new();
        while let Some(wake) = self.gatherer.wake().filter(|wake| *wake <= self.at(until)) {
            let at = u64::try_from(wake.duration_since(self.start).as_millis()).unwrap();
            told.extend(self.told(at, found).map(|text| (at, text)));
        }
        told
    }
}

fn told(times: &[(u64, &str)]) -> Vec<(u64, String)> {
    times.iter().map(|(at, text)| (*at, (*text).to_owned())).collect()
}

const NONE: Found = Found::Settled;

#[test]
fn the_first_is_told_at_once_and_the_rest_after_quiet() {
    let mut bench = Bench::new();
    bench.save(0, "a");
    assert_eq!(bench.told(0, NONE).unwrap(), "a");
    bench.save(10, "a");
    bench.save(20, "b");
    assert_eq!(bench.told(49, NONE), None);
    assert_eq!(bench.run(1000, NONE), told(&[(50, "a b")]));
    assert_eq!(bench.gatherer.wake(), None);
    bench.save(60, "c");
    assert_eq!(bench.run(1000, NONE), told(&[(60, "c")]), "there was quiet before");
    bench.save(200, "d");
    assert_eq!(bench.run(1000, NONE), told(&[(200, "d")]));
}

#[test]
fn without_quiet_it_is_told_every_half_second() {
    let mut bench = Bench::new();
    let mut all = Vec::new();
    for at in (0..=1200).step_by(10) {
        bench.save(at, "a");
        all.extend(bench.run(at, NONE));
    }
    all.extend(bench.run(2000, NONE));
    assert_eq!(all, told(&[(0, "a"), (510, "a"), (1020, "a"), (1230, "a")]));
}

#[test]
fn what_happens_while_it_is_told_is_told_next() {
    let mut bench = Bench::new();
    bench.save(0, "a");
    assert!(bench.told(0, NONE).is_some());
    // Telling took 200 ms; the event had waited.
    bench.save(200, "a");
    assert_eq!(bench.told(200, NONE).unwrap(), "a");
}

#[test]
fn an_empty_file_waits_until_it_is_written() {
    let mut bench = Bench::new();
    bench.touch(0, "a", Found::File(0), Sign::Writing);
    bench.touch(1, "a", Found::File(0), Sign::Written);
    assert_eq!(bench.told(1, NONE), None);
    bench.touch(20, "a", Found::File(9), Sign::Writing);
    assert_eq!(bench.told(20, NONE), None, "its writer has not closed it");
    bench.touch(22, "a", Found::File(9), Sign::Written);
    assert_eq!(bench.told(22, NONE).unwrap(), "a");
    assert_eq!(bench.gatherer.wake(), None);
}

#[test]
fn a_file_that_stays_empty_is_told_after_half_a_second() {
    let mut bench = Bench::new();
    bench.touch(0, "a", Found::File(0), Sign::Written);
    assert_eq!(bench.run(1000, Found::File(0)), told(&[(500, "a")]));
}

#[test]
fn a_file_whose_writer_never_closes_it_is_told_when_it_no_longer_grows() {
    let mut bench = Bench::new();
    bench.touch(0, "a", Found::File(0), Sign::Writing);
    for (at, size) in [(10, 4), (35, 8), (60, 8)] {
        assert_eq!(bench.told(at, Found::File(size)), None);
        bench.touch(at, "a", Found::File(size), Sign::Writing);
    }
    assert_eq!(bench.run(70, Found::File(8)), told(&[]));
    assert_eq!(bench.told(90, Found::File(9)), None, "it has grown without an event");
    assert_eq!(bench.run(1000, Found::File(9)), told(&[(120, "a")]));
}

#[test]
fn a_file_that_grows_for_ever_is_told_after_half_a_second() {
    let mut bench = Bench::new();
    let mut all = Vec::new();
    for at in (0..=600).step_by(20) {
        bench.touch(at, "a", Found::File(at), Sign::Writing);
        all.extend(bench.run(at, Found::File(at)));
    }
    assert_eq!(all, told(&[(500, "a")]));
}

#[test]
fn a_file_that_waits_does_not_hold_up_others() {
    let mut bench = Bench::new();
    bench.touch(0, "a", Found::File(0), Sign::Writing);
    bench.save(1, "b");
    assert_eq!(bench.told(1, NONE).unwrap(), "b");
}

#[test]
fn what_comes_back_is_never_told_as_gone() {
    let mut bench = Bench::new();
    bench.touch(0, "a", Found::Gone, Sign::Writing);
    assert_eq!(bench.told(0, NONE), None);
    bench.touch(3, "a", Found::File(0), Sign::Writing);
    bench.touch(4, "a", Found::File(9), Sign::Written);
    assert_eq!(bench.told(4, NONE).unwrap(), "a");
}

#[test]
fn what_is_gone_is_told_after_a_while() {
    let mut bench = Bench::new();
    bench.touch(0, "a", Found::Gone, Sign::Writing);
    bench.touch(20, "a", Found::Gone, Sign::Writing);
    assert_eq!(bench.run(1000, Found::Gone), told(&[(30, "a")]));
}

#[test]
fn a_new_name_is_told_together_with_the_old_one() {
    let mut bench = Bench::new();
    bench.touch(0, "old", Found::Gone, Sign::Writing);
    bench.save(0, "new");
    assert_eq!(bench.told(0, NONE), None);
    // The system says that the one has become the other.
    bench.touch(1, "old", Found::Settled, Sign::Writing);
    assert_eq!(bench.told(1, NONE).unwrap(), "new old");

    let mut bench = Bench::new();
    bench.touch(0, "old", Found::Gone, Sign::Writing);
    bench.save(0, "new");
    // It does not.
    assert_eq!(bench.run(1000, Found::Gone), told(&[(30, "new old")]));
}

#[test]
fn files_that_go_for_a_long_time_hold_up_nothing_for_ever() {
    let mut bench = Bench::new();
    let mut all = Vec::new();
    for at in (0..600).step_by(10) {
        bench.touch(at, &format!("gone-{at}"), Found::Gone, Sign::Writing);
        all.extend(bench.run(at, Found::Gone));
    }
    assert!(all.len() == 1 && all[0].0 == 530, "{:?}", all.iter().map(|(at, _)| at).collect::<Vec<_>>());
}

#[test]
fn a_folder_stands_for_what_is_below_it() {
    let mut bench = Bench::new();
    for path in ["content/a/x", "content/a-b", "content/a"] {
        bench.touch(0, path, Found::Settled, Sign::Written);
    }
    assert_eq!(bench.told(0, NONE).unwrap(), "content/a content/a-b");
}

#[test]
fn everything_stands_for_all() {
    let mut bench = Bench::new();
    bench.save(0, "a");
    bench.touch(0, "b", Found::File(0), Sign::Writing);
    let now = bench.at(0);
    bench.gatherer.touch_all(now);
    assert_eq!(bench.told(0, NONE).unwrap(), "all");
    assert_eq!(bench.run(1000, Found::File(5)), told(&[(60, "b")]), "it may have been read while it was empty");
}

#[test]
fn what_is_put_aside_is_told_with_the_next() {
    let mut bench = Bench::new();
    bench.touch(0, "4913", Found::File(0), Sign::Writing);
    bench.gatherer.put_aside(RelPath::new("4913").unwrap());
    assert_eq!(bench.gatherer.wake(), None);
    bench.save(5, "a");
    assert_eq!(bench.told(5, NONE).unwrap(), "4913 a");
}

#[test]
fn a_new_folder_is_told_when_what_is_in_it_is_written() {
    let mut bench = Bench::new();
    bench.touch(0, "a", Found::Folder, Sign::Writing);
    bench.touch(5, "a/b.md", Found::File(0), Sign::Writing);
    assert_eq!(bench.told(0, NONE), None);
    assert_eq!(bench.told(30, Found::Folder), None);
    bench.save(40, "a/b.md");
    assert_eq!(bench.told(40, NONE), Some("a".to_owned()));
}

#[test]
fn a_folder_that_was_moved_is_told_at_once() {
    let mut bench = Bench::new();
    bench.touch(0, "a", Found::Folder, Sign::Written);
    assert_eq!(bench.told(0, NONE), Some("a".to_owned()));
}
