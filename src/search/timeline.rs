//! Documents by step of time: calendar years, months, weeks and days; of each source too, and beside all documents of
//! those steps, if that is asked.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::compile::vocabulary::Vocabulary;
use super::facets::facet_counts;
use super::matched::{Beside, MatchedDocs, compiled};
use super::request::Request;
use crate::answer::steps::{name, start_of, step_of};
use crate::answer::timeline::{Bucket, SourceStep, SourceSteps, Timeline, TimelineMentions, Unit};
use crate::backend::counts::{Counting, MentionCounts, SplitCounts};
use crate::backend::day_histogram::DayCounts;
use crate::backend::filter::Condition;
use crate::backend::reader::Backend;
use crate::document::Source;
use crate::error::{Error, ErrorKind, Result};
use crate::note::{Note, NoteKind};
use crate::query::{Node, Query};
use crate::text::Analyzer;
use crate::time::DateRange;

/// The most empty steps of a gap. A longer gap is left out of a timeline.
const LONGEST_GAP: i32 = 1000;
/// The most sources that are told one by one.
const SOURCES: usize = 100;

/// Documents by step of time, and, if that is asked, by what they speak of.
pub(crate) fn timeline<B: Backend>(
    request: &Request,
    backend: &B,
    analyzer: &mut Analyzer,
    unit: Unit,
    mentions: bool,
) -> Result<Timeline> {
    if request.split.is_some_and(|sources| sources > SOURCES) {
        let message = format!("a timeline tells of at most {SOURCES} sources one by one");
        return Err(Error::new(ErrorKind::Argument, message).hint("ask for fewer: the others are counted together"));
    }
    let vocabulary = Vocabulary::new(backend);
    let matched = MatchedDocs::of(request, &vocabulary, analyzer, Beside::Days, 0)?;
    let (query, filter) = (&matched.compiled.query, &matched.compiled.filter);
    let mut mentioned =
        if mentions { Some(backend.count_mentions(query, filter, unit, request.about_certain)?) } else { None };
    if let Some(mentioned) = &mut mentioned {
        mentioned.steps.retain(|step, _| is_asked(*step, unit, &filter.conditions));
    }
    let (names, others) = match request.split {
        Some(most) => {
            let counting = Counting { sources: true, ..Counting::default() };
            let mut names = facet_counts(&backend.count(query, filter, counting)?);
            let others = names.len().saturating_sub(most) as u64;
            names.truncate(most);
            (Some(names.into_iter().map(|count| count.value.as_str().to_owned()).collect::<Arc<[String]>>()), others)
        }
        None => (None, 0),
    };
    let counting = || Counting { days: true, split: names.clone(), ..Counting::default() };
    let all = if request.shares {
        let query = Query::from_node(conditions(request.query.node()));
        let request = Request { query, about_within: Vec::new(), ..request.clone() };
        let compiled = compiled(&request, &vocabulary, analyzer, false)?;
        Some(backend.count(&compiled.query, &compiled.filter, counting())?)
    } else {
        None
    };
    let steps = mentioned.as_ref().map(|mentioned| &mentioned.steps);
    let documents = all.as_ref().map(|all| all.total);
    let (mut buckets, coarse, note) = steps_of(&matched.counts.days, steps, unit);
    if let Some(all) = &all {
        let (counted, _) = by_step(&all.days, unit);
        for bucket in &mut buckets {
            bucket.all = Some(of_bucket(&counted, bucket, unit));
        }
    }
    let sources = match &names {
        Some(names) => {
            let split = backend.count(query, filter, counting())?.split;
            let all = all.map(|all| all.split);
            Some(sources(names, others, (&split, all.as_deref()), &buckets, unit))
        }
        None => None,
    };
    Ok(Timeline {
        read_as: matched.read_as,
        notes: matched.notes.into_iter().chain(note).collect(),
        unit,
        total: matched.counts.total,
        undated: matched.counts.undated,
        coarse,
        all: documents,
        mentions: mentioned.map(|MentionCounts { coarse, silent, .. }| TimelineMentions { coarse, silent }),
        buckets,
        sources,
    })
}

/// The part of a question that is about date, source, language and fields alone, and holds for what it finds.
fn conditions(node: &Node) -> Node {
    let is_condition = |node: &Node| {
        let mut words = false;
        node.leaves(&mut |leaf| {
            words |= !matches!(
                leaf,
                Node::All
                    | Node::Author(_)
                    | Node::File(_)
                    | Node::Date(_)
                    | Node::Source(_)
                    | Node::Own(_)
                    | Node::Language(_)
            );
        });
        !words
    };
    match node {
        Node::And(nodes) => {
            Node::And(std::iter::once(&Node::All).chain(nodes).filter(|node| is_condition(node)).cloned().collect())
        }
        node if is_condition(node) => node.clone(),
        _ => Node::All,
    }
}

