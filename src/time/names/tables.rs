//! The names of months and weekdays in order, as `tables.py` writes them from Unicode's CLDR.

/// A name, what it means (1 is January or Monday), and in which languages (ISO 639-1, set apart by spaces).
pub(super) type Row = (&'static str, &'static [(u8, &'static str)]);

include!("tables.in");
