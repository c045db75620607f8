//! `congso schema` and `congso completions`

use clap::CommandFactory as _;

use super::args::{Arguments, Completions, Schema, SchemaArgument};
use super::ui::Ui;
use super::{Exit, localize};
use crate::base::lang::Lang;
use crate::content::fields::SchemaKind;
use crate::content::schema::json_schema;

/// Prints the JSON Schema of a kind's front matter.
pub(super) fn run(options: &Schema, ui: &Ui) -> Exit {
    let kind = match options.kind {
        SchemaArgument::News => SchemaKind::News,
        SchemaArgument::Decision => SchemaKind::Decision,
        SchemaArgument::Event => SchemaKind::Event,
        SchemaArgument::Page => SchemaKind::Page,
        SchemaArgument::Section => SchemaKind::Section,
    };
    ui.data(&text(kind, ui.catalog().lang()));
    Exit::Success
}

/// The schema of a kind as a file has it.
pub(super) fn text(kind: SchemaKind, lang: Lang) -> String {
    format!("{:#}\n", json_schema(kind, lang))
}

/// Prints the completion script of a shell.
pub(super) fn completions(options: &Completions, ui: &Ui) -> Exit {
    let mut command = localize::localize(Arguments::command(), ui.catalog());
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command, "congso", &mut script);
    ui.data(&String::from_utf8_lossy(&script));
    Exit::Success
}
