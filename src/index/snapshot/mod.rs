//! One state of the index, opened for reading.

pub(crate) mod shared;
pub(crate) mod view;
