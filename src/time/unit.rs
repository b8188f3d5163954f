//! The units of the calendar, and stretches of whole ones.

use super::date::{Date, DateRange};

/// A unit in which days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The day that many units from this one.
    pub(super) fn away(self, date: Date, count: i32) -> Date {
        match self {
            Unit::Day => date.plus_days(count),
            Unit::Week => date.plus_days(count.saturating_mul(7)),
            _ => date.plus_months(count.saturating_mul(self.months())),
        }
    }

    pub(super) fn months(self) -> i32 {
        match self {
            Unit::Day | Unit::Week => 0,
            Unit::Month => 1,
            Unit::Quarter => 3,
            Unit::Year => 12,
            Unit::Decade => 120,
            Unit::Century => 1200,
        }
    }

    /// The whole week, month or year of the calendar that a day lies in.
    pub(super) fn around(self, date: Date) -> Option<DateRange> {
        Some(match self {
            Unit::Day => date.range(),
            // ISO 8601: weeks begin on Monday.
            Unit::Week => span(date.monday(), date.monday().plus_days(6)),
            Unit::Month => Date::from_ym(date.year(), date.month()?).ok()?.range(),
            Unit::Quarter => months(date.year(), (date.month()? - 1) / 3 * 3 + 1, 3)?,
            Unit::Year => Date::from_year(date.year()).ok()?.range(),
            Unit::Decade => years(date.year().div_euclid(10) * 10, 10)?,
            Unit::Century => years((date.year() - 1).div_euclid(100) * 100 + 1, 100)?,
        })
    }
}

pub(super) fn years(first: i32, count: i32) -> Option<DateRange> {
    let last = (first + count - 1).min(Date::MAX.year());
    Some(span(Date::from_year(first.max(1)).ok()?, Date::from_year(last).ok()?))
}

pub(super) fn months(year: i32, first: u32, count: i32) -> Option<DateRange> {
    let first = Date::from_ym(year, first).ok()?;
    Some(span(first, first.plus_months(count - 1)))
}

pub(super) fn span(first: Date, last: Date) -> DateRange {
    DateRange::new(Some(first), Some(last))
}

/// A Roman numeral up to 30, as centuries are counted; a French ending after it is allowed (`XIXe`).
pub(super) fn from_roman(word: &str) -> Option<i32> {
    let word = word.trim_end_matches('e');
    if word.is_empty() || word.len() > 6 {
        return None;
    }
    let (mut sum, mut before) = (0, 0);
    for letter in word.bytes().rev() {
        let value = match letter {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            _ => return None,
        };
        sum += if value < before { -value } else { value };
        before = before.max(value);
    }
    (1..=30).contains(&sum).then_some(sum)
}
