//! The engine on this machine's disk: the only room that names tantivy.

pub(crate) mod copies;
pub(crate) mod indexer;
mod record;
mod scoring;
pub(crate) mod snapshot;
pub(crate) mod state;
pub(crate) mod storage;
pub(crate) mod upkeep;

#[cfg(test)]
mod tests;
