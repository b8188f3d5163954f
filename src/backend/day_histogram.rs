//! Counts documents by day.

use std::collections::HashMap;

/// The most days of a table, about as many years as there are in books of history.
const MAX_DAYS: i64 = 1 << 20;
/// The extra days that a table gets when it turns out too short.
const SPARE_DAYS: i64 = 365;

/// Documents by day. Documents of longer spans are counted by span.
#[derive(Clone, Debug, Default)]
pub(crate) struct DayCounts {
    /// The day of the table's first entry.
    from: i64,
    table: Vec<u32>,
    /// Documents by first and last day: those dated to more than one day, and those of days far from all others.
    spans: HashMap<(i64, i64), u64>,
}

impl DayCounts {
    /// Counts documents that are not earlier than this day. Earlier ones are counted too, only more slowly.
    pub(crate) fn since(from: i64) -> DayCounts {
        DayCounts { from, ..DayCounts::default() }
    }

    #[inline]
    pub(crate) fn add_day(&mut self, day: i64) {
        match self.table.get_mut((day - self.from) as usize) {
            Some(count) => *count += 1,
            None => {
                self.reach(day);
                self.put(day, 1);
            }
        }
    }

    pub(crate) fn add_span(&mut self, first: i64, last: i64) {
        if first == last { self.add_day(first) } else { *self.spans.entry((first, last)).or_default() += 1 }
    }

    /// Adds what another value has counted.
    pub(crate) fn add(&mut self, other: DayCounts) {
        if self.table.is_empty() {
            (self.from, self.table) = (other.from, other.table);
        } else if !other.table.is_empty() {
            self.reach(other.from);
            self.reach(other.from + other.table.len() as i64 - 1);
            let own = usize::try_from(other.from - self.from).ok().and_then(|at| self.table.get_mut(at..));
            match own.filter(|own| own.len() >= other.table.len()) {
                Some(own) => own.iter_mut().zip(&other.table).for_each(|(count, more)| *count += more),
                None => other.days().for_each(|(day, documents)| self.put(day, documents)),
            }
        }
        for (span, documents) in other.spans {
            *self.spans.entry(span).or_default() += documents;
        }
    }

    /// Makes room for a day, unless the table would get too long.
    fn reach(&mut self, day: i64) {
        let (from, to) = (self.from, self.from + self.table.len() as i64);
        if day < from && to - day <= MAX_DAYS {
            let more = (from - day + SPARE_DAYS).min(MAX_DAYS - (to - from));
            self.table.splice(0..0, std::iter::repeat_n(0, more as usize));
            self.from -= more;
        } else if day >= to && day - from < MAX_DAYS {
            self.table.resize((day - from + 1 + SPARE_DAYS).min(MAX_DAYS) as usize, 0);
        }
    }

    fn put(&mut self, day: i64, documents: u32) {
        match self.table.get_mut((day - self.from) as usize) {
            Some(count) => *count += documents,
            None => *self.spans.entry((day, day)).or_default() += u64::from(documents),
        }
    }

    /// The days that have documents, in order. Days far from all others are among the [`spans`](Self::spans).
    pub(crate) fn days(&self) -> impl Iterator<Item = (i64, u32)> {
        (self.from..).zip(self.table.iter().copied()).filter(|(_, documents)| *documents > 0)
    }

    /// The first day from this one on that has documents in the table.
    pub(crate) fn next(&self, day: i64) -> Option<i64> {
        let rest = self.table.get((day - self.from).max(0) as usize..)?;
        let empty = rest.iter().position(|documents| *documents > 0)?;
        Some(day.max(self.from) + empty as i64)
    }

    /// The documents of the table's days from `first` up to but not including `end`.
    pub(crate) fn between(&self, first: i64, end: i64) -> u64 {
        let at = |day: i64| (day - self.from).clamp(0, self.table.len() as i64) as usize;
        self.table[at(first)..at(end)].iter().map(|documents| u64::from(*documents)).sum()
    }

    /// The spans and their documents: first and last day of dates of more than one day, and of days far from all
    /// others.
    pub(crate) fn spans(&self) -> impl Iterator<Item = ((i64, i64), u64)> {
        self.spans.iter().map(|(span, documents)| (*span, *documents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_before_after_and_far_from_the_table_are_all_counted() {
        let mut counts = DayCounts::since(1000);
        for day in [1000, 1400, 900, 1400, -MAX_DAYS, 1000 + MAX_DAYS] {
            counts.add_day(day);
        }
        counts.add_span(1000, 1030);
        counts.add_span(1000, 1000);
        assert_eq!(counts.days().collect::<Vec<_>>(), [(900, 1), (1000, 2), (1400, 2)]);
        assert_eq!(counts.between(900, 1400), 3);
        assert_eq!((counts.next(i64::MIN / 2), counts.next(901), counts.next(1401)), (Some(900), Some(1000), None));
        let mut spans: Vec<_> = counts.spans().collect();
        spans.sort_unstable();
        assert_eq!(spans, [((-MAX_DAYS, -MAX_DAYS), 1), ((1000, 1030), 1), ((1000 + MAX_DAYS, 1000 + MAX_DAYS), 1)]);
    }

    #[test]
    fn tables_are_added_whatever_they_begin_with() {
        let (mut all, mut other) = (DayCounts::default(), DayCounts::since(-500));
        other.add_day(-500);
        all.add(other);
        let mut third = DayCounts::since(-9000);
        third.add_day(-9000);
        third.add_day(-500);
        all.add(third);
        assert_eq!(all.days().collect::<Vec<_>>(), [(-9000, 1), (-500, 2)]);
    }
}
