//! Dates with the name of a month: `26 February 2023`, `Feb. 26, 2023`, `2019 m. sausio 3 d.`

use std::ops::Range;

use super::around;
use super::around::{Gap, Month, MonthKind};
use super::calendars::{Calendar, buddhist, solar_hijri};
use super::date::Date;
use super::figures::Found;
use super::numerals::Number;

/// The year that a number is, by the month beside it and the language of the text.
fn year_of(number: &Number, month: &Month, text: &str) -> Option<(i32, Calendar)> {
    let year = number.year()?;
    let name = text.get(month.range.clone()).unwrap_or("");
    let thai = name.chars().next().is_some_and(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}'));
    match buddhist(year).filter(|_| thai) {
        Some(year) => Some((year, Calendar::Buddhist)),
        None => Some((year, Calendar::Gregorian)),
    }
}

/// The year that a number of two digits beside a month is. Beside a Thai month it is Buddhist.
fn short_year_of(number: &Number, month: &Month, text: &str) -> Option<(i32, Calendar)> {
    let name = text.get(month.range.clone()).unwrap_or("");
    let thai = name.starts_with(|c| matches!(c, '\u{e00}'..='\u{e7f}'));
    let short = number.short_year()?;
    match thai {
        true => Some((2500 - 543 + i32::try_from(number.value).ok()?, Calendar::Buddhist)),
        false => Some((short, Calendar::Gregorian)),
    }
}

/// The date with these parts, in the calendar of its month.
fn dated(range: Range<usize>, year: Option<(i32, Calendar)>, month: &Month, day: u32) -> Option<Found> {
    if month.kind == MonthKind::SolarHijri {
        let date = solar_hijri(year?.0, month.number, day)?;
        return Some(Found::converted(range, date, Calendar::SolarHijri));
    }
    Date::day_of_calendar(year.map_or(2000, |(year, _)| year), month.number, day)?;
    let found = Found::new(range, year.map(|(year, _)| year), month.number, Some(day));
    Some(Found { calendar: year.map(|(_, calendar)| calendar).unwrap_or_default(), ..found })
}

/// `26 February 2023`, `26-Feb-1987`, `26 de febrero de 2023`, `1er mai 1968`, `10Apr2007`, `26 февраля`, `3 IX 1931`.
pub(super) fn day_month(text: &str, number: &Number, day: u32, language: Option<&str>) -> Option<Found> {
    if !around::number_is_free_before(text, number.range.start) {
        return None;
    }
    let (month, gap) = around::month_after(text, number.range.end, language)?;
    // `24 نيسان / أبريل 2020`: Levantine papers give the month both its names.
    let month = around::other_name_after(text, month, language);
    let year = around::number_after(text, month.range.end).and_then(|(at, gap_after)| {
        let number = Number::at(text, at)?;
        let hyphens = gap == Gap::Hyphen && gap_after == Gap::Hyphen;
        let read = year_of(&number, &month, text).map(|year| (year, false));
        let short = || {
            let sure = hyphens || around::has_apostrophe(text, at) || around::goes_on_after(text, number.range.end);
            let short = short_year_of(&number, &month, text).filter(|_| sure && gap_after != Gap::None)?;
            Some((short, true))
        };
        let (year, short) = read.or_else(short)?;
        Some((year, short, number.range.end))
    });
    let year = year.filter(|(_, _, end)| around::number_is_free_after(text, *end));
    // `4 SEP7 696` is a table of September 7.
    let joined = text.as_bytes().get(month.range.end).is_some_and(u8::is_ascii_digit);
    let shown = month.kind == MonthKind::Named && gap != Gap::None && around::reads_as_month(text, &month.range);
    if year.is_none() && (joined || !shown) {
        return None;
    }
    // `Act 3 V 99` is no date: a Roman month needs a whole year.
    if month.kind == MonthKind::Roman && year.is_none_or(|(_, short, _)| short && gap != Gap::Hyphen) {
        return None;
    }
    let end = year.map_or(month.range.end, |(_, _, end)| end);
    let found = dated(number.range.start..end, year.map(|(year, _, _)| year), &month, day)?;
    Some(Found { short_year: year.is_some_and(|(_, short, _)| short), ..found })
}

