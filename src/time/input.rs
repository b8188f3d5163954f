//! What a person types for a date or a range of dates.

use super::date::{Date, DateRange};
use crate::error::{Error, ErrorKind, Result};

/// A range of days as read, and what there is to say about the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadDates {
    /// The days.
    pub range: DateRange,
    /// What was read otherwise than typed.
    pub notes: Vec<String>,
}

/// Reads a date or `a..b`. Fails if the words name no date.
pub fn parse_dates(text: &str, today: Date) -> Result<ReadDates> {
    let text = text.trim();
    if text == "yesterday" {
        return Ok(ReadDates { range: Date::from_day_number(today.first_day() - 1).into(), notes: Vec::new() });
    }
    let mut notes = Vec::new();
    let range = match text.split_once("..") {
        None => text.parse::<Date>()?.range(),
        Some(("", "")) => return Err(Error::new(ErrorKind::Date, "\"..\" names no date")),
        Some((from, to)) => {
            let end = |text: &str| if text.is_empty() { Ok(None) } else { text.parse::<Date>().map(Some) };
            let (from, to) = (end(from)?, end(to)?);
            if let (Some(from), Some(to)) = (from, to)
                && from.first_day() > to.last_day()
            {
                notes.push(format!("{from} is after {to}: swapped"));
            }
            DateRange::new(from, to)
        }
    };
    Ok(ReadDates { range, notes })
}
