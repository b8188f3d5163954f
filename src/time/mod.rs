//! The calendar: dates, ranges of days, and how people and texts write them. Knows no file and no index.

mod around;
mod date;
mod expression;
mod figures;
mod input;
mod input_examples;
mod mention;
mod month_day;
mod names;
mod period;
mod typed;
mod unit;

pub use date::{Date, DateRange, Precision};
pub(crate) use expression::{Written, find as find_dates_and_partial, find_dates};
pub use input::{ReadDates, parse_dates};
pub use mention::{Mention, MentionCertainty, MentionContext, MentionKind, MentionRule, mentions};
pub use month_day::MonthDay;
pub(crate) use names::{folded, month as month_number, weekday as weekday_number};
