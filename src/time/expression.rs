//! What a text says of time: absolute dates, written in figures or with the month's name.
//!
//! Every date has a number in it, so the scanner jumps from number to number and looks at the few characters and words
//! on either side; its time is linear in the text.

use std::ops::Range;

use super::around;
use super::around::Gap;
use super::date::Date;
use super::figures::{Found, Number, compact, figures_day_first, figures_year_first};
use super::month_day::MonthDay;
use super::names;

/// A date as a text has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Where it stands in the text, in bytes.
    pub(crate) range: Range<usize>,
    pub(crate) date: Date,
    /// The date with day and month exchanged, where the figures allow both: `03/04/2023`. `date` has the day first.
    pub(crate) other: Option<Date>,
}

/// A month and day without a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Partial {
    /// Where it stands in the text, in bytes.
    pub(crate) range: Range<usize>,
    pub(crate) date: MonthDay,
}

/// The absolute dates in a short piece of text, in its order.
pub(crate) fn find_dates(text: &str) -> Vec<Written> {
    find(text).0
}

/// The absolute dates in a short piece of text, and apart from them the days without a year (`February 26`,
/// `26 февраля`), each in its order.
pub(crate) fn find(text: &str) -> (Vec<Written>, Vec<Partial>) {
    let (mut dates, mut partial) = (Vec::new(), Vec::new());
    scan(text, |found| match found {
        Found { range, year: None, month, day: Some(day), .. } => {
            partial.extend(MonthDay::of_calendar(month, day).map(|date| Partial { range, date }));
        }
        found => dates.extend(found.written()),
    });
    (dates, partial)
}

impl Found {
    fn written(self) -> Option<Written> {
        let (year, month) = (self.year?, self.month);
        let date = match self.day {
            Some(day) => Date::day_of_calendar(year, month, day)?,
            None => Date::from_ym(year, month).ok()?,
        };
        let other = match self.day {
            Some(day) if self.exchangeable && day != month => Date::day_of_calendar(year, day, month),
            _ => None,
        };
        Some(Written { range: self.range, date, other })
    }
}

/// Calls `report` for every date, whole or without its year, from left to right and without overlaps.
fn scan(text: &str, mut report: impl FnMut(Found)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Where the last date ended: no other begins before it.
    let mut free = 0;
    while let Some(ahead) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        at += ahead;
        let digits = bytes.get(at..).map_or(1, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count());
        if let Some(found) = date_around(text, at, free) {
            free = found.range.end;
            at = found.range.end.max(at + digits);
            report(found);
        } else {
            at += digits;
        }
    }
}

/// The date that the number beginning at `at` is part of; it begins at `free` or later.
pub(super) fn date_around(text: &str, at: usize, free: usize) -> Option<Found> {
    let number = Number::at(text, at)?;
    match number.digits() {
        1 | 2 => {
            let day = number.day()?;
            figures_day_first(text, &number)
                .or_else(|| day_month(text, &number, day))
                .or_else(|| month_day(text, &number, day, free))
        }
        4 => figures_year_first(text, &number)
            .or_else(|| year_month_day(text, &number))
            .or_else(|| month_year(text, &number, free)),
        8 => compact(text, &number),
        _ => None,
    }
}

/// `26 February 2023`, `26-Feb-1987`, `26 de febrero de 2023`, `1er mai 1968`, `10Apr2007`, `26 февраля`.
fn day_month(text: &str, number: &Number, day: u32) -> Option<Found> {
    if !around::number_is_free_before(text, number.range.start) {
        return None;
    }
    let (word, gap) = around::month_after(text, number.range.end)?;
    let month = names::month(text.get(word.clone())?)?;
    // `24 نيسان / أبريل 2020`: Levantine papers give the month both its names.
    let word = around::other_name_after(text, &word, month).unwrap_or(word);
    let year = around::number_after(text, word.end).and_then(|(at, gap_after)| {
        let number = Number::at(text, at)?;
        // Only hyphens all along make two digits a year: `26-FEB-87`.
        let short = || number.short_year().filter(|_| gap == Gap::Hyphen && gap_after == Gap::Hyphen);
        Some((number.year().or_else(short)?, number.range.end))
    });
    let year = year.filter(|(_, end)| around::number_is_free_after(text, *end));
    Date::day_of_calendar(year.map_or(2000, |(year, _)| year), month, day)?;
    // `4 SEP7 696` is a table of September 7.
    let joined = text.as_bytes().get(word.end).is_some_and(u8::is_ascii_digit);
    if year.is_none() && (gap == Gap::None || joined || !around::reads_as_month(text, &word)) {
        return None;
    }
    let end = year.map_or(word.end, |(_, end)| end);
    let range = number.range.start..end;
    Some(Found { range, year: year.map(|(year, _)| year), month, day: Some(day), exchangeable: false })
}

