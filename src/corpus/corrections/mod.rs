//! What the keeper of an archive says of its documents, and the file `dateline.toml` in which it is written.
//!
//! [`correction`] says what holds of which documents, and applies it; [`dateline_toml`] reads the file at the archive's
//! root. A correction selects documents by path, pattern or id, and sets date, source, language or other values, or
//! gives a source its other names.
//!
//! The invariant: a correction beats every clue, and no document is ever changed for it. A correction that meets no
//! document, or that cannot be read, is noted.

pub(crate) mod correction;
pub(crate) mod dateline_toml;

pub(crate) use correction::Corrections;
