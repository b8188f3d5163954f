//! The reading half of the seam: what a question asks of an engine.

use std::fmt::Debug;
use std::sync::Arc;

use super::clause::{Clause, TextField};
use super::copies::{Collapsed, Copies};
use super::counts::{Counting, Counts, DateCounts, MentionCounts, SightingsBySource};
use super::earliest::{EarliestDocs, EarliestRequest};
use super::filter::{Condition, Filter};
use super::found::{ByDayRequest, Candidate, Doc, Matches, TopDocsRequest};
use super::own_field::OwnCounts;
use crate::answer::timeline::Unit;
use crate::document::Document;
use crate::error::Result;
use crate::text::{Language, NameKeys};

/// One state of an index, as an engine keeps it.
pub(crate) trait Backend {
    /// The postings of a stem in the index, looked up once.
    type Posted: Clone + Debug;
    /// A clause prepared for this engine.
    type Query;
    /// The copies in this state.
    type Copies: Copies;

    /// The number of documents that were not removed.
    fn documents(&self) -> u64;

    /// The languages present with the numbers of their documents, the commonest first.
    fn languages(&self) -> &[(Language, u64)];

    /// The postings of a stem, and the number of its documents, without removed ones.
    fn stem(&self, stem: &str) -> Result<(Self::Posted, u64)>;

    /// The number of documents with a term of a field, without removed ones.
    fn frequency(&self, field: TextField, term: &str) -> Result<u64>;

    /// Tells which frequencies are going to be asked for. An engine that is far away looks them all up at once.
    fn expect(&self, _terms: impl FnOnce() -> Vec<(TextField, String)>) -> Result<()> {
        Ok(())
    }

    /// The number of living documents of a language with a folded word.
    fn living(&self, word: &str, language: Language) -> Result<u64> {
        let filter = Filter { conditions: vec![Condition::Languages([language.code().to_string()].into())] };
        Ok(self.count(&self.prepare(&Clause::Word(word.to_string(), 1.0)), &filter, Counting::default())?.total)
    }

    /// Returns whether the numbers of [`terms_from`](Self::terms_from) and [`terms_near`](Self::terms_near) are only
    /// bounds, since they count documents that were removed. What decides on an answer, or is said in it, then asks for
    /// each term's frequency.
    fn walks_removed(&self) -> bool {
        false
    }

    /// The average number of terms of a field in a document.
    fn average_length(&self, field: TextField) -> Result<f32>;

    /// Calls `each` with every term of a field that begins with `prefix`, and its number of documents. A term may come
    /// several times, each time with some of its documents.
    fn terms_from(&self, field: TextField, prefix: &str, each: &mut dyn FnMut(&str, u64)) -> Result<()>;

    /// As [`terms_from`](Self::terms_from), for the terms that hold one of these parts; others may come too.
    fn terms_holding(&self, field: TextField, _parts: &[&str], each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        self.terms_from(field, "", each)
    }

    /// As [`terms_from`](Self::terms_from), for the terms at most `distance` (1 or 2) letters away from a word. Swapped
    /// letters count as one.
    fn terms_near(&self, field: TextField, word: &str, distance: u8, each: &mut dyn FnMut(&str, u64)) -> Result<()>;

    /// As [`terms_from`](Self::terms_from), for the terms that may be one name with a word; others may come too.
    fn terms_sounding(&self, field: TextField, name: &NameKeys, each: &mut dyn FnMut(&str, u64)) -> Result<()>;

    /// Prepares a clause for this engine.
    fn prepare(&self, clause: &Clause<Self::Posted>) -> Self::Query;

    /// The best documents by score, and the number of all that match if it is asked for.
    fn top_docs(
        &self,
        query: &Self::Query,
        filter: &Filter,
        request: TopDocsRequest,
    ) -> Result<(Matches, Vec<Candidate>)>;

    /// The newest or oldest documents, each with what it is ordered by. Undated ones come last.
    fn by_day(&self, query: &Self::Query, filter: &Filter, request: ByDayRequest) -> Result<Vec<(i64, Candidate)>>;

    /// Counts over all documents that match.
    fn count(&self, query: &Self::Query, filter: &Filter, counting: Counting<Self::Copies>) -> Result<Counts>;

    /// The number of matching documents that speak of each step of time. `certain` leaves out days that were worked
    /// out.
    fn count_mentions(&self, query: &Self::Query, filter: &Filter, unit: Unit, certain: bool) -> Result<MentionCounts>;

    /// How the matching documents were dated.
    fn count_dates(&self, query: &Self::Query, filter: &Filter) -> Result<DateCounts>;

    /// The matching documents by the value of one of their own fields, which is named folded.
    fn count_own(&self, query: &Self::Query, filter: &Filter, name: &str) -> Result<OwnCounts>;

    /// The folded names of the documents' own fields, in their order.
    fn own_fields(&self) -> Result<Vec<String>>;

    /// The matching documents with their days, by source.
    fn sightings(&self, query: &Self::Query, filter: &Filter) -> Result<SightingsBySource>;

    /// The documents of the earliest days, and those whose day is uncertain. Collapsed copies are left out of the
    /// certain ones.
    fn earliest(
        &self,
        query: &Self::Query,
        filter: &Filter,
        request: EarliestRequest,
        collapsed: Option<(Arc<Self::Copies>, Collapsed)>,
    ) -> Result<EarliestDocs>;

    /// The score a query gives one document; 0 if it does not match.
    fn score(&self, query: &Self::Query, doc: Doc) -> Result<f32>;

    /// The share of its score that a filter leaves to a document. None if no days are asked about.
    fn share(&self, filter: &Filter, doc: Doc) -> Result<Option<f32>>;

    /// BM25 of weighted terms of a field, for candidates. The candidates are put into an order of the engine's own, and
    /// the scores are in the same order.
    fn term_scores(&self, field: TextField, terms: &[(&str, f32)], candidates: &mut [Candidate]) -> Result<Vec<f32>>;

    /// Reads a whole document.
    fn document(&self, doc: Doc) -> Result<Document>;

    /// The id of a document.
    fn id(&self, doc: Doc) -> Result<String>;

    /// The first and the last day a document may be of, counted from 1 January 1970. None for an undated one.
    fn days(&self, doc: Doc) -> Result<Option<(i64, i64)>>;

    /// The number that stays with a document and orders documents of equal score or day.
    fn key(&self, doc: Doc) -> Result<u64>;

    /// At most `limit` documents with this id; if there are none, those that had it, or whose record gives itself this id.
    fn with_id(&self, id: &str, limit: usize) -> Result<Vec<Doc>>;

    /// At most `limit` documents whose ids begin with these characters.
    fn with_id_from(&self, beginning: &str, limit: usize) -> Result<Vec<Doc>>;

    /// The copies in this state.
    fn copies(&self) -> Result<Arc<Self::Copies>>;
}
