//! Points: named stretches of the calendar, with their TIMEX3 values and days.

use std::fmt;

use super::sense::{Edge, Season};
use crate::time::unit::{Unit, months, span, years};
use crate::time::{Date, DateRange};

/// A stretch of the calendar that has a name, perhaps without a known year.
///
/// It is displayed as its TIMEX3 value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// A day, a month or a year.
    Date(Date),
    /// A month, or a day of one, of an unknown year.
    Yearless {
        month: u32,
        day: Option<u32>,
    },
    /// A day of the week (Monday is 1) of an unknown week.
    Weekday(u32),
    /// The week that begins with this Monday, and its end.
    Week(Date),
    Weekend(Date),
    Quarter(Option<i32>, u32),
    Half(Option<i32>, u32),
    /// A season. A winter has the year of its December.
    Season(Option<i32>, Season),
    FiscalYear(i32),
    /// A decade by its first year, and a century by the year of its first full hundred: the 20th century is 1900.
    Decade(i32),
    Century(i32),
    /// A unit of the calendar without knowing which one.
    Unknown(Unit),
}

impl Point {
    /// The unit of the calendar in which the day lies.
    pub(super) fn around(unit: Unit, day: Date) -> Option<Point> {
        Some(match unit {
            Unit::Day => Point::Date(day).filter(day.day().is_some())?,
            Unit::Week => Point::Week(day.monday()).filter(day.day().is_some())?,
            Unit::Month => Point::Date(Date::from_ym(day.year(), day.month()?).ok()?),
            Unit::Quarter => Point::Quarter(Some(day.year()), (day.month()? - 1) / 3 + 1),
            Unit::Year => Point::Date(Date::from_year(day.year()).ok()?),
            Unit::Decade => Point::Decade(day.year().div_euclid(10) * 10),
            Unit::Century => Point::Century(day.year().div_euclid(100) * 100),
        })
    }

    fn filter(self, keep: bool) -> Option<Point> {
        keep.then_some(self)
    }

    /// The days in it.
    pub(super) fn days(self) -> Option<DateRange> {
        Some(match self {
            Point::Date(date) => date.range(),
            Point::Week(monday) => span(monday, monday.plus_days(6)),
            Point::Weekend(monday) => span(monday.plus_days(5), monday.plus_days(6)),
            Point::Quarter(year, quarter) => months(year?, quarter * 3 - 2, 3)?,
            Point::Half(year, half) => months(year?, half * 6 - 5, 6)?,
            Point::Season(year, season) => months(year?, season.first_month(), 3)?,
            // The months of a fiscal year differ from country to country, but the year it is named after is in all of
            // them.
            Point::FiscalYear(year) => Date::from_year(year).ok()?.range(),
            Point::Decade(year) => years(year, 10)?,
            Point::Century(year) => years(year + 1, 100)?,
            Point::Yearless { .. } | Point::Weekday(_) | Point::Unknown(_) => return None,
        })
    }

    /// The days of its first, middle or last third.
    pub(super) fn third(self, edge: Edge) -> Option<DateRange> {
        let (part, whole) = (edge as i32, self.days()?);
        let by_years = |first: i32, lengths: [i32; 3]| {
            let before: i32 = lengths.iter().take(edge as usize).sum();
            years(first + before, *lengths.get(edge as usize)?)
        };
        match self {
            Point::Date(date) => match (date.month(), date.day()) {
                (None, _) => months(date.year(), edge as u32 * 4 + 1, 4),
                (Some(_), None) => {
                    let first = whole.first()?.plus_days(part * 10);
                    Some(span(first, if edge == Edge::Late { whole.last()? } else { first.plus_days(9) }))
                }
                _ => Some(whole),
            },
            Point::Decade(year) => by_years(year, [4, 3, 3]),
            Point::Century(year) => by_years(year + 1, [33, 34, 33]),
            _ => Some(whole),
        }
    }

    /// Its first or second half.
    pub(super) fn half(self, half: u32) -> Option<DateRange> {
        let whole = self.days()?;
        let (first, last) = (whole.first_number(), whole.last_number());
        let middle = first + (last - first) / 2;
        let (first, last) = if half == 1 { (first, middle) } else { (middle + 1, last) };
        Some(span(Date::from_day_number(first), Date::from_day_number(last)))
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// A year of four digits, or four X if it is unknown.
        struct Year(Option<i32>);
        impl fmt::Display for Year {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0 {
                    Some(year) => write!(f, "{year:04}"),
                    None => f.write_str("XXXX"),
                }
            }
        }
        match *self {
            Point::Date(date) => write!(f, "{date}"),
            Point::Yearless { month, day: None } => write!(f, "XXXX-{month:02}"),
            Point::Yearless { month, day: Some(day) } => write!(f, "XXXX-{month:02}-{day:02}"),
            Point::Weekday(weekday) => write!(f, "XXXX-WXX-{weekday}"),
            Point::Week(monday) => iso_week(f, monday),
            Point::Weekend(monday) => iso_week(f, monday).and_then(|()| f.write_str("-WE")),
            Point::Quarter(year, quarter) => write!(f, "{}-Q{quarter}", Year(year)),
            Point::Half(year, half) => write!(f, "{}-H{half}", Year(year)),
            Point::Season(year, season) => {
                let code = ["SP", "SU", "FA", "WI"].get(season as usize).copied().unwrap_or_default();
                write!(f, "{}-{code}", Year(year))
            }
            Point::FiscalYear(year) => write!(f, "FY{year:04}"),
            Point::Decade(year) => write!(f, "{:03}", year / 10),
            Point::Century(year) => write!(f, "{:02}", year / 100),
            Point::Unknown(unit) => f.write_str(match unit {
                Unit::Day => "XXXX-XX-XX",
                Unit::Week => "XXXX-WXX",
                Unit::Month => "XXXX-XX",
                Unit::Quarter => "XXXX-QX",
                Unit::Year => "XXXX",
                Unit::Decade => "XXX",
                Unit::Century => "XX",
            }),
        }
    }
}

/// A week by ISO 8601: it belongs to the year in which its Thursday lies.
fn iso_week(f: &mut fmt::Formatter<'_>, monday: Date) -> fmt::Result {
    let thursday = monday.plus_days(3);
    let new_year = Date::from_ymd(thursday.year(), 1, 1).map_or(monday, |date| date);
    write!(f, "{:04}-W{:02}", thursday.year(), (thursday.first_day() - new_year.first_day()) / 7 + 1)
}
