//! The engine on this machine's disk. This is the only room that names tantivy.
//!
//! It implements both halves of the seam: [`state`] is one state of an index as [`crate::search`] asks for it, the
//! writer of [`writing`] is what [`crate::indexer`] writes to. The rooms inside, from the ground up: [`storage`] the folder on the disk, [`record`] one document as the engine
//! keeps it, [`copies`] which documents are copies, [`snapshot`] one state opened for reading, [`scoring`] queries,
//! scorers and collectors, [`writing`] from documents to a commit, [`upkeep`] checking and mending.
//!
//! The invariant: the searching half ([`scoring`], [`state`]) and the writing half ([`writing`], [`upkeep`]) never name
//! each other. They meet at [`record`], whose `schema` says what a record has. Nothing here knows a question: what is
//! asked comes as clauses and filters.
//!
//! An index is a cache of files. Everything in it can be made again, except documents that a program added.
//!
//! Three facts of the engine hold for all rooms. Its dates are nanoseconds in 64 bits and wrap outside 1677 to 2262, so
//! days are stored as numbers. A phrase under NOT that matches nowhere trips one of its debug assertions, though the
//! answer is right, so the dev profile turns assertions off for that one package. A panic of the engine ends at the
//! border of this room as an error (`storage::error::guarded`).
//!
//! Events go to `tracing` only where rooms meet: on opening, comparing files, reading a file, committing, merging,
//! asking.

pub(crate) mod copies;
mod record;
mod scoring;
pub(crate) mod snapshot;
pub(crate) mod state;
pub(crate) mod storage;
pub(crate) mod upkeep;
pub(crate) mod writing;

#[cfg(test)]
mod tests;
