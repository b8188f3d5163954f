//! `dateline cite`: documents and passages as citations.

use anyhow::Result;
use dateline::{
    Citation, CitationStyle, Date, Document, Error, ErrorKind, Index, Node, Prover, Query, Quote, QuoteCheck,
};

use super::output::Screen;
use super::shared::args::Common;
use super::shared::exit::Outcome;
use super::shared::named::named;

/// Cite documents or passages: a footnote, an entry for a reference manager, or evidence that can be checked again
///
/// Dates are written as precisely as they are known, an unknown one as the style has it, and where a date was taken from
/// stands in a note.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Ids as search prints them: ID for a document, ID#PASSAGE for a passage
    #[arg(value_name = "ID[#PASSAGE]", required = true)]
    ids: Vec<String>,
    /// plain, chicago, apa, markdown, csl-json, ris, bibtex, annotation (a Web Annotation) or claimreview
    #[arg(long, value_name = "STYLE", default_value = "plain")]
    style: CitationStyle,
    /// The day on which it was looked at: 2026-11-29
    #[arg(long, value_name = "DATE")]
    accessed: Option<Date>,
    /// The words that are quoted; they are checked, and a quote that does not pass is not cited
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    quote: Option<String>,
    /// Add what makes it checkable again: file, SHA-256, place and the words beside it (`dateline check-citation`). Of a
    /// document without a passage, that is its first passage
    #[arg(long)]
    evidence: bool,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let index = common.open()?;
    let mut prover = Prover::new(&index)?;
    let (mut cited, mut missing) = (Vec::new(), false);
    for id in &args.ids {
        match named(common, &index, id)? {
            Some((document, passage)) => {
                cited.extend(citation(common, &index, &args, &mut prover, (document, passage))?)
            }
            None => missing = true,
        }
    }
    missing |= cited.len() < args.ids.len();
    let mut screen = Screen::plain();
    let written: Vec<String> = cited.iter().map(|citation| citation.write(args.style)).collect();
    match args.style {
        // Reference managers expect a list.
        CitationStyle::CslJson => screen.line(&format!("[{}]", written.join(",\n")))?,
        CitationStyle::Plain | CitationStyle::Chicago | CitationStyle::Apa => {
            screen.line(&dateline::text::tame(&written.join("\n")))?
        }
        _ => screen.line(&dateline::text::tame(&written.join("\n\n")))?,
    }
    screen.finish()?;
    Ok(match (cited.is_empty(), missing) {
        (true, _) => Outcome::Nothing,
        (false, true) => Outcome::Partly,
        (false, false) => Outcome::Done,
    })
}

/// The citation of a document. None if the words that are quoted are not in it.
fn citation(
    common: &Common,
    index: &Index,
    args: &Args,
    prover: &mut Prover,
    (document, passage): (Document, Option<u32>),
) -> Result<Option<Citation>> {
    let passages = document.passages();
    let (mut citation, mut passage) = (Citation::of(&document), passage);
    let known = |number: u32| passages.iter().find(|passage| passage.number() == number);
    if let Some(number) = passage.filter(|number| known(*number).is_none()) {
        return Err(Error::new(ErrorKind::Argument, format!("document {} has no passage {number}", document.id)).into());
    }
    let mut bytes = passage.or(Some(1)).and_then(known).map(|passage| passage.range());
    if let Some(words) = &args.quote {
        let report = QuoteCheck::new(index).minimum(1).run([Quote::new(words.as_str()).document(&document.id)])?;
        let found = report.quotes.first().filter(|quote| quote.status.passes(false));
        let Some(place) = found.and_then(|quote| quote.places.first()) else {
            let status = report.quotes.first().map_or("not-found", |quote| quote.status.name());
            common.note(&format!(
                "{}: these words are not cited, since they are {status} there; dateline verify-quote says what differs",
                document.id
            ));
            return Ok(None);
        };
        let at = |count: usize| document.text.char_indices().nth(count).map_or(document.text.len(), |(at, _)| at);
        bytes = Some(at(place.chars.0)..at(place.chars.1));
        passage = Some(place.passage);
        citation = citation.quote(words.as_str());
        if args.style == CitationStyle::Claimreview {
            let first = index.search(Query::from_node(Node::Phrase(place.text.clone()))).limit(1).first()?;
            let id = first.documents.first().map(|document| document.hit.id.clone());
            if let Some(first) = id.map(|id| index.document(&id)).transpose()?.flatten() {
                citation = citation.first(&first);
            }
        }
    }
    if let Some(number) = passage {
        citation = citation.passage(number);
    }
    if let Some(day) = args.accessed {
        citation = citation.accessed(day);
    }
    let wants = args.evidence || args.style == CitationStyle::Annotation;
    Ok(Some(match bytes.filter(|_| wants) {
        Some(bytes) => citation.evidence(prover.evidence(&document, bytes)),
        None => citation,
    }))
}
