//! The steps of a timeline: which unit is drawn, and what each of its bars says and leads to.

use super::days;
use super::locale::Locale;
use super::visit::Visit;
use super::words::Word;
use crate::serve::parameters::Parameters;
use crate::serve::problem::Problem;
use crate::{Bucket, Date, DateRange, Index, Search, Timeline, Unit};

/// The most bars that are drawn. Of finer steps there are coarser ones.
const MOST_BARS: usize = 400;
/// The most days that are drawn one by one unless they are asked for.
const DAYS: i32 = 100;
/// The most months that are drawn unless they are asked for.
const MONTHS: i32 = 60;

pub(in super::super) const UNITS: [(Unit, &str, Word); 4] = [
    (Unit::Year, "year", Word::Year),
    (Unit::Month, "month", Word::Month),
    (Unit::Week, "week", Word::Week),
    (Unit::Day, "day", Word::Day),
];

/// What is counted and drawn.
pub(in super::super) struct Steps {
    pub(in super::super) timeline: Timeline,
    /// The bars from the first with a document to the last; days spoken of may lie outside of them.
    pub(in super::super) bars: Vec<Bar>,
    /// The unit that was asked for, and the number of its steps, where they were too many.
    pub(in super::super) refused: Option<(Unit, usize)>,
}

/// One step.
pub(in super::super) struct Bar {
    pub(in super::super) first: Date,
    pub(in super::super) last: Date,
    /// As it can be typed: `1992`, `1992-03`, `1992-03-04`; the first day of a week.
    pub(in super::super) typed: String,
    pub(in super::super) documents: u64,
    /// All documents of the step, whatever is asked. Only where shares are drawn.
    pub(in super::super) all: Option<u64>,
    pub(in super::super) spoken: Option<u64>,
}

/// How the timeline is to be drawn.
#[derive(Clone, Copy)]
pub(in super::super) struct Drawing {
    pub(in super::super) unit: Option<Unit>,
    pub(in super::super) share: bool,
    pub(in super::super) spoken: bool,
}

impl Drawing {
    /// What an address says of it. Days spoken of are drawn unless they are switched off.
    pub(in super::super) fn of(parameters: &Parameters) -> Result<Drawing, Problem> {
        let names = UNITS.map(|(_, name, _)| name);
        let unit = parameters.choice("by", &names)?.and_then(|place| Some(UNITS.get(place)?.0));
        let spoken = !parameters.has("mentions") || parameters.flag("mentions")?;
        Ok(Drawing { unit, share: parameters.flag("share")?, spoken })
    }
}

/// Counts the documents of a search by step. `span` is the first and the last day of what it finds.
pub(in super::super) fn counted(
    visit: &Visit<'_>,
    index: &Index,
    search: &Search,
    span: Option<(Date, Date)>,
    drawing: Drawing,
) -> Result<Steps, Problem> {
    let asked = drawing.unit.unwrap_or_else(|| fitting(span));
    let count = |unit: Unit| {
        let search = search.clone();
        if drawing.spoken { search.mentions_timeline(unit) } else { search.timeline(unit) }
    };
    let mut unit = asked;
    let mut timeline = count(unit)?;
    let mut refused = None;
    while published(&timeline.buckets).len() > MOST_BARS && unit != Unit::Year {
        refused.get_or_insert((unit, published(&timeline.buckets).len()));
        unit = coarser(unit);
        timeline = count(unit)?;
    }
    let all = if drawing.share { Some(visit.parameters.conditions(index, "")?.0.timeline(unit)?) } else { None };
    let all = all.map(|all| all.buckets);
    let bars = published(&timeline.buckets).iter().map(|bucket| Bar::of(bucket, unit, all.as_deref())).collect();
    Ok(Steps { timeline, bars, refused })
}

/// The steps from the first with a document to the last.
fn published(buckets: &[Bucket]) -> &[Bucket] {
    let has = |bucket: &Bucket| bucket.documents > 0;
    match (buckets.iter().position(has), buckets.iter().rposition(has)) {
        (Some(first), Some(last)) => &buckets[first..=last],
        _ => &[],
    }
}

