//! The law of the preview: after any edits, told in any way, it serves what a clean build would write; and
//! where that would fail, broken files stand as they last were and all others as they are.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, Instant};

use congso::base::path::RelPath;
use congso::build::options::BuildOutcome;
use congso::diag::{Diagnostic, Severity};
use congso::serve::http::{Action, Answer, Portal as _, Shown as Asked};
use congso::serve::watch::Change;
use congso::site::publication::{Preview, Shown};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

use super::twists::{Act, Desk, acts};
use super::{Live, all, problems};
use crate::laws::edit::Edit;
use crate::laws::model::{Files, Model, Save, Theme};
use crate::laws::{self, Tree, full};

/// How many sequences, over all runners.
const SEQUENCES: u32 = 40;

/// How many runners share them, each with a seed of its own.
const RUNNERS: u32 = 2;

/// Long enough for a busy machine.
const LONG: Duration = Duration::from_secs(30);

/// How the preview hears of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tell {
    /// The files.
    Files,
    /// The folders they lie in.
    Folders,
    /// The folders of the portal.
    Tops,
    /// That everything may have changed.
    All,
    /// Together with the next edit.
    Later,
}

/// One edit.
#[derive(Clone, Debug)]
struct Step {
    act: Act,
    tell: Tell,
    save: Save,
    /// Whether what could not be built is put back before.
    repair: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let tell = prop_oneof![
        10 => Just(Tell::Files),
        3 => Just(Tell::Folders),
        1 => Just(Tell::Tops),
        1 => Just(Tell::All),
        2 => Just(Tell::Later),
    ];
    let save = prop_oneof![4 => Just(Save::Write), 1 => Just(Save::KeepTime), 1 => Just(Save::Rename)];
    let repair = proptest::bool::weighted(0.6);
    (acts(), tell, save, repair).prop_map(|(act, tell, save, repair)| Step { act, tell, save, repair })
}

/// A portal that is edited while it is shown.
struct Soak {
    live: Live,
    desk: Desk,
    /// As it was when it was last built without error.
    sound: Desk,
    /// Every file as it last was without an error of its own; `None` where that is not sure.
    good: Option<Files>,
    shows: Preview,
    next_change: Option<jiff::Timestamp>,
    untold: BTreeSet<RelPath>,
    /// How many states were compared, and how many of them were those of a broken portal.
    compared: (usize, usize),
}

impl Soak {
    fn new(theme: Theme, shows: Preview) -> Self {
        let desk = Desk::new(Model::small(theme));
        let live = Live::start(desk.bytes(), shows);
        let (sound, good) = (desk.clone(), Some(desk.bytes()));
        Self { live, desk, sound, good, shows, next_change: None, untold: BTreeSet::new(), compared: (0, 0) }
    }

    fn step(&mut self, step: &Step) -> TestCaseResult {
        if step.repair {
            let now = self.desk.model.now;
            self.desk = self.sound.clone();
            self.desk.model.now = now;
        }
        step.act.apply(&mut self.desk);
        match step.act {
            Act::Edit(Edit::NextChange) => {
                let now = self.desk.model.now;
                self.desk.model.now = self.next_change.unwrap_or(now).max(now);
            }
            Act::Edit(Edit::Touch { which }) if self.desk.over.is_empty() && self.desk.aside.is_none() => {
                self.desk.model.touch(self.live.root(), which);
            }
            Act::Choose { drafts, future } => {
                let asked = |shown| if shown { Asked::Yes } else { Asked::No };
                let (drafts_asked, future_asked) = (asked(drafts), asked(future));
                let done = self.live.engine.act(Action::Choose { drafts: drafts_asked, future: future_asked });
                prop_assert_eq!(done, Ok("{}".to_owned()));
                let shown = |shown| if shown { Shown::Shown } else { Shown::Hidden };
                self.shows = Preview { drafts: shown(drafts), future: shown(future) };
                self.live.shows(self.shows);
            }
            _ => {}
        }
        self.live.at(self.desk.model.now);
        self.untold.extend(self.live.put(self.desk.bytes(), step.save));
        if step.tell == Tell::Later {
            return Ok(());
        }
        let touched = std::mem::take(&mut self.untold);
        let folder = |path: &RelPath| if path.parent().as_str().is_empty() { path.clone() } else { path.parent() };
        let top = |path: &RelPath| RelPath::new(path.as_str().split('/').next().unwrap_or_default()).unwrap();
        self.live.engine.changed(match step.tell {
            Tell::Files | Tell::Later => Change::Paths(touched),
            Tell::Folders => Change::Paths(touched.iter().map(folder).collect()),
            Tell::Tops => Change::Paths(touched.iter().map(top).collect()),
            Tell::All => Change::All,
        });
        self.live.engine.settled();
        self.check()
    }

