//! How many documents speak of each step of time.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::filter::{SegmentFilter, Verdict};
use crate::answer::steps::step_of;
use crate::answer::timeline::Unit;
use crate::backend::counts::MentionCounts;
use crate::backend::filter::Filter;
use crate::index::record::mention_column::Mentioned;
use crate::time::MentionCertainty;

/// Counts over all documents that pass a filter.
pub(crate) struct MentionTally<'a> {
    pub(crate) filter: &'a Filter,
    pub(crate) unit: Unit,
    /// Set if days that were worked out are passed over.
    pub(crate) certain: bool,
}

/// Counts of one segment.
pub(crate) struct MentionTallySegment {
    filter: SegmentFilter,
    mentioned: Mentioned,
    unit: Unit,
    certain: bool,
    counts: MentionCounts,
}

impl Collector for MentionTally<'_> {
    type Fruit = MentionCounts;
    type Child = MentionTallySegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<MentionTallySegment> {
        Ok(MentionTallySegment {
            filter: SegmentFilter::of(self.filter, segment, reader)?,
            mentioned: Mentioned::of(reader)?,
            unit: self.unit,
            certain: self.certain,
            counts: MentionCounts::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<MentionCounts>) -> tantivy::Result<MentionCounts> {
        let mut all = MentionCounts::default();
        fruits.into_iter().for_each(|counts| all.add(counts));
        Ok(all)
    }
}

impl SegmentCollector for MentionTallySegment {
    type Fruit = MentionCounts;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        let (mut is_silent, mut is_coarse) = (true, false);
        // Mentions come in the order of their first days, so those of one step come one after the other.
        let mut last = None;
        self.mentioned.any(doc, |span| {
            if self.certain && span.certainty == MentionCertainty::Derived {
                return false;
            }
            is_silent = false;
            let step = step_of(span.first as i32, self.unit);
            if step != step_of(span.last as i32, self.unit) {
                is_coarse = true;
            } else if last.replace(step) != Some(step) {
                *self.counts.steps.entry(step).or_default() += 1;
            }
            false
        });
        self.counts.silent += u64::from(is_silent);
        self.counts.coarse += u64::from(is_coarse);
    }

    fn harvest(self) -> MentionCounts {
        self.counts
    }
}
