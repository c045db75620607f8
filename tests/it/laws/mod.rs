//! The two laws, as properties over sequences of edits: a build that uses what earlier ones kept equals
//! a clean build, and one thread equals many.

mod aged;
pub(crate) mod doc;
pub(crate) mod edit;
pub(crate) mod model;
mod pairs;
mod time;
pub(crate) mod values;

use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use congso::base::path::RelPath;
use congso::build::options::{BuildOptions, CachePolicy, Strictness};
use congso::build::pipeline;
use congso::build::report::{BuildReport, Silent};
use congso::site::publication::{Preview, Shown};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

use aged::{Age, Aged};
use edit::{Edit, How, Step, steps};
use model::{Model, Pages, Theme};

use crate::support::{NOW, tree};

pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// How many sequences each law is held against, over all runners.
const SEQUENCES: u32 = 200;

/// How many runners share them, each with a seed of its own.
const RUNNERS: u32 = 4;

/// How many threads render.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Threads {
    One,
    Four,
}

/// The threads to build with.
struct Pools {
    one: rayon::ThreadPool,
    four: rayon::ThreadPool,
}

impl Pools {
    fn new() -> Self {
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        Self { one: pool(1), four: pool(4) }
    }

    fn build(&self, options: &BuildOptions, threads: Threads, age: Age) -> Seen {
        let pool = if threads == Threads::One { &self.one } else { &self.four };
        let workspace = Aged::new(&options.root, age);
        let outcome = pool.install(|| pipeline::build(options, &workspace, &Silent));
        let diagnostics = outcome.diagnostics.iter().map(|d| format!("{d:?}\n")).collect();
        Seen { report: outcome.report, diagnostics, tree: tree(&options.out) }
    }
}

/// What there is to see of a build.
struct Seen {
    report: Option<BuildReport>,
    diagnostics: String,
    tree: Tree,
}

/// A folder in memory where the system has one: builds wait for the disk.
pub fn quick_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// Whether the long tests are asked for.
pub fn full() -> bool {
    std::env::var_os("CONGSO_TEST_FULL").is_some()
}

/// The seed that is asked for.
pub fn seed() -> Option<u64> {
    std::env::var_os("CONGSO_TEST_SEED").map(|seed| seed.to_str().unwrap().parse().unwrap())
}

/// Holds a law against many sequences: the same ones in each run, and others too in the long one.
fn hold(law: impl Fn(&Pools, &[Step], Age, Theme) -> TestCaseResult + Sync) {
    let (seed, times): (u64, u32) = match seed() {
        Some(seed) => (seed, 1),
        None if full() => (RandomState::new().hash_one(()), 5),
        None => (0, 1),
    };
    let run = |number: u32| {
        let cases = SEQUENCES * times / RUNNERS;
        let config = Config { cases, failure_persistence: None, max_shrink_time: 30_000, ..Config::default() };
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..12].copy_from_slice(&number.to_le_bytes());
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        let pools = Pools::new();
        let themes = prop_oneof![1 => Just(Theme::Default), 3 => Just(Theme::Plain)];
        runner
            .run(&(steps(), aged::ages(), themes), |(steps, age, theme)| law(&pools, &steps, age, theme))
            .map_err(|error| error.to_string())
    };
    let results: Vec<Result<(), String>> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..RUNNERS).map(|number| scope.spawn(move || run(number))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    results.into_iter().for_each(|result| result.unwrap_or_else(|error| panic!("CONGSO_TEST_SEED={seed}: {error}")));
}

/// How to build a portal after a step.
fn options(root: &Path, out: PathBuf, model: &Model, how: &How) -> BuildOptions {
    let shown = if *how == How::Preview { Shown::Shown } else { Shown::Hidden };
    let without = match how {
        How::Without(which) => model.page(*which, Pages::Ordinary).and_then(|path| RelPath::new(&path)),
        _ => None,
    };
    BuildOptions {
        root: root.to_owned(),
        out,
        base_url: (*how == How::BaseUrl).then(|| "https://khac.example/thu/".to_owned()),
        preview: Preview { drafts: shown, future: shown },
        strictness: if *how == How::Strict { Strictness::Strict } else { Strictness::Normal },
        without: without.into_iter().collect(),
        now: model.now,
        cache: if *how == How::Rebuild { CachePolicy::Rebuild } else { CachePolicy::Use },
    }
}

