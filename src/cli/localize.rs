//! The texts of the command line in the reader's language, and usage errors as people read them.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg as ClapArg, Command};

use super::{Environment, Exit};
use crate::diag::{Arg, Catalog};
use std::io::Write as _;

/// The form of a help page; only its headings are words.
const TEMPLATE: &str = "{about-with-newline}\n";

/// The place of the options of all commands in a help page.
const SHARED: usize = 500;

/// Gives commands and options their texts from the catalogue: `help.COMMAND` and
/// `help.COMMAND.OPTION`, `help.global.OPTION` for those all commands take.
#[must_use]
pub(super) fn localize(command: Command, catalog: &Catalog) -> Command {
    let options = catalog.text("help.options").to_owned();
    let version = ClapArg::new("version").long("version").short('V').action(clap::ArgAction::Version);
    let version = version.help(catalog.text("help.global.version").to_owned()).help_heading(options);
    let version = version.display_order(SHARED);
    let command = one(command.disable_version_flag(true), "congso", catalog).arg(version);
    command.mut_subcommands(|sub| {
        let name = sub.get_name().to_owned();
        one(sub, &name, catalog)
    })
}

fn one(command: Command, name: &str, catalog: &Catalog) -> Command {
    let usage = catalog.text("help.usage");
    let template = format!("{TEMPLATE}{usage} {{usage}}\n\n{{all-args}}\n");
    let options = catalog.text("help.options").to_owned();
    let operands = catalog.text("help.operands").to_owned();
    command
        .about(catalog.text(&format!("help.{name}")).to_owned())
        .help_template(template)
        .subcommand_help_heading(catalog.text("help.commands").to_owned())
        .subcommand_value_name(catalog.text("help.command").to_owned())
        .disable_help_flag(true)
        .arg(
            ClapArg::new("help")
                .long("help")
                .short('h')
                .action(clap::ArgAction::Help)
                .help(catalog.text("help.global.help").to_owned()),
        )
        .mut_args(|arg| {
            let own = format!("help.{name}.{}", arg.get_id());
            let shared = format!("help.global.{}", arg.get_id());
            let text = catalog.find(&own).or_else(|| catalog.find(&shared)).unwrap_or_default().to_owned();
            let heading = if arg.is_positional() { operands.clone() } else { options.clone() };
            let arg = arg.help(text).help_heading(heading);
            // What a command takes itself comes before what all of them take.
            let shared = name == "congso" || arg.get_id() == "help";
            let arg = if shared { arg.display_order(SHARED) } else { arg };
            if !arg.get_action().takes_values() {
                return arg;
            }
            let choices: Vec<String> = arg.get_possible_values().iter().map(|c| c.get_name().to_owned()).collect();
            let arg = arg.hide_possible_values(true).hide_default_value(true);
            if choices.is_empty() { arg } else { arg.value_name(choices.join("|")) }
        })
}

/// Answers what could not be parsed: help and version as asked, anything else as wrong usage.
pub(super) fn explain(error: &clap::Error, catalog: &Catalog, environment: &Environment) -> Exit {
    let coloured = environment.is_terminal && !environment.no_color;
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render();
            let text = if coloured { text.ansi().to_string() } else { text.to_string() };
            let text = text.replace("[OPTIONS]", catalog.text("help.options-mark"));
            let _closed_pipe = std::io::stdout().lock().write_all(text.as_bytes());
            Exit::Success
        }
        kind => {
            let _closed_pipe = writeln!(std::io::stderr().lock(), "{}", message(error, kind, catalog));
            Exit::Usage
        }
    }
}

/// What is wrong with a command line.
fn message(error: &clap::Error, kind: ErrorKind, catalog: &Catalog) -> String {
    let context = |wanted: ContextKind| {
        error.context().find(|(kind, _)| *kind == wanted).map(|(_, value)| match value {
            ContextValue::Strings(values) => values.join(", "),
            value => value.to_string(),
        })
    };
    let argument =
        context(ContextKind::InvalidArg).or_else(|| context(ContextKind::InvalidSubcommand)).unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let valid = context(ContextKind::ValidValue).or_else(|| context(ContextKind::ValidSubcommand)).unwrap_or_default();
    let key = match kind {
        ErrorKind::InvalidSubcommand => "ui.usage.command",
        ErrorKind::UnknownArgument => "ui.usage.argument",
        ErrorKind::InvalidValue if value.is_empty() => "ui.usage.no-value",
        // Of numbers there are too many to list.
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if valid.is_empty() => "ui.usage.bad-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "ui.usage.value",
        ErrorKind::MissingRequiredArgument => "ui.usage.missing",
        ErrorKind::ArgumentConflict => "ui.usage.conflict",
        _ => "ui.usage.other",
    };
    let other = context(ContextKind::PriorArg).unwrap_or_default();
    let mut text = catalog.fill(
        key,
        &[
            ("argument", Arg::Text(argument)),
            ("value", Arg::Text(value)),
            ("valid", Arg::Text(valid)),
            ("other", Arg::Text(other)),
        ],
    );
    let suggested = context(ContextKind::SuggestedArg)
        .or_else(|| context(ContextKind::SuggestedSubcommand))
        .or_else(|| context(ContextKind::SuggestedValue));
    if let Some(name) = suggested {
        text.push('\n');
        text.push_str(&catalog.fill("ui.did-you-mean", &[("name", Arg::Text(name))]));
    }
    text.push('\n');
    text.push_str(catalog.text("ui.usage.help"));
    text
}

/// How an option or operand is written.
pub(super) fn usage(arg: &ClapArg) -> String {
    let value = arg.get_value_names().map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    let takes = arg.get_num_args().is_none_or(|range| range.takes_values()) && arg.get_action().takes_values();
    let choices = arg.get_possible_values();
    let value = match (takes, choices.is_empty()) {
        (false, _) => String::new(),
        (true, false) => choices.iter().map(|choice| choice.get_name().to_owned()).collect::<Vec<_>>().join("|"),
        (true, true) => value.unwrap_or_default(),
    };
    let short = arg.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    match arg.get_long() {
        Some(long) if value.is_empty() => format!("{short}--{long}"),
        Some(long) => format!("{short}--{long} {value}"),
        None => value,
    }
}
