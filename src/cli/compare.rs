//! `dateline compare`: what each source says of one thing, and when it changed that.

use anyhow::Result;
use dateline::{CitationStyle, Comparison, Error, ErrorKind, Note, Query, Reach, cite_comparison};

use super::output;
use super::shared::args::{Common, Filters, how_many};
use super::shared::exit::Outcome;
use super::shared::updating::Fresh;

/// Compare what several questions find, source by source: figures, spellings, phrasings
///
/// For each source and question it shows the first and the last day, the number of documents, and the place of the
/// first one. It also shows when a source changed from one question to another. All words of a question must be in a
/// document. A figure alone stands in many texts, so say what it counts: dateline compare 83 71 --near boats
#[derive(clap::Args)]
pub(super) struct Args {
    /// The questions, each in quotes if it has several words
    #[arg(value_name = "QUERY", required = true, num_args = 2..)]
    queries: Vec<String>,
    /// Words that must stand near the words of each question
    #[arg(long, value_name = "QUERY")]
    near: Option<String>,
    /// How near they must stand
    #[arg(long, value_name = "WHERE", default_value = "sentence")]
    within: Within,
    /// Print at most this many sources, or `all`, the earliest ones
    #[arg(long, short = 'n', value_name = "N", value_parser = how_many, default_value_t = 40)]
    limit: usize,
    /// Cite the first and the last document of each cell in this style, in the JSON output
    #[arg(long, value_name = "STYLE")]
    cite: Option<CitationStyle>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    fresh: Fresh,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Within {
    Sentence,
    Paragraph,
    Document,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object with everything
    Json,
    /// One row for each question in each source
    Csv,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    if args.queries.iter().chain(&args.near).any(|typed| typed.trim().is_empty()) {
        let error = Error::new(ErrorKind::Argument, "there is no word in one of the questions, or in --near");
        return Err(error.hint("questions are compared with one another: dateline compare 83 71 --near boats").into());
    }
    let index = args.fresh.open(common)?;
    let today = common.today();
    let (search, notes) = args.filters.search(common, &index, "")?;
    let near = args.near.as_deref().map(|near| Query::parse(near, today));
    let asked = |typed: &String| {
        let query = Query::parse(typed, today);
        match (&near, args.within) {
            (None, _) => query,
            (Some(near), Within::Sentence) => query.near(near, Reach::Sentence),
            (Some(near), Within::Paragraph) => query.near(near, Reach::Paragraph),
            (Some(near), Within::Document) => query.and(near),
        }
    };
    let queries = args.queries.iter().map(asked).collect::<Vec<Query>>();
    let mut comparison = search.limit(args.limit).compare(queries)?;
    // In the table a question is identified by what was typed for it alone.
    for (query, typed) in comparison.queries.iter_mut().zip(&args.queries) {
        query.query.clone_from(typed);
    }
    if let Some(style) = args.cite {
        cite_comparison(&index, &mut comparison, style)?;
    }
    say(common, &comparison, &notes);
    let mut screen = common.screen();
    match args.format {
        Format::Text => output::compare::table(&mut screen, &comparison)?,
        Format::Json => screen.json(&comparison)?,
        Format::Csv => screen.table(&comparison)?,
    }
    screen.finish()?;
    Ok(Outcome::found(comparison.queries.iter().any(|query| query.total > 0)))
}

/// Prints how the questions were read and how many documents each found, on standard error.
fn say(common: &Common, comparison: &Comparison, notes: &[Note]) {
    for query in &comparison.queries {
        let left_out = match query.undated_left_out {
            0 => String::new(),
            more => format!(" · {} undated left out by the dates", output::counted(more)),
        };
        let documents = output::quantity(query.total, "document");
        common.note(&format!("read as: {} · {documents}{left_out}", query.read_as));
    }
    let mut all: Vec<&Note> = notes.iter().chain(comparison.queries.iter().flat_map(|query| &query.notes)).collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|note| seen.insert(note.message.as_str()));
    all.iter().for_each(|note| common.note(&format!("note: {note}")));
    if comparison.sources_left_out > 0 {
        common.note(&format!("{} not shown", output::quantity(comparison.sources_left_out, "later source")));
    }
}
