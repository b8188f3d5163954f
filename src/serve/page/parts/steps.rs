//! The steps of a timeline: which unit is drawn, and what each of its bars says and leads to.

use super::days;
use super::locale::Locale;
use super::visit::Visit;
use super::words::Word;
use crate::serve::parameters::Parameters;
use crate::serve::problem::Problem;
use crate::{Bucket, Date, DateRange, Search, Share, Timeline, Unit};

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
    /// The days around each stretch that is left out of the line, because nothing was published in all its steps.
    pub(in super::super) gaps: Vec<(Date, Date)>,
}

/// One step, or what the days that are asked for leave of it.
pub(in super::super) struct Bar {
    pub(in super::super) first: Date,
    pub(in super::super) last: Date,
    /// The documents whose day is certainly one of these.
    pub(in super::super) documents: u64,
    /// All documents of the step under the same conditions. Only where shares are drawn.
    pub(in super::super) all: Option<u64>,
    /// The documents that speak of a time within these days. Only where days spoken of are drawn.
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
    search: &Search,
    span: Option<(Date, Date)>,
    drawing: Drawing,
) -> Result<Steps, Problem> {
    let asked = drawing.unit.unwrap_or_else(|| fitting(span));
    let count = |unit: Unit| {
        let search = search.clone().shares(drawing.share);
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
    let asked = visit.dates().unwrap_or_default();
    let mut bars: Vec<Bar> = published(&timeline.buckets).iter().map(|bucket| Bar::of(bucket, unit, asked)).collect();
    // Where the days asked for begin or end within a step, a date as coarse as the step may lie on either side of them: it
    // is too coarse for what is left of the step.
    for bar in bars.iter_mut().filter(|bar| bar.is_cut(unit)) {
        let certain = search.clone().dates(bar.days()).certain(true).offset(0).limit(0).run()?.total.min(bar.documents);
        timeline.coarse += bar.documents - certain;
        bar.documents = certain;
        if bar.spoken.is_some_and(|spoken| spoken > 0) {
            bar.spoken = Some(search.clone().about_within(bar.days()).offset(0).limit(0).run()?.total);
        }
    }
    let gaps = bars.windows(2).map(|pair| (pair[0].last, pair[1].first));
    let gaps = gaps.filter(|(before, after)| before.plus_days(1) < *after).collect();
    Ok(Steps { timeline, bars, refused, gaps })
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

/// The next unit that dates are known by: no date names a week.
pub(super) fn coarser(unit: Unit) -> Unit {
    match unit {
        Unit::Day | Unit::Week => Unit::Month,
        Unit::Month | Unit::Year => Unit::Year,
    }
}

/// The name of a unit in addresses.
pub(super) fn name_of(unit: Unit) -> &'static str {
    UNITS.iter().find(|known| known.0 == unit).map_or("", |known| known.1)
}

impl Bar {
    fn of(bucket: &Bucket, unit: Unit, asked: DateRange) -> Bar {
        let step = step_range(bucket.start, unit);
        let days = step.intersection(asked);
        let days = if days.is_empty() { step } else { days };
        let (first, last) = (Date::from_day_number(days.first_number()), Date::from_day_number(days.last_number()));
        Bar { first, last, documents: bucket.documents, all: bucket.all, spoken: bucket.mentioned }
    }

    /// The share of the step's documents. None where none are drawn.
    pub(in super::super) fn share(&self) -> Option<Share> {
        self.all.map(|all| Share { documents: self.documents, all })
    }

    pub(in super::super) fn days(&self) -> DateRange {
        DateRange::new(Some(self.first), Some(self.last))
    }

    /// Whether the days asked for leave only a part of the step.
    fn is_cut(&self, unit: Unit) -> bool {
        self.days() != step_range(self.first, unit)
    }

    /// The days that it stands for, as `from` and `to` can be typed: `1992`, `1992-03`, or civil days.
    pub(in super::super) fn ends(&self) -> (String, String) {
        match days::whole(self.days(), self.first) {
            Some(whole) => (whole.to_string(), whole.to_string()),
            None => (self.first.to_string(), self.last.to_string()),
        }
    }

    /// The step in words.
    pub(in super::super) fn name(&self, locale: Locale, unit: Unit) -> String {
        let first = days::date(locale, self.first);
        match unit {
            Unit::Week if !self.is_cut(unit) => locale.fill(Word::WeekOf, &[("day", &first)]),
            _ => days::range(locale, self.days()).unwrap_or(first),
        }
    }
}

/// The days of the step that has this day.
fn step_range(day: Date, unit: Unit) -> DateRange {
    let first = Date::from_day_number(day.first_day());
    let whole = match unit {
        Unit::Year => Date::from_year(first.year()),
        Unit::Month => Date::from_ym(first.year(), first.month().unwrap_or(1)),
        Unit::Day => Ok(first),
        Unit::Week => {
            let monday = first.plus_days(1 - first.weekday() as i32);
            return DateRange::new(Some(monday), Some(monday.plus_days(6)));
        }
    };
    whole.unwrap_or(first).range()
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
    fn a_bar_stands_for_the_days_of_its_step_that_are_asked_for() {
        let bucket = |start: &str| Bucket {
            label: String::new(),
            start: start.parse().unwrap(),
            documents: 1,
            all: None,
            mentioned: None,
        };
        for (start, unit, asked, from, to, name) in [
            ("1992-01-01", Unit::Year, "..", "1992", "1992", "1992"),
            ("1992-02-01", Unit::Month, "..", "1992-02", "1992-02", "February 1992"),
            ("1992-02-01", Unit::Month, "1991..1992-02", "1992-02", "1992-02", "February 1992"),
            ("1992-02-01", Unit::Month, "1992-02-10..", "1992-02-10", "1992-02-29", "10 to 29 February 1992"),
            ("1992-02-24", Unit::Week, "..", "1992-02-24", "1992-03-01", "week of 24 February 1992"),
            ("1992-02-24", Unit::Week, "..1992-02-26", "1992-02-24", "1992-02-26", "24 to 26 February 1992"),
            ("1992-02-29", Unit::Day, "1992-02", "1992-02-29", "1992-02-29", "29 February 1992"),
        ] {
            let (first, last) = asked.split_once("..").unwrap_or((asked, asked));
            let asked = DateRange::new(first.parse().ok(), last.parse().ok());
            let bar = Bar::of(&bucket(start), unit, asked);
            assert_eq!(bar.ends(), (from.to_owned(), to.to_owned()));
            assert_eq!(bar.name(Locale::English, unit), name);
        }
    }
}
