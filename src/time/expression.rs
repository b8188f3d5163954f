//! Absolute dates in a text, written in figures or with the month's name.
//!
//! Every date has a number in it, so the scanner jumps from number to number and looks at the few characters and words
//! on either side; its time is linear in the text.

use std::ops::Range;

use super::calendars::Calendar;
use super::date::Date;
use super::east_asian::marked;
use super::figures::{Found, Years, compact, figures_day_first, figures_year_first};
use super::misread;
use super::month_day::MonthDay;
use super::named_dates::{day_month, month_day, month_year, year_day_month, year_month_day};
use super::numerals::{Number, next_number};
use super::weekday_beside::weekday_beside;

/// A date as a text has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its place in the text, in bytes.
    pub(crate) range: Range<usize>,
    pub(crate) date: Date,
    /// The date with day and month exchanged, where the figures allow both: `03/04/2023`. `date` has the day first.
    pub(crate) other: Option<Date>,
    /// The same day a hundred years earlier, if the year has two digits.
    pub(crate) century_before: Option<Date>,
    /// The calendar it was written in. `date` is Gregorian.
    pub(crate) calendar: Calendar,
    /// Set if letters were read as figures, as scanned papers need it: `l9 March 1894`.
    pub(crate) misread: bool,
}

/// A month and day without a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Partial {
    /// Its place in the text, in bytes.
    pub(crate) range: Range<usize>,
    pub(crate) date: MonthDay,
}

/// The absolute dates in a short piece of text, in its order.
pub(crate) fn find_dates(text: &str) -> Vec<Written> {
    find_dates_in(text, None)
}

/// The same in a text of this language (ISO 639-1), whose month names are preferred to those of others.
pub(crate) fn find_dates_in(text: &str, language: Option<&str>) -> Vec<Written> {
    find(text, language).0
}

/// The absolute dates in a short piece of text, and apart from them the days without a year (`February 26`,
/// `26 февраля`), each in its order.
pub(crate) fn find(text: &str, language: Option<&str>) -> (Vec<Written>, Vec<Partial>) {
    let (mut dates, mut partial) = (Vec::new(), Vec::new());
    scan(text, language, |found, misread| match found {
        Found { range, year: None, month, day: Some(day), .. } => {
            partial.extend(MonthDay::of_calendar(month, day).map(|date| Partial { range, date }));
        }
        found => dates.extend(written(found, text, language).map(|written| Written { misread, ..written })),
    });
    (dates, partial)
}

fn written(found: Found, text: &str, language: Option<&str>) -> Option<Written> {
    let (year, month) = (found.year?, found.month);
    let date = match found.day {
        Some(day) => Date::day_of_calendar(year, month, day)?,
        None => Date::from_ym(year, month).ok()?,
    };
    let other = match found.day {
        Some(day) if found.exchangeable && day != month => Date::day_of_calendar(year, day, month),
        _ => None,
    };
    let century_before = found.day.filter(|_| found.short_year);
    let century_before = century_before.and_then(|day| Date::day_of_calendar(year - 100, month, day));
    let Found { range, calendar, .. } = found;
    let written = Written { range, date, other, century_before, calendar, misread: false };
    Some(by_weekday(written, text, language))
}

/// The date in the order of day and month that fits the weekday beside it, if only one order does.
fn by_weekday(written: Written, text: &str, language: Option<&str>) -> Written {
    let Some(other) = written.other else { return written };
    let Some(weekday) = weekday_beside(text, &written.range, language) else { return written };
    match (written.date.weekday() == weekday, other.weekday() == weekday) {
        (true, false) => Written { other: None, ..written },
        (false, true) => Written { date: other, other: None, ..written },
        _ => written,
    }
}

/// Calls `report` for every date, complete or without its year, from left to right and without overlaps, with whether
/// letters were read as figures in it.
fn scan(text: &str, language: Option<&str>, mut report: impl FnMut(Found, bool)) {
    let mut at = 0;
    // The end of the last date: no other begins before it.
    let mut free = 0;
    while let Some(number) = next_number(text, at) {
        at = past_number(text, number);
        let plain = date_around(text, number, free, language);
        let mended = || misread_around(text, number, language).filter(|found| found.range.start >= free);
        let found = match plain {
            Some(found) if found.year.is_some() => Some((found, false)),
            plain => mended().map(|found| (found, true)).or(plain.map(|found| (found, false))),
        };
        if let Some((found, misread)) = found {
            free = found.range.end;
            at = at.max(found.range.end);
            report(found, misread);
        }
    }
}

