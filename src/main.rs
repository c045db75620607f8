//! The program: hands the command line, the environment and the clock to the library.

use std::process::ExitCode;

use congso::cli::{self, Environment};

// A build makes and gives back many small pieces on all threads, which the system's allocator is slow at: with this
// one it needs a fifth less time. Where it can take the place of `malloc`, it does: through Rust it is asked each time
// for an alignment, which it answers with larger pieces than needed.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
use mimalloc as _;

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run(std::env::args_os(), &Environment::of_process()).into()
}
