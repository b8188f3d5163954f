//! The `dateline` command. All it can do, the library can: see `cargo doc --open`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
