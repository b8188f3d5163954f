//! The seam between what is asked and the engine that answers.
//!
//! [`Backend`] is one state of an index as an engine keeps it: which documents match a compiled query, in which order,
//! what is counted over them, what the index knows of words and of copies, and the documents themselves. Everything
//! above it (`search`) is written once, for any engine; everything below it (`index`) knows one engine and no question.
//!
//! A question reaches an engine as a [`Clause`](clause::Clause): a tree of stems, words, phrases and intervals whose
//! words have been looked up already, and a [`Filter`](filter::Filter): conditions on the columns of a document. A
//! document is named by a [`Doc`](found::Doc), which only the engine that gave it can read, and which is good for one
//! state of the index alone; its key stays the same wherever and whenever it is stored.
//!
//! An engine must answer exactly: totals, days, sources and mentions count every document that matches and is alive,
//! and scores are BM25 (see [`bm25`]) over all documents. Equal scores are ordered by key.

pub(crate) mod bm25;
pub(crate) mod clause;
pub(crate) mod copies;
pub(crate) mod counts;
pub(crate) mod day_histogram;
pub(crate) mod earliest;
pub(crate) mod filter;
pub(crate) mod found;

use std::fmt::Debug;
use std::sync::Arc;

use clause::{Clause, TextField};
use copies::{Collapsed, Copies};
use counts::{Counts, DateCounts, MentionCounts, SightingsBySource};
use earliest::{EarliestDocs, EarliestRequest};
use filter::Filter;
use found::{ByDayRequest, Candidate, Doc, Matches, TopDocsRequest};

use crate::answer::search::Unit;
use crate::document::Document;
use crate::error::Result;
use crate::text::Language;

/// One state of an index, as an engine keeps it.
pub(crate) trait Backend {
    /// Where a stem stands in the index, looked up once.
    type Posted: Clone + Debug;
    /// A clause made ready for this engine.
    type Query;
    /// What is known of copies.
    type Copies: Copies;

    /// How many documents are alive.
    fn documents(&self) -> u64;

    /// The languages present with their documents, the commonest first.
    fn languages(&self) -> &[(Language, u64)];

    /// Where a stem stands, and how many documents have it.
    fn stem(&self, stem: &str) -> Result<(Self::Posted, u64)>;

    /// How many documents have a term of a field.
    fn frequency(&self, field: TextField, term: &str) -> Result<u64>;

    /// How many terms of a field a document has on the average.
    fn average_length(&self, field: TextField) -> Result<f32>;

    /// Calls `each` with every term of a field that begins so and with its documents; a term may come several times,
    /// each time with some of its documents.
    fn terms_from(&self, field: TextField, prefix: &str, each: &mut dyn FnMut(&str, u64)) -> Result<()>;

    /// As [`terms_from`](Self::terms_from), for the terms at most `distance` (1 or 2) letters away from a word; letters
    /// that change places count as one.
    fn terms_near(&self, field: TextField, word: &str, distance: u8, each: &mut dyn FnMut(&str, u64)) -> Result<()>;

    /// Makes a clause ready.
    fn prepare(&self, clause: &Clause<Self::Posted>) -> Self::Query;

    /// The best documents by score, and how many match where that is asked for.
    fn top_docs(
        &self,
        query: &Self::Query,
        filter: &Filter,
        request: TopDocsRequest,
    ) -> Result<(Matches, Vec<Candidate>)>;

    /// The newest or oldest documents, each with what it is ordered by; undated ones last.
    fn by_day(&self, query: &Self::Query, filter: &Filter, request: ByDayRequest) -> Result<Vec<(i64, Candidate)>>;

    /// Counts over all documents that match.
    fn count(&self, query: &Self::Query, filter: &Filter, counting: Counting<Self::Copies>) -> Result<Counts>;

    /// How many documents that match speak of each step of time; `certain` leaves out days that were worked out.
    fn count_mentions(&self, query: &Self::Query, filter: &Filter, unit: Unit, certain: bool) -> Result<MentionCounts>;

    /// How the documents that match were dated.
    fn count_dates(&self, query: &Self::Query, filter: &Filter) -> Result<DateCounts>;

    /// The documents that match with their days, by source.
    fn sightings(&self, query: &Self::Query, filter: &Filter) -> Result<SightingsBySource>;

    /// The documents of the earliest days, and those of which it is not certain what their day is. Where copies are
    /// collapsed, those that another stands for are left out of the certain ones.
    fn earliest(
        &self,
        query: &Self::Query,
        filter: &Filter,
        request: EarliestRequest,
        collapsed: Option<(Arc<Self::Copies>, Collapsed)>,
    ) -> Result<EarliestDocs>;

    /// The score a query gives one document; 0 where it does not match.
    fn score(&self, query: &Self::Query, doc: Doc) -> f32;

    /// The share of its score that a filter leaves a document; none where no days are asked about.
    fn share(&self, filter: &Filter, doc: Doc) -> Result<Option<f32>>;

    /// BM25 of weighted terms of a field, for candidates, which are put in an order of the engine's own: the scores are
    /// in the same order.
    fn term_scores(&self, field: TextField, terms: &[(&str, f32)], candidates: &mut [Candidate]) -> Result<Vec<f32>>;

    /// A document, read whole.
    fn document(&self, doc: Doc) -> Result<Document>;

    /// The id of a document.
    fn id(&self, doc: Doc) -> Result<String>;

    /// The first and the last day a document may be of, from 1 January 1970; none for an undated one.
    fn days(&self, doc: Doc) -> Result<Option<(i64, i64)>>;

    /// The number that stays with a document: it orders those of one score or day.
    fn key(&self, doc: Doc) -> Result<u64>;

    /// The documents of this id, or of a record whose own id this is, at most `limit`.
    fn with_id(&self, id: &str, limit: usize) -> Result<Vec<Doc>>;

    /// The documents whose ids begin with these characters, at most `limit`.
    fn with_id_from(&self, beginning: &str, limit: usize) -> Result<Vec<Doc>>;

    /// What is known of copies in this state.
    fn copies(&self) -> Result<Arc<Self::Copies>>;
}

/// What is counted beside the documents themselves.
#[derive(Debug)]
pub(crate) struct Counting<C> {
    pub(crate) sources: bool,
    pub(crate) days: bool,
    /// Where those that share text with others are to be told.
    pub(crate) copies: Option<Arc<C>>,
}

impl<C> Default for Counting<C> {
    fn default() -> Counting<C> {
        Counting { sources: false, days: false, copies: None }
    }
}
