//! Walking the documents that match: the best by score, the newest or oldest, and counts over all of them.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::days::Days;
use super::failure::Doing;
use super::filter::{Filter, SegmentFilter, Verdict, facet_path};
use super::schema::SOURCE;

/// A document and what it is ordered by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) score: f32,
    pub(super) address: DocAddress,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    /// Better candidates are greater; of equal ones the one stored first.
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.address.cmp(&self.address))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The `limit` best documents that pass a filter.
///
/// The filter is asked in the engine's pruning callback: a document that fails it leaves the threshold as it was, so
/// blocks that cannot reach the best any more are still passed over whole.
pub(super) struct BestFirst<'a> {
    pub(super) limit: usize,
    pub(super) filter: &'a Filter,
}

impl Collector for BestFirst<'_> {
    type Fruit = Vec<Candidate>;
    type Child = Unused<Vec<Candidate>>;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Self::Child> {
        Ok(Unused(Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Candidate>>) -> tantivy::Result<Vec<Candidate>> {
        let mut all: Vec<Candidate> = fruits.into_iter().flatten().collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.truncate(self.limit);
        Ok(all)
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment_ord: u32,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Candidate>> {
        let filter = self.filter.for_segment(reader)?;
        let alive = reader.alive_bitset();
        let mut best: BinaryHeap<Reverse<Candidate>> = BinaryHeap::with_capacity(self.limit + 1);
        let mut threshold = Score::MIN;
        weight.for_each_pruning(threshold, reader, &mut |doc, score| {
            if alive.is_some_and(|alive| !alive.is_alive(doc)) || filter.verdict(doc) != Verdict::In {
                return threshold;
            }
            best.push(Reverse(Candidate { score, address: DocAddress::new(segment_ord, doc) }));
            if best.len() > self.limit {
                best.pop();
                threshold = best.peek().map_or(Score::MIN, |Reverse(worst)| worst.score);
            }
            threshold
        })?;
        Ok(best.into_iter().map(|Reverse(candidate)| candidate).collect())
    }
}

/// Stands in for a child collector where a whole segment is collected at once.
pub(super) struct Unused<F>(F);

impl<F: Send + 'static> SegmentCollector for Unused<F> {
    type Fruit = F;

    fn collect(&mut self, _: DocId, _: Score) {}

    fn harvest(self) -> F {
        self.0
    }
}

/// The `limit` newest or oldest documents that pass a filter; undated ones last either way.
pub(super) struct ByDay<'a> {
    pub(super) limit: usize,
    pub(super) filter: &'a Filter,
    pub(super) newest: bool,
}

/// Documents by day, before they are cut to the limit.
pub(super) struct ByDaySegment {
    limit: usize,
    newest: bool,
    segment: SegmentOrdinal,
    filter: SegmentFilter,
    days: Days,
    first: BinaryHeap<(i64, DocAddress)>,
}

impl Collector for ByDay<'_> {
    type Fruit = Vec<Candidate>;
    type Child = ByDaySegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<ByDaySegment> {
        Ok(ByDaySegment {
            limit: self.limit,
            newest: self.newest,
            segment,
            filter: self.filter.for_segment(reader)?,
            days: Days::of(reader)?,
            first: BinaryHeap::with_capacity(self.limit + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<(i64, DocAddress)>>) -> tantivy::Result<Vec<Candidate>> {
        let mut all: Vec<_> = fruits.into_iter().flatten().collect();
        all.sort_unstable();
        all.truncate(self.limit);
        Ok(all.into_iter().map(|(_, address)| Candidate { score: 0.0, address }).collect())
    }
}

impl SegmentCollector for ByDaySegment {
    type Fruit = Vec<(i64, DocAddress)>;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        // Smaller keys come first, so undated documents get the largest.
        let key = if self.newest { self.days.last(doc).map(|day| -day) } else { self.days.first(doc) };
        let key = key.unwrap_or(i64::MAX);
        self.first.push((key, DocAddress::new(self.segment, doc)));
        if self.first.len() > self.limit {
            self.first.pop();
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.first.into_vec()
    }
}

/// Counts over all matching documents.
pub(super) struct Tally<'a> {
    pub(super) filter: &'a Filter,
    /// Whether to count by source.
    pub(super) sources: bool,
    /// Whether to count by date.
    pub(super) days: bool,
}

/// Documents of one source, and the days they span.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SourceTally {
    pub(super) documents: u64,
    pub(super) days: Option<(i64, i64)>,
}

/// What a [`Tally`] counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) total: u64,
    pub(super) undated: u64,
    pub(super) undated_left_out: u64,
    /// By path of the source; the empty path stands for documents without one.
    pub(super) sources: HashMap<String, SourceTally>,
    /// By first and last possible day.
    pub(super) days: HashMap<(i64, i64), u64>,
}

/// Counts of one segment.
pub(super) struct TallySegment {
    filter: SegmentFilter,
    days: Days,
    source: Option<StrColumn>,
    by_source: bool,
    by_day: bool,
    /// By ordinal of the source; the last is for documents without one.
    ordinals: Vec<SourceTally>,
    counts: Counts,
}

impl Collector for Tally<'_> {
    type Fruit = Counts;
    type Child = TallySegment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<TallySegment> {
        let columns = reader.fast_fields();
        let source = if self.sources { columns.str(SOURCE)? } else { None };
        let ordinals = source.as_ref().map_or(0, |source| source.num_terms()) + 1;
        Ok(TallySegment {
            filter: self.filter.for_segment(reader)?,
            days: Days::of(reader)?,
            source,
            by_source: self.sources,
            by_day: self.days,
            ordinals: if self.sources { vec![SourceTally::default(); ordinals] } else { Vec::new() },
            counts: Counts::default(),
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
            for (source, tally) in counts.sources {
                all.sources.entry(source).or_default().add(tally);
            }
            for (days, documents) in counts.days {
                *all.days.entry(days).or_default() += documents;
            }
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
            *self.counts.days.entry(days).or_default() += 1;
        }
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let plain = !self.by_source && !self.by_day && self.filter.lets_all_in();
        if plain && self.days.all_dated {
            // Every document is dated and nothing else is asked: the number of them is all there is to know.
            self.counts.total += docs.len() as u64;
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

/// How many documents there are, and how many of them are undated.
pub(super) fn undated(searcher: &tantivy::Searcher) -> crate::error::Result<(u64, u64)> {
    let filter = Filter::default();
    let tally = Tally { filter: &filter, sources: false, days: false };
    let counts = searcher.search(&tantivy::query::AllQuery, &tally).doing("cannot read the index")?;
    Ok((counts.total, counts.undated))
}
