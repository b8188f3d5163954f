//! `dateline manifest`: the files that an index was made of, with their hashes.

use anyhow::Result;
use dateline::manifest;

use super::output;
use super::output::Screen;
use super::shared::args::Common;
use super::shared::exit::Outcome;

/// List the files that the index was made of with their SHA-256, as `sha256sum --check` reads it
///
/// Have it time-stamped by whom you trust: that proves later what the archive held then. Exit codes: 0 done, 4 a file
/// changed since it was indexed, or is gone.
#[derive(clap::Args)]
pub(super) struct Args {
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line a file, and its size in a comment before it
    Text,
    /// One object with everything
    Json,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let index = common.open()?;
    let manifest = manifest(&index)?;
    let mut screen = Screen::plain();
    match args.format {
        Format::Text => output::evidence::manifest(&mut screen, &manifest)?,
        Format::Json => screen.json(&manifest)?,
    }
    screen.finish()?;
    let changed = manifest.files.iter().filter(|file| file.changed).count() as u64;
    let gone = manifest.files.iter().filter(|file| file.sha256.is_none()).count() as u64;
    if changed + gone > 0 {
        common.note(&format!(
            "{} changed since they were indexed, {} cannot be read",
            output::quantity(changed, "file"),
            output::counted(gone)
        ));
        return Ok(Outcome::Partly);
    }
    Ok(Outcome::found(!manifest.files.is_empty()))
}
