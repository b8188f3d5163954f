//! Passages of a text, chosen and marked for a question. Knows text and question alone, and no engine.

pub(crate) mod about;
pub(crate) mod excerpt;
pub(crate) mod intervals;
pub(crate) mod match_dates;
pub(crate) mod match_intervals;
pub(crate) mod match_terms;
pub(crate) mod query_terms;
pub(crate) mod slot;
