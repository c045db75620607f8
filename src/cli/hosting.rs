//! `congso hosting`

use super::args::{Global, HostArgument, Hosting};
use super::ui::Ui;
use super::{Environment, Exit};
use crate::build::load::load_for_reading;
use crate::render::hosting::{Host, config};
use crate::source::disk::DiskWorkspace;

/// Prints the configuration of a host.
pub(super) fn run(options: &Hosting, global: &Global, environment: &Environment, ui: &Ui) -> Exit {
    let root = environment.root(global.root.as_deref());
    let workspace = DiskWorkspace::new(&root);
    let (loaded, diagnostics) = load_for_reading(&root, environment.now, &workspace);
    if diagnostics.has_errors() {
        ui.diagnostics(&diagnostics, &workspace);
    }
    let Some(linked) = loaded else { return Exit::Problems };
    let host = match options.host {
        HostArgument::Nginx => Host::Nginx,
        HostArgument::Apache => Host::Apache,
        HostArgument::Iis => Host::Iis,
    };
    ui.data(&config(&linked.site, host));
    if diagnostics.has_errors() { Exit::Problems } else { Exit::Success }
}
