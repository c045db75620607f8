//! `congso build`

use super::args::{Build, Global};
use super::ui::Ui;
use super::{Environment, Exit, lacking};
use crate::base::path::RelPath;
use crate::build::options::{Blame, BuildOptions, CachePolicy, ORDINARY_OUT, Strictness};
use crate::build::pipeline;
use crate::build::report::{BuildReport, CacheState, Phase};
use crate::diag::{Arg, Code, Diagnostic, Severity};
use crate::site::publication::{Preview, Shown};
use crate::source::disk::DiskWorkspace;

/// Builds the portal and tells what was done.
pub(super) fn run(options: &Build, global: &Global, environment: &Environment, ui: &Ui) -> Exit {
    let root = environment.root(global.root.as_deref());
    let mut without: Vec<RelPath> = Vec::with_capacity(options.without.len());
    for file in &options.without {
        let Some(path) = environment.workspace_path(&root, file) else {
            ui.problem(&Diagnostic::new(Code::WithoutUnknown).with("file", file.display().to_string()));
            return Exit::Usage;
        };
        without.push(path);
    }
    let shown = |wanted| if wanted { Shown::Shown } else { Shown::Hidden };
    let asked = BuildOptions {
        out: options.out.as_ref().map_or_else(|| root.join(ORDINARY_OUT), |out| environment.folder.join(out)),
        base_url: options.base_url.clone(),
        preview: Preview { drafts: shown(options.drafts), future: shown(options.future) },
        strictness: if options.strict { Strictness::Strict } else { Strictness::Normal },
        without,
        now: environment.now,
        cache: if options.no_cache { CachePolicy::Rebuild } else { CachePolicy::Use },
        root,
    };
    let workspace = DiskWorkspace::new(&asked.root);
    let outcome = pipeline::build(&asked, &workspace, ui);
    outcome.remains.forget();
    ui.diagnostics(&outcome.diagnostics, &workspace);
    match outcome.report {
        Some(report) => {
            tell(&report, options, ui);
            // What is found in the output folder comes too late to hold the build back.
            let warned = outcome.diagnostics.count(Severity::Warning) > 0;
            if options.strict && warned { Exit::Problems } else { Exit::Success }
        }
        None => {
            ui.say("ui.nothing-changed", &[]);
            let usage = outcome.diagnostics.iter().any(|d| d.severity == Severity::Error && is_usage(d.code));
            match outcome.blame {
                Blame::Machine => Exit::Machine,
                Blame::Site if usage => Exit::Usage,
                Blame::Site => Exit::Problems,
            }
        }
    }
}

/// Whether a problem lies in how the program was called.
fn is_usage(code: Code) -> bool {
    matches!(code, Code::OutInsideSources | Code::OutPreview | Code::WithoutUnknown | Code::BaseUrl)
}

/// The summary: pages, files, what is missing, and when the next build is due.
fn tell(report: &BuildReport, options: &Build, ui: &Ui) {
    let total: std::time::Duration = report.timings.iter().map(|(_, time)| time).sum();
    ui.say(
        "ui.built",
        &[
            ("vi", Arg::from(report.pages.vi)),
            ("en", Arg::from(report.pages.en)),
            ("written", Arg::from(report.written)),
            ("unchanged", Arg::from(report.unchanged)),
            ("removed", Arg::from(report.removed)),
            ("ms", Ui::milliseconds(total)),
        ],
    );
    match report.cache {
        CacheState::Sound => {}
        CacheState::Unusable => ui.say("ui.cache-unusable", &[]),
        CacheState::NotKept => ui.say("ui.cache-not-kept", &[]),
    }
    for file in &report.left_out {
        ui.say("ui.left-out", &[("file", Arg::from(file.as_str()))]);
    }
    if ui.is_verbose() && !report.lacking.is_empty() {
        ui.say("ui.status.lacking", &[("count", Arg::from(report.lacking.len()))]);
        report.lacking.iter().for_each(|missing| ui.line(&format!("  {}", lacking::line(missing, ui.catalog()))));
    }
    if let Some(moment) = report.next_change {
        ui.say("ui.next-build", &[("moment", Arg::Text(moment.to_the_minute()))]);
    }
    if options.timings {
        for phase in Phase::ALL {
            let time = report.timings.iter().filter(|(known, _)| *known == phase).map(|(_, time)| time).sum();
            ui.say("ui.timing", &[("phase", Arg::key(phase.key())), ("ms", Ui::milliseconds(time))]);
        }
    }
}
