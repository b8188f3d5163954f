//! Dates whose parts have a word behind them: `2019年3月4日`, `令和元年5月3日`, `2019년 3월 4일`.

use super::calendars::{Calendar, buddhist, era_before};
use super::date::Date;
use super::figures::Found;
use super::numerals::Number;

/// The marks of year, month and day, in one language each.
struct Marks {
    year: &'static [&'static str],
    month: &'static [&'static str],
    day: &'static [&'static str],
}

const MARKS: [Marks; 3] = [
    Marks { year: &["年"], month: &["月"], day: &["日", "号", "號"] },
    Marks { year: &["년", "年"], month: &["월"], day: &["일"] },
    Marks {
        year: &["оны", "он"],
        month: &["-р сарын", "-р сар", "-р сард", "дугаар сарын", "дүгээр сарын", " сарын"],
        day: &["-ны", "-ний", "-нд", "-нд", " өдөр"],
    },
];

/// A part of a date: its number, and the byte behind its mark.
struct Part {
    number: Number,
    end: usize,
}

fn past_blank(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let blank = rest.trim_start_matches([' ', '\u{3000}', '\u{a0}']);
    // At most a blank or two may stand here.
    if rest.len() - blank.len() <= 3 { text.len() - blank.len() } else { at }
}

fn number_at(text: &str, at: usize) -> Option<Number> {
    Number::at(text, at).or_else(|| Number::chinese_at(text, at))
}

fn mark_end(text: &str, at: usize, marks: &[&str]) -> Option<usize> {
    // A blank may belong to the mark, or stand before it.
    [at, past_blank(text, at)].into_iter().find_map(|at| {
        let rest = text.get(at..)?;
        marks.iter().find(|mark| rest.starts_with(**mark)).map(|mark| at + mark.len())
    })
}

fn part(text: &str, at: usize, marks: &[&str]) -> Option<Part> {
    let number = number_at(text, past_blank(text, at))?;
    let end = mark_end(text, number.range.end, marks)?;
    Some(Part { number, end })
}

/// The date whose first number begins at `at`. Its era, if it has one, begins at `free` or later.
pub(super) fn marked(text: &str, at: usize, free: usize) -> Option<Found> {
    MARKS.iter().find_map(|marks| {
        let month_first = || {
            let found = without_year(text, at, marks)?;
            Some(in_first_year(text, at, free, &found).unwrap_or(found))
        };
        with_year(text, at, free, marks).or_else(month_first)
    })
}

fn with_year(text: &str, at: usize, free: usize, marks: &Marks) -> Option<Found> {
    // `令和元年`: the first year of an era has a name.
    let first = text.get(at..)?.starts_with('元').then(|| Number::one(at..at + '元'.len_utf8()));
    let number = first.clone().or_else(|| number_at(text, at))?;
    let year_end = mark_end(text, number.range.end, marks.year)?;
    let era = era_before(text.get(free.min(at)..at)?);
    let (year, calendar) = match era {
        Some((_, before)) if number.value <= 150 => (before + i32::try_from(number.value).ok()?, Calendar::Era),
        _ if first.is_some() => return None,
        _ => match number.year() {
            Some(year) => buddhist(year).map_or((year, Calendar::Gregorian), |year| (year, Calendar::Buddhist)),
            // `19年3月4日` and `'19年` are dates; a number of years has no month behind it.
            None => (number.short_year()?, Calendar::Gregorian),
        },
    };
    let start = at - era.map_or(0, |(bytes, _)| bytes);
    let month = part(text, year_end, marks.month)?;
    let day = part(text, month.end, marks.day).or_else(|| bare_day(text, month.end, marks));
    let number_of_month = (month.number.digits() <= 2).then_some(month.number.value)?;
    let found = match day {
        Some(day) => {
            Date::day_of_calendar(year, number_of_month, day.number.value)?;
            Found::new(start..day.end, Some(year), number_of_month, Some(day.number.value))
        }
        None => {
            Date::from_ym(year, number_of_month).ok()?;
            Found::new(start..month.end, Some(year), number_of_month, None)
        }
    };
    Some(Found { calendar, short_year: calendar == Calendar::Gregorian && number.digits() == 2, ..found })
}

/// Reads `2019 оны 3-р сарын 4`: in Mongolian the day may have no mark.
fn bare_day(text: &str, at: usize, marks: &Marks) -> Option<Part> {
    let spaced = past_blank(text, at);
    (marks.month.len() > 1 && spaced > at).then_some(())?;
    let number = Number::at(text, spaced)?;
    Some(Part { end: number.range.end, number })
}

/// Reads the first year of an era, written in words before the month: `令和元年5月3日`.
fn in_first_year(text: &str, at: usize, free: usize, found: &Found) -> Option<Found> {
    const FIRST: &str = "元年";
    let before = text.get(free.min(at)..at)?.strip_suffix(FIRST)?;
    let (bytes, zero) = era_before(before)?;
    let (year, range) = (zero + 1, at - FIRST.len() - bytes..found.range.end);
    Date::day_of_calendar(year, found.month, found.day?)?;
    Some(Found { range, year: Some(year), calendar: Calendar::Era, ..found.clone() })
}

/// Reads `3月4日`, a day without a year.
fn without_year(text: &str, at: usize, marks: &Marks) -> Option<Found> {
    let month = part(text, at, marks.month)?;
    let day = part(text, month.end, marks.day)?;
    (month.number.range.start == at && month.number.digits() <= 2).then_some(())?;
    Date::day_of_calendar(2000, month.number.value, day.number.value)?;
    Some(Found::new(at..day.end, None, month.number.value, Some(day.number.value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::numerals::next_number;

    fn read(text: &str) -> String {
        let mut at = 0;
        while let Some(number) = next_number(text, at) {
            if let Some(found) = marked(text, number, 0) {
                let words = text.get(found.range).unwrap_or("");
                return format!("{:?}-{}-{:?} {words}", found.year.unwrap_or(0), found.month, found.day.unwrap_or(0));
            }
            at = number + number_at(text, number).map_or('元'.len_utf8(), |number| number.range.len());
        }
        String::new()
    }

    #[test]
    fn marked_dates_are_read_in_every_numeral_and_era() {
        for (text, expected) in [
            ("2019年3月4日", "2019-3-4 2019年3月4日"),
            ("２０１９年３月４日", "2019-3-4 ２０１９年３月４日"),
            ("2019 年 3 月 4 日", "2019-3-4 2019 年 3 月 4 日"),
            ("二〇一九年十二月三十一日", "2019-12-31 二〇一九年十二月三十一日"),
            ("令和元年5月3日", "2019-5-3 令和元年5月3日"),
            ("平成31年3月4日(月)", "2019-3-4 平成31年3月4日"),
            ("昭和四十三年五月十一日", "1968-5-11 昭和四十三年五月十一日"),
            ("民國108年3月4日", "2019-3-4 民國108年3月4日"),
            ("19年3月4日", "2019-3-4 19年3月4日"),
            ("2019年3月", "2019-3-0 2019年3月"),
            ("3月4日", "0-3-4 3月4日"),
            ("2019년 3월 4일", "2019-3-4 2019년 3월 4일"),
            ("2019년3월4일", "2019-3-4 2019년3월4일"),
            ("2019 оны 3-р сарын 4", "2019-3-4 2019 оны 3-р сарын 4"),
            ("2019 оны 3 дугаар сарын 4-ний", "2019-3-4 2019 оны 3 дугаар сарын 4-ний"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        for text in ["2019年", "2019年13月4日", "3月", "十年", "2019年2月30日", "一", "三月"] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
