//! Asking: what a question means in an index, and the answer to it. Everything here is written once, over any
//! [`Backend`](crate::backend::reader::Backend).
//!
//! [`Index`](index::Index) is the handle that everything begins with, [`CurrentIndex`](current::CurrentIndex) keeps one up to date, and [`Search`](builder::Search) the builder of
//! one question. It collects what is asked into a [`request`]; [`matched`] reads that against one state of the index;
//! [`answer`] runs it. A question goes through these steps:
//!
//! 1. [`compile`] makes clauses, a filter and the terms to look for in texts, and the back end walks the documents.
//! 2. [`collapse`] learns which of the matching documents are copies of others. Copies are refused by the filter from
//!    then on, as if they did not match, so pages stay whole and hold each document once.
//! 3. [`rerank`] lifts documents that have the exact words and, where any of six or more words would do, [`feedback`]
//!    lifts those that share words with the ten best. Where all words are asked for, the typed words alone decide.
//! 4. The texts of a block of candidates are read, and [`crate::passages`] chooses, scores and marks their passages;
//!    [`rerank`] mixes both scores.
//!
//! If no document has all the words, the question is compiled again for the best match, and a note says so;
//! [`why_empty`] says which part of a question has no document. [`timeline`], [`facets`] and [`own_fields`] count over
//! all matches, [`compare`] asks several questions at once, [`first`] looks for the earliest documents, [`figures`] for
//! numbers, [`copy_report`] lists stories of copies, [`explain`] takes a score apart. [`field_names`] knows which field
//! somebody meant.
//!
//! The invariant: every answer is plain data of [`crate::answer`], and none depends on the time of day or on threads.

pub(crate) mod answer;
pub(crate) mod builder;
pub(crate) mod collapse;
pub(crate) mod compare;
pub(crate) mod compile;
pub(crate) mod copy_report;
pub(crate) mod current;
pub(crate) mod engine;
pub(crate) mod explain;
pub(crate) mod facets;
pub(crate) mod feedback;
pub(crate) mod field_names;
pub(crate) mod figures;
pub(crate) mod first;
pub(crate) mod index;
pub(crate) mod matched;
pub(crate) mod own_fields;
pub(crate) mod request;
pub(crate) mod rerank;
pub(crate) mod timeline;
pub(crate) mod why_empty;

#[cfg(test)]
mod histories;
#[cfg(test)]
pub(crate) mod tests;
