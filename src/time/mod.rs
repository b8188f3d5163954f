//! The calendar: dates, ranges of days, and how people and texts write them. Knows no file and no index.

mod date;

pub use date::{Date, DateRange, Precision};
