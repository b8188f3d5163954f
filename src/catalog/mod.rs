//! The catalog of an index: every file that was seen, with its size, time, content hash and outcome.
//!
//! [`files`] is the list, [`file_state`] one file of it, [`archives`] the folders that they lie in and what of them is
//! left out, [`encoded`] makes bytes of it, and [`public_paths`] their paths as others than their owner are told them. An update compares the folders
//! with the catalog of the last commit; the catalog says nothing of how an engine keeps it. The invariant: an engine
//! commits a catalog together with the documents it tells of, so the two are always of the same moment, whenever the
//! machine stops.

pub(crate) mod archives;
pub(crate) mod codec;
pub(crate) mod encoded;
pub(crate) mod file_state;
pub(crate) mod files;
pub(crate) mod public_paths;