/// Documents by source and step, in the order that [`Counts::split`](crate::backend::counts::Counts) has.
fn sources(
    names: &[String],
    others: u64,
    (split, all): (&[SplitCounts], Option<&[SplitCounts]>),
    buckets: &[Bucket],
    unit: Unit,
) -> Vec<SourceSteps> {
    let mut told = Vec::new();
    for (place, counts) in split.iter().enumerate().filter(|(_, counts)| counts.documents > 0) {
        let (counted, coarse) = by_step(&counts.days, unit);
        let of_source = all.and_then(|all| all.get(place));
        let all = of_source.map(|all| by_step(&all.days, unit).0);
        let step = |bucket: &Bucket| SourceStep {
            documents: of_bucket(&counted, bucket, unit),
            all: all.as_ref().map(|all| of_bucket(all, bucket, unit)),
        };
        told.push(SourceSteps {
            source: names.get(place).map(|name| Source::new(name)),
            other_sources: (place > names.len()).then_some(others),
            documents: counts.documents,
            all: of_source.map(|all| all.documents),
            undated: counts.undated,
            coarse,
            steps: buckets.iter().map(step).collect(),
        });
    }
    told
}

fn of_bucket(counted: &BTreeMap<i32, u64>, bucket: &Bucket, unit: Unit) -> u64 {
    counted.get(&step_of(bucket.start.first_day(), unit)).copied().unwrap_or(0)
}

/// The documents of each step that has any, and the number of those dated too coarsely for the unit.
fn by_step(days: &DayCounts, unit: Unit) -> (BTreeMap<i32, u64>, u64) {
    let mut counted: BTreeMap<i32, u64> = BTreeMap::new();
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
    (counted, coarse)
}

/// The steps from the first document to the last, the number of documents dated too coarsely for the unit, and a note
/// if a gap was left out. `mentioned` counts the documents that speak of each step, if they were counted.
fn steps_of(days: &DayCounts, mentioned: Option<&HashMap<i32, u64>>, unit: Unit) -> (Vec<Bucket>, u64, Option<Note>) {
    let bucket = |step: i32, documents: u64| {
        let (label, start) = name(step, unit);
        let mentioned = mentioned.map(|mentioned| mentioned.get(&step).copied().unwrap_or(0));
        Bucket { label, start, documents, all: None, mentioned }
    };
    let (mut counted, coarse) = by_step(days, unit);
    for step in mentioned.into_iter().flat_map(HashMap::keys) {
        counted.entry(*step).or_default();
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

/// Returns whether a step has one of the days asked about, or where none are, of the days of publication asked for.
fn is_asked(step: i32, unit: Unit, conditions: &[Condition]) -> bool {
    let (first, after) = (start_of(step, unit), start_of(step + 1, unit));
    let last = after.first_day().saturating_sub(1).max(first.first_day());
    let has = |range: &DateRange| first.first_day() <= range.last_number() && range.first_number() <= last;
    let mut about = conditions.iter().filter_map(|condition| match condition {
        Condition::About(about) => Some(&about.ranges),
        _ => None,
    });
    let published = |condition: &Condition| match condition {
        Condition::Days { range, .. } => has(range),
        _ => true,
    };
    match about.next() {
        Some(ranges) => ranges.iter().any(has) || about.flatten().any(has),
        None => conditions.iter().all(published),
    }
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
        let (buckets, coarse, _) = steps_of(&counts(dates), None, unit);
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
        let (buckets, _, _) = steps_of(&counts(&["1992-01-01", "1993"]), Some(&mentioned), Unit::Year);
        let steps: Vec<_> = buckets.iter().map(|b| (b.label.as_str(), b.documents, b.mentioned)).collect();
        let expected = [("1990", 0, Some(3)), ("1991", 0, Some(0)), ("1992", 1, Some(1)), ("1993", 1, Some(0))];
        assert_eq!(steps, expected);
    }

    #[test]
    fn a_gap_of_centuries_is_left_out_with_a_note() {
        let (buckets, _, note) = steps_of(&counts(&["1600-01-01", "1992-01-01"]), None, Unit::Day);
        assert_eq!(buckets.len(), 2);
        assert!(note.unwrap().message.contains("1600-01-02"));
    }
}