    /// Compares what is served with clean builds.
    fn check(&mut self) -> TestCaseResult {
        let (outcome, built) = self.live.build(None);
        let state = self.live.state("index.html");
        prop_assert_eq!(state["stage"].as_str(), Some("ready"));
        if let Some(report) = &outcome.report {
            self.next_change = report.next_change.map(|moment| moment.at);
            self.same(&built)?;
            let wanted = sorted(found(&outcome));
            let begun = Instant::now();
            // What could not be rendered before is told until it has been rendered again.
            while self.told() != wanted && begun.elapsed() < LONG {
                std::thread::sleep(Duration::from_millis(2));
            }
            prop_assert_eq!(self.told(), wanted);
            self.sound = self.desk.clone();
            self.good = Some(self.live.files().clone());
            self.compared.0 += 1;
            return Ok(());
        }
        // Every answer is there, whatever it is.
        let answers: Vec<Answer> = self.live.ever.iter().map(|out| self.live.answer(out)).collect();
        prop_assert!(answers.iter().all(|answer| !matches!(answer, Answer::Nothing)));
        // An error of a template is told of the pages that use it.
        prop_assert!(self.live.ever.iter().any(|out| !self.live.errors(out).is_empty()), "{:?}", found(&outcome));
        let Some(good) = self.good.take() else { return Ok(()) };
        let Some((mixed, built)) = self.mixed(&good, outcome) else { return Ok(()) };
        self.same(&built)?;
        self.good = Some(mixed);
        self.compared.1 += 1;
        Ok(())
    }

    /// What the home page is told of.
    fn told(&self) -> Vec<(String, String)> {
        let state = self.live.state("index.html");
        sorted(["overlay", "problems"].into_iter().flat_map(|list| problems(&state, list)).collect())
    }

    /// The files with the last good versions of broken ones, and what is built from them.
    fn mixed(&mut self, good: &Files, mut outcome: BuildOutcome) -> Option<(Files, Tree)> {
        let mut mixed = self.live.files().clone();
        for _ in 0..4 {
            let errors = outcome.diagnostics.iter().filter(|found| found.severity == Severity::Error);
            // Errors of themes, wherever they stand, are those of some pages.
            let file = |error: &Diagnostic| {
                let is_of_theme = error.code.id().starts_with("theme-");
                error.place.as_ref().filter(|_| !is_of_theme).map(|place| place.file.as_str().to_owned())
            };
            let files: Option<Vec<String>> = errors.map(file).collect();
            let files = files?;
            // A broken section is the cause of what is wrong in its pages.
            let is_section = |file: &&String| file.rsplit('/').next().is_some_and(|name| name.starts_with("_index"));
            let sections: Vec<String> = files.iter().filter(is_section).cloned().collect();
            for file in if sections.is_empty() { files } else { sections } {
                let is_own = file.starts_with("content/") || file == "site.yaml";
                let good = good.get(&file).filter(|_| is_own)?.clone();
                mixed.insert(file, good);
            }
            let (next, built) = self.live.build(Some(&mixed));
            if next.report.is_some() {
                return Some((mixed, built));
            }
            outcome = next;
        }
        None
    }

    fn same(&mut self, built: &Tree) -> TestCaseResult {
        let difference = self.live.difference(built);
        prop_assert!(difference.is_none(), "{}", difference.unwrap_or_default());
        Ok(())
    }

