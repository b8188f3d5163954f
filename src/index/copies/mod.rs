//! Which documents are copies of which: pairs of fingerprints, the stories they make, and the list that is stored.

pub(crate) mod by_document;
pub(crate) mod list;
pub(crate) mod list_writer;
pub(crate) mod pairs;
pub(crate) mod stories;