/// `February 26, 2023`, `Feb. 26th 2023`, `Sun Feb 26 10:00:00 2023`, `February 26`, `July 17, ’99`.
pub(super) fn month_day(text: &str, number: &Number, day: u32, free: usize, language: Option<&str>) -> Option<Found> {
    let month = around::month_before(text, number.range.start, free, language)?;
    let end = around::after_ordinal(text, number.range.end);
    let year = around::year_after_day(text, end).and_then(|at| Number::at(text, at)).and_then(|number| {
        let (year, _) = year_of(&number, &month, text)?;
        Some((year, false, number.range.end))
    });
    let year = year.or_else(|| {
        let number = Number::at(text, around::short_year_after(text, end)?)?;
        Some((number.short_year()?, true, number.range.end))
    });
    let year = year.filter(|(_, _, end)| around::number_is_free_after(text, *end));
    let shown = around::number_is_free_after(text, end) && around::reads_as_month(text, &month.range);
    if year.is_none() && !(shown && month.kind == MonthKind::Named) {
        return None;
    }
    let range = month.range.start..year.map_or(end, |(_, _, end)| end);
    let found = dated(range, year.map(|(year, _, _)| (year, Calendar::Gregorian)), &month, day)?;
    Some(Found { short_year: year.is_some_and(|(_, short, _)| short), ..found })
}

/// `2023. február 26.`, `2023 February 26`, `2019 m. sausio 3 d.`
pub(super) fn year_month_day(text: &str, number: &Number, language: Option<&str>) -> Option<Found> {
    number.year().filter(|_| around::number_is_free_before(text, number.range.start))?;
    let (month, _) = around::month_after(text, number.range.end, language)?;
    let year = year_of(number, &month, text).filter(|_| month.kind != MonthKind::Roman)?;
    let (at, _) = around::number_after(text, month.range.end)?;
    let day = Number::at(text, at).filter(|day| around::number_is_free_after_day(text, day.range.end))?;
    // `in 2023 February 26, 1992 was`: the day belongs to the year after it.
    if around::year_after_day(text, day.range.end).and_then(|at| Number::at(text, at)?.year()).is_some() {
        return None;
    }
    dated(number.range.start..day.range.end, Some(year), &month, day.day()?)
}

/// `2019. gada 3. janvārī`, `2019 жылғы 3 қаңтар`, `2019 წლის 3 იანვარი`: a word for year stands behind the year.
pub(super) fn year_day_month(text: &str, number: &Number, language: Option<&str>) -> Option<Found> {
    number.year().filter(|_| around::number_is_free_before(text, number.range.start))?;
    let (at, _) = around::number_after(text, number.range.end)?;
    let day = Number::at(text, at).filter(|_| around::has_year_word(text, number.range.end, at))?;
    let (month, _) = around::month_after(text, day.range.end, language)?;
    let year = year_of(number, &month, text).filter(|_| month.kind == MonthKind::Named)?;
    dated(number.range.start..month.range.end, Some(year), &month, day.day()?)
}

/// `February 2023`, `février 2023`, `Şubat 2023`, `tháng 3 năm 2019`.
pub(super) fn month_year(text: &str, number: &Number, free: usize, language: Option<&str>) -> Option<Found> {
    number.year().filter(|_| around::number_is_free_after(text, number.range.end))?;
    let month = around::month_before(text, number.range.start, free, language)?;
    let (year, calendar) = year_of(number, &month, text).filter(|_| around::reads_as_month(text, &month.range))?;
    // A month of another calendar has days in two Gregorian months.
    (month.kind == MonthKind::Named).then_some(())?;
    let found = Found::new(month.range.start..number.range.end, Some(year), month.number, None);
    Some(Found { calendar, ..found })
}
