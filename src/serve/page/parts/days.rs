//! Days in words, as precise as they are known.

use super::locale::Locale;
use super::words::Word;
use crate::{Date, DateRange, Doubt, Precision};

/// A date: `4 March 1992`, `March 1992`, `1992`. A month is a word, since 02/03 is two days.
pub(in super::super) fn date(locale: Locale, date: Date) -> String {
    let month = || locale.month(date.month().unwrap_or(1));
    match date.precision() {
        Precision::Day => format!("{} {} {}", date.day().unwrap_or(1), month(), date.year()),
        Precision::Month => format!("{} {}", month(), date.year()),
        Precision::Year => date.year().to_string(),
    }
}

/// A date, or that there is none.
pub(in super::super) fn date_or_none(locale: Locale, day: Option<Date>) -> String {
    day.map_or_else(|| locale.say(Word::Undated).to_owned(), |day| date(locale, day))
}

/// The weekday of a date that is known to the day.
pub(in super::super) fn weekday(locale: Locale, date: Date) -> Option<&'static str> {
    date.day().map(|_| locale.weekday(date.weekday()))
}

/// Days in the shortest words: `25 to 26 February 1992`, `February 1992`, `from 4 March 1992`. None for all days.
pub(in super::super) fn range(locale: Locale, range: DateRange) -> Option<String> {
    let (first, last) = match (range.first(), range.last()) {
        (Some(first), Some(last)) => (first, last),
        (Some(first), None) => return Some(locale.fill(Word::FromDay, &[("day", &date(locale, first))])),
        (None, Some(last)) => return Some(locale.fill(Word::UntilDay, &[("day", &date(locale, last))])),
        (None, None) => return None,
    };
    if let Some(whole) = whole(range, first) {
        return Some(date(locale, whole));
    }
    let (month, year) = (first.month() == last.month(), first.year() == last.year());
    let begin = match (whole_years(range, first, last), year, month) {
        (true, ..) => {
            let ends = (first.year().to_string(), last.year().to_string());
            return Some(between(locale, &ends.0, &ends.1));
        }
        (_, true, true) => first.day().unwrap_or(1).to_string(),
        (_, true, false) => format!("{} {}", first.day().unwrap_or(1), locale.month(first.month().unwrap_or(1))),
        (_, false, _) => date(locale, first),
    };
    Some(between(locale, &begin, &date(locale, last)))
}

fn between(locale: Locale, a: &str, b: &str) -> String {
    locale.fill(Word::Days, &[("a", a), ("b", b)])
}

/// The day, month or year that a range is exactly.
pub(in super::super) fn whole(range: DateRange, first: Date) -> Option<Date> {
    let year = Date::from_year(first.year()).ok();
    let month = first.month().and_then(|month| Date::from_ym(first.year(), month).ok());
    [year, month, Some(first)].into_iter().flatten().find(|date| date.range() == range)
}

fn whole_years(range: DateRange, first: Date, last: Date) -> bool {
    let years = |date: Date| Date::from_year(date.year()).map(Date::range).unwrap_or_default();
    years(first).first_number() == range.first_number() && years(last).last_number() == range.last_number()
}

/// Why a date is to be checked, in words.
pub(in super::super) fn doubt(doubt: Doubt, precision: Option<Precision>) -> Word {
    match (doubt, precision) {
        (Doubt::Undated, _) => Word::DoubtUndated,
        (Doubt::Conflicting, _) => Word::DoubtConflicting,
        (Doubt::Future, _) => Word::DoubtFuture,
        (Doubt::Weak, Some(Precision::Month)) => Word::DoubtDay,
        (Doubt::Weak, Some(Precision::Year)) => Word::DoubtMonth,
        (Doubt::Weak, _) => Word::DoubtWeak,
        (Doubt::Uncertain, _) => Word::DoubtUncertain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_in_the_shortest_words() {
        for (from, to, told) in [
            ("1992-02-25", "1992-02-25", "25 February 1992"),
            ("1992-02-25", "1992-02-26", "25 to 26 February 1992"),
            ("1992-02-25", "1992-03-05", "25 February to 5 March 1992"),
            ("1991-12-30", "1992-01-02", "30 December 1991 to 2 January 1992"),
            ("1992-02", "1992-02", "February 1992"),
            ("1992", "1992", "1992"),
            ("1990", "1999", "1990 to 1999"),
            ("1992", "", "from 1 January 1992"),
            ("", "1992", "until 31 December 1992"),
        ] {
            let days = DateRange::new(from.parse().ok(), to.parse().ok());
            assert_eq!(range(Locale::English, days).as_deref(), Some(told));
        }
        assert_eq!(range(Locale::English, DateRange::all()), None);
    }

    #[test]
    fn a_coarse_date_stays_coarse() {
        let told = |date: &str| super::date(Locale::Arabic, date.parse().unwrap_or(Date::MIN));
        assert_eq!([told("1992-03-04"), told("1992-03"), told("1992")], ["4 مارس 1992", "مارس 1992", "1992"]);
    }
}
