//! `dateline figures`: the numbers that are given for a thing.

use anyhow::Result;
use dateline::FiguresReport;

use super::output;
use super::output::counted;
use super::shared::args::{Common, how_many};
use super::shared::chosen::Chosen;
use super::shared::exit::Outcome;

/// Show which numbers are given for a thing, without knowing them: each with who gives it, and when
///
/// A number belongs to the noun it counts: in "613 civilians, including 83 children" there is one for civilians and one
/// for children. All words of the question must stand in its sentence. Numbers in words are read too; ranges, "more
/// than 600", "dozens", per cent and money are kept apart. Dates, ages, ordinals and section numbers count nothing.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Print at most this many numbers, or `all`, those that most documents give
    #[arg(long, short = 'n', value_name = "N", value_parser = how_many, default_value_t = 40)]
    limit: usize,
    /// Sentences for each source of a number
    #[arg(long, value_name = "N", default_value_t = 1)]
    passages: usize,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object with everything
    Json,
    /// One object a number, one a line
    Jsonl,
    /// One row a sentence
    Csv,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let (search, notes) = args.chosen.search(common)?;
    let mut report = search.limit(args.limit).passages(args.passages).figures()?;
    report.notes.splice(0..0, notes);
    common.say_read(&report.read_as, &report.notes);
    common.note(&totals(&report));
    let mut screen = common.screen();
    match args.format {
        Format::Text => output::figures::report(&mut screen, &report)?,
        Format::Json => screen.json(&report)?,
        Format::Jsonl => screen.json_lines(&report.figures)?,
        Format::Csv => screen.table(&report)?,
    }
    screen.finish()?;
    if report.figures_left_out > 0 {
        common.note(&format!("{} not shown: --limit shows more", output::quantity(report.figures_left_out, "number")));
    }
    Ok(Outcome::found(!report.figures.is_empty()))
}

/// `3 numbers in 5 of 12 documents (10 distinct)`
fn totals(report: &FiguresReport) -> String {
    let numbers = report.figures.len() as u64 + report.figures_left_out;
    let distinct = match report.distinct < report.total {
        true => format!(" ({} distinct)", counted(report.distinct)),
        false => String::new(),
    };
    let documents = output::quantity(report.total, "document");
    format!("{} in {} of {documents}{distinct}", output::quantity(numbers, "number"), counted(report.documents))
}
