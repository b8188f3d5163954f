//! `dateline sources`: the sources of an archive, or the values of a field, with their documents.

use anyhow::Result;
use dateline::{FieldReport, Note};

use super::output;
use super::shared::args::Common;
use super::shared::chosen::Chosen;
use super::shared::exit::Outcome;

/// Count matching documents by source, or by a field of their own
#[derive(clap::Args)]
pub(super) struct Args {
    /// Count by the values of one of the documents' own fields instead, such as `desk`
    #[arg(long, value_name = "NAME")]
    field: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let (search, notes) = args.chosen.search(common)?;
    if let Some(field) = &args.field {
        return values(common, search.field_report(field)?, notes, args.format);
    }
    let mut report = search.source_report()?;
    report.notes.splice(0..0, notes);
    common.say_read(&report.read_as, &report.notes);
    let documents = output::quantity(report.total, "document");
    let sourced: u64 = report.sources.iter().map(|source| source.documents).sum();
    common.note(&format!(
        "{documents} · {} · {} without a source · {} undated",
        output::quantity(report.sources.len() as u64, "source"),
        output::counted(report.total - sourced.min(report.total)),
        output::counted(report.undated)
    ));
    let mut screen = common.screen();
    match args.format {
        Format::Text => {
            output::chart::sources(&mut screen, &report.sources)?;
            output::dates::aliases(&mut screen, &report.alike)?;
        }
        Format::Json => screen.json(&report)?,
        Format::Csv => screen.table(&report)?,
    }
    screen.finish()?;
    Ok(Outcome::found(report.total > 0))
}

/// Prints the values of one of the documents' own fields.
fn values(common: &Common, mut report: FieldReport, notes: Vec<Note>, format: Format) -> Result<Outcome> {
    report.notes.splice(0..0, notes);
    common.say_read(&report.read_as, &report.notes);
    common.note(&format!(
        "{} · {} · {} without {}",
        output::quantity(report.total, "document"),
        output::quantity(report.values.len() as u64, "value"),
        output::counted(report.total - report.documents.min(report.total)),
        report.field
    ));
    let mut screen = common.screen();
    match format {
        Format::Text => output::chart::values(&mut screen, &report.values)?,
        Format::Json => screen.json(&report)?,
        Format::Csv => screen.table(&report)?,
    }
    screen.finish()?;
    Ok(Outcome::found(report.documents > 0))
}
