//! The only printer: data to stdout, talk to stderr, in the reader's language.

use std::io::Write as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Environment;
use super::args::{Global, When};
use crate::base::path::RelPath;
use crate::build::report::{Observer, Phase};
use crate::diag::human::{self, Colour};
use crate::diag::{Arg, Catalog, Diagnostic, Diagnostics, Severity};
use crate::source::Workspace;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Volume {
    Quiet,
    Normal,
    Verbose,
}

/// Speaks to the person at the terminal.
pub(super) struct Ui {
    catalog: Catalog,
    colour: Colour,
    volume: Volume,
    bar: ProgressBar,
}

impl Ui {
    pub(super) fn new(catalog: Catalog, global: &Global, environment: &Environment) -> Self {
        let colour = match global.color {
            When::Always => Colour::Ansi,
            When::Auto if environment.is_terminal && !environment.no_color => Colour::Ansi,
            When::Auto | When::Never => Colour::Plain,
        };
        let volume = match (global.quiet, global.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        };
        let shown = environment.is_terminal && volume != Volume::Quiet;
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        Self { catalog, colour, volume, bar }
    }

    /// Whether all is to be said.
    pub(super) fn is_verbose(&self) -> bool {
        self.volume == Volume::Verbose
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Data, for pipes and files. Nobody listening is not an error.
    pub(super) fn data(&self, text: &str) {
        let _closed_pipe = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// A line of talk.
    pub(super) fn say(&self, key: &str, args: &[(&'static str, Arg)]) {
        if self.volume > Volume::Quiet {
            self.line(&self.catalog.fill(key, args));
        }
    }

    /// Diagnostics and how many there are. Hints are shown when asked for.
    pub(super) fn diagnostics(&self, diagnostics: &Diagnostics, workspace: &dyn Workspace) {
        // What is not UTF-8 is shown up to there; offsets before that place are the same.
        let text_of = |path: &RelPath| Some(String::from_utf8_lossy(&workspace.read(path).ok()?).into_owned());
        let least = match self.volume {
            Volume::Quiet => Severity::Error,
            Volume::Normal => Severity::Warning,
            Volume::Verbose => Severity::Hint,
        };
        for diagnostic in diagnostics.iter().filter(|d| d.severity >= least) {
            self.line(&human::render(diagnostic, &self.catalog, self.colour, &text_of));
            self.line("");
        }
        let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
        if errors + warnings > 0 {
            self.say("ui.problems", &[("errors", Arg::from(errors)), ("warnings", Arg::from(warnings))]);
        }
        let hints = diagnostics.count(Severity::Hint);
        if hints > 0 && self.volume == Volume::Normal {
            self.say("ui.hints", &[("count", Arg::from(hints))]);
        }
    }

    /// One diagnostic without a file to show.
    pub(super) fn problem(&self, diagnostic: &Diagnostic) {
        self.line(&human::render(diagnostic, &self.catalog, self.colour, &|_| None));
    }

    /// A duration in milliseconds.
    pub(super) fn milliseconds(duration: Duration) -> Arg {
        Arg::Text(format!("{:.1}", duration.as_secs_f64() * 1000.0))
    }

    /// A line as it is.
    pub(super) fn line(&self, text: &str) {
        self.bar.suspend(|| {
            let _closed_pipe = writeln!(std::io::stderr().lock(), "{text}");
        });
    }
}

impl Observer for Ui {
    fn begin(&self, phase: Phase, steps: usize) {
        self.bar.reset();
        self.bar.set_message(self.catalog.text(phase.key()).to_owned());
        self.bar.set_length(steps as u64);
    }

    fn step(&self) {
        self.bar.inc(1);
    }

    fn end(&self, _: Phase) {
        self.bar.finish_and_clear();
    }
}