/// `February 26, 2023`, `Feb. 26th 2023`, `Sun Feb 26 10:00:00 2023`, `February 26`.
fn month_day(text: &str, number: &Number, day: u32, free: usize) -> Option<Found> {
    let word = around::month_before(text, number.range.start, free)?;
    let month = names::month(text.get(word.clone())?)?;
    let end = around::after_ordinal(text, number.range.end);
    let year = around::year_after_day(text, end)
        .and_then(|at| Number::at(text, at))
        .and_then(|number| Some((number.year()?, number.range.end)))
        .filter(|(_, end)| around::number_is_free_after(text, *end));
    Date::day_of_calendar(year.map_or(2000, |(year, _)| year), month, day)?;
    if year.is_none() && !(around::number_is_free_after(text, end) && around::reads_as_month(text, &word)) {
        return None;
    }
    let range = word.start..year.map_or(end, |(_, end)| end);
    Some(Found { range, year: year.map(|(year, _)| year), month, day: Some(day), exchangeable: false })
}

/// `2023. február 26.`, `2023 February 26`.
fn year_month_day(text: &str, number: &Number) -> Option<Found> {
    let year = number.year().filter(|_| around::number_is_free_before(text, number.range.start))?;
    let (word, _) = around::month_after(text, number.range.end)?;
    let month = names::month(text.get(word.clone())?)?;
    let (at, _) = around::number_after(text, word.end)?;
    let day = Number::at(text, at).filter(|day| around::number_is_free_after(text, day.range.end))?;
    // `in 2023 February 26, 1992 was`: the day belongs to the year after it.
    if around::year_after_day(text, day.range.end).and_then(|at| Number::at(text, at)?.year()).is_some() {
        return None;
    }
    Date::day_of_calendar(year, month, day.day()?)?;
    let range = number.range.start..day.range.end;
    Some(Found { range, year: Some(year), month, day: day.day(), exchangeable: false })
}

