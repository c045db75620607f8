//! Floor 8: the command line; one file per command, and `ui`, the only printer.

mod args;
mod build;
mod environment;
mod explain;
mod hosting;
mod init;
mod lacking;
mod localize;
mod new;
mod reference;
mod schema;
mod serve;
mod status;
mod ui;
mod vscode;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

pub use args::{Arguments, Command};
pub use environment::Environment;
pub use reference::reference;

use ui::Ui;

/// How a run ends, as the shell sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Success,
    /// 1: problems in the site; errors, or warnings under `--strict`.
    Problems,
    /// 2: wrong usage.
    Usage,
    /// 3: the machine failed: disk full, no permission.
    Machine,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::Problems => 1,
            Exit::Usage => 2,
            Exit::Machine => 3,
        })
    }
}

/// Runs the program.
pub fn run(args: impl IntoIterator<Item = OsString>, environment: &Environment) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let catalog = environment.catalog(&args);
    let command = localize::localize(Arguments::command(), &catalog);
    let parsed = command.try_get_matches_from(args).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return localize::explain(&error, &catalog, environment),
    };
    let ui = Ui::new(catalog, &arguments.global, environment);
    if let Some(jobs) = arguments.global.jobs {
        // Only the first call can set it; a second run in one process keeps the first number.
        let _already_set = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs.get())).build_global();
    }
    let Some(command) = arguments.command else {
        return without_command(&arguments.global, environment, &ui);
    };
    match command {
        Command::Serve(options) => serve::run(&options, &arguments.global, environment, &ui),
        Command::Build(options) => build::run(&options, &arguments.global, environment, &ui),
        Command::Init(options) => init::run(&options, environment, &ui),
        Command::New(options) => new::run(&options, &arguments.global, environment, &ui),
        Command::Status(options) => status::run(&options, &arguments.global, environment, &ui),
        Command::Explain(options) => explain::run(&options, &arguments.global, environment, &ui),
        Command::Schema(options) => schema::run(&options, &ui),
        Command::Hosting(options) => hosting::run(&options, &arguments.global, environment, &ui),
        Command::Completions(options) => schema::completions(&options, &ui),
    }
}

/// In a portal, opens its preview; elsewhere, says how one is made.
fn without_command(global: &args::Global, environment: &Environment, ui: &Ui) -> Exit {
    if !environment.is_portal(global.root.as_deref()) {
        ui.say("ui.no-portal", &[]);
        return Exit::Usage;
    }
    serve::run(&args::Serve::opened(), global, environment, ui)
}
