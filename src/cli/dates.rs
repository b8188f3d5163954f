//! `dateline dates`: how documents are dated, and which dates are worth checking.

use anyhow::Result;
use dateline::{DateReport, DateRule, Doubt, Search};

use super::output;
use super::output::counted;
use super::shared::args::{Common, how_many};
use super::shared::chosen::Chosen;
use super::shared::exit::Outcome;

/// The most documents of a list, unless a program reads it.
const LISTED: usize = 50;

/// Show how documents are dated: by which clue, how exactly, and which dates are worth checking
///
/// Without options it counts. A date is doubtful if there is none, if clues of comparable strength differ by more than
/// a day, if a clue was refused because it lies in the future, or if the date comes from a weak clue: a file or folder
/// name, a program's note, a month or a year alone. Corrections go into dateline.toml at the archive's root;
/// --as-corrections begins that file for you.
#[derive(clap::Args)]
pub(super) struct Args {
    /// List documents whose date is doubtful, for any reason or these: undated, conflicting, future, weak,
    /// uncertain
    #[arg(
        long,
        value_name = "REASON",
        num_args = 0..=1,
        require_equals = true,
        value_delimiter = ',',
        default_missing_value = "undated,conflicting,future,weak,uncertain"
    )]
    doubtful: Vec<Doubt>,
    /// List documents without a date
    #[arg(long)]
    undated: bool,
    /// List documents dated by this kind of clue: header, meta, url, dateline, file-name … (repeat for either)
    #[arg(long, value_name = "CLUE")]
    rule: Vec<DateRule>,
    /// Print at most this many documents, or `all` (default: 50; all in JSON and CSV)
    #[arg(long, short = 'n', value_name = "N", value_parser = how_many)]
    limit: Option<usize>,
    /// Print the list as the beginning of a dateline.toml
    #[arg(long, conflicts_with = "format")]
    as_corrections: bool,
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
    /// One object a document
    Jsonl,
    /// One row a document, or a kind of clue
    Csv,
}

impl Args {
    /// Returns whether documents are listed, and not only counted.
    fn lists(&self) -> bool {
        let chosen = self.undated || !self.doubtful.is_empty() || !self.rule.is_empty() || self.limit.is_some();
        chosen || self.as_corrections || self.format == Format::Jsonl
    }

    fn conditions(&self, mut search: Search) -> Search {
        let undated = self.undated.then_some(Doubt::Undated);
        for doubt in self.doubtful.iter().copied().chain(undated) {
            search = search.doubted(doubt);
        }
        self.rule.iter().fold(search, |search, rule| search.date_rule(*rule))
    }

    fn limit(&self) -> usize {
        let for_people = self.format == Format::Text && !self.as_corrections;
        match self.limit {
            Some(limit) => limit,
            None if !self.lists() => 0,
            None if for_people => LISTED,
            None => usize::MAX,
        }
    }
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let (search, notes) = args.chosen.search(common)?;
    let mut report = args.conditions(search).limit(args.limit()).date_report()?;
    report.notes.splice(0..0, notes);
    common.say_read(&report.read_as, &report.notes);
    common.note(&totals(&report, args.lists()));

    let mut screen = common.screen();
    match args.format {
        Format::Text if args.as_corrections => output::dates::corrections(&mut screen, &report)?,
        Format::Text if args.lists() => output::dates::listed(&mut screen, &report)?,
        Format::Text => output::dates::summary(&mut screen, &report)?,
        Format::Json => screen.json(&report)?,
        Format::Jsonl => screen.json_lines(&report.documents)?,
        Format::Csv if args.lists() => screen.table(report.documents.as_slice())?,
        Format::Csv => screen.table(report.rules.as_slice())?,
    }
    screen.finish()?;
    if args.format == Format::Text && !args.lists() && report.doubtful > 0 {
        common.note("dateline dates --doubtful lists the doubtful ones");
    }
    Ok(Outcome::found(report.total > 0))
}

/// `61 documents · 3 undated · 9 doubtful`, and how many are shown.
fn totals(report: &DateReport, listed: bool) -> String {
    let of = |doubt: Doubt| report.doubts.iter().find(|count| count.doubt == doubt).map_or(0, |count| count.documents);
    let mut parts = vec![
        output::quantity(report.total, "document"),
        format!("{} undated", counted(of(Doubt::Undated))),
        format!("{} doubtful", counted(report.doubtful)),
    ];
    let shown = report.documents.len() as u64;
    if listed && shown < report.total {
        parts.push(format!("the first {} shown: --limit shows more", counted(shown)));
    }
    if report.undated_left_out > 0 {
        parts.push(format!("{} undated left out by the dates", counted(report.undated_left_out)));
    }
    parts.join(" · ")
}
