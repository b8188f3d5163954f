//! What the keeper of an archive says of its documents, and the file `dateline.toml` in which it is written.

pub(crate) mod correction;
pub(crate) mod dateline_toml;

pub(crate) use correction::Corrections;
