//! Walking the documents that match: the newest or oldest, and counts over all of them.

use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::filter::{Filter, SegmentFilter, Verdict, facet_path};
use super::top_docs::{Candidate, Matches};
use crate::index::copies::by_document::Folds;
use crate::index::record::date_column::Days;
use crate::index::record::day_histogram::DayCounts;
use crate::index::record::id_column::Ids;
use crate::index::record::schema::SOURCE;

/// The `limit` newest or oldest documents that pass a filter; undated ones last either way.
pub(crate) struct ByDay<'a> {
    pub(crate) limit: usize,
    pub(crate) filter: &'a Filter,
    pub(crate) newest: bool,
    /// Only those after the document of this order and key.
    pub(crate) after: Option<(i64, u64)>,
}

/// Documents by day, before they are cut to the limit.
pub(crate) struct ByDaySegment {
    limit: usize,
    newest: bool,
    after: Option<(i64, u64)>,
    segment: SegmentOrdinal,
    filter: SegmentFilter,
    days: Days,
    ids: Ids,
    first: BinaryHeap<(i64, u64, DocAddress)>,
}

impl Collector for ByDay<'_> {
    /// Each with what it is ordered by.
    type Fruit = Vec<(i64, Candidate)>;
    type Child = ByDaySegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<ByDaySegment> {
        Ok(ByDaySegment {
            limit: self.limit,
            newest: self.newest,
            after: self.after,
            segment,
            filter: self.filter.for_segment(reader)?,
            days: Days::of(reader)?,
            ids: Ids::of(reader)?,
            first: BinaryHeap::with_capacity(self.limit + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<(i64, u64, DocAddress)>>) -> tantivy::Result<Vec<(i64, Candidate)>> {
        let mut all: Vec<_> = fruits.into_iter().flatten().collect();
        all.sort_unstable();
        all.truncate(self.limit);
        Ok(all.into_iter().map(|(day, key, address)| (day, Candidate { score: 0.0, key, address })).collect())
    }
}

impl SegmentCollector for ByDaySegment {
    type Fruit = Vec<(i64, u64, DocAddress)>;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        // Smaller keys come first, so undated documents get the largest.
        let key = if self.newest { self.days.last(doc).map(|day| -day) } else { self.days.first(doc) };
        let key = key.unwrap_or(i64::MAX);
        if self.after.is_some_and(|after| (key, self.ids.key(doc)) <= after) {
            return;
        }
        if self.first.len() < self.limit {
            self.first.push((key, self.ids.key(doc), DocAddress::new(self.segment, doc)));
        } else if let Some(mut last) = self.first.peek_mut().filter(|last| key <= last.0) {
            let entry = (key, self.ids.key(doc), DocAddress::new(self.segment, doc));
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
    /// Whether to count by source.
    pub(crate) sources: bool,
    /// Whether to count by date.
    pub(crate) days: bool,
    /// Where those that share text with others are to be told.
    pub(crate) folds: Option<Arc<Folds>>,
}

/// Documents of one source, and the days they span.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SourceTally {
    pub(crate) documents: u64,
    pub(crate) days: Option<(i64, i64)>,
}

/// What a [`Tally`] counted.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) total: u64,
    pub(crate) undated: u64,
    pub(crate) undated_left_out: u64,
    /// By path of the source; the empty path stands for documents without one.
    pub(crate) sources: HashMap<String, SourceTally>,
    pub(crate) days: DayCounts,
    /// Those that share text with others, as [`Folds`] counts them.
    pub(crate) sharing: Vec<u32>,
}

impl From<Matches> for Counts {
    fn from(matches: Matches) -> Counts {
        let Matches { total, undated, undated_left_out } = matches;
        Counts { total, undated, undated_left_out, ..Counts::default() }
    }
}

/// Counts of one segment.
pub(crate) struct TallySegment {
    filter: SegmentFilter,
    days: Days,
    source: Option<StrColumn>,
    by_source: bool,
    by_day: bool,
    folds: Option<(Arc<Folds>, SegmentOrdinal)>,
    /// By ordinal of the source; the last is for documents without one.
    ordinals: Vec<SourceTally>,
    counts: Counts,
}

impl Collector for Tally<'_> {
    type Fruit = Counts;
    type Child = TallySegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<TallySegment> {
        let columns = reader.fast_fields();
        let source = if self.sources { columns.str(SOURCE)? } else { None };
        let ordinals = source.as_ref().map_or(0, |source| source.num_terms()) + 1;
        let days = Days::of(reader)?;
        Ok(TallySegment {
            filter: self.filter.for_segment(reader)?,
            source,
            by_source: self.sources,
            by_day: self.days,
            folds: self.folds.clone().map(|folds| (folds, segment)),
            ordinals: if self.sources { vec![SourceTally::default(); ordinals] } else { Vec::new() },
            counts: Counts { days: DayCounts::since(days.earliest()), ..Counts::default() },
            days,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut all = Counts::default();
        for counts in fruits {
            all.total += counts.total;
            all.undated += counts.undated;
            all.undated_left_out += counts.undated_left_out;
            all.sharing.extend(counts.sharing);
            for (source, tally) in counts.sources {
                all.sources.entry(source).or_default().add(tally);
            }
            all.days.add(counts.days);
        }
        Ok(all)
    }
}

impl SourceTally {
    fn add(&mut self, other: SourceTally) {
        self.documents += other.documents;
        self.days = match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}

impl TallySegment {
    #[inline]
    fn fold(&mut self, doc: DocId) {
        if let Some((folds, segment)) = &self.folds {
            self.counts.sharing.extend(folds.known(*segment, doc));
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
        self.fold(doc);
        if !self.by_source && !self.by_day {
            self.counts.undated += u64::from(self.days.first(doc).is_none());
            return;
        }
        let days = self.days.both(doc);
        self.counts.undated += u64::from(days.is_none());
        if self.by_source {
            let none = self.ordinals.len() - 1;
            let ordinal = self.source.as_ref().and_then(|source| source.ords().first(doc));
            let ordinal = ordinal.map_or(none, |ordinal| ordinal as usize);
            if let Some(tally) = self.ordinals.get_mut(ordinal) {
                tally.add(SourceTally { documents: 1, days });
            }
        }
        if let (true, Some(days)) = (self.by_day, days) {
            self.counts.days.add_span(days.0, days.1);
        }
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let everything = self.filter.lets_all_in() && !self.by_source;
        if everything && self.by_day {
            self.counts.total += docs.len() as u64;
            self.counts.undated += self.days.count(docs, &mut self.counts.days);
        } else if everything && self.days.all_dated {
            // Nothing is asked but how many there are.
            self.counts.total += docs.len() as u64;
            docs.iter().for_each(|&doc| self.fold(doc));
        } else {
            docs.iter().for_each(|&doc| self.collect(doc, 0.0));
        }
    }

    fn harvest(mut self) -> Counts {
        let mut encoded = String::new();
        let none = self.ordinals.len().saturating_sub(1);
        for (ordinal, tally) in self.ordinals.iter().enumerate().filter(|(_, tally)| tally.documents > 0) {
            encoded.clear();
            let path = match &self.source {
                Some(source) if ordinal != none => match source.ord_to_str(ordinal as u64, &mut encoded) {
                    Ok(true) => facet_path(&encoded),
                    _ => String::new(),
                },
                _ => String::new(),
            };
            self.counts.sources.entry(path).or_default().add(*tally);
        }
        self.counts
    }
}