/// The whole date around a number, if letters beside it are read as figures.
fn misread_around(text: &str, number: usize, language: Option<&str>) -> Option<Found> {
    let window = misread::corrected(text, number)?;
    let found = date_around(&window.text, window.number, 0, language)?;
    let range = found.range.start + window.from..found.range.end + window.from;
    let whole = found.day.is_some() && found.year.is_some() && !found.exchangeable;
    whole.then_some(Found { range, ..found })
}

fn past_number(text: &str, at: usize) -> usize {
    let digits = text.as_bytes().iter().skip(at).take_while(|byte| byte.is_ascii_digit()).count();
    let step = || text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    let other = || Number::at(text, at).map_or_else(step, |number| number.range.len());
    at + if digits > 0 { digits } else { other() }
}

/// The date that the number beginning at `at` is part of; it begins at `free` or later.
pub(super) fn date_around(text: &str, at: usize, free: usize, language: Option<&str>) -> Option<Found> {
    let Some(number) = Number::at(text, at) else { return marked(text, at, free) };
    let years = Years::of_language(language);
    let found = match number.digits() {
        1 | 2 => {
            let by_day = |day| {
                figures_day_first(text, &number, years)
                    .or_else(|| day_month(text, &number, day, language))
                    .or_else(|| month_day(text, &number, day, free, language))
            };
            number.day().and_then(by_day)
        }
        4 => figures_year_first(text, &number, years)
            .or_else(|| year_month_day(text, &number, language))
            .or_else(|| year_day_month(text, &number, language))
            .or_else(|| month_year(text, &number, free, language)),
        8 => compact(text, &number),
        _ => None,
    };
    found.or_else(|| if is_marked(text, number.range.end) { marked(text, at, free) } else { None })
}

