//! `dateline forget`: takes what lies at a path out of the index.

use std::path::PathBuf;

use anyhow::Result;
use dateline::{Index, UpdateReport};

use super::output::{counted, quantity, shown_path};
use super::shared::args::Common;
use super::shared::exit::Outcome;
use super::shared::updating;

/// Take the documents of a folder or file out of the index, and do not read them again
///
/// No file is touched. Later updates leave the path out, until it is indexed by its own name: dateline index PATH.
/// Without a path, those that are left out are listed.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Folders and files
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let mut screen = common.screen();
    if args.paths.is_empty() {
        let forgotten = common.open()?.forgotten()?;
        for path in &forgotten {
            screen.line(&shown_path(path))?;
        }
        screen.finish()?;
        common.note(&format!("{} left out", counted(forgotten.len() as u64)));
        return Ok(Outcome::found(!forgotten.is_empty()));
    }
    let mut all = UpdateReport::default();
    for path in &args.paths {
        let mut report = common.patiently(|| Index::open(&common.index)?.forget(path))?;
        report.removed += all.removed;
        report.seconds += all.seconds;
        all = report;
    }
    match args.format {
        Format::Json => screen.json(&all)?,
        Format::Text => screen.line(&updating::summary(&all))?,
    }
    screen.finish()?;
    common.note(&format!("{} taken out; dateline index PATH reads them again", quantity(all.removed, "document")));
    Ok(Outcome::Done)
}
