//! Which documents are copies of which.
//!
//! Two documents are compared by their fingerprints ([`crate::text`] makes them): [`crate::backend::pairs`] finds which share how much
//! of their text. [`crate::backend::stories`] makes stories of the pairs: a lead, which was published first, and the documents that
//! took it over, with the figures each of them changed. [`list_writer`] writes the result as a file beside the commit,
//! [`list`] reads from that file only what a question needs, and [`by_document`] addresses it by the documents of one
//! snapshot.
//!
//! The invariant: documents are named by numbers that no other document ever gets. So the list may be older than the
//! index. It tells up to which number documents have been compared, and a machine that stops in between leaves the rest
//! for the next update.
//!
//! What is boilerplate is told by the documents there are when two are compared, so the shares of documents with much of
//! it may differ by the updates in which an archive grew. Those of one update are compared by their days, whichever thread
//! came to them first.
//!
//! New documents are compared with all others by a column of fingerprints, segment by segment: a few nanoseconds for
//! each stored hash and about a tenth of a microsecond a document, once for every million new hashes. Only documents
//! that share hashes are then compared with each other. Texts are read, for figures that differ, only of documents that
//! got or lost a copy.

pub(crate) mod by_document;
pub(crate) mod list;
pub(crate) mod list_writer;