    /// Mends everything.
    fn end(&mut self) -> TestCaseResult {
        let now = self.desk.model.now;
        self.desk = self.sound.clone();
        self.desk.model.now = now;
        let mut touched = self.live.put(self.desk.bytes(), Save::Write);
        touched.append(&mut self.untold);
        self.live.engine.changed(Change::Paths(touched));
        self.live.engine.settled();
        let (outcome, built) = self.live.build(None);
        if outcome.report.is_some() { self.same(&built) } else { Ok(()) }
    }
}

/// Severity, and code with file, of what a build has found, as states tell it.
fn found(outcome: &BuildOutcome) -> Vec<(String, String)> {
    // Hints are for those who ask for them.
    let told = outcome.diagnostics.iter().filter(|found| found.severity >= Severity::Warning).map(|found| {
        let severity = if found.severity == Severity::Error { "error" } else { "warning" };
        let file = found.place.as_ref().map_or("-", |place| place.file.as_str());
        (severity.to_owned(), format!("{} {file}", found.code.id()))
    });
    told.collect()
}

/// In order, without lines.
fn sorted(mut told: Vec<(String, String)>) -> Vec<(String, String)> {
    for (_, told) in &mut told {
        for file in [".md", ".yaml"] {
            if let Some((bare, _)) = told.split_once(&format!("{file}:")) {
                *told = format!("{bare}{file}");
            }
        }
    }
    told.sort();
    told
}

/// The seed to begin with.
fn seed() -> u64 {
    laws::seed().unwrap_or_else(|| if full() { RandomState::new().hash_one(()) } else { 0 })
}

fn runner(seed: u64, number: u32, cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_time: 60_000, ..Config::default() };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..12].copy_from_slice(&number.to_le_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// Runs sequences of edits; gives how many states were compared.
fn soak(runner: &mut TestRunner, lengths: std::ops::Range<usize>) -> Result<(usize, usize), String> {
    let themes = prop_oneof![1 => Just(Theme::Default), 5 => Just(Theme::Plain)];
    let shows = prop_oneof![Just(all(Shown::Hidden)), Just(all(Shown::Shown))];
    let compared = std::sync::Mutex::new((0, 0));
    let steps = proptest::collection::vec(step(), lengths);
    let ran = runner.run(&(steps, themes, shows), |(steps, theme, shows)| {
        let mut soak = Soak::new(theme, shows);
        soak.check()?;
        for (number, step) in steps.iter().enumerate() {
            soak.step(step).map_err(|error| match error {
                TestCaseError::Fail(why) => TestCaseError::fail(format!("step {number}: {step:?}: {why}")),
                reject => reject,
            })?;
        }
        soak.end()?;
        let mut compared = compared.lock().unwrap();
        *compared = (compared.0 + soak.compared.0, compared.1 + soak.compared.1);
        Ok(())
    });
    ran.map_err(|error| error.to_string())?;
    Ok(compared.into_inner().unwrap())
}

#[test]
fn what_is_served_equals_a_clean_build_after_any_edits() {
    let seed = seed();
    let run = |number| soak(&mut runner(seed, number, SEQUENCES / RUNNERS), 8..12);
    let results: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..RUNNERS).map(|number| scope.spawn(move || run(number))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let results = results.into_iter().map(|result| result.unwrap_or_else(|e| panic!("CONGSO_TEST_SEED={seed}: {e}")));
    let (sound, broken) = results.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    assert!(sound > 150 && broken > 20, "{sound} sound and {broken} broken states were compared");
}

#[test]
fn a_thousand_edits_in_one_go() {
    if !full() {
        return;
    }
    let seed = seed();
    let compared = soak(&mut runner(seed, 99, 1), 1000..1001);
    let (sound, broken) = compared.unwrap_or_else(|error| panic!("CONGSO_TEST_SEED={seed}: {error}"));
    assert!(sound > 250 && broken > 40, "{sound} sound and {broken} broken states were compared");
}
