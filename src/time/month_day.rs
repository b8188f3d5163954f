//! A month and day whose year is not known.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date::Date;
use crate::error::{Error, ErrorKind, Result};

/// A month and day without a year, as datelines have them.
///
/// Written and parsed as `XXXX-03-03`, the way of the Extended Date/Time Format (ISO 8601-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: u8,
    day: u8,
}

impl MonthDay {
    /// A month, 1 to 12, and a day of it. Fails if no year has such a day.
    pub fn new(month: u32, day: u32) -> Result<MonthDay> {
        MonthDay::of_calendar(month, day)
            .ok_or_else(|| Error::new(ErrorKind::Date, format!("there is no day XXXX-{month:02}-{day:02} in any year")))
    }

    pub(crate) fn of_calendar(month: u32, day: u32) -> Option<MonthDay> {
        // A leap year has all days there are.
        Date::day_of_calendar(2000, month, day)?;
        Some(MonthDay { month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? })
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        u32::from(self.month)
    }

    /// The day, 1 to 31.
    pub fn day(self) -> u32 {
        u32::from(self.day)
    }

    /// The day in that year, if the calendar has it.
    pub fn in_year(self, year: i32) -> Option<Date> {
        Date::day_of_calendar(year, self.month(), self.day())
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "XXXX-{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for MonthDay {
    type Err = Error;

    fn from_str(text: &str) -> Result<MonthDay> {
        let two =
            |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?;
        let parts = text.strip_prefix("XXXX-").and_then(|rest| rest.split_once('-'));
        match parts.and_then(|(month, day)| Some((two(month)?, two(day)?))) {
            Some((month, day)) => MonthDay::new(month, day),
            None => {
                Err(Error::new(ErrorKind::Date, format!("'{text}' is not a month and day"))
                    .hint("write it as XXXX-03-26"))
            }
        }
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<MonthDay, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_days_of_some_year_are_taken() {
        for text in ["XXXX-03-26", "XXXX-02-29", "XXXX-12-31"] {
            assert_eq!(text.parse::<MonthDay>().unwrap().to_string(), text);
        }
        for text in ["", "XXXX-02-30", "XXXX-13-01", "XXXX-1-1", "2023-03-26", "XXXX-00-10", "XXXX-+1-10"] {
            assert!(text.parse::<MonthDay>().is_err(), "{text}");
        }
        let leap = MonthDay::new(2, 29).unwrap();
        assert_eq!(leap.in_year(2024).unwrap().to_string(), "2024-02-29");
        assert_eq!(leap.in_year(2023), None);
    }
}
