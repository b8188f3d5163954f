//! Documents found: how they are named, ordered and counted.

use std::cmp::Ordering;

/// Names a document in one state of an index; only the engine that gave it can read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Doc(pub(crate) u64);

/// A document with its score and its key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) score: f32,
    /// Orders equal scores. The key is the same whenever and wherever the document is stored.
    pub(crate) key: u64,
    pub(crate) doc: Doc,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    /// A better candidate is greater. Of equal scores, the smaller key is better.
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| (other.key, other.doc).cmp(&(self.key, self.doc)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The end of the former page: the score and key of its last document.
pub(crate) type After = (f32, u64);

/// Which documents are wanted in the order of their scores.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TopDocsRequest {
    /// At most so many, the best.
    pub(crate) limit: usize,
    /// Only those after this one.
    pub(crate) after: Option<After>,
    /// Whether scores have to be the same to the last bit in another request: an engine that passes over what cannot be
    /// among the best may add up in an order of its own.
    pub(crate) exact: bool,
    /// Whether all that match are to be counted.
    pub(crate) counting: bool,
}

/// Which documents are wanted in the order of their days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ByDayRequest {
    /// At most so many.
    pub(crate) limit: usize,
    /// The newest first, and not the oldest.
    pub(crate) newest: bool,
    /// Only documents after the one with this order and key.
    pub(crate) after: Option<(i64, u64)>,
}

/// The number of matching documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matches {
    pub(crate) total: u64,
    pub(crate) undated: u64,
    /// Undated documents that match but for the days asked for.
    pub(crate) undated_left_out: u64,
}

impl Matches {
    pub(crate) fn add(&mut self, other: Matches) {
        self.total += other.total;
        self.undated += other.undated;
        self.undated_left_out += other.undated_left_out;
    }
}
