//! `dateline batch`: many questions at once, one a line.

use std::collections::{HashSet, VecDeque};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

use anyhow::Result;
use dateline::{Error, ErrorKind, Index, Results};

use super::args::{Common, Filters};
use super::exit::Outcome;
use super::output;
use super::output::Screen;
use super::output::batch::{Answer, Table};

/// Questions that are answered before their answers are printed.
const BLOCK: usize = 512;

/// The longest question, in bytes. The rest of a longer line is left out, with a note.
const LONGEST: u64 = 1 << 20;

/// Ask many questions, one a line, and print a table of the answers
///
/// A line is a question as `dateline search` takes it, or an id, a tab and a question. Empty lines are skipped. A line
/// that cannot be answered never stops the others.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The file of questions; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    filters: Filters,
    /// Print at most this many documents of each question (with --format trec)
    #[arg(long, short = 'n', value_name = "N", default_value_t = 1000)]
    limit: usize,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
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

/// A line of the file.
struct Line {
    id: String,
    query: String,
    /// The fault of a line that could not be read.
    note: Option<String>,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let index = common.open()?;
    let mut lines = Lines { bytes: open(&args.file)?, number: 0, file: args.file.clone() };
    let mut screen = Screen::new(common.color);
    let mut table = match args.format {
        Format::Text => Table::text(&mut screen)?,
        Format::Jsonl => Table::JsonLines,
        Format::Csv => Table::csv(&mut screen)?,
        Format::Trec => Table::Trec,
    };
    let (mut asked, mut found, mut failed) = (0u64, 0u64, 0u64);
    let mut ids = HashSet::new();
    loop {
        let block: Vec<Line> = lines.by_ref().take(BLOCK).collect::<Result<_>>()?;
        if block.is_empty() {
            break;
        }
        for (line, results) in answer(common, &args, &index, block) {
            asked += 1;
            if !ids.insert(line.id.clone()) {
                common.note(&format!("note: question {}: one before has this id too", line.id));
            }
            let answer = match &results {
                Ok(results) => {
                    Answer { id: &line.id, query: &line.query, results: Ok(results), note: line.note.as_deref() }
                }
                Err(error) => {
                    failed += 1;
                    let error = error.to_string();
                    common.note(&format!("dateline: question {}: {error}", line.id));
                    table.row(
                        &mut screen,
                        &Answer { id: &line.id, query: &line.query, results: Err(&error), note: None },
                    )?;
                    continue;
                }
            };
            if matches!(args.format, Format::Text | Format::Trec) {
                // These formats have no column for notes.
                answer.notes().for_each(|note| common.note(&format!("note: question {}: {note}", line.id)));
            }
            found += u64::from(results.as_ref().is_ok_and(|results| results.total > 0));
            table.row(&mut screen, &answer)?;
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

/// Answers a block of questions on all processors, and keeps their order.
fn answer(common: &Common, args: &Args, index: &Index, block: Vec<Line>) -> Vec<(Line, Result<Results>)> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = block.len().div_ceil(threads).max(1);
    let mut rest: VecDeque<Line> = block.into();
    let mut shares = Vec::new();
    while !rest.is_empty() {
        let tail = rest.split_off(share.min(rest.len()));
        shares.push(std::mem::replace(&mut rest, tail));
    }
    let one = |line: Line| {
        let results = ask(common, args, index, &line);
        (line, results)
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = shares
            .into_iter()
            .map(|share| scope.spawn(move || share.into_iter().map(one).collect::<Vec<_>>()))
            .collect();
        // A panic in one answer is one of the command: no question may go unanswered in silence.
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|fault| resume_unwind(fault))).collect()
    })
}

fn ask(common: &Common, args: &Args, index: &Index, line: &Line) -> Result<Results> {
    let (search, notes) = args.filters.search(common, index, &line.query)?;
    let limit = if args.format == Format::Trec { args.limit } else { 1 };
    let mut results = search.limit(limit).count_sources().run()?;
    results.notes.splice(0..0, notes);
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

/// The questions of a file.
struct Lines {
    bytes: Box<dyn BufRead>,
    number: u64,
    file: PathBuf,
}

impl Iterator for Lines {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Result<Line>> {
        loop {
            let mut bytes = Vec::new();
            match self.bytes.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(failed("cannot read", &self.file, error).into())),
            }
            self.number += 1;
            let mut note = None;
            if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") {
                note = Some(format!("the line is longer than {} MB; its end is left out", LONGEST >> 20));
                if let Err(error) = self.bytes.skip_until(b'\n') {
                    return Some(Err(failed("cannot read", &self.file, error).into()));
                }
            }
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").filter(|_| self.number == 1).unwrap_or(&bytes);
            if std::str::from_utf8(bytes).is_err() {
                note = Some("the line is not UTF-8; what cannot be read stands as \u{fffd}".into());
            }
            let text = String::from_utf8_lossy(bytes);
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let (id, query) = match text.split_once('\t') {
                Some((id, query)) if !id.trim().is_empty() => (id.trim().to_string(), query.trim()),
                _ => (self.number.to_string(), text),
            };
            return Some(Ok(Line { id, query: query.to_string(), note }));
        }
    }
}
