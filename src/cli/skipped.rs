//! `dateline skipped`: the files and records that were not read, and why.

use anyhow::Result;

use super::output::{counted, shown_path};
use super::shared::args::Common;
use super::shared::exit::Outcome;

/// List the files and records that were not read, each with its reason
#[derive(clap::Args)]
pub(super) struct Args {
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Jsonl,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let skipped = common.open()?.skipped()?;
    let mut screen = common.screen();
    for item in &skipped {
        match args.format {
            Format::Jsonl => screen.json_line(item)?,
            Format::Text => {
                let path = shown_path(item.locator().as_ref());
                let place = item.line.map(|line| format!("{path}:{line}")).unwrap_or(path);
                screen.line(&format!("{place}: {}", item.reason))?;
            }
        }
    }
    screen.finish()?;
    common.note(&format!("{} not read", counted(skipped.len() as u64)));
    Ok(Outcome::found(!skipped.is_empty()))
}
