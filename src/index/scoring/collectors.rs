//! Collectors that walk all matching documents: the newest or oldest, and counts over all of them.

use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::filter::{SegmentFilter, Verdict, source_path};
use crate::backend::counts::{Counts, SourceTally, SplitCounts, place_in_split};
use crate::backend::day_histogram::DayCounts;
use crate::backend::filter::Filter;
use crate::backend::found::{ByDayRequest, Candidate, Doc};
use crate::index::copies::by_document::CopiesByDocument;
use crate::index::record::address::doc_at;
use crate::index::record::clue_column::FromFolders;
use crate::index::record::date_column::Days;
use crate::index::record::id_column::Ids;
use crate::index::record::schema::SOURCE;

/// The `limit` newest or oldest documents that pass a filter. Undated documents come last in both orders.
pub(crate) struct ByDay<'a> {
    pub(crate) filter: &'a Filter,
    pub(crate) request: ByDayRequest,
}

/// Documents by day, before they are cut to the limit.
pub(crate) struct ByDaySegment {
    request: ByDayRequest,
    segment: SegmentOrdinal,
    filter: SegmentFilter,
    days: Days,
    ids: Ids,
    first: BinaryHeap<(i64, u64, Doc)>,
}

impl Collector for ByDay<'_> {
    /// Each document with what it is ordered by.
    type Fruit = Vec<(i64, Candidate)>;
    type Child = ByDaySegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<ByDaySegment> {
        Ok(ByDaySegment {
            request: self.request,
            segment,
            filter: SegmentFilter::of(self.filter, segment, reader)?,
            days: Days::of(reader)?,
            ids: Ids::of(reader)?,
            first: BinaryHeap::with_capacity(self.request.limit + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<(i64, u64, Doc)>>) -> tantivy::Result<Vec<(i64, Candidate)>> {
        let mut all: Vec<_> = fruits.into_iter().flatten().collect();
        all.sort_unstable();
        all.truncate(self.request.limit);
        Ok(all.into_iter().map(|(day, key, doc)| (day, Candidate { score: 0.0, key, doc })).collect())
    }
}

impl SegmentCollector for ByDaySegment {
    type Fruit = Vec<(i64, u64, Doc)>;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        // Smaller keys come first, so undated documents get the largest.
        let key = if self.request.newest { self.days.last(doc).map(|day| -day) } else { self.days.first(doc) };
        let key = key.unwrap_or(i64::MAX);
        if self.request.after.is_some_and(|after| (key, self.ids.key(doc)) <= after) {
            return;
        }
        if self.first.len() < self.request.limit {
            self.first.push((key, self.ids.key(doc), doc_at(self.segment, doc)));
        } else if let Some(mut last) = self.first.peek_mut().filter(|last| key <= last.0) {
            let entry = (key, self.ids.key(doc), doc_at(self.segment, doc));
            if entry < *last {
                *last = entry;
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.first.into_vec()
    }
}

/// Counts over all matching documents.
pub(crate) struct Tally<'a> {
    pub(crate) filter: &'a Filter,
    /// Set to count by source.
    pub(crate) sources: bool,
    /// Set to count by date.
    pub(crate) days: bool,
    /// Sources whose documents are counted by day each for itself.
    pub(crate) split: Option<Arc<[String]>>,
    /// The copies, if the documents that share text with others are to be listed.
    pub(crate) copies: Option<Arc<CopiesByDocument>>,
}

/// Counts of one segment.
pub(crate) struct TallySegment {
    filter: SegmentFilter,
    days: Days,
    source: Option<StrColumn>,
    by_source: bool,
    folders: Option<FromFolders>,
    by_day: bool,
    /// The place in [`Counts::split`] by ordinal of the source; the last is that of documents without one. Empty where
    /// nothing is split.
    places: Vec<usize>,
    copies: Option<(Arc<CopiesByDocument>, SegmentOrdinal)>,
    /// Counts by ordinal of the source. The last is for documents without one.
    ordinals: Vec<SourceTally>,
    counts: Counts,
}

impl Collector for Tally<'_> {
    type Fruit = Counts;
    type Child = TallySegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<TallySegment> {
        let columns = reader.fast_fields();
        let source = if self.sources || self.split.is_some() { columns.str(SOURCE)? } else { None };
        let ordinals = source.as_ref().map_or(0, |source| source.num_terms()) + 1;
        let days = Days::of(reader)?;
        let mut counts = Counts { days: DayCounts::since(days.earliest()), ..Counts::default() };
        let mut places = Vec::new();
        if let Some(split) = &self.split {
            places.extend((0..ordinals).map(|ordinal| place_in_split(split, &source_path(source.as_ref(), ordinal))));
            counts.split.resize_with(split.len() + 2, SplitCounts::default);
        }
        Ok(TallySegment {
            filter: SegmentFilter::of(self.filter, segment, reader)?,
            source,
            by_source: self.sources,
            folders: if self.sources { Some(FromFolders::of(reader)?) } else { None },
            by_day: self.days,
            places,
            copies: self.copies.clone().map(|copies| (copies, segment)),
            ordinals: if self.sources { vec![SourceTally::default(); ordinals] } else { Vec::new() },
            counts,
            days,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut all = Counts::default();
        fruits.into_iter().for_each(|counts| all.add(counts));
        Ok(all)
    }
}

impl TallySegment {
    /// Returns whether nothing is counted by source or day.
    #[inline]
    fn counts_documents_alone(&self) -> bool {
        !self.by_source && !self.by_day && self.places.is_empty()
    }

    #[inline]
    fn note_sharing(&mut self, doc: DocId) {
        if let Some((copies, segment)) = &self.copies {
            self.counts.sharing.extend(copies.known_at(*segment, doc));
        }
    }
}

impl SegmentCollector for TallySegment {
    type Fruit = Counts;

    fn collect(&mut self, doc: DocId, _: Score) {
        match self.filter.verdict(doc) {
            Verdict::In => {}
            Verdict::Out => return,
            Verdict::OutUndated => {
                self.counts.undated_left_out += 1;
                return;
            }
        }
        self.counts.total += 1;
        self.note_sharing(doc);
        if self.counts_documents_alone() {
            self.counts.undated += u64::from(self.days.first(doc).is_none());
            return;
        }
        let days = self.days.both(doc);
        self.counts.undated += u64::from(days.is_none());
        if self.by_source || !self.places.is_empty() {
            let ordinal = self.source.as_ref().and_then(|source| source.ords().first(doc));
            let none = self.ordinals.len().max(self.places.len()) - 1;
            let ordinal = ordinal.map_or(none, |ordinal| ordinal as usize);
            if let Some(tally) = self.ordinals.get_mut(ordinal) {
                tally.add(SourceTally::one(days, self.folders.as_ref().is_some_and(|folders| folders.has(doc))));
            }
            let place = self.places.get(ordinal);
            if let Some(counts) = place.and_then(|place| self.counts.split.get_mut(*place)) {
                counts.add_document(days);
            }
        }
        if let (true, Some(days)) = (self.by_day, days) {
            self.counts.days.add_span(days.0, days.1);
        }
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let everything = self.filter.lets_all_in() && !self.by_source && self.places.is_empty();
        if everything && self.by_day {
            self.counts.total += docs.len() as u64;
            self.counts.undated += self.days.count(docs, &mut self.counts.days);
            docs.iter().for_each(|&doc| self.note_sharing(doc));
        } else if everything && self.days.all_dated {
            // Only the number of documents is wanted.
            self.counts.total += docs.len() as u64;
            docs.iter().for_each(|&doc| self.note_sharing(doc));
        } else {
            docs.iter().for_each(|&doc| self.collect(doc, 0.0));
        }
    }

    fn harvest(mut self) -> Counts {
        for (ordinal, tally) in self.ordinals.iter().enumerate().filter(|(_, tally)| tally.documents > 0) {
            let path = source_path(self.source.as_ref(), ordinal);
            self.counts.sources.entry(path).or_default().add(*tally);
        }
        self.counts
    }
}
