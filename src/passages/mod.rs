//! Passages of a text, chosen and marked for a question. This room knows text and question alone, and no engine.
//!
//! A document is found as a whole and read by its passages. [`query_terms`] says what a question looks for in a text:
//! words, phrases, words with positions ([`slot`], [`intervals`]), days spoken of ([`about`]). [`match_terms`],
//! [`match_intervals`] and [`match_dates`] find them in a text. [`excerpt`] scores the passages, chooses those to show
//! and marks what matched.
//!
//! The invariant: the same rules find and mark. [`intervals`] works on positions alone, so an engine's postings and the
//! words of a text are judged by the same code, and what is marked is the same whichever engine found the document.
//!
//! An engine's own snippets do not serve: tantivy's count bytes as characters, cut anywhere, and mark a phrase's words
//! wherever they stand.

pub(crate) mod about;
pub(crate) mod assignment;
pub(crate) mod excerpt;
pub(crate) mod intervals;
pub(crate) mod match_dates;
pub(crate) mod match_intervals;
pub(crate) mod match_terms;
pub(crate) mod position_spans;
pub(crate) mod query_terms;
pub(crate) mod slot;
