//! `dateline search`: a question to ranked passages.

use anyhow::Result;
use dateline::{Citation, CitationStyle, Cursor, Results, Search, Sort};

use super::output;
use super::output::{Screen, counted};
use super::shared::args::{Common, how_many};
use super::shared::chosen::{Chosen, Expand, say_unexpanded};
use super::shared::exit::Outcome;

/// The documents of a page, where an answer is printed page by page.
const PAGE: usize = 500;

/// Search the index: ranked passages, with day, source and exact place
///
/// Up to four words are all required; of more, the best match is shown. "Exact phrase", -word, AND, OR, NOT, ( ),
/// kill*, word~1, =Word, a NEAR/5 b, title:word, date:1992-02..1993, about:1992-02, source:courier, lang:fr: see
/// `dateline help query`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The order of the documents
    #[arg(long, value_name = "ORDER", default_value = "best")]
    sort: Order,
    /// Print at most this many documents, or `all`
    #[arg(long, short = 'n', value_name = "N", value_parser = how_many, default_value_t = 10)]
    limit: usize,
    /// Skip this many documents
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Continue after the previous page: its `next` cursor (see `--format json`)
    #[arg(long, value_name = "CURSOR", conflicts_with = "offset")]
    after: Option<Cursor>,
    /// Print at most this many passages of each document (1, or 3 with --flat)
    #[arg(long, value_name = "N")]
    passages: Option<usize>,
    /// Print one line a passage, not grouped by document; copies have lines of their own
    #[arg(long)]
    flat: bool,
    /// Show every document, also those that only repeat another
    #[arg(long)]
    no_collapse: bool,
    #[command(flatten)]
    expand: Expand,
    /// Show the question part by part, and where each score came from
    #[arg(long)]
    explain: bool,
    /// Print this many passages before and after each
    #[arg(long, short = 'C', value_name = "N", default_value_t = 0)]
    context: usize,
    /// Cite each document in this style: plain, chicago, apa, markdown, csl-json, ris, bibtex (text and JSON)
    #[arg(long, value_name = "STYLE")]
    cite: Option<CitationStyle>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// The question's id in a TREC run
    #[arg(long, value_name = "ID", default_value = "1", hide_short_help = true)]
    query_id: String,
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Order {
    Best,
    Newest,
    Oldest,
}

/// How results are printed; `json` and `jsonl` are a documented contract (`answer/json/JSON.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object with everything
    Json,
    /// One object a document
    Jsonl,
    /// One row a passage
    Csv,
    /// A TREC run
    Trec,
}

impl Args {
    /// Returns whether the answer is printed page by page, so that the first rows come while others are gathered.
    fn streams(&self) -> bool {
        self.limit > PAGE && matches!(self.format, Format::Jsonl | Format::Csv | Format::Trec)
    }

    /// Returns whether copies are collapsed. Lines, tables and runs have no place for copies, so there they have rows
    /// of their own.
    fn collapses(&self) -> bool {
        let has_place = match self.format {
            Format::Text => !self.flat,
            Format::Json | Format::Jsonl => true,
            Format::Csv | Format::Trec => false,
        };
        has_place && !self.no_collapse
    }
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let (index, search, notes) = args.chosen.search_in(common)?;
    let (search, expanded) = args.expand.ask(common, &index, search)?;
    let passages = args.passages.unwrap_or(if args.flat { 3 } else { 1 });
    let search = search
        .sort(match args.sort {
            Order::Best => Sort::Best,
            Order::Newest => Sort::Newest,
            Order::Oldest => Sort::Oldest,
        })
        .limit(if args.streams() { args.limit.min(PAGE) } else { args.limit })
        .offset(args.offset)
        .passages(passages)
        .context(args.context)
        .collapse_copies(args.collapses())
        .count_sources(true);
    let search = search.explain(args.explain);
    let search = if let Some(cursor) = args.after { search.after(cursor) } else { search };
    let page = |search: Search| -> Result<Results> {
        let mut results = search.run()?;
        if let Some(style) = args.cite {
            results.hits.iter_mut().for_each(|hit| hit.cite = Some(Citation::of_hit(hit).write(style)));
        }
        Ok(results)
    };
    let mut results = page(search.clone())?;
    results.notes.splice(0..0, notes);
    let offset = results.hits.first().map_or(args.offset, |first| first.rank as usize - 1);
    say(common, &results, offset);
    if args.collapses() {
        say_unexpanded(common, expanded.as_deref(), &results.hits);
    } else if expanded.is_some() {
        common.note("note: copies are not collapsed here, so --expand has none to name");
    }

    let mut screen = common.screen();
    print(&mut screen, &args, &results, expanded.as_deref(), true)?;
    let total = results.total;
    let mut rest = args.limit.saturating_sub(results.hits.len());
    while let Some(next) = results.next.filter(|_| args.streams() && rest > 0) {
        screen.flush()?;
        results = page(search.clone().count_sources(false).limit(rest.min(PAGE)).after(next))?;
        print(&mut screen, &args, &results, None, false)?;
        rest = rest.saturating_sub(results.hits.len());
    }
    screen.finish()?;
    Ok(Outcome::found(total > 0))
}

/// Prints a page of an answer.
fn print(screen: &mut Screen, args: &Args, results: &Results, expanded: Option<&str>, first: bool) -> Result<()> {
    match args.format {
        Format::Text if args.flat => output::text::flat(screen, results)?,
        Format::Text => output::text::grouped(screen, results, expanded)?,
        Format::Json => screen.json(results)?,
        Format::Jsonl => screen.json_lines(&results.hits)?,
        Format::Csv if first => screen.table(results)?,
        Format::Csv => screen.rows(results)?,
        Format::Trec => output::trec::run(screen, results, &args.query_id)?,
    }
    Ok(())
}

/// Prints how the question was read and how many documents match, on standard error.
fn say(common: &Common, results: &Results, offset: usize) {
    common.say_read(&results.read_as, &results.notes);
    for line in results.tree.iter().flat_map(|tree| tree.lines()) {
        common.say_indented(line);
    }
    common.note(&totals(results, offset));
}

/// `41 documents (17 distinct) · 6 sources · 3 undated`, and what is not shown.
fn totals(results: &Results, offset: usize) -> String {
    let mut documents = output::quantity(results.total, "document");
    if results.distinct < results.total {
        documents.push_str(&format!(" ({} distinct)", counted(results.distinct)));
    }
    let mut parts = vec![documents];
    if results.total > 0 {
        parts.push(output::quantity(results.sources.len() as u64, "source"));
        parts.push(format!("{} undated", counted(results.undated)));
        let shown = results.hits.len() as u64;
        if shown == 0 && offset as u64 >= results.distinct {
            parts.push(format!("none after the first {}", counted(offset as u64)));
        } else if shown == 0 {
            parts.push("none shown".into());
        } else if shown < results.distinct {
            let first = offset as u64 + 1;
            let last = offset as u64 + shown;
            let more = if last < results.distinct { format!(" (more: --offset {last})") } else { String::new() };
            parts.push(format!("{first} to {} shown{more}", counted(last)));
        }
    }
    if results.undated_left_out > 0 {
        parts.push(format!("{} undated left out by the dates", counted(results.undated_left_out)));
    }
    parts.join(" · ")
}
