//! Documents that may have the words of a quote, asked of any back end.
//!
//! The budget is counted: so many documents are read for a quote and no more, whatever the archive.

use std::cell::RefCell;
use std::collections::HashMap;

use super::compare::context::Lexicon;
use crate::backend::clause::{Clause, Occur, TextField};
use crate::backend::counts::Counting;
use crate::backend::filter::Filter;
use crate::backend::found::{ByDayRequest, Doc, TopDocsRequest};
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::search::collapse::Collapse;
use crate::text::{fold, form_term, tokens};

/// The documents with a quote's phrases that are read.
pub(crate) const PHRASED: usize = 40;
/// The documents with a quote's rarest words that are read.
const RARE_DOCUMENTS: usize = 24;
/// The rarest words of a quote that are asked for.
const RARE_WORDS: usize = 12;
/// The words of one phrase.
const PHRASE_WORDS: usize = 12;
/// The longest piece that is asked for as one phrase, in words.
const WHOLE: usize = 24;
/// The most pieces of a quote that are asked for at once.
const PIECES: usize = 4;

/// A back end, asked for quotes.
pub(crate) struct Candidates<'a, B: Backend> {
    pub(crate) backend: &'a B,
    frequencies: RefCell<HashMap<String, u64>>,
    capitals: RefCell<HashMap<String, bool>>,
}

/// Documents with some words.
pub(crate) struct Phrased {
    /// The documents that are shown, the earliest first, each with the number of those that only repeat it.
    pub(crate) docs: Vec<(Doc, u64)>,
    /// How many documents there are.
    pub(crate) total: u64,
    /// How many remain when those that only repeat others are left out.
    pub(crate) distinct: u64,
}

impl<'a, B: Backend> Candidates<'a, B> {
    pub(crate) fn new(backend: &'a B) -> Candidates<'a, B> {
        Candidates { backend, frequencies: RefCell::default(), capitals: RefCell::default() }
    }

    /// The number of documents with a folded word.
    pub(crate) fn frequency(&self, folded: &str) -> u64 {
        if let Some(known) = self.frequencies.borrow().get(folded) {
            return *known;
        }
        let found = self.backend.frequency(TextField::Words, folded).unwrap_or_default();
        self.frequencies.borrow_mut().insert(folded.to_string(), found);
        found
    }

    /// The clause for documents with these pieces of text, word for word. None if they have no words.
    fn phrases(&self, pieces: &[&str]) -> Option<Clause<B::Posted>> {
        let mut pieces: Vec<Vec<String>> =
            pieces.iter().map(|piece| tokens(piece).into_iter().map(|token| token.text).collect()).collect();
        pieces.retain(|words: &Vec<String>| !words.is_empty());
        pieces.sort_by_key(|words| std::cmp::Reverse(words.len()));
        let clauses = pieces.iter().take(PIECES).flat_map(|words| self.windows(words));
        let clauses: Vec<(Occur, Clause<B::Posted>)> = clauses.map(|clause| (Occur::Must, clause)).collect();
        (!clauses.is_empty()).then_some(Clause::All(clauses))
    }

    /// A piece as phrases: whole, or its beginning, its end and what is around its rarest word.
    fn windows(&self, words: &[String]) -> Vec<Clause<B::Posted>> {
        if words.len() <= WHOLE {
            return vec![phrase(words)];
        }
        let rarest =
            (0..words.len()).min_by_key(|at| words.get(*at).map(|word| self.frequency(word))).unwrap_or_default();
        let last = words.len() - PHRASE_WORDS;
        let mut starts = vec![0, rarest.saturating_sub(PHRASE_WORDS / 2).min(last), last];
        starts.dedup();
        starts.into_iter().filter_map(|start| words.get(start..start + PHRASE_WORDS)).map(phrase).collect()
    }

    /// The documents with these pieces of text that meet the filter, the earliest first.
    pub(crate) fn with_pieces(&self, pieces: &[&str], filter: &Filter) -> Result<Vec<Doc>> {
        let Some(clause) = self.phrases(pieces) else { return Ok(Vec::new()) };
        let request = ByDayRequest { limit: PHRASED, newest: false, after: None };
        let found = self.backend.by_day(&self.backend.prepare(&clause), filter, request)?;
        Ok(found.into_iter().map(|(_, candidate)| candidate.doc).collect())
    }

    /// All documents with these pieces of text, counted, and the earliest of them that none other stands for.
    pub(crate) fn counted(&self, pieces: &[&str], limit: usize) -> Result<Phrased> {
        let none = Phrased { docs: Vec::new(), total: 0, distinct: 0 };
        let Some(clause) = self.phrases(pieces) else { return Ok(none) };
        let query = self.backend.prepare(&clause);
        let mut filter = Filter::default();
        let copies = self.backend.copies()?;
        let counting = Counting { copies: Some(copies.clone()), ..Counting::default() };
        let counts = self.backend.count(&query, &filter, counting)?;
        let collapse = Collapse::new(self.backend, copies, &counts.sharing, true)?;
        filter.conditions.extend(collapse.condition());
        let found = self.backend.by_day(&query, &filter, ByDayRequest { limit, newest: false, after: None })?;
        let docs = found.into_iter().map(|(_, candidate)| (candidate.doc, collapse.copied(candidate.doc))).collect();
        Ok(Phrased { docs, total: counts.total, distinct: counts.total - collapse.collapsed.documents() })
    }

    /// The documents with most of the rarest words of a text.
    pub(crate) fn with_rare_words(&self, text: &str, filter: &Filter) -> Result<Vec<Doc>> {
        let mut words: Vec<(u64, String)> =
            tokens(text).into_iter().map(|token| (self.frequency(&token.text), token.text)).collect();
        words.retain(|(documents, _)| *documents > 0);
        words.sort();
        words.dedup();
        words.truncate(RARE_WORDS);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let clauses = words.into_iter().map(|(_, word)| (Occur::Should, Clause::Word(word, 1.0))).collect();
        let top = TopDocsRequest { limit: RARE_DOCUMENTS, ..TopDocsRequest::default() };
        let (_, found) = self.backend.top_docs(&self.backend.prepare(&Clause::All(clauses)), filter, top)?;
        Ok(found.into_iter().map(|candidate| candidate.doc).collect())
    }
}

/// Words side by side.
fn phrase<T>(words: &[String]) -> Clause<T> {
    match words {
        [word] => Clause::Word(word.clone(), 1.0),
        words => Clause::Phrase(words.to_vec()),
    }
}

/// A word counts as a name where this share of its documents, in percent, write it with a capital letter.
const CAPITALISED: u64 = 90;

impl<B: Backend> Lexicon for Candidates<'_, B> {
    fn documents(&self, key: &str) -> u64 {
        tokens(key).iter().map(|token| self.frequency(&token.text)).min().unwrap_or_default()
    }

    fn is_capitalised(&self, key: &str) -> bool {
        if let Some(known) = self.capitals.borrow().get(key) {
            return *known;
        }
        let bare = key.split('\'').next().unwrap_or(key);
        let folded = fold(bare);
        let mut letters = bare.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let forms = [capital, bare.to_uppercase()].map(|form| form_term(&folded, &form));
        let [first, all] = forms.map(|form| self.backend.frequency(TextField::Forms, &form).unwrap_or_default());
        let found = (first + all) * 100 >= self.frequency(&folded) * CAPITALISED && first + all > 0;
        self.capitals.borrow_mut().insert(key.to_string(), found);
        found
    }
}
