//! Counts over all documents that match.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::day_histogram::DayCounts;
use super::found::{Doc, Matches};
use crate::answer::dates::{DoubtCount, RuleCount};
use crate::document::{DateRule, Doubt, Doubts};
use crate::time::{Date, Precision};

/// Documents of one source, and the days they span.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SourceTally {
    pub(crate) documents: u64,
    /// Those that only the name of their folder gives the source.
    pub(crate) from_folder: u64,
    pub(crate) days: Option<(i64, i64)>,
}

impl SourceTally {
    /// One document.
    pub(crate) fn one(days: Option<(i64, i64)>, is_folder: bool) -> SourceTally {
        SourceTally { documents: 1, from_folder: is_folder.into(), days }
    }

    pub(crate) fn add(&mut self, other: SourceTally) {
        self.documents += other.documents;
        self.from_folder += other.from_folder;
        self.days = match (self.days, other.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}

/// Documents of a source, or of several, by day.
#[derive(Clone, Debug, Default)]
pub(crate) struct SplitCounts {
    pub(crate) documents: u64,
    pub(crate) undated: u64,
    pub(crate) days: DayCounts,
}

impl SplitCounts {
    pub(crate) fn add_document(&mut self, days: Option<(i64, i64)>) {
        self.documents += 1;
        match days {
            Some((first, last)) => self.days.add_span(first, last),
            None => self.undated += 1,
        }
    }

    fn add(&mut self, other: SplitCounts) {
        self.documents += other.documents;
        self.undated += other.undated;
        self.days.add(other.days);
    }
}

/// Documents by source and by day.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) total: u64,
    pub(crate) undated: u64,
    pub(crate) undated_left_out: u64,
    /// Counts by path of the source. The empty path stands for documents without one.
    pub(crate) sources: HashMap<String, SourceTally>,
    pub(crate) days: DayCounts,
    /// Counts by source and day, of the sources that [`Counting`] names, then of documents without a
    /// source, then of all other sources together. Empty unless some are named.
    pub(crate) split: Vec<SplitCounts>,
    /// The documents that share text with others, as [`Copies`](super::copies::Copies) numbers them.
    pub(crate) sharing: Vec<u32>,
}

impl Counts {
    /// Adds what another value has counted.
    pub(crate) fn add(&mut self, other: Counts) {
        self.total += other.total;
        self.undated += other.undated;
        self.undated_left_out += other.undated_left_out;
        self.sharing.extend(other.sharing);
        for (source, tally) in other.sources {
            self.sources.entry(source).or_default().add(tally);
        }
        self.days.add(other.days);
        self.split.resize_with(self.split.len().max(other.split.len()), SplitCounts::default);
        self.split.iter_mut().zip(other.split).for_each(|(sum, counts)| sum.add(counts));
    }
}

impl From<Matches> for Counts {
    fn from(matches: Matches) -> Counts {
        let Matches { total, undated, undated_left_out } = matches;
        Counts { total, undated, undated_left_out, ..Counts::default() }
    }
}

/// Documents by the times they speak of. A document counts once in each step.
#[derive(Debug, Default)]
pub(crate) struct MentionCounts {
    /// The number of documents that speak of each step.
    pub(crate) steps: HashMap<i32, u64>,
    /// The number of documents that speak of a time longer than a step.
    pub(crate) coarse: u64,
    /// The number of documents that speak of no day.
    pub(crate) silent: u64,
}

impl MentionCounts {
    /// Adds what another value has counted.
    pub(crate) fn add(&mut self, other: MentionCounts) {
        self.coarse += other.coarse;
        self.silent += other.silent;
        for (step, documents) in other.steps {
            *self.steps.entry(step).or_default() += documents;
        }
    }
}

/// Documents by kind of clue and precision, and by reason for doubt.
#[derive(Debug, Default)]
pub(crate) struct DateCounts {
    rules: BTreeMap<Option<DateRule>, RuleCount>,
    doubts: [u64; Doubt::ALL.len()],
    pub(crate) doubtful: u64,
}

impl DateCounts {
    /// Kinds of clue with their counts, the strongest first, undated documents last.
    pub(crate) fn rules(&self) -> Vec<RuleCount> {
        // `None` is less than any rule, so it is moved to the end.
        let mut rules: Vec<RuleCount> = self.rules.values().cloned().collect();
        rules.sort_by_key(|count| (count.rule.is_none(), count.rule));
        rules
    }

    pub(crate) fn doubts(&self) -> Vec<DoubtCount> {
        Doubt::ALL.into_iter().zip(self.doubts).map(|(doubt, documents)| DoubtCount { doubt, documents }).collect()
    }

    /// Adds documents dated by one kind of clue: to the day, to the month, to the year, and not at all.
    pub(crate) fn add_rule(&mut self, rule: Option<DateRule>, [day, month, year, none]: [u64; 4]) {
        let count = self.rules.entry(rule).or_insert(RuleCount { rule, documents: 0, day: 0, month: 0, year: 0 });
        count.documents += day + month + year + none;
        count.day += day;
        count.month += month;
        count.year += year;
    }

    /// Adds documents whose dates are doubtful for these reasons.
    pub(crate) fn add_doubts(&mut self, doubts: Doubts, documents: u64) {
        self.doubtful += if doubts.is_empty() { 0 } else { documents };
        for (doubt, sum) in Doubt::ALL.into_iter().zip(&mut self.doubts) {
            *sum += if doubts.contains(doubt) { documents } else { 0 };
        }
    }

    /// Adds what another value has counted.
    pub(crate) fn add(&mut self, other: DateCounts) {
        for (rule, count) in other.rules {
            let none = count.documents - count.day - count.month - count.year;
            self.add_rule(rule, [count.day, count.month, count.year, none]);
        }
        for (sum, count) in self.doubts.iter_mut().zip(other.doubts) {
            *sum += count;
        }
        self.doubtful += other.doubtful;
    }
}

/// The precision of a date that can be of these days.
pub(crate) fn precision((first, last): (i64, i64)) -> Precision {
    let day = |number| Date::from_day_number(number as i32);
    match last - first {
        0 => Precision::Day,
        _ if day(first).month() == day(last).month() => Precision::Month,
        _ => Precision::Year,
    }
}

/// A document behind its key, which stays with it wherever it is stored. So of several documents of one day the same is
/// shown each time.
pub(crate) type Stored = (u64, Doc);

/// Documents with their first and last possible day.
pub(crate) type Dated = Vec<(Stored, Option<(i64, i64)>)>;

/// Documents with their days, by path of the source. The empty path stands for documents without one.
pub(crate) type SightingsBySource = HashMap<String, Dated>;

/// The things that are counted besides the documents.
#[derive(Debug)]
pub(crate) struct Counting<C> {
    pub(crate) sources: bool,
    pub(crate) days: bool,
    /// The sources whose documents are counted by day each for itself, as paths.
    pub(crate) split: Option<Arc<[String]>>,
    /// The copies, if the documents that share text with others are to be listed.
    pub(crate) copies: Option<Arc<C>>,
}

impl<C> Default for Counting<C> {
    fn default() -> Counting<C> {
        Counting { sources: false, days: false, split: None, copies: None }
    }
}

/// The place in [`Counts::split`] of documents of this source. The empty path stands for those without one.
pub(crate) fn place_in_split(split: &[String], source: &str) -> usize {
    match split.iter().position(|name| name == source) {
        Some(place) => place,
        None if source.is_empty() => split.len(),
        None => split.len() + 1,
    }
}
