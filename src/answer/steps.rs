//! The steps of a timeline: years, months, weeks and days of the calendar, numbered.

use super::timeline::Unit;
use crate::time::Date;

/// Numbers the steps of a unit one after the other, so that gaps can be filled.
pub(crate) fn step_of(day: i32, unit: Unit) -> i32 {
    let date = Date::from_day_number(day);
    match unit {
        Unit::Year => date.year(),
        Unit::Month => date.year() * 12 + date.month().unwrap_or(1) as i32 - 1,
        // 1 January 1970 was a Thursday.
        Unit::Week => (day + 3).div_euclid(7),
        Unit::Day => day,
    }
}

/// The first day of a step.
pub(crate) fn start_of(step: i32, unit: Unit) -> Date {
    let first = match unit {
        Unit::Year => Date::from_ymd(step, 1, 1),
        Unit::Month => Date::from_ymd(step.div_euclid(12), step.rem_euclid(12) as u32 + 1, 1),
        Unit::Week => Ok(Date::from_day_number(step * 7 - 3)),
        Unit::Day => Ok(Date::from_day_number(step)),
    };
    first.unwrap_or(Date::MIN)
}

/// The name of a step, and its first day.
pub(crate) fn name(step: i32, unit: Unit) -> (String, Date) {
    let first = start_of(step, unit);
    let label = match unit {
        Unit::Year => format!("{:04}", first.year()),
        Unit::Month => format!("{:04}-{:02}", first.year(), first.month().unwrap_or(1)),
        Unit::Week => {
            // ISO 8601: a week belongs to the year that its Thursday is in.
            let thursday = Date::from_day_number(first.first_day() + 3);
            let new_year = Date::from_ymd(thursday.year(), 1, 1).unwrap_or(Date::MIN);
            let week = (thursday.first_day() - new_year.first_day()) / 7 + 1;
            format!("{:04}-W{week:02}", thursday.year())
        }
        Unit::Day => first.to_string(),
    };
    (label, first)
}
