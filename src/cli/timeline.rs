//! `dateline timeline`: documents counted by time.

use anyhow::Result;
use dateline::{Timeline, Unit};

use super::output;
use super::output::counted;
use super::shared::args::Common;
use super::shared::chosen::Chosen;
use super::shared::exit::Outcome;

/// The most months that are drawn, unless months are asked for. Longer times are drawn in years.
const MONTHS: usize = 60;

/// Count matching documents by year, month, week or day
#[derive(clap::Args)]
pub(super) struct Args {
    /// The length of a step (default: months; years if those would be too many)
    #[arg(long, value_name = "UNIT")]
    by: Option<Step>,
    /// Also count the days that documents speak of
    #[arg(long)]
    mentions: bool,
    /// Also tell how much of all documents of each step that is, whatever their words
    #[arg(long)]
    share: bool,
    /// Also count each step by source
    #[arg(long, value_name = "WHAT", conflicts_with = "mentions")]
    split: Option<Split>,
    /// Tell at most this many sources one by one, up to 100, and count the others together
    #[arg(long, short = 'n', value_name = "N", default_value_t = 8, requires = "split")]
    limit: usize,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Step {
    Year,
    Month,
    Week,
    Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Split {
    Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let (search, notes) = args.chosen.search(common)?;
    let search = search.shares(args.share);
    let search = if args.split.is_some() { search.split_sources(args.limit) } else { search };
    let unit = args.by.map(|step| match step {
        Step::Year => Unit::Year,
        Step::Month => Unit::Month,
        Step::Week => Unit::Week,
        Step::Day => Unit::Day,
    });
    let count = |unit: Unit| {
        let search = search.clone();
        if args.mentions { search.mentions_timeline(unit) } else { search.timeline(unit) }
    };
    let mut timeline = count(unit.unwrap_or(Unit::Month))?;
    if unit.is_none() && timeline.buckets.len() > MONTHS {
        timeline = count(Unit::Year)?;
    }
    timeline.notes.splice(0..0, notes);
    common.say_read(&timeline.read_as, &timeline.notes);
    common.note(&totals(&timeline));
    let mut screen = common.screen();
    match args.format {
        Format::Text => output::chart::timeline(&mut screen, &timeline)?,
        Format::Json => screen.json(&timeline)?,
        Format::Csv => screen.table(&timeline)?,
    }
    screen.finish()?;
    Ok(Outcome::found(timeline.total > 0))
}

fn totals(timeline: &Timeline) -> String {
    let mut parts =
        vec![output::quantity(timeline.total, "document"), format!("{} undated", counted(timeline.undated))];
    if let Some(share) = timeline.share() {
        parts.push(format!("{share} of {}", counted(share.all)));
    }
    if timeline.coarse > 0 {
        parts.push(format!("{} dated too coarsely to be drawn", counted(timeline.coarse)));
    }
    if let Some(mentions) = &timeline.mentions {
        parts.push(format!("{} speak of no day", counted(mentions.silent)));
        if mentions.coarse > 0 {
            parts.push(format!("{} speak of times too long to be drawn", counted(mentions.coarse)));
        }
    }
    parts.join(" · ")
}
