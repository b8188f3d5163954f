//! Answers as plain data. Knows no engine.

pub(crate) mod comparison;
pub(crate) mod copies;
pub(crate) mod cursor;
pub(crate) mod dates;
pub(crate) mod first;
pub(crate) mod search;
pub(crate) mod steps;
