//! Found documents: how they are named, ordered and counted.

use std::cmp::Ordering;

/// A document in one state of an index. Only the engine that gave it can read it.
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

/// A request for the best documents by score.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TopDocsRequest {
    /// The most documents to return.
    pub(crate) limit: usize,
    /// The end of the former page. Only documents behind it count.
    pub(crate) after: Option<After>,
    /// Set if scores must be the same to the last bit in another request. An engine that skips weak documents may add
    /// up in another order.
    pub(crate) exact: bool,
    /// Set to count all documents that match.
    pub(crate) counting: bool,
}

/// A request for documents in the order of their days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ByDayRequest {
    /// The most documents to return.
    pub(crate) limit: usize,
    /// Set for the newest first, otherwise the oldest.
    pub(crate) newest: bool,
    /// Only documents after the one with this order and key.
    pub(crate) after: Option<(i64, u64)>,
}

/// The number of matching documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matches {
    pub(crate) total: u64,
    pub(crate) undated: u64,
    /// Undated documents that meet everything but the days asked for.
    pub(crate) undated_left_out: u64,
}

impl Matches {
    pub(crate) fn add(&mut self, other: Matches) {
        self.total += other.total;
        self.undated += other.undated;
        self.undated_left_out += other.undated_left_out;
    }
}
