//! Finds the documents of the earliest days, and those whose day is uncertain.

use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::filter::{SegmentFilter, Verdict};
use crate::backend::copies::Collapsed;
use crate::backend::earliest::{EarliestDocs, EarliestRequest};
use crate::backend::filter::Filter;
use crate::index::copies::by_document::CopiesByDocument;
use crate::index::record::address::doc_at;
use crate::index::record::clue_column::Clues;
use crate::index::record::date_column::Days;
use crate::index::record::id_column::Ids;

/// Finds the earliest documents that pass a filter.
pub(crate) struct Earliest<'a> {
    pub(crate) filter: &'a Filter,
    pub(crate) request: EarliestRequest,
    /// The collapsed copies. They pass the filter, but are not among the certain documents.
    pub(crate) collapsed: Option<(Arc<CopiesByDocument>, Collapsed)>,
}

pub(crate) struct EarliestSegment {
    segment: SegmentOrdinal,
    filter: SegmentFilter,
    days: Days,
    clues: Clues,
    ids: Ids,
    collapsed: Option<(Arc<CopiesByDocument>, Collapsed)>,
    found: EarliestDocs,
}

impl Collector for Earliest<'_> {
    type Fruit = EarliestDocs;
    type Child = EarliestSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<EarliestSegment> {
        Ok(EarliestSegment {
            segment,
            filter: SegmentFilter::of(self.filter, segment, reader)?,
            days: Days::of(reader)?,
            clues: Clues::of(reader)?,
            ids: Ids::of(reader)?,
            collapsed: self.collapsed.clone(),
            found: EarliestDocs::new(self.request),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<EarliestDocs>) -> tantivy::Result<EarliestDocs> {
        let mut all = EarliestDocs::new(self.request);
        fruits.into_iter().for_each(|found| all.join(found));
        Ok(all)
    }
}

impl SegmentCollector for EarliestSegment {
    type Fruit = EarliestDocs;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        let stored = (self.ids.key(doc), doc_at(self.segment, doc));
        self.found.add_document(stored, self.days.both(doc), || self.clues.doubts(doc), self.collapsed.as_ref());
    }

    fn harvest(self) -> EarliestDocs {
        self.found
    }
}
