//! The program: hands the command line, the environment and the clock to the library.

use std::process::ExitCode;

use congso::cli::{self, Environment};

fn main() -> ExitCode {
    cli::run(std::env::args_os(), &Environment::of_process()).into()
}