/// The finest unit of which there are not too many steps between two days. Weeks are drawn only where they are asked
/// for, since few people count in them.
fn fitting(span: Option<(Date, Date)>) -> Unit {
    let Some((first, last)) = span else { return Unit::Month };
    let days = last.last_day().saturating_sub(first.first_day());
    match days {
        ..=DAYS => Unit::Day,
        days if days / 30 <= MONTHS => Unit::Month,
        _ => Unit::Year,
    }
}

fn coarser(unit: Unit) -> Unit {
    match unit {
        Unit::Day => Unit::Month,
        Unit::Week => Unit::Month,
        Unit::Month | Unit::Year => Unit::Year,
    }
}

impl Bar {
    fn of(bucket: &Bucket, unit: Unit, all: Option<&[Bucket]>) -> Bar {
        let of_all = |all: &[Bucket]| {
            let place = all.binary_search_by(|other| other.start.cmp(&bucket.start));
            place.ok().and_then(|at| all.get(at)).map_or(0, |bucket| bucket.documents)
        };
        let start = bucket.start;
        let day = Date::from_day_number(start.first_day());
        let (last, typed) = match unit {
            Unit::Week => {
                let last = day.plus_days(6);
                (last, day.to_string())
            }
            _ => (Date::from_day_number(step_range(start, unit).last_number()), bucket.label.clone()),
        };
        Bar { first: day, last, typed, documents: bucket.documents, all: all.map(of_all), spoken: bucket.mentioned }
    }

    /// The days that it stands for, as `from` and `to` can be typed.
    pub(in super::super) fn ends(&self, unit: Unit) -> (String, String) {
        match unit {
            Unit::Week => (self.typed.clone(), self.last.to_string()),
            _ => (self.typed.clone(), self.typed.clone()),
        }
    }

    /// The step in words.
    pub(in super::super) fn name(&self, locale: Locale, unit: Unit) -> String {
        let first = days::date(locale, self.first);
        match unit {
            Unit::Week => locale.fill(Word::WeekOf, &[("day", &first)]),
            _ => days::range(locale, DateRange::new(Some(self.first), Some(self.last))).unwrap_or(first),
        }
    }
}

/// The days of the step that begins on this date.
fn step_range(start: Date, unit: Unit) -> DateRange {
    let date = match unit {
        Unit::Year => Date::from_year(start.year()),
        Unit::Month => Date::from_ym(start.year(), start.month().unwrap_or(1)),
        Unit::Week | Unit::Day => Ok(start),
    };
    date.unwrap_or(start).range()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_finest_unit_with_few_steps_is_drawn() {
        for (first, last, unit) in [
            ("1992-02-25", "1992-02-25", Unit::Day),
            ("1992-02-25", "1992-04-02", Unit::Day),
            ("1992-01-01", "1992-12-31", Unit::Month),
            ("1990-01-01", "1994-12-01", Unit::Month),
            ("1950-01-01", "1994-12-01", Unit::Year),
        ] {
            assert_eq!(fitting(Some((first.parse().unwrap(), last.parse().unwrap()))), unit, "{first} {last}");
        }
    }

    #[test]
    fn a_bar_stands_for_its_days_and_no_others() {
        let bucket = |label: &str, start: &str| Bucket {
            label: label.into(),
            start: start.parse().unwrap(),
            documents: 1,
            mentioned: None,
        };
        for (label, start, unit, from, to, name) in [
            ("1992", "1992-01-01", Unit::Year, "1992", "1992", "1992"),
            ("1992-02", "1992-02-01", Unit::Month, "1992-02", "1992-02", "February 1992"),
            ("1992-W09", "1992-02-24", Unit::Week, "1992-02-24", "1992-03-01", "week of 24 February 1992"),
            ("1992-02-29", "1992-02-29", Unit::Day, "1992-02-29", "1992-02-29", "29 February 1992"),
        ] {
            let bar = Bar::of(&bucket(label, start), unit, None);
            assert_eq!(bar.ends(unit), (from.to_owned(), to.to_owned()));
            assert_eq!(bar.name(Locale::English, unit), name);
        }
    }
}
