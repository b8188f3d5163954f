//! Dates written in figures alone, and the parts found around a number.

use std::ops::Range;

use super::calendars::{Calendar, buddhist, is_solar_year, solar_hijri};
use super::date::Date;
use super::numerals::{Number, is_digit};

/// The parts of a date found around one number.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: Option<u32>,
    /// Set if day and month are figures that may be swapped.
    pub(super) exchangeable: bool,
    /// Set if the year has two digits, so that its century was chosen.
    pub(super) short_year: bool,
    /// The calendar it was written in. The parts are Gregorian.
    pub(super) calendar: Calendar,
}

impl Found {
    pub(super) fn new(range: Range<usize>, year: Option<i32>, month: u32, day: Option<u32>) -> Found {
        let calendar = Calendar::Gregorian;
        Found { range, year, month, day, exchangeable: false, short_year: false, calendar }
    }

    /// A day converted from another calendar.
    pub(super) fn converted(range: Range<usize>, date: Date, calendar: Calendar) -> Found {
        let found = Found::new(range, Some(date.year()), date.month().unwrap_or(1), date.day());
        Found { calendar, ..found }
    }
}

/// The calendar of years in a text, as its language tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Years {
    Gregorian,
    /// Years from 1200 to 1500 are those of the Solar Hijri calendar.
    SolarHijri,
    /// Years from 2400 on are Buddhist.
    Buddhist,
}

impl Years {
    pub(super) fn of_language(language: Option<&str>) -> Years {
        match language {
            Some("fa" | "ps") => Years::SolarHijri,
            Some("th" | "lo" | "km") => Years::Buddhist,
            _ => Years::Gregorian,
        }
    }

    /// The day of these figures, in the calendar of its year.
    fn day(self, range: Range<usize>, year: i32, month: u32, day: u32) -> Option<Found> {
        match self {
            Years::SolarHijri if is_solar_year(year) => {
                Some(Found::converted(range, solar_hijri(year, month, day)?, Calendar::SolarHijri))
            }
            Years::Buddhist if buddhist(year).is_some() => {
                Some(Found::converted(range, Date::day_of_calendar(buddhist(year)?, month, day)?, Calendar::Buddhist))
            }
            _ => {
                Date::day_of_calendar(year, month, day)?;
                Some(Found::new(range, Some(year), month, Some(day)))
            }
        }
    }
}

/// The character before a place in the text.
fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Returns whether no digit or sign makes the figures part of something longer: `10.0.26.02.2023`, `1-26/02/2023`.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let open = match before(text, range.start) {
        Some(sign @ ('.' | '/' | '-' | ':' | ',')) => {
            !before(text, range.start - sign.len_utf8()).is_some_and(|c| c.is_ascii_digit())
        }
        Some('$' | '#' | '%') => false,
        Some(c) => !c.is_ascii_alphanumeric() && !is_digit(c),
        None => true,
    };
    let closed = match after(text, range.end) {
        Some(sign @ ('.' | '/' | '-' | ',')) => {
            !after(text, range.end + sign.len_utf8()).is_some_and(|c| c.is_ascii_digit())
        }
        Some('%') => false,
        // `2023-02-26T10:00`, `2023-02-26Z`
        Some(c) => !(c.is_ascii_alphanumeric() || is_digit(c)) || matches!(c, 'T' | 't' | 'Z'),
        None => true,
    };
    open && closed
}

/// The sign between two figures as an ASCII character, and its bytes. Every dash is a hyphen.
fn joint(text: &str, at: usize) -> Option<(char, usize)> {
    let c = after(text, at)?;
    let plain = match c {
        '.' | '．' => '.',
        '/' | '／' => '/',
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' => '-',
        _ => return None,
    };
    Some((plain, c.len_utf8()))
}

/// Skips one blank after a full stop: `26. 02. 2023`.
fn spaced(text: &str, sign: char, at: usize) -> usize {
    if sign == '.' && matches!(text.as_bytes().get(at), Some(b' ')) { at + 1 } else { at }
}

/// `2023-02-26`, `2023/02/26`, `2023.02.26`, `2023. 2. 26.`
pub(super) fn figures_year_first(text: &str, number: &Number, years: Years) -> Option<Found> {
    let year = number.year()?;
    let (sign, bytes) = joint(text, number.range.end)?;
    let month = Number::at(text, spaced(text, sign, number.range.end + bytes))?;
    let (second, bytes) = joint(text, month.range.end)?;
    let day = Number::at(text, spaced(text, sign, month.range.end + bytes))?;
    let range = number.range.start..day.range.end;
    // `2019. 1. 26.` has blanks, so its figures may have different lengths. `2019.1.26` may be a version.
    let blank = text.get(range.clone())?.contains(' ');
    let even = day.digits() == month.digits() || sign != '.' || blank;
    if sign != second || month.digits() > 2 || !even || !stands_alone(text, &range) {
        return None;
    }
    // Figures as Iran writes them stand for its calendar, whatever the language is taken for.
    let persian = after(text, range.start).is_some_and(|c| ('\u{6f0}'..='\u{6f9}').contains(&c));
    let years = if persian && is_solar_year(year) { Years::SolarHijri } else { years };
    years.day(range, year, month.value, day.day()?)
}

/// `20230226`, between the years 1800 and 2199: other runs of eight digits are seldom dates.
pub(super) fn compact(text: &str, number: &Number) -> Option<Found> {
    let (year, month, day) = (number.value / 10_000, number.value / 100 % 100, number.value % 100);
    let date = Date::day_of_calendar(year as i32, month, day)?;
    let range = number.range.clone();
    let alone = (1800..2200).contains(&year) && stands_alone(text, &range);
    alone.then_some(Found::new(range, Some(date.year()), month, Some(day)))
}

/// `26.02.2023`, `26/02/2023`, `02/26/2023`, `26-02-2023`, and with a year of two digits if all have two.
pub(super) fn figures_day_first(text: &str, number: &Number, years: Years) -> Option<Found> {
    let (sign, bytes) = joint(text, number.range.end)?;
    let second = Number::at(text, spaced(text, sign, number.range.end + bytes))?;
    let (next, bytes) = joint(text, second.range.end)?;
    if next != sign || second.digits() > 2 {
        return None;
    }
    let last = Number::at(text, spaced(text, sign, second.range.end + bytes))?;
    let short = || last.short_year().filter(|_| number.digits() == 2 && second.digits() == 2 && sign != '-');
    let year = last.year().or_else(short)?;
    let range = number.range.start..last.range.end;
    // In `2020. 08. 18. 21:35` the two digits are an hour, and no year.
    if !stands_alone(text, &range) || last.digits() == 2 && after(text, last.range.end) == Some(':') {
        return None;
    }
    let (day, month) = if second.value > 12 { (second.value, number.value) } else { (number.value, second.value) };
    let found = years.day(range, year, month, day)?;
    let exchangeable = sign != '.' && day <= 12 && month <= 12 && found.calendar == Calendar::Gregorian;
    Some(Found { exchangeable, short_year: last.digits() == 2, ..found })
}
