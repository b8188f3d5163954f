//! `dateline diff`: what one document changed of another.

use anyhow::Result;
use dateline::json::DiffReport;
use dateline::{Document, TextDiff};

use super::output;
use super::shared::args::Common;
use super::shared::exit::Outcome;
use super::shared::named::named;

/// Show word by word what the second of two documents changed of the first
///
/// Removed words stand as [-old-] and added ones as {+new+}, or in red and green on a terminal. Letter case, accents
/// and punctuation are no change. Long stretches that are the same in both are shortened.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The document that was changed, as `show` takes it
    #[arg(value_name = "OLD")]
    old: String,
    /// The document that changed it
    #[arg(value_name = "NEW")]
    new: String,
    /// Show stretches that are the same as a whole too
    #[arg(long)]
    whole: bool,
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
    let index = common.open()?;
    let found = |id: &str| -> Result<Option<Document>> { Ok(named(common, &index, id)?.map(|named| named.0)) };
    let (Some(old), Some(new)) = (found(&args.old)?, found(&args.new)?) else { return Ok(Outcome::Nothing) };
    let diff = TextDiff::of(&old.text, &new.text);
    let mut screen = common.screen();
    match args.format {
        Format::Text => output::copies::diff(&mut screen, &old, &new, &diff, args.whole)?,
        Format::Json => screen.json(&DiffReport::new(&old, &new, &diff))?,
    }
    screen.finish()?;
    Ok(Outcome::Done)
}
