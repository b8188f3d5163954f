//! Counting days into calendar years, months, weeks and days.

use std::collections::{BTreeMap, HashMap};

use crate::answer::search::{Bucket, Unit};
use crate::answer::steps::{name, start_of, step_of};
use crate::backend::day_histogram::DayCounts;
use crate::note::{Note, NoteKind};

/// The most empty steps of a gap. A longer gap is left out of a timeline.
const LONGEST_GAP: i32 = 1000;

/// The steps from the first document to the last, the number of documents dated too coarsely for the unit, and a note
/// if a gap was left out. `mentioned` counts the documents that speak of each step, if they were counted.
pub(crate) fn timeline(
    days: &DayCounts,
    mentioned: Option<&HashMap<i32, u64>>,
    unit: Unit,
) -> (Vec<Bucket>, u64, Option<Note>) {
    let mut counted: BTreeMap<i32, u64> = mentioned.into_iter().flatten().map(|(step, _)| (*step, 0)).collect();
    let bucket = |step: i32, documents: u64| {
        let (label, start) = name(step, unit);
        let mentioned = mentioned.map(|mentioned| mentioned.get(&step).copied().unwrap_or(0));
        Bucket { label, start, documents, mentioned }
    };
    let mut coarse = 0;
    // It goes step by step: a step has many days, and finding its ends takes the calendar.
    let mut next = i64::from(i32::MIN);
    while let Some(day) = days.next(next) {
        let step = step_of(day as i32, unit);
        // The calendar ends with the year 9999.
        next = i64::from(start_of(step + 1, unit).first_day()).max(day + 1);
        *counted.entry(step).or_default() += days.between(day, next);
    }
    for ((first, last), documents) in days.spans() {
        let (first, last) = (step_of(first as i32, unit), step_of(last as i32, unit));
        if first == last {
            *counted.entry(first).or_default() += documents;
        } else {
            coarse += documents;
        }
    }
    let mut buckets = Vec::new();
    let mut gaps = Vec::new();
    let mut next: Option<i32> = None;
    for (step, documents) in counted {
        if let Some(from) = next {
            if step - from > LONGEST_GAP {
                gaps.push(name(from, unit).0);
            } else {
                buckets.extend((from..step).map(|empty| bucket(empty, 0)));
            }
        }
        buckets.push(bucket(step, documents));
        next = Some(step + 1);
    }
    let note = (!gaps.is_empty()).then(|| {
        let starts = gaps.join(", ");
        let message = format!("gaps of more than {LONGEST_GAP} empty steps are not drawn; they begin with {starts}");
        Note::new(NoteKind::Gap, message)
    });
    (buckets, coarse, note)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::time::Date;

    fn counts(dates: &[&str]) -> DayCounts {
        let mut days = DayCounts::default();
        for date in dates {
            let date: Date = date.parse().unwrap();
            days.add_span(date.first_day().into(), date.last_day().into());
        }
        days
    }

    fn drawn(dates: &[&str], unit: Unit) -> String {
        let (buckets, coarse, _) = timeline(&counts(dates), None, unit);
        let steps: Vec<String> = buckets.iter().map(|b| format!("{} {}", b.label, b.documents)).collect();
        format!("{} +{coarse}", steps.join(", "))
    }

    #[test]
    fn empty_steps_are_drawn_and_coarse_dates_counted_apart() {
        let dates = ["1992-01-31", "1992-03-01", "1992-03", "1992"];
        assert_eq!(drawn(&dates, Unit::Month), "1992-01 1, 1992-02 0, 1992-03 2 +1");
        assert_eq!(drawn(&dates, Unit::Year), "1992 4 +0");
        assert_eq!(drawn(&["1992-02-28", "1992-03-01"], Unit::Day), "1992-02-28 1, 1992-02-29 0, 1992-03-01 1 +0");
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        assert_eq!(drawn(&["2020-12-31", "2021-01-01", "2021-01-04"], Unit::Week), "2020-W53 2, 2021-W01 1 +0");
        assert_eq!(drawn(&["2018-12-31"], Unit::Week), "2019-W01 1 +0");
    }

    #[test]
    fn what_is_spoken_of_is_drawn_beside_what_was_written() {
        let mentioned = HashMap::from([(1990, 3), (1992, 1)]);
        let (buckets, _, _) = timeline(&counts(&["1992-01-01", "1993"]), Some(&mentioned), Unit::Year);
        let steps: Vec<_> = buckets.iter().map(|b| (b.label.as_str(), b.documents, b.mentioned)).collect();
        let expected = [("1990", 0, Some(3)), ("1991", 0, Some(0)), ("1992", 1, Some(1)), ("1993", 1, Some(0))];
        assert_eq!(steps, expected);
    }

    #[test]
    fn a_gap_of_centuries_is_left_out_with_a_note() {
        let (buckets, _, note) = timeline(&counts(&["1600-01-01", "1992-01-01"]), None, Unit::Day);
        assert_eq!(buckets.len(), 2);
        assert!(note.unwrap().message.contains("1600-01-02"));
    }
}
