//! A second engine, in memory and by brute force: it looks at every document for every question.
//!
//! It is there for tests. What it answers has to be what the index on the disk answers, so it proves that nothing above
//! [`Backend`](crate::backend::Backend) knows which engine it asks, and it is the judge of what the quick one finds. It
//! shares the analysis of texts with the index (`text`, `time`), and nothing of how documents are stored, found,
//! counted or scored. It knows nothing of copies: every document stands for itself.

mod analysed;
pub(crate) mod engine;
mod evaluate;
mod statistics;
