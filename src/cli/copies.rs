//! `dateline copies`: who took over what.

use anyhow::Result;

use super::output;
use super::output::counted;
use super::shared::args::{Common, how_many};
use super::shared::chosen::Chosen;
use super::shared::exit::Outcome;

/// List who copied whom: each story with its earliest document, its copies, and the figures that differ
///
/// Documents are compared by samples of their words, five in a row, and shares are estimated from these samples. A
/// story has the documents that share half of a text, the largest story first, and documents that stand in others as a
/// part. `dateline diff ID ID` compares two of them word by word.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Print at most this many stories, or `all`
    #[arg(long, short = 'n', value_name = "N", value_parser = how_many, default_value_t = 10)]
    limit: usize,
    /// Skip this many stories
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Name at most this many documents of each story (default: 20; all in JSON)
    #[arg(long, value_name = "N")]
    copies: Option<usize>,
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
    /// One object a story
    Jsonl,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let (search, notes) = args.chosen.search(common)?;
    let named = output::copies::named(args.format != Format::Text);
    let search = search.limit(args.limit).offset(args.offset).copies(args.copies.unwrap_or(named));
    let mut report = search.copy_report()?;
    report.notes.splice(0..0, notes);
    common.say_read(&report.read_as, &report.notes);
    let mut parts = vec![
        format!("{} ({} distinct)", output::quantity(report.total, "document"), counted(report.distinct)),
        format!("{} with copies or parts elsewhere", counted(report.stories)),
    ];
    let shown = report.listed.len() as u64;
    if shown == 0 && args.offset > 0 {
        parts.push(format!("none after the first {}", counted(args.offset as u64)));
    } else if shown < report.stories {
        parts.push(format!("{} shown: --limit shows more", counted(shown)));
    }
    common.note(&parts.join(" · "));

    let mut screen = common.screen();
    match args.format {
        Format::Text => output::copies::report(&mut screen, &report)?,
        Format::Json => screen.json(&report)?,
        Format::Jsonl => screen.json_lines(&report.listed)?,
    }
    screen.finish()?;
    Ok(Outcome::found(report.stories > 0))
}
