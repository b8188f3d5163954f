//! `dateline first`: where something stands first.

use anyhow::Result;
use dateline::{Citation, CitationStyle, FirstReport};

use super::output;
use super::output::counted;
use super::shared::args::{Common, how_many};
use super::shared::chosen::{Chosen, Expand, say_unexpanded};
use super::shared::exit::Outcome;

/// Show where something stands first, who took it over, and which documents of uncertain date may be earlier
#[derive(clap::Args)]
pub(super) struct Args {
    /// Print at most this many documents, or `all`
    #[arg(long, short = 'n', value_name = "N", value_parser = how_many, default_value_t = 5)]
    limit: usize,
    #[command(flatten)]
    expand: Expand,
    /// Cite each document in this style: plain, chicago, apa, markdown, csl-json, ris, bibtex
    #[arg(long, value_name = "STYLE")]
    cite: Option<CitationStyle>,
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
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let (index, search, notes) = args.chosen.search_in(common)?;
    let (search, expanded) = args.expand.ask(common, &index, search)?;
    let mut report = search.limit(args.limit).first()?;
    report.notes.splice(0..0, notes);
    if let Some(style) = args.cite {
        let hits = report.documents.iter_mut().map(|document| &mut document.hit);
        hits.for_each(|hit| hit.cite = Some(Citation::of_hit(hit).write(style)));
    }
    common.say_read(&report.read_as, &report.notes);
    common.note(&totals(&report));
    say_unexpanded(common, expanded.as_deref(), report.documents.iter().map(|document| &document.hit));
    let mut screen = common.screen();
    match args.format {
        Format::Text => output::earliest::report(&mut screen, &report, expanded.as_deref())?,
        Format::Json => screen.json(&report)?,
    }
    screen.finish()?;
    if report.coarse + report.conflicting + report.undated > 0 {
        common.note("why their dates are uncertain: dateline dates --doubtful, asked the same");
    }
    Ok(Outcome::found(report.total > 0))
}

fn totals(report: &FirstReport) -> String {
    let documents = output::quantity(report.total, "document");
    let uncertain = report.coarse + report.conflicting + report.undated;
    let may = if uncertain > 0 { format!(" · {} may be earlier", counted(uncertain)) } else { String::new() };
    match report.distinct < report.total {
        true => format!("{documents} ({} distinct){may}", counted(report.distinct)),
        false => format!("{documents}{may}"),
    }
}
