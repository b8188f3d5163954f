//! `dateline verify-quote`: the quotes of a draft against the archive.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::Result;
use dateline::{
    CitationStyle, DateRange, Draft, Error, ErrorKind, Quote, QuoteCheck, QuoteReport, parse_dates, parse_ends,
};

use super::output;
use super::shared::args::Common;
use super::shared::exit::Outcome;

/// Check the quotes of a draft: whether the archive has these words, and what differs
///
/// Each quote is exact, typographic (printed otherwise), elided, bracketed, altered, elsewhere (than claimed) or
/// not-found. A negation, a figure, a date, a name or an order that changed is grave and never passes. Exit codes: 0
/// every quote passes, 1 one does not or there is none, 4 the draft was read only in part.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The draft: text, Markdown, Word or any other format that is read; JSON Lines with a "quote" in each line, and
    /// "source", "date" and "ref" where they are claimed; - for standard input
    #[arg(value_name = "FILE")]
    draft: Option<PathBuf>,
    /// Check these words (repeat for more)
    #[arg(long, value_name = "WORDS", conflicts_with = "draft", allow_hyphen_values = true)]
    quote: Vec<String>,
    /// Look in this document alone
    #[arg(long = "ref", value_name = "ID")]
    document: Option<String>,
    /// They are said to be from this source
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// They are said to be of a day of: 1992-02-26, "february 1992"
    #[arg(long, value_name = "DATES", conflicts_with_all = ["from", "to"])]
    on: Option<String>,
    /// They are said to be of this day or later
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// They are said to be of this day or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Let only exact and typographic quotes pass
    #[arg(long)]
    strict: bool,
    /// The fewest letters of a quote that is looked for; a shorter one is listed, and does not pass
    #[arg(long, value_name = "N", default_value_t = 12)]
    min: usize,
    /// Name at most this many places of each quote
    #[arg(long, value_name = "N", default_value_t = 10)]
    places: usize,
    /// The style of the citations: plain, chicago, apa, markdown, csl-json, ris, bibtex, annotation, claimreview
    #[arg(long, value_name = "STYLE", default_value = "plain")]
    cite: CitationStyle,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object with everything
    Json,
    /// One object a quote
    Jsonl,
    /// One row a quote
    Csv,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let draft = draft(&args)?;
    let dates = dates(common, &args)?;
    let index = common.open()?;
    let quotes: Vec<Quote> = draft.quotes.into_iter().map(|quote| claimed(quote, &args, dates)).collect();
    let check = QuoteCheck::new(&index).minimum(args.min).places(args.places).cite(args.cite).notes(draft.notes);
    let report = check.run(quotes)?;
    for note in &report.notes {
        common.note(&format!("note: {note}"));
    }
    let mut screen = common.screen();
    match args.format {
        Format::Text => output::quotes::report(&mut screen, &report)?,
        Format::Json => screen.json(&report)?,
        Format::Jsonl => screen.json_lines(&report.quotes)?,
        Format::Csv => screen.table(&report)?,
    }
    screen.finish()?;
    common.note(&totals(&report, args.strict));
    Ok(match (draft.partly, report.all_pass(args.strict)) {
        (true, _) => Outcome::Partly,
        (false, passes) => Outcome::found(passes),
    })
}

/// The quotes to check.
fn draft(args: &Args) -> Result<Draft> {
    if !args.quote.is_empty() {
        let mut draft = Draft::default();
        draft.quotes.extend(args.quote.iter().map(|words| Quote::new(bare(words))));
        return Ok(draft);
    }
    match args.draft.as_deref() {
        Some(path) if path != Path::new("-") => Ok(Draft::read(path)?),
        None if std::io::stdin().is_terminal() => {
            let error = Error::new(ErrorKind::Argument, "there is nothing to check");
            Err(error.hint("name a draft, - for standard input, or give --quote \"the words\"").into())
        }
        _ => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            Ok(Draft::from_bytes(bytes)?)
        }
    }
}

/// Words without the quotation marks around them.
fn bare(words: &str) -> &str {
    let words = words.trim();
    let pairs = [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“'), ('»', '«'), ('‘', '’'), ('「', '」')];
    let inner = pairs.iter().find_map(|(open, close)| words.strip_prefix(*open)?.strip_suffix(*close));
    inner.filter(|inner| !inner.is_empty()).unwrap_or(words).trim()
}

fn dates(common: &Common, args: &Args) -> Result<Option<DateRange>> {
    let today = common.today();
    let read = match &args.on {
        Some(on) => parse_dates(on, today)?,
        None => parse_ends(args.from.as_deref(), args.to.as_deref(), today)?,
    };
    for note in &read.notes {
        common.note(&format!("note: {note}"));
    }
    Ok((!read.range.is_all()).then_some(read.range))
}

/// A quote with what the options claim of it, unless the draft claims something else.
fn claimed(mut quote: Quote, args: &Args, dates: Option<DateRange>) -> Quote {
    quote.source = quote.source.or_else(|| args.source.clone());
    quote.document = quote.document.or_else(|| args.document.clone());
    quote.dates = quote.dates.or(dates);
    quote
}

/// `16 quotes: 8 pass, 8 do not, 6 of them gravely`
fn totals(report: &QuoteReport, strict: bool) -> String {
    if report.quotes.is_empty() {
        return "no quote was found in the draft".into();
    }
    let passed = report.quotes.iter().filter(|quote| quote.status.passes(strict)).count() as u64;
    let failed = report.checked - passed;
    let grave =
        if report.grave > 0 { format!(", {} of them gravely", output::counted(report.grave)) } else { String::new() };
    let quotes = output::quantity(report.checked, "quote");
    match failed {
        0 => format!("{quotes}: all pass"),
        _ => format!("{quotes}: {} pass, {} do not{grave}", output::counted(passed), output::counted(failed)),
    }
}
