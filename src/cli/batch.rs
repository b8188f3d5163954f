//! `dateline batch`: many questions at once, one a line.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Result;
use dateline::json::BatchRow;
use dateline::{Error, ErrorKind, Index, Question, Questions, Results};

use super::output;
use super::output::batch::Table;
use super::shared::args::{Common, Filters, how_many};
use super::shared::exit::Outcome;

/// Rows printed before whoever reads them sees them.
const FLUSHED: u64 = 16;

/// Ask many questions, one a line, and print a table of the answers
///
/// A line is a question as `dateline search` takes it, or an id, a tab and a question. Empty lines are skipped. A line
/// that cannot be answered never stops the others.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The file of questions; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print at most this many documents, or `all` of each question (with --format trec)
    #[arg(long, short = 'n', value_name = "N", value_parser = how_many, default_value_t = 1000)]
    limit: usize,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    filters: Filters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object a question
    Jsonl,
    /// One row a question
    Csv,
    /// A TREC run
    Trec,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let index = common.open()?;
    let questions = Questions::new(open(&args.file)?);
    let mut screen = common.screen();
    let mut table = match args.format {
        Format::Text => Table::text(&mut screen)?,
        Format::Jsonl => Table::JsonLines,
        Format::Csv => Table::csv(&mut screen)?,
        Format::Trec => Table::Trec,
    };
    let (mut asked, mut found, mut failed) = (0u64, 0u64, 0u64);
    let mut ids = HashSet::new();
    for answer in questions.answers(|question| ask(common, &args, &index, question)) {
        let (line, results) = answer.map_err(|error| error.at(&args.file))?;
        asked += 1;
        if !ids.insert(line.id.clone()) {
            common.note(&format!("note: question {}: one before has this id too", line.id));
        }
        let failure = results.as_ref().err().map(ToString::to_string);
        let mut row =
            BatchRow::new(&line.id, &line.query, results.as_ref().map_err(|_| failure.as_deref().unwrap_or_default()));
        if let Some(failure) = &failure {
            failed += 1;
            common.note(&format!("dateline: question {}: {failure}", line.id));
        } else {
            row.notes.splice(0..0, line.note);
            row.notes.dedup();
        }
        if matches!(args.format, Format::Text | Format::Trec) {
            // These formats have no column for notes.
            row.notes.iter().for_each(|note| common.note(&format!("note: question {}: {note}", line.id)));
        }
        found += u64::from(row.documents.is_some_and(|documents| documents > 0));
        table.row(&mut screen, &row, results.as_ref().ok())?;
        if asked % FLUSHED == 0 {
            screen.flush()?;
        }
    }
    screen.finish()?;
    let nothing = asked - found - failed;
    common.note(&format!(
        "{} · {} found something · {} found nothing · {} failed",
        output::quantity(asked, "question"),
        output::counted(found),
        output::counted(nothing),
        output::counted(failed)
    ));
    Ok(match (failed, found) {
        (1.., _) => Outcome::Partly,
        (0, 0) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

fn ask(common: &Common, args: &Args, index: &Index, line: &Question) -> Result<Results> {
    let (search, notes) = args.filters.search(common, index, &line.query)?;
    let limit = if args.format == Format::Trec { args.limit } else { 1 };
    let mut results = search.limit(limit).count_sources(true).run()?;
    results.notes.splice(0..0, notes);
    // A row has one passage at most, and a run has none: what the others say need not be kept until it is their turn.
    results.hits.iter_mut().skip(1).for_each(|hit| hit.passages = Vec::new());
    results.sources.truncate(1);
    Ok(results)
}

fn open(file: &Path) -> Result<Box<dyn BufRead>> {
    if file == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let opened = File::open(file).map_err(|error| failed("cannot open", file, error))?;
    let mut bytes = BufReader::new(opened);
    // A folder can be opened, but it cannot be read.
    bytes.fill_buf().map_err(|error| failed("cannot read", file, error))?;
    Ok(Box::new(bytes))
}

/// The error for a list of questions that cannot be read: it was named by mistake.
fn failed(what: &str, file: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Argument, what).at(file).because(error)
}
