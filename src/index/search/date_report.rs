//! How the documents that match were dated: counts over all of them.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::answer::dates::{DoubtCount, RuleCount};
use crate::document::{DateRule, Doubt, Doubts};
use crate::index::record::clue_column::Clues;
use crate::index::record::date_column::Days;
use crate::index::scoring::filter::{Filter, SegmentFilter, Verdict};
use crate::time::{Date, Precision};

/// What a [`DateTally`] counted: documents by kind of clue, by precision.
#[derive(Debug, Default)]
pub(crate) struct DateCounts {
    rules: BTreeMap<Option<DateRule>, RuleCount>,
    doubts: [u64; Doubt::ALL.len()],
    pub(crate) doubtful: u64,
}

impl DateCounts {
    /// Kinds of clue with their counts, the strongest first, undated documents last.
    pub(crate) fn rules(&self) -> Vec<RuleCount> {
        // None is less than any rule.
        let mut rules: Vec<RuleCount> = self.rules.values().cloned().collect();
        rules.sort_by_key(|count| (count.rule.is_none(), count.rule));
        rules
    }

    pub(crate) fn doubts(&self) -> Vec<DoubtCount> {
        Doubt::ALL.into_iter().zip(self.doubts).map(|(doubt, documents)| DoubtCount { doubt, documents }).collect()
    }

    fn add(&mut self, rule: Option<DateRule>, [day, month, year, none]: [u64; 4]) {
        let count = self.rules.entry(rule).or_insert(RuleCount { rule, documents: 0, day: 0, month: 0, year: 0 });
        count.documents += day + month + year + none;
        count.day += day;
        count.month += month;
        count.year += year;
    }
}

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

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<DateTallySegment> {
        let clues = Clues::of(reader)?;
        Ok(DateTallySegment {
            filter: self.filter.for_segment(reader)?,
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
        for counts in fruits {
            for (rule, count) in counts.rules {
                let none = count.documents - count.day - count.month - count.year;
                all.add(rule, [count.day, count.month, count.year, none]);
            }
            for (sum, count) in all.doubts.iter_mut().zip(counts.doubts) {
                *sum += count;
            }
            all.doubtful += counts.doubtful;
        }
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
            counts.add(self.clues.rule(kind), *precisions);
        }
        for (bits, documents) in (0..).zip(self.doubts) {
            let doubts = Doubts::from_bits(bits);
            counts.doubtful += if doubts.is_empty() { 0 } else { documents };
            for (doubt, sum) in Doubt::ALL.into_iter().zip(&mut counts.doubts) {
                *sum += if doubts.contains(doubt) { documents } else { 0 };
            }
        }
        counts
    }
}

/// How much is known of a date that can be of these days.
fn precision((first, last): (i64, i64)) -> Precision {
    let day = |number| Date::from_day_number(number as i32);
    match last - first {
        0 => Precision::Day,
        _ if day(first).month() == day(last).month() => Precision::Month,
        _ => Precision::Year,
    }
}