/// `February 2023`, `février 2023`, `Şubat 2023`.
fn month_year(text: &str, number: &Number, free: usize) -> Option<Found> {
    let year = number.year().filter(|_| around::number_is_free_after(text, number.range.end))?;
    let word = around::month_before(text, number.range.start, free)?;
    let month = names::month(text.get(word.clone())?).filter(|_| around::reads_as_month(text, &word))?;
    Some(Found { range: word.start..number.range.end, year: Some(year), month, day: None, exchangeable: false })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_found_however_they_are_written() {
        for (text, written, date) in [
            ("on 26 February 2023 in", "26 February 2023", "2023-02-26"),
            ("On February 26, 2023, we", "February 26, 2023", "2023-02-26"),
            ("Feb. 26, 2023", "Feb. 26, 2023", "2023-02-26"),
            ("February 26  2023 Contact", "February 26  2023", "2023-02-26"),
            ("FEBRUARY 26TH, 2023", "FEBRUARY 26TH, 2023", "2023-02-26"),
            ("the 26th of February, 2023", "26th of February, 2023", "2023-02-26"),
            ("26-Feb-1987", "26-Feb-1987", "1987-02-26"),
            (" 26-FEB-87 15:01", "26-FEB-87", "1987-02-26"),
            ("2023-02-26", "2023-02-26", "2023-02-26"),
            ("at 2023-02-26T10:00:00Z.", "2023-02-26", "2023-02-26"),
            ("(2023/02/26)", "2023/02/26", "2023-02-26"),
            ("id 20230226 x", "20230226", "2023-02-26"),
            ("26.02.2023.", "26.02.2023", "2023-02-26"),
            ("26. 2. 2023", "26. 2. 2023", "2023-02-26"),
            ("26/02/2023", "26/02/2023", "2023-02-26"),
            ("2023. 02. 26. 21:35", "2023. 02. 26", "2023-02-26"),
            ("02/26/2023", "02/26/2023", "2023-02-26"),
            ("26.02.98", "26.02.98", "1998-02-26"),
            ("le 26 février 2023 à", "26 février 2023", "2023-02-26"),
            ("26. Februar 2023", "26. Februar 2023", "2023-02-26"),
            ("26 de febrero de 2023", "26 de febrero de 2023", "2023-02-26"),
            ("26 февраля 2023 г.", "26 февраля 2023", "2023-02-26"),
            ("26 Şubat 2023", "26 Şubat 2023", "2023-02-26"),
            ("26 fevral 2023-cü il", "26 fevral 2023", "2023-02-26"),
            ("24 نيسان / أبريل 2020", "24 نيسان / أبريل 2020", "2020-04-24"),
            ("1er mai 1968", "1er mai 1968", "1968-05-01"),
            ("2023. február 26.", "2023. február 26", "2023-02-26"),
            ("2023年2月26日", "2023年2月26日", "2023-02-26"),
            ("Sun, 26 Feb 2023 10:00:00 +0000", "26 Feb 2023", "2023-02-26"),
            ("Sun Feb 26 10:00:00 UTC 2023", "Feb 26 10:00:00 UTC 2023", "2023-02-26"),
            ("10Apr2007", "10Apr2007", "2007-04-10"),
            ("in February 2023.", "February 2023", "2023-02"),
            ("en mai 1968,", "mai 1968", "1968-05"),
            ("в феврале 1992 года", "феврале 1992", "1992-02"),
            ("May 2023", "May 2023", "2023-05"),
            ("the night of February 25-26, 1992", "", ""),
            ("the night of 25 to 26 February 1992", "26 February 1992", "1992-02-26"),
        ] {
            let found = find_dates(text);
            let found: Vec<_> = found.iter().map(|w| (&text[w.range.clone()], w.date.to_string())).collect();
            let expected = if date.is_empty() { vec![] } else { vec![(written, date.to_string())] };
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn several_dates_are_found_in_order() {
        let dates = find_dates("From 1 May 1968 to June 2, 1968 and in 2023-02-26; July 1969.");
        let dates: Vec<_> = dates.iter().map(|written| written.date.to_string()).collect();
        assert_eq!(dates, ["1968-05-01", "1968-06-02", "2023-02-26", "1969-07"]);
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in [
            "31.02.2023",
            "they may 2000 times",
            "ran out 2008",
            "In May. 26 people",
            "192.168.10.2000",
            "1.26.02.2023",
            "$26,02,2023",
            "phone 202-224-1638",
            "202/224-1638",
            "99991399",
            "12345678",
            "2004-05",
            "S.26.02",
            "0226-13-45",
            "march 12345",
            "26 people 2023",
            "version 1.2.2023.4",
        ] {
            assert_eq!(find_dates(text), [], "{text}");
        }
    }

    #[test]
    fn figures_that_can_be_exchanged_are_marked() {
        let only = |text: &str| find_dates(text).pop().unwrap();
        assert_eq!(only("03/04/2023").date.to_string(), "2023-04-03");
        assert_eq!(only("03/04/2023").other.unwrap().to_string(), "2023-03-04");
        for text in ["26/02/2023", "03.04.2023", "04/04/2023", "2023/03/04", "3 April 2023"] {
            assert_eq!(only(text).other, None, "{text}");
        }
    }

    fn find_partial(text: &str) -> Vec<Partial> {
        find(text).1
    }

    #[test]
    fn days_without_a_year_are_found_apart() {
        for (text, month, day) in [
            ("BAKU, February 26. The", 2, 26),
            ("PARIS, 26 février - Le", 2, 26),
            ("Feb 26 (Reuters)", 2, 26),
            ("26 февраля", 2, 26),
            ("on May 3 the", 5, 3),
        ] {
            let found = find_partial(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].date.month(), found[0].date.day()), (month, day), "{text}");
            assert!(find_dates(text).is_empty(), "{text}");
        }
        for text in
            ["you may 3 times", "February 26, 2023", "Feb 26.5", "26Feb", "go out 3", "30 February", "OFF 4/ SEP7 696"]
        {
            assert!(find_partial(text).is_empty(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn found_dates_lie_in_the_text_in_order(text in "([0-9]{1,4}|[ .,/-]|Feb|mai|февраля|年|th|é){0,30}") {
            let mut end = 0;
            for written in find_dates(&text) {
                prop_assert!(written.range.start >= end && text.get(written.range.clone()).is_some());
                end = written.range.end;
            }
            find_partial(&text);
        }

        #[test]
        fn every_day_is_found_as_it_is_printed(number in -350_000i32..=100_000) {
            let date = Date::from_day_number(number);
            prop_assert_eq!(find_dates(&format!("on {date}.")).pop().map(|written| written.date), Some(date));
        }
    }
}
