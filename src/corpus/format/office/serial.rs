//! Numbers of cells as a person sees them: dates, times, percentages (ECMA-376, part 1, 18.8.30).

use crate::time::Date;

/// The day from which a workbook counts its days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900, and 1900 has a 29 February.
    #[default]
    Since1900,
    /// Day 0 is 1 January 1904.
    Since1904,
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    #[default]
    Number,
    Percent,
    Day,
    DayAndTime,
    Time,
}

impl Shown {
    /// By the number of a format that every program knows.
    pub(super) fn of_built_in(number: u32) -> Shown {
        match number {
            9 | 10 => Shown::Percent,
            14..=17 | 27..=31 | 34..=36 | 50..=54 | 57..=58 => Shown::Day,
            18..=21 | 32..=33 | 45..=47 | 55..=56 => Shown::Time,
            22 => Shown::DayAndTime,
            _ => Shown::Number,
        }
    }

    /// By a format as it is written: `dd/mm/yyyy hh:mm`.
    pub(super) fn of_code(code: &str) -> Shown {
        // Negative numbers and texts have formats of their own behind semicolons.
        let code = code.split(';').next().unwrap_or(code);
        let (mut day, mut time, mut month, mut percent) = (false, false, false, false);
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => drop(letters.by_ref().find(|letter| *letter == '"')),
                '\\' | '_' | '*' => drop(letters.next()),
                '[' => {
                    let within: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                    let within = within.to_ascii_lowercase();
                    time |= !within.is_empty()
                        && ["h", "m", "s"].iter().any(|unit| within.trim_matches(|c| unit.contains(c)).is_empty());
                }
                'G' | 'g' if letters.as_str().to_ascii_lowercase().starts_with("eneral") => return Shown::Number,
                'y' | 'Y' | 'd' | 'D' => day = true,
                'h' | 'H' | 's' | 'S' => time = true,
                'm' | 'M' => month = true,
                '%' => percent = true,
                _ => {}
            }
        }
        match (day || month && !time, time) {
            (true, true) => Shown::DayAndTime,
            (true, false) => Shown::Day,
            (false, true) => Shown::Time,
            (false, false) if percent => Shown::Percent,
            (false, false) => Shown::Number,
        }
    }
}

/// A number as it is shown.
pub(super) fn shown(value: f64, how: Shown, epoch: Epoch) -> String {
    match how {
        Shown::Number => number(value),
        Shown::Percent => format!("{}%", number(value * 100.0)),
        Shown::Time => clock(value),
        Shown::Day | Shown::DayAndTime => match day(value.floor(), epoch) {
            Some(day) if how == Shown::DayAndTime => format!("{day} {}", clock(value.fract())),
            Some(day) => day.to_string(),
            None => number(value),
        },
    }
}

fn day(serial: f64, epoch: Epoch) -> Option<Date> {
    // No program shows days before its own first one, nor after the year 9999.
    if !(0.0..=2_958_465.0).contains(&serial) {
        return None;
    }
    let serial = serial as i32;
    let number = match epoch {
        Epoch::Since1904 => serial - 24_107,
        Epoch::Since1900 if serial < 1 => return None,
        Epoch::Since1900 if serial < 60 => serial - 25_568,
        Epoch::Since1900 => serial - 25_569,
    };
    Some(Date::from_day_number(number))
}

/// A part of a day as a time; hours go on after 24.
fn clock(value: f64) -> String {
    let seconds = (value * 86_400.0).round();
    if !(0.0..=1e12).contains(&seconds) {
        return number(value);
    }
    let seconds = seconds as u64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match rest {
        0 => format!("{hours:02}:{minutes:02}"),
        _ => format!("{hours:02}:{minutes:02}:{rest:02}"),
    }
}

/// A number of 15 figures, as spreadsheets show them.
fn number(value: f64) -> String {
    let value: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let size = value.abs();
    if size != 0.0 && !(1e-9..1e15).contains(&size) { format!("{value:e}") } else { format!("{value}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_dates_are_told_from_others() {
        for (code, expected) in [
            ("General", Shown::Number),
            ("0.00", Shown::Number),
            ("0.00%", Shown::Percent),
            ("dd/mm/yyyy", Shown::Day),
            ("mmm-yy", Shown::Day),
            ("mmmm", Shown::Day),
            ("yyyy-mm-dd hh:mm", Shown::DayAndTime),
            ("[h]:mm", Shown::Time),
            ("mm:ss", Shown::Time),
            ("#,##0 \"days\"", Shown::Number),
            ("[Red]0", Shown::Number),
            ("[$-409]d. mmmm yyyy;@", Shown::Day),
            ("0\\d", Shown::Number),
        ] {
            assert_eq!(Shown::of_code(code), expected, "{code}");
        }
    }

    #[test]
    fn both_calendars_count_from_their_own_first_day() {
        for (value, how, epoch, expected) in [
            (1.0, Shown::Day, Epoch::Since1900, "1900-01-01"),
            (59.0, Shown::Day, Epoch::Since1900, "1900-02-28"),
            (61.0, Shown::Day, Epoch::Since1900, "1900-03-01"),
            (44_197.0, Shown::Day, Epoch::Since1900, "2021-01-01"),
            (42_735.0, Shown::Day, Epoch::Since1904, "2021-01-01"),
            (44_197.423_726_85, Shown::DayAndTime, Epoch::Since1900, "2021-01-01 10:10:10"),
            (1.5, Shown::Time, Epoch::Since1900, "36:00"),
            (0.125, Shown::Percent, Epoch::Since1900, "12.5%"),
            (0.1 + 0.2, Shown::Number, Epoch::Since1900, "0.3"),
            (-1.0, Shown::Day, Epoch::Since1900, "-1"),
            (1e300, Shown::Day, Epoch::Since1900, "1e300"),
            (f64::NAN, Shown::Time, Epoch::Since1900, "NaN"),
        ] {
            assert_eq!(shown(value, how, epoch), expected, "{value}");
        }
    }
}
