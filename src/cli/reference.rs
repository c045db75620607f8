//! The reference of everything a person can write or call, as one Markdown page made from the program.

use std::fmt::Write as _;

use clap::{Arg as ClapArg, CommandFactory as _};

use super::args::Arguments;
use super::localize::{localize, usage};
use crate::base::lang::Lang;
use crate::config::reference as settings;
use crate::content::{markdown, schema};
use crate::diag::{Catalog, Code, Severity};

/// The page in a language: settings, front matter, directives, commands, exit codes, messages.
#[must_use]
pub fn reference(lang: Lang) -> String {
    let catalog = Catalog::load(lang);
    let text = |key: &str| catalog.text(key).to_owned();
    let mut out = format!("# {}\n\n{}\n", text("reference.heading"), text("reference.generated"));
    let mut part = |heading: &str, intro: &str, body: &str| {
        let intro = if intro.is_empty() { String::new() } else { format!("{intro}\n\n") };
        let _infallible = write!(out, "\n## {heading}\n\n{intro}{}\n", body.trim_end());
    };
    part(&text("reference.settings"), &text("reference.settings.intro"), &settings::reference_markdown(lang));
    let fields = schema::reference_markdown(lang).replace("\n## ", "\n### ");
    let (heading, fields) = fields.split_once('\n').unwrap_or_default();
    part(heading.trim_start_matches("# "), "", fields.trim_start());
    part(&text("reference.directives"), "", &markdown::directives::reference_markdown(lang));
    part(&text("reference.commands"), "", &commands(&catalog));
    part(&text("reference.exits"), "", &exits(&catalog));
    part(&text("reference.codes"), &text("reference.codes.intro"), &codes(&catalog));
    out
}

/// The exit codes.
fn exits(catalog: &Catalog) -> String {
    let keys = ["reference.exit.0", "reference.exit.1", "reference.exit.2", "reference.exit.3"];
    let rows = keys.iter().enumerate().map(|(code, key)| format!("| {code} | {} |\n", catalog.text(key)));
    format!(
        "| {} | {} |\n| --- | --- |\n{}",
        catalog.text("reference.code"),
        catalog.text("reference.meaning"),
        rows.collect::<String>()
    )
}

/// Every message with its severity and remedy.
fn codes(catalog: &Catalog) -> String {
    let head = ["reference.code", "reference.severity", "reference.message", "reference.remedy"];
    let mut out = format!("| {} |\n| --- | --- | --- | --- |\n", head.map(|key| catalog.text(key)).join(" | "));
    for code in Code::ALL {
        let severity = match code.severity() {
            Severity::Error => "ui.error",
            Severity::Warning => "ui.warning",
            Severity::Hint => "ui.hint",
        };
        let fix = format!("{}.fix", code.id());
        let cells = [&format!("`{}`", code.id()), catalog.text(severity), catalog.text(code.id()), catalog.text(&fix)];
        let _infallible = writeln!(out, "| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | "));
    }
    out
}

/// All commands with their options.
fn commands(catalog: &Catalog) -> String {
    let mut out = String::new();
    let mut program = localize(Arguments::command(), catalog);
    program.build();
    let line = |arg: &ClapArg| {
        format!("- `{}`: {}\n", usage(arg), arg.get_help().map(ToString::to_string).unwrap_or_default())
    };
    for command in program.get_subcommands() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let own = command.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help");
        let own: String = own.map(line).collect();
        let gap = if own.is_empty() { "" } else { "\n" };
        let _infallible = write!(out, "### `congso {}`\n\n{about}\n\n{own}{gap}", command.get_name());
    }
    let shared = program.get_arguments().filter(|arg| arg.is_global_set() || arg.get_id() == "help");
    let _infallible =
        write!(out, "### {}\n\n{}", catalog.text("help.everywhere"), shared.map(line).collect::<String>());
    out
}
