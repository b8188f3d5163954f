//! From a question to what a back end is asked.
//!
//! [`compiler`] turns a [`Query`](crate::query::Query) into three things: clauses that find and score, a filter on
//! columns that passes or refuses, and what to look for in texts when passages are chosen. It asks [`vocabulary`] which
//! terms stand for each word in the languages that the index has; [`terms`] makes clauses of them (stems, names in
//! other alphabets, synonyms). Words whose positions matter, and patterns, go through [`intervals`], which finds the
//! words that stand for each in the index's own dictionary ([`expand`]). [`typed_word`] is one word as it was typed.
//! [`spelling`] finds words of the index near to one that is missing, and names in other letters; [`kindred`] finds
//! compounds and spellings without umlauts.
//!
//! The invariant: the same question on the same index always finds the same documents, in bounded time. [`budget`]
//! limits how much of the index the patterns of one question may read, by counts of postings and never by a clock.
//! Beyond that the rarer words of a pattern are left out, and a note says so.
//!
//! An engine's own query parser is not used. Tantivy's fails on an apostrophe, and it reads `kill*` as `kill` without a
//! word. So [`crate::query`] is ours, and this room builds the clauses.

pub(crate) mod budget;
pub(crate) mod compiler;
pub(crate) mod expand;
pub(crate) mod intervals;
pub(crate) mod kindred;
pub(crate) mod spelling;
pub(crate) mod stop_words;
pub(crate) mod terms;
pub(crate) mod typed_word;
pub(crate) mod vocabulary;
