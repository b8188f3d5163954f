//! Decides what tokens name, and which year or week is meant where that is left open.

use super::found::{MentionCertainty, MentionRule};
use super::page::{Known, Reading};
use super::point::Point;
use super::sense::{Tense, Which};
use crate::time::{Date, Precision};

/// The days by which a date without a year may lie ahead and still be of the year of writing.
const SOON: i32 = 31;

/// What some tokens name, and the token after them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) what: What,
    pub(super) certainty: MentionCertainty,
    pub(super) rule: MentionRule,
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A year, a month or a day. Parts that the other end of a range has may be missing.
    Calendar {
        year: Option<i32>,
        month: Option<u32>,
        day: Option<u32>,
    },
    Point(Point),
}

impl Named {
    pub(super) fn point(point: Point, certainty: MentionCertainty, rule: MentionRule, end: usize) -> Named {
        Named { what: What::Point(point), certainty, rule, end }
    }

    pub(super) fn calendar(year: Option<i32>, month: Option<u32>, day: Option<u32>, end: usize) -> Named {
        let certainty = match year {
            Some(_) => MentionCertainty::Certain,
            None => MentionCertainty::Relative,
        };
        Named { what: What::Calendar { year, month, day }, certainty, rule: MentionRule::Date, end }
    }

    /// Its meaning on its own.
    pub(super) fn reading(&self, known: &Known) -> Option<Reading> {
        Some(Reading::of(settled(self.what, known)?, self.certainty, self.rule))
    }
}

/// The weekday that is meant near the day of writing: the last one up to that day, unless something says otherwise.
pub(super) fn weekday_near(weekday: u32, which: Option<Which>, known: &Known) -> Point {
    let Some(today) = known.today() else { return Point::Weekday(weekday) };
    let ahead = (weekday as i32 - today.weekday() as i32).rem_euclid(7);
    let days = match which {
        Some(Which::This) => weekday as i32 - today.weekday() as i32,
        Some(Which::Next | Which::Coming | Which::Following) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        Some(Which::Last | Which::Past | Which::Previous) => ahead - 7,
        _ if matches!(known.tense, Some(Tense::Future | Tense::Due)) || ahead == 0 => ahead,
        _ => ahead - 7,
    };
    Point::Date(today.plus_days(days))
}

/// The month that is meant near the day of writing: the last one up to that day, unless something says otherwise.
pub(super) fn month_near(month: u32, which: Option<Which>, known: &Known) -> Point {
    let published = known.published.and_then(|date| Some((date.year(), date.month()?)));
    let Some((year, now)) = published else { return Point::Yearless { month, day: None } };
    let year = match which {
        Some(Which::This) => year,
        Some(Which::Next | Which::Coming | Which::Following) => year + i32::from(month <= now),
        Some(Which::Last | Which::Past | Which::Previous) => year - i32::from(month >= now),
        _ if known.tense == Some(Tense::Future) => year + i32::from(month < now),
        // A month that is hardly over is not expected until it comes again.
        _ if known.tense == Some(Tense::Due) => year + i32::from(month + 3 < now) - i32::from(month > now + 9),
        _ => year - i32::from(month > now),
    };
    Date::from_ym(year, month).map_or(Point::Yearless { month, day: None }, Point::Date)
}

/// The day of an unnamed year: of the year of a day named before, or else near the day of writing.
fn day_near(month: u32, day: u32, known: &Known) -> Point {
    let unknown = Point::Yearless { month, day: Some(day) };
    let in_year = |year| Date::day_of_calendar(year, month, day);
    if let Some(named) = known.day {
        let same = in_year(named.year()).filter(|date| *date >= named).or_else(|| in_year(named.year() + 1));
        return same.map_or(unknown, Point::Date);
    }
    let Some(published) = known.published else { return unknown };
    let this = in_year(published.year());
    let date = match (this, published.precision()) {
        (Some(this), Precision::Day) => {
            let ahead = this.first_day() - published.first_day();
            let due = known.tense == Some(Tense::Due);
            if known.tense == Some(Tense::Future) && ahead < -SOON || due && ahead < -90 {
                in_year(published.year() + 1)
            } else if ahead > SOON && known.tense != Some(Tense::Future) && !(due && ahead < 270) {
                in_year(published.year() - 1).or(Some(this))
            } else if ahead < SOON - 365 {
                in_year(published.year() + 1)
            } else {
                Some(this)
            }
        }
        (this, _) => this.or_else(|| in_year(published.year() - 1)),
    };
    date.map_or(unknown, Point::Date)
}

/// The stretch of the calendar that is meant. `None` for a day of the month alone, and for days that do not exist.
pub(super) fn settled(what: What, known: &Known) -> Option<Point> {
    match what {
        What::Point(point) => Some(point),
        What::Calendar { year: Some(year), month, day } => Some(Point::Date(match (month, day) {
            (Some(month), Some(day)) => Date::day_of_calendar(year, month, day)?,
            (Some(month), None) => Date::from_ym(year, month).ok()?,
            (None, None) => Date::from_year(year).ok()?,
            (None, Some(_)) => return None,
        })),
        What::Calendar { year: None, month: Some(month), day: Some(day) } => Some(day_near(month, day, known)),
        What::Calendar { year: None, month: Some(month), day: None } => Some(month_near(month, None, known)),
        What::Calendar { .. } => None,
    }
}