/// Returns whether the text after a number may be the mark of a year or month: it is no ASCII letter, digit or sign.
fn is_marked(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("").trim_start_matches([' ', '-']);
    rest.bytes().next().is_some_and(|byte| !byte.is_ascii())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::time::names;
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
    fn every_month_s_name_makes_a_date_in_every_order() {
        let mut wrong = Vec::new();
        for (name, number, language) in names::every_month() {
            let day = format!("2019-{number:02}-03");
            for text in [
                format!("3 {name} 2019"),
                format!("{name} 3, 2019"),
                format!("2019 {name} 3"),
                format!("3. {name} 2019."),
                format!("3-{name}-2019"),
            ] {
                let found = find_dates_in(&text, Some(language)).pop().map(|found| found.date.to_string());
                if found.as_deref() != Some(day.as_str()) {
                    wrong.push(format!("{text} in {language}: {found:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn dates_are_found_as_each_language_writes_them() {
        let mut wrong = Vec::new();
        for (language, text, date) in [
            ("ar", "٣ يناير ٢٠١٩", "2019-01-03"),
            ("ar", "3 كانون الثاني/يناير 2019", "2019-01-03"),
            ("ar", "3 كانون الثاني 2019", "2019-01-03"),
            ("ar", "3 جانفي 2019", "2019-01-03"),
            ("ar", "3 غشت 2019", "2019-08-03"),
            ("ar", "٠٣/٠١/٢٠١٩", "2019-01-03"),
            ("az", "3 yanvar 2019-cu il", "2019-01-03"),
            ("az", "2019-cu il yanvarın 3-ü", "2019-01-03"),
            ("be", "3 студзеня 2019 г.", "2019-01-03"),
            ("bn", "৩ জানুয়ারি ২০১৯", "2019-01-03"),
            ("ca", "3 de gener de 2019", "2019-01-03"),
            ("ca", "3 d’abril de 2019", "2019-04-03"),
            ("cs", "3. ledna 2019", "2019-01-03"),
            ("el", "3 Ιανουαρίου 2019", "2019-01-03"),
            ("en", "3rd day of January, 2019", "2019-01-03"),
            ("en", "17 Jul 99", "1999-07-17"),
            ("en", "Sat, 17 Jul 99 08:00:00 +0200", "1999-07-17"),
            ("en", "Wed, 02 Oct 02 08:00:00 EST", "2002-10-02"),
            ("en", "July 17, ’99", "1999-07-17"),
            ("en", "17 July '68", "2068-07-17"),
            ("et", "3. jaanuaril 2019", "2019-01-03"),
            ("eu", "2019ko urtarrilaren 3a", "2019-01-03"),
            ("fa", "۳ ژانویه ۲۰۱۹", "2019-01-03"),
            ("fa", "۱۳ اسفند ۱۳۹۷", "2019-03-04"),
            ("fa", "۱۳۹۷/۱۲/۱۳", "2019-03-04"),
            ("fi", "tammikuun 3. päivänä 2019", "2019-01-03"),
            ("ga", "3 Meán Fómhair 2019", "2019-09-03"),
            ("he", "3 בינואר 2019", "2019-01-03"),
            ("hi", "३ जनवरी २०१९", "2019-01-03"),
            ("hr", "3. listopada 2019.", "2019-10-03"),
            ("hu", "2019. január 3-án", "2019-01-03"),
            ("hy", "2019 թ. հունվարի 3", "2019-01-03"),
            ("id", "3 Januari 2019", "2019-01-03"),
            ("ja", "2019年1月3日", "2019-01-03"),
            ("ja", "令和元年5月3日", "2019-05-03"),
            ("ja", "２０１９年１月３日（木）", "2019-01-03"),
            ("ka", "2019 წლის 3 იანვარი", "2019-01-03"),
            ("kk", "2019 жылғы 3 қаңтар", "2019-01-03"),
            ("km", "ថ្ងៃទី៣ ខែមករា ឆ្នាំ២០១៩", "2019-01-03"),
            ("ko", "2019년 1월 3일", "2019-01-03"),
            ("ko", "2019. 1. 3.", "2019-01-03"),
            ("ky", "2019-жылдын 3-январы", "2019-01-03"),
            ("lt", "2019 m. sausio 3 d.", "2019-01-03"),
            ("lv", "2019. gada 3. janvārī", "2019-01-03"),
            ("mn", "2019 оны 1-р сарын 3", "2019-01-03"),
            ("mt", "3 ta' Jannar 2019", "2019-01-03"),
            ("my", "၂၀၁၉ ခုနှစ် ဇန်နဝါရီလ ၃ ရက်", "2019-01-03"),
            ("pl", "3 stycznia 2019 r.", "2019-01-03"),
            ("pl", "3 I 2019", "2019-01-03"),
            ("pl", "3.IX.1931", "1931-09-03"),
            ("pt", "1º de janeiro de 2019", "2019-01-01"),
            ("sr", "3. јануара 2019.", "2019-01-03"),
            ("ta", "3 ஜனவரி 2019", "2019-01-03"),
            ("tg", "3 январи соли 2019", "2019-01-03"),
            ("th", "3 มกราคม 2562", "2019-01-03"),
            ("th", "3 ม.ค. 2562", "2019-01-03"),
            ("th", "3 มี.ค. 62", "2019-03-03"),
            ("th", "3 มกราคม พ.ศ. 2562", "2019-01-03"),
            ("th", "วันที่ ๓ มกราคม ๒๕๖๒", "2019-01-03"),
            ("th", "3/1/2562", "2019-01-03"),
            ("tl", "Enero 3, 2019", "2019-01-03"),
            ("tl", "ika-3 ng Enero 2019", "2019-01-03"),
            ("tr", "26 Şubat 1923'te", "1923-02-26"),
            ("uk", "3 січня 2019 року", "2019-01-03"),
            ("uz", "2019-yil 3-yanvar", "2019-01-03"),
            ("vi", "ngày 3 tháng 1 năm 2019", "2019-01-03"),
            ("vi", "3 tháng 1, 2019", "2019-01-03"),
            ("zh", "二〇一九年一月三日", "2019-01-03"),
            ("zh", "中華民國108年1月3日", "2019-01-03"),
            ("", "2019–01–03", "2019-01-03"),
            ("", "13‑01‑2019", "2019-01-13"),
            ("", "13−01−2019", "2019-01-13"),
            ("", "13–Jan–2019", "2019-01-13"),
            ("", "l9 March 1894", "1894-03-19"),
            ("", "19 March I894", "1894-03-19"),
            ("", "Monday, 03/04/2019", "2019-03-04"),
            ("", "03/04/2019 (Mon)", "2019-03-04"),
            ("", "Wed 03/04/2019", "2019-04-03"),
        ] {
            let found = find_dates_in(text, Some(language).filter(|code| !code.is_empty()));
            let found: Vec<_> = found.iter().map(|found| found.date.to_string()).collect();
            if found != [date] {
                wrong.push(format!("{text} in {language}: {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn two_digits_after_a_month_are_a_year_only_where_nothing_is_counted() {
        for text in ["On 26 February 12 people", "26 February 40 boats", "3 May 15:30", "26 Feb 20%", "17 Jul 5"] {
            assert_eq!(find_dates(text), [], "{text}");
        }
        assert!(find_dates("l9 March l894").iter().all(|found| found.misread));
        assert!(find_dates("19 March 1894").iter().all(|found| !found.misread));
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
        find(text, None).1
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
