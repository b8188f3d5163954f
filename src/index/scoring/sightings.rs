//! Collects the matching documents with their days, by source.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::filter::{SegmentFilter, Verdict, source_path};
use crate::backend::counts::{Dated, SightingsBySource};
use crate::backend::filter::Filter;
use crate::index::record::address::doc_at;
use crate::index::record::date_column::Days;
use crate::index::record::id_column::Ids;
use crate::index::record::schema::SOURCE;

/// The documents that pass a filter, with their days, by source.
pub(crate) struct Sightings<'a> {
    pub(crate) filter: &'a Filter,
}

/// The documents of one segment, by the number of their source; the last is for those without one.
pub(crate) struct SightingsSegment {
    segment: SegmentOrdinal,
    filter: SegmentFilter,
    days: Days,
    ids: Ids,
    source: Option<StrColumn>,
    found: Vec<Dated>,
}

impl Collector for Sightings<'_> {
    type Fruit = SightingsBySource;
    type Child = SightingsSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SightingsSegment> {
        let source = reader.fast_fields().str(SOURCE)?;
        let numbers = source.as_ref().map_or(0, |source| source.num_terms()) + 1;
        Ok(SightingsSegment {
            segment,
            filter: SegmentFilter::of(self.filter, segment, reader)?,
            days: Days::of(reader)?,
            ids: Ids::of(reader)?,
            source,
            found: vec![Vec::new(); numbers],
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<SightingsBySource>) -> tantivy::Result<SightingsBySource> {
        let mut all = SightingsBySource::new();
        for (source, mut documents) in fruits.into_iter().flatten() {
            all.entry(source).or_default().append(&mut documents);
        }
        Ok(all)
    }
}

impl SegmentCollector for SightingsSegment {
    type Fruit = SightingsBySource;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        let number = self.source.as_ref().and_then(|source| source.ords().first(doc));
        let number = number.map_or(self.found.len() - 1, |number| number as usize);
        if let Some(found) = self.found.get_mut(number) {
            found.push(((self.ids.key(doc), doc_at(self.segment, doc)), self.days.both(doc)));
        }
    }

    fn harvest(self) -> SightingsBySource {
        let mut all = SightingsBySource::new();
        for (number, mut found) in self.found.into_iter().enumerate().filter(|(_, found)| !found.is_empty()) {
            all.entry(source_path(self.source.as_ref(), number)).or_default().append(&mut found);
        }
        all
    }
}
