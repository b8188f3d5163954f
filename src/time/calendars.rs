//! Calendars other than the Gregorian one, converted to it.

use super::date::Date;

/// The calendar in which a date was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Calendar {
    #[default]
    Gregorian,
    /// The calendar of Iran and Afghanistan.
    SolarHijri,
    /// Buddhist years, used in Thailand and its neighbours: 543 ahead.
    Buddhist,
    /// Years of a Japanese emperor, or of the Republic of China.
    Era,
}

impl Calendar {
    /// The name of the calendar for a person. None for the Gregorian one.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Calendar::Gregorian => None,
            Calendar::SolarHijri => Some("Solar Hijri calendar"),
            Calendar::Buddhist => Some("Buddhist year"),
            Calendar::Era => Some("year of an era"),
        }
    }
}

/// The years of the Solar Hijri calendar that papers can have.
const SOLAR_YEARS: std::ops::RangeInclusive<i32> = 1200..=1500;

/// Returns whether a year can be one of the Solar Hijri calendar.
pub(super) fn is_solar_year(year: i32) -> bool {
    SOLAR_YEARS.contains(&year)
}

/// A day of the Solar Hijri calendar. Its first months have 31 days, then 30, and the last has 29 except in leap years.
/// Leap years follow the cycle of 33 years, which has held since 1800 and holds beyond 2100.
pub(super) fn solar_hijri(year: i32, month: u32, day: u32) -> Option<Date> {
    let (month, day) = (i32::try_from(month).ok()?, i32::try_from(day).ok()?);
    if !is_solar_year(year) || !(1..=12).contains(&month) {
        return None;
    }
    let date = Date::from_day_number(first_of_solar_year(year) + before_solar_month(month) + day - 1);
    let length = match month {
        12 => first_of_solar_year(year + 1) - first_of_solar_year(year) - before_solar_month(12),
        7..=11 => 30,
        _ => 31,
    };
    (1..=length).contains(&day).then_some(date)
}

fn before_solar_month(month: i32) -> i32 {
    (month - 1) * 31 - (month - 7).max(0)
}

/// The day number of New Year's Day in a Solar Hijri year.
fn first_of_solar_year(year: i32) -> i32 {
    let year = year + 1595;
    // 1 Farvardin 1398 is 21 March 2019, day 17976.
    365 * year + year.div_euclid(33) * 8 + (year.rem_euclid(33) + 3) / 4 - NEW_YEAR
}

/// The difference between this count of days and that of `Date`.
const NEW_YEAR: i32 = 365 * 2993 + (2993 / 33) * 8 + (2993 % 33 + 3) / 4 - 17_976;

/// The Gregorian year of a Buddhist one.
pub(super) fn buddhist(year: i32) -> Option<i32> {
    (2400..=2643).contains(&year).then_some(year - 543)
}

/// The eras, each with the year before its first.
const ERAS: [(&str, i32); 10] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("明治", 1867),
    ("慶応", 1864),
    ("中華民國", 1911),
    ("中华民国", 1911),
    ("民國", 1911),
    ("民国", 1911),
];

/// The era whose name ends before a year: the bytes of the name, and the year before its first.
pub(super) fn era_before(text: &str) -> Option<(usize, i32)> {
    let bare = text.trim_end_matches([' ', '\u{3000}', '\u{a0}']);
    ERAS.iter()
        .find(|(name, _)| bare.ends_with(name))
        .map(|(name, before)| (name.len() + text.len() - bare.len(), *before))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn solar_hijri_days_are_converted() {
        for (year, month, day, expected) in [
            (1397, 12, 13, "2019-03-04"),
            (1398, 1, 1, "2019-03-21"),
            (1399, 12, 30, "2021-03-20"),
            (1400, 1, 1, "2021-03-21"),
            (1357, 11, 22, "1979-02-11"),
            (1403, 12, 30, "2025-03-20"),
            (1299, 12, 3, "1921-02-22"),
            (1397, 6, 31, "2018-09-22"),
        ] {
            assert_eq!(solar_hijri(year, month, day).unwrap().to_string(), expected, "{year}-{month}-{day}");
        }
        for (year, month, day) in [(1398, 12, 30), (1397, 7, 31), (1397, 13, 1), (1397, 1, 0), (2019, 1, 1)] {
            assert_eq!(solar_hijri(year, month, day), None, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn eras_are_known_by_their_names() {
        assert_eq!(era_before("これは令和"), Some((6, 2018)));
        assert_eq!(era_before("平成 "), Some((7, 1988)));
        assert_eq!(era_before("平"), None);
        assert_eq!(buddhist(2562), Some(2019));
    }
}
