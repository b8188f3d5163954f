//! One state of the index, opened for reading.
//!
//! [`shared`] is what all clones of an index share: the engine, its reader, the fields, the folder. [`view`] is one
//! snapshot of it, and what is worth keeping from one search to the next: columns, the languages present, stems, BM25's
//! length table. [`statistics`] are the numbers that scores are made of, those of living documents.
//!
//! The invariant: a snapshot never changes. A search sees the last commit as of opening or the last `reload`, whatever
//! others write meanwhile, and never waits for a writer. Columns are opened when they are first asked for, so a program
//! that asks one question opens only what that question needs.

pub(crate) mod shared;
pub(crate) mod statistics;
pub(crate) mod view;
