//! The calendar: dates, ranges of days, and how people and texts write them. Knows no file and no index.

mod date;
mod input;

pub use date::{Date, DateRange, Precision};
pub use input::{ReadDates, parse_dates};
