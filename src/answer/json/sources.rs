//! Who is in an archive, and how much of it: plain data.

use serde::{Deserialize, Serialize};

use crate::answer::search::{AlikeSources, FacetCount, Results};
use crate::note::Note;

/// The sources of the documents that match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SourceReport {
    /// The question as it was read, in words.
    pub read_as: String,
    /// Notes on what was read otherwise than typed.
    pub notes: Vec<Note>,
    /// The number of matching documents, exactly.
    pub total: u64,
    /// The number of those undated.
    pub undated: u64,
    /// Matching documents by source, most frequent first.
    pub sources: Vec<FacetCount>,
    /// Sources that may be one under several names: candidates for the aliases of `dateline.toml`.
    pub alike: Vec<AlikeSources>,
}

/// From an answer whose [sources were counted](crate::Search::count_sources).
impl From<Results> for SourceReport {
    fn from(results: Results) -> SourceReport {
        SourceReport {
            alike: results.alike_sources(),
            read_as: results.read_as,
            notes: results.notes,
            total: results.total,
            undated: results.undated,
            sources: results.sources,
        }
    }
}
