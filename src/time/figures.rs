//! Numbers in a text, and dates written in figures alone.

use std::ops::Range;

use super::date::Date;

/// Years that a bare number in prose can be.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=9999;

/// What stands around one number.
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: Option<u32>,
    /// Whether day and month are figures that may be exchanged.
    pub(super) exchangeable: bool,
}

/// A run of digits.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) range: Range<usize>,
    pub(super) value: u32,
}

impl Number {
    pub(super) fn digits(&self) -> usize {
        self.range.len()
    }

    /// The number that begins at `at`, of at most eight digits.
    pub(super) fn at(text: &str, at: usize) -> Option<Number> {
        let digits = text.as_bytes().get(at..)?.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
        let value = (1..=8).contains(&digits).then(|| text.get(at..at + digits))??.parse().ok()?;
        Some(Number { range: at..at + digits, value })
    }

    pub(super) fn year(&self) -> Option<i32> {
        (self.digits() == 4 && YEARS.contains(&self.value)).then_some(self.value as i32)
    }

    /// A year by its last two digits: 69 to 99 mean 1969 to 1999, the rest 2000 to 2068, as POSIX has it.
    pub(super) fn short_year(&self) -> Option<i32> {
        (self.digits() == 2).then(|| self.value as i32 + if self.value >= 69 { 1900 } else { 2000 })
    }

    pub(super) fn day(&self) -> Option<u32> {
        (self.digits() <= 2 && (1..=31).contains(&self.value)).then_some(self.value)
    }
}

/// Neither a digit nor a sign that makes the figures part of something longer: `10.0.26.02.2023`, `1-26/02/2023`.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    let joined = |byte: &u8| byte.is_ascii_digit();
    let open = match before {
        Some(b'.' | b'/' | b'-' | b':' | b',') => {
            !range.start.checked_sub(2).and_then(|at| bytes.get(at)).is_some_and(joined)
        }
        Some(b'$' | b'#' | b'%') => false,
        Some(byte) => !byte.is_ascii_alphanumeric(),
        None => true,
    };
    let closed = match bytes.get(range.end) {
        Some(b'.' | b'/' | b'-' | b',') => !bytes.get(range.end + 1).is_some_and(joined),
        Some(b'%') => false,
        // `2023-02-26T10:00`, `2023-02-26Z`
        Some(byte) => !byte.is_ascii_alphanumeric() || matches!(byte, b'T' | b't' | b'Z'),
        None => true,
    };
    open && closed
}

/// `2023-02-26`, `2023/02/26`, `2023.02.26`, `2023年2月26日`.
pub(super) fn figures_year_first(text: &str, number: &Number) -> Option<Found> {
    let year = number.year()?;
    let sign = text.get(number.range.end..)?.chars().next()?;
    // `2020. 08. 18.`
    let spaced = |at: usize| if sign == '.' && text.as_bytes().get(at) == Some(&b' ') { at + 1 } else { at };
    let month = Number::at(text, spaced(number.range.end + sign.len_utf8()))?;
    let second = text.get(month.range.end..)?.chars().next()?;
    let day = Number::at(text, spaced(month.range.end + second.len_utf8()));
    let found = |end, day| {
        let (range, month) = (number.range.start..end, month.value);
        Some(Found { range, year: Some(year), month, day, exchangeable: false })
    };
    match (sign, second) {
        ('-' | '/' | '.' | '\u{2010}' | '\u{2011}', _) if sign == second => {
            let day = day.filter(|day| day.digits() == month.digits() || sign != '.')?;
            Date::day_of_calendar(year, month.value, day.day()?)?;
            stands_alone(text, &(number.range.start..day.range.end)).then(|| found(day.range.end, day.day()))?
        }
        ('年' | '년', '月' | '월') => match day.and_then(|day| Some((day.day()?, day.range.end))) {
            Some((day, end)) => found(end + text.get(end..)?.chars().next().map_or(0, char::len_utf8), Some(day)),
            None => found(month.range.end + second.len_utf8(), None),
        },
        _ => None,
    }
}

/// `20230226`, between the years 1800 and 2199: other runs of eight digits are seldom dates.
pub(super) fn compact(text: &str, number: &Number) -> Option<Found> {
    let (year, month, day) = (number.value / 10_000, number.value / 100 % 100, number.value % 100);
    let date = Date::day_of_calendar(year as i32, month, day)?;
    let range = number.range.clone();
    let alone = (1800..2200).contains(&year) && stands_alone(text, &range);
    alone.then_some(Found { range, year: Some(date.year()), month, day: Some(day), exchangeable: false })
}

/// `26.02.2023`, `26/02/2023`, `02/26/2023`, `26-02-2023`, and with a year of two digits if all have two.
pub(super) fn figures_day_first(text: &str, number: &Number) -> Option<Found> {
    let bytes = text.as_bytes();
    let sign = *bytes.get(number.range.end)?;
    if !matches!(sign, b'.' | b'/' | b'-') {
        return None;
    }
    // `26. 02. 2023`
    let spaced = |at: usize| if sign == b'.' && bytes.get(at) == Some(&b' ') { at + 1 } else { at };
    let second = Number::at(text, spaced(number.range.end + 1))?;
    if bytes.get(second.range.end) != Some(&sign) || second.digits() > 2 {
        return None;
    }
    let last = Number::at(text, spaced(second.range.end + 1))?;
    let short = || last.short_year().filter(|_| number.digits() == 2 && second.digits() == 2 && sign != b'-');
    let year = last.year().or_else(short)?;
    let range = number.range.start..last.range.end;
    // `2020. 08. 18. 21:35`: a year of two digits is not an hour.
    if !stands_alone(text, &range) || last.digits() == 2 && bytes.get(last.range.end) == Some(&b':') {
        return None;
    }
    let (day, month) = if second.value > 12 { (second.value, number.value) } else { (number.value, second.value) };
    Date::day_of_calendar(year, month, day)?;
    let exchangeable = sign != b'.' && day <= 12 && month <= 12;
    Some(Found { range, year: Some(year), month, day: Some(day), exchangeable })
}