/// The paths at which two trees differ.
fn differing<'a>(a: &'a Tree, b: &'a Tree) -> Vec<&'a String> {
    let of = |a: &'a Tree, b: &'a Tree| a.iter().filter(|(path, bytes)| b.get(*path) != Some(*bytes));
    let mut paths: Vec<&String> = of(a, b).chain(of(b, a)).map(|(path, _)| path).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Holds two builds of the same portal to be the same.
fn same(kept: &Seen, clean: &Seen, about: &str) -> TestCaseResult {
    prop_assert_eq!(&kept.diagnostics, &clean.diagnostics, "{}: what is told", about);
    prop_assert_eq!(kept.report.is_some(), clean.report.is_some(), "{}: success", about);
    let (Some(report), Some(wanted)) = (&kept.report, &clean.report) else { return Ok(()) };
    if let Some(path) = differing(&kept.tree, &clean.tree).first() {
        let text = |tree: &Tree| tree.get(*path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        prop_assert_eq!(text(&kept.tree), text(&clean.tree), "{}: {}", about, path);
    }
    prop_assert_eq!(report.pages, wanted.pages, "{}", about);
    prop_assert_eq!(report.next_change, wanted.next_change, "{}", about);
    prop_assert_eq!(&report.left_out, &wanted.left_out, "{}", about);
    Ok(())
}

/// Whether an output is made, and no copy of a file.
fn is_made(path: &str) -> bool {
    [".html", ".xml"].iter().any(|end| path.ends_with(end)) || ["robots.txt", "_headers", "_redirects"].contains(&path)
}

/// How many builds succeeded and failed, so that a law is not held against nothing.
#[derive(Default)]
struct Counts {
    good: AtomicUsize,
    bad: AtomicUsize,
}

impl Counts {
    fn count(&self, seen: &Seen) {
        let counter = if seen.report.is_some() { &self.good } else { &self.bad };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    #[track_caller]
    fn check(&self) {
        let (good, bad) = (self.good.load(Ordering::Relaxed), self.bad.load(Ordering::Relaxed));
        assert!(good > SEQUENCES as usize && bad * 2 < good && bad * 20 > good, "{good} succeeded, {bad} failed");
    }
}

/// The portal that is edited and built again and again.
struct Edited {
    place: tempfile::TempDir,
    root: PathBuf,
    model: Model,
    /// As it was when it was last built without error, and when it will next change by itself.
    good: Model,
    next_change: Option<jiff::Timestamp>,
    /// How many clean builds there were.
    fresh: usize,
}

impl Edited {
    fn new(theme: Theme) -> Self {
        let place = quick_folder();
        let root = place.path().canonicalize().unwrap().join("portal");
        let model = Model::small(theme);
        model.write_fresh(&root);
        Self { place, root, good: model.clone(), model, next_change: None, fresh: 0 }
    }

    /// Does what a step says to the portal's folder.
    fn edit(&mut self, step: &Step) {
        let before = self.model.clone();
        if step.repair {
            self.model = Model { now: self.model.now, ..self.good.clone() };
        }
        step.edit.apply(&mut self.model);
        self.model.sync(&before, &self.root, step.save);
        match step.edit {
            Edit::NextChange => self.model.now = self.next_change.unwrap_or(self.model.now),
            Edit::Touch { which } => self.model.touch(&self.root, which),
            Edit::LoseOutput { which } => {
                let outputs = tree(&self.root.join("public"));
                if let Some(path) = outputs.keys().nth(usize::from(which) % outputs.len().max(1)) {
                    fs::remove_file(self.root.join("public").join(path)).unwrap();
                }
            }
            _ => {}
        }
    }

    /// Builds a fresh copy of the portal, with the other number of threads.
    fn clean(&mut self, pools: &Pools, step: &Step) -> Seen {
        self.fresh += 1;
        let root = self.place.path().canonicalize().unwrap().join(format!("fresh-{}", self.fresh));
        self.model.write_fresh(&root);
        let options = options(&root, root.join("elsewhere"), &self.model, &step.how);
        let seen =
            pools.build(&options, if step.threads == Threads::One { Threads::Four } else { Threads::One }, Age::New);
        fs::remove_dir_all(root).unwrap();
        seen
    }
}

#[test]
fn a_build_that_uses_what_was_kept_equals_a_clean_one() {
    let counts = Counts::default();
    hold(|pools, steps, age, theme| {
        let mut portal = Edited::new(theme);
        let public = portal.root.join("public");
        let first =
            pools.build(&options(&portal.root, public.clone(), &portal.model, &How::Ordinary), Threads::Four, age);
        let is_hint = |told: &str| told.contains("severity: Hint");
        prop_assert!(first.diagnostics.lines().all(is_hint), "{}", first.diagnostics);
        portal.next_change = first.report.and_then(|report| report.next_change).map(|moment| moment.at);
        for (number, step) in steps.iter().enumerate() {
            let about = format!("step {number}, {step:?}");
            portal.edit(step);
            let out = if step.how == How::Preview { portal.root.join("xem-thu") } else { public.clone() };
            let before = tree(&out);
            let asked = options(&portal.root, out, &portal.model, &step.how);
            let kept = pools.build(&asked, step.threads, age);
            counts.count(&kept);
            let clean = portal.clean(pools, step);
            same(&kept, &clean, &about)?;
            let (Some(report), Some(wanted)) = (&kept.report, &clean.report) else {
                prop_assert!(kept.tree == before, "{about}: a build that failed changed something");
                continue;
            };
            portal.good = portal.model.clone();
            portal.next_change = report.next_change.map(|moment| moment.at);
            let written = kept.tree.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).count();
            prop_assert_eq!(report.written, written, "{}: files written", about);
            // Copies count where they are written, all others wherever they are made.
            let least = match step.how {
                How::Rebuild => kept.tree.keys().filter(|path| is_made(path)).count(),
                _ => written,
            };
            prop_assert!((least..=wanted.rendered).contains(&report.rendered), "{about}: {}", report.rendered);
            if number + 1 == steps.len() {
                let asked = BuildOptions { cache: CachePolicy::Use, ..asked };
                let again = pools.build(&asked, step.threads, age);
                same(&again, &kept, "built again")?;
                let report = again.report.unwrap();
                prop_assert_eq!((report.rendered, report.written, report.removed), (0, 0, 0), "{}", about);
            }
        }
        Ok(())
    });
    counts.check();
}

#[test]
fn one_thread_equals_many() {
    let counts = Counts::default();
    hold(|pools, steps, age, theme| {
        let mut portal = Edited::new(theme);
        let breaks = |step: &Step| matches!(step.edit, Edit::Break { .. } | Edit::BreakPage { .. });
        for step in steps.iter().filter(|step| !breaks(step)) {
            portal.edit(&Step { repair: false, ..step.clone() });
        }
        let step = steps.last().unwrap();
        let folders = [Threads::One, Threads::Four].map(|threads| {
            let out = portal.root.join(format!("{threads:?}"));
            (options(&portal.root, out, &portal.model, &step.how), threads)
        });
        let [one, four] = folders.map(|(options, threads)| pools.build(&options, threads, age));
        counts.count(&one);
        same(&four, &one, "four threads")?;
        let rendered = |seen: &Seen| seen.report.as_ref().map(|report| (report.rendered, report.written));
        prop_assert_eq!(rendered(&one), rendered(&four));
        Ok(())
    });
    let good = counts.good.load(Ordering::Relaxed);
    assert!(good > SEQUENCES as usize / 2, "only {good} portals could be built");
}
