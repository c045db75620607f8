//! `congso status`: translations, drafts, what appears or goes next; and confirming translations.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{Format, Global, Status};
use super::ui::Ui;
use super::{Environment, Exit, lacking};
use crate::base::date::Moment;
use crate::base::lang::Lang;
use crate::base::path::RelPath;
use crate::build::load::load_for_reading;
use crate::build::translations::{Refused, write_digest};
use crate::diag::{Arg, Code, Diagnostic};
use crate::site::due::next_change;
use crate::site::ledger::LedgerEntry;
use crate::site::link::Linked;
use crate::site::publication::{Publication, Withheld};
use crate::site::{Role, TranslationState, citations};
use crate::source::disk::DiskWorkspace;

/// Tells the state of all pages, after confirming translations where asked.
pub(super) fn run(options: &Status, global: &Global, environment: &Environment, ui: &Ui) -> Exit {
    let root = environment.root(global.root.as_deref());
    let workspace = DiskWorkspace::new(&root);
    let (loaded, diagnostics) = load_for_reading(&root, environment.now, &workspace);
    let Some(linked) = loaded else {
        ui.diagnostics(&diagnostics, &workspace);
        return Exit::Problems;
    };
    if !options.accept.is_empty() {
        return accept(&options.accept, &linked, &root, &workspace, environment, ui);
    }
    match options.format {
        Format::Human => human(&linked, ui),
        Format::Json => ui.data(&format!("{:#}\n", as_json(&linked))),
    }
    if diagnostics.has_errors() {
        ui.diagnostics(&diagnostics, &workspace);
        return Exit::Problems;
    }
    Exit::Success
}

/// Writes into translations the digest of the text they were checked against.
fn accept(
    files: &[PathBuf],
    linked: &Linked,
    root: &Path,
    workspace: &DiskWorkspace,
    environment: &Environment,
    ui: &Ui,
) -> Exit {
    let mut exit = Exit::Success;
    for file in files {
        let path = environment.workspace_path(root, file);
        let entry = path.as_ref().and_then(|path| linked.ledger.iter().find(|entry| entry.path == *path));
        let original = entry.and_then(|entry| {
            linked.ledger.iter().find(|other| other.key == entry.key && other.translation == TranslationState::Original)
        });
        let digest = original.and_then(|original| original.digest.as_ref());
        let outcome = match (entry, digest) {
            (Some(entry), Some(digest)) if entry.translation != TranslationState::Original => {
                write_digest(root, workspace, &entry.path, digest).map(|()| &entry.path)
            }
            _ => {
                exit = Exit::Usage;
                ui.problem(&Diagnostic::new(Code::NotTranslation).with("file", file.display().to_string()));
                continue;
            }
        };
        match outcome {
            Ok(path) => ui.say("ui.accepted", &[("file", Arg::from(path))]),
            Err(refused) => {
                let (problem, refusal) = match refused {
                    Refused::Unwritable(problem) => (problem, Exit::Machine),
                    Refused::Unreadable(problem) => (problem, Exit::Problems),
                };
                exit = refusal;
                ui.problem(&problem);
            }
        }
    }
    exit
}

