//! `dateline diff`: what one document changed of another.

use anyhow::Result;
use dateline::{Document, Error, ErrorKind, Index, TextDiff};

use super::args::Common;
use super::exit::Outcome;
use super::output::{self, Screen};

/// Show what the second of two documents changed of the first, word by word
///
/// What was left out stands as [-old-], what was put in as {+new+}, or in red and green on a terminal. Letter case,
/// accents and punctuation are no change. Long stretches that are the same are shortened.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The document that was changed, as `show` takes it
    #[arg(value_name = "ID")]
    old: String,
    /// The document that changed it
    #[arg(value_name = "ID")]
    new: String,
    /// Show what is the same as a whole too
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
    let (old, new) = (document(&index, &args.old)?, document(&index, &args.new)?);
    let diff = TextDiff::of(&old.text, &new.text);
    let mut screen = Screen::new(common.color);
    match args.format {
        Format::Text => output::copies::diff(&mut screen, &old, &new, &diff, args.whole)?,
        Format::Json => output::json::diff(&mut screen, &old, &new, &diff)?,
    }
    screen.finish()?;
    Ok(Outcome::Done)
}

fn document(index: &Index, id: &str) -> Result<Document> {
    let missing = || Error::new(ErrorKind::Argument, format!("no document has the id \"{id}\""));
    Ok(index.document(id)?.ok_or_else(missing)?)
}
