//! How the documents that match were dated: counts over all of them.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::filter::{SegmentFilter, Verdict};
use crate::backend::counts::{DateCounts, precision};
use crate::backend::filter::Filter;
use crate::document::{Doubt, Doubts};
use crate::index::record::clue_column::Clues;
use crate::index::record::date_column::Days;
use crate::time::Precision;

/// Counts all matching documents by how they were dated.
pub(crate) struct DateTally<'a> {
    pub(crate) filter: &'a Filter,
}

pub(crate) struct DateTallySegment {
    filter: SegmentFilter,
    days: Days,
    clues: Clues,
    /// By number of the kind of clue, the last for undated documents; then by precision.
    kinds: Vec<[u64; 4]>,
    /// By the bits of doubts.
    doubts: [u64; 1 << Doubt::ALL.len()],
}

impl Collector for DateTally<'_> {
    type Fruit = DateCounts;
    type Child = DateTallySegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<DateTallySegment> {
        let clues = Clues::of(reader)?;
        Ok(DateTallySegment {
            filter: SegmentFilter::of(self.filter, segment, reader)?,
            days: Days::of(reader)?,
            kinds: vec![[0; 4]; clues.kinds() + 1],
            clues,
            doubts: [0; 1 << Doubt::ALL.len()],
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<DateCounts>) -> tantivy::Result<DateCounts> {
        let mut all = DateCounts::default();
        fruits.into_iter().for_each(|counts| all.add(counts));
        Ok(all)
    }
}

impl SegmentCollector for DateTallySegment {
    type Fruit = DateCounts;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        let kind = self.clues.kind(doc).unwrap_or(self.kinds.len() - 1);
        let precision = match self.days.both(doc).map(precision) {
            Some(Precision::Day) => 0,
            Some(Precision::Month) => 1,
            Some(Precision::Year) => 2,
            None => 3,
        };
        if let Some(kind) = self.kinds.get_mut(kind) {
            kind[precision] += 1;
        }
        if let Some(count) = self.doubts.get_mut(usize::from(self.clues.doubts(doc).bits())) {
            *count += 1;
        }
    }

    fn harvest(self) -> DateCounts {
        let mut counts = DateCounts::default();
        for (kind, precisions) in self.kinds.iter().enumerate().filter(|(_, counts)| counts.iter().any(|n| *n > 0)) {
            counts.add_rule(self.clues.rule(kind), *precisions);
        }
        for (bits, documents) in (0..).zip(self.doubts) {
            counts.add_doubts(Doubts::from_bits(bits), documents);
        }
        counts
    }
}
