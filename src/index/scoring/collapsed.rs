//! Which documents another stands for, as filters need to know it.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::DocId;
use tantivy::index::SegmentId;

/// Documents that another stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    /// Those of each segment, rising.
    pub(crate) by_segment: HashMap<SegmentId, Arc<[DocId]>>,
    pub(crate) documents: u64,
}

impl Folded {
    /// Those of one segment, rising.
    pub(crate) fn of(&self, segment: SegmentId) -> Arc<[DocId]> {
        self.by_segment.get(&segment).cloned().unwrap_or_default()
    }
}
