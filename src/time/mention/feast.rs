//! Feasts: days with a name, which stand at a date, beside Easter, or at a weekday of a month.

use crate::time::Date;

/// A feast by the rule that tells its day in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// On a day of a month.
    On(u8, u8),
    /// So many days after Easter Sunday of the western churches.
    Easter(i8),
    /// On a weekday (Monday is 1) of a month: the first, the second and so on.
    Nth(u8, u8, u8),
    /// On the last such weekday of a month.
    Last(u8, u8),
}

impl Feast {
    /// Its day in a year; none before the calendar in which it is told.
    pub(super) fn in_year(self, year: i32) -> Option<Date> {
        let day = |month: u8, day: u8| Date::day_of_calendar(year, month.into(), day.into());
        match self {
            Feast::On(month, date) => day(month, date),
            Feast::Easter(after) => Some(easter(year)?.plus_days(after.into())),
            Feast::Nth(month, weekday, nth) => {
                Some(weekday_from(day(month, 1)?, weekday).plus_days(i32::from(nth - 1) * 7))
            }
            Feast::Last(month, weekday) => Some(weekday_from(day(month, 1)?.plus_months(1), weekday).plus_days(-7)),
        }
    }

    /// Its day that is closest to another.
    pub(super) fn near(self, day: Date) -> Option<Date> {
        let years = day.year().saturating_sub(1)..=day.year().saturating_add(1);
        let days = years.filter_map(|year| self.in_year(year));
        days.min_by_key(|feast| feast.first_day().abs_diff(day.first_day()))
    }
}

/// The first such weekday from a day on.
fn weekday_from(day: Date, weekday: u8) -> Date {
    day.plus_days((i32::from(weekday) - day.weekday() as i32).rem_euclid(7))
}

/// Easter Sunday in the Gregorian calendar, by the method of J.-M. Oudin (Explanatory Supplement to the Astronomical
/// Almanac, 1992). None before the first whole year of that calendar.
fn easter(year: i32) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let century = year / 100;
    let golden = year % 19;
    let skipped = (century - 17) / 25;
    let mut moon = (century - century / 4 - (century - skipped) / 3 + 19 * golden + 15) % 30;
    moon -= moon / 28 * (1 - moon / 28 * (29 / (moon + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let sunday = moon - weekday;
    let month = 3 + (sunday + 40) / 44;
    Date::day_of_calendar(year, u32::try_from(month).ok()?, u32::try_from(sunday + 28 - 31 * (month / 4)).ok()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn easter_is_where_the_churches_keep_it() {
        for day in [
            "1583-04-10",
            "1598-03-22",
            "1666-04-25",
            "1818-03-22",
            "1886-04-25",
            "1900-04-15",
            "1916-04-23",
            "1954-04-18",
            "1981-04-19",
            "1999-04-04",
            "2000-04-23",
            "2008-03-23",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2285-03-22",
        ] {
            let day: Date = day.parse().unwrap();
            assert_eq!(easter(day.year()), Some(day));
        }
        assert_eq!(easter(1582), None);
    }

    #[test]
    fn feasts_are_found_in_their_year_and_near_a_day() {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        for (feast, year, expected) in [
            (Feast::Easter(-2), 1916, "1916-04-21"),
            (Feast::Easter(49), 2025, "2025-06-08"),
            (Feast::Nth(11, 4, 4), 1999, "1999-11-25"),
            (Feast::Nth(9, 1, 1), 1986, "1986-09-01"),
            (Feast::Last(5, 1), 1993, "1993-05-31"),
            (Feast::Last(5, 1), 2021, "2021-05-31"),
            (Feast::On(12, 25), 1914, "1914-12-25"),
        ] {
            assert_eq!(feast.in_year(year), Some(day(expected)), "{feast:?}");
        }
        assert_eq!(Feast::On(12, 25).near(day("2025-02-26")), Some(day("2024-12-25")));
        assert_eq!(Feast::Easter(0).near(day("2025-01-03")), Some(day("2025-04-20")));
        assert_eq!(Feast::On(1, 1).near(Date::MIN), Feast::On(1, 1).in_year(Date::MIN.year()));
        assert!(Feast::Last(12, 1).near(Date::MAX).is_some());
    }
}