/// The groups of the answer.
fn human(linked: &Linked, ui: &Ui) {
    let catalog = ui.catalog();
    let mut out = String::new();
    let mut group = |key: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let count = [("count", Arg::from(lines.len()))];
            out.push_str(&catalog.fill(key, &count));
            out.push('\n');
            lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
            out.push('\n');
        }
    };
    let files = |wanted: &dyn Fn(&LedgerEntry) -> bool| {
        linked.ledger.iter().filter(|entry| wanted(entry)).map(|entry| entry.path.to_string()).collect::<Vec<_>>()
    };
    let translated = |state: &'static str| files(&move |entry| entry.translation.name() == state);
    group("ui.status.outdated", translated("outdated"));
    group("ui.status.unconfirmed", translated("unconfirmed"));
    group("ui.status.missing", missing(linked).into_iter().map(|(path, _)| path.to_string()).collect());
    group("ui.status.drafts", files(&|entry| entry.publication == Publication::Withheld(Withheld::Draft)));
    group(
        "ui.status.waiting",
        files(&|entry| {
            matches!(entry.publication, Publication::Withheld(Withheld::WithOriginal | Withheld::WithSection))
        }),
    );
    let mut scheduled: Vec<(Moment, String)> = Vec::new();
    for entry in &linked.ledger {
        let line = |key: &str, moment: &Moment| {
            catalog.fill(key, &[("moment", Arg::Text(moment.to_the_minute())), ("file", Arg::from(&entry.path))])
        };
        if let Publication::Withheld(Withheld::Scheduled(moment)) = &entry.publication {
            scheduled.push((*moment, line("ui.status.appears", moment)));
        }
        if let (Publication::Published, Some(moment)) = (&entry.publication, &entry.schedule.goes) {
            scheduled.push((*moment, line("ui.status.goes", moment)));
        }
    }
    scheduled.sort();
    group("ui.status.scheduled", scheduled.into_iter().map(|(_, line)| line).collect());
    group(
        "ui.status.unpublished",
        files(&|entry| matches!(entry.publication, Publication::Withheld(Withheld::Unpublished(_)))),
    );
    group("ui.status.withdrawn", files(&|entry| entry.withdrawn));
    let cited = citations::missing(&linked.site);
    group("ui.status.lacking", cited.iter().map(|missing| lacking::line(missing, catalog)).collect());
    let now = linked.site.now;
    group("ui.status.review", files(&|entry| entry.review_by.is_some_and(|day| day.at <= now.at)));
    let current = translated("current").len();
    let pages = linked.ledger.iter().filter(|entry| entry.publication == Publication::Published).count();
    out.push_str(&catalog.fill("ui.status.summary", &[("pages", Arg::from(pages)), ("current", Arg::from(current))]));
    out.push('\n');
    let next = next_change(&linked.site, &linked.ledger)
        .map_or(Arg::key("ui.status.never"), |moment| Arg::Text(moment.to_the_minute()));
    out.push_str(&catalog.fill("ui.status.next", &[("moment", next)]));
    out.push('\n');
    ui.data(&out);
}

/// Published pages whose other language is missing, with that language.
fn missing(linked: &Linked) -> Vec<(&RelPath, Lang)> {
    let all: BTreeSet<(&str, Lang)> = linked.ledger.iter().map(|entry| (entry.key.as_str(), entry.lang)).collect();
    let published = linked.ledger.iter().filter(|e| e.publication == Publication::Published && !e.withdrawn);
    let published = published.filter(|e| e.role == Role::Page);
    published.filter(|e| !all.contains(&(e.key.as_str(), e.lang.other()))).map(|e| (&e.path, e.lang.other())).collect()
}

/// The same for programs.
fn as_json(linked: &Linked) -> serde_json::Value {
    let missing = missing(linked);
    let pages: Vec<serde_json::Value> = linked
        .ledger
        .iter()
        .map(|entry| {
            let publication = match entry.publication {
                Publication::Published => "published",
                Publication::Withheld(Withheld::Draft) => "draft",
                Publication::Withheld(Withheld::Scheduled(_)) => "scheduled",
                Publication::Withheld(Withheld::Unpublished(_)) => "unpublished",
                Publication::Withheld(Withheld::WithOriginal) => "with-original",
                Publication::Withheld(Withheld::WithSection) => "with-section",
                Publication::Withheld(Withheld::Excluded) => "excluded",
                Publication::Withheld(Withheld::Broken) => "broken",
            };
            json!({
                "file": entry.path.as_str(),
                "language": entry.lang.tag(),
                "title": entry.title,
                "publication": publication,
                "appears": entry.schedule.appears.map(|moment| moment.rfc3339()),
                "goes": entry.schedule.goes.map(|moment| moment.rfc3339()),
                "translation": entry.translation.name(),
                "missing": missing.iter().find(|(path, _)| **path == entry.path).map(|(_, lang)| lang.tag()),
                "withdrawn": entry.withdrawn,
                "review_by": entry.review_by.map(|moment| moment.machine()),
            })
        })
        .collect();
    let next = next_change(&linked.site, &linked.ledger).map(|moment| moment.rfc3339());
    json!({ "pages": pages, "missing_documents": citations::missing(&linked.site), "next_build": next })
}
