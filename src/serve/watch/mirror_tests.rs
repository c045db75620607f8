//! Nothing is ever lost: whoever reads again what is told ends with what is on the disk, whatever was
//! done to it.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use super::tests::{PATIENCE, put};
use super::*;

/// What a reader knows of the files below `content/`.
type Mirror = BTreeMap<String, String>;

/// What is below a path now, links not followed.
fn read(root: &Path, path: &str) -> Mirror {
    let entries = walkdir::WalkDir::new(root.join(path)).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            Some((path, fs::read_to_string(entry.path()).ok()?))
        })
        .collect()
}

/// Reads again what is told.
fn update(mirror: &mut Mirror, root: &Path, change: &Change) {
    let paths = match change {
        Change::All => vec!["content".to_owned()],
        Change::Paths(paths) => paths.iter().map(RelPath::to_string).collect(),
    };
    for path in paths {
        let below = format!("{path}/");
        mirror.retain(|known, _| *known != path && !known.starts_with(&below));
        mirror.extend(read(root, &path));
    }
}

/// Numbers that look like chance, the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// One of few folders, up to four deep.
    fn folder(&mut self) -> String {
        let depth = self.roll(4);
        (0..depth).fold("content".to_owned(), |path, _| format!("{path}/d{}", self.roll(3)))
    }
}

/// One edit; those that cannot be done are not.
fn edit(root: &Path, dice: &mut Dice, number: usize) {
    let (one, other) = (root.join(dice.folder()), root.join(dice.folder()));
    let file = one.join(format!("f{}.md", dice.roll(3)));
    let _ = match dice.roll(10) {
        0..=3 => fs::create_dir_all(&one).and_then(|()| fs::write(&file, format!("text {number}"))),
        4 => {
            let temporary = one.join("f.tmp");
            fs::write(&temporary, format!("text {number}")).and_then(|()| fs::rename(&temporary, &file))
        }
        5 => fs::remove_file(&file),
        6 => fs::rename(&file, other.join(format!("f{}.md", dice.roll(3)))),
        7 if one != root.join("content") => fs::remove_dir_all(&one),
        8 if one != root.join("content") => fs::rename(&one, root.join("away")),
        8 | 9 => fs::rename(root.join("away"), &other).or_else(|_| fs::rename(&one, &other)),
        _ => Ok(()),
    };
}

/// Edits a portal for a while and waits for its mirror.
fn hold(choice: Choice, seed: u64, edits: usize) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().to_owned();
    put(&root.join("content/d0/f0.md"), "text");
    let mirror = Arc::new(Mutex::new(read(&root, "content")));
    let (kept, at) = (Arc::clone(&mirror), root.clone());
    let watch = Watch::start(&root, choice, move |change| update(&mut kept.lock().unwrap(), &at, &change)).unwrap();
    let mut dice = Dice(seed);
    for number in 0..edits {
        edit(&root, &mut dice, number);
        if dice.roll(8) == 0 {
            std::thread::sleep(Duration::from_millis(dice.roll(40)));
        }
    }
    let end = Instant::now() + PATIENCE;
    let now = || read(&root, "content");
    while *mirror.lock().unwrap() != now() {
        assert!(Instant::now() < end, "seed {seed}: {:#?} is held for {:#?}", mirror.lock().unwrap(), now());
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(watch);
}

#[test]
fn with_events_nothing_is_lost() {
    (1..=4).for_each(|seed| hold(Choice::Fitting, seed, 150));
}

#[test]
fn with_polling_nothing_is_lost() {
    hold(Choice::Polling, 5, 200);
}
