//! A second engine for tests, in memory and by brute force: it looks at every document for every question.
//!
//! Its answers must be those of the index on the disk. So it proves that nothing above
//! [`Backend`](crate::backend::reader::Backend) knows which engine it asks, and it judges what the fast engine finds. It
//! shares the analysis of texts with the index (`text`, `time`) and the formula of BM25 (`backend`), and nothing of how
//! documents are stored, found or counted. What matches is said by [`crate::backend::definition`]. Of copies it compares all pairs, and keeps no list. [`writer`] is its writing
//! half, a list of documents.

mod copies;
mod edits;
pub(crate) mod engine;
pub(crate) mod writer;
