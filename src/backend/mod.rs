//! The seam between what is asked and the engine that answers.
//!
//! [`Backend`](reader::Backend) is one state of an index as an engine keeps it: the documents that match a compiled question, their
//! order, counts over them, the index's words and copies, and the documents themselves. The room above it (`search`) is
//! written once, for any engine. The room below it (`index`) knows one engine and no question.
//! [`BackendWriter`](writer::BackendWriter) is the other half: what `indexer` writes through.
//!
//! A question reaches an engine in two parts. A [`Clause`](clause::Clause) is a tree of stems, words, phrases and
//! intervals whose words were looked up already; a [`Filter`](filter::Filter) is conditions on the columns of a
//! document. A document is named by a [`Doc`](found::Doc), which only the engine that gave it can read, and which is
//! valid for one state of the index; its key stays the same wherever and whenever it is stored.
//!
//! What engines do alike stands here too: [`pairs`] finds documents that share text, and [`stories`] makes stories of them.
//!
//! The invariant: an engine answers exactly. Totals, days, sources and mentions count every document that matches and
//! was not removed, and scores are BM25 (see [`bm25`]) over all documents. Equal scores are ordered by key.

pub(crate) mod bm25;
pub(crate) mod clause;
pub(crate) mod copies;
pub(crate) mod counts;
pub(crate) mod day_histogram;
#[cfg(any(test, feature = "cluster"))]
pub(crate) mod definition;
pub(crate) mod earliest;
pub(crate) mod filter;
pub(crate) mod found;
pub(crate) mod memory_budget;
pub(crate) mod own_field;
pub(crate) mod pairs;
pub(crate) mod reader;
pub(crate) mod record;
pub(crate) mod stories;
pub(crate) mod wildcards;
pub(crate) mod writer;
