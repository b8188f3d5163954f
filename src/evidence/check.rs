//! The builder of a check of quotes.

use std::cell::RefCell;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::candidates::Candidates;
use super::cite::style::CitationStyle;
use super::quote::Quote;
use super::verify::{Verifier, Wanted};
use crate::answer::quotes::{CheckedQuote, QuoteReport};
use crate::backend::reader::Backend;
use crate::error::{Error, ErrorKind, Result};
use crate::note::Note;
use crate::search::engine::asked;
use crate::search::index::Index;
use crate::text::Analyzer;

/// The fewest letters and figures of a quote that mean something where it is found.
const MINIMUM: usize = 12;
/// The most places that are named of each quote.
const PLACES: usize = 10;

/// Verifies quotes against the documents of an index.
///
/// ```
/// use dateline::{Document, Index, QuoteCheck, QuoteStatus};
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Document::new("log-1", "The ferry did not sail on Tuesday, since there was fog."))?;
/// writer.commit()?;
///
/// let report = QuoteCheck::new(&index).run(["The ferry did not sail", "The ferry did sail on Tuesday"])?;
/// assert_eq!(report.quotes[0].status, QuoteStatus::Exact);
/// assert_eq!(report.quotes[1].status, QuoteStatus::Altered);
/// assert!(report.quotes[1].grave);
/// assert_eq!(report.quotes[1].differences[0].class.name(), "negation");
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a check does nothing until it is run"]
pub struct QuoteCheck {
    index: Index,
    wanted: Wanted,
    notes: Vec<Note>,
    threads: usize,
}

impl QuoteCheck {
    /// A check against the documents that an index holds now.
    pub fn new(index: &Index) -> QuoteCheck {
        let wanted = Wanted { minimum: MINIMUM, places: PLACES, style: CitationStyle::Plain };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        QuoteCheck { index: index.clone(), wanted, notes: Vec::new(), threads }
    }

    /// Sets the fewest letters and figures of a quote that is checked (12 unless set). A shorter one is listed as too
    /// short and never passes. An ideograph counts as two.
    pub fn minimum(mut self, letters: usize) -> QuoteCheck {
        self.wanted.minimum = letters;
        self
    }

    /// Sets the most places that are named of each quote (10 unless set); all are counted.
    pub fn places(mut self, places: usize) -> QuoteCheck {
        self.wanted.places = places.max(1);
        self
    }

    /// Sets the style of the citations (plain unless set).
    pub fn cite(mut self, style: CitationStyle) -> QuoteCheck {
        self.wanted.style = style;
        self
    }

    /// Adds notes on how the quotes were read, for the report.
    pub fn notes(mut self, notes: impl IntoIterator<Item = Note>) -> QuoteCheck {
        self.notes.extend(notes);
        self
    }

    /// Sets how many threads work (all processors unless set). The answer is the same for any number.
    pub fn threads(mut self, threads: usize) -> QuoteCheck {
        self.threads = threads.max(1);
        self
    }

    /// Verifies quotes. Fails if the index cannot be read, and if a quote names a document that is not there, or several.
    pub fn run(self, quotes: impl IntoIterator<Item = impl Into<Quote>>) -> Result<QuoteReport> {
        let quotes: Vec<Quote> = quotes.into_iter().map(Into::into).collect();
        let revision = self.index.revision()?;
        let quotes = asked!(&self.index.engine, |state| verify_all(state, &quotes, &self.wanted, self.threads))?;
        let passed = quotes.iter().filter(|quote| quote.status.passes(false)).count() as u64;
        let grave = quotes.iter().filter(|quote| quote.grave).count() as u64;
        Ok(QuoteReport { revision, checked: quotes.len() as u64, passed, grave, notes: self.notes, quotes })
    }
}

/// Verifies quotes on several threads, in their order.
pub(crate) fn verify_all<B: Backend + Sync>(
    backend: &B,
    quotes: &[Quote],
    wanted: &Wanted,
    threads: usize,
) -> Result<Vec<CheckedQuote>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, CheckedQuote)>> = Mutex::new(Vec::with_capacity(quotes.len()));
    let work = || -> Result<()> {
        let candidates = Candidates::new(backend);
        let stems = RefCell::new(Analyzer::for_questions());
        let verifier = Verifier { candidates: &candidates, stems: &stems, wanted };
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(quote) = quotes.get(at) else { return Ok(()) };
            let checked = verified(&verifier, at, quote)?;
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, checked));
        }
    };
    let threads = threads.min(quotes.len()).max(1);
    if threads == 1 {
        work()?;
    } else {
        thread::scope(|scope| -> Result<()> {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|worker| match worker.join() {
                Ok(done) => done,
                Err(_) => Err(Error::new(ErrorKind::Internal, "a fault in dateline itself")),
            })
        })?;
    }
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, checked)| checked).collect())
}

fn verified<B: Backend>(verifier: &Verifier<'_, B>, at: usize, quote: &Quote) -> Result<CheckedQuote> {
    let named = match &quote.document {
        None => None,
        Some(id) => match verifier.candidates.backend.with_id(id, 2)?.as_slice() {
            [doc] => Some(*doc),
            [] => {
                let error = Error::new(ErrorKind::Argument, format!("no document has the id \"{id}\""));
                return Err(error.hint("dateline search prints ids behind what it finds"));
            }
            _ => return Err(Error::new(ErrorKind::Argument, format!("\"{id}\" names several documents"))),
        },
    };
    verifier.verify(at as u64 + 1, quote, named)
}
