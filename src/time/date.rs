//! Civil dates: a day, a month or a year, without clock or zone, and ranges of days.
//!
//! Days are counted from 1 January 1970 in the proleptic Gregorian calendar, so dates long before
//! 1677 (where nanosecond clocks end) are as good as any. Years run from 1 to 9999.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::{Timestamp, civil};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::precision::Precision;
use crate::error::{Error, ErrorKind, Result};

/// A day, a month or a year of the civil calendar, from year 1 to year 9999.
///
/// Written and parsed as `1968`, `1968-05` or `1968-05-11`. Ordered by first day, and of two dates
/// that begin on the same day the more precise one comes first.
///
/// ```
/// use dateline::Date;
///
/// let may: Date = "1968-05".parse()?;
/// assert!(may.range().contains(Date::from_ymd(1968, 5, 11)?));
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    year: i16,
    /// 0 where only the year is known.
    month: u8,
    /// 0 where the day is not known.
    day: u8,
}

/// Days from 1 January 1970 to this civil day.
fn days_since_epoch(date: civil::Date) -> i32 {
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    let (y, m, d) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl Date {
    /// The earliest day there is, 1 January of the year 1.
    pub const MIN: Date = Date { year: 1, month: 1, day: 1 };
    /// The latest day there is, 31 December 9999.
    pub const MAX: Date = Date { year: 9999, month: 12, day: 31 };

    /// A day. Fails if the calendar has no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Result<Date> {
        Date::day_of_calendar(year, month, day).ok_or_else(|| {
            let error = Error::new(ErrorKind::Date, format!("there is no day {year:04}-{month:02}-{day:02}"));
            match Date::day_of_calendar(year, month, 1) {
                Some(first) => {
                    let last = Date::from_day_number(Date { day: 0, ..first }.last_day());
                    error.hint(format!("the last day of that month is {last}"))
                }
                None => error,
            }
        })
    }

    /// A day, if the calendar has it: for readers of texts, to whom a number that is no date is no error.
    pub(crate) fn day_of_calendar(year: i32, month: u32, day: u32) -> Option<Date> {
        let (y @ 1..=9999, m, d) = (i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        else {
            return None;
        };
        let (month, day) = (i8::try_from(m).ok()?, i8::try_from(d).ok()?);
        civil::Date::new(y, month, day).ok().map(|_| Date { year: y, month: m, day: d })
    }

    /// A month. Fails unless `month` is 1 to 12 and `year` 1 to 9999.
    pub fn from_ym(year: i32, month: u32) -> Result<Date> {
        Date::from_ymd(year, month, 1)
            .map(|date| Date { day: 0, ..date })
            .map_err(|_| Error::new(ErrorKind::Date, format!("there is no month {year:04}-{month:02}")))
    }

    /// The day it is now in UTC. Where a program knows the zone of whoever asks, it counts from the day there: the
    /// command takes the machine's.
    pub fn today() -> Date {
        let days = Timestamp::now().as_second().div_euclid(86_400);
        Date::from_day_number(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// A year. Fails unless it is 1 to 9999.
    pub fn from_year(year: i32) -> Result<Date> {
        Date::from_ymd(year, 1, 1)
            .map(|date| Date { month: 0, day: 0, ..date })
            .map_err(|_| Error::new(ErrorKind::Date, format!("there is no year {year}")))
    }

    /// The day that many days after 1 January 1970; days outside the years 1 to 9999 are clamped to them.
    pub fn from_day_number(number: i32) -> Date {
        let number = number.clamp(Date::MIN.first_day(), Date::MAX.last_day());
        // Hinnant, civil_from_days.
        let z = number + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let mp = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Date { year: year as i16, month: month as u8, day: day as u8 }
    }

    /// The year.
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The month, 1 to 12, where it is known.
    pub fn month(self) -> Option<u32> {
        (self.month > 0).then_some(u32::from(self.month))
    }

    /// The day of the month, 1 to 31, where it is known.
    pub fn day(self) -> Option<u32> {
        (self.day > 0).then_some(u32::from(self.day))
    }

    /// The precision of the date.
    pub fn precision(self) -> Precision {
        match (self.month, self.day) {
            (0, _) => Precision::Year,
            (_, 0) => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// The first day it can be, as days since 1 January 1970.
    pub fn first_day(self) -> i32 {
        days_since_epoch(self.first_civil())
    }

    /// The last day it can be, as days since 1 January 1970.
    pub fn last_day(self) -> i32 {
        days_since_epoch(match self.precision() {
            Precision::Year => self.first_civil().last_of_year(),
            Precision::Month => self.first_civil().last_of_month(),
            Precision::Day => self.first_civil(),
        })
    }

    /// All the days it can be.
    pub fn range(self) -> DateRange {
        DateRange { first: Some(self.first_day()), last: Some(self.last_day()) }
    }

    /// The day that many days later, or earlier if negative, than its first day; clamped to the years 1 to 9999.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Date {
        Date::from_day_number(self.first_day().saturating_add(days))
    }

    /// The same day that many months later, or earlier if negative; the month's last day where it has no such day.
    /// Precision stays, but a year becomes its January first. Clamped to the years 1 to 9999.
    ///
    /// ```
    /// use dateline::Date;
    ///
    /// assert_eq!("2024-01-31".parse::<Date>()?.plus_months(1).to_string(), "2024-02-29");
    /// assert_eq!("2024-01".parse::<Date>()?.plus_months(-1).to_string(), "2023-12");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    #[must_use]
    pub fn plus_months(self, months: i32) -> Date {
        let counted = i32::from(self.year) * 12 + i32::from(self.month.max(1)) - 1;
        let counted = counted.saturating_add(months).clamp(12, 12 * 10_000 - 1);
        let (year, month) = ((counted / 12) as i16, (counted % 12 + 1) as u8);
        let last = civil::date(year, month as i8, 1).days_in_month() as u8;
        Date { year, month, day: self.day.min(last) }
    }

    /// The Monday of its first day's week.
    pub(crate) fn monday(self) -> Date {
        self.plus_days(1 - self.weekday() as i32)
    }

    /// Monday 1 to Sunday 7, of its first day.
    pub fn weekday(self) -> u32 {
        self.first_civil().weekday().to_monday_one_offset() as u32
    }

    fn first_civil(self) -> civil::Date {
        civil::date(self.year, self.month.max(1) as i8, self.day.max(1) as i8)
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        self.first_day().cmp(&other.first_day()).then(other.precision().cmp(&self.precision()))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.precision() {
            Precision::Year => format!("{:04}", self.year),
            Precision::Month => format!("{:04}-{:02}", self.year, self.month),
            Precision::Day => format!("{:04}-{:02}-{:02}", self.year, self.month, self.day),
        };
        f.pad(&text)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = Error;

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and nothing else: see [`crate::parse_dates`] for what people type.
    fn from_str(text: &str) -> Result<Date> {
        let unreadable = || {
            Error::new(ErrorKind::Date, format!("\"{text}\" is not a date"))
                .hint("write it as 1968, 1968-05 or 1968-05-11")
        };
        let mut numbers = [0u32; 3];
        let mut parts = 0;
        for part in text.split('-') {
            let width = if parts == 0 { 4 } else { 2 };
            if parts == 3 || part.len() != width || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(unreadable());
            }
            numbers[parts] = part.parse().map_err(|_| unreadable())?;
            parts += 1;
        }
        let year = numbers[0] as i32;
        match parts {
            1 => Date::from_year(year),
            2 => Date::from_ym(year, numbers[1]),
            _ => Date::from_ymd(year, numbers[1], numbers[2]),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A range of days; both ends are included, and either may be open.
///
/// Displayed as `1992-02-25..1992-03-05`, `..2020-12-31` or `2024-01-01..`; a range of one day as that day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateRange {
    first: Option<i32>,
    last: Option<i32>,
}

impl DateRange {
    /// From the first day `from` can be to the last day `to` can be. Ends in the wrong order are swapped:
    /// compare them first if that matters.
    ///
    /// ```
    /// use dateline::{Date, DateRange};
    ///
    /// let range = DateRange::new(Some("1992-02".parse::<Date>()?), Some("1993".parse::<Date>()?));
    /// assert_eq!(range.to_string(), "1992-02-01..1993-12-31");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn new(from: Option<Date>, to: Option<Date>) -> DateRange {
        let (from, to) = match (from, to) {
            (Some(from), Some(to)) if from.first_day() > to.last_day() => (Some(to), Some(from)),
            ends => ends,
        };
        DateRange { first: from.map(Date::first_day), last: to.map(Date::last_day) }
    }

    /// Every day there is.
    pub fn all() -> DateRange {
        DateRange::default()
    }

    /// The first day, if that end is closed.
    pub fn first(self) -> Option<Date> {
        self.first.map(Date::from_day_number)
    }

    /// The last day, if that end is closed.
    pub fn last(self) -> Option<Date> {
        self.last.map(Date::from_day_number)
    }

    /// The first day as days since 1 January 1970; an open end gives `i32::MIN`.
    pub fn first_number(self) -> i32 {
        self.first.unwrap_or(i32::MIN)
    }

    /// The last day as days since 1 January 1970; an open end gives `i32::MAX`.
    pub fn last_number(self) -> i32 {
        self.last.unwrap_or(i32::MAX)
    }

    /// Returns whether neither end is closed.
    pub fn is_all(self) -> bool {
        self.first.is_none() && self.last.is_none()
    }

    /// Returns whether no day is in it, as after an [`intersection`](Self::intersection) of ranges that lie apart.
    pub fn is_empty(self) -> bool {
        self.first_number() > self.last_number()
    }

    /// Returns whether some day of `date` is in the range.
    pub fn overlaps(self, date: Date) -> bool {
        self.first_number() <= date.last_day() && date.first_day() <= self.last_number()
    }

    /// Returns whether every day of `date` is in the range.
    pub fn contains(self, date: Date) -> bool {
        self.first_number() <= date.first_day() && date.last_day() <= self.last_number()
    }

    /// The days in both; it may be [empty](Self::is_empty).
    #[must_use]
    pub fn intersection(self, other: DateRange) -> DateRange {
        let larger = |a: Option<i32>, b: Option<i32>| a.max(b);
        let smaller = |a: Option<i32>, b: Option<i32>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        DateRange { first: larger(self.first, other.first), last: smaller(self.last, other.last) }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first(), self.last()) {
            (Some(first), Some(last)) if first == last => write!(f, "{first}"),
            (first, last) => {
                if let Some(first) = first {
                    write!(f, "{first}")?;
                }
                f.write_str("..")?;
                match last {
                    Some(last) => write!(f, "{last}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl From<Date> for DateRange {
    fn from(date: Date) -> Self {
        date.range()
    }
}

impl Serialize for DateRange {
    /// As `{"from": "1992-02-25", "to": null}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut range = serializer.serialize_struct("DateRange", 2)?;
        range.serialize_field("from", &self.first())?;
        range.serialize_field("to", &self.last())?;
        range.end()
    }
}

impl<'de> Deserialize<'de> for DateRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Ends {
            from: Option<Date>,
            to: Option<Date>,
        }
        Ends::deserialize(deserializer).map(|ends| DateRange::new(ends.from, ends.to))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn epoch_is_day_zero_and_old_days_are_exact() {
        assert_eq!(Date::from_ymd(1970, 1, 1).unwrap().first_day(), 0);
        assert_eq!(Date::from_ymd(1600, 2, 29).unwrap().first_day(), -135_081);
        assert_eq!(Date::from_day_number(-135_081).to_string(), "1600-02-29");
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in ["2024-02-31", "2023-02-29", "2024-13", "0000", "2024-00-01", "24-01-01", "2024-1-1", "", "-5"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn months_and_days_are_added_by_the_calendar() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        for (from, months, to) in [
            ("2024-01-31", 1, "2024-02-29"),
            ("2024-03-31", -13, "2023-02-28"),
            ("2024-01", -1, "2023-12"),
            ("2024", 5, "2024-06"),
            ("0001-01-05", -1, "0001-01-05"),
            ("9999-12-31", i32::MAX, "9999-12-31"),
        ] {
            assert_eq!(date(from).plus_months(months), date(to), "{from} plus {months}");
        }
        assert_eq!(date("2024-02-28").plus_days(2), date("2024-03-01"));
        assert_eq!(date("2024-03-03").monday(), date("2024-02-26"));
        let error = Date::from_ymd(2024, 2, 31).unwrap_err();
        assert_eq!(error.advice(), Some("the last day of that month is 2024-02-29"));
    }

    #[test]
    fn partial_dates_span_all_their_days() {
        let february: Date = "2024-02".parse().unwrap();
        assert_eq!(february.range().to_string(), "2024-02-01..2024-02-29");
        assert!("2024".parse::<Date>().unwrap().range().overlaps(february));
        assert!(!february.range().contains("2024".parse().unwrap()));
    }

    #[test]
    fn ranges_intersect_and_may_end_up_empty() {
        let range = |a: &str, b: &str| DateRange::new(a.parse().ok(), b.parse().ok());
        assert_eq!(range("2020", "").intersection(range("", "2021-06")).to_string(), "2020-01-01..2021-06-30");
        assert!(range("2020", "2020").intersection(range("2022", "")).is_empty());
    }

    proptest! {
        #[test]
        fn day_numbers_round_trip(number in -719_162i32..=2_932_896) {
            let date = Date::from_day_number(number);
            prop_assert_eq!(date.first_day(), number);
            prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
        }
    }
}
