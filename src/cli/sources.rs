//! `dateline sources`: the sources of an archive, with their documents.

use anyhow::Result;

use super::args::Common;
use super::chosen::Chosen;
use super::exit::Outcome;
use super::output;
use super::output::Screen;

/// Count matching documents by source
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    chosen: Chosen,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let (search, notes) = args.chosen.search(common)?;
    let mut results = search.limit(0).count_sources().run()?;
    results.notes.splice(0..0, notes);
    common.say_read(&results.read_as, &results.notes);
    let documents = output::quantity(results.total, "document");
    let sourced: u64 = results.sources.iter().map(|source| source.documents).sum();
    common.note(&format!(
        "{documents} · {} · {} without a source · {} undated",
        output::quantity(results.sources.len() as u64, "source"),
        output::counted(results.total - sourced.min(results.total)),
        output::counted(results.undated)
    ));
    let mut screen = Screen::new(common.color);
    match args.format {
        Format::Text => {
            output::chart::sources(&mut screen, &results.sources)?;
            output::dates::aliases(&mut screen, &results.alike_sources())?;
        }
        Format::Json => output::json::sources(&mut screen, &results)?,
        Format::Csv => output::rows::sources(&mut screen, &results.sources)?,
    }
    screen.finish()?;
    Ok(Outcome::found(results.total > 0))
}
