//! Which files there are, and their bytes.

pub(crate) mod build;
pub(crate) mod decompress;
pub(crate) mod hashed_file;
pub(crate) mod limits;
pub(crate) mod line_ends;
pub(crate) mod nearest;
pub(crate) mod problem;
pub(crate) mod walk;
