//! The answer to one of many questions, as a row: plain data.

use serde::{Deserialize, Serialize};

use crate::answer::search::Results;
use crate::document::Source;
use crate::note::Note;
use crate::time::Date;

/// The outcome of one question of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BatchRow {
    /// Names the question.
    pub id: String,
    /// The question as typed.
    pub query: String,
    /// The question as it was read; none where it failed.
    pub read_as: Option<String>,
    /// The number of matching documents.
    pub documents: Option<u64>,
    /// The number of those undated.
    pub undated: Option<u64>,
    /// The first day of the earliest dated document.
    pub first: Option<Date>,
    /// The last day of the latest dated document.
    pub last: Option<Date>,
    /// The source with the most matching documents.
    pub top_source: Option<Source>,
    /// The number of its documents.
    pub top_source_documents: Option<u64>,
    /// The id of the best passage.
    pub passage: Option<String>,
    /// Notes on what was read otherwise than typed.
    pub notes: Vec<Note>,
    /// The error, where it could not be answered.
    pub error: Option<String>,
}

impl BatchRow {
    /// The row of a question: of its answer with [sources counted](crate::Search::count_sources) and its best passage
    /// shown, or of what went wrong.
    pub fn new(id: impl Into<String>, query: impl Into<String>, outcome: Result<&Results, &str>) -> BatchRow {
        let results = outcome.ok();
        let top = results.and_then(|results| results.sources.first());
        let best = results.and_then(|results| results.hits.first()).and_then(|hit| hit.passages.first());
        BatchRow {
            id: id.into(),
            query: query.into(),
            read_as: results.map(|results| results.read_as.clone()),
            documents: results.map(|results| results.total),
            undated: results.map(|results| results.undated),
            first: results.and_then(|results| results.first),
            last: results.and_then(|results| results.last),
            top_source: top.map(|top| top.value.clone()),
            top_source_documents: top.map(|top| top.documents),
            passage: best.map(|best| best.id.clone()),
            notes: results.map_or(Vec::new(), |results| results.notes.clone()),
            error: outcome.err().map(str::to_owned),
        }
    }
}
