//! The values of one of the documents' own fields: counts over all that match.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::filter::{SegmentFilter, Verdict};
use crate::backend::filter::Filter;
use crate::backend::own_field::OwnCounts;
use crate::index::record::own_column::OwnValues;

/// Counts all matching documents by the value of a field.
pub(crate) struct OwnTally<'a> {
    pub(crate) filter: &'a Filter,
    /// The folded name of the field.
    pub(crate) name: &'a str,
}

pub(crate) struct OwnTallySegment {
    filter: SegmentFilter,
    values: Option<OwnValues>,
    /// The numbers of documents by number of the value.
    counts: Vec<u64>,
    documents: u64,
}

impl Collector for OwnTally<'_> {
    type Fruit = OwnCounts;
    type Child = OwnTallySegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<OwnTallySegment> {
        let values = OwnValues::of(reader, self.name)?;
        Ok(OwnTallySegment {
            filter: SegmentFilter::of(self.filter, segment, reader)?,
            counts: vec![0; values.as_ref().map_or(0, OwnValues::count)],
            values,
            documents: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<OwnCounts>>) -> tantivy::Result<OwnCounts> {
        let mut all = OwnCounts::default();
        for counts in fruits {
            all.add(counts?);
        }
        Ok(all)
    }
}

impl SegmentCollector for OwnTallySegment {
    type Fruit = tantivy::Result<OwnCounts>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(values) = &self.values else { return };
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        let mut has = false;
        for number in values.numbers(doc) {
            has = true;
            if let Some(count) = self.counts.get_mut(number) {
                *count += 1;
            }
        }
        self.documents += u64::from(has);
    }

    fn harvest(self) -> tantivy::Result<OwnCounts> {
        let mut counts = OwnCounts { documents: self.documents, ..OwnCounts::default() };
        let Some(values) = &self.values else { return Ok(counts) };
        for (number, documents) in self.counts.iter().enumerate().filter(|(_, documents)| **documents > 0) {
            *counts.values.entry(values.value(number)?).or_default() += documents;
        }
        Ok(counts)
    }
}
