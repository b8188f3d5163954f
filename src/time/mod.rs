//! The calendar: dates, ranges of days, and how people and texts write them. This room knows no file and no index.
//!
//! `date` has the main types: `Date`, a day, a month or a year without clock or zone, and `DateRange`, with both ends
//! included. `input` reads what a person types to name days, with `typed` for one date and `period` for named
//! stretches. `expression` finds absolute dates in a text: `figures` those in figures alone, `named_dates` those
//! with a month's name, `east_asian` those whose parts have marks; `around` and `particles` know what may stand
//! beside a number, `numerals` the digits of all scripts, `calendars` the Solar Hijri, Buddhist and era years, and
//! `misread` figures that a scanner took for letters. `catalogue` reads the doubtful dates of library catalogues.
//! `mention` finds all times that a text speaks of. `names` has months and weekdays in the languages papers are
//! written in.
//!
//! The invariant: a date is no more precise than what was written. A month stays a month, and every reading is total:
//! text that names no day gives none, and never an error.

mod around;
mod calendars;
mod catalogue;
mod date;
mod east_asian;
mod expression;
mod figures;
mod input;
mod input_examples;
mod mention;
mod misread;
mod month_day;
mod named_dates;
mod names;
mod numerals;
mod particles;
mod period;
pub(crate) mod precision;
mod typed;
mod unit;
mod weekday_beside;

pub(crate) use calendars::Calendar;
pub(crate) use catalogue::catalogue_date;
pub use date::{Date, DateRange};
pub(crate) use expression::{Written, find as find_dates_and_partial, find_dates, find_dates_in};
pub use input::{ReadDates, parse_dates, parse_ends};
pub use mention::{Mention, MentionCertainty, MentionContext, MentionKind, MentionRule, mentions};
pub use month_day::MonthDay;
pub(crate) use names::{folded, month as month_number, weekday as weekday_number, weekday_in};
pub(crate) use numerals::is_digit;
pub use precision::Precision;
