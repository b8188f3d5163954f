//! `dateline completions`: the completions of dateline's commands for a shell.

use anyhow::Result;
use clap_complete::Shell;

use super::output::Screen;
use super::shared::exit::Outcome;

/// Print the completions for a shell; the guide says where they go
#[derive(clap::Args)]
pub(super) struct Args {
    /// The shell to complete in
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "dateline", &mut script);
    let mut screen = Screen::plain();
    screen.line(String::from_utf8(script)?.trim_end())?;
    screen.finish()?;
    Ok(Outcome::Done)
}
